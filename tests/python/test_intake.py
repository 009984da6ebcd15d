"""Input: invalid buffers, endless objects, files of every kind; memory, time and Ctrl-C while
reading.
"""

from __future__ import annotations

import glob
import gzip
import itertools
import json
import os
import random
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf as ng
from nutgraf import _files

from .buffers import column

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory that hold")
POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes, links and signals of POSIX")


# -- Arrow


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["array", "chunks", "field", "role", "batch", "stream"]))
def test_no_buffer_is_believed(seed: int, way: str) -> None:
    """Whatever the contents of the buffers, a corpus accounts for each row, or refuses the
    column.
    """
    rng = random.Random(seed)
    try:
        values = column(rng, rng.randrange(7))
        rows = len(values)
        given = {
            "array": lambda: values,
            "chunks": lambda: pa.chunked_array([values, values]),
            "field": lambda: pa.table({"text": ["x"] * rows, "n": values}),
            "role": lambda: pa.table({"text": ["x"] * rows, rng.choice(["id", "date", "headline", "byline"]): values}),
            "batch": lambda: pa.RecordBatch.from_arrays([values, values], ["text", "n"]),
            "stream": lambda: pa.table({"text": values, "n": values}).to_reader(),
        }[way]()
    except pa.ArrowException:
        return  # pyarrow itself has looked into them
    corpus, refused = None, None
    try:
        corpus = ng.Corpus(given, errors="skip")
    except ng.ParseError as error:
        refused = error.kind
    assert refused in (None, "bad_record", "bad_type")
    if corpus is None:
        return
    report = corpus.report
    assert report.n_in == report.n_ok + report.n_failed
    assert set(report.failures["kind"]) <= {"bad_text", "bad_type", "bad_date", "missing_text", "duplicate_id"}
    table = corpus.articles(zones="all")
    table.to_arrow().validate(full=True)
    assert len(table.to_dicts()) == report.n_ok


def test_a_wrong_string_of_many_says_its_article_and_byte() -> None:
    texts = [b"Rain fell on Lisbon. \xc3\xa9 " * 20] * 50_000
    texts[33_333] = texts[33_333][:47] + b"\xff" + texts[33_333][47:]
    for kind in (pa.string(), pa.large_string()):
        array = pa.array(texts, pa.binary() if kind == pa.string() else pa.large_binary()).view(kind)
        with pytest.raises(ng.ParseError) as caught:
            ng.Corpus(array, layout="plain")
        assert (caught.value.article, caught.value.byte) == (33_333, 47)


def test_what_a_stream_raises_comes_out_as_itself() -> None:
    batch = pa.record_batch({"text": ["x"]})

    def broken() -> Iterator[pa.RecordBatch]:
        yield batch
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more") as caught:
        ng.Corpus(pa.RecordBatchReader.from_batches(batch.schema, broken()))
    assert caught.value.__cause__ is None


# -- objects


class Item:
    """An object whose value is another object of its kind, unlike NumPy scalars."""

    dtype = "object"

    def __init__(self) -> None:
        self.asked = 0

    def item(self) -> Item:
        self.asked += 1
        return Item()

    def isoformat(self) -> str:
        raise ValueError("not a date")

    def __str__(self) -> str:
        return "an item"


class Endless:
    """An endless batch that reports a large length."""

    def __len__(self) -> int:
        return 2**62

    def __iter__(self) -> Iterator[str]:
        return itertools.repeat("x")


def test_the_value_of_an_object_is_read_once() -> None:
    item = Item()
    assert ng.Corpus({"text": ["x"], "n": [item]}).articles()["n"] == ["an item"]
    assert item.asked == 1


def test_a_mock_is_what_it_prints() -> None:
    mock = MagicMock()
    assert ng.Corpus({"text": ["x"], "n": [mock]}).articles()["n"] == [str(mock)]


def test_times_finer_than_a_microsecond_stay_times() -> None:
    times = [np.datetime64("2019-01-08T10:30", "ns"), np.datetime64("NaT", "ns")]
    corpus = ng.Corpus({"text": ["x", "y"], "date": times, "n": times})
    assert [str(day) for day in corpus.articles()["date"]] == ["2019-01-08", "None"]
    assert [str(time) for time in corpus.articles()["n"]] == ["2019-01-08 10:30:00", "None"]


