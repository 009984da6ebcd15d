"""The page about a corpus: its numbers are those of the tables, and it runs and loads nothing."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nutgraf as ng
from nutgraf import _page, _report_page, _svg
from nutgraf.__main__ import main

SAMPLES = ng.read(ng.samples())

MOST = 1_000_000

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "article", "section", "h1", "h2", "h3", "p", "div", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "ul", "li", "dl", "dt", "dd", "figure", "figcaption", "br"),
    *("svg", "rect", "polyline"),
}

VOID = {"meta", "br"}

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>",
    "</td></tr></table>",
    "<!--",
    "&lt;b&gt;",
    "\x1b[31m\u202e",
]
hostile = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(HOSTILE)


class Elements(HTMLParser):
    """The rows, headings and texts of a page; an element that is not closed is an error."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.heading = ""
        self.texts: list[str] = []
        self.rows: dict[str, list[list[str]]] = {}
        self.bars: dict[str, list[float]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in ("h1", "h2", "h3"):
            self.heading = ""
        if tag == "tr":
            self.rows.setdefault(self.heading, []).append([])
        if tag in ("th", "td") and self.rows.get(self.heading):
            self.rows[self.heading][-1].append("")
        if tag == "rect" and not {"opacity", "x"} & set(dict(attrs)) and str(dict(attrs)["width"]).endswith("%"):
            self.bars.setdefault(self.heading, []).append(float(str(dict(attrs)["width"]).rstrip("%")))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] in ([], ["style"]):
            return
        self.texts.append(data)
        if self.open[-1] in ("h1", "h2", "h3"):
            self.heading += data
        elif {"th", "td"} & set(self.open):
            self.rows[self.heading][-1][-1] += data


def page(corpus: ng.Corpus, tmp_path: Path, **options: Any) -> str:
    path = tmp_path / "report.html"
    corpus.write_report(path, **options)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Elements:
    return Elements(page(SAMPLES, tmp_path_factory.mktemp("report")))


def body(elements: Elements, heading: str) -> list[list[str]]:
    return elements.rows[heading][1:]


def test_the_page_has_no_script_and_loads_nothing(tmp_path: Path) -> None:
    text = page(SAMPLES, tmp_path)
    found = Elements(text)
    assert found.tags <= TAGS
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "href")}
    assert "url(" not in text
    assert "default-src 'none'" in text
    assert len(text.encode()) < 100_000


def test_the_names_are_those_of_entities_with_bars_as_long_as_their_mentions(samples: Elements) -> None:
    for label, heading in (("PER", "People"), ("ORG", "Organisations"), ("LOC", "Places")):
        expected = SAMPLES.entities().filter(label=label)
        rows = body(samples, heading)
        assert [row[0] for row in rows] == expected["entity"][:15]
        assert [row[2] for row in rows] == [str(count) for count in expected["mentions"][:15]]
        assert [row[3] for row in rows] == [str(count) for count in expected["articles"][:15]]
        lengths = [100 * count / expected["mentions"][0] for count in expected["mentions"][:15]]
        assert samples.bars[heading] == pytest.approx(lengths, abs=0.01)
        assert f"and {len(expected) - 15} more" in samples.texts


def test_the_words_are_those_of_terms(samples: Elements) -> None:
    expected = SAMPLES.terms(stopwords="news")
    assert [(row[0], row[2]) for row in body(samples, "Words")] == [
        (row["term"], str(row["count"])) for row in expected.head(15)
    ]
    assert body(samples, "Phrases")[0][0] == SAMPLES.terms(stopwords="news", ngrams=(2, 3))["term"][0]


def test_the_caller_chooses_the_words_that_do_not_count(tmp_path: Path) -> None:
    corpus = ng.Corpus(["The mayor said that rain fell.", "The mayor said no."])
    words = [row[0] for row in body(Elements(page(corpus, tmp_path, stopwords=["the", "mayor"])), "Words")]
    assert "said" in words
    assert "mayor" not in words
    assert "said" not in [row[0] for row in body(Elements(page(corpus, tmp_path)), "Words")]


