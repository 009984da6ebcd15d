"""What a plot shows is what its table says, with either library."""

from __future__ import annotations

import datetime
import importlib.util
import math
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import altair
import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

import nutgraf as ng
from nutgraf import _figure, _springs

SAMPLES = ng.read(ng.samples())
NEWS = ng.Corpus(
    {
        "text": ["Rain rain fell.", "Rain fell on Lisbon.", "Sun, sun.", "The rain and the sun."],
        "date": ["2019-01-08", "2019-01-08", "2019-01-10", "2019-01-11"],
        "outlet": ["Herald", "Post", "Herald", "Post"],
    }
)

# A week of rain.
BURSTING = ng.Corpus(
    {
        "text": ["Rain rain." if 10 <= day <= 16 else "Sun." for day in range(1, 29)],
        "date": [f"2019-01-{day:02}" for day in range(1, 29)],
    }
)

LIBRARIES = ["matplotlib", "altair"]

# A table of every verb that has a plot, with its kind.
TABLES: dict[str, tuple[ng.Table, str]] = {
    "entities": (SAMPLES.entities(), "bars"),
    "entities by month": (SAMPLES.entities(by="month"), "bars"),
    "terms": (SAMPLES.terms(), "bars"),
    "terms by month": (SAMPLES.terms(by="month"), "bars"),
    "tfidf": (SAMPLES[:3].tfidf(), "bars"),
    "keywords": (SAMPLES[:3].keywords(), "bars"),
    "keyness": (SAMPLES.keyness(SAMPLES[:20], SAMPLES[20:]), "bars"),
    "keyness by group": (NEWS.keyness(by="outlet"), "bars"),
    "keyness of entities": (SAMPLES.keyness(SAMPLES[:20], SAMPLES[20:], of="entities"), "bars"),
    "collocates": (SAMPLES.collocates("water"), "bars"),
    "collocations": (SAMPLES.collocations(), "bars"),
    "cooccurrence": (SAMPLES.cooccurrence(), "bars"),
    "cooccurrence of terms": (SAMPLES[:3].cooccurrence(of="terms"), "bars"),
    "count": (SAMPLES.count({"a": "water", "b": "wind"}), "bars"),
    "count by month": (SAMPLES.count({"a": "water", "b": "wind"}, by="month"), "bars"),
    "trend": (SAMPLES.trend(["water", "wind"]), "lines"),
    "trend by group": (NEWS.trend(["rain", "sun"], by=["day", "outlet"]), "lines"),
    "tests of a trend": (SAMPLES.trend(["water", "wind"], tests=True), "bars"),
    "bursts": (BURSTING.bursts("rain"), "bars"),
    "dispersion": (SAMPLES.dispersion(), "points"),
    "kwic": (SAMPLES.kwic("water"), "xray"),
    "kwic with dates": (SAMPLES.kwic(["water", "wind"], fields="date"), "xray"),
}


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    backend = mpl.get_backend()
    plt.switch_backend("Agg")
    yield
    plt.close("all")
    plt.switch_backend(backend)


def names(ax: Any) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def widths(ax: Any) -> list[float]:
    return [patch.get_width() for patch in ax.patches]


def values(chart: Any) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return spec["data"]["values"] if "values" in spec["data"] else spec["datasets"][spec["data"]["name"]]


def drawn(plot: Any) -> None:
    """Draw a plot to the end: some errors come only then."""
    if isinstance(plot, altair.TopLevelMixin):
        assert plot.to_json()
        return
    first = plot[0] if isinstance(plot, list) else plot
    first.figure.canvas.draw()


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_plot_and_so_has_one_without_rows(name: str, library: str) -> None:
    table, kind = TABLES[name]
    assert _figure.figure(table, None, None, None).kind == kind
    assert len(table)
    drawn(table.plot(backend=library))
    drawn(table.head(0).plot(backend=library))


