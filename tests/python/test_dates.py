"""Expressions of time: the cases of ``tests/data/dates``, properties, and a slow twin."""

from __future__ import annotations

import calendar
import datetime
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nutgraf as ng

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DATA = Path(__file__).parents[1] / "data" / "dates"
COLUMNS = ["article", "zone", "sentence", "start", "end", "text", "type", "value", "mod", "earliest", "latest"]
MODS = {"START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"}


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def found(text: str, date: str | None = "2019-01-08") -> list[tuple[str, str]]:
    return [(row["text"], row["value"]) for row in ng.find_dates([text], date)]


@pytest.mark.parametrize("line", lines("expressions.tsv"))
def test_an_expression_has_its_value(line: str) -> None:
    date, marked, values = line.split("\t")
    spans = re.findall(r"\[([^]]*)\]", marked)
    rows = ng.find_dates([re.sub(r"[][]", "", marked)], None if date == "-" else date).to_dicts()
    if values == "-":
        assert rows[0]["value"] == "P1Y"
        return
    assert [row["text"] for row in rows] == spans
    given = [row["value"] + (f"|{row['mod']}" if row["mod"] and "|" in values else "") for row in rows]
    assert given == values.split("; ")


@pytest.mark.parametrize("line", lines("none.txt"))
def test_a_sentence_without_time_has_no_dates(line: str) -> None:
    assert found(line) == []


def test_few_traps_give_a_date() -> None:
    floors = tomllib.loads((DATA.parent / "floors.toml").read_text(encoding="utf-8"))["dates"]
    texts = lines("negatives.txt")
    assert len(texts) > 250
    assert len(ng.find_dates(texts, "2019-01-08")) <= floors["traps"]


# -- the table


def test_a_row_is_a_span_of_the_text_and_its_interval() -> None:
    corpus = ng.Corpus(["date 2019-01-08 Rain fell in March 2018.\n\nIt will stop on Friday."])
    table = corpus.dates()
    assert table.columns == COLUMNS
    rows = table.to_dicts()
    assert [row["text"] for row in rows] == ["March 2018", "Friday"]
    assert [corpus.text(0)[row["start"] : row["end"]] for row in rows] == ["March 2018", "Friday"]
    assert (rows[0]["earliest"], rows[0]["latest"]) == (datetime.date(2018, 3, 1), datetime.date(2018, 3, 31))
    assert (rows[1]["earliest"], rows[1]["latest"]) == (datetime.date(2019, 1, 11),) * 2


def test_offsets_are_characters_after_an_emoji() -> None:
    text = "😀 Rain fell on March 1, 2018."
    row = ng.find_dates([text], "2019-01-08")[0]
    assert text[row["start"] : row["end"]] == "March 1, 2018"


def test_the_zones_that_are_read_change_no_value() -> None:
    text = (
        "date 2019-01-08 LISBON, Jan. 7 (AP) - The roof fell on March 1, 2018.\n\n"
        "A wall on May 3, 2015 Credit: AP/Ana Reis\n\nTwo days later the walls followed."
    )
    corpus = ng.Corpus([text])
    whole = [row for row in corpus.dates(zones="all") if row["zone"] == "body"]
    assert whole == corpus.dates(zones="body").to_dicts()
    assert "2018-03-03" in [row["value"] for row in whole]
    assert len(corpus.dates(zones="caption")) == 1


def test_without_a_date_the_first_full_date_is_the_anchor() -> None:
    rows = ng.find_dates(["LISBON, Jan. 8, 2019 (AP) - The mayor resigned on Monday."]).to_dicts()
    assert [row["value"] for row in rows] == ["2019-01-08", "2019-01-07"]


def test_references_are_one_or_one_per_text() -> None:
    texts = ["It fell on Monday."] * 2
    dates = ["2019-01-08", None]
    assert ng.find_dates(texts, dates)["value"] == ["2019-01-07", "XXXX-WXX-1"]
    assert ng.find_dates(texts, datetime.date(2019, 1, 8))["value"] == ["2019-01-07"] * 2
    with pytest.raises(ng.ConfigError, match="2 texts and 1 references"):
        ng.find_dates(texts, ["2019-01-08"])
    with pytest.raises(TypeError, match="reference"):
        ng.find_dates(texts, 7)
    with pytest.raises(TypeError, match="put it in a list"):
        ng.find_dates("It fell on Monday.")
    with pytest.raises(ng.ParseError, match="soon"):
        ng.find_dates(texts, "soon")


def test_the_ids_of_a_series_are_its_index() -> None:
    import pandas

    series = pandas.Series(["It fell on Monday."], index=["a"])
    assert ng.find_dates(series, "2019-01-08")["article"] == ["a"]


