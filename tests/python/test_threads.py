"""Calls from several threads, from callbacks and from forked processes end, with the result of a
single call.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import nutgraf as ng

from .every_verb import OTHERS, VERBS, invented

ROUNDS = 6
THREADS = 8


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    """A deadlock ends the run with the stack of each thread."""
    faulthandler.dump_traceback_later(900, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def told(result: Any) -> bytes:
    if isinstance(result, ng.Corpus):
        result = result.articles()
    return pickle.dumps(result)


def test_the_list_has_every_verb() -> None:
    public = {name for name in dir(ng.Corpus) if not name.startswith("_")}
    listed = {name.split(":")[0] for name in VERBS}
    assert listed <= public
    properties = {name for name in public if isinstance(getattr(ng.Corpus, name), property)}
    assert public - listed - OTHERS - properties == set()


def test_every_verb_of_a_fresh_corpus_may_be_called_from_eight_threads_at_once() -> None:
    texts = invented(articles=80, words=300, vocabulary=30_000)
    expected = {name: told(verb(ng.Corpus(texts))) for name, verb in VERBS.items()}
    for number in range(ROUNDS):
        corpus = ng.Corpus(texts)
        start = threading.Barrier(THREADS)

        def work(
            thread: int, number: int = number, corpus: ng.Corpus = corpus, start: threading.Barrier = start
        ) -> None:
            order = list(VERBS)
            random.Random(100 * number + thread).shuffle(order)
            start.wait()
            for name in order:
                assert told(VERBS[name](corpus)) == expected[name], name

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(work, range(THREADS)))


@pytest.mark.parametrize("first", ["kwic", "trend: items", "bursts: items", "search", "entities"])
def test_the_first_call_of_a_verb_may_come_from_many_threads(first: str) -> None:
    # Enough distinct words that the pool sorts them.
    words = [" ".join(f"w{article}x{word}" for word in range(500)) for article in range(80)]
    texts = [f"date 2019-01-{1 + article % 28:02} {line} Rain fell." for article, line in enumerate(words)]
    expected = told(VERBS[first](ng.Corpus(texts)))
    for _ in range(12):
        corpus = ng.Corpus(texts)
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(lambda _, c=corpus: told(VERBS[first](c)), range(4))) == {expected}


def test_pools_of_many_sizes_do_not_pile_up() -> None:
    corpus = ng.Corpus(invented(articles=20, words=50, vocabulary=100))
    for threads in range(1, 41):
        corpus._of(corpus._core, threads).terms()
    if os.path.isdir("/proc/self/task"):
        deadline = time.monotonic() + 20
        while (alive := len(os.listdir("/proc/self/task"))) > 40 + 2 * (os.cpu_count() or 1) + 30:
            assert time.monotonic() < deadline, f"{alive} threads are alive"
            time.sleep(0.05)


def _in_child(work: Callable[[], Any], seconds: float = 60) -> int:
    """Fork, work in the child, and return its exit status; kill a child that hangs."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_may_fork_while_other_threads_work() -> None:
    texts = invented(articles=200, words=300, vocabulary=3_000)
    corpus = ng.Corpus(texts)
    expected = told(corpus.entities())
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            ng.Corpus(texts).entities()
            corpus[:].kwic("rain")

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:

        def child() -> None:
            assert told(corpus.entities()) == expected
            assert told(ng.Corpus(texts).entities()) == expected
            ng.Corpus(texts).kwic("rain")

        for _ in range(15):
            assert _in_child(child) == 0
            time.sleep(0.02)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
