"""Pairs and phrases with their measures, recounted from the table of tokens; terms that share a
sentence.
"""

from __future__ import annotations

from random import Random
from typing import Any, get_args

from nutgraf._verbs.collocations import AssociationMeasure

from ..oracle.collocations import collocations as slow_collocations
from ..oracle.collocations import pairs, runs
from ..oracle.cooccurrence import contexts, counts
from .batch import Batch
from .tally import Tally

MEASURES: list[Any] = list(get_args(AssociationMeasure))


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    if not batch.known:
        return
    corpus = batch.corpus()
    stopwords = chance.choice([(), ("the", "of", "a")])
    across = chance.random() < 0.3
    found = runs(corpus, stopwords=stopwords, across=across)
    if sum(map(len, found)) > 4000:
        return
    window = chance.choice([1, 2, 5])
    low = chance.choice([1, 2])
    counted = pairs(found, window)
    vocabulary = len({word for run in found for word in run})
    options: dict[str, Any] = {"stopwords": stopwords, "punctuation": "skip" if across else "break"}
    table = corpus.collocations(window=window, measures=MEASURES, min_count=low, **options)
    _compare(table, slow_collocations(counted, low, vocabulary), tally, f"window {window}")
    size = chance.choice([3, 4])
    table = corpus.collocations(ngrams=size, measures=MEASURES, **options)
    _compare(table, slow_collocations(pairs(found, size=size), 1, vocabulary), tally, f"phrases of {size}")
    within: Any = chance.choice(["sentence", "paragraph", "article"])
    if len(batch.texts) > 20 or len(corpus.tokens()) > 600:
        return
    together, _, _ = counts(contexts(corpus, within))
    table = corpus.cooccurrence(of="terms", within=within, measures=[], most=10_000)
    got = {(a, b): count for a, b, count in zip(table["a"], table["b"], table["count"], strict=True)}
    tally.same(got, dict(together), f"terms that share a {within}")


def _compare(table: Any, slow: dict[str, dict[str, float]], tally: Tally, what: str) -> None:
    tally.same(sorted(table["phrase"]), sorted(slow), what)
    for row in table:
        expected = slow[row["phrase"]]
        for name in ("count", *MEASURES):
            tally.close(row[name], expected[name], name, what, row["phrase"])
