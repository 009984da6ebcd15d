"""Hostile input gets a result, or an error that says what, where and what was expected; no panic,
no hang.
"""

from __future__ import annotations

import faulthandler
import math
import pickle
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import nutgraf as ng

from .hostile import BAD, GOOD, RIGHT, WRONG, Bad, Good, Right, Wrong, texts

SECONDS = 20
LARGE = 100_000


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    """Fail a case that takes too long; end the run if even the signal has no effect."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"still busy after {SECONDS} seconds")

    faulthandler.dump_traceback_later(3 * SECONDS, exit=True)
    before = signal.signal(signal.SIGALRM, ring) if hasattr(signal, "SIGALRM") else None
    if before is not None:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    yield
    if before is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    faulthandler.cancel_dump_traceback_later()


def named(cases: list[Any]) -> list[Any]:
    return [pytest.param(case, id=case.name.encode("unicode_escape").decode()[:80]) for case in cases]


def caught(call: Callable[[], Any]) -> Exception:
    """The exception of a call that must fail. A panic is not an `Exception` and passes through."""
    try:
        result = call()
    except Exception as error:
        return error
    pytest.fail(f"no error; the result is {result!r:.300}")


def check_message(error: BaseException, says: tuple[str, ...]) -> None:
    message = str(error)
    for part in says:
        assert part in message, f"{part!r} is not said in: {message[:500]}"
    for debris in ("Error {", "Some(", "unwrap", "panicked", "internal error"):
        assert debris not in message, message[:500]


def check_place(error: ng.NutgrafError, place: dict[str, int | str]) -> None:
    for name, expected in place.items():
        found = getattr(error, name)
        if name == "source":
            assert found is not None, f"no source is told: {error}"
            assert Path(found).name == expected
        else:
            assert found == expected, f"{name} is {found}: {error}"
        if name in ("article", "line", "byte"):
            assert f"{name} {expected}" in str(error)


def check_report(corpus: ng.Corpus) -> None:
    report = corpus.report
    assert report.n_in == report.n_ok + report.n_failed
    assert report.n_ok == len(corpus)
    assert report.n_failed == len(report.failures)
    assert all(report.failures["message"])
    assert all(report.failures["kind"])
    assert report.failures["article"] == sorted(set(report.failures["article"]))


def check_spans(corpus: ng.Corpus, table: ng.Table) -> None:
    strings: dict[Any, list[str]] = {}
    for row in table:
        article = row["article"]
        if article not in strings:
            strings[article] = [corpus.text(article, field=name) for name in ("text", "headline", "byline")]
        assert row["text"] or row.get("credit"), "only a credit that stands alone has no text beside it"
        assert row["text"] in [string[row["start"] : row["end"]] for string in strings[article]]


def check_verbs(corpus: ng.Corpus) -> None:
    """Every verb returns, its rows slice back, and its numbers agree with those of the others."""
    articles = corpus.articles(zones="all")
    assert len(articles) == len(corpus)
    assert len(articles.to_pandas()) == len(articles.to_polars()) == len(articles.to_arrow()) == len(corpus)
    counts, names, _ = corpus.matrix(zones="all")
    terms = corpus.terms(zones="all")
    assert counts.shape == (len(corpus), len(names))
    assert sorted(names) == sorted(terms["term"])
    assert counts.sum() == sum(terms["count"]) == int(terms.metadata["total"])
    if sum(map(len, texts(corpus[:100]))) + len(corpus) > LARGE:
        return
    assert pickle.loads(pickle.dumps(articles)) == articles
    assert repr(articles)
    assert "<tbody>" in articles._repr_html_()
    assert repr(corpus).startswith(str(corpus))
    assert sum(corpus.tfidf(zones="all")["count"]) == sum(terms["count"])
    assert corpus.dispersion(zones="all")["term"] == terms["term"]
    for table in (
        corpus.collocations(window=2, zones="all"),
        corpus.cooccurrence(zones="all"),
        corpus.search("the", zones="all"),
    ):
        assert not any(isinstance(cell, float) and math.isnan(cell) for row in table for cell in row.values())
    tables = {name: getattr(corpus, name)(zones="all") for name in ("zones", "sentences", "tokens", "mentions")}
    for table in tables.values():
        check_spans(corpus, table)
    assert len(tables["tokens"]) == sum(articles["tokens"])
    assert len(tables["sentences"]) == sum(articles["sentences"])
    assert sum(corpus.entities(zones="all")["mentions"]) == len(tables["mentions"])


def same(a: Any, b: Any) -> bool:
    return (a == b and type(a) is type(b)) or (isinstance(a, float) and isinstance(b, float) and math.isnan(a + b))


@pytest.mark.parametrize("case", named(GOOD))
def test_what_looks_wrong_and_is_right_is_taken(case: Good, tmp_path: Path) -> None:
    corpus = case.make(tmp_path, "raise")
    assert same(case.view(corpus), case.gives), f"{case.view(corpus)!r:.300}"
    assert corpus.report.n_failed == 0
    check_report(corpus)
    check_verbs(corpus)


@pytest.mark.parametrize("case", named(BAD))
def test_a_bad_record_stops_the_batch_and_says_where(case: Bad, tmp_path: Path) -> None:
    error = caught(lambda: case.make(tmp_path, "raise"))
    assert isinstance(error, ng.ParseError), f"{type(error).__name__}: {error}"
    assert error.kind == case.kind, str(error)[:500]
    check_message(error, case.says)
    check_place(error, case.place)
    assert len(str(error)) < 1000
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize("case", named(BAD))
def test_a_bad_record_is_skipped_and_reported(case: Bad, tmp_path: Path) -> None:
    corpus = case.make(tmp_path, "skip")
    check_report(corpus)
    report = corpus.report
    assert (report.n_in, report.n_failed) == (case.n_in, len(case.failed))
    assert report.failures["article"] == list(case.failed)
    first = report.failures.to_dicts()[0]
    assert first["kind"] == case.kind
    for name, expected in case.place.items():
        assert first[name] is not None, f"no {name} is told: {first['message']:.500}"
        assert (Path(first[name]).name if name == "source" else first[name]) == expected
    for part in case.says:
        assert part in first["message"]
    assert texts(corpus) == list(case.keeps)
    check_verbs(corpus)


@pytest.mark.parametrize("case", named(WRONG))
def test_a_wrong_call_is_an_error_that_says_what_was_expected(case: Wrong, tmp_path: Path) -> None:
    error = caught(lambda: case.call(tmp_path))
    assert isinstance(error, case.error), f"{type(error).__name__}: {error!s:.500}"
    check_message(error, case.says)
    if case.kind is not None:
        assert isinstance(error, ng.NutgrafError)
        assert error.kind == case.kind
    if case.field is not None:
        assert isinstance(error, ng.NutgrafError)
        assert error.field == case.field, f"{error.field}: {error}"


@pytest.mark.parametrize("case", named(RIGHT))
def test_the_edge_has_an_answer(case: Right) -> None:
    found = case.call()
    assert found == case.gives


def test_the_table_is_large_and_its_names_are_its_own() -> None:
    cases = [*GOOD, *BAD, *WRONG, *RIGHT]
    assert len(cases) > 400
    assert len({case.name for case in cases}) == len(cases)
