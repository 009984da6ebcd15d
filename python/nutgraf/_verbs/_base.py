"""What every family of verbs stands on: the compiled corpus, and the readers of shared options."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nutgraf import _core, _options, _progress
from nutgraf._options import Zones
from nutgraf.errors import ConfigError

T = TypeVar("T")


class Verbs:
    """What a family of verbs may use."""

    __slots__ = ()

    _core: _core.Corpus
    _threads: int | None

    def __len__(self) -> int:
        return len(self._core)


def zone_names(zones: Zones) -> list[str]:
    """Read ``zones=``: the names of at least one zone."""
    names = _options.names("zones", zones)
    if not names:
        raise ConfigError("no zone is named; expected at least one", kind="bad_option", field="zones")
    return names


def watched(progress: bool, total: int | None, work: Callable[[Callable[[int], None] | None], T]) -> T:
    """Do the work, with a progress bar where one is asked for."""
    if not progress:
        return work(None)
    tell, close = _progress.bar(total)
    try:
        return work(tell)
    finally:
        close()
