"""A progress bar for work that takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from nutgraf import _terminal

__all__: list[str] = []

# The bar appears after this many seconds, and changes at most every tenth of a second.
_DELAY = 0.4
_EVERY = 0.1
_WIDTH = 30


def bar(total: int | None) -> tuple[Callable[[int], None], Callable[[], None]]:
    """Make a progress bar, on standard error or in the output of a notebook.

    Returns a function that reports the number of articles done, and one that closes the
    bar with what was done and how long it took.

    Parameters
    ----------
    total : int or None
        The number of articles, if known.
    """
    start = last = time.monotonic()
    shown = False
    most = 0
    write = _writer()
    full, empty = "█░" if _terminal.can_show("█░") else "#-"

    def tell(done: int) -> None:
        nonlocal shown, last, most
        most = max(most, done)
        now = time.monotonic()
        if now - start < _DELAY or (shown and now - last < _EVERY):
            return
        shown, last = True, now
        rate = f"{done / (now - start):,.0f} articles/s"
        if total and done:
            filled = min(_WIDTH, _WIDTH * done // total)
            write(f"{full * filled}{empty * (_WIDTH - filled)} {done:,} of {total:,}, {rate}", False)
        else:
            write(f"{done:,} articles, {rate}" if done else "working …", False)

    def close() -> None:
        if not shown:
            return
        done = f"{most:,} of {total:,} articles" if total and 0 < most < total else f"{total or most:,} articles"
        write(f"{done} in {time.monotonic() - start:.1f} s", True)

    return tell, close


def _writer() -> Callable[[str, bool], None]:
    """Return a function that replaces the line of the bar, perhaps for good."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None) is None:
        return lambda line, last: _terminal.write(f"\r{line}\x1b[K" + "\n" * last)
    handle: Any = None

    def display(line: str, last: bool) -> None:
        from IPython.display import display as show

        nonlocal handle
        if handle is None:
            handle = show({"text/plain": line}, raw=True, display_id=True)
        else:
            handle.update({"text/plain": line}, raw=True)

    return display
