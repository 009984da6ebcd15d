"""Keyness: against a slow twin, SciPy and other tools, and by its properties."""

from __future__ import annotations

import math
import random
from typing import Any, get_args

import pandas as pd
import pytest
from scipy import stats
from scipy.stats import contingency

import nutgraf as ng
from nutgraf._verbs.keyness import KeynessMeasure

from .oracle.keyness import keyness as slow_keyness

SAMPLES = ng.read(ng.samples())
TARGET, REFERENCE = SAMPLES[::2], SAMPLES[1::2]
MEASURES: list[Any] = list(get_args(KeynessMeasure))
EFFECTS: list[Any] = [
    "log_ratio",
    "percent_diff",
    "odds_ratio",
    "relative_risk",
    "difference_coefficient",
    "simple_maths",
    "log_odds",
]


def close(value: float, expected: float) -> bool:
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9)


def by_term(table: ng.Table) -> dict[str, dict[str, Any]]:
    return {row["term"]: row for row in table}


@pytest.mark.parametrize("options", [{}, {"ngrams": (1, 2)}, {"zones": "all"}, {"stopwords": "english"}])
def test_every_measure_equals_that_of_the_slow_twin(options: dict[str, Any]) -> None:
    table = SAMPLES.keyness(TARGET, REFERENCE, measures=MEASURES, **options)
    slow = slow_keyness(TARGET, REFERENCE, **options)
    assert len(table) == len(slow) > 1000
    for row in table:
        for name, value in slow[row["term"]].items():
            assert close(row[name], value), (row["term"], name)


def test_tests_are_those_of_scipy() -> None:
    table = SAMPLES.keyness(TARGET, REFERENCE, measures=MEASURES, min_count=4)
    n1, n2 = int(table.metadata["N1"]), int(table.metadata["N2"])
    assert (n1, n2) == tuple(sum(corpus.terms()["count"]) for corpus in (TARGET, REFERENCE))
    for row in table:
        a, b = row["target"], row["reference"]
        observed = [[a, n1 - a], [b, n2 - b]]
        for name, correction, power in [
            ("log_likelihood", False, "log-likelihood"),
            ("chi2", False, "pearson"),
            ("chi2_yates", True, "pearson"),
        ]:
            expected = stats.chi2_contingency(observed, correction=correction, lambda_=power)
            assert close(row[name], expected.statistic)
            if name == "log_likelihood":
                assert math.isclose(row["p_value"], expected.pvalue, rel_tol=1e-9)
        assert math.isclose(row["fisher"], stats.fisher_exact(observed).pvalue, rel_tol=1e-9)
        if a and b:
            assert close(row["odds_ratio"], contingency.odds_ratio(observed, kind="sample").statistic)
            assert close(row["relative_risk"], contingency.relative_risk(a, n1, b, n2).relative_risk)
    adjusted = stats.false_discovery_control(table["p_value"])
    assert all(math.isclose(q, expected, rel_tol=1e-12) for q, expected in zip(table["q_value"], adjusted, strict=True))


def test_fisher_is_exact_for_large_and_extreme_tables() -> None:
    rng = random.Random(3)
    for _ in range(60):
        a, b = rng.randrange(60), rng.randrange(3, 90)
        n1, n2 = rng.randrange(100, 300), rng.randrange(100, 2000)
        words = ng.Corpus(["x " * a + "y " * (n1 - a), "x " * b + "y " * (n2 - b)], layout="plain")
        row = by_term(words.keyness(words[0], words[1], measures="fisher"))["x"]
        expected = stats.fisher_exact([[a, n1 - a], [b, n2 - b]]).pvalue
        assert math.isclose(row["fisher"], expected, rel_tol=1e-9), (a, n1, b, n2)
        assert row["p_value"] == row["fisher"]


def test_log_ratio_is_that_of_association_measures() -> None:
    measures = pytest.importorskip("association_measures.measures")
    table = SAMPLES.keyness(TARGET, REFERENCE, measures="log_ratio")
    frame = pd.DataFrame({"O11": table["target"], "O21": table["reference"]})
    frame["R1"], frame["R2"] = int(table.metadata["N1"]), int(table.metadata["N2"])
    expected = measures.log_ratio(frame, disc=0.5, discounting="Hardie2014")
    assert all(close(value, other) for value, other in zip(table["log_ratio"], expected, strict=True))


