"""The verbs of the command ``nutgraf``: their options, examples and calls.

The file is long because it is a table: completion and help are made from it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

import nutgraf as ng
from nutgraf import _options
from nutgraf._options import PERIODS, WITHIN
from nutgraf._terminal import is_watched
from nutgraf._verbs.keyword import METHODS

__all__ = ["GROUPS", "add"]

Parser = argparse.ArgumentParser
Options = argparse.Namespace

# The verbs whose first word is a query.
QUERIED = ("kwic", "collocates", "search")

# The verbs whose result is kept in a file of counts.
KEPT = ("state", "merge")

# The verbs as the overview lists them.
GROUPS: dict[str, list[str]] = {
    "Articles": ["describe", "articles", "zones", "dates", "copies", "readability", "diversity", "report"],
    "Words": ["terms", "keywords", "keyness", "collocations", "dispersion", "count", "search", "kwic", "collocates"],
    "Names": ["entities", "mentions", "quotes", "cooccurrence", "network"],
    "Time": ["trend", "timeline", "bursts"],
    "Counts to keep": ["state", "merge"],
}


def commas(text: str) -> list[str]:
    """Split a list at its commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def _lengths(text: str) -> tuple[int, int]:
    """Parse one length of n-grams, or the smallest and the largest."""
    try:
        numbers = [int(item) for item in commas(text)]
    except ValueError:
        numbers = []
    if not 1 <= len(numbers) <= 2:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor two, as in 2 or 1,3")
    return (numbers[0], numbers[-1])


# Options that several verbs share.


def _shared(*names: str, **settings: Any) -> Parser:
    """Make a parser of one argument that several verbs take."""
    parser = Parser(add_help=False)
    parser.add_argument(*names, **settings)
    return parser


def _list(name: str, metavar: str, help: str, **settings: Any) -> Parser:
    """Make a parser of a list: separated by commas, or the option repeated."""
    return _shared(name, type=commas, action="extend", metavar=metavar, help=help, **settings)


BY = _list("--by", "GROUP,…", "count by day, week, month, quarter, year, zone, or fields of the articles")
LABELS = _list("--labels", "LABEL,…", "only PER, ORG, LOC, NORP or MISC (default: all)")
MEASURES = _list("--measures", "MEASURE,…", "the measures to compute, one column each")
SORT = _shared("--sort", metavar="COLUMN", help="the column to sort by")
COMPATIBLE = _shared(
    "--compat",
    choices=["sklearn", "nltk", "quanteda", "antconc", "sketchengine"],
    help="count as another tool does",
)
STOPWORDS = _list("--stopwords", "WORDS", "ignore the function words of a language, or words: english,said")
STEM = _shared("--stem", metavar="LANGUAGE", help="reduce words to their stems")
WEIGHT = _shared("--weight", choices=["copies"], help="count each story once: one of n copies counts 1/n")


def _queries(help: str) -> Parser:
    parser = Parser(add_help=False)
    parser.add_argument("paths", nargs="*", metavar="QUERY PATH", help=help)
    return parser


def _counted() -> Parser:
    parser = Parser(add_help=False, parents=[STOPWORDS, STEM])
    parser.add_argument("--ngrams", type=_lengths, metavar="N", help="count phrases of N words; 1,3 for one to three")
    parser.add_argument("--min-count", type=int, default=1, metavar="N", help="ignore terms that occur less often")
    parser.add_argument("--min-articles", type=int, default=1, metavar="N", help="ignore terms in fewer articles")
    return parser


COUNTED = _counted()


def add(verb: Callable[..., Parser]) -> None:
    """Add every verb; ``options.run(options, corpus)`` then runs it."""
    _add_articles(verb)
    _add_comparing(verb)
    _add_reading(verb)
    _add_entities(verb)
    _add_following(verb)
    _add_keeping(verb)


def given(options: Options, *names: str) -> dict[str, Any]:
    """Return the options that were given."""
    return {name: getattr(options, name) for name in names if getattr(options, name) is not None}


def _counting(options: Options) -> dict[str, Any]:
    return given(options, "zones", "stopwords", "stem", "ngrams", "min_count", "min_articles")


# Articles and terms.


