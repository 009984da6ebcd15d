"""Nothing goes down with what it reads: all of it runs on stacks of 64 KiB, on the calling thread and on those of the pools."""

from __future__ import annotations

import os
import subprocess
import sys

import nutgraf as ng

SIZE = 64 * 1024

# What one part after another is taken off, or what opens again and again what it never closes.
UNITS = [
    *(
        "life",
        "n't",
        "some",
        "ties",
        "iy",
        "yi",
        "'s",
        "ß",
        "İ",
        "e\u0301",
        "\u0301",
        "(",
        ")",
        "[",
        '"',
        "“",
        "'",
        "-",
        "a-",
    ),
    *(
        "A.",
        "U.S.",
        "a.",
        ".",
        "...",
        ". ",
        "?!",
        "*",
        "1.",
        "1. ",
        "• ",
        "\n",
        "\n\n",
        "\u2029",
        "de ",
        "van der ",
        "Mr ",
    ),
    *(
        "Mr Smith ",
        "(IMF) ",
        "Kim ",
        "Kim, ",
        "Bank of ",
        "the North ",
        "Jr ",
        "ovich ",
        "Aa",
        "Aa ",
        "http://a.b/",
        "a@b.",
    ),
]
PATTERNS = [
    r"(a|b)*c",
    "(" * 100 + "a" + ")*" * 100,
    "(a|" * 100 + "b" + ")" * 100,
    "(" * 100_000,
    "[" * 100_000,
    "a{1}" * 1000,
]


def read() -> int:
    """Read texts that do not end with every verb of text and names; how many."""
    texts = [unit * (30_000 // len(unit)) for unit in UNITS]
    texts += ["Mr Z" + "iy" * 30_000, "d" + "n't" * 100_000, "life" * 30_000, "Mr Jan " + "van " * 9000 + "Dyk."]
    refused = []
    for pattern in PATTERNS:
        try:
            ng.Gazetteer(patterns=[(pattern, "X")]).find(texts[:2])
        except ng.ParseError as error:
            refused.append(str(error))
    assert all("cannot be read" in reason for reason in refused)
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
    assert (done.returncode, done.stdout) == (0, f"[{len(UNITS) + 4}]\n"), done.stderr[-2000:]
