"""Mentions that users bring, as columns for the core."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import isnan
from typing import Any

from nutgraf import _intake
from nutgraf.errors import ParseError

__all__: list[str] = []

SPAN_COLUMNS = ["article", "start", "end", "label"]


def span_columns(rows: list[Any]) -> dict[str, list[Any]]:
    """Return mentions given as dicts in columns; other keys become empty columns."""
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError("spans takes a frame or a list of dicts, as in [{'article': 0, 'start': 0, …}]")
    names = dict.fromkeys(str(name) for row in rows for name in row) if rows else dict.fromkeys(SPAN_COLUMNS)
    read = {*SPAN_COLUMNS, "entity"}
    return {name: [row.get(name) for row in rows] if name in read else [] for name in names}


def mentions(columns: Mapping[str, list[Any]], ids: list[Any]) -> tuple[Any, ...]:
    """Return columns of mentions as the core takes them, with positions of articles."""
    articles, starts, ends, labels = _intake.picked(columns, SPAN_COLUMNS, "spans")
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
    """Take whole numbers, which pandas stores as floats if some are missing."""
    read = []
    for row, value in enumerate(values):
        number = int(value) if isinstance(value, float) and value.is_integer() else value
        if isinstance(number, bool) or not hasattr(number, "__index__") or not -(2**62) < number < 2**62:
            raise _bad_mention(row, field, f"the {field} is {value!r}; expected a character offset, as a whole number")
        read.append(int(number))
    return read


def _names(field: str, values: list[Any]) -> list[Any]:
    """Take strings; an entity may be missing."""
    read: list[str | None] = []
    for row, value in enumerate(values):
        missing = type(value).__name__ in ("NoneType", "NAType") or (isinstance(value, float) and isnan(value))
        if field == "entity" and missing:
            read.append(None)
            continue
        if not isinstance(value, str):
            raise _bad_mention(row, field, f"the {field} is {value!r}; expected a str")
        if not value.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise _bad_mention(row, field, f"the {field} {value!r} contains a lone surrogate; expected Unicode text")
        read.append(value)
    return read