def test_a_table_by_hand() -> None:
    """Thirty in ten thousand against ten in twenty thousand."""
    words = ["x " * 30 + "y " * 9970, "x " * 10 + "y " * 19990]
    corpus = ng.Corpus(words, layout="plain")
    row = by_term(corpus.keyness(corpus[0], measures=["log_likelihood", "log_ratio", "percent_diff"]))["x"]
    assert round(row["log_likelihood"], 2) == 29.08
    assert close(row["log_ratio"], math.log2(6))
    assert close(row["percent_diff"], 500)


def test_the_rest_of_the_corpus_is_the_reference_where_none_is_named() -> None:
    assert SAMPLES.keyness(TARGET) == SAMPLES.keyness(TARGET, REFERENCE)
    half = SAMPLES[:20]
    assert half.keyness(half[:5]) == SAMPLES.keyness(SAMPLES[:5], SAMPLES[5:20])


def test_separate_corpora_compare_as_selections_of_one() -> None:
    def own(corpus: ng.Corpus) -> ng.Corpus:
        ids = list(corpus.articles()["article"])
        return ng.Corpus({"article": ids, "text": [corpus.text(article) for article in ids]}, id="article")

    whole = own(SAMPLES)
    target, reference = own(TARGET), own(REFERENCE)
    one, other = (whole.where(article=list(side.articles()["article"])) for side in (target, reference))
    for ngrams in (1, (1, 3)):
        apart = target.keyness(target, reference, measures=MEASURES, ngrams=ngrams, bootstrap=50)
        together = whole.keyness(one, other, measures=MEASURES, ngrams=ngrams, bootstrap=50)
        assert apart == together


def test_equal_positions_of_two_corpora_are_different_articles() -> None:
    texts = [f"rain {'wind ' * (at % 5)}" for at in range(40)]
    one, two = ng.Corpus(texts), ng.Corpus(texts)
    row = by_term(one.keyness(one, two, measures=["log_ratio"], bootstrap=200))["wind"]
    assert row["log_ratio_low"] < 0 < row["log_ratio_high"]


def test_changing_sides_turns_effects_round_and_leaves_tests() -> None:
    there = by_term(SAMPLES.keyness(TARGET, REFERENCE, measures=MEASURES))
    back = by_term(SAMPLES.keyness(REFERENCE, TARGET, measures=MEASURES))
    for term, row in there.items():
        other = back[term]
        for name in ("log_likelihood", "log_likelihood_2", "chi2", "chi2_yates", "fisher", "bayes_factor"):
            assert close(row[name], other[name])
        for name in ("log_ratio", "difference_coefficient", "log_odds"):
            assert close(row[name], -other[name])
        assert close(row["odds_ratio"] * other["odds_ratio"], 1)


def test_the_order_of_articles_does_not_matter() -> None:
    order = list(range(len(SAMPLES)))
    random.Random(1).shuffle(order)
    mixed = SAMPLES[order]
    ids = TARGET.articles()["article"]
    assert mixed.keyness(mixed.where(article=ids), measures=MEASURES) == SAMPLES.keyness(TARGET, measures=MEASURES)


def test_rows_are_sorted_as_requested() -> None:
    for sort in ("log_ratio", "target", "reference"):
        table = SAMPLES.keyness(TARGET, sort=sort)
        keys = [(-row[sort], row["term"].encode()) for row in table]
        assert keys == sorted(keys)
    for sort in ("p_value", "q_value", "fisher"):
        keys = SAMPLES.keyness(TARGET, measures=["log_likelihood", "fisher"], sort=sort)[sort]
        assert keys == sorted(keys)
    terms = SAMPLES.keyness(TARGET, sort="term")["term"]
    assert terms == sorted(terms, key=str.encode)


