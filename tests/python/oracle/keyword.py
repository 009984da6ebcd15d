"""Slow, readable twins of the phrase rankers of the literature: from tagged sentences to {phrase:
score}.

A sentence is a list of :class:`Token`. Phrases are tuples of words in lower case.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from .fold import typography


class Token(NamedTuple):
    """A token: its text, kind and part of speech, and whether it is a stop word."""

    text: str
    kind: str
    tag: str
    stop: bool

    @property
    def term(self) -> str:
        return typography(self.text).lower()

    @property
    def is_term(self) -> bool:
        return self.kind in ("word", "number", "abbreviation")

    @property
    def is_content(self) -> bool:
        return self.kind in ("word", "abbreviation") and not self.stop and len(self.text) > 1 and self.tag in "NPJ"


Sentence = list[Token]
Phrase = tuple[str, ...]


def page_rank(weights: np.ndarray, start: np.ndarray, damping: float = 0.85) -> np.ndarray:
    """The stationary distribution, from the linear system itself."""
    n = len(start)
    if n == 0:
        return np.zeros(0)
    out = weights.sum(axis=1)
    step = np.where(out[:, None] > 0, weights / np.where(out == 0, 1, out)[:, None], start)
    return np.linalg.solve(np.eye(n) - damping * step.T, (1 - damping) * start)


def runs(sentence: Sentence, keep: Callable[[Token], bool]) -> Iterable[tuple[int, Sentence]]:
    """Longest runs of kept tokens, with their start."""
    at = 0
    for kept, group in itertools.groupby(sentence, keep):
        tokens = list(group)
        if kept:
            yield at, tokens
        at += len(tokens)


def phrase(tokens: Iterable[Token]) -> Phrase:
    return tuple(token.term for token in tokens)


def rake(sentences: list[Sentence]) -> dict[Phrase, float]:
    """Rose et al. 2010: the sum over words of degree / frequency."""
    found = [run for sentence in sentences for _, run in runs(sentence, lambda t: t.is_term and not t.stop)]
    found = [run for run in found if any(token.kind != "number" for token in run)]
    degree: dict[str, int] = {}
    frequency: dict[str, int] = {}
    for run in found:
        for token in run:
            degree[token.term] = degree.get(token.term, 0) + len(run)
            frequency[token.term] = frequency.get(token.term, 0) + 1
    return {phrase(run): sum(degree[t.term] / frequency[t.term] for t in run) for run in found}


def textrank(sentences: list[Sentence], window: int = 2) -> dict[Phrase, float]:
    """Mihalcea & Tarau 2004: PageRank of adjacent words; the best third, joined if adjacent."""
    nodes = list(dict.fromkeys(t.term for s in sentences for t in s if t.is_content))
    weights = np.zeros((len(nodes), len(nodes)))
    for sentence in sentences:
        for (i, a), (j, b) in itertools.combinations(enumerate(sentence), 2):
            if j - i < window and a.is_content and b.is_content and a.term != b.term:
                x, y = nodes.index(a.term), nodes.index(b.term)
                weights[x, y] = weights[y, x] = 1
    ranks = page_rank(weights, np.full(len(nodes), 1 / max(1, len(nodes))))
    # Ranks that differ by less than the error of the iteration are ties, which go to the first
    # word.
    order = sorted(range(len(nodes)), key=lambda node: (-round(ranks[node], 9), node))
    rank = dict(zip(nodes, ranks, strict=True))
    best = {nodes[node] for node in order[: -(-len(nodes) // 3)]}
    found = {}
    for sentence in sentences:
        for _, run in runs(sentence, lambda t: t.is_content and t.term in best):
            found[phrase(run)] = sum(rank[t.term] for t in run)
    return found


def positionrank(sentences: list[Sentence], window: int = 10, longest: int = 3) -> dict[Phrase, float]:
    """Florescu & Caragea 2017: PageRank with restarts by the inverse positions of words."""
    start: dict[str, float] = {}
    content = []
    counted = (token for sentence in sentences for token in sentence if token.is_term)
    for position, token in enumerate(counted, start=1):
        if token.is_content:
            start[token.term] = start.get(token.term, 0) + 1 / position
            content.append((position, token.term))
    nodes = list(start)
    weights = np.zeros((len(nodes), len(nodes)))
    for (i, a), (j, b) in itertools.combinations(content, 2):
        if j - i < window and a != b:
            x, y = nodes.index(a), nodes.index(b)
            weights[x, y] += 1
            weights[y, x] += 1
    begin = np.array(list(start.values()))
    rank = dict(zip(nodes, page_rank(weights, begin / begin.sum() if len(begin) else begin), strict=True))
    found = {}
    for sentence in sentences:
        for _, run in runs(sentence, lambda t: t.is_content):
            for piece in adjectives_before_nouns(run):
                if len(piece) <= longest:
                    found[phrase(piece)] = sum(rank[t.term] for t in piece)
    return found


def adjectives_before_nouns(run: Sentence) -> Iterable[Sentence]:
    """The parts of a run that consist of adjectives, then nouns."""
    piece: Sentence = []
    for token in run:
        if piece and piece[-1].tag != "J" and token.tag == "J":
            yield piece
            piece = []
        piece.append(token)
    if piece and piece[-1].tag != "J":
        yield piece


def topicrank(sentences: list[Sentence], singular: Callable[[str], str]) -> dict[Phrase, float]:
    """Bougouin et al. 2013: PageRank of clusters of phrases; each yields its first."""
    first: dict[Phrase, Phrase] = {}
    places: dict[Phrase, list[int]] = {}
    begin = 0
    for sentence in sentences:
        for at, found in runs(sentence, lambda t: t.is_content):
            run = list(found)
            while run and run[-1].tag == "J":
                run.pop()
            if run:
                key = tuple(singular(t.term) for t in run)
                first.setdefault(key, phrase(run))
                places.setdefault(key, []).append(begin + at)
        begin += len(sentence)
    keys = list(first)
    clusters = [[key] for key in keys]

    def likeness(a: list[Phrase], b: list[Phrase]) -> float:
        return sum(len({*x} & {*y}) / len({*x} | {*y}) for x in a for y in b) / (len(a) * len(b))

    while len(clusters) > 1:
        pairs = itertools.combinations(range(len(clusters)), 2)
        best, i, j = max(((likeness(clusters[i], clusters[j]), -i, -j) for i, j in pairs))
        if best < 0.25:
            break
        clusters[-i] += clusters.pop(-j)
    weights = np.zeros((len(clusters), len(clusters)))
    for (i, a), (j, b) in itertools.combinations(enumerate(clusters), 2):
        near = sum(1 / abs(p - q) for x in a for y in b for p in places[x] for q in places[y])
        weights[i, j] = weights[j, i] = near
    ranks = page_rank(weights, np.full(len(clusters), 1 / max(1, len(clusters))))
    return {first[min(cluster, key=keys.index)]: rank for cluster, rank in zip(clusters, ranks, strict=True)}


def singular(word: str) -> str:
    """The singular of an English noun, roughly."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
