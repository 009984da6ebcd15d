"""Whatever holds articles, as the core takes it. The one place that knows pandas, Polars and pyarrow on the way in."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from math import isnan
from typing import Any

from nutgraf import _core, _files
from nutgraf.errors import ConfigError, ParseError

__all__: list[str] = []

# Columns that take the role of their name where the caller names none.
ROLES = ("id", "date", "headline", "byline")

# How many names a message lists.
LISTED = 20

# How many articles a batch may have.
MOST = 2**32 - 1

# The deepest nesting of Arrow types that is read.
DEEPEST = 64


def from_articles(articles: Any, text: str, settings: dict[str, Any]) -> _core.Corpus:
    """Build a corpus from anything that holds articles in memory."""
    if isinstance(articles, (str, bytes, bytearray)):
        raise TypeError(
            f"a batch of articles is expected, not a single {type(articles).__name__}; "
            "put it in a list, as in Corpus([text]), or read files with nutgraf.read(path)"
        )
    if isinstance(articles, os.PathLike):
        raise TypeError(
            f"a batch of articles is expected, not a {type(articles).__name__}; read files with nutgraf.read({str(articles)!r})"
        )
    module = type(articles).__module__.partition(".")[0]
    kind = type(articles).__name__
    if module == "polars" and kind == "LazyFrame":
        raise TypeError("a LazyFrame holds no articles yet; collect it first, as in Corpus(frame.collect())")
    if module == "polars" and kind in ("DataFrame", "Series"):
        articles = _without_null_type(articles)
    if module == "pandas" and kind == "DataFrame":
        return _from_pandas(articles, text, settings)
    if module == "pandas" and kind in ("Series", "Index"):
        index = None if kind == "Index" else _index(articles)
        columns = {} if index is None else {"id": index}
        return _from_columns(values_of(articles), columns, settings | ({} if index is None else {"id": "id"}))
    if hasattr(articles, "__arrow_c_stream__"):
        return _from_arrow(articles, text, settings)
    if module == "pyarrow" and kind.endswith("Array"):
        import pyarrow as pa

        return _from_arrow(pa.chunked_array([articles]), text, settings)
    if hasattr(articles, "fetch_arrow_table"):  # DuckDB relations before they had the stream interface
        return _from_arrow(articles.fetch_arrow_table(), text, settings)
    if isinstance(articles, Mapping):
        return _from_mapping(articles, text, settings)
    if isinstance(articles, (set, frozenset)):
        raise TypeError("a set has no order, and results would differ from run to run; sort it into a list")
    if module == "numpy" and kind == "ndarray":
        if articles.ndim != 1:
            raise TypeError(f"an array of articles has one dimension; this one has {articles.ndim}")
        return _from_columns(articles.tolist(), {}, settings)
    if not isinstance(articles, Iterable):
        raise TypeError(
            f"articles of type {kind} cannot be read; expected a list of str, a DataFrame, a Series or an Arrow stream"
        )
    rows = listed(articles, "articles")
    if rows and all(isinstance(row, Mapping) for row in rows):
        return _core.Corpus.from_mappings(rows, text, settings)
    return _from_columns(rows, {}, settings)


def _from_columns(texts: list[Any], columns: dict[str, Any], settings: dict[str, Any]) -> _core.Corpus:
    return _core.Corpus.from_lists(texts, columns, settings)


def listed(values: Iterable[Any], what: str) -> list[Any]:
    """Make a list of values, piece by piece: some never end, and some lie about how many they are."""
    rows = _list_of(values, MOST)
    if len(rows) > MOST:
        raise ConfigError(f"{what} has more than {MOST} values; expected no more", kind="bad_option", field=what)
    return rows


def _list_of(values: Iterable[Any], most: int) -> list[Any]:
    """Make a list of values; where there are more than so many, of some more than these."""
    if type(values) is list:
        return values
    rows: list[Any] = []
    iterator = iter(values)
    while len(rows) <= most and (piece := list(islice(iterator, 1 << 16))):
        rows += piece
    return rows


def _from_mapping(frame: Mapping[str, Any], text: str, settings: dict[str, Any]) -> _core.Corpus:
    names = [str(name) for name in frame]
    _check_names(names)
    for name, values in frame.items():
        if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
            raise TypeError(
                f'column "{name}" is of type {type(values).__name__}; expected a list of values, one an article'
            )
    if text not in names:
        raise _missing_text(text, names)
    given = dict(zip(names, frame.values(), strict=True))
    texts = listed(given.pop(text), text)
    # No other column is read much further than the texts reach: it may have no end.
    columns: dict[str, Any] = {name: _list_of(values, len(texts)) for name, values in given.items()}
    lengths = {name: len(texts if name == text else columns[name]) for name in names}
    if len(set(lengths.values())) > 1:
        told = _told([f"{name} {length}" for name, length in lengths.items()])
        raise ConfigError(f"columns differ in length: {told}", kind="bad_option")
    return _from_columns(texts, columns, _with_roles(settings, columns))


def _check_names(names: list[str], what: str = "") -> None:
    """Refuse names of which two are alike."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            place = f"{what}: " if what else ""
            raise ConfigError(f"{place}two columns are called {name!r}", kind="bad_option", field=what or name)
        seen.add(name)


