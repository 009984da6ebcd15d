"""A corpus: many articles, parsed once and ready to query.

The queries themselves are in ``_verbs``.

The file is long because ``Corpus`` and ``read`` each describe the same parameters.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Literal

from nutgraf import _core, _frames, _intake, _options, _progress, _spans
from nutgraf._options import FORMATS, FileFormat
from nutgraf._progress import Progress
from nutgraf._verbs._base import answering, watched
from nutgraf._verbs.collocates import CollocateVerbs
from nutgraf._verbs.collocations import CollocationVerbs
from nutgraf._verbs.cooccurrence import CooccurrenceVerbs
from nutgraf._verbs.copies import CopyVerbs
from nutgraf._verbs.dates import DateVerbs
from nutgraf._verbs.describe import DescribeVerbs
from nutgraf._verbs.dictionary import DictionaryVerbs
from nutgraf._verbs.dispersion import DispersionVerbs
from nutgraf._verbs.keep import KeepVerbs
from nutgraf._verbs.keyness import KeynessVerbs
from nutgraf._verbs.keyword import KeywordVerbs
from nutgraf._verbs.kwic import KwicVerbs
from nutgraf._verbs.quotes import QuoteVerbs
from nutgraf._verbs.reading import ReadingVerbs
from nutgraf._verbs.search import SearchVerbs
from nutgraf._verbs.terms import TermVerbs
from nutgraf._verbs.trend import TrendVerbs
from nutgraf._verbs.write import WriteVerbs
from nutgraf._verbs.zones import ZoneVerbs
from nutgraf.errors import ConfigError
from nutgraf.report import Report
from nutgraf.table import Table

__all__ = ["Corpus", "read"]


class Corpus(
    ZoneVerbs,
    TermVerbs,
    KeywordVerbs,
    KeynessVerbs,
    CollocationVerbs,
    CollocateVerbs,
    DictionaryVerbs,
    DispersionVerbs,
    SearchVerbs,
    KwicVerbs,
    ReadingVerbs,
    TrendVerbs,
    DateVerbs,
    CooccurrenceVerbs,
    QuoteVerbs,
    CopyVerbs,
    KeepVerbs,
    WriteVerbs,
    DescribeVerbs,
):
    """Articles, parsed and stored as integers.

    Parameters
    ----------
    articles : list, tuple, numpy.ndarray, pandas or Polars Series of str, DataFrame, \
