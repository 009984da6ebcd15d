"""Zones of the text that people have: scraped lines, pages, wires and look-alikes."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

import nutgraf as ng

STORY = "The ferry to Horta was late on Monday. Nobody minded, the harbour office said."


def zones(text: str, **options: Any) -> list[tuple[str, str]]:
    return [(zone["zone"], zone["text"]) for zone in ng.Corpus([text], **options).zones()]


def test_lines_are_paragraphs_and_no_name_goes_over_them() -> None:
    corpus = ng.Corpus(["The mayor flew to North Korea\nWest Palm Beach has a new pier\nIt rained."])
    assert [zone["text"] for zone in corpus.zones()][1:] == ["West Palm Beach has a new pier", "It rained."]
    assert not any("\n" in text for text in corpus.mentions()["text"] + corpus.sentences()["text"])


def test_wrapped_text_has_the_tables_of_the_same_text_unwrapped() -> None:
    body = "Six villages lost their bridge on Sunday, when the river rose by four metres and took two of its piers. "
    lines = [body * 2 + STORY, STORY + " " + body]
    text = "\n\n".join(lines)
    wrapped = "\n\n".join(textwrap.fill(line, 70) for line in lines)
    first, second = ng.Corpus([text]), ng.Corpus([wrapped])
    assert first.terms().to_dicts() == second.terms().to_dicts()
    for name in ("paragraphs", "sentences", "tokens"):
        assert first.articles()[name] == second.articles()[name]


@pytest.mark.parametrize(("paragraphs", "expected"), [("blank", 2), ("line", 3), ("auto", 3)])
def test_paragraphs_are_what_the_caller_says(paragraphs: Any, expected: int) -> None:
    text = "The ferry was late.\nNobody minded.\n\nIt rained."
    assert ng.Corpus([text], paragraphs=paragraphs, layout="plain").articles()["paragraphs"] == [expected]
    with pytest.raises(ng.ConfigError, match="'line'"):
        ng.Corpus([text], paragraphs="lines")  # type: ignore[arg-type]


def test_a_caption_is_never_all_that_an_article_has() -> None:
    corpus = ng.Corpus(["Ferry is late\nBy Rui Telo\n" + STORY + "\nPhoto: AP/Ana Faria"])
    assert corpus.articles()["paragraphs"] == [1]
    alone = ng.Corpus(["Passengers wait for the ferry to Horta. REUTERS/Ana Faria"])
    assert alone.articles()["paragraphs"] == [1]
    assert [zone["photographer"] for zone in alone.zones() if zone["credit"]] == ["Ana Faria"]


@pytest.mark.parametrize("copy", ["Ferry ‘late’ in Horta.", "FERRY 'LATE' IN HORTA", "Ferry 'late'\nin Horta"])
def test_a_paragraph_that_repeats_the_headline_does_not_count(copy: str) -> None:
    text = copy + "\n\nHORTA (Lusa) — " + STORY
    corpus = ng.Corpus({"text": [text], "headline": ["Ferry “late” in Horta"]})
    assert corpus.articles()["place"] == ["HORTA"]
    assert [row["count"] for row in corpus.terms() if row["term"] == "ferry"] == [2]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ana Faria, Harbour Correspondent", ["Ana Faria"]),
        ("By Ana Faria in Horta and Rui Telo in Braga", ["Ana Faria", "Rui Telo"]),
        ("Opinion by Ana Faria", ["Ana Faria"]),
        ("By Ana Faria | Lusa", ["Ana Faria"]),
        ("By the Associated Press", []),
        ("By our staff and wire reports", []),
        ("Rosa Faria, CNN", ["Rosa Faria"]),
        ("Rosa Faria and Rui Telo", ["Rosa Faria", "Rui Telo"]),
        ("Rosa Faria | March 3, 2020", ["Rosa Faria"]),
        ("ROSA FARIA, Staff Writer", ["ROSA FARIA"]),
        ("By Ana Faria, Special to The Post", ["Ana Faria"]),
        ("By Ana Faria Published 9:15 am, March 3, 2020", ["Ana Faria"]),
        ("Our Correspondent", []),
    ],
)
def test_authors_are_people(byline: str, authors: list[str]) -> None:
    corpus = ng.Corpus(["Ferry is late again\n" + byline + "\n" + STORY])
    assert ("byline", byline) in zones(corpus.text(0))
    assert corpus.articles()["authors"] == [authors]
    given = ng.Corpus({"text": [STORY], "byline": [byline]})
    assert given.articles()["authors"] == [authors]


def test_the_chief_of_a_firm_is_body() -> None:
    assert zones("Ferry is late\n\nAna Faria, IBM's chief\n\n" + STORY)[1][0] == "body"


def test_all_lines_of_a_byline_belong_to_it() -> None:
    byline = "By Ana Faria\nBBC News, Paris\n@anafaria"
    assert ("byline", byline) in zones("Ferry is late again\n" + byline + "\n" + STORY)


@pytest.mark.parametrize(
    "headline",
    ["Watch: Ferry is late", "Photos: Ferries on the ice", "Video: Ferry is late", "Sign up for war, says Telo"],
)
def test_a_headline_may_open_like_furniture(headline: str) -> None:
    assert zones(headline + "\n\nHORTA (Lusa) — " + STORY)[0] == ("headline", headline)


@pytest.mark.parametrize(
    "line",
    [
        "Ana Faria contributed to this report.",
        "(Reporting By Ana Faria; Editing by Rui Telo) ($1=.6255 Pound)",
        "Read more: Pier is closed",
        "Media playback is unsupported on your device",
        "12 shares",
        "Ana Faria reported from Horta. Rui Telo reported from Braga.",
        "More: Pier is closed",
        "@anafaria",
        "This interview has been edited for length.",
        "~",
        "* * *",
        "— ◆ —",
    ],
)
def test_what_belongs_to_the_page_is_boilerplate(line: str) -> None:
    assert zones(STORY + "\n" + line + "\nIt rained.")[1] == ("boilerplate", line)


@pytest.mark.parametrize("symbols", ["?", "!", "\x08", "#", "©©", "(c)", '"'])
def test_a_paragraph_of_symbols_is_in_one_zone(symbols: str) -> None:
    for text, position in ((symbols, 0), (f"{STORY}\n\n{symbols}\n\nIt rained.", 1)):
        assert zones(text)[position][1] == symbols


@pytest.mark.parametrize(
    "line",
    [
        "Photographs by Ana Faria",
        "Video produced by Ana Faria",
        "Ana Faria, Reuters",
        "Ana Faria covers ports for the Gazette.",
        "Camera: Ana Faria",
    ],
)
def test_the_last_line_says_who_worked_on_the_story(line: str) -> None:
    assert zones(STORY + "\n\nIt rained.\n\n" + line)[-1] == ("boilerplate", line)


@pytest.mark.parametrize(
    "line",
    [
        "A woman waits at the pier in Horta on Monday, Jan. 14, 2019.",
        "FILE - In this May 4, 2018 file photo, Ana Faria sings.",
    ],
)
def test_what_a_picture_shows_is_a_caption(line: str) -> None:
    assert zones(STORY + "\n\n" + line + "\n\nIt rained.")[1] == ("caption", line)


def test_a_label_above_a_caption_is_apart_from_its_text() -> None:
    assert zones(STORY + "\n\nImage caption,\n\nAna Faria on the pier\n\nIt rained.")[1:3] == [
        ("boilerplate", "Image caption,"),
        ("caption", "Ana Faria on the pier"),
    ]
    assert zones(STORY + "\n\nPictured: Ana Faria on the pier\n\nIt rained.")[1] == ("caption", "Ana Faria on the pier")


def test_a_sign_off_in_the_middle_of_a_paragraph_is_cut_out() -> None:
    found = zones(STORY + " (Reporting by Ana Faria) A table follows.")
    assert found == [("body", STORY), ("boilerplate", "(Reporting by Ana Faria)"), ("body", "A table follows.")]
