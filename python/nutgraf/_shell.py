"""The command ``nutgraf``: its arguments, its input and its error messages."""

from __future__ import annotations

import argparse
import difflib
import errno
import os
import shutil
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

import nutgraf as ng
from nutgraf import _commands, _completion, _options, _output, _terminal
from nutgraf._kept import of_state
from nutgraf._terminal import is_watched, tell
from nutgraf._verbs.keep import written
from nutgraf.corpus import read_files
from nutgraf.streams import of_files

__all__: list[str] = []

EXIT_BAD_INPUT = 1
EXIT_BAD_USAGE = 2

# Lines of a screen that a table leaves free, for its header, the note below it and the prompt.
_FREE_LINES = 4

# The number of states that are held before they are added up.
_STATES = 16

# The suffix of files with counts, which nutgraf state writes.
_SUFFIX_OF_STATES = ".ngs"


def run(arguments: Sequence[str] | None) -> int:
    """Run the command; see :func:`nutgraf.__main__.main`."""
    try:
        return _answered(list(sys.argv[1:] if arguments is None else arguments), alone=arguments is None)
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


def _answered(words: list[str], alone: bool) -> int:
    verb, *rest = words or ["help"]
    if verb in ("-h", "--help", "help"):
        if verb == "help" and rest:
            _parser(rest[0]).print_help()
        else:
            _output.write([_overview()], None, data=False)
        return 0
    if verb == "--version":
        _output.write([f"nutgraf {ng.__version__}\n"], None, data=False)
        return 0
    if verb == "completion":
        shell = _completion_parser().parse_args(rest).shell
        _output.write([_completion.script(shell, _parsers(), _FORMATS_OF_OPTIONS)], None, data=False)
        return 0
    options = _parser(verb).parse(rest)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        status = _table(options, alone)
    for warning in warned:
        tell(str(warning.message))
    return status


def _table(options: argparse.Namespace, alone: bool) -> int:
    format = options.format or ("table" if options.verb in ("network", "report") else _output.format_of(options.output))
    _output.expect(format, options.output, options.bom)
    _expect_folder(options.output)
    if options.verb in _commands.KEPT and options.output is None:
        raise ng.ConfigError(
            f"counts are kept in a file; name it with -o, as in nutgraf {options.verb} … -o counts{_SUFFIX_OF_STATES}",
            kind="bad_option",
            field="output",
        )
    if options.verb in _commands.QUERIED:
        _commands.take_query(options)
    if options.paths and all(path.endswith(_SUFFIX_OF_STATES) for path in options.paths):
        corpora: list[ng.Corpus] = []
        result = of_state(options, ng.State.merge(options.paths, threads=options.threads))
    elif options.verb == "state" and options.batch is not None:
        return _state_of_stream(options)
    else:
        corpora = [_corpus(options, options.paths)]
        if getattr(options, "reference", None):
            corpora.append(_corpus(options, options.reference))
        result = options.run(options, *corpora)
    try:
        if isinstance(result, bytes):
            written(options.output, result)
        elif isinstance(result, str):
            _output.write([result], options.output, data=True)
        else:
            _print(result, format, options)
    except _output.ReaderGone:
        # This is not an error; skipped articles are reported all the same.
        if alone:
            _output.abandon()
    for corpus in corpora:
        _tell_report(corpus)
    return EXIT_BAD_INPUT if any(corpus.report.n_failed for corpus in corpora) else 0


def _state_of_stream(options: argparse.Namespace) -> int:
    """Count articles a batch at a time, and write the counts of all of them."""
    batch = _options.at_least("batch", options.batch, 1)
    given = _options.settings(
        **{name: value for name, value in _settings(options).items() if name not in ("encoding", "ids")}
    )
    given = {**given, "id_source": "asked" if options.id else "positions"}
    if options.ids == "file":
        raise ng.ConfigError(
            "--ids file needs all articles at once; expected no --batch", kind="bad_option", field="ids"
        )
    corpora = of_files(
        _input(options.paths),
        batch,
        options.input_format,
        options.text,
        {**given, "encoding": options.encoding, "usual": True},
    )
    states, failed = [ng.State.empty()], 0
    for corpus in corpora:
        states.append(_commands.state(options, corpus))
        failed += corpus.report.n_failed
        _tell_report(corpus)
        if len(states) == _STATES:
            states = [ng.State.merge(states, threads=options.threads)]
    written(options.output, ng.State.merge(states, threads=options.threads).to_bytes())
    return EXIT_BAD_INPUT if failed else 0


def _tell_report(corpus: ng.Corpus) -> None:
    for message in corpus.report.notes["message"]:
        tell(message)
    for message in corpus.report.failures["message"]:
        tell(f"skipped: {message}")


