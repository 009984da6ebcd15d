"""The command as a person types it: options and paths in any order, help, slips of the finger, and
files as they come.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nutgraf as ng
from nutgraf import _shell
from nutgraf.__main__ import main

SAMPLES = str(ng.samples())
PARSERS = _shell._parsers()


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code of the command, and what it printed on either stream."""
    try:
        code = main(words)
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    "words",
    [
        "terms --by month {} --min-count 9",
        "terms {} --min-count 9 --by month",
        "terms --min-count 9 --by=month {}",
        "terms --by day,month --min-count 9 {}",
        "terms --by day --by month --min-count 9 {}",
        "entities --labels PER {}",
        "zones --zones headline,caption {}",
        "kwic --window 2 rain {}",
        "kwic rain --window 2 {}",
        "trend --items rain,wind {}",
        "collocations --ngrams 2,3 --min-count 4 --measures pmi,t_score {}",
    ],
)
def test_an_option_never_takes_a_path(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, *words.format(SAMPLES).split(), "--format", "csv")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) > 1


def test_a_list_is_that_of_a_repeated_option(capsys: pytest.CaptureFixture[str]) -> None:
    together = asked(capsys, "entities", SAMPLES, "--labels", "PER,ORG")
    assert asked(capsys, "entities", SAMPLES, "--labels", "PER", "--labels", "ORG") == together


def test_nothing_after_the_command_is_a_question_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, overview, err = asked(capsys)
    assert (code, err) == (0, "")
    assert asked(capsys, "help")[1] == overview == asked(capsys, "--help")[1]
    for verb in PARSERS:
        assert f"\n  {verb} " in overview


@pytest.mark.parametrize("verb", PARSERS)
def test_every_help_has_two_examples_that_parse_and_a_text_for_each_option(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import shlex

    code, help, _ = asked(capsys, "help", verb)
    assert code == 0
    assert asked(capsys, verb, "--help")[1] == help
    assert len(PARSERS[verb].examples) == 2
    for example in PARSERS[verb].examples:
        assert example in help
        name, own, *words = shlex.split(example)
        assert (name, own) == ("nutgraf", verb)
        assert PARSERS[verb].parse(words).paths
    for action in PARSERS[verb]._actions:
        assert len((action.help or "").split()) >= 3, action.option_strings


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["entites", SAMPLES], "there is no verb 'entites'; did you mean entities?"),
        (["termz"], "did you mean terms?"),
        (["help", "kwik"], "did you mean kwic?"),
        (["terms", SAMPLES, "--stopword", "english"], "there is no option --stopword; did you mean --stopwords?"),
        (["entities", SAMPLES, "--label=PER"], "there is no option --label; did you mean --labels?"),
        (["terms", SAMPLES, "-n", "many"], "'many' is neither a number nor all"),
        (["terms", SAMPLES, "--ngrams", "two"], "'two' is neither a number nor two"),
        (["terms", SAMPLES, "--ngrams", "1,2,3"], "is neither a number nor two"),
        (["terms", "--by"], "--by: expected one argument"),
        (["kwic"], "there is no query"),
        (["kwic", "rain", "wind", SAMPLES], 'repeat -e, as in: nutgraf kwic -e "rain" -e "wind"'),
        (["--fast", "terms"], "there is no option --fast before a verb"),
    ],
)
def test_a_slip_is_2_and_says_what_was_meant(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, *words)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.splitlines()) <= 2


def test_several_queries_are_each_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, "kwic", "-e", "rain", "-e", "prime minister", SAMPLES, "--format", "json")
    assert code == 0
    expected = ng.read(SAMPLES).kwic(["rain", "prime minister"])
    assert [row["match"] for row in json.loads(out)] == expected["match"]
    assert len({match.lower() for match in expected["match"]}) > 1


def test_a_phrase_with_a_comma_that_matches_nothing_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = asked(capsys, "kwic", "rain, wind", SAMPLES)
    assert code == 0
    assert "it is one phrase, with its commas" in err
    with pytest.warns(UserWarning, match=r"as in \['rain', 'wind'\]"):
        ng.read(SAMPLES).kwic("rain, wind")
    assert len(ng.Corpus(["The rain, wind and snow."]).kwic("rain, wind")) == 1


# Files as they come.


def articles(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[list[dict[str, str]], str]:
    code, out, err = asked(capsys, "articles", str(path), "--format", "jsonl", *words)
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()], err