def test_a_column_without_end_is_read_no_further_than_the_texts() -> None:
    with pytest.raises(ng.ConfigError, match="columns differ in length: text 2, n 65536"):
        ng.Corpus({"text": ["x", "y"], "n": Endless()})


def test_an_entry_without_end_is_refused() -> None:
    class Entry(list[str]):
        def __iter__(self) -> Iterator[str]:
            return itertools.repeat("x")

    with pytest.raises(ng.ParseError, match="entry 0: the entry has 100 values or more"):
        ng.Gazetteer([Entry()])


# -- memory


def limited(code: str, megabytes: int, *arguments: object) -> str:
    """Run some code with a memory limit, and return its output."""
    head = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20},) * 2)\n"
    script = head + "import json, sys\nimport nutgraf as ng\n" + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


SHOW = """
note = corpus.report.notes.to_dicts()[-1]
extra = [json.loads(row) if row else {} for row in corpus.articles()["extra"]]
print(json.dumps([len(corpus), len(corpus.fields), note["message"], extra[-1], sum(map(len, extra))]))
"""


@LINUX
@pytest.mark.parametrize("way", ["a file", "dicts"])
def test_records_with_different_keys_each_take_little_memory(way: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"text": "x", "id": i, f"key{i}": i, "n": 0.5} for i in range(30_000)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    read = {
        "a file": "corpus = ng.read(sys.argv[1])",
        "dicts": "corpus = ng.Corpus([json.loads(line) for line in open(sys.argv[1])])",
    }[way]
    rows_out, fields, note, last, left = json.loads(limited(read + SHOW, 1500, path))
    assert rows_out == 30_000
    assert last == {"key29999": 29_999}
    columns = 30_000 - left
    assert note.endswith(
        f"key{columns}, key{columns + 1}, key{columns + 2}, key{columns + 3}, key{columns + 4} and {left - 5} more"
    )
    assert f"{left} fields that few records have are held together, as JSON in the field" in note
    assert columns < fields < columns + 12


@LINUX
def test_a_table_of_a_hundred_thousand_columns_is_held_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    names = ["text", *(f"c{i}" for i in range(100_000))]
    row = ["x", *["1"] * 50_000, *[""] * 50_000]
    path.write_text("\n".join([",".join(names), *[",".join(row)] * 40]))
    rows, fields, note, last, left = json.loads(limited("corpus = ng.read(sys.argv[1])" + SHOW, 1500, path))
    assert rows == 40
    assert len(last) == 40_000
    assert left == 40 * 40_000
    assert note.startswith("90000 fields that few records have")
    assert 10_000 < fields < 10_012


