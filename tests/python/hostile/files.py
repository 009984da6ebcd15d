"""Files that are damaged, in another format, or missing."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import nutgraf as ng

from .case import FRAME, MIDDLE, TWO, Bad, Make, Wrong, file, files, parquet, put, wrong


def unreadable(folder: Path, errors: str) -> ng.Corpus:
    """Read a file that can be opened but not read, between two good ones."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("Linux has a file that even root cannot read from its start")
    folder.joinpath("b.txt").symlink_to("/proc/self/mem")
    paths = [put(folder, "a.txt", "x"), folder / "b.txt", put(folder, "c.txt", "y")]
    return ng.read(paths, errors=errors)


def locked(folder: Path, errors: str) -> ng.Corpus:
    """Read a file without read permission, between two good ones."""
    paths = [put(folder, f"{name}.txt", text) for name, text in zip("abc", "xzy", strict=True)]
    paths[1].chmod(0)
    if os.access(paths[1], os.R_OK):
        pytest.skip("root may open any file")
    return ng.read(paths, errors=errors)


def forbidden(folder: Path) -> ng.Corpus:
    """Read a folder without permission."""
    (folder / "closed").mkdir(mode=0)
    return ng.read(folder / "closed")


def within(folder: Path, errors: str, broken: Callable[[Path], Any]) -> ng.Corpus:
    """Read a folder with something broken in it, between two good files."""
    put(folder, "a.txt", "x")
    broken(folder)
    put(folder, "c.txt", "y")
    return ng.read(folder, errors=errors)


def in_folder(broken: Callable[[Path], Any]) -> Make:
    return lambda folder, errors: within(folder, errors, broken)


def json_line(line: str) -> Make:
    """Make a corpus of a JSON Lines file with this line between two good ones."""
    return file("a.jsonl", f'{{"text": "x"}}\n{line}\n{{"text": "y"}}\n')


