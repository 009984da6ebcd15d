"""``weight="copies"`` counts each story once, as a slow twin does with fractions."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf as ng

from .oracle.weight import sums, weights

STORIES = [
    "Rain ended the drought in the south on Monday, and Angela Merkel was glad of it.",
    "Angela Merkel met Emmanuel Macron in Paris to speak about the price of gas and of bread.",
    "The farmers of the valley had no rain at all, said Emmanuel Macron, who was on holiday there.",
]
#: Sentences that an outlet adds, which leave a copy a copy.
ADDED = ["", " It rained.", " Macron left."]

articles = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(["X", "Y"])), min_size=1, max_size=12
)
examples = settings(deadline=None, max_examples=25, derandomize=True, database=None)


def corpus_of(articles: list[tuple[int, int, str]], threads: int | None = None) -> ng.Corpus:
    frame = {
        "text": [STORIES[story] + ADDED[added] for story, added, _ in articles],
        "date": ["2019-01-08"] * len(articles),
        "source": [source for *_, source in articles],
    }
    return ng.Corpus(frame, date="date", threads=threads)


def shown(table: ng.Table) -> list[dict[str, Any]]:
    return table.to_dicts()


@given(articles)
@examples
def test_counts_are_the_sums_of_the_twin(articles: list[tuple[int, int, str]]) -> None:
    corpus = corpus_of(articles)
    expected = sums(corpus, corpus.terms(by=["article"]), ["term"])
    table = corpus.terms(weight="copies")
    assert {row["term"]: [row["count"], row["articles"]] for row in table} == {
        term: [float(number) for number in numbers] for (term,), numbers in expected.items()
    }
    total = float(sum(count for count, _ in expected.values()))
    assert math.isclose(float(table.metadata["total"]), total)
    assert float(table.metadata["articles"]) == float(sum(weights(corpus).values()))
    assert all(math.isclose(row["per_million"], row["count"] * 1e6 / total) for row in table)
    phrases = sums(corpus, corpus.terms(by=["article", "source"], ngrams=2), ["source", "term"])
    rows = corpus.terms(by="source", ngrams=2, weight="copies")
    assert {(row["source"], row["term"]): [row["count"], row["articles"]] for row in rows} == {
        key: [float(number) for number in numbers] for key, numbers in phrases.items()
    }
    named = sums(corpus, corpus.entities(by="article"), ["entity"])
    assert {row["entity"]: [row["mentions"], row["articles"]] for row in corpus.entities(weight="copies")} == {
        name: [float(number) for number in numbers] for (name,), numbers in named.items()
    }
    series = corpus.trend(["rain", "macron"], by="day", weight="copies")
    assert {row["item"]: [row["count"], row["articles"]] for row in series} == {
        item: [float(number) for number in expected.get((item,), [0, 0])] for item in ("rain", "macron")
    }
    together = sums(corpus, corpus.cooccurrence(by="article"), ["a", "b"])
    assert {(row["a"], row["b"]): [row["count"], row["articles"]] for row in corpus.cooccurrence(weight="copies")} == {
        pair: [float(number) for number in numbers] for pair, numbers in together.items()
    }
    of_articles = weights(corpus)
    for window in (1, 3):
        pairs: dict[str, Any] = {}
        for row in corpus.collocations(by="article", window=window, measures="dice"):
            pairs[row["phrase"]] = pairs.get(row["phrase"], 0) + row["count"] * of_articles[row["article"]]
        found = corpus.collocations(window=window, measures="dice", weight="copies")
        assert {row["phrase"]: row["count"] for row in found} == {name: float(n) for name, n in pairs.items()}
    words = [corpus[[at]].cooccurrence(of="terms") for at in range(len(corpus))]
    expected_words: dict[Any, Any] = {}
    for article, table in zip(corpus.articles()["article"], words, strict=True):
        for row in table:
            pair = row["a"], row["b"]
            expected_words[pair] = expected_words.get(pair, 0) + row["count"] * of_articles[article]
    found = corpus.cooccurrence(of="terms", weight="copies")
    assert {(row["a"], row["b"]): row["count"] for row in found} == {
        pair: float(number) for pair, number in expected_words.items()
    }
    counted = corpus.count({"rain": "rain"}, by="day", weight="copies")[0]
    assert [counted["count"], counted["articles"]] == [float(n) for n in expected.get(("rain",), [0, 0])]
    assert math.isclose(counted["words"], total)


@given(articles)
@examples
def test_neither_the_threads_nor_the_order_of_the_articles_matter(articles: list[tuple[int, int, str]]) -> None:
    def tables(articles: list[tuple[int, int, str]], threads: int) -> list[Any]:
        corpus = corpus_of(articles, threads)
        return [
            shown(corpus.terms(weight="copies", by="source")),
            shown(corpus.entities(weight="copies")),
            shown(corpus.trend(n=5, weight="copies")),
            shown(corpus.cooccurrence(weight="copies")),
            shown(corpus.cooccurrence(of="terms", window=2, weight="copies")),
            shown(corpus.collocations(window=2, weight="copies", sort="phrase")),
        ]

    assert tables(articles, 1) == tables(articles, 2) == tables(articles[::-1], 2)


@pytest.mark.parametrize(
    "verb",
    [
        lambda c, **weight: c.terms(by="source", ngrams=(1, 2), **weight),
        lambda c, **weight: c.entities(**weight)[["entity", "mentions", "articles"]],
        lambda c, **weight: c.trend(by=["day", "source"], n=None, **weight),
        lambda c, **weight: c.trend(of="entities", tests=True, **weight),
        lambda c, **weight: c.cooccurrence(measures=["log_likelihood", "dice"], **weight),
        lambda c, **weight: c.cooccurrence(by="source", within="article", min_pairs=1, **weight),
        lambda c, **weight: c.cooccurrence(of="terms", within="article", min_articles=2, sort="a", **weight),
        lambda c, **weight: c.cooccurrence(of="terms", window=3, min_pairs=2, **weight),
        lambda c, **weight: c.network(**weight).edges,
        lambda c, **weight: c.network(isolated=True, **weight).nodes[["entity", "mentions", "articles"]],
        lambda c, **weight: c.collocations(by="source", ngrams=(2, 3), measures=["pmi", "mikolov"], **weight),
        lambda c, **weight: c.collocations(window=4, min_count=2, compat="nltk", **weight),
        lambda c, **weight: c.collocations(min_articles=2, measures="log_likelihood", sort="phrase", **weight),
        lambda c, **weight: c.bursts(by="day", min_count=1, **weight),
        lambda c, **weight: c.count({"a": ["rain*", "ga*"]}, by=["zone", "source"], **weight),
        lambda c, **weight: c.keyness(
            by="source", measures=["log_likelihood", "log_odds", "text_dispersion"], **weight
        ),
        lambda c, **weight: c.keyness(c.where(source="X"), of="entities", **weight),
        lambda c, **weight: c.keyness(c.where(source="X"), c.where(source="Y"), min_count=2, **weight),
    ],
)
def test_five_copies_of_a_corpus_count_as_the_corpus_itself(verb: Any) -> None:
    frame = {"text": STORIES, "date": ["2019-01-08", "2019-01-09", "2019-01-19"], "source": ["X", "Y", "Y"]}
    once = ng.Corpus(frame, date="date")
    often = ng.Corpus({name: values * 5 for name, values in frame.items()}, date="date")
    expected, found = shown(verb(once)), shown(verb(often, weight="copies"))
    assert len(expected) == len(found) > 0 or "level" in verb(once).columns
    for a, b in zip(expected, found, strict=True):
        assert a == pytest.approx(b, nan_ok=True)


def test_copies_are_those_of_the_corpus_whose_verb_is_called() -> None:
    corpus = corpus_of([(0, 0, "X"), (0, 1, "Y"), (1, 0, "X")])
    assert corpus.where(source="X").terms(weight="copies")[0]["count"] == 3.0
    table = corpus.keyness(corpus.where(source="X"), weight="copies")
    assert {row["term"]: row["target"] for row in table}["rain"] == 0.5


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda c: c.count({"a": "rain"}, weight="copies"), "weight"),
        (lambda c: c.trend(on="mentioned", weight="copies"), "weight"),
        (lambda c: c.keyness(c[:1], ng.Corpus([STORIES[0]]), weight="copies"), "weight"),
        (lambda c: c[:1].keyness(c[:1], c[1:], weight="copies"), "weight"),
        (lambda c: c.keyness(c[:1], weight="copies", measures="fisher"), "measures"),
        (lambda c: c.keyness(c[:1], weight="copies", bootstrap=10), "bootstrap"),
        (lambda c: c.keyness(by="source", weight="copies", bootstrap=10), "bootstrap"),
    ],
)
def test_what_makes_no_sense_in_parts_is_refused(call: Any, field: str) -> None:
    with pytest.raises(ng.ConfigError) as caught:
        call(corpus_of([(0, 0, "X"), (1, 1, "Y")]))
    assert caught.value.field == field
