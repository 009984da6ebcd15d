"""Frames as people have them: ids, dates, masks, authors, and what the errors say."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import nutgraf as ng


def frame(**columns: Any) -> Any:
    return pd.DataFrame({"text": ["Ice broke.", "Wind rose.", "Fog came."], "desk": ["N", "S", "N"], **columns})


def test_ids_that_nobody_named_never_fail() -> None:
    corpus = ng.Corpus(frame(id=["k", "m", "k"]))
    assert corpus.articles()["article"] == [0, 1, 2]
    assert corpus.articles()["id"] == ["k", "m", "k"]
    assert corpus.report.n_ok == 3
    (note,) = corpus.report.notes["message"]
    assert '1 of 3 values repeat earlier ones, such as "k"' in note
    assert "notes=1" in repr(corpus.report)
    assert ng.Corpus(frame(id=["k", None, "m"])).articles()["article"] == [0, 1, 2]
    assert ng.Corpus(frame(id=["k", "m", "n"]), id=False).articles()["article"] == [0, 1, 2]
    with pytest.raises(ng.ParseError, match='the id "k" stands twice'):
        ng.Corpus(frame(id=["k", "m", "k"]), id="id")
    rows = [{"text": "Ice.", "id": 4}, {"text": "Fog.", "id": 4}]
    assert len(ng.Corpus(rows)) == 2


def test_an_index_that_repeats_numbers_articles_by_position() -> None:
    both = pd.concat([frame(), frame()])
    for errors in ("raise", "skip"):
        corpus = ng.Corpus(both, errors=errors)
        assert corpus.articles()["article"] == [0, 1, 2, 3, 4, 5]
        assert "reset_index(drop=True)" in corpus.report.notes["message"][0]
    assert len(ng.Corpus(both["text"])) == 6
    levels = frame().set_index(pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)]))
    assert ng.Corpus(levels).articles()["article"] == [0, 1, 2]


@pytest.mark.parametrize(
    "index",
    [
        [9, 4, 7],
        [0.5, 1.0, 2.5],
        ["x", "y", "z"],
        [datetime.date(2019, 1, 8), datetime.date(2019, 1, 9), datetime.date(2019, 1, 7)],
        pd.to_datetime(["2019-01-08 10:30", "2019-01-09 08:00", "2019-01-07 00:00"]),
    ],
    ids=["int", "float", "str", "date", "datetime"],
)
def test_a_table_joins_back_to_the_frame(index: Any) -> None:
    news = frame().set_index(pd.Index(index))
    corpus = ng.Corpus(news)
    table = corpus.diversity(measures="ttr").to_pandas().set_index("article")
    assert news.join(table)["ttr"].notna().all()
    for label in corpus.articles()["article"]:
        assert corpus.text(label) in news["text"].tolist()


@pytest.mark.parametrize(
    "index",
    [
        pd.to_timedelta([1, 3, 2], unit="D"),
        pd.period_range("2019-01", periods=3, freq="M"),
        pd.interval_range(0, 3),
        pd.date_range("2019-01-08 23:30", periods=3, tz="US/Eastern"),
        [1, "x", b"y"],
    ],
    ids=["timedelta", "period", "interval", "zoned", "mixed"],
)
def test_labels_that_cannot_be_ids_come_back_in_pandas(index: Any) -> None:
    news = frame().set_index(pd.Index(index))
    corpus = ng.Corpus(news)
    for table in (corpus.diversity("ttr"), corpus[[2, 0]].diversity("ttr"), corpus.diversity("ttr").sort_values("ttr")):
        back = table.to_pandas().set_index("article")
        assert set(back.index) <= set(news.index)
        assert news.join(back)["ttr"].notna().sum() == len(table)
    named = ng.Corpus(news, id="desk", errors="skip").diversity("ttr").to_pandas()
    assert named["article"].tolist() == ["N", "S"]


def test_an_index_of_dates_is_the_date_if_nothing_else_is() -> None:
    days = pd.to_datetime(["2019-01-08", "2019-01-08", "2019-02-01"])
    corpus = ng.Corpus(frame().set_index(days))
    assert corpus.articles()["date"] == [datetime.date(2019, 1, 8)] * 2 + [datetime.date(2019, 2, 1)]
    own = ng.Corpus(frame(date=["2020-01-01"] * 3).set_index(days))
    assert set(own.articles()["date"]) == {datetime.date(2020, 1, 1)}
    assert ng.Corpus(frame()["text"].set_axis(days)).articles()["date"][2] == datetime.date(2019, 2, 1)


def test_a_mask_aligns_by_its_index() -> None:
    news = frame(id=["k", "m", "n"])
    corpus = ng.Corpus(news)
    north = news["desk"] == "N"
    for mask in (north, north[::-1], north.sample(frac=1, random_state=3)):
        assert corpus[mask].articles()["article"] == ["k", "n"]
    assert corpus[pd.Series([True, False, False], index=["n", "k", "m"])].articles()["article"] == ["n"]
    assert corpus.where(desk="N")[pd.Series([False, True], index=[2, 0])].articles()["article"] == ["k"]
    table = corpus.articles().to_pandas()
    assert corpus[(table["desk"] == "S").sort_index(ascending=False)].articles()["article"] == ["m"]
    assert corpus[north.tolist()].articles()["article"] == ["k", "n"]
    both = pd.concat([news, news])
    assert ng.Corpus(both)[both["desk"] == "S"].articles()["article"] == [1, 4]
    with pytest.raises(IndexError, match="2 values"):
        corpus[north[:2]]
    for wrong in (north.set_axis([7, 8, 9]), north.set_axis(["k", "m", "m"])):
        with pytest.raises(ng.ConfigError, match="index of the mask"):
            corpus[wrong]


def test_a_mask_of_a_frame_with_bad_rows_aligns_with_the_others() -> None:
    news = frame(text=["Ice broke.", None, "Fog came."])
    corpus = ng.Corpus(news, errors="skip")
    assert corpus[pd.Series([True, False], index=[2, 0])].articles()["article"] == [2]


def test_zoned_times_give_the_local_day_in_every_library() -> None:
    times = pd.to_datetime(["2020-01-01 23:30", "2020-07-01 00:10", "2020-12-31 23:59"]).tz_localize("America/New_York")
    expected = [datetime.date(2020, 1, 1), datetime.date(2020, 7, 1), datetime.date(2020, 12, 31)]
    news = frame(date=times)
    assert ng.Corpus(news).articles()["date"] == expected
    assert ng.Corpus(pa.Table.from_pandas(news)).articles()["date"] == expected
    assert ng.Corpus(pl.DataFrame(news)).articles()["date"] == expected


@pytest.mark.parametrize("word", ["", " ", "None", "NaN", "nan", "NaT", "null", "<NA>", None, float("nan")])
def test_the_words_for_nothing_are_missing_dates(word: Any) -> None:
    corpus = ng.Corpus({"text": ["Ice.", "Fog."], "date": [word, "2019-01-08"]})
    assert corpus.articles()["date"] == [None, datetime.date(2019, 1, 8)]
    assert "1 of 2 dates are missing" in corpus.report.notes["message"][0]


def test_dates_are_read_as_they_are_written_or_named() -> None:
    def day(date: Any, **options: Any) -> str:
        return str(ng.Corpus({"text": ["Ice."], "date": [date]}, **options).articles()["date"][0])

    assert day("Feb. 3, 2019") == day("Sun, 03 Feb 2019 08:00 GMT") == day("03-Feb-2019") == "2019-02-03"
    assert day("03/02/2019", dayfirst=True) == "2019-02-03"
    assert day("03/02/2019", dayfirst=False) == "2019-03-02"
    assert day("3.2.19", date_format="%d.%m.%y") == "2019-02-03"
    assert day(1549152000, date_format="%s") == "2019-02-03"
    assert day("February 2019", date_format="%B %Y") == "2019-02-01"
    for date, words in [
        ("February 2019", "is a month"),
        ("03/02/2019", "dayfirst=True"),
        (2019, "is a year"),
        ("soon", "date_format="),
    ]:
        with pytest.raises(ng.ParseError, match=words):
            day(date)
    with pytest.raises(ng.ConfigError, match="date_format"):
        day("2019", date_format="yyyy")
    with pytest.raises(TypeError, match="dayfirst"):
        day("2019", dayfirst="yes")


def test_an_error_counts_the_bad_articles_and_names_the_way_out() -> None:
    news = frame(text=["Ice.", None, "Fog."], date=["2019-01-08", None, "soon"])
    with pytest.raises(ng.ParseError) as caught:
        ng.Corpus(news)
    assert (caught.value.article, caught.value.kind) == (1, "missing_text")
    assert 'the text is None; expected a str (2 of 3 articles are bad; errors="skip"' in str(caught.value).replace(
        "nan", "None"
    )
    corpus = ng.Corpus(news, errors="skip")
    assert corpus.report.failures["article"] == [1, 2]


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        (["Ida Moe", "Kai Berg"], "Ida Moe, Kai Berg"),
        (("Ida Moe",), "Ida Moe"),
        (["Moe, Ida", "Berg, Kai"], "Moe, Ida; Berg, Kai"),
        ([], None),
        ("['Ida Moe', \"Sean O'Neal\"]", "Ida Moe, Sean O'Neal"),
        ('[{"name": "Ida Moe"}]', "Ida Moe"),
        ("nan", None),
        ("By Ida Moe", "By Ida Moe"),
    ],
)
def test_authors_are_names(authors: Any, byline: str | None) -> None:
    corpus = ng.Corpus({"text": ["Ice."], "authors": [authors]}, byline="authors")
    assert corpus.articles()["byline"] == [byline]
    if isinstance(authors, list):
        news = pl.DataFrame(
            {"text": ["Ice."], "authors": [authors]}, schema={"text": pl.String, "authors": pl.List(pl.String)}
        )
        assert ng.Corpus(news, byline="authors").articles()["byline"] == [byline]


def test_a_list_of_strings_from_arrow_is_json() -> None:
    tags = ["a", "b, c"]
    assert ng.Corpus(pl.DataFrame({"text": ["Ice."], "tags": [tags]})).articles()["tags"] == ['["a","b, c"]']


def test_what_needs_dates_says_that_there_are_none() -> None:
    corpus = ng.Corpus(frame())
    for ask in (
        lambda: corpus.trend("ice"),
        lambda: corpus.bursts("ice"),
        lambda: corpus.terms(by="month"),
        lambda: corpus.where(date="2019"),
    ):
        with pytest.raises(ng.ConfigError, match="no article has a date; name the column of dates with date="):
            ask()
    assert len(corpus.where(date=None)) == 3
    dated = ng.Corpus(frame(date=["2019-01-08", None, None]))
    assert len(dated.where(date="2020")) == 0


def test_a_column_without_values_is_one_of_strings() -> None:
    table = ng.Corpus(frame(note=[None, None, None])).articles().to_pandas()
    strings = pd.Series(["a"]).dtype
    assert table["note"].dtype == table["place"].dtype == strings
