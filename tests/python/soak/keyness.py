"""Keyness between two parts of a batch, computed from their counts in the words of the papers."""

from __future__ import annotations

from random import Random
from typing import Any

from ..oracle.keyness import keyness as slow_keyness
from .batch import Batch
from .tally import Tally

MEASURES: list[Any] = [
    "log_likelihood",
    "log_likelihood_2",
    "chi2",
    "chi2_yates",
    "log_ratio",
    "percent_diff",
    "odds_ratio",
    "relative_risk",
    "difference_coefficient",
    "simple_maths",
    "bayes_factor",
    "log_odds",
    "text_dispersion",
]


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    corpus = batch.corpus()
    chosen = [chance.random() < 0.5 for _ in range(len(corpus))]
    target, reference = corpus[chosen], corpus[[not mine for mine in chosen]]
    ngrams = chance.choice([1, 2])
    terms = [set(side.terms(ngrams=ngrams)["term"]) for side in (target, reference)]
    # With a single term, the twin would divide by zero.
    if not all(terms) or len(terms[0] | terms[1]) < 2:
        return
    table = corpus.keyness(target, reference, measures=MEASURES, ngrams=ngrams)
    slow = slow_keyness(target, reference, ngrams=ngrams)
    tally.same(sorted(table["term"]), sorted(slow), "terms of keyness")
    for row in table:
        for name, value in slow[row["term"]].items():
            tally.close(row[name], value, name, row["term"])