def test_terms_are_kept_by_the_side_that_uses_them_more() -> None:
    table = SAMPLES.keyness(TARGET)
    rows = by_term(table)
    n1, n2 = int(table.metadata["N1"]), int(table.metadata["N2"])
    for only, keeps in [
        ("target", lambda row: row["target"] * n2 > row["reference"] * n1),
        ("reference", lambda row: row["target"] * n2 < row["reference"] * n1),
        ("lockwords", lambda row: abs(row["log_ratio"]) <= 0.2),
    ]:
        kept = by_term(SAMPLES.keyness(TARGET, only=only))
        expected = {term: row for term, row in rows.items() if keeps(row)}
        assert 10 < len(expected) < len(rows)
        assert kept == expected
    lockwords = SAMPLES.keyness(TARGET, only="lockwords")
    sums = [row["target"] + row["reference"] for row in lockwords]
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > 100


def poisson(rng: random.Random) -> int:
    """A number from the Poisson distribution with mean 1 (Knuth's method)."""
    number, product = 0, rng.random()
    while product > math.exp(-1):
        number += 1
        product *= rng.random()
    return number


def test_an_interval_holds_what_resampling_by_hand_gives() -> None:
    """Two thousand resamples of 26 articles per side, weighted by Python, have nearly the same
    percentiles.
    """
    table = by_term(SAMPLES.keyness(TARGET, REFERENCE, measures=["log_ratio", "simple_maths"], bootstrap=2000, seed=5))
    rng = random.Random(2)
    for term in ("the", "said", "of"):
        counts = []
        for corpus in (TARGET, REFERENCE):
            per = [corpus[at].terms() for at in range(len(corpus))]
            counts.append([(by_term(one).get(term, {"count": 0})["count"], int(one.metadata["total"])) for one in per])
        ratios = []
        for _ in range(2000):
            (a, n1), (b, n2) = (
                [
                    sum(weight * count for weight, count in zip(weights, column, strict=True))
                    for column in zip(*side, strict=True)
                ]
                for side in counts
                for weights in [[poisson(rng) for _ in side]]
            )
            ratios.append(math.log2((a or 0.5) / n1 / ((b or 0.5) / n2)))
        ratios.sort()
        row = table[term]
        width = row["log_ratio_high"] - row["log_ratio_low"]
        assert abs(row["log_ratio_low"] - ratios[49]) < 0.1 * width
        assert abs(row["log_ratio_high"] - ratios[1949]) < 0.1 * width
        assert row["log_ratio_low"] < row["log_ratio"] < row["log_ratio_high"]
        assert row["simple_maths_low"] < row["simple_maths"] < row["simple_maths_high"]


def test_intervals_do_not_depend_on_the_order_of_the_articles() -> None:
    ids = list(SAMPLES.articles()["article"])
    frame = {"article": [f"a{at}" for at in range(len(ids))], "text": [SAMPLES.text(article) for article in ids]}
    import pandas as pd

    order = list(range(len(ids)))
    random.Random(4).shuffle(order)
    tables = []
    for rows in (list(range(len(ids))), order):
        corpus = ng.Corpus(pd.DataFrame(frame).iloc[rows], text="text", id="article")
        target = corpus.where(article=[f"a{at}" for at in range(20)])
        tables.append(corpus.keyness(target, measures=["log_ratio", "simple_maths"], bootstrap=70, seed=3))
    assert tables[0] == tables[1]


def test_resamples_depend_on_the_seed_and_on_nothing_else() -> None:
    texts = [SAMPLES.text(article) for article in SAMPLES.articles()["article"]]
    one, two = (ng.Corpus(texts, threads=threads) for threads in (1, 2))
    tables = [corpus.keyness(corpus[:20], measures=MEASURES, bootstrap=130, seed=9) for corpus in (one, two)]
    assert tables[0] == tables[1]
    other = one.keyness(one[:20], measures=MEASURES, bootstrap=130, seed=10)
    assert other != tables[0]
    assert [name for name in other.columns if name.endswith(("_low", "_high"))] == [
        f"{name}_{end}" for name in EFFECTS for end in ("low", "high")
    ]
    assert other.head(5)["log_likelihood"] == tables[0].head(5)["log_likelihood"]


