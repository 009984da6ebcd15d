"""The command ``nutgraf``: the tables of a corpus in the shell.

``python -m nutgraf terms articles/*.txt --stopwords english -n 20``
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nutgraf import _terminal

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the name of the command; by default, those of the process.

    Returns
    -------
    int
        The exit code: 0; 1 if an input was bad (skipped, or stopped at) or the result
        could not be written; 2 for wrong usage; 130 if stopped by Ctrl-C.
    """
    alone = arguments is None
    try:
        try:
            if alone:
                _terminal.hear_in_command()
            from nutgraf import _shell  # here, so that Ctrl-C works while it loads

            return _shell.run(arguments)
        finally:
            if alone:
                _end()
    except KeyboardInterrupt:
        return _stopped(alone)


def _stopped(alone: bool) -> int:
    """Report it in one line; ``alone`` if the process does nothing else."""
    if alone:
        _end()
    from nutgraf import _output

    if alone:
        _output.abandon()
    return _terminal.stopped()


def _end() -> None:
    """Ignore Ctrl-C from here on, since nothing is left to stop."""
    import contextlib
    import signal

    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
