"""Files as programs write them: delimiters, quotes, NaN, and what is not text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import nutgraf as ng
from nutgraf.__main__ import main


def read(folder: Path, name: str, content: str | bytes, **options: object) -> ng.Corpus:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return ng.read(path, **options)


def texts(corpus: ng.Corpus) -> list[str]:
    return [corpus.text(article) for article in corpus.articles()["article"]]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_columns_are_separated_by_any_usual_mark(tmp_path: Path, mark: str, suffix: str) -> None:
    content = f'desk{mark}text\nN{mark}"Ice{mark} then ""fog"""\nS{mark}Wind\n'
    corpus = read(tmp_path, f"a.{suffix}", content)
    assert texts(corpus) == [f'Ice{mark} then "fog"', "Wind"]
    assert corpus.articles()["desk"] == ["N", "S"]
    usual = {"csv": ",", "tsv": "\t"}[suffix]
    assert len(corpus.report.notes) == (mark != usual)


def test_a_spreadsheet_may_name_its_mark_and_write_utf_16(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.csv", "sep=;\r\ntext;n\r\nIce, fog;1\r\n")) == ["Ice, fog"]
    assert texts(read(tmp_path, "b.csv", "\ufefftext;n\nÉté;1\n")) == ["Été"]
    assert texts(read(tmp_path, "c.csv", "text\tn\nÉté\t1\n".encode("utf-16"))) == ["Été"]


def test_a_comma_in_a_header_is_still_the_mark(tmp_path: Path) -> None:
    corpus = read(tmp_path, "a.csv", "text,a;b\nIce; fog,1\n")
    assert texts(corpus) == ["Ice; fog"]
    with pytest.raises(ng.ParseError, match="the record has title, story; name the field of the texts"):
        read(tmp_path, "b.csv", "title;story\nIce;Fog\n")


def test_a_quote_that_does_not_close_takes_one_row(tmp_path: Path) -> None:
    content = 'n,text\n1,Ice\n2,"Fog\n3,"Wind, then"\n4,Rain\n5,"Hail\n6,Snow\n'
    corpus = read(tmp_path, "a.csv", content, errors="skip")
    assert texts(corpus) == ["Ice", "Wind, then", "Rain", "Snow"]
    assert corpus.report.n_in == 6
    assert corpus.report.failures["line"] == [3, 6]
    assert "closes within a value" in corpus.report.failures["message"][0]
    assert "never closes" in corpus.report.failures["message"][1]


def test_quotes_after_a_backslash_are_quotes(tmp_path: Path) -> None:
    corpus = read(tmp_path, "a.csv", 'text,n\n"She said \\"ice\\", twice",1\n"C:\\dir",2\n')
    assert texts(corpus) == ['She said "ice", twice', "C:\\dir"]
    assert "backslash" in corpus.report.notes["message"][0]


def test_nan_is_missing_and_a_null_text_is_named(tmp_path: Path) -> None:
    content = '{"text": "NaN it is", "x": NaN}\n{"text": null, "x": -Infinity}\n{"x": 1}\n{"text": "Fog", "x": 2}\n'
    corpus = read(tmp_path, "a.jsonl", content, errors="skip")
    assert texts(corpus) == ["NaN it is", "Fog"]
    assert corpus.articles()["x"] == [None, 2]
    null, absent = corpus.report.failures["message"]
    assert "there is no text: it is null" in null
    assert "the record has x; name the field of the texts with text=" in absent
    assert texts(read(tmp_path, "b.json", '[{"text": "Ice", "x": Infinity},\n{"text": "Fog"}]')) == ["Ice", "Fog"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": "a" "b": 1}', "expected a comma"),
        ("{text: 1}", "expected a quote before each name"),
        ('{"text": nope}', "expected true, false, null"),
        ('{"text": "a", }', "expected none"),
        ('{"text": "a', "it ends within a string"),
        ('{"text": "a"} x', "more follows the value"),
    ],
)
def test_bad_json_is_described_in_plain_words(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(ng.ParseError, match=r"line 1.*is not JSON at column") as caught:
        read(tmp_path, "a.jsonl", line)
    assert words in str(caught.value)


def packed(entry: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(entry, "<x>Ice</x>")
    return archive.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.pdf", b"%PDF-1.5\n1 0 obj", "PDF"),
        ("a.txt", b"%PDF-1.5\n1 0 obj", "PDF"),
        ("a.xlsx", packed("xl/workbook.xml"), "Excel"),
        ("a.odt", packed("content.xml"), "OpenDocument"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0", "PNG"),
        ("a.tex", b"\\section{Ice}", "TeX"),
        ("a.xml", b"<invoice><line>Ice</line></invoice>", "invoice"),
        ("a.txt", b"<?xml version='1.0'?><invoice></invoice>", "invoice"),
    ],
)
def test_what_is_not_text_is_refused_by_its_name(
    tmp_path: Path, name: str, content: bytes, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ng.ParseError, match=word) as caught:
        read(tmp_path, name, content)
    assert caught.value.kind == "bad_format"
    assert main(["articles", str(tmp_path / name)]) == 1
    assert word in capsys.readouterr().err


def test_the_caller_may_read_tags_as_words(tmp_path: Path) -> None:
    assert "ice" in read(tmp_path, "a.html", "<p>Ice broke.</p>", format="text").terms()["term"]
    assert texts(read(tmp_path, "b.txt", "<Laughter> The crowd left.")) == ["<Laughter> The crowd left."]


def test_a_folder_counts_what_it_does_not_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", "c.odt", "d.pdf", "e.png"):
        (tmp_path / name).write_text("Ice broke.")
    (note,) = ng.read(tmp_path).report.notes["message"]
    assert "not read: 1 .odt, 2 .pdf" in note
    (tmp_path / "a.txt").unlink()
    with pytest.raises(FileNotFoundError, match=r"but 1 \.odt, 2 \.pdf"):
        ng.read(tmp_path)


def test_the_suffix_of_the_output_is_its_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ice broke on Lake Ladoga.")
    assert main(["terms", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text().startswith("term,count,")
    assert main(["terms", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.pdf")]) == 2
    assert not (tmp_path / "out.pdf").exists()


def test_the_command_takes_the_form_of_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("text,date\nIce,3/2/19\n")
    assert main(["articles", str(tmp_path), "--date-format", "%d/%m/%y", "--format", "csv"]) == 0
    assert "2019-02-03" in capsys.readouterr().out
    (tmp_path / "a.csv").write_text("text,date\nIce,03/02/2019\n")
    assert main(["articles", str(tmp_path), "--no-day-first", "--format", "csv"]) == 0
    assert "2019-03-02" in capsys.readouterr().out
    assert main(["articles", str(tmp_path)]) == 1
