"""A stream gives articles a batch at a time; together, they are what ``read`` gives."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import multiprocessing
import tarfile
import threading
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import nutgraf as ng

ROWS = [{"text": f"Rain fell on Town{n}. Ann Lee spoke.", "n": n, "desk": "AB"[n % 2]} for n in range(60)]


def lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same kinds of articles in files of many formats, some of them in parts of the path."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "a.jsonl").write_bytes(lines(ROWS[:25]) + b'{"text": \n' + lines(ROWS[25:30]))
    (folder / "b.json").write_text(json.dumps(ROWS[30:41]))
    (folder / "c.csv").write_text("text,n,code,empty\n" + "".join(f"Rain {n}.,{n},0{n},\n" for n in range(9)))
    (folder / "d.txt").write_text("date 2019-01-08 Rain.\n\ndate 2019-01-09 Sun.\n")
    (folder / "e.jsonl.gz").write_bytes(gzip.compress(lines(ROWS[41:])))
    (folder / "day=2019-01-08").mkdir()
    (folder / "day=2019-01-08" / "f.jsonl").write_bytes(lines(ROWS[:3]))
    with tarfile.open(folder / "g.tar", "w") as archive:
        for n in range(5):
            page = f"<html><body><article><p>Page {n} has rain, and a second sentence.</p></article>".encode()
            entry = tarfile.TarInfo(f"{n}.html")
            entry.size = len(page)
            archive.addfile(entry, io.BytesIO(page))
    return folder


@pytest.mark.parametrize("batch", [1, 7, 30, 1000])
def test_the_corpora_of_a_stream_are_together_the_corpus_of_the_files(folder: Path, batch: int) -> None:
    whole = ng.read(folder, errors="skip")
    parts = list(ng.stream(folder, batch=batch, errors="skip"))
    assert {part.report.n_in for part in parts[:-1]} <= {batch}
    assert 0 < parts[-1].report.n_in <= batch
    united = ng.concat(parts)
    assert sorted(united.fields) == sorted(whole.fields)
    for row, other in zip(whole.articles(), united.articles(), strict=True):
        assert {name: other[name] for name in row} == row
    assert united.tokens() == whole.tokens()
    assert united.entities() == whole.entities()
    assert [row["message"].partition(": ")[2] for row in united.report.failures] == [
        row["message"].partition(": ")[2] for row in whole.report.failures
    ]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_number_of_threads_changes_no_corpus(folder: Path, threads: int) -> None:
    parts = list(ng.stream(folder, batch=16, errors="skip", threads=threads))
    expected = list(ng.stream(folder, batch=16, errors="skip", threads=2))
    assert [part.articles() for part in parts] == [part.articles() for part in expected]
    assert [part.report.notes for part in parts] == [part.report.notes for part in expected]


def test_reading_ahead_and_cutting_never_wait_for_each_other(tmp_path: Path) -> None:
    for n in range(300):
        (tmp_path / f"{n:03}.jsonl").write_bytes(lines(ROWS[n % 50 : n % 50 + 2]))
    for _ in range(10):
        assert sum(len(part) for part in ng.stream(tmp_path, batch=40, threads=2)) == 600


def test_long_files_are_cut_within(tmp_path: Path) -> None:
    rows = [{"text": f"Rain {n} " + "fell and fell " * 30, "n": n} for n in range(9_000)]
    (tmp_path / "long.jsonl").write_bytes(lines(rows))
    (tmp_path / "long.csv").write_text("text,n\n" + "".join(f"{row['text']},{row['n']}\n" for row in rows))
    for name in ("long.jsonl", "long.csv"):
        parts = list(ng.stream(tmp_path / name, batch=5_000))
        assert [len(part) for part in parts] == [5_000, 4_000]
        numbers = [
            row for part in parts for row in zip(*(part.articles()[name] for name in ("article", "n")), strict=True)
        ]
        assert numbers == [(n, n) for n in range(9_000)]
        assert ng.concat(parts).articles() == ng.read(tmp_path / name).articles()


def test_a_column_of_ids_holds_the_ids_if_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines([{"text": "Rain.", "id": f"x{n // 2}"} for n in range(4)]))
    numbered = list(ng.stream(path, batch=3))
    assert [part.articles()["article"] for part in numbered] == [[0, 1, 2], [3]]
    assert numbered[0].articles()["id"] == ["x0", "x0", "x1"]
    with pytest.raises(ng.ParseError, match='the id "x0" stands twice'):
        list(ng.stream(path, batch=3, id="id"))
    named = list(ng.stream(path, batch=3, id="id", errors="skip"))
    assert [part.articles()["article"] for part in named] == [["x0", "x1"], ["x1"]]


def test_a_damaged_file_is_a_bad_record_after_those_before_the_damage(tmp_path: Path) -> None:
    random = Random(7)
    packed = gzip.compress(lines([{"text": f"Rain {random.randbytes(200).hex()}."} for _ in range(10_000)]))
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    assert len(ng.read(tmp_path, errors="skip")) == 0
    parts = list(ng.stream(tmp_path, batch=1_000, errors="skip"))
    assert 2_000 < sum(map(len, parts)) < 5_000
    assert [part.report.n_failed for part in parts] == [0] * (len(parts) - 1) + [1]
    assert parts[-1].report.failures["kind"] == ["bad_file"]
    stream = ng.stream(tmp_path, batch=1_000)
    assert len(next(stream)) == 1_000
    with pytest.raises(ng.ParseError, match=r"a\.jsonl\.gz"):
        list(stream)
    assert list(stream) == []


def test_rows_come_from_frames_arrow_streams_and_dicts() -> None:
    table = pa.Table.from_pylist(ROWS)
    expected = ng.Corpus(ROWS).articles()
    for source in (
        table,
        table.to_reader(11),
        pd.DataFrame(ROWS),
        pl.DataFrame(ROWS),
        ROWS,
        iter(ROWS),
    ):
        parts = list(ng.stream(source, batch=25))
        assert [len(part) for part in parts] == [25, 25, 10]
        assert ng.concat(parts).articles() == expected
    with pytest.raises(TypeError, match="collect it first"):
        ng.stream(pl.LazyFrame(ROWS))


def test_parquet_files_are_read_a_few_rows_at_a_time(tmp_path: Path) -> None:
    for outlet in "AB":
        (tmp_path / f"outlet={outlet}").mkdir()
        pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / f"outlet={outlet}" / "x.parquet", row_group_size=9)
    (tmp_path / "outlet=B" / "y.parquet").write_bytes(b"PAR1, but no more")
    parts = list(ng.stream(tmp_path, batch=50, errors="skip"))
    assert [part.report.n_in for part in parts] == [50, 50, 21]
    assert ng.concat(parts).articles() == ng.read(tmp_path, errors="skip").articles()


def test_wrong_options_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    for wrong in ({"batch": 0}, {"format": "pdf"}, {"layout": "wide"}, {"threads": 0}, {"infer_dates": "sky"}):
        with pytest.raises(ng.ConfigError):
            ng.stream(ng.samples(), **wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="did you mean batch="):
        ng.stream(ng.samples(), bach=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        ng.stream(ng.samples(), batch="many")  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        ng.stream(tmp_path / "nowhere.jsonl")


def reading_ahead() -> int:
    """The number of threads that read ahead."""
    names = []
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # it has just ended
            names.append(task.joinpath("comm").read_text())
    return sum(name.startswith("nutgraf-feed") for name in names)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list the threads of a process")
def test_a_stream_that_is_left_early_leaves_no_thread(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(ROWS * 5_000))
    stream = ng.stream(path, batch=10)
    next(stream)
    assert reading_ahead() == 1
    del stream
    for _ in range(500):
        if not reading_ahead():
            return
        threading.Event().wait(0.01)
    pytest.fail("the thread that reads ahead is still there")


def _after_fork(stream: Any, queue: Any) -> None:
    try:
        next(stream)
    except Exception as error:
        queue.put(str(error))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="the system does not fork")
def test_a_stream_is_of_one_process(tmp_path: Path) -> None:
    stream = ng.stream(ng.samples(), batch=10)
    next(stream)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=_after_fork, args=(stream, queue))
    process.start()
    assert "before the process forked" in queue.get(timeout=20)
    process.join()
    assert len(next(stream)) == 10
