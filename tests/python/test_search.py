"""Weights and search: against scikit-learn, bm25s and slow twins."""

from __future__ import annotations

import html
import math
import re
from typing import Any

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

import nutgraf as ng

from .oracle.search import score as slow_score
from .test_dispersion import words

SAMPLES = ng.read(ng.samples())
WORDS = words(SAMPLES)
METHODS: list[Any] = ["robertson", "lucene", "atire", "bm25l", "bm25+"]
QUERIES = ["cyclone nerissa", "water", "the vote on the mayor", "Haneul Motor chairman verdict court", "xyzzy flood"]


@pytest.mark.parametrize("sublinear", [False, True])
@pytest.mark.parametrize("norm", ["l2", "l1", None])
def test_weights_are_those_of_scikit_learn(sublinear: bool, norm: Any) -> None:
    vectorizer = TfidfVectorizer(analyzer=lambda row: row, norm=norm, sublinear_tf=sublinear)
    expected = vectorizer.fit_transform(WORDS)
    columns = vectorizer.vocabulary_
    table = SAMPLES.tfidf(norm=norm, sublinear=sublinear)
    assert len(table) == expected.nnz
    ids = {article: at for at, article in enumerate(SAMPLES.articles()["article"])}
    for row in table:
        assert math.isclose(row["weight"], expected[ids[row["article"]], columns[row["term"]]], rel_tol=1e-9)
    if norm == "l2" and not sublinear:
        assert SAMPLES.tfidf(compat="sklearn") == table


def test_rare_terms_gain_as_named() -> None:
    corpus = ng.Corpus(["a a b", "a c", "a b"])
    found = {
        idf: {(row["article"], row["term"]): row["weight"] for row in corpus.tfidf(idf=idf, norm=None)}
        for idf in ("plain", "probabilistic", "smooth", None)
    }
    assert math.isclose(found["plain"][0, "b"], math.log(3 / 2))
    assert found["plain"][0, "a"] == 0
    assert math.isclose(found["probabilistic"][1, "c"], math.log(2))
    assert found["probabilistic"][0, "b"] == 0  # ln(1/2) would be negative
    assert found[None][0, "a"] == 2
    assert math.isclose(found["smooth"][1, "c"], math.log(4 / 2) + 1)


def test_presets_follow_nltk_and_quanteda() -> None:
    corpus = ng.Corpus(["a a b", "a c", "a b"])
    weights = {(row["article"], row["term"]): row["weight"] for row in corpus.tfidf(compat="nltk")}
    from nltk.text import TextCollection

    collection = TextCollection([["a", "a", "b"], ["a", "c"], ["a", "b"]])
    assert math.isclose(weights[1, "c"], collection.tf_idf("c", ["a", "c"]))
    assert math.isclose(weights[0, "b"], collection.tf_idf("b", ["a", "a", "b"]))
    weights = {(row["article"], row["term"]): row["weight"] for row in corpus.tfidf(compat="quanteda")}
    assert math.isclose(weights[1, "c"], math.log10(3))


def test_heaviest_terms_come_first_and_n_of_them() -> None:
    table = SAMPLES.tfidf(n=3, stopwords="english")
    assert len(table) == 3 * len(SAMPLES)
    whole = SAMPLES.tfidf(stopwords="english").to_dicts()
    order = {article: at for at, article in enumerate(SAMPLES.articles()["article"])}
    keys = [(order[row["article"]], -row["weight"], row["term"].encode()) for row in whole]
    assert keys == sorted(keys)
    assert table.to_dicts() == [row for at, row in enumerate(whole) if rank(whole, at) < 3]


def rank(rows: list[dict[str, Any]], at: int) -> int:
    """Place of a row within its article."""
    place = 0
    while place < 3 and at - place > 0 and rows[at - place - 1]["article"] == rows[at]["article"]:
        place += 1
    return place


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("k1", "b"), [(1.2, 0.75), (0.9, 0.0), (2.0, 1.0)])
def test_scores_are_those_of_the_slow_twin(method: Any, k1: float, b: float) -> None:
    articles = SAMPLES.articles()["article"]
    for query in QUERIES:
        terms = query.lower().split()
        scores = slow_score(WORDS, terms, method, k1, b, 0.5)
        table = SAMPLES.search(query, n=1000, method=method, k1=k1, b=b)
        holds = {articles[at] for at, words in enumerate(WORDS) if set(words) & set(terms)}
        assert set(table["article"]) == holds
        by_article = dict(zip(articles, scores, strict=True))
        for row in table:
            assert math.isclose(row["score"], by_article[row["article"]], rel_tol=1e-9, abs_tol=1e-12)
        assert table["score"] == sorted(table["score"], reverse=True)
        assert table["rank"] == list(range(1, len(table) + 1))
        assert SAMPLES.search(query, n=3, method=method, k1=k1, b=b).to_dicts() == table.head(3).to_dicts()


