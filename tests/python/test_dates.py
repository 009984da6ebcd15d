"""Expressions of time: the cases of ``tests/data/dates``, properties, and a slow twin."""

from __future__ import annotations

import calendar
import datetime
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nutgraf as ng

DATA = Path(__file__).parents[1] / "data" / "dates"
COLUMNS = ["article", "zone", "sentence", "start", "end", "text", "type", "value", "mod", "earliest", "latest"]
MODS = {"START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"}


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def found(text: str, date: str | None = "2019-01-08") -> list[tuple[str, str]]:
    return [(row["text"], row["value"]) for row in ng.find_dates([text], date)]


@pytest.mark.parametrize("line", lines("expressions.tsv"))
def test_an_expression_has_its_value(line: str) -> None:
    date, marked, values = line.split("\t")
    spans = re.findall(r"\[([^]]*)\]", marked)
    rows = ng.find_dates([re.sub(r"[][]", "", marked)], None if date == "-" else date).to_dicts()
    if values == "-":
        assert rows[0]["value"] == "P1Y"
        return
    assert [row["text"] for row in rows] == spans
    given = [row["value"] + (f"|{row['mod']}" if row["mod"] and "|" in values else "") for row in rows]
    assert given == values.split("; ")


@pytest.mark.parametrize("line", lines("none.txt"))
def test_a_sentence_without_time_has_no_dates(line: str) -> None:
    assert found(line) == []
