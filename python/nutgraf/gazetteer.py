"""Names and patterns that users bring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nutgraf import _core, _intake, _options
from nutgraf.table import Table

__all__ = ["Gazetteer"]


class Gazetteer:
    """A list of names and patterns, with labels, to find in texts.

    Parameters
    ----------
    entries : list of tuples or frame, default ()
        ``(name, label)`` or ``(name, label, entity)``; or a frame (pandas, Polars,
        DuckDB, pyarrow, or a dict of columns) with columns ``name``, ``label`` and
        optionally ``entity``. The entity is the canonical name; by default, the name
        itself.
    patterns : list of tuples, default ()
        ``(regex, label)`` or ``(regex, label, entity)``: regular expressions, which
        always match in linear time (no look-around, no back-references). A long text is
        matched in overlapping windows, so that matches of up to 2,048 bytes are found
        anywhere. By default, the entity is the matched text.
    ignore_case : bool, default False
        Ignore case, by Unicode full case folding (``STRASSE`` matches ``Straße``).
        Offsets always refer to the original text.
    inside : bool, default False
        Whether a name also counts inside a longer name that the tagger finds: with
        ``Clinton`` in the list, ``Bill Clinton`` remains one mention by default, and
        with ``True`` its last word is a mention of the listed entity instead.

    Attributes
    ----------
    labels : list of str
        The labels, in the order of their first entry; at most 200.
    entries : Table
        name, label, entity: the names, then the patterns.
    duplicates : Table
        entry, name, first: names that are repeated with another label or entity. The
        repetition has no effect; the first entry of a name is used. Positions refer to
        the entries as given. Exact repetitions are not listed.

    Raises
    ------
    ParseError
        An entry is not two or three strings; a name, label or entity is empty; a name
        has no letter or digit; or a regular expression is invalid, compiles to more
        than 10 MB, or to more than 250 MB together with those before it. The message
        says which.
    ConfigError
        A frame lacks a column (the message lists its columns), or there are more than
        200 labels.
    TypeError
        An argument has the wrong type.

    See Also
    --------
    Corpus.mentions : ``gazetteer=`` adds the names to those that the tagger finds.

    Notes
    -----
    Matching is leftmost-longest: of all names and patterns that begin first in the
    text, the longest match wins, and the search continues after it. In a tie, names
    take precedence over patterns, and earlier entries over later ones.

    A name never begins or ends inside a word. A word consists of letters, digits and
    their combining marks; an apostrophe between letters is part of the word (``Brien``
    is not found in ``O'Brien``), and so is a full stop or comma between digits. English
    endings may follow a name (``Merkel's``, ``Merkel'll``), and elided lower-case words
    may precede it (``l'Allemagne``). Hyphens and all other characters are boundaries:
    ``Merkel`` is found in ``Merkel-led``. Scripts without spaces (Chinese, Japanese,
    Thai, Lao, Burmese, Khmer) are matched anywhere.

    White space in a name matches any white space in the text, including a line break,
    but not a blank line. Composed and decomposed letters match each other, and so do
    straight and curly quotation marks and apostrophes, and hyphens and en dashes; soft
    hyphens are ignored.

    A million names take about half a second to load, and some 120 megabytes. Matching
    takes one pass over the text, with one look-up for each word that a name may begin
    or continue with, whatever the number of names, and one scan per pattern.

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
                32   37  COP26           SUMMIT  COP26
          1      3   11  New York        CITY    New York
    """

    __slots__ = ("_gazetteer", "_ignore_case", "_inside")

    def __init__(
        self,
        entries: Any = (),
        *,
        patterns: Iterable[Any] = (),
        ignore_case: bool = False,
        inside: bool = False,
    ) -> None:
        if isinstance(patterns, (str, bytes)) or not isinstance(patterns, Iterable):
            raise _options.wrong_type("patterns", "tuples such as (regex, label)", patterns)
        self._ignore_case = _options.truth("ignore_case", ignore_case)
        self._inside = _options.truth("inside", inside)
        if isinstance(entries, (str, bytes)):
            raise TypeError("entries takes tuples such as (name, label), or a frame; it got a single string")
        columns = _intake.columns(entries, "entries")
        if columns is not None:
            names, labels = _intake.picked(columns, ["name", "label"], "entries")
            given = names, labels, columns.get("entity")
            expressions = _intake.listed(patterns, "patterns")
            self._gazetteer = _core.Gazetteer.from_columns(*given, expressions, ignore_case, inside)
        elif isinstance(entries, Iterable):
            rows, expressions = _intake.listed(entries, "entries"), _intake.listed(patterns, "patterns")
            self._gazetteer = _core.Gazetteer.from_rows(rows, expressions, ignore_case, inside)
        else:
            raise TypeError(
                f"entries takes tuples such as (name, label), or a frame; it got a {type(entries).__name__}"
            )

    def __len__(self) -> int:
        return len(self._gazetteer)

    def __repr__(self) -> str:
        patterns = self._gazetteer.patterns()
        counts = {"name": len(self) - patterns} | ({"pattern": patterns} if patterns else {})
        listed = ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for word, count in counts.items())
        options = {"ignore_case": self._ignore_case, "inside": self._inside}
        chosen = "".join(f", {name}=True" for name, value in options.items() if value)
        return f"Gazetteer({listed}: {', '.join(self.labels) or 'no labels'}{chosen})"

    def __reduce__(self) -> tuple[object, ...]:
        entries = Table(self._gazetteer.entries())
        columns = {name: entries[name] for name in entries.columns}
        return (_restore, (columns, self._gazetteer.patterns(), self._ignore_case, self._inside))

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of their first entry."""
        return self._gazetteer.labels()

    @property
    def entries(self) -> Table:
        """The names, then the patterns: name, label, entity."""
        return Table(self._gazetteer.entries())

    @property
    def duplicates(self) -> Table:
        """Names that are repeated with another label or entity: entry, name, first."""
        return Table(self._gazetteer.hidden())

    def find(self, texts: Any, *, threads: int | None = None) -> Table:
        """Find the names and patterns in texts.

        Parameters
        ----------
        texts : list, tuple, array or Series of str
            One text per article.
        threads : int, optional
            Number of threads; all cores by default. Results do not depend on it.

        Returns
        -------
        Table
            article (its position, or the index of a pandas Series), start, end
            (characters, half-open), text, label, entity; in the order of the texts.

        Raises
        ------
        ParseError
            A text is missing or not a str; the message says which.
        TypeError
            The argument contains no texts, such as a single string.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Gazetteer([("merkel", "PER", "Angela Merkel")], ignore_case=True).find(["MERKEL's visit"]).to_dicts()
        [{'article': 0, 'start': 0, 'end': 6, 'text': 'MERKEL', 'label': 'PER', 'entity': 'Angela Merkel'}]
        """
        threads = _options.maybe_at_least("threads", threads, 1)
        read, ids = _intake.texts(texts)
        return Table(self._gazetteer.find(read, ids, threads))


def _restore(columns: dict[str, list[Any]], patterns: int, ignore_case: bool, inside: bool = False) -> Gazetteer:
    split = len(columns["name"]) - patterns
    rows = zip(*(values[split:] for values in columns.values()), strict=True)
    names = {name: values[:split] for name, values in columns.items()}
    return Gazetteer(names, patterns=list(rows), ignore_case=ignore_case, inside=inside)
