"""Output of the command: formats, encodings, and pipes that are closed early."""

from __future__ import annotations

import errno
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeAlias

import nutgraf as ng
from nutgraf import _export

__all__: list[str] = []

Format: TypeAlias = Literal["table", "csv", "tsv", "jsonl", "json", "html", "parquet", "xlsx"]

FORMATS: tuple[Format, ...] = ("table", "csv", "tsv", "jsonl", "json", "html", "parquet", "xlsx")

_SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}

# Binary formats, which need a file.
_BINARY = frozenset(("parquet", "xlsx"))

# Suffixes of formats that are not supported.
_OTHERS = frozenset((".xls", ".gz", ".zst", ".zstd", ".zip", ".feather", ".arrow", ".pdf", ".docx", ".ods"))


class ReaderGone(Exception):
    """The reader of standard output has closed it."""


def format_of(output: str | None) -> Format:
    """Return the format that the suffix of a file implies; a table by default."""
    suffix = "" if output is None else os.path.splitext(output)[1].lower()
    if suffix in _OTHERS:
        raise ng.ConfigError(
            f"-o {output}: {suffix} is not supported; expected .csv, .tsv, .jsonl, .json, .html, "
            ".parquet, .xlsx or .txt, or a --format",
            kind="bad_format",
            field="output",
        )
    return _SUFFIXES.get(suffix, "table")


def expect(format: Format, output: str | None, bom: bool) -> None:
    """Check before the work that its result can be written in this format."""
    if output is None and format in _BINARY:
        raise ng.ConfigError(
            f"--format {format} is binary; name a file with -o, as in -o table.{format}",
            kind="bad_format",
            field="output",
        )
    if bom and format not in ("csv", "tsv"):
        raise ng.ConfigError(f"--bom applies to csv and tsv; the format is {format}", kind="bad_option", field="bom")
    if format == "xlsx":
        try:
            import openpyxl  # noqa: F401
        except ImportError:
            raise ImportError(
                "an Excel file needs openpyxl: pip install openpyxl; or write a .csv with --bom"
            ) from None


def save(table: ng.Table, format: Format, output: str | None, *, raw: bool, bom: bool) -> None:
    """Write a table to a file, or to standard output if none is given.

    Raises
    ------
    ReaderGone
        The reader of standard output has closed it.
    OSError
        Writing failed; ``filename`` says where.
    """
    if output is None or format not in _BINARY:
        pieces = printed(table, format, raw=raw)
        write(itertools.chain(["\ufeff"] if bom else [], pieces), output, data=format != "table")
        return
    try:
        if format == "parquet":
            table.to_parquet(output)
        else:
            table.to_excel(output)
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror or error}; the file is incomplete", output) from error


def printed(table: ng.Table, format: Format, *, raw: bool = False) -> Iterator[str]:
    """Format a table in pieces, so that only one is in memory at a time."""
    if format == "table":
        return table._lines(len(table))
    if format in ("csv", "tsv"):
        return _export.csv(table, sep="," if format == "csv" else "\t", raw=raw)
    if format == "html":
        return _html(table)
    return _export.json_lines(table) if format == "jsonl" else _export.json_list(table)


def _html(table: ng.Table) -> Iterator[str]:
    """Format a page of one table."""
    import html

    def row(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>\n"

    def cell(value: Any) -> str:
        if isinstance(value, list):
            return _export.ITEMS.join(value)
        return "" if value is None else str(value)

    yield '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>nutgraf</title>\n'
    yield "<style>body{font-family:sans-serif}td,th{padding:2px 10px;text-align:left;vertical-align:top}</style>\n"
    yield "<table>\n" + row(table.columns, "th")
    for record in table:
        yield row(map(cell, record.values()), "td")
    yield "</table>\n</html>\n"


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
