"""Arrow columns whose buffers have arbitrary contents."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
import pyarrow as pa

TYPES_OF_FOUR = [pa.int32(), pa.float32(), pa.date32(), pa.time32("s")]
TYPES_OF_EIGHT = [
    pa.int64(),
    pa.uint64(),
    pa.float64(),
    pa.date64(),
    pa.timestamp("ns"),
    pa.timestamp("s"),
    pa.timestamp("ms", tz="Asia/Tokyo"),
    pa.time64("us"),
    pa.duration("s"),
    pa.duration("ns"),
]
TYPES_OF_SIXTEEN = [pa.decimal128(38, 3), pa.decimal128(5, -2), pa.month_day_nano_interval()]


def buffer(rng: Random, size: int) -> pa.Buffer:
    """Make some bytes: arbitrary ones, broken text, valid text, or zeros."""
    content = {
        0: lambda: bytes(rng.randrange(256) for _ in range(size)),
        1: lambda: bytes(rng.choice(b"abc \xc3\xa9") for _ in range(size)),
        2: lambda: ("é€a" * size).encode()[:size],
        3: lambda: bytes(size),
    }[rng.randrange(4)]()
    return pa.py_buffer(content)


def offsets(rng: Random, rows: int, size: int, kind: type = np.int32) -> pa.Buffer:
    """Make offsets: rising, arbitrary, or rising with one exception."""
    places = sorted(rng.randrange(size + 1) for _ in range(rows + 1))
    shape = rng.randrange(3)
    if shape == 1:
        places = [rng.randrange(-3, size + 3) for _ in range(rows + 1)]
    elif shape == 2:
        places[rng.randrange(rows + 1)] = rng.choice([0, size, size + 1, -1, 2**31 - 1])
    return pa.py_buffer(np.array(places, dtype=kind).tobytes())


def validity(rng: Random, rows: int) -> pa.Buffer | None:
    return rng.choice([None, pa.py_buffer(bytes(rng.randrange(256) for _ in range(rows // 8 + 1)))])


def views(rng: Random, rows: int) -> pa.Buffer:
    content = b""
    for _ in range(rows):
        length = rng.choice([rng.randrange(13), rng.randrange(13, 30)])
        content += length.to_bytes(4, "little")
        if length <= 12:
            content += bytes(buffer(rng, 12))
        else:
            place = rng.choice([0, 0, 0, 1, 5]), rng.choice([0, 1, 10, 100, 2**31 - 1])
            content += b"rain" + b"".join(number.to_bytes(4, "little") for number in place)
    return pa.py_buffer(content)


def of(kind: pa.DataType, rows: int, buffers: list[pa.Buffer | None], *children: pa.Array) -> pa.Array:
    return pa.Array.from_buffers(kind, rows, buffers, children=list(children))


def flat(rng: Random, rows: int) -> list[Callable[[], pa.Array]]:
    """Columns without nested columns."""
    valid, size = validity(rng, rows), rng.randrange(40)
    return [
        lambda: of(pa.string(), rows, [valid, offsets(rng, rows, size), buffer(rng, size)]),
        lambda: of(pa.large_string(), rows, [valid, offsets(rng, rows, size, np.int64), buffer(rng, size)]),
        lambda: of(pa.string_view(), rows, [valid, views(rng, rows), buffer(rng, 40)]),
        lambda: of(pa.binary(), rows, [valid, offsets(rng, rows, size), buffer(rng, size)]),
        lambda: of(pa.binary_view(), rows, [valid, views(rng, rows), buffer(rng, 40)]),
        lambda: of(rng.choice([pa.int8(), pa.uint8()]), rows, [valid, buffer(rng, rows)]),
        lambda: of(rng.choice(TYPES_OF_FOUR), rows, [valid, buffer(rng, 4 * rows)]),
        lambda: of(rng.choice(TYPES_OF_EIGHT), rows, [valid, buffer(rng, 8 * rows)]),
        lambda: of(rng.choice(TYPES_OF_SIXTEEN), rows, [valid, buffer(rng, 16 * rows)]),
        lambda: of(pa.bool_(), rows, [valid, buffer(rng, rows // 8 + 1)]),
    ]


def nested(rng: Random, rows: int, depth: int) -> list[Callable[[], pa.Array]]:
    """Columns with nested columns."""
    valid = validity(rng, rows)

    def numbers(least: int, most: int, kind: type = np.int32) -> pa.Buffer:
        return pa.py_buffer(np.array([rng.randrange(least, most) for _ in range(rows)], dtype=kind).tobytes())

    def lists(kind: Callable[[pa.DataType], pa.DataType], size: type) -> pa.Array:
        values = whole(rng, rng.randrange(6), depth)
        return of(kind(values.type), rows, [valid, offsets(rng, rows, len(values), size)], values)

    def list_views() -> pa.Array:
        values = whole(rng, rng.randrange(6), depth)
        return of(pa.list_view(values.type), rows, [valid, numbers(-1, len(values) + 1), numbers(-1, 3)], values)

    def structs() -> pa.Array:
        columns = [whole(rng, rows, depth) for _ in range(2)]
        return of(pa.struct([("a", columns[0].type), ("b", columns[1].type)]), rows, [valid], *columns)

    def pairs() -> pa.Array:
        values = whole(rng, rows * 2, depth)
        return of(pa.list_(values.type, 2), rows, [valid], values)

    def maps() -> pa.Array:
        size = rng.randrange(6)
        keys, values = pa.array(["k"] * size, pa.string()), whole(rng, size, depth)
        entries = pa.StructArray.from_arrays([keys, values], names=["key", "value"])
        return of(pa.map_(pa.string(), values.type), rows, [valid, offsets(rng, rows, size)], entries)

    def dictionary() -> pa.Array:
        values = whole(rng, rng.randrange(1, 6), depth)
        least, most = rng.choice([(0, len(values)), (-2, len(values) + 2)])
        keys = of(pa.int32(), rows, [valid, numbers(least, most)])
        return pa.DictionaryArray.from_arrays(keys, values, safe=False)

    def union() -> pa.Array:
        columns = [whole(rng, rows, depth) for _ in range(2)]
        fields = [pa.field("a", columns[0].type), pa.field("b", columns[1].type)]
        ids = pa.py_buffer(bytes(rng.choice([0, 1, 1, 0, 7]) for _ in range(rows)))
        if rng.random() < 0.5:
            return of(pa.sparse_union(fields), rows, [None, ids], *columns)
        return of(pa.dense_union(fields), rows, [None, ids, numbers(-1, rows + 1)], *columns)

    def runs() -> pa.Array:
        values = whole(rng, rng.randrange(1, 6), depth)
        ends = pa.array(sorted(rng.sample(range(1, 20), len(values))), pa.int32())
        kind = pa.run_end_encoded(pa.int32(), values.type)
        return pa.RunEndEncodedArray.from_buffers(kind, rows, [None], children=[ends, values])

    return [
        lambda: lists(pa.list_, np.int32),
        lambda: lists(pa.large_list, np.int64),
        list_views,
        structs,
        pairs,
        maps,
        dictionary,
        union,
        runs,
    ]


def whole(rng: Random, rows: int, depth: int = 2) -> pa.Array:
    kinds = flat(rng, rows) + (nested(rng, rows, depth - 1) if depth else [])
    return rng.choice(kinds)()


def column(rng: Random, rows: int) -> pa.Array:
    """Make a column of any type, or a slice of one."""
    values = whole(rng, rows)
    if rows and rng.random() < 0.4:
        start = rng.randrange(rows)
        values = values.slice(start, rng.randrange(rows - start + 1))
    return values
