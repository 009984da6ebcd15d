"""Collocates agree with a slow twin, and with a case that can be counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nutgraf as ng

from .oracle.collocates import collocates

SAMPLES = ng.read(ng.samples())

words = st.sampled_from(["rain", "fell", "sun", "the", "rains", "on", ",", "and"])
sentences = st.lists(words, min_size=1, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")
texts = st.lists(st.lists(sentences, max_size=4).map(" ".join), min_size=1, max_size=4)


def found(table: ng.Table) -> dict[str, tuple[int, int]]:
    return {row["term"]: (row["left"], row["right"]) for row in table}


def test_a_case_counted_by_hand() -> None:
    corpus = ng.Corpus(["Heavy rain, the rain, fell on Rome. Rome slept."])
    table = corpus.collocates("rain", window=2)
    # "the" is as near to the first match as to the second, and belongs to the first.
    assert found(table) == {"heavy": (1, 0), "the": (0, 1), "fell": (0, 1), "on": (0, 1)}
    assert table["count"] == [1] * 4
    assert table.metadata == {"matches": "2", "N": "7"}


def test_the_node_can_be_any_query() -> None:
    corpus = ng.Corpus(["The prime minister resigned.", "A prime example. The ministers met."])
    assert found(corpus.collocates("prime minister")) == {"the": (1, 0), "resigned": (0, 1)}
    assert set(corpus.collocates(["minister*", "prime"], window=1)["term"]) == {
        "the",
        "resigned",
        "met",
        "a",
        "example",
    }
    assert corpus.collocates("minister[s]?", regex=True) == corpus.collocates(["minister", "ministers"])
    assert len(corpus.collocates("nobody")) == 0
    with pytest.raises(ng.ConfigError, match="no word"):
        corpus.collocates(" ")


def test_stop_words_have_no_row_and_keep_their_place() -> None:
    corpus = ng.Corpus(["Rain of the north fell."])
    assert set(corpus.collocates("rain", window=2, stopwords=["of", "the"])["term"]) == set()
    assert corpus.collocates("rain", window=3, stopwords=["of", "the"])["term"] == ["north"]


def test_words_that_avoid_the_node_come_last() -> None:
    corpus = ng.Corpus(["Rain fell here. " + "It fell there. " * 30 + "Rain came here. Rain came here."])
    for measure in ("log_likelihood", "chi2"):
        terms = corpus.collocates("rain", measures=measure)["term"]
        assert terms[-1] == "fell"


@given(texts, st.integers(1, 4))
def test_a_slow_twin_agrees(texts: list[str], window: int) -> None:
    corpus = ng.Corpus(texts, layout="plain")
    table = corpus.collocates("rain*", window=window)
    counts, values, n = collocates(corpus, lambda word: word.startswith("rain"), window)
    assert found(table) == counts
    assert table.metadata["N"] == str(n)
    for row in table:
        assert row["count"] == row["left"] + row["right"]
        assert row["log_likelihood"] == pytest.approx(values[row["term"]], abs=1e-9)


def test_a_slow_twin_agrees_on_news() -> None:
    for stopwords in ((), ["the", "of", "and", "to"]):
        table = SAMPLES.collocates("officials", stopwords=stopwords)
        counts, values, _ = collocates(SAMPLES, lambda word: word == "officials", 5, stopwords)
        assert found(table) == counts
        assert {row["term"]: row["log_likelihood"] for row in table} == pytest.approx(values, abs=1e-9)


def test_groups_are_those_of_selections() -> None:
    table = SAMPLES.collocates("the", by="place", n=5)
    for place in set(table["place"]):
        rows = [{**row} for row in table if row["place"] == place]
        alone = SAMPLES.where(place=place).collocates("the", n=5)
        assert rows == [{"place": place, **row} for row in alone]
