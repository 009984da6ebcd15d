"""Output of the command: formats, encodings, and pipes that are closed early."""

from __future__ import annotations

import errno
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeAlias

import nutgraf as ng

__all__: list[str] = []

Format: TypeAlias = Literal["table", "csv", "jsonl", "json"]

FORMATS: tuple[Format, ...] = ("table", "csv", "jsonl", "json")

_SUFFIXES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}

# Suffixes of formats that are not supported.
_OTHERS = frozenset((".tsv", ".tab", ".parquet", ".xlsx", ".xls", ".gz", ".zst", ".zstd", ".zip", ".feather", ".arrow"))

# A cell that begins with one of these is a formula in Excel, LibreOffice and Google Sheets
# (OWASP, CSV injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_QUOTED = re.compile('[,"\r\n]')


class ReaderGone(Exception):
    """The reader of standard output has closed it."""


def format_of(output: str | None) -> Format:
    """Return the format that the suffix of a file implies; a table by default."""
    suffix = "" if output is None else os.path.splitext(output)[1].lower()
    if suffix in _OTHERS:
        raise ng.ConfigError(
            f"-o {output}: {suffix} is not supported; expected .csv, .jsonl, .json or .txt, or a --format",
            kind="bad_format",
            field="output",
        )
    return _SUFFIXES.get(suffix, "table")


def printed(table: ng.Table, format: Format, *, raw: bool = False) -> Iterator[str]:
    """Format a table in pieces, so that only one is in memory at a time."""
    if format == "table":
        return table._lines(len(table))
    if format == "csv":
        return _csv(table, raw)
    return _json_lines(table) if format == "jsonl" else _json(table)


def _csv(table: ng.Table, raw: bool) -> Iterator[str]:
    kinds = table.schema
    yield _csv_row([_safe(name, raw) for name in table.columns])
    for row in table:
        yield _csv_row([_csv_cell(value, kinds[name], raw) for name, value in row.items()])


def _csv_row(cells: list[str]) -> str:
    # A row that is one missing value must not become a blank line, which readers skip.
    return (",".join(cells) or '""') + "\n"


def _csv_cell(value: Any, kind: str, raw: bool) -> str:
    """Format a cell: empty if missing, ``""`` for an empty string, JSON for lists."""
    if value is None:
        return ""
    if kind == "string":
        return _safe(value, raw) or '""'
    return _quoted(json.dumps(value, ensure_ascii=False) if kind == "list[string]" else str(value))


def _safe(text: str, raw: bool) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return _quoted(text if raw or not text.startswith(_FORMULA) else "'" + text)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _json_lines(table: ng.Table) -> Iterator[str]:
    for row in table:
        yield _json_row(row) + "\n"


def _json(table: ng.Table) -> Iterator[str]:
    before = "[\n "
    for row in table:
        yield before + _json_row(row, indent=1).replace("\n", "\n ")
        before = ",\n "
    yield "\n]\n" if len(table) else "[]\n"


def _json_row(row: dict[str, Any], indent: int | None = None) -> str:
    for name, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            row[name] = None  # JSON cannot express it
    return json.dumps(row, ensure_ascii=False, default=str, indent=indent, allow_nan=False)


def write(pieces: Iterable[str], output: str | None, *, data: bool) -> None:
    """Write to a file, or to standard output if none is given.

    Data is always UTF-8. Text for a terminal is in the encoding of the terminal, with
    other characters escaped.

    Raises
    ------
    ReaderGone
        The reader of standard output has closed it.
    OSError
        Writing failed; ``filename`` says where.
    """
    if output is None:
        _write_standard(pieces, data)
        return
    with open(output, "wb") as file:
        try:
            for piece in _batches(pieces):
                file.write(piece.encode())
            file.flush()
        except OSError as error:
            raise OSError(error.errno, f"{error.strerror}; the file is incomplete", output) from error


def _write_standard(pieces: Iterable[str], data: bool) -> None:
    send = _sender(data)
    try:
        for piece in _batches(pieces):
            send(piece)
    except OSError as error:
        raise _translated(error) from error
    flush()


def _sender(data: bool) -> Callable[[str], Any]:
    out = sys.stdout
    if out is None:
        raise OSError(errno.EBADF, "it is closed; name a file with -o", "standard output")
    buffer = getattr(out, "buffer", None)
    if buffer is None:  # a notebook, or another replacement
        return out.write
    out.flush()
    encoding = "utf-8" if data else out.encoding or "utf-8"

    def send(text: str) -> None:
        rest = memoryview(text.encode(encoding, "backslashreplace"))
        while rest:  # an unbuffered stream may write only a part
            rest = rest[buffer.write(rest) :]

    return send


def flush() -> None:
    """Flush standard output.

    Raises
    ------
    ReaderGone
        The reader of standard output has closed it.
    OSError
        Writing failed.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _translated(error) from error


def _translated(error: OSError) -> Exception:
    if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
        return ReaderGone()
    return OSError(error.errno, error.strerror, "standard output")


def abandon() -> None:
    """Discard unwritten output, so that the interpreter does not try again at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        pass


def _batches(pieces: Iterable[str]) -> Iterator[str]:
    """Join small pieces into larger ones."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= 1 << 16:
            yield "".join(batch)
            batch, size = [], 0
    yield "".join(batch)