def _told(names: Iterable[str]) -> str:
    """List names, for a message."""
    names = list(names)
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return (", ".join(names[:LISTED]) or "none") + more


def _is_string(kind: Any) -> bool:
    return str(kind) in ("string", "large_string", "string_view")


def values_of(series: Any) -> list[Any]:
    """Values of a pandas column. Where Arrow holds strings that are not UTF-8, those get the marks of Python for such bytes."""
    try:
        return list(series.tolist())
    except Exception:  # pandas has several for it
        if not hasattr(series.array, "__arrow_array__"):
            raise
        import pyarrow as pa

        strings = series.array.__arrow_array__()
        if not _is_string(strings.type):
            raise
        found: list[Any] = []
        for chunk in getattr(strings, "chunks", [strings]):
            # The bytes of a string are those of the binary value in its place.
            found += chunk.cast(pa.large_string()).view(pa.large_binary()).to_pylist()
        return [value if value is None else value.decode("utf-8", "surrogateescape") for value in found]


def _from_pandas(frame: Any, text: str, settings: dict[str, Any]) -> _core.Corpus:
    names = [str(name) for name in frame.columns]
    if text not in names:
        raise _missing_text(text, names)
    _check_names(names)
    columns = {name: values_of(frame.iloc[:, at]) for at, name in enumerate(names)}
    texts = columns.pop(text)
    settings = _with_roles(settings, columns)
    if settings["id"] is None and (index := _index(frame)) is not None:
        name = "index"
        while name in columns:
            name += "_"
        columns[name] = index
        settings = settings | {"id": name}
    return _from_columns(texts, columns, settings)


def _index(frame: Any) -> list[Any] | None:
    """Ids that a pandas index holds; none where it only counts from 0."""
    index = frame.index
    if type(index).__name__ == "RangeIndex" and index.start == 0 and index.step == 1:
        return None
    return values_of(index)


def _from_arrow(stream: Any, text: str, settings: dict[str, Any]) -> _core.Corpus:
    with sound(stream) as checked:
        names = _column_names(checked)
        if names is None:
            return _core.Corpus.from_array(checked, settings)
        return _core.Corpus.from_stream(checked, text, _with_roles(settings, names))


