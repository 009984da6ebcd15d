"""The matches of names in a text, by the rules of the docstring, character by character."""

from __future__ import annotations

import re
import unicodedata

from .fold import typography

APOSTROPHES = "'’‘ʻʼ′´`＇"
INVISIBLE = "\u00ad\u200b\u2060\ufeff"


def found(names: list[str], text: str, *, ignore_case: bool = False) -> list[tuple[int, int, str]]:
    """Start, end and name of each match."""

    def same(piece: str) -> str:
        piece = typography(piece)
        if ignore_case:
            piece = unicodedata.normalize("NFC", unicodedata.normalize("NFD", piece).casefold())
        return piece

    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(same(" ".join(name.split())), name)
    longest = max((len(name) for name in names), default=0) * 4 + 8
    matches, at = [], 0
    while at < len(text):
        step = 1
        if may_begin(text, at) and not text[at].isspace():
            for end in range(min(len(text), at + longest), at, -1):
                piece = text[at:end]
                if piece[-1].isspace() or not may_end(text, end) or re.search(r"\n\s*\n", piece):
                    continue
                name = wanted.get(same(" ".join(piece.split())))
                if name is not None:
                    matches.append((at, end, name))
                    step = end - at
                    break
        at += step
    return matches


def in_word(character: str) -> bool:
    letter = character.isalnum() and character not in APOSTROPHES
    return letter or character == "_" or unicodedata.category(character)[0] == "M" or character in INVISIBLE


def is_inner(text: str, at: int) -> bool:
    """Whether a mark is part of a word."""
    if not 0 < at < len(text) - 1 or not (in_word(text[at - 1]) and in_word(text[at + 1])):
        return False
    return text[at] in APOSTROPHES or (text[at] in ".," and text[at - 1].isnumeric() and text[at + 1].isnumeric())


def may_begin(text: str, at: int) -> bool:
    if at == 0:
        return True
    if in_word(text[at]) and in_word(text[at - 1]):
        return False
    if is_inner(text, at):
        return False
    if is_inner(text, at - 1):
        before = at - 1
        while before > 0 and in_word(text[before - 1]):
            before -= 1
        letters = [letter for letter in text[before : at - 1] if unicodedata.category(letter)[0] != "M"]
        return text[at - 1] in APOSTROPHES and all(letter.islower() for letter in letters) and text[at].isupper()
    return True


def may_end(text: str, end: int) -> bool:
    if end == len(text):
        return True
    if in_word(text[end]) and in_word(text[end - 1]):
        return False
    if unicodedata.category(text[end])[0] == "M":
        return False
    if is_inner(text, end - 1):
        return False
    if is_inner(text, end):
        ending = re.match(r"['’](s|d|ll|m|re|ve)(?!\w)", text[end:], re.IGNORECASE)
        return ending is not None and not is_inner(text, end + ending.end())
    return True
