"""Words in their context: against a slow twin, and by properties."""

from __future__ import annotations

import random
from typing import Any

import pytest

import nutgraf as ng

from .oracle.kwic import kwic as slow_kwic

SAMPLES = ng.read(ng.samples())
COLUMNS = ["article", "zone", "start", "end", "left", "match", "right"]


def rows(table: ng.Table) -> list[Any]:
    assert table.columns == COLUMNS
    return [tuple(row.values()) for row in table]


def test_an_entity_has_a_row_for_each_of_its_mentions() -> None:
    mentions = SAMPLES.mentions().to_dicts()
    for name in SAMPLES.entities().head(12)["entity"]:
        own = [(m["article"], m["zone"], m["start"]) for m in mentions if m["entity"] == name]
        table = SAMPLES.kwic(entity=name, window=0)
        assert [(r["article"], r["zone"], r["start"]) for r in table] == own
        assert table.metadata["matches"] == str(len(own))
    first = SAMPLES.entities()["entity"][0]
    assert len(SAMPLES.kwic(entity=first, n=2)) == 2
    led = ng.Corpus(["Angela Merkel left. The Angela Merkel-led talks failed."])
    assert led.kwic(entity="Angela Merkel")["match"] == ["Angela Merkel", "Angela Merkel-led"]


def test_there_is_a_query_or_an_entity() -> None:
    with pytest.raises(TypeError, match="needs a query or an entity"):
        SAMPLES.kwic()
    with pytest.raises(ng.ConfigError, match="a query or an entity"):
        SAMPLES.kwic("rain", entity="Angela Merkel")


@pytest.mark.parametrize(
    "query",
    ["the", "govern*", "*ism", "un?ed", "*tion*", "????", "prime minister", "the * of", "said", "zzyzx", "mr *", ", *"],
)
@pytest.mark.parametrize("window", [0, 3, 40])
def test_rows_are_those_of_the_slow_twin(query: str, window: int) -> None:
    assert rows(SAMPLES.kwic(query, window=window)) == slow_kwic(SAMPLES, query, window)


@pytest.mark.parametrize("query", [r"\d+", r"[A-Z]\w+ [A-Z]\w+", r"(rain|river)s?", r".*ing", r"\d+ (people|homes)"])
@pytest.mark.parametrize("fold", [True, False])
def test_regular_expressions_match_whole_tokens(query: str, fold: bool) -> None:
    found = rows(SAMPLES.kwic(query, window=4, regex=True, fold="lower" if fold else None))
    assert found == slow_kwic(SAMPLES, query, 4, regex=True, fold=fold)


def test_capitals_match_if_requested() -> None:
    corpus = ng.Corpus(["US troops told us. Us too."])
    assert corpus.kwic("us", fold=None)["match"] == ["us"]
    assert corpus.kwic("u?", fold=None)["match"] == ["us"]
    assert corpus.kwic("us")["match"] == ["us", "Us"]
    assert corpus.kwic("US")["match"] == ["US"]
    assert ng.Corpus(["Straße"]).kwic("STRASSE", fold="casefold")["match"] == ["Straße"]


def test_any_query_of_a_list_matches_and_a_span_is_one_row() -> None:
    corpus = ng.Corpus(["The prime minister met another prime minister."])
    assert corpus.kwic(["prime", "prime minister", "prim*"])["match"] == ["prime minister", "prime"] * 2
    assert corpus.kwic("a*", zones="caption").to_dicts() == []


def test_wildcards_can_be_meant_as_marks() -> None:
    corpus = ng.Corpus(["Why? Because f*** it."])
    assert corpus.kwic(r"\?")["match"] == ["?"]
    assert corpus.kwic("?")["match"] == ["?", "."] or "?" in corpus.kwic("?")["match"]


def test_a_word_is_cut_as_articles_are_and_also_found_uncut() -> None:
    corpus = ng.Corpus(["Mr. Reis said so, mr. It is the city's."])
    assert corpus.kwic("Mr.")["match"] == ["Mr.", "mr."]
    assert corpus.kwic("city's.")["match"] == ["city's."]


def test_a_phrase_stays_in_its_sentence_and_context_in_its_zone() -> None:
    corpus = ng.Corpus(["Rain fell. Snow fell.\n\nSun shone."])
    assert corpus.kwic("fell snow")["match"] == []
    assert corpus.kwic("fell .")["match"] == ["fell.", "fell."]
    row = corpus.kwic("snow").to_dicts()[0]
    assert (row["left"], row["right"]) == ("Rain fell.", "fell.")