@contextmanager
def sound(stream: Any) -> Iterator[Any]:
    """Have pyarrow say that its buffers are as long as they must be: its interface for others does not tell.

    Nor does that interface pass on what a stream raises that Python makes as it goes, such as Ctrl-C; here it comes out as itself.
    """
    if type(stream).__module__.partition(".")[0] != "pyarrow":
        yield stream
        return
    import pyarrow as pa

    schema = getattr(stream, "schema", None)
    if schema is None:
        _check_depth("text", stream.type)
    for at, field in enumerate([] if schema is None else schema):
        try:
            name = str(field.name)
        except UnicodeDecodeError as error:
            raise ConfigError(f"the name of column {at} is not UTF-8", kind="bad_option") from error
        _check_depth(name, field.type)
    raised: list[BaseException] = []

    def batches(reader: Any) -> Iterator[Any]:
        try:
            for batch in reader:
                yield from _unsliced(_validated(pa.Table.from_batches([batch]))).to_batches()
        except BaseException as error:
            raised.append(error)
            raise

    try:
        if isinstance(stream, pa.RecordBatchReader):
            yield pa.RecordBatchReader.from_batches(stream.schema, batches(stream))
        else:
            whole = pa.Table.from_batches([stream]) if isinstance(stream, pa.RecordBatch) else stream
            yield _unsliced(_validated(whole))
    except (ParseError, pa.ArrowException) as error:
        cause = raised[0] if raised else error
        if not isinstance(cause, pa.ArrowException):
            raise cause from None
        raise ParseError(f"the Arrow buffers are damaged: {cause}", kind="bad_record") from cause


def _validated(data: Any) -> Any:
    data.validate()
    return data


def _unsliced(data: Any) -> Any:
    """Copy nested columns that start within their buffers, which not every reader of Arrow knows how to read."""
    import pyarrow as pa

    if isinstance(data, pa.Table):
        for at, column in enumerate(data.columns):
            whole = _unsliced(column)
            if whole is not column:
                data = data.set_column(at, data.schema.field(at), whole)
    elif data.type.num_fields and any(chunk.offset for chunk in data.chunks):
        chunks = [pa.concat_arrays([chunk.slice(0, 0), chunk]) for chunk in data.chunks]
        return pa.chunked_array(chunks, data.type)
    return data


def _check_depth(name: str, kind: Any) -> None:
    """Refuse types that nest deeper than anyone reads: whoever follows them may run out of stack."""
    level = [kind]
    for _ in range(DEEPEST):
        level = [child.field(at).type for child in level for at in range(child.num_fields)]
        if not level:
            return
    raise ParseError(
        f'field "{name}": the Arrow column nests deeper than {DEEPEST} types; expected fewer',
        kind="bad_record",
        field=name,
    )


def _without_null_type(frame: Any) -> Any:
    """Give columns of nothing but nulls the type of strings, since not every reader of Arrow knows theirs."""
    import polars as pl

    if isinstance(frame, pl.Series):
        return frame.cast(pl.String) if frame.dtype == pl.Null else frame
    return frame.cast({pl.Null: pl.String}) if pl.Null in frame.dtypes else frame


def _column_names(stream: Any) -> list[str] | None:
    """Names of the columns of a table; none for a single column."""
    for attribute in ("column_names", "columns"):
        names = getattr(stream, attribute, None)
        if isinstance(names, list):
            return [str(name) for name in names]
    schema = getattr(stream, "schema", None)
    if schema is not None and hasattr(schema, "names"):
        names = schema.names() if callable(schema.names) else schema.names
        return [str(name) for name in names]
    return None


