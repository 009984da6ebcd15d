"""Twice the text takes twice the time, whatever the text is made of."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

import pytest

import nutgraf as ng

from .hostile.shapes import UNITS

# Two doublings may take at most this; quadratic work would take sixteen times as long.
BOUND = 2.3**2

# On a loaded machine, one measurement means little.
ATTEMPTS = 4

# Smaller times are noise, such as first-time memory allocation.
LEAST = 0.005


def seconds(call: Callable[[], Any]) -> float:
    """Processor time of a call: the best of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def check_linear(make: Callable[[int], Any], call: Callable[[Any], Any], size: int) -> None:
    """Compare the time of a call at a size, twice and four times the size with the bound."""
    given = [make(size * times) for times in (1, 2, 4)]
    gc.collect()
    gc.disable()  # its cost depends on the whole corpus
    try:
        for _ in range(ATTEMPTS):
            taken = [seconds(lambda one=one: call(one)) for one in given]  # type: ignore[misc]
            if taken[2] <= BOUND * max(taken[0], LEAST):
                return
    finally:
        gc.enable()
    pytest.fail(f"{[f'{1000 * one:.1f} ms' for one in taken]} for once, twice and four times {size}")


def repeated(unit: str, end: str = "") -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit)) + end


@pytest.mark.parametrize("end", ["", "bb"])
@pytest.mark.parametrize("unit", UNITS)
def test_tokens_sentences_and_syllables_of_texts_without_an_end(unit: str, end: str) -> None:
    def read(text: str) -> None:
        ng.tokenize(text)
        ng.split_sentences(text)
        ng.Corpus([text], layout="plain").readability()

    check_linear(repeated(unit, end), read, 20_000)


NAMES = {
    "one name": lambda n: "Angela Merkel. " * n,
    "one name in a sentence": lambda n: "Merkel " * n,
    "one name in two ways": lambda n: "Mr Merkel met Merkel, of Merkel. " * n,
    "addresses": lambda n: "a@b.c " * n,
    "nicknames": lambda n: 'Robert "Bobby" Tate. ' * n,
    "storms": lambda n: "Hurricane Maria " * n,
    "names cut in two": lambda n: "The Korean Central News Agency (KCNA) said so. " * n,
    "a surname of many": lambda n: " ".join(
        f"Mr {'ABCDEFGHJK'[at % 10]}{'abcdefghjk'[at // 10 % 10] * 4} Smith spoke." for at in range(n)
    ),
    "the North": lambda n: "Germany met France. " + "The North said so. " * n,
    "acronyms": lambda n: "International Monetary Fund " + "(IMF) " * n,
    "short forms of institutions": lambda n: "The Trade Commission said so. The Commission did. " * n,
    "capitals": lambda n: "KIM JONG UN SAID " * n,
    "places": lambda n: "Paris, Texas. Georgia. London, Ontario. " * n,
    "nationalities": lambda n: "Germans met Americans. " * n,
    "brackets": lambda n: "(BBC) " * n,
    "particles": lambda n: "Mr Jan " + "van " * n,
    "particles and a name": lambda n: "Mr Jan " + "van " * n + "Dyk",
    "names of many words": lambda n: "President " + "Anna Maria " * n,
    "names of many fathers": lambda n: "President Vladimir " + "Ivanovich Petrovich " * n + "Putin",
    "a name that sounds on": lambda n: "Mr Z" + "iy" * n + " spoke",
    "a name of stops": lambda n: "Mr " + "A." * n + " Smith spoke",
    "a name of accents": lambda n: "Mr A" + "é" * n + " Smith spoke",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_texts_without_an_end(name: str) -> None:
    def read(text: str) -> None:
        corpus = ng.Corpus([text], layout="plain")
        corpus.mentions()
        corpus.entities()

    check_linear(NAMES[name], read, 3_000)


GALLERIES = [
    "1/9 a 2/9 b 3/9 c ",
    "1/9\n2/9\n3/9\n",
    "9 show all A 1/9 a 2/9 b 3/9 c ",
    "A. 1 of 3 A. 2 of 3 A. 3 of 3 ",
    " ".join(f"1/{total}" for total in range(1, 999)) + " ",
]


@pytest.mark.parametrize("unit", GALLERIES, ids=lambda unit: unit[:12])
def test_galleries_without_an_end(unit: str) -> None:
    check_linear(repeated(unit), lambda text: ng.Corpus([text]).zones(), 60_000)


def test_labels_of_a_sentence_without_an_end() -> None:
    tagger = ng.EntityTagger.default()
    check_linear(lambda size: [["Merkel", "met", "Rex"] * size], tagger.tag, 10_000)
    check_linear(
        lambda size: [["Angela", "Merkel", ","] * size], lambda rows: tagger.evaluate(rows, tagger.tag(rows)), 5_000
    )


PATTERNS = [r"a[^b]*b|a", r"a(.*c)?", r"(?s)a.*c|.", r"(a|aa)+$|a", r"\w+\s\w+\s\d|\w"]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("unit", ["a", "aé ", "ab"])
def test_patterns_that_look_ahead(pattern: str, unit: str) -> None:
    gazetteer = ng.Gazetteer(patterns=[(pattern, "X")])
    # Long enough for several windows of the text.
    check_linear(repeated(unit), lambda text: gazetteer.find([text]), 12_000)
