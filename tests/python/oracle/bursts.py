"""The cheapest sequence of states, found by trying all of them."""

from __future__ import annotations

import itertools
import math


def cost(states: tuple[int, ...], series: list[tuple[int, int]], s: float, gamma: float) -> float:
    """The cost of a sequence of states."""
    base = sum(r for r, _ in series) / sum(d for _, d in series)
    total, last = 0.0, 0
    for state, (r, d) in zip(states, series, strict=True):
        total += max(0, state - last) * gamma * math.log(len(series))
        p, last = base * s**state, state
        total -= math.log(math.comb(d, r)) + r * math.log(p) + (d - r) * math.log(1 - p)
    return total


def cheapest(series: list[tuple[int, int]], s: float, gamma: float, states: int) -> tuple[int, ...]:
    """The cheapest sequence; ties go to lower states."""
    base = sum(r for r, _ in series) / sum(d for _, d in series)
    there = [state for state in range(states) if state == 0 or base * s**state < 1]
    rows = itertools.product(there, repeat=len(series))
    return min(rows, key=lambda row: (round(cost(row, series, s, gamma), 9), row))
