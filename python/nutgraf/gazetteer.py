"""Names and patterns of the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nutgraf import _core, _intake, _options
from nutgraf.table import Table

__all__ = ["Gazetteer"]


class Gazetteer:
    """Names, and what each of them is, to be found in texts.

    Parameters
    ----------
    entries : list of tuples or frame, optional
        ``(name, label)`` or ``(name, label, entity)``; or a frame (pandas, Polars, DuckDB, pyarrow, or a dict of columns)
        with columns ``name``, ``label`` and, if there is one, ``entity``. The entity is the canonical name; where it is
        missing, the name itself is.
    patterns : list of tuples, default ()
        ``(regex, label)`` or ``(regex, label, entity)``: regular expressions, matched in linear time whatever they are
        (no look-around, no back-references; of a long text they see a window at a time, so that matches of up to 2,048
        bytes are found wherever they stand). Where the entity is missing, what matched is.
    ignore_case : bool, default False
        Whether upper and lower case are one, by Unicode's full case folding (``STRASSE`` is ``Straße``). Offsets are
        always those of the text as it is.

    Attributes
    ----------
    labels : list of str
        Its labels, in the order of their first entry; at most 200.
    entries : Table
        name, label, entity: the names, then the patterns.
    duplicates : Table
        entry, name, first: names that are given again, with another label or entity, and so have no effect; the first
        entry of a name stands. Positions are those of the entries given. Repeats that say the same are not listed.

    Raises
    ------
    ParseError
        An entry that is not two or three strings, an empty name, label or entity, a name without letter or digit, a
        regular expression that cannot be read, or takes more than 10 MB when it is compiled, or more than 250 MB with
        those before it; it says which.
    ConfigError
        A frame without the columns; it lists those that are there. More than 200 labels.

    See Also
    --------
    Corpus.mentions : ``gazetteer=`` adds the names to those that the tagger finds.

    Notes
    -----
    Of all names and patterns that begin first in the text the longest is taken, and the search goes on behind it; of
    equals a name goes before a pattern, and what was given first before what came later.

    A name never begins or ends inside a word. Words are letters and digits, and the marks on them; an apostrophe between
    letters is inside a word (``Brien`` is not found in ``O'Brien``), and so are a stop or comma between digits. English
    endings may follow (``Merkel's``, ``Merkel'll``), elided words in lower case come before (``l'Allemagne``). Hyphens and
    all other marks are borders: ``Merkel`` is found in ``Merkel-led``. Scripts without spaces (Chinese, Japanese, Thai,
    Lao, Burmese, Khmer) are matched anywhere.

    White space inside a name is any white space in the text, a line break too, but no blank line. Equal are composed and
    decomposed letters, straight and curly quotation marks and apostrophes, hyphens and en dashes; soft hyphens count for
    nothing.

    A million names take about half a second to load and some 120 megabytes. A text takes one pass, a look-up for each
    word that a name may begin or go on with, whatever the number of names, and a scan for each pattern.

    Examples
    --------
    >>> import nutgraf as ng
    >>> gazetteer = ng.Gazetteer([
    ...     ("New York", "CITY"),
    ...     ("New York Times", "PAPER", "The New York Times"),
    ... ], patterns=[(r"COP\\d+", "SUMMIT")])
    >>> gazetteer.find(["The New York Times reports from COP26.", "In New\\nYork"])
    article  start  end  text            label   entity
          0      4   18  New York Times  PAPER   The New York Times
          0     32   37  COP26           SUMMIT  COP26
          1      3   11  New York        CITY    New York
    """

    __slots__ = ("_gazetteer", "_ignore_case")

    def __init__(self, entries: Any = (), *, patterns: Iterable[Any] = (), ignore_case: bool = False) -> None:
        if isinstance(patterns, (str, bytes)) or not isinstance(patterns, Iterable):
            raise TypeError(
                f"patterns takes tuples such as (regex, label); {patterns!r} is of type {type(patterns).__name__}"
            )
        self._ignore_case = _options.truth("ignore_case", ignore_case)
        if isinstance(entries, (str, bytes)):
            raise TypeError("entries takes tuples such as (name, label), or a frame; it got a single string")
        columns = _intake.columns(entries, "entries")
        if columns is not None:
            names, labels = _intake.picked(columns, ["name", "label"], "entries")
            given = names, labels, columns.get("entity")
            expressions = _intake.listed(patterns, "patterns")
            self._gazetteer = _core.Gazetteer.from_columns(*given, expressions, ignore_case)
        elif isinstance(entries, Iterable):
            rows, expressions = _intake.listed(entries, "entries"), _intake.listed(patterns, "patterns")
            self._gazetteer = _core.Gazetteer.from_rows(rows, expressions, ignore_case)
        else:
            raise TypeError(
                f"entries takes tuples such as (name, label), or a frame; it got a {type(entries).__name__}"
            )

    def __len__(self) -> int:
        return len(self._gazetteer)

    def __repr__(self) -> str:
        patterns = self._gazetteer.patterns()
        counts = {"name": len(self) - patterns} | ({"pattern": patterns} if patterns else {})
        told = ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for word, count in counts.items())
        case = ", ignore_case=True" if self._ignore_case else ""
        return f"Gazetteer({told}: {', '.join(self.labels) or 'no labels'}{case})"

    def __reduce__(self) -> tuple[object, ...]:
        entries = Table(self._gazetteer.entries())
        columns = {name: entries[name] for name in entries.columns}
        return (_restore, (columns, self._gazetteer.patterns(), self._ignore_case))

    @property
    def labels(self) -> list[str]:
        """Its labels, in the order of their first entry."""
        return self._gazetteer.labels()

    @property
    def entries(self) -> Table:
        """Names, then patterns: name, label, entity."""
        return Table(self._gazetteer.entries())

    @property
    def duplicates(self) -> Table:
        """Names that are given again with another label or entity: entry, name, first."""
        return Table(self._gazetteer.hidden())

    def find(self, texts: Any, *, threads: int | None = None) -> Table:
        """Find the names in texts.

        Parameters
        ----------
        texts : list, tuple, array or Series of str
            A text an article.
        threads : int, optional
            How many threads; all cores by default. Results do not depend on it.

        Returns
        -------
        Table
            article (its position, or the index of a pandas Series), start, end (characters, half-open), text, label,
            entity; in the order of the texts.

        Raises
        ------
        ParseError
            A text that is missing or none; it says which.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Gazetteer([("merkel", "PER", "Angela Merkel")], ignore_case=True).find(["MERKEL's visit"]).to_dicts()
        [{'article': 0, 'start': 0, 'end': 6, 'text': 'MERKEL', 'label': 'PER', 'entity': 'Angela Merkel'}]
        """
        if threads is not None:
            threads = _options.at_least("threads", threads, 1)
        read, ids = _intake.texts(texts)
        return Table(self._gazetteer.find(read, ids, threads))


def _restore(columns: dict[str, list[Any]], patterns: int, ignore_case: bool) -> Gazetteer:
    split = len(columns["name"]) - patterns
    rows = zip(*(values[split:] for values in columns.values()), strict=True)
    names = {name: values[:split] for name, values in columns.items()}
    return Gazetteer(names, patterns=list(rows), ignore_case=ignore_case)
