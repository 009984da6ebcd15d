"""Conversion of every kind of input to what the core takes.

With ``_frames``, this is the only module that knows pandas, Polars and pyarrow as
inputs. The file is long because each kind needs its own way in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, Literal

from nutgraf import _core, _files, _frames
from nutgraf._options import Settings, wrong_type
from nutgraf.errors import ConfigError, ParseError

__all__: list[str] = []

# Columns that get the role of their name if the caller names no column for it.
ROLES: tuple[Literal["id", "date", "headline", "byline"], ...] = ("id", "date", "headline", "byline")

# Maximum number of names that a message lists.
LISTED = 20

# Maximum number of articles in a batch.
MOST = 2**32 - 1

# Maximum nesting depth of Arrow types.
DEEPEST = 64


def from_articles(articles: Any, text: str, settings: Settings) -> _core.Corpus:
    """Build a corpus from articles in memory."""
    if isinstance(articles, (str, bytes, bytearray)):
        raise TypeError(
            f"articles takes a batch of texts, not a single {type(articles).__name__}; "
            "put it in a list, as in Corpus([text]), or read files with nutgraf.read(path)"
        )
    if isinstance(articles, os.PathLike):
        raise TypeError(
            f"articles takes a batch of texts, not a {type(articles).__name__}; "
            f"read files with nutgraf.read({str(articles)!r})"
        )
    module = type(articles).__module__.partition(".")[0]
    kind = type(articles).__name__
    if module == "polars" and kind == "LazyFrame":
        raise TypeError("a LazyFrame has no articles yet; collect it first, as in Corpus(frame.collect())")
    if module == "polars" and kind in ("DataFrame", "Series"):
        articles = _without_null_type(articles)
    if module == "pandas" and kind == "DataFrame":
        return _from_pandas(articles, text, settings)
    if module == "pandas" and kind in ("Series", "Index"):
        columns: dict[str, Any] = {}
        if kind == "Series":
            settings = _frames.with_index(articles.index, columns, settings)
        return _from_columns(_frames.values_of(articles), columns, settings)
    if hasattr(articles, "__arrow_c_stream__"):
        return _from_arrow(articles, text, settings)
    if module == "pyarrow" and kind.endswith("Array"):
        import pyarrow as pa

        return _from_arrow(pa.chunked_array([articles]), text, settings)
    if hasattr(articles, "fetch_arrow_table"):  # older DuckDB relations, without the stream interface
        return _from_arrow(articles.fetch_arrow_table(), text, settings)
    if isinstance(articles, Mapping):
        return _from_mapping(articles, text, settings)
    if isinstance(articles, (set, frozenset)):
        raise TypeError("a set has no order, so results would differ from run to run; sort it into a list")
    if module == "numpy" and kind == "ndarray":
        if articles.ndim != 1:
            raise TypeError(f"articles takes an array of one dimension; this one has {articles.ndim}")
        return _from_columns(articles.tolist(), {}, settings)
    if not isinstance(articles, Iterable):
        raise TypeError(
            f"articles of type {kind} cannot be read; expected a list of str, a DataFrame, a Series or an Arrow stream"
        )
    rows = listed(articles, "articles")
    if rows and all(isinstance(row, Mapping) for row in rows):
        return _core.Corpus.from_mappings(rows, text, settings)
    return _from_columns(rows, {}, settings)


def _from_columns(texts: list[Any], columns: dict[str, Any], settings: Settings) -> _core.Corpus:
    return _core.Corpus.from_lists(texts, columns, settings)


def listed(values: Iterable[Any], what: str) -> list[Any]:
    """Make a list in pieces, since iterables can be endless or misreport lengths."""
    rows = _list_of(values, MOST)
    if len(rows) > MOST:
        raise ConfigError(f"{what} has more than {MOST} values; expected no more", kind="bad_option", field=what)
    return rows


def _list_of(values: Iterable[Any], most: int) -> list[Any]:
    """Make a list of values, which stops soon after ``most``."""
    if type(values) is list:
        return values
    rows: list[Any] = []
    iterator = iter(values)
    while len(rows) <= most and (piece := list(islice(iterator, 1 << 16))):
        rows += piece
    return rows


def _from_mapping(frame: Mapping[str, Any], text: str, settings: Settings) -> _core.Corpus:
    names = [str(name) for name in frame]
    _check_names(names)
    for name, values in frame.items():
        if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
            raise TypeError(
                f'column "{name}" is of type {type(values).__name__}; expected a list of values, one per article'
            )
    if text not in names:
        raise _missing_text(text, names)
    given = dict(zip(names, frame.values(), strict=True))
    texts = listed(given.pop(text), text)
    # Other columns are not read much further than the texts, since they may be endless.
    columns: dict[str, Any] = {name: _list_of(values, len(texts)) for name, values in given.items()}
    sizes = {name: len(texts if name == text else columns[name]) for name in names}
    if len(set(sizes.values())) > 1:
        lengths = _names_in_message([f"{name} {size}" for name, size in sizes.items()])
        raise ConfigError(f"columns differ in length: {lengths}", kind="bad_option")
    return _from_columns(texts, columns, _with_roles(settings, columns))


def _check_names(names: list[str], what: str = "") -> None:
    """Refuse duplicate names."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            place = f"{what}: " if what else ""
            raise ConfigError(f"{place}two columns are called {name!r}", kind="bad_option", field=what or name)
        seen.add(name)


