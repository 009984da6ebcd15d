"""What the plot of a table shows, as plain data that any library can draw.

A table does not know the verb that made it, so the kind of plot follows from its
columns.
"""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from nutgraf import _options
from nutgraf._terminal import visible
from nutgraf.errors import ConfigError

if TYPE_CHECKING:
    from nutgraf.table import Table

__all__: list[str] = []

Kind: TypeAlias = Literal["bars", "lines", "volcano", "points", "xray"]
KINDS: tuple[Kind, ...] = ("bars", "lines", "volcano", "points", "xray")

# The palette of Okabe and Ito, which colour-blind readers can distinguish; without its yellow,
# which cannot be seen on white.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000")

# A colour for each usual label, so that people have one colour in every plot.
_LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")

# How much of a table one plot shows, if no number is given.
_BARS, _LINES, _ROWS, _PANELS = 20, 7, 20, 6

# The most points of a panel, and the room for the name of one, in widths and heights of it.
_POINTS, _WIDE, _HIGH = 5000, 0.14, 0.04

# The longest name, and the longest label in a legend, in characters.
_NAME, LABEL = 32, 16

# The columns that say what a row is about; the columns before one are groups.
_SUBJECTS = ("entity", "term", "phrase", "item", "category", "alias")

# Columns that are neither a group nor a value.
_RANKS = frozenset(["rank", "label", "article"])

# Columns of numbers that are not what a verb was asked to measure.
_SECONDARY = frozenset(["p_value", "q_value", "per_million", "per_thousand", "intercept", "z", "tau", "idf"])

# The axis of a column, in plain English.
_TITLES = {
    "articles": "Articles",
    "count": "Count",
    "dp": "DP (0: evenly spread, 1: in one place)",
    "log_likelihood": "Log-likelihood",
    "log_ratio": "Log ratio (1: twice as frequent in the target)",
    "mentions": "Mentions",
    "npmi": "Normalised PMI",
    "per_million": "Per million words",
    "per_thousand": "Per thousand articles",
    "pmi": "PMI",
    "share": "Share of the words",
    "slope": "Slope per period",
    "weight": "Weight of the burst",
}


class Bar(NamedTuple):
    """A bar; bars of one name are stacked."""

    name: str
    value: float
    group: str


class Line(NamedTuple):
    """A value for each day on which a period starts; None is a gap."""

    name: str
    days: list[datetime.date]
    values: list[float | None]


class Point(NamedTuple):
    """A point, with its name next to it if it is one of the outermost."""

    name: str
    x: float
    y: float
    group: str
    is_named: bool


class Tick(NamedTuple):
    """A match in one of the rows of an x-ray."""

    name: str
    x: float | datetime.date


class Panel(NamedTuple):
    """One part of a figure, for one group of the table."""

    title: str
    items: list[Any]


class Figure(NamedTuple):
    """What a plot shows; a figure without groups has one panel."""

    kind: Literal["bars", "lines", "points", "xray"]
    panels: list[Panel]
    x: str
    y: str
    # The title of the legend of colours, and its entries in order.
    legend: str
    groups: list[str]
    # What is not shown, in words.
    note: str
    is_log: bool = False


def figure(table: Table, kind: Kind | None, n: int | None, value: str | None) -> Figure:
    """Decide what the plot of a table shows."""
    _options.choice("kind", kind, KINDS, optional=True)
    n = _options.maybe_at_least("n", n, 1)
    if value is not None:
        schema = table.schema
        table._position(value)
        if schema[value] not in ("int64", "float64"):
            numbers = [name for name, of in schema.items() if of in ("int64", "float64")]
            raise ConfigError(
                f"value={value!r} is a column of {schema[value]}; expected one of numbers: {', '.join(numbers)}",
                kind="bad_option",
                field="value",
            )
    columns = set(table.columns)
    usual = _usual(columns)
    draw = {"lines": _lines, "volcano": _volcano, "points": _points, "xray": _xray, "bars": _bars}
    needs = {
        "lines": {"item", "period_start"},
        "volcano": {"target", "reference"},
        "points": {"count"},
        "xray": {"article", "start", "match"},
        "bars": set[str](),
    }
    chosen = kind or usual
    missing = sorted(needs[chosen] - columns)
    if missing:
        raise ConfigError(
            f"kind={chosen!r} needs the columns {', '.join(sorted(needs[chosen]))}; the table has no {', '.join(missing)}",
            kind="bad_option",
            field="kind",
        )
    return draw[chosen](table, n, value)


def _usual(columns: set[str]) -> Kind:
    if {"item", "period_start"} <= columns:
        return "lines"
    if {"article", "start", "match"} <= columns:
        return "xray"
    if {"term", "count", "range"} <= columns:
        return "points"
    return "bars"


