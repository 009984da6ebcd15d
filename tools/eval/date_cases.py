"""Score find_dates on the cases of two recognisers of dates for chatbots.

Their cases are short requests ("I'll be out from 5 to 6 pm").  Many of them are not written in
news; ``date_scope.toml`` lists these kinds, each with a pattern and the reason, and the script
leaves those cases out and counts them.  A case that is left is right if

* the value of an expression equals the timex of the case, or
* the first and last day of the expressions are those of one of its readings (past or future); the
  end of a range may be meant as included or not, and
* for a time, its hour and minute are the same; for a duration, its length.

The cases are not part of the project.

Usage:  python -m tools.eval.date_cases FOLDER [--show 40] [--scope]
FOLDER holds recognizers/*.json and duckling_corpus.txt.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomllib

import nutgraf as ng

SCOPE = Path(__file__).with_name("date_scope.toml")
Reading = tuple[datetime.date, datetime.date]
# The reference date of duckling's corpus is in its header.
REFERENCE = "2013-02-12"


@dataclass(frozen=True)
class Case:
    """What one expression of a text is meant to be."""

    source: str
    text: str
    phrase: str
    kind: str
    reference: str
    timex: str
    readings: tuple[Reading, ...] = ()
    clock: str | None = None


def day(text: str) -> datetime.date | None:
    """Return the date at the beginning of a text."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def readings(values: list[dict[str, Any]]) -> tuple[Reading, ...]:
    """Return the first and last day of each reading; its end is excluded where it can be."""
    found = []
    for value in values:
        start = next(
            (
                value[key]
                for key in ("date", "dateTime", "startDate", "startDateTime", "value", "start")
                if key in value
            ),
            "",
        )
        end = next((value[key] for key in ("endDate", "endDateTime", "end") if key in value), start)
        first, last = day(str(start)), day(str(end))
        if first and last:
            found.append((first, last))
    return tuple(found)


def recognizers(folder: Path) -> Iterator[Case]:
    """Read the cases in JSON, a file per kind."""
    for path in sorted(folder.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8-sig")):
            reference = case.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10]
            if not case.get("Results") or "python" in case.get("NotSupported", ""):
                continue
            for result in case["Results"]:
                kind = str(result.get("TypeName", result.get("Type", ""))).removeprefix("datetimeV2.")
                value = result.get("Value") or result.get("Resolution") or {}
                values = value.get("values") or [value.get(key, {}) for key in ("FutureResolution", "PastResolution")]
                timex = value.get("Timex", value.get("timex", values[0].get("timex", "")))
                clocks = [str(each.get("time", each.get("dateTime", each.get("value", ""))))[-8:-3] for each in values]
                clock = clocks[0] if kind in ("time", "datetime") and re.fullmatch(r"\d\d:\d\d", clocks[0]) else None
                seconds = str(values[0].get("duration", values[0].get("value", "")))
                yield Case(
                    path.stem,
                    case["Input"],
                    result["Text"].lower(),
                    kind,
                    reference,
                    seconds if kind == "duration" and seconds.replace(".", "").isdigit() else timex,
                    readings(values) if kind != "duration" else (),
                    clock,
                )


STAMP = r"\((-?\d+), *(\d+), *(\d+), *(\d+), *(\d+), *\d+\)"


def duckling(path: Path) -> Iterator[Case]:
    """Read the cases in Haskell: a value, and a list of phrases that have it."""
    text = path.read_text(encoding="utf-8")
    text = text[text.index("allExamples ::") :]
    block = re.compile(r"examples\s+\((datetime\w*)\s+(\(?.*?)\)\s*\n\s*\[(.*?)\n\s*\]", re.DOTALL)
    for function, value, phrases in block.findall(text):
        stamps = [tuple(map(int, stamp)) for stamp in re.findall(STAMP, value)]
        grain = re.findall(r"\b(Second|Minute|Hour|Day|Week|Month|Quarter|Year)\b", value)
        if not stamps or not grain or min(stamp[0] for stamp in stamps) < 1:
            continue
        if "Holiday" in function:
            grain = ["Holiday"]
        kind = "datetime" if grain[0] in ("Second", "Minute", "Hour") else "date"
        days = [datetime.date(*stamp[:3]) for stamp in stamps]
        if "Interval" in function:
            kind += "range" if "Open" not in function else "open"
            end = days[-1]
        elif grain[0] == "Holiday":
            kind, end = "holiday", days[0]
        else:
            months = {"Month": 1, "Quarter": 3, "Year": 12}.get(grain[0], 0)
            month = days[0].month - 1 + months
            end = datetime.date(days[0].year + month // 12, month % 12 + 1, 1) if months else days[0]
            end += datetime.timedelta(days=7 if grain[0] == "Week" else 0)
        clock = f"{stamps[0][3]:02}:{stamps[0][4]:02}" if kind == "datetime" else None
        for phrase in re.findall(r'"((?:[^"\\]|\\.)*)"', phrases):
            yield Case("duckling", phrase, phrase.lower(), kind, REFERENCE, "", ((days[0], end),), clock)


UNITS = {"Y": 365 * 86400, "M": 30 * 86400, "W": 7 * 86400, "D": 86400}
CLOCK_UNITS = {"H": 3600, "M": 60, "S": 1}


def seconds(value: str) -> float | None:
    """Return the length of a duration, with months of 30 days and years of 365."""
    found = re.fullmatch(r"P((?:[\d.]+[YMWD])*)(?:T((?:[\d.]+[HMS])+))?", value)
    if not found:
        return None
    total = 0.0
    for part, units in ((found[1], UNITS), (found[2] or "", CLOCK_UNITS)):
        total += sum(float(count) * units[unit] for count, unit in re.findall(r"([\d.]+)([A-Z])", part))
    return total


NAMES = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
    r"mon|tue|tues|wed|thu|thurs|fri|sat|sun|q[1-4]|h[12])(?=[\W_]|$)"
)


