"""Copies agree with a slow twin that compares every article with every other."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf as ng

from .oracle.copies import pairs

STORY = "Rain ended the drought in the south on Monday and farmers were glad that day because nothing else had grown."

words = st.sampled_from(["rain", "fell", "sun", "the", "on", "and"])
articles = st.lists(st.lists(words, max_size=14), max_size=7)
days = st.sampled_from([None, 0, 1, 7, 8])
examples = settings(deadline=None, max_examples=150, derandomize=True, database=None)


def corpus_of(articles: list[list[str]], days: list[int | None], threads: int | None = None) -> ng.Corpus:
    first = datetime.date(2019, 1, 1)
    dates = [None if day is None else first + datetime.timedelta(days=day) for day in days]
    texts = [" ".join(words) for words in articles]
    return ng.Corpus({"text": texts, "date": dates}, date="date", layout="plain", threads=threads)


@given(st.data())
@examples
def test_all_pairs_are_those_of_the_twin(data: Any) -> None:
    chosen = data.draw(articles)
    when = [data.draw(days) for _ in chosen]
    measure = data.draw(st.sampled_from(["containment", "jaccard"]))
    threshold = data.draw(st.sampled_from([Fraction(1, 5), Fraction(1, 2), Fraction(7, 10), Fraction(1)]))
    within = data.draw(st.sampled_from([None, 7]))
    table = corpus_of(chosen, when).copies(
        by="pair", measure=measure, threshold=float(threshold), within=None if within is None else f"{within}d"
    )
    expected = pairs(chosen, when, threshold, measure, within)
    found = {(min(row["article"], row["other"]), max(row["article"], row["other"])): row[measure] for row in table}
    assert len(found) == len(table)
    assert found.keys() == expected.keys()
    assert all(abs(found[pair] - float(expected[pair])) < 1e-12 for pair in found)


@given(st.data())
@examples
def test_an_article_is_in_one_cluster_with_one_first(data: Any) -> None:
    chosen = data.draw(articles)
    table = corpus_of(chosen, [data.draw(days) for _ in chosen]).copies(within=None, threshold=0.5)
    assert len(set(table["article"])) == len(table)
    clusters: dict[str, list[str]] = {}
    for row in table:
        clusters.setdefault(row["copy"], []).append(row["role"])
    for roles in clusters.values():
        assert len(roles) > 1
        assert [role == "first" for role in roles] == [True] + [False] * (len(roles) - 1)


def test_the_roles_of_a_wire_story() -> None:
    days = ["2019-01-08", "2019-01-09", "2019-01-09", "2019-01-10", "2019-02-10", "2019-01-10"]
    more = " ".join(f"{name} said so too." for name in ("Ana", "Rui", "Eva"))
    texts = [
        STORY,
        STORY.upper(),
        STORY[:57],
        f"{STORY} {more}",
        STORY,
        "The theatre opened on Friday night with a play.",
    ]
    corpus = ng.Corpus({"text": texts, "date": days}, date="date", layout="plain")
    table = corpus.copies()
    # Of the same day, the longer text comes first.
    assert dict(zip(table["article"], table["role"], strict=True)) == {0: "first", 1: "copy", 2: "part", 3: "version"}
    assert corpus.where(copies="first").articles()["article"] == [0, 4, 5]
    assert len(corpus.copies(within="5w")) == 5
    assert table.metadata["without_words"] == "0"


def test_what_surrounds_a_story_makes_no_difference() -> None:
    bare = f'{STORY}\n\nThe river rose, and Mr. Reis of the U.S. said "enough".'
    dressed = (
        "date 2019-01-08 A new headline\n\nBy Ana Reis\n\nLISBON, Jan 8 (Reuters) - "
        f"{STORY}\n\nThe river rose, and Mr Reis of the US said “enough”.\n\nRead more: our weather page"
    )
    table = ng.Corpus([bare, dressed]).copies()
    assert sorted(zip(table["article"], table["jaccard"], table["agency"], table["place"], strict=True)) == [
        (0, 1.0, None, None),
        (1, 1.0, "Reuters", "LISBON"),
    ]


def test_no_chain_of_copies_leads_to_another_story() -> None:
    chance = random.Random(1)
    text = [f"w{chance.randrange(10**6)}" for _ in range(400)]
    # Each window shares 80 per cent of its shingles with the next.
    windows = [" ".join(text[at : at + 100]) for at in range(0, 300, 20)]
    corpus = ng.Corpus({"text": windows, "date": [f"2019-01-{day:02}" for day in range(1, 16)]}, date="date")
    table = corpus.copies(within=None)
    assert max(table["copy"].count(copy) for copy in set(table["copy"])) <= 3


def test_the_order_of_articles_and_the_threads_do_not_matter() -> None:
    chance = random.Random(2)
    base = [[f"w{chance.randrange(500)}" for _ in range(60)] for _ in range(40)]
    texts = [" ".join(story[: chance.randrange(40, 60)] + ["end"] * chance.randrange(3)) for story in base * 4]
    rows = [
        {"text": text, "name": f"n{at}", "date": f"2019-01-{chance.randrange(1, 29)}"} for at, text in enumerate(texts)
    ]

    def found(rows: list[dict[str, str]], threads: int) -> list[tuple[Any, ...]]:
        columns = {key: [row[key] for row in rows] for key in ("text", "name", "date")}
        table = ng.Corpus(columns, id="name", date="date", threads=threads).copies()
        return [tuple(row.values()) for row in table]

    expected = found(rows, 1)
    assert expected
    for threads in (1, 2, 5):
        chance.shuffle(rows)
        assert found(rows, threads) == expected


def test_many_articles_of_one_template_are_one_cluster() -> None:
    texts = [f"Shares of Company{at} rose on Monday after {STORY} The price was {at} dollars." for at in range(5000)]
    table = ng.Corpus(texts).copies()
    assert len(table) == 5000
    assert len(set(table["copy"])) == 1
    # Each is compared with at most 64 before it and 32 after.
    assert int(table.metadata["pairs"]) < 5000 * 96


def test_articles_without_words_are_copies_of_nothing() -> None:
    table = ng.Corpus(["", "...", "!", "", "Sun.", "Sun"], layout="plain").copies()
    assert table["article"] == [4, 5]
    assert table.metadata == {"pairs": "1", "without_words": "4"}


@pytest.mark.parametrize("within", ["7", "week", "-1d", "1.5d", "", "7d ", "9999999d"])
def test_a_wrong_time_says_what_would_be_right(within: str) -> None:
    with pytest.raises(ng.ConfigError, match='"7d" or "2w"'):
        ng.Corpus(["a"]).copies(within=within)
    with pytest.raises(ng.ConfigError, match="above 0 and at most 1"):
        ng.Corpus(["a"]).copies(threshold=0)


def test_a_field_called_copies_is_not_taken_for_the_condition() -> None:
    corpus = ng.Corpus({"text": ["a"], "copies": [3]})
    with pytest.raises(ng.ConfigError, match='field "copies"'):
        corpus.where(copies="first")


def test_describe_counts_the_copies_of_earlier_articles_in_their_group() -> None:
    corpus = ng.Corpus({"text": [STORY, STORY, STORY + " It rained.", "Sun."], "source": ["X", "Y", "Y", "X"]})
    assert [(row["duplicates"], row["copies"]) for row in corpus.describe()] == [(1, 2)]
    assert [(row["duplicates"], row["copies"]) for row in corpus.describe(by="source")] == [(0, 1), (0, 1)]
    assert len(corpus.where(copies="first")) == len(corpus) - corpus.describe()[0]["copies"]


@given(st.data())
@examples
def test_shared_passages_are_the_same_words_and_cover_every_shared_shingle(data: Any) -> None:
    chosen = data.draw(articles)
    corpus = corpus_of(chosen, [None] * len(chosen))
    passages = corpus.copies(spans=True, threshold=0.3)
    covered: dict[Any, set[int]] = {}
    for row in passages:
        text, first = corpus.text(row["article"]), corpus.text(row["first"])
        assert text[row["start"] : row["end"]] == row["text"] == first[row["first_start"] : row["first_end"]]
        covered.setdefault(row["article"], set()).update(range(row["start"], row["end"]))
    firsts = {row["copy"]: row["article"] for row in corpus.copies(threshold=0.3) if row["role"] == "first"}
    for row in corpus.copies(threshold=0.3):
        own, others = chosen[row["article"]], chosen[firsts[row["copy"]]]
        size = min(5, len(own), len(others))
        there = {tuple(others[at : at + size]) for at in range(len(others) - size + 1)}
        for at in range(len(own) - size + 1):
            if row["role"] != "first" and tuple(own[at : at + size]) in there:
                start = len(" ".join(own[:at])) + (at > 0)
                assert set(range(start, start + len(" ".join(own[at : at + size])))) - covered[row["article"]] <= {
                    place for place, letter in enumerate(" ".join(own)) if letter == " "
                }


def test_a_passage_is_within_one_paragraph_and_ignores_what_copies_ignore() -> None:
    story = f"LISBON, Jan 8 (Reuters) - {STORY}\n\nThe ministry’s men — all of them — went home."
    other = f"A headline\n\n{STORY.upper()} The ministry's men - all of them - went home. It was dry again."
    corpus = ng.Corpus([story, other])
    assert [(row["article"], row["text"]) for row in corpus.copies(spans=True)] == [
        (0, STORY[:-1]),
        (0, "The ministry’s men — all of them — went home"),
    ]
    with pytest.raises(ng.ConfigError, match="spans"):
        corpus.copies(spans=True, by="pair")