def archive(kind: str, content: bytes = b"Rain fell on Lisbon. " * 400) -> bytes:
    """Compress some content."""
    if kind == "zst":
        return bytes(pa.compress(content, codec="zstd", asbytes=True))
    return {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[kind](content)


LINE = {"article": 1, "source": "a.jsonl", "line": 2}


BAD_FILES: list[Bad] = [
    *(
        Bad(
            f"a {kind} archive {how}",
            files({"a.txt": "x", f"b.txt.{kind}": content, "c.txt": "y"}),
            "bad_file",
            ("not whole",),
            {"article": 1, "source": f"b.txt.{kind}"},
            **MIDDLE,
        )
        for kind in ("gz", "zst", "bz2", "xz")
        for how, content in {
            "cut in half": archive(kind)[: len(archive(kind)) // 2],
            "cut by a byte": archive(kind)[:-1],
            "of its first four bytes": archive(kind)[:4],
        }.items()
    ),
    Bad(
        "a gz archive with a wrong byte",
        files({"a.txt": "x", "b.txt.gz": archive("gz")[:-6] + b"\x00" + archive("gz")[-5:], "c.txt": "y"}),
        "bad_file",
        ("not whole",),
        {"article": 1, "source": "b.txt.gz"},
        **MIDDLE,
    ),
    Bad(
        "an archive of no bytes",
        files({"a.txt": "x", "b.txt.gz": b"", "c.txt": "y"}),
        "bad_file",
        ("expected",),
        {"article": 1, "source": "b.txt.gz"},
        **MIDDLE,
    ),
    *(
        Bad(
            f"a {kind} archive that something else follows",
            files({"a.txt": "x", f"b.txt.{kind}": archive(kind) + b"rain", "c.txt": "y"}),
            "bad_file",
            ("not whole",),
            {"article": 1, "source": f"b.txt.{kind}"},
            **MIDDLE,
        )
        for kind in ("gz", "zst", "bz2", "xz")
    ),
    Bad(
        "an archive that unpacks to a thousand times its size",
        files({"a.txt": "x", "b.txt.zst": archive("zst", b"\0" * (64 << 20)) * 5, "c.txt": "y"}),
        "bad_file",
        ("unpacks to more than 268435456 bytes",),
        {"article": 1, "source": "b.txt.zst"},
        **MIDDLE,
    ),
    *(
        Bad(
            f"an RTF document {name}",
            files({"a.txt": "x", "b.rtf": content, "c.txt": "y"}),
            "bad_file",
            (word,),
            {"article": 1, "source": "b.rtf"},
            **MIDDLE,
        )
        for name, content, word in [
            ("that is cut off", b"{\\rtf1 Rain fell", "last brace"),
            ("of a hundred thousand braces", b"{\\rtf1 " + b"{" * 100_000, "last brace"),
            ("with a picture of more bytes than it has", b"{\\rtf1{\\pict\\bin999999999999 x}}", "last brace"),
            ("in another code page", b"{\\rtf1\\ansicpg437 \\'c4}", "code page 437"),
        ]
    ),
    *(
        Bad(
            f"{encoding} of an odd number of bytes",
            files({"a.txt": "x", "b.txt": "\ufeffrain".encode(encoding) + b"\1", "c.txt": "y"}),
            "bad_file",
            (encoding.upper()[:6],),
            {"article": 1, "source": "b.txt"},
            **MIDDLE,
        )
        for encoding in ("utf-16-be", "utf-32-le", "utf-32-be")
    ),
    Bad(
        "UTF-32 of a number that is no letter",
        file("a.txt", b"\xff\xfe\0\0\0\xd8\0\0"),
        "bad_file",
        ("UTF-32LE",),
        {"article": 0, "source": "a.txt"},
    ),
    Bad(
        "UTF-16 of an odd number of bytes",
        files({"a.txt": "x", "b.txt": b"\xff\xfea\x00b", "c.txt": "y"}),
        "bad_file",
        ("UTF-16LE",),
        {"article": 1, "source": "b.txt"},
        **MIDDLE,
    ),
    Bad(
        "UTF-16 with a lone surrogate",
        file("a.txt", b"\xff\xfe\x00\xd8a\x00"),
        "bad_file",
        ("UTF-16LE",),
        {"article": 0, "source": "a.txt"},
    ),
    Bad(
        "a row with too few cells",
        file("a.csv", "text,n\nx,1\nz\ny,2\n"),
        "bad_record",
        ("1 values", "header has 2"),
        {"article": 1, "source": "a.csv", "line": 3},
        **MIDDLE,
    ),
    Bad(
        "a row with too many cells",
        file("a.csv", "text,n\nx,1\nz, and so on,2\ny,2\n"),
        "bad_record",
        ("3 values", "header has 2"),
        {"article": 1, "source": "a.csv", "line": 3},
        **MIDDLE,
    ),
    Bad(
        "a ragged row behind lines within a cell",
        file("a.csv", 'text,n\n"x\n\nx",1\nz\ny,2\n'),
        "bad_record",
        ("1 values",),
        {"article": 1, "source": "a.csv", "line": 5},
        n_in=3,
        failed=(1,),
        keeps=("x\n\nx", "y"),
    ),
    Bad(
        "a ragged row in TSV",
        file("a.tsv", "text\tn\nx\t1\nz\ny\t2\n"),
        "bad_record",
        ("1 values",),
        {"article": 1, "source": "a.tsv", "line": 3},
        **MIDDLE,
    ),
    Bad(
        "a quote that never closes",
        file("a.csv", 'text,n\nx,1\n"z,2\ny,3\n'),
        "bad_record",
        ("quote",),
        {"article": 1, "source": "a.csv", "line": 3},
        n_in=3,
        failed=(1,),
        keeps=("x", "y"),
    ),
    Bad(
        "a quote that never closes in a single column",
        file("a.csv", 'text\nx\n"z\ny\n'),
        "bad_record",
        ("quote",),
        {"article": 1, "source": "a.csv", "line": 3},
        n_in=3,
        failed=(1,),
        keeps=("x", "y"),
    ),
    *(
        Bad(
            f"a quote that never closes in the last row, of lines that end in {name}",
            file("a.csv", end.join(["text,n", '"x",1', '"y\n",2', '"z,3', "w,4", ""])),
            "bad_record",
            ("quote",),
            {"article": 2, "source": "a.csv", "line": 5},
            n_in=4,
            failed=(2,),
            keeps=("x", "y\n", "w"),
        )
        for name, end in {"returns": "\r", "returns and feeds": "\r\n", "feeds": "\n"}.items()
    ),
    Bad(
        "a ragged row of lines that end in returns",
        file("a.csv", "text,n\rx,1\rz\ry,2\r"),
        "bad_record",
        ("1 values", "header has 2"),
        {"article": 1, "source": "a.csv", "line": 3},
        **MIDDLE,
    ),
    Bad(
        "a CSV file without the column of texts",
        file("a.csv", "story,n\nx,1\n"),
        "missing_text",
        ('"text"', "story, n"),
        {"article": 0, "source": "a.csv", "line": 1},
    ),
    Bad(
        "a CSV file with another separator and no texts",
        file("a.csv", "story;n\nx;1\n"),
        "missing_text",
        ("story, n", "text="),
        {"article": 0, "source": "a.csv", "line": 1},
    ),
    Bad(
        "a picture under the name of a text",
        file("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        "bad_format",
        ("PNG image", "expected text"),
        {"article": 0, "source": "a.txt"},
    ),
    Bad(
        "a CSV file in which a column stands twice",
        file("a.csv", "text,n,n\nx,1,2\n"),
        "bad_record",
        ('"n"', "two"),
        {"article": 0, "source": "a.csv", "line": 1},
    ),
    Bad(
        "a CSV file in which the text stands twice",
        file("a.csv", "text,text\nx,z\n"),
        "bad_record",
        ('"text"', "two"),
        {"article": 0, "source": "a.csv", "line": 1},
    ),
    Bad(
        "an empty CSV file",
        file("a.csv", ""),
        "missing_text",
        ("no field at all",),
        {"article": 0, "source": "a.csv"},
    ),
    Bad(
        "JSON Lines that are called CSV",
        file("a.csv", '{"text": "x"}\n'),
        "missing_text",
        ('"text"',),
        {"article": 0, "source": "a.csv"},
    ),
    *(
        Bad(f"{name} in JSON Lines", json_line(line), kind, says, LINE, **MIDDLE)
        for name, line, kind, says in [
            ("a broken line", '{"text": ', "bad_record", ("is not JSON",)),
            ("words", "rain fell", "bad_record", ("is not JSON",)),
            ("a comma too many", '{"text": "z",}', "bad_record", ("is not JSON",)),
            ("single quotes", "{'text': 'z'}", "bad_record", ("is not JSON",)),
            ("two objects in a line", '{"text": "z"}{"text": "z"}', "bad_record", ("is not JSON",)),
            ("a number beyond all numbers", '{"text": "z", "n": 1e999}', "bad_record", ("out of range",)),
            ("a lone surrogate", '{"text": "\\ud800"}', "bad_record", ("is not JSON", "escape")),
            ("a NUL byte", "\x00", "bad_record", ("is not JSON",)),
            ("nesting 100,000 deep", '{"text": "z", "n": ' + "[" * 100_000, "bad_record", ("recursion",)),
            ("closed nesting 100,000 deep", "[" * 100_000 + "]" * 100_000, "bad_record", ("recursion",)),
            ("a list", '["z"]', "bad_record", ('["z"]', "expected an object or a string")),
            ("a number", "7", "bad_record", ("7", "expected an object or a string")),
            ("null", "null", "bad_record", ("null", "expected an object or a string")),
            ("an object without fields", "{}", "missing_text", ("no field at all",)),
            ("an object without a text", '{"body": "z", "n": 1}', "missing_text", ("body, n",)),
            ("null for the text", '{"text": null, "n": 1}', "missing_text", ("no text",)),
            ("a number for the text", '{"text": 7}', "bad_type", ("7", "not a string")),
            ("a list for the text", '{"text": ["z"]}', "bad_type", ('["z"]', "not a string")),
            ("an object for the text", '{"text": {"a": 1}}', "bad_type", ('{"a":1}', "not a string")),
        ]
    ),
    Bad(
        "a JSON list of other things than articles",
        file("a.json", '["x", 7, "y"]'),
        "bad_record",
        ("7", "expected an object or a string"),
        {"article": 1, "source": "a.json"},
        **MIDDLE,
    ),
    Bad(
        "a JSON list in a JSON list",
        file("a.json", '["x", ["z"], "y"]'),
        "bad_record",
        ('["z"]',),
        {"article": 1, "source": "a.json"},
        **MIDDLE,
    ),
    *(
        Bad(
            f"{name} in a JSON file",
            files({"a.txt": "x", "b.json": content, "c.txt": "y"}),
            kind,
            says,
            {"article": 1, "source": "b.json"},
            **MIDDLE,
        )
        for name, content, kind, says in [
            ("nothing", "", "bad_record", ("is not JSON",)),
            ("a number", "7", "bad_record", ("neither a JSON list nor an object",)),
            ("null", "null", "bad_record", ("neither a JSON list nor an object",)),
            (
                "a list that does not end",
                '[{"text": "z"},\n{"text": "z"',
                "bad_record",
                ("is not JSON", "line 2"),
            ),
            ("a list that nests too deep", "[" * 100_000, "bad_record", ("recursion",)),
            ("comma-separated values", "text,n\nz,1", "bad_record", ("is not JSON",)),
            ("an object around the list", '{"articles": []}', "missing_text", ("articles",)),
        ]
    ),
    Bad(
        "an item of a JSON list that is not JSON",
        file("a.json", '["x",\n {"text": },\n "y"]'),
        "bad_record",
        ("is not JSON", "column 11"),
        {"article": 1, "source": "a.json", "line": 2},
        **MIDDLE,
    ),
    Bad(
        "an item of a JSON list that nests too deep",
        file("a.json", '["x", {"text": "z", "n": ' + "[" * 1000 + "]" * 1000 + '}, "y"]'),
        "bad_record",
        ("is not JSON", "recursion"),
        {"article": 1, "source": "a.json"},
        **MIDDLE,
    ),
    Bad(
        "two commas in a JSON list",
        file("a.json", '["x",, "y"]'),
        "bad_record",
        ("is not JSON",),
        {"article": 1, "source": "a.json", "line": 1},
        **MIDDLE,
    ),
    *(
        Bad(name, in_folder(broken), "bad_file", says, {"article": 1, "source": "b.txt"}, **MIDDLE)
        for name, broken, says in [
            ("a broken link in a folder", lambda folder: (folder / "b.txt").symlink_to("nowhere"), ("a broken link",)),
            ("a link to itself in a folder", lambda folder: (folder / "b.txt").symlink_to("b.txt"), ("links",)),
            ("a pipe in a folder", lambda folder: os.mkfifo(folder / "b.txt"), ("neither a file nor a folder",)),
        ]
    ),
    Bad(
        "a link to a folder that contains it",
        in_folder(lambda folder: (folder / "b").symlink_to(".")),
        "bad_file",
        ("contains it",),
        {"article": 1, "source": "b"},
        **MIDDLE,
    ),
    Bad(
        "a broken link that a glob matches",
        lambda folder, errors: (
            in_folder(lambda folder: (folder / "b.txt").symlink_to("nowhere"))(folder, "skip"),
            ng.read(str(folder / "**" / "*.txt"), errors=errors),
        )[1],
        "bad_file",
        ("a broken link",),
        {"article": 1, "source": "b.txt"},
        **MIDDLE,
    ),
    *(
        Bad(
            f"{path} is a device",
            lambda folder, errors, path=path: ng.read(
                [put(folder, "a.txt", "x"), path, put(folder, "c.txt", "y")], errors=errors
            ),
            "bad_file",
            ("device",),
            {"article": 1, "source": Path(path).name},
            **MIDDLE,
        )
        for path in ("/dev/zero", "/dev/urandom")
        if os.path.exists(path)
    ),
    Bad(
        "a pipe into which nobody writes",
        lambda folder, errors: (
            os.mkfifo(folder / "b.txt"),
            ng.read([put(folder, "a.txt", "x"), folder / "b.txt", put(folder, "c.txt", "y")], errors=errors),
        )[1],
        "bad_file",
        ("nobody writes",),
        {"article": 1, "source": "b.txt"},
        **MIDDLE,
    ),
    Bad(
        "a file that opens and cannot be read",
        unreadable,
        "bad_file",
        ("cannot be read",),
        {"article": 1, "source": "b.txt"},
        **MIDDLE,
    ),
    Bad(
        "a file that nobody may open",
        locked,
        "bad_file",
        ("cannot be read",),
        {"article": 1, "source": "b.txt"},
        **MIDDLE,
    ),
    Bad(
        "a file that is not Parquet",
        file("a.parquet", "rain"),
        "bad_file",
        ("Parquet",),
        {"source": "a.parquet"},
    ),
    Bad(
        "a Parquet file that is cut short",
        file("a.parquet", parquet(pa.table({"text": TWO}))[:-20]),
        "bad_file",
        ("Parquet",),
        {"source": "a.parquet"},
    ),
    Bad("an empty Parquet file", file("a.parquet", b""), "bad_file", ("Parquet",), {"source": "a.parquet"}),
]


WRONG_FILES: list[Wrong] = [
    Wrong(
        "a file that is not there",
        lambda folder: ng.read(folder / "no.txt"),
        FileNotFoundError,
        ("there is no file", "no.txt"),
    ),
    Wrong(
        "a file that is not there among others",
        lambda folder: ng.read([put(folder, "a.txt", "x"), folder / "no.txt"]),
        FileNotFoundError,
        ("no.txt",),
    ),
    Wrong(
        "a glob that matches nothing",
        lambda folder: ng.read(str(folder / "*.txt")),
        FileNotFoundError,
        ("no file matches", "*.txt"),
    ),
    Wrong(
        "a glob that matches only folders",
        lambda folder: ((folder / "a.txt").mkdir(), ng.read(str(folder / "*.txt"))),
        FileNotFoundError,
        ("no file matches",),
    ),
    Wrong("an empty folder", ng.read, FileNotFoundError, ("no file", ".txt")),
    Wrong(
        "a folder of files of no known suffix",
        lambda folder: (put(folder, "a.pdf", "x"), ng.read(folder)),
        FileNotFoundError,
        ("no file", ".txt"),
    ),
    Wrong("a folder that nobody may enter", forbidden, (FileNotFoundError, PermissionError), ("closed",)),
    Wrong(
        "a link to nowhere",
        lambda folder: ((folder / "a.txt").symlink_to("nowhere"), ng.read(folder / "a.txt")),
        FileNotFoundError,
        ("a.txt",),
    ),
    wrong("an empty path", lambda: ng.read(""), FileNotFoundError, "there is no file ''"),
    wrong("a path with a NUL byte", lambda: ng.read("a\x00.txt"), (FileNotFoundError, ValueError), "a\\x00.txt"),
    wrong("a path of 100,000 characters", lambda: ng.read("a" * 100_000), OSError, "file"),
    wrong("a number for a path", lambda: ng.read(7), TypeError, "path", "int"),
    wrong("None for a path", lambda: ng.read(None), TypeError, "path", "NoneType"),
    wrong("numbers for paths", lambda: ng.read([7]), TypeError, "path", "int"),
    wrong("bytes for a path", lambda: ng.read(b"a.txt"), TypeError, "path", "bytes"),
    Wrong(
        "a Parquet file without the column of texts",
        lambda folder: ng.read(put(folder, "a.parquet", parquet(pa.table(FRAME))), text="body"),
        ng.ConfigError,
        ('there is no column "body"', "text, source"),
        "missing_column",
        "text",
    ),
    Wrong(
        "JSON Lines without the column of ids",
        lambda folder: ng.read(put(folder, "a.jsonl", '{"text": "x", "n": 1}'), id="key"),
        ng.ConfigError,
        ('there is no column "key"', "n"),
        "missing_column",
        "id",
    ),
    Wrong(
        "a CSV file without the column of dates",
        lambda folder: ng.read(put(folder, "a.csv", "text,n\nx,1\n"), date="day"),
        ng.ConfigError,
        ('there is no column "day"', "n"),
        "missing_column",
        "date",
    ),
    Wrong(
        "a text file for Parquet",
        lambda folder: ng.read(put(folder, "a.txt", "x"), format="parquet"),
        ng.ParseError,
        ("a.txt", "Parquet"),
        "bad_file",
    ),
]
