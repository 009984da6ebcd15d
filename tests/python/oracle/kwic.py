"""A slow concordance, which tries the query at every token."""

from __future__ import annotations

import itertools
import re
from typing import Any

import nutgraf as ng

from .fold import fold as folded
from .fold import typography


def pattern(piece: str, regex: bool, fold: bool) -> re.Pattern[str] | None:
    """The pattern for a whole token; None for any word."""
    if not regex and set(piece) == {"*"}:
        return None
    text = piece if regex else re.escape(piece).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(text, re.DOTALL | (re.IGNORECASE if fold else 0))


def kwic(
    corpus: ng.Corpus, query: str, window: int, regex: bool = False, fold: bool = True, zones: Any = None
) -> list[Any]:
    """(article, zone, start, end, left, match, right) of each match of a query of plain words, in
    order.
    """
    zones = zones or ("headline", "body")
    rows = []
    tokens = corpus.tokens(zones=zones).to_dicts()
    spans = corpus.zones(zones=zones).to_dicts()
    for article, group in itertools.groupby(tokens, key=lambda token: token["article"]):
        run = list(group)
        own = [zone for zone in spans if zone["article"] == article]
        zone_of = [next(i for i, z in enumerate(own) if z["start"] <= t["start"] and t["end"] <= z["end"]) for t in run]
        patterns = [pattern(piece, regex, fold) for piece in query.split()]
        for at in range(len(run) - len(patterns) + 1):
            part = run[at : at + len(patterns)]
            if len({token["sentence"] for token in part}) > 1:
                continue
            if not all(fits(token, wanted, regex, fold) for token, wanted in zip(part, patterns, strict=True)):
                continue
            text, end = corpus.text(article), at + len(patterns)
            left = [i for i in range(max(0, at - window), at) if zone_of[i] == zone_of[at]]
            right = [i for i in range(end, min(len(run), end + window)) if zone_of[i] == zone_of[at]]
            start, stop = part[0]["start"], part[-1]["end"]
            sides = [shown(text, [run[i] for i in side]) for side in (left, right)]
            rows.append((article, part[0]["zone"], start, stop, sides[0], text[start:stop], sides[1]))
    return rows


def fits(token: dict[str, Any], wanted: re.Pattern[str] | None, regex: bool, fold: bool) -> bool:
    if wanted is None:
        return token["kind"] not in ("punctuation", "symbol", "possessive")
    return wanted.fullmatch(form_of(token["text"], regex, fold)) is not None


def form_of(text: str, regex: bool, fold: bool) -> str:
    """The form of a token that a pattern is compared with."""
    return typography(text) if regex else folded(text, "lower" if fold else None)


def shown(text: str, tokens: list[dict[str, Any]]) -> str:
    # White space as Unicode defines it; Python adds four control characters.
    pieces = re.split(r"[^\S\x1c-\x1f]+", text[tokens[0]["start"] : tokens[-1]["end"]]) if tokens else []
    return " ".join(pieces)
