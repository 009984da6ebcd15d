"""Gazetteers: cases as data, a naive twin, and invalid input."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nutgraf as ng

from .oracle import gazetteer as oracle

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = tomllib.loads((Path(__file__).parents[1] / "data/cases/gazetteer.toml").read_text(encoding="utf-8"))["case"]


def of(names: list[str], patterns: list[str] = [], **options: Any) -> ng.Gazetteer:  # noqa: B006
    return ng.Gazetteer([(name, "X") for name in names], patterns=[(name, "P") for name in patterns], **options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    options = {"ignore_case": case.get("ignore_case", False)}
    found = of(case["names"], case.get("patterns", []), **options).find([case["text"]])
    assert found["text"] == case["found"]
    for row in found:
        assert case["text"][row["start"] : row["end"]] == row["text"]


WORDS = st.sampled_from(["a", "b", "B", "é", "E\u0301", "ß", "SS", "İ", "s", "l", "D", "1", "25"])
MARKS = st.sampled_from([" ", "  ", "\n", "\n\n", "-", "'", "’", ".", ",", "&", "_", "\x00", "!"])
TEXTS = st.lists(WORDS | MARKS, max_size=30).map("".join)
NAMES = st.lists(WORDS | MARKS, min_size=1, max_size=5).map("".join).filter(lambda name: any(map(str.isalnum, name)))


@given(st.lists(NAMES.filter(lambda name: "\n\n" not in name), min_size=1, max_size=6), TEXTS, st.booleans())
@settings(max_examples=400, deadline=None)
def test_the_naive_twin_finds_the_same(names: list[str], text: str, ignore_case: bool) -> None:
    found = of(names, ignore_case=ignore_case).find([text])
    expected = oracle.found(names, text, ignore_case=ignore_case)
    assert list(zip(found["start"], found["end"], strict=True)) == [(start, end) for start, end, _ in expected]


@given(st.lists(TEXTS, max_size=8), st.lists(NAMES, max_size=6))
@settings(max_examples=100, deadline=None)
def test_threads_and_neighbours_do_not_matter(texts: list[str], names: list[str]) -> None:
    gazetteer = of(names, patterns=[r"\w+-\w+"])
    whole = gazetteer.find(texts, threads=4)
    single = [
        row for at, text in enumerate(texts) for row in (r | {"article": at} for r in gazetteer.find([text], threads=1))
    ]
    assert whole.to_dicts() == single
    assert pickle.loads(pickle.dumps(gazetteer)).find(texts).to_dicts() == single


def test_entities_and_labels() -> None:
    gazetteer = ng.Gazetteer(
        [("Big  Blue", "ORG"), ("IBM", "ORG", "Big Blue"), ("Rex", "DOG", None)],
        patterns=[(r"[A-Z]{2}\d+", "FLIGHT"), (r"flight\s\d+", "FLIGHT", "a flight")],
    )
    table = gazetteer.find(["Big Blue and IBM took AF12 and flight 12 with Rex"])
    assert list(zip(table["label"], table["entity"], strict=True)) == [
        ("ORG", "Big Blue"),
        ("ORG", "Big Blue"),
        ("FLIGHT", "AF12"),
        ("FLIGHT", "a flight"),
        ("DOG", "Rex"),
    ]
    assert len(gazetteer) == 5
    assert gazetteer.labels == ["ORG", "DOG", "FLIGHT"]
    assert repr(gazetteer) == "Gazetteer(3 names, 2 patterns: ORG, DOG, FLIGHT)"
    assert gazetteer.entries["name"][0] == "Big Blue"
    assert repr(ng.Gazetteer()) == "Gazetteer(0 names: no labels)"


def test_the_first_entry_of_a_name_is_used_and_the_others_are_listed() -> None:
    entries = [("Paris", "CITY"), ("Paris", "CITY"), ("PARIS", "PER", "Paris Hilton"), ("Rome", "CITY")]
    gazetteer = ng.Gazetteer(entries, ignore_case=True)
    assert len(gazetteer) == 2
    assert gazetteer.find(["paris"])["label"] == ["CITY"]
    assert gazetteer.duplicates.to_dicts() == [{"entry": 2, "name": "PARIS", "first": 0}]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([("a", "X"), ("b",)], "entry 1: the entry has 1 value; expected (name, label) or (name, label, entity)"),
        ([("a", "X", "y", "z")], "entry 0: the entry has 4 values"),
        (["ab"], "entry 0: the entry is a single str"),
        ([7], "entry 0: the entry is of type int"),
        ([(None, "X")], "entry 0: the name is None; expected a str"),
        ([(7, "X")], "entry 0: the name is of type int; expected a str"),
        ([("a", None)], "entry 0: the label is None; expected a str"),
        ([("a", "X", 5)], "entry 0: the entity is of type int; expected a str"),
        ([("a", "")], "entry 0: the label is empty"),
        ([("a", "X", " ")], "entry 0: the entity is empty"),
        ([("a", "X"), (" \n", "X")], "entry 1: the name is empty"),
        ([("—", "X")], 'entry 0: the name "—" has neither letter nor digit'),
        ([("\ud800", "X")], "entry 0: the name: a lone surrogate"),
    ],
)
def test_wrong_entries_are_named(entries: list[Any], said: str) -> None:
    with pytest.raises(ng.ParseError) as caught:
        ng.Gazetteer(entries)
    assert said in str(caught.value)
    assert (caught.value.kind, caught.value.field) == ("bad_record", "entries")


@pytest.mark.parametrize(
    ("patterns", "said"),
    [
        ([("a", "X"), ("b(", "X")], 'pattern 1: "b(" cannot be read'),
        ([("", "X")], "pattern 0: the expression is empty"),
        ([("(?=a)", "X")], "look-around"),
        ([("a",)], "pattern 0: the pattern has 1 value; expected (expression, label)"),
        ([(None, "X")], "pattern 0: the expression is None"),
    ],
)
def test_wrong_patterns_are_named(patterns: list[Any], said: str) -> None:
    with pytest.raises(ng.ParseError) as caught:
        ng.Gazetteer(patterns=patterns)
    assert said in str(caught.value)


def test_wrong_calls_are_named() -> None:
    with pytest.raises(ng.ConfigError, match=r'there is no column "label"; there are name, kind'):
        ng.Gazetteer({"name": ["a"], "kind": ["X"]})
    with pytest.raises(ng.ConfigError, match="columns differ in length"):
        ng.Gazetteer({"name": ["a"], "label": []})
    with pytest.raises(ng.ConfigError, match="more than 200 labels"):
        ng.Gazetteer([(f"n{at}", f"L{at}") for at in range(201)])
    for wrong in ("Paris", 7):
        with pytest.raises(TypeError, match="entries takes tuples"):
            ng.Gazetteer(wrong)
    with pytest.raises(TypeError, match="patterns takes tuples"):
        ng.Gazetteer(patterns="a+")
    with pytest.raises(TypeError, match="put it in a list"):
        of(["a"]).find("a")
    with pytest.raises(ng.ParseError, match="article 1: the text is None"):
        of(["a"]).find(["a", None])


def test_frames_are_entries_and_an_index_is_an_id() -> None:
    columns = {"name": ["Paris", "IBM"], "label": ["CITY", "ORG"], "entity": [None, "Big Blue"], "note": [1, 2]}
    expected = ng.Gazetteer(columns).entries.to_dicts()
    assert [row["entity"] for row in expected] == [None, "Big Blue"]
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    assert ng.Gazetteer(pd.DataFrame(columns)).entries.to_dicts() == expected
    assert ng.Gazetteer(pl.DataFrame(columns)).entries.to_dicts() == expected
    assert ng.Gazetteer(pa.table(columns)).entries.to_dicts() == expected
    assert ng.Gazetteer(ng.Gazetteer(columns).entries).entries.to_dicts() == expected
    gazetteer = ng.Gazetteer(columns)
    assert gazetteer.find(pd.Series(["x", "IBM"], index=["u", "v"]))["article"] == ["v"]
    for texts in (pl.Series(["IBM"]), pa.array(["IBM"]), ("IBM",)):
        assert gazetteer.find(texts)["article"] == [0]


SUMMIT = (
    "date 2019-01-08 Angela Merkel flew to Paris with Acme Widgets. Mrs Merkel met the Blue Team. The chancellor left.\n\n"
    "Credit: AP/Ng Han Guan"
)
OWN = ng.Gazetteer(
    [("Angela Merkel", "PER"), ("the chancellor", "PER", "Angela Merkel"), ("Blue Team", "TEAM", "The Blues")],
    ignore_case=True,
)


def test_own_names_take_precedence_over_the_tagger_and_keep_their_labels_and_entities() -> None:
    corpus = ng.Corpus([SUMMIT])
    found = {row["text"]: (row["label"], row["entity"]) for row in corpus.mentions(gazetteer=OWN)}
    assert found["Angela Merkel"] == found["Merkel"] == found["The chancellor"] == ("PER", "Angela Merkel")
    assert found["Blue Team"] == ("TEAM", "The Blues")
    assert found["Paris"] == ("LOC", "Paris")
    assert {row["entity"]: row["mentions"] for row in corpus.entities(gazetteer=OWN)}["Angela Merkel"] == 3
    assert corpus.mentions(gazetteer=OWN, labels="TEAM")["text"] == ["Blue Team"]
    assert "The chancellor" in corpus.aliases(gazetteer=OWN)["alias"]
    assert ("Angela Merkel", "The Blues") in {(row["a"], row["b"]) for row in corpus.cooccurrence(gazetteer=OWN)}
    assert "The Blues" in corpus.network(gazetteer=OWN).nodes["entity"]
    told = str(corpus.explain(0, SUMMIT.index("Merkel met"), gazetteer=OWN))
    assert "surname" in told
    assert "own_name" in told
    # The mentions of the tagger are unchanged.
    assert "TEAM" not in corpus.mentions()["label"]


def test_every_match_in_the_zones_is_a_mention() -> None:
    corpus = ng.read(ng.samples())
    gazetteer = ng.Gazetteer(patterns=[(r"\b(the|The) [a-z]+\b", "NOUN")])
    mentions = corpus.mentions(zones="all", labels="NOUN", gazetteer=gazetteer)
    zones = corpus.zones(zones="all")
    assert len(mentions) == len(gazetteer.find(zones["text"]))
    for row in mentions:
        assert row["entity"] == " ".join(row["text"].split())
    both = corpus.mentions(zones="all", gazetteer=gazetteer)
    last: dict[Any, int] = {}
    for row in both.to_dicts():
        key = (row["article"], row["zone"], row["sentence"])
        assert row["start"] >= last.get(key, 0)
        last[key] = row["end"]


def test_what_a_gazetteer_says_does_not_depend_on_threads_or_order() -> None:
    texts = [
        SUMMIT,
        "Merkel left.",
        "Angela Merkel came. Ms Merkel left.",
        "Mr Angela Merkel came.",
        "Angela Merkel sang.",
    ]

    def rows(order: list[int], threads: int) -> list[tuple[Any, ...]]:
        frame = {"text": [texts[at] for at in order], "id": order}
        mentions = ng.Corpus(frame, threads=threads).mentions(gazetteer=OWN)
        return sorted(tuple(row[name] for name in ("article", "start", "label", "entity")) for row in mentions)

    expected = rows([0, 1, 2, 3, 4], 1)
    assert rows([0, 1, 2, 3, 4], 4) == expected == rows([4, 2, 0, 3, 1], 2)
    # One entity per name, whatever the titles, and a lone surname elsewhere belongs to it.
    assert {entity for *_, label, entity in expected if label == "PER"} == {"Angela Merkel"}


def test_mentions_of_another_source_come_back_as_they_are() -> None:
    corpus = ng.read(ng.samples())
    mentions = corpus.mentions(zones="all")
    again = corpus.with_mentions(mentions)
    columns = ["article", "start", "end", "text"]
    assert [[row[name] for name in columns] for row in again.mentions(zones="all")] == [
        [row[name] for name in columns] for row in mentions
    ]
    assert again.mentions(zones="all")["label"] == mentions["label"]
    fixed = corpus.with_mentions({name: mentions[name] for name in ("article", "start", "end", "label", "entity")})
    assert fixed.mentions(zones="all")["entity"] == mentions["entity"]
    assert sum(fixed.entities(zones="all")["mentions"]) == len(mentions)
    half = corpus[::2]
    kept = set(half.articles()["article"])
    of_half = [row for row in mentions.to_dicts() if row["article"] in kept]
    assert len(half.with_mentions(of_half).mentions(zones="all")) == len(of_half)


def test_given_mentions_are_the_only_ones_and_are_tied_as_usual() -> None:
    text = "Dr Ann Lee and Bob met Ünal. Lee left; Bob stayed at IBM."
    spans = [(3, 10, "PERSON"), (15, 18, "DOG"), (23, 27, "PERSON"), (29, 32, "PERSON"), (39, 42, "DOG")]
    rows = [{"article": "x", "start": start, "end": end, "label": label} for start, end, label in reversed(spans)]
    corpus = ng.Corpus({"text": [text], "id": ["x"]}).with_mentions(rows)
    found = [(row["text"], row["label"], row["entity"]) for row in corpus.mentions()]
    assert found == [
        ("Ann Lee", "PERSON", "Ann Lee"),
        ("Bob", "DOG", "Bob"),
        ("Ünal", "PERSON", "Ünal"),
        ("Lee", "PERSON", "Ann Lee"),
        ("Bob", "DOG", "Bob"),
    ]
    assert len(corpus[0:1].mentions()) == 5
    assert len(ng.Corpus([text]).with_mentions([]).mentions()) == 0
    for option in ({"gazetteer": OWN}, {"tagger": ng.EntityTagger.default()}):
        with pytest.raises(ng.ConfigError, match="external mentions"):
            corpus.mentions(**option)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="gazetteer takes a Gazetteer"):
        ng.Corpus([text]).mentions(gazetteer=[("a", "b")])  # type: ignore[arg-type]


GOOD = {"article": 0, "start": 0, "end": 4, "label": "X"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([GOOD, GOOD | {"article": 9}], "mention 1: there is no article 9"),
        ([GOOD | {"article": []}], "mention 0: there is no article []"),
        ([GOOD | {"end": 99}], "mention 0: start 0 and end 99; expected 0 <= start < end <= 20"),
        ([GOOD | {"start": -1}], "mention 0: start -1 and end 4"),
        ([GOOD | {"start": 4}], "mention 0: start 4 and end 4"),
        ([GOOD, GOOD | {"start": 3, "end": 6}], "mention 1: characters 3 to 6 overlap those of mention 0, 0 to 4"),
        ([GOOD | {"start": 1.5}], "mention 0: the start is 1.5"),
        ([GOOD | {"end": None}], "mention 0: the end is None"),
        ([GOOD | {"label": None}], "mention 0: the label is None"),
        ([GOOD | {"label": ""}], "mention 0: the label is empty"),
        ([GOOD | {"entity": " "}], "mention 0: the entity is empty"),
        ([GOOD | {"entity": 7}], "mention 0: the entity is 7"),
        ([GOOD | {"start": 4, "end": 5}], "mention 0: characters 4 to 5 are in no zone"),
    ],
)
def test_wrong_mentions_are_named(rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ng.ParseError) as caught:
        ng.Corpus(["Rain fell on Lisbon."]).with_mentions(rows)
    assert said in str(caught.value)


def test_missing_columns_are_named() -> None:
    with pytest.raises(ng.ConfigError, match='there is no column "label"; there are article, start, end, kind'):
        ng.Corpus(["a"]).with_mentions({"article": [], "start": [], "end": [], "kind": []})
    for wrong in ("spans", 7):
        with pytest.raises(TypeError, match="spans takes a frame"):
            ng.Corpus(["a"]).with_mentions(wrong)


def test_ten_thousand_names_in_one_sentence() -> None:
    names = [f"Name{at} Surname{at}" for at in range(10_000)]
    text = "Here are " + ", ".join(names) + "."
    gazetteer = of(names)
    assert gazetteer.find([text])["text"] == names
    assert ng.Corpus([text]).mentions(gazetteer=gazetteer, labels="X")["text"] == names
    assert gazetteer.find([text.upper()])["text"] == []
    assert of(names, ignore_case=True).find([text.upper()])["text"] == [name.upper() for name in names]


def test_a_million_names() -> None:
    gazetteer = ng.Gazetteer([(f"Given{at % 1000} Family{at}", "PER") for at in range(1_000_000)])
    assert len(gazetteer) == 1_000_000
    assert gazetteer.find(["Given7 Family1007 and Given7 Family1008"])["text"] == ["Given7 Family1007"]
