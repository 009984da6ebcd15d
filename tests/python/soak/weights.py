"""BM25 and TF-IDF, computed article by article."""

from __future__ import annotations

import math
from collections import Counter
from random import Random
from typing import Any

from ..oracle.fold import fold
from ..oracle.search import score as slow_score
from .batch import Batch
from .tally import Tally

COUNTED = {"word", "number", "abbreviation"}
METHODS: list[Any] = ["robertson", "lucene", "atire", "bm25l", "bm25+"]


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    if not batch.known:
        return
    corpus = batch.corpus()
    ids = corpus.articles()["article"]
    words: dict[str, list[str]] = {id: [] for id in ids}
    tokens = corpus.tokens()
    for id, text, kind in zip(tokens["article"], tokens["text"], tokens["kind"], strict=True):
        if kind in COUNTED:
            words[id].append(fold(text))
    lists = list(words.values())
    n = len(lists)
    vocabulary = sorted({word for row in lists for word in row if word.isascii() and word.isalpha()})
    if not vocabulary:
        return
    for method in METHODS:
        terms = chance.choices(vocabulary, k=chance.randrange(1, 4))
        k1, b = chance.choice([(1.2, 0.75), (0.9, 0.0), (2.0, 0.9)])
        table = corpus.search(" ".join(terms), n=1000, method=method, k1=k1, b=b)
        expected = dict(zip(ids, slow_score(lists, terms, method, k1, b, 0.5), strict=True))
        holds = {id for id, row in words.items() if set(row) & set(terms)}
        tally.same(sorted(table["article"]), sorted(holds), f"articles found for {terms}")
        tally.same(table["score"], sorted(table["score"], reverse=True), "the best come first")
        for id, value in zip(table["article"], table["score"], strict=True):
            tally.close(value, expected[id], method, id, terms)
    df = Counter(word for row in lists for word in set(row))
    table = corpus.tfidf(norm=None)
    got = {
        (id, term): (count, weight)
        for id, term, count, weight in zip(*(table[name] for name in table.columns), strict=True)
    }
    expected_counts = {(id, term): count for id, row in words.items() for term, count in Counter(row).items()}
    tally.same({key: count for key, (count, _) in got.items()}, expected_counts, "counts of tfidf")
    for (id, term), (count, weight) in got.items():
        tally.close(weight, count * (math.log((1 + n) / (1 + df[term])) + 1), "tfidf", id, term)
