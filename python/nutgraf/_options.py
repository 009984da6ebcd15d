"""Checks of options, shared by all verbs.

A value of the wrong type raises :class:`TypeError`; a value of the right type that is
not allowed raises :class:`nutgraf.ConfigError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias, TypedDict

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
Period: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
# What an article counts, if not one.
Weight: TypeAlias = Literal["copies"] | None
Within: TypeAlias = Literal["sentence", "paragraph", "article"]
FileFormat: TypeAlias = Literal["text", "jsonl", "json", "csv", "tsv", "html", "xml", "mail", "export", "parquet"]

# Larger values are clipped to this. No count, length or number of threads comes near it.
MOST = 2**62

DEFAULT_ZONES: tuple[ZoneName, ...] = ("headline", "body")

PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
WITHIN: tuple[Within, ...] = ("sentence", "paragraph", "article")
FORMATS: tuple[FileFormat, ...] = ("text", "jsonl", "json", "csv", "tsv", "html", "xml", "mail", "export", "parquet")


class Counting(TypedDict):
    """The options of verbs that count terms, as the core takes them."""

    fold: Fold
    stem: Stem
    language: str | None
    stopwords: list[str] | None
    ngrams: tuple[int, int]
    min_count: int
    min_articles: int


class EntityCounting(TypedDict):
    """The options of verbs that count entities, as the core takes them."""

    labels: list[str]
    min_mentions: int
    min_articles: int
    agencies: bool
    weighted: bool
    quotes: bool


class Settings(TypedDict):
    """The options with which a corpus is built, as the core takes them."""

    id: str | None
    id_source: Literal["asked", "found", "index", "positions"]
    date: str | None
    headline: str | None
    byline: str | None
    layout: str
    paragraphs: str
    date_format: str | None
    dayfirst: bool | None
    # Where the ids of articles in files are, in which encoding the files are, where dates are
    # inferred from, and whether usual names have their role.
    ids: str
    encoding: str | None
    infer: list[str]
    usual: bool
    errors: str
    threads: int | None
    # The id of the first article, if ids are positions.
    first: int
    failures: list[tuple[str, str]]
    # Fields, and what was decided about them.
    notes: list[tuple[str, str]]
    progress: Callable[[int], object] | None


def wrong_type(name: str, expected: str, value: object) -> TypeError:
    """Make the error for a value of the wrong type."""
    return TypeError(f"{name} takes {expected}; {value!r} is of type {type(value).__name__}")


def choice(name: str, value: object, choices: Sequence[str], *, optional: bool = False) -> None:
    """Check that an option has one of its values, or is None where it is optional."""
    if value is None and optional:
        return
    known = [*map(repr, choices), *(["None"] if optional else [])]
    if not isinstance(value, str):
        raise wrong_type(name, f"one of {', '.join(known)}", value)
    if value not in choices:
        raise ConfigError(f"{name}={value!r}; expected one of {', '.join(known)}", kind="bad_option", field=name)


def names(name: str, value: str | Iterable[str]) -> list[str]:
    """Take one name or several as a list."""
    if not isinstance(value, str) and not isinstance(value, Iterable):
        raise wrong_type(name, "names", value)
    items = [value] if isinstance(value, str) else list(value)
    for item in items:
        if not isinstance(item, str):
            raise wrong_type(name, "names", item)
        if not item.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in item):
            raise ConfigError(
                f'field "{name}": {item!r} contains a lone surrogate; expected Unicode text',
                kind="bad_option",
                field=name,
            )
    return items


def some_names(name: str, value: str | Iterable[str] | None) -> list[str]:
    """Take one name, several or none (None) as a list."""
    return [] if value is None else names(name, value)


def one_name(name: str, value: object) -> str:
    """Take one name."""
    if not isinstance(value, str):
        raise wrong_type(name, "a name", value)
    return names(name, value)[0]


def maybe_name(name: str, value: object) -> str | None:
    """Take one name, or None."""
    return None if value is None else one_name(name, value)


def number(name: str, value: object) -> float:
    """Take a number of any size; the core checks its range."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise wrong_type(name, "a number", value)
    return float(value)


def truth(name: str, value: object) -> bool:
    """Take a truth value."""
    if not isinstance(value, bool):
        raise wrong_type(name, "True or False", value)
    return value


def maybe_truth(name: str, value: object) -> bool | None:
    """Take a truth value, or None."""
    if value is not None and not isinstance(value, bool):
        raise wrong_type(name, "True, False or None", value)
    return value


