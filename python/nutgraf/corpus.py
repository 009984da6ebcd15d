"""A corpus: many articles, parsed once, ready for every question. The questions themselves are in ``_verbs``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, KeysView, Sequence, ValuesView
from typing import Any, Literal

from nutgraf import _core, _intake, _options
from nutgraf._verbs._base import watched
from nutgraf._verbs.collocations import CollocationVerbs
from nutgraf._verbs.cooccurrence import CooccurrenceVerbs
from nutgraf._verbs.dispersion import DispersionVerbs
from nutgraf._verbs.keyness import KeynessVerbs
from nutgraf._verbs.keyword import KeywordVerbs
from nutgraf._verbs.kwic import KwicVerbs
from nutgraf._verbs.reading import ReadingVerbs
from nutgraf._verbs.search import SearchVerbs
from nutgraf._verbs.terms import TermVerbs
from nutgraf._verbs.trend import TrendVerbs
from nutgraf._verbs.zones import ZoneVerbs
from nutgraf.table import Table

__all__ = ["Corpus", "Report", "read"]


class Report:
    """What became of each record that came in: ``n_in == n_ok + n_failed``, always.

    Attributes
    ----------
    n_in : int
        Records met, broken lines and rows included.
    n_ok : int
        Records that became articles.
    n_failed : int
        Records left out.
    failures : Table
        A row for each record left out: article (its position), source, line, field, byte, kind, message.
    notes : Table
        The same columns, for what was put right on the way in, such as a record that was not UTF-8.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.Corpus(["date 2019-01-08 Fine.", "date 2019-02-30 Not fine."], errors="skip")
    >>> corpus.report
    Report(n_in=2, n_ok=1, n_failed=1)
    >>> corpus.report.failures["message"]
    ['article 1, field "date", byte 5: "2019-02-30" is not a day of the calendar; expected an ISO date such as 2019-01-08']
    """

    __slots__ = ("failures", "n_failed", "n_in", "n_ok", "notes")

    def __init__(self, core: _core.Corpus) -> None:
        self.n_in, self.n_ok, self.n_failed = core.report()
        self.failures = Table(core.failures())
        self.notes = Table(core.notes())

    def __repr__(self) -> str:
        return f"Report(n_in={self.n_in}, n_ok={self.n_ok}, n_failed={self.n_failed})"


class Corpus(
    ZoneVerbs,
    TermVerbs,
    KeywordVerbs,
    KeynessVerbs,
    CollocationVerbs,
    DispersionVerbs,
    SearchVerbs,
    KwicVerbs,
    ReadingVerbs,
    TrendVerbs,
    CooccurrenceVerbs,
):
    """Articles, parsed and held as integers.

    Parameters
    ----------
    articles : list, tuple, numpy.ndarray, pandas or Polars Series of str, DataFrame, Arrow stream, dict or list of dicts
        A text an article. A frame (pandas, Polars, DuckDB, pyarrow, or a dict of columns) has a column of texts, and
        its other columns stay with the articles as fields, to be named in ``by=`` and :meth:`where`.
    text : str, default "text"
        The column of texts, of a frame.
    id : str, optional
        The column of ids: whole numbers or strings, each of which stands once. They become the column ``article`` of
        every table, so that results join back. Without one, a pandas index does, and else the position 0, 1, 2, …
    date, headline, byline : str, optional
        Columns that say when the article appeared (dates, times, or strings in ISO 8601), what its headline is, and
        who wrote it. A column that is called so takes its role unasked; so does ``id``.
    layout : {"auto", "plain"}, default "auto"
        Whether to find the zones of an article (headline, dateline, byline, body, captions, boilerplate), or to take
        the whole string as body.
    errors : {"raise", "skip"}, default "raise"
        Whether to stop at the first bad article, or to leave bad ones out and list them in :attr:`report`.
    threads : int, optional
        How many threads; all cores by default. Results do not depend on it.
    progress : bool, default False
        Whether to show a progress bar where the work takes longer than a blink.

    Attributes
    ----------
    report : Report
        What became of each record that came in.
    fields : list of str
        Names that ``by=`` and :meth:`where` know: the article's own, then the caller's.

    Raises
    ------
    ParseError
        A bad article: a missing text, a date that does not exist, an id that stands twice. It says which and why.
    ConfigError
        A wrong option, or a column that is not there. It lists those that are.
    TypeError
        Something that holds no articles, such as a single string.

    See Also
    --------
    read : A corpus from files.

    Notes
    -----
    A corpus does not change; :meth:`where` and slices share its articles. It takes the articles' text and six to seven
    bytes a token. Offsets, in every table, are half-open and in characters of the article's own string; those of a
    headline or byline that came in a column of its own count from the start of that string.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.Corpus([
    ...     "date 2019-01-08 Rain fell on Lisbon. The river rose.",
    ...     "date 2019-01-09 The rain stopped.",
    ... ])
    >>> len(corpus)
    2
    >>> corpus.terms(stopwords="english")["term"]
    ['rain', 'fell', 'lisbon', 'river', 'rose', 'stopped']
    """

    __slots__ = ("_core", "_threads")

    def __init__(
        self,
        articles: Any,
        *,
        text: str = "text",
        id: str | None = None,
        date: str | None = None,
        headline: str | None = None,
        byline: str | None = None,
        layout: Literal["auto", "plain"] = "auto",
        errors: Literal["raise", "skip"] = "raise",
        threads: int | None = None,
        progress: bool = False,
    ) -> None:
        total = len(articles) if progress and hasattr(articles, "__len__") else None
        settings = _settings(text, id, date, headline, byline, layout, errors, threads)
        self._core = watched(
            progress, total, lambda tell: _intake.from_articles(articles, text, settings | {"progress": tell})
        )
        self._threads = threads

    @classmethod
    def _of(cls, core: _core.Corpus, threads: int | None) -> Corpus:
        corpus = cls.__new__(cls)
        corpus._core = core
        corpus._threads = threads
        return corpus

    @classmethod
    def _of_bytes(cls, content: bytes, *, format: str | None, text: str, **options: Any) -> Corpus:
        """Read the content of a file, as from standard input."""
        settings = _settings(text, **options) | {"progress": None}
        return cls._of(
            _core.Corpus.from_files([("<stdin>", None, content)], format, text, settings), options["threads"]
        )

    # -- what it is

    def __repr__(self) -> str:
        return f"Corpus({len(self):,} articles)"

    @property
    def report(self) -> Report:
        """What became of each record that came in."""
        return Report(self._core)

    @property
    def fields(self) -> list[str]:
        """Names that ``by=`` and :meth:`where` know: the article's own, then the caller's."""
        return self._core.fields()

    def text(self, article: Any, *, field: Literal["text", "headline", "byline"] = "text") -> str:
        """Text of an article, to which the offsets of every table refer.

        Parameters
        ----------
        article : int or str
            Its id, as the column ``article`` of every table has it.
        field : {"text", "headline", "byline"}, default "text"
            Which of its strings: the text, or a headline or byline that came in a column of its own.

        Returns
        -------
        str

        Raises
        ------
        KeyError
            There is no such article.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["date 2019-01-08 Rain fell."])
        >>> token = corpus.tokens().to_dicts()[0]
        >>> corpus.text(0)[token["start"]:token["end"]]
        'Rain'
        """
        _options.choice("field", field, ["text", "headline", "byline"])
        position = self._core.position(article)
        strings = None if position is None else self._core.text(position)
        if strings is None:
            raise KeyError(f"there is no article {article!r}")
        return strings[["text", "headline", "byline"].index(field)]

    # -- which articles

    def where(self, **fields: Any) -> Corpus:
        """Articles whose fields hold what is asked for.

        Parameters
        ----------
        **fields
            For each field a value, a list of values of which one must stand there, or a ``slice(first, last)`` with
            both ends included and either open. ``None`` stands for a missing value. Dates are compared as dates, and
            a period holds its days: ``date="2019-01"``, ``date=slice("2019-W02", None)``.

        Returns
        -------
        Corpus
            It shares the articles of this one.

        Raises
        ------
        ConfigError
            There is no such field; the message lists those that are.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["a", "b", "c"], "source": ["X", "Y", "X"]})
        >>> len(corpus.where(source="X"))
        2
        >>> len(corpus.where(source=["X", "Y"], article=slice(1, None)))
        2
        """
        filters: list[tuple[str, str, list[Any]]] = []
        for name, wanted in fields.items():
            if isinstance(wanted, slice):
                if wanted.step is not None:
                    raise TypeError(f"{name}: a slice here has two ends and no step")
                filters.append((name, "between", [wanted.start, wanted.stop]))
            elif hasattr(wanted, "tolist") and getattr(wanted, "ndim", 0) > 0:
                filters.append((name, "one_of", wanted.tolist()))
            elif isinstance(wanted, (list, tuple, set, frozenset, range, KeysView, ValuesView)):
                filters.append((name, "one_of", list(wanted)))
            else:
                filters.append((name, "one_of", [wanted]))
        return self._of(self._core.filter(filters), self._threads)

    # -- who is named in them

    def with_mentions(self, spans: Any) -> Corpus:
        """Take mentions that something else found, such as spaCy, GLiNER or a reader, in place of the tagger's.

        Parameters
        ----------
        spans : frame or list of dicts
            A pandas, Polars, DuckDB or pyarrow frame, a :class:`Table`, a dict of columns or a list of dicts, with
            columns ``article`` (its id), ``start``, ``end`` (characters of the article's text, half-open), ``label`` (any
            names, at most 255) and, if there is one, ``entity`` (the canonical name; missing where it is to be found out).
            Other columns are left aside.

        Returns
        -------
        Corpus
            The same articles. :meth:`mentions`, :meth:`entities`, :meth:`aliases`, :meth:`cooccurrence`,
            :meth:`network` and :meth:`explain` know these mentions and no others.

        Raises
        ------
        ConfigError
            A column that is not there; the message lists those that are.
        ParseError
            A mention of an article that is not there, outside of its text, empty, in no zone (in the header), or that
            overlaps another; a missing value. It says which.

        Notes
        -----
        Mentions without an entity are trimmed to the name (``the``, titles and possessives are no part of it) and tied to
        each other by the rules of ``docs/entities.md``: labels such as PER or PERSON, ORG, LOC or GPE, and NORP tell which
        rules hold. Those with an entity stay as they are, and short forms that are tied to them are of their entity.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Rex saw Rover. Rover barked."]).with_mentions({
        ...     "article": [0, 0, 0], "start": [0, 8, 15], "end": [3, 13, 20], "label": ["DOG", "DOG", "DOG"],
        ... })
        >>> corpus.entities()["entity"]
        ['Rover', 'Rex']
        """
        columns = _intake.columns(spans, "spans")
        if columns is None:
            if isinstance(spans, (str, bytes)) or not isinstance(spans, Iterable):
                raise TypeError(f"spans takes a frame or a list of dicts; it got a {type(spans).__name__}")
            columns = _intake.span_columns(_intake.listed(spans, "spans"))
        return self._of(
            self._core.with_mentions(*_intake.mentions(columns, Table(self._core.ids())["article"])), self._threads
        )

    def __getitem__(self, which: int | slice | Sequence[int] | Sequence[bool]) -> Corpus:
        """Articles by their position: one, a slice, a list of positions, or a mask of truth values.

        Returns
        -------
        Corpus
            It shares the articles of this one.

        Raises
        ------
        IndexError
            A position that is not there, or a mask of another length.
        """
        n = len(self)
        if hasattr(which, "tolist"):  # arrays and Series of positions or truth values
            which = which.tolist()
        if isinstance(which, slice):
            return self._of(self._core.take(list(range(*which.indices(n)))), self._threads)
        items = [which] if hasattr(which, "__index__") else which
        if isinstance(items, str) or not isinstance(items, Iterable):
            raise TypeError(
                f"a corpus is asked for positions, a slice or a mask; {which!r} is of type {type(which).__name__}"
            )
        items = list(items)
        truths = sum(isinstance(item, bool) for item in items)
        if truths and truths == len(items) and not isinstance(which, bool):
            if len(items) != n:
                raise IndexError(f"the mask has {len(items)} values; the corpus has {n} articles")
            items = [position for position, keep in enumerate(items) if keep]
        elif truths:
            raise TypeError("positions and truth values do not go together")
        positions = []
        for item in items:
            if not hasattr(item, "__index__"):
                raise TypeError(f"a position is a whole number; {item!r} is of type {type(item).__name__}")
            position = int(item.__index__())
            if not -n <= position < n:
                raise IndexError(f"there is no article at position {position}; the corpus has {n}")
            positions.append(position % n)
        return self._of(self._core.take(positions), self._threads)

    def __iter__(self) -> Iterator[Corpus]:
        raise TypeError("a corpus is not iterated; ask it for a table, as in corpus.articles()")


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    format: Literal["text", "jsonl", "json", "csv", "tsv", "parquet"] | None = None,
    text: str = "text",
    id: str | None = None,
    date: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    layout: Literal["auto", "plain"] = "auto",
    errors: Literal["raise", "skip"] = "raise",
    threads: int | None = None,
    progress: bool = False,
) -> Corpus:
    """Read a corpus from files.

    Parameters
    ----------
    paths : str, path, or list of these
        Files, globs (``"articles/**/*.txt"``), folders, and ``"-"`` for standard input. A folder stands for all files in
        it, at any depth, whose names end in a known suffix, but for hidden files and READMEs. Links are followed. What
        cannot be looked into or read, such as a folder without permission or a link to nowhere, is a bad record.
    format : {"text", "jsonl", "json", "csv", "tsv", "parquet"}, optional
        The format of all files. By default each file's suffix tells, and else its content. Files may be packed with
        gzip (``.gz``) or Zstandard (``.zst``). Parquet needs pyarrow or Polars.
    text, id, date, headline, byline, layout, errors, threads, progress
        As in :class:`Corpus`; fields of JSON objects and columns of tables are named alike.

    Returns
    -------
    Corpus
        Beside their own fields, articles have ``source``, the file, and ``source_start``, the character of the file at
        which the article (or its line, row or item) begins. Where nearly every record has keys of its own, the rarest
        are held together as JSON in the field ``extra``, and noted.

    Raises
    ------
    FileNotFoundError
        A path or glob that matches no file.
    ParseError, ConfigError
        As in :class:`Corpus`.
    MemoryError
        A file that does not fit into memory.

    Notes
    -----
    Plain text holds one article or many: each line that starts with ``date YYYY-MM-DD`` opens one. Files are UTF-8, or
    what their byte-order mark says (UTF-16 and UTF-32 are known without one, too). A record that is not UTF-8 is read
    as Windows-1252, and ``corpus.report.notes`` says so; the others are not touched by it. An archive may unpack to a
    hundred times its size, or to 256 MiB; what is larger is refused. ``docs/reading.md`` has the rules.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.read(ng.samples())
    >>> corpus.report.n_failed
    0
    """
    settings = _settings(text, id, date, headline, byline, layout, errors, threads)
    formats = [None, "text", "jsonl", "json", "csv", "tsv", "parquet"]
    _options.choice("format", format, formats)
    core = watched(progress, None, lambda tell: _intake.from_files(paths, format, text, settings | {"progress": tell}))
    return Corpus._of(core, threads)


def _settings(
    text: str,
    id: str | None,
    date: str | None,
    headline: str | None,
    byline: str | None,
    layout: str,
    errors: str,
    threads: int | None,
) -> dict[str, Any]:
    _options.choice("layout", layout, ["auto", "plain"])
    _options.choice("errors", errors, ["raise", "skip"])
    if threads is not None:
        threads = _options.at_least("threads", threads, 1)
    roles = {"id": id, "date": date, "headline": headline, "byline": byline}
    if not isinstance(text, str):
        raise TypeError(f"text takes the name of a column; {text!r} is of type {type(text).__name__}")
    for role, name in roles.items():
        if name is not None and not isinstance(name, str):
            raise TypeError(f"{role} takes the name of a column; {name!r} is of type {type(name).__name__}")
    return {"layout": layout, "errors": errors, "threads": threads, "failures": [], **roles}
