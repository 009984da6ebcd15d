"""A slow twin of ``weight="copies"``: fractions, one article at a time."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import nutgraf as ng


def weights(corpus: ng.Corpus) -> dict[Any, Fraction]:
    """How much each article counts: 1/n if it is one of n copies."""
    clusters = {row["article"]: row["copy"] for row in corpus.copies()}
    sizes = Counter(clusters.values())
    ids = corpus.articles()["article"]
    return {article: Fraction(1, sizes[clusters[article]] if article in clusters else 1) for article in ids}


def sums(corpus: ng.Corpus, rows: ng.Table, names: list[str]) -> dict[tuple[Any, ...], list[Fraction]]:
    """By the values of some columns: the counts of a table by article, and the articles."""
    of_article = weights(corpus)
    found: dict[tuple[Any, ...], list[Fraction]] = {}
    for row in rows:
        count, articles = found.setdefault(tuple(row[name] for name in names), [Fraction(0), Fraction(0)])
        weight = of_article[row["article"]]
        number = row["mentions"] if "mentions" in row else row["count"]
        found[tuple(row[name] for name in names)] = [count + weight * number, articles + weight]
    return found
