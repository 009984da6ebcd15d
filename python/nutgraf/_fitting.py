"""Tables in a terminal: as wide as its window."""

from __future__ import annotations

import unicodedata

import nutgraf as ng

__all__: list[str] = []

# Columns that a narrow terminal does without, the first to go first.
_DISPENSABLE = (
    "source_start",
    "entity_id",
    "ambiguous",
    "agency",
    "first_date",
    "last_date",
    "sentence",
    "paragraphs",
    "sentences",
    "captions",
    "country",
    "photographer",
    "end",
    "start",
    "zone",
)

# Columns are shortened to this width, or a quarter of a narrow terminal, before others are omitted.
_NARROW = 20
_GAP = 2


def fitted(table: ng.Table, rows: int, width: int) -> tuple[str, list[str]]:
    """Return the first rows, no wider than ``width``, and the omitted columns."""
    names, cells = table._table.cells(rows)
    numeric = [kind in ("int64", "float64") for kind in table.schema.values()]
    widths = [max([_width(name), *(_width(row[at]) for row in cells)]) for at, name in enumerate(names)]
    narrow = min(_NARROW, max(width // 4, 1))
    kept = list(range(len(names)))
    for name in _DISPENSABLE:
        if _total([min(widths[at], narrow) for at in kept]) <= width:
            break
        if name in names and names.index(name) in kept[1:]:
            kept.remove(names.index(name))
    while len(kept) > 2 and _total([min(widths[at], narrow) for at in kept]) > width:
        kept.pop()
    while (over := _total([widths[at] for at in kept]) - width) > 0:
        widest = max(kept, key=lambda at: widths[at])
        if widths[widest] <= 1:
            break
        second = max((widths[at] for at in kept if at != widest), default=1)
        widths[widest] = max(widths[widest] - over, min(second, widths[widest] - 1), 1)
    lines = []
    for row in [names, *cells]:
        line = [_padded(row[at], widths[at], right=numeric[at]) for at in kept]
        lines.append((" " * _GAP).join(line).rstrip())
    return "\n".join(lines) + "\n", [name for at, name in enumerate(names) if at not in kept]


def _total(widths: list[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _width(text: str) -> int:
    """Return the number of columns that a terminal needs for a text."""
    if text.isascii():
        return len(text)
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> int:
    if unicodedata.combining(letter) or letter in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _padded(text: str, width: int, *, right: bool) -> str:
    if _width(text) > width:
        kept = ""
        for letter in text:
            if _width(kept + letter) >= width:
                break
            kept += letter
        text = kept + "…"
    space = " " * (width - _width(text))
    return space + text if right else text + space
