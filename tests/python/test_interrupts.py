"""Ctrl-C stops every verb at once, at whatever stage.

The measure is the processor time of the process between the signal and the exception: work done
after the signal, not elapsed time, so the bound also holds on a loaded machine.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

import nutgraf as ng

from .every_verb import VERBS, invented

#: Processor seconds after the signal, over all threads: 0.1 on each of two, plus half of that to
#: free memory.
BOUND = 0.3

#: Seconds that a call takes about: much longer than the bound, on two threads. A longer one gets
#: fewer articles.
CALL = 1.0

#: The articles of a part.
PART = 1500

#: When the signal arrives, as shares of the time of the whole call.
MOMENTS = (0.05, 0.25, 0.5, 0.75, 0.95)

#: These would write tables of gigabytes for all articles.
ON_A_PART = {
    "kwic: everything",
    "kwic: sorted",
    "tokens",
    "terms: by article",
    "collocations: by article",
    "collocations: n-grams by article",
    "keywords: all of yake's",
    "keywords: all of rake's",
    "keywords: topicrank",
    "terms: n-grams",
    "collocations: n-grams",
    "keyness: n-grams",
    "dispersion: n-grams by month",
    "diversity: moving",
}

#: These find the names first, and cache them: each call gets a new corpus.
FRESH = {"mentions", "entities", "cooccurrence", "trend: entities", "kwic", "search"}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Some 50 MB, of parts that differ."""
    return [
        text.replace("2019-", f"20{10 + copy}-", 1) + f" Copy{copy}."
        for copy in range(10)
        for text in invented(articles=1500, words=500, vocabulary=20_000, seed=copy)
    ]


@pytest.fixture(scope="module")
def corpus(texts: list[str]) -> ng.Corpus:
    return ng.Corpus(texts)


def work_after_the_signal(call: Callable[[], Any], delay: float) -> float | None:
    """Processor seconds between the signal and the exception; None if the call ended before."""
    at: dict[str, float] = {}

    def ring() -> None:
        time.sleep(delay)
        at["signal"] = time.process_time()
        os.kill(os.getpid(), signal.SIGINT)

    ringing = threading.Thread(target=ring)
    try:
        ringing.start()
        call()
        ringing.join()
        # The signal may arrive between two lines of this function.
        time.sleep(0.05)
    except KeyboardInterrupt:
        after = time.process_time() - at["signal"]
        ringing.join()
        return after
    return None


def of_a_call(verb: Callable[[ng.Corpus], Any], corpus: ng.Corpus) -> ng.Corpus:
    """As many of the articles as a verb takes for about a call."""
    articles = PART // 10
    while True:
        start = time.perf_counter()
        verb(corpus[:articles])
        seconds = time.perf_counter() - start
        if seconds > CALL / 4 or articles == len(corpus):
            return corpus[: min(len(corpus), int(articles * CALL / seconds))]
        articles = min(len(corpus), 5 * articles)


def check(name: str, call: Callable[[], Any], prepare: Callable[[], Any] | None = None) -> None:
    argument = prepare() if prepare else None
    run = (lambda: call(argument)) if prepare else call
    start = time.perf_counter()
    run()
    whole = time.perf_counter() - start
    for moment in MOMENTS:
        argument = prepare() if prepare else None
        after = work_after_the_signal(run, moment * whole)
        assert after is None or after < BOUND, (
            f"{name}: {after:.2f} s of work after a signal at {moment:.0%} of {whole:.2f} s"
        )


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_stops_when_the_signal_comes(name: str, corpus: ng.Corpus, texts: list[str]) -> None:
    verb = VERBS[name]
    if name in FRESH:
        check(name, verb, lambda: ng.Corpus(texts[:4000]))
    else:
        part = corpus[:PART] if name in ON_A_PART else of_a_call(verb, corpus)
        check(name, lambda: verb(part))


def test_reading_stops_when_the_signal_comes(texts: list[str]) -> None:
    check("Corpus", lambda: ng.Corpus(texts))


def test_what_a_progress_callback_raises_comes_out_as_it_is(texts: list[str]) -> None:
    class Enough(Exception):
        pass

    def progress(*_: Any) -> None:
        raise Enough

    corpus = ng.Corpus(texts[:1000])
    with pytest.raises(Enough):
        corpus._core.entities(
            [],
            ["body"],
            {"labels": [], "min_mentions": 1, "min_articles": 1, "agencies": True, "weighted": False, "quotes": False},
            None,
            None,
            None,
            progress,
        )