def _with_roles(settings: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Give each role that the caller left open the column of its name, if there is one."""
    known = set(names)
    found = {role: role for role in ROLES if settings[role] is None and role in known}
    return settings | found


def _missing_text(text: str, names: Iterable[str]) -> ConfigError:
    return ConfigError(
        f'field "text": there is no column "{text}"; there are {_told(names)}', kind="missing_column", field="text"
    )


def from_files(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    format: str | None,
    text: str,
    settings: dict[str, Any],
) -> _core.Corpus:
    """Build a corpus from files, globs and folders."""
    if isinstance(paths, (bytes, bytearray)) or not isinstance(paths, (str, os.PathLike, Iterable)):
        raise TypeError(f"paths takes a str, a path or a list of these; {paths!r} is of type {type(paths).__name__}")
    given = [paths] if isinstance(paths, (str, os.PathLike)) else listed(paths, "paths")
    for path in given:
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"paths takes strings and paths; {path!r} is of type {type(path).__name__}")
    if settings["errors"] == "raise":
        for path in given:
            if os.path.isdir(path):
                os.scandir(path).close()  # a folder that may not be entered says so
    found = [file for path in given for file in _files.meant(os.fsdecode(path))]
    readable = [file.path.lower().endswith(".parquet") for file in found if file.reason is None]
    if format == "parquet" or (any(readable) and format is None):
        if not all(readable) and format is None:
            raise ConfigError(
                "Parquet and other files cannot be read in one call; read them one after the other",
                kind="bad_format",
                field="paths",
            )
        return _from_parquet(found, text, settings)
    return _core.Corpus.from_files([file.given() for file in found], format, text, settings)


def _from_parquet(files: list[_files.Found], text: str, settings: dict[str, Any]) -> _core.Corpus:
    """Read Parquet with whichever reader is installed; a file that it cannot read is a bad record."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        def read(file: Any) -> Any:
            whole = pq.ParquetFile(file)
            # Group by group, so that Ctrl-C is heard between two.
            groups = [whole.read_row_group(at) for at in range(whole.num_row_groups)]
            return _validated(pa.concat_tables(groups) if groups else whole.schema_arrow.empty_table())

        def join(tables: list[Any]) -> Any:
            return pa.concat_tables(tables, promote_options="default")

        empty: Any = pa.table({text: pa.array([], pa.string())})
    except ImportError:
        try:
            import polars as pl
        except ImportError:
            raise ImportError("Parquet files need pyarrow or Polars: pip install pyarrow") from None

        def read(file: Any) -> Any:
            return pl.read_parquet(file)

        def join(tables: list[Any]) -> Any:
            return pl.concat(tables, how="diagonal_relaxed")

        empty = pl.DataFrame({text: []}, schema={text: pl.String})
    tables, failures = [], []
    for file in files:
        reason, cause = file.reason, None
        if reason is None:
            try:
                with file.open() as content:
                    tables.append(read(content))
            except Exception as error:  # each reader has exceptions of its own
                reason, cause = f"is not a Parquet file that can be read: {error}", error
        if reason is not None:
            if settings["errors"] == "raise":
                raise file.error(reason) from cause
            failures.append((file.path, reason))
    return _from_arrow(join(tables) if tables else empty, text, settings | {"failures": failures})


def columns(frame: Any, what: str) -> dict[str, list[Any]] | None:
    """Columns of a frame, as lists of one length; none where it is no frame."""
    module = type(frame).__module__.partition(".")[0]
    kind = type(frame).__name__
    if module == "polars" and kind == "LazyFrame":
        raise TypeError(f"{what}: a LazyFrame holds no rows yet; collect it first, as in frame.collect()")
    if module == "pandas" and kind == "DataFrame":
        named = [(str(name), values_of(frame.iloc[:, at])) for at, name in enumerate(frame.columns)]
    elif isinstance(frame, Mapping):
        named = []
        for name, values in frame.items():
            if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
                raise TypeError(
                    f'{what}: column "{name}" is of type {type(values).__name__}; expected a list of values'
                )
            named.append((str(name), listed(values, what)))
    elif hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "fetch_arrow_table"):
        if module == "polars":
            frame = _without_null_type(frame)
        if kind == "Series" or (module == "pyarrow" and kind.endswith("Array")):
            return None
        stream = frame if hasattr(frame, "__arrow_c_stream__") else frame.fetch_arrow_table()
        with sound(stream) as checked:
            table = _core.Table.from_stream(checked)
        named = [(name, table.values(at)) for at, (name, _) in enumerate(table.schema())]
    else:
        return None
    _check_names([name for name, _ in named], what)
    read = dict(named)
    if len({len(values) for values in read.values()}) > 1:
        told = _told([f"{name} {len(values)}" for name, values in read.items()])
        raise ConfigError(f"{what}: columns differ in length: {told}", kind="bad_option", field=what)
    return read


def picked(columns: Mapping[str, list[Any]], names: Iterable[str], what: str) -> list[list[Any]]:
    """Columns of these names; the message lists those that are there."""
    for name in names:
        if name not in columns:
            raise ConfigError(
                f'field "{what}": there is no column "{name}"; there are {_told(columns)}',
                kind="missing_column",
                field=what,
            )
    return [columns[name] for name in names]


