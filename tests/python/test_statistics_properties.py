"""Properties of every statistic: threads and the order of articles do not matter, nothing is lost,
no NaN.
"""

from __future__ import annotations

import math
import pickle
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nutgraf as ng

examples = settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

SENTENCES = [
    "Prime Minister Anna Kowalski met President Juan Moreno in Lisbon on Monday.",
    "Kowalski said the flood barrier would be built by 2030.",
    "The World Health Organization (WHO) warned of a new flood in Spain.",
    "The WHO said the warning was late.",
    "Rain, rain and more rain fell on the old flood barrier.",
    "Mr Moreno flew home to Madrid.",
    "A spokesman for Nordbank AG declined to comment.",
    "“The barrier held,” she said. “It held all night.”",
    "Nordbank shares fell 3.5 percent.",
    "U.S. officials were in Lisbon, too.",
    "It rained.",
]

#: A text of some sentences, its date and its source.
ROW = st.tuples(
    st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join),
    st.sampled_from(["2019-01-08", "2019-01-31", "2019-02-01", "2020-02-29"]),
    st.sampled_from(["A", "B", "C"]),
)
ROWS = st.lists(ROW, max_size=7)
Rows = list[tuple[str, str, str]]


def corpus_of(rows: Rows, order: list[int] | None = None, threads: int | None = None) -> ng.Corpus:
    """The rows as a corpus, in a given order; ids identify them in any order."""
    order = list(range(len(rows))) if order is None else order
    columns = {name: [rows[at][place] for at in order] for place, name in enumerate(("text", "date", "source"))}
    return ng.Corpus(columns | {"name": [f"n{at}" for at in order]}, id="name", date="date", threads=threads)


def keyness(corpus: ng.Corpus) -> ng.Table | None:
    target = corpus.where(source="A")
    if not 0 < len(target) < len(corpus) or not len(target.terms()) or not len(corpus.where(source=["B", "C"]).terms()):
        return None
    return corpus.keyness(target, measures=["log_likelihood", "log_ratio", "log_odds", "text_dispersion"], bootstrap=20)


#: Verbs whose rows are about the whole batch or its groups.
WHOLE: dict[str, Callable[[ng.Corpus], ng.Table | None]] = {
    "terms": lambda corpus: corpus.terms(by="source", ngrams=(1, 2)),
    "collocations": lambda corpus: corpus.collocations(measures=["pmi", "npmi", "log_likelihood", "dice", "t_score"]),
    "collocations, windowed": lambda corpus: corpus.collocations(window=4, by="source", stopwords="english"),
    "collocations of three": lambda corpus: corpus.collocations(ngrams=(2, 3)),
    "cooccurrence of terms": lambda corpus: corpus.cooccurrence(of="terms", stopwords="english"),
    "cooccurrence of entities": lambda corpus: corpus.cooccurrence(within="article", by="month"),
    "dispersion": lambda corpus: corpus.dispersion(),
    "dispersion by source": lambda corpus: corpus.dispersion(by="source", ngrams=2),
    "keyness": keyness,
    "entities": lambda corpus: corpus.entities(),
    "entities by month": lambda corpus: corpus.entities(by="month"),
    "keywords by source": lambda corpus: corpus.keywords(n=5, by="source"),
    "trend": lambda corpus: corpus.trend(["flood", "rain"]),
    "trend of entities": lambda corpus: corpus.trend(of="entities", tests=True),
    "bursts": lambda corpus: corpus.bursts(["flood", "rain"], min_count=1),
    "diversity by source": lambda corpus: corpus.diversity(measures=["ttr", "yule_k", "entropy"], by="source"),
    "readability by source": lambda corpus: corpus.readability(by="source"),
}

#: Verbs whose rows are about an article.
EACH: dict[str, Callable[[ng.Corpus], ng.Table]] = {
    "tfidf": lambda corpus: corpus.tfidf(),
    # Ties are in the order of the articles.
    "search": lambda corpus: corpus.search("flood barrier", n=1000)[["article", "score", "snippet"]],
    "kwic": lambda corpus: corpus.kwic("flood *", window=4),
    "diversity": lambda corpus: corpus.diversity(),
    "readability": lambda corpus: corpus.readability(),
    "mentions": lambda corpus: corpus.mentions(),
} | {
    f"keywords, {method}": lambda corpus, method=method: corpus.keywords(n=5, method=method)
    for method in ("news", "yake", "rake", "textrank", "positionrank", "topicrank", "tfidf", "firstphrases")
}
VERBS: dict[str, Callable[[ng.Corpus], ng.Table | None]] = {**WHOLE, **EACH}