def _add_articles(verb: Callable[..., Parser]) -> None:
    verb(
        "articles",
        _plain,
        "one row per article: its date, headline, place and counts",
        examples=["nutgraf articles articles/ -o articles.csv", "nutgraf articles news.jsonl -n 20"],
    )
    verb(
        "zones",
        _plain,
        "one row per zone: headline, dateline, body paragraph, caption …",
        examples=[
            "nutgraf zones articles/ --zones caption --format csv",
            "nutgraf zones articles/ --zones headline,byline",
        ],
    )
    verb(
        "dates",
        _plain,
        "one row per expression of time: its value, its first and last day",
        examples=["nutgraf dates articles/ -n 20", "nutgraf dates news.jsonl --zones body -o dates.csv"],
    )
    verb(
        "describe",
        _described,
        "what a corpus is made of: articles, dates, copies, gaps",
        BY,
        examples=["nutgraf describe articles/", "nutgraf describe news.jsonl --by outlet"],
    )
    copies = verb(
        "copies",
        _copies,
        "articles that are copies of each other",
        examples=["nutgraf copies articles/ -o copies.csv", "nutgraf copies news.jsonl --within 2w --threshold 0.5"],
    )
    copies.add_argument("--within", metavar="TIME", default="7d", help="the most time between two copies: 12d, 2w, any")
    copies.add_argument("--by", choices=["pair"], help="list the pairs of copies")
    copies.add_argument("--spans", action="store_true", help="list the passages that copies share")
    copies.add_argument("--measure", choices=["containment", "jaccard"], default="containment", help="how to compare")
    copies.add_argument("--threshold", type=float, default=0.7, metavar="N", help="the least value (default: 0.7)")
    verb(
        "terms",
        _terms,
        "words, and how often they occur",
        BY,
        WEIGHT,
        COUNTED,
        examples=[
            "nutgraf terms articles/ --stopwords english -n 20",
            "nutgraf terms articles/ --by month --ngrams 2 -o pairs.csv",
        ],
    )
    verb(
        "report",
        _report,
        "a page for an editor: what is in it, who, what and when",
        BY,
        examples=["nutgraf report articles/ -o report.html", "nutgraf report news.jsonl --by outlet -o report.html"],
    )


def _report(options: Options, corpus: ng.Corpus) -> str:
    from nutgraf import _report_page

    if options.format not in (None, "html"):
        raise ng.ConfigError("a report is a page; expected --format html", kind="bad_option", field="format")
    rows = _options.up_to("n", 15 if options.n is None else 100 if options.n == ALL else options.n, 1, 100)
    return _report_page.page(corpus, options.by, rows, "news", None)


def _plain(options: Options, corpus: ng.Corpus) -> ng.Table:
    verb: Callable[..., ng.Table] = getattr(corpus, options.verb)
    return verb(**given(options, "zones"))


def _copies(options: Options, corpus: ng.Corpus) -> ng.Table:
    within = None if options.within == "any" else options.within
    return corpus.copies(within=within, **given(options, "by", "measure", "threshold", "spans"))


