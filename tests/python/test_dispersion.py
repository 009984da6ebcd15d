"""Dispersion: against a slow twin, SciPy and Gries's example."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from scipy.stats import entropy

import nutgraf as ng

from .oracle.dispersion import measures as slow_measures
from .oracle.fold import fold

SAMPLES = ng.read(ng.samples())

# Gries (2008): five parts of 9, 10, 10, 10 and 11 words.
GRIES = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]


def close(value: float | None, expected: float | None) -> bool:
    if value is None or expected is None:
        return value is expected
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-12)


def words(corpus: ng.Corpus) -> list[list[str]]:
    counted = {"word", "number", "abbreviation"}
    parts: dict[Any, list[str]] = {article: [] for article in corpus.articles()["article"]}
    for token in corpus.tokens():
        if token["kind"] in counted:
            parts[token["article"]].append(fold(token["text"]))
    return list(parts.values())


def test_the_example_of_the_paper_has_its_values() -> None:
    row = ng.Corpus(GRIES).dispersion().to_dicts()[0]
    assert (row["term"], row["count"], row["range"]) == ("a", 15, 5)
    rounded = {"juilland_d": 0.785, "carroll_d2": 0.938, "rosengren_s": 0.95, "dp": 0.18, "dp_norm": 0.22}
    for name, value in rounded.items():
        assert abs(row[name] - value) < 0.0051, name
    assert abs(row["kl_divergence"] - 0.137) < 0.0051


def test_every_term_has_the_values_of_the_slow_twin() -> None:
    parts = words(SAMPLES)
    table = SAMPLES.dispersion(min_count=3)
    assert len(table) > 300
    for row in table:
        for name, value in slow_measures(parts, row["term"]).items():
            assert close(row[name], value), (row["term"], name)


def test_groups_are_parts() -> None:
    table = SAMPLES.dispersion(by="month", min_count=10)
    groups: dict[Any, list[str]] = {}
    for date, part in zip(SAMPLES.articles()["date"], words(SAMPLES), strict=True):
        groups.setdefault(None if date is None else (date.year, date.month), []).extend(part)
    assert int(table.metadata["parts"]) == len(groups)
    for row in table:
        slow = slow_measures(list(groups.values()), row["term"])
        slow["arf"] = slow_measures(words(SAMPLES), row["term"])["arf"]
        for name, value in slow.items():
            assert close(row[name], value), (row["term"], name)


def test_phrases_are_spread_as_terms_are() -> None:
    row = {row["term"]: row for row in ng.Corpus(GRIES).dispersion(ngrams=2)}["b e"]
    assert (row["count"], row["range"]) == (5, 5)
    by_part = ng.Corpus(GRIES).dispersion(by="article", ngrams=(1, 3)).to_dicts()
    assert by_part == ng.Corpus(GRIES).dispersion(ngrams=(1, 3)).to_dicts()


def test_carrolls_d2_is_an_entropy() -> None:
    parts = words(SAMPLES)
    for row in SAMPLES.dispersion(min_count=20):
        shares = [part.count(row["term"]) / len(part) for part in parts]
        assert close(row["carroll_d2"], entropy(shares, base=2) / math.log2(len(parts)))


def test_an_even_spread_is_even_by_every_measure() -> None:
    row = ng.Corpus(["a b", "b a", "a b"]).dispersion().to_dicts()[0]
    assert row == {
        "term": "a",
        "count": 3,
        "range": 3,
        "juilland_d": 1.0,
        "carroll_d2": pytest.approx(1.0, abs=1e-15),
        "rosengren_s": pytest.approx(1.0, abs=1e-15),
        "dp": pytest.approx(0.0, abs=1e-15),
        "dp_norm": pytest.approx(0.0, abs=1e-15),
        "kl_divergence": pytest.approx(0.0, abs=1e-15),
        "arf": pytest.approx(2.5),
    }


def test_one_part_leaves_three_measures_undefined() -> None:
    row = ng.Corpus(["a b a", "", "?"]).dispersion().to_dicts()[0]
    assert (row["juilland_d"], row["carroll_d2"], row["dp_norm"]) == (None, None, None)
    assert (row["range"], row["rosengren_s"], row["dp"], row["kl_divergence"]) == (1, 1.0, 0.0, 0.0)


def test_the_order_of_articles_matters_to_arf_alone() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(8).shuffle(order)
    names: list[Any] = ["range", "juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_norm", "kl_divergence"]
    mixed = {row["term"]: row for row in SAMPLES[order].dispersion(measures=names)}
    for row in SAMPLES.dispersion(measures=names):
        assert all(close(row[name], mixed[row["term"]][name]) for name in names)


def test_rows_are_sorted_as_requested() -> None:
    table = SAMPLES.dispersion(sort="dp")
    keys = [(-row["dp"], row["term"].encode()) for row in table]
    assert keys == sorted(keys)


def test_measures_are_those_of_scattertext() -> None:
    dispersion = pytest.importorskip("scattertext.dispersion.dispersion").Dispersion
    counts, names, _ = SAMPLES.matrix()
    reference = dispersion(term_doc_mat=counts, vocabulary=names)
    rows = {row["term"]: row for row in SAMPLES.dispersion()}
    for name, values in [
        ("dp", reference.dp()),
        ("dp_norm", reference.dp_norm()),
        ("rosengren_s", reference.rosengrens()),
        ("kl_divergence", reference.kl_divergence()),
    ]:
        for term, value in zip(names, values, strict=True):
            assert math.isclose(rows[term][name], value, rel_tol=1e-9, abs_tol=1e-9), (term, name)
