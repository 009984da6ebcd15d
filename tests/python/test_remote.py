"""Files that are elsewhere: open files, URLs, partitions, and formats mixed in one call."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import nutgraf as ng


def parquet(path: Path, **columns: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_open_files_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": "Rain."})
    with open(path, "rb") as file:
        corpus = ng.read(file)
    assert corpus.articles()["source"] == [str(path)]
    with open(path, encoding="utf-8") as file:
        assert len(ng.read(file)) == 1
    assert ng.read(io.BytesIO(b"date 2019-01-08 Ice.")).articles()["source"] == ["<file>"]
    both = ng.read([path, io.StringIO("text,n\nFog,1\n")], format=None)
    assert len(both) == 2
    assert len(ng.read(io.StringIO("text,n\nFog,1\n"), format="csv")) == 1
    table = parquet(tmp_path / "a.parquet", text=["Rain.", "Ice."])
    with open(table, "rb") as file:
        assert len(ng.read(file)) == 2


def test_urls_are_opened_by_fsspec() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe("/news/a.csv", b"text;n\nIce, fog;1\n")
    memory.pipe("/news/sub/b.txt", b"date 2019-01-08 Rain.")
    memory.pipe("/news/c.pdf", b"%PDF-")
    assert ng.read("memory://news/a.csv").articles()["source"] == ["memory:///news/a.csv"]
    assert len(ng.read("memory://news")) == 2
    assert len(ng.read("memory://news/*.csv")) == 1
    assert ng.read(["memory://news/sub/b.txt", "memory://news/a.csv"]).articles()["n"] == [None, 1]
    with pytest.raises(FileNotFoundError, match=r"there is no file 'memory://news/z\.txt'"):
        ng.read("memory://news/z.txt")
    with pytest.raises(ng.ParseError, match="PDF"):
        ng.read("memory://news/c.pdf")


def test_a_url_without_fsspec_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['fsspec'] = None\n"
        "import nutgraf as ng\n"
        "try: ng.read('s3://bucket/a.txt')\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "'s3://bucket/a.txt' needs fsspec: pip install fsspec"


def test_every_format_says_source_and_start(tmp_path: Path) -> None:
    table = parquet(tmp_path / "a.parquet", text=["Rain.", "Ice."])
    articles = ng.read(table).articles()
    assert (articles["source"], articles["source_start"]) == ([str(table)] * 2, [0, 1])


def test_partitions_are_fields(tmp_path: Path) -> None:
    lines(tmp_path / "date=2019-01-08" / "outlet=The%20Sun" / "a.jsonl", {"text": "Rain."})
    lines(tmp_path / "date=2019-01-09" / "outlet=Herald" / "a.jsonl", {"text": "Ice.", "outlet": "own"})
    corpus = ng.read(tmp_path)
    assert [str(day) for day in corpus.articles()["date"]] == ["2019-01-08", "2019-01-09"]
    assert corpus.articles()["outlet"] == ["The Sun", "own"]
    for year in (2018, 2019):
        parquet(tmp_path / "tables" / f"year={year}" / "a.parquet", text=["Rain.", "Ice."])
    articles = ng.read(tmp_path / "tables").articles()
    assert (articles["year"], articles["source_start"]) == ([2018, 2018, 2019, 2019], [0, 1, 0, 1])


def test_parquet_and_others_are_read_in_one_call(tmp_path: Path) -> None:
    import datetime

    table = parquet(
        tmp_path / "year=2018" / "b.parquet", text=["Rain.", "Ice."], date=[datetime.date(2018, 1, 8), None], n=[1, 2]
    )
    other = lines(tmp_path / "a.jsonl", {"text": "Fog.", "date": "2019-01-08", "n": 3})
    text = tmp_path / "c.txt"
    text.write_text("date 2020-01-08 Hail.", encoding="utf-8")
    articles = ng.read([other, table, text]).articles()
    assert [str(day) for day in articles["date"]] == ["2019-01-08", "2018-01-08", "None", "2020-01-08"]
    assert articles["source"] == [str(other), str(table), str(table), str(text)]
    assert articles["source_start"] == [0, 0, 1, 0]
    assert (articles["n"], articles["year"]) == ([3, 1, 2, None], [None, 2018, 2018, None])
    (tmp_path / "d.parquet").write_bytes(b"PAR1 and no more")
    corpus = ng.read(tmp_path, errors="skip")
    assert (len(corpus), corpus.report.n_failed) == (4, 1)
    with pytest.raises(ng.ParseError, match=r"d\.parquet: is not a Parquet file"):
        ng.read(tmp_path)
