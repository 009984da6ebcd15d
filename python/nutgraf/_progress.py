"""Progress of work that takes a while: a bar, a function or tqdm, and the log.

A bar is a line of a terminal, or one output of a notebook that is updated in place.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

from nutgraf import _options, _terminal

__all__: list[str] = []

# True, a function of the stage and the articles done and in all, or tqdm: the class or a bar.
Progress: TypeAlias = bool | Callable[..., object]

# The bar appears after this many seconds, and is updated after this many.
_DELAY = 0.4
_PAUSE = 0.1
_WIDTH = 30


class _Sink(Protocol):
    """Where progress is shown."""

    def told(self, stage: str, done: int, total: int | None, seconds: float) -> None: ...

    def ended(self, line: str | None) -> None: ...


class Reporter:
    """Passes on how far some work is, at most ten times a second.

    ``stages`` says what the work does, in order; a stage ends when all articles have
    passed it. ``total`` is their number, if known.
    """

    def __init__(self, progress: object, stages: Sequence[str], total: int | None) -> None:
        self._sink = _sink(progress, total)
        self._stages = stages
        self._total = total
        self._start = time.monotonic()
        self._last = self._start - _PAUSE
        self._stage = ""
        self._done = -1

    @property
    def seconds(self) -> float:
        """The time since the work began."""
        return time.monotonic() - self._start

    def told(self, done: int) -> None:
        """Take the number of articles done."""
        is_done = bool(self._total) and done >= (self._total or 0)
        stage = self._stages[-1] if is_done else self._stages[0]
        now = time.monotonic()
        if now - self._last < _PAUSE and stage == self._stage:
            return
        self._last, self._stage, self._done = now, stage, done
        self._sink.told(stage, done, self._total, now - self._start)

    def ended(self, articles: int | None) -> None:
        """Take the number of all articles, or None if the work failed."""
        if articles is None:
            self._sink.ended(None)
            return
        stage = self._stages[-1]
        if (stage, articles) != (self._stage, self._done):
            self._sink.told(stage, articles, articles, self.seconds)
        self._sink.ended(f"{articles:,} articles in {self.seconds:.1f} s")


def _sink(progress: object, total: int | None) -> _Sink:
    if progress is True:
        return _Bar(_display())
    if isinstance(progress, type) and hasattr(progress, "update"):
        return _Tqdm(progress(total=total, unit=" articles"), is_ours=True)
    if hasattr(progress, "update") and hasattr(progress, "refresh"):
        return _Tqdm(progress, is_ours=False)
    if callable(progress):
        return _Function(progress)
    raise _options.wrong_type("progress", "True, False, a function or tqdm", progress)


class _Function:
    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call

    def told(self, stage: str, done: int, total: int | None, seconds: float) -> None:
        self._call(stage, done, total)

    def ended(self, line: str | None) -> None:
        pass


class _Tqdm:
    def __init__(self, bar: Any, *, is_ours: bool) -> None:
        self._bar, self._is_ours = bar, is_ours

    def told(self, stage: str, done: int, total: int | None, seconds: float) -> None:
        bar = self._bar
        if total is not None and bar.total != total:
            bar.total = total
        if hasattr(bar, "set_description"):
            bar.set_description(stage, refresh=False)
        bar.update(done - bar.n)
        bar.refresh()

    def ended(self, line: str | None) -> None:
        if self._is_ours:
            self._bar.close()


class _Bar:
    """A bar in a notebook, or on standard error."""

    def __init__(self, show: Callable[[str], None] | None) -> None:
        self._show = show
        self._shown = False
        self._full, self._empty = "█░" if show or _terminal.can_show("█░") else "#-"

    def told(self, stage: str, done: int, total: int | None, seconds: float) -> None:
        # Without a terminal, a log would hold every state of the bar.
        if seconds < _DELAY or not (self._show or _terminal.is_watched()):
            return
        self._shown = True
        rate = f"{done / seconds:,.0f} articles/s"
        if total:
            filled = min(_WIDTH, _WIDTH * done // total)
            bar = f"{self._full * filled}{self._empty * (_WIDTH - filled)}"
            self._print(f"{stage} {bar} {done:,} of {total:,}, {rate}")
        else:
            self._print(f"{stage}: {done:,} articles, {rate}")

    def ended(self, line: str | None) -> None:
        if self._shown and line is not None:
            self._print(line)
        if self._shown and self._show is None:
            _terminal.write("\n")

    def _print(self, line: str) -> None:
        if self._show is not None:
            self._show(line)
        else:
            _terminal.write(f"\r{line}\x1b[K")


def _display() -> Callable[[str], None] | None:
    """Return a function that updates one output of a notebook, or None elsewhere."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None) is None:
        return None
    from IPython.display import display

    handle = None

    def show(line: str) -> None:
        nonlocal handle
        data = {"text/plain": line}
        if handle is None:
            handle = display(data, raw=True, display_id=True)
        else:
            handle.update(data, raw=True)

    return show


def is_logged() -> bool:
    """Whether the log "nutgraf" takes messages for debugging."""
    # Without the module, nothing listens.
    logging = sys.modules.get("logging")
    return logging is not None and logging.getLogger("nutgraf").isEnabledFor(logging.DEBUG)


def log(message: str, *values: object) -> None:
    """Write to the log "nutgraf" at the level of debugging."""
    if is_logged():
        import logging

        logging.getLogger("nutgraf").debug(message, *values)