# -- a slow twin of the arithmetic

DAYS = st.dates(datetime.date(1900, 1, 5), datetime.date(2100, 12, 20))
UNITS = {"day": 1, "week": 7}
WEEKDAYS = list(calendar.day_name)


def shifted_months(day: datetime.date, count: int) -> str:
    months = day.year * 12 + day.month - 1 + count
    return f"{months // 12:04}-{months % 12 + 1:02}"


def week(day: datetime.date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


@given(DAYS, st.integers(2, 400))
def test_a_distance_back_agrees_with_datetime(day: datetime.date, count: int) -> None:
    text = (
        f"He left {count} days ago. He left {count} weeks ago. He left {count} months ago. He left {count} years ago. "
        "He came yesterday. He comes tomorrow. He came last week. He comes next month."
    )
    if day.year - count < 1:
        return
    earlier = [day - datetime.timedelta(days=size * count) for size in (1, 7)]
    expected = [
        earlier[0].isoformat(),
        week(earlier[1]),
        shifted_months(day, -count),
        f"{day.year - count:04}",
        (day - datetime.timedelta(days=1)).isoformat(),
        (day + datetime.timedelta(days=1)).isoformat(),
        week(day - datetime.timedelta(days=7)),
        shifted_months(day, 1),
    ]
    assert [value for _, value in found(text, day.isoformat())] == expected


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_last_or_the_next_one(day: datetime.date, weekday: int) -> None:
    name = WEEKDAYS[weekday]
    back = datetime.timedelta(days=(day.weekday() - weekday) % 7)
    ahead = datetime.timedelta(days=(weekday - day.weekday()) % 7)
    text = f"He spoke on {name}. He will speak on {name}. He spoke last {name}. He speaks next {name}."
    expected = [
        day - back,
        day + ahead,
        day - (back or datetime.timedelta(days=7)),
        day + (ahead or datetime.timedelta(days=7)),
    ]
    assert [value for _, value in found(text, day.isoformat())] == [each.isoformat() for each in expected]


@given(DAYS)
def test_a_shift_of_the_anchor_by_a_week_shifts_weekdays_by_a_week(day: datetime.date) -> None:
    text = "He said on Monday, Tuesday and Saturday that he will come on Wednesday or Sunday."
    later = day + datetime.timedelta(days=7)
    values = [[value for _, value in found(text, date.isoformat())] for date in (day, later)]
    moved = [(datetime.date.fromisoformat(value) + datetime.timedelta(days=7)).isoformat() for value in values[0]]
    assert len(moved) == 5
    assert values[1] == moved


def interval(value: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of a value of the calendar."""
    value = value.split("T", maxsplit=1)[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (datetime.date.fromisoformat(value),) * 2
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = map(int, found.groups())
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first, last = (6, 7) if found[3] else (1, 7)
        return tuple(datetime.date.fromisocalendar(int(found[1]), int(found[2]), day) for day in (first, last))  # type: ignore[return-value]
    if re.fullmatch(r"\d{4}", value):
        return datetime.date(int(value), 1, 1), datetime.date(int(value), 12, 31)
    if re.fullmatch(r"\d{3}", value):
        return datetime.date(int(value) * 10, 1, 1), datetime.date(int(value) * 10 + 9, 12, 31)
    return None


WORDS = st.sampled_from(
    [
        "last",
        "next",
        "this",
        "the",
        "a",
        "two",
        "3",
        "1990",
        "2019",
        "May",
        "March",
        "monday",
        "Tuesday",
        "week",
        "months",
        "year",
        "ago",
        "later",
        "early",
        "end",
        "of",
        "in",
        "on",
        "by",
        "quarter",
        "third",
        "second",
        "first",
        ",",
        "-",
        "every",
        "Christmas",
        "night",
        "p.m.",
        "10:30",
        "1990s",
        "and",
        "to",
        "decades",
        "January",
        "12",
        "31",
        "29",
        "February",
        "said",
        "will",
        "Q3",
        "fiscal",
        "recent",
        "half",
        "hour",
        "GMT",
        "yesterday",
        "9/11",
        "'90s",
        "BC",
        "AD",
        "ten",
        "hundred",
        "thousand",
        "and",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join), st.one_of(st.none(), DAYS))
def test_any_text_gives_sound_rows(text: str, day: datetime.date | None) -> None:
    last = 0
    for row in ng.find_dates([text], day):
        assert last <= row["start"] < row["end"] <= len(text)
        last = row["end"]
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["type"] in ("DATE", "TIME", "DURATION", "SET")
        assert row["mod"] is None or row["mod"] in MODS
        assert row["value"]
        assert (row["earliest"] is None) == (row["latest"] is None)
        if row["earliest"] is not None:
            assert row["earliest"] <= row["latest"]
            if row["type"] in ("DATE", "TIME") and (days := interval(row["value"])):
                assert days == (row["earliest"], row["latest"])


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for row in ng.find_dates([text], "2019-01-08"):
        assert text[row["start"] : row["end"]] == row["text"]


# -- the clock is never read


@pytest.mark.skipif(sys.platform == "win32", reason="libfaketime is not there")
def test_the_clock_of_the_machine_changes_nothing() -> None:
    """Two system dates: Python's clock is replaced, and the time zone moves the core's by a day."""
    code = (
        "import time, datetime; time.time = lambda: {clock}; import nutgraf as ng, json;"
        "t = ng.find_dates(['He left on Monday, two days ago, last week, in May, today.'] * 2, ['2019-01-08', None]);"
        "print(json.dumps(t['value']))"
    )
    given = []
    for clock, zone in ((0, "Pacific/Kiritimati"), (4_000_000_000, "Pacific/Pago_Pago")):
        run = subprocess.run(
            [sys.executable, "-c", code.format(clock=clock)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TZ": zone},
        )
        given.append(json.loads(run.stdout))
    assert given[0] == given[1]
    source = Path(__file__).parents[2] / "src" / "date"
    assert source.is_dir()
    for file in source.glob("*.rs"):
        assert not re.search(r"SystemTime|Utc::now|Local::now|Instant", file.read_text(encoding="utf-8")), file


# -- linear on any input


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "January ", "May 5 - ", "two and ", "the year - ", "last ", "10:30 p.m. ", "a quarter of ", "' 90s "],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        corpus = ng.Corpus([piece * times], layout="plain", threads=1)
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            corpus.dates(zones="all")
            best = min(best, time.perf_counter() - start)
        return best

    seconds(1000)
    short, long = seconds(20_000), seconds(160_000)
    # Eight times the text; a quadratic step would take 64 times as long.
    assert long < 24 * max(short, 0.002)


def test_a_million_digits_and_ten_thousand_months() -> None:
    assert found("1" * 1_000_000) == []
    assert len(found("In January, " + "June, " * 10_000)) == 10_001


# -- where dates are used


def test_a_timeline_counts_by_what_the_sentences_say() -> None:
    texts = [
        "date 2019-01-08 Anna Reis was elected in March 2018. Anna Reis will retire in May 2020.",
        "date 2019-02-08 Anna Reis spoke.",
    ]
    rows = ng.Corpus(texts).timeline(by="year")
    counts = {(row["item"], row["year"]): (row["mentioned"], row["published"]) for row in rows}
    assert counts == {
        ("Anna Reis", "2018"): (1, 0),
        ("Anna Reis", "2019"): (0, 3),
        ("Anna Reis", "2020"): (1, 0),
    }


def test_a_trend_of_mentioned_dates_has_the_sentences_as_totals() -> None:
    texts = ["date 2019-01-08 Rain fell in March 2018. Rain is wet. Snow fell in 2018."]
    rows = ng.Corpus(texts).trend(["rain", "snow"], on="mentioned", by="month", value="count").to_dicts()
    assert [(row["item"], row["month"], row["count"], row["total_words"]) for row in rows] == [
        ("rain", "2018-03", 1, 5),
        ("snow", "2018-03", 0, 5),
    ]


def test_a_timeline_does_not_count_the_words_of_a_date() -> None:
    items = ng.Corpus(["date 2019-01-08 Rain fell in March 2018."]).timeline(of="terms", by="month")["item"]
    assert "rain" in items
    assert not {"march", "2018"} & set(items)


def test_an_article_shows_its_dates() -> None:
    page = ng.Corpus(["date 2019-01-08 Rain fell on Monday."]).show(0)._repr_html_()
    assert '<span class="d" title="DATE 2019-01-07">Monday</span>' in page
    assert (
        '<span class="d">' not in ng.Corpus(["date 2019-01-08 Rain fell on Monday."]).show(0, dates=False)._repr_html_()
    )


def rows_of(table: ng.Table) -> list[Any]:
    return [tuple(row.values()) for row in table.to_dicts()]


def test_threads_change_nothing() -> None:
    texts = [f"date 2019-01-08 He left {n} days ago, on Monday and in May." for n in range(300)]
    assert rows_of(ng.Corpus(texts, threads=1).dates()) == rows_of(ng.Corpus(texts, threads=4).dates())