def _print(table: ng.Table, format: _output.Format, options: argparse.Namespace) -> None:
    """Print a table: as it is, or in a terminal a screenful that fits."""
    if options.n is not None and options.n != _commands.ALL:
        table = table.head(options.n)
    if format != "table" or options.output is not None or not _is_terminal():
        _output.save(table, format, options.output, raw=options.raw, bom=options.bom)
        return
    width, lines = shutil.get_terminal_size()
    rows = len(table) if options.n is not None else min(len(table), max(lines - _FREE_LINES, 5))
    _output.write([table.text(rows, width=width) + "\n"], None, data=False)
    if rows < len(table):
        _output.write([f"… {len(table) - rows:,} more rows; -n all shows them\n"], None, data=False)


def _is_terminal() -> bool:
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:  # closed
        return False


class _Parser(argparse.ArgumentParser):
    """A parser that prints its help like results: in any encoding, to closed pipes."""

    def parse(self, words: list[str]) -> argparse.Namespace:
        """Parse the words after the verb; options and paths come in any order."""
        options, unknown = self.parse_known_intermixed_args(words)
        for word in unknown:
            if word.startswith("-"):
                name = word.partition("=")[0]
                known = [option for option in self._option_string_actions if option.startswith("--")]
                self.error(f"there is no option {name}{_perhaps(name, known)}")
        if unknown:
            self.error(f"unexpected: {' '.join(unknown)}")
        return options

    def print_help(self, file: Any = None) -> None:
        """Print the help, to standard output if no file is given."""
        if file is not None:
            super().print_help(file)
        else:
            _output.write([self.format_help()], None, data=False)

    def error(self, message: str) -> NoReturn:
        """Report wrong arguments and exit."""
        message = message.removeprefix("argument ")
        _terminal.write(f"{self.prog}: {_terminal.visible(message)}\n")
        _terminal.write(f"{self.prog} --help shows the options\n")
        raise SystemExit(EXIT_BAD_USAGE)


