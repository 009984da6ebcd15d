"""Work grows with the length of the text and not with its square, whatever its contents.

The measure is the processor time of the process on one thread, the lower of two runs. A text four
times as long may take seven times the work, since sorting takes slightly more than four times and a
larger text does not fit into the caches; quadratic work would take sixteen times.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable

import pytest

import nutgraf as ng

from .every_verb import VERBS

#: The allowed growth if a text is four times as long.
GROWTH = 7

#: Work that takes less processor time than this, in seconds, is not judged.
FLOOR = 0.4

#: Shapes of text, with about `n` pieces.
SHAPES: dict[str, Callable[[int], list[str]]] = {
    "distinct people": lambda n: [" ".join(f"Ann{i} Bor{7 * i % n} left." for i in range(n))],
    "one person": lambda n: ["Ann Boren met " * n],
    "people of one surname": lambda n: [" ".join(f"Mr Smith saw Ann{i} Smith." for i in range(n // 2))],
    "acronyms": lambda n: [" ".join(f"Big Red Org{i} (BRO{i})." for i in range(n // 2))],
    "capitals": lambda n: [" ".join(f"CAP{i % 977}" for i in range(n))],
    "one sentence": lambda n: [" ".join(f"w{i * i % 5003}" for i in range(n))],
    "distinct words": lambda n: [" ".join(f"d{i}x" for i in range(n))],
    "one long word": lambda n: ["a" * 4 * n],
    "one word of eszetts": lambda n: ["ß" * n],
    "life, life, life": lambda n: ["life" * n],
    "contractions": lambda n: ["d" + "n't" * n],
    "commas": lambda n: [", " * n],
    "quotes": lambda n: ['"' * n],
    "brackets": lambda n: ["(" * n],
    "ampersands": lambda n: ["The & " * (n // 2)],
    "surnames in a list": lambda n: ["Nora Winter left. " + "Winter, " * (n // 2)],
    "lines": lambda n: ["word\n" * n],
    "paragraphs": lambda n: ["Word here.\n\n" * n],
    "many articles": lambda n: [f"Rain fell on town{i} today." for i in range(n // 2)],
    "empty articles": lambda n: [""] * n,
    "digits": lambda n: ["1," * n],
    "addresses": lambda n: ["http://a.b/c " * (n // 2)],
    "stops": lambda n: ["U.S." * (n // 2)],
    "accents": lambda n: ["é" + " é," * n],
    "days": lambda n: [
        f"date 2{i // 372 % 1000:03}-{i // 31 % 12 + 1:02}-{i % 28 + 1:02} Rain." for i in range(n // 8)
    ],
}

#: Units of the smaller text; the larger has four times as many.
UNITS = 12_000

#: Work that is quadratic by definition, because it compares all pairs, with its documented bound.
PAIRS = {
    ("cooccurrence", "distinct people"),
    ("cooccurrence", "people of one surname"),
    ("network", "distinct people"),
    ("network", "people of one surname"),
}


def work(verb: Callable[[ng.Corpus], object], texts: list[str], unjudged: float = 0) -> float:
    least = float("inf")
    for _ in range(2):
        start = time.process_time()
        # One side of a comparison may have no terms.
        with contextlib.suppress(ng.ConfigError):
            verb(ng.Corpus(texts, threads=1))
        least = min(least, time.process_time() - start)
        # What takes long varies little, and a second run of what takes little would not be judged.
        if not unjudged < least <= 4 * FLOOR:
            break
    return least


@pytest.mark.parametrize("name", VERBS)
def test_work_grows_with_the_text(name: str) -> None:
    verb = VERBS[name]
    gc.disable()
    try:
        for shape, texts in SHAPES.items():
            if (name, shape) in PAIRS:
                continue
            large = work(verb, texts(4 * UNITS), unjudged=FLOOR)
            if large < FLOOR:
                continue
            small = work(verb, texts(UNITS))
            assert large < GROWTH * small, f"{name} of {shape}: {small:.2f} s, four times as long {large:.2f} s"
    finally:
        gc.enable()