def test_bars_are_the_first_rows_of_the_table() -> None:
    table = SAMPLES.entities()
    ax = table.plot()
    assert names(ax) == table["entity"][:20]
    assert widths(ax) == table["mentions"][:20]
    assert ax.get_xlabel() == "Mentions"
    assert ax.get_title("right") == f"20 of {len(table)} rows"
    assert ax.get_ylim()[0] > ax.get_ylim()[1], "the first row is on top"
    chart = values(table.plot(backend="altair"))
    assert [(row["name"], row["value"]) for row in chart] == list(zip(names(ax), widths(ax), strict=True))
    assert (
        widths(table.sort_values("articles", ascending=False).plot(n=3, value="articles"))
        == sorted(table["articles"], reverse=True)[:3]
    )


def test_a_label_has_one_colour_and_an_entry_in_the_legend() -> None:
    table = SAMPLES.entities()
    ax = table.plot()
    shown = dict(zip(table["entity"][:20], table["label"][:20], strict=True))
    colours = {}
    for name, patch in zip(names(ax), ax.patches, strict=True):
        assert colours.setdefault(shown[name], mpl.colors.to_hex(patch.get_facecolor())) == mpl.colors.to_hex(
            patch.get_facecolor()
        )
    assert colours["PER"] == "#0072b2"
    assert {text.get_text() for text in ax.get_legend().get_texts()} == set(colours)
    places = table.filter(label="LOC").plot()
    assert mpl.colors.to_hex(places.patches[0].get_facecolor()) == colours["LOC"]
    assert places.get_legend() is None


def test_entities_of_one_name_have_two_bars() -> None:
    spans = {"article": [0, 1], "start": [0, 0], "end": [4, 4], "label": ["PER", "LOC"], "entity": ["Rain", "Rain"]}
    table = NEWS.with_mentions(spans).entities()
    assert names(table.plot()) == ["Rain", "Rain (2)"]
    assert [row["name"] for row in values(table.plot(backend="altair"))] == ["Rain", "Rain (2)"]


def test_a_line_follows_the_table_and_has_its_gaps() -> None:
    table = NEWS.trend(["rain", "sun"], by="day")
    ax = table.plot()
    for item, line in zip(("rain", "sun"), ax.lines, strict=True):
        rows = table.filter(item=item)
        assert list(line.get_xdata()) == rows["period_start"]
        shown = [None if math.isnan(value) else value for value in line.get_ydata()]
        assert shown == rows["per_million"]
        assert shown[1] is None, "no article is of the 9th"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["rain", "sun"]
    assert ax.get_ylabel() == "Per million words"
    chart = values(table.plot(backend="altair"))
    assert [(row["name"], row["day"], row["value"]) for row in chart] == [
        (row["item"], row["period_start"].isoformat(), row["per_million"]) for row in table
    ]
    assert "break-paths" in table.plot(backend="altair").to_dict()["mark"]["invalid"]


def test_each_group_of_a_trend_has_its_axes_on_one_scale() -> None:
    table = NEWS.trend(["rain", "sun"], by=["day", "outlet"])
    axes = table.plot(value="count")
    assert [ax.get_title("left") for ax in axes] == ["Herald", "Post"]
    assert axes[0].get_ylim() == axes[1].get_ylim()
    assert axes[0].get_ylim()[1] > 2
    for ax, outlet in zip(axes, ("Herald", "Post"), strict=True):
        for line, item in zip(ax.lines, ("rain", "sun"), strict=True):
            assert list(line.get_ydata()) == table.filter(outlet=outlet, item=item)["count"]
    assert {row["panel"] for row in values(table.plot(backend="altair"))} == {"Herald", "Post"}


def test_keyness_has_the_most_typical_words_of_both_sides() -> None:
    table = SAMPLES.keyness(SAMPLES[:20], SAMPLES[20:])
    ax = table.plot(n=10)
    ratio = dict(zip(table["term"], table["log_ratio"], strict=True))
    assert widths(ax) == [ratio[name] for name in names(ax)]
    assert widths(ax) == sorted(widths(ax), reverse=True)
    assert set(names(ax)[:5]) == set(table["term"][:5])
    assert set(names(ax)[5:]) == set(table["term"][-5:])
    assert all(width > 0 for width in widths(ax)[:5])
    assert all(width < 0 for width in widths(ax)[5:])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["target", "reference"]
    # Rare words of a small target can have a log ratio of the other sign.
    table = SAMPLES.keyness(SAMPLES[:3], SAMPLES[3:])
    assert set(names(table.plot(n=6))[3:]) == set(table["term"][-3:])
    by_significance = table.sort_values("p_value")
    left = by_significance.filter(lambda row: row["log_ratio"] < 0)
    assert set(names(by_significance.plot(n=6))[3:]) == set(left["term"][:3])
    only = SAMPLES.keyness(SAMPLES[:20], SAMPLES[20:], only="reference")
    assert set(names(only.plot(n=4))) == set(only["term"][:4])


