"""Articles that look wrong but are valid. The file is long because it is a table."""

from __future__ import annotations

import datetime as dt
import decimal
import gzip
import json
import os
import uuid

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import nutgraf as ng

from .case import (
    DAY,
    FRAME,
    TWO,
    Good,
    arrow,
    batch,
    dates,
    field_of,
    file,
    notes,
    parquet,
    places,
    put,
    total,
    zones,
)

ZSTD: bytes = pa.compress(b"Rain.", codec="zstd", asbytes=True)

# A frame without content, such as an index.
SKIPPED = b"\x5e\x2a\x4d\x18\x05\0\0\0index"

FAMILY = "👨‍👩‍👧‍👦"


class Headline(str):
    """A string of a subclass."""

    __slots__ = ()


EMPTY = [
    Good("a list of no articles", batch([]), []),
    Good("a tuple of no articles", batch(()), []),
    Good("an array of no articles", batch(lambda: np.array([], dtype=object)), []),
    Good("a Series of no articles", batch(lambda: pd.Series([], dtype=object)), []),
    Good("a generator of no articles", batch(lambda: iter(())), []),
    Good("a pandas frame without rows", batch(lambda: pd.DataFrame({"text": [], "date": []})), []),
    Good("a Polars frame without rows", batch(lambda: pl.DataFrame({"text": []})), []),
    Good("an Arrow table without rows", batch(lambda: pa.table({"text": pa.array([], pa.string())})), []),
    Good("an Arrow array of nulls that has no rows", batch(lambda: pa.chunked_array([], pa.null())), []),
    Good("a dict of empty columns", batch({"text": [], "source": []}), []),
    Good("an empty string", batch([""]), [""]),
    Good("an empty string has no tokens", batch([""]), 0, total("tokens")),
    Good("nothing but white space", batch([" \t\n\r\n\u2003 "]), [" \t\n\r\n\u2003 "]),
    Good("nothing but white space has no zones", batch([" \t\n\r\n\u2003 "]), [], zones),
    Good("nothing but a byte-order mark", batch(["\ufeff"]), ["\ufeff"]),
    Good("a header and nothing else", batch(["date 2019-01-08"]), [DAY], field_of("date")),
    Good("an empty text file", file("a.txt", ""), [""]),
    Good("a text file of white space", file("a.txt", " \n\n "), [" \n\n "]),
    Good("an empty JSON Lines file", file("a.jsonl", ""), []),
    Good("a JSON Lines file of blank lines", file("a.jsonl", "\n \n\r\n"), []),
    Good("an empty JSON list", file("a.json", "[]"), []),
    Good("a CSV file that is only a header", file("a.csv", "id,text\n"), []),
    Good("a CSV file whose text is empty in a row", file("a.csv", "text,n\n,1\nx,2\n"), ["", "x"]),
    Good("no files at all", lambda folder, errors: ng.read([], errors=errors), []),
    Good(
        "a Parquet file without rows",
        file("a.parquet", parquet(pa.table({"text": pa.array([], pa.string())}))),
        [],
    ),
]


