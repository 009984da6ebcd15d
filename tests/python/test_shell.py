"""The command in a hostile shell: closed and full streams, closed pipes, ASCII locales, signals,
control characters.
"""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import nutgraf as ng
from nutgraf.__main__ import main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and redirections of a POSIX shell")

SAMPLES = str(ng.samples())
ASCII = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
]
STRANGE = (
    "date 2019-01-08 Rain fell on \x1b[31mLis\x1b[0mbon \u202e and José – 中文 👨\u200d👩\u200d👧 said \x00 =1+1 nan."
)


def shell(
    command: str, stdin: bytes = b"", env: dict[str, str] | None = None, seconds: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which ``nutgraf`` is the command, and ``$SAMPLES`` are articles."""
    line = f'nutgraf() {{ "{sys.executable}" -m nutgraf "$@"; }}; set -o pipefail; {command}'
    environment = os.environ | {"SAMPLES": SAMPLES} | (env or {})
    done = subprocess.run(
        ["bash", "-c", line], input=stdin, capture_output=True, check=False, env=environment, timeout=seconds
    )
    said = done.stderr.decode(errors="replace")
    assert "Traceback" not in said, said
    assert "Exception ignored" not in said, said
    return done


def lines(said: bytes) -> list[str]:
    return said.decode().splitlines()


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("nutgraf terms <&-", 2, "standard input is closed"),
        ("nutgraf terms - <&-", 2, "standard input is closed"),
        ("nutgraf terms $SAMPLES -n 1 <&-", 0, None),
        ("nutgraf terms $SAMPLES >&-", 1, "standard output: it is closed"),
        ("nutgraf network $SAMPLES >&-", 1, "standard output: it is closed"),
        ("nutgraf --help >&-", 1, "standard output: it is closed"),
        ("nutgraf terms $SAMPLES -o /dev/null >&-", 0, None),
        ("nutgraf terms $SAMPLES -o /dev/null <&- >&- 2>&-", 0, None),
        ("nutgraf entities $SAMPLES 2>&- | wc -c > /dev/null", 0, None),
        ("nutgraf sing 2>&-", 2, None),
        ("nutgraf terms no/such/file 2>&-", 1, None),
        ("nutgraf terms no/such/file 2>/dev/full", 1, None),
        ("nutgraf terms -o /dev/full $SAMPLES", 1, "/dev/full: No space left on device; the file is incomplete"),
        ("nutgraf terms -o no/such/folder.csv $SAMPLES", 1, "no/such: there is no such folder to write to"),
        ("nutgraf terms -o terms.zip $SAMPLES", 2, ".zip is not supported"),
        ("nutgraf terms --format parquet $SAMPLES", 2, "name a file with -o"),
        ("nutgraf terms --bom --format json $SAMPLES", 2, "--bom applies to csv and tsv"),
        ("nutgraf network --format csv $SAMPLES", 2, "--format does not apply"),
        ("nutgraf terms - $SAMPLES", 2, "standard input (-) and files"),
        ("nutgraf terms $SAMPLES | head -1 > /dev/null", 0, None),
        ("nutgraf mentions $SAMPLES --format jsonl | true", 0, None),
        ("nutgraf --help | true", 0, None),
    ],
)
def test_a_stream_that_is_closed_full_or_gone_is_reported_in_one_line(
    command: str, code: int, says: str | None
) -> None:
    done = shell(command)
    assert done.returncode == code, done.stderr
    told = lines(done.stderr)
    if says is None:
        assert told == []
    else:
        assert len(told) == 1
        assert told[0].startswith("nutgraf: ")
        assert says in told[0]


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        "terms $SAMPLES",
        "terms $SAMPLES -n 1",
        "terms $SAMPLES --format json",
        "network $SAMPLES",
        "--help",
        "--version",
    ],
)
def test_a_full_disk_is_an_error(words: str, unbuffered: str) -> None:
    done = shell(f"nutgraf {words} > /dev/full", env={"PYTHONUNBUFFERED": unbuffered})
    assert done.returncode == 1
    assert lines(done.stderr) == ["nutgraf: standard output: No space left on device"]


def test_unbuffered_output_is_whole() -> None:
    whole = shell("nutgraf zones $SAMPLES --format csv", env={"PYTHONUNBUFFERED": ""}).stdout
    assert len(whole) > 1 << 16
    assert shell("nutgraf zones $SAMPLES --format csv | cat", env={"PYTHONUNBUFFERED": "1"}).stdout == whole


def test_what_is_closed_does_not_end_among_the_results() -> None:
    done = shell("nutgraf terms --errors skip --format csv 2>&-", stdin=b"date 2019-02-30 x\ndate 2019-02-03 y")
    assert done.returncode == 1
    assert lines(done.stdout) == ["term,count,articles,per_million", "y,1,1,1000000.0"]


@pytest.mark.parametrize("env", ASCII, ids=["C", "ascii", "strict"])
@pytest.mark.parametrize("format", ["table", "csv", "json", "jsonl"])
def test_an_ascii_locale_loses_nothing(format: str, env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "jos\u00e9.txt"
    path.write_text(STRANGE, encoding="utf-8")
    done = shell(f"nutgraf zones '{path}' --format {format}", env=env)
    assert done.returncode == 0
    text = done.stdout.decode()
    if format == "table":
        assert "\\x1b[31m" in text
    else:
        assert "José – 中文 👨\u200d👩\u200d👧" in text
    done = shell("nutgraf terms 'jos\u00e9/nowhere'", env=env)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert shell("nutgraf terms --help", env=env).returncode == 0


def test_a_terminal_never_gets_what_commands_it(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[1m\nb.txt"
    path.write_text(STRANGE, encoding="utf-8")
    for words in ("zones", "terms", "kwic fell", "articles"):
        done = shell(f'nutgraf {words} "$FILE"', env={"FILE": str(path)})
        assert done.returncode == 0, done.stderr
        shown = done.stdout.decode()
        assert all(c.isprintable() or c in "\n\u200d" for c in shown), repr(shown)
    done = shell('nutgraf terms "$FILE"', env={"FILE": str(path) + "\x1b"})
    assert done.returncode == 1
    told = done.stderr.decode()
    assert told.count("\n") == 1
    assert told.strip().isprintable()
    done = shell("nutgraf terms --errors skip", stdin=b'{"text": "x", "date": "1\\u001b[31m\\n2"}\n{"text": "y"}')
    assert done.returncode == 1
    assert done.stderr.decode().replace("\n", "").isprintable()
    assert "\\x1b[31m" in done.stderr.decode()


def test_data_keep_every_character(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(STRANGE, encoding="utf-8")
    expected = ng.read(article).zones()["text"]
    assert main(["zones", str(article), "--format", "csv", "--raw"]) == 0
    printed = capsysbinary.readouterr().out.decode()
    assert [row["text"] for row in csv.DictReader(io.StringIO(printed, newline=""))] == expected
    assert main(["zones", str(article), "--format", "jsonl"]) == 0
    assert [json.loads(line)["text"] for line in capsysbinary.readouterr().out.decode().splitlines()] == expected
    for suffix, read in (("csv", lambda file: next(csv.DictReader(file))), ("json", lambda file: json.load(file)[0])):
        path = tmp_path / f"out.{suffix}"
        assert main(["zones", str(article), "--zones", "body", "-o", str(path)]) == 0
        with open(path, encoding="utf-8", newline="") as file:
            assert read(file)["text"] == expected[0]


FORMULAS = ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "＝1", "=a,b", '="x"', "-", "=😀"]
HARMLESS = ["a=1", "1-1", " =1", "'=1", "a@b.org", "", "#1", "“=1”"]


def cells(text: str) -> list[str]:
    return [row[1] for row in csv.reader(io.StringIO(text, newline=""))][1:]


def articles_of(texts: list[str], tmp_path: Path) -> str:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": "x", "=field": text}) + "\n" for text in texts), encoding="utf-8")
    return str(path)


def test_no_cell_of_a_csv_file_is_a_formula(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = articles_of(FORMULAS + HARMLESS, tmp_path)
    column = ng.read(path).articles().columns.index("=field")
    for words, before in (([], "'"), (["--raw"], "")):
        assert main(["articles", path, "--format", "csv", *words]) == 0
        header, *rows = csv.reader(io.StringIO(capsysbinary.readouterr().out.decode(), newline=""))
        assert header[column] == f"{before}=field"
        assert [row[column] for row in rows] == [before + text for text in FORMULAS] + HARMLESS
        assert [row[0] for row in rows] == [str(n) for n in range(len(rows))]


def test_numbers_of_a_csv_file_stay_numbers(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "numbers.jsonl"
    path.write_text('{"text": "x", "n": -1, "f": -0.5}\n{"text": "y", "n": null, "f": null}\n', encoding="utf-8")
    assert main(["articles", str(path), "-o", str(tmp_path / "out.csv")]) == 0
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["n"], row["f"]) for row in rows] == [("-1", "-0.5"), ("", "")]


def test_every_line_of_json_is_json(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("text,x\na,1.5\nb,1e999\nc,-1e999\nd,nan\n", encoding="utf-8")
    assert main(["articles", str(path), "--format", "jsonl"]) == 0

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    rows = [json.loads(line, parse_constant=refuse) for line in capsysbinary.readouterr().out.decode().splitlines()]
    assert main(["articles", str(path), "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out, parse_constant=refuse) == rows
    table = ng.read(path).articles()
    if table.schema["x"] == "float64":
        assert [row["x"] for row in rows][:3] == [1.5, None, None]


def test_the_suffix_of_the_output_says_the_format(tmp_path: Path) -> None:
    def begins(name: str, *words: str) -> str:
        path = tmp_path / name
        assert main([*(words or ("terms",)), SAMPLES, "-o", str(path)]) == 0
        return path.read_text(encoding="utf-8").removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n')[:9]

    for name, start in [
        ("x.csv", "term,coun"),
        ("x.CSV", "term,coun"),
        ("x.jsonl", '{"term": '),
        ("x.ndjson", '{"term": '),
        ("x.json", '[\n {"term'),
        ("x.txt", "term     "),
        ("x", "term     "),
    ]:
        assert begins(name) == start
    assert begins("x.csv", "terms", "--format", "jsonl") == '{"term": '
    assert begins("x.gexf", "network") == "<gexf xml"
    assert begins("x.xml", "network") == "<graphml "
    assert begins("x.gexf", "network", "--as", "graphml") == "<graphml "


def test_standard_input_is_read_for_a_dash() -> None:
    for words in ("", "-"):
        done = shell(f"nutgraf terms {words} --format csv", stdin=b"date 2019-01-08 Rain.")
        assert lines(done.stdout)[1:] == ["rain,1,1,1000000.0"]


# Signals.

BIG = b"".join(
    b"date 2019-01-08 Angela Merkel flew to Paris on day %d, and it rained in Lisbon, officials said.\n" % n
    for n in range(60_000)
)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("big") / "big.txt"
    path.write_bytes(BIG)
    return str(path)


def started(*words: str, stdin: int | None = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "nutgraf", *words], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def loaded(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process has reached our code; an interpreter that is still starting ends
    differently.
    """
    try:
        return b"nutgraf/_core" in Path(f"/proc/{process.pid}/maps").read_bytes()
    except OSError:
        return False


def stopped(process: subprocess.Popen[bytes]) -> None:
    out, said = process.communicate(timeout=60)
    assert process.returncode == 130, (process.returncode, said)
    assert said.decode() == "nutgraf: stopped\n"
    assert not out or out.endswith(b"\n") or len(out) >= 1 << 16


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
@pytest.mark.parametrize("words", ["terms", "entities", "kwic *", "mentions --format csv", "zones --format json"])
def test_ctrl_c_ends_in_130_and_a_line_at_any_moment(words: str, big: str) -> None:
    verb, *others = words.split()
    query = [others.pop(0)] if verb == "kwic" else []
    for seconds in (0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8):
        process = started(verb, *query, big, *others, "-o", "/dev/null")
        while not loaded(process):
            time.sleep(0.001)
        time.sleep(seconds)
        if process.poll() is not None:
            break  # it was done before
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        if process.returncode != 0:
            stopped(process)


def test_ctrl_c_works_while_standard_input_is_read_and_output_is_written(big: str) -> None:
    process = started("terms", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"date 2019-01-08 Rain.")
    process.stdin.flush()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    stopped(process)
    process = started("mentions", big, "--format", "csv")
    assert process.stdout is not None
    process.stdout.read(1000)  # and no more: the pipe is full
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    assert process.returncode == 130
    assert process.stderr is not None
    assert process.stderr.read() == b"nutgraf: stopped\n"


def test_an_endless_input_is_stopped() -> None:
    with open("/dev/zero", "rb") as zeros:
        process = started("terms", stdin=zeros.fileno())
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        stopped(process)


def test_sigterm_ends_without_a_word(big: str) -> None:
    process = started("entities", big)
    time.sleep(0.3)
    process.terminate()
    out, said = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM
    assert (out, said) == (b"", b"")
