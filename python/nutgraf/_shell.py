"""The command ``nutgraf``: its arguments, its input and its error messages."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import nutgraf as ng
from nutgraf import _commands, _output, _terminal
from nutgraf._terminal import is_watched, tell

__all__: list[str] = []

EXIT_BAD_INPUT = 1
EXIT_BAD_USAGE = 2

# Standard input is read in pieces of this many bytes, so that Ctrl-C takes effect in between.
_PIECE = 1 << 20


def run(arguments: Sequence[str] | None) -> int:
    """Run the command; see :func:`nutgraf.__main__.main`."""
    try:
        return _answered(arguments)
    except _output.ReaderGone:
        status = 0
    except ng.ConfigError as error:
        tell(str(error))
        status = EXIT_BAD_USAGE
    except MemoryError as error:
        tell(f"out of memory: {error}" if str(error) else "out of memory")
        status = EXIT_BAD_INPUT
    except OSError as error:
        tell(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
        status = EXIT_BAD_INPUT
    except (ng.NutgrafError, TypeError, ImportError) as error:
        tell(str(error))
        status = EXIT_BAD_INPUT
    except Exception as error:
        tell(f"{type(error).__name__}: {error}; please report this")
        status = EXIT_BAD_INPUT
    if arguments is None:
        _output.abandon()
    return status


def _answered(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    format = options.format or ("table" if options.verb == "network" else _output.format_of(options.output))
    _expect_folder(options.output)
    corpora = [_corpus(options, options.paths)]
    if getattr(options, "reference", None):
        corpora.append(_corpus(options, options.reference))
    result = options.run(options, *corpora)
    try:
        if isinstance(result, str):
            _output.write([result], options.output, data=True)
        else:
            table = result if options.n is None else result.head(options.n)
            _output.write(_output.printed(table, format, raw=options.raw), options.output, data=format != "table")
    except _output.ReaderGone:
        # This is not an error; skipped articles are reported all the same.
        if arguments is None:
            _output.abandon()
    for corpus in corpora:
        for message in corpus.report.notes["message"]:
            tell(message)
        for message in corpus.report.failures["message"]:
            tell(f"skipped: {message}")
    return EXIT_BAD_INPUT if any(corpus.report.n_failed for corpus in corpora) else 0


class _Parser(argparse.ArgumentParser):
    """A parser that prints its help like results: in any encoding, to closed pipes."""

    def print_help(self, file: Any = None) -> None:
        """Print the help, to standard output if no file is given."""
        if file is not None:
            super().print_help(file)
        else:
            _output.write([self.format_help()], None, data=False)

    def error(self, message: str) -> NoReturn:
        """Report wrong arguments and exit."""
        _terminal.write(self.format_usage())
        _terminal.write(f"{self.prog}: error: {_terminal.visible(message)}\n")
        raise SystemExit(EXIT_BAD_USAGE)


class _Version(argparse.Action):
    def __call__(self, parser: Any, *_: Any) -> None:
        _output.write([f"nutgraf {ng.__version__}\n"], None, data=False)
        raise SystemExit(0)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nutgraf", description="News articles to numbers.")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "paths", nargs="*", help="files, globs and folders; - for standard input, or nothing if input is piped"
    )
    common.add_argument(
        "--input-format",
        choices=["text", "jsonl", "json", "csv", "tsv", "parquet"],
        help="the format of the input (default: by suffix and content)",
    )
    common.add_argument("--text", default="text", metavar="COLUMN", help="the column of texts (default: text)")
    for role in ("id", "date", "headline", "byline"):
        common.add_argument(f"--{role}", metavar="COLUMN", help=f"the column of each article's {role}")
    common.add_argument(
        "--date-format", metavar="FORM", help='the form of the dates, as in strptime: "%%d/%%m/%%Y"; "%%s" for seconds'
    )
    common.add_argument(
        "--day-first",
        action=argparse.BooleanOptionalAction,
        dest="dayfirst",
        help="whether the day precedes the month in dates such as 03/04/2019",
    )
    common.add_argument("--layout", choices=["auto", "plain"], default="auto")
    common.add_argument(
        "--paragraphs",
        choices=["auto", "blank", "line"],
        default="auto",
        help="what separates paragraphs (default: line ends, unless the text is hard-wrapped)",
    )
    common.add_argument(
        "--errors",
        choices=["raise", "skip"],
        default="raise",
        help="stop at a bad article (default) or skip it",
    )
    common.add_argument("--threads", type=int)
    common.add_argument("--zones", nargs="+", help="the zones to read (default: headline body)")
    common.add_argument("--format", choices=_output.FORMATS, help="default: by the suffix of -o, or a plain-text table")
    common.add_argument(
        "--raw",
        action="store_true",
        help="CSV: leave texts that begin with =, +, - or @ unchanged; by default an apostrophe keeps spreadsheets "
        "from running them",
    )
    common.add_argument("-n", type=int, help="only the first N rows")
    common.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write to FILE instead of standard output; .csv, .jsonl and .json imply the format",
    )
    _commands.add(verbs, common)
    return parser


def _corpus(options: argparse.Namespace, paths: list[str]) -> ng.Corpus:
    settings: dict[str, Any] = {
        name: getattr(options, name)
        for name in (
            "text",
            "id",
            "date",
            "headline",
            "byline",
            "layout",
            "paragraphs",
            "date_format",
            "dayfirst",
            "errors",
            "threads",
        )
    }
    if paths and "-" not in paths:
        return ng.read(paths, format=options.input_format, progress=is_watched(), **settings)
    if len(paths) > 1:
        raise ng.ConfigError(
            "standard input (-) and files cannot be read in one call; expected one or the other", kind="bad_option"
        )
    return ng.Corpus._of_bytes(_standard_input(requested=bool(paths)), format=options.input_format, **settings)


def _standard_input(requested: bool) -> bytes:
    """Read all of standard input; from a terminal only if it was requested."""
    if sys.stdin is None or (not requested and sys.stdin.isatty()):
        what = "standard input is closed" if sys.stdin is None else "there is nothing to read"
        raise ng.ConfigError(
            f"{what}; expected files, globs or folders, or articles piped in, as in: nutgraf terms articles/*.txt",
            kind="bad_option",
            field="paths",
        )
    pieces = []
    try:
        while piece := sys.stdin.buffer.read(_PIECE):
            pieces.append(piece)
    except OSError as error:
        raise OSError(error.errno, error.strerror, "standard input") from error
    return b"".join(pieces)


def _expect_folder(output: str | None) -> None:
    """Check before the work that its result can be written."""
    folder = os.path.dirname(output or "")
    if folder and not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, "there is no such folder to write to", folder)