def _names_in_message(names: Iterable[str]) -> str:
    """List names, for a message."""
    names = list(names)
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return (", ".join(names[:LISTED]) or "none") + more


def _from_pandas(frame: Any, text: str, settings: Settings) -> _core.Corpus:
    names = [str(name) for name in frame.columns]
    if text not in names:
        raise _missing_text(text, names)
    _check_names(names)
    columns = {name: _frames.values_of(frame.iloc[:, at]) for at, name in enumerate(names)}
    texts = columns.pop(text)
    settings = _frames.with_index(frame.index, columns, _with_roles(settings, columns))
    return _from_columns(texts, columns, settings)


def _from_arrow(stream: Any, text: str, settings: Settings) -> _core.Corpus:
    with sound(stream) as checked:
        names = _column_names(checked)
        if names is None:
            return _core.Corpus.from_array(checked, settings)
        return _core.Corpus.from_stream(checked, text, _with_roles(settings, names))


@contextmanager
def sound(stream: Any) -> Iterator[Any]:
    """Let pyarrow check the length of its buffers, which its C interface does not.

    That interface also loses exceptions that a Python stream raises while it is read,
    such as Ctrl-C; here they are raised again.
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
    """Copy nested columns with an offset, which not every Arrow reader supports."""
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
    """Refuse deeply nested types, which can overflow the stack of a reader."""
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
    """Cast columns of the null type, which not every reader supports, to strings."""
    import polars as pl

    if isinstance(frame, pl.Series):
        return frame.cast(pl.String) if frame.dtype == pl.Null else frame
    return frame.cast({pl.Null: pl.String}) if pl.Null in frame.dtypes else frame


def _column_names(stream: Any) -> list[str] | None:
    """Return the names of the columns of a table, or None for a single column."""
    for attribute in ("column_names", "columns"):
        names = getattr(stream, attribute, None)
        if isinstance(names, list):
            return [str(name) for name in names]
    schema = getattr(stream, "schema", None)
    if schema is not None and hasattr(schema, "names"):
        names = schema.names() if callable(schema.names) else schema.names
        return [str(name) for name in names]
    return None


def _with_roles(settings: Settings, names: Iterable[str]) -> Settings:
    """Give each role without a column the column of its name, if there is one."""
    known = set(names)
    for role in ROLES:
        if role == "id" and settings["id_source"] != "found":
            continue
        if settings[role] is None and role in known:
            settings = {**settings, role: role}  # type: ignore[misc]
    return settings


def _missing_text(text: str, names: Iterable[str]) -> ConfigError:
    return ConfigError(
        f'field "text": there is no column "{text}"; there are {_names_in_message(names)}',
        kind="missing_column",
        field="text",
    )


def from_files(
    paths: Any,
    format: str | None,
    text: str,
    settings: Settings,
) -> _core.Corpus:
    """Build a corpus from files, globs and folders."""
    found, settings = found_files(paths, settings)
    is_parquet = [file.is_parquet for file in found]
    if format == "parquet" or (format is None and found and all(is_parquet)):
        return _from_parquet(found, text, settings)
    if format is None:
        # Among files of other formats, the rows of a table are read as JSON.
        found = [
            _as_json(file, settings) if table and file.reason is None else file
            for file, table in zip(found, is_parquet, strict=True)
        ]
    return _core.Corpus.from_files([file.given() for file in found], format, text, settings)


def found_files(paths: Any, settings: Settings) -> tuple[list[_files.Found], Settings]:
    """Return the files that are meant, and the settings with a note about others."""
    is_one = isinstance(paths, (str, os.PathLike)) or hasattr(paths, "read")
    if isinstance(paths, (bytes, bytearray)) or not (is_one or isinstance(paths, Iterable)):
        raise wrong_type("paths", "a str, a path, an open file or a list of these", paths)
    given: list[Any] = [paths] if is_one else listed(paths, "paths")
    for path in given:
        if not isinstance(path, (str, os.PathLike)) and not hasattr(path, "read"):
            raise wrong_type("paths", "strings, paths and open files", path)
    if settings["errors"] == "raise":
        for path in given:
            if not hasattr(path, "read") and os.path.isdir(path):
                os.scandir(path).close()  # raises if the folder may not be entered
    groups = [[_files.opened(path)] if hasattr(path, "read") else _files.meant(os.fsdecode(path)) for path in given]
    found = [file for files in groups for file in files]
    return found, {**settings, "notes": [*settings["notes"], *_files.left_out(groups)]}


def _from_parquet(files: list[_files.Found], text: str, settings: Settings) -> _core.Corpus:
    """Read Parquet with the installed reader; an unreadable file is a bad record."""
    reader = parquet_reader()
    failures: list[tuple[str, str]] = []
    tables = list(parquet_tables(files, reader, None, settings, failures))
    whole = reader.join(tables) if tables else reader.empty(text)
    return from_table(whole, reader, text, {**settings, "failures": failures})


def from_table(table: Any, reader: Any, text: str, settings: Settings) -> _core.Corpus:
    """Build a corpus from a table of a Parquet file."""
    names = reader.names(table)
    return _from_arrow(table, text if text in names else _alike(text, names), settings)


def parquet_tables(
    files: list[_files.Found],
    reader: Any,
    rows: int | None,
    settings: Settings,
    failures: list[tuple[str, str]],
    *,
    placed: bool = True,
) -> Iterator[Any]:
    """Yield the rows of Parquet files: whole files, or tables of at most ``rows`` rows.

    A file that cannot be read is added to ``failures``, or raises an error. ``placed``
    adds the file, the number of the row and the fields in the path.
    """
    partitions = [_core.partitions(file.called) for file in files]
    texts = {name for fields in partitions for name, value in fields if isinstance(_whole(value), str)}
    for file, given in zip(files, partitions, strict=True):
        fields = {name: value if name in texts else _whole(value) for name, value in given}
        first, reason, cause = 0, file.reason, None
        if reason is None:
            try:
                with file.open() as content:
                    for table in reader.tables(content, rows):
                        yield reader.with_place(table, file.called, fields, first) if placed else table
                        first += len(table)
                continue
            except Exception as error:  # each reader has its own exceptions
                reason, cause = f"is not a Parquet file that can be read: {error}", error
        if settings["errors"] == "raise":
            raise file.error(reason) from cause
        failures.append((file.path, reason))


def _as_json(file: _files.Found, settings: Settings) -> _files.Found:
    """Return a Parquet file whose content is its rows as JSON, one per line."""
    reader = parquet_reader()
    failures: list[tuple[str, str]] = []
    tables = parquet_tables([file], reader, None, settings, failures, placed=False)
    lines = [json.dumps(row, ensure_ascii=False, default=str) for table in tables for row in reader.rows(table)]
    if failures:
        return file._replace(reason=failures[0][1])
    return file._replace(content="".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass"))


def _alike(wanted: str, names: list[str]) -> str:
    """Return the name that differs from another by case alone, if there is one."""
    alike = [name for name in names if name.lower() == wanted.lower()]
    return alike[0] if len(alike) == 1 else wanted


def _whole(value: str) -> int | str:
    """Take a whole number as such."""
    return int(value) if value.lstrip("-").isdecimal() and str(int(value)) == value else value


class _Pyarrow:
    """Tables of Parquet files, read by pyarrow."""

    def __init__(self) -> None:
        import pyarrow
        import pyarrow.parquet

        self._pa, self._pq = pyarrow, pyarrow.parquet

    def tables(self, file: Any, rows: int | None) -> Iterator[Any]:
        whole = self._pq.ParquetFile(file)
        if rows is not None:
            for batch in whole.iter_batches(rows):
                yield _validated(self._pa.Table.from_batches([batch]))
            return
        # Read one row group at a time, so that Ctrl-C takes effect in between.
        groups = [whole.read_row_group(at) for at in range(whole.num_row_groups)]
        yield _validated(self._pa.concat_tables(groups) if groups else whole.schema_arrow.empty_table())

    def with_place(self, table: Any, source: str, fields: dict[str, int | str], first: int) -> Any:
        pa, rows = self._pa, table.num_rows
        columns: dict[str, Any] = {name: pa.array([value] * rows) for name, value in fields.items()}
        starts = pa.array(range(first, first + rows), pa.int64())
        columns |= {"source": pa.array([source] * rows, pa.string()), "source_start": starts}
        for name, values in columns.items():
            if name not in table.column_names:
                table = table.append_column(name, values)
        return table

    def join(self, tables: list[Any]) -> Any:
        return self._pa.concat_tables(tables, promote_options="permissive")

    def empty(self, text: str) -> Any:
        return self._pa.table({text: self._pa.array([], self._pa.string())})

    def names(self, table: Any) -> list[str]:
        return list(table.column_names)

    def rows(self, table: Any) -> Iterator[dict[str, Any]]:
        for batch in table.to_batches():
            yield from batch.to_pylist()


class _Polars:
    """Tables of Parquet files, read by Polars."""

    def __init__(self) -> None:
        import polars

        self._pl = polars

    def tables(self, file: Any, rows: int | None) -> Iterator[Any]:
        whole = self._pl.read_parquet(file)
        yield from [whole] if rows is None else whole.iter_slices(rows)

    def with_place(self, table: Any, source: str, fields: dict[str, int | str], first: int) -> Any:
        pl, last = self._pl, first + table.height
        columns = [pl.lit(value).alias(name) for name, value in fields.items()]
        columns += [pl.lit(source).alias("source"), pl.int_range(first, last, dtype=pl.Int64).alias("source_start")]
        return table.with_columns(column for column in columns if column.meta.output_name() not in table.columns)

    def join(self, tables: list[Any]) -> Any:
        return self._pl.concat(tables, how="diagonal_relaxed")

    def empty(self, text: str) -> Any:
        return self._pl.DataFrame({text: []}, schema={text: self._pl.String})

    def names(self, table: Any) -> list[str]:
        return list(table.columns)

    def rows(self, table: Any) -> Iterator[dict[str, Any]]:
        yield from table.iter_rows(named=True)


def parquet_reader() -> _Pyarrow | _Polars:
    for reader in (_Pyarrow, _Polars):
        try:
            return reader()
        except ImportError:
            continue
    raise ImportError("Parquet files need pyarrow or Polars: pip install pyarrow")


def columns(frame: Any, what: str) -> dict[str, list[Any]] | None:
    """Return the columns of a frame as lists of equal length, or None otherwise."""
    module = type(frame).__module__.partition(".")[0]
    kind = type(frame).__name__
    if module == "polars" and kind == "LazyFrame":
        raise TypeError(f"{what}: a LazyFrame has no rows yet; collect it first, as in frame.collect()")
    if module == "pandas" and kind == "DataFrame":
        named = [(str(name), _frames.values_of(frame.iloc[:, at])) for at, name in enumerate(frame.columns)]
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
        lengths = _names_in_message([f"{name} {len(values)}" for name, values in read.items()])
        raise ConfigError(f"{what}: columns differ in length: {lengths}", kind="bad_option", field=what)
    return read


def picked(columns: Mapping[str, list[Any]], names: Iterable[str], what: str) -> list[list[Any]]:
    """Return the columns with these names; the error message lists all columns."""
    for name in names:
        if name not in columns:
            raise ConfigError(
                f'field "{what}": there is no column "{name}"; there are {_names_in_message(columns)}',
                kind="missing_column",
                field=what,
            )
    return [columns[name] for name in names]


def texts(given: Any) -> tuple[list[Any], list[Any] | None]:
    """Return the texts of a list, Series or array, and the ids in a Series index."""
    if isinstance(given, (str, bytes, bytearray)):
        raise TypeError(
            f"texts takes a list of str, not a single {type(given).__name__}; put it in a list, as in [text]"
        )
    if isinstance(given, (set, frozenset)):
        raise TypeError("a set has no order, so results would differ from run to run; sort it into a list")
    module = type(given).__module__.partition(".")[0]
    kind = type(given).__name__
    if isinstance(given, Mapping) or kind in ("DataFrame", "LazyFrame"):
        raise TypeError(f"texts takes a list or a Series of str; it got a {kind}: name its column, as in frame['text']")
    if module == "pandas" and kind == "Series":
        return _frames.values_of(given), _frames.index_ids(given)
    if hasattr(given, "__arrow_c_stream__") or (module == "pyarrow" and kind.endswith("Array")):
        return _strings(given), None
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(given, method):
            return list(getattr(given, method)()), None
    if not isinstance(given, Iterable):
        raise TypeError(f"texts takes a list of str; {given!r} is of type {kind}")
    return listed(given, "texts"), None


def _strings(given: Any) -> list[Any]:
    """Return the values of an Arrow array or stream."""
    if not hasattr(given, "__arrow_c_stream__"):
        import pyarrow as pa

        given = pa.chunked_array([given])
    if type(given).__module__.partition(".")[0] == "polars":
        given = _without_null_type(given)
    with sound(given) as checked:
        return _core.Table.from_array(checked).values(0)
