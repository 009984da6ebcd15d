"""The verb that keeps a corpus in a file."""

from __future__ import annotations

import os
from typing import Any

from nutgraf._verbs._base import Verbs


class KeepVerbs(Verbs):
    """A corpus that outlives the process."""

    __slots__ = ()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save the articles of this corpus, parsed, in a file that :func:`open` reads.

        Parameters
        ----------
        path : str or path
            The file, by convention with the suffix ``.ngc``. An existing file is
            replaced once the new one is complete.

        Raises
        ------
        ConfigError
            The corpus has mentions from :meth:`with_mentions`, which are not saved.
        OSError
            The file cannot be written.

        See Also
        --------
        nutgraf.open : The corpus of a file.

        Notes
        -----
        The file contains the texts, the fields, the ids, the report, and where zones,
        sentences and tokens are. A selection is saved without the other articles. The
        same articles give the same bytes. Mentions and entities are found again when
        a verb needs them. A corpus can also be pickled, with the same content.

        Cost: about the size of the texts, and some seconds per gigabyte.

        Examples
        --------
        >>> import nutgraf as ng, tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "rain.ngc"
        >>> ng.Corpus(["Rain fell on Lisbon."]).save(path)
        >>> ng.open(path).terms()["term"]
        ['fell', 'lisbon', 'on', 'rain']
        """
        content = self._core.to_bytes(self._threads)
        partial = os.fspath(path) + ".part"
        try:
            with open(partial, "wb") as file:
                file.write(content)
            os.replace(partial, path)
        finally:
            if os.path.exists(partial):
                os.unlink(partial)

    def __reduce__(self) -> tuple[Any, ...]:
        from nutgraf.keep import restored

        return restored, (self._core.to_bytes(self._threads), self._threads)

    def __copy__(self) -> KeepVerbs:
        return self

    def __deepcopy__(self, memo: object) -> KeepVerbs:
        return self