def test_a_volcano_shows_effect_and_significance() -> None:
    table = SAMPLES.keyness(SAMPLES[:20], SAMPLES[20:])
    ax = table.plot(kind="volcano", n=5)
    points = [tuple(point) for dots in ax.collections for point in dots.get_offsets().tolist()]
    assert len(points) == len(table)
    expected = [(row["log_ratio"], -math.log10(row["q_value"])) for row in table]
    for found, wanted in zip(sorted(points), sorted(expected), strict=True):
        assert found == pytest.approx(wanted)
    assert 1 <= len(ax.texts) <= 5
    assert {text.get_text() for text in ax.texts} <= set(table["term"])
    named = [row for row in values(table.plot(kind="volcano", n=5, backend="altair")) if row["is_named"]]
    assert {row["name"] for row in named} == {text.get_text() for text in ax.texts}


def test_an_xray_has_a_row_per_article_or_word() -> None:
    table = SAMPLES.kwic("water")
    ax = table.plot(n=5)
    assert len(names(ax)) == 5
    for name, line in zip(names(ax), ax.lines, strict=True):
        assert list(line.get_xdata()) == [
            row["start"] for row in table if str(row["article"]) in (name, name.rstrip("…"))
        ]
    dated = SAMPLES.kwic(["water", "wind"], fields="date")
    ax = dated.plot()
    assert names(ax) == list(dict.fromkeys(match.lower() for match in dated["match"]))
    assert list(ax.lines[0].get_xdata()) == [row["date"] for row in dated if row["match"].lower() == names(ax)[0]]
    chart = values(dated.plot(backend="altair"))
    assert sum(row["name"] == names(ax)[0] for row in chart) == len(ax.lines[0].get_xdata())
    assert all(datetime.date.fromisoformat(row["x"]) for row in chart)


