"""The page about a corpus that an editor reads: what is in it, who, what and when.

Every number is one of a table of the corpus. The colours are those of an article's
page.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from nutgraf import _svg
from nutgraf._figure import shortened
from nutgraf._page import DARK, LIGHT, document, escaped
from nutgraf.errors import ConfigError
from nutgraf.table import Table

__all__: list[str] = []

# The headings of labels, and the order of them.
_LABELS = {
    "PER": "People",
    "ORG": "Organisations",
    "LOC": "Places",
    "NORP": "Nationalities and groups",
}

# The periods of a page, by the days from the first to the last article.
_PERIODS = ((45, "day"), (300, "week"), (365 * 6, "month"), (365 * 20, "quarter"))

# Fields with this many values are compared with each other.
_FEWEST, _MOST_VALUES = 2, 8

# Entities whose trend is drawn, messages that are listed, and the longest text of a cell.
_TRENDS, _MESSAGES, _CELL = 8, 8, 60

# Rare words say little about a group.
_MIN_COUNT = 3

_TOO_FEW = "The words are too few to compare those of each {}."

# Blue of Okabe and Ito, darker on light pages and lighter on dark ones: both contrast by 4.5 to 1.
_CSS = """
.nutgraf-report{color-scheme:light dark;LIGHT;--bar:#0072b2;color:var(--text);background:var(--page);max-width:64rem;
padding:1.2rem 1.5rem 3rem;box-sizing:border-box;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}
.nutgraf-report h1{font:600 1.7rem/1.2 Georgia,"Times New Roman",serif;margin:.2em 0 .1em}
.nutgraf-report h2{font:600 1.3rem/1.25 Georgia,"Times New Roman",serif;margin:2em 0 .4em;padding-top:.5em;border-top:1px solid var(--rule)}
.nutgraf-report h3{font-size:1rem;margin:1.2em 0 .3em}
.nutgraf-report p{margin:.4em 0;max-width:44rem}
.nutgraf-report .quiet,.nutgraf-report figcaption,.nutgraf-report li{color:var(--quiet);font-size:.85rem}
.nutgraf-report .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:0 2.2rem}
.nutgraf-report section section{break-inside:avoid;min-width:0}
.nutgraf-report table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
.nutgraf-report th,.nutgraf-report td{padding:.18em .4em;text-align:right;vertical-align:middle;border-bottom:1px solid var(--rule);font-weight:400}
.nutgraf-report thead th{color:var(--quiet);font-size:.78rem;vertical-align:bottom}
.nutgraf-report th:first-child{text-align:left;padding-left:0}
.nutgraf-report tbody th,.nutgraf-report dd,.nutgraf-report li{overflow-wrap:anywhere}
.nutgraf-report tbody th{min-width:8.5em}
.nutgraf-report tbody td{white-space:nowrap}
.nutgraf-report tr{break-inside:avoid}
.nutgraf-report .b{width:30%}
.nutgraf-report svg{display:block;width:100%;color:var(--bar);fill:currentColor;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.nutgraf-report .bar{height:.7rem}
.nutgraf-report .columns{height:8rem}
.nutgraf-report .line{height:2.1rem;overflow:visible;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.nutgraf-report .line polyline{vector-effect:non-scaling-stroke}
.nutgraf-report .line .dot{stroke-width:4}
.nutgraf-report .l{width:55%}
.nutgraf-report figure{margin:.6em 0 1.2em}
.nutgraf-report .ends{display:flex;justify-content:space-between}
.nutgraf-report dl{display:grid;grid-template-columns:minmax(5rem,max-content) minmax(0,1fr);gap:.2em 1.2em;margin:.8em 0}
.nutgraf-report dt{color:var(--quiet)}
.nutgraf-report dd{margin:0}
@media(prefers-color-scheme:dark){.nutgraf-report{DARK;--bar:#56b4e9}}
@media print{.nutgraf-report{LIGHT;--bar:#0072b2;max-width:none;padding:0;font-size:10pt}}
""".replace("LIGHT", LIGHT).replace("DARK", DARK)


def page(corpus: Any, by: list[str] | None, n: int, title: str | None) -> str:
    """Format the page of a corpus."""
    summary = corpus.describe()[0]
    if title is None:
        days = dict.fromkeys(str(day) for day in (summary["first_date"], summary["last_date"]) if day is not None)
        title = ", ".join([_plural(len(corpus), "article", "articles"), *([" to ".join(days)] if days else [])])
    entities = corpus.entities()
    parts = [
        f"<h1>{escaped(title)}</h1>",
        _what_is_in_it(corpus, summary),
        _who(entities, n),
        _what(corpus, by, n),
        _when(corpus, summary, entities, n),
        _quiet(
            "Names are found by a model, which makes mistakes. The documentation of nutgraf says how all is counted."
        ),
    ]
    return document(title, f'<article class="nutgraf-report"><style>{_CSS}</style>{"".join(parts)}</article>')


def _section(heading: str, *parts: str) -> str:
    return f"<section><h2>{escaped(heading)}</h2>{''.join(parts)}</section>"


def _part(heading: str, *parts: str) -> str:
    return f"<section><h3>{escaped(heading)}</h3>{''.join(parts)}</section>"


def _quiet(text: str) -> str:
    return f'<p class="quiet">{escaped(text)}</p>'


def _plural(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


# A column of a table on the page: its heading, and the text of a row.
_Column = tuple[str, Callable[[dict[str, Any]], str]]


def _rows(
    rows: Iterable[dict[str, Any]], name: str, heading: str, measure: str, counts: Sequence[_Column], more: int = 0
) -> str:
    """Format rows as a table: a name, a bar as long as the measure, and numbers."""
    rows = list(rows)
    if not rows:
        return _quiet("None.")
    most = max((row[measure] or 0 for row in rows), default=0)
    head = "".join(f"<th>{escaped(of)}</th>" for of, _ in counts)
    body = "".join(
        f'<tr><th scope="row">{escaped(shortened(row[name], _CELL))}</th><td class="b">{_svg.bar(row[measure] or 0, most)}</td>'
        + "".join(f"<td>{escaped(text(row))}</td>" for _, text in counts)
        + "</tr>"
        for row in rows
    )
    below = _quiet(f"and {more:,} more") if more > 0 else ""
    return (
        f"<table><thead><tr><th>{escaped(heading)}</th><th></th>{head}</tr></thead><tbody>{body}</tbody></table>{below}"
    )


def _count(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: f"{row[name]:,}"


# What is in it.


def _what_is_in_it(corpus: Any, summary: dict[str, Any]) -> str:
    days, undated, tokens, zones = corpus._core.overview()
    report = corpus.report
    facts = [("Articles", f"{summary['articles']:,}"), ("Tokens", f"{tokens:,}, punctuation included")]
    if days is None:
        facts.append(("Dates", "none"))
    else:
        period = " to ".join(dict.fromkeys(days))
        facts.append(("Dates", period + (f"; {undated:,} without a date" if undated else "")))
        facts.append(
            (
                "Gaps",
                f"{_plural(summary['gap_days'], 'day', 'days')} without an article; "
                f"{summary['longest_gap']:,} in the longest gap",
            )
        )
    facts += [
        ("Exact copies", f"{summary['duplicates']:,}"),
        ("Copies of stories", f"{summary['copies']:,}"),
        ("Empty", f"{summary['empty']:,}"),
        ("Omitted records", f"{report.n_failed:,} of {report.n_in:,}"),
        ("Fields", ", ".join(shortened(name) for name in corpus.fields[:30])),
    ]
    listed = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(text)}</dd>" for name, text in facts)
    messages = [*report.failures["message"], *report.notes["message"]]
    items = "".join(f"<li>{escaped(shortened(message, 240))}</li>" for message in messages[:_MESSAGES])
    more = _quiet(f"and {len(messages) - _MESSAGES:,} more; see corpus.report") if len(messages) > _MESSAGES else ""
    zone_rows = [{"zone": name, "count": count} for name, count in zones if count]
    return _section(
        "What is in it",
        '<div class="grid">',
        f"<section><dl>{listed}</dl></section>",
        _part("Zones", _rows(zone_rows, "zone", "Zone", "count", [("Number", _count("count"))])),
        "</div>",
        f"<ul>{items}</ul>{more}" if items else "",
    )


# Who.


def _who(entities: Table, n: int) -> str:
    labels = dict.fromkeys(entities["label"])
    # Labels of the caller's own mentions come after the usual ones.
    order = [*_LABELS, *sorted(label for label in labels if label not in _LABELS)][:10]
    columns = [("Mentions", _count("mentions")), ("Articles", _count("articles"))]
    parts = []
    for label in order:
        if label in labels:
            found = entities.filter(label=label)
            shown = found.head(n)
            heading = _LABELS.get(label, "Other names" if label == "MISC" else label)
            parts.append(_part(heading, _rows(shown, "entity", "Name", "mentions", columns, len(found) - len(shown))))
    return _section("Who", '<div class="grid">', *(parts or [_quiet("No names were found.")]), "</div>")


# What.


def _what(corpus: Any, by: list[str] | None, n: int) -> str:
    columns = [("Count", _count("count")), ("Articles", _count("articles"))]
    parts = []
    for heading, lengths in (("Words", 1), ("Phrases", (2, 3))):
        terms = corpus.terms(stopwords="english", ngrams=lengths)
        shown = terms.head(n)
        parts.append(_part(heading, _rows(shown, "term", heading[:-1], "count", columns, len(terms) - len(shown))))
    words = ['<div class="grid">', *parts, "</div>", _quiet("English function words are not counted.")]
    if by is not None:
        return _section("What", *words, _compared(corpus, by, n))
    groups = _few_values(corpus)
    try:
        return _section("What", *words, *([_compared(corpus, groups, n)] if groups else []))
    except ConfigError:  # the groups of the page's choice have no words
        return _section("What", *words, _quiet(_TOO_FEW.format(" and ".join(groups))))


def _times(ratio: float) -> str:
    return f"{ratio:,.1f}" if ratio < 10 else f"{ratio:,.0f}"


def _few_values(corpus: Any) -> list[str]:
    """Find the first field of the caller with few values, in most articles."""
    names = [
        name for name in corpus.fields if name not in ("article", "date", "headline", "place", "byline", "authors")
    ]
    articles = corpus.articles()
    for name in names:
        if articles.schema.get(name) in ("string", "bool", "int64"):
            values = [value for value in articles[name] if value is not None]
            groups = len(set(values))
            # Values that do not repeat are names or addresses, not groups.
            if _FEWEST <= groups <= min(_MOST_VALUES, len(values) // 2) and 2 * len(values) > len(corpus):
                return [name]
    return []


def _compared(corpus: Any, by: list[str], n: int) -> str:
    keyness = corpus.keyness(by=by, n=n, stopwords="english", min_count=_MIN_COUNT, only="target")
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in keyness:
        groups.setdefault(" · ".join("none" if row[name] is None else str(row[name]) for name in by), []).append(row)
    columns = [
        ("Count", _count("target")),
        ("Times as frequent", lambda row: _times(2.0 ** row["log_ratio"])),
    ]
    if not groups:
        return _quiet(_TOO_FEW.format(" and ".join(by)))
    shown = list(groups.items())[:_MOST_VALUES]
    parts = [
        _part(shortened(group, _CELL), _rows(rows, "term", "Word", "log_likelihood", columns)) for group, rows in shown
    ]
    more = _quiet(f"{len(shown)} of {len(groups):,} groups are shown.") if len(groups) > len(shown) else ""
    note = _quiet("The words of each group compared with all other articles; bars are log-likelihood.")
    heading = f"<h3>Words typical of each {escaped(shortened(' and '.join(by)))}</h3>"
    return f'{heading}{note}<div class="grid">{"".join(parts)}</div>{more}'


# When.


def period_of(first: datetime.date, last: datetime.date) -> str:
    """Choose a period of which some tens fit between two days."""
    days = (last - first).days + 1
    return next((period for most, period in _PERIODS if days <= most), "year")


def _when(corpus: Any, summary: dict[str, Any], entities: Table, n: int) -> str:
    if summary["first_date"] is None:
        return _section("When", _quiet("No article has a date, so nothing can be said about time."))
    by = period_of(summary["first_date"], summary["last_date"])
    counts = {row[by]: row["articles"] for row in corpus.describe(by=by) if row[by] is not None}
    names = list(dict.fromkeys(entities.filter(label=list(_LABELS)[:3])["entity"]))[:_TRENDS]
    trend = corpus.trend(names, of="entities", by=by) if names else corpus.trend(of="terms", by=by, n=1)
    lines: dict[str, list[dict[str, Any]]] = {}
    for row in trend:
        lines.setdefault(row["item"], []).append(row)
    periods = [row[by] for row in next(iter(lines.values()), [])] or list(counts)
    values = [counts.get(period, 0) for period in periods]
    parts = [_part(f"Articles per {by}", _columns(values, periods))]
    if names:
        parts.append(_part("Who was in the news when", _trends(lines, by)))
        parts.append(_part("Bursts", _bursts(corpus, by, periods, n)))
    return _section("When", *parts)


def _columns(values: list[int], periods: list[str]) -> str:
    most = max(values, default=0)
    at = periods[values.index(most)] if values else ""
    label = escaped(f"Articles from {periods[0]} to {periods[-1]}; most in {at}: {most:,}") if periods else ""
    ends = (
        f'<div class="ends quiet"><span>{escaped(periods[0])}</span><span>{escaped(periods[-1])}</span></div>'
        if periods
        else ""
    )
    caption = (
        f"<figcaption>The most: {most:,} in {escaped(at)}. Where there is no column, there is no article.</figcaption>"
    )
    return f"<figure>{_svg.columns(values, label)}{ends}{caption}</figure>"


def _trends(lines: dict[str, list[dict[str, Any]]], by: str) -> str:
    body = ""
    for name, rows in lines.items():
        values = [row["per_thousand"] for row in rows]
        peak = max(rows, key=lambda row: row["per_thousand"] or 0)
        percent = f"{(peak['per_thousand'] or 0) / 10:.0f}%"
        label = escaped(f"{shortened(name)}: at most {percent}, in {peak[by]}")
        body += (
            f'<tr><th scope="row">{escaped(shortened(name, _CELL))}</th><td class="l">{_svg.line(values, label)}</td>'
            f"<td>{percent}<br><span class=quiet>{escaped(peak[by])}</span></td></tr>"
        )
    first = next(iter(lines.values()))
    head = f"<tr><th>Name</th><th>{escaped(first[0][by])} to {escaped(first[-1][by])}</th><th>Peak</th></tr>"
    note = f"The share of each {by}'s articles that name them, each up to its peak; a gap is a {by} without articles."
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{_quiet(note)}"


def _bursts(corpus: Any, by: str, periods: list[str], n: int) -> str:
    bursts = corpus.bursts(of="entities", by=by)
    if not len(bursts):
        return _quiet("None.")
    at = {period: place for place, period in enumerate(periods)}
    shown = bursts.head(n)
    body = "".join(
        f'<tr><th scope="row">{escaped(shortened(row["item"], _CELL))}</th>'
        f'<td class="b">{_svg.span(at[row["start"]], at[row["end"]], len(periods))}</td>'
        f"<td>{escaped(row['start'])}<br>{escaped(row['end'])}</td><td>{row['relevant']:,}</td></tr>"
        for row in shown
    )
    head = "<tr><th>Name</th><th></th><th>From, to</th><th>Articles</th></tr>"
    note = f"When a name was far more frequent than usual, the strongest first (Kleinberg's automaton, by {by})."
    more = _quiet(f"and {len(bursts) - len(shown):,} more") if len(bursts) > len(shown) else ""
    return f"{_quiet(note)}<table><thead>{head}</thead><tbody>{body}</tbody></table>{more}"
