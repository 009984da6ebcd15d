"""Training stops at once, and its callback can do anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng

SENTENCES = [["Rex", "barked"], ["Tom", "and", "Rex", "ran"], ["Ann", "Lee", "slept", "in", "Bonn"]] * 20
LABELS = [["B-DOG", "O"], ["O", "O", "B-DOG", "O"], ["B-PER", "I-PER", "O", "O", "B-LOC"]] * 20


def train(progress: Any = False, epochs: int = 3, times: int = 1, **options: Any) -> ng.EntityTagger:
    return ng.EntityTagger.train(SENTENCES * times, LABELS * times, epochs=epochs, progress=progress, **options)


def run(code: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """Run a program; the timeout is for a hang."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=seconds, check=False)


def test_the_callback_gets_each_epoch_on_the_calling_thread() -> None:
    heard: list[tuple[int, int]] = []
    train(lambda number, right, dev: heard.append((number, threading.get_ident())))
    assert heard == [(number, threading.get_ident()) for number in (1, 2, 3)]


def test_what_the_callback_raises_comes_out_as_itself_and_ends_the_training() -> None:
    class Enough(BaseException):
        pass

    enough, heard = Enough("after two"), []

    def stop(number: int, right: float, dev: float | None) -> None:
        heard.append(number)
        if number == 2:
            raise enough

    with pytest.raises(Enough) as caught:
        train(stop, epochs=100)
    assert caught.value is enough
    assert heard == [1, 2]
    assert train().labels == ["DOG", "LOC", "PER"]


ON_ONE_CORE = """
import os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import nutgraf as ng
from tests.python.test_training import train
text = "Angela Merkel met Barack Obama in Paris."
def use(number, right, dev):
    tagged = ng.EntityTagger.default().tag([text[:-1].split()])
    found = ng.Corpus([text] * 50).entities()["entity"]
    again = ng.Corpus([text], threads=1).mentions()["entity"]
    inner = train(epochs=1, progress=lambda *told: found.extend(ng.Corpus([text]).entities()["entity"]))
    print(number, tagged[0][:2], sorted(set(found)), len(again), inner.labels)
train(use)
"""


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system keeps its cores to itself")
def test_the_callback_may_use_every_verb_where_there_is_one_core() -> None:
    done = run(ON_ONE_CORE)
    assert done.returncode == 0, done.stderr
    says = "['B-PER', 'I-PER'] ['Angela Merkel', 'Barack Obama', 'Paris'] 3 ['DOG', 'LOC', 'PER']"
    assert done.stdout.splitlines() == [f"{number} {says}" for number in (1, 2, 3)]


def test_a_training_keeps_no_verb_of_another_thread_waiting() -> None:
    entered, done = threading.Event(), threading.Event()

    def wait(*told: Any) -> None:
        entered.set()
        done.wait(30)

    training = threading.Thread(target=train, args=(wait,), kwargs={"epochs": 1})
    training.start()
    assert entered.wait(30)
    tagger, corpus = ng.EntityTagger.default(), ng.Corpus(["Angela Merkel spoke."], threads=1)
    assert tagger.tag([["Angela", "Merkel"]], threads=1) == [["B-PER", "I-PER"]]
    assert corpus.entities()["entity"] == ["Angela Merkel"]
    done.set()
    training.join(30)
    assert not training.is_alive()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system sends no alarms")
def test_ctrl_c_works_inside_an_epoch() -> None:
    rung: list[float] = []

    def ring(*told: Any) -> None:
        rung.append(time.process_time())
        raise KeyboardInterrupt

    sentences, labels = [row * 1000 for row in SENTENCES], [row * 1000 for row in LABELS]
    start = time.process_time()
    ng.EntityTagger.train(sentences, labels, epochs=1)
    whole = time.process_time() - start
    before = signal.signal(signal.SIGALRM, ring)
    try:
        for share in (0.1, 0.3, 0.5):
            signal.setitimer(signal.ITIMER_REAL, share * whole)
            with pytest.raises(KeyboardInterrupt):
                ng.EntityTagger.train(sentences, labels, epochs=1)
            assert time.process_time() - rung[-1] < max(0.2, whole / 4)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


AT_EXIT = """
import sys, threading, time
import nutgraf as ng
from tests.python.test_training import train
kind, seconds = sys.argv[1], float(sys.argv[2])
text = ["Angela Merkel met Barack Obama in Paris."] * 2000
works = {
    "train": lambda: train(epochs=10**9),
    "tell": lambda: train(lambda *told: None, epochs=10**9),
    "sleep": lambda: train(lambda *told: time.sleep(0.001), epochs=10**9),
    "print": lambda: train(lambda *told: print("", end=""), epochs=10**9),
    "verbs": lambda: [ng.Corpus(text).mentions() for _ in range(10**9)],
    "find": lambda: ng.Gazetteer([("Paris", "X")]).find(text * 200),
}
threading.Thread(target=works[kind], daemon=True).start()
time.sleep(seconds)
"""


@pytest.mark.parametrize("kind", ["train", "tell", "sleep", "print", "verbs", "find"])
def test_a_process_ends_while_a_daemon_thread_works(kind: str, tmp_path: Path) -> None:
    """Eight exits at different moments: a thread that returns to a finished interpreter must not
    crash it.
    """
    script = tmp_path / "exits.py"
    script.write_text(AT_EXIT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
    moments = [0.02 + 0.023 * moment for moment in range(8)]
    command = [sys.executable, str(script), kind]
    for first in range(0, len(moments), 4):
        exits = [
            subprocess.Popen([*command, str(seconds)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
            for seconds in moments[first : first + 4]
        ]
        for process in exits:
            _, said = process.communicate(timeout=60)
            assert (process.returncode, said.decode()) == (0, "")


def test_functions_that_run_at_exit_may_use_every_verb() -> None:
    """Functions registered before the import run after the core has noticed the exit."""
    code = """
import atexit
atexit.register(lambda: print(ng.Corpus(["Ann Lee spoke."] * 100).entities()["entity"]))
atexit.register(lambda: worker.join())
import threading, time
import nutgraf as ng
def work():
    time.sleep(0.3)
    print(len(ng.Corpus(["Ann Lee spoke."] * 100).mentions()))
worker = threading.Thread(target=work, daemon=True)
worker.start()
"""
    start = time.monotonic()
    done = run(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "100\n['Ann Lee']\n", "")
    assert time.monotonic() - start < 30
