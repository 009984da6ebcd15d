"""Items over time: against SciPy, recounts, and an oracle that tries every sequence of states."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import Any

import pytest
from scipy.stats import kendalltau, theilslopes, zscore

import nutgraf as ng

from .oracle.bursts import cheapest, cost

SAMPLES = ng.read(ng.samples())


def corpus_of(series: list[tuple[int, int]]) -> ng.Corpus:
    """For each day, the articles with the word and all articles."""
    day = date(2019, 1, 1)
    texts = []
    for at, (relevant, total) in enumerate(series):
        texts += [f"date {day + timedelta(at)} {'flood' if i < relevant else 'sun'}" for i in range(total)]
    return ng.Corpus(texts)


def test_every_period_is_there_and_counts_are_those_of_terms() -> None:
    table = SAMPLES.trend(n=None).to_dicts()
    counts = {(r["month"], r["term"]): r["count"] for r in SAMPLES.terms(by="month") if r["month"] is not None}
    assert {(r["month"], r["item"]): r["count"] for r in table if r["count"]} == counts
    own = [row for row in table if row["item"] == table[0]["item"]]
    months = [row["month"] for row in own]
    assert months == sorted(set(months))
    assert sum(row["total_articles"] for row in own) == sum(day is not None for day in SAMPLES.articles()["date"])
    for row in own:
        assert row["empty"] == (row["total_articles"] == 0)
        if row["empty"]:
            assert row["count"] == row["articles"] == 0
            assert row["per_million"] is row["per_thousand"] is None
            assert row["z_score"] is None
        else:
            assert math.isclose(row["per_million"], row["count"] * 1e6 / row["total_words"])
            assert math.isclose(row["per_thousand"], row["articles"] * 1e3 / row["total_articles"])


def test_periods_are_iso_weeks() -> None:
    corpus = ng.Corpus(["date 2018-12-31 a", "date 2019-01-16 a"])
    assert corpus.trend("a", by="week")["week"] == ["2019-W01", "2019-W02", "2019-W03"]
    assert corpus.trend("a", by="quarter")["quarter"] == ["2018-Q4", "2019-Q1"]
    with pytest.raises(ng.ConfigError, match="no article has a date; name the column of dates with date="):
        ng.Corpus(["a"]).trend("a")
    assert ng.Corpus([]).trend("a")["item"] == []


def test_means_and_scores_read_periods_with_articles() -> None:
    corpus = corpus_of([(2, 4), (0, 0), (1, 4), (0, 2), (3, 3)])
    rows = corpus.trend("flood", by="day", value="per_thousand", window=3).to_dicts()
    values = [500.0, None, 250.0, 0.0, 1000.0]
    there = [value for value in values if value is not None]
    scores = iter(zscore(there))
    for at, row in enumerate(rows):
        held = [value for value in values[max(0, at - 2) : at + 1] if value is not None]
        assert math.isclose(row["rolling_mean"], sum(held) / len(held))
        assert row["z_score"] is None if values[at] is None else math.isclose(row["z_score"], next(scores))


def test_tests_are_those_of_scipy() -> None:
    rng = random.Random(2)
    for _ in range(20):
        series = [(rng.randint(0, 4), 4) if rng.random() < 0.8 else (0, 0) for _ in range(12)]
        series[0] = series[-1] = (1, 4)
        row = corpus_of(series).trend("flood", by="day", value="per_thousand", tests=True).to_dicts()[0]
        times = [at for at, (_, total) in enumerate(series) if total]
        values = [250.0 * series[at][0] for at in times]
        if len(set(values)) < 2:
            continue
        slope = theilslopes(values, times)
        assert math.isclose(row["slope"], slope.slope, abs_tol=1e-9)
        assert math.isclose(row["intercept"], slope.intercept, abs_tol=1e-9)
        assert math.isclose(row["tau"], kendalltau(times, values).statistic, abs_tol=1e-12)
        n, s = len(values), sum((b > a) - (b < a) for i, a in enumerate(values) for b in values[i + 1 :])
        ties = [values.count(value) for value in set(values)]
        variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
        z = 0.0 if s == 0 else (s - math.copysign(1, s)) / math.sqrt(variance)
        assert math.isclose(row["z"], z, abs_tol=1e-12)
        assert math.isclose(row["p_value"], math.erfc(abs(z) / math.sqrt(2)), rel_tol=1e-9)


def test_entities_are_followed_too() -> None:
    entities = {row["entity"]: row["mentions"] for row in SAMPLES.entities(labels="PER")}
    table = SAMPLES.trend(of="entities", labels="PER", n=3, tests=True)
    assert len(table) == 3
    for row in table:
        assert 0 < row["count"] <= entities[row["item"]]
    assert set(SAMPLES.trend("Denise Okafor-Reilly", of="entities")["item"]) == {"Denise Okafor-Reilly"}


def test_an_item_that_never_occurs_has_rows() -> None:
    row = SAMPLES.trend("zyzzyx", tests=True).to_dicts()[0]
    assert (row["count"], row["tau"], row["slope"]) == (0, None, 0.0)


@pytest.mark.parametrize("states", [2, 3])
def test_bursts_are_the_cheapest_row_of_states(states: int) -> None:
    rng = random.Random(states)
    for _ in range(25):
        series = [(rng.choice([0, 0, 1, 5]), rng.choice([6, 8])) for _ in range(7)]
        series[0], series[-1] = (1, 6), (0, 6)
        best = cheapest(series, 2.0, 0.3, states)
        found = [0] * 7
        for row in corpus_of(series).bursts("flood", gamma=0.3, states=states, min_count=1):
            first, last = (int(row[end][-2:]) - 1 for end in ("start", "end"))
            for at in range(first, last + 1):
                found[at] = max(found[at], row["level"])
            assert row["periods"] == last - first + 1
            assert row["relevant"] == sum(r for r, _ in series[first : last + 1])
        assert math.isclose(cost(tuple(found), series, 2.0, 0.3), cost(best, series, 2.0, 0.3), abs_tol=1e-9)


def test_order_of_articles_and_threads_change_nothing() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(4).shuffle(order)
    one: Any = ng.read(ng.samples(), threads=1)
    for options in ({"tests": True}, {}):
        assert SAMPLES.trend(**options) == SAMPLES[order].trend(**options) == one.trend(**options)  # type: ignore[arg-type]
    assert SAMPLES.bursts(by="month") == SAMPLES[order].bursts(by="month") == one.bursts(by="month")


def test_wrong_options_are_reported() -> None:
    with pytest.raises(ng.ConfigError, match="by='decade'"):
        SAMPLES.trend(by="decade")  # type: ignore[arg-type]
    with pytest.raises(ng.ConfigError, match="s=1; expected more than 1"):
        SAMPLES.bursts(s=1)


def test_each_group_has_a_separate_series() -> None:
    corpus = ng.Corpus(
        {
            "text": [
                "Rain fell.",
                "Sun. Rain. Rain.",
                "Snow.",
                "Rain and Angela Merkel.",
                "Angela Merkel spoke. Merkel left.",
            ],
            "date": ["2019-01-08", "2019-01-09", "2019-02-01", "2019-03-01", "2019-03-02"],
            "paper": ["A", "B", "A", "B", None],
        }
    )
    table = corpus.trend(["rain", "snow"], by=["month", "paper"])
    assert table.columns[:4] == ["paper", "item", "month", "period_start"]
    assert len(table) == 3 * 2 * 3
    assert [str(day) for day in table["period_start"][:3]] == ["2019-01-01", "2019-02-01", "2019-03-01"]
    for paper in ("A", "B", None):
        alone = corpus.where(paper=paper).trend(["rain", "snow"])
        months = {(row["item"], row["month"]): row for row in alone}
        for row in [row for row in table if row["paper"] == paper]:
            same = months.get((row["item"], row["month"]))
            assert row["count"] == (same["count"] if same else 0)
            if same:
                assert row["per_million"] == same["per_million"]
            else:
                assert row["empty"]
                assert row["per_million"] is None
    people = corpus.trend(of="entities", by=["paper", "month"], n=1)
    assert {(row["paper"], row["month"]): row["count"] for row in people if row["count"]} == {
        ("B", "2019-03"): 1,
        (None, "2019-03"): 2,
    }
    tests = corpus.trend(["rain"], by=["month", "paper"], tests=True)
    assert tests.columns[:3] == ["paper", "item", "count"]
    assert tests["count"] == [1, 3, 0]


@pytest.mark.parametrize("by", [["paper"], ["month", "year"], [], ["month", "zone"]])
def test_groups_need_one_period(by: list[str]) -> None:
    corpus = ng.Corpus({"text": ["Rain."], "date": ["2019-01-08"], "paper": ["A"]})
    with pytest.raises(ng.ConfigError, match="exactly one of day"):
        corpus.trend(by=by)
