"""The verbs that keep a corpus in a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, cast

from nutgraf._verbs._base import Verbs

if TYPE_CHECKING:
    from nutgraf.corpus import Corpus


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

    def to_jsonl(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Write the articles as JSON Lines, which :func:`read` and other programs read.

        Parameters
        ----------
        path : str or path, optional
            The file. By default, the text is returned.

        Returns
        -------
        str or None
            The lines, if there is no path. Each is an object with ``id``, ``date``,
            ``headline``, ``byline``, the fields of the article, and ``text``; what an
            article does not have is omitted.

        Raises
        ------
        OSError
            The file cannot be written.

        See Also
        --------
        to_ninjs : For systems of news agencies.
        save : A file that keeps zones and tokens as well.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["date 2019-01-08 Rain fell on Lisbon."]).to_jsonl()
        '{"id": 0, "date": "2019-01-08", "text": "date 2019-01-08 Rain fell on Lisbon."}'
        """
        from nutgraf import _export, _wire

        return _export.written(_wire.json_lines(cast("Corpus", self)), path, bom=False)

    def to_ninjs(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Write the articles as a list of ninjs items (IPTC, version 3.0).

        Parameters
        ----------
        path : str or path, optional
            The file. By default, the text is returned.

        Returns
        -------
        str or None
            The list, if there is no path. Each item has the headline, the byline, the
            date, the body in paragraphs, and captions with their credits as pictures;
            also language, slug, urgency, status, subjects and provider, where a field
            of that name has them. Its address is the field ``guid`` or ``url``.

        Raises
        ------
        OSError
            The file cannot be written.

        See Also
        --------
        to_jsonl : Articles with all their fields.

        Examples
        --------
        >>> import json, nutgraf as ng
        >>> items = json.loads(ng.Corpus(["date 2019-01-08 Rain fell on Lisbon."]).to_ninjs())
        >>> items[0]["bodies"][0]["value"]
        'Rain fell on Lisbon.'
        """
        from nutgraf import _export, _wire

        return _export.written(_wire.ninjs(cast("Corpus", self)), path, bom=False)

    def __reduce__(self) -> tuple[Any, ...]:
        from nutgraf.keep import restored

        return restored, (self._core.to_bytes(self._threads), self._threads)

    def __copy__(self) -> KeepVerbs:
        return self

    def __deepcopy__(self, memo: object) -> KeepVerbs:
        return self