def test_the_categories_of_a_dictionary_are_stacked() -> None:
    table = NEWS.count({"wet": "rain", "dry": "sun"}, by="outlet")
    ax = table.plot()
    assert names(ax) == ["Herald", "Post"]
    assert widths(ax) == table["count"]
    lefts = [patch.get_x() for patch in ax.patches]
    assert lefts == [0, table["count"][0], 0, table["count"][2]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["wet", "dry"]
    ax = NEWS.count({"wet": "rain", "dry": "sun"}).plot()
    assert (names(ax), widths(ax)) == (["wet", "dry"], [4, 3])


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_network_has_its_nodes_and_edges(library: str) -> None:
    network = SAMPLES.network(min_pairs=2)
    plot = network.plot(backend=library, n=1000)
    if library == "altair":
        spec = plot.to_dict()
        named = [data for data in spec["datasets"].values()] if "datasets" in spec else [spec["data"]["values"]]
        assert len(network.nodes) in map(len, named)
        return
    assert len(plot.texts) == len(network.nodes)
    lines = next(shown for shown in plot.collections if hasattr(shown, "get_segments"))
    assert len(lines.get_segments()) == len(network.edges)
    drawn(plot)
    few = network.plot(n=3)
    assert {text.get_text() for text in few.texts} == set(
        network.nodes.sort_values("mentions", ascending=False)["entity"][:3]
    )
    drawn(ng.Corpus([]).network().plot())


def test_a_network_always_looks_the_same() -> None:
    edges = [_springs.Edge(0, 1, 5), _springs.Edge(1, 2, 1)]
    places = _springs.springs(4, edges)
    assert places == _springs.springs(4, edges)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
    assert len(set(places)) == 4


STRANGE = ["$5 and $x_", "_hidden", "北京 东京", "ירושלים القاهرة", "a\x1b[31mb\u202ec", "x" * 200, "<b>&amp;", "$"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_names_of_any_script_are_drawn_as_they_are_or_shortened(library: str) -> None:
    texts = [f"Ann {number}" for number in range(len(STRANGE))]
    spans = {
        "article": list(range(len(texts))),
        "start": [0] * len(texts),
        "end": [3] * len(texts),
        "label": STRANGE,
        "entity": STRANGE,
    }
    corpus = ng.Corpus({"text": texts, "date": ["2019-01-08"] * len(texts)}).with_mentions(spans)
    plots = [corpus.entities().plot(backend=library), corpus.trend(of="entities", by="day").plot(backend=library)]
    plots.append(corpus.network(isolated=True).plot(backend=library))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        for plot in plots:
            drawn(plot)
    if library == "matplotlib":
        assert {"$5 and $x_", "_hidden", "北京 东京", "<b>&amp;"} <= set(names(plots[0]))
        assert max(map(len, names(plots[0]))) == 32
        legend = {text.get_text() for text in plots[0].get_legend().get_texts()}
        assert {"$5 and $x_", "_hidden"} <= legend
        assert "a\\x1b[31mb\\u202ec" in names(plots[0])


def test_axes_of_the_caller_are_drawn_on_and_no_style_changes() -> None:
    before = dict(mpl.rcParams)
    figure, grid = plt.subplots(1, 2)
    assert SAMPLES.terms().plot(ax=grid[0]) is grid[0]
    axes = NEWS.trend("rain", by=["day", "outlet"]).plot(ax=grid)
    assert axes == list(grid)
    assert plt.get_fignums() == [figure.number]
    assert dict(mpl.rcParams) == before
    with pytest.raises(ValueError, match=r"1 Axes for 2 groups \(Herald, Post\)"):
        NEWS.trend("rain", by=["day", "outlet"]).plot(ax=grid[0])
    with pytest.raises(TypeError, match="matplotlib"):
        SAMPLES.terms().plot(ax=grid[0], backend="altair")


def test_what_a_plot_cannot_show_is_an_error_that_says_what_it_needs() -> None:
    terms = SAMPLES.terms()
    for options, message in (
        ({"kind": "pie"}, "expected one of 'bars'"),
        ({"kind": "lines"}, "item, period_start"),
        ({"kind": "volcano"}, "reference, target"),
        ({"value": "term"}, "expected one of numbers: count"),
        ({"n": 0}, "n=0"),
        ({"backend": "paper"}, "matplotlib"),
    ):
        with pytest.raises(ng.ConfigError, match=message):
            terms.plot(**options)
    with pytest.raises(KeyError, match="there is no column 'counts'"):
        terms.plot(value="counts")
    with pytest.raises(ng.ConfigError, match="a column of names"):
        SAMPLES.describe().plot()
    with pytest.raises(TypeError):
        terms.plot("bars")


def test_an_infinite_value_is_not_drawn_and_the_plot_says_so() -> None:
    table = NEWS.keyness(NEWS[:2], NEWS[2:], zeros="infinite")
    finite = [value for value in table["log_ratio"] if value is not None and math.isfinite(value)]
    assert len(finite) < len(table)
    ax = table.plot()
    assert len(widths(ax)) == len(finite)
    assert f"{len(table) - len(finite)} rows without a finite value are not shown" in ax.get_title("right")


def test_the_first_library_that_is_installed_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def without(*missing: str) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in missing else found(name))

    without("matplotlib")
    assert isinstance(SAMPLES.terms().plot(), altair.Chart)
    with pytest.raises(ImportError, match="pip install matplotlib"):
        SAMPLES.terms().plot(backend="matplotlib")
    without(*LIBRARIES)
    with pytest.raises(ImportError, match=r"needs matplotlib or altair: pip install matplotlib"):
        SAMPLES.terms().plot()
    with pytest.raises(ImportError, match="pip install altair"):
        SAMPLES.network().plot(backend="altair")


def test_the_package_alone_imports_no_library_of_plots() -> None:
    code = "import sys, nutgraf; print(sorted({'matplotlib', 'altair', 'nutgraf._figure'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
