"""Encodings: what a file, a header or the caller says decides, and the report repeats it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng

from .test_formats import messages, read, response, zones

# A sentence in each encoding, as Python writes it.
SENTENCES = [
    ("windows-1250", "cp1250", "Żółw przeszedł przez ulicę."),
    ("windows-1251", "cp1251", "Дождь шёл весь день."),
    ("windows-1253", "cp1253", "Έβρεχε όλη μέρα."),
    ("windows-1254", "cp1254", "Yağmur bütün gün yağdı."),
    ("windows-1256", "cp1256", "هطل المطر طوال اليوم."),
    ("iso-8859-2", "iso8859-2", "Żółw przeszedł przez ulicę."),
    ("ISO-8859-5", "iso8859-5", "Дождь шёл весь день."),
    ("iso-8859-9", "cp1254", "Yağmur bütün gün yağdı."),
    ("iso-8859-15", "iso8859-15", "Il pleut : 3 € le parapluie."),
    ("koi8-r", "koi8-r", "Дождь шёл весь день."),
    ("KOI8-U", "koi8-u", "Дощ ішов її весь день."),
    ("macintosh", "mac-roman", "Il a plu à l’été."),
    ("Shift_JIS", "shift_jis", "一日中雨が降った。"),
    ("euc-jp", "euc-jp", "一日中雨が降った。"),
    ("iso-2022-jp", "iso2022-jp", "一日中雨が降った。"),
    ("gb2312", "gb2312", "雨下了一整天。"),
    ("gbk", "gbk", "雨下了一整天。"),
    ("gb18030", "gb18030", "雨下了一整天。"),
    ("big5", "big5", "雨下了一整天。"),
    ("euc-kr", "euc-kr", "하루 종일 비가 내렸다."),
]
FILLER = "<p>Trains run as usual, and buses replace the ferries to Mull where the roads are open.</p>"


def page(sentence: str, head: str = "") -> str:
    body = f"<article><h1>Storm</h1><p>{sentence * 6}</p>{FILLER}</article>"
    return f"<!DOCTYPE html><html><head>{head}<title>Storm</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(("label", "codec", "sentence"), SENTENCES)
def test_what_a_file_declares_is_what_it_is_read_as(tmp_path: Path, label: str, codec: str, sentence: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    declared = page(sentence, meta).encode(codec)
    plain = page(sentence).encode(codec)
    feed = f"<?xml version='1.0' encoding='{label}'?><rss><item><title>Storm</title><description>{sentence}</description></item></rss>"
    mail = (
        f"Subject: =?{label}?B?{base64.b64encode(sentence.encode(codec)).decode()}?=\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n"
    ).encode() + base64.encodebytes(sentence.encode(codec))
    crawl = response("https://oban.example/1", plain, f"text/html; charset={label}")
    for name, content in [
        ("a.html", declared),
        ("b.html", page(sentence, f"<meta charset='{label}'>").encode(codec)),
        ("a.xml", feed.encode(codec)),
        ("a.eml", mail),
        ("a.warc", crawl),
    ]:
        corpus = read(tmp_path, name, content)
        assert sentence in zones(corpus, "body")[0], name
        assert "read as such" in messages(corpus), name
        assert "�" not in messages(corpus), name
    assert read(tmp_path, "c.eml", mail).articles()["headline"] == [sentence]
    for name, content in [
        ("a.txt", sentence.encode(codec)),
        ("a.csv", f"text,n\n{sentence},1\n".encode(codec)),
        ("a.jsonl", f'{{"text": "{sentence}"}}'.encode(codec)),
        ("c.html", plain),
    ]:
        corpus = read(tmp_path, name, content, encoding=label)
        assert sentence in corpus.text(0), name
        assert corpus.report.notes["message"] == []
    streamed = list(ng.stream(tmp_path / "a.csv", batch=5, encoding=label))
    assert streamed[0].text(0) == sentence


def test_the_order_of_those_who_say_it_is_that_of_the_web(tmp_path: Path) -> None:
    text = "Дождь шёл весь день."
    wrong = "<meta charset=windows-1251>"
    crawl = response("https://oban.example/1", page(text, wrong).encode("koi8-r"), "text/html; charset=koi8-r")
    corpus = read(tmp_path, "a.warc", crawl)
    assert text in corpus.text(0)
    assert "is KOI8-R, as its HTTP header says" in messages(corpus)
    corpus = read(tmp_path, "b.warc", crawl, encoding="iso-8859-5")
    assert text not in corpus.text(0)
    for mark in ("utf-8-sig", "utf-16"):
        corpus = read(tmp_path, "a.html", page(text, wrong).encode(mark), encoding="koi8-r")
        assert text in corpus.text(0)
        assert "has a byte-order mark, which decides" in messages(corpus)
    corpus = read(tmp_path, "c.html", page(text, "<meta charset=utf-16>").encode())
    assert (text in corpus.text(0), messages(corpus)) == (True, "")


def test_a_page_that_was_saved_as_unicode_is_read_as_unicode(tmp_path: Path) -> None:
    corpus = read(tmp_path, "a.html", page("Дождь шёл весь день.", "<meta charset=windows-1251>").encode())
    assert "Дождь" in corpus.text(0)
    assert "is UTF-8, though its meta tag says windows-1251; read as UTF-8" in messages(corpus)
    # A header that says UTF-8 of what is not gives way to the page.
    body = page("Дождь шёл весь день.", "<meta charset=windows-1251>").encode("cp1251")
    corpus = read(tmp_path, "a.warc", response("https://oban.example/1", body, "text/html; charset=utf-8"))
    assert "Дождь" in corpus.text(0)


def test_bytes_without_a_character_are_counted_and_have_a_place(tmp_path: Path) -> None:
    content = "text,n\n하루 종일,1\n비가".encode("euc-kr") + b"\xff \xff,2\n"
    corpus = read(tmp_path, "a.csv", content, encoding="euc-kr")
    note = corpus.report.notes[0]
    assert corpus.text(1) == "비가� �"
    assert note["message"].endswith("2 bytes are no EUC-KR; read as �; the first of them is here")
    assert (note["line"], note["byte"]) == (3, content.index(b"\xff"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            page("Café owners met. ", "<meta charset=klingon>").encode("latin-1"),
            'is in "klingon", as its meta tag says, which is not',
        ),
        (page("Café owners met. ").encode("latin-1"), "is not UTF-8; read as Windows-1252"),
        (page("Café owners met. ", "<meta charset=utf-8>").encode("latin-1"), "is not UTF-8; read as Windows-1252"),
    ],
)
def test_what_is_not_known_is_never_guessed_silently(tmp_path: Path, content: bytes, says: str) -> None:
    corpus = read(tmp_path, "a.html", content)
    assert "Café" in corpus.text(0)
    assert says in messages(corpus)


@pytest.mark.parametrize("name", ["klingon", "hz-gb-2312", "utf-7", ""])
def test_an_unknown_name_lists_those_that_are_known(tmp_path: Path, name: str) -> None:
    with pytest.raises(ng.ConfigError, match=r"windows-1250 to windows-1258.*euc-kr") as failed:
        read(tmp_path, "a.txt", b"Rain fell.", encoding=name)
    assert failed.value.field == "encoding"


@pytest.mark.parametrize("value", [8, b"utf-8", ["utf-8"]])
def test_the_name_of_an_encoding_is_a_string(tmp_path: Path, value: Any) -> None:
    with pytest.raises(TypeError, match="encoding"):
        read(tmp_path, "a.txt", b"Rain fell.", encoding=value)


def test_pieces_end_anywhere(tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "雨下了 {at} 天。"}}\n' for at in range(70_000))
    corpus = read(tmp_path, "a.jsonl", lines.encode("gb18030"), encoding="gb18030")
    assert (len(corpus), corpus.text(69_999)) == (70_000, "雨下了 69999 天。")
    assert corpus.report.notes["message"] == []


def test_texts_that_came_in_the_wrong_encoding_are_counted() -> None:
    wrong = "They met in Guantánamo.".encode().decode("cp1252")
    report = ng.Corpus(["They met in Málaga.", wrong, wrong]).report
    [note] = report.notes.to_dicts()
    assert (note["article"], note["field"], note["byte"]) == (1, "text", 17)
    assert '2 of 3 texts have letters as in "GuantÃ¡namo.": UTF-8 that was read as Windows-1252' in note["message"]


def test_a_note_of_many_files_is_summed(tmp_path: Path) -> None:
    paths = [tmp_path / f"{at:02}.html" for at in range(30)]
    for at, path in enumerate(paths):
        bad = b"\xd2" * (2 + at % 3)
        head = "<meta charset=windows-1253>"
        path.write_bytes(page("Έβρεχε όλη μέρα. ", head).encode("cp1253").replace(b"</p>", bad + b"</p>", 1))
    paths[7].write_bytes(page("Żółw przeszedł przez ulicę. ", "<meta charset=windows-1250>").encode("cp1250"))
    notes = ng.read(paths).report.notes.to_dicts()
    assert len(notes) == 10 + 10 + 1 + 2
    sums = [note for note in notes if "more than the first 10" in note["message"]]
    assert [Path(note["source"]).name for note in sums] == ["29.html", "29.html"]
    assert all("; 19 files more than the first 10 have this note, the last is here" in note["message"] for note in sums)
