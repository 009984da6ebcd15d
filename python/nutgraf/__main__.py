"""The command ``nutgraf``: a corpus's tables for the shell.

``python -m nutgraf terms articles/*.txt --stopwords english -n 20``
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the command's name; those of the process by default.

    Returns
    -------
    int
        0; 1 when an input was bad (left out, or stopped at) or the result could not be written; 2 for wrong usage; 130 when it
        was stopped by Ctrl-C.
    """
    alone = arguments is None
    try:
        try:
            from nutgraf import _shell  # here, so that Ctrl-C is heard while it loads

            return _shell.run(arguments)
        finally:
            if alone:
                _end()
    except KeyboardInterrupt:
        return _stopped(alone)


def _stopped(alone: bool) -> int:
    """Say so in a line; ``alone`` where the process has nothing else to do."""
    if alone:
        _end()
    from nutgraf import _output, _terminal

    if alone:
        _output.abandon()
    return _terminal.stopped()


def _end() -> None:
    """Let the process end in peace: Ctrl-C has nothing left to stop."""
    import contextlib
    import signal

    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
