"""The vectorizers inside scikit-learn: its checks, its tools, and what its vectorizers answer."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline, make_union
from sklearn.utils.estimator_checks import (
    check_estimator_cloneable,
    check_estimator_repr,
    check_mixin_order,
    check_no_attributes_set_in_init,
    check_parameters_default_constructible,
    check_set_params,
)

import nutgraf as ng
from nutgraf.sklearn import EntityVectorizer, KeywordVectorizer, TermVectorizer

TEXTS = [
    "Angela Merkel flew to Paris. Mrs Merkel met Emmanuel Macron, and it rained.",
    "The rain in Paris stopped, and the river rose. Rain, rain, rain!",
    "The bank of Lisbon cut rates, and shares of the bank rose 3.5 percent.",
    "",
    "Mr Macron's bank? Angela Merkel's, said the state-owned bank's chairman.",
]
SAMPLES = [ng.read(ng.samples()).text(at) for at in range(30)]
KINDS = [TermVectorizer, EntityVectorizer, KeywordVectorizer]


def words(text: str) -> list[str]:
    """The words of a text as terms count them, from the public tokeniser."""
    found = [text[start:end].lower().replace("’", "'") for start, end in ng.tokenize(text)]
    return [word for word in found if any(map(str.isalnum, word))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "check",
    [
        check_estimator_cloneable,
        check_estimator_repr,
        check_mixin_order,
        check_no_attributes_set_in_init,
        check_parameters_default_constructible,
        check_set_params,
    ],
)
def test_the_checks_of_sklearn_that_need_no_numbers_pass(check: Any, kind: Any) -> None:
    check(kind.__name__, kind())


@pytest.mark.parametrize(
    "ours", [{}, {"idf": "smooth", "norm": "l2"}, {"idf": "smooth", "norm": "l1", "sublinear": True}]
)
def test_terms_agree_with_the_vectorizers_of_sklearn(ours: dict[str, Any]) -> None:
    if ours:
        theirs = TfidfVectorizer(analyzer=words, norm=ours["norm"], sublinear_tf=ours.get("sublinear", False))
    else:
        theirs = CountVectorizer(analyzer=words)
    texts = [text for text in TEXTS if "'s" not in text]  # a possessive is a token and no term
    expected = theirs.fit_transform(texts)
    vectorizer = TermVectorizer(layout="plain", **ours)
    found = vectorizer.fit_transform(texts)
    assert list(vectorizer.get_feature_names_out()) == list(theirs.get_feature_names_out())
    np.testing.assert_allclose(found.toarray(), expected.toarray(), rtol=1e-12)
    new = ["More rain fell on the bank of the river, and snow on Madrid."]
    np.testing.assert_allclose(vectorizer.transform(new).toarray(), theirs.transform(new).toarray(), rtol=1e-12)


def test_minimum_counts_and_fixed_vocabularies_agree_too() -> None:
    texts = TEXTS[:4]
    theirs = CountVectorizer(analyzer=words, min_df=2).fit(texts)
    ours = TermVectorizer(layout="plain", min_articles=2).fit(texts)
    assert ours.vocabulary_ == theirs.vocabulary_
    for vocabulary in (["rose", "snow", "rain"], {"rain": 1, "rose": 0}):
        expected = CountVectorizer(analyzer=words, vocabulary=vocabulary).fit_transform(texts)
        fixed = TermVectorizer(layout="plain", vocabulary=vocabulary)
        np.testing.assert_array_equal(fixed.transform(texts).toarray(), expected.toarray())
        np.testing.assert_array_equal(clone(fixed).fit_transform(texts).toarray(), expected.toarray())


def test_terms_are_those_of_the_corpus() -> None:
    vectorizer = TermVectorizer(ngrams=(1, 2), stopwords="english", stem="english", min_count=3)
    counts, terms, _ = ng.Corpus(SAMPLES).matrix(ngrams=(1, 2), stopwords="english", stem="english", min_count=3)
    assert (vectorizer.fit_transform(SAMPLES) != counts).nnz == 0
    assert list(vectorizer.get_feature_names_out()) == terms


def test_entities_are_those_of_the_corpus() -> None:
    vectorizer = EntityVectorizer(labels="PER", min_articles=2)
    matrix = vectorizer.fit_transform(SAMPLES)
    expected = ng.Corpus(SAMPLES).entities(labels="PER", min_articles=2)
    totals = dict(zip(vectorizer.get_feature_names_out(), np.asarray(matrix.sum(axis=0)).ravel().tolist(), strict=True))
    assert totals == dict(zip(expected["entity"], expected["mentions"], strict=True))
    assert matrix.getnnz(axis=0).min() >= 2


@pytest.mark.parametrize(("value", "column"), [("score", "score"), ("count", "count")])
def test_keyphrases_are_those_of_the_corpus(value: str, column: str) -> None:
    vectorizer = KeywordVectorizer(n=3, value=value)
    matrix = vectorizer.fit_transform(SAMPLES)
    seen = set()
    for row in ng.Corpus(SAMPLES).keywords(n=3):
        if (row["article"], row["phrase"]) in seen:  # two names that are printed alike
            continue
        seen.add((row["article"], row["phrase"]))
        assert matrix[row["article"], vectorizer.vocabulary_[row["phrase"]]] == row[column]
    assert set(KeywordVectorizer(n=3, value="binary").fit_transform(SAMPLES).data) == {1.0}


@pytest.mark.parametrize("kind", KINDS)
def test_texts_come_in_any_type(kind: Any) -> None:
    expected = kind().fit_transform(TEXTS).toarray()
    for texts in (
        tuple(TEXTS),
        iter(TEXTS),
        np.array(TEXTS),
        np.array(TEXTS, dtype=object)[:, None],
        pd.Series(TEXTS, index=list("aabbc")),
        pd.DataFrame({"text": TEXTS}),
        pl.Series(TEXTS),
    ):
        np.testing.assert_array_equal(kind().fit_transform(texts).toarray(), expected)
    with pytest.raises(TypeError, match="not a single str"):
        kind().fit(TEXTS[0])
    with pytest.raises(TypeError, match="a frame with 2 columns"):
        kind().fit(pd.DataFrame({"text": TEXTS, "n": range(5)}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_vectorizer_must_be_fitted(kind: Any) -> None:
    for call in (
        lambda it: it.transform(TEXTS),
        lambda it: it.get_feature_names_out(),
        lambda it: it.inverse_transform([[1]]),
    ):
        with pytest.raises(NotFittedError):
            call(kind())
    with pytest.raises(NotFittedError):
        TermVectorizer(vocabulary=["rain"], idf="smooth").transform(TEXTS)
    with pytest.raises(ValueError, match="no feature occurs"):
        kind().fit(["", ""])


@pytest.mark.parametrize("kind", KINDS)
def test_clones_and_pickles_answer_alike(kind: Any) -> None:
    vectorizer = kind().fit(TEXTS)
    expected = vectorizer.transform(TEXTS[:2]).toarray()
    again = pickle.loads(pickle.dumps(vectorizer))
    np.testing.assert_array_equal(again.transform(TEXTS[:2]).toarray(), expected)
    fresh = clone(vectorizer)
    assert fresh.get_params() == vectorizer.get_params()
    with pytest.raises(NotFittedError):
        fresh.transform(TEXTS)
    np.testing.assert_array_equal(fresh.fit(TEXTS).transform(TEXTS[:2]).toarray(), expected)


@pytest.mark.parametrize("kind", KINDS)
def test_output_is_sparse_or_dense_or_a_frame(kind: Any) -> None:
    matrix = kind().fit_transform(TEXTS)
    assert sparse.issparse(matrix)
    dense = kind(sparse=False).fit(TEXTS)
    np.testing.assert_array_equal(dense.transform(TEXTS), matrix.toarray())
    for library, module in (("pandas", pd), ("polars", pl)):
        frame = dense.set_output(transform=library).transform(TEXTS)
        assert isinstance(frame, module.DataFrame)
        assert list(frame.columns) == list(dense.get_feature_names_out())
    indexed = kind(sparse=False).set_output(transform="pandas").fit_transform(pd.Series(TEXTS, index=list("abcde")))
    assert list(indexed.index) == list("abcde")


@pytest.mark.parametrize("kind", KINDS)
def test_the_inverse_names_what_is_there(kind: Any) -> None:
    vectorizer = kind().fit(TEXTS)
    matrix = vectorizer.transform(TEXTS)
    inverse = vectorizer.inverse_transform(matrix)
    names = vectorizer.get_feature_names_out()
    assert [list(row) for row in inverse] == [list(names[row > 0]) for row in matrix.toarray()]
    assert [list(row) for row in vectorizer.inverse_transform(matrix.toarray())] == [list(row) for row in inverse]


def test_pipelines_searches_and_columns_work() -> None:
    texts = [
        "rain and wind",
        "the bank paid",
        "wind and snow",
        "a bank failed",
        "snow and rain",
        "banks and a bank",
    ] * 3
    kinds = ["weather", "money"] * 9
    pipeline = make_pipeline(TermVectorizer(), LogisticRegression())
    search = GridSearchCV(
        pipeline,
        {"termvectorizer__idf": [None, "smooth"], "termvectorizer__stopwords": [None, "english"]},
        cv=3,
        n_jobs=2,
    )
    search.fit(pd.Series(texts), kinds)
    assert search.best_score_ == 1.0
    assert list(search.predict(["wind", "bank"])) == ["weather", "money"]
    union = make_union(TermVectorizer(), EntityVectorizer(), KeywordVectorizer())
    assert union.fit_transform(TEXTS).shape[0] == len(TEXTS)
    assert len(union.get_feature_names_out()) == union.transform(TEXTS).shape[1]
    frame = pd.DataFrame({"body": texts, "n": range(18)})
    columns = ColumnTransformer([("terms", TermVectorizer(), "body")], remainder="passthrough")
    assert columns.fit_transform(frame).shape == (18, len(TermVectorizer().fit(texts).vocabulary_) + 1)
    assert columns.get_feature_names_out()[-1] == "remainder__n"


def test_a_vocabulary_of_a_matrix_is_counted_whole() -> None:
    corpus = ng.Corpus(TEXTS)
    counts, terms, articles = corpus.matrix(vocabulary=["snow", "rain", "bank"])
    assert terms == ["snow", "rain", "bank"]
    assert articles == [0, 1, 2, 3, 4]
    whole, all_terms, _ = corpus.matrix()
    expected = whole.toarray()[:, [all_terms.index("rain"), all_terms.index("bank")]]
    np.testing.assert_array_equal(counts.toarray()[:, 1:], expected)
    assert counts.toarray()[:, 0].sum() == 0
    pairs = corpus.matrix(vocabulary={"the bank": 0, "bank": 1}, ngrams=(1, 2)).counts.toarray()
    assert pairs[2].tolist() == [2, 2]
    assert corpus.matrix(vocabulary=[]).counts.shape == (5, 0)
    for wrong, says in [(["rain", "rain"], "stands twice"), ({"rain": 1}, "expected each once")]:
        with pytest.raises(ng.ConfigError, match=says):
            corpus.matrix(vocabulary=wrong)
    with pytest.raises(ng.ConfigError, match="counted whole"):
        corpus.matrix(vocabulary=["rain"], min_count=2)
    with pytest.raises(TypeError, match="vocabulary"):
        corpus.matrix(vocabulary="rain")
