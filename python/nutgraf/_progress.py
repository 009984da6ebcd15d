"""A progress bar for work that takes longer than a blink."""

from __future__ import annotations

import time
from collections.abc import Callable

from nutgraf import _terminal

__all__: list[str] = []

_BLINK = 0.4
_WIDTH = 30


def bar(total: int | None) -> tuple[Callable[[int], None], Callable[[], None]]:
    """Give the two ends of a progress bar on standard error: one to tell it of articles done, one to close it.

    Parameters
    ----------
    total : int or None
        How many articles there are, where that is known.
    """
    start = time.monotonic()
    shown = False
    full, empty = "█░" if _terminal.can_show("█░") else "#-"

    def tell(done: int) -> None:
        nonlocal shown
        seconds = time.monotonic() - start
        if seconds < _BLINK:
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
