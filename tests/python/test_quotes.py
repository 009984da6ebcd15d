"""Who said what: sentences that a reader can judge, and what no text can break."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf as ng

REIS = "Ana Reis, the mayor of Lisbon, spoke on Monday. "


def said(text: str, **options: Any) -> list[tuple[str, str, str | None, str | None]]:
    """The kind, the words, the words for the speaker and the cue of each quotation."""
    table = ng.Corpus([text]).quotes(**options)
    return list(zip(table["kind"], table["text"], table["speaker"], table["cue"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will rebuild," Ana Reis said.', ("direct", '"We will rebuild,"', "Ana Reis", "said")),
        ("“We will rebuild,” said Ana Reis.", ("direct", "“We will rebuild,”", "Ana Reis", "said")),
        ("Ana Reis said: «We will rebuild.»", ("direct", "«We will rebuild.»", "Ana Reis", "said")),
        ("Ana Reis said, „We will rebuild.“", ("direct", "„We will rebuild.“", "Ana Reis", "said")),
        ("''We will rebuild,'' Ana Reis said.", ("direct", "''We will rebuild,''", "Ana Reis", "said")),
        ("‘We will rebuild,’ Ana Reis said.", ("direct", "‘We will rebuild,’", "Ana Reis", "said")),
        (
            "“They said ‘no’ and we said ‘yes’,” Ana Reis said.",
            ("direct", "“They said ‘no’ and we said ‘yes’,”", "Ana Reis", "said"),
        ),
        ('"Why would we leave?" asked Ana Reis.', ("direct", '"Why would we leave?"', "Ana Reis", "asked")),
        ("“We will rebuild it.” – Ana Reis", ("direct", "“We will rebuild it.”", "Ana Reis", "–")),
        ("Reis said the vote was “a farce” in June.", ("mixed", "the vote was “a farce” in June", "Reis", "said")),
        ("The mayor said that the roof was safe.", ("indirect", "that the roof was safe", "The mayor", "said")),
        ("The roof was safe, the mayor said.", ("indirect", "The roof was safe", "the mayor", "said")),
        (
            "According to the ministry, the roof was safe.",
            ("indirect", "the roof was safe", "the ministry", "According to"),
        ),
        ("The roof was safe, according to Ana Reis.", ("indirect", "The roof was safe", "Ana Reis", "according to")),
        ("The mayor told reporters that it was safe.", ("indirect", "that it was safe", "The mayor", "told")),
        ("Reis has called for a new roof.", ("indirect", "a new roof", "Reis", "has called for")),
        ("The mayor vowed to rebuild the roof.", ("indirect", "to rebuild the roof", "The mayor", "vowed")),
        ("Reis asked whether the roof was safe.", ("indirect", "whether the roof was safe", "Reis", "asked")),
        (
            "Reis, who is 40, said the roof was safe.",
            ("indirect", "the roof was safe", "Reis, who is 40", "said"),
        ),
        ("On Friday Reis said the roof was safe.", ("indirect", "the roof was safe", "Reis", "said")),
        ("He's saying the roof was safe.", ("indirect", "the roof was safe", "He", "saying")),
        ("Reis has a new slogan: “It is our roof.”", ("direct", "“It is our roof.”", "Reis", "has")),
        (
            "Reis criticized the roof as a “sad joke” during a visit to the school.",
            ("mixed", "the roof as a “sad joke”", "Reis", "criticized"),
        ),
        (
            "Reis blasted the roof as a “joke” Monday on the radio.",
            ("mixed", "the roof as a “joke”", "Reis", "blasted"),
        ),
        (
            "Reis described the roof as a “joke,” but stopped short of blaming the mayor.",
            ("mixed", "the roof as a “joke,”", "Reis", "described"),
        ),
        ("The pupils chanted “What roof?” and kept going.", ("direct", "“What roof?”", "The pupils", "chanted")),
        (
            "Reis told pupils this Monday he would think it a “joke” to leave.",
            ("mixed", "he would think it a “joke” to leave", "Reis", "told"),
        ),
    ],
)
def test_a_quotation_has_its_words_its_speaker_and_its_cue(text: str, expected: tuple[str, ...]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize("second", ["“We’re Lisbon.”", "“The Roof. Big Roof.”", "“I would, Ana.”"])
def test_a_short_quotation_after_another_has_its_speaker(second: str) -> None:
    assert said(f"“We will rebuild,” Ana Reis said. {second}")[1] == ("direct", second, "Ana Reis", "said")
    assert said(f"Rain fell.\n\n{second}\n\nIt rained.") == []


@pytest.mark.parametrize(
    "text",
    [
        "She wore the “new look” in June.",
        'They sang "Summertime" and went home.',
        "The dogs' bowls and the cats' 'n' all.",
        "It was a 6' 2\" door.",
        "Rain fell on the roof.",
        "",
    ],
)
def test_titles_and_scare_quotes_are_not_listed(text: str) -> None:
    assert said(text) == []


def test_an_interrupted_quotation_has_a_row_for_each_part() -> None:
    found = said('"Yes," Ana Reis said, "but the roof is old." "It will fall," she added.')
    assert [(text, speaker) for _, text, speaker, _ in found] == [
        ('"Yes,"', "Ana Reis"),
        ('"but the roof is old."', "Ana Reis"),
        ('"It will fall,"', "she"),
    ]


def test_two_verbs_of_speech_share_a_sentence() -> None:
    found = said("Reis said the roof was old, and warned that it would fall, adding that nobody had listened.")
    assert [(text, speaker, cue) for _, text, speaker, cue in found] == [
        ("the roof was old", "Reis", "said"),
        ("that it would fall", "Reis", "warned"),
        ("that nobody had listened", "Reis", "adding"),
    ]


def test_what_is_said_inside_the_words_of_another_is_not_listed_again() -> None:
    assert len(said("Reis said that Silva had promised to help.")) == 1


def test_paragraphs_that_open_with_a_mark_go_on() -> None:
    text = "“We will rebuild the roof,” Ana Reis said. “It is old.\n\n“It will fall on us all.”\n\nRain fell."
    table = ng.Corpus([text]).quotes()
    assert table["text"] == ["“We will rebuild the roof,”", "“It is old.", "“It will fall on us all.”"]
    assert table["entity"] == ["Ana Reis"] * 3


def test_a_colon_announces_the_next_paragraph() -> None:
    (found,) = said("Ana Reis then added:\n\n“The roof will fall on us all.”")
    assert found == ("direct", "“The roof will fall on us all.”", "Ana Reis", "then added")


def test_a_statement_that_nobody_makes_has_no_speaker() -> None:
    assert said("Rain fell.\n\n“The roof will fall on us all.”") == [
        ("direct", "“The roof will fall on us all.”", None, None)
    ]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        (REIS + "She said the roof was old.", "Ana Reis"),
        (REIS + "He said the roof was old.", None),
        (REIS + "The mayor said the roof was old.", "Ana Reis"),
        (REIS + "A lawyer for Reis said the roof was old.", None),
        (REIS + "Reis’s sister said the roof was old.", None),
        (REIS + "They said the roof was old.", None),
        ("Nordbank AG lost money. The company said it was sorry.", "Nordbank"),
        (REIS + "“It is old,” Carlos Silva said. “It will fall,” he added.", "Carlos Silva"),
    ],
)
def test_words_for_a_speaker_lead_to_an_entity(text: str, entity: str | None) -> None:
    assert ng.Corpus([text]).quotes()["entity"][-1] == entity


def test_entities_are_counted_and_so_are_quotations_without_one() -> None:
    texts = [REIS + "She said the roof was old. “It will fall,” Reis added.", "They said the roof was new."]
    table = ng.Corpus(texts).quotes(by="entity")
    assert table.to_dicts() == [
        {"entity": "Ana Reis", "label": "PER", "quotes": 2, "direct": 1, "mixed": 0, "indirect": 1, "articles": 1}
    ]
    assert table.metadata == {"without_entity": "1"}


def test_a_kind_can_be_chosen() -> None:
    text = "“It is old,” Reis said. Reis said it was “very old” in June. Reis said it was old."
    for kind in ("direct", "mixed", "indirect"):
        assert {row[0] for row in said(text, kind=kind)} == {kind}
    assert said(text, kind=["direct", "mixed", "indirect"]) == said(text)
    with pytest.raises(ng.ConfigError, match="expected at least one"):
        said(text, kind=[])


PIECES = [
    *["“", "”", '"', "'", "‘", "’", "«", "»", "„", "''", "(", ")", "—", ":", ",", ".", "?", "\n\n", " "],
    *[
        "Reis",
        "she",
        "said",
        "told",
        "that",
        "according to",
        "who",
        "and",
        "called for",
        "was",
        "the roof",
        "é😀",
        "it's",
    ],
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join), st.booleans())
@settings(deadline=None, max_examples=300, derandomize=True, database=None)
def test_every_span_is_that_of_its_words(text: str, tight: bool) -> None:
    text = text.replace(" ", "") if tight else text
    for row in ng.Corpus([text]).quotes(zones="all"):
        assert text[row["start"] : row["end"]] == row["text"] != ""
        for name in ("speaker", "cue"):
            if row[name] is not None:
                assert text[row[f"{name}_start"] : row[f"{name}_end"]] == row[name] != ""
            else:
                assert row[f"{name}_start"] is row[f"{name}_end"] is None
        assert row["entity"] is None or row["speaker"] is not None


def test_articles_do_not_depend_on_each_other() -> None:
    texts = [
        REIS + "She said the roof was old.",
        "“It is old,” Carlos Silva said.",
        "It rained.",
        "Silva agreed to go.",
    ]
    alone = [row["text"] for text in texts for row in ng.Corpus([text]).quotes()]
    assert ng.Corpus(texts).quotes()["text"] == alone
    halves = ng.concat([ng.Corpus(texts[:2]), ng.Corpus(texts[2:])], ids="renumber")
    assert halves.quotes()["text"] == alone
    order = random.Random(1).sample(range(4), 4)
    shuffled = ng.Corpus([texts[at] for at in order], threads=2).quotes()
    assert sorted(shuffled["text"]) == sorted(alone)


@pytest.mark.parametrize(
    "piece",
    [
        "“ a ",
        '"a" said ',
        "he said that ",
        "„a “b ",
        "Smith, he said, ",
        "according to him, ",
        "‘a ",
        "and said, and ",
        "'' ",
    ],
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        corpus = ng.Corpus([piece * times], layout="plain")
        corpus.mentions()
        start = time.perf_counter()
        corpus.quotes()
        return time.perf_counter() - start

    # Five times the text takes less than fifteen times the time.
    few = min(seconds(2_000) for _ in range(3))
    assert min(seconds(10_000) for _ in range(2)) < max(15 * few, 0.2)


def test_entities_count_their_quotations_on_request_in_each_group_and_once_per_story() -> None:
    story = 'Rain ended the drought in the south on Monday. Ana Reis said it was over. "At last," Reis said.'
    corpus = ng.Corpus(
        {"text": [story, story, "Ana Reis slept. Tom Hale said that it was cold."], "source": ["X", "Y", "Y"]}
    )
    assert "quotes" not in corpus.entities().columns
    people = {row["entity"]: row["quotes"] for row in corpus.entities(labels="PER", quotes=True)}
    assert people == {"Ana Reis": 4, "Tom Hale": 1}
    grouped = corpus.entities(labels="PER", by="source", quotes=True)
    assert {(row["source"], row["entity"]): row["quotes"] for row in grouped} == {
        ("X", "Ana Reis"): 2,
        ("Y", "Ana Reis"): 2,
        ("Y", "Tom Hale"): 1,
    }
    once = {row["entity"]: row["quotes"] for row in corpus.entities(labels="PER", quotes=True, weight="copies")}
    assert once == {"Ana Reis": 2.0, "Tom Hale": 1.0}
    counted = corpus.quotes(by="entity", weight="copies")
    assert [(row["entity"], row["quotes"], row["articles"]) for row in counted] == [
        ("Ana Reis", 2.0, 1.0),
        ("Tom Hale", 1.0, 1.0),
    ]


def test_quotations_take_fields_of_their_articles_and_counts_of_them_do_not() -> None:
    corpus = ng.Corpus({"text": ["Sun.", "Ana Reis said that it was cold."], "outlet": ["X", "Y"]})
    assert [(row["outlet"], row["entity"]) for row in corpus.quotes(fields="outlet")] == [("Y", "Ana Reis")]
    with pytest.raises(ng.ConfigError, match="fields"):
        corpus.quotes(by="entity", fields="outlet")
    with pytest.raises(ng.ConfigError, match="weight"):
        corpus.quotes(weight="copies")


def test_what_two_sides_are_quoted_with_is_compared_in_a_corpus_of_the_quotations() -> None:
    corpus = ng.Corpus(["Ana Reis said the rent was too high.", "Tom Hale said the rent was fair."])
    quotes = corpus.quotes()
    said = ng.Corpus({"text": quotes["text"], "side": quotes["entity"]}, layout="plain")
    assert said.keyness(said.where(side="Ana Reis"), said.where(side="Tom Hale"))["term"][:2] == ["high", "too"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Francois Hollande spoke. A witness said it was loud. He said that he ran away.", [None, None]),
        ("Francois Hollande spoke. A witness said it was loud. The witness said that he ran away.", [None, None]),
        ("A witness said it was loud. Francois Hollande came. He said that it was quiet.", [None, "Francois Hollande"]),
        ("Ana Reis and Tom Hale said that they agreed.", [None]),
        ("Angela Merkel spoke. The 66-year-old said that it would do.", ["Angela Merkel"]),
        ("Bank spokeswoman Ana Reis said in a statement that the roof was safe.", ["Ana Reis"]),
        ("Ana Reis took to Twitter to call the plan “a con”.", ["Ana Reis"]),
    ],
)
def test_speakers_lead_to_whom_a_reader_means(text: str, expected: list[str | None]) -> None:
    assert ng.Corpus([text]).quotes()["entity"] == expected


def test_what_follows_the_comma_in_the_marks_is_the_writers_and_a_heading_is_nobodys() -> None:
    text = "Ana Reis said, “That makes me smart,” when she was asked about tax.\n\n'All Bets Are Off.'\n\nIt rained."
    assert ng.Corpus([text]).quotes()["text"] == ["“That makes me smart,”"]


def test_a_headline_from_a_field_has_its_speakers() -> None:
    body = "The harbour was calm on Monday. Ana Reis said it was late. She said she would wait."
    corpus = ng.Corpus({"text": [body], "headline": ["Ana Reis plans a new roof"]})
    assert [(row["zone"], row["entity"]) for row in corpus.quotes()] == [
        ("headline", "Ana Reis"),
        ("body", "Ana Reis"),
        ("body", "Ana Reis"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nora Winter, a lawyer for the Sierra Club, who has criticised the plan, left.", "Nora Winter"),
        ("Senator Ted Cruz of Texas, who backed the bill, left.", "Ted Cruz"),
        ("Senator Ted Cruz (R-Texas), who backed the bill, left.", "Ted Cruz"),
        ("Nora Winter, 24, from Manchester, who said it was wrong, left.", "Nora Winter"),
        (
            "Nora Winter, a professor at Yale and a former aide to the White House who backed the bill, left.",
            "Nora Winter",
        ),
        ("Nora Winter, the Yale lawyer who backed the bill, left.", "Nora Winter"),
        ("Nora Winter of Human Rights Watch, who observed the vote, left.", "Nora Winter"),
        ("Iran wants oil. He lives in Iran, which has denied the claims.", "Iran"),
        ("Nora Winter met a boy who said he liked it.", None),
        ("For Nora Winter, the voters who backed the bill are the key.", None),
        ("The truck hit Berlin shoppers who said they saw it coming.", None),
        ("They met Ann Lee's brother, who said he was tired.", None),
    ],
)
def test_a_relative_clause_leads_to_the_name_that_it_describes(text: str, speaker: str | None) -> None:
    rows = [row for row in ng.Corpus([text]).quotes() if row["speaker"] in ("who", "which")]
    assert [row["entity"] for row in rows] == [speaker]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Winter, who backed the bill, voted for Lee.", ["the bill"]),
        ("Nora Winter, who backed the bill, said it was late.", ["the bill", "it was late"]),
        ("Nora Winter, a lawyer who backed the bill, said it was late.", ["the bill", "it was late"]),
        (
            "Nora Winter, who said that Mayor Lee, under fire over rent, should go, voted for him.",
            ["that Mayor Lee, under fire over rent, should go", "him"],
        ),
        ("Ann Lee lives in Iran, which has denied the claims.", ["the claims"]),
    ],
)
def test_a_relative_clause_ends_with_its_comma_and_does_not_report_what_precedes_it(
    text: str, expected: list[str]
) -> None:
    assert ng.Corpus([text]).quotes()["text"] == expected