def sorted_rows(table: ng.Table) -> list[str]:
    return sorted(map(repr, table.to_dicts()))


@pytest.mark.parametrize("verb", VERBS)
@examples
@given(rows=ROWS)
def test_one_thread_equals_three(verb: str, rows: Rows) -> None:
    one, three = (VERBS[verb](corpus_of(rows, threads=threads)) for threads in (1, 3))
    assert pickle.dumps(one) == pickle.dumps(three)


@pytest.mark.parametrize("verb", WHOLE)
@examples
@given(rows=ROWS, chance=st.randoms())
def test_the_order_of_articles_does_not_matter(verb: str, rows: Rows, chance: random.Random) -> None:
    order = sorted(range(len(rows)), key=lambda _: chance.random())
    in_order, shuffled = (WHOLE[verb](corpus_of(rows, order)) for order in (None, order))
    if in_order is None or shuffled is None:
        assert in_order is shuffled
        return
    assert in_order.columns == shuffled.columns
    for name in in_order.columns:
        # Resamples are drawn by position, and the reduced frequency depends on positions.
        if name != "arf" and not name.endswith(("_low", "_high")):
            # Sums over articles may differ in the last digit.
            expected = [pytest.approx(x, rel=1e-12, abs=1e-12) if isinstance(x, float) else x for x in in_order[name]]
            assert shuffled[name] == expected, name


@pytest.mark.parametrize("verb", EACH)
@examples
@given(rows=ROWS, chance=st.randoms())
def test_the_order_of_articles_changes_nothing_about_one(verb: str, rows: Rows, chance: random.Random) -> None:
    order = sorted(range(len(rows)), key=lambda _: chance.random())
    assert sorted_rows(EACH[verb](corpus_of(rows))) == sorted_rows(EACH[verb](corpus_of(rows, order)))


@pytest.mark.parametrize("verb", VERBS)
@examples
@given(rows=ROWS)
def test_no_number_is_nan_or_infinite(verb: str, rows: Rows) -> None:
    table = VERBS[verb](corpus_of(rows))
    for row in table or []:
        for name, value in row.items():
            assert not isinstance(value, float) or math.isfinite(value), (name, row)


@examples
@given(rows=ROWS, more=ROWS)
def test_counts_of_two_batches_add_up(rows: Rows, more: Rows) -> None:
    def counts(rows: Rows, verb: Callable[[ng.Corpus], ng.Table], *keys: str) -> Counter[Any]:
        return Counter({tuple(row[key] for key in keys): row["count"] for row in verb(corpus_of(rows))})

    for verb, keys in (
        (lambda corpus: corpus.collocations(), ("phrase",)),
        (lambda corpus: corpus.collocations(window=3), ("phrase",)),
        (lambda corpus: corpus.cooccurrence(of="terms", within="paragraph"), ("a", "b")),
    ):
        assert counts(rows, verb, *keys) + counts(more, verb, *keys) == counts(rows + more, verb, *keys)


@examples
@given(rows=ROWS)
def test_every_mention_is_counted_once(rows: Rows) -> None:
    corpus = corpus_of(rows)
    mentions, entities = corpus.mentions(), corpus.entities()
    assert sum(entities["mentions"]) == len(mentions)
    assert Counter(zip(entities["entity"], entities["label"], strict=True)) == Counter(
        set(zip(mentions["entity"], mentions["label"], strict=True))
    )
    for row in entities:
        alike = [other for other in mentions if (other["entity"], other["label"]) == (row["entity"], row["label"])]
        assert row["mentions"] == len(alike)
        assert row["articles"] == len({other["article"] for other in alike})


@examples
@given(rows=ROWS, times=st.integers(2, 4))
def test_a_repeated_batch_has_the_same_effect_sizes(rows: Rows, times: int) -> None:
    """Ratios do not depend on the size of a corpus; counts grow with it."""
    once, again = corpus_of(rows), corpus_of(rows * times)
    measures: list[Any] = ["pmi", "dice", "jaccard"]
    # By phrase: rounding may change the order of ties.
    first, second = (corpus.collocations(measures=measures, sort="phrase") for corpus in (once, again))
    assert first["phrase"] == second["phrase"]
    assert [count * times for count in first["count"]] == second["count"]
    for measure in measures:
        assert second[measure] == pytest.approx(first[measure], rel=1e-9, abs=1e-12)
    one, many = (corpus.terms() for corpus in (once, again))
    assert (one["term"], one["per_million"]) == (many["term"], pytest.approx(many["per_million"], rel=1e-12))
