"""Terms and the document-term matrix: against a slow twin, scikit-learn, and cases that can be
counted by hand.
"""

from __future__ import annotations

import re

import pytest
from sklearn.feature_extraction.text import CountVectorizer

import nutgraf as ng

from .oracle.terms import terms as slow_terms

SAMPLES = ng.read(ng.samples())


@pytest.mark.parametrize("ngrams", [(1, 1), (2, 2), (1, 3)])
@pytest.mark.parametrize("stopwords", [(), ("the", "of", "a")])
def test_terms_equal_those_of_the_slow_twin(ngrams: tuple[int, int], stopwords: tuple[str, ...]) -> None:
    fast = SAMPLES.terms(ngrams=ngrams, stopwords=stopwords).to_dicts()
    assert len(fast) > 1000
    assert fast == slow_terms(SAMPLES, ngrams=ngrams, stopwords=stopwords)


def test_terms_of_all_zones_equal_those_of_the_slow_twin() -> None:
    assert SAMPLES.terms(zones="all").to_dicts() == slow_terms(SAMPLES, zones="all")


def test_captions_count_only_if_requested() -> None:
    corpus = ng.Corpus(["The vote is over.\n\nA flooded street in Lisbon Credit: AP/Ana Reis"])
    assert "flooded" not in corpus.terms()["term"]
    assert "flooded" in corpus.terms(zones="caption")["term"]
    assert "ana" not in corpus.terms(zones="all")["term"]


def test_groups_add_up_to_the_whole() -> None:
    whole = {row["term"]: row["count"] for row in SAMPLES.terms()}
    for by in ("month", "week", "day", "date", "source", "zone", ["month", "zone"]):
        summed: dict[str, int] = {}
        for row in SAMPLES.terms(by=by):
            summed[row["term"]] = summed.get(row["term"], 0) + row["count"]
        assert summed == whole, by


def test_groups_come_in_the_order_of_their_names_and_missing_ones_last() -> None:
    frame = {"text": ["a", "b", "c", "d"], "n": [10, 9, None, 10]}
    table = ng.Corpus(frame).terms(by="n")
    assert list(zip(table["n"], table["term"], strict=True)) == [(9, "b"), (10, "a"), (10, "d"), (None, "c")]


def test_ties_are_sorted_by_bytes() -> None:
    assert ng.Corpus(["zebra Äpfel apple zzz"]).terms()["term"] == ["apple", "zebra", "zzz", "äpfel"]


def test_counts_agree_with_scikit_learn_where_words_are_plain() -> None:
    texts = ["the cat sat on the mat", "a cat and a dog sat", "dogs sat on mats all day"]
    counts, names, _ = ng.Corpus(texts).matrix()
    vectorizer = CountVectorizer(token_pattern=r"\b\w+\b")
    expected = vectorizer.fit_transform(texts)
    assert names == list(vectorizer.get_feature_names_out())
    assert (counts != expected).nnz == 0


@pytest.mark.parametrize("ngrams", [1, 2, (1, 3)])
def test_the_matrix_sums_to_the_terms(ngrams: int | tuple[int, int]) -> None:
    counts, names, _ = SAMPLES.matrix(ngrams=ngrams)
    table = SAMPLES.terms(ngrams=ngrams)
    assert counts.shape == (len(SAMPLES), len(table))
    assert dict(zip(names, counts.sum(axis=0).A1.tolist(), strict=True)) == dict(
        zip(table["term"], table["count"], strict=True)
    )
    assert dict(zip(names, (counts > 0).sum(axis=0).A1.tolist(), strict=True)) == dict(
        zip(table["term"], table["articles"], strict=True)
    )
    assert names == sorted(names, key=str.encode)
    assert counts.has_sorted_indices


def test_minimums_remove_terms_and_the_total_stays() -> None:
    all_terms, frequent = SAMPLES.terms(), SAMPLES.terms(min_count=5, min_articles=3)
    assert frequent.metadata["total"] == all_terms.metadata["total"]
    assert [row for row in all_terms if row["count"] >= 5 and row["articles"] >= 3] == frequent.to_dicts()
    assert SAMPLES.matrix(min_count=5, min_articles=3).terms == sorted(frequent["term"], key=str.encode)


def test_case_is_folded_as_requested() -> None:
    corpus = ng.Corpus(["Straße STRASSE strasse"])
    assert corpus.terms()["term"] == ["strasse", "straße"]
    assert corpus.terms(fold="casefold")["term"] == ["strasse"]
    assert corpus.terms(fold=None)["term"] == ["STRASSE", "Straße", "strasse"]


def test_punctuation_parts_n_grams_and_possessives_do_not() -> None:
    table = ng.Corpus(["Rain, wind and Kim's trip. End"]).terms(ngrams=2)
    assert table["term"] == ["and kim", "kim trip", "wind and"]


def test_stop_words_are_lists_or_a_language() -> None:
    corpus = ng.Corpus(["The rain in Spain"])
    assert corpus.terms(stopwords="english")["term"] == ["rain", "spain"]
    assert ng.Corpus(["The mayor said on Monday."]).terms(stopwords="news")["term"] == ["mayor"]
    assert {*ng.stopwords("english"), "said"} < set(ng.stopwords("news"))
    assert corpus.terms(stopwords=["RAIN"])["term"] == ["in", "spain", "the"]
    with pytest.raises(ng.ConfigError, match=re.escape("expected english (en)")):
        corpus.terms(stopwords="klingon")
