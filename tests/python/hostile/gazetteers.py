"""Pathological lists of names, and texts to search."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

import nutgraf as ng

from .case import Right, Wrong, wrong

LONG = " ".join(f"word{at}" for at in range(100_000))


def shown(names: list[str], text: Any, **options: Any) -> list[str]:
    """Return the matches of names in a text."""
    return ng.Gazetteer([(name, "X") for name in names], **options).find([text])["text"]


def a_million_equal() -> tuple[int, int, bool]:
    """Give a name a million times, which must not take quadratic time."""
    start = time.perf_counter()
    gazetteer = ng.Gazetteer([("Angela Merkel", "PER")] * 1_000_000 + [("Angela Merkel", "ORG")])
    return len(gazetteer), len(gazetteer.duplicates), time.perf_counter() - start < 15


def prefixes(count: int) -> list[str]:
    """Names each of which begins with all earlier ones."""
    return ["a" + " a" * size for size in range(count)]


def entry(name: str, entries: Any, *says: str) -> Wrong:
    """Make a case for entries one of which is invalid."""
    return wrong(name, lambda: ng.Gazetteer(entries), ng.ParseError, *says, kind="bad_record", field="entries")


NAMES = "names of a gazetteer"

WRONG_GAZETTEERS: list[Wrong] = [
    *(
        entry(f"{NAMES}: {shown!r}", [("a", "X"), (name, "X")], "entry 1", *says)
        for shown, name, says in [
            ("empty", "", ("the name is empty",)),
            ("white", " \t\n\u3000", ("the name is empty",)),
            ("NUL", "\x00", ("neither letter nor digit",)),
            ("a joiner", "\u200d", ("neither letter nor digit",)),
            ("emoji", "😀", ("neither letter nor digit",)),
            ("a lone surrogate", "a\udc80", ("the name: a lone surrogate stands at character 1",)),
            ("NaN", float("nan"), ("the name is nan; expected a str",)),
            ("NA", pd.NA, ("the name is <NA>",)),
            ("bytes", b"a", ("the name is of type bytes",)),
            ("a number", np.int64(3), ("the name is of type int64",)),
        ]
    ),
    entry(f"{NAMES}: NaN as a label", [("a", float("nan"))], "entry 0", "the label is nan"),
    entry(f"{NAMES}: a lone surrogate as a label", [("a", "\ud800")], "entry 0", "the label: a lone surrogate"),
    entry(f"{NAMES}: a lone surrogate as an entity", [("a", "X", "\ud800")], "entry 0", "the entity: a lone surrogate"),
    entry(f"{NAMES}: a dict a row", [{"name": "a", "label": "X"}], "entry 0", "of type dict"),
    entry(f"{NAMES}: a set a row", [{"a", "X"}], "entry 0", "of type set"),
    entry(f"{NAMES}: bytes a row", [b"aX"], "entry 0"),
    entry(f"{NAMES}: the last of many", [("a", "X")] * 1000 + [("", "X")], "entry 1000", "the name is empty"),
    entry(f"{NAMES}: the first of two", [("", "X"), 7], "entry 0", "the name is empty"),
    entry(f"{NAMES}: NaN in a frame", pd.DataFrame({"name": ["a", None], "label": "X"}), "entry 1", "the name is"),
    entry(f"{NAMES}: numbers in a frame", pa.table({"name": [1, 2], "label": ["X", "Y"]}), "entry 0", "of type int"),
    wrong("a gazetteer of None", lambda: ng.Gazetteer(None), TypeError, "entries takes tuples", "NoneType"),
    wrong("a gazetteer of bytes", lambda: ng.Gazetteer(b"a"), TypeError, "entries takes tuples"),
    wrong(
        "a gazetteer's frame without labels",
        lambda: ng.Gazetteer(pd.DataFrame({"name": ["a"]})),
        ng.ConfigError,
        'no column "label"',
        "name",
        kind="missing_column",
    ),
    wrong(
        "a gazetteer that ignores case maybe",
        lambda: ng.Gazetteer([], ignore_case="yes"),  # type: ignore[arg-type]
        TypeError,
        "ignore_case",
    ),
    wrong(
        "a pattern too large to be built",
        lambda: ng.Gazetteer(patterns=[(r"(\w{1000}){1000}", "X")]),
        ng.ParseError,
        "pattern 0",
        kind="bad_record",
        field="patterns",
    ),
    wrong("a gazetteer's text of NaN", lambda: shown(["a"], float("nan")), ng.ParseError, "article 0", "nan"),
    wrong("a gazetteer's text of bytes", lambda: shown(["a"], b"a"), ng.ParseError, "article 0", "decode"),
    wrong("a gazetteer's text with a surrogate", lambda: shown(["a"], "a \ud800"), ng.ParseError, "character 2"),
]

RIGHT_GAZETTEERS: list[Right] = [
    Right("a gazetteer without names", lambda: shown([], "a b"), []),
    Right("a gazetteer without texts", lambda: len(ng.Gazetteer([("a", "X")]).find([])), 0),
    Right("a gazetteer and an empty text", lambda: shown(["a"], ""), []),
    Right("a name with NUL inside", lambda: shown(["a\x00b"], "a\x00b a b"), ["a\x00b"]),
    Right("a name of one letter in white space", lambda: shown([" \n a \t"], "b a"), ["a"]),
    Right("a name of a megabyte", lambda: shown([LONG], f"a {LONG}. b"), [LONG]),
    Right("a name of a megabyte that nearly stands", lambda: shown([LONG], LONG[:-1]), []),
    Right("a word of a megabyte", lambda: shown(["x" * 10**6], "a " + "x" * 10**6), ["x" * 10**6]),
    Right("a word of a megabyte and one letter", lambda: shown(["x" * 10**6], "a" + "x" * 10**6), []),
    Right("a million equal names", a_million_equal, (1, 1, True)),
    Right("names that go on and on", lambda: len(shown(prefixes(1000), "a " * 100_000)), 100),
    Right("names in a text of marks", lambda: shown(["a"], "'.,'" * 100_000 + "a"), ["a"]),
    Right(
        "a name in both cases of Unicode",
        lambda: shown(["ŒUVRE İ ß"], "œuvre i̇ SS", ignore_case=True),
        ["œuvre i̇ SS"],
    ),
    Right(
        "columns of a frame of another order",
        lambda: ng.Gazetteer(pd.DataFrame({"x": [1], "label": ["X"], "name": ["a"]})).find(["a"])["label"],
        ["X"],
    ),
]
