"""The slow, readable twin of the part-of-speech guesser: a hidden Markov model, decoded by
Viterbi.
"""

from __future__ import annotations

import math
from pathlib import Path

from .fold import typography

LETTERS = "NPJVGDRTICUOMX"
FILE = Path(__file__).parents[3] / "src/data/en/tags.txt"

Shares = dict[str, float]


def _shares(text: str) -> Shares:
    found = {text[i]: float(text[i + 1]) for i in range(0, len(text) - 1, 2)}
    total = max(1.0, sum(found.values()))
    return {tag: found.get(tag, 0.0) / total for tag in LETTERS}


class Tagger:
    """Tags sentences of (text, kind) tokens."""

    def __init__(self) -> None:
        tables: dict[str, dict[str, str]] = {}
        for line in FILE.read_text(encoding="utf-8").split("\n"):
            if line.startswith("["):
                rows = tables.setdefault(line.strip("[]"), {})
            elif line and not line.startswith("#"):
                key, _, value = line.partition(" ")
                rows[key] = value
        self.lower = {word: _shares(text) for word, text in tables["lower"].items()}
        self.capital = {word: _shares(text) for word, text in tables["capital"].items()}
        self.suffix = {word[1:]: _shares(text) for word, text in tables["suffix"].items()}
        self.step = {
            start: dict(zip(LETTERS, (-float(x) / 10 for x in text.split()), strict=True))
            for start, text in tables["transition"].items()
        }
        ((first, rest),) = tables["prior"].items()
        self.prior = {part[0]: float(part[1:]) / 1000 for part in [first, *rest.split()]}
        ((name, _),) = tables["name"].items()
        self.name = _shares(name)

    def _ending(self, word: str) -> Shares:
        for length in (4, 3, 2, 1):
            if len(word) > length and word[-length:] in self.suffix:
                return self.suffix[word[-length:]]
        return self.suffix[""]

    def _of_lower(self, word: str) -> Shares:
        if word in self.lower:
            return _mix(self.lower[word], 0.95, self._ending(word))
        if "-" in word:
            return _mix(self._ending(word.rsplit("-", 1)[1]), 0.5, {"J": 1.0})
        return self._ending(word)

    def _weights(self, text: str, kind: str) -> tuple[dict[str, float], dict[str, float]]:
        """Weights of the tags inside a sentence, and at its start."""
        lower = typography(text).lower()
        if kind == "number":
            inside = opening = {"U": 1.0, "N": 0.05, "J": 0.1}
        elif kind not in ("word", "abbreviation"):
            inside = opening = {"X": 1.0}
        elif not text[0].isupper():
            inside = opening = self._of_lower(lower)
        else:
            known, cap = lower in self.lower or lower.endswith("ly"), self.capital.get(text)
            shouted = len(text) > 1 and not any(letter.islower() for letter in text)
            inside = _mix(cap, 0.9, self.name) if cap else _mix(self.name, 0.9, self._of_lower(lower))
            if known:
                opening = _mix(self._of_lower(lower), 0.3 if shouted else 0.75, inside)
            else:
                opening = inside if cap else _mix(self.name, 0.75, self._of_lower(lower))
        return self._logs(inside), self._logs(opening)

    def _logs(self, shares: Shares) -> dict[str, float]:
        return {tag: math.log((shares.get(tag, 0.0) + 1e-4) / (self.prior[tag] + 1e-3)) for tag in LETTERS}

    def tag(self, sentence: list[tuple[str, str]], shouted: bool) -> list[str]:
        """The best sequence of tags, found by trying every path; in a `shouted` line capitals mean
        little.
        """
        capital = [text[0].isupper() for text, _ in sentence]
        opens = True
        paths: dict[str, tuple[float, list[str]]] = {"^": (0.0, [])}
        for at, (text, kind) in enumerate(sentence):
            inside, opening = self._weights(text, kind)
            best = max(LETTERS, key=lambda tag: opening[tag])
            next_capital = at + 1 < len(sentence) and capital[at + 1]
            if next_capital and best in LETTERS[:7]:
                opening = inside
            weights = opening if opens or shouted else inside
            opens = opens and weights["X"] > 0
            paths = {
                tag: max(
                    (
                        (score + self.step[last][tag] + weights[tag], [*path, tag])
                        for last, (score, path) in paths.items()
                    ),
                    key=lambda found: found[0],
                )
                for tag in LETTERS
            }
        return max(paths.values(), key=lambda found: found[0])[1]


def is_shouted(sentence: list[tuple[str, str]]) -> bool:
    """Whether two words in three have a capital."""
    words = [text for text, kind in sentence if kind in ("word", "abbreviation")]
    return sum(text[0].isupper() for text in words) * 3 > len(words) * 2


def lower_titles(sentences: list[list[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Spells the words of shouted lines of four or more tokens as the other sentences do.

    That is lower case, unless the word is capitalised within one of those sentences.
    """
    inside = [token for sentence in sentences if not is_shouted(sentence) for token in sentence[1:]]
    capital = {text.lower() for text, _ in inside if text[0].isupper()}
    plain = {text for text, kind in inside if kind in ("word", "abbreviation") and text == text.lower()} - capital
    return [
        [(text.lower() if text.lower() in plain else text, kind) for text, kind in sentence]
        if is_shouted(sentence) and len(sentence) >= 4
        else sentence
        for sentence in sentences
    ]


def _mix(a: Shares, share: float, b: Shares) -> Shares:
    return {tag: a.get(tag, 0.0) * share + b.get(tag, 0.0) * (1 - share) for tag in LETTERS}
