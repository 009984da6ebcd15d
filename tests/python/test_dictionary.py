"""The words of categories are counted per article and per group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nutgraf as ng

CORPUS = ng.Corpus(
    {
        "text": ["Taxes rose. The tax cut failed. Rain fell.", "Rain, rain.", "", "The economy shrank."],
        "paper": ["A", "A", "B", "B"],
    }
)
CATEGORIES = {"economy": ["econom*", "tax*", "tax cut"], "weather": "rain", "nothing": ["comet"]}


def test_every_article_has_a_row_for_every_category() -> None:
    table = CORPUS.count(CATEGORIES)
    assert table.columns == ["article", "category", "count", "words", "share"]
    assert [(row["article"], row["category"]) for row in table] == [
        (article, category) for article in range(4) for category in CATEGORIES
    ]
    assert table["count"] == [2, 1, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0]
    assert table["words"] == [8] * 3 + [2] * 3 + [0] * 3 + [3] * 3
    assert table["share"] == [2 / 8, 1 / 8, 0.0, 0.0, 1.0, 0.0, None, None, None, 1 / 3, 0.0, 0.0]


def test_groups_have_the_sums_of_their_articles() -> None:
    table = CORPUS.count(CATEGORIES, by="paper")
    assert table.columns == ["paper", "category", "count", "words", "share", "articles", "total_articles"]
    assert table["count"] == [2, 3, 0, 1, 0, 0]
    assert table["words"] == [10] * 3 + [3] * 3
    assert table["articles"] == [1, 2, 0, 1, 0, 0]
    assert table["total_articles"] == [2] * 6
    assert CORPUS.count(CATEGORIES, by="paper")["category"] == list(CATEGORIES) * 2


def test_zones_are_counted_apart() -> None:
    corpus = ng.Corpus({"text": ["Rain fell."], "headline": ["Rain"]})
    table = corpus.count({"weather": "rain"}, by="zone")
    assert [(row["zone"], row["count"], row["words"]) for row in table] == [("headline", 1, 1), ("body", 1, 2)]


def test_an_article_counts_once_per_zone_though_others_lie_between() -> None:
    text = (
        "Storm hits coast\n\nRain fell on the town all day and the river rose.\n\n"
        "Photo: Rain in the streets of the town. (Reuters/Ann Lee)\n\n"
        "Rain is expected to fall on the coast again on Monday, the office said."
    )
    table = ng.Corpus([text, text]).count({"weather": "rain"}, by="zone", zones="all")
    rows = {row["zone"]: (row["count"], row["articles"]) for row in table if row["count"]}
    assert rows == {"body": (4, 2), "caption": (2, 2)}


@given(
    st.lists(st.lists(st.sampled_from(["rain", "rains", "sun", "Rome"]), max_size=6).map(" ".join), min_size=1),
    st.sampled_from(["rain", "rain*", "*o*", "rain sun"]),
)
def test_a_category_of_one_query_counts_what_kwic_shows(texts: list[str], query: str) -> None:
    corpus = ng.Corpus(texts, layout="plain")
    shown = corpus.kwic(query)["article"]
    assert corpus.count({"it": query})["count"] == [shown.count(article) for article in range(len(texts))]


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(TypeError, match="mapping"):
        CORPUS.count(["rain"])
    with pytest.raises(ng.ConfigError, match="category"):
        CORPUS.count({})
    with pytest.raises(ng.ConfigError, match="no query"):
        CORPUS.count({"empty": []})
