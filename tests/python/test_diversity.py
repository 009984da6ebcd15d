"""Diversity: against a slow twin, lexicalrichness and lexical_diversity."""

from __future__ import annotations

import math
import random
from typing import Any, get_args

import pytest

import nutgraf as ng
from nutgraf._verbs.reading import DiversityMeasure

from .oracle.diversity import measures as slow_measures
from .test_dispersion import close, words

SAMPLES = ng.read(ng.samples())
WORDS = words(SAMPLES)
ALL: list[Any] = list(get_args(DiversityMeasure))


@pytest.mark.parametrize("least", [1, 10])
def test_every_article_has_the_values_of_the_slow_twin(least: int) -> None:
    table = SAMPLES.diversity(measures=ALL, mtld_min=least)
    assert len(table) == len(SAMPLES)
    for row, own in zip(table, WORDS, strict=True):
        assert (row["tokens"], row["types"]) == (len(own), len(set(own)))
        for name, value in slow_measures(own, least=least).items():
            assert close(row[name], value), (row["article"], name, row[name], value)


def test_a_text_that_can_be_counted_by_hand() -> None:
    row = ng.Corpus(["a b a c"]).diversity().to_dicts()[0]
    assert (row["ttr"], row["root_ttr"], row["hapax"], row["hapax_share"]) == (0.75, 1.5, 2, 0.5)
    assert row["simpson_d"] == 2 / 12
    assert row["yule_k"] == 1e4 * (6 - 4) / 16
    assert row["entropy"] == 1.5
    assert row["mattr"] == 0.75
    # Forwards, "a b a" ends a segment; backwards, "c a b a" is part of one.
    assert close(row["mtld"], (4 / 1 + 4 / (0.25 / 0.28)) / 2)
    assert row["hdd"] is None


def test_what_is_undefined_is_missing() -> None:
    rows = ng.Corpus(["", "one", "one two"]).diversity(measures=ALL).to_dicts()
    assert all(rows[0][name] is None for name in ALL)
    assert rows[1]["herdan_c"] is rows[1]["maas"] is rows[1]["simpson_d"] is None
    assert rows[2]["mtld"] is rows[2]["honore_h"] is rows[2]["hdd"] is None
    assert (rows[1]["ttr"], rows[2]["entropy"]) == (1.0, 1.0)


def test_values_are_those_of_lexicalrichness() -> None:
    module = pytest.importorskip("lexicalrichness")
    table = SAMPLES.diversity(mtld_threshold=0.72 + 1e-12)  # it ends a segment at the threshold, not below
    for row, own in zip(table, WORDS, strict=True):
        if len(own) < 50:
            continue
        rich = module.LexicalRichness(own, preprocessor=None, tokenizer=None)
        rich.wordlist, rich.words, rich.terms = own, len(own), len(set(own))
        for name, value in {
            "ttr": rich.ttr,
            "root_ttr": rich.rttr,
            "corrected_ttr": rich.cttr,
            "herdan_c": rich.Herdan,
            "maas": rich.Maas,
            "mattr": rich.mattr(window_size=50),
            "mtld": rich.mtld(threshold=0.72),
            "hdd": rich.hdd(draws=42),
            "yule_k": rich.yulek,
        }.items():
            assert math.isclose(row[name], value, rel_tol=1e-9), name


def test_moving_averages_are_those_of_lexical_diversity() -> None:
    lex_div = pytest.importorskip("lexical_diversity.lex_div")
    table = SAMPLES.diversity(measures=["mtld_ma_wrap", "mtld_ma_bid", "hdd", "mattr"], mtld_min=10)
    for row, own in list(zip(table, WORDS, strict=True))[:6]:
        assert close(row["mtld_ma_wrap"], lex_div.mtld_ma_wrap(own))
        assert close(row["mtld_ma_bid"], lex_div.mtld_ma_bid(own))
        assert close(row["hdd"], lex_div.hdd(own))
        assert close(row["mattr"], lex_div.mattr(own))


def test_a_group_is_one_text() -> None:
    names: list[Any] = [name for name in ALL if not name.startswith("mtld_ma")]  # the twin is slow at these
    table = SAMPLES.diversity(measures=names, by="month", mtld_min=10)
    dates = SAMPLES.articles()["date"]
    for row in table:
        own = [word for date, part in zip(dates, WORDS, strict=True) for word in part if label(date) == row["month"]]
        slow = slow_measures(own, least=10, moving_averages=False)
        assert all(close(row[name], slow[name]) for name in names), row["month"]
    assert {row["zone"] for row in SAMPLES.diversity(measures="ttr", by="zone", zones="all")} >= {
        "body",
        "headline",
        "caption",
    }


def label(date: Any) -> str | None:
    return None if date is None else f"{date.year:04}-{date.month:02}"


def test_order_of_articles_and_threads_change_nothing() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(3).shuffle(order)
    rows = {row["article"]: row for row in SAMPLES.diversity()}
    assert {row["article"]: row for row in SAMPLES[order].diversity()} == rows
    one = ng.read(ng.samples(), threads=1)
    assert one.diversity() == SAMPLES.diversity()


def test_wrong_options_are_reported() -> None:
    with pytest.raises(ng.ConfigError, match='there is no "type"; expected ttr'):
        SAMPLES.diversity(measures="type")  # type: ignore[arg-type]
    with pytest.raises(ng.ConfigError, match="mtld_threshold=1"):
        SAMPLES.diversity(mtld_threshold=1)
