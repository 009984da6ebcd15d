"""The verbs of the command ``nutgraf``: the options of each, and its call."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import nutgraf as ng
from nutgraf._options import PERIODS, WITHIN
from nutgraf._terminal import is_watched
from nutgraf._verbs.keyword import METHODS

__all__ = ["add"]

Parser = argparse.ArgumentParser
Options = argparse.Namespace


# Options that several verbs share.


def _shared(name: str, **settings: Any) -> Parser:
    """Make a parser of one argument that several verbs take."""
    parser = Parser(add_help=False)
    parser.add_argument(name, **settings)
    return parser


BY = _shared("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
LABELS = _shared("--labels", nargs="+", help="PER ORG LOC NORP MISC (default: all)")
MEASURES = _shared("--measures", nargs="+", metavar="MEASURE")
SORT = _shared("--sort", metavar="COLUMN")
COMPATIBLE = _shared("--compat", choices=["sklearn", "nltk", "quanteda", "antconc", "sketchengine"])
QUERY = _shared("query", metavar="QUERY", help="words; in kwic, * and ? match letters")


def _counted() -> Parser:
    parser = Parser(add_help=False)
    parser.add_argument("--ngrams", type=int, nargs="+", metavar="N", help="N, or the smallest and the largest N")
    parser.add_argument("--stopwords", metavar="LANGUAGE", help="ignore the function words of a language")
    parser.add_argument("--stem", metavar="LANGUAGE", help="reduce words to their stems")
    parser.add_argument("--min-count", type=int, default=1)
    parser.add_argument("--min-articles", type=int, default=1)
    return parser


COUNTED = _counted()


def add(verbs: Any, common: Parser) -> None:
    """Add every verb to the parser; ``options.run(options, corpus)`` then runs it."""

    def verb(name: str, run: Callable[..., ng.Table | str], summary: str, *parents: Parser, **more: Any) -> Parser:
        parser: Parser = verbs.add_parser(name, parents=[*parents, common], help=summary, **more)
        parser.set_defaults(run=run)
        return parser

    verb("articles", _plain, "one row per article")
    verb("zones", _plain, "one row per zone: headline, dateline, body paragraph, caption …")
    verb("terms", _terms, "terms, and how often they occur", BY, COUNTED)
    _add_comparing(verb)
    _add_reading(verb)
    _add_entities(verb)
    _add_following(verb)


def _given(options: Options, *names: str) -> dict[str, Any]:
    """Return the options that were given."""
    return {name: getattr(options, name) for name in names if getattr(options, name) is not None}


def _counting(options: Options) -> dict[str, Any]:
    counting = _given(options, "zones", "stopwords", "stem", "min_count", "min_articles")
    if options.ngrams is None:
        return counting
    if len(options.ngrams) > 2:
        raise ng.ConfigError("--ngrams: expected one number or two", kind="bad_option", field="ngrams")
    return counting | {"ngrams": (options.ngrams[0], options.ngrams[-1])}


# Articles and terms.


def _plain(options: Options, corpus: ng.Corpus) -> ng.Table:
    verb: Callable[..., ng.Table] = getattr(corpus, options.verb)
    return verb(**_given(options, "zones"))


def _terms(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.terms(by=options.by, **_counting(options))


# Comparisons of terms.


def _add_comparing(verb: Callable[..., Parser]) -> None:
    keyness = verb(
        "keyness",
        _keyness,
        "terms used differently in two sets of articles",
        COUNTED,
        MEASURES,
        SORT,
        COMPATIBLE,
        description="Compare the articles of PATHS with those of --reference; or, within the articles of PATHS, those "
        "that --target selects with all others, or with those that --against selects.",
    )
    keyness.add_argument("--reference", nargs="+", metavar="PATH", help="files, globs and folders to compare with")
    keyness.add_argument("--target", nargs="+", metavar="FIELD=VALUE", help="the articles of interest")
    keyness.add_argument("--against", nargs="+", metavar="FIELD=VALUE", help="the articles to compare with")
    keyness.add_argument("--only", choices=["target", "reference", "lockwords"], help="which terms to keep")
    keyness.add_argument(
        "--bootstrap", type=int, default=0, metavar="RESAMPLES", help="for confidence intervals of effect sizes"
    )
    keyness.add_argument("--seed", type=int, default=0)
    shared = (BY, COUNTED, MEASURES, SORT)
    collocations = verb("collocations", _collocations, "words that occur together", *shared, COMPATIBLE)
    collocations.add_argument("--window", type=int, default=1, metavar="TERMS", help="how far apart (default: 1)")
    verb("dispersion", _dispersion, "how evenly words are spread", *shared)


def _keyness(options: Options, corpus: ng.Corpus, reference: ng.Corpus | None = None) -> ng.Table:
    target = corpus
    if reference is not None:
        if options.target or options.against:
            raise ng.ConfigError(
                "--reference cannot be combined with --target or --against; expected one or the other",
                kind="bad_option",
                field="reference",
            )
    elif options.target:
        target = corpus.where(**_fields("target", options.target))
        reference = corpus.where(**_fields("against", options.against)) if options.against else None
    else:
        raise ng.ConfigError(
            "there is nothing to compare; expected --reference PATH or --target FIELD=VALUE",
            kind="bad_option",
            field="target",
        )
    chosen = _given(options, "measures", "only", "sort", "bootstrap", "seed", "compat")
    return corpus.keyness(target, reference, **chosen, **_counting(options))


def _fields(option: str, pairs: list[str]) -> dict[str, Any]:
    """Parse FIELD=VALUE; a repeated field matches any of its values."""
    fields: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ng.ConfigError(f"--{option} {pair}; expected FIELD=VALUE", kind="bad_option", field=option)
        fields.setdefault(name, []).append(value)
    return fields


def _collocations(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.collocations(
        by=options.by,
        window=options.window,
        **_given(options, "measures", "sort", "compat"),
        **_counting(options),
    )


def _dispersion(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.dispersion(by=options.by, **_given(options, "measures", "sort"), **_counting(options))


# The content and style of articles.


def _add_reading(verb: Callable[..., Parser]) -> None:
    keywords = verb("keywords", _keywords, "what each story is about: its keyphrases", BY)
    keywords.add_argument(
        "--phrases", type=int, default=10, metavar="N", help="phrases per article or group (default: 10)"
    )
    keywords.add_argument("--method", choices=METHODS, default="news")
    keywords.add_argument("--stopwords", metavar="LANGUAGE", default="english")
    keywords.add_argument("--max-words", type=int, help="maximum number of words in a phrase")
    search = verb("search", _search, "articles that answer a query, with snippets", QUERY)
    search.add_argument("--method", choices=["robertson", "lucene", "atire", "bm25l", "bm25+"], default="lucene")
    search.add_argument("--stopwords", metavar="LANGUAGE")
    search.add_argument("--stem", metavar="LANGUAGE")
    kwic = verb("kwic", _kwic, "words in their context", QUERY)
    kwic.add_argument("--window", type=int, default=8, metavar="TOKENS", help="tokens on each side (default: 8)")
    kwic.add_argument("--regex", action="store_true", help="read the query as regular expressions, one per token")
    kwic.add_argument("--case", action="store_true", help="capitals must match")
    kwic.add_argument("--sort", nargs="+", default=["position"], metavar="ORDER", help="left, right, left1, match …")
    for name, summary in [
        ("diversity", "how varied the vocabulary is"),
        ("readability", "how hard each article is to read"),
    ]:
        verb(name, _measured, summary, BY, MEASURES)


def _keywords(options: Options, corpus: ng.Corpus) -> ng.Table:
    chosen = _given(options, "zones", "by", "stopwords", "max_words")
    return corpus.keywords(n=options.phrases, method=options.method, **chosen)


def _search(options: Options, corpus: ng.Corpus) -> ng.Table:
    found = 10 if options.n is None else options.n
    return corpus.search(options.query, n=found, **_given(options, "zones", "method", "stopwords", "stem"))


def _kwic(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.kwic(
        options.query,
        window=options.window,
        regex=options.regex,
        fold=None if options.case else "lower",
        sort=options.sort,
        **_given(options, "n", "zones"),
    )


def _measured(options: Options, corpus: ng.Corpus) -> ng.Table:
    verb: Callable[..., ng.Table] = getattr(corpus, options.verb)
    return verb(**_given(options, "zones", "by", "measures"))


# Who and where.


def _add_entities(verb: Callable[..., Parser]) -> None:
    entities = verb("entities", _entities, "who is in the news, counted once per entity", BY, LABELS)
    entities.add_argument("--min-mentions", type=int, default=1)
    entities.add_argument("--min-articles", type=int, default=1)
    verb("mentions", _mentions, "one row per mention of an entity", LABELS)
    together = verb("cooccurrence", _cooccurrence, "entities, or words, that occur together", BY, LABELS, MEASURES)
    together.add_argument("--of", choices=["entities", "terms"], default="entities")
    together.add_argument("--stopwords", metavar="LANGUAGE", help="for terms: ignore the function words of a language")
    network = verb("network", _network, "entities that occur together, as GraphML or GEXF", LABELS, MEASURES)
    network.add_argument(
        "--as", dest="kind", choices=["graphml", "gexf"], help="default: by the suffix of -o, or graphml"
    )
    for parser in (together, network):
        parser.add_argument("--within", choices=WITHIN, default="sentence")
        parser.add_argument("--min-pairs", type=int, default=1, help="ignore pairs with a smaller count")


def _entities(options: Options, corpus: ng.Corpus) -> ng.Table:
    chosen = _given(options, "zones", "labels", "min_mentions", "min_articles")
    return corpus.entities(by=options.by, progress=is_watched(), **chosen)


def _mentions(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.mentions(progress=is_watched(), **_given(options, "zones", "labels"))


def _cooccurrence(options: Options, corpus: ng.Corpus) -> ng.Table:
    names = ("zones", "by", "labels", "stopwords", "measures", "min_pairs")
    return corpus.cooccurrence(of=options.of, within=options.within, **_given(options, *names))


def _network(options: Options, corpus: ng.Corpus) -> str:
    chosen = _given(options, "zones", "labels", "measures", "min_pairs")
    if options.format is not None:
        raise ng.ConfigError(
            "--format does not apply to a network; expected --as graphml or --as gexf",
            kind="bad_option",
            field="format",
        )
    network = corpus.network(within=options.within, progress=is_watched(), **chosen)
    kind = options.kind or ("gexf" if str(options.output).lower().endswith(".gexf") else "graphml")
    return network.to_gexf() if kind == "gexf" else network.to_graphml()


# Over time.


def _add_following(verb: Callable[..., Parser]) -> None:
    for name, run, summary in [
        ("trend", _trend, "words or entities by period"),
        ("bursts", _bursts, "periods in which words or entities burst"),
    ]:
        follow = verb(name, run, summary)
        follow.add_argument("--items", nargs="+", metavar="WORDS", help="what to follow (default: all terms)")
        follow.add_argument("--by", choices=PERIODS, help="default: month for trend, day for bursts")
        follow.add_argument("--of", choices=["terms", "entities"], default="terms")
        follow.add_argument("--stopwords", metavar="LANGUAGE")
        if name == "trend":
            follow.add_argument("--tests", action="store_true", help="one row per item, with tests of a trend")


def _trend(options: Options, corpus: ng.Corpus) -> ng.Table:
    chosen = _given(options, "zones", "by", "of", "tests", "stopwords")
    return corpus.trend(options.items, **chosen)


def _bursts(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.bursts(options.items, **_given(options, "zones", "by", "of", "stopwords"))