def test_a_table_from_excel_is_read_as_it_comes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Title;Text;Date\nMayor quits;Jane Smith left.;2024-03-01\n", encoding="utf-8-sig")
    (row,), said = articles(capsys, path)
    assert (row["headline"], row["date"]) == ("Mayor quits", "2024-03-01")
    for column in ("Title", "Text", "Date"):
        assert f'are in the column "{column}"' in said
    (row,), said = articles(capsys, path, "--text", "TEXT", "--headline", "title", "--date", "date")
    assert (row["headline"], row["date"]) == ("Mayor quits", "2024-03-01")


def test_the_library_takes_a_title_for_a_headline_only_if_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"Text": "Rain.", "title": "A", "published": true}\n', encoding="utf-8")
    table = ng.read(path).articles()
    assert (table["headline"], table["title"]) == ([None], ["A"])


def test_a_usual_name_of_dates_is_taken_only_where_it_has_dates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"text": "Rain.", "published": true, "pub_date": "2024-03-01"}\n', encoding="utf-8")
    (row,), _ = articles(capsys, path)
    assert (row["date"], row["published"]) == ("2024-03-01", True)


def test_names_of_files_are_ids_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("date 2019-01-08 Ice.\ndate 2019-01-09 Fog.", encoding="utf-8")
    corpus = ng.read(tmp_path, ids="file")
    assert corpus.articles()["article"] == ["a.txt", "b.txt#1", "b.txt#2"]
    assert corpus.text("a.txt") == "Rain fell."
    assert corpus.articles()["source"][0] == str(tmp_path / "a.txt")
    rows, _ = articles(capsys, tmp_path, "--ids", "file")
    assert [row["article"] for row in rows] == ["a.txt", "b.txt#1", "b.txt#2"]
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Snow.", encoding="utf-8")
    assert str(tmp_path / "sub" / "a.txt") in ng.read(tmp_path, ids="file").articles()["article"]
    with pytest.raises(ng.ConfigError, match="both name the ids"):
        ng.read(tmp_path, ids="file", id="x")


def test_dates_are_taken_from_names_and_first_lines_when_asked(tmp_path: Path) -> None:
    (tmp_path / "2024-03-01-mayor.txt").write_text(
        "Mayor quits\n\nPublished: 3 April 2024\n\nShe left.", encoding="utf-8"
    )
    (tmp_path / "other.txt").write_text("date 2019-01-08 Fog.", encoding="utf-8")
    (tmp_path / "third.txt").write_text("Ice broke.", encoding="utf-8")
    assert [str(day) for day in ng.read(tmp_path).articles()["date"]] == ["None", "2019-01-08", "None"]
    named = ng.read(tmp_path, infer_dates="name")
    assert [str(day) for day in named.articles()["date"]] == ["2024-03-01", "2019-01-08", "None"]
    assert named.articles()["date_from"] == ["name", None, None]
    assert "1 from the names of their files" in named.report.notes["message"][0]
    assert "no date in the names of their files" in named.report.notes["message"][1]
    first = ng.read(tmp_path, infer_dates="text").articles()["date"]
    assert [str(day) for day in first] == ["2024-04-03", "2019-01-08", "None"]


