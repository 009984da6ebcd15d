"""Words in their context, found by trying the query at every token."""

from __future__ import annotations

from random import Random

from ..oracle.kwic import kwic as slow_kwic
from .batch import Batch
from .tally import Tally


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    # The twin tries every token of every article, so its queries are small.
    batch = batch.only(range(min(8, len(batch.texts))))
    corpus = batch.corpus()
    tokens = corpus.tokens()
    words = [
        text
        for text, kind in zip(tokens["text"], tokens["kind"], strict=True)
        if kind == "word" and text.isascii() and text.isalnum()
    ]
    if not words or len(tokens) > 4000:
        return
    for _ in range(3):
        at = chance.randrange(len(words))
        word = words[at]
        query = chance.choice(
            [
                word,
                word[:2] + "*",
                "*" + word[-2:],
                word.replace(word[len(word) // 2], "?", 1),
                f"{word} *",
                " ".join(words[at : at + 2]),
            ]
        )
        window = chance.choice([0, 1, 5, 30])
        table = corpus.kwic(query, window=window, fold=None)
        got = [tuple(row.values()) for row in table]
        tally.same(got, slow_kwic(corpus, query, window, fold=False), f"kwic of {query!r}, {window}")
        rows = chance.randrange(1, 5)
        ordered = corpus.kwic(query, window=window, fold=None, sort=["left1", "right1"])
        tally.same(sorted(map(repr, ordered)), sorted(map(repr, table)), "another order has the same rows")
        tally.same(
            corpus.kwic(query, window=window, fold=None, sort=["left1", "right1"], n=rows).to_dicts(),
            ordered.head(rows).to_dicts(),
            "first rows",
        )
