"""Progress: a bar, a function, tqdm, a notebook, and the log."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

import nutgraf as ng
from nutgraf import _progress

TEXTS = ["date 2019-01-08 Angela Merkel flew to Paris, and Mrs Merkel met the president of France."] * 20_000


@pytest.fixture(scope="module")
def corpus() -> ng.Corpus:
    return ng.Corpus(TEXTS)


def test_a_function_is_called_for_each_stage_and_the_end(corpus: ng.Corpus) -> None:
    told: list[tuple[str, int, int | None]] = []
    ng.Corpus(TEXTS, progress=lambda *now: told.append(now))
    assert told[-1] == ("reading", len(TEXTS), len(TEXTS))
    told.clear()
    corpus[:19_999].entities(progress=lambda *now: told.append(now))
    assert [stage for stage, _, _ in told] == sorted(stage for stage, _, _ in told)
    assert told[-1] == ("resolving names", 19_999, 19_999)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_dict_of_columns_is_not_counted_by_its_columns() -> None:
    told: list[tuple[str, int, int | None]] = []
    ng.Corpus({"text": TEXTS[:50], "n": list(range(50))}, progress=lambda *now: told.append(now))
    assert told[-1] == ("reading", 50, 50)


def test_updates_come_at_most_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    told: list[int] = []
    reporter = _progress.Reporter(lambda stage, done, total: told.append(done), ["reading"], None)
    for done in range(1000):
        now[0] += 0.005
        reporter.told(done)
    assert 40 <= len(told) <= 51
    reporter.ended(1000)
    assert told[-1] == 1000


def test_tqdm_is_taken_as_a_class_and_as_a_bar(corpus: ng.Corpus) -> None:
    import tqdm

    made: list[Any] = []

    class Bar(tqdm.tqdm):
        def __init__(self, **options: Any) -> None:
            import io

            super().__init__(**options, file=io.StringIO())
            made.append(self)

    corpus[:19_998].mentions(progress=Bar)
    assert [(bar.n, bar.total, bar.disable) for bar in made] == [(19_998, 19_998, True)]  # closed
    bar = Bar()
    corpus[:19_997].mentions(progress=bar)
    assert (bar.n, bar.total, bar.disable) == (19_997, 19_997, False)  # left open
    bar.close()


def test_the_last_line_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(_progress, "_display", lambda: lines.append)
    monkeypatch.setattr(_progress, "_DELAY", 0.0)
    ng.Corpus(TEXTS, progress=True)
    assert lines[-1].startswith("20,000 articles in ")
    assert lines[0].startswith("reading ")


def test_a_notebook_has_one_output() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    source = f"import nutgraf as ng\ncorpus = ng.Corpus({TEXTS[:1]!r} * 200_000, progress=True)\n"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbclient.NotebookClient(book, timeout=120).execute()
    outputs = book.cells[0].outputs
    assert [output.output_type for output in outputs] == ["display_data"]
    assert outputs[0].data["text/plain"].startswith("200,000 articles in ")


def test_the_log_says_what_was_read_and_skipped(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="nutgraf"):
        ng.Corpus(["date 2019-02-30 x", "Rain."], errors="skip").entities()
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "read 2 records: 1 articles, 1 skipped" in said
    assert "2019-02-30" in said
    assert "finding names and resolving names: 1 articles in" in said


def test_progress_is_one_of_those() -> None:
    for wrong in (None, 7, "yes", object()):
        with pytest.raises(TypeError, match="progress takes True, False, a function or tqdm"):
            ng.Corpus(["Rain."], progress=wrong)
