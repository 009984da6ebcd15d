"""How a table fits a screen: which columns are printed, how wide, and what they lose.

What a column holds follows from its name: verbs use one name for one thing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf._terminal import visible

__all__: list[str] = []

# The width of output that is not a terminal: a notebook, a file, a pipe, a page of documentation.
PAGE = 120

# The number of terminal columns between two columns of a table.
GAP = 2

# The widest cell of running text if no width is given.
PLAIN = 48

# Messages and ids are printed whole up to this width, which none of them reaches.
WHOLE = 1 << 14

# Texts that are shortened in the middle, because they differ at the end.
IDS = frozenset(("article", "copy", "entity_id", "id", "source", "url", "uri", "guid", "link"))

# Messages, which are never shortened.
MESSAGES = frozenset(("message", "sentence"))

# Columns that are the first to go where there is no room for all, in this order.
LESS = (
    "entity_id",
    "source_start",
    "byte",
    "end",
    "speaker_end",
    "cue_end",
    "speaker_start",
    "cue_start",
    "token",
    "start",
    "sentence",
    "longest_gap",
    "agency",
    "photographer",
    "last_date",
    "first_date",
    "ambiguous",
    "aliases",
    "characters",
    "letters",
    "long_words",
    "polysyllables",
    "difficult_words",
    "complex_words",
    "syllables",
)

# The columns that verbs count for themselves; columns before them are groups.
OWN = frozenset(
    [
        "a",
        "b",
        "alias",
        "articles",
        "count",
        "end",
        "entity",
        "item",
        "kind",
        "label",
        "left",
        "match",
        "mentions",
        "phrase",
        "rank",
        "right",
        "score",
        "sentence",
        "start",
        "target",
        "term",
        "text",
        "token",
        "tokens",
        "zone",
    ]
)

# Repeated values of these are blank after the first, though a verb counts them.
REPEATED = frozenset(("entity", "item"))

_TEXTS = ("string", "list[string]")
_NUMBERS = ("int64", "float64")

# The least width of a text column before columns are omitted: of names, and of other texts.
_LEAST_NAME = 20
_LEAST = 12

_NAMES = frozenset(("entity", "headline", "left", "phrase", "right", "snippet", "speaker", "text"))


class Column(NamedTuple):
    """A column as it is printed: the shape that the core takes."""

    at: int
    width: int
    cut: str
    right: bool
    once: bool
    decimals: int


class Layout(NamedTuple):
    """The columns that are printed, and the names of those that are omitted."""

    columns: list[Column]
    left_out: list[str]


def screen() -> int:
    """Return the width of the terminal, or of a page if there is no terminal."""
    try:
        if sys.stdout.isatty():
            return max(os.get_terminal_size(sys.stdout.fileno()).columns, 20)
    except (AttributeError, OSError, ValueError):  # no output, or one without a file
        pass
    return PAGE


def cut(name: str, kind: str) -> str:
    """Say what a text of this column loses if it is too long."""
    if kind == "string" and name == "left":
        return "start"
    return "middle" if kind == "string" and name in IDS else "end"


def is_whole(name: str, kind: str) -> bool:
    """Whether the texts of this column are never shortened."""
    return kind == "string" and name in MESSAGES


def is_right(name: str, kind: str) -> bool:
    """Whether a column is flush right: numbers, and what precedes a match."""
    return kind in _NUMBERS or (kind == "string" and name == "left")


def groups(schema: Sequence[tuple[str, str]]) -> int:
    """Count the first columns, whose repeated values are shown once."""
    count = 0
    for name, kind in schema:
        if name in REPEATED:
            return count + 1
        if name in OWN or kind in ("float64", "list[string]", "bool"):
            return count
        count += 1
        if name == "article":
            return count
    return count


def limits(schema: Sequence[tuple[str, str]], width: int | None) -> list[int]:
    """Return the widest cell of each column before columns share the width."""
    most = PLAIN if width is None else max(width, 1)
    return [
        WHOLE if is_whole(name, kind) or (width is None and name in IDS) else min(most, WHOLE) for name, kind in schema
    ]


def layout(schema: Sequence[tuple[str, str]], extents: Sequence[Sequence[int]], width: int | None) -> Layout:
    """Choose the columns that fit and the width of each.

    Parameters
    ----------
    schema : list of (str, str)
        The name and type of each column.
    extents : list of (int, int, int)
        The width of the name, the width of the cells, and the decimals of each column.
    width : int or None
        The width of the screen; without one, all columns are printed in full.
    """
    widths = {at: max(name, cells) for at, (name, cells, _) in enumerate(extents)}
    if width is not None:
        widths = _fitted(schema, extents, widths, width)
    keys = groups(schema) if width is not None else 0
    columns = [
        Column(at, widths[at], cut(name, kind), is_right(name, kind), at < keys, extents[at][2])
        for at, (name, kind) in enumerate(schema)
        if at in widths
    ]
    return Layout(columns, [name for at, (name, _) in enumerate(schema) if at not in widths])


def _fitted(
    schema: Sequence[tuple[str, str]], extents: Sequence[Sequence[int]], widths: dict[int, int], width: int
) -> dict[int, int]:
    """Omit columns until the rest fits, and share the space among the texts."""
    least = {}
    for at, (name, kind) in enumerate(schema):
        floor = _LEAST_NAME if name in _NAMES else max(_LEAST, extents[at][0])
        narrow = kind in _TEXTS or is_whole(name, kind)
        least[at] = min(widths[at], floor) if narrow else widths[at]

    def needed(sizes: dict[int, int]) -> int:
        return sum(sizes[at] for at in widths) + GAP * (len(widths) - 1)

    if any(is_whole(*schema[at]) for at in widths) and needed(widths) > width:
        # A message goes beyond the screen; columns without any value make room for it.
        widths = {at: size for at, size in widths.items() if extents[at][1] or at == 0}

    for at in _order_out(schema, extents):
        if len(widths) == 1 or needed(least) <= width:
            break
        widths.pop(at, None)
    spare = width - needed(least)
    # Texts that want the least are served first, so that long ones share what is left.
    texts = sorted((at for at in widths if widths[at] > least[at]), key=lambda at: (widths[at] - least[at], at))
    whole = [at for at in texts if is_whole(*schema[at])]
    for number, at in enumerate(texts):
        extra = min(widths[at] - least[at], max(spare, 0) // (len(texts) - number))
        spare -= extra
        if at not in whole:
            widths[at] = least[at] + extra
    return widths


def _order_out(schema: Sequence[tuple[str, str]], extents: Sequence[Sequence[int]]) -> list[int]:
    """List columns in the order in which they are omitted."""
    names = [name for name, _ in schema]
    empty = [at for at in range(len(names)) if not extents[at][1]]
    less = [names.index(name) for name in LESS if name in names and (name, "string") not in schema[:1]]
    rest = [at for at in reversed(range(len(names))) if not is_whole(*schema[at])]
    whole = [at for at in range(len(names)) if is_whole(*schema[at])]
    ordered = dict.fromkeys([*(empty if any(e[1] for e in extents) else []), *less, *rest, *whole])
    return [at for at in ordered if at > 0]


def note(left_out: Sequence[str], width: int | None) -> str:
    """Name the omitted columns in one line."""
    line = f"… {len(left_out)} more {'column' if len(left_out) == 1 else 'columns'}: {', '.join(left_out)}"
    line = visible(line[: 1 << 10])
    return line if width is None or len(line) <= width else line[: max(width - 1, 0)] + "…"