LARGE = [
    Good("a hundred thousand empty articles", batch([""] * 100_000), 0, total("tokens")),
    Good("a million newlines", batch(["\n" * 1_000_000]), [], zones),
    Good("a line of 20 MB", batch(lambda: ["rain " * 4_000_000]), 4_000_000, total("tokens")),
    Good(
        "a line of 20 MB in a file",
        file("a.jsonl", json.dumps({"text": "x" * 20_000_000})),
        1,
        total("tokens"),
    ),
    Good("a word of 5 MB", batch(lambda: ["a" * 5_000_000]), 1, total("tokens")),
    Good("a word of 5 MB of two-byte letters", batch(lambda: ["é" * 2_500_000]), 1, total("tokens")),
    Good("200,000 paragraphs", batch(lambda: ["Rain.\n\n" * 200_000]), 200_000, total("paragraphs")),
    Good("a combining mark 100,000 times", batch(lambda: ["e" + "\u0301" * 100_000]), 1, total("tokens")),
    *(
        Good(f"{piece!r} 50,000 times", batch(lambda piece=piece: [piece * 50_000]), 1, len)
        for piece in (
            "“",
            '"',
            "(",
            ")",
            "[(",
            "'s",
            ".",
            ". ",
            "...",
            "a.",
            "A.B.",
            "Mr. ",
            "1,",
            "-",
            "a-",
            "@",
            "#",
            "://",
            "http://a",
            "a@",
            "By ",
            "Credit: AP/",
            "(AP) — ",
            "AP Photo/",
            "Photo: ",
            "READ MORE: ",
            "date ",
            "date 2019-01-08\n",
            "\r",
            "\r\n",
            "\u2028",
            "\u200d",
            "\U0001f1f5",
            "A ",
            "’",
            "\x00",
            "Ǆ",
        )
    ),
]


UNICODE = [
    *(
        Good(f"{name} stays as it is", batch([text]), [text])
        for name, text in {
            "a NUL byte": "a\x00b \x00",
            "each control character": "".join(map(chr, range(32))),
            "right-to-left text": "القاهرة (رويترز) - قال الوزير: «نعم».",
            "Hebrew with English": "ראש הממשלה said “שלום” on Tuesday.",
            "a direction override": "abc\u202edef\u202c \u2066x\u2069",
            "decomposed text": "Cafe\u0301 in A\u030angstro\u0308m",
            "a mark on nothing": "\u0301 \u0301a",
            "text full of marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
            "a family of emoji": f"A {FAMILY}{FAMILY} of four 👩🏽‍🚀 went",
            "flags and keycaps": "🇵🇹🇪🇸🇵 1️⃣ #️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "zero-width characters": "ra\u200bin \u200c\u200d\u2060\ufeff fell",
            "a byte-order mark in the middle": "Rain\ufeff fell. \ufeffThe sun rose.",
            "a noncharacter": "a\ufffeb\uffff \U0010ffff",
            "private use": "\ue000\U000f0000",
            "Thai without spaces": "ฝนตกในลิสบอน",
            "Chinese": "朝鲜领导人抵达北京。他会见了习近平。",
            "letters that grow when folded": "İstanbul ŞIK straße ﬁn ΌΣΟΣ",
            "mathematical letters": "𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠 𝕟𝕖𝕨𝕤 𝟚𝟘𝟙𝟡",
            "line and paragraph separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
        }.items()
    ),
    Good("a header behind a byte-order mark", batch(["\ufeffdate 2019-01-08 Rain."]), [DAY], field_of("date")),
    Good("a header behind blank lines", batch([" \r\n\t\n date 2019-01-08 Rain."]), [DAY], field_of("date")),
    Good(
        "Windows line ends part paragraphs",
        batch(["date 2019-01-08 Rain fell.\r\n\r\nThe sun rose.\r\n"]),
        [2],
        field_of("paragraphs"),
    ),
    Good(
        "old Mac line ends part paragraphs",
        batch(["date 2019-01-08 Rain fell.\r\rThe sun rose.\r"]),
        [2],
        field_of("paragraphs"),
    ),
    Good(
        "a blank line of spaces parts paragraphs",
        batch(["Rain fell. \n \t \nThe sun rose."]),
        [2],
        field_of("paragraphs"),
    ),
    Good(
        "a file with Windows line ends holds its articles",
        file("a.txt", "date 2019-01-08 Rain.\r\n\r\ndate 2019-01-09 Sun.\r\n"),
        ["date 2019-01-08 Rain.\r\n\r\n", "date 2019-01-09 Sun.\r\n"],
    ),
    Good(
        "a file with old Mac line ends holds its articles",
        file("a.txt", "date 2019-01-08 Rain.\r\rdate 2019-01-09 Sun.\r"),
        ["date 2019-01-08 Rain.\r\r", "date 2019-01-09 Sun.\r"],
    ),
    Good(
        "a word like a header is not a header",
        batch(["dateline 2019-02-30 x", "date 2019-02-30th", "Date: 2019-02-30"]),
        [None] * 3,
        field_of("date"),
    ),
    Good(
        "a date that does not exist in running text is no date",
        batch(["It met on date 2019-02-30 they say."]),
        [None],
        field_of("date"),
    ),
    Good(
        "a plain layout reads no header",
        batch(["date 2019-02-30 x"], layout="plain"),
        [None],
        field_of("date"),
    ),
    Good("the first of days", dates(dt.date.min, "0001-01-01"), [dt.date.min] * 2, field_of("date")),
    Good("the last of days", dates(dt.date.max, "9999-12-31"), [dt.date.max] * 2, field_of("date")),
    Good(
        "missing dates of every kind",
        dates(None, float("nan"), pd.NaT, pd.NA, np.datetime64("NaT"), "", "  ", DAY),
        [None] * 7 + [DAY],
        field_of("date"),
    ),
    Good(
        "dates and times of every class",
        dates(
            "2019-01-08",
            DAY,
            dt.datetime(2019, 1, 8, 23),
            pd.Timestamp("2019-01-08 23:00", tz="Asia/Tokyo"),
            np.datetime64("2019-01-08T23"),
            "2019-01-08T23:00:00-08:00",
            "Tue, 08 Jan 2019 23:00:00 GMT",
        ),
        [DAY] * 7,
        field_of("date"),
    ),
    Good(
        "days that pandas holds as numbers",
        batch(lambda: pd.DataFrame({"text": TWO, "date": [20190108, None]})),
        [DAY, None],
        field_of("date"),
    ),
    Good(
        "a leap day",
        batch(["date 2020-02-29 x", "date 2000-02-29 x"]),
        [dt.date(2020, 2, 29), dt.date(2000, 2, 29)],
        field_of("date"),
    ),
]