def title(column: str) -> str:
    """Say in plain English what an axis shows."""
    return _TITLES.get(column, column.replace("_", " ").capitalize())


def shortened(name: Any, most: int = _NAME) -> str:
    """Make a name one line that fits next to a plot."""
    text = " ".join(visible(str(name)).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def unique(names: list[str]) -> list[str]:
    """Give names that are equal once they are short a number."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    result = []
    for name in names:
        own = name
        while own in taken:
            numbers[name] = numbers.get(name, 1) + 1
            own = f"{name} ({numbers[name]})"
        taken.add(own)
        result.append(own)
    return result


def _subject(table: Table) -> str:
    columns = table.columns
    if {"a", "b"} <= set(columns):
        return "a"
    for name in _SUBJECTS:
        if name in columns:
            return name
    raise ConfigError(
        f"the plot needs a column of names ({', '.join(_SUBJECTS)}); there are {', '.join(columns)}",
        kind="missing_column",
        field="plot",
    )


def _value(table: Table, subject: str) -> str:
    """Return the column that is shown by default."""
    schema = table.schema
    numbers = [name for name, kind in schema.items() if kind in ("int64", "float64")]
    measures = [name for name in numbers if schema[name] == "float64" and name not in _SECONDARY]
    if {"target", "reference"} <= set(numbers):
        signed = [name for name in measures if any((x or 0.0) < 0 for x in table[name])]
        order = ["log_ratio", *signed, *measures]
    elif subject in ("entity", "category", "a"):
        order = ["mentions", "count", "articles"]
    elif {"left", "right"} <= set(numbers):
        order = measures
    else:
        order = ["slope", "weight", "score", *measures, "count", "articles"]
    found = next((name for name in [*order, *numbers] if name in numbers), None)
    if found is None:
        raise ConfigError(
            f"the plot needs a column of numbers; there are {', '.join(table.columns)}",
            kind="missing_column",
            field="plot",
        )
    return found


def _is_finite(value: Any) -> bool:
    return value is not None and math.isfinite(value)


def _grouped(table: Table, subject: str, ignored: frozenset[str] = _RANKS) -> tuple[list[str], list[str]]:
    """Return the group columns, and the group of each row in words."""
    columns = table.columns
    keys = [name for name in columns[: columns.index(subject)] if name not in ignored]
    if keys:
        values = [table[name] for name in keys]
        return keys, [
            " · ".join("none" if x is None else shortened(x) for x in row) for row in zip(*values, strict=True)
        ]
    return [], [""] * len(table)


def _in_groups(rows: list[Any], groups: list[str], notes: list[str]) -> dict[str, list[Any]]:
    """Put rows into their groups, in order, and keep as many as a figure has panels."""
    found: dict[str, list[Any]] = {}
    for row, group in zip(rows, groups, strict=True):
        found.setdefault(group, []).append(row)
    if len(found) > _PANELS:
        notes.append(f"{_PANELS} of {len(found):,} groups")
    return dict(list(found.items())[:_PANELS])


def _palette(table: Table) -> tuple[str, list[str | None]]:
    """Return the column that colours the bars, and its values."""
    if "label" in table.columns and "entity" in table.columns:
        return "label", [shortened(label, LABEL) for label in table["label"]]
    return "", [None] * len(table)


def in_order(groups: list[str]) -> list[str]:
    """List what is in a legend: usual labels first."""
    found = dict.fromkeys(group for group in groups if group)
    return [*(label for label in _LABELS if label in found), *(group for group in found if group not in _LABELS)]


def colour(group: str, groups: list[str]) -> str:
    """Return the colour of a group; usual labels always have the same."""
    at = _LABELS.index(group) if group in _LABELS else groups.index(group) if group in groups else 0
    return COLOURS[at % len(COLOURS)]


def _bars(table: Table, n: int | None, value: str | None) -> Figure:
    subject = _subject(table)
    shown = value or _value(table, subject)
    if subject == "category":
        return _stacked(table, n, shown)
    numbers = table[shown]
    names = [shortened(name) for name in table[subject]]
    if subject == "a":
        half = _NAME // 2
        names = [f"{shortened(a, half)} – {shortened(b, half)}" for a, b in zip(table["a"], table["b"], strict=True)]
    legend, colours = _palette(table)
    is_keyness = {"target", "reference"} <= set(table.columns)
    if is_keyness:
        legend, colours = "More frequent in", ["target" if (x or 0.0) > 0 else "reference" for x in numbers]
    keys, groups = _grouped(table, subject)
    if "article" in table.columns[: table.columns.index(subject)]:
        keys, groups = _grouped(table, subject, frozenset(["rank"]))
    notes: list[str] = []
    panels = []
    most = n or _BARS
    kept = [at for at in range(len(table)) if _is_finite(numbers[at])]
    if len(kept) < len(table):
        notes.append(f"{len(table) - len(kept):,} rows without a finite value are not shown")
    for name, rows in _in_groups(kept, [groups[at] for at in kept], notes).items():
        chosen = rows[:most]
        if is_keyness:
            chosen = _both_sides(rows, numbers, most)
        shown_of = f"{len(chosen):,} of {len(rows):,}" if len(chosen) < len(rows) else ""
        if shown_of and not keys:
            notes.append(f"{shown_of} rows")
        short = unique([names[at] for at in chosen])
        items = [Bar(own, float(numbers[at]), str(colours[at] or "")) for own, at in zip(short, chosen, strict=True)]
        panels.append(Panel(f"{name} ({shown_of})" if keys and shown_of else name, items))
    shades = in_order([item.group for panel in panels for item in panel.items])
    if is_keyness:
        shades = [side for side in ("target", "reference") if side in shades]
    return Figure("bars", panels or [Panel("", [])], title(shown), "", legend.capitalize(), shades, _note(notes))


def _both_sides(rows: list[int], numbers: list[Any], most: int) -> list[int]:
    """Choose the first rows of each side; if one has few, the other gets the room."""
    right = [at for at in rows if numbers[at] > 0]
    left = [at for at in rows if numbers[at] <= 0]
    # keyness() lists the words of the reference last, with the most typical at the end.
    if left and numbers[left[-1]] < numbers[left[0]]:
        left.reverse()
    fewest = min(len(right), len(left), most // 2)
    if len(left) <= len(right):
        chosen = [*right[: most - fewest], *left[:fewest]]
    else:
        chosen = [*right[:fewest], *left[: most - fewest]]
    return sorted(chosen, key=lambda at: (-numbers[at], at))


def _stacked(table: Table, n: int | None, shown: str) -> Figure:
    """Show the categories of a dictionary: stacked by group, or in all articles."""
    keys, groups = _grouped(table, "category")
    categories = [shortened(name) for name in table["category"]]
    sums: dict[tuple[str, str], float] = {}
    for group, category, number in zip(groups, categories, table[shown], strict=True):
        key = (group, category) if keys else (category, "")
        sums[key] = sums.get(key, 0.0) + (number or 0)
    if not keys and shown not in ("count", "words"):
        raise ConfigError(
            f"value={shown!r} cannot be added over articles; expected value='count', or count(…, by=…)",
            kind="bad_option",
            field="value",
        )
    names = list(dict.fromkeys(name for name, _ in sums))
    most = n or _BARS * 2
    notes = [f"{most:,} of {len(names):,} groups"] if len(names) > most else []
    kept = set(names[:most])
    items = [Bar(name, number, group) for (name, group), number in sums.items() if name in kept]
    legend = "Category" if keys else ""
    return Figure(
        "bars", [Panel("", items)], title(shown), "", legend, in_order([x.group for x in items]), _note(notes)
    )


def _lines(table: Table, n: int | None, value: str | None) -> Figure:
    shown = value or "per_million"
    if shown not in table.columns:
        raise ConfigError(f"there is no column {shown!r}; expected value=…", kind="missing_column", field="value")
    _, groups = _grouped(table, "item")
    names, days, values = table["item"], table["period_start"], table[shown]
    most = n or _LINES
    notes: list[str] = []
    all_items = list(dict.fromkeys(names))
    kept = all_items[:most]
    if len(all_items) > most:
        notes.append(f"{most:,} of {len(all_items):,} items")
    short = dict(zip(kept, unique([shortened(name) for name in kept]), strict=True))
    panels = []
    for group, rows in _in_groups(list(range(len(table))), groups, notes).items():
        lines: dict[str, Line] = {name: Line(own, [], []) for name, own in short.items()}
        for at in rows:
            if names[at] in lines:
                lines[names[at]].days.append(days[at])
                lines[names[at]].values.append(float(values[at]) if _is_finite(values[at]) else None)
        panels.append(Panel(group, [line for line in lines.values() if line.days]))
    legend = "Item" if len(kept) > 1 else next(iter(short.values()), "")
    return Figure("lines", panels or [Panel("", [])], "", title(shown), legend, list(short.values()), _note(notes))


def _volcano(table: Table, n: int | None, value: str | None) -> Figure:
    subject = _subject(table)
    x = value or _value(table, subject)
    p = next((name for name in ("q_value", "p_value") if name in table.columns), None)
    if p is None:
        raise ConfigError(
            "a volcano plot needs the column p_value; expected a measure with a test, such as log_likelihood",
            kind="missing_column",
            field="kind",
        )
    # The smallest positive number, so that p-values of zero have a place.
    least = min((q for q in table[p] if q), default=1.0)
    surprise = [None if q is None else -math.log10(max(q, least)) for q in table[p]]
    sides = ["target" if (number or 0.0) > 0 else "reference" for number in table[x]]
    label = "Significance (−log10 of the {} value)".format("q" if p == "q_value" else "p")
    return _scattered(table, subject, table[x], surprise, n, title(x), label, sides)


def _points(table: Table, n: int | None, value: str | None) -> Figure:
    subject = _subject(table)
    measures = [name for name, kind in table.schema.items() if kind == "float64"]
    y = value or next((name for name in ("dp", *measures) if name in measures), "count")
    sides = [""] * len(table)
    return _scattered(table, subject, table["count"], table[y], n, title("count"), title(y), sides, is_log=True)


def _scattered(
    table: Table,
    subject: str,
    xs: list[Any],
    ys: list[Any],
    n: int | None,
    x: str,
    y: str,
    sides: list[str],
    *,
    is_log: bool = False,
) -> Figure:
    """Show rows as points, with the names of the outermost."""
    _, groups = _grouped(table, subject)
    kept = [at for at in range(len(table)) if _is_finite(xs[at]) and _is_finite(ys[at]) and (xs[at] > 0 or not is_log)]
    notes = [f"{len(table) - len(kept):,} rows without finite values are not shown"] if len(kept) < len(table) else []
    names = [shortened(name) for name in table[subject]]
    panels = []
    for group, rows in _in_groups(kept, [groups[at] for at in kept], notes).items():
        places = _spread([math.log(xs[at]) if is_log else xs[at] for at in rows], [ys[at] for at in rows], is_log)
        outermost = sorted(range(len(rows)), key=lambda i: (-math.hypot(*places[i]), i))
        if len(rows) > _POINTS:
            notes.append(f"{_POINTS:,} of {len(rows):,} rows, the outermost")
        named = _apart(outermost[:_POINTS], places, n or _BARS)
        chosen = sorted(outermost[:_POINTS])
        items = [
            Point(names[rows[i]], float(xs[rows[i]]), float(ys[rows[i]]), sides[rows[i]], i in named) for i in chosen
        ]
        panels.append(Panel(group, items))
    shades = [str(side) for side in ("target", "reference") if side in sides]
    legend = "More frequent in" if shades else ""
    return Figure("points", panels or [Panel("", [])], x, y, legend, shades, _note(notes), is_log)


def _spread(xs: list[float], ys: list[float], from_mean: bool) -> list[tuple[float, float]]:
    """Return where points are, in widths and heights from zero or from their mean."""
    wide, high = (max(some, default=0) - min(some, default=0) or 1 for some in (xs, ys))
    left, low = (sum(xs) / max(len(xs), 1), sum(ys) / max(len(ys), 1)) if from_mean else (0.0, 0.0)
    return [((x - left) / wide, (y - low) / high) for x, y in zip(xs, ys, strict=True)]


def _apart(order: list[int], places: list[tuple[float, float]], most: int) -> set[int]:
    """Choose points whose names have room."""
    named: list[int] = []
    for at in order:
        x, y = places[at]
        if all(abs(places[other][0] - x) > _WIDE or abs(places[other][1] - y) > _HIGH for other in named):
            named.append(at)
            if len(named) == most:
                break
    return set(named)


def _xray(table: Table, n: int | None, value: str | None) -> Figure:
    """Show matches along the articles; or over time, if the table has their dates."""
    over_time = table.schema.get("date") in ("date", "timestamp[us]")
    if over_time:
        names = [shortened(" ".join(match.split()).lower()) for match in table["match"]]
        places = table["date"]
    else:
        ids = list(dict.fromkeys(table["article"]))
        short = dict(zip(ids, unique([shortened(name) for name in ids]), strict=True))
        names = [short[name] for name in table["article"]]
        places = table[value or "start"]
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    most = n or _ROWS
    # Rows keep the order of the table; those with the most matches are shown.
    kept = set(sorted(counts, key=lambda name: -counts[name])[:most])
    what = "words" if over_time else "articles"
    notes = [f"the {most:,} {what} with the most matches, of {len(counts):,}"] if len(counts) > most else []
    missing = sum(place is None for place in places)
    if missing:
        notes.append(f"{missing:,} matches without a date are not shown")
    found: dict[str, list[Tick]] = {name: [] for name in counts if name in kept}
    for name, place in zip(names, places, strict=True):
        if name in found and place is not None:
            found[name].append(Tick(name, place))
    items = [tick for ticks in found.values() for tick in ticks]
    x, y = ("Date", "") if over_time else ("Characters from the start of the text", "Article")
    return Figure("xray", [Panel("", items)], x, y, "", [], _note(notes))


def _note(notes: list[str]) -> str:
    text = "; ".join(notes[:3]) + ("; …" if len(notes) > 3 else "")
    return text[:1].upper() + text[1:]
