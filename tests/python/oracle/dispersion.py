"""Dispersion computed slowly, over all parts of each term."""

from __future__ import annotations

import math
import statistics
from collections import Counter


def measures(parts: list[list[str]], term: str) -> dict[str, float | None]:
    """All measures of a term over parts given as lists of words."""
    words = [word for part in parts for word in part]
    parts = [part for part in parts if part]
    n, f = len(parts), words.count(term)
    v = [Counter(part)[term] for part in parts]
    s = [len(part) / len(words) for part in parts]
    p = [count / len(part) for count, part in zip(v, parts, strict=True)]
    dp = sum(abs(count / f - share) for count, share in zip(v, s, strict=True)) / 2
    places = [at for at, word in enumerate(words) if word == term]
    gaps = [(b - a) % len(words) or len(words) for a, b in zip(places, [*places[1:], places[0]], strict=True)]
    even = len(words) / f
    return {
        "count": f,
        "range": sum(count > 0 for count in v),
        "juilland_d": 1 - statistics.pstdev(p) / statistics.mean(p) / math.sqrt(n - 1) if n > 1 else None,
        "carroll_d2": -sum(x / sum(p) * math.log2(x / sum(p)) for x in p if x) / math.log2(n) if n > 1 else None,
        "rosengren_s": sum(math.sqrt(count * share) for count, share in zip(v, s, strict=True)) ** 2 / f,
        "dp": dp,
        "dp_norm": dp / (1 - min(s)) if n > 1 else None,
        "kl_divergence": sum(c / f * math.log2(c / f / share) for c, share in zip(v, s, strict=True) if c),
        "arf": sum(min(gap, even) for gap in gaps) / even,
    }