def whole(name: str, value: object) -> int:
    """Take a whole number."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise wrong_type(name, "a whole number", value)
    return int(value.__index__())


def at_least(name: str, value: object, least: int) -> int:
    """Take a whole number with a lower bound."""
    number = min(whole(name, value), MOST)
    if number < least:
        raise ConfigError(f"{name}={number}; expected at least {least}", kind="bad_option", field=name)
    return number


def maybe_at_least(name: str, value: object, least: int) -> int | None:
    """Take a whole number with a lower bound, or None."""
    return None if value is None else at_least(name, value, least)


def up_to(name: str, value: object, least: int, most: int) -> int:
    """Take a whole number in a range."""
    number = whole(name, value)
    if not least <= number <= most:
        raise ConfigError(f"{name}={number}; expected {least} to {most}", kind="bad_option", field=name)
    return number


def between(name: str, value: object, low: float, high: float) -> float:
    """Take a number in a range."""
    given = number(name, value)
    if not low <= given <= high:
        raise ConfigError(f"{name}={value}; expected {low} to {high}", kind="bad_option", field=name)
    return given


def lengths(value: object) -> tuple[int, int]:
    """Take the length of n-grams, or the smallest and the largest length."""
    if hasattr(value, "__index__") and not isinstance(value, bool):
        value = (value, value)
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(f"ngrams takes a whole number, or the fewest and the most as in (1, 3); it got {value!r}")
    return (at_least("ngrams", value[0], 1), at_least("ngrams", value[1], 1))


def zone_names(zones: Zones) -> list[str]:
    """Take the names of at least one zone."""
    given = names("zones", zones)
    if not given:
        raise ConfigError("no zone is named; expected at least one", kind="bad_option", field="zones")
    return given


def counting(
    *,
    fold: Fold,
    stopwords: Stopwords,
    stem: Stem,
    ngrams: int | tuple[int, int] = 1,
    min_count: int = 1,
    min_articles: int = 1,
) -> Counting:
    """Take the options of verbs that count terms."""
    choice("fold", fold, ["lower", "casefold"], optional=True)
    return {
        "fold": fold,
        "stem": maybe_name("stem", stem),
        "language": one_name("stopwords", stopwords) if isinstance(stopwords, str) else None,
        "stopwords": None if isinstance(stopwords, str) else some_names("stopwords", stopwords),
        "ngrams": lengths(ngrams),
        "min_count": at_least("min_count", min_count, 1),
        "min_articles": at_least("min_articles", min_articles, 1),
    }


def entity_counting(
    *,
    labels: str | Sequence[str] | None,
    min_mentions: int = 1,
    min_articles: int = 1,
    agencies: bool = True,
    weighted: bool = False,
    quotes: bool = False,
) -> EntityCounting:
    """Take the options of verbs that count entities."""
    return {
        "labels": some_names("labels", labels),
        "min_mentions": at_least("min_mentions", min_mentions, 1),
        "min_articles": at_least("min_articles", min_articles, 1),
        "agencies": truth("agencies", agencies),
        "weighted": weighted,
        "quotes": quotes,
    }


# Where a missing date may be, in the order in which the core looks.
PLACES = ["text", "dateline", "name"]


def inference(value: bool | str) -> list[str]:
    """Take the places from which missing dates are inferred: all, one or none."""
    if isinstance(value, bool):
        return PLACES if value else []
    if not isinstance(value, str):
        raise wrong_type("infer_dates", "True, False or one of " + ", ".join(map(repr, PLACES)), value)
    choice("infer_dates", value, PLACES)
    return [value]


def weighted(weight: Weight) -> bool:
    """Take whether each story counts once."""
    choice("weight", weight, ["copies"], optional=True)
    return weight is not None


def settings(
    text: str,
    id: str | Literal[False] | None,
    date: str | None,
    headline: str | None,
    byline: str | None,
    layout: str,
    paragraphs: str,
    date_format: str | None,
    dayfirst: bool | None,
    infer_dates: bool | str,
    errors: str,
    threads: int | None,
) -> Settings:
    """Take the options with which a corpus is built."""
    choice("layout", layout, ["auto", "plain", "html"])
    choice("paragraphs", paragraphs, ["auto", "blank", "line"])
    choice("errors", errors, ["raise", "skip"])
    if not isinstance(text, str):
        raise wrong_type("text", "the name of a column", text)
    if isinstance(id, bool) and id:
        raise wrong_type("id", "the name of a column, None or False", id)
    ids = None if id is False else id
    for role, name in (("id", ids), ("date", date), ("headline", headline), ("byline", byline)):
        if name is not None and not isinstance(name, str):
            raise wrong_type(role, "the name of a column", name)
    return {
        "id": ids,
        "id_source": "asked" if isinstance(id, str) else "found" if id is None else "positions",
        "date": date,
        "headline": headline,
        "byline": byline,
        "layout": layout,
        "paragraphs": paragraphs,
        "date_format": maybe_name("date_format", date_format),
        "dayfirst": maybe_truth("dayfirst", dayfirst),
        "ids": "auto",
        "encoding": None,
        "infer": inference(infer_dates),
        "usual": False,
        "errors": errors,
        "threads": maybe_at_least("threads", threads, 1),
        "first": 0,
        "failures": [],
        "notes": [],
        "progress": None,
    }
