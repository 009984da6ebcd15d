"""No recursion depends on the input: everything runs on stacks of 64 KiB, on all threads."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

import nutgraf as ng

from .hostile.shapes import OF_NAMES, UNITS

SIZE = 64 * 1024

PATTERNS = [
    r"(a|b)*c",
    "(" * 100 + "a" + ")*" * 100,
    "(a|" * 100 + "b" + ")" * 100,
    "(" * 100_000,
    "[" * 100_000,
    "a{1}" * 1000,
]


def read() -> int:
    """Read endless texts with every verb about text and names; return how many."""
    texts = [unit * (10_000 // len(unit)) for unit in UNITS + OF_NAMES]
    texts += ["Mr Z" + "iy" * 30_000, "d" + "n't" * 100_000, "life" * 30_000, "Mr Jan " + "van " * 9000 + "Dyk."]
    for pattern in PATTERNS:
        with contextlib.suppress(ng.ParseError):
            ng.Gazetteer(patterns=[(pattern, "X")]).find(texts[:2])
    names = ng.Gazetteer([("Kim", "X"), ("Bank of Bank", "X"), ("van der van", "X")], patterns=[(r"\w+\W", "Y")])
    tagger = ng.EntityTagger.default()
    for text in texts:
        tokens = [text[start:end] for start, end in ng.tokenize(text)]
        ng.split_sentences(text)
        tagger.tag([tokens])
        ng.EntityTagger.train([["Rex"], tokens], [["B-DOG"], ["O"] * len(tokens)], epochs=1)
    corpus = ng.Corpus(texts, layout="plain")
    for found in (corpus.readability(), corpus.mentions(), corpus.entities(), corpus.mentions(gazetteer=names)):
        assert found.columns
    assert len(names.find(texts).columns) == 6
    return len(texts)


CODE = f"""
import threading
from tests.python import test_small_stack
threading.stack_size({SIZE})
done = []
thread = threading.Thread(target=lambda: done.append(test_small_stack.read()))
thread.start()
thread.join()
print(done)
"""


def test_texts_that_do_not_end_need_no_deeper_stack() -> None:
    environment = os.environ | {"RUST_MIN_STACK": str(SIZE)}
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, timeout=300, env=environment, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"[{len(UNITS + OF_NAMES) + 4}]\n"), done.stderr[-2000:]
