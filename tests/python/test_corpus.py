"""Every input of a corpus, and every way to select from it."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import nutgraf as ng

TEXTS = ["date 2019-01-08 Rain fell.", "The rain — it stopped.", ""]
FRAME = {
    "text": TEXTS,
    "key": ["a", "b", "c"],
    "day": ["2019-01-08", None, "2019-02-01"],
    "source": ["X", "Y", None],
    "size": [1, 2, 3],
}

PATHS = {
    "a list": lambda: TEXTS,
    "a tuple": lambda: tuple(TEXTS),
    "an array of objects": lambda: np.array(TEXTS, dtype=object),
    "an array of strings": lambda: np.array(TEXTS),
    "a generator": lambda: (text for text in TEXTS),
    "a pandas Series": lambda: pd.Series(TEXTS),
    "a Polars Series": lambda: pl.Series(TEXTS),
    "a pyarrow Array": lambda: pa.array(TEXTS),
    "a pyarrow ChunkedArray": lambda: pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
    "large strings": lambda: pa.array(TEXTS, pa.large_string()),
    "string views": lambda: pa.array(TEXTS, pa.string_view()),
    "a dictionary array": lambda: pa.array(TEXTS).dictionary_encode(),
}

FRAMES = {
    "a dict of columns": lambda: FRAME,
    "a list of dicts": lambda: [dict(zip(FRAME, row, strict=True)) for row in zip(*FRAME.values(), strict=True)],
    "pandas": lambda: pd.DataFrame(FRAME),
    "Polars": lambda: pl.DataFrame(FRAME),
    "pyarrow": lambda: pa.table(FRAME),
    "a record batch": lambda: pa.RecordBatch.from_pydict(FRAME),
    "a record batch reader": lambda: pa.table(FRAME).to_reader(),
    "DuckDB": lambda: duckdb.from_arrow(pa.table(FRAME)),
}


@pytest.mark.parametrize("name", PATHS)
def test_texts_come_from(name: str) -> None:
    corpus = ng.Corpus(PATHS[name]())
    assert [corpus.text(i) for i in range(3)] == TEXTS
    assert corpus.articles()["date"] == [dt.date(2019, 1, 8), None, None]
    assert corpus.articles()["article"] == [0, 1, 2]


@pytest.mark.parametrize("name", FRAMES)
def test_frames_keep_their_columns(name: str) -> None:
    corpus = ng.Corpus(FRAMES[name](), id="key", date="day")
    table = corpus.articles()
    assert table["article"] == ["a", "b", "c"]
    assert table["date"] == [dt.date(2019, 1, 8), None, dt.date(2019, 2, 1)]
    assert table["source"] == ["X", "Y", None]
    assert table["size"] == [1, 2, 3]
    assert corpus.fields == ["article", "date", "headline", "place", "byline", "source", "size"]


def test_every_way_gives_the_same_corpus() -> None:
    tables = [ng.Corpus(make(), id="key", date="day").articles() for make in FRAMES.values()]
    assert all(table == tables[0] for table in tables)


def test_a_pandas_index_is_the_id() -> None:
    frame = pd.DataFrame({"text": ["a", "b"]}, index=["x", "y"])
    assert ng.Corpus(frame).articles()["article"] == ["x", "y"]
    assert ng.Corpus(frame["text"]).tokens()["article"] == ["x", "y"]
    joined = frame.join(ng.Corpus(frame).articles().to_pandas().set_index("article")[["tokens"]])
    assert joined["tokens"].tolist() == [1, 1]


def test_columns_that_are_called_like_a_role_take_it() -> None:
    frame = {
        "id": [7, 9],
        "date": ["2019-01-08", "2019-01-09"],
        "headline": ["Rain", "Sun"],
        "byline": ["A", "B"],
        "text": ["x", "y"],
    }
    table = ng.Corpus(frame).articles()
    assert table["article"] == [7, 9]
    assert table["headline"] == ["Rain", "Sun"]
    assert table["byline"] == ["A", "B"]
    assert ng.Corpus(frame).terms()["term"] == ["rain", "sun", "x", "y"]


def test_a_headline_from_a_column_counts_from_its_own_start() -> None:
    corpus = ng.Corpus({"text": ["Rain fell."], "title": ["Été à Lisbonne"]}, headline="title")
    row = next(token for token in corpus.tokens() if token["text"] == "Lisbonne")
    assert corpus.text(0, field="headline")[row["start"] : row["end"]] == "Lisbonne"


def test_dates_come_as_dates_times_and_strings() -> None:
    day = dt.date(2019, 1, 8)
    given: list[Any] = [
        day,
        dt.datetime(2019, 1, 8, 23, 59),
        pd.Timestamp("2019-01-08"),
        np.datetime64("2019-01-08"),
        "2019-01-08T10:00:00Z",
        "8 January 2019",
    ]
    for value in given:
        assert ng.Corpus({"text": ["x"], "date": [value]}).articles()["date"] == [day], value
    frame = pd.DataFrame({"text": ["x", "y"], "date": pd.to_datetime(["2019-01-08", None])})
    assert ng.Corpus(frame).articles()["date"] == [day, None]
    assert ng.Corpus(pl.from_pandas(frame)).articles()["date"] == [day, None]


def test_where_chooses_by_every_kind_of_field() -> None:
    frame = {
        "text": list("abcd"),
        "n": [1, 2, 3, None],
        "s": ["x", "y", "x", None],
        "t": [True, False, True, None],
        "f": [0.5, 1.5, 2.5, None],
        "date": ["2019-01-08", "2019-01-31", "2019-02-01", None],
    }
    corpus = ng.Corpus(frame)

    def chosen(**fields: Any) -> str:
        return "".join(corpus.text(article) for article in corpus.where(**fields).articles()["article"])

    assert chosen(n=2) == "b"
    assert chosen(n=[1, 3]) == "ac"
    assert chosen(n=slice(2, None)) == "bc"
    assert chosen(n=None) == "d"
    assert chosen(s="x", n=slice(2, 3)) == "c"
    assert chosen(t=True) == "ac"
    assert chosen(f=slice(1, 2)) == "b"
    assert chosen(date="2019-01") == "ab"
    assert chosen(date=dt.date(2019, 2, 1)) == "c"
    assert chosen(date=slice("2019-01-31", "2019-02")) == "bc"
    assert chosen(date=slice(None, "2019-01")) == "ab"
    assert chosen(article=[0, 3]) == "ad"
    assert chosen(s=["nowhere"]) == ""
    with pytest.raises(ng.ConfigError, match="there are article, date, headline, place, byline, n, s, t, f"):
        corpus.where(source="x")


def test_slices_masks_and_lists_choose_by_position() -> None:
    corpus = ng.Corpus(list("abcde"))

    def letters(chosen: ng.Corpus) -> str:
        return "".join(corpus.text(article) for article in chosen.articles()["article"])

    assert letters(corpus[1:3]) == "bc"
    assert letters(corpus[::-2]) == "eca"
    assert letters(corpus[-1]) == "e"
    assert letters(corpus[[3, 0]]) == "da"
    assert letters(corpus[np.array([True, False, False, False, True])]) == "ae"
    assert letters(corpus[1:][1:][0]) == "c"
    with pytest.raises(IndexError, match="there is no article at position 5; the corpus has 5"):
        corpus[5]
    with pytest.raises(IndexError, match="the mask has 2 values; the corpus has 5 articles"):
        corpus[[True, False]]


def test_a_selection_counts_only_its_own() -> None:
    corpus = ng.Corpus(["a b", "b c", "c d"])
    assert corpus[1:].terms()["term"] == ["c", "b", "d"]
    counts, names, _ = corpus[[2, 0]].matrix()
    assert names == ["a", "b", "c", "d"]
    assert counts.toarray().tolist() == [[0, 0, 1, 1], [1, 1, 0, 0]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"id": f"r{i}", "text": f"date 2019-01-0{i + 1} Text {i} é", "n": i, "tags": ["x", "y"]} for i in range(3)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    pd.DataFrame(rows).drop(columns="tags").to_csv(tmp_path / "d.csv", index=False)
    pd.DataFrame(rows).drop(columns="tags").to_csv(tmp_path / "e.tsv", index=False, sep="\t")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "f.parquet")
    (tmp_path / "g.txt").write_text("\n\n".join(row["text"] for row in rows), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["a.jsonl", "b.json", "c.jsonl.gz", "d.csv", "e.tsv", "f.parquet"])
def test_files_of_every_format_read_alike(folder: Path, name: str) -> None:
    corpus = ng.read(folder / name)
    table = corpus.articles()
    assert table["article"] == ["r0", "r1", "r2"]
    assert table["n"] == [0, 1, 2]
    assert table["date"] == [dt.date(2019, 1, day) for day in (1, 2, 3)]
    assert corpus.text("r2") == "date 2019-01-03 Text 2 é"


def test_a_plain_file_says_where_each_article_starts(folder: Path) -> None:
    corpus = ng.read(folder / "g.txt")
    content = (folder / "g.txt").read_text(encoding="utf-8")
    for row in corpus.articles():
        start = row["source_start"]
        assert content[start:].startswith(corpus.text(row["article"]))
        assert row["source"] == str(folder / "g.txt")


def test_folders_and_globs_mean_their_files(folder: Path) -> None:
    assert len(ng.read(str(folder / "*.jsonl"), id="n")) == 3
    corpus = ng.read([folder / "g.txt", folder / "g.txt"])
    assert len(corpus) == 6
    with pytest.raises(FileNotFoundError, match="no file matches"):
        ng.read(str(folder / "*.nothing"))


def test_threads_do_not_matter() -> None:
    texts = [ng.read(ng.samples()).text(i) for i in range(40)] * 40
    one, two = (ng.Corpus(texts, threads=threads) for threads in (1, 2))
    assert one.tokens(zones="all") == two.tokens(zones="all")
    assert one.terms(ngrams=(1, 2)) == two.terms(ngrams=(1, 2))
    assert one.articles() == two.articles()


def test_a_token_costs_less_than_eight_bytes() -> None:
    texts = [ng.read(ng.samples()).text(i) for i in range(40)] * 40
    size, tokens = ng.Corpus(texts)._core.sizes()
    assert tokens > 300_000
    assert size / tokens < 8


def test_a_corpus_survives_a_fork() -> None:
    import multiprocessing

    corpus = ng.Corpus(["a b", "b c"] * 100, threads=2)
    corpus.terms()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_count_in_child) == [("b", 200), ("a", 100), ("c", 100)]


def _count_in_child() -> list[tuple[str, int]]:
    table = ng.Corpus(["a b", "b c"] * 100, threads=2).terms()
    return list(zip(table["term"], table["count"], strict=True))