Arrow stream, dict or list of dicts
        One text per article. A frame (pandas, Polars, DuckDB, pyarrow, or a dict of
        columns) has a column of texts; its other columns are stored with the articles
        as fields, for ``by=`` and :meth:`where`.
    text : str, default "text"
        The column (or key) of the texts.
    id : str or False, optional
        The column (or key) of the ids: values without repeats. They become the column
        ``article`` of every table, so that results join back. By default, a column
        called ``id``, else the index of a pandas object, where no value repeats or is
        missing; else, and for False, the position 0, 1, 2, …
    date : str, optional
        The column (or key) of the dates of the articles: dates, times, or strings such
        as ``2019-01-08`` or ``Jan. 8, 2019``. By default, a column called ``date``, if
        there is one, else a pandas index of dates.
    headline : str, optional
        The column (or key) of the headlines. By default, a column called ``headline``,
        if there is one.
    byline : str, optional
        The column (or key) of the bylines. By default, a column called ``byline``, if
        there is one.
    layout : {"auto", "plain", "html"}, default "auto"
        Find the zones of an article (headline, dateline, byline, body, captions,
        boilerplate), or take the whole string as body (``"plain"``). With ``"html"``,
        each text is an HTML page, or a piece of one; the text of the article is then
        what the page shows of it.
    paragraphs : {"auto", "blank", "line"}, default "auto"
        What separates paragraphs in addition to blank lines: line ends, unless the text
        is hard-wrapped (``"auto"``); nothing else (``"blank"``); every line end
        (``"line"``). No sentence or name goes beyond a paragraph.
    date_format : str, optional
        The form of the dates that are strings or numbers, as in ``datetime.strptime``:
        ``"%d/%m/%Y"``; ``"%B %Y"`` gives the first day of a month, ``"%s"`` reads
        seconds since 1970.
    dayfirst : bool, optional
        Whether the day precedes the month in dates such as ``03/04/2019``, which are an
        error by default.
    infer_dates : bool or {"text", "dateline", "name"}, default False
        Where to look for the date of an article that has none: ``"text"``, one of its
        first lines (``Published: 3 April 2024``, a date alone under the byline);
        ``"dateline"`` (``LISBON, April 3, 2024 (AP) —``); ``"name"``, the name of its
        file (``2024-04-03-mayor.txt``); or, for True, all three in this order. The
        field ``date_from`` then says where each such date is from, and a note counts
        them. A date without a year is ignored, and so is one that could be two days,
        unless ``dayfirst`` decides.
    errors : {"raise", "skip"}, default "raise"
        Raise an error if an article is bad, or skip bad articles and list them in the
        ``report`` of the corpus.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.
    progress : bool, callable or tqdm, default False
        Show a progress bar if the work takes longer than 0.4 seconds; or call a
        function with the stage, the number of articles done and that of all (None if
        unknown), at most ten times a second and once at the end; or update a bar of
        tqdm, or one of that class.

    Attributes
    ----------
    report : Report
        What happened to each input record.
    fields : list of str
        The names that ``by=`` and :meth:`where` accept: the article's own fields, then
        the caller's.

    Raises
    ------
    ParseError
        An article is bad: a missing text, a date that does not exist, an id that occurs
        twice. The message says which article and why.
    ConfigError
        An option is wrong, or a column does not exist. The message lists the columns.
    TypeError
        The argument contains no articles, such as a single string.

    See Also
    --------
    read : A corpus from files.

    Notes
    -----
    A corpus is immutable; :meth:`where` and slices share its articles. It takes the
    text of the articles plus six to seven bytes per token. Offsets, in every table, are
    half-open and in characters of the article's original string; for a headline or
    byline from a separate column, they count from the start of that string.

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

    __slots__ = ("_core", "_frame", "_threads")

    _frame: _frames.Source | None

    def __init__(
        self,
        articles: Any,
        *,
        text: str = "text",
        id: str | Literal[False] | None = None,
        date: str | None = None,
        headline: str | None = None,
        byline: str | None = None,
        layout: Literal["auto", "plain", "html"] = "auto",
        paragraphs: Literal["auto", "blank", "line"] = "auto",
        date_format: str | None = None,
        dayfirst: bool | None = None,
        infer_dates: bool | Literal["text", "dateline", "name"] = False,
        errors: Literal["raise", "skip"] = "raise",
        threads: int | None = None,
        progress: Progress = False,
    ) -> None:
        settings = _options.settings(
            text, id, date, headline, byline, layout, paragraphs, date_format, dayfirst, infer_dates, errors, threads
        )
        is_sized = hasattr(articles, "__len__") and not isinstance(articles, Mapping)
        self._core = watched(
            progress,
            len(articles) if progress is not False and is_sized else None,
            lambda tell: _intake.from_articles(articles, text, {**settings, "progress": tell}),
            stages=["reading"],
            count=_read,
        )
        self._threads = settings["threads"]
        self._frame = _frames.source(self._core, articles)

    @classmethod
    def _of(cls, core: _core.Corpus, threads: int | None, frame: _frames.Source | None = None) -> Corpus:
        corpus = cls.__new__(cls)
        corpus._core, corpus._threads, corpus._frame = core, threads, frame
        return corpus

    def _selection(self, core: _core.Corpus) -> Corpus:
        return self._of(core, self._threads, self._frame)

    # -- what it is

    def __str__(self) -> str:
        return f"Corpus({len(self):,} {'article' if len(self) == 1 else 'articles'})"

    @property
    def report(self) -> Report:
        """What happened to each input record."""
        return Report(self._core)

    @property
    def fields(self) -> list[str]:
        """The names that ``by=`` and :meth:`where` accept.

        First the article's own fields, then the caller's.
        """
        return self._core.fields()

    def text(self, article: Any, *, field: Literal["text", "headline", "byline"] = "text") -> str:
        """Return the text of an article, to which the offsets of every table refer.

        Parameters
        ----------
        article : int or str
            The id of the article, as in the column ``article`` of every table.
        field : {"text", "headline", "byline"}, default "text"
            Which string to return: the text, or a headline or byline from a separate
            column.

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

    # -- who is named in them

    def with_mentions(self, spans: Any) -> Corpus:
        """Replace the mentions of the tagger by mentions from elsewhere.

        They can come from spaCy, GLiNER or manual annotation.

        Parameters
        ----------
        spans : frame or list of dicts
            A pandas, Polars, DuckDB or pyarrow frame, a :class:`Table`, a dict of
            columns or a list of dicts, with columns ``article`` (its id), ``start`` and
            ``end`` (characters of the article's text, half-open), ``label`` (any names,
            at most 255) and optionally ``entity`` (the canonical name; where it is
            missing, it is resolved). Other columns are ignored.

        Returns
        -------
        Corpus
            The same articles. :meth:`mentions`, :meth:`entities`, :meth:`aliases`,
            :meth:`cooccurrence`, :meth:`network` and :meth:`explain` use these mentions
            and no others.

        Raises
        ------
        ConfigError
            A column does not exist; the message lists the columns.
        ParseError
            A mention is in an unknown article, outside of its text, empty, in no zone
            (in the header), or overlaps another one; or a value is missing. The message
            says which.

        Notes
        -----
        Mentions without an entity are trimmed to the name (``the``, titles and
        possessives are not part of it) and resolved by the rules of
        ``docs/entities.md``. Labels such as PER or PERSON, ORG, LOC or GPE, and NORP
        decide which rules apply. Mentions with an entity keep it, and short forms that
        are resolved to them belong to their entity.

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
                raise _options.wrong_type("spans", "a frame or a list of dicts", spans)
            columns = _spans.span_columns(_intake.listed(spans, "spans"))
        return self._selection(self._core.with_mentions(*_spans.mentions(columns, Table(self._core.ids())["article"])))

    def __getitem__(self, which: int | slice | Sequence[int] | Sequence[bool]) -> Corpus:
        """Select articles by position: one, a slice, a list of positions, or a mask.

        A mask that is a pandas Series is aligned by its index, with the frame that the
        articles came from or with their ids.

        Returns
        -------
        Corpus
            It shares the articles of this corpus.

        Raises
        ------
        IndexError
            A position does not exist, or a mask has the wrong length.
        ConfigError
            The index of a mask does not match the articles.
        """
        n = len(self)
        which = _frames.mask(which, self._core, self._frame)
        if hasattr(which, "tolist"):  # arrays and Series of positions or truth values
            which = which.tolist()
        if isinstance(which, slice):
            return self._selection(self._core.take(list(range(*which.indices(n)))))
        items = [which] if hasattr(which, "__index__") else which
        if isinstance(items, str) or not isinstance(items, Iterable):
            raise _options.wrong_type("corpus[…]", "positions, a slice or a mask", which)
        items = list(items)
        truths = sum(isinstance(item, bool) for item in items)
        if truths and truths == len(items) and not isinstance(which, bool):
            if len(items) != n:
                raise IndexError(f"the mask has {len(items)} values; the corpus has {n} articles")
            items = [position for position, keep in enumerate(items) if keep]
        elif truths:
            raise TypeError("corpus[…] takes positions or truth values, not both")
        positions = []
        for item in items:
            if not hasattr(item, "__index__"):
                raise _options.wrong_type("a position", "a whole number", item)
            position = int(item.__index__())
            if not -n <= position < n:
                raise IndexError(f"there is no article at position {position}; the corpus has {n}")
            positions.append(position % n)
        return self._selection(self._core.take(positions))

    def __iter__(self) -> Iterator[Corpus]:
        raise TypeError("a corpus is not iterable; iterate over one of its tables, as in corpus.articles()")


