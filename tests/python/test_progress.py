"""The progress bar appears late, changes ten times a second, and ends with what was done."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

import pytest

from nutgraf import _progress, _terminal


class Clock:
    """A clock that the test moves."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(_progress, "time", clock)
    return clock


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written: list[str] = []
    monkeypatch.setattr(_terminal, "write", written.append)
    return written


def run(clock: Clock, total: int | None, seconds: float, done: Callable[[float], int]) -> None:
    tell, close = _progress.bar(total)
    for step in range(int(seconds * 200)):
        clock.now = 100.0 + step / 200
        tell(done(step / 200))
    close()


def test_quick_work_shows_nothing(clock: Clock, lines: list[str]) -> None:
    run(clock, 100, 0.3, lambda seconds: 100)
    assert lines == []


def test_a_bar_changes_ten_times_a_second_and_ends_with_the_whole(clock: Clock, lines: list[str]) -> None:
    run(clock, 1000, 2.0, lambda seconds: min(1000, int(seconds * 600)))
    assert 15 <= len(lines) <= 18
    assert lines[-1] == "\r1,000 articles in 2.0 s\x1b[K\n"


def test_work_that_stops_early_says_how_far_it_came(clock: Clock, lines: list[str]) -> None:
    run(clock, 1000, 1.0, lambda seconds: int(seconds * 100))
    assert lines[-1] == "\r99 of 1,000 articles in 1.0 s\x1b[K\n"


def test_work_without_articles_has_no_rate_of_zero(clock: Clock, lines: list[str]) -> None:
    run(clock, 1000, 1.0, lambda seconds: 0)
    assert "working" in lines[0]
    assert lines[-1] == "\r1,000 articles in 1.0 s\x1b[K\n"


def test_a_notebook_has_one_output_which_is_updated(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Handle:
        def update(self, data: dict[str, str], raw: bool) -> None:
            shown.append(data["text/plain"])

    def display(data: dict[str, str], raw: bool, display_id: bool) -> Any:
        shown.append("new: " + data["text/plain"])
        return Handle()

    shell = types.SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "IPython.display", types.SimpleNamespace(display=display))
    run(clock, 10, 1.0, lambda seconds: int(seconds * 10))
    assert [line.startswith("new: ") for line in shown].count(True) == 1
    assert shown[-1] == "9 of 10 articles in 1.0 s"
