"""Terms counted slowly, from the table of tokens."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

import nutgraf as ng

from .fold import fold

COUNTED = {"word", "number", "abbreviation"}


def terms(
    corpus: ng.Corpus,
    *,
    zones: Any = ("headline", "body"),
    ngrams: tuple[int, int] = (1, 1),
    stopwords: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Count terms and n-grams as documented in `Corpus.terms`."""
    runs: list[tuple[Any, list[str]]] = []
    sentence = None
    for token in corpus.tokens(zones=zones):
        here = (token["article"], token["sentence"])
        text = fold(token["text"])
        parts = token["kind"] == "punctuation" or (token["kind"] in COUNTED and text in stopwords)
        if here != sentence or parts:
            runs.append((token["article"], []))
            sentence = here
        if token["kind"] in COUNTED and not parts:
            runs[-1][1].append(text)
    counts: Counter[str] = Counter()
    articles: dict[str, set[Any]] = defaultdict(set)
    for article, run in runs:
        for n in range(ngrams[0], ngrams[1] + 1):
            for start in range(len(run) - n + 1):
                gram = " ".join(run[start : start + n])
                counts[gram] += 1
                articles[gram].add(article)
    total = sum(counts.values())
    rows = [
        {"term": gram, "count": count, "articles": len(articles[gram]), "per_million": count * 1e6 / total}
        for gram, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["term"].encode()))
