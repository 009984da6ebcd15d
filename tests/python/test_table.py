"""Tables: to pandas, Polars, pyarrow and DuckDB and back; printed, pickled, refused."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import nutgraf as ng
from nutgraf import _core

from . import interrupt

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
    assert repr(empty) == "term  count  articles  per_million\nno rows"
    assert "<p>no rows</p>" in empty._repr_html_()


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
    table = ng.Corpus([" ".join("abcdefghijklmnopqrstuvw")]).terms()
    lines = repr(table).splitlines()
    assert len(lines) == 22
    assert lines[-1] == "… 3 more rows"
    assert "<p>… 3 more rows</p>" in table._repr_html_()


def test_the_requested_rows_are_printed() -> None:
    table = ng.Corpus([" ".join(f"w{n}" for n in range(100))]).terms()
    for part, rows in ((table.head(50), 50), (table.tail(40), 40), (table.sample(30), 30), (table.show(60), 60)):
        more = ["… 40 more rows"] if part is not table and len(part) == 100 else []
        assert len(repr(part).splitlines()) == 1 + rows + len(more)
        assert part._repr_html_().count("<tr>") == 1 + rows
    assert len(repr(table.show()).splitlines()) == 101
    assert repr(table.show(99)).splitlines()[-1] == "… 1 more row"
    assert table.show(3) == table
    assert len(table.show(-1)) == 100


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
    for wrong in (True, None, ("term", "count")):
        with pytest.raises(TypeError, match="names of columns, and positions or slices of rows"):
            table[wrong]  # type: ignore[call-overload]
    assert [table[0], table[-1]] == [table.to_dicts()[0], table.to_dicts()[-1]]
    for outside in (len(table), -len(table) - 1):
        with pytest.raises(IndexError, match="there is no row"):
            table[outside]


def test_tables_do_not_change() -> None:
    with pytest.raises(AttributeError):
        TABLE.rows = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        TABLE["tokens"] = [1]  # type: ignore[index]
    values = TABLE["tokens"]
    values.append(1)
    assert len(TABLE["tokens"]) == 2


EVERY_TYPE = pa.table(
    {
        "text": pa.array(["é", None, ""]),
        "int": pa.array([1, None, -(2**63)]),
        "float": pa.array([0.5, None, float("nan")]),
        "bool": pa.array([True, None, False]),
        "date": pa.array([dt.date(2019, 1, 8), None, dt.date(1, 1, 1)]),
        "time": pa.array([dt.datetime(2019, 1, 8, 10, 30), None, dt.datetime(9999, 12, 31, 23, 59, 59, 999999)]),
    }
)


def of_every_type() -> ng.Table:
    """A table of every type; lists and categories are those of entities."""
    return ng.Table(_core.Table.from_stream(EVERY_TYPE))


ENTITIES = ng.Corpus(["Angela Merkel met Ana Reis. Mrs Merkel flew to Paris.", "Nobody."]).entities(by="article")
TABLES = [of_every_type(), ENTITIES, ENTITIES[["entity", "aliases"]], TABLE, ng.Corpus(["x"] * 3).zones()]


@pytest.mark.parametrize("whole", TABLES, ids=lambda table: "-".join(table.columns)[:30])
@pytest.mark.parametrize("part", ["rows", "one row", "no rows", "no columns"])
def test_every_way_out_takes_tables_of_any_columns_and_rows(whole: ng.Table, part: str) -> None:
    table = {"rows": whole, "one row": whole[1:2], "no rows": whole[:0], "no columns": whole[[]]}[part]
    rows = table.to_dicts()
    assert len(rows) == len(table)
    arrow = table.to_arrow()
    assert (arrow.num_rows, arrow.num_columns) == (len(table), len(table.columns))
    assert repr(arrow.to_pylist()) == repr(rows)
    assert arrow.schema.names == table.columns
    assert repr(pa.RecordBatchReader.from_stream(table).read_all().to_pylist()) == repr(rows)
    polars = table.to_polars()
    assert polars.shape == (len(table), len(table.columns))
    assert repr(polars.to_dicts()) == repr(rows)
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    assert len(frame) == len(table)
    for name in table.columns:
        assert frame[name].isna().tolist() == [value is None or repr(value) == "nan" for value in table[name]]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(table, protocol))
        assert again == table
        assert again.schema == table.schema
        assert repr(again.to_dicts()) == repr(rows)
    assert copy.copy(table) == table == copy.deepcopy(table)
    assert len(table.head(2)) == min(2, len(table))
    assert table.text().count("\n") == max(len(table), 1)
    assert table._repr_html_().count("<th ") == len(table.columns)
    assert repr([table[name] for name in table.columns]) == repr(
        [[row[name] for row in rows] for name in table.columns]
    )


@pytest.mark.parametrize("whole", TABLES, ids=lambda table: "-".join(table.columns)[:30])
def test_a_part_has_the_rows_of_the_whole(whole: ng.Table) -> None:
    rows = [repr(row) for row in whole]
    for start in range(len(rows) + 2):
        for stop in range(start, len(rows) + 2):
            assert [repr(row) for row in whole[start:stop]] == rows[start:stop]
    assert whole[:] == whole
    assert (whole[1:] == whole) == (len(rows) < 1)
    assert whole != whole[whole.columns[:-1]]


def test_a_damaged_pickle_is_an_error() -> None:
    whole = pickle.dumps(ENTITIES)
    columns, metadata = _plain(ENTITIES)
    assert ng.table._restore(columns, metadata) == ENTITIES
    for at in range(len(columns)):
        for stream in range(4):
            damaged, _ = _plain(ENTITIES)
            if damaged[at][3][stream]:
                damaged[at][3][stream][-1] = damaged[at][3][stream][-1][:-1]
                with pytest.raises(ng.ParseError, match="damaged"):
                    ng.table._restore(damaged, metadata)
    assert pickle.loads(whole) == ENTITIES


def test_a_pickle_of_an_earlier_version_is_read() -> None:
    columns = [("n", "int64", [1, None]), ("day", "date", [17904, None]), ("names", "list[string]", [["é"], []])]
    table = ng.table._restore(columns, [("total", "1")])
    assert table.to_dicts() == [
        {"n": 1, "day": dt.date(2019, 1, 8), "names": ["é"]},
        {"n": None, "day": None, "names": []},
    ]
    assert table.metadata == {"total": "1"}


def _plain(table: ng.Table) -> tuple[list[Any], list[tuple[str, str]]]:
    _, (columns, metadata) = table.__reduce__()
    columns = [
        (name, kind, rows, [[piece.__reduce__()[1][0] for piece in stream] for stream in streams])
        for name, kind, rows, streams in columns
    ]
    return columns, metadata


STRANGE = {
    "\x1b[31mred\x1b[0m": "\\x1b[31mred\\x1b[0m",
    "nul\x00bell\x07del\x7fcsi\x9b": "nul\\x00bell\\x07del\\x7fcsi\\x9b",
    "tab\tcr\rlf\nff\x0cnel\x85ls\u2028nbsp\xa0end": "tab cr lf ff nel ls nbsp end",
    "abc\u202etxt.exe": "abc\\u202etxt.exe",
    "zero\u200bwidth\u2060\ufeff": "zero\\u200bwidth\\u2060\\ufeff",
    "soft\xadhyphen": "soft\\xadhyphen",
    "tag\U000e0041private\ue000": "tag\\U000e0041private\\ue000",
    "👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧",
    "\u0301alone": "◌\u0301alone",
    "<script>alert(1)</script>&amp;": "<script>alert(1)</script>&amp;",
    "中文" * 30: "中文" * 11 + "中…",
    "e\u0301" * 60: "e\u0301" * 47 + "…",
    "x" * 10_000_000: "x" * 47 + "…",
    " " * 1_000_000 + "far": "…",
    "\x1b" * 1_000_000: "\\x1b" * 11 + "\\x1…",
}


def test_what_is_printed_never_commands_a_terminal() -> None:
    corpus = ng.Corpus({"text": ["x"] * len(STRANGE), "na\x1bme": list(STRANGE)})
    table = corpus.articles()[["na\x1bme"]]
    header, *cells = table.text().splitlines()
    assert header == "na\\x1bme"
    assert cells == list(STRANGE.values())
    page = table._repr_html_() + table[8:]._repr_html_()
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page
    known = re.compile(r"</?(?:div|style|table|thead|tbody|tr|th|td|p)(?: (?:class|style|title)=\"[^<>\"]*\")*>")
    assert re.findall("<[^>]*>", page) == known.findall(page)
    for printed in (repr(table), table.text(), page):
        assert all(c.isprintable() or c in "\n\u200d" for c in printed)
    assert table["na\x1bme"] == list(STRANGE)


def test_columns_are_aligned_where_characters_are_wide() -> None:
    table = ng.Corpus({"text": ["x"] * 4, "name": ["中文", "e\u0301", "abcde", "👍"]}).articles()[["name", "tokens"]]
    assert table.text().splitlines() == [
        "name   tokens",
        "中文        1",
        "e\u0301           1",
        "abcde       1",
        "👍          1",
    ]


def test_a_long_list_is_printed_at_once() -> None:
    rows, items = 3, 1_000_000
    ends = b"".join((items * row).to_bytes(4, "little") for row in range(1, rows + 1))
    lengths = (2).to_bytes(4, "little") * (rows * items)
    column = ("names", "list", rows, [[], [ends], [lengths], ["é".encode() * (rows * items)]])
    table = ng.table._restore([column], [])
    assert [len(names) for names in table["names"]] == [items] * rows
    start = time.process_time()
    assert table.text().splitlines()[1:] == ["é, " * 15 + "é,…"] * rows
    assert time.process_time() - start < 0.05


@pytest.mark.skipif(not interrupt.AVAILABLE, reason="reads the clock of a process as Linux has it")
def test_every_export_of_a_large_table_stops_on_ctrl_c() -> None:
    assert interrupt.late_calls("tests.python.large_table", seconds=0.25) == {}


MEMORY = """
import resource, sys
sys.path.insert(0, {root!r})
from tests.python import large_table
import numpy, pandas, polars, pyarrow
large_table.ROWS = 1_000_000
calls = large_table.calls()
for name in ("slice", "head", "to_arrow", "unpickle", "equality", "column text", "column float", "text", "pickle"):
    short = 0
    for room in (3, 9):
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + room * 2**20, -1))
        try:
            calls[name]()
        except MemoryError:
            short += 1
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
    print(name, short)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_what_finds_no_memory_is_a_memory_error() -> None:
    code = MEMORY.format(root=str(Path(__file__).parents[2]))
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout, done.stderr[-2000:])
    short = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines())
    assert len([name for name, times in short.items() if times != "0"]) > 3, short


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
