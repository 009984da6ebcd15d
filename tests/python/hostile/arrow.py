"""Invalid Arrow columns: strings that are not UTF-8, offsets out of range."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import nutgraf as ng

from .case import DAY, Bad, Good, Wrong, arrow, batch, field_of, file, parquet, wrong

# One wrong string between two good ones.
BYTES = [b"x", b"caf\xc3", "é".encode()]
KEPT = ("x", "é")


def strings(kind: pa.DataType | None = None, values: Iterable[bytes | None] = BYTES) -> pa.Array:
    """Make an array of strings from unchecked bytes."""
    kind = kind or pa.string()
    binary = {pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}.get(kind, pa.binary())
    return pa.array(list(values), binary).view(kind)


def of_buffers(kind: pa.DataType, rows: int, *buffers: bytes | None, children: Iterable[pa.Array] = ()) -> pa.Array:
    """Make an array from buffers directly, without nulls."""
    given = [None, *(buffer if buffer is None else pa.py_buffer(buffer) for buffer in buffers)]
    return pa.Array.from_buffers(kind, rows, given, children=list(children))


def numbers(values: Iterable[int], kind: Any = np.int32) -> bytes:
    """Make the bytes of a buffer of offsets."""
    return np.array(list(values), dtype=kind).tobytes()


def patched(column: pa.Array, before: bytes, after: bytes) -> pa.Array:
    """Change bytes of a column inside a stream, which is not checked either."""
    sink = io.BytesIO()
    batch = pa.RecordBatch.from_arrays([column], ["n"])
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    assert sink.getvalue().count(before) == 1
    read: pa.Array = pa.ipc.open_stream(sink.getvalue().replace(before, after)).read_all()["n"].chunk(0)
    return read


def encoded_in_runs() -> pa.Array:
    """Make runs of strings, one of which is wrong."""
    return patched(of_runs(3, [1, 2, 3], pa.array(["x", "cafz", "é"])), b"cafz", b"caf\xc3")


def of_runs(rows: int, ends: list[int], values: pa.Array) -> pa.Array:
    """Make runs of values directly."""
    kind = pa.run_end_encoded(pa.int32(), values.type)
    return pa.RunEndEncodedArray.from_buffers(kind, rows, [None], children=[pa.array(ends, pa.int32()), values])


TEXTS: dict[str, Callable[[], Any]] = {
    "strings": strings,
    "large strings": lambda: strings(pa.large_string()),
    "string views": lambda: strings(pa.string_view()),
    "long string views": lambda: strings(pa.string_view(), [b"x", b"caf\xc3" + b"z" * 20, "é".encode()]),
    "a slice": lambda: strings(values=[b"\xff", *BYTES, b"\xff"]).slice(1, 3),
    "chunks": lambda: pa.chunked_array([strings(values=BYTES[:1]), strings(values=BYTES[1:])]),
    "a dictionary": lambda: pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), strings()),
    "a dictionary of large strings": lambda: pa.DictionaryArray.from_arrays(
        pa.array([2, 1, 0], pa.uint8()), strings(pa.large_string(), BYTES[::-1])
    ),
    "a table": lambda: pa.table({"text": strings()}),
    "a record batch": lambda: pa.record_batch({"text": strings()}),
    "a stream of record batches": lambda: pa.table({"text": strings()}).to_reader(),
    "a Series of Arrow strings": lambda: pd.Series(strings(), dtype=pd.ArrowDtype(pa.string())),
    "a Series of pandas strings": lambda: pd.Series(pd.arrays.ArrowStringArray(strings(pa.large_string()))),
    "a pandas frame": lambda: pd.DataFrame({"text": pd.Series(strings(), dtype=pd.ArrowDtype(pa.string()))}),
}

NESTED: dict[str, Callable[[], pa.Array]] = {
    "lists": lambda: pa.ListArray.from_arrays(pa.array([0, 1, 2, 3]), strings()),
    "large lists": lambda: pa.LargeListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int64()), strings()),
    "lists of a fixed size": lambda: of_buffers(pa.list_(pa.string(), 1), 3, children=[strings()]),
    "list views": lambda: of_buffers(
        pa.list_view(pa.string()), 3, numbers([0, 1, 2]), numbers([1, 1, 1]), children=[strings()]
    ),
    "structs": lambda: pa.StructArray.from_arrays([pa.array([1, 2, 3]), strings()], ["a", "b"]),
    "structs of lists": lambda: pa.StructArray.from_arrays([NESTED["lists"]()], ["a"]),
    "maps": lambda: pa.MapArray.from_arrays(pa.array([0, 1, 2, 3]), pa.array(["a", "b", "c"]), strings()),
    "a union": lambda: pa.Array.from_buffers(
        pa.sparse_union([pa.field("a", pa.int64()), pa.field("b", pa.string())]),
        3,
        [None, pa.py_buffer(b"\0\1\0")],
        children=[pa.array([1, 2, 3]), strings()],
    ),
    "runs": encoded_in_runs,
    "a dictionary of structs": lambda: pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 2]), pa.StructArray.from_arrays([strings()], ["a"])
    ),
}


def place_of(byte: int = 3, **place: int | str) -> dict[str, Any]:
    return {"article": 1, "byte": byte, **place}


BAD_ARROW: list[Bad] = [
    *(
        Bad(
            f"bytes that are not UTF-8 in {name}",
            batch(make),
            "bad_text",
            ("UTF-8",),
            place_of(),
            n_in=3,
            failed=(1,),
            keeps=KEPT,
        )
        for name, make in TEXTS.items()
    ),
    Bad(
        "bytes that are not UTF-8 in a Parquet file",
        file("a.parquet", parquet(pa.table({"text": strings()}))),
        "bad_text",
        ("UTF-8",),
        place_of(field="text"),
        n_in=3,
        failed=(1,),
        keeps=KEPT,
    ),
    *(
        Bad(
            f"bytes that are not UTF-8 in the column {name}",
            batch(lambda name=name: pa.table({"text": ["x", "z", "y"], name: strings(values=[b"a", b"\xe9", b"b"])})),
            "bad_text",
            ("UTF-8",),
            place_of(0, field=name),
            n_in=3,
            failed=(1,),
            keeps=("x", "y"),
        )
        for name in ("id", "headline", "byline", "source")
    ),
    Bad(
        "bytes that are not UTF-8 in the column date",
        batch(lambda: pa.table({"text": ["x", "z", "y"], "date": strings(values=[b"2019-01-08", b"\xe9", None])})),
        "bad_text",
        ("UTF-8",),
        place_of(0, field="date"),
        n_in=3,
        failed=(1,),
        keeps=("x", "y"),
    ),
    *(
        Bad(
            f"bytes that are not UTF-8 in {name} next to the text",
            batch(lambda make=make: pa.table({"text": ["x", "z", "y"], "n": make()})),
            "bad_text",
            ("UTF-8",),
            place_of(field="n"),
            n_in=3,
            failed=(1,),
            keeps=("x", "y"),
        )
        for name, make in NESTED.items()
    ),
    Bad(
        "strings that part a letter",
        batch(lambda: of_buffers(pa.string(), 2, numbers([0, 1, 2]), "é".encode())),
        "bad_text",
        ("UTF-8",),
        {"article": 0, "byte": 0},
        n_in=2,
        failed=(0, 1),
    ),
    *(
        Bad(
            f"a column of {name} for texts says its type",
            batch(lambda values=values: arrow(["text"], values)),
            "bad_type",
            (f"of Arrow type {name}", "expected a string"),
            {"article": 0},
        )
        for name, values in {
            "binary": pa.array([b"rain"]),
            "large_binary": pa.array([b"rain"], pa.large_binary()),
            "list<string>": pa.array([["a"]]),
            "list<list<list<…>>>": pa.array([[[["a"]]]]),
            "struct": pa.array([{"a": 1}]),
            "int64": pa.array([7]),
            "date32": pa.array([DAY]),
            "dictionary<int64>": pa.array([7]).dictionary_encode(),
        }.items()
    ),
]


GOOD_ARROW: list[Good] = [
    Good(
        "bytes that are not UTF-8 where a string is missing",
        batch(
            lambda: pa.table(
                {
                    "text": ["x", "y"],
                    "n": pa.Array.from_buffers(
                        pa.string(),
                        2,
                        [pa.py_buffer(b"\1"), pa.py_buffer(numbers([0, 1, 2])), pa.py_buffer(b"a\xff")],
                    ),
                }
            )
        ),
        ["a", None],
        field_of("n"),
    ),
    Good(
        "bytes that are not UTF-8 outside of a slice",
        batch(lambda: strings(values=[b"\xff", b"x", b"y", b"\xff"]).slice(1, 2)),
        ["x", "y"],
    ),
    Good(
        "bytes that are not UTF-8 in a dictionary whose key no row has",
        batch(lambda: pa.DictionaryArray.from_arrays(pa.array([0, 2]), strings())),
        list(KEPT),
    ),
    Good(
        "slices of structs in structs",
        batch(lambda: pa.table({"text": list("xyz"), "n": pa.array([{"a": {"b": i}} for i in range(5)]).slice(1, 3)})),
        ["{a: {b: 1}}", "{a: {b: 2}}", "{a: {b: 3}}"],
        field_of("n"),
    ),
    Good(
        "strings of two blocks",
        batch(lambda: pa.table({"text": ["é"] * 40_000, "n": ["x" * 100, "é" * 100] * 20_000})),
        40_000,
        len,
    ),
    Good(
        "a Polars frame of strings",
        batch(lambda: pl.DataFrame({"text": ["é" * 20, "x"], "n": ["“long enough for a buffer”", None]})),
        ["“long enough for a buffer”", None],
        field_of("n"),
    ),
]


DAMAGED: dict[str, Callable[[], pa.Array]] = {
    "strings whose offsets fall": lambda: of_buffers(pa.string(), 3, numbers([0, 3, 1, 4]), b"rain"),
    "strings whose offsets leap": lambda: of_buffers(pa.string(), 3, numbers([0, 2**30, 3, 4]), b"rain"),
    "strings whose last offset is outside": lambda: patched(
        pa.array(["a", "b" * 56]), numbers([0, 1, 57]), numbers([0, 1, 2**30])
    ),
    "strings whose last offset is negative": lambda: patched(
        pa.array(["a", "b" * 56]), numbers([0, 1, 57]), numbers([0, 1, -57])
    ),
    "strings whose first offset is negative": lambda: patched(
        pa.array(["a", "b" * 56]), numbers([0, 1, 57]), numbers([-1, 1, 57])
    ),
    "large strings whose offsets leap": lambda: of_buffers(
        pa.large_string(), 3, numbers([0, 2**60, 3, 4], np.int64), b"rain"
    ),
    "a view outside of its buffer": lambda: of_buffers(
        pa.string_view(), 1, numbers([20]) + b"rain" + numbers([0, 2**30]), b"rain" * 5
    ),
    "a view of a buffer that is not there": lambda: of_buffers(
        pa.string_view(), 1, numbers([20]) + b"rain" + numbers([7, 0]), b"rain" * 5
    ),
    "a key without a value": lambda: pa.DictionaryArray.from_arrays(pa.array([0, 9]), pa.array(["a"]), safe=False),
    "a negative key": lambda: pa.DictionaryArray.from_arrays(pa.array([0, -1]), pa.array(["a"]), safe=False),
    "lists whose offsets leap": lambda: of_buffers(
        pa.list_(pa.string()), 3, numbers([0, 2**30, 1, 2]), children=[pa.array(["a", "b"])]
    ),
    "lists in structs whose offsets fall": lambda: pa.StructArray.from_arrays(
        [of_buffers(pa.list_(pa.string()), 3, numbers([0, 2, 1, 2]), children=[pa.array(["a", "b"])])], ["a"]
    ),
    "a list view outside of its values": lambda: of_buffers(
        pa.list_view(pa.int64()), 2, numbers([0, 2**30]), numbers([1, 1]), children=[pa.array([1])]
    ),
    "binary values whose offsets leap": lambda: of_buffers(pa.binary(), 3, numbers([0, 2**30, 3, 4]), b"rain"),
    "a union of a type that is not there": lambda: pa.Array.from_buffers(
        pa.sparse_union([pa.field("a", pa.int64())]), 2, [None, pa.py_buffer(b"\0\7")], children=[pa.array([1, 2])]
    ),
    "a union whose offset is outside": lambda: pa.Array.from_buffers(
        pa.dense_union([pa.field("a", pa.int64())]),
        2,
        [None, pa.py_buffer(b"\0\0"), pa.py_buffer(numbers([0, 2**30]))],
        children=[pa.array([1, 2])],
    ),
    "runs that do not reach the end": lambda: of_runs(9, [1, 2], pa.array(["a", "b"])),
    "runs whose ends fall": lambda: of_runs(2, [3, 2], pa.array(["a", "b"])),
}


def nested(depth: int) -> pa.Array:
    """Make lists of lists of lists."""
    kind = pa.string()
    for _ in range(depth):
        kind = pa.list_(kind)
    return pa.nulls(1, kind)


def beside(column: Callable[[], pa.Array]) -> Callable[[Path], Any]:
    """Call with the column as a field; pyarrow may refuse to make a table of it first."""

    def call(folder: Path) -> Any:
        made = column()
        batch = pa.RecordBatch.from_arrays([pa.array(["x"] * len(made)), made], ["text", "n"])
        return ng.Corpus(batch, errors="skip")

    return call


WRONG_ARROW: list[Wrong] = [
    *(
        Wrong(f"{name}, next to the text", beside(column), (ng.ParseError, pa.ArrowInvalid), (), None)
        for name, column in DAMAGED.items()
    ),
    *(
        wrong(
            f"{name}, for texts",
            lambda column=column: ng.Corpus(column(), errors="skip"),
            ng.ParseError,
            "damaged",
            kind="bad_record",
        )
        for name, column in DAMAGED.items()
        if name.startswith(("strings", "large strings", "a view", "a key", "a negative key"))
    ),
    *(
        wrong(
            f"lists nested {depth} deep",
            lambda depth=depth: ng.Corpus(pa.table({"text": ["x"], "n": nested(depth)})),
            ng.ParseError,
            "nests deeper than 64",
            kind="bad_record",
            field="n",
        )
        for depth in (65, 2000)
    ),
    wrong(
        "entries with bytes that are not UTF-8",
        lambda: ng.Gazetteer(pa.table({"name": strings(), "label": ["X"] * 3})),
        ng.ParseError,
        "row 1",
        "byte 3",
        "UTF-8",
        kind="bad_text",
        field="name",
    ),
    wrong(
        "entries in pandas with bytes that are not UTF-8",
        lambda: ng.Gazetteer(TEXTS["a pandas frame"]().rename(columns={"text": "name"}).assign(label="X")),
        ng.ParseError,
        "entry 1",
        "UTF-8",
        kind="bad_record",
    ),
    wrong(
        "labels of mentions with bytes that are not UTF-8",
        lambda: ng.Corpus(["rain"] * 3).with_mentions(
            pa.table({"article": [0, 1, 2], "start": [0] * 3, "end": [4] * 3, "label": strings()})
        ),
        ng.ParseError,
        "row 1",
        "byte 3",
        "UTF-8",
        kind="bad_text",
        field="label",
    ),
    *(
        wrong(
            f"texts to be searched for names, in {name}, with bytes that are not UTF-8",
            lambda make=make: ng.Gazetteer([("x", "X")]).find(make()),
            ng.ParseError,
            "1",
            "UTF-8",
            kind="bad_text",
        )
        for name, make in TEXTS.items()
        if name not in ("a table", "a record batch", "a stream of record batches", "a pandas frame")
    ),
    wrong(
        "a column whose name is not UTF-8",
        lambda: ng.Corpus(pa.table({"text": ["x"], "n": [1]}).rename_columns([b"text", b"\xff"])),
        ng.ConfigError,
        "the name of column 1 is not UTF-8",
        kind="bad_option",
    ),
]
