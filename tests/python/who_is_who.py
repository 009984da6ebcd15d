"""Reads the gold of ``tests/data/entities`` and scores resolution against it.

Pairwise F1 counts pairs of mentions of the same entity. B-cubed F1 averages, over mentions, how
pure and how complete their entities are (Bagga & Baldwin 1998). A mention that only one side has
counts as a separate entity on the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parents[1] / "data" / "entities" / "gold.txt"

Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    label: str
    entity: str
    country: str | None


@dataclass
class Article:
    file: str
    number: int
    lines: list[tuple[str, str, str | None, list[str]]]
    others: list[str]

    def mentions(self, zones: list[Span], text: str) -> dict[Span, Mention]:
        """Each occurrence of a form in the zones, with its entity."""
        forms = {form.split("#")[0] for _, _, _, forms in self.lines for form in forms} | set(self.others)
        pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) + r")(?!\w)"
        )
        places: dict[str, list[Span]] = {}
        for start, end in zones:
            for match in pattern.finditer(text, start, end):
                places.setdefault(match.group(), []).append(match.span())
        found: dict[Span, Mention] = {}
        for label, name, country, own in self.lines:
            for form in own:
                surface, _, nth = form.partition("#")
                spans = places.get(surface, [])
                assert spans, f"{self.file} {self.number}: {surface!r} does not stand in the text"
                if nth:
                    assert len(spans) >= int(nth), f"{self.file} {self.number}: there is no {form}"
                    spans = [spans[int(nth) - 1]]
                for span in spans:
                    assert span not in found, f"{self.file} {self.number}: {form} is named twice"
                    found[span] = Mention(label, name, country)
        named = {span for spans in places.values() for span in spans if text[span[0] : span[1]] not in self.others}
        assert set(found) == named, f"{self.file} {self.number}: {sorted(text[s:e] for s, e in named - set(found))}"
        return found


def gold() -> list[Article]:
    articles: list[Article] = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            _, file, number = line.split()
            articles.append(Article(file, int(number), [], []))
        elif line.startswith("- "):
            articles[-1].others += line[2:].split("; ")
        elif line and not line.startswith("#"):
            match = re.fullmatch(r"(\??)(\w+) (.+?)(?: \[(\w\w)\])?: (.+)", line)
            assert match, line
            unsure, label, name, country, forms = match.groups()
            articles[-1].lines.append((label, unsure + name, country, forms.split("; ")))
    return articles


def f1(right: float, found: float, wanted: float) -> float:
    precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pairwise(gold: Mapping[Hashable, Hashable], ours: Mapping[Hashable, Hashable]) -> float:
    def pairs(counts: Counter[Hashable]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    both = Counter((gold[mention], ours[mention]) for mention in gold.keys() & ours.keys())
    return f1(pairs(both), pairs(Counter(ours.values())), pairs(Counter(gold.values())))


def b_cubed(gold: Mapping[Hashable, Hashable], ours: Mapping[Hashable, Hashable]) -> float:
    both = Counter((gold[mention], ours[mention]) for mention in gold.keys() & ours.keys())
    of_gold, of_ours = Counter(gold.values()), Counter(ours.values())
    precision = sum(count * count / of_ours[own] for (_, own), count in both.items())
    precision += sum(1 / of_ours[ours[mention]] for mention in ours.keys() - gold.keys())
    recall = sum(count * count / of_gold[name] for (name, _), count in both.items())
    recall += sum(1 / of_gold[gold[mention]] for mention in gold.keys() - ours.keys())
    precision, recall = precision / max(1, len(ours)), recall / max(1, len(gold))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
