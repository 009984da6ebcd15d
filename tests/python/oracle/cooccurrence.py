"""Co-occurrence counted slowly, from the table of tokens."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import nutgraf as ng

from .collocations import COUNTED
from .fold import fold


def contexts(corpus: ng.Corpus, within: str) -> list[set[str]]:
    """The distinct terms of each sentence, paragraph or article."""
    zones = corpus.zones(zones=("headline", "body")).to_dicts()
    sentences = corpus.sentences().to_dicts()
    keys: dict[object, set[str]] = {}
    if within == "sentence":
        keys = {(row["article"], row["sentence"]): set() for row in sentences}
    elif within == "paragraph":
        keys = {(row["article"], row["start"]): set() for row in zones}
    else:
        keys = {article: set() for article in corpus.articles()["article"]}
    for token in corpus.tokens():
        if token["kind"] not in COUNTED:
            continue
        key: object = token["article"]
        if within == "sentence":
            key = (token["article"], token["sentence"])
        elif within == "paragraph":
            held = [
                row["start"]
                for row in zones
                if row["article"] == token["article"]
                and row["zone"] == token["zone"]
                and row["start"] <= token["start"] < row["end"]
            ]
            key = (token["article"], held[0])
        keys[key].add(fold(token["text"]))
    return list(keys.values())


def counts(found: list[set[str]]) -> tuple[Counter[tuple[str, str]], Counter[str], int]:
    """Contexts that contain both terms of each pair, those that contain each term, and all."""
    pairs: Counter[tuple[str, str]] = Counter()
    singles: Counter[str] = Counter()
    for context in found:
        singles.update(context)
        pairs.update(combinations(sorted(context, key=str.encode), 2))
    return pairs, singles, len(found)
