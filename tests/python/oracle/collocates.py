"""A slow twin of collocates, from the tokens of the corpus."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable

import nutgraf as ng

COUNTED = {"word", "number", "abbreviation"}


def collocates(
    corpus: ng.Corpus, is_node: Callable[[str], bool], window: int, stopwords: Iterable[str] = ()
) -> tuple[dict[str, tuple[int, int]], dict[str, float], int]:
    """The counts on the left and on the right of each word, its G², and the number of words."""
    stopped = set(stopwords)
    sentences: dict[tuple[object, int], list[tuple[str, str]]] = {}
    for row in corpus.tokens(zones=["headline", "body"]):
        sentences.setdefault((row["article"], row["sentence"]), []).append((row["text"].lower(), row["kind"]))
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for tokens in sentences.values():
        words = [text for text, kind in tokens if kind in COUNTED]
        nodes = [at for at, word in enumerate(words) if is_node(word)]
        for at, word in enumerate(words):
            if at in nodes or word in stopped:
                continue
            outside[word] += 1
            near = [(abs(at - node), node > at, node) for node in nodes if abs(at - node) <= window]
            if near:
                _, is_left, _ = min(near)
                (left if is_left else right)[word] += 1
    n, r1 = sum(outside.values()), sum(left.values()) + sum(right.values())
    values = {}
    for word in {*left, *right}:
        o, c1 = left[word] + right[word], outside[word]
        cells = [o, r1 - o, c1 - o, n - r1 - c1 + o]
        rows, columns = (r1, n - r1), (c1, n - c1)
        expected = [row * column / n for row in rows for column in columns]
        values[word] = 2 * sum(
            cell * math.log(cell / chance) for cell, chance in zip(cells, expected, strict=True) if cell
        )
    return {word: (left[word], right[word]) for word in values}, values, n
