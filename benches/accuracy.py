"""Accuracy against speed of entity recognisers, on the same development sets.

Each labels the pre-tokenised sentences in one thread. ``python benches/accuracy.py
docs/accuracy.svg`` measures and draws. The sets and the scorer are in the folder that
``NUTGRAF_DATA`` names. compromise, with rules in JavaScript, takes part if ``node`` and ``npm`` are
installed.
"""

from __future__ import annotations

import importlib.util
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import DATA, spacy_entities

SETS = {
    "worldwide": ("worldwide/dev.conll", "worldwide"),
    "ieer": ("ieer/test.conll", "ieer"),
    "uner_ewt": ("uner_ewt/dev.conll", "conll"),
}
COMPROMISE = "compromise@14"
ROUNDS = 3

Sentences = list[list[str]]
#: Labels of all sentences, and the seconds taken.
Run = Callable[[Sentences], tuple[list[list[str]], float]]


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_ner", DATA / "eval/score_ner.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_ner"] = module
    spec.loader.exec_module(module)
    return module


def nutgraf(sentences: Sentences) -> tuple[list[list[str]], float]:
    import nutgraf as ng

    tagger = ng.EntityTagger.default()
    tagger.tag(sentences[:1], threads=1)
    start = time.perf_counter()
    labels = tagger.tag(sentences, threads=1)
    return labels, time.perf_counter() - start


def spacy(sentences: Sentences) -> tuple[list[list[str]], float]:
    from spacy.tokens import Doc

    nlp = spacy_entities()
    docs = [Doc(nlp.vocab, words=sentence) for sentence in sentences]
    start = time.perf_counter()
    found = list(nlp.pipe(docs))
    seconds = time.perf_counter() - start
    return [[f"{word.ent_iob_}-{word.ent_type_}".rstrip("-") for word in doc] for doc in found], seconds


def compromise(folder: Path) -> Run:
    script = """
const nlp = require('compromise');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
nlp(texts[0]);
const start = process.hrtime.bigint();
const found = texts.map(text => {
  const doc = nlp(text), spans = [];
  for (const [label, verb] of [['PER', 'people'], ['ORG', 'organizations'], ['LOC', 'places']])
    for (const {offset} of doc[verb]().json({offset: true, terms: false}))
      spans.push([offset.start, offset.start + offset.length, label]);
  return spans;
});
console.log(JSON.stringify({seconds: Number(process.hrtime.bigint() - start) / 1e9, found}));
"""

    def run(sentences: Sentences) -> tuple[list[list[str]], float]:
        texts = json.dumps([" ".join(sentence) for sentence in sentences])
        done = subprocess.run(
            ["node", "-e", script], input=texts, cwd=folder, check=True, capture_output=True, text=True
        )
        answer = json.loads(done.stdout)
        labels = []
        for sentence, spans in zip(sentences, answer["found"], strict=True):
            tags, at = [], 0
            open_span: tuple[int, int, str] | None = None
            for word in sentence:
                span = next((span for span in spans if span[0] <= at < span[1]), None)
                # Its spans include the punctuation after a word.
                if span is None or not any(map(str.isalnum, word)):
                    tags.append("O")
                    open_span = None
                else:
                    tags.append(f"{'I' if span == open_span else 'B'}-{span[2]}")
                    open_span = span
                at += len(word) + 1
            labels.append(tags)
        return labels, answer["seconds"]

    return run


def measure(run: Run, labels: str | None) -> dict[str, float]:
    """F1 on each set, their mean, and the tokens per second (the median of several rounds)."""
    score = scorer()
    found: dict[str, float] = {}
    speeds = []
    for name, (path, gold_map) in SETS.items():
        gold = list(score.read_conll(str(DATA / "data/ner/dev" / path)))
        sentences = [tokens for tokens, _ in gold]
        tokens = sum(map(len, sentences))
        for _ in range(ROUNDS):
            tags, seconds = run(sentences)
            speeds.append(tokens / seconds)
        rows = ((words, tags, predicted) for (words, tags), predicted in zip(gold, tags, strict=True))
        found[name] = score.score_tags(rows, gold_map, *([labels] if labels else [])).row()["f1"]
    found["mean"] = statistics.mean(found.values())
    found["speed"] = statistics.median(speeds)
    return found


def figure(measured: dict[str, dict[str, float]]) -> str:
    """A scatter plot: tokens per second on a logarithmic x axis, mean F1 on the y axis."""
    width, height, left, bottom, top, right = 640, 360, 60, 50, 20, 45
    low, high = 3.0, math.ceil(max(math.log10(row["speed"]) for row in measured.values()) + 0.2)
    floor = math.floor(min(row["mean"] for row in measured.values()) / 10) * 10
    ceiling = math.ceil(max(row["mean"] for row in measured.values()) / 10) * 10

    def x(speed: float) -> float:
        return left + (math.log10(speed) - low) / (high - low) * (width - left - right)

    def y(f1: float) -> float:
        return height - bottom - (f1 - floor) / (ceiling - floor) * (height - bottom - top)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for power in range(int(low), high + 1):
        at = x(10.0**power)
        parts.append(f'<line x1="{at:.1f}" y1="{top}" x2="{at:.1f}" y2="{height - bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{at:.1f}" y="{height - bottom + 18}" text-anchor="middle">{10**power:,}</text>')
    for f1 in range(floor, ceiling + 1, 10):
        parts.append(f'<line x1="{left}" y1="{y(f1):.1f}" x2="{width - right}" y2="{y(f1):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y(f1) + 4:.1f}" text-anchor="end">{f1}</text>')
    middle = (left + width - right) / 2
    parts.append(f'<text x="{middle}" y="{height - 10}" text-anchor="middle">tokens a second, one thread</text>')
    side = (top + height - bottom) / 2
    parts.append(
        f'<text transform="translate(18 {side}) rotate(-90)" text-anchor="middle">mean F1 of three sets</text>'
    )
    for name, row in measured.items():
        at, up = x(row["speed"]), y(row["mean"])
        parts.append(f'<circle cx="{at:.1f}" cy="{up:.1f}" r="6" fill="{"#c22" if name == "nutgraf" else "#456"}"/>')
        end = at > width / 2
        anchor, shift = ("end", -12) if end else ("start", 12)
        parts.append(f'<text x="{at + shift:.1f}" y="{up + 4:.1f}" text-anchor="{anchor}">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    if not (DATA / "eval").is_dir():
        sys.exit(f"the evaluation corpora are not at {DATA}; set NUTGRAF_DATA")
    measured = {"nutgraf": measure(nutgraf, None), "spaCy en_core_web_sm": measure(spacy, "spacy")}
    if shutil.which("npm") and shutil.which("node"):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "install", "--silent", COMPROMISE], cwd=folder, check=True, capture_output=True)
            measured["compromise"] = measure(compromise(Path(folder)), "conll")
    else:
        print("compromise: left out, for there is no node or no npm", file=sys.stderr)
    print("| recogniser | " + " | ".join(SETS) + " | mean | tokens/s |")
    print("|---" * (len(SETS) + 3) + "|")
    for name, row in measured.items():
        print(f"| {name} | " + " | ".join(f"{row[part]:.1f}" for part in (*SETS, "mean")) + f" | {row['speed']:,.0f} |")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(figure(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
