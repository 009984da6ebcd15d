"""Diversity of words, computed slowly from a list of words."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction


def stretches(words: list[str], threshold: float, least: int) -> float:
    """The number of segments in the words."""
    factors, open_ = 0.0, []
    for word in words:
        open_.append(word)
        if len(open_) >= least and len(set(open_)) / len(open_) < threshold:
            factors, open_ = factors + 1, []
    if open_:
        factors += min(1.0, (1 - len(set(open_)) / len(open_)) / (1 - threshold))
    return factors


def moving(words: list[str], end: int, threshold: float, least: int) -> float:
    """Mean length of the segments that begin at each of the words before ``end``."""
    lengths = []
    for start in range(end):
        seen: set[str] = set()
        for stop in range(start, len(words)):
            seen.add(words[stop])
            length = stop + 1 - start
            if length >= least and len(seen) / length < threshold:
                lengths.append(length)
                break
    return sum(lengths) / len(lengths)


def measures(
    words: list[str], threshold: float = 0.72, least: int = 1, moving_averages: bool = True
) -> dict[str, float | None]:
    """All measures; None if one is undefined."""
    n, counts = len(words), Counter(words)
    v, once = len(counts), sum(count == 1 for count in counts.values())
    windows = [words[at : at + 50] for at in range(max(1, n - 49))]
    factors = [stretches(side, threshold, least) for side in (words, words[::-1])]
    found = {
        "ttr": lambda: v / n,
        "root_ttr": lambda: v / math.sqrt(n),
        "corrected_ttr": lambda: v / math.sqrt(2 * n),
        "herdan_c": lambda: math.log(v) / math.log(n),
        "maas": lambda: (math.log(n) - math.log(v)) / math.log(n) ** 2,
        "mattr": lambda: sum(len(set(window)) / len(window) for window in windows) / len(windows),
        "mtld": lambda: sum(n / factor for factor in factors) / 2,
        "mtld_ma_wrap": lambda: moving(words * 3, n, threshold, least),
        "mtld_ma_bid": lambda: (moving(words, n, threshold, least) + moving(words[::-1], n, threshold, least)) / 2,
        "hdd": lambda: (
            sum(float(1 - Fraction(math.comb(n - count, 42), math.comb(n, 42))) for count in counts.values()) / 42
        ),
        "yule_k": lambda: 1e4 * (sum(count * count for count in counts.values()) - n) / n**2,
        "simpson_d": lambda: sum(count * (count - 1) for count in counts.values()) / (n * (n - 1)),
        "honore_h": lambda: 100 * math.log(n) / (1 - once / v),
        "hapax": lambda: once,
        "hapax_share": lambda: once / n,
        "entropy": lambda: -sum(count / n * math.log2(count / n) for count in counts.values()),
    }
    values: dict[str, float | None] = {}
    for name, measure in found.items():
        if name.startswith("mtld_ma") and not moving_averages:
            continue
        try:
            values[name] = measure()
        except ZeroDivisionError:
            values[name] = None
    return values
