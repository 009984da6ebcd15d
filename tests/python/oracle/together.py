"""Entities that are named together, counted slowly from the tables of mentions and sentences."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations
from typing import Any

import nutgraf as ng

Pair = tuple[Any, ...]


def together(
    corpus: ng.Corpus, within: str, *, zones: Any = ("headline", "body"), by: str | None = None
) -> dict[Pair, dict[str, float]]:
    """Count pairs as documented in `Corpus.cooccurrence`: group, a, b, with their labels."""
    group_of = dict(zip(corpus.articles()["article"], corpus.articles()[by], strict=True)) if by else {}
    sentences = corpus.sentences(zones=zones).to_dicts()
    spans = corpus.zones(zones=zones).to_dicts()

    def context(row: dict[str, Any]) -> Any:
        if within == "article":
            return row["article"]
        if within == "sentence":
            return row["article"], row["sentence"]
        starts = [
            span["start"] for span in spans if span["article"] == row["article"] and span["start"] <= row["start"]
        ]
        return row["article"], max(starts)

    named: dict[Any, set[tuple[str, str]]] = {}
    for row in sentences:
        named.setdefault(context(row), set())
    for row in corpus.mentions(zones=zones):
        named.setdefault(context(row), set()).add((row["entity"], row["label"]))
    counts: Counter[Pair] = Counter()
    singles: Counter[Pair] = Counter()
    contexts: Counter[Any] = Counter()
    articles: dict[Pair, set[Any]] = {}
    for place, entities in named.items():
        article = place if within == "article" else place[0]
        group = group_of.get(article)
        contexts[group] += 1
        singles.update((group, entity) for entity in entities)
        for a, b in combinations(sorted(entities), 2):
            counts[group, a, b] += 1
            articles.setdefault((group, a, b), set()).add(article)
    found = {}
    for (group, a, b), o in counts.items():
        r, c, n = singles[group, a], singles[group, b], contexts[group]
        expected = r * c / n
        cells = [(o, expected), (r - o, r - expected), (c - o, c - expected), (n - r - c + o, n - r - c + expected)]
        most = -math.log2(o / n)
        found[group, a, b] = {
            "count": o,
            "articles": len(articles[group, a, b]),
            "pmi": math.log2(o / expected),
            "npmi": math.log2(o / expected) / most if most else 1.0,
            "log_likelihood": max(0.0, 2 * sum(x * math.log(x / e) for x, e in cells if x > 0)),
            "dice": 2 * o / (r + c),
        }
    return found
