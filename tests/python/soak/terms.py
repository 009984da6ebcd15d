"""Terms and n-grams, recounted from the table of tokens; groups add up to the whole; the matrix
sums to the terms.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from ..oracle.terms import terms as slow_terms
from .batch import Batch
from .tally import Tally

STOPWORDS = ("the", "of", "a", "said")


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    if not batch.known:
        return
    corpus = batch.corpus()
    ngrams = chance.choice([(1, 1), (2, 2), (1, 3)])
    stopwords = chance.choice([(), STOPWORDS])
    zones = chance.choice([("headline", "body"), "all", "body"])
    table = corpus.terms(ngrams=ngrams, stopwords=stopwords, zones=zones)
    tally.same(table.to_dicts(), slow_terms(corpus, ngrams=ngrams, stopwords=stopwords, zones=zones), "terms")
    whole = dict(zip(table["term"], table["count"], strict=True))
    groups: list[Any] = ["source", "article", ["source", "zone"]]
    for by in [*groups, *(["month"] if any(corpus.articles()["date"]) else [])]:
        grouped = corpus.terms(by=by, ngrams=ngrams, stopwords=stopwords, zones=zones)
        sums: Counter[str] = Counter()
        for term, count in zip(grouped["term"], grouped["count"], strict=True):
            sums[term] += count
        tally.same(dict(sums), whole, f"terms by {by} add up")
    counts, names, _ = corpus.matrix(ngrams=ngrams, stopwords=stopwords, zones=zones)
    tally.same(names, sorted(whole, key=str.encode), "terms of the matrix")
    tally.same(counts.sum(axis=0).A1.tolist(), [whole[name] for name in names], "sums of the matrix")
    least = chance.randrange(1, 4)
    some = corpus.terms(ngrams=ngrams, stopwords=stopwords, zones=zones, min_count=least)
    tally.same(
        list(zip(some["term"], some["count"], strict=True)),
        [(term, count) for term, count in whole.items() if count >= least],
        "frequent terms",
    )
