"""Every verb, with options that reach all of its code."""

from __future__ import annotations

from collections.abc import Callable

import nutgraf as ng

Verb = Callable[[ng.Corpus], "ng.Table | None"]


def _keyness(corpus: ng.Corpus) -> ng.Table | None:
    target, reference = corpus.where(source=["A", "B"]), corpus.where(source=["C", "", "Ä", None])
    if not len(target.terms()) or not len(reference.terms()):
        return None
    return corpus.keyness(target, reference, measures=["log_likelihood", "log_ratio", "text_dispersion"], bootstrap=5)


def _dated(verb: Verb) -> Verb:
    """Return the verb for corpora with a date; without any it is an error."""
    return lambda corpus: verb(corpus) if any(corpus.articles()["date"]) else None


#: Verbs whose rows are about the whole or its groups, and do not depend on the order of articles.
WHOLE: dict[str, Verb] = {
    "terms": lambda corpus: corpus.terms(ngrams=(1, 2)),
    "terms by source": lambda corpus: corpus.terms(by="source", zones="all"),
    "terms by month": _dated(lambda corpus: corpus.terms(by="month", min_count=2)),
    "collocations": lambda corpus: corpus.collocations(measures=["pmi", "log_likelihood", "dice"]),
    "collocations in a window": lambda corpus: corpus.collocations(window=4, by="source", stopwords="english"),
    "collocations of three": lambda corpus: corpus.collocations(ngrams=(2, 3)),
    "cooccurrence of terms": lambda corpus: corpus.cooccurrence(of="terms", stopwords="english"),
    "cooccurrence of entities": _dated(lambda corpus: corpus.cooccurrence(within="article", by="month")),
    "dispersion": lambda corpus: corpus.dispersion(measures=["range", "dp", "juilland_d"]),
    "entities": lambda corpus: corpus.entities(),
    "entities by month": _dated(lambda corpus: corpus.entities(by="month")),
    "aliases": lambda corpus: corpus.aliases(),
    "trend": _dated(lambda corpus: corpus.trend(["flood", "rain"])),
    "trend of entities": _dated(lambda corpus: corpus.trend(of="entities", tests=True)),
    "bursts": _dated(lambda corpus: corpus.bursts(["flood", "rain"], by="day", min_count=1)),
    "diversity by source": lambda corpus: corpus.diversity(measures=["ttr", "yule_k", "entropy"], by="source"),
    "readability by source": lambda corpus: corpus.readability(by="source"),
    "keywords by source": lambda corpus: corpus.keywords(n=5, by="source"),
}

#: Verbs with one row per article.
EACH: dict[str, Verb] = {
    "articles": lambda corpus: corpus.articles(),
    "zones": lambda corpus: corpus.zones(),
    "sentences": lambda corpus: corpus.sentences(zones="all"),
    "tokens": lambda corpus: corpus.tokens(zones="all"),
    "tfidf": lambda corpus: corpus.tfidf(),
    # Ties are in the order of the articles.
    "search": lambda corpus: corpus.search("flood barrier", n=1000, method="lucene")[["article", "score", "snippet"]],
    "kwic": lambda corpus: corpus.kwic("the *", window=4),
    "kwic of a wildcard": lambda corpus: corpus.kwic(["f*d", "*ain*"], window=3, sort="right"),
    "kwic of an expression": lambda corpus: corpus.kwic("[A-Z].* .*", window=3, regex=True),
    "diversity": lambda corpus: corpus.diversity(),
    "readability": lambda corpus: corpus.readability(),
    "mentions": lambda corpus: corpus.mentions(zones="all"),
    "keywords": lambda corpus: corpus.keywords(n=5),
    "keywords by yake": lambda corpus: corpus.keywords(n=5, method="yake"),
    "keywords by textrank": lambda corpus: corpus.keywords(n=5, method="textrank"),
    "keywords by tfidf": lambda corpus: corpus.keywords(n=5, method="tfidf"),
}

# Resamples are drawn by position.
VERBS: dict[str, Verb] = {**WHOLE, **EACH, "keyness": _keyness}
