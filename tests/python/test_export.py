"""Tables leave as files, and are sorted, filtered and joined, without losing or adding anything."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import altair
import narwhals as nw
import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pytest
import seaborn
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf as ng
from nutgraf import _core, _export

TABLE = ng.Corpus(
    ["date 2019-01-08 Angela Merkel flew to Paris. Mrs Merkel won.", "date 2019-01-09 Ana Reis left Paris."]
).entities()

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def table(**columns: list[Any]) -> ng.Table:
    kinds = {str: "string", int: "int64", float: "float64", list: "list[string]"}
    described = []
    for name, values in columns.items():
        first = next((value for value in values if value is not None), "")
        described.append((name, kinds[type(first)], values))
    return ng.Table(_core.Table.restore(described, []))


# -- CSV, JSON, Excel, Parquet

texts = st.none() | st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(FORMULAS)


@given(st.lists(st.tuples(texts, texts), max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_a_reader_of_csv_gets_the_texts_back(rows: list[tuple[str | None, str | None]], sep: str) -> None:
    given_table = table(a=[row[0] for row in rows], b=[row[1] for row in rows])
    text = given_table.to_csv(sep=sep, raw=True)
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=sep))
    assert read == [["a", "b"], *([a or "", b or ""] for a, b in rows)]


@given(st.lists(st.tuples(texts, st.lists(st.sampled_from(["=1", "a; b", "-x"]), max_size=2)), max_size=6))
def test_no_cell_of_csv_is_a_formula(rows: list[tuple[str | None, list[str]]]) -> None:
    given_table = table(**{"=name": [row[0] for row in rows], "list": [row[1] for row in rows] or [[]][:0]})
    for row in csv.reader(io.StringIO(given_table.to_csv(), newline="")):
        assert not any(cell.startswith(_export.FORMULA) for cell in row)


def test_numbers_are_not_texts_and_keep_their_sign() -> None:
    assert table(n=[-1, 2], x=[-0.5, 1.0]).to_csv().splitlines() == ["n,x", "-1,-0.5", "2,1.0"]


def test_a_file_of_csv_is_utf_8_with_a_mark_on_request(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    assert table(name=["Szabó"]).to_csv(path, bom=True) is None
    assert path.read_bytes() == "\ufeffname\nSzabó\n".encode()
    table(name=["Szabó"]).to_csv(path)
    assert path.read_bytes() == "name\nSzabó\n".encode()
    with pytest.raises(ng.ConfigError, match="one character"):
        table(name=["x"]).to_csv(sep="; ")


def test_lists_are_joined_and_missing_values_are_empty() -> None:
    rows = list(csv.DictReader(io.StringIO(TABLE.to_csv())))
    assert rows[0]["aliases"] in ("Paris", "Angela Merkel; Merkel")
    assert {row["country"] for row in rows} <= {"", "FR"}


def test_json_has_dates_as_strings_and_null_for_what_it_cannot_express(tmp_path: Path) -> None:
    rows = json.loads(TABLE.to_json())
    assert rows[0]["first_date"] == "2019-01-08"
    assert [json.loads(line) for line in TABLE.to_json(lines=True).splitlines()] == rows
    assert json.loads(table(x=[0.5, float("nan"), float("inf")]).to_json()) == [{"x": 0.5}, {"x": None}, {"x": None}]
    TABLE.to_json(tmp_path / "t.json")
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == rows
    assert json.loads(TABLE[:0].to_json()) == []


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    table(**{"=name": [*FORMULAS, "nul\x00", None], "n": [1] * 9}).to_excel(path)
    sheet = openpyxl.load_workbook(path).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert [row[0].value for row in sheet.iter_rows(min_row=2)][:4] == FORMULAS[:4]
    assert sheet.cell(9, 1).value == "nul\\x00"
    TABLE.to_excel(path)
    assert openpyxl.load_workbook(path).active.cell(2, 6).value == dt.datetime(2019, 1, 8)
    with pytest.raises(ng.ConfigError, match="32,767"):
        table(text=["x" * 40_000]).to_excel(path)


def test_parquet_has_one_schema_whatever_the_rows(tmp_path: Path) -> None:
    for name, rows in (("all", TABLE), ("none", TABLE[:0]), ("missing", TABLE.filter(country=None))):
        rows.to_parquet(tmp_path / f"{name}.parquet")
        assert pl.read_parquet_schema(tmp_path / f"{name}.parquet") == TABLE.to_polars().schema
    assert pl.read_parquet(tmp_path / "all.parquet").to_dicts() == TABLE.to_dicts()


def test_types_in_pandas_do_not_depend_on_the_values() -> None:
    some = ng.Corpus({"text": ["a", "b"], "name": ["x", None]}).articles().to_pandas().dtypes
    none = ng.Corpus({"text": ["a", "b"], "name": [None, None]}).articles().to_pandas().dtypes
    assert some.equals(none)


# -- libraries that draw


def test_libraries_that_draw_take_a_table() -> None:
    assert np.asarray(TABLE["mentions"]).sum() == sum(TABLE["mentions"])
    assert nw.from_native(TABLE, eager_only=True).shape == TABLE.shape
    assert pd.api.interchange.from_dataframe(TABLE)["entity"].tolist() == TABLE["entity"]
    chart = altair.Chart(TABLE).mark_bar().encode(x="mentions", y="entity").to_dict()
    assert chart["encoding"]["x"]["type"] == "quantitative"
    assert seaborn.barplot(data=TABLE, x="mentions", y="entity") is not None


# -- order, choice and union of rows

values = st.none() | st.integers(-3, 3)


@given(st.lists(st.tuples(values, st.sampled_from("abé")), max_size=12), st.booleans(), st.booleans())
def test_sorting_is_that_of_python_with_missing_values_last(
    rows: list[tuple[int | None, str]], up: bool, down: bool
) -> None:
    given_table = table(n=[*(row[0] for row in rows), 0], name=[*(row[1] for row in rows), "z"])[: len(rows)]
    expected = sorted(rows, key=lambda row: row[1].encode(), reverse=not down)
    expected.sort(key=lambda row: (row[0] is None, 0 if row[0] is None else row[0] if up else -row[0]))
    found = given_table.sort_values(["n", "name"], ascending=[up, down])
    assert [(row["n"], row["name"]) for row in found] == expected


def test_sorting_refuses_what_it_cannot_sort_by() -> None:
    with pytest.raises(KeyError, match="there is no column 'word'"):
        TABLE.sort_values("word")
    with pytest.raises(ValueError, match="ascending has 1 values for 2 columns"):
        TABLE.sort_values(["entity", "label"], ascending=[True])


def test_rows_are_kept_that_match_every_condition() -> None:
    names = TABLE["entity"]
    assert TABLE.filter(entity="Paris")["entity"] == ["Paris"]
    assert TABLE.filter(entity=["Paris", "Ana Reis"])["entity"] == [name for name in names if name != "Angela Merkel"]
    assert TABLE.filter(mentions=slice(2, None), label="PER")["entity"] == ["Angela Merkel"]
    assert TABLE.filter(first_date="2019-01-09")["entity"] == ["Ana Reis"]
    assert TABLE.filter(first_date=slice("2019-01-09", None))["entity"] == ["Ana Reis"]
    assert TABLE.filter(aliases="Merkel")["entity"] == ["Angela Merkel"]
    assert TABLE.filter(lambda row: row["articles"] == 2)["entity"] == ["Paris"]
    mask = np.array([name == "Paris" for name in names])
    for given_mask in (mask, mask.tolist(), pd.Series(mask)):
        assert TABLE.filter(given_mask)["entity"] == ["Paris"]
    assert len(TABLE.filter(country=None)) == 2
    with pytest.raises(IndexError, match="there are 1 truth values; the table has 3 rows"):
        TABLE.filter([True])
    with pytest.raises(KeyError, match="there is no column 'word'"):
        TABLE.filter(word="x")


def test_a_sample_is_the_same_each_time_and_in_order() -> None:
    whole = table(n=list(range(100)))
    assert whole.sample(10) == whole.sample(10)
    assert whole.sample(10) != whole.sample(10, seed=1)
    assert whole.sample(10)["n"] == sorted(whole.sample(10)["n"])
    assert whole.sample(1000) == whole


@given(st.integers(0, 3), st.integers(0, 3))
@settings(max_examples=16)
def test_the_parts_of_a_table_join_to_the_table(first: int, second: int) -> None:
    cuts = sorted((first, second))
    parts = [TABLE[: cuts[0]], TABLE[cuts[0] : cuts[1]], TABLE[cuts[1] :]]
    assert ng.Table.concat(parts) == TABLE


def test_tables_with_other_columns_are_not_joined() -> None:
    with pytest.raises(ng.ConfigError, match="table 1 has the columns"):
        ng.Table.concat([TABLE, TABLE[["entity"]]])
    with pytest.raises(ng.ConfigError, match='column "n" is string in table 1 and int64 in table 0'):
        ng.Table.concat([table(n=[1]), table(n=["1"])])
    with pytest.raises(TypeError, match="a list of tables"):
        ng.Table.concat([TABLE, "x"])  # type: ignore[list-item]


def test_keys_complete() -> None:
    assert TABLE._ipython_key_completions_() == TABLE.columns
    assert TABLE.shape == (len(TABLE), len(TABLE.columns))
