"""Copies of wire stories as newspapers make them, and how well a clustering finds them.

Each story of a corpus is edited several times: cut from the end, given another headline, given a
local lead, given one other paragraph, printed in another house style, or read with errors (two per
cent of the words). `adjusted_rand` compares the clusters found with those made.

Usage:  python wire_edits.py NEWS.jsonl [--stories 500] [--seed 1]
Rows:   {"text"}
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import comb

Edit = Callable[[list[str], random.Random, list[str]], list[str]]
"""Paragraphs, chance, and paragraphs of other stories, to paragraphs."""


def cut(paragraphs: list[str], chance: random.Random, others: list[str]) -> list[str]:
    """Keep the first paragraphs, at least 40 per cent of them."""
    return paragraphs[: max(2, int(len(paragraphs) * chance.uniform(0.4, 0.9)))]


def new_headline(paragraphs: list[str], chance: random.Random, others: list[str]) -> list[str]:
    """Put the first words of another story above the text."""
    return [" ".join(chance.choice(others).split()[:8]), *paragraphs]


def local_lead(paragraphs: list[str], chance: random.Random, others: list[str]) -> list[str]:
    """Put a paragraph of another story before the text."""
    return [chance.choice(others), *paragraphs]


def other_paragraph(paragraphs: list[str], chance: random.Random, others: list[str]) -> list[str]:
    """Replace one paragraph by one of another story."""
    at = chance.randrange(len(paragraphs))
    return [*paragraphs[:at], chance.choice(others), *paragraphs[at + 1 :]]


def house_style(paragraphs: list[str], chance: random.Random, others: list[str]) -> list[str]:
    """Print in another typography."""
    swaps = [("'", "’"), ("U.S.", "US"), (" - ", " — "), ("...", "…"), ("Mr.", "Mr"), ("Mrs.", "Mrs")]
    changed = []
    for text in paragraphs:
        printed = text
        for old, new in swaps:
            printed = printed.replace(old, new)
        changed.append(re.sub(r'"([^"]*)"', r"“\1”", printed))
    return changed


def noise(paragraphs: list[str], chance: random.Random, others: list[str]) -> list[str]:
    """Misread two words of a hundred, by one letter each."""

    def misread(word: str) -> str:
        if len(word) < 2 or chance.random() >= 0.02:
            return word
        at = chance.randrange(len(word))
        return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]

    return [" ".join(misread(word) for word in text.split(" ")) for text in paragraphs]


EDITS: tuple[Edit, ...] = (cut, new_headline, local_lead, other_paragraph, house_style, noise)


def edited(stories: Sequence[str], seed: int) -> tuple[list[str], list[int]]:
    """Return the stories and their edits in a random order, and the story that each is of."""
    chance = random.Random(seed)
    split = [[text for text in re.split(r"\n\s*\n|\n", story) if text.strip()] for story in stories]
    others = [text for paragraphs in split for text in paragraphs if 20 <= len(text.split()) <= 60]
    rows = []
    for number, paragraphs in enumerate(split):
        rows.append((number, paragraphs))
        for edit in chance.sample(EDITS, chance.randint(1, 4)):
            rows.append((number, edit(paragraphs, chance, others)))
    chance.shuffle(rows)
    return ["\n\n".join(paragraphs) for _, paragraphs in rows], [number for number, _ in rows]


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return the adjusted Rand index of two clusterings (Hubert & Arabie 1985)."""
    both = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    first, second = (sum(comb(count, 2) for count in Counter(labels).values()) for labels in (one, other))
    chance = first * second / max(1, comb(len(one), 2))
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def main() -> None:
    """Print how well the edits of some stories are found."""
    import nutgraf as ng

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news")
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open(options.news, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    corpus = ng.Corpus(texts)
    known = set(corpus.copies(within=None)["article"])
    stories = [text for at, text in enumerate(texts) if at not in known and text.count("\n") >= 3]
    stories = random.Random(options.seed).sample(stories, min(options.stories, len(stories)))
    articles, made = edited(stories, options.seed)
    table = ng.Corpus(articles).copies(within=None)
    found = dict(zip(table["article"], table["copy"], strict=True))
    clusters = [found.get(at, at) for at in range(len(articles))]
    print(f"{len(stories)} stories, {len(articles)} articles, adjusted Rand {adjusted_rand(made, clusters):.3f}")


if __name__ == "__main__":
    main()