def _perhaps(word: str, known: Iterable[str]) -> str:
    """Return a question about the known word that is most like a mistyped one."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def _overview() -> str:
    """Return the help of the command: its verbs in groups."""
    summaries = {name: parser.summary for name, parser in _parsers().items()}
    lines = [
        "News articles to numbers.",
        "",
        "usage: nutgraf VERB [OPTIONS] [PATH …]",
        "       nutgraf help VERB",
    ]
    for group, verbs in _commands.GROUPS.items():
        lines += ["", f"{group}:", *(f"  {verb:<13} {summaries[verb]}" for verb in verbs)]
    lines += [
        "",
        "Paths are files, globs and folders; - is standard input. Also:",
        "  help VERB     the options of a verb, with examples",
        "  completion    completion of verbs and options for bash, zsh or fish",
        "  --version     the version",
        "",
        "examples:",
        "  nutgraf entities articles/ --labels PER -n 20",
        "  cat news.jsonl | nutgraf terms --stopwords english -o terms.csv",
    ]
    return "\n".join(lines) + "\n"


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    reading = common.add_argument_group("reading")
    reading.add_argument(
        "--input-format",
        choices=["text", "jsonl", "json", "csv", "tsv", "html", "xml", "mail", "export", "parquet"],
        help="the format of the input (default: by suffix and content)",
    )
    reading.add_argument(
        "--encoding", metavar="NAME", help="the encoding of the input (default: what it says, else UTF-8)"
    )
    reading.add_argument(
        "--text", default="text", metavar="COLUMN", help="the column of texts (default: text, or a usual name for it)"
    )
    for role in ("id", "date", "headline", "byline"):
        reading.add_argument(f"--{role}", metavar="COLUMN", help=f"the column of each article's {role}")
    reading.add_argument(
        "--ids", choices=["auto", "file"], default="auto", help="file: the name of each file is the id of its article"
    )
    reading.add_argument(
        "--infer-dates",
        choices=["all", "text", "dateline", "name"],
        help="take missing dates from the text's first lines, its dateline or the file's name",
    )
    reading.add_argument(
        "--date-format", metavar="FORM", help='the form of the dates, as in strptime: "%%d/%%m/%%Y"; "%%s" for seconds'
    )
    reading.add_argument(
        "--dayfirst",
        "--day-first",
        action=argparse.BooleanOptionalAction,
        dest="dayfirst",
        help="whether the day precedes the month in dates such as 03/04/2019",
    )
    reading.add_argument(
        "--layout",
        choices=["auto", "plain", "html"],
        default="auto",
        help="find zones (default), take all text as body, or read pages",
    )
    reading.add_argument(
        "--paragraphs",
        choices=["auto", "blank", "line"],
        default="auto",
        help="what separates paragraphs (default: line ends, unless the text is hard-wrapped)",
    )
    reading.add_argument(
        "--zones",
        type=_commands.commas,
        action="extend",
        metavar="ZONE,…",
        help="headline, dateline, byline, body, caption, boilerplate, or all (default: headline,body)",
    )
    reading.add_argument(
        "--errors",
        choices=["raise", "skip"],
        default="raise",
        help="stop at a bad article (default) or skip it",
    )
    reading.add_argument("--threads", type=int, metavar="N", help="the number of threads (default: all cores)")
    writing = common.add_argument_group("writing")
    writing.add_argument(
        "-n", type=_rows, metavar="N", help="only the first N rows; all: every row, in a terminal as well"
    )
    writing.add_argument("-o", "--output", metavar="FILE", help="write to FILE; its suffix decides the format")
    writing.add_argument(
        "--format", choices=_output.FORMATS, help="default: by the suffix of -o, or a plain-text table"
    )
    writing.add_argument("--bom", action="store_true", help="CSV: begin with a byte-order mark, for Excel")
    writing.add_argument(
        "--raw",
        action="store_true",
        help="CSV: leave texts that begin with =, +, - or @ unchanged; by default an apostrophe keeps spreadsheets "
        "from running them",
    )
    return common


# Options whose value is a file.
_FORMATS_OF_OPTIONS = ("-o", "--output", "--reference")


def _rows(text: str) -> int:
    if text == "all":
        return _commands.ALL
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor all")
    return int(text)


def _parsers() -> dict[str, Any]:
    """Return the parser of each verb."""
    parsers: dict[str, Any] = {}
    common = _common()

    def verb(
        name: str,
        run: Callable[..., ng.Table | str],
        summary: str,
        *parents: argparse.ArgumentParser,
        examples: list[str],
        description: str | None = None,
    ) -> Any:
        has_query = name in _commands.QUERIED
        parser: Any = _Parser(
            prog=f"nutgraf {name}",
            usage=f"nutgraf {name} {'QUERY ' if has_query else ''}[OPTIONS] [PATH …]",
            parents=[*parents, common],
            description=description or summary[0].upper() + summary[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if description is not None:
            parser.description = textwrap.fill(description, 78)
        parser.summary, parser.examples = summary, examples
        if not has_query:
            parser.add_argument(
                "paths",
                nargs="*",
                metavar="PATH",
                help="files, globs and folders; - for standard input, or nothing if input is piped",
            )
        parser.set_defaults(run=run, verb=name)
        parsers[name] = parser
        return parser

    _commands.add(verb)
    return parsers


def _parser(verb: str) -> Any:
    parsers = _parsers()
    if verb == "completion":
        return _completion_parser()
    if verb not in parsers:
        if verb.startswith("-"):
            what = f"there is no option {verb} before a verb; expected nutgraf VERB [OPTIONS] [PATH …]"
        else:
            what = f"there is no verb {_terminal.visible(verb)!r}{_perhaps(verb, [*parsers, 'completion', 'help'])}"
        _terminal.write(f"nutgraf: {what}\nnutgraf help lists the verbs\n")
        raise SystemExit(EXIT_BAD_USAGE)
    return parsers[verb]


def _completion_parser() -> _Parser:
    parser = _Parser(
        prog="nutgraf completion",
        description="Print the script with which a shell completes verbs and options.",
        epilog='examples:\n  eval "$(nutgraf completion bash)"          # in ~/.bashrc\n'
        "  nutgraf completion fish > ~/.config/fish/completions/nutgraf.fish",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", choices=_completion.SHELLS, help="the shell")
    return parser


# The options that say how articles are read.
_SETTINGS = (
    *("encoding", "ids", "text", "id", "date", "headline", "byline", "layout", "paragraphs", "date_format"),
    *("dayfirst", "infer_dates", "errors", "threads"),
)


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Return the options that say how articles are read, as the package takes them."""
    places = {None: False, "all": True}.get(options.infer_dates, options.infer_dates)
    return {**{name: getattr(options, name) for name in _SETTINGS}, "infer_dates": places}


def _corpus(options: argparse.Namespace, paths: list[str]) -> ng.Corpus:
    return read_files(
        _input(paths),
        format=options.input_format,
        usual=True,
        progress=is_watched() and bool(paths),
        **_settings(options),
    )


def _input(paths: list[str]) -> list[str]:
    """Return the files to read: standard input, if none is named."""
    if not paths or "-" in paths:
        if len(paths) > 1:
            raise ng.ConfigError(
                "standard input (-) and files cannot be read in one call; expected one or the other", kind="bad_option"
            )
        _expect_input(requested=bool(paths))
    return paths or ["-"]


def _expect_input(requested: bool) -> None:
    """Check that standard input is open, and not a terminal unless it was requested."""
    is_terminal = sys.stdin is not None and sys.stdin.isatty()
    if sys.stdin is None or (is_terminal and not requested):
        what = "standard input is closed" if sys.stdin is None else "there is nothing to read"
        raise ng.ConfigError(
            f"{what}; expected files, globs or folders, or articles piped in, as in: nutgraf terms articles/*.txt",
            kind="bad_option",
            field="paths",
        )
    if is_terminal:
        tell("reading from standard input; Ctrl-D ends it")


def _expect_folder(output: str | None) -> None:
    """Check before the work that its result can be written."""
    folder = os.path.dirname(output or "")
    if folder and not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, "there is no such folder to write to", folder)
