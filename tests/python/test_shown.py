"""What tables, corpora and articles show: aligned, marked, escaped, and no larger than promised."""

from __future__ import annotations

import re
import xml.etree.ElementTree
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nutgraf as ng
from nutgraf import _core, _html, _layout, _page

SAMPLES = ng.read(ng.samples())

MOST = 200_000

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>",
    "</td></tr></table>",
    "]]>",
    "<!--",
    "&lt;b&gt;",
    "<mark>x</mark>",
    "**<b>**",
    "\\**x**",
    "\x1b[31m\u202e",
]
hostile = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(HOSTILE)

ATTRIBUTES = {"style", "title", "class"}


class Elements(HTMLParser):
    """The elements and the text of a page; anything that is not closed is an error."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.marked: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles |= {value or "" for name, value in attrs if name == "style"}
        if tag != "meta":
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data
        if "mark" in self.open:
            self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def table(**columns: list[Any]) -> ng.Table:
    kinds = {str: "string", int: "int64", float: "float64", list: "list[string]"}
    return ng.Table(_core.Table.restore([(name, kinds[type(v[0])], v) for name, v in columns.items()], []))


# -- tables as HTML


@given(st.lists(st.tuples(hostile, hostile), min_size=1, max_size=4), hostile)
def test_no_text_of_a_table_becomes_an_element(rows: list[tuple[str, str]], name: str) -> None:
    first, second = [row[0] for row in rows], [row[1] for row in rows]
    for columns in (
        {"article": first, f"_{name}": second},
        {"left": first, "match": second, "right": first},
        {"snippet": first, "message": second},
        {"aliases": [[one, two] for one, two in rows]},
    ):
        page = Elements(table(**columns)._repr_html_())
        assert page.tags <= {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p", "mark"}
        assert page.attributes <= ATTRIBUTES
        assert all(re.fullmatch("[a-z0-9:;.,()-]*", style) for style in page.styles)


@pytest.mark.parametrize(
    "given_table",
    [
        table(text=["x" * 5_000] * 3_000).show(),
        table(**{f"column {n}": ["<&>'\""] * 500 for n in range(200)}).show(),
        table(**{"n" * 1000 + str(n): [1] for n in range(3_000)}),
        table(message=["€" * 100_000] * 30),
        table(snippet=["**a** " * 400] * 1_000).show(),
    ],
    ids=["long texts", "many cells", "many columns", "long messages", "many marks"],
)
def test_no_table_is_larger_than_promised(given_table: ng.Table) -> None:
    page = given_table._repr_html_()
    assert len(page.encode()) < MOST
    Elements(page)
    shown = page.count("<tr>") - 1
    assert shown == len(given_table) or f"… {len(given_table) - shown:,} more row" in page


def test_cells_are_aligned_by_what_they_hold() -> None:
    page = table(term=["rain"], count=[1234567], per_million=[12345.678], p_value=[1.2e-57])._repr_html_()
    cells = re.findall(r'<td style="text-align:(\w+)[^"]*">([^<]*)', page)
    assert cells == [("left", "rain"), ("right", "1,234,567"), ("right", "12,345.7"), ("right", "1.2e-57")]


def test_ids_and_years_have_no_separators() -> None:
    page = table(article=[12345], year=[2019], start=[1234], count=[1234])._repr_html_()
    assert re.findall("<td[^>]*>([^<]*)", page) == ["12345", "2019", "1234", "1,234"]


def test_a_shortened_text_has_its_whole_as_title() -> None:
    text = "word " * 60
    page = table(text=[text])._repr_html_()
    assert f'title="{text.strip()}"' in page
    assert "title" not in table(text=["short"])._repr_html_()


def test_matches_are_in_the_middle_and_marked() -> None:
    page = SAMPLES.kwic("rain", n=1)._repr_html_()
    assert re.findall(r'<td style="text-align:(right|center|left);white-space:nowrap"', page)[-3:] == [
        "right",
        "center",
        "left",
    ]
    assert Elements(page).marked == ["rain"]


def test_marks_of_search_become_elements() -> None:
    corpus = ng.Corpus(["The **bold** <b>rain</b> fell \\ here.", "Snow.", "Wind."])
    for marks in (("**", "**"), ("<mark>", "</mark>")):
        page = Elements(corpus.search("rain", marks=marks)._repr_html_())
        assert page.marked == ["rain"]
        assert "The **bold** <b>rain</b> fell \\ here." in page.text


# -- tables as text


def test_a_row_fits_the_width_and_says_which_columns_do_not() -> None:
    for verb in (SAMPLES.articles, SAMPLES.mentions, SAMPLES.zones, SAMPLES.readability, SAMPLES.tokens):
        whole = verb()
        for width in (40, 80, 120, 200):
            text = whole.text(10, width=width)
            lines = text.splitlines()
            assert max(map(len, lines)) <= width
            shown = lines[0].split()
            note = re.fullmatch(r"… (\d+) more columns?: .*", lines[-1])
            assert len(shown) + (int(note[1]) if note else 0) == len(whole.columns)


def test_context_is_shortened_away_from_the_match() -> None:
    lines = SAMPLES.kwic("said", window=20).text(5, width=80).splitlines()
    ends = {line.index("  said") for line in lines[1:]}
    assert len(ends) == 1
    assert any("…" in line.split("  said")[0] for line in lines[1:])


def test_ids_are_shortened_in_the_middle_and_never_in_full_text() -> None:
    name = "breitbart_2016-09-12_stealth-over-health-hillary-clinton-was-headed-to-er"
    given_table = ng.Corpus({"text": ["Rain fell."], "id": [name]}).sentences()
    assert name in given_table.text()
    assert re.search(r"^breit\w+…\S*-er  ", given_table.text(width=60), re.M)


def test_messages_are_never_shortened() -> None:
    failures = ng.Corpus(["date 2019-02-30 Not fine."], errors="skip").report.failures
    message = failures["message"][0]
    assert len(message) > 100
    for shown in (failures.text(), failures.text(width=40), repr(failures)):
        assert message in shown
    assert message in Elements(failures._repr_html_()).text


def test_a_group_is_named_once_and_missing_values_are_not_repeats() -> None:
    corpus = ng.Corpus({"text": ["a b", "c", "d e"], "source": ["A", "B", None]})
    assert corpus.terms(by="source")[["source", "term"]].text(width=80).splitlines() == [
        "source  term",
        "A       a",
        "        b",
        "B       c",
        "–       d",
        "        e",
    ]
    assert [line[:1] for line in corpus.terms(by="source").text().splitlines()] == ["s", "A", "A", "B", " ", " "]


def test_the_width_is_that_of_the_terminal_or_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _layout.screen() == _layout.PAGE
    monkeypatch.setattr("sys.stdout", None)
    assert _layout.screen() == _layout.PAGE


# -- corpora and articles


def test_a_corpus_says_what_it_is() -> None:
    corpus = ng.Corpus(
        ["date 2019-01-08 Rain fell.\n\nA street in Lisbon Credit: AP/Ana Reis", "Sun.", "date 2019-02-30 x"],
        errors="skip",
    )
    assert str(corpus) == "Corpus(2 articles)"
    assert repr(corpus).splitlines() == [
        "Corpus(2 articles)",
        "  dates     2019-01-08; 1 undated",
        "  fields    article, date, headline, place, byline",
        "  tokens    9",
        "  zones     body 2, caption 1",
        "  omitted   1 of 3 records; see report.failures",
    ]
    page = Elements(corpus._repr_html_())
    assert "1 of 3 records" in page.text
    assert "dates     none" in repr(ng.Corpus(["x"]))
    assert repr(ng.Corpus([])).splitlines()[-1] == "  zones     none"


@given(st.lists(hostile, min_size=1, max_size=6), hostile, hostile)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_text_of_an_article_becomes_an_element(pieces: list[str], headline: str, name: str) -> None:
    text = "\n\n".join(pieces) + "\n\nA street in Lisbon Credit: AP/<b>Ana</b>"
    corpus = ng.Corpus({"text": [text], "headline": [headline], f"f{name}": [name]})
    page = corpus.show(0, query=["street", "script*"])
    shown = Elements(page._repr_html_())
    assert shown.tags <= {"article", "style", "div", "h1", "p", "figure", "figcaption", "span", "mark"}
    assert shown.attributes <= ATTRIBUTES
    assert "street" in shown.marked
    assert all(re.fullmatch("[a-z0-9:;-]*", style) for style in shown.styles)
    Elements(corpus._repr_html_())
    assert all(character.isprintable() or character in "\n\u200c\u200d" for character in repr(page) + repr(corpus))


def test_labels_of_others_are_escaped_too() -> None:
    spans = {"article": [0], "start": [0], "end": [4], "label": ['x"><b>'], "entity": ["<i>"]}
    page = ng.Corpus(["Rain fell."]).with_mentions(spans).show(0)._repr_html_()
    assert "<b>" not in page
    assert "<i>" not in page
    assert 'x"><b>' in Elements(page).text


def test_an_article_has_its_zones_entities_and_hits() -> None:
    text = "Angela Merkel flew to Paris.\n\nMrs Merkel in Paris Credit: AP/Ana Reis"
    page = ng.Corpus({"text": [text], "headline": ["Merkel in Paris"]}).show(0, query="flew to paris")
    shown = page._repr_html_()
    assert "<h1>" in shown
    assert re.search(r"<figcaption>.*Mrs .*</p><p class=\"credit\">Credit: AP/Ana Reis</p></figcaption>", shown)
    assert 'title="Angela Merkel (PER)"' in shown
    assert "".join(Elements(shown).marked) == "flew to Parisquery"
    assert "Angela Merkel flew to Paris." in Elements(shown).text
    assert "title=" not in ng.Corpus([text]).show(0, entities=False)._repr_html_()


def test_a_page_is_a_file_without_scripts(tmp_path: Path) -> None:
    page = SAMPLES[3:6].show(4, query="cyclone")
    page.save(tmp_path / "article.html")
    written = (tmp_path / "article.html").read_text(encoding="utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert "<script" not in written
    assert "prefers-color-scheme:dark" in written
    assert page._repr_html_() in written
    with pytest.raises(KeyError, match="there is no article 40"):
        SAMPLES[3:6].show(40)


def test_no_page_is_larger_than_promised(tmp_path: Path) -> None:
    paragraph = "Angela Merkel flew to <Paris> & back, said Ana Reis of Lisbon. "
    page = ng.Corpus(["\n\n".join([paragraph * 20] * 200)]).show(0, query="said")
    page.save(tmp_path / "a.html")
    assert (tmp_path / "a.html").stat().st_size < MOST
    assert "more characters of the text are not shown" in page._repr_html_()


def lightness(red: float, green: float, blue: float) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    light, dark = sorted((lightness(*one[:3]), lightness(*other[:3])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def of_hex(color: str) -> tuple[float, ...]:
    digits = color.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))


def test_text_can_be_read_on_every_background() -> None:
    import colorsys

    for part in (_page.LIGHT, _page.DARK):
        assert part in _page._CSS
        color = dict(re.findall(r"--(text|page|quiet|l|hit):([^;}]+)", part))
        backgrounds = [
            colorsys.hls_to_rgb(hue / 360, float(color["l"].rstrip("%")) / 100, 0.7)
            for hue in (*_page._HUES.values(), *_page._OTHER_HUES)
        ]
        for background in (of_hex(color["page"]), *backgrounds):
            assert contrast(of_hex(color["text"]), background) >= 4.5
        assert contrast(of_hex(color["quiet"]), of_hex(color["page"])) >= 4.5
        assert contrast(of_hex("#1b1b1b"), of_hex(color["hit"])) >= 4.5


def test_marks_of_tables_can_be_read_on_light_and_dark_pages() -> None:
    red, green, blue, share = (float(part) for part in re.search(r"rgba\(([^)]*)\)", _html.MARK)[1].split(","))
    mark = (red / 255, green / 255, blue / 255)
    for page, text in (((1.0, 1.0, 1.0), (0.1, 0.1, 0.1)), ((0.07, 0.07, 0.07), (0.93, 0.93, 0.93))):
        mixed = tuple(share * m + (1 - share) * p for m, p in zip(mark, page, strict=True))
        assert contrast(text, mixed) >= 4.5


# -- networks


@given(st.lists(hostile, min_size=2, max_size=5, unique=True))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_name_becomes_an_element_of_graphml(names: list[str]) -> None:
    names = [f"n{name}" for name in names]
    spans = {
        "article": [0] * len(names),
        "start": [2 * at for at in range(len(names))],
        "end": [2 * at + 1 for at in range(len(names))],
        "label": ["PER"] * len(names),
        "entity": names,
    }
    network = ng.Corpus(["x " * len(names)], layout="plain").with_mentions(spans).network()
    for text in (network.to_graphml(), network.to_gexf()):
        root = xml.etree.ElementTree.fromstring(text)
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= set(
            [
                "graphml",
                "key",
                "graph",
                "node",
                "data",
                "edge",
                "gexf",
                "attributes",
                "attribute",
                "nodes",
                "attvalues",
                "attvalue",
                "edges",
            ]
        )
        nodes = [element for element in root.iter() if element.tag.endswith("}node")]
        assert len(nodes) == len({element.attrib["id"] for element in nodes}) == len(set(network.nodes["entity"]))


def test_a_network_has_nodes_with_an_edge_unless_all_are_requested() -> None:
    corpus = ng.Corpus(["Angela Merkel met Ana Reis in Paris. Bob Dylan sang."])
    assert sorted(corpus.network().nodes["entity"]) == ["Ana Reis", "Angela Merkel", "Paris"]
    assert "Bob Dylan" in corpus.network(isolated=True).nodes["entity"]
    assert len(corpus.network(min_pairs=9).nodes) == 0


def test_a_page_says_whose_words_are_quoted_and_of_what_the_article_is_a_copy() -> None:
    story = 'Rain ended the drought in the south on Monday. "We are glad of it," Ana Reis said. She said that it would rain again.'
    corpus = ng.Corpus({"text": [story, "Sun.", story], "story": ["x", "y", "z"]})
    page = Elements(corpus.show(2)._repr_html_())
    assert all(part in page.text for part in ("copy of article 0", "quotations 1", "indirect quotations 1"))
    shown = corpus.show(2)._repr_html_()
    assert '<span class="q direct" title="direct quotation of Ana Reis">' in shown
    assert '<span class="q indirect" title="indirect quotation of Ana Reis">that it would rain again</span>' in shown
    assert '<span class="w" title="direct quotation of Ana Reis">' in shown
    assert repr(corpus.show(0)).startswith("article 0 · first of 2 copies")
    assert repr(corpus.show(1)).startswith("article 1\n")
    assert "copy of" not in repr(corpus.show(2, copies=False))
    plain = corpus.show(2, quotes=False)._repr_html_()
    assert 'class="q' not in plain
    assert 'class="w' not in plain
