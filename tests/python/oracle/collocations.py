"""Collocations counted and scored slowly, from the table of tokens."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from typing import Any

import nutgraf as ng

from .fold import fold

COUNTED = {"word", "number", "abbreviation"}


def runs(
    corpus: ng.Corpus, zones: Any = ("headline", "body"), stopwords: Collection[str] = (), across: bool = False
) -> list[list[str]]:
    """Terms of each sentence, split at punctuation and stop words unless these are skipped."""
    found: list[list[str]] = []
    sentence = None
    for token in corpus.tokens(zones=zones):
        here = (token["article"], token["sentence"])
        text = fold(token["text"])
        counts = token["kind"] in COUNTED and text not in stopwords
        parts = token["kind"] == "punctuation" or (token["kind"] in COUNTED and not counts)
        if here != sentence or (parts and not across):
            found.append([])
            sentence = here
        if counts:
            found[-1].append(text)
    return found


def pairs(found: list[list[str]], window: int = 1, size: int = 2) -> Counter[tuple[tuple[str, ...], str]]:
    """Pairs of all words but the last, and the last, of each phrase."""
    counted: Counter[tuple[tuple[str, ...], str]] = Counter()
    for run in found:
        if size > 2:
            counted.update((tuple(run[at : at + size - 1]), run[at + size - 1]) for at in range(len(run) - size + 1))
            continue
        for at, first in enumerate(run):
            counted.update(((first,), second) for second in run[at + 1 : at + 1 + window])
    return counted


def measures(o11: float, r1: float, c1: float, n: float, low: float = 1, v: float = 1) -> dict[str, float]:
    """All measures of a pair."""
    e11 = r1 * c1 / n
    o12, o21 = r1 - o11, c1 - o11
    o22 = n - r1 - o21
    table = [
        (o11, e11),
        (o12, r1 * (n - c1) / n),
        (o21, (n - r1) * c1 / n),
        (o22, (n - r1) * (n - c1) / n),
    ]
    r2, c2 = n - r1, n - c1
    dice = 2 * o11 / (r1 + c1)
    return {
        "pmi": math.log2(o11 / e11),
        "npmi": 1.0 if o11 == n else math.log(o11 / e11) / -math.log(o11 / n),
        "mi3": math.log2(o11**3 / e11),
        "t_score": (o11 - e11) / math.sqrt(o11),
        "z_score": (o11 - e11) / math.sqrt(e11),
        "log_likelihood": 2 * sum(o * math.log(o / e) for o, e in table if o > 0),
        "chi2": sum((o - e) ** 2 / e for o, e in table if e > 0),
        "dice": dice,
        "log_dice": 14 + math.log2(dice),
        "jaccard": o11 / (o11 + o12 + o21),
        "min_sensitivity": min(o11 / r1, o11 / c1),
        "delta_p_forward": o11 / r1 - (o21 / r2 if r2 else 0),
        "delta_p_backward": o11 / c1 - (o12 / c2 if c2 else 0),
        "log_ratio": math.log2((o11 / (o21 or 0.5)) / (r1 / (r2 or 0.5))),
        "poisson_stirling": o11 * (math.log2(o11 / e11) - 1),
        "mikolov": (o11 - low) / (r1 * c1) * v,
    }


def collocations(
    counted: Counter[tuple[tuple[str, ...], str]], low: int = 1, v: int = 1
) -> dict[str, dict[str, float]]:
    """Count and all measures of each phrase."""
    first: Counter[tuple[str, ...]] = Counter()
    last: Counter[str] = Counter()
    for (prefix, word), count in counted.items():
        first[prefix] += count
        last[word] += count
    n = sum(counted.values())
    return {
        " ".join([*prefix, word]): {"count": count, **measures(count, first[prefix], last[word], n, low, v)}
        for (prefix, word), count in counted.items()
        if count >= low
    }
