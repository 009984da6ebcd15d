"""Words in one typography and house style, folded slowly."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parents[3] / "src/data/en"
APOSTROPHES = "`´ʹʻʼʽ‘’‚‛′‹›＇"
QUOTES = "“”„‟″«»＂"
DASHES = "‐‑‒–−﹣－"
INVISIBLE = "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
TABLE = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(QUOTES, '"') | dict.fromkeys(DASHES, "-") | {"―": "—", "…": "..."}
)
WIDE = re.compile("[\ufb00-\ufb06\uff01-\uff5e²³¹⁰-⁹₀-₉]")
NAMES = {"US", "IT", "WHO", "AM"}


# A longer word is not an abbreviation.
LONGEST = 64


@cache
def lists() -> tuple[frozenset[str], frozenset[str]]:
    """Return the abbreviations that may lack their stop, and the function words."""
    section, forms = "", dict[str, str]()
    for line in (DATA / "abbreviations.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            forms |= dict.fromkeys((entry.lstrip("=").lower() for entry in line.split()), section)
    short = {form for form, section in forms.items() if section not in ("numbered", "state")} - {"apt"}
    words = (DATA / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(short), frozenset(word for word in words if not word.startswith("# "))


def typography(text: str) -> str:
    """Return the word in plain typography."""
    text = re.sub("&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z0-9]+);", lambda found: html.unescape(found[0]), text)
    text = WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(TABLE))
    return unicodedata.normalize("NFC", re.sub(INVISIBLE, "", text))


def _part(part: str, *, folds: bool) -> str:
    short, function = lists()
    if folds and part in NAMES:
        return "".join(f"{letter}." for letter in part)
    stem = part.removesuffix(".")
    if "." in stem:
        bare = stem.replace(".", "")
        if all(len(piece) == 1 and piece.isalpha() for piece in stem.split(".")):
            dotted = (folds or not bare.isupper()) and bare.lower() in function
            return "".join(f"{letter}." for letter in bare) if dotted else bare
        return bare if stem != part and stem.lower() in short else part
    if stem == part or not stem:
        return part
    if len(stem) == 1:
        return part if not stem.isalpha() or stem.lower() in function else stem
    return stem if stem.lower() in short else part


def fold(text: str, case: Literal["lower", "casefold"] | None = "lower") -> str:
    """Fold a word as `Corpus.terms` documents it."""
    styled = typography(text)
    if len(styled.encode()) <= LONGEST:
        styled = "-".join(_part(part, folds=case is not None) for part in styled.split("-"))
    if case == "casefold":
        return unicodedata.normalize("NFC", styled.casefold())
    return styled if case is None else styled.lower()
