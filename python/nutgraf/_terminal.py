"""What a terminal is told, where there is one: nothing that commands it, and no failure where it is gone."""

from __future__ import annotations

import itertools
import os
import sys

__all__: list[str] = []

# What a shell says of a process that Ctrl-C ended.
EXIT_STOPPED = 130

_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """Show a text in one line, with what cannot be seen escaped as in a string of Python."""
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
    """Write a line to standard error, if anyone listens there."""
    write(f"nutgraf: {visible(message)}\n")


def write(text: str) -> None:
    """Write to standard error; one that is closed, full or gone does not matter."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            pass


def is_watched() -> bool:
    """Whether someone reads standard error while it is written."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False


def can_show(text: str) -> bool:
    """Whether standard error can write these characters."""
    try:
        text.encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def stopped() -> int:
    """Say that Ctrl-C stopped the command; give the code that it ends in."""
    tell("stopped")
    # One that came while Python read a string, as it does for a named tuple, is remembered until it reads another, and would end the
    # process by the signal itself.
    eval("0")
    return EXIT_STOPPED


def end_if_command() -> None:
    """End the process as the command ends on Ctrl-C, where it is the command, and still loads."""
    words = sys.orig_argv
    module = any(pair == ("-m", "nutgraf") for pair in itertools.pairwise(words))
    if module or os.path.splitext(os.path.basename(sys.argv[0]))[0] == "nutgraf":
        raise SystemExit(stopped())
