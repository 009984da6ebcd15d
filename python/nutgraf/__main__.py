"""The command ``nutgraf``: a corpus's tables for the shell.

``python -m nutgraf terms articles/*.txt --stopwords english -n 20``
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import nutgraf as ng
from nutgraf._verbs.keyword import METHODS

__all__ = ["main"]

EXIT_BAD_INPUT = 1
EXIT_BAD_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words behind the command's name; those of the process by default.

    Returns
    -------
    int
        0; 1 when an input was bad, and left out or stopped at; 2 for wrong usage.
    """
    options = _parser().parse_args(arguments)
    try:
        corpora = [_corpus(options, options.paths)]
        if options.verb == "keyness" and options.reference:
            corpora.append(_corpus(options, options.reference))
        table = _keyness(corpora, options) if options.verb == "keyness" else _table(corpora[0], options)
        _write(table.head(options.n) if options.n is not None else table, options)
    except ng.ConfigError as error:
        print(f"nutgraf: {error}", file=sys.stderr)
        return EXIT_BAD_USAGE
    except (ng.NutgrafError, OSError, TypeError) as error:
        print(f"nutgraf: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    for corpus in corpora:
        for message in corpus.report.notes["message"]:
            print(f"nutgraf: {message}", file=sys.stderr)
        for message in corpus.report.failures["message"]:
            print(f"nutgraf: left out: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT if any(corpus.report.n_failed for corpus in corpora) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nutgraf", description="News articles to numbers.")
    parser.add_argument("--version", action="version", version=f"nutgraf {ng.__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("paths", nargs="*", help="files, globs and folders; standard input where none is given")
    common.add_argument(
        "--input-format",
        choices=["text", "jsonl", "json", "csv", "tsv", "parquet"],
        help="the format of the input; by default suffix and content tell",
    )
    common.add_argument("--text", default="text", metavar="COLUMN", help="the column of texts (default: text)")
    for role in ("id", "date", "headline", "byline"):
        common.add_argument(f"--{role}", metavar="COLUMN", help=f"the column of each article's {role}")
    common.add_argument("--layout", choices=["auto", "plain"], default="auto")
    common.add_argument(
        "--errors",
        choices=["raise", "skip"],
        default="raise",
        help="stop at a bad article (default), or leave it out",
    )
    common.add_argument("--threads", type=int)
    common.add_argument("--zones", nargs="+", help="the zones that are read (default: headline body)")
    common.add_argument("--format", choices=["table", "csv", "jsonl", "json"], default="table")
    common.add_argument("-n", type=int, help="only the first N rows")
    common.add_argument("-o", "--output", metavar="FILE", help="write here and not to standard output")

    verbs.add_parser("articles", parents=[common], help="a row an article")
    verbs.add_parser("zones", parents=[common], help="a row a zone: headline, dateline, body paragraph, caption …")
    terms = verbs.add_parser("terms", parents=[common], help="terms and how often they stand")
    terms.add_argument("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
    _add_counting(terms)
    keyness = verbs.add_parser(
        "keyness",
        parents=[common],
        help="terms that tell two sets of articles apart",
        description="The articles of PATHS against those of --reference; or, of the articles of PATHS, those that "
        "--target selects against the others, or against those that --against selects.",
    )
    _add_counting(keyness)
    keyness.add_argument("--reference", nargs="+", metavar="PATH", help="files, globs and folders to compare with")
    keyness.add_argument("--target", nargs="+", metavar="FIELD=VALUE", help="the articles in question")
    keyness.add_argument("--against", nargs="+", metavar="FIELD=VALUE", help="the articles to compare with")
    keyness.add_argument("--measures", nargs="+", default=["log_likelihood", "log_ratio"], metavar="MEASURE")
    keyness.add_argument("--only", choices=["target", "reference", "lockwords"], help="which terms are kept")
    keyness.add_argument("--sort", metavar="COLUMN")
    keyness.add_argument("--bootstrap", type=int, default=0, metavar="RESAMPLES", help="for intervals of effect sizes")
    keyness.add_argument("--seed", type=int, default=0)
    keyness.add_argument("--compat", choices=["sklearn", "nltk", "quanteda", "antconc", "sketchengine"])
    keywords = verbs.add_parser("keywords", parents=[common], help="what each story is about: its keyphrases")
    keywords.add_argument("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
    keywords.add_argument(
        "--phrases", type=int, default=10, metavar="N", help="phrases an article or group (default: 10)"
    )
    keywords.add_argument("--method", choices=METHODS, default="news")
    keywords.add_argument("--stopwords", metavar="LANGUAGE", default="english")
    keywords.add_argument("--max-words", type=int, help="the most words a phrase has")
    _add_reading(verbs, common)
    entities = verbs.add_parser("entities", parents=[common], help="who is in the news, counted once per entity")
    entities.add_argument("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
    entities.add_argument("--labels", nargs="+", help="PER ORG LOC NORP MISC (default: all)")
    entities.add_argument("--min-mentions", type=int, default=1)
    entities.add_argument("--min-articles", type=int, default=1)
    return parser


def _add_reading(verbs: Any, common: argparse.ArgumentParser) -> None:
    query = argparse.ArgumentParser(add_help=False)
    query.add_argument("query", metavar="QUERY", help="words, with * and ? for letters")
    kwic = verbs.add_parser("kwic", parents=[query, common], help="words in their context")
    kwic.add_argument("--window", type=int, default=8, metavar="TOKENS", help="tokens on each side (default: 8)")
    kwic.add_argument("--regex", action="store_true", help="the query is regular expressions, one a token")
    kwic.add_argument("--case", action="store_true", help="capitals must match")
    kwic.add_argument("--sort", nargs="+", default=["position"], metavar="ORDER", help="left, right, left1, match …")
    for verb, told in [("diversity", "how varied the words are"), ("readability", "how hard each article is to read")]:
        reading = verbs.add_parser(verb, parents=[common], help=told)
        reading.add_argument("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
        reading.add_argument("--measures", nargs="+", metavar="MEASURE")
    for verb, told in [("trend", "words or entities by period"), ("bursts", "periods in which they burst")]:
        follow = verbs.add_parser(verb, parents=[common], help=told)
        follow.add_argument("--items", nargs="+", metavar="WORDS", help="what is followed (default: all terms)")
        follow.add_argument("--by", choices=["day", "week", "month", "quarter", "year"], default="month")
        follow.add_argument("--of", choices=["terms", "entities"], default="terms")
        follow.add_argument("--stopwords", metavar="LANGUAGE")
        if verb == "trend":
            follow.add_argument("--tests", action="store_true", help="a row an item, with tests of a trend")


def _add_counting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ngrams", type=int, nargs="+", default=[1], metavar="N", help="N, or fewest and most")
    parser.add_argument("--stopwords", metavar="LANGUAGE", help="leave out the function words of a language")
    parser.add_argument("--stem", metavar="LANGUAGE", help="count words by their stems")
    parser.add_argument("--min-count", type=int, default=1)
    parser.add_argument("--min-articles", type=int, default=1)


def _counting(options: argparse.Namespace) -> dict[str, Any]:
    if len(options.ngrams) > 2:
        raise ng.ConfigError("--ngrams takes one number or two", kind="bad_option", field="ngrams")
    counting: dict[str, Any] = {
        name: getattr(options, name) for name in ("stopwords", "stem", "min_count", "min_articles")
    }
    counting["ngrams"] = (options.ngrams[0], options.ngrams[-1])
    if options.zones is not None:
        counting["zones"] = options.zones
    return counting


def _corpus(options: argparse.Namespace, paths: list[str]) -> ng.Corpus:
    settings: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("text", "id", "date", "headline", "byline", "layout", "errors", "threads")
    }
    if paths:
        return ng.read(paths, format=options.input_format, progress=sys.stderr.isatty(), **settings)
    return ng.Corpus._of_bytes(sys.stdin.buffer.read(), format=options.input_format, **settings)


def _table(corpus: ng.Corpus, options: argparse.Namespace) -> ng.Table:
    zones = {} if options.zones is None else {"zones": options.zones}
    if options.verb == "articles":
        return corpus.articles(**zones)
    if options.verb == "zones":
        return corpus.zones(**zones)
    if options.verb == "entities":
        return corpus.entities(
            options.by,
            labels=options.labels,
            min_mentions=options.min_mentions,
            min_articles=options.min_articles,
            progress=sys.stderr.isatty(),
            **zones,
        )
    if options.verb in ("diversity", "readability"):
        chosen = {} if options.measures is None else {"measures": options.measures}
        verb = corpus.diversity if options.verb == "diversity" else corpus.readability
        return verb(by=options.by, **chosen, **zones)
    if options.verb == "trend":
        return corpus.trend(
            options.items, options.by, of=options.of, tests=options.tests, stopwords=options.stopwords, **zones
        )
    if options.verb == "bursts":
        return corpus.bursts(options.items, options.by, of=options.of, stopwords=options.stopwords, **zones)
    if options.verb == "kwic":
        return corpus.kwic(
            options.query,
            options.window,
            regex=options.regex,
            fold=None if options.case else "lower",
            sort=options.sort,
            n=options.n,
            **zones,
        )
    if options.verb == "keywords":
        return corpus.keywords(
            options.phrases,
            options.method,
            by=options.by,
            stopwords=options.stopwords,
            max_words=options.max_words,
            **zones,
        )
    return corpus.terms(options.by, **_counting(options))


def _keyness(corpora: list[ng.Corpus], options: argparse.Namespace) -> ng.Table:
    corpus, target, reference = corpora[0], corpora[0], None
    if len(corpora) > 1:
        reference = corpora[1]
        if options.target or options.against:
            raise ng.ConfigError(
                "--reference names other articles, --target and --against some of the same; expected one way or the other",
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
    names = ("measures", "only", "sort", "bootstrap", "seed", "compat")
    return corpus.keyness(target, reference, **{name: getattr(options, name) for name in names}, **_counting(options))


def _fields(option: str, pairs: list[str]) -> dict[str, list[str]]:
    """Read FIELD=VALUE; a field that is named again takes either value."""
    fields: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ng.ConfigError(f"--{option} {pair}; expected FIELD=VALUE", kind="bad_option", field=option)
        fields.setdefault(name, []).append(value)
    return fields


def _write(table: ng.Table, options: argparse.Namespace) -> None:
    text = io.StringIO()
    if options.format == "table":
        print(table.text(), file=text)
    elif options.format == "csv":
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([["" if cell is None else cell for cell in row.values()] for row in table])
    elif options.format == "jsonl":
        for row in table:
            print(json.dumps(row, ensure_ascii=False, default=str), file=text)
    else:
        print(json.dumps(table.to_dicts(), ensure_ascii=False, default=str, indent=1), file=text)
    output: TextIO = sys.stdout
    if options.output is None:
        output.write(text.getvalue())
    else:
        with open(options.output, "w", encoding="utf-8", newline="") as output:
            output.write(text.getvalue())


if __name__ == "__main__":
    sys.exit(main())