def test_the_account_of_the_corpus_is_that_of_describe_and_the_report(tmp_path: Path) -> None:
    corpus = ng.Corpus(["date 2019-01-08 Rain.", "date 2019-02-30 No.", "date 2019-01-11 Rain."], errors="skip")
    text = page(corpus, tmp_path)
    for fact in (
        "<dt>Articles</dt><dd>2</dd>",
        "<dd>2019-01-08 to 2019-01-11</dd>",
        "<dd>2 days without an article; 2 in the longest gap</dd>",
        "<dt>Omitted records</dt><dd>1 of 3</dd>",
        "not a day of the calendar",
    ):
        assert fact in text
    assert "<title>2 articles, 2019-01-08 to 2019-01-11</title>" in text


def test_the_columns_are_the_articles_of_each_period(tmp_path: Path) -> None:
    texts = ["Rain.", "Rain.", "Angela Merkel left.", "Rain."]
    days = ["2019-01-08", "2019-01-08", "2019-01-09", "2019-01-11"]
    text = page(ng.Corpus({"text": texts, "date": days}), tmp_path)
    drawn = re.search(r'<svg class="columns" viewBox="0 -4 4 108".*?</svg>', text)[0]
    assert re.findall(r'<rect x="(\d)" y="(\d+)"', drawn) == [("0", "0"), ("1", "50"), ("3", "50")]
    assert "The most: 2 in 2019-01-08" in text


def test_a_line_has_a_gap_where_no_article_is(tmp_path: Path) -> None:
    texts = ["Angela Merkel left.", "Rain.", "Angela Merkel left.", "Angela Merkel left."]
    days = ["2019-01-08", "2019-01-09", "2019-01-11", "2019-01-12"]
    text = page(ng.Corpus({"text": texts, "date": days}), tmp_path)
    drawn = re.search(r'<svg class="line".*?</svg>', text)[0]
    assert re.findall(r'points="(.*?)"', drawn) == ["0.5,0 1.5,100", "3.5,0 4.5,0"]
    assert _svg.line([None, 1.0, None], "").count("polyline") == 1
    assert 'points="1.5,0 1.5,0"' in _svg.line([None, 1.0, None], "")


def test_undated_articles_have_no_when_and_the_page_says_so(tmp_path: Path) -> None:
    text = page(ng.Corpus(["Angela Merkel left.", "Rain fell."]), tmp_path)
    assert "No article has a date" in text
    assert "Bursts" not in text


def test_a_page_of_nothing_is_a_page(tmp_path: Path) -> None:
    found = Elements(page(ng.Corpus([]), tmp_path))
    assert "No names were found." in found.texts


def field() -> ng.Corpus:
    return ng.Corpus(
        {
            "text": ["Rain rain rain fell.", "Sun sun sun shone.", "Rain fell.", "Sun shone."],
            "url": ["a", "b", "c", "d"],
            "outlet": ["Herald", "Post", "Herald", "Post"],
            "one": ["x", "x", "x", "x"],
            "half": ["p", "q", "p", None],
        }
    )


def test_the_field_with_few_values_is_compared_or_the_one_that_is_requested(tmp_path: Path) -> None:
    expected = field().keyness(by="outlet", stopwords="english", min_count=3, only="target")
    found = Elements(page(field(), tmp_path))
    assert "Words typical of each outlet" in found.texts
    for outlet in ("Herald", "Post"):
        of_outlet = expected.filter(outlet=outlet)
        assert [row[0] for row in body(found, outlet)] == of_outlet["term"]
        assert [row[2] for row in body(found, outlet)] == [str(count) for count in of_outlet["target"]]
    assert "Words typical of each half" in Elements(page(field(), tmp_path, by="half")).texts
    with pytest.raises(ng.ConfigError):
        page(field(), tmp_path, by="nowhere")


def test_a_corpus_too_small_to_compare_has_a_page_that_says_so(tmp_path: Path) -> None:
    for texts in (["Rain.", "Sun.", "Snow.", "Fog."], ["Rain.", "", "Snow.", ""]):
        small = ng.Corpus({"text": texts, "outlet": ["a", "b", "a", "b"]})
        assert "The words are too few to compare those of each outlet." in page(small, tmp_path)
    with pytest.raises(ng.ConfigError, match="no two groups"):
        page(small, tmp_path, by="outlet")


