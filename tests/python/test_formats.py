"""Pages, wire items, feeds, archives and exports: each becomes articles whose zones are known."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Storm closes Oban harbour | The Oban Gazette</title>
<meta property="og:site_name" content="The Oban Gazette"><meta property="og:title" content="Storm closes Oban harbour">
<link rel="canonical" href="https://oban.example/storm">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Storm closes Oban harbour", "datePublished": "2024-03-01T18:30:00+01:00",
 "author": [{"@type": "Person", "name": "Ida Moe"}, {"@type": "Person", "name": "Kai Berg"}],
 "description": "Ferries stay in port until Monday as the wind reaches ninety miles an hour.",}</script></head>
<body><nav><ul><li><a href="/">Home</a><li><a href="/news">News</a></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this site work and to show you advertisements that you like.</p></div>
<main><article><header><h1>Storm closes Oban harbour</h1>
<p class="standfirst">Ferries stay in port until Monday as the wind reaches ninety miles an hour.</p>
<p class="byline">By Ida Moe and Kai Berg</p><time datetime="2024-03-01">1 March 2024</time></header>
<figure><img src="a.jpg"><figcaption><span class="caption">Waves break over the pier at Oban</span>
 <span class="credit">Ada Lund/Reuters</span></figcaption></figure>
<p>The harbour of Oban was closed on Friday &amp; will stay closed, the port authority said in a statement.
<p>&ldquo;Nobody should go near the water,&rdquo; said Rona Shaw, the harbour master, at a briefing in the town hall.
<div class="related-links"><h3>Related</h3><p>A long teaser of another story that nobody on this page has asked to read today.</p></div>
<h2>What happens next</h2>
<p>Trains run as usual, and buses replace the ferries to Mull where the roads are open, the council said.</p>
<p>Sign up to our newsletter for the latest news from the west coast of Scotland.</p>
</article></main>
<section class="comments"><p>First comment: I have never seen such waves, and I have lived here for sixty years.</p></section>
<footer><p>Copyright 2024 The Oban Gazette. All rights reserved. Registered in Scotland under number 12345.</p></footer>
</body></html>"""

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">
<nitf><head><docdata management-status="usable"><doc-id id-string="oban.1"/><urgency ed-urg="3"/>
<date.issue norm="20240301T183000Z"/><du-key key="OBAN-STORM"/></docdata></head>
<body><body.head><hedline><hl1>Storm closes Oban harbour</hl1></hedline><byline>By Ida Moe</byline>
<dateline>OBAN, Scotland</dateline></body.head>
<body.content><p>The harbour was closed &amp; stays closed.</p><media media-type="image">
<media-caption>Waves break over the pier</media-caption><media-producer>Ada Lund/Reuters</media-producer></media>
<hl2>Next</hl2><p>Trains run.</p></body.content></body></nitf>"""

NEWSML = """<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:oban:1" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Oban Press"/><versionCreated>2024-03-01T18:30:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><urgency>3</urgency><by>By Ida Moe</by><language tag="en-GB"/>
<subject qcode="medtop:1"><name>weather</name></subject><subject qcode="medtop:2"><name>transport</name></subject>
<slugline>OBAN-STORM</slugline><headline>Storm closes Oban harbour</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.content><p>The harbour was closed.</p>
</body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="urn:oban:2"><itemMeta><itemClass qcode="ninat:picture"/><pubStatus qcode="stat:withheld"/></itemMeta>
<contentMeta><creditline>Ada Lund/Reuters</creditline><headline>Waves</headline>
<description role="drol:caption">Waves break over the pier</description></contentMeta></newsItem>
<newsItem guid="urn:oban:3"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentSet>
<inlineXML contenttype="application/xhtml+xml"><html><body><p>Trains run.</p><p>Buses run.</p></body></html></inlineXML>
</contentSet></newsItem></itemSet></newsMessage>"""

RSS = """<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel><title>The Oban Gazette</title>
<language>en-gb</language><item><title>Storm closes harbour &amp;amp; pier</title><link>https://oban.example/1</link>
<pubDate>Fri, 01 Mar 2024 18:30:00 GMT</pubDate><dc:creator>Ida Moe</dc:creator><category>Weather</category>
<description>Short.</description><content:encoded><![CDATA[<p>The harbour was closed &amp; stays closed.</p>
<figure><img src="a.jpg"><figcaption>Waves break over the pier</figcaption></figure><p>Trains run.</p>]]></content:encoded>
</item><item><title>Sun</title><description>&lt;p&gt;It shone.&lt;/p&gt;</description></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Oban Gazette</title>
<entry><title>Storm</title><id>urn:1</id><link href="https://oban.example/1"/><published>2024-03-01T18:30:00Z</published>
<author><name>Ida Moe</name></author><category term="Weather"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The harbour was closed.</p></div></content></entry></feed>"""

NEXIS = """

                               1 of 2 DOCUMENTS


                              The Oban Gazette

                          March 1, 2024 Friday

