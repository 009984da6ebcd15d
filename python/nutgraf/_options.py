"""The words that options take, checked once, with one advice each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from nutgraf.errors import ConfigError

__all__: list[str] = []

ZoneName: TypeAlias = Literal["headline", "dateline", "byline", "body", "caption", "boilerplate"]
Zones: TypeAlias = ZoneName | Literal["all"] | Sequence[ZoneName]
By: TypeAlias = str | Sequence[str] | None
Fold: TypeAlias = Literal["lower", "casefold"] | None
Stopwords: TypeAlias = Literal["english", "en"] | Iterable[str] | None

DEFAULT_ZONES: tuple[ZoneName, ...] = ("headline", "body")


def choice(name: str, value: object, choices: Sequence[object]) -> None:
    """Check that an option has one of its values."""
    if not any(value == known and type(value) is type(known) for known in choices):
        known = ", ".join(repr(item) for item in choices)
        raise ConfigError(f"{name}={value!r}; expected one of {known}", kind="bad_option", field=name)


def names(name: str, value: str | Iterable[str] | None) -> list[str]:
    """Take one name or several as a list."""
    if value is None:
        return []
    items = [value] if isinstance(value, str) else list(value)
    for item in items:
        if not isinstance(item, str):
            raise TypeError(f"{name} takes names; {item!r} is of type {type(item).__name__}")
    return items


def at_least(name: str, value: object, least: int) -> int:
    """Take a whole number of some size."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} takes a whole number; {value!r} is of type {type(value).__name__}")
    number = int(value.__index__())
    if number < least:
        raise ConfigError(f"{name}={number}; expected at least {least}", kind="bad_option", field=name)
    return number


def between(name: str, value: object, low: float, high: float) -> float:
    """Take a number in a range."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} takes a number; {value!r} is of type {type(value).__name__}")
    if not low <= value <= high:
        raise ConfigError(f"{name}={value}; expected {low} to {high}", kind="bad_option", field=name)
    return float(value)


def counting(
    *,
    fold: Fold,
    stopwords: Stopwords,
    ngrams: int | tuple[int, int],
    min_count: int,
    min_articles: int,
) -> Mapping[str, Any]:
    """Take the options of verbs that count terms, as the core takes them."""
    choice("fold", fold, ["lower", "casefold", None])
    shortest, longest = (ngrams, ngrams) if isinstance(ngrams, int) else ngrams
    return {
        "fold": fold,
        "language": stopwords if isinstance(stopwords, str) else None,
        "stopwords": None if isinstance(stopwords, str) else names("stopwords", stopwords),
        "ngrams": (at_least("ngrams", shortest, 1), at_least("ngrams", longest, 1)),
        "min_count": at_least("min_count", min_count, 1),
        "min_articles": at_least("min_articles", min_articles, 1),
    }
