"""Bars and lines as inline SVG, for pages without scripts.

A picture takes the width of the element around it and has no text, so it never makes
small what a reader has to read. Colours come from the page: ``currentColor``.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__: list[str] = []

# The height of the grid on which columns and lines are drawn.
_HIGH = 100


def bar(value: float, most: float) -> str:
    """Draw a horizontal bar, as a share of the longest one."""
    share = min(max(value / most, 0.0), 1.0) if most > 0 else 0.0
    return (
        '<svg class="bar" aria-hidden="true"><rect width="100%" height="100%" opacity=".12"/>'
        f'<rect width="{_number(100 * share)}%" height="100%"/></svg>'
    )


def span(first: int, last: int, periods: int) -> str:
    """Draw a horizontal bar from one period to another, among all of them."""
    start, width = (_number(100 * number / max(periods, 1)) for number in (first, last - first + 1))
    return (
        '<svg class="bar" aria-hidden="true"><rect width="100%" height="100%" opacity=".12"/>'
        f'<rect x="{start}%" width="{width}%" height="100%"/></svg>'
    )


def columns(values: Sequence[float | None], label: str) -> str:
    """Draw one column per period; a missing value has none.

    ``label`` is what screen readers say, already escaped.
    """
    most = max((value for value in values if value), default=0.0) or 1.0
    shapes = "".join(
        f'<rect x="{at}" y="{_number(_HIGH - _HIGH * value / most)}" width=".86" height="{_number(_HIGH * value / most)}"/>'
        for at, value in enumerate(values)
        if value
    )
    return _picture("columns", max(len(values), 1), shapes, label)


def line(values: Sequence[float | None], label: str) -> str:
    """Draw a line over periods, interrupted where a value is missing."""
    most = max((value for value in values if value), default=0.0) or 1.0
    pieces: list[list[str]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{at + 0.5:g},{_number(_HIGH - _HIGH * value / most)}")
    # A value between two gaps is a line without a length, whose round ends are a dot.
    shapes = "".join(
        f'<polyline points="{" ".join(piece)}"/>'
        if len(piece) > 1
        else f'<polyline class="dot" points="{piece[0]} {piece[0]}"/>'
        for piece in pieces
        if piece
    )
    return _picture("line", max(len(values), 1), shapes, label)


def _picture(kind: str, width: int, shapes: str, label: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 -4 {width} {_HIGH + 8}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{shapes}</svg>'
    )


def _number(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