Storm closes Oban harbour

BYLINE: Ida Moe

SECTION: NEWS; Pg. 4

LENGTH: 9 words

BODY:

The harbour was closed, and
stays closed.

Trains run.

GRAPHIC: Waves break over the pier

LOAD-DATE: March 2, 2024

                               2 of 2 DOCUMENTS


                              The Oban Gazette

                          March 2, 2024 Saturday

HEADLINE: Sun

LENGTH: 2 words

BODY:

It shone.

LOAD-DATE: March 3, 2024
"""

MAIL = """From: "Ida Moe" <ida@oban.example>
Subject: =?utf-8?Q?Storm_closes_Caf=C3=A9?=
Date: Fri, 01 Mar 2024 18:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

The harbour was closed =E2=80=93 and stays=
 closed.
--cut
Content-Type: text/html

<p>The harbour was closed.</p>
--cut--
"""


def zones(corpus: ng.Corpus, *kinds: str) -> list[str]:
    return [zone["text"] for zone in corpus.zones() if zone["zone"] in kinds]


def read(folder: Path, name: str, content: str | bytes, **options: Any) -> ng.Corpus:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return ng.read(path, **options)


def messages(corpus: ng.Corpus) -> str:
    return "\n".join([*corpus.report.notes["message"], *corpus.report.failures["message"]])


def check_page(corpus: ng.Corpus) -> None:
    article = corpus.articles()[0]
    assert article["headline"] == "Storm closes Oban harbour"
    assert article["authors"] == ["Ida Moe", "Kai Berg"]
    assert str(article["date"]) == "2024-03-01"
    assert zones(corpus, "body") == [
        "Ferries stay in port until Monday as the wind reaches ninety miles an hour.",
        "The harbour of Oban was closed on Friday & will stay closed, the port authority said in a statement.",
        "“Nobody should go near the water,” said Rona Shaw, the harbour master, at a briefing in the town hall.",
        "What happens next",
        "Trains run as usual, and buses replace the ferries to Mull where the roads are open, the council said.",
    ]
    caption = corpus.zones(zones="caption")[0]
    assert caption["text"] == "Waves break over the pier at Oban"
    assert (caption["credit"], caption["agency"]) == ("Ada Lund/Reuters", "Reuters")
    assert caption["photographer"] == "Ada Lund"


def test_a_page_is_an_article_without_its_furniture(tmp_path: Path) -> None:
    corpus = read(tmp_path, "storm.html", PAGE)
    check_page(corpus)
    article = corpus.articles()[0]
    assert (article["language"], article["provider"]) == ("en-GB", "The Oban Gazette")
    assert article["url"] == "https://oban.example/storm"
    for zone in corpus.zones():
        if zone["start"] is not None and zone["zone"] not in ("headline", "byline"):
            assert corpus.text(0)[zone["start"] : zone["end"]] == zone["text"]
    assert "amp" not in corpus.terms(zones="all")["term"]
    assert "cookies" not in corpus.terms(zones="all")["term"]


def test_a_page_is_known_by_its_content(tmp_path: Path) -> None:
    corpus = read(tmp_path, "storm.txt", PAGE)
    check_page(corpus)
    assert "is html by its content" in messages(corpus)
    check_page(read(tmp_path, "storm", PAGE))
    check_page(read(tmp_path, "storm.html.gz", gzip.compress(PAGE.encode())))
    assert "<article>" in read(tmp_path, "storm.txt", PAGE, format="text").text(0)


def test_pages_in_a_column_become_articles() -> None:
    corpus = ng.Corpus(
        {"text": [PAGE, "<p>Rain fell.</p><p>It stopped.</p>"], "desk": ["A", "B"], "headline": [None, "Rain"]},
        layout="html",
    )
    check_page(corpus.where(desk="A"))
    assert zones(corpus.where(desk="B"), "headline", "body") == ["Rain", "Rain fell.", "It stopped."]
    assert corpus.articles()["desk"] == ["A", "B"]


def test_a_page_without_a_story_says_so(tmp_path: Path) -> None:
    corpus = read(tmp_path, "empty.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert len(corpus) == 1
    assert "no paragraph of an article was found" in messages(corpus)


def test_nitf_keeps_what_the_wire_says(tmp_path: Path) -> None:
    corpus = read(tmp_path, "storm.nitf", NITF)
    article = corpus.articles()[0]
    assert (article["headline"], article["byline"]) == ("Storm closes Oban harbour", "Ida Moe")
    assert (str(article["date"]), article["slug"], article["urgency"]) == ("2024-03-01", "OBAN-STORM", "3")
    assert (article["guid"], article["status"], article["dateline"]) == ("oban.1", "usable", "OBAN, Scotland")
    assert zones(corpus, "body") == ["The harbour was closed & stays closed.", "Next", "Trains run."]
    assert zones(corpus, "dateline") == ["OBAN, Scotland"]
    caption = corpus.zones(zones="caption")[0]
    assert (caption["text"], caption["photographer"]) == ("Waves break over the pier", "Ada Lund")


def test_each_item_of_newsml_is_an_article(tmp_path: Path) -> None:
    corpus = read(tmp_path, "items.xml", NEWSML)
    articles = corpus.articles()
    assert articles["guid"] == ["urn:oban:1", "urn:oban:2", "urn:oban:3"]
    assert articles["status"] == ["usable", "withheld", None]
    assert json.loads(articles["subjects"][0]) == ["weather", "transport"]
    assert (articles["provider"][0], articles["language"][0], articles["slug"][0]) == (
        "Oban Press",
        "en-GB",
        "OBAN-STORM",
    )
    assert zones(corpus, "body") == ["The harbour was closed.", "Trains run.", "Buses run."]
    assert corpus.zones(zones="caption")["credit"] == ["Ada Lund/Reuters"]
    assert "1 items are embargoed, withheld or cancelled" in messages(corpus)


def test_a_feed_gives_the_full_content(tmp_path: Path) -> None:
    corpus = read(tmp_path, "feed.rss", RSS)
    articles = corpus.articles()
    assert articles["headline"] == ["Storm closes harbour & pier", "Sun"]
    assert [str(date) for date in articles["date"]] == ["2024-03-01", "None"]
    assert (articles["byline"][0], articles["url"][0]) == ("Ida Moe", "https://oban.example/1")
    assert articles["provider"] == ["The Oban Gazette"] * 2
    assert zones(corpus, "body") == ["The harbour was closed & stays closed.", "Trains run.", "It shone."]
    assert zones(corpus, "caption") == ["Waves break over the pier"]
    corpus = read(tmp_path, "feed.atom", ATOM)
    article = corpus.articles()[0]
    assert (article["headline"], article["byline"], article["url"]) == ("Storm", "Ida Moe", "https://oban.example/1")
    assert zones(corpus, "body") == ["The harbour was closed."]


@pytest.mark.parametrize(
    ("content", "says", "byte"),
    [
        (NITF[:-40], "the file ends within <", len(NITF.encode()) - 40),
        (NITF.replace("</body.content>", ""), "closes nothing", None),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>', "declares entities", 16),
        ('<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>', "declares entities", 16),
        ("<?xml version='1.0'?><invoice/>", "root <invoice>", None),
    ],
)
def test_xml_that_cannot_be_trusted_is_an_error_with_its_byte(
    tmp_path: Path, content: str, says: str, byte: int | None
) -> None:
    with pytest.raises(ng.ParseError) as failed:
        read(tmp_path, "broken.xml", content)
    assert says in str(failed.value)
    assert "broken.xml" in str(failed.value)
    if byte is not None:
        assert failed.value.byte == byte


def test_ninjs_is_written_and_read_again(tmp_path: Path) -> None:
    corpus = read(tmp_path, "storm.html", PAGE)
    corpus.to_ninjs(tmp_path / "storm.json")
    again = ng.read(tmp_path / "storm.json")
    article = again.articles()[0]
    assert (article["headline"], article["byline"]) == ("Storm closes Oban harbour", "Ida Moe, Kai Berg")
    assert (str(article["date"]), article["language"]) == ("2024-03-01", "en-GB")
    assert zones(again, "body") == zones(corpus, "body")
    assert zones(again, "caption") == zones(corpus, "caption")
    assert again.zones(zones="caption")["photographer"] == ["Ada Lund"]
    assert json.loads(str(ng.Corpus([]).to_ninjs())) == []


def test_json_lines_are_written_and_read_again(tmp_path: Path) -> None:
    corpus = ng.Corpus({"text": ["Rain fell.", "Sun."], "date": ["2024-03-01", None], "desk": ["A", "B"]}, id=None)
    corpus.to_jsonl(tmp_path / "all.jsonl")
    again = ng.read(tmp_path / "all.jsonl")
    for column in ("article", "date", "desk", "tokens"):
        assert again.articles()[column] == corpus.articles()[column]


def test_an_export_is_cut_into_its_articles(tmp_path: Path) -> None:
    corpus = read(tmp_path, "nexis.txt", NEXIS)
    articles = corpus.articles()
    assert articles["headline"] == ["Storm closes Oban harbour", "Sun"]
    assert [str(date) for date in articles["date"]] == ["2024-03-01", "2024-03-02"]
    assert articles["provider"] == ["The Oban Gazette"] * 2
    assert (articles["byline"][0], articles["section"][0], articles["words"]) == ("Ida Moe", "NEWS; Pg. 4", ["9", "2"])
    assert zones(corpus, "body") == ["The harbour was closed, and stays closed.", "Trains run.", "It shone."]
    assert zones(corpus, "caption") == ["Waves break over the pier"]
    assert "is export by its content" in messages(corpus)


def test_a_message_is_an_article(tmp_path: Path) -> None:
    corpus = read(tmp_path, "a.eml", MAIL)
    article = corpus.articles()[0]
    assert (article["headline"], article["byline"]) == ("Storm closes Café", "Ida Moe")
    assert str(article["date"]) == "2024-03-01"
    assert zones(corpus, "body") == ["The harbour was closed – and stays closed."]
    saved = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://oban.example/storm\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/html\r\n\r\n'
        + PAGE
        + "\r\n--cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--cut--\r\n"
    )
    check_page(read(tmp_path, "a.mhtml", saved))


def response(address: str, body: bytes, media: str = "text/html", head: str = "") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{head}\r\n".encode() + body
    mark = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(http)}\r\n\r\n"
    return mark.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packing", ["none", "each", "whole"])
def test_a_crawl_gives_its_pages(tmp_path: Path, packing: str) -> None:
    page = PAGE.encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    records = [
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\ntool\r\n\r\n",
        response("https://oban.example/1", page),
        response("https://oban.example/a.png", b"\x89PNG", "image/png"),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n",
        response("https://oban.example/2", gzip.compress(page), head="Content-Encoding: gzip\r\n"),
        response("https://oban.example/3", chunked, head="Transfer-Encoding: chunked\r\n"),
    ]
    packed = {"none": b"".join(records), "each": b"".join(gzip.compress(one) for one in records)}
    packed["whole"] = gzip.compress(packed["none"])
    corpus = read(tmp_path, "crawl.warc" if packing == "none" else "crawl.warc.gz", packed[packing], errors="skip")
    assert corpus.report.n_in == 4
    assert corpus.report.n_failed == 1
    assert len(corpus) == 3
    assert all(
        source.endswith(f"/https://oban.example/{at}") for at, source in enumerate(corpus.articles()["source"], 1)
    )
    check_page(corpus[:1])
    assert "its head has no Content-Length" in messages(corpus)
    assert "2 records of the crawl are not pages" in messages(corpus)


def coded(body: bytes, *codings: str) -> bytes:
    """A content in these codings, the first of them first."""
    chunks = {"chunked": lambda it: b"%x;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, it[:9], len(it) - 9, it[9:])}
    deflate = zlib.compressobj(wbits=-15)
    ways = {
        **chunks,
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw": lambda it: deflate.compress(it) + deflate.flush(),
        "zstd": lambda it: ZSTANDARD + struct.pack("<I", len(it) << 3 | 1)[:3] + it,
    }
    for coding in codings:
        body = ways[coding](body)
    return body


# A frame of Zstandard in which each block is as it was, for contents of less than 128 kB.
ZSTANDARD = bytes([0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38])


@pytest.mark.parametrize(
    ("head", "codings", "says"),
    [
        ("Content-Encoding: zstd", ["zstd"], None),
        ("Content-Encoding: deflate", ["deflate"], None),
        ("Content-Encoding: deflate", ["raw"], None),
        ("Content-Encoding: GZIP, Zstd", ["gzip", "zstd"], None),
        ("Transfer-Encoding: gzip, chunked", ["gzip", "chunked"], None),
        ("Content-Encoding: deflate\r\nTransfer-Encoding: Chunked", ["deflate", "chunked"], None),
        # A crawler has undone the coding and kept its name.
        ("Content-Encoding: br\r\nTransfer-Encoding: chunked", [], None),
        ("Content-Encoding: br", ["zstd"], "is packed with Brotli, which is not read"),
        ("Content-Encoding: gzip, br", ["gzip"], "is packed with Brotli, which is not read"),
        ("Content-Encoding: compress", ["raw"], 'is packed with "compress", which is not read'),
        ("Content-Encoding: deflate", ["zstd"], "is damaged: deflate says"),
    ],
)
def test_a_page_of_a_crawl_may_be_in_several_codings(
    tmp_path: Path, head: str, codings: list[str], says: str | None
) -> None:
    body = response("https://oban.example/1", coded(PAGE.encode(), *codings), head=head + "\r\n")
    corpus = read(tmp_path, "crawl.warc", body, errors="skip")
    if says is None:
        check_page(corpus)
    else:
        assert (len(corpus), corpus.report.n_failed) == (0, 1)
        assert f"the page https://oban.example/1 {says}" in messages(corpus)


def test_a_page_whose_chunks_are_cut_off_is_a_failure(tmp_path: Path) -> None:
    cut = coded(PAGE.encode(), "chunked")[:-200]
    body = response("https://oban.example/1", cut, head="Transfer-Encoding: chunked\r\n")
    corpus = read(tmp_path, "crawl.warc", body, errors="skip")
    assert len(corpus) == 0
    assert "its chunks are cut off" in messages(corpus)


def test_a_crawl_that_is_cut_short_keeps_its_pages(tmp_path: Path) -> None:
    whole = gzip.compress(response("https://oban.example/1", PAGE.encode()))
    second = gzip.compress(response("https://oban.example/2", PAGE.encode()))
    corpus = read(tmp_path, "crawl.warc.gz", whole + second[: len(second) // 2], errors="skip")
    assert len(corpus) == 1
    assert corpus.report.n_failed == 1


def test_archives_give_the_files_in_them(tmp_path: Path) -> None:
    files = {
        "a/storm.html": PAGE.encode(),
        "items.xml": NEWSML.encode(),
        "notes.txt": b"Rain fell.",
        "a.png": b"\x89PNG",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    corpora = [read(tmp_path, "all.zip", buffer.getvalue())]
    for mode, name in (("w", "all.tar"), ("w:gz", "all.tar.gz"), ("w:gz", "all.tgz")):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode=mode) as tar:  # type: ignore[call-overload]
            for called, content in files.items():
                info = tarfile.TarInfo(called)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        corpora.append(read(tmp_path, name, buffer.getvalue()))
    for corpus in corpora:
        assert len(corpus) == 5
        check_page(corpus[:1])
        assert corpus.articles()["source"][0].endswith("/a/storm.html")
        assert "1 files of the archive have no known suffix" in messages(corpus)


def test_a_word_document_is_its_paragraphs(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        words = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Rain fell &amp; fell.", "It stopped."))
        archive.writestr("word/document.xml", f"<?xml version='1.0'?><w:document><w:body>{words}</w:body></w:document>")
        archive.writestr("word/styles.xml", "<w:styles/>")
    corpus = read(tmp_path, "a.docx", buffer.getvalue())
    assert zones(corpus, "body") == ["Rain fell & fell.", "It stopped."]


def rtf(lines: str) -> str:
    """An RTF document of these lines."""
    coded = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in lines)
    return r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 " + coded.replace("\n", "\\par\r\n") + "}"


def word(lines: str) -> bytes:
    """A Word document of these lines."""
    buffer = io.BytesIO()
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines.splitlines())
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:body>{paragraphs}</w:body></w:document>")
    return buffer.getvalue()


UNI = "".join(
    f"""{headline}
