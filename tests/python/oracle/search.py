"""BM25 computed slowly, article by article."""

from __future__ import annotations

import math


def score(articles: list[list[str]], query: list[str], method: str, k1: float, b: float, delta: float) -> list[float]:
    """Score of each article, given as its words."""
    n, mean = len(articles), sum(map(len, articles)) / len(articles)
    scores = []
    for words in articles:
        total = 0.0
        for term in query:
            df = sum(term in other for other in articles)
            if df == 0:
                continue
            tf, pivot = words.count(term), 1 - b + b * len(words) / mean
            if method == "bm25l":
                c = tf / pivot
                total += math.log((n + 1) / (df + 0.5)) * (k1 + 1) * (c + delta) / (k1 + c + delta)
            elif method == "bm25+":
                total += math.log((n + 1) / df) * ((k1 + 1) * tf / (k1 * pivot + tf) + delta)
            elif method == "atire":
                total += math.log(n / df) * (k1 + 1) * tf / (k1 * pivot + tf)
            else:
                odds = (n - df + 0.5) / (df + 0.5)
                idf = math.log(1 + odds) if method == "lucene" else max(0.0, math.log(odds))
                total += idf * tf / (k1 * pivot + tf)
        scores.append(total)
    return scores