@answering
def read(
    paths: str | os.PathLike[str] | IO[Any] | Iterable[str | os.PathLike[str] | IO[Any]],
    *,
    format: FileFormat | None = None,
    encoding: str | None = None,
    ids: Literal["auto", "file"] = "auto",
    text: str = "text",
    id: str | Literal[False] | None = None,
    date: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    layout: Literal["auto", "plain", "html"] = "auto",
    paragraphs: Literal["auto", "blank", "line"] = "auto",
    date_format: str | None = None,
    dayfirst: bool | None = None,
    infer_dates: bool | Literal["text", "dateline", "name"] = False,
    errors: Literal["raise", "skip"] = "raise",
    threads: int | None = None,
    progress: Progress = False,
) -> Corpus:
    """Read a corpus from files.

    Parameters
    ----------
    paths : str, path, open file, or list of these
        Files, globs (``"articles/**/*.txt"``), folders, ``"-"`` for standard input, and
        URLs that fsspec opens (``"s3://bucket/*.jsonl"``, ``"https://…"``).
        A folder means all files in it, at any depth, that have a known suffix, except
        hidden files and READMEs. Links are followed. A folder without permission, a
        broken link, or anything else that cannot be read is a bad record.
    format : {"text", "jsonl", "json", "csv", "tsv", "html", "xml", "mail", "export", \
"parquet"}, optional
        The format of all files. By default, the content of each file decides, or its
        suffix between those that look alike; a note says so where they disagree. Files
        may be compressed with gzip (``.gz``), bzip2, xz or Zstandard (``.zst``), and
        be in a zip or tar archive or in a crawl (WARC). Parquet needs pyarrow or
        Polars.
    encoding : str, optional
        The encoding of all files, by a label of the web (``"windows-1251"``,
        ``"shift_jis"``) or the name that Python has for it (``"latin-1"``). By default,
        a page, a feed, a message or a crawl says it, and what says nothing is UTF-8 or
        else Windows-1252; a note says what was decided. A byte-order mark counts more.
        Parquet is always UTF-8.
    ids : {"auto", "file"}, default "auto"
        ``"file"`` takes the name of each file as the id of its article, without the
        folder if that leaves no two files alike. The articles of a file that has
        several are numbered: ``news.txt#1``. By default, ``id`` decides.
    text : str, default "text"
        The column (or key) of the texts.
    id : str or False, optional
        The column (or key) of the ids: values without repeats. They become the column
        ``article`` of every table, so that results join back. By default, a column
        called ``id``, else the index of a pandas object, where no value repeats or is
        missing; else, and for False, the position 0, 1, 2, …
    date : str, optional
        The column (or key) of the dates of the articles: dates, times, or strings such
        as ``2019-01-08`` or ``Jan. 8, 2019``. By default, a column called ``date``, if
        there is one, else a pandas index of dates.
    headline : str, optional
        The column (or key) of the headlines. By default, a column called ``headline``,
        if there is one.
    byline : str, optional
        The column (or key) of the bylines. By default, a column called ``byline``, if
        there is one.
    layout : {"auto", "plain", "html"}, default "auto"
        Find the zones of an article (headline, dateline, byline, body, captions,
        boilerplate), or take the whole string as body (``"plain"``). With ``"html"``,
        each text is an HTML page, or a piece of one; the text of the article is then
        what the page shows of it.
    paragraphs : {"auto", "blank", "line"}, default "auto"
        What separates paragraphs in addition to blank lines: line ends, unless the text
        is hard-wrapped (``"auto"``); nothing else (``"blank"``); every line end
        (``"line"``). No sentence or name goes beyond a paragraph.
    date_format : str, optional
        The form of the dates that are strings or numbers, as in ``datetime.strptime``:
        ``"%d/%m/%Y"``; ``"%B %Y"`` gives the first day of a month, ``"%s"`` reads
        seconds since 1970.
    dayfirst : bool, optional
        Whether the day precedes the month in dates such as ``03/04/2019``, which are an
        error by default.
    infer_dates : bool or {"text", "dateline", "name"}, default False
        Where to look for the date of an article that has none: ``"text"``, one of its
        first lines (``Published: 3 April 2024``, a date alone under the byline);
        ``"dateline"`` (``LISBON, April 3, 2024 (AP) —``); ``"name"``, the name of its
        file (``2024-04-03-mayor.txt``); or, for True, all three in this order. The
        field ``date_from`` then says where each such date is from, and a note counts
        them. A date without a year is ignored, and so is one that could be two days,
        unless ``dayfirst`` decides.
    errors : {"raise", "skip"}, default "raise"
        Raise an error if an article is bad, or skip bad articles and list them in the
        ``report`` of the corpus.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.
    progress : bool, callable or tqdm, default False
        Show a progress bar if the work takes longer than 0.4 seconds; or call a
        function with the stage, the number of articles done and that of all (None if
        unknown), at most ten times a second and once at the end; or update a bar of
        tqdm, or one of that class.

    Returns
    -------
    Corpus
        The articles have their own fields, and ``source``, the file, and
        ``source_start``, the character of the file at which the article (or its
        line, row or item) begins; in a Parquet file, the number of the row.
        Folders such as ``day=2019-01-08`` are fields. If nearly every record
        has its own keys, the rarest are stored together as JSON in the field
        ``extra``, with a note in the report.

    Raises
    ------
    FileNotFoundError
        A path or glob matches no file.
    ParseError
        An article or file is bad. The message says which and why.
    ConfigError
        An option is wrong, or a column does not exist. The message lists the columns.
    TypeError
        An argument has the wrong type.
    MemoryError
        A file does not fit into memory.

    See Also
    --------
    Corpus : A corpus from articles in memory.

    Notes
    -----
    Plain text contains one article or many: each line that starts with ``date`` and an
    ISO date begins one. Files are UTF-8, or what their byte-order mark says (UTF-16 and
    UTF-32 are also recognised without one). A record that is not UTF-8 is read as
    Windows-1252, and ``corpus.report.notes`` says so; the other records are not
    affected. A compressed file may expand to a hundred times its size, or to 256 MiB;
    larger ones are refused. ``docs/reading.md`` has the rules.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.read(ng.samples())
    >>> corpus.report.n_failed
    0
    """
    return read_files(
        paths,
        format=format,
        encoding=encoding,
        ids=ids,
        usual=False,
        text=text,
        id=id,
        date=date,
        headline=headline,
        byline=byline,
        layout=layout,
        paragraphs=paragraphs,
        date_format=date_format,
        dayfirst=dayfirst,
        infer_dates=infer_dates,
        errors=errors,
        threads=threads,
        progress=progress,
    )