def test_a_binary_file_is_called_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in [
        ("a.pdf", b"%PDF-1.7\n"),
        ("b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("c.docx", b"PK\x03\x04word/"),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        code, out, err = asked(capsys, "articles", str(path))
        assert (code, out) == (1, ""), name
        assert len(err.splitlines()) == 1
    # A Word document is read, and this one is broken, which is an error in a folder too.
    (tmp_path / "c.docx").unlink()
    (tmp_path / "d.txt").write_text("Rain.", encoding="utf-8")
    _, said = articles(capsys, tmp_path)
    assert "not read: 1 .doc, 1 .pdf" in said


# Files that are written.


def test_every_format_has_every_row(tmp_path: Path) -> None:
    import pandas as pd

    expected = ng.read(SAMPLES).entities()

    def written(name: str, *words: str) -> Path:
        assert main(["entities", SAMPLES, "-o", str(tmp_path / name), *words]) == 0
        return tmp_path / name

    names = expected["entity"]
    assert list(pd.read_csv(written("x.tsv"), sep="\t", keep_default_na=False)["entity"]) == names
    assert list(pd.read_parquet(written("x.parquet"))["entity"]) == names
    sheet = pd.read_excel(written("x.xlsx"), keep_default_na=False)
    assert list(sheet["entity"]) == names
    assert list(sheet["mentions"]) == expected["mentions"]
    assert sheet["aliases"][1] == "; ".join(expected["aliases"][1])
    page = written("x.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == len(expected) + 1
    assert "Harrow &amp; Finch" in page


def test_a_csv_file_is_for_excel_on_request(tmp_path: Path) -> None:
    for words, begins in (([], b"entity,"), (["--bom"], b"\xef\xbb\xbfentity,")):
        assert main(["entities", SAMPLES, "-o", str(tmp_path / "x.csv"), *words]) == 0
        assert (tmp_path / "x.csv").read_bytes().startswith(begins)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8-sig"))))
    assert [row["aliases"].split("; ") for row in rows] == ng.read(SAMPLES).entities()["aliases"]


def test_a_formula_in_a_sheet_is_text(tmp_path: Path) -> None:
    import openpyxl

    (tmp_path / "a.jsonl").write_text('{"text": "Rain.", "x": "=1+1", "y": "\\u0001"}\n', encoding="utf-8")
    assert main(["articles", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "x.xlsx")]) == 0
    header, row = openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows()
    cells = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (cells["x"].value, cells["x"].data_type) == ("=1+1", "s")
    assert cells["y"].value == "\\x01"


# A terminal.


def terminal(*words: str, columns: int = 80, keys: bytes = b"") -> tuple[int, list[str]]:
    """Run the command in a terminal of 24 lines, and press some keys when it waits for them."""
    pty, fcntl, termios = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios"))
    import os
    import struct

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    # The variables would overrule the size of the terminal.
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "nutgraf", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=environment,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 1 << 16):
            shown += piece
            if keys and b"Ctrl-D" in shown:
                os.write(ours, keys)
                keys = b""
    except OSError:  # the terminal is closed
        pass
    finally:
        os.close(ours)
    return process.wait(timeout=60), shown.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("verb", ["entities", "articles", "mentions", "zones"])
def test_a_table_fits_the_terminal_and_fills_a_screen(verb: str, columns: int) -> None:
    code, lines = terminal(verb, SAMPLES, columns=columns)
    assert code == 0
    assert max(map(len, lines)) <= columns
    assert len(lines) <= 28
    assert "-n all" in " ".join(lines[-6:])


def test_all_rows_are_shown_when_asked_and_in_pipes() -> None:
    expected = len(ng.read(SAMPLES).entities()) + 1
    _, lines = terminal("entities", SAMPLES, "-n", "all")
    assert expected <= len(lines) <= expected + 2
    done = subprocess.run([sys.executable, "-m", "nutgraf", "entities", SAMPLES], capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == expected


def test_a_terminal_is_never_read_in_silence() -> None:
    code, lines = terminal("terms")
    assert code == 2
    assert "there is nothing to read" in lines[0]
    code, lines = terminal("terms", "-", "--format", "csv", keys=b"Rain fell.\n\x04")
    assert code == 0
    assert lines[0] == "nutgraf: reading from standard input; Ctrl-D ends it"
    assert lines[-1].startswith("rain,1,")


# Completion.


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nutgraf ent", ["entities"]),
        ("nutgraf help kw", ["kwic"]),
        ("nutgraf terms --stop", ["--stopwords"]),
        ("nutgraf keyness --only l", ["lockwords"]),
        ("nutgraf completion f", ["fish"]),
    ],
)
def test_bash_completes_verbs_options_and_values(typed: str, expected: list[str]) -> None:
    words = typed.split()
    lines = [
        subprocess.run(
            [sys.executable, "-m", "nutgraf", "completion", "bash"], capture_output=True, check=True
        ).stdout.decode(),
        f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _nutgraf; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
    ]
    done = subprocess.run(["bash", "-c", "\n".join(lines)], capture_output=True, check=True)
    assert done.stdout.decode().split() == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_option_is_completed_in_every_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, script, _ = asked(capsys, "completion", shell)
    assert code == 0
    for parser in PARSERS.values():
        for action in parser._actions:
            for name in action.option_strings:
                assert (name.lstrip("-") if shell == "fish" else name) in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script.encode(), check=True)
