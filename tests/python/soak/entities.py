"""Entities, aliases and pairs, recounted from the mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random
from typing import Any

from ..oracle.together import together
from .batch import Batch
from .tally import Tally

Key = tuple[str, str]
# Places of one name in different countries are different entities.
Which = tuple[str, str, str | None]


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    corpus = batch.corpus()
    zones: Any = chance.choice([("headline", "body"), "all"])
    mentions = corpus.mentions(zones=zones)
    columns = [mentions[name] for name in ("article", "entity", "label", "country", "ambiguous")]
    counts: Counter[Which] = Counter()
    of_names: Counter[Key] = Counter()
    articles: dict[Which, set[str]] = defaultdict(set)
    open_: set[Which] = set()
    for id, entity, label, country, ambiguous in zip(*columns, strict=True):
        counts[entity, label, country] += 1
        of_names[entity, label] += 1
        articles[entity, label, country].add(id)
        if ambiguous:
            open_.add((entity, label, country))
    table = corpus.entities(zones=zones)
    keys = list(zip(table["entity"], table["label"], table["country"], strict=True))
    tally.same(dict(zip(keys, table["mentions"], strict=True)), dict(counts), "mentions of entities")
    tally.same(
        dict(zip(keys, table["articles"], strict=True)),
        {key: len(held) for key, held in articles.items()},
        "articles of entities",
    )
    tally.same(
        [key for key, ambiguous in zip(keys, table["ambiguous"], strict=True) if ambiguous],
        [key for key in keys if key in open_],
        "open names",
    )
    aliases = corpus.aliases(zones=zones)
    sums: Counter[Key] = Counter()
    for entity, label, count in zip(aliases["entity"], aliases["label"], aliases["mentions"], strict=True):
        sums[entity, label] += count
    tally.same(dict(sums), dict(of_names), "mentions of aliases")
    by = chance.choice(["source", "month", "article"] if any(corpus.articles()["date"]) else ["source", "article"])
    grouped: Counter[Key] = Counter()
    for row in corpus.entities(by=by, zones=zones):
        grouped[row["entity"], row["label"]] += row["mentions"]
    tally.same(dict(grouped), dict(of_names), f"entities by {by} add up")
    if len(mentions) > 200:
        return
    within: Any = chance.choice(["sentence", "paragraph", "article"])
    pairs = corpus.cooccurrence(within=within, measures=["pmi", "npmi", "log_likelihood", "dice"])
    slow = together(corpus, within)
    tally.same(len(pairs), len(slow), f"pairs within a {within}")
    for row in pairs:
        expected = slow[None, (row["a"], row["a_label"]), (row["b"], row["b_label"])]
        for name, value in expected.items():
            tally.close(row[name], value, name, row["a"], row["b"])
