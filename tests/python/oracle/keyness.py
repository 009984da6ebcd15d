"""Keyness computed slowly, from counts, in the words of the papers."""

from __future__ import annotations

import math
from typing import Any

import nutgraf as ng


def cells(a: float, n1: float, b: float, n2: float) -> list[tuple[float, float]]:
    """Observed and expected: the term in target and reference, then the rest of each."""
    n, term = n1 + n2, a + b
    return [
        (a, term * n1 / n),
        (b, term * n2 / n),
        (n1 - a, (n - term) * n1 / n),
        (n2 - b, (n - term) * n2 / n),
    ]


def g2(pairs: list[tuple[float, float]]) -> float:
    return 2 * sum(o * math.log(o / e) for o, e in pairs if o > 0)


def measures(a: int, n1: int, b: int, n2: int, articles: tuple[int, int, int, int], k: float = 1.0) -> dict[str, float]:
    """All measures except ``fisher``; ``articles`` has those with the term and all, for target and
    reference.
    """
    table = cells(a, n1, b, n2)
    p1, p2 = (a or 0.5) / n1, (b or 0.5) / n2
    more = 0.5 if 0 in (a, b, n1 - a, n2 - b) else 0.0
    ha, hb, hc, hd = a + more, b + more, n1 - a + more, n2 - b + more
    alpha, alpha0 = a + b, n1 + n2
    odds1, odds2 = (a + alpha) / (n1 + alpha0 - a - alpha), (b + alpha) / (n2 + alpha0 - b - alpha)
    terms = (a + alpha, n1 + alpha0 - a - alpha, b + alpha, n2 + alpha0 - b - alpha)
    return {
        "log_likelihood": g2(table),
        "log_likelihood_2": g2(table[:2]),
        "chi2": sum((o - e) ** 2 / e for o, e in table),
        "chi2_yates": sum(max(abs(o - e) - 0.5, 0) ** 2 / e for o, e in table),
        "log_ratio": math.log2(p1 / p2),
        "percent_diff": 100 * (p1 - p2) / p2,
        "odds_ratio": ha * hd / (hb * hc),
        "relative_risk": (ha / (ha + hc)) / (hb / (hb + hd)),
        "difference_coefficient": (a / n1 - b / n2) / (a / n1 + b / n2),
        "simple_maths": (a * 1e6 / n1 + k) / (b * 1e6 / n2 + k),
        "bayes_factor": g2(table) - math.log(n1 + n2),
        "log_odds": (math.log(odds1) - math.log(odds2)) / math.sqrt(sum(1 / term for term in terms)),
        "text_dispersion": g2(cells(*articles)),
    }


def keyness(target: ng.Corpus, reference: ng.Corpus, **options: Any) -> dict[str, dict[str, float]]:
    """All measures of each term that occurs on either side."""
    sides = [corpus.terms(**options) for corpus in (target, reference)]
    counts = [{row["term"]: (row["count"], row["articles"]) for row in side} for side in sides]
    n1, n2 = (sum(side["count"]) for side in sides)
    found = {}
    for term in {*counts[0], *counts[1]}:
        (a, m1), (b, m2) = (side.get(term, (0, 0)) for side in counts)
        found[term] = {"target": a, "reference": b}
        found[term] |= measures(a, n1, b, n2, (m1, len(target), m2, len(reference)))
    return found
