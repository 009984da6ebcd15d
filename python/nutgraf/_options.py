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
# The name or ISO code of a language, or words.
Stopwords: TypeAlias = str | Iterable[str] | None
Stem: TypeAlias = str | None
Compat: TypeAlias = Literal["sklearn", "nltk", "quanteda", "antconc", "sketchengine"] | None

# What is larger is cut to this: no count, length or number of threads comes near it.
MOST = 2**62

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
    if not isinstance(value, str) and not isinstance(value, Iterable):
        raise TypeError(f"{name} takes names; {value!r} is of type {type(value).__name__}")
    items = [value] if isinstance(value, str) else list(value)
    for item in items:
        if not isinstance(item, str):
            raise TypeError(f"{name} takes names; {item!r} is of type {type(item).__name__}")
        if not item.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in item):
            raise ConfigError(
                f'field "{name}": {item!r} holds a lone surrogate; expected Unicode text', kind="bad_option", field=name
            )
    return items


def name(option: str, value: object) -> str | None:
    """Take one name, or none."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{option} takes a name; {value!r} is of type {type(value).__name__}")
    return None if value is None else names(option, value)[0]


def number(name: str, value: object) -> float:
    """Take a number of any size; the core tells which make sense."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} takes a number; {value!r} is of type {type(value).__name__}")
    return float(value)


def truth(name: str, value: object) -> bool:
    """Take a truth value."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} takes True or False; {value!r} is of type {type(value).__name__}")
    return value


def at_least(name: str, value: object, least: int) -> int:
    """Take a whole number of some size."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} takes a whole number; {value!r} is of type {type(value).__name__}")
    number = min(int(value.__index__()), MOST)
    if number < least:
        raise ConfigError(f"{name}={number}; expected at least {least}", kind="bad_option", field=name)
    return number


def up_to(name: str, value: object, least: int, most: int) -> int:
    """Take a whole number in a range."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} takes a whole number; {value!r} is of type {type(value).__name__}")
    number = int(value.__index__())
    if not least <= number <= most:
        raise ConfigError(f"{name}={number}; expected {least} to {most}", kind="bad_option", field=name)
    return number


def between(name: str, value: object, low: float, high: float) -> float:
    """Take a number in a range."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} takes a number; {value!r} is of type {type(value).__name__}")
    if not low <= value <= high:
        raise ConfigError(f"{name}={value}; expected {low} to {high}", kind="bad_option", field=name)
    return float(value)


def lengths(value: object) -> tuple[int, int]:
    """Take the length of n-grams, or the shortest and the longest."""
    if hasattr(value, "__index__") and not isinstance(value, bool):
        value = (value, value)
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(f"ngrams takes a whole number, or the fewest and the most as in (1, 3); it got {value!r}")
    return (at_least("ngrams", value[0], 1), at_least("ngrams", value[1], 1))


def counting(
    *,
    fold: Fold,
    stopwords: Stopwords,
    ngrams: int | tuple[int, int],
    min_count: int,
    min_articles: int,
    stem: Stem = None,
) -> Mapping[str, Any]:
    """Take the options of verbs that count terms, as the core takes them."""
    choice("fold", fold, ["lower", "casefold", None])
    return {
        "fold": fold,
        "stem": name("stem", stem),
        "language": stopwords if isinstance(stopwords, str) else None,
        "stopwords": None if isinstance(stopwords, str) else names("stopwords", stopwords),
        "ngrams": lengths(ngrams),
        "min_count": at_least("min_count", min_count, 1),
        "min_articles": at_least("min_articles", min_articles, 1),
    }
