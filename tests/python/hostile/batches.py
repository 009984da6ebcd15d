"""Inputs without articles, and missing columns."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import nutgraf as ng

from .case import CORPUS, FRAME, TWO, Wrong, arrow, wrong

WRONG_BATCHES: list[Wrong] = [
    *(
        wrong(f"{name} for a batch", lambda value=value: ng.Corpus(value), TypeError, *says)
        for name, value, says in [
            ("a bare str", "Rain fell.", ("not a single str", "list", "read")),
            ("an empty str", "", ("not a single str",)),
            ("bytes", b"Rain fell.", ("not a single bytes",)),
            ("a bytearray", bytearray(b"Rain"), ("not a single bytearray",)),
            ("None", None, ("NoneType", "expected a list of str")),
            ("a whole number", 7, ("int", "expected a list of str")),
            ("a path", Path("a.txt"), ("Path", "nutgraf.read")),
            ("a set", {"Rain"}, ("set", "order", "sort")),
            ("a frozen set", frozenset(["Rain"]), ("set", "order")),
            ("an array of two dimensions", np.array([["a", "b"]]), ("one dimension", "2")),
            ("an array of no dimension", np.array("a"), ("one dimension", "0")),
            ("a class", list, ("type", "expected a list of str")),
            ("a function", len, ("expected a list of str",)),
            ("a corpus", CORPUS, ("corpus",)),
            ("a Polars lazy frame", pl.LazyFrame({"text": ["x"]}), ("LazyFrame", "collect()")),
            ("a Polars expression", pl.col("text"), ("Expr",)),
            ("a dict with a str for a column", {"text": "Rain fell."}, ('"text"', "str", "list")),
            ("a dict with a number for a column", {"text": ["x"], "n": 7}, ('"n"', "int", "list")),
            ("a dict with None for a column", {"text": None}, ('"text"', "None", "list")),
        ]
    ),
    *(
        wrong(
            f"{name} without the column",
            lambda make=make: ng.Corpus(make(), text="body"),
            ng.ConfigError,
            'there is no column "body"',
            "there are text, source",
            kind="missing_column",
            field="text",
        )
        for name, make in {
            "a dict": lambda: FRAME,
            "a list of dicts": lambda: [{"text": "x", "source": "A"}],
            "a pandas frame": lambda: pd.DataFrame(FRAME),
            "a Polars frame": lambda: pl.DataFrame(FRAME),
            "an Arrow table": lambda: pa.table(FRAME),
            "a record batch": lambda: pa.RecordBatch.from_pydict(FRAME),
            "a DuckDB relation": lambda: duckdb.from_arrow(pa.table(FRAME)),
        }.items()
    ),
    *(
        wrong(
            f"{name} without columns",
            lambda make=make: ng.Corpus(make()),
            ng.ConfigError,
            'there is no column "text"',
            "there are none",
            kind="missing_column",
            field="text",
        )
        for name, make in {
            "a dict": dict,
            "a list of empty dicts": lambda: [{}],
            "a pandas frame": pd.DataFrame,
            "a Polars frame": pl.DataFrame,
            "an Arrow table": lambda: pa.table({}),
        }.items()
    ),
    *(
        wrong(
            f"a wrong column for {role}",
            lambda role=role: ng.Corpus(FRAME, **{role: "nothing"}),
            ng.ConfigError,
            'there is no column "nothing"',
            "there are source",
            kind="missing_column",
            field=role,
        )
        for role in ("id", "date", "headline", "byline")
    ),
    *(
        wrong(
            f"a column for {role} of a list",
            lambda role=role: ng.Corpus(TWO, **{role: "x"}),
            ng.ConfigError,
            'there is no column "x"',
            "there are none",
            kind="missing_column",
            field=role,
        )
        for role in ("id", "date", "headline", "byline")
    ),
    *(
        wrong(
            f"{value!r} for the name of a column, {role}",
            lambda role=role, value=value: ng.Corpus(FRAME, **{role: value}),
            TypeError,
            role,
            "name of a column",
            type(value).__name__,
        )
        for role, value in [
            ("text", 0),
            ("text", None),
            ("text", ["text"]),
            ("id", 0),
            ("date", ["date"]),
            ("headline", b"x"),
            ("byline", True),
        ]
    ),
    wrong(
        "a name in capitals lists the right one",
        lambda: ng.Corpus(FRAME, text="Text"),
        ng.ConfigError,
        '"Text"',
        "there are text, source",
        kind="missing_column",
    ),
    wrong(
        "one column in two roles",
        lambda: ng.Corpus(FRAME, id="source", byline="source"),
        ng.ConfigError,
        "source",
        "id",
        "byline",
    ),
    wrong(
        "the column of texts in another role",
        lambda: ng.Corpus(FRAME, id="text"),
        ng.ConfigError,
        '"text"',
        "id",
    ),
    wrong(
        "a column that stands twice in pandas",
        lambda: ng.Corpus(pd.DataFrame([["x", 1, 2]], columns=["text", "n", "n"])),
        ng.ConfigError,
        "two columns",
        "n",
        kind="bad_option",
        field="n",
    ),
    wrong(
        "a column of texts that stands twice in pandas",
        lambda: ng.Corpus(pd.DataFrame([["x", "y"]], columns=["text", "text"])),
        ng.ConfigError,
        "two columns",
        "text",
        kind="bad_option",
        field="text",
    ),
    wrong(
        "a column that stands twice in Arrow",
        lambda: ng.Corpus(arrow(["text", "n", "n"], pa.array(["x"]), pa.array([1]), pa.array([2]))),
        ng.ConfigError,
        "two columns",
        "n",
        kind="bad_option",
        field="n",
    ),
    wrong(
        "a column of texts that stands twice in Arrow",
        lambda: ng.Corpus(arrow(["text", "text"], pa.array(["x"]), pa.array(["y"]))),
        ng.ConfigError,
        "two columns",
        "text",
        kind="bad_option",
        field="text",
    ),
    wrong(
        "two names that print alike in a dict",
        lambda: ng.Corpus({"text": ["x"], 1: [1], "1": [2]}),
        ng.ConfigError,
        "two columns",
        "1",
        kind="bad_option",
        field="1",
    ),
    wrong(
        "columns of unequal length",
        lambda: ng.Corpus({"text": ["x"], "n": [1, 2]}),
        ng.ConfigError,
        "text 1",
        "n 2",
        kind="bad_option",
    ),
]
