"""The base of every family of verbs: the compiled corpus, and the progress bar."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import ParamSpec, TypeVar

from nutgraf import _core, _frames, _progress
from nutgraf._progress import Progress
from nutgraf.errors import ConfigError
from nutgraf.table import Table

P = ParamSpec("P")
T = TypeVar("T")

# The flag of functions with ``**options``.
_TAKES_ANY = 0x08


class Answering:
    """Methods that answer an unknown option with the one that was meant."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for name, member in list(vars(cls).items()):
            if isinstance(member, FunctionType) and (not name.startswith("_") or name == "__init__"):
                setattr(cls, name, answering(member))


class Verbs(Answering):
    """The attributes that verbs use."""

    __slots__ = ()

    _core: _core.Corpus
    _threads: int | None
    _frame: _frames.Source | None

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


def _labelled(result: T, *subjects: object) -> T:
    """Note in a table the frame of its articles, if its index has other values."""
    if isinstance(result, Table) and subjects:
        frame: _frames.Source | None = getattr(subjects[0], "_frame", None)
        result._origin = frame if frame is not None and _frames.is_renamed(frame[1]) else None
    return result


def answering(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function that answers an unknown option with the one that was meant."""
    code = function.__code__  # the module inspect is slow to import
    known = [name for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if name != "self"]
    if not known or code.co_flags & _TAKES_ANY:
        return function

    def method(*args: P.args, **options: P.kwargs) -> T:
        if not known_options.issuperset(options):
            raise refused(next(name for name in options if name not in known_options))
        return labelled(function(*args, **options), *args)

    def refused(name: str) -> TypeError:
        import difflib

        called = function.__qualname__.removesuffix(".__init__").split(".")[-1]
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        answer = f"did you mean {close[0]}=" if close else f"there are {', '.join(known)}"
        return TypeError(f"{called}() has no option {name!r}; {answer}")

    known_options, labelled = frozenset(known), _labelled
    # With the names of its module, doctest and debuggers find the function where it was written.
    same_module = FunctionType(method.__code__, function.__globals__, closure=method.__closure__)
    return functools.update_wrapper(same_module, function)


def watched(
    progress: Progress,
    total: int | None,
    work: Callable[[Callable[[int], None] | None], T],
    *,
    stages: Sequence[str] = ("finding names", "resolving names"),
    count: Callable[[T], int] | None = None,
) -> T:
    """Do the work, report its progress if requested, and log how long it took.

    ``count`` returns the number of articles in the result, if that is not ``total``.
    """
    is_silent = isinstance(progress, bool) and not progress
    reporter = _progress.Reporter((lambda *_: None) if is_silent else progress, stages, total)
    articles = None
    try:
        result = work(None if is_silent else reporter.told)
        articles = (total or 0) if count is None else count(result)
    finally:
        reporter.ended(articles)
    _progress.log("%s: %s articles in %.2f s", " and ".join(stages), f"{articles:,}", reporter.seconds)
    return result
