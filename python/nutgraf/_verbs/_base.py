"""The base of every family of verbs: the compiled corpus, and the progress bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nutgraf import _core, _options, _progress
from nutgraf.errors import ConfigError
from nutgraf.table import Table

T = TypeVar("T")


class Verbs:
    """The attributes that verbs use."""

    __slots__ = ()

    _core: _core.Corpus
    _threads: int | None

    def __len__(self) -> int:
        return len(self._core)

    def _beside(self, table: Table, names: list[str]) -> Table:
        """Add fields of the articles as the last columns of a table."""
        if not names:
            return table
        articles = self._core.articles(["headline", "body"])
        columns = [name for name, _ in articles.schema()]
        for name in names:
            if name not in columns:
                raise ConfigError(
                    f"there is no field {name!r}; there are {', '.join(self._core.fields())}",
                    kind="missing_column",
                    field="fields",
                )
        positions = [self._core.position(article) or 0 for article in table["article"]]
        chosen = articles.select([columns.index(name) for name in names]).take(positions)
        return Table(table._table.beside(chosen))


def watched(progress: bool, total: int | None, work: Callable[[Callable[[int], None] | None], T]) -> T:
    """Do the work, with a progress bar if requested."""
    if not _options.truth("progress", progress):
        return work(None)
    tell, close = _progress.bar(total)
    try:
        return work(tell)
    finally:
        close()
