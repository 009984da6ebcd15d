"""The base of every family of verbs: the compiled corpus, and the progress bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nutgraf import _core, _options, _progress

T = TypeVar("T")


class Verbs:
    """The attributes that verbs use."""

    __slots__ = ()

    _core: _core.Corpus
    _threads: int | None

    def __len__(self) -> int:
        return len(self._core)


def watched(progress: bool, total: int | None, work: Callable[[Callable[[int], None] | None], T]) -> T:
    """Do the work, with a progress bar if requested."""
    if not _options.truth("progress", progress):
        return work(None)
    tell, close = _progress.bar(total)
    try:
        return work(tell)
    finally:
        close()
