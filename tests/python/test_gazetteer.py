"""Gazetteers: cases as data, a naive twin, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.python.oracle import gazetteer as oracle

import nutgraf as ng

try:
    import tomllib
except ImportError:
    tomllib = pytest.importorskip("tomli")

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


def test_the_first_entry_of_a_name_stands_and_the_others_are_told() -> None:
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
    pd = pytest.importorskip("pandas")
    assert ng.Gazetteer(pd.DataFrame(columns)).entries.to_dicts() == expected
    pl = pytest.importorskip("polars")
    assert ng.Gazetteer(pl.DataFrame(columns)).entries.to_dicts() == expected
    pa = pytest.importorskip("pyarrow")
    assert ng.Gazetteer(pa.table(columns)).entries.to_dicts() == expected
    assert ng.Gazetteer(ng.Gazetteer(columns).entries).entries.to_dicts() == expected
    gazetteer = ng.Gazetteer(columns)
    assert gazetteer.find(pd.Series(["x", "IBM"], index=["u", "v"]))["article"] == ["v"]
    for texts in (pl.Series(["IBM"]), pa.array(["IBM"]), ("IBM",)):
        assert gazetteer.find(texts)["article"] == [0]