def _described(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.describe(by=options.by)


def _terms(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.terms(by=options.by, **given(options, "weight"), **_counting(options))


# Comparisons of terms.


def _add_comparing(verb: Callable[..., Parser]) -> None:
    keyness = verb(
        "keyness",
        _keyness,
        "words used differently in two sets of articles",
        BY,
        LABELS,
        WEIGHT,
        COUNTED,
        MEASURES,
        SORT,
        COMPATIBLE,
        description="Compare the articles of PATHS with those of --reference; or, within the articles of PATHS, those "
        "that --target selects with all others, or with those that --against selects; or, with --by, each group with "
        "all the others.",
        examples=[
            "nutgraf keyness this_year/ --reference last_year/ --min-count 5",
            "nutgraf keyness news.jsonl --by outlet --stopwords english --rows 10",
        ],
    )
    for name, metavar, help in [
        ("--reference", "PATH", "files, a glob or a folder to compare with; may be repeated"),
        ("--target", "FIELD=VALUE", "the articles of interest; may be repeated"),
        ("--against", "FIELD=VALUE", "the articles to compare with; may be repeated"),
    ]:
        keyness.add_argument(name, action="append", metavar=metavar, help=help)
    keyness.add_argument(
        "--of", choices=["terms", "entities"], default="terms", help="what to compare (default: terms)"
    )
    keyness.add_argument("--rows", type=int, metavar="N", help="rows per group (default: all)")
    keyness.add_argument("--only", choices=["target", "reference", "lockwords"], help="which terms to keep")
    keyness.add_argument(
        "--bootstrap", type=int, default=0, metavar="RESAMPLES", help="for confidence intervals of effect sizes"
    )
    keyness.add_argument("--seed", type=int, default=0, help="the seed of the resamples (default: 0)")
    shared = (BY, COUNTED, MEASURES, SORT)
    collocations = verb(
        "collocations",
        _collocations,
        "words that occur together",
        *shared,
        WEIGHT,
        COMPATIBLE,
        examples=[
            "nutgraf collocations articles/ --stopwords english --min-count 5",
            "nutgraf collocations articles/ --window 4 --measures log_likelihood,pmi",
        ],
    )
    collocations.add_argument("--window", type=int, metavar="TERMS", help="how far apart (default: 1)")
    verb(
        "dispersion",
        _dispersion,
        "how evenly words are spread over the articles",
        *shared,
        examples=[
            "nutgraf dispersion articles/ --min-count 20 --sort dp",
            "nutgraf dispersion articles/ --stopwords english -o spread.csv",
        ],
    )


def _keyness(options: Options, corpus: ng.Corpus, reference: ng.Corpus | None = None) -> ng.Table:
    target: ng.Corpus | None = corpus
    if options.by:
        if reference is not None or options.target or options.against:
            raise ng.ConfigError(
                "--by compares each group with all the others; expected no --reference, --target or --against",
                kind="bad_option",
                field="by",
            )
        target = None
    elif reference is not None:
        if options.target or options.against:
            raise ng.ConfigError(
                "--reference cannot be combined with --target or --against; expected one or the other",
                kind="bad_option",
                field="reference",
            )
    elif options.target:
        target = corpus.where(**fields_of("target", options.target))
        reference = corpus.where(**fields_of("against", options.against)) if options.against else None
    else:
        raise ng.ConfigError(
            "there is nothing to compare; expected --reference PATH, --target FIELD=VALUE or --by GROUP",
            kind="bad_option",
            field="target",
        )
    names = ("of", "by", "weight", "labels", "measures", "only", "sort", "bootstrap", "seed", "compat")
    chosen = given(options, *names)
    return corpus.keyness(target, reference, n=options.rows, **chosen, **_counting(options))


def fields_of(option: str, pairs: list[str]) -> dict[str, Any]:
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
        **given(options, "weight", "window", "measures", "sort", "compat"),
        **_counting(options),
    )


def _dispersion(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.dispersion(by=options.by, **given(options, "measures", "sort"), **_counting(options))


# The content and style of articles.


def _add_reading(verb: Callable[..., Parser]) -> None:
    keywords = verb(
        "keywords",
        _keywords,
        "what each story is about: its keyphrases",
        BY,
        STOPWORDS,
        examples=["nutgraf keywords articles/ --phrases 5", "nutgraf keywords news.jsonl --by month --method tfidf"],
    )
    keywords.add_argument(
        "--phrases", type=int, default=10, metavar="N", help="phrases per article or group (default: 10)"
    )
    keywords.add_argument("--method", choices=METHODS, default="news", help="how phrases are scored (default: news)")
    keywords.add_argument("--max-words", type=int, metavar="N", help="the longest phrase, in words")
    search = verb(
        "search",
        _search,
        "articles that answer a query, with snippets",
        _queries("the query, then files, globs and folders"),
        STOPWORDS,
        STEM,
        examples=[
            'nutgraf search "budget cuts" articles/ -n 5',
            'nutgraf search "storm warnings" articles/ --stem english',
        ],
    )
    search.add_argument(
        "--method",
        choices=["robertson", "lucene", "atire", "bm25l", "bm25+"],
        default="lucene",
        help="the variant of BM25 (default: lucene)",
    )
    kwic = verb(
        "kwic",
        _kwic,
        "a word or phrase in its context",
        _queries("the query (* and ? match letters), then files, globs and folders"),
        examples=[
            'nutgraf kwic -e "prime minister" -e "flood*" articles/ --window 6',
            'nutgraf kwic --entity "Angela Merkel" articles/',
        ],
    )
    kwic.add_argument(
        "--entity",
        action="append",
        metavar="NAME",
        help="instead of a query, the mentions of an entity, however they are spelt; may be repeated",
    )
    kwic.add_argument(
        "-e",
        "--query",
        action="append",
        metavar="QUERY",
        dest="queries",
        help="a query; repeat it for several, any of which may match",
    )
    kwic.add_argument("--window", type=int, default=8, metavar="TOKENS", help="tokens on each side (default: 8)")
    kwic.add_argument("--regex", action="store_true", help="read the query as regular expressions, one per token")
    kwic.add_argument("--case", action="store_true", help="capitals must match")
    kwic.add_argument(
        "--sort",
        type=commas,
        default=["position"],
        metavar="ORDER,…",
        help="position, match, left, right, left1, right2 … (default: position)",
    )
    collocates = verb(
        "collocates",
        _collocates,
        "the words around a word or phrase",
        _queries("the word (* and ? match letters), then files, globs and folders"),
        BY,
        STOPWORDS,
        MEASURES,
        SORT,
        examples=[
            'nutgraf collocates "migrant*" articles/ --stopwords english',
            "nutgraf collocates police news.jsonl --by outlet --window 3",
        ],
    )
    collocates.add_argument("--window", type=int, default=5, metavar="WORDS", help="words on each side (default: 5)")
    collocates.add_argument("--min-count", type=int, default=1, metavar="N", help="ignore words that occur less often")
    count = verb(
        "count",
        _count,
        "the words of categories, per article or group",
        BY,
        WEIGHT,
        examples=[
            "nutgraf count articles/ --words economy=tax*,econom* --words water=flood*,rain*",
            "nutgraf count news.jsonl --words climate=climat* --by month -o climate.csv",
        ],
    )
    count.add_argument(
        "--words",
        action="append",
        required=True,
        metavar="NAME=WORD,…",
        help="a category and its words, with wildcards; repeat it for several",
    )
    verb(
        "diversity",
        _measured,
        "how varied the vocabulary is",
        BY,
        MEASURES,
        examples=["nutgraf diversity articles/ --measures mattr,mtld", "nutgraf diversity news.jsonl --by outlet"],
    )
    verb(
        "readability",
        _measured,
        "how hard each article is to read",
        BY,
        MEASURES,
        examples=["nutgraf readability articles/ --measures flesch,lix", "nutgraf readability news.jsonl --by outlet"],
    )


def _keywords(options: Options, corpus: ng.Corpus) -> ng.Table:
    chosen = given(options, "zones", "by", "stopwords", "max_words")
    return corpus.keywords(n=options.phrases, method=options.method, **chosen)


def _search(options: Options, corpus: ng.Corpus) -> ng.Table:
    found = 10 if options.n is None else max(len(corpus), 1) if options.n == ALL else options.n
    return corpus.search(options.queries[0], n=found, **given(options, "zones", "method", "stopwords", "stem"))


def _kwic(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.kwic(
        options.queries if options.entity is None else None,
        n=None if options.n == ALL else options.n,
        window=options.window,
        regex=options.regex,
        fold=None if options.case else "lower",
        sort=options.sort,
        **given(options, "zones", "entity"),
    )


def _collocates(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.collocates(
        options.queries,
        window=options.window,
        **given(options, "zones", "by", "stopwords", "measures", "sort", "min_count"),
    )


def _count(options: Options, corpus: ng.Corpus) -> ng.Table:
    words = {
        name: [word for text in texts for word in commas(text)]
        for name, texts in fields_of("words", options.words).items()
    }
    return corpus.count(words, **given(options, "zones", "weight", "by"))


def take_query(options: Options) -> None:
    """Take the query from the first word after the options, unless an option has it."""
    if getattr(options, "entity", None) is not None:
        if options.queries is not None:
            raise ng.ConfigError(
                "there are both a query and an entity; expected -e or --entity", kind="bad_option", field="entity"
            )
    elif getattr(options, "queries", None) is None:
        if not options.paths:
            raise ng.ConfigError(
                f'there is no query; expected one, as in: nutgraf {options.verb} "prime minister" articles/',
                kind="bad_option",
                field="query",
            )
        options.queries = [options.paths.pop(0)]
        second = next(iter(options.paths), "")
        if len(options.paths) > 1 and second != "-" and not any(map(os.path.exists, [second, *_globbed(second)])):
            way = f'nutgraf {options.verb} -e "{options.queries[0]}" -e "{second}" …'
            raise ng.ConfigError(
                f"there is no file {second!r}"
                + (f"; for several queries, repeat -e, as in: {way}" if options.verb == "kwic" else ""),
                kind="bad_option",
                field="query",
            )


def _globbed(path: str) -> list[str]:
    import glob

    return glob.glob(path, recursive=True)[:1]


def _measured(options: Options, corpus: ng.Corpus) -> ng.Table:
    verb: Callable[..., ng.Table] = getattr(corpus, options.verb)
    return verb(**given(options, "zones", "by", "measures"))


# Who and where.


def _add_entities(verb: Callable[..., Parser]) -> None:
    entities = verb(
        "entities",
        _entities,
        "who is in the news, counted once per entity",
        BY,
        LABELS,
        WEIGHT,
        examples=[
            "nutgraf entities articles/ --labels PER -n 20",
            "nutgraf entities articles/ --by month -o people.csv",
        ],
    )
    entities.add_argument(
        "--min-mentions", type=int, default=1, metavar="N", help="ignore entities with fewer mentions"
    )
    entities.add_argument("--quotes", action="store_true", help="add how often each entity is quoted")
    entities.add_argument("--min-articles", type=int, default=1, metavar="N", help="ignore entities in fewer articles")
    verb(
        "mentions",
        _mentions,
        "one row per mention of an entity",
        LABELS,
        examples=[
            "nutgraf mentions articles/ --labels PER,ORG -o mentions.parquet",
            "nutgraf mentions news.jsonl --format jsonl",
        ],
    )
    quotes = verb(
        "quotes",
        _quotes,
        "who said what, in which words",
        WEIGHT,
        examples=[
            "nutgraf quotes articles/ -o quotes.csv",
            "nutgraf quotes news.jsonl --by entity --kind direct,mixed -n 20",
        ],
    )
    quotes.add_argument("--by", choices=["entity"], help="count the quotations of each entity")
    quotes.add_argument(
        "--kind",
        type=commas,
        action="extend",
        metavar="KIND,…",
        help="only direct, mixed or indirect (default: all)",
    )
    together = verb(
        "cooccurrence",
        _cooccurrence,
        "entities, or words, that occur together",
        BY,
        LABELS,
        WEIGHT,
        MEASURES,
        STOPWORDS,
        examples=[
            "nutgraf cooccurrence articles/ --labels PER --within article",
            "nutgraf cooccurrence articles/ --of terms --stopwords english --min-pairs 5",
        ],
    )
    together.add_argument(
        "--of", choices=["entities", "terms"], default="entities", help="what to pair (default: entities)"
    )
    network = verb(
        "network",
        _network,
        "entities that occur together, as GraphML or GEXF",
        LABELS,
        WEIGHT,
        MEASURES,
        examples=["nutgraf network articles/ -o network.gexf", "nutgraf network articles/ --labels PER --min-pairs 3"],
    )
    network.add_argument(
        "--as", dest="kind", choices=["graphml", "gexf"], help="default: by the suffix of -o, or graphml"
    )
    for parser in (together, network):
        parser.add_argument(
            "--within", choices=WITHIN, default="sentence", help="how close a pair is (default: sentence)"
        )
        parser.add_argument("--min-pairs", type=int, default=1, metavar="N", help="ignore pairs with a smaller count")


def _entities(options: Options, corpus: ng.Corpus) -> ng.Table:
    chosen = given(options, "zones", "weight", "quotes", "labels", "min_mentions", "min_articles")
    return corpus.entities(by=options.by, progress=is_watched(), **chosen)


def _quotes(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.quotes(**given(options, "by", "zones", "weight", "kind"))


def _mentions(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.mentions(progress=is_watched(), **given(options, "zones", "labels"))


def _cooccurrence(options: Options, corpus: ng.Corpus) -> ng.Table:
    names = ("zones", "weight", "by", "labels", "stopwords", "measures", "min_pairs")
    return corpus.cooccurrence(of=options.of, within=options.within, **given(options, *names))


def _network(options: Options, corpus: ng.Corpus) -> str:
    chosen = given(options, "zones", "weight", "labels", "measures", "min_pairs")
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
    for name, run, summary, examples in [
        (
            "trend",
            _trend,
            "words or entities by period",
            ["nutgraf trend articles/ --items flood,storm --by week", "nutgraf trend articles/ --of entities --tests"],
        ),
        (
            "bursts",
            _bursts,
            "periods in which words or entities burst",
            ["nutgraf bursts articles/ --stopwords english", 'nutgraf bursts articles/ --items "prime minister"'],
        ),
    ]:
        follow = verb(name, run, summary, STOPWORDS, WEIGHT, examples=examples)
        follow.add_argument(
            "--items",
            type=commas,
            action="extend",
            metavar="ITEM,…",
            help="words, phrases or entities to follow (default: the most frequent terms)",
        )
        if name == "trend":
            follow.add_argument(
                "--by",
                type=commas,
                action="extend",
                metavar="PERIOD,…",
                help="day, week, month, quarter or year, and fields of the articles (default: month)",
            )
        else:
            follow.add_argument("--by", choices=PERIODS, help="the period (default: day)")
        follow.add_argument(
            "--of", choices=["terms", "entities"], default="terms", help="what to follow (default: terms)"
        )
        if name == "trend":
            follow.add_argument(
                "--on",
                choices=["published", "mentioned"],
                help="whose dates count: the articles' or those that sentences mention (default: published)",
            )
            follow.add_argument("--tests", action="store_true", help="one row per item, with tests of a trend")
    timeline = verb(
        "timeline",
        _timeline,
        "when things are said to happen, beside when they were published",
        STOPWORDS,
        LABELS,
        examples=["nutgraf timeline articles/", "nutgraf timeline news.jsonl --of terms --by year -o timeline.csv"],
    )
    timeline.add_argument("--by", choices=PERIODS, help="the period (default: month)")
    timeline.add_argument(
        "--of", choices=["entities", "terms"], default="entities", help="what to follow (default: entities)"
    )


def _trend(options: Options, corpus: ng.Corpus) -> ng.Table:
    chosen = given(options, "zones", "weight", "by", "of", "on", "tests", "stopwords")
    return corpus.trend(options.items, **chosen)


def _timeline(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.timeline(**given(options, "zones", "by", "of", "stopwords", "labels"))


def _bursts(options: Options, corpus: ng.Corpus) -> ng.Table:
    return corpus.bursts(options.items, **given(options, "zones", "weight", "by", "of", "stopwords"))


# The number of rows for "-n all".
ALL = -1


# Counts that are kept.


def _add_keeping(verb: Callable[..., Parser]) -> None:
    state = verb(
        "state",
        _state,
        "count once, and keep the counts in a file that other verbs read",
        BY,
        STOPWORDS,
        STEM,
        examples=[
            "nutgraf state today.jsonl --kinds terms,entities --by day,outlet -o 2019-01-08.ngs",
            "nutgraf state archive/ --kinds terms --by month --batch 50000 -o archive.ngs",
        ],
    )
    state.add_argument(
        "--kinds",
        type=commas,
        action="extend",
        metavar="KIND,…",
        help="what to keep: terms, pairs, entities, lengths, dates (default: terms, entities)",
    )
    state.add_argument("--ngrams", type=_lengths, metavar="N", help="count phrases of N words; 1,3 for one to three")
    state.add_argument("--window", type=int, metavar="TERMS", help="how far apart the words of pairs are (default: 1)")
    state.add_argument("--min-count", type=int, default=1, metavar="N", help="omit terms that occur less often")
    state.add_argument(
        "--batch", type=int, metavar="N", help="count N articles at a time; for files that do not fit into memory"
    )
    verb(
        "merge",
        _merge,
        "add up counts that were kept",
        examples=["nutgraf merge 2019-01-*.ngs -o 2019-01.ngs", "nutgraf merge yesterday.ngs today.ngs -o both.ngs"],
    )


def _state(options: Options, corpus: ng.Corpus) -> bytes:
    return state(options, corpus).to_bytes()


def state(options: Options, corpus: ng.Corpus) -> ng.State:
    """Count articles as the options of ``nutgraf state`` say."""
    chosen = given(options, "by", "zones", "stopwords", "stem", "ngrams", "min_count", "window")
    return corpus.state(*(options.kinds or ["terms", "entities"]), **chosen)


def _merge(options: Options, corpus: ng.Corpus) -> bytes:
    raise ng.ConfigError("articles do not add up; expected files that nutgraf state wrote", kind="bad_option")
