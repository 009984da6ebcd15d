"""Every verb, with options that reach all of its stages, for the tests of threads, Ctrl-C and
growth.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import nutgraf as ng
from nutgraf import _report_page

Verb = Callable[[ng.Corpus], Any]


def _halves(corpus: ng.Corpus) -> tuple[ng.Corpus, ng.Corpus]:
    middle = max(1, len(corpus) // 2)
    return corpus[:middle], corpus[middle:] if len(corpus) > 1 else corpus


def _keyness(**options: Any) -> Verb:
    return lambda corpus: corpus.keyness(*_halves(corpus), **options)


def _explained(corpus: ng.Corpus) -> str:
    try:
        return str(corpus.explain(0, 12))
    except KeyError as error:
        return str(error)


def _is_named(corpus: ng.Corpus, name: str) -> bool:
    return name in corpus.entities(zones="all")["entity"]


VERBS: dict[str, Verb] = {
    "articles": lambda c: c.articles(),
    "zones": lambda c: c.zones(zones="all"),
    "sentences": lambda c: c.sentences(),
    "tokens": lambda c: c.tokens(),
    "dates": lambda c: c.dates(zones="all"),
    "terms": lambda c: c.terms(),
    "terms: by article": lambda c: c.terms(by="article"),
    "terms: by month and zone": lambda c: c.terms(by=["month", "zone"]),
    "terms: n-grams": lambda c: c.terms(ngrams=(1, 4)),
    "terms: stems": lambda c: c.terms(stem="english", fold="casefold"),
    "matrix": lambda c: c.matrix(),
    "matrix: n-grams": lambda c: c.matrix(ngrams=(1, 2), min_articles=2),
    "tfidf": lambda c: c.tfidf(),
    "tfidf: n-grams": lambda c: c.tfidf(ngrams=(1, 2), n=None),
    "keyness": _keyness(),
    "keyness: n-grams": _keyness(ngrams=(1, 3)),
    "keyness: exact test": _keyness(measures=["fisher"]),
    "keyness: bootstrap": _keyness(measures=["log_ratio"], bootstrap=50),
    "keyness: by month": lambda c: c.keyness(by="month", n=5),
    "keyness: by month with a bootstrap": lambda c: c.keyness(by="month", measures="log_ratio", bootstrap=20, n=5),
    "keyness: entities": _keyness(of="entities"),
    "keyness: entities by month": lambda c: c.keyness(of="entities", by="month"),
    "collocates": lambda c: c.collocates("rain"),
    "collocates: everything by month": lambda c: c.collocates("*a*", by="month", window=3),
    "count": lambda c: c.count({"a": ["rain", "wa*"], "b": ["mor the"]}),
    "count: by month and zone": lambda c: c.count({"a": ["rain", "*a*"]}, by=["month", "zone"]),
    "collocations": lambda c: c.collocations(min_count=1),
    "collocations: window": lambda c: c.collocations(window=5, min_count=2),
    "collocations: n-grams": lambda c: c.collocations(ngrams=(2, 4), min_count=1),
    "collocations: by article": lambda c: c.collocations(by="article", min_count=1),
    "collocations: n-grams by article": lambda c: c.collocations(by="article", ngrams=(3, 3), min_count=1),
    "cooccurrence": lambda c: c.cooccurrence(),
    "cooccurrence: terms": lambda c: c.cooccurrence(of="terms", most=300),
    "dispersion": lambda c: c.dispersion(),
    "dispersion: n-grams by month": lambda c: c.dispersion(by="month", ngrams=(1, 2)),
    "diversity": lambda c: c.diversity(),
    "diversity: moving": lambda c: c.diversity(measures=["mtld_ma_wrap", "mtld_ma_bid", "hdd"]),
    "readability": lambda c: c.readability(),
    "trend": lambda c: c.trend(by="day"),
    "trend: items": lambda c: c.trend(["rain", "wa*", "mor the"], by="week"),
    "trend: items by week and headline": lambda c: c.trend(["rain", "wa*"], by=["week", "headline"]),
    "trend: tests": lambda c: c.trend(by="day", n=50, tests=True),
    "trend: entities": lambda c: c.trend(of="entities", by="month"),
    "trend: mentioned": lambda c: c.trend(on="mentioned", by="year"),
    "trend: items mentioned": lambda c: c.trend(["rain", "wa*"], on="mentioned", by="year"),
    "trend: entities mentioned": lambda c: c.trend(of="entities", on="mentioned", by="year"),
    "timeline": lambda c: c.timeline(),
    "timeline: terms by day": lambda c: c.timeline(of="terms", by="day", n=None),
    "bursts": lambda c: c.bursts(by="day"),
    "bursts: items": lambda c: c.bursts(["rain", "wa*"], by="day"),
    "keywords": lambda c: c.keywords(),
    "keywords: all of yake's": lambda c: c.keywords(method="yake", n=10**6),
    "keywords: all of rake's": lambda c: c.keywords(method="rake", n=10**6),
    "keywords: tfidf": lambda c: c.keywords(method="tfidf"),
    "keywords: textrank": lambda c: c.keywords(method="textrank"),
    "keywords: positionrank": lambda c: c.keywords(method="positionrank"),
    "keywords: topicrank": lambda c: c.keywords(method="topicrank"),
    "keywords: by month": lambda c: c.keywords(by="month"),
    "kwic": lambda c: c.kwic("rain"),
    "kwic: everything": lambda c: c.kwic("*"),
    "kwic: sorted": lambda c: c.kwic("*", sort=["right", "left1"]),
    "kwic: punctuation": lambda c: c.kwic(",", sort="right"),
    "kwic: sentences": lambda c: c.kwic("rain", window="sentence"),
    "kwic: expression": lambda c: c.kwic(".*a.* .*", regex=True, n=100),
    "search": lambda c: c.search("rain wall smith", n=50),
    "where: ids": lambda c: c.where(article=list(range(0, len(c), 2))),
    "where: dates": lambda c: c.where(date=[f"2019-{month:02}" for month in range(1, 13)] * 50),
    "where: words": lambda c: c.where(mentions="*a*", not_={"mentions": "rain"}),
    "where: copies": lambda c: c.where(copies="first"),
    "terms: weighted": lambda c: c.terms(by="month", weight="copies"),
    "entities: weighted": lambda c: c.entities(weight="copies"),
    "where: entity": lambda c: c.where(entity="Smith", zones="all") if _is_named(c, "Smith") else c,
    "mentions": lambda c: c.mentions(),
    "entities": lambda c: c.entities(),
    "entities: by month": lambda c: c.entities(by="month"),
    "aliases": lambda c: c.aliases(),
    "quotes": lambda c: c.quotes(),
    "quotes: by entity": lambda c: c.quotes(by="entity", zones="all"),
    "copies": lambda c: c.copies(),
    "copies: pairs": lambda c: c.copies(by="pair", within=None, threshold=0.1),
    "copies: spans": lambda c: c.copies(spans=True, threshold=0.1),
    "network": lambda c: c.network(),
    "explain": _explained,
    "state": lambda c: c.state("terms").terms(),
    "describe": lambda c: c.describe(),
    "describe: by month": lambda c: c.describe(by="month", zones="all"),
    "write_report": lambda c: _report_page.page(c, None, 15, None),
    "show": lambda c: c.show(c[:1].articles()["article"][0], query="rain")._repr_html_(),
}

#: Members of a corpus that work on one article, or return its contents.
OTHERS = {"report", "save", "text", "to_jsonl", "to_ninjs", "with_mentions"}


def invented(articles: int, words: int, vocabulary: int, seed: int = 1) -> list[str]:
    """Articles of invented words with a natural frequency distribution, with names, quotes, commas
    and dates.
    """
    draw = random.Random(seed)
    syllables = [
        "ka",
        "lo",
        "mi",
        "ta",
        "ren",
        "sol",
        "vi",
        "dar",
        "po",
        "ne",
        "rain",
        "wall",
        "wa",
        "mor",
        "the",
        "tu",
        "sen",
        "ga",
        "ri",
        "bo",
    ]
    lexicon = [
        "".join(draw.choice(syllables) for _ in range(draw.randint(1, 4))) + "s" * (at % 2) for at in range(vocabulary)
    ]
    weights = [1 / (rank + 3) for rank in range(vocabulary)]
    names = [f"{draw.choice(['Ann', 'Kim', 'Ben', 'Eva'])} {word.title()}" for word in lexicon[: vocabulary // 20 + 2]]
    stream = draw.choices(lexicon, weights, k=articles * words)
    texts = []
    for article in range(articles):
        own = stream[article * words : (article + 1) * words]
        pieces = [f"date 2019-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} "]
        for start in range(0, words, 12):
            sentence = own[start : start + 12]
            sentence.insert(draw.randrange(len(sentence) + 1), draw.choice(names))
            sentence.insert(draw.randrange(len(sentence) + 1), ",")
            text = " ".join(sentence).replace(" ,", ",")
            pieces.append(text[:1].upper() + text[1:] + ("." if draw.random() < 0.9 else "?"))
            pieces.append("\n\n" if draw.random() < 0.2 else " ")
        texts.append("".join(pieces))
    return texts