SHAPES = [
    Good("strings of a class of their own", batch([Headline("Rain."), np.str_("Wind.")]), ["Rain.", "Wind."]),
    Good("a paper's name that is the whole article", batch(["Sun"]), 1, total("tokens")),
    Good("a generator that is read once", batch(lambda: (text for text in TWO)), TWO),
    Good("the same text twice", batch(["x", "x"]), ["x", "x"]),
    Good("a Series of pandas strings", batch(lambda: pd.Series(TWO, dtype="string")), TWO),
    Good("a Series of Arrow strings", batch(lambda: pd.Series(TWO, dtype=pd.ArrowDtype(pa.string()))), TWO),
    Good("a Series of categories", batch(lambda: pd.Series(TWO, dtype="category")), TWO),
    Good("a Polars Series of categories", batch(lambda: pl.Series(TWO, dtype=pl.Categorical)), TWO),
    Good("a Polars Series of an enumeration", batch(lambda: pl.Series(TWO, dtype=pl.Enum(TWO))), TWO),
    Good("a dictionary array", batch(lambda: pa.array(TWO).dictionary_encode()), TWO),
    Good("large strings", batch(lambda: pa.array(TWO, pa.large_string())), TWO),
    Good("string views", batch(lambda: pa.array(TWO, pa.string_view())), TWO),
    Good("a slice of an array", batch(lambda: pa.array(["x", *TWO, "y"]).slice(1, 2)), TWO),
    Good(
        "chunks, some of them empty",
        batch(lambda: pa.chunked_array([[], TWO[:1], [], TWO[1:], []], pa.string())),
        TWO,
    ),
    Good(
        "a table whose batches are empty",
        batch(lambda: pa.concat_tables([pa.table(FRAME).slice(0, 0), pa.table(FRAME)])),
        TWO,
    ),
    Good("a record batch", batch(lambda: pa.RecordBatch.from_pydict(FRAME)), TWO),
    Good(
        "a column of nulls next to the text",
        batch(lambda: pa.table({"text": TWO, "n": pa.nulls(2)})),
        [None, None],
        field_of("n"),
    ),
    Good(
        "a column of nulls in Polars next to the text",
        batch(lambda: pl.DataFrame({"text": TWO, "n": [None, None]})),
        [None, None],
        field_of("n"),
    ),
    Good(
        "a column of None next to the text",
        batch(lambda: pd.DataFrame({"text": TWO, "n": [None, None]})),
        [None, None],
        field_of("n"),
    ),
    Good(
        "a column of mixed types becomes text",
        batch({"text": ["x"] * 6, "n": [1, "a", None, 2.5, DAY, True]}),
        ["1", "a", None, "2.5", "2019-01-08", "true"],
        field_of("n"),
    ),
    Good(
        "whole numbers among numbers become numbers",
        batch({"text": TWO, "n": [1, 2.5]}),
        [1.0, 2.5],
        field_of("n"),
    ),
    Good(
        "a whole number of thirty digits keeps them",
        batch({"text": ["x"], "n": [10**30]}),
        [str(10**30)],
        field_of("n"),
    ),
    Good(
        "a whole number above 2 ** 63 in Arrow keeps its digits",
        batch(lambda: pa.table({"text": ["x"], "n": pa.array([2**63 + 5], pa.uint64())})),
        [str(2**63 + 5)],
        field_of("n"),
    ),
    Good(
        "a whole number above 2 ** 63 in JSON keeps its digits",
        file("a.jsonl", '{"text": "x", "n": 12345678901234567891}'),
        ["12345678901234567891"],
        field_of("n"),
    ),
    Good(
        "infinity is a number",
        batch({"text": TWO, "n": [float("inf"), float("-inf")]}),
        [float("inf"), float("-inf")],
        field_of("n"),
    ),
    Good(
        "decimals, identifiers and spans of time become text",
        batch({"text": ["x"] * 3, "n": [decimal.Decimal("1.10"), uuid.UUID(int=5), dt.timedelta(1)]}),
        ["1.10", "00000000-0000-0000-0000-000000000005", "1 day, 0:00:00"],
        field_of("n"),
    ),
    Good(
        "lists in a pandas column become text",
        batch(lambda: pd.DataFrame({"text": ["x"], "n": [["a", "b"]]})),
        ["['a', 'b']"],
        field_of("n"),
    ),
    Good(
        "lists in a Polars column are kept",
        batch(lambda: pl.DataFrame({"text": ["x"], "n": [["a", "b"]]})),
        1,
        lambda corpus: sum("a" in str(value) and "b" in str(value) for value in corpus.articles()["n"]),
    ),
    Good(
        "structs in a Polars column are kept",
        batch(lambda: pl.DataFrame({"text": ["x"], "n": [{"a": "b"}]})),
        1,
        lambda corpus: sum("a" in str(value) and "b" in str(value) for value in corpus.articles()["n"]),
    ),
    Good(
        "maps in an Arrow column are kept",
        batch(
            lambda: arrow(["text", "n"], pa.array(["x"]), pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string())))
        ),
        1,
        lambda corpus: sum("a" in str(value) and "b" in str(value) for value in corpus.articles()["n"]),
    ),
    Good(
        "lists and objects in JSON stay JSON",
        file("a.jsonl", '{"text": "x", "n": [1, {"a": null}]}'),
        ['[1,{"a":null}]'],
        field_of("n"),
    ),
    Good(
        "a category of pandas next to the text",
        batch(lambda: pd.DataFrame({"text": TWO, "n": pd.Categorical(["A", None])})),
        ["A", None],
        field_of("n"),
    ),
    Good(
        "columns that are called by numbers",
        batch(lambda: pd.DataFrame([["x", 7]], columns=["text", 0])),
        [7],
        field_of("0"),
    ),
    Good("a column without a name", batch({"text": ["x"], "": [7]}), [7], field_of("")),
    Good(
        "columns that are called like those of the result",
        batch({"text": ["x"], "tokens": [7], "place": ["Rome"], "captions": [8]}),
        (7, "Rome", 8),
        lambda corpus: tuple(corpus.articles()[f"{name}_field"][0] for name in ("tokens", "place", "captions")),
    ),
    Good(
        "a headline that is a number in CSV",
        file("a.csv", "text,headline\nx,1984\n"),
        ["1984"],
        field_of("headline"),
    ),
    Good(
        "a time of year 33658 is kept",
        batch(lambda: pa.table({"text": ["x"], "n": pa.array([10**12], pa.timestamp("s"))})),
        1,
        lambda corpus: sum(value is not None for value in corpus.articles()["n"]),
    ),
    Good("records that lack a field", batch([{"text": "x", "n": 1}, {"text": "y"}]), [1, None], field_of("n")),
]


