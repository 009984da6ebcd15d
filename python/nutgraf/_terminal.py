"""Messages to the terminal.

Control characters are escaped, and a terminal that is closed or gone is not an error.
"""

from __future__ import annotations

import itertools
import os
import sys

__all__: list[str] = []

# The exit code that shells use for a process ended by Ctrl-C.
EXIT_STOPPED = 130

_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """Format a text in one line, with invisible characters escaped as in Python."""
    if text.isprintable():
        return text
    return "".join(map(_seen, text))


def _seen(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if character.isspace() and character not in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def tell(message: str) -> None:
    """Write a line to standard error, if it is open."""
    write(f"nutgraf: {visible(message)}\n")


def write(text: str) -> None:
    """Write to standard error, ignoring that it may be closed, full or gone."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            pass


def is_watched() -> bool:
    """Whether standard error is a terminal."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False


def can_show(text: str) -> bool:
    """Whether the encoding of standard error has these characters."""
    try:
        text.encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def stopped() -> int:
    """Report that Ctrl-C stopped the command, and return its exit code."""
    tell("stopped")
    # A Ctrl-C that arrives while Python compiles a string, as for a named tuple, stays pending
    # until it compiles another one, and would then end the process by the signal itself.
    eval("0")
    return EXIT_STOPPED


def end_if_command() -> None:
    """Exit as the command does on Ctrl-C, if this process is the command."""
    if _is_command():
        raise SystemExit(stopped())


def watch_if_command() -> None:
    """From here until the command runs, end on Ctrl-C as the command does.

    Between the import of the package and the command, Python loads the command itself,
    where nothing could catch the exception.
    """
    if _is_command():
        import signal

        signal.signal(signal.SIGINT, lambda *_: os._exit(stopped()))


def hear_in_command() -> None:
    """From here on, Ctrl-C is an exception again."""
    if _is_command():
        import signal

        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_command() -> bool:
    module = any(pair == ("-m", "nutgraf") for pair in itertools.pairwise(sys.orig_argv))
    return module or os.path.splitext(os.path.basename(sys.argv[0]))[0] == "nutgraf"
