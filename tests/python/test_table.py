"""Tables: into pandas, Polars, pyarrow and DuckDB and back, printed, pickled, refused."""

from __future__ import annotations

import pickle
import subprocess
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import nutgraf as ng

FRAME = {
    "text": ["date 2019-01-08 Rain <b>fell</b>.", "Sun."],
    "whole": [1, None],
    "share": [0.5, None],
    "truth": [True, None],
    "name": ["é", None],
    "when": pd.to_datetime(["2019-01-08 10:30", None]),
}
TABLE = ng.Corpus(FRAME).articles()


def test_pandas_gets_every_type() -> None:
    frame = TABLE.to_pandas()
    assert list(frame.columns) == TABLE.columns
    assert frame["whole"].tolist()[0] == 1
    assert frame["date"].dt.day.tolist()[0] == 8
    assert frame["date"].isna().tolist() == [False, True]
    assert frame["when"].iloc[0] == pd.Timestamp("2019-01-08 10:30")
    assert frame["truth"].iloc[0]
    assert frame["whole"].isna().tolist() == [False, True]
    assert frame["name"].isna().tolist() == [False, True]
    frame.loc[0, "tokens"] = 99
    assert TABLE["tokens"][0] != 99


def test_polars_pyarrow_and_duckdb_get_the_same_rows() -> None:
    rows = TABLE.to_dicts()
    assert TABLE.to_polars().to_dicts() == rows
    assert TABLE.to_arrow().to_pylist() == rows
    assert pl.DataFrame(TABLE).height == len(TABLE)
    assert pa.table(TABLE).num_rows == len(TABLE)
    assert duckdb.from_arrow(TABLE.to_arrow()).aggregate("sum(tokens)").fetchall() == [(sum(TABLE["tokens"]),)]


def test_empty_tables_keep_their_types() -> None:
    empty = ng.Corpus([]).terms()
    assert len(empty) == 0
    assert empty.to_pandas().dtypes["count"] == "int64"
    assert empty.to_arrow().schema.field("term").type == pa.large_string()
    assert repr(empty) == "term  count  articles  per_million"


def test_a_pickled_table_is_the_same_table() -> None:
    for table in (TABLE, ng.Corpus([]).terms(), ng.Corpus(FRAME).zones(), ng.Corpus(FRAME).tokens()):
        again = pickle.loads(pickle.dumps(table))
        assert again == table
        assert again.schema == table.schema
        assert again.metadata == table.metadata


def test_html_is_escaped() -> None:
    html = ng.Corpus(FRAME).zones()._repr_html_()
    assert "&lt;b&gt;fell&lt;/b&gt;" in html
    assert "<b>" not in html


def test_long_tables_print_their_head_and_say_so() -> None:
    lines = repr(ng.Corpus(["a b c d e f g h i j k l m"]).terms()).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "… 3 more rows"


def test_a_column_that_is_not_there_is_a_key_error_that_lists_those_that_are() -> None:
    with pytest.raises(KeyError, match="there is no column 'word'; there are term, count, articles, per_million"):
        ng.Corpus(["a"]).terms()["word"]


def test_columns_and_rows_are_chosen_as_tables() -> None:
    table = ng.Corpus(["a b a", "c"]).terms()
    assert table[["count", "term"]].to_dicts() == [{"count": row["count"], "term": row["term"]} for row in table]
    assert table[["term"]].metadata == table.metadata
    assert table[1:].to_dicts() == table.to_dicts()[1:]
    assert table[-1:]["term"] == ["c"]
    assert len(table[2:1]) == len(table[9:]) == len(table[[]]) == 0
    with pytest.raises(KeyError, match="there is no column 'word'"):
        table[["term", "word"]]
    with pytest.raises(ng.NutgrafError, match="term"):
        table[["term", "term"]]
    with pytest.raises(ValueError, match="a step of 2"):
        table[::2]
    for wrong in (0, None, ("term", "count")):
        with pytest.raises(TypeError, match="names of columns and slices of rows"):
            table[wrong]  # type: ignore[call-overload]


def test_tables_do_not_change() -> None:
    with pytest.raises(AttributeError):
        TABLE.rows = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        TABLE["tokens"] = [1]  # type: ignore[index]
    values = TABLE["tokens"]
    values.append(1)
    assert len(TABLE["tokens"]) == 2


def test_the_package_imports_alone_and_sooner_than_numpy() -> None:
    def seconds(package: str) -> float:
        code = (
            f"import sys, time; start = time.perf_counter(); import {package}; took = time.perf_counter() - start;"
            "heavy = {'pandas', 'polars', 'pyarrow', 'numpy', 'scipy'} & set(sys.modules);"
            f"assert heavy <= {{'{package}'}}, heavy; print(took)"
        )
        runs = (subprocess.run([sys.executable, "-c", code], check=True, capture_output=True) for _ in range(5))
        return min(float(run.stdout) for run in runs)

    assert seconds("nutgraf") < seconds("numpy")
