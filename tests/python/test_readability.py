"""Readability: formulas against given counts and textstat, counts by hand and by properties."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

import nutgraf as ng

SAMPLES = ng.read(ng.samples())
COUNTS = [
    "words",
    "sentences",
    "syllables",
    "letters",
    "characters",
    "long_words",
    "polysyllables",
    "complex_words",
    "difficult_words",
]


def formulas(row: dict[str, Any]) -> dict[str, float]:
    """Every measure, from the counts alone."""
    words, sentences = row["words"], row["sentences"]
    difficult = 100 * row["difficult_words"] / words
    return {
        "flesch": 206.835 - 1.015 * words / sentences - 84.6 * row["syllables"] / words,
        "flesch_kincaid": 0.39 * words / sentences + 11.8 * row["syllables"] / words - 15.59,
        "gunning_fog": 0.4 * (words / sentences + 100 * row["complex_words"] / words),
        "smog": 1.0430 * math.sqrt(row["polysyllables"] * 30 / sentences) + 3.1291,
        "ari": 4.71 * row["characters"] / words + 0.5 * words / sentences - 21.43,
        "coleman_liau": 0.0588 * 100 * row["letters"] / words - 0.296 * 100 * sentences / words - 15.8,
        "lix": words / sentences + 100 * row["long_words"] / words,
        "rix": row["long_words"] / sentences,
        "dale_chall": 0.1579 * difficult + 0.0496 * words / sentences + (3.6365 if difficult > 5 else 0),
    }


def test_measures_follow_from_the_counts_beside_them() -> None:
    table = SAMPLES.readability()
    assert len(table) == len(SAMPLES)
    for row in table:
        for name, value in formulas(row).items():
            assert math.isclose(row[name], value, rel_tol=1e-12, abs_tol=1e-9), name


def test_measures_are_those_of_textstat_on_plain_text() -> None:
    textstat = pytest.importorskip("textstat")
    text = "The cat sat on the mat. The dog ran to the big red barn. We like to go and see the old man by the sea."
    row = ng.Corpus([text]).readability().to_dicts()[0]
    for name, function in {
        "lix": textstat.lix,
        "rix": textstat.rix,
    }.items():
        assert abs(row[name] - function(text)) < 0.06, name


def test_counts_can_be_counted_by_hand() -> None:
    text = "Mr. Reis visited 3 well-known universities. He created a government-funded chrysanthemum museum in Lisbon."
    row = ng.Corpus([text]).readability().to_dicts()[0]
    assert (row["words"], row["sentences"]) == (14, 2)
    assert row["long_words"] == 6  # all but those below seven letters, such as museum
    assert row["polysyllables"] == 6  # visited universities created government-funded chrysanthemum museum
    assert row["difficult_words"] == 5  # universities created government-funded chrysanthemum museum


@pytest.mark.parametrize(
    ("word", "difficult"),
    [
        ("stopped", 0),
        ("babies", 0),
        ("taking", 0),
        ("walks", 0),
        ("biggest", 0),
        ("1918", 0),
        ("fiscal", 1),
        ("policy", 1),
    ],
)
def test_regular_forms_of_familiar_words_are_familiar(word: str, difficult: int) -> None:
    assert ng.Corpus([word]).readability(zones="all")["difficult_words"] == [difficult]


def test_names_are_neither_difficult_nor_complex() -> None:
    row = ng.Corpus(["We met Okafor in Johannesburg."]).readability().to_dicts()[0]
    assert (row["polysyllables"], row["complex_words"], row["difficult_words"]) == (2, 0, 0)


def test_an_article_without_words_has_no_measure() -> None:
    row = ng.Corpus(["", "?!"]).readability().to_dicts()[1]
    assert all(row[name] == 0 for name in COUNTS)
    assert row["flesch"] is row["dale_chall"] is None
    assert ng.Corpus([]).readability().to_dicts() == []


def test_counts_of_groups_are_sums() -> None:
    articles = SAMPLES.readability().to_dicts()
    months = [None if date is None else f"{date.year:04}-{date.month:02}" for date in SAMPLES.articles()["date"]]
    for row in SAMPLES.readability(by="month"):
        for name in COUNTS:
            assert row[name] == sum(a[name] for a, month in zip(articles, months, strict=True) if month == row["month"])
        assert math.isclose(row["flesch"], formulas(row)["flesch"], rel_tol=1e-12)


def test_order_of_articles_and_threads_change_nothing() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(3).shuffle(order)
    rows = {row["article"]: row for row in SAMPLES.readability()}
    assert {row["article"]: row for row in SAMPLES[order].readability()} == rows
    assert ng.read(ng.samples(), threads=1).readability() == SAMPLES.readability()


def test_wrong_options_are_reported() -> None:
    with pytest.raises(ng.ConfigError, match='there is no "fog"; expected flesch'):
        SAMPLES.readability(measures="fog")  # type: ignore[arg-type]