def written(text: str) -> str:
    """Return a text with the capitals that news has: chat leaves them out."""
    return NAMES.sub(lambda name: name[0].capitalize(), text)


def plain(value: str) -> str:
    """Return the value of a time or set in its short form: T16:00 is T16."""
    return re.sub(r":00$", "", value.removeprefix("XXXX-XX-XX"))


def near(first: datetime.date, start: datetime.date, case: Case) -> bool:
    """Whether a day is meant, seen from the other side: without a verb nobody knows the side."""
    distance = abs((first - start).days)
    if re.search(r"\d{4}|last|next|this|ago|yesterday|tomorrow|today|past|coming", case.phrase):
        return False
    weekday = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)", case.phrase) and distance == 7
    return bool(weekday) or 350 <= distance <= 390


def is_right(case: Case, rows: list[dict[str, Any]]) -> bool:
    """Whether the expressions that overlap the phrase mean what the case says."""
    if case.kind == "duration":
        wanted = float(case.timex) if case.timex.replace(".", "").isdigit() else seconds(case.timex)
        return any(wanted is not None and abs((seconds(row["value"]) or 0) - wanted) <= 0.03 * wanted for row in rows)
    if any(plain(row["value"]) == plain(case.timex) for row in rows):
        return True
    if case.clock and not re.search(r"(day|week|fortnight)s? (ago|hence)", case.phrase):
        rows = [row for row in rows if f"T{case.clock}" in row["value"]]
        dayless = not re.search(
            r"day|\d{4}|night|morrow|this|[a-z]{3} \d|\b(mon|tue|wed|thu|fri|sat|sun)\b", case.phrase
        )
        if case.kind == "time" or dayless:
            return bool(rows)
    placed = [row for row in rows if row["earliest"]]
    if not placed:
        return False
    first, last = min(row["earliest"] for row in placed), max(row["latest"] for row in placed)
    one = datetime.timedelta(days=1)
    ends = {last, last + one, max(row["earliest"] for row in placed)}
    if any(first == start and end in ends for start, end in case.readings):
        return True
    # A distance in years is a year: its granularity is not invented.
    coarse = re.search(r"(year|month|week|decade|quarter|fortnight)s? (ago|later|earlier|hence|from now)", case.phrase)
    if coarse and any(first <= start <= last for start, _ in case.readings):
        return True
    return any(near(first, start, case) for start, _ in case.readings)


def scoped(cases: list[Case]) -> tuple[list[Case], collections.Counter[str]]:
    """Return the cases in scope, and how many are out of it by kind."""
    kinds = tomllib.loads(SCOPE.read_text(encoding="utf-8"))["out"]
    tests = [
        (kind["kind"], re.compile(kind.get("phrase", "")), re.compile(kind.get("type", "")), kind.get("files"))
        for kind in kinds
    ]
    kept, out = [], collections.Counter[str]()
    for case in cases:
        for name, phrase, sort, files in tests:
            if (files is None or case.source in files) and sort.search(case.kind) and phrase.search(case.phrase):
                out[name] += 1
                break
        else:
            kept.append(case)
    return kept, out


def main() -> None:
    """Print how many cases of each file are in scope and right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print this many wrong cases")
    parser.add_argument("--scope", action="store_true", help="print how many cases are out of scope, by kind")
    options = parser.parse_args()
    cases = [*recognizers(options.folder / "recognizers"), *duckling(options.folder / "duckling_corpus.txt")]
    kept, out = scoped(cases)
    table = ng.find_dates([written(case.text) for case in kept], [case.reference for case in kept])
    found: list[list[dict[str, Any]]] = [[] for _ in kept]
    for row in table:
        found[row["article"]].append(row)
    right, total, wrong = collections.Counter[str](), collections.Counter[str](), []
    for case, rows in zip(kept, found, strict=True):
        start = case.text.lower().find(case.phrase)
        end = start + len(case.phrase)
        inside = [row for row in rows if row["start"] < end and start < row["end"]]
        total[case.source] += 1
        if is_right(case, inside):
            right[case.source] += 1
        else:
            wrong.append((case, inside))
    for source in total:
        print(f"{source:24} {right[source]:5} of {total[source]:5}  {100 * right[source] / total[source]:.1f}")
    print(
        f"{'all':24} {right.total():5} of {total.total():5}  {100 * right.total() / total.total():.1f}; out of scope {out.total()} of {len(cases)}"
    )
    if options.scope:
        for name, count in out.most_common():
            print(f"{count:5} {name}")
    for case, rows in wrong[: options.show]:
        values = [(row["text"], row["value"]) for row in rows]
        print(
            case.kind,
            "|",
            case.text,
            "|",
            case.phrase,
            "|",
            case.timex,
            [str(each[0]) for each in case.readings],
            case.clock,
            "|",
            values,
        )


if __name__ == "__main__":
    main()