IDS = {
    "strings": ["x", "y"],
    "whole numbers": [7, 5],
    "numbers": [1.0, 2.5],
    "truth values": [True, False],
    "mixed types": [1, "a"],
    "numbers as text": ["007", "7"],
    "whole numbers above 2 ** 64": [2**64, 2**64 + 1],
    "empty and blank text": ["", " "],
    "times": pd.to_datetime(["2019-01-08 10:00", "2019-01-09 00:00"]),
    "times in Tokyo": pd.to_datetime(["2019-01-08", "2019-01-09"]).tz_localize("Asia/Tokyo"),
    "months": pd.period_range("2019-01", periods=2, freq="M"),
    "intervals": pd.interval_range(0, 2),
    "categories": pd.CategoricalIndex(["b", "a"]),
    "a step of two": pd.RangeIndex(0, 4, 2),
    "two levels": pd.MultiIndex.from_tuples([("a", 1), ("a", 2)]),
    "identifiers": [uuid.UUID(int=1), uuid.UUID(int=2)],
}


INDEXES = [
    *(
        Good(
            f"an index of {name} finds its articles",
            batch(lambda index=index: pd.DataFrame({"text": TWO}, index=index)),
            TWO,
        )
        for name, index in IDS.items()
    ),
    *(
        Good(
            f"an index of {name} finds the articles of a Series",
            batch(lambda index=index: pd.Series(TWO, index=index)),
            TWO,
        )
        for name, index in IDS.items()
    ),
    Good(
        "an index with a name",
        batch(lambda: pd.DataFrame(FRAME, index=pd.Index(["p", "q"], name="text"))),
        ["p", "q"],
        field_of("article"),
    ),
    Good(
        "whole numbers that pandas holds as numbers stay whole",
        batch(lambda: pd.DataFrame({"text": TWO, "id": [1.0, 2.0]})),
        [1, 2],
        field_of("article"),
    ),
]