@LINUX
@pytest.mark.parametrize(
    "make",
    [
        "import os; os.truncate(sys.argv[1], 8 << 30); ng.read(sys.argv[1])",
        "import pyarrow as pa; ng.Corpus(pa.array(['x' * (1 << 20)]).take([0] * 2000))",
    ],
)
def test_where_memory_ends_the_answer_is_a_memory_error(make: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    first, _, rest = make.rpartition(";")
    code = f"{first or 'pass'}\ntry:\n    {rest.strip()}\nexcept MemoryError as error:\n    print('MemoryError')\n"
    assert limited(code, 3000, path) == "MemoryError"


STREAMED = 200 << 20
"""The bytes of a stream read below. A gigabyte is read in the same way, and takes five times as
long.
"""

WRITE = """
import gzip, json, random, sys

size, packed, every = int(sys.argv[1]), sys.argv[2] == "gz", int(sys.argv[3])
rng = random.Random(0)
words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(20_000)]
sentences = [" ".join(rng.choices(words, k=14)).capitalize() + "." for _ in range(3_000)]
out = gzip.GzipFile(fileobj=sys.stdout.buffer, mode="wb", compresslevel=1) if packed else sys.stdout.buffer
written = n = 0
while written < size:
    text = "\\\\n\\\\n".join(" ".join(rng.choices(sentences, k=4)) for _ in range(6))
    fields = f'"id": "a{n}", "date": "2019-01-{1 + n % 28:02}", "headline": "{sentences[n % 3_000]}", "n": {n}'
    record = f'{{{fields}, "text": "{text}"}}' if n % every == 0 else f'["{text}"]'
    written += out.write(f"{record}\\n".encode())
    n += 1
out.close()
"""

MEASURE = """
import ctypes, gc, json, sys
import nutgraf as ng

def memory(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith(name))

before = memory("VmRSS")
corpus = ng.read("/dev/stdin", format="jsonl", layout=sys.argv[1], errors="skip", threads=2)
peak = memory("VmHWM")
gc.collect()
ctypes.CDLL(None).malloc_trim(0)
after = memory("VmRSS")
print(json.dumps([len(corpus), after - before, peak - after]))
"""


def streamed(size: int, packing: str, layout: str, every: int) -> tuple[int, int, int]:
    """Read JSON Lines from a pipe, of which one in ``every`` is an article, and the others are not.

    Returns the number of articles, the bytes of the corpus, and the largest number of bytes held in
    addition to it. The corpus, with its report, is what a process holds after reading minus what it
    held before, when all free memory has been returned to the system.
    """
    write = [sys.executable, "-c", WRITE, str(size), packing, str(every)]
    with subprocess.Popen(write, stdout=subprocess.PIPE) as writer:
        measure = [sys.executable, "-c", MEASURE, layout]
        done = subprocess.run(measure, stdin=writer.stdout, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    articles, corpus, beyond = json.loads(done.stdout)
    return articles, corpus, beyond


@LINUX
@pytest.mark.parametrize(
    ("packing", "layout", "every"),
    [("none", "auto", 1), ("none", "plain", 1), ("none", "plain", 10), ("gz", "plain", 10)],
)
def test_a_long_stream_is_read_in_little_memory_beside_its_corpus(packing: str, layout: str, every: int) -> None:
    articles, corpus, beyond = streamed(STREAMED, packing, layout, every)
    assert articles > STREAMED / every / 4_000
    assert corpus > STREAMED / every, "the corpus holds its texts"
    assert beyond < 0.3 * STREAMED, f"{beyond >> 20} MiB beyond a corpus of {corpus >> 20} MiB"


# -- time


def seconds(work: Callable[[], Any]) -> float:
    """The processor time of some work, at best."""
    best = float("inf")
    for _ in range(4):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def check_growth(once: float, four_times: float) -> None:
    """Quadratic work takes sixteen times as long; times of a few milliseconds mean little."""
    assert four_times < 4 * 2.2 * max(once, 0.02), (once, four_times)


def csv_rows(end: str) -> Callable[[int], bytes]:
    return lambda n: end.join(["text,n", *['"a ""b""",1'] * n]).encode()


SHAPES: dict[str, tuple[int, str, Callable[[int], bytes]]] = {
    "rows that end in returns": (20_000, "a.csv", csv_rows("\r")),
    "rows that end in feeds": (20_000, "a.csv", csv_rows("\n")),
    "rows that are ragged": (20_000, "a.csv", lambda n: b"text,n\r" + b"x\r" * n),
    "an open quotation": (400_000, "a.csv", lambda n: b'text,n\r"' + b"x\r" * n),
    "columns": (5_000, "a.csv", lambda n: ("text," + ",".join(f"c{i}" for i in range(n)) + "\nx" + ",1" * n).encode()),
    "keys of an object": (
        20_000,
        "a.jsonl",
        lambda n: json.dumps({"text": "x"} | {f"k{i}": i for i in range(n)}).encode(),
    ),
    "one key in an object many times": (40_000, "a.jsonl", lambda n: b'{"text": "x"' + b', "n": 1' * n + b"}"),
    "a key of its own in each line": (
        5_000,
        "a.jsonl",
        lambda n: "".join(f'{{"text": "x", "k{i}": 1}}\n' for i in range(n)).encode(),
    ),
    "items of a list": (20_000, "a.json", lambda n: b"[" + b'{"text": "x"},' * n + b'"y"]'),
    "lines of a file in Windows-1252": (20_000, "a.jsonl", lambda n: b'{"text": "caf\xe9"}\n' * n),
    "items of a list in Windows-1252": (20_000, "a.json", lambda n: b"[" + b'"caf\xe9",\n' * n + b'"y"]'),
    "broken items of a list": (20_000, "a.json", lambda n: b"[" + b'{"text": },\n' * n + b'"y"]'),
    "rows of a file in Windows-1252": (20_000, "a.csv", lambda n: b"text,n\n" + b"caf\xe9,1\n" * n),
    "articles of a file in Windows-1252": (20_000, "a.txt", lambda n: b"date 2019-01-08 caf\xe9\n" * n),
    "lines without an article": (200_000, "a.txt", lambda n: b" \r" * n),
    "brackets": (100_000, "a.json", lambda n: b"[" * n),
    "brackets in a line": (100_000, "a.jsonl", lambda n: b'{"text": "x", "n": ' + b"[" * n),
    "backslashes": (100_000, "a.jsonl", lambda n: b'{"text": "x", "n": ["' + b"\\\\" * n + b'"]}'),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_time_by_the_length_of_the_file(shape: str, tmp_path: Path) -> None:
    size, name, make = SHAPES[shape]
    spent = []
    for times in (1, 4):
        path = tmp_path / f"{times}{name}"
        path.write_bytes(make(size * times))
        spent.append(seconds(lambda path=path: ng.read(path, errors="skip", threads=1)))
    check_growth(*spent)


def slices(values: pa.Array) -> pa.ChunkedArray:
    """Make a chunk of each value, all of them of the same buffers."""
    return pa.chunked_array([values.slice(row, 1) for row in range(len(values))])


@pytest.mark.parametrize(
    ("size", "make"),
    [
        (2_000, lambda n: {"text": ["x"]} | {f"c{i}": [1] for i in range(n)}),
        (2_000, lambda n: pa.table({"text": ["x"]} | {f"c{i}": [1] for i in range(n)})),
        (10_000, lambda n: [{"text": "x", f"k{i}": i} for i in range(n)]),
        (20_000, lambda n: {"text": ["x"] * n, "id": range(n)}),
        (3_000, lambda n: slices(pa.array(["x é"] * n))),
        (3_000, lambda n: pa.table({"text": ["x"] * n, "n": slices(pa.array([["é"]] * n))})),
        (3_000, lambda n: pa.table({"text": ["x"] * n, "n": slices(pa.array([{"a": "é"}] * n))})),
        (20_000, lambda n: pa.DictionaryArray.from_arrays(pa.array(range(n)), pa.array(["x é"] * n))),
    ],
)
def test_taking_takes_time_by_the_size_of_the_batch(size: int, make: Callable[[int], Any]) -> None:
    batches = [make(size * times) for times in (1, 4)]
    spent = [seconds(lambda batch=batch: ng.Corpus(batch, threads=1)) for batch in batches]
    check_growth(*spent)


# -- Ctrl-C


class Stop(BaseException):
    """The exception that a signal raises."""


@pytest.fixture
def ring() -> Iterator[Callable[[float], None]]:
    """Raise `Stop` after some seconds."""

    def heard(number: int, frame: FrameType | None) -> None:
        raise Stop

    before = signal.signal(signal.SIGALRM, heard)
    yield lambda after: signal.setitimer(signal.ITIMER_REAL, after)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def endless_batches() -> pa.RecordBatchReader:
    batch = pa.record_batch({"text": ["x"]})
    return pa.RecordBatchReader.from_batches(batch.schema, itertools.repeat(batch))


@POSIX
@pytest.mark.parametrize(
    "work",
    [
        lambda folder: ng.Corpus(itertools.repeat("x")),
        lambda folder: ng.Corpus(Endless()),
        lambda folder: ng.Corpus({"text": Endless()}),
        lambda folder: ng.Corpus(endless_batches()),
        lambda folder: ng.Gazetteer(itertools.repeat(("x", "X"))),
        lambda folder: ng.Gazetteer([("x", "X")]).find(Endless()),
        lambda folder: ng.Corpus(["x"]).with_mentions(itertools.repeat({"article": 0})),
        lambda folder: ng.read(itertools.repeat("a.txt")),
        lambda folder: ng.read(folder / "pipe.txt"),
    ],
)
def test_what_never_ends_is_stopped(work: Callable[[Path], Any], ring: Callable[[float], None], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    # A writer that writes nothing.
    held = os.open(tmp_path / "pipe.txt", os.O_RDWR)
    ring(0.2)
    with pytest.raises(Stop):
        work(tmp_path)
    os.close(held)


LONG: dict[str, Callable[[Path], Callable[[], Any]]] = {
    "many tiny texts": lambda folder: lambda: ng.Corpus(["x"] * 600_000),
    "what is no text": lambda folder: lambda: ng.Corpus([7] * 1_500_000, errors="skip"),
    "many columns of numbers": lambda folder: (
        lambda: ng.Corpus({"text": ["x"] * 100_000} | {f"n{i}": [7] * 100_000 for i in range(20)})
    ),
    "many ids": lambda folder: lambda: ng.Corpus({"text": ["x"] * 500_000, "id": range(500_000)}),
    "many dicts": lambda folder: lambda: ng.Corpus([{"text": "x", "n": 1}] * 500_000),
    "a wide file": lambda folder: written(
        folder, "text" + ",c" * 0 + "".join(f",c{i}" for i in range(100_000)) + ("\nx" + ",1" * 100_000) * 30
    ),
    "a list of a file": lambda folder: written(folder, "[" + '{"text": "x"},' * 500_000 + '"y"]', "a.json"),
}


def written(folder: Path, content: str, name: str = "a.csv") -> Callable[[], Any]:
    (folder / name).write_text(content)
    return lambda: ng.read(folder / name)


@POSIX
@pytest.mark.parametrize("shape", LONG)
def test_little_is_done_after_a_signal(shape: str, ring: Callable[[float], None], tmp_path: Path) -> None:
    """Measure the work after a signal, not the elapsed time, which other processes affect."""
    work = LONG[shape](tmp_path)
    start, began = time.process_time(), time.monotonic()
    work()
    whole, lasted = time.process_time() - start, time.monotonic() - began
    stopped = 0
    for part in (0.2, 0.4, 0.6):
        heard: list[float] = []

        def note(number: int, frame: FrameType | None, heard: list[float] = heard) -> None:
            heard.append(time.process_time())
            raise Stop

        signal.signal(signal.SIGALRM, note)
        ring(lasted * part)
        try:
            work()
            ring(0)
        except Stop:
            stopped += 1
            assert time.process_time() - heard[0] < 0.15 + 0.2 * whole, f"{shape}, at {part} of {whole:.2f} s"
    assert stopped, "every round was done before its signal"


def test_what_a_progress_function_raises_comes_out_as_itself() -> None:
    def broken(stage: str, done: int, total: int | None) -> None:
        raise LookupError("the bar is broken")

    text = "Rain fell on Lisbon. " * 1000
    for threads in (1, 2):
        with pytest.raises(LookupError, match="the bar is broken") as caught:
            ng.Corpus([text] * 2000, progress=broken, threads=threads)
        assert (caught.value.__cause__, caught.value.__context__) == (None, None)


# -- files


@POSIX
def test_a_pipe_is_read_when_its_writer_comes(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)

    def write() -> None:
        time.sleep(0.2)
        with path.open("w") as pipe:
            pipe.write("date 2019-01-08 Rain.\n")
            pipe.flush()
            time.sleep(0.2)
            pipe.write("date 2019-01-09 " + "Sun. " * 100_000)

    writer = threading.Thread(target=write)
    writer.start()
    corpus = ng.read(path)
    writer.join()
    assert [len(corpus.text(i)) for i in range(2)] == [22, 500_016]


@POSIX
def test_pipes_are_read_one_after_another(tmp_path: Path) -> None:
    """The writer of the second pipe starts when the first is read, and takes longer than the wait
    for a pipe.
    """
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        os.mkfifo(path)

    def write() -> None:
        for path in paths:
            with path.open("w") as pipe:
                for _ in range(8):
                    pipe.write("Rain fell. ")
                    pipe.flush()
                    time.sleep(0.2)

    writer = threading.Thread(target=write)
    writer.start()
    corpus = ng.read(paths, threads=3)
    writer.join()
    assert [len(corpus.text(i)) for i in range(2)] == [88, 88]


@POSIX
@pytest.mark.skipif(not os.path.exists("/dev/fd/0"), reason="the system has no files for descriptors")
def test_a_substituted_process_and_standard_input_are_files() -> None:
    code = (
        "import sys, nutgraf as ng; c = ng.read(sys.argv[1]); print(len(c), c.articles()['source'][0], len(c.text(0)))"
    )
    command = f'"{sys.executable}" -c "{code}"'
    for line, printed in [
        (f"{command} <(echo Rain)", "5"),
        (f"{command} <(true)", "0"),
        (f"{command} <(sleep 0.3; echo Rain; sleep 0.3; echo Sun)", "9"),
        (f"echo Rain | {command} /dev/stdin", "1 /dev/stdin 5"),
        (f"echo Rain | {command} -", "1 <stdin> 5"),
        (f"{command} - < /dev/null", "1 <stdin> 0"),
    ]:
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
        assert done.stdout.strip().endswith(printed), (line, done.stdout, done.stderr)


@pytest.mark.parametrize("kind", ["gz", "utf-16", "json"])
def test_a_long_file_that_is_damaged_at_its_end_is_one_bad_record(kind: str, tmp_path: Path) -> None:
    """Whatever was read before the damage: a file counts as a whole."""
    lines = "".join(json.dumps({"text": f"Rain fell on day {n}.", "n": n}) + "\n" for n in range(100_000))
    content = {
        "gz": lambda: gzip.compress(lines.encode(), 1)[:-100],
        "utf-16": lambda: lines.encode("utf-16") + b"\x00",
        "json": lambda: b"[" + lines.strip().replace("\n", ",").encode(),
    }[kind]()
    (tmp_path / f"a.{kind}").write_bytes(content)
    (tmp_path / "b.txt").write_text("Sun.")
    corpus = ng.read([tmp_path / f"a.{kind}", tmp_path / "b.txt"], errors="skip")
    assert (corpus.report.n_in, corpus.report.failures["article"]) == (2, [0])
    assert corpus.text(1) == "Sun."
    assert "n" not in corpus.fields


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_what_only_seems_to_be_utf16_is_read_as_bytes(mark: str, tmp_path: Path) -> None:
    """Without a mark the encoding is a guess; a file that contradicts it is read again."""
    content = (mark + "date 2019-01-08 Rain.\n" * 200_000).encode("utf-16-le") + b"\x00"
    (tmp_path / "a.txt").write_bytes(content)
    corpus = ng.read(tmp_path / "a.txt", errors="skip")
    assert len(corpus) == (0 if mark else 1)
    assert corpus.report.n_failed == len(mark)
    assert len(corpus.report.notes) == 0


def test_records_come_in_the_order_of_the_files_for_any_number_of_threads(tmp_path: Path) -> None:
    rng = random.Random(0)
    for n in range(600):
        rows = [{"text": f"Rain fell on {n} {row}. " * rng.randrange(40), f"f{row % 7}": row} for row in range(9)]
        if n % 3 == 0:
            rows[4]["f1"] = "mixed"
        content = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{n:03}.jsonl").write_text(content + "\nbroken" * (n % 5 == 0))
    tables = []
    for threads in (1, 2, 3):
        corpus = ng.read(tmp_path, errors="skip", threads=threads)
        tables.append((corpus.articles(), corpus.terms(), corpus.report.failures))
    assert tables[0] == tables[1] == tables[2]
    articles, _, failures = tables[0]
    assert len(articles) == 600 * 9
    assert list(articles["source"]) == sorted(articles["source"])
    assert len(failures) == 120


@POSIX
@pytest.mark.parametrize("errors", ["raise", "skip"])
def test_closed_standard_input_is_a_file_that_cannot_be_read(errors: str) -> None:
    code = f"""
    import nutgraf as ng
    try:
        print(ng.read(["-"], errors={errors!r}).report)
    except ng.ParseError as error:
        print(error.kind, error)
    """
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "$0" <&-', textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    expected = {
        "raise": "bad_file <stdin>, article 0: standard input cannot be read",
        "skip": "Report(n_in=1, n_ok=0, n_failed=1)",
    }
    assert done.stdout.startswith(expected[errors]), done.stdout + done.stderr


@POSIX
def test_a_file_is_found_again_by_its_source(tmp_path: Path) -> None:
    names = [
        b"plain.txt",
        "é “quoted”.txt".encode(),
        b"a \\x41 b.txt",
        b" \n\t.txt",
        b"caf\xe9.txt",
        b"\xff\\ \xc3\xa9.txt",
    ]
    for name in names:
        try:
            with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
                file.write(b"text of " + name)
        except OSError:
            pytest.skip("the system has only names in UTF-8")
    corpus = ng.read(tmp_path)
    sources = corpus.articles()["source"]
    noted = set(corpus.report.notes["source"])
    found = []
    for source in sources:
        path = source.encode().decode("unicode_escape").encode("latin-1") if source in noted else source
        with open(path, "rb") as file:
            found.append(file.read())
    assert sorted(found) == sorted(b"text of " + name for name in names)
    assert [source for source in sources if source in noted] == [
        str(tmp_path / "caf\\xe9.txt"),
        str(tmp_path / "\\xff\\\\ é.txt"),
    ]
    assert corpus.articles().to_pandas()["source"].nunique() == len(names)


AS_NOBODY = """
import datetime, os, sys
import nutgraf as ng
if os.getuid() == 0:
    os.setuid(65534)
for errors in ("skip", "raise"):
    try:
        corpus = ng.read(sys.argv[1], errors=errors)
        print(corpus.report, [os.path.basename(source) for source in corpus.report.failures["source"]])
        print(corpus.report.failures["message"])
    except (ng.ParseError, OSError) as error:
        print(type(error).__name__, error)
"""


@POSIX
@pytest.mark.parametrize(
    ("paths", "n_in", "failed"),
    [
        ("", 4, ["closed", "locked.txt"]),
        ("closed", 1, ["closed"]),
        ("**/*.txt", 4, ["closed", "locked.txt"]),
        ("*/*.txt", 2, ["closed"]),
        ("*/d.txt", 2, ["d.txt"]),
        ("closed/*.txt", 1, ["closed"]),
    ],
)
def test_a_folder_without_permission_is_a_failure(paths: str, n_in: int, failed: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for name in ("a.txt", "locked.txt", "open/d.txt", "closed/d.txt"):
            (top / name).parent.mkdir(exist_ok=True)
            (top / name).write_text(name)
        top.chmod(0o755)
        (top / "open").chmod(0o755)
        (top / "locked.txt").chmod(0)
        (top / "closed").chmod(0)
        command = [sys.executable, "-c", AS_NOBODY, str(top / paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        (top / "closed").chmod(stat.S_IRWXU)
    lines = done.stdout.splitlines()
    assert lines[0] == f"Report(n_in={n_in}, n_ok={n_in - len(failed)}, n_failed={len(failed)}) {failed}", done.stderr
    assert lines[1].count("Permission denied") == len(failed)
    assert "Permission denied" in lines[2]
    assert lines[2].startswith(("ParseError", "PermissionError"))


def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_text("y")
    listed = os.scandir

    def scandir(path: str) -> Any:
        if os.path.basename(path) == "b":
            raise OSError(5, "Input/output error")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = ng.read(tmp_path, errors="skip").report
    assert (report.n_in, report.n_failed) == (2, 1)
    assert report.failures["source"] == [str(tmp_path / "b")]
    assert report.failures["message"][0].endswith("cannot be opened: Input/output error")
    with pytest.raises(ng.ParseError, match="cannot be opened") as caught:
        ng.read(tmp_path)
    assert (caught.value.kind, caught.value.article) == ("bad_file", 1)


def test_a_file_that_vanishes_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(name)
    meant = _files.meant

    def vanishing(path: str) -> list[_files.Found]:
        found = meant(path)
        (tmp_path / "b.txt").unlink()
        return found

    monkeypatch.setattr(_files, "meant", vanishing)
    corpus = ng.read(tmp_path, errors="skip")
    assert [corpus.text(article) for article in corpus.articles()["article"]] == ["a", "c"]
    assert corpus.report.failures["article"] == [1]


@POSIX
def test_folders_that_link_to_each_other_are_entered_once(tmp_path: Path) -> None:
    for name in "abcdefghij":
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(name)
    for one, other in itertools.permutations("abcdefghij", 2):
        (tmp_path / one / f"to-{other}").symlink_to(tmp_path / other)
    corpus = ng.read(tmp_path / "a", errors="skip")
    assert sorted(corpus.text(article) for article in corpus.articles()["article"]) == list("abcdefghij")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", ".h", "a.txt", "b.txt", ".c.txt", "[x].txt"]), min_size=1, max_size=3),
        max_size=12,
    ),
    st.lists(
        st.sampled_from(["*", "**", "a", "b*", "*.txt", "[ab].txt", "?", ".*", "[[]x].txt", "a.txt"]),
        min_size=1,
        max_size=4,
    ),
)
def test_a_glob_means_what_it_means_to_python(paths: list[list[str]], parts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            file = Path(folder, *path)
            if not file.exists() and all(not above.is_file() for above in file.parents):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()
        pattern = os.path.join(folder, *parts)
        expected = sorted({found for found in glob.glob(pattern, recursive=True) if os.path.isfile(found)})
        found = sorted(found.path for found in _files._matches(pattern))
        assert found == expected
        before = os.getcwd()
        os.chdir(folder)
        try:
            pattern = os.path.join(*parts)
            expected = sorted({found for found in glob.glob(pattern, recursive=True) if os.path.isfile(found)})
            assert sorted(found.path for found in _files._matches(pattern)) == expected
        finally:
            os.chdir(before)
