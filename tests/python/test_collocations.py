"""Collocations: against a slow twin, NLTK, gensim and association-measures, and by their
properties.
"""

from __future__ import annotations

import math
import random
from typing import Any, get_args

import pytest

import nutgraf as ng
from nutgraf._verbs.collocations import AssociationMeasure

from .oracle.collocations import collocations as slow_collocations
from .oracle.collocations import pairs, runs
from .oracle.cooccurrence import contexts, counts

SAMPLES = ng.read(ng.samples())
MEASURES: list[Any] = list(get_args(AssociationMeasure))


def close(value: float, expected: float) -> bool:
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9)


def check(table: ng.Table, slow: dict[str, dict[str, float]]) -> None:
    assert len(table) == len(slow)
    for row in table:
        for name, value in slow[row["phrase"]].items():
            assert close(row[name], value), (row["phrase"], name)


@pytest.mark.parametrize("window", [1, 2, 5])
@pytest.mark.parametrize("options", [{}, {"stopwords": ("the", "of", "a")}, {"punctuation": "skip"}, {"zones": "all"}])
def test_pairs_equal_those_of_the_slow_twin(window: int, options: dict[str, Any]) -> None:
    found = runs(
        SAMPLES,
        zones=options.get("zones", ("headline", "body")),
        stopwords=options.get("stopwords", ()),
        across=options.get("punctuation") == "skip",
    )
    vocabulary = len({word for run in found for word in run})
    table = SAMPLES.collocations(window=window, measures=MEASURES, min_count=2, **options)
    counted = pairs(found, window)
    assert int(table.metadata["N"]) == sum(counted.values())
    assert len(table) > 500
    check(table, slow_collocations(counted, 2, vocabulary))


@pytest.mark.parametrize("size", [3, 4, 5])
def test_longer_phrases_equal_those_of_the_slow_twin(size: int) -> None:
    vocabulary = len(SAMPLES.terms())
    check(
        SAMPLES.collocations(ngrams=size, measures=MEASURES),
        slow_collocations(pairs(runs(SAMPLES), size=size), 1, vocabulary),
    )


@pytest.mark.parametrize("size", [3, (2, 3)])
def test_punctuation_is_skipped_in_longer_phrases_too(size: Any) -> None:
    phrases = ng.Corpus(["a b; c"]).collocations(ngrams=size, punctuation="skip")["phrase"]
    assert sorted(phrases) == (["a b c"] if size == 3 else ["a b", "a b c", "b c"])


def test_phrases_of_several_lengths_are_those_of_each() -> None:
    def rows(ngrams: Any) -> dict[str, Any]:
        return {row["phrase"]: row for row in SAMPLES.collocations(ngrams=ngrams, measures=MEASURES, min_count=2)}

    assert rows((2, 4)) == {phrase: row for size in (2, 3, 4) for phrase, row in rows(size).items()}


def test_measures_are_those_of_association_measures_and_gensim() -> None:
    measures = pytest.importorskip("association_measures.measures")
    frequencies = pytest.importorskip("association_measures.frequencies")
    npmi = pytest.importorskip("gensim.models.phrases").npmi_scorer
    import pandas as pd

    slow = pairs(runs(SAMPLES))
    first = {word: sum(n for ((a,), _), n in slow.items() if a == word) for word in {a for (a,), _ in slow}}
    last = {word: sum(n for (_, b), n in slow.items() if b == word) for word in {b for _, b in slow}}
    table = SAMPLES.collocations(measures=MEASURES, min_count=3)
    words = [phrase.split() for phrase in table["phrase"]]
    n = int(table.metadata["N"])
    frame = pd.DataFrame(
        {"f": table["count"], "f1": [first[a] for a, _ in words], "f2": [last[b] for _, b in words], "N": n}
    )
    frame = frequencies.expected_frequencies(frequencies.observed_frequencies(frame), observed=True)
    expected = {
        "z_score": measures.z_score(frame),
        "t_score": measures.t_score(frame),
        "log_likelihood": measures.log_likelihood(frame, signed=False),
        "min_sensitivity": measures.min_sensitivity(frame),
        "dice": measures.dice(frame),
        "log_ratio": measures.log_ratio(frame, disc=0.5, discounting="Hardie2014"),
        "pmi": measures.mutual_information(frame) / math.log10(2),
    }
    for name, values in expected.items():
        assert all(close(value, other) for value, other in zip(table[name], values, strict=True)), name
    for (a, b), count, value in zip(words, table["count"], table["npmi"], strict=True):
        assert close(value, npmi(first[a], last[b], count, 0, 0, n))


@pytest.mark.parametrize("window", [1, 3])
def test_nltks_conventions_are_followed(window: int) -> None:
    """The finder of NLTK crosses sentences, so it gets each run of terms separately."""
    import nltk.collocations
    from nltk.metrics import BigramAssocMeasures as metrics

    found = runs(SAMPLES)
    words, bigrams = nltk.FreqDist(), nltk.FreqDist()
    for run in found:
        finder = nltk.BigramCollocationFinder.from_words(run, window_size=window + 1)
        words.update(finder.word_fd)
        bigrams.update(finder.ngram_fd)
    finder = nltk.BigramCollocationFinder(words, bigrams, window_size=window + 1)
    table = SAMPLES.collocations(window=window, measures=MEASURES, min_count=2, compat="nltk")
    rows = {tuple(row["phrase"].split()): row for row in table}
    for name, scorer in [
        ("pmi", metrics.pmi),
        ("t_score", metrics.student_t),
        ("chi2", metrics.chi_sq),
        ("dice", metrics.dice),
        ("jaccard", metrics.jaccard),
        ("poisson_stirling", metrics.poisson_stirling),
        ("log_likelihood", metrics.likelihood_ratio),
    ]:
        scores = dict(finder.score_ngrams(scorer))
        # NLTK's finder ignores nothing, and its cells may be negative if a window counts a pair
        # often.
        for pair, row in rows.items():
            margins = min(words[pair[0]], words[pair[1]])
            if row["count"] / window <= margins:
                assert math.isclose(row[name], scores[pair], rel_tol=1e-7, abs_tol=1e-7), (name, pair)


