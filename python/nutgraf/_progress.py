"""A progress bar for work that takes a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from nutgraf import _terminal

__all__: list[str] = []

# The bar appears after this many seconds.
_DELAY = 0.4
_WIDTH = 30


def bar(total: int | None) -> tuple[Callable[[int], None], Callable[[], None]]:
    """Make a progress bar on standard error.

    Returns a function that reports the number of articles done, and one that closes the
    bar.

    Parameters
    ----------
    total : int or None
        The number of articles, if known.
    """
    start = time.monotonic()
    shown = False
    full, empty = "█░" if _terminal.can_show("█░") else "#-"

    def tell(done: int) -> None:
        nonlocal shown
        seconds = time.monotonic() - start
        if seconds < _DELAY:
            return
        shown = True
        rate = f"{done / seconds:,.0f} articles/s"
        if total:
            filled = min(_WIDTH, _WIDTH * done // total)
            line = f"{full * filled}{empty * (_WIDTH - filled)} {done:,} of {total:,}, {rate}"
        else:
            line = f"{done:,} articles, {rate}"
        _terminal.write(f"\r{line}\x1b[K")

    def close() -> None:
        if shown:
            _terminal.write("\n")

    return tell, close
