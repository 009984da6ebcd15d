"""Corpora of what does not fit into memory, one after another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby, islice
from typing import IO, Any, Literal

from nutgraf import _core, _files, _frames, _intake, _options
from nutgraf._options import FORMATS, FileFormat, Settings
from nutgraf._verbs._base import answering
from nutgraf.corpus import Corpus

__all__ = ["stream"]


@answering
def stream(
    paths: str | os.PathLike[str] | IO[Any] | Iterable[Any],
    *,
    batch: int = 50_000,
    format: FileFormat | None = None,
    encoding: str | None = None,
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
) -> Iterator[Corpus]:
    """Read more articles than fit into memory, as one corpus after another.

    Parameters
    ----------
    paths : str, path, open file, list of these, frame, Arrow stream or dicts
        Files, as in :func:`read`; or a frame or Arrow stream of rows, such as a DuckDB
        relation, a reader of record batches, or a pandas or Polars frame; or dicts, one
        per article, which are taken as they come.
    batch : int, default 50000
        Number of input records per corpus. The last corpus has the rest.
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

    Yields
    ------
    Corpus
        The next articles. Unless ``id`` names the column of their ids, they are
        numbered through: the second corpus starts at 50,000. A column that is called
        ``id`` is then a field. The ``report`` of each corpus counts its own records,
        from 0.

    Raises
    ------
    FileNotFoundError
        A path or glob matches no file.
    ParseError
        An article or file is bad. The message says which and why. With
        ``errors="skip"``, it is in the report of its corpus.
    ConfigError
        An option is wrong, or a column does not exist. The message lists the columns.
    TypeError
        An argument has the wrong type.
    ImportError
        An Arrow stream needs pyarrow.

    See Also
    --------
    read : All articles as one corpus.
    Corpus.state : Counts that can be added up.
    concat : Several corpora as one.

    Notes
    -----
    Memory holds one corpus and what was read ahead, a few megabytes. Files are read
    while you work with a corpus. :func:`concat` of all corpora is the corpus that
    :func:`read` returns with the same options and ``id=False``, except that a damaged
    file is a bad record after those that precede the damage; :func:`read` takes none of
    them. Ids are compared within a corpus; :func:`concat` compares those of several. A
    column of a CSV file has the type that fits its values in each corpus.

    Examples
    --------
    >>> import nutgraf as ng
    >>> [len(corpus) for corpus in ng.stream(ng.samples("outlets"), batch=20)]
    [20, 14]

    Count more than fits into memory:

    >>> corpora = ng.stream(ng.samples("outlets"), batch=20)
    >>> state = ng.State.merge(corpus.state("terms", by="month") for corpus in corpora)
    >>> state.terms() == ng.read(ng.samples("outlets")).terms()
    True
    """
    batch = _options.at_least("batch", batch, 1)
    settings = _options.settings(
        text, id, date, headline, byline, layout, paragraphs, date_format, dayfirst, infer_dates, errors, threads
    )
    _options.choice("format", format, FORMATS, optional=True)
    # Whether a column that nobody named holds the ids is not known before the last article.
    encoding = _options.maybe_name("encoding", encoding)
    settings = {**settings, "encoding": encoding, "id_source": "asked" if id else "positions"}
    is_path = isinstance(paths, (str, bytes, os.PathLike)) or hasattr(paths, "read")
    if not is_path and (pieces := _pieces_of_frame(paths, batch)) is not None:
        return _of_pieces(pieces, text, settings)
    if isinstance(paths, Iterator):
        first = list(islice(paths, 1))
        paths = chain(first, paths)
        if first and isinstance(first[0], Mapping):
            return _of_pieces(iter(lambda: list(islice(paths, batch)), []), text, settings)
    elif isinstance(paths, list) and paths and isinstance(paths[0], Mapping):
        return _of_pieces((paths[at : at + batch] for at in range(0, len(paths), batch)), text, settings)
    return of_files(paths, batch, format, text, settings)


def _pieces_of_frame(source: Any, batch: int) -> Iterator[Any] | None:
    """Yield the rows of a frame or an Arrow stream in pieces; None if it is neither."""
    module, kind = type(source).__module__.partition(".")[0], type(source).__name__
    if module == "polars" and kind == "LazyFrame":
        raise TypeError("a LazyFrame has no articles yet; collect it first, as in stream(frame.collect())")
    if module == "pandas" and kind == "DataFrame":
        return (source.iloc[at : at + batch] for at in range(0, len(source), batch))
    if module == "polars" and kind == "DataFrame":
        return source.iter_slices(batch)  # type: ignore[no-any-return]
    if hasattr(source, "fetch_arrow_reader") and not hasattr(source, "__arrow_c_stream__"):
        source = source.fetch_arrow_reader(batch)  # older DuckDB relations
    if not hasattr(source, "__arrow_c_stream__"):
        return None
    try:
        import pyarrow as pa
    except ImportError:
        raise ImportError("a stream of Arrow data needs pyarrow: pip install pyarrow") from None
    reader = source if isinstance(source, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(source)
    return _rebatched((pa.Table.from_batches([piece]) for piece in reader), batch, pa.concat_tables)


def _rebatched(tables: Iterator[Any], batch: int, join: Any) -> Iterator[Any]:
    """Yield tables of ``batch`` rows, and at last the rest."""
    held: list[Any] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += len(table)
        while rows >= batch:
            whole = join(held)
            yield whole[:batch]
            held, rows = [whole[batch:]], rows - batch
    if rows:
        yield join(held)


def _of_pieces(pieces: Iterator[Any], text: str, settings: Settings) -> Iterator[Corpus]:
    """Yield a corpus of each piece, which is anything that :class:`Corpus` takes."""
    for piece in pieces:
        core = _intake.from_articles(piece, text, settings)
        yield Corpus._of(core, settings["threads"], _frames.source(core, piece))
        settings = _after(core, settings)


def _after(core: _core.Corpus, settings: Settings) -> Settings:
    """Return the settings for the articles after those of a corpus."""
    return {**settings, "first": settings["first"] + core.report()[0], "failures": [], "notes": []}


def of_files(paths: Any, batch: int, format: FileFormat | None, text: str, settings: Settings) -> Iterator[Corpus]:
    """Return the corpora of files; the paths are checked now."""
    found, settings = _intake.found_files(paths, settings)
    return _of_found(found, batch, format, text, settings)


def _of_found(
    found: list[_files.Found], batch: int, format: FileFormat | None, text: str, settings: Settings
) -> Iterator[Corpus]:
    """Yield the corpora of files; none has articles of Parquet and of other files."""
    for is_parquet, files in groupby(found, lambda file: format == "parquet" or (format is None and file.is_parquet)):
        if is_parquet:
            reader = _intake.parquet_reader()
            failures: list[tuple[str, str]] = []
            tables = _intake.parquet_tables(list(files), reader, batch, settings, failures)
            for table in _rebatched(tables, batch, reader.join):
                core = _intake.from_table(table, reader, text, {**settings, "failures": failures[:]})
                failures.clear()
                yield Corpus._of(core, settings["threads"])
                settings = _after(core, settings)
            if failures:
                core = _intake.from_table(reader.empty(text), reader, text, {**settings, "failures": failures})
                yield Corpus._of(core, settings["threads"])
            continue
        source = _core.Stream([file.given() for file in files], format, text, settings)
        while (read := source.next(batch)) is not None:
            core, position = read
            yield Corpus._of(core, settings["threads"])
            settings = {**settings, "first": position, "notes": []}
