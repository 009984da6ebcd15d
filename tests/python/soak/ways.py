"""The same articles give the same tables from every input, and every export of a table can be read
back.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
from random import Random
from typing import Any
from unicodedata import category

import pandas as pd
import polars as pl
import pyarrow as pa

import nutgraf as ng
from nutgraf import _core, _output

from .batch import Batch
from .tally import Tally
from .verbs import VERBS

# Invisible characters that reverse the line.
HIDDEN = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    columns = batch.columns(range(len(batch.texts)))
    whole = batch.corpus()
    container: Any = chance.choice(
        [
            [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
            pd.DataFrame(columns),
            pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)),
            pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}),
            pa.table({name: pa.array(values, pa.large_string()) for name, values in columns.items()}).to_reader(2),
        ]
    )
    other = ng.Corpus(container, id="id", date="date", layout=batch.layout, errors="skip")  # type: ignore[arg-type]
    for verb in (whole.articles, whole.tokens):
        tally.holds(verb() == getattr(other, verb.__name__)(), f"{verb.__name__} from {type(container)}")
    for name in chance.sample(list(VERBS), k=4):
        table = VERBS[name](whole)
        if table is not None:
            _out(table, name, chance, tally)


def _out(table: ng.Table, name: str, chance: Random, tally: Tally) -> None:
    rows = table.to_dicts()
    tally.same(table.to_arrow().to_pylist(), rows, f"{name} to Arrow")
    tally.same(table.to_polars().to_dicts(), rows, f"{name} to Polars")
    frame = table.to_pandas()
    for column, kind in table.schema.items():
        values = frame[column].astype(object).where(frame[column].notna(), None).tolist()
        if kind in ("date", "timestamp[us]"):
            values = [value if value is None else value.to_pydatetime() for value in values]
        if kind == "date":
            values = [value if value is None else value.date() for value in values]
        tally.same(values, [row[column] for row in rows], f"{name} to pandas, {column}")
    tally.holds(pickle.loads(pickle.dumps(table)) == table == copy.deepcopy(table), f"{name} to pickle")
    if "list[string]" not in table.schema.values():
        back = ng.Table(_core.Table.from_stream(table.to_arrow()))
        tally.same(back.to_dicts(), rows, f"{name} from Arrow")
    start, stop = sorted((chance.randrange(len(rows) + 1), chance.randrange(len(rows) + 1)))
    tally.same(table[start:stop].to_dicts(), rows[start:stop], f"a part of {name}")
    lines = "".join(_output.printed(table, "jsonl"))
    printed = json.loads(json.dumps(rows, default=str))
    tally.same([json.loads(line) for line in lines.split("\n") if line], printed, f"{name} as JSON lines")
    tally.same(json.loads("".join(_output.printed(table, "json"))), printed, f"{name} as JSON")
    sheet = io.StringIO("".join(_output.printed(table, "csv", raw=True)), newline="")
    read = list(csv.reader(sheet))
    tally.same(read[0], table.columns, f"header of {name}")
    for row, cells in zip(rows, read[1:], strict=True):
        tally.same(cells, [_cell(value) for value in row.values()], f"{name} as CSV")
    for line in repr(table).split("\n") + table.text().split("\n"):
        tally.holds(
            not any(c in HIDDEN or category(c) in ("Cc", "Zl", "Zp", "Co") for c in line), f"{name} as text", line
        )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(value) if isinstance(value, list) else str(value)