@pytest.mark.parametrize("method", METHODS)
def test_scores_are_those_of_bm25s(method: Any) -> None:
    import bm25s

    index = bm25s.BM25(method=method, k1=1.2, b=0.75)
    index.index([list(row) for row in WORDS], show_progress=False)
    articles = SAMPLES.articles()["article"]
    for query in QUERIES:
        terms = [term for term in query.lower().split() if any(term in row for row in WORDS)]
        scores = dict(zip(articles, index.get_scores(terms), strict=True))
        for row in SAMPLES.search(query, n=1000, method=method):
            assert math.isclose(row["score"], scores[row["article"]], rel_tol=1e-4, abs_tol=1e-5)  # it has 32 bits


def test_a_snippet_is_the_sentence_that_says_most() -> None:
    text = "The rain came. A mayor of Lisbon saw the rain and the river rise, and went home. The mayor slept."
    corpus = ng.Corpus([text, "Nothing here.", "Nothing there.", "Nothing else."])
    row = corpus.search("mayor rain").to_dicts()[0]
    assert row["snippet"] == "A **mayor** of Lisbon saw the **rain** and the river rise, and went home."
    short = corpus.search("mayor rain", words=6, marks=("<b>", "</b>")).to_dicts()[0]["snippet"]
    assert short == "A <b>mayor</b> of Lisbon saw the …" or "<b>mayor</b>" in short
    assert len(short.replace("… ", "").replace(" …", "").split()) <= 6


def test_nothing_in_a_text_reads_as_a_mark() -> None:
    texts = [
        r"A **bold** claim * of <b>alert('rain & sun')</b> rain [sic] \* ended\\.",
        "Sun.",
        "Wind.",
        "Hail.",
    ]
    corpus = ng.Corpus(texts)
    bare = corpus.search("rain", marks=("", ""))["snippet"][0]
    for before, after in [("**", "**"), ("[", "]"), ("*", "_"), ("«", "»"), ("\\hl{", "}")]:
        snippet = corpus.search("rain", marks=(before, after))["snippet"][0]
        parts = re.findall(rf"({re.escape(before)}|{re.escape(after)})|\\(.)|(.)", snippet, re.DOTALL)
        assert "".join(escaped + plain for _, escaped, plain in parts) == bare
        assert [mark for mark, _, _ in parts if mark] == [before, after] * 2
    snippet = corpus.search("rain", marks=("<mark>", "</mark>"))["snippet"][0]
    assert html.unescape(snippet.replace("<mark>", "").replace("</mark>", "")) == bare
    assert re.findall("<[^>]*>", snippet) == ["<mark>", "</mark>"] * 2


def test_every_snippet_is_of_its_article_and_marks_matches() -> None:
    for row in SAMPLES.search("water court mayor cup", n=50):
        bare = row["snippet"].replace("**", "").strip("… ")
        text = " ".join(SAMPLES.text(row["article"]).split())
        assert bare in text
        assert "**" in row["snippet"]


def test_stems_and_stop_words_hold_for_the_query_too() -> None:
    corpus = ng.Corpus(["Elections were held.", "An election.", "Nothing."])
    assert corpus.search("elected")["article"] == []
    assert sorted(corpus.search("elections", stem="english")["article"]) == [0, 1]
    assert corpus.search("an", stopwords="english")["article"] == []


def test_a_selection_has_its_own_index() -> None:
    found = SAMPLES.search("water", n=100)["article"]
    half = SAMPLES[::2]
    assert set(half.search("water", n=100)["article"]) == set(found) & set(half.articles()["article"])
    assert SAMPLES.search("water", n=100, zones="caption")["article"] != found
    assert SAMPLES.search("water", n=100)["article"] == found


def test_tfidf_of_groups_reads_each_group_as_one_article() -> None:
    corpus = ng.Corpus({"text": ["Rain fell.", "Wind. Rain.", "Sun.", "Rain."], "source": ["B", "A", "B", None]})
    joined = ng.Corpus(["Wind. Rain.", "Rain fell. Sun.", "Rain."])
    for options in ({}, {"compat": "nltk"}, {"n": 1, "idf": "plain"}, {"sublinear": True, "norm": "l1"}):
        groups, articles = corpus.tfidf(by="source", **options), joined.tfidf(**options)
        assert groups[["term", "count", "weight"]] == articles[["term", "count", "weight"]]
        assert groups["source"] == [["A", "B", None][article] for article in articles["article"]]
        assert groups.metadata == articles.metadata == {"articles": "3"}
    assert SAMPLES.tfidf(by="article", ngrams=(1, 2)) == SAMPLES.tfidf(ngrams=(1, 2))