def read_files(
    paths: Any,
    *,
    format: FileFormat | None,
    encoding: str | None,
    ids: Literal["auto", "file"],
    usual: bool,
    text: str,
    progress: Progress,
    **roles: Any,
) -> Corpus:
    """Read a corpus from files; ``usual`` gives usual names of columns their role."""
    settings = _options.settings(text, **roles)
    _options.choice("format", format, FORMATS, optional=True)
    _options.choice("ids", ids, ["auto", "file"])
    if ids == "file" and roles["id"]:
        raise ConfigError(
            f'ids="file" and id={roles["id"]!r} both name the ids; expected one of them', kind="bad_option", field="ids"
        )
    encoding = _options.maybe_name("encoding", encoding)
    settings = {**settings, "ids": ids, "encoding": encoding, "usual": usual}
    core = watched(
        progress,
        None,
        lambda tell: _intake.from_files(paths, format, text, {**settings, "progress": tell}),
        stages=["reading"],
        count=_read,
    )
    return Corpus._of(core, settings["threads"])


def _read(core: _core.Corpus) -> int:
    """Log what was read and skipped, and return the number of articles."""
    if not _progress.is_logged():
        return len(core)
    n_in, n_ok, n_failed = core.report()
    _progress.log("read %d records: %d articles, %d skipped", n_in, n_ok, n_failed)
    for kind, table in (("note", core.notes()), ("skipped", core.failures())):
        for message in Table(table)["message"]:
            _progress.log("%s: %s", kind, message)
    return len(core)
