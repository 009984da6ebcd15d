"""Scoring of quotations: cue, source and content, each as spans.

Spans are code-point offsets into the document text.  For each role, the distinct spans of gold and
system are paired one to one inside each document: the pair with the largest overlap first.  A pair
counts if it overlaps by half or more of the longer of its two spans.  Each piece of a discontinuous
attribution is a separate span.  Precision, recall and F1 are micro-averaged over documents.

* all kinds: every attribution of the gold file, and every row of the system file;
* direct and mixed: the attributions whose content holds a quotation mark, and the rows of these
  kinds; a span of these rows that the gold file gives to an attribution without marks is wrong.

Usage:  python score_quotes.py GOLD.jsonl SYSTEM.jsonl [--half 0|1] [--errors 20]
Gold:   {"id", "text", "attributions": [{"source", "cue", "content"}]}, each a list of [start, end]
System: {"id", "quotes": [{"kind", "content", "source", "cue"}]}, each [start, end] or null
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

ROLES = ("cue", "source", "content")
MARKS = re.compile(r"[\"“”„«»]|''|(?<!\w)['‘](?=\w)[^\n]*?(?<=[\w.,!?])['’](?!\w)")
Span = tuple[int, int]


@dataclass
class Score:
    """Micro-averaged counts of one role over all documents added so far."""

    gold: int = 0
    system: int = 0
    right: int = 0
    errors: list = field(default_factory=list)

    def add(self, gold: set[Span], system: set[Span], text: str) -> None:
        """Count one document."""
        self.gold += len(gold)
        self.system += len(system)
        pairs = list(pair_spans(gold, system))
        self.right += len(pairs)
        self.errors += [("missed", text[s:e]) for s, e in sorted(gold - {g for g, _ in pairs})]
        self.errors += [("spurious", text[s:e]) for s, e in sorted(system - {s for _, s in pairs})]

    @property
    def measures(self) -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent; zero where undefined."""
        return (
            100 * self.right / self.system if self.system else 0.0,
            100 * self.right / self.gold if self.gold else 0.0,
            200 * self.right / (self.system + self.gold) if self.system + self.gold else 0.0,
        )


def pair_spans(gold: Iterable[Span], system: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """One-to-one pairs that overlap by half or more of the longer span, largest overlap first."""
    candidates = []
    for g in gold:
        for s in system:
            overlap = min(g[1], s[1]) - max(g[0], s[0])
            if overlap > 0 and 2 * overlap >= max(g[1] - g[0], s[1] - s[0]):
                candidates.append((-overlap, g, s))
    used_gold, used_system = set(), set()
    for _, g, s in sorted(candidates):
        if g not in used_gold and s not in used_system:
            used_gold.add(g)
            used_system.add(s)
            yield g, s


def is_quoted(attribution: dict, text: str) -> bool:
    """Whether the content of a gold attribution holds a quotation mark."""
    return any(MARKS.search(text[s:e]) for s, e in attribution["content"])


def score_documents(documents: Iterable[dict], system: dict[str, list[dict]]) -> dict[str, Score]:
    """Scores by `kind role`; documents absent from the system count as empty."""
    scores = {f"{kind} {role}": Score() for kind in ("all", "quoted") for role in ROLES}
    for document in documents:
        text, rows = document["text"], system.get(document["id"], [])
        for kind in ("all", "quoted"):
            gold = [a for a in document["attributions"] if kind == "all" or is_quoted(a, text)]
            found = [q for q in rows if kind == "all" or q["kind"] != "indirect"]
            for role in ROLES:
                scores[f"{kind} {role}"].add(
                    {(s, e) for a in gold for s, e in a[role]},
                    {tuple(q[role]) for q in found if q[role] is not None},
                    text,
                )
    return scores


def main() -> None:
    """Print the scores of a system file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("system")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every second document, from 0 or 1")
    parser.add_argument("--errors", type=int, default=0, help="print this many errors of each role")
    options = parser.parse_args()
    with open(options.gold, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    if options.half is not None:
        documents = documents[options.half :: 2]
    with open(options.system, encoding="utf-8") as lines:
        system = {row["id"]: row["quotes"] for row in map(json.loads, lines)}
    for name, score in score_documents(documents, system).items():
        precision, recall, f1 = score.measures
        print(f"{name:15} gold={score.gold} system={score.system} P={precision:.1f} R={recall:.1f} F1={f1:.1f}")
        for error in score.errors[: options.errors]:
            print("   ", *error)


if __name__ == "__main__":
    main()