def test_quantedas_pmi_is_natural() -> None:
    ours = {row["phrase"]: row["pmi"] for row in SAMPLES.collocations(measures="pmi")}
    for row in SAMPLES.collocations(measures="pmi", compat="quanteda"):
        assert close(row["pmi"], ours[row["phrase"]] * math.log(2))


def test_a_pair_by_hand() -> None:
    corpus = ng.Corpus(["New York is not York. New York sleeps, York does not."])
    row = corpus.collocations(measures=MEASURES, min_count=2).to_dicts()[0]
    # Eight pairs: new york, york is, is not, not york; new york, york sleeps; york does, does not.
    assert (row["phrase"], row["count"]) == ("new york", 2)
    assert close(row["pmi"], math.log2(2 / (2 * 3 / 8)))
    assert close(row["delta_p_forward"], 2 / 2 - 1 / 6)
    assert close(row["delta_p_backward"], 2 / 3 - 0 / 5)
    assert close(row["log_dice"], 14 + math.log2(4 / 5))


def test_groups_are_counted_by_themselves() -> None:
    by_month = SAMPLES.collocations(by="month", measures="pmi", min_count=2).to_dicts()
    months = sorted({row["month"] for row in by_month})
    assert len(months) > 2
    alone = [
        {"month": month, **row}
        for month in months
        for row in SAMPLES.where(date=month).collocations(measures="pmi", min_count=2)
    ]
    assert [row for row in by_month if row["month"] is not None] == alone


def test_the_order_of_articles_and_the_number_of_threads_do_not_matter() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(4).shuffle(order)
    for window in (1, 4):
        assert SAMPLES[order].collocations(window=window, measures=MEASURES) == SAMPLES.collocations(
            window=window, measures=MEASURES
        )
    texts = [SAMPLES.text(article) for article in SAMPLES.articles()["article"]] * 40
    one, two = (ng.Corpus(texts, threads=threads) for threads in (1, 2))
    assert one.collocations(window=3, measures=MEASURES) == two.collocations(window=3, measures=MEASURES)
    assert one.cooccurrence(of="terms") == two.cooccurrence(of="terms")


def test_counts_of_a_corpus_twice_are_twice_its_counts() -> None:
    once = {row["phrase"]: row["count"] for row in SAMPLES.collocations(window=2)}
    twice = SAMPLES[[*range(len(SAMPLES)), *range(len(SAMPLES))]]
    assert {row["phrase"]: row["count"] for row in twice.collocations(window=2)} == {
        name: 2 * n for name, n in once.items()
    }


@pytest.mark.parametrize("within", ["sentence", "paragraph", "article"])
@pytest.mark.parametrize("most", [1_000_000, 100])
def test_cooccurrence_equals_that_of_the_slow_twin(within: Any, most: int) -> None:
    corpus = SAMPLES[:12]
    slow_pairs, singles, n = counts(contexts(corpus, within))
    table = corpus.cooccurrence(of="terms", within=within, most=most, measures=["pmi", "npmi", "log_likelihood"])
    kept = set(corpus.terms()["term"][:most])
    expected = {pair: count for pair, count in slow_pairs.items() if kept.issuperset(pair)}
    assert {(row["a"], row["b"]): row["count"] for row in table} == expected
    assert int(table.metadata["N"]) == n
    for row in table.head(300):
        pair = row["count"], singles[row["a"]], singles[row["b"]]
        pmi = math.log2(pair[0] * n / pair[1] / pair[2])
        assert close(row["pmi"], pmi)
        assert close(row["npmi"], pmi / -math.log2(pair[0] / n) if pair[0] < n else 1)
    keys = [(-row["count"], row["a"].encode(), row["b"].encode()) for row in table]
    assert keys == sorted(keys)


def test_windowed_cooccurrence_is_that_of_windowed_pairs() -> None:
    pair_counts: dict[tuple[str, str], int] = {}
    for ((first,), second), count in pairs(runs(SAMPLES, across=True), 3).items():
        if first != second:
            pair = tuple(sorted((first, second), key=str.encode))
            pair_counts[pair] = pair_counts.get(pair, 0) + count  # type: ignore[index]
    table = SAMPLES.cooccurrence(of="terms", window=3, most=1_000_000, measures="pmi")
    assert {(row["a"], row["b"]): row["count"] for row in table} == pair_counts
    assert int(table.metadata["N"]) == 2 * sum(pair_counts.values())


def test_many_terms_are_paired_as_few_are() -> None:
    """Beyond two thousand terms, pairs are sorted and not stored in a square."""
    words = [f"w{number}" for number in range(2500)]
    texts = [" ".join(words[at : at + 40]) for at in range(0, 2500, 20)]
    corpus = ng.Corpus(texts, layout="plain")
    table = corpus.cooccurrence(of="terms", within="article", most=1_000_000, measures=[])
    slow, _, _ = counts([set(text.split()) for text in texts])
    assert {(row["a"], row["b"]): row["count"] for row in table} == dict(slow)
