"""The kinds of cases, and functions that make them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import nutgraf as ng

Make = Callable[[Path, str], ng.Corpus]


def texts(corpus: ng.Corpus) -> list[str]:
    """Return the texts of all articles."""
    return [corpus.text(article) for article in corpus.articles()["article"]]


@dataclass(frozen=True)
class Good:
    """Articles that look wrong but are valid: none is skipped, and `view` returns `gives`."""

    name: str
    make: Make
    gives: Any
    view: Callable[[ng.Corpus], Any] = field(default=texts)


@dataclass(frozen=True)
class Bad:
    """A batch with bad records: `"raise"` stops at the first one and locates it, `"skip"` keeps the
    others.
    """

    name: str
    make: Make
    kind: str
    says: tuple[str, ...]
    place: dict[str, int | str]
    n_in: int = 1
    failed: tuple[int, ...] = (0,)
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """A call that fails whatever the value of `errors`."""

    name: str
    call: Callable[[Path], Any]
    error: type[Exception] | tuple[type[Exception], ...]
    says: tuple[str, ...]
    kind: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Right:
    """A valid call at the edge of its range."""

    name: str
    call: Callable[[], Any]
    gives: Any


def field_of(name: str) -> Callable[[ng.Corpus], list[Any]]:
    """A view: one column of the articles."""
    return lambda corpus: corpus.articles()[name]


def total(name: str) -> Callable[[ng.Corpus], int]:
    """A view: the sum of one column of the articles."""
    return lambda corpus: int(corpus.articles().to_pandas()[name].sum())


def zones(corpus: ng.Corpus) -> list[tuple[str, str]]:
    """A view: name and text of all zones."""
    table = corpus.zones()
    return list(zip(table["zone"], table["text"], strict=True))


def notes(corpus: ng.Corpus) -> list[tuple[str, int]]:
    """A view: kind and byte of each repaired problem."""
    table = corpus.report.notes
    return list(zip(table["kind"], table["byte"], strict=True))


def places(corpus: ng.Corpus) -> list[tuple[str, int, int]]:
    """A view: kind, line and byte of each repaired problem."""
    table = corpus.report.notes
    return list(zip(table["kind"], table["line"], table["byte"], strict=True))


def batch(articles: Any, **options: Any) -> Make:
    """Make a corpus of articles in memory; a callable makes new ones each time."""
    return lambda folder, errors: ng.Corpus(articles() if callable(articles) else articles, errors=errors, **options)


def file(name: str, content: str | bytes, **options: Any) -> Make:
    """Make a corpus of one file."""
    return lambda folder, errors: ng.read(put(folder, name, content), errors=errors, **options)


def files(contents: dict[str, str | bytes], **options: Any) -> Make:
    """Make a corpus of several files."""
    return lambda folder, errors: ng.read(
        [put(folder, name, content) for name, content in contents.items()], errors=errors, **options
    )


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def dates(*values: Any) -> Make:
    """Make a corpus whose articles have these dates."""
    return batch(lambda: {"text": ["x"] * len(values), "date": list(values)})


def arrow(names: Iterable[str], *columns: pa.Array) -> pa.Table:
    """Make an Arrow table, in which a name may occur twice."""
    return pa.Table.from_arrays(list(columns), names=list(names))


def parquet(table: pa.Table) -> bytes:
    """Make the content of a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def wrong(
    name: str,
    call: Callable[[], Any],
    error: type[Exception] | tuple[type[Exception], ...],
    *says: str,
    kind: str | None = None,
    field: str | None = None,
) -> Wrong:
    """Make a case for a call that needs no files."""
    return Wrong(name, lambda folder: call(), error, says, kind, field)


def option(name: str, call: Callable[[], Any], *says: str, field: str) -> Wrong:
    """Make a case for an option whose value is out of range."""
    return wrong(name, call, ng.ConfigError, *says, kind="bad_option", field=field)


DAY = dt.date(2019, 1, 8)

TWO = ["Rain fell.", "The sun rose."]

FRAME = {"text": TWO, "source": ["A", "B"]}

# A bad record between two good ones.
MIDDLE: dict[str, Any] = {"n_in": 3, "failed": (1,), "keeps": ("x", "y")}


CORPUS = ng.Corpus(
    {
        "text": ["date 2019-01-08 Rain fell on Lisbon.", "The sun rose.", "Rain, rain."],
        "source": ["A", "B", "A"],
        "n": [1, 2, 3],
        "date": ["2019-01-08", "2019-01-09", None],
    }
)

TERMS = CORPUS.terms()

FIELDS = "article, date, headline, place, byline, source, n"