def test_a_match_keeps_the_white_space_of_the_text() -> None:
    text = "The prime\n   minister — é — spoke."
    row = ng.Corpus([text], paragraphs="blank").kwic("prime minister").to_dicts()[0]
    assert row["match"] == text[row["start"] : row["end"]] == "prime\n   minister"
    assert (row["left"], row["right"]) == ("The", "— é — spoke.")


def test_rows_are_sorted_by_the_words_around() -> None:
    corpus = ng.Corpus(["b x d. a x c. b x a. x."])
    assert [row["left"] + row["right"] for row in corpus.kwic("x", window=1, sort="position")] == [
        "bd",
        "ac",
        "ba",
        "..",
    ]
    assert [row["right"] for row in corpus.kwic("x", window=1, sort="right1")] == [".", "a", "c", "d"]
    assert [(row["left"], row["right"]) for row in corpus.kwic("x", window=1, sort=["left1", "right1"])] == [
        (".", "."),
        ("a", "c"),
        ("b", "a"),
        ("b", "d"),
    ]
    assert corpus.kwic("?", sort="match", n=3)["match"] == [".", ".", "."]


def test_left_and_right_are_the_nearest_eight_words() -> None:
    for side in ("left", "right"):
        by_name = SAMPLES.kwic("the", sort=side)
        assert by_name == SAMPLES.kwic("the", sort=[f"{side}{n}" for n in range(1, 9)])
        assert by_name.head(5) == SAMPLES.kwic("the", sort=side, n=5)
    assert int(SAMPLES.kwic("the", n=5).metadata["matches"]) == len(SAMPLES.kwic("the"))


def test_selections_show_their_own_articles_in_their_order() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(5).shuffle(order)
    mixed = SAMPLES[order]
    assert sorted(rows(mixed.kwic("govern*"))) == sorted(rows(SAMPLES.kwic("govern*")))
    ids = mixed.articles()["article"]
    places = [ids.index(article) for article in mixed.kwic("govern*")["article"]]
    assert places == sorted(places)
    assert rows(SAMPLES[3:9].kwic("the")) == slow_kwic(SAMPLES[3:9], "the", 8)


def test_concatenation_and_threads_change_nothing() -> None:
    texts = [SAMPLES.text(article) for article in SAMPLES.articles()["article"]]
    whole, one = ng.Corpus(texts), ng.Corpus(texts, threads=1)
    assert whole.kwic("*ing", sort="right") == one.kwic("*ing", sort="right")
    parts = [len(ng.Corpus(half).kwic("*ing")) for half in (texts[:20], texts[20:])]
    assert len(whole.kwic("*ing")) == sum(parts)


def test_matches_are_the_counts_of_terms() -> None:
    for row in SAMPLES.terms(min_count=10):
        assert len(SAMPLES.kwic(row["term"])) >= row["count"]  # a token of another kind may look the same


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        ("", {}, "holds no word"),
        ([], {}, "there is no query"),
        ("(", {"regex": True}, "is not a regular expression"),
        ("(a b)", {"regex": True}, "one for each token"),
        ("a", {"sort": "up"}, "is no way to sort"),
        ("a", {"sort": "left0"}, "is no way to sort"),
        ("a", {"window": 1001}, "expected 0 to 1000"),
    ],
)
def test_wrong_options_are_reported(query: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ng.ConfigError, match=message.replace("(", r"\(")):
        SAMPLES.kwic(query, **options)


def test_a_window_can_be_the_sentence() -> None:
    corpus = ng.Corpus(["Snow fell. Heavy rain fell on Rome, and the river rose. It froze."])
    (row,) = corpus.kwic("rain", window="sentence")
    assert (row["left"], row["match"], row["right"]) == ("Heavy", "rain", "fell on Rome, and the river rose.")
    with pytest.raises(TypeError, match="window"):
        corpus.kwic("rain", window="paragraph")


def test_fields_of_the_article_are_beside_its_rows() -> None:
    corpus = ng.Corpus({"text": ["Rain.", "Rain, rain.", "Sun."], "outlet": ["A", "B", "C"]})
    rows = corpus[[1, 0]].kwic("rain", fields=["outlet", "date"])
    assert rows.columns[-3:] == ["right", "outlet", "date"]
    assert rows["outlet"] == ["B", "B", "A"]
    assert corpus.search("rain", fields="outlet")["outlet"] == ["B", "A"]
    assert len(corpus.kwic("snow", fields="outlet")) == 0
    with pytest.raises(ng.ConfigError, match="there is no field 'paper'; there are article, date"):
        corpus.kwic("rain", fields="paper")
