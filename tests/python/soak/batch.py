"""Random batches of articles: any Unicode, shuffled pieces of news, news-like articles, repeated
words, endless sentences.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from random import Random
from typing import Any

import nutgraf as ng

from ..strategies import FRAGMENTS, PARAGRAPHS

Order = Sequence[int]

DATES = ["2018-12-31", "2019-01-01", "2019-01-08", "2019-01-31", "2019-02-01", "2020-02-29", None]
SOURCES = ["A", "B", "C", "", "Ä", None]

FIRST = [
    "Anna",
    "Juan",
    "Ana",
    "Kim",
    "Maria",
    "José",
    "Li",
    "Angela",
    "Bill",
    "Hillary",
    "Mohammed",
    "Ngozi",
    "Søren",
    "Björk",
    "Jean-Claude",
    "Mary",
]
LAST = [
    "Kowalski",
    "Moreno",
    "Reis",
    "Lee",
    "Merkel",
    "Clinton",
    "Park",
    "O'Brien",
    "Okafor",
    "Müller",
    "Xi",
    "Kjærgaard",
    "Smith",
    "Smith-Jones",
    "Paris",
    "Jordan",
]
TITLES = ["Mr ", "Mrs ", "Ms. ", "President ", "Prime Minister ", "Dr. ", "Sir ", "Judge ", "", "", ""]
PLACES = [
    "Lisbon",
    "Paris",
    "Berlin",
    "Washington",
    "London",
    "Beijing",
    "Georgia",
    "Jordan",
    "Spain",
    "China",
    "Madrid",
    "the_United_States",
    "U.S.",
    "UK",
    "New_York",
]
GROUPS = [
    "the World Health Organization (WHO)",
    "the WHO",
    "Nordbank AG",
    "Nordbank",
    "the European Commission",
    "Reuters",
    "AP",
    "Manchester United",
    "the Supreme Court of India",
    "Apple Inc.",
    "the Chinese",
    "French",
    "Muslims",
]
VERBS = ["met", "said", "warned", "visited", "left", "sued", "called", "praised", "accused", "beat", "joined", "owns"]
NOUNS = [
    "rain",
    "flood",
    "barrier",
    "vote",
    "minister",
    "court",
    "river",
    "strike",
    "election",
    "price",
    "deal",
    "report",
    "fire",
    "storm",
    "talks",
]
SENTENCES = [
    "{person} {verb} {person} in {place} on Monday.",
    "{last} said the {noun} would be over by {year}.",
    "{group} {verb} of a new {noun} in {place}.",
    "{noun}, {noun} and more {noun} fell on the old {noun} barrier.",
    "“The {noun} held,” {person} said. “It held all night.”",
    "{group} shares fell {number} percent to ${number}m at 6 p.m. ET.",
    "It {verb}.",
    "{title}{last} flew home to {place}, {place}",
    "{person}, {number}, of {place}, {verb} {group}!",
    "Was the {noun} in {place} {person}'s or {group}'s?",
]
WORDS = ["a", "b", "c", "the", "of", "to", "x1", "1.5", "U.S.", "don't", "e-mail", "é"]


@cache
def _characters() -> tuple[list[str], list[str]]:
    """Characters that this Python knows, below U+3000 and some above; and others."""
    known = [chr(code) for code in range(0x3000) if unicodedata.category(chr(code)) not in ("Cs", "Cn")]
    known += [chr(code) for code in (*range(0x4E00, 0x4E40), *range(0x1F600, 0x1F640), *range(0x10400, 0x10450))]
    every = [chr(code) for code in range(0x3000, 0x11000, 7) if not 0xD800 <= code < 0xE000]
    every += [chr(code) for code in range(0x11000, 0x110000, 997)]
    return known, every


@dataclass(frozen=True)
class Batch:
    """Articles and their fields."""

    texts: list[str]
    ids: list[str]
    dates: list[str | None]
    sources: list[str | None]
    layout: str
    #: Whether every version of Unicode in use folds all characters alike.
    known: bool

    def corpus(self, order: Order | None = None, threads: int | None = None) -> ng.Corpus:
        """The articles as a corpus, in a given order; bad ones are skipped."""
        order = range(len(self.texts)) if order is None else order
        return ng.Corpus(self.columns(order), id="id", date="date", layout=self.layout, errors="skip", threads=threads)  # type: ignore[arg-type]

    def columns(self, order: Order) -> dict[str, list[Any]]:
        return {
            name: [values[at] for at in order]
            for name, values in (
                ("text", self.texts),
                ("id", self.ids),
                ("date", self.dates),
                ("source", self.sources),
            )
        }

    def text(self, id: str) -> str:
        return self.texts[self.ids.index(id)]

    def only(self, keep: Sequence[int]) -> Batch:
        columns = self.columns(keep)
        return replace(self, texts=columns["text"], ids=columns["id"], dates=columns["date"], sources=columns["source"])

    def with_text(self, at: int, text: str) -> Batch:
        return replace(self, texts=[*self.texts[:at], text, *self.texts[at + 1 :]])

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Batch:
        return Batch(**json.loads(text))


def made(chance: Random) -> Batch:
    """A batch of one to a dozen articles, sometimes of many or of one long article."""
    size = chance.random()
    count = chance.randrange(1, 13) if size < 0.95 else chance.randrange(40, 80)
    known = chance.random() < 0.8
    texts = [_text(chance, known) for _ in range(count)]
    if size < 0.05:
        texts = [_endless(chance)]
    if chance.random() < 0.2:
        texts += [chance.choice(texts) for _ in range(chance.randrange(4))]
    return Batch(
        texts=texts,
        ids=[f"n{at}" for at in range(len(texts))],
        dates=[chance.choice(DATES) for _ in texts],
        sources=[chance.choice(SOURCES) for _ in texts],
        layout="plain" if chance.random() < 0.2 else "auto",
        known=known,
    )


def _text(chance: Random, known: bool) -> str:
    kinds: list[Callable[[Random, bool], str]] = [_news, _news, _news, _bits, _anything, _repeated, _mixed]
    return chance.choice(kinds)(chance, known)


def _anything(chance: Random, known: bool) -> str:
    own, others = _characters()
    pool = own if known else own + others
    return "".join(chance.choices(pool, k=int(chance.expovariate(1 / 60))))


def _bits(chance: Random, known: bool) -> str:
    return "".join(chance.choices(FRAGMENTS, k=int(chance.expovariate(1 / 15))))


def _repeated(chance: Random, known: bool) -> str:
    words = chance.sample(WORDS, k=chance.randrange(1, 5))
    marks = [" "] * 12 + [". ", ", ", "\n\n", " - "]
    return "".join(chance.choice(words) + chance.choice(marks) for _ in range(int(chance.expovariate(1 / 40))))


def _mixed(chance: Random, known: bool) -> str:
    parts = [_anything, _bits, _repeated, _news]
    return "".join(chance.choice(parts)(chance, known) for _ in range(chance.randrange(1, 4)))


def _news(chance: Random, known: bool) -> str:
    heads = [
        "",
        "",
        "date 2019-01-08 ",
        "\ufeffdate 2019-01-08\n",
        "date 2019-02-30 ",
        "date 2020-02-29 Rain ends drought\n\n",
    ]
    paragraphs = []
    for _ in range(chance.randrange(1, 6)):
        if chance.random() < 0.3:
            paragraphs.append(chance.choice(PARAGRAPHS))
        else:
            paragraphs.append(" ".join(_sentence(chance) for _ in range(chance.randrange(1, 5))))
    return chance.choice(heads) + chance.choice(["\n\n", "\n\n", "\n", "\r\n\r\n"]).join(paragraphs)


def _sentence(chance: Random) -> str:
    filled = {
        "verb": chance.choice(VERBS),
        "noun": chance.choice(NOUNS),
        "group": chance.choice(GROUPS),
        "title": chance.choice(TITLES),
        "last": chance.choice(LAST),
        "place": chance.choice(PLACES).replace("_", " "),
        "person": chance.choice(TITLES) + chance.choice(FIRST) + " " + chance.choice(LAST),
        "year": str(chance.randrange(1990, 2031)),
        "number": str(chance.randrange(100)),
    }
    return chance.choice(SENTENCES).format(**filled)


def _endless(chance: Random) -> str:
    """One long text: an endless sentence, or words of one kind."""
    count = chance.randrange(500, 3000)
    kind = chance.randrange(4)
    if kind == 0:
        return " ".join(chance.choices(NOUNS + LAST + WORDS, k=count))
    if kind == 1:
        return ", ".join(chance.choice(FIRST) + " " + chance.choice(LAST) for _ in range(count))
    if kind == 2:
        return chance.choice(["x", "\u00df", "l'", "日", "-", "a.", "'", "e\u0301"]) * count
    return " ".join(_sentence(chance) for _ in range(count // 10))
