"""The verbs that write articles for other programs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from nutgraf._verbs._base import Verbs

if TYPE_CHECKING:
    from nutgraf.corpus import Corpus


class WriteVerbs(Verbs):
    """Articles as files that other programs read."""

    __slots__ = ()

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