The Oban Gazette
March {day}, 2024 Friday

Copyright 2024 The Oban Gazette

Section: NEWS
Length: 9 words
Byline: Ida Moe
Body

{text}

It stopped – at noon.

Load-Date: March 9, 2024

End of Document
"""
    for headline, day, text in [("Storm closes Oban", 1, "Rain fell."), ("Sun", 2, "It shone.")]
)


@pytest.mark.parametrize(
    ("name", "content"), [("a.rtf", rtf(UNI)), ("a.docx", word(UNI)), ("a.rtf", rtf(UNI.replace("\n\n", "\n")))]
)
def test_an_export_in_a_document_is_cut_into_its_articles(tmp_path: Path, name: str, content: str | bytes) -> None:
    corpus = read(tmp_path, name, content)
    articles = corpus.articles()
    assert articles["headline"] == ["Storm closes Oban", "Sun"]
    assert [str(date) for date in articles["date"]] == ["2024-03-01", "2024-03-02"]
    assert articles["byline"] == ["Ida Moe"] * 2
    assert zones(corpus, "body") == ["Rain fell.", "It stopped – at noon.", "It shone.", "It stopped – at noon."]


def test_another_document_is_an_article(tmp_path: Path) -> None:
    corpus = read(tmp_path, "a.rtf", r"{\rtf1\ansi Caf\'e9 owners met.\par They left.}")
    assert zones(corpus, "body") == ["Café owners met.", "They left."]
    corpus = read(tmp_path, "b.rtf", r"{\rtf1\ansi\ansicpg1251 \'c4\'e0.}")
    assert zones(corpus, "body") == ["Да."]
    assert "is windows-1251, as its code page 1251 says" in messages(corpus)
    with pytest.raises(ng.ParseError, match="code page 437"):
        read(tmp_path, "c.rtf", r"{\rtf1\ansi\ansicpg437 \'c4\'e0}")


@pytest.mark.parametrize("packing", [bz2.compress, lzma.compress])
def test_files_in_other_packings_are_read(tmp_path: Path, packing: Callable[[bytes], bytes]) -> None:
    ending = {bz2.compress: "bz2", lzma.compress: "xz"}[packing]
    check_page(read(tmp_path, f"storm.html.{ending}", packing(PAGE.encode())))
    assert len(ng.read(tmp_path)) == 1
    cut = packing(PAGE.encode())[:-20]
    with pytest.raises(ng.ParseError, match="is not whole"):
        read(tmp_path, f"cut.html.{ending}", cut)


def test_a_zip_archive_may_have_its_numbers_elsewhere(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("storm.html", PAGE)
    whole = buffer.getvalue()
    end = whole.rindex(b"PK\x05\x06")
    start = int.from_bytes(whole[end + 16 : end + 20], "little")
    large = b"PK\x06\x06" + bytes(28) + struct.pack("<QQQ", 1, end - start, start)
    pointer = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    short = whole[end : end + 10] + b"\xff" * 10 + b"\0\0"
    check_page(read(tmp_path, "large.zip", whole[:end] + large + pointer + short))


OTHERS = "".join(
    f'<div class="q{n}x"><h3><a href="/{n}">Another story of the day {n}</a></h3>'
    f"<p>A teaser of a story that nobody on this page has asked to read today, and it is long, number {n}.</p></div>"
    for n in range(9)
)
COMMENTS = "".join(
    f'<div class="q7"><b>user{n}</b><p>I have never seen such waves, and I have lived here for sixty years, said {n}.</p>'
    '<a href="#">Reply</a></div>'
    for n in range(9)
)


STORY = [
    "The harbour was closed on Friday, and will stay closed, the port authority said in a statement.",
    "Trains run as usual, and buses replace the ferries to Mull where the roads are open, the council said.",
]
CAPTION = "Waves break over the pier at Oban"


def page_with(author: Any, above: str = "", below: str = "") -> str:
    """A page whose data for machines name an author, with something above and below the story."""
    data = {"@type": "NewsArticle", "headline": "Storm closes Oban", "author": author}
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f'<html lang="en"><head><title>Storm closes Oban</title><script type="application/ld+json">{json.dumps(data)}'
        f"</script></head><body><article><h1>Storm closes Oban</h1>{above}{story}{below}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("author", "above", "byline", "authors"),
    [
        ({"name": "Martin Doyle, Jr. and Ida Moe"}, "", "Martin Doyle Jr., Ida Moe", ["Martin Doyle Jr.", "Ida Moe"]),
        ({"name": "admin"}, "<p>By Ida Moe</p>", "Ida Moe", ["Ida Moe"]),
        ({"name": "Web Desk"}, "", "Web Desk", []),
        ({"name": "Reuters"}, "<p class='byline'>By Ida Moe, Reuters</p>", "Ida Moe", ["Ida Moe"]),
        ({"name": "Oban Gazette"}, "<p>By Oban GazetteFriday</p>", "Oban Gazette", []),
        ({"name": "Press Trust of India"}, "", "Press Trust of India", []),
        (
            {"name": "admin"},
            "<div class='author-line'><a href=/a>Ida Moe</a> <span>Crime reporter</span></div>",
            "Ida Moe",
            ["Ida Moe"],
        ),
        (
            {"name": "admin"},
            "<div class='byline'>By <a href=/a>Ida Moe</a> and Kai Berg</div>",
            "Ida Moe, Kai Berg",
            ["Ida Moe", "Kai Berg"],
        ),
        (["www.facebook.com/idamoe", {"name": "IDA MOE"}], "", "IDA MOE", ["Ida Moe"]),
    ],
)
def test_authors_are_people_where_a_page_names_any(
    tmp_path: Path, author: Any, above: str, byline: str, authors: list[str]
) -> None:
    article = read(tmp_path, "a.html", page_with(author, above)).articles()[0]
    assert article["byline"] == byline
    assert [name.lower() for name in article["authors"]] == [name.lower() for name in authors]


@pytest.mark.parametrize(
    "below",
    [
        "<div><h4>About the author</h4><p>Ida Moe has covered local government since 2011 and lives in Oban.</p></div>",
        "<h3>About us</h3><p>The Oban Gazette has reported on ferries and fishing since 1987, and is owned by readers.</p>",
        "<div><h2>Subscribe to continue reading</h2><p>Get unlimited access to all stories for £1 a week.</p></div>",
        "<div><img src=i><h4>Ida Moe</h4><p>Ida reports on ferries and their timetables, and rows to work on most days.</p></div>",
        "<p>About the author: Ida Moe covers ferries for the Gazette, and has missed very few of them since 2011.</p>",
        "<div><h4>The Oban Morning</h4><p>All that you need before your first coffee, in five minutes, every weekday.</p>"
        "<form><input type=email><button>Go</button></form></div>",
        "<div><h3><a href=/2>Fair board drops its derby</a></h3><p>The board voted to end it after a dispute over its insurance.</p></div>",
    ],
)
def test_who_made_a_page_and_what_it_sells_are_not_the_story(tmp_path: Path, below: str) -> None:
    assert zones(read(tmp_path, "a.html", page_with("Ida Moe", below=below)), "body") == STORY


def test_a_story_of_boxes_with_links_and_a_form_stays_whole(tmp_path: Path) -> None:
    boxes = "".join(
        f"<div><h2><a href=/{at}>The best kettle of {2010 + at}</a></h2><p>{STORY[0]}</p></div>" for at in range(2)
    )
    form = "<form><input type=email></form>"
    assert zones(read(tmp_path, "a.html", page_with("Ida Moe", below=boxes)), "body").count(STORY[0]) == 3
    assert zones(read(tmp_path, "b.html", page_with("Ida Moe", below=form)), "body") == STORY


def test_the_day_of_a_post_is_not_that_of_a_comment(tmp_path: Path) -> None:
    below = "<p>Posted at <abbr class='published' title='2012-05-06T18:20:00+01:00'>18:20</abbr></p><dl><dd>7 May 2012 09:11</dd></dl>"
    assert str(read(tmp_path, "a.html", page_with("Ida Moe", below=below)).articles()[0]["date"]) == "2012-05-06"


@pytest.mark.parametrize(
    "picture",
    [
        f"<figure><img src=a><figcaption>{CAPTION}</figcaption><cite>Ada Lund</cite></figure>",
        f"<div data-credit='Ada Lund'><img data-src=a><p class='caption'>{CAPTION}</p></div>",
        f"<div><img data-src=a data-photographer='Ada Lund'><p class='caption'>{CAPTION}</p></div>",
        f"<noscript><figure><img src=a><figcaption>{CAPTION} <b class='credit'>Ada Lund</b></figcaption></figure></noscript>",
        f"<figure><figcaption>{CAPTION}</figcaption><noscript><img src=a><figcaption>{CAPTION}</figcaption></noscript>"
        "<small class='credit'>Ada Lund</small></figure>",
    ],
)
def test_a_caption_has_its_credit_wherever_the_page_puts_it(tmp_path: Path, picture: str) -> None:
    corpus = read(tmp_path, "a.html", page_with("Ida Moe", picture))
    caption = corpus.zones(zones="caption")
    assert (caption["text"], caption["credit"]) == ([CAPTION], ["Ada Lund"])
    assert zones(corpus, "body") == STORY


def test_a_page_without_names_or_data_is_read_by_what_it_shows(tmp_path: Path) -> None:
    page = (
        "<html><head><title>The Oban Gazette: Storm closes Oban harbour</title></head><body>"
        '<h1><a href="/">The Oban Gazette</a></h1><div class="q1"><h2>Storm closes Oban harbour</h2>'
        '<div class="q2">Friday, March 1st, 2024</div><div class="q3">By Ida Moe</div>'
        '<div class="q4"><img src="a.jpg"><div>Waves break over the pier at Oban</div><div>Photo: Ada Lund/Reuters</div></div>'
        '<div class="q5">The harbour was closed on Friday, and will stay closed, the port authority said in a statement.<br><br>'
        "Trains run as usual, and buses replace the ferries to Mull where the roads are open, the council said.</div></div>"
        f'<div class="q6">{OTHERS}</div><div><h3>9 comments</h3>{COMMENTS}</div>'
        "<p>Copyright 2024 The Oban Gazette. All rights reserved. No part of this page may be printed elsewhere.</p></body></html>"
    )
    corpus = read(tmp_path, "a.html", page)
    article = corpus.articles()[0]
    assert (article["headline"], article["byline"]) == ("Storm closes Oban harbour", "Ida Moe")
    assert str(article["date"]) == "2024-03-01"
    assert [text[:11] for text in zones(corpus, "body")] == ["The harbour", "Trains run "]
    assert zones(corpus, "caption") == ["Waves break over the pier at Oban"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.html.br", bytes([27, 42, 0, 248, 157]), "is packed with Brotli; expected"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF file; save it as plain text"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 40, "a zip archive without its list of files"),
        ("a.tar", b"a.txt".ljust(124, b"\0") + b"00000000777\0".ljust(133, b"\0") + b"ustar" + b"\0" * 250, "cut off"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(ng.ParseError, match=says):
        read(tmp_path, name, content)


def hostile() -> dict[str, str]:
    many = 100_000
    return {
        "open": "<html>" + "<div>" * many,
        "tables": "<html>" + "<table><tr><td>" * many,
        "crossed": "<html>" + "<p><b><a>" * many + "</p></i></b>" * many,
        "quotes": "<html>" + "<a b=\"'>" * many,
        "attributes": "<html><p " + "a=1 " * many + ">",
        "captions": "<html>" + '<figure><figcaption class="caption credit">' * many,
        "aside": "<html>" + '<nav class="related">Rain fell on. ' * many,
        "calls": "<html>" + "<div>Sign up to our newsletter" * many,
        "authors": "<html>" + '<div class="author">Ida Moe' * many,
        "times": "<html>" + "<time>2024" * many,
        "inline": "<html>" + "<b>Rain fell.<br><br>" * many,
        "breaks": "<html>" + "<br><br>Rain fell." * many,
        "linked": '<script type="application/ld+json">{"@type": "NewsArticle", "author": [' + '{"@id": "x"},' * many,
        "deep": "<html><script type='application/ld+json'>" + '{"@type": "NewsArticle", "author":' * many,
        "titles": "<html>" + "<h1><span>Storm hits Oban" * many,
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_pages_take_linear_time(tmp_path: Path, name: str) -> None:
    started = time.perf_counter()
    corpus = read(tmp_path, "hostile.html", hostile()[name])
    assert len(corpus) == 1
    assert time.perf_counter() - started < 5


def test_results_are_the_same_for_any_number_of_threads(tmp_path: Path) -> None:
    paths = []
    for at in range(20):
        path = tmp_path / f"{at}.html"
        path.write_text(PAGE.replace("Friday", f"day {at}"))
        paths.append(path)
    one, eight = (ng.read(paths, threads=threads) for threads in (1, 8))
    assert one.zones() == eight.zones()
    texts = [path.read_text() for path in paths]
    one, eight = (ng.Corpus(texts, layout="html", threads=threads) for threads in (1, 8))
    assert one.zones() == eight.zones()


def test_a_body_without_a_part_for_its_content_is_read(tmp_path: Path) -> None:
    path = tmp_path / "short.xml"
    path.write_text(
        "<nitf><body><body.head><hedline><hl1>Rain</hl1></hedline></body.head><p>It fell.</p></body></nitf>"
    )
    corpus = ng.read(path)
    assert corpus.articles()["headline"] == ["Rain"]
    assert corpus.zones(zones="body")["text"] == ["It fell."]
