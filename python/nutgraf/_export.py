"""Tables as files: CSV, JSON, Parquet and Excel."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from nutgraf.errors import ConfigError

if TYPE_CHECKING:
    from nutgraf._table_exports import TableExports

__all__: list[str] = []

# A cell that begins with one of these is a formula in Excel, LibreOffice and Google Sheets
# (OWASP, CSV injection).
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

# What separates the items of a list in a cell.
ITEMS = "; "

# The limits of a sheet of Excel.
_MOST_ROWS, _MOST_COLUMNS, _MOST_CHARACTERS = 1_048_576, 16_384, 32_767

# Characters that a workbook cannot contain.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(pieces: Iterable[str], path: str | os.PathLike[str] | None, *, bom: bool) -> str | None:
    """Write text to a file, or return it if there is none."""
    if path is None:
        return ("\ufeff" if bom else "") + "".join(pieces).removesuffix("\n")
    with open(path, "w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        file.writelines(pieces)
    return None


def csv(table: TableExports, *, sep: str, raw: bool) -> Iterator[str]:
    """Format rows as CSV, one piece per line."""
    if not isinstance(sep, str) or len(sep) != 1 or sep in "\"\r\n'":
        raise ConfigError(f"sep={sep!r}; expected one character, such as ';'", kind="bad_option", field="sep")
    special = re.compile(f'["\r\n{re.escape(sep)}]')

    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if special.search(cell) else cell

    def cell(value: Any, kind: str) -> str:
        """Format a value: empty if missing, ``""`` for an empty string."""
        if value is None:
            return ""
        if kind == "list[string]":
            value, kind = ITEMS.join(value), "string"
        if kind != "string":
            return quoted(str(value))
        return quoted(value if raw or not value.startswith(FORMULA) else "'" + value) or '""'

    def line(cells: list[str]) -> str:
        # A row that is one missing value must not become a blank line, which readers skip.
        return (sep.join(cells) or '""') + "\n"

    kinds = table.schema
    yield line([cell(name, "string") for name in table.columns])
    for row in table:
        yield line([cell(value, kinds[name]) for name, value in row.items()])


def json_lines(table: TableExports) -> Iterator[str]:
    """Format rows as JSON Lines."""
    for row in table:
        yield _object(row) + "\n"


def json_list(table: TableExports) -> Iterator[str]:
    """Format rows as a list of objects, one per line."""
    before = "[\n"
    for row in table:
        yield f"{before} {_object(row)}"
        before = ",\n"
    yield "\n]\n" if len(table) else "[]\n"


def _object(row: dict[str, Any]) -> str:
    for name, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            row[name] = None  # JSON cannot express it
        elif hasattr(value, "isoformat"):
            row[name] = value.isoformat()
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def parquet(table: TableExports, path: str | os.PathLike[str]) -> None:
    """Write a Parquet file with what is installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        pass
    else:
        pyarrow.parquet.write_table(table.to_arrow(), os.fspath(path))
        return
    try:
        frame = table.to_polars()
    except ImportError:
        raise ImportError("to_parquet() needs pyarrow or Polars: pip install pyarrow") from None
    frame.write_parquet(os.fspath(path))


def excel(table: TableExports, path: str | os.PathLike[str]) -> None:
    """Write a workbook with one sheet."""
    try:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
    except ImportError:
        raise ImportError("to_excel() needs openpyxl: pip install openpyxl") from None
    rows, columns = len(table), len(table.columns)
    if rows >= _MOST_ROWS or columns > _MOST_COLUMNS:
        raise ConfigError(
            f"the table has {rows:,} rows and {columns:,} columns; a sheet of Excel has "
            f"{_MOST_ROWS - 1:,} rows below its header, and {_MOST_COLUMNS:,} columns",
            kind="bad_format",
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("nutgraf")
    sheet.freeze_panes = "A2"

    def cell(value: Any, name: str, row: int) -> Any:
        if isinstance(value, list):
            value = ITEMS.join(value)
        if isinstance(value, float) and not math.isfinite(value):
            value = str(value)
        if not isinstance(value, str):
            return value
        text = _FORBIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), value)
        if len(text) > _MOST_CHARACTERS:
            raise ConfigError(
                f'row {row}, column "{name}": {len(text):,} characters; a cell of Excel holds {_MOST_CHARACTERS:,}',
                kind="bad_format",
                field=name,
            )
        written = WriteOnlyCell(sheet, value=text)
        written.data_type = "s"  # a text that begins with = is not a formula
        return written

    try:
        sheet.append([cell(name, name, 0) for name in table.columns])
        for number, row in enumerate(table):
            sheet.append([cell(value, name, number) for name, value in row.items()])
    finally:
        sheet.close()
    book.save(os.fspath(path))