def test_a_burst_is_a_bar_from_its_first_period_to_its_last(tmp_path: Path) -> None:
    days = range(1, 29)
    texts = ["Angela Merkel left. Angela Merkel won." if 8 <= day <= 14 else "Rain fell." for day in days]
    corpus = ng.Corpus({"text": texts, "date": [f"2019-01-{day:02}" for day in days]})
    burst = corpus.bursts(of="entities")[0]
    assert (burst["start"], burst["end"]) == ("2019-01-08", "2019-01-14")
    text = page(corpus, tmp_path)
    assert body(Elements(text), "Bursts") == [["Angela Merkel", "", "2019-01-082019-01-14", "7"]]
    assert '<rect x="25%" width="25%" height="100%"/>' in text


def test_the_title_and_the_number_of_rows_are_the_callers(tmp_path: Path) -> None:
    text = page(SAMPLES, tmp_path, title="A <b>week</b>", n=3)
    assert "<title>A &lt;b&gt;week&lt;/b&gt;</title>" in text
    assert "<h1>A &lt;b&gt;week&lt;/b&gt;</h1>" in text
    assert len(body(Elements(text), "People")) == 3
    for n in (0, 101):
        with pytest.raises(ng.ConfigError):
            page(SAMPLES, tmp_path, n=n)
    with pytest.raises(TypeError):
        page(SAMPLES, tmp_path, title=3)
    with pytest.raises(TypeError):
        SAMPLES.write_report(3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(hostile, min_size=2, max_size=4), name=hostile, title=hostile)
def test_whatever_the_texts_are_the_page_is_well_formed(
    texts: list[str], name: str, title: str, tmp_path: Path
) -> None:
    columns = {
        "text": [f"Ann {name} left. {text} {text}" for text in texts],
        "outlet": [name + str(at % 2) for at in range(len(texts))],
        "date": ["2019-01-08"] * len(texts),
    }
    corpus = ng.Corpus(columns, layout="plain")
    mention = {"article": [0], "start": [0], "end": [3], "label": ["L" + name], "entity": ["Ann " + title]}
    for named in (corpus, corpus.with_mentions(mention)):
        found = Elements(page(named, tmp_path, title=title))
        assert found.tags <= TAGS
        assert not {attribute for attribute in found.attributes if attribute.startswith("on")}


def test_the_largest_page_is_less_than_1_mb(tmp_path: Path) -> None:
    words = [f"{'w' * 70}{number}" for number in range(120)]
    people = [f"Ann{'x' * 50}{number}" for number in range(100)]
    texts = [
        " ".join(words * 3) + f" {word}. " + " ".join(f"{person} Lee left." for person in people) for word in words[:16]
    ]
    columns = {
        "text": texts,
        "outlet": [f"{'o' * 80}{at % 8}" for at in range(16)],
        "date": [f"2019-01-{day:02}" for day in range(1, 17)],
    }
    assert len(page(ng.Corpus(columns), tmp_path, n=100).encode()) < MOST


def test_the_period_gives_some_tens_of_columns() -> None:
    first = datetime.date(2019, 1, 1)
    for days, period in ((1, "day"), (45, "day"), (46, "week"), (700, "month"), (4000, "quarter"), (9000, "year")):
        assert _report_page.period_of(first, first + datetime.timedelta(days=days - 1)) == period


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_texts_and_bars_contrast_by_4_5_to_1_on_light_and_dark_pages() -> None:
    for colours, bar in ((_page.LIGHT, "#0072b2"), (_page.DARK, "#56b4e9")):
        assert f"{colours};--bar:{bar}" in _report_page._CSS
        names = dict(re.findall(r"--(\w+):(#\w+)", colours))
        for text in (names["text"], names["quiet"], bar):
            low, high = sorted(map(_luminance, (text, names["page"])))
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.html"
    assert main(["report", str(ng.samples()), "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == page(SAMPLES, tmp_path / "..")
    assert main(["report", str(ng.samples()), "--format", "csv"]) == 2
    assert "a report is a page" in capsys.readouterr().err
