"""Tables as HTML, for notebooks and pages.

Colours are those of the page around the table, so that it can be read on light and dark
ones. What matters is an attribute of the element itself, because some viewers remove
style sheets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nutgraf import _layout
from nutgraf._layout import Column

if TYPE_CHECKING:
    from nutgraf.table import Table

__all__: list[str] = []

# The most bytes of a table or page.
MOST = 190_000

# The most columns of a table; more are named below it.
_MOST_COLUMNS = 60

# Rows that are formatted at once.
_ROWS = 200

# The widest cells, in characters: ids, running text, what surrounds a match, and snippets.
_ID, _TEXT, _CONTEXT, _SNIPPET = 36, 80, 100, 480

# The most characters of a text that is shown where the pointer rests on its cell.
_TITLE = 2000

# Counts, which have thousands separators; other whole numbers can be years, ids or offsets.
_COUNTS = frozenset(
    [
        "articles",
        "captions",
        "characters",
        "complex_words",
        "count",
        "difficult_words",
        "duplicates",
        "hapax",
        "left",
        "letters",
        "long_words",
        "longest_gap",
        "mentions",
        "paragraphs",
        "polysyllables",
        "reference",
        "right",
        "sentences",
        "syllables",
        "target",
        "tokens",
        "types",
        "undated",
        "words",
    ]
)
_NUMBER = re.compile(r"(-?)(\d+)(\.\d+)?")

# A mark of search() that its text has not escaped.
_STARS = re.compile(r"(?<!\\)((?:\\\\)*)\*\*")
_TAGS = re.compile("</?mark>")

MARK = "background:rgba(255,196,0,.38);color:inherit"

STYLE = (
    "<style>.nutgraf{overflow-x:auto}.nutgraf table{border-collapse:collapse;color:inherit;font-variant-numeric:"
    "tabular-nums}.nutgraf th,.nutgraf td{padding:.25em .7em;vertical-align:top;border:0;border-bottom:1px solid "
    "rgba(128,128,128,.28);background:none;color:inherit}.nutgraf th{font-weight:600;white-space:nowrap}.nutgraf p{"
    "margin:.4em 0}</style>"
)


def table(table: Table, rows: int) -> str:
    """Format the first rows of a table, as many as fit the limit."""
    schema = list(table.schema.items())
    texts = [_most(name, kind) for name, kind in schema]
    extents = table._table.extents(rows, texts)
    keys = _layout.groups(schema)
    columns = [
        Column(at, texts[at], _layout.cut(name, kind), False, at < keys, extents[at][2])
        for at, (name, kind) in enumerate(schema[:_MOST_COLUMNS])
    ]
    whole = [column._replace(width=_TITLE, once=False) for column in columns]
    context = {"left", "match", "right"} <= {name for name, kind in schema if kind == "string"}
    formats = [_Cell(name, kind, context, extents[at][1]) for at, (name, kind) in enumerate(schema[:_MOST_COLUMNS])]
    names, _ = table._table.cells(0, 0, columns)
    head = "".join(
        f'<th style="{cell.style}">{html.escape(name)}</th>' for name, cell in zip(names, formats, strict=True)
    )
    body: list[str] = []
    size = len(STYLE) + len(head)
    shown = 0
    while shown < rows:
        stop = min(shown + _ROWS, rows)
        lines = _rows(table, shown, stop, columns, whole, formats)
        for line in lines:
            size += len(line.encode())
            if size > MOST:
                break
            body.append(line)
            shown += 1
        if shown < stop:
            break
    notes = [*(["no rows"] if not len(table) else []), *table._more(shown)]
    if len(schema) > len(columns):
        notes.append(_layout.note([name for name, _ in schema[_MOST_COLUMNS:]], 1000))
    below = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
    return (
        f'<div class="nutgraf">{STYLE}<table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>{below}</div>"
    )


def _most(name: str, kind: str) -> int:
    """Return the widest text of a column."""
    if _layout.is_whole(name, kind):
        return _layout.WHOLE
    if name == "snippet":
        return _SNIPPET
    if name in ("left", "right"):
        return _CONTEXT
    return _ID if _layout.cut(name, kind) == "middle" else _TEXT


def _rows(
    table: Table, start: int, stop: int, columns: list[Column], whole: list[Column], formats: list[_Cell]
) -> list[str]:
    _, shown = table._table.cells(start, stop, columns)
    _, full = table._table.cells(start, stop, whole)
    return [
        f"<tr>{''.join(cell.format(*texts) for cell, *texts in zip(formats, cells, titles, strict=True))}</tr>"
        for cells, titles in zip(shown, full, strict=True)
    ]


class _Cell:
    """How the cells of a column look."""

    __slots__ = ("is_match", "is_number", "is_snippet", "separated", "style")

    def __init__(self, name: str, kind: str, context: bool, width: int) -> None:
        self.is_number = _layout.is_right(name, kind) and kind != "string"
        self.separated = kind == "float64" or (kind == "int64" and name in _COUNTS)
        self.is_match = context and name == "match"
        self.is_snippet = name == "snippet" and kind == "string"
        around = context and name in ("left", "right")
        align = "right" if self.is_number or (around and name == "left") else "center" if self.is_match else "left"
        is_id = _layout.cut(name, kind) == "middle"
        whole = self.is_number or around or self.is_match or is_id or kind == "date"
        line = ";white-space:nowrap" if whole else ""
        broad = ";min-width:18em" if not line and width > _ID else ""
        self.style = f"text-align:{align}{line}{broad}"

    def format(self, text: str, whole: str) -> str:
        if self.is_number:
            return f'<td style="{self.style}">{_separated(text) if self.separated else html.escape(text)}</td>'
        title = f' title="{html.escape(whole)}"' if text and "…" in text and text != whole else ""
        if self.is_snippet:
            inner = snippet(text)
        else:
            inner = html.escape(text)
            if self.is_match:
                inner = f'<mark style="{MARK}">{inner}</mark>'
        return f'<td style="{self.style}"{title}>{inner}</td>'


def _separated(number: str) -> str:
    """Separate the thousands of a number."""
    parts = _NUMBER.fullmatch(number)
    return html.escape(number) if parts is None else f"{parts[1]}{int(parts[2]):,}{parts[3] or ''}"


def snippet(text: str) -> str:
    """Turn the marks of a snippet into elements; everything else is escaped."""
    if "<mark>" in text:
        pieces = [html.unescape(piece) for piece in _TAGS.split(text)]
    elif _STARS.search(text):
        pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in _starred(text)]
    else:
        return html.escape(text)
    return marked(pieces)


def _starred(text: str) -> list[str]:
    pieces, end = [], 0
    for found in _STARS.finditer(text):
        pieces.append(text[end : found.end(1)])
        end = found.end()
    return [*pieces, text[end:]]


def marked(pieces: Sequence[str]) -> str:
    """Mark every second piece."""
    return "".join(
        f'<mark style="{MARK}">{html.escape(piece)}</mark>' if at % 2 else html.escape(piece)
        for at, piece in enumerate(pieces)
    )