def test_a_prior_is_counts_or_a_weight_or_weights() -> None:
    table = SAMPLES.keyness(TARGET, measures="log_odds")
    counts = {row["term"]: row["target"] + row["reference"] for row in table}
    assert SAMPLES.keyness(TARGET, measures="log_odds", prior=counts) == table
    flat = by_term(SAMPLES.keyness(TARGET, measures="log_odds", prior=0.5))
    same = by_term(SAMPLES.keyness(TARGET, measures="log_odds", prior=dict.fromkeys(counts, 0.5)))
    assert all(close(flat[term]["log_odds"], same[term]["log_odds"]) for term in flat)
    assert not close(flat["the"]["log_odds"], by_term(table)["the"]["log_odds"])


def test_infinities_are_returned_if_requested() -> None:
    table = SAMPLES.keyness(TARGET, measures=EFFECTS, zeros="infinite")
    absent = [row for row in table if row["reference"] == 0]
    assert absent
    assert all(row["log_ratio"] == row["odds_ratio"] == row["relative_risk"] == math.inf for row in absent)
    finite = SAMPLES.keyness(TARGET, measures=MEASURES)
    assert all(math.isfinite(row[name]) for row in finite for name in MEASURES)


def test_scikit_learns_chi2_is_reproduced() -> None:
    from sklearn.feature_selection import chi2

    counts, names = SAMPLES.matrix()
    labels = [position % 2 for position in range(len(SAMPLES))]
    expected, p_values = chi2(counts, labels)
    rows = by_term(SAMPLES.keyness(TARGET, REFERENCE, measures="chi2", compat="sklearn"))
    for name, value, p_value in zip(names, expected, p_values, strict=True):
        assert close(rows[name]["chi2"], value)
        assert close(rows[name]["p_value"], p_value)


def test_quantedas_conventions_are_followed() -> None:
    """Its formulas, for the documents of its tests: "b b b b b b b a a a" and "a a a a a a a b
    b".
    """
    corpus = ng.Corpus(["b b b b b b b a a a", "a a a a a a a b b"])
    rows = by_term(corpus.keyness(corpus[0], measures=["chi2", "log_likelihood"], compat="quanteda"))
    yates = stats.chi2_contingency([[7, 3], [2, 7]], correction=True).statistic
    assert close(rows["b"]["chi2"], yates)
    assert close(rows["a"]["chi2"], -yates)
    moved = stats.chi2_contingency([[6.5, 3.5], [2.5, 6.5]], correction=False, lambda_="log-likelihood").statistic
    assert math.isclose(rows["b"]["log_likelihood"], moved, rel_tol=1e-6)
    assert math.isclose(rows["a"]["log_likelihood"], -moved, rel_tol=1e-6)


def test_log_odds_is_that_of_scattertext() -> None:
    scattertext = pytest.importorskip("scattertext")
    table = SAMPLES.keyness(TARGET, REFERENCE, measures="log_odds")
    a, b = (pd.Series(table[side], dtype=float) for side in ("target", "reference"))
    scorer = scattertext.LogOddsRatioInformativeDirichletPrior(a + b)
    expected = scorer.get_zeta_i_j_given_separate_counts(a, b)
    assert all(close(value, other) for value, other in zip(table["log_odds"], expected, strict=True))


SIGNLESS = ["log_likelihood", "log_likelihood_2", "chi2", "chi2_yates", "bayes_factor", "text_dispersion"]


@pytest.mark.parametrize("measure", SIGNLESS)
def test_tests_without_a_sign_show_the_target_first(measure: str) -> None:
    table = SAMPLES.keyness(TARGET, measures=[measure])
    n1, n2 = int(table.metadata["N1"]), int(table.metadata["N2"])
    if measure == "text_dispersion":
        terms = {row["term"]: row["articles"] for row in TARGET.terms()}
        others = {row["term"]: row["articles"] for row in SAMPLES.terms()}
        n1, n2 = len(TARGET), len(SAMPLES) - len(TARGET)
        sides = [(terms.get(term, 0), others[term] - terms.get(term, 0)) for term in table["term"]]
    else:
        sides = [(row["target"], row["reference"]) for row in table]
    # A value of zero has no sign.
    of_reference = [a * n2 < b * n1 for (a, b), value in zip(sides, table[measure], strict=True) if value]
    assert of_reference == sorted(of_reference)
    assert set(of_reference) == {False, True}
    values = [value for value in table[measure] if value]
    middle = of_reference.index(True)
    assert values[:middle] == sorted(values[:middle], reverse=True)
    assert values[middle:] == sorted(values[middle:])
    only = SAMPLES.keyness(TARGET, measures=[measure], only="reference")[measure]
    assert only == sorted(only, reverse=True)


