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
from nutgraf import _commands

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
        if getattr(options, "reference", None):
            corpora.append(_corpus(options, options.reference))
        result = options.run(options, *corpora)
        _write(result if isinstance(result, str) else _printed(result, options), options)
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
    _commands.add(verbs, common)
    return parser


def _corpus(options: argparse.Namespace, paths: list[str]) -> ng.Corpus:
    settings: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("text", "id", "date", "headline", "byline", "layout", "errors", "threads")
    }
    if paths:
        return ng.read(paths, format=options.input_format, progress=sys.stderr.isatty(), **settings)
    return ng.Corpus._of_bytes(sys.stdin.buffer.read(), format=options.input_format, **settings)


def _printed(table: ng.Table, options: argparse.Namespace) -> str:
    """Print the rows in the format that was asked for."""
    if options.n is not None:
        table = table.head(options.n)
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
    return text.getvalue()


def _write(text: str, options: argparse.Namespace) -> None:
    output: TextIO = sys.stdout
    if options.output is None:
        output.write(text)
    else:
        with open(options.output, "w", encoding="utf-8", newline="") as output:
            output.write(text)


if __name__ == "__main__":
    sys.exit(main())