def texts(given: Any) -> tuple[list[Any], list[Any] | None]:
    """Texts of a list, a Series or an array, and their ids where the index of a Series holds some."""
    if isinstance(given, (str, bytes, bytearray)):
        raise TypeError(
            f"texts takes a list of str, not a single {type(given).__name__}; put it in a list, as in [text]"
        )
    if isinstance(given, (set, frozenset)):
        raise TypeError("a set has no order, and results would differ from run to run; sort it into a list")
    module = type(given).__module__.partition(".")[0]
    kind = type(given).__name__
    if isinstance(given, Mapping) or kind in ("DataFrame", "LazyFrame"):
        raise TypeError(f"texts takes a list or a Series of str; it got a {kind}: name its column, as in frame['text']")
    if module == "pandas" and kind == "Series":
        return values_of(given), _index(given)
    if hasattr(given, "__arrow_c_stream__") or (module == "pyarrow" and kind.endswith("Array")):
        return _strings(given), None
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(given, method):
            return list(getattr(given, method)()), None
    if not isinstance(given, Iterable):
        raise TypeError(f"texts takes a list of str; {given!r} is of type {kind}")
    return listed(given, "texts"), None


def _strings(given: Any) -> list[Any]:
    """Values of an Arrow array, or of anything that streams some."""
    if not hasattr(given, "__arrow_c_stream__"):
        import pyarrow as pa

        given = pa.chunked_array([given])
    if type(given).__module__.partition(".")[0] == "polars":
        given = _without_null_type(given)
    with sound(given) as checked:
        return _core.Table.from_array(checked).values(0)


SPAN_COLUMNS = ["article", "start", "end", "label"]


def span_columns(rows: list[Any]) -> dict[str, list[Any]]:
    """Columns of mentions that come as dicts; of any other key the name alone, for messages."""
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError("spans takes a frame or a list of dicts, as in [{'article': 0, 'start': 0, …}]")
    names = dict.fromkeys(str(name) for row in rows for name in row) if rows else dict.fromkeys(SPAN_COLUMNS)
    read = {*SPAN_COLUMNS, "entity"}
    return {name: [row.get(name) for row in rows] if name in read else [] for name in names}


def mentions(columns: Mapping[str, list[Any]], ids: list[Any]) -> tuple[Any, ...]:
    """Columns of mentions as the core takes them: articles become positions."""
    articles, starts, ends, labels = picked(columns, SPAN_COLUMNS, "spans")
    entities = columns.get("entity") or [None] * len(articles)
    known = {id: position for position, id in enumerate(ids)}
    positions: list[int] = []
    for row, article in enumerate(articles):
        position = known.get(article) if isinstance(article, Hashable) else None
        if position is None:
            raise _bad_mention(row, "article", f"there is no article {article!r}")
        positions.append(position)
    whole = [_whole("start", starts), _whole("end", ends)]
    return (positions, *whole, _names("label", labels), _names("entity", entities))


def _bad_mention(row: int, field: str, what: str) -> ParseError:
    return ParseError(f'field "{field}": mention {row}: {what}', kind="bad_record", field=field)


def _whole(field: str, values: list[Any]) -> list[int]:
    """Whole numbers; pandas holds them as numbers where some are missing."""
    read = []
    for row, value in enumerate(values):
        number = int(value) if isinstance(value, float) and value.is_integer() else value
        if isinstance(number, bool) or not hasattr(number, "__index__") or not -(2**62) < number < 2**62:
            raise _bad_mention(row, field, f"the {field} is {value!r}; expected a character, as a whole number")
        read.append(int(number))
    return read


def _names(field: str, values: list[Any]) -> list[Any]:
    """Strings; an entity may be missing."""
    read: list[str | None] = []
    for row, value in enumerate(values):
        missing = type(value).__name__ in ("NoneType", "NAType") or (isinstance(value, float) and isnan(value))
        if field == "entity" and missing:
            read.append(None)
            continue
        if not isinstance(value, str):
            raise _bad_mention(row, field, f"the {field} is {value!r}; expected a str")
        if not value.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise _bad_mention(row, field, f"the {field} {value!r} holds a lone surrogate; expected Unicode text")
        read.append(value)
    return read
