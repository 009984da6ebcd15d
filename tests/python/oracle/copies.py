"""Copies by comparing every article with every other."""

from __future__ import annotations

from fractions import Fraction

Words = tuple[str, ...]


def shingles(words: list[str]) -> set[Words]:
    """Five words in a row; all words of an article that has fewer."""
    if not words:
        return set()
    return {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))}


def pairs(
    articles: list[list[str]], days: list[int | None], threshold: Fraction, measure: str, within: int | None
) -> dict[tuple[int, int], Fraction]:
    """The measure of each pair of positions that reaches the threshold."""
    sets = [shingles(words) for words in articles]
    found = {}
    for later in range(len(sets)):
        for earlier in range(later):
            one, other, first, second = sets[later], sets[earlier], days[later], days[earlier]
            if not one or not other:
                continue
            if within is not None and first is not None and second is not None and abs(first - second) > within:
                continue
            both = len(one & other)
            all_of = min(len(one), len(other)) if measure == "containment" else len(one | other)
            if Fraction(both, all_of) >= threshold:
                found[earlier, later] = Fraction(both, all_of)
    return found
