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
        corpus = _corpus(options)
        table = _table(corpus, options)
        _write(table.head(options.n) if options.n is not None else table, options)
    except ng.ConfigError as error:
        print(f"nutgraf: {error}", file=sys.stderr)
        return EXIT_BAD_USAGE
    except (ng.NutgrafError, OSError, TypeError) as error:
        print(f"nutgraf: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    for message in corpus.report.notes["message"]:
        print(f"nutgraf: {message}", file=sys.stderr)
    for message in corpus.report.failures["message"]:
        print(f"nutgraf: left out: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT if corpus.report.n_failed else 0


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
    terms.add_argument("--ngrams", type=int, nargs="+", default=[1], metavar="N", help="N, or fewest and most")
    terms.add_argument("--stopwords", metavar="LANGUAGE")
    terms.add_argument("--min-count", type=int, default=1)
    terms.add_argument("--min-articles", type=int, default=1)
    keywords = verbs.add_parser("keywords", parents=[common], help="what each story is about: its keyphrases")
    keywords.add_argument("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
    keywords.add_argument(
        "--phrases", type=int, default=10, metavar="N", help="phrases an article or group (default: 10)"
    )
    keywords.add_argument("--method", choices=METHODS, default="news")
    keywords.add_argument("--stopwords", metavar="LANGUAGE", default="english")
    keywords.add_argument("--max-words", type=int, help="the most words a phrase has")
    entities = verbs.add_parser("entities", parents=[common], help="who is in the news, counted once per entity")
    entities.add_argument("--by", nargs="+", help="groups: fields, day, week, month, quarter, year, zone")
    entities.add_argument("--labels", nargs="+", help="PER ORG LOC NORP MISC (default: all)")
    entities.add_argument("--min-mentions", type=int, default=1)
    entities.add_argument("--min-articles", type=int, default=1)
    return parser


def _corpus(options: argparse.Namespace) -> ng.Corpus:
    settings: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("text", "id", "date", "headline", "byline", "layout", "errors", "threads")
    }
    if options.paths:
        return ng.read(options.paths, format=options.input_format, progress=sys.stderr.isatty(), **settings)
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
    if options.verb == "keywords":
        return corpus.keywords(
            options.phrases,
            options.method,
            by=options.by,
            stopwords=options.stopwords,
            max_words=options.max_words,
            **zones,
        )
    if len(options.ngrams) > 2:
        raise ng.ConfigError("--ngrams takes one number or two", kind="bad_option", field="ngrams")
    return corpus.terms(
        options.by,
        (options.ngrams[0], options.ngrams[-1]),
        stopwords=options.stopwords,
        min_count=options.min_count,
        min_articles=options.min_articles,
        **zones,
    )


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