def test_each_group_is_compared_with_all_the_others() -> None:
    corpus = ng.Corpus(
        {
            "text": ["Rain fell on Rome.", "The rain, the sun.", "Sun and wind.", "Wind.", "", "Snow fell."],
            "source": ["A", "A", "B", "B", "C", None],
        }
    )
    for options in ({}, {"ngrams": (1, 2)}, {"measures": ["log_odds", "chi2"], "only": "target"}):
        table = corpus.keyness(by="source", **options)
        assert (table.metadata["groups"], table.metadata["groups_left_out"]) == ("3", "1")
        for source in ("A", "B", None):
            rows = [row for row in table if row["source"] == source]
            alone = corpus.keyness({"source": source}, **options).to_dicts()
            assert rows == [{"source": source, **row} for row in alone]
    assert list(dict.fromkeys(table["source"])) == ["A", "B", None]
    first = corpus.keyness(by="source", n=1)
    assert first["term"] == ["rain", "wind", "snow"]


def test_the_bootstrap_of_groups_is_that_of_selections() -> None:
    options = {"measures": "log_ratio", "bootstrap": 50}
    table = SAMPLES.keyness(by="place", **options)
    for place in set(table["place"]):
        rows = [row for row in table if row["place"] == place]
        assert rows == [{"place": place, **row} for row in SAMPLES.keyness({"place": place}, **options)]
    with pytest.raises(ng.ConfigError, match="divides"):
        SAMPLES.keyness(by="zone", **options)


def test_entities_are_compared_by_their_mentions() -> None:
    corpus = ng.Corpus(
        {
            "text": [
                "Angela Merkel met Emmanuel Macron. Merkel smiled.",
                "Angela Merkel flew to Rome.",
                "Boris Johnson left London. Johnson lost.",
                "Boris Johnson met Angela Merkel.",
            ],
            "paper": ["A", "A", "B", "B"],
        }
    )
    table = corpus.keyness({"paper": "A"}, of="entities")
    counts = {row["entity"]: (row["target"], row["reference"]) for row in table}
    for side, paper in enumerate("AB"):
        expected = {}
        for row in corpus.mentions():
            if row["article"] in ([0, 1], [2, 3])[side]:
                expected[row["entity"]] = expected.get(row["entity"], 0) + 1
        assert {name: count[side] for name, count in counts.items() if count[side]} == expected, paper
        assert table.metadata["N1" if side == 0 else "N2"] == str(sum(expected.values()))
    assert counts["Angela Merkel"][1] == 1
    people = corpus.keyness(corpus[:2], corpus[1:], of="entities", labels="PER")
    assert people.metadata["overlap"] == "1"
    assert "Rome" not in people["entity"]
    by_paper = corpus.keyness(by="paper", of="entities")
    assert [row["entity"] for row in by_paper if row["paper"] == "A"] == table["entity"]
    with pytest.raises(ng.ConfigError, match="bootstrap"):
        corpus.keyness(by="paper", of="entities", measures="log_ratio", bootstrap=10)
    # Two corpora, in each of which who is who is decided separately.
    first, second = ng.Corpus(["Ann Lee spoke."]), ng.Corpus(["Ann Lee and Bob Ray spoke."])
    two = first.keyness(first, second, of="entities")
    assert {row["entity"]: (row["target"], row["reference"]) for row in two} == {"Ann Lee": (1, 1), "Bob Ray": (0, 1)}


def test_keyness_needs_a_target_or_groups() -> None:
    with pytest.raises(TypeError, match="target"):
        SAMPLES.keyness()
    with pytest.raises(ng.ConfigError, match="by"):
        SAMPLES.keyness(TARGET, by="place")
