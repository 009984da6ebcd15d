"""Batches in memory with bad records: invalid texts, impossible dates, repeated ids."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from .case import DAY, MIDDLE, Bad, arrow, batch, dates, file, files


class Unprintable:
    """A value that cannot be printed."""

    def __repr__(self) -> str:
        raise RuntimeError("no")

    __str__ = __repr__


class Given:
    """A value whose methods can be overridden."""

    def __init__(self, **methods: Any) -> None:
        self.__dict__.update(methods)

    def __str__(self) -> Any:
        return self.__dict__["text"]()


def raising(error: BaseException) -> Any:
    """Make a function that raises."""

    def call() -> Any:
        raise error

    return call


class Quiet(str):
    """A string that hides its type."""

    __slots__ = ()

    def isascii(self) -> bool:
        return True


def endless() -> Any:
    """Make an object that prints itself by printing itself."""
    value = Given()
    value.__dict__["text"] = lambda: str(value)
    return value


BAD_VALUES: list[Bad] = [
    *(
        Bad(
            f"{name} next to the text, in {form}",
            batch(lambda value=value, make=make: make(value)),
            kind,
            says,
            {"article": 1, "field": "n"},
            **MIDDLE,
        )
        for form, make in {
            "a dict": lambda value: {"text": ["x", "z", "y"], "n": ["a", value, "b"]},
            "a list of dicts": lambda value: [{"text": "x", "n": "a"}, {"text": "z", "n": value}, {"text": "y"}],
        }.items()
        for name, value, kind, says in [
            (
                "an object that cannot be printed",
                Given(text=raising(ValueError("no"))),
                "bad_type",
                ("ValueError: no",),
            ),
            ("an object that prints no string", Given(text=lambda: 7), "bad_type", ("TypeError",)),
            ("an object that prints a lone surrogate", Given(text=lambda: "a\ud800"), "bad_text", ("character 1",)),
            ("an object that prints a byte", Given(text=lambda: "é\udcff"), "bad_text", ("byte 0xff", "byte 2")),
            ("an object that prints itself without end", endless(), "bad_type", ("RecursionError",)),
            (
                "an error that cannot be printed",
                Given(text=raising(ValueError(Unprintable()))),
                "bad_type",
                ("ValueError",),
            ),
            ("a string that denies its surrogate", Quiet("\ud800"), "bad_text", ("character 0",)),
            ("a whole number of too many digits", 10**5000, "bad_type", ("4300 digits",)),
        ]
    ),
]


BAD_TEXTS: list[Bad] = [
    *(
        Bad(
            f"{name} among texts",
            batch(lambda value=value: ["x", value, "y"]),
            kind,
            ("expected a str", *says),
            {"article": 1},
            **MIDDLE,
        )
        for name, value, kind, says in [
            ("None", None, "missing_text", ("None",)),
            ("NaN", float("nan"), "missing_text", ("nan",)),
            ("NumPy's NaN", np.float64("nan"), "missing_text", ("nan",)),
            ("pandas' NA", pd.NA, "missing_text", ("NA",)),
            ("pandas' NaT", pd.NaT, "missing_text", ("NaT",)),
            ("bytes", b"rain", "bad_type", ("bytes", "decode")),
            ("a bytearray", bytearray(b"rain"), "bad_type", ("bytearray", "decode")),
            ("a whole number", 7, "bad_type", ("int",)),
            ("a number", 7.5, "bad_type", ("float",)),
            ("a truth value", True, "bad_type", ("bool",)),
            ("a list", ["rain"], "bad_type", ("list",)),
            ("a tuple", ("rain",), "bad_type", ("tuple",)),
            ("a dict", {"text": "rain"}, "bad_type", ("dict",)),
            ("a date", DAY, "bad_type", ("date",)),
            ("a path", Path("a.txt"), "bad_type", ("Path",)),
            ("a class", str, "bad_type", ("type",)),
            ("an object that cannot be printed", Unprintable(), "bad_type", ("Unprintable",)),
        ]
    ),
    *(
        Bad(
            f"{name} among texts",
            batch(["x", text, "y"]),
            "bad_text",
            ("lone surrogate", f"character {at}"),
            {"article": 1},
            **MIDDLE,
        )
        for name, text, at in [
            ("a high surrogate", "ra\ud800in", 2),
            ("a low surrogate", "\udc00", 0),
            ("surrogates in the wrong order", "é\udc00\ud800", 1),
        ]
    ),
    Bad(
        "a surrogate in a headline",
        batch({"text": ["x", "z", "y"], "headline": ["a", "\ud800", "b"]}),
        "bad_text",
        ("lone surrogate",),
        {"article": 1, "field": "headline"},
        **MIDDLE,
    ),
    Bad(
        "a surrogate in a field",
        batch({"text": ["x", "z", "y"], "source": ["a", "\ud800", "b"]}),
        "bad_text",
        ("lone surrogate",),
        {"article": 1, "field": "source"},
        **MIDDLE,
    ),
    Bad(
        "NaN in a Series",
        batch(lambda: pd.Series(["x", np.nan, "y"])),
        "missing_text",
        ("nan",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad(
        "a number in a Series of objects",
        batch(lambda: pd.Series(["x", 7, "y"], dtype=object)),
        "bad_type",
        ("int",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad(
        "a null in a Polars frame",
        batch(lambda: pl.DataFrame({"text": ["x", None, "y"]})),
        "missing_text",
        ("null",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad(
        "a null in an Arrow array",
        batch(lambda: pa.array(["x", None, "y"])),
        "missing_text",
        ("expected a str",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad(
        "a null in the second chunk",
        batch(lambda: pa.chunked_array([["x"], [None, "y"]])),
        "missing_text",
        ("expected a str",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad(
        "a null in a dictionary array",
        batch(lambda: pa.array(["x", None, "y"]).dictionary_encode()),
        "missing_text",
        ("expected a str",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad(
        "a column of nulls for texts",
        batch(lambda: pa.table({"text": pa.nulls(2)})),
        "missing_text",
        ("expected a str",),
        {"article": 0},
        n_in=2,
        failed=(0, 1),
    ),
    *(
        Bad(
            f"a column of {name} for texts",
            batch(lambda values=values: arrow(["text"], values)),
            "bad_type",
            ("expected",),
            {"article": 0},
            n_in=1,
        )
        for name, values in {
            "whole numbers": pa.array([7]),
            "numbers": pa.array([7.5]),
            "truth values": pa.array([True]),
            "dates": pa.array([DAY]),
            "times of day": pa.array([dt.time(10)]),
            "lists": pa.array([["a", "b"]]),
            "structs": pa.array([{"a": 1}]),
            "bytes": pa.array([b"rain"], pa.binary()),
            "broken bytes": pa.array([b"\xff"], pa.binary()),
        }.items()
    ),
    Bad(
        "a record without a text",
        batch([{"text": "x"}, {"body": "z"}, {"text": "y"}]),
        "missing_text",
        ("None",),
        {"article": 1},
        **MIDDLE,
    ),
    Bad("None for the only text", batch([None]), "missing_text", ("None",), {"article": 0}),
    Bad(
        "every text is bad",
        batch([None, 7, b""]),
        "missing_text",
        ("None",),
        {"article": 0},
        n_in=3,
        failed=(0, 1, 2),
    ),
]


NO_DAYS = [
    "2019-02-30",
    "2019-02-29",
    "1900-02-29",
    "2019-13-01",
    "2019-00-10",
    "2019-01-00",
    "2019-01-32",
    "0000-01-01",
    "9999-99-99",
]


NO_DATES: list[Any] = [
    *NO_DAYS,
    "31/02/2024",
    "08/01/2019",
    "8/1/19",
    "19-01-08",
    "19/01/08",
    "2019",
    "2019-01",
    "2019-W02",
    "2019-1",
    "20190230",
    "2019118",
    "190108",
    "yesterday",
    "30 February 2019",
    "Tue, 32 Jan 2019 14:30:00 +0100",
    "2019-01-08T25:00:00",
    "2019-01-08T",
    "2019-01-08x",
    "2019-01-08 - 2019-01-09",
    "-2019-01-08",
    "+2019-01-08",
    "10000-01-01",
    "99999999",
    "２０１９-01-08",
    "2019‐01‐08",
    "\x00",
    "n/a",
    "0",
    "2019-01-08" + "0" * 100_000,
    2019,
    2019118,
    1546905600,
    1546905600000,
    -1,
    0,
    10**30,
    43473.5,
    float("inf"),
    True,
    [2019, 1, 8],
    (2019, 1, 8),
    {"year": 2019},
    b"2019-01-08",
    np.datetime64("20000-01-01"),
]


BAD_DATES: list[Bad] = [
    *(
        Bad(
            f"{day} in a header",
            batch(["x", f"date {day} z", "y"]),
            "bad_date",
            (day, "expected an ISO date"),
            {"article": 1, "field": "date", "byte": 5},
            **MIDDLE,
        )
        for day in NO_DAYS
    ),
    *(
        Bad(
            f"{str(value)[:40]!r} ({type(value).__name__}) in a column of dates",
            batch({"text": ["x", "z", "y"], "date": ["2019-01-08", value, None]}),
            "bad_date",
            ("is not a date; expected ISO 8601",),
            {"article": 1, "field": "date"},
            **MIDDLE,
        )
        for value in NO_DATES
    ),
    Bad(
        "a date column of numbers",
        dates(1.5, 2.5),
        "bad_date",
        ("1.5", "expected ISO 8601"),
        {"article": 0, "field": "date"},
        n_in=2,
        failed=(0, 1),
    ),
    Bad(
        "a date column of truth values",
        dates(True),
        "bad_date",
        ("expected ISO 8601",),
        {"article": 0, "field": "date"},
    ),
    Bad(
        "a day of year 15659 in Arrow",
        batch(lambda: pa.table({"text": ["x"], "date": pa.array([5_000_000], pa.date32())})),
        "bad_date",
        ("15659",),
        {"article": 0, "field": "date"},
    ),
    Bad(
        "a time of year 33658 in Arrow",
        batch(lambda: pa.table({"text": ["x"], "date": pa.array([10**12], pa.timestamp("s"))})),
        "bad_date",
        ("33658",),
        {"article": 0, "field": "date"},
    ),
    Bad(
        "a time beyond all calendars in Arrow",
        batch(lambda: pa.table({"text": ["x"], "date": pa.array([10**17], pa.timestamp("s"))})),
        "bad_date",
        ("is not a date",),
        {"article": 0, "field": "date"},
    ),
    Bad(
        "a day before year 1 in Arrow",
        batch(lambda: pa.table({"text": ["x"], "date": pa.array([-1_000_000], pa.date32())})),
        "bad_date",
        ("is not a date",),
        {"article": 0, "field": "date"},
    ),
    Bad(
        "a column of its own that holds a bad date",
        batch(lambda: pd.DataFrame({"text": ["x", "z", "y"], "day": ["2019-01-08", "x", ""]}), date="day"),
        "bad_date",
        ('"x" is not a date',),
        {"article": 1, "field": "date"},
        **MIDDLE,
    ),
    Bad(
        "a bad header under a good date column",
        batch({"text": ["date 2019-02-30 x"], "date": [DAY]}),
        "bad_date",
        ("2019-02-30",),
        {"article": 0, "field": "date", "byte": 5},
    ),
    Bad(
        "a bad header behind a byte-order mark",
        batch(["\ufeff date 2019-02-30 x"]),
        "bad_date",
        ("2019-02-30",),
        {"article": 0, "field": "date", "byte": 9},
    ),
    Bad(
        "a bad header within a file",
        file("a.txt", "date 2019-01-08 x\ndate 2019-02-30 z\ndate 2019-01-09 y"),
        "bad_date",
        ("2019-02-30",),
        {"article": 1, "field": "date", "source": "a.txt"},
        n_in=3,
        failed=(1,),
        keeps=("date 2019-01-08 x\n", "date 2019-01-09 y"),
    ),
    Bad(
        "a bad date in JSON Lines",
        file("a.jsonl", '{"text": "x"}\n\n{"text": "z", "date": "2019-02-30"}\n{"text": "y"}'),
        "bad_date",
        ("2019-02-30",),
        {"article": 1, "field": "date", "source": "a.jsonl", "line": 3},
        **MIDDLE,
    ),
    Bad(
        "a bad date in CSV",
        file("a.csv", "text,date\nx,\nz,2019-02-30\ny,2019-01-08\n"),
        "bad_date",
        ("2019-02-30",),
        {"article": 1, "field": "date", "source": "a.csv", "line": 3},
        **MIDDLE,
    ),
]


BAD_IDS: list[Bad] = [
    Bad(
        "an id that stands twice",
        batch({"text": ["x", "y", "z"], "id": ["a", "b", "a"]}, id="id"),
        "duplicate_id",
        ('"a"', "twice", "expected"),
        {"article": 2, "field": "id"},
        n_in=3,
        failed=(2,),
        keeps=("x", "y"),
    ),
    Bad(
        "an id that stands three times",
        batch({"text": ["x", "y", "z"], "id": [7, 7, 7]}, id="id"),
        "duplicate_id",
        ('"7"',),
        {"article": 1, "field": "id"},
        n_in=3,
        failed=(1, 2),
        keeps=("x",),
    ),
    Bad(
        "ids of two types that print alike",
        batch({"text": ["x", "y"], "id": [7, "7"]}, id="id"),
        "duplicate_id",
        ('"7"',),
        {"article": 1, "field": "id"},
        n_in=2,
        failed=(1,),
        keeps=("x",),
    ),
    *(
        Bad(
            f"{name} for an id",
            batch(lambda value=value: {"text": ["x", "z", "y"], "id": ["a", value, "b"]}, id="id"),
            "bad_type",
            ("id is missing", "expected"),
            {"article": 1, "field": "id"},
            **MIDDLE,
        )
        for name, value in {"None": None, "NaN": float("nan"), "pandas' NA": pd.NA, "NaT": pd.NaT}.items()
    ),
    Bad(
        "a null for an id in Polars",
        batch(lambda: pl.DataFrame({"text": ["x", "z", "y"], "id": [1, None, 2]}), id="id"),
        "bad_type",
        ("id is missing",),
        {"article": 1, "field": "id"},
        **MIDDLE,
    ),
    Bad(
        "the same id in two files",
        files({"a.jsonl": '{"text": "x", "id": 1}', "b.jsonl": '{"text": "y", "id": 1}'}, id="id"),
        "duplicate_id",
        ('"1"',),
        {"article": 1, "field": "id", "source": "b.jsonl", "line": 1},
        n_in=2,
        failed=(1,),
        keeps=("x",),
    ),
    Bad(
        "a broken line among records with ids",
        file("a.jsonl", '{"text": "x", "id": "a"}\nbroken\n{"text": "y", "id": "b"}'),
        "bad_record",
        ("is not JSON",),
        {"article": 1, "source": "a.jsonl", "line": 2},
        **MIDDLE,
    ),
    Bad(
        "a ragged row among rows with ids",
        file("a.csv", "id,text\n1,x\n2\n3,y\n"),
        "bad_record",
        ("1 values", "header has 2"),
        {"article": 1, "source": "a.csv", "line": 3},
        **MIDDLE,
    ),
    Bad(
        "ids beyond 2 ** 63, one of which occurs twice",
        batch({"text": ["x", "y", "z"], "id": [1e19, 2e19, 1e19]}, id="id"),
        "duplicate_id",
        ("10000000000000000000",),
        {"article": 2, "field": "id"},
        n_in=3,
        failed=(2,),
        keeps=("x", "y"),
    ),
    Bad(
        "a bad text under an id that stands again",
        batch({"text": [None, "x"], "id": ["a", "a"]}, id="id"),
        "missing_text",
        ("None",),
        {"article": 0},
        n_in=2,
        failed=(0, 1),
    ),
]
