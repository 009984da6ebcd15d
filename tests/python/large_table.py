"""A large table with a column of every type, and every export."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

import nutgraf as ng
from nutgraf import _core, _output

ROWS = 500_000


def table(rows: int) -> ng.Table:
    numbers = np.arange(rows)
    columns = pa.table(
        {
            "text": pa.array([f"wörd {n}" for n in range(rows)]),
            "int": pa.array(numbers),
            "float": pa.array(numbers / 7),
            "bool": pa.array(numbers % 2 == 0),
            "date": pa.array(numbers % 20_000, pa.int32()).cast(pa.date32()),
            "time": pa.array(numbers * 1_000_000).cast(pa.timestamp("us")),
            "gaps": pa.array(numbers, mask=numbers % 3 == 0),
        }
    )
    return ng.Table(_core.Table.from_stream(columns))


class Nowhere:
    def write(self, content: Any) -> int:
        return len(content)


def printed(table: ng.Table, format: Any) -> None:
    for _ in _output.printed(table, format):
        pass


def calls() -> dict[str, Callable[[], object]]:
    whole = table(ROWS)
    other = whole[0:ROWS]
    packed = pickle.dumps(whole)
    part = whole[: ROWS // 4]
    columns: dict[str, Callable[[], object]] = {
        f"column {name}": lambda name=name: whole[name] for name in whole.columns
    }
    return columns | {
        "head": lambda: whole.head(ROWS - 1),
        "slice": lambda: whole[1:],
        "columns": lambda: whole[["text", "int"]],
        "text": whole.text,
        "to_dicts": part.to_dicts,
        "to_pandas": whole.to_pandas,
        "to_polars": whole.to_polars,
        "to_arrow": whole.to_arrow,
        "pickle": lambda: pickle.dumps(whole),
        "pickle to a file": lambda: pickle.dump(whole, Nowhere()),
        "unpickle": lambda: pickle.loads(packed),
        "equality": lambda: whole[1:] == other[1:],
        **{f"as {format}": lambda format=format: printed(part, format) for format in ("table", "csv", "jsonl", "json")},
    }