ENCODED = [
    Good(
        "a file in UTF-16 with a mark",
        file("a.txt", "date 2019-01-08 Café".encode("utf-16")),
        ["date 2019-01-08 Café"],
    ),
    Good(
        "a file in big-endian UTF-16 with a mark",
        file("a.txt", b"\xfe\xff" + "Café".encode("utf-16-be")),
        ["Café"],
    ),
    Good("a file in UTF-8 with a mark", file("a.txt", "Café".encode("utf-8-sig")), ["Café"]),
    Good("a CSV file in UTF-8 with a mark", file("a.csv", "text,n\nCafé,1".encode("utf-8-sig")), ["Café"]),
    Good(
        "a JSON Lines file in UTF-8 with a mark",
        file("a.jsonl", '{"text": "Café"}'.encode("utf-8-sig")),
        ["Café"],
    ),
    Good("a file in Windows-1252", file("a.txt", "“Café” — €5".encode("cp1252")), ["“Café” — €5"]),
    Good("a file in Windows-1252 is noted", file("a.txt", "“Café”".encode("cp1252")), [("bad_file", 0)], notes),
    Good(
        "a broken byte is noted with its place",
        file("a.jsonl", b'{"text": "caf\xe9"}'),
        [("bad_file", 13)],
        notes,
    ),
    *(
        Good(
            f"a line of {name} in Windows-1252 leaves the others in UTF-8",
            file(f"a.{name}", content),
            ["é", "café", "ï"],
        )
        for name, content in {
            "jsonl": b'{"text": "\xc3\xa9"}\n{"text": "caf\xe9"}\n{"text": "\xc3\xaf"}\n',
            "json": b'["\xc3\xa9",\n"caf\xe9", "\xc3\xaf"]',
            "csv": b"text,n\n\xc3\xa9,1\ncaf\xe9,2\n\xc3\xaf,3\n",
            "tsv": b"text\tn\n\xc3\xa9\t1\ncaf\xe9\t2\n\xc3\xaf\t3\n",
        }.items()
    ),
    *(
        Good(f"a line of {name} in Windows-1252 is noted", file(f"a.{name}", content), [("bad_file", 2, byte)], places)
        for name, content, byte in [
            ("jsonl", b'{"text": "\xc3\xa9"}\n{"text": "caf\xe9"}\n', 28),
            ("json", b'["\xc3\xa9",\n"caf\xe9", "\xc3\xaf"]', 11),
            ("csv", b"\xef\xbb\xbftext,n\ncaf\xe9,2\n\xc3\xaf,3\n", 13),
            ("txt", b"date 2019-01-08 \xc3\xa9\ndate 2019-01-09 caf\xe9\n", 38),
        ]
    ),
    Good(
        "an article in Windows-1252 leaves the others in UTF-8",
        file("a.txt", b"date 2019-01-08 \xc3\xa9\ndate 2019-01-09 caf\xe9\ndate 2019-01-10 \xc3\xaf"),
        ["date 2019-01-08 é\n", "date 2019-01-09 café\n", "date 2019-01-10 ï"],
    ),
    Good(
        "a byte in Windows-1252 leaves the letters around it in UTF-8",
        file("a.txt", b"na\xc3\xafve caf\xe9 \xe2\x80\x94 \xc3\xa9"),
        ["naïve café — é"],
    ),
    Good(
        "a header in Windows-1252",
        file("a.csv", b"text,pr\xe9nom\nx,y\n"),
        ["y"],
        field_of("prénom"),
    ),
    *(
        Good(f"a file in {encoding}, without a mark or with one", file("a.jsonl", content), ["Дождь é", "rain"])
        for encoding, content in {
            encoding: f'{mark}{{"text": "Дождь é"}}\n{{"text": "rain"}}\n'.encode(encoding)
            for encoding, mark in [
                ("utf-16", ""),
                ("utf-16-le", ""),
                ("utf-16-be", ""),
                ("utf-32", ""),
                ("utf-32-le", ""),
                ("utf-32-be", ""),
                ("utf-8-sig", ""),
            ]
        }.items()
    ),
    Good(
        "a file without its mark is noted", file("a.txt", "Rain fell".encode("utf-16-le")), [("bad_file", None)], notes
    ),
    Good("an archive that is padded with zeros", file("a.txt.gz", gzip.compress(b"Rain.") + bytes(512)), ["Rain."]),
    *(
        Good(f"a Zstandard archive with {name}", file("a.txt.zst", content), ["Rain." * times])
        for name, content, times in [
            ("a frame to be skipped before it", SKIPPED + ZSTD, 1),
            ("a frame to be skipped after it", ZSTD + SKIPPED, 1),
            ("frames to be skipped all over", SKIPPED + ZSTD + SKIPPED * 2 + ZSTD + SKIPPED, 2),
            ("two frames", ZSTD * 2, 2),
        ]
    ),
    Good("an empty device", lambda folder, errors: ng.read(os.devnull, errors=errors), [""]),
    Good(
        "a link to a folder elsewhere",
        lambda folder, errors: (
            (folder / "a").mkdir(),
            (folder / "b").mkdir(),
            put(folder / "a", "x.txt", "x"),
            put(folder / "b", "y.txt", "y"),
            (folder / "a" / "z").symlink_to(folder / "b"),
            ng.read(folder / "a", errors=errors),
        )[-1],
        ["x", "y"],
    ),
    Good(
        "a link to a folder that is read anyway",
        lambda folder, errors: (
            (folder / "b").mkdir(),
            put(folder / "b", "x.txt", "x"),
            (folder / "a").symlink_to("b"),
            ng.read(folder, errors=errors),
        )[-1],
        ["x"],
    ),
    Good(
        "lines within lines of returns",
        file("a.csv", 'text,n\r"x\r\ry",1\rz,2\r'),
        [7, 16],
        field_of("source_start"),
    ),
    Good(
        "a JSON list says where its items are",
        file("a.json", ' [ "é",\n{"text": "x"}]'),
        [3, 8],
        field_of("source_start"),
    ),
    Good("bytes that no code page has", file("a.txt", bytes(range(128, 256))), 1, len),
    Good("a plain text file has no notes", file("a.txt", "Café"), [], notes),
    Good("an archive without its suffix", file("a.txt", gzip.compress(b"Rain.")), ["Rain."]),
    Good("a suffix without its archive", file("a.txt.gz", "Rain."), ["Rain."]),
    Good(
        "an archive of an archive of two members",
        file("a.txt.gz", gzip.compress(b"Rain ") + gzip.compress(b"fell")),
        ["Rain fell"],
    ),
    Good("a suffix in capitals", file("A.JSONL", '{"text": "x"}\n{"text": "y"}'), ["x", "y"]),
    Good("a Parquet suffix in capitals", file("A.PARQUET", parquet(pa.table({"text": TWO}))), TWO),
    Good("no suffix at all", file("articles", '{"text": "x"}\n{"text": "y"}'), ["x", "y"]),
    Good("old Mac line ends in CSV", file("a.csv", "text,n\rx,1\ry,2\r"), ["x", "y"]),
    Good("lines within a quoted cell", file("a.csv", 'text,n\n"x\n\ny",1\nz,2\n'), ["x\n\ny", "z"]),
    Good("a NUL byte in CSV", file("a.csv", b"text,n\nx\x00y,1\n"), ["x\x00y"]),
    Good(
        "a key that stands twice has its last value",
        file("a.jsonl", '{"text": "x", "text": "y", "n": 1, "n": 2}'),
        ["y"],
    ),
    Good("an escaped emoji", file("a.jsonl", '{"text": "\\ud83d\\ude00"}'), ["😀"]),
    Good("an escaped NUL", file("a.jsonl", '{"text": "a\\u0000b"}'), ["a\x00b"]),
    Good("strings in JSON Lines", file("a.jsonl", '"x"\n"y"'), ["x", "y"]),
    Good("a list over several lines in JSON", file("a.json", '[\n{"text":\n"x"}\n,\n"y"]'), ["x", "y"]),
    Good(
        "JSON nested as deep as it may be",
        file("a.jsonl", '{"text": "x", "n": ' + "[" * 100 + "]" * 100 + "}"),
        ["x"],
    ),
    Good("a file name with blanks and brackets", file("a [1] é.txt", "x"), ["x"]),
    Good(
        "the same file twice",
        lambda folder, errors: ng.read([put(folder, "a.txt", "x")] * 2, errors=errors),
        ["x", "x"],
    ),
]


GOOD_ARTICLES = [*EMPTY, *LARGE, *UNICODE, *SHAPES, *INDEXES, *ENCODED]
