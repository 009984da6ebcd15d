"""Plots drawn with matplotlib, on Axes of the caller or new ones.

No style is changed and nothing is shown: that is for the caller to decide.
"""

from __future__ import annotations

import math
from typing import Any

from nutgraf import _figure
from nutgraf._figure import COLOURS, Bar, Figure, Line, Panel, Point, Tick
from nutgraf._springs import Picture

__all__: list[str] = []

_DASHES = ("solid", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 1.5, 1, 1.5)))

# Notes, and lines under the data: on light pages, and on dark ones.
_QUIET = ("#595959", "#a6a6a6")
_FAINT = ("#dddddd", "#3a3a3a")

# Fonts with the letters that the usual font lacks, of which those installed are used.
_FONTS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "PingFang SC",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "Arial Unicode MS",
    "WenQuanYi Zen Hei",
)


def _page() -> Any:
    """Return the colour of the page in the style of the caller."""
    import matplotlib

    return matplotlib.rcParams["axes.facecolor"]


def _is_dark() -> bool:
    from matplotlib import colors

    red, green, blue, alpha = colors.to_rgba(_page())
    return alpha > 0 and 0.299 * red + 0.587 * green + 0.114 * blue < 0.5


def _by_page(pair: tuple[str, str]) -> str:
    """Choose the colour for a light page or the one for a dark page."""
    return pair[_is_dark()]


def _seen(colour: str) -> str:
    """Return a colour of the palette; black is white on a dark page."""
    return _by_page((colour, "#FFFFFF" if colour == "#000000" else colour))


def colour(group: str, groups: list[str]) -> str:
    """Return the colour of a group."""
    return _seen(_figure.colour(group, groups))


def axes(figure: Figure, ax: Any) -> Any:
    """Draw a figure; return its Axes, or a list of them if there are several groups."""
    panels = figure.panels
    places = _places(figure, ax)
    draw = {"bars": _bars, "lines": _lines, "points": _points, "xray": _xray}[figure.kind]
    for place, panel in zip(places, panels, strict=True):
        draw(place, panel, figure)
        if panel.title:
            _plain(place.set_title(panel.title, fontsize="medium", loc="left"))
        place.spines[["top", "right"]].set_visible(False)
        if not panel.items:
            place.text(0.5, 0.5, "no rows", transform=place.transAxes, ha="center", va="center", color=_by_page(_QUIET))
    if figure.kind == "lines" and all((v or 0) >= 0 for panel in panels for line in panel.items for v in line.values):
        # After every panel is drawn: a limit ends the automatic ones, which panels share.
        for place in places:
            place.set_ylim(bottom=0)
    if figure.note:
        if len(panels) > 1 and ax is None:
            _plain(places[0].figure.supxlabel(figure.note, x=0.01, ha="left", fontsize="small", color=_by_page(_QUIET)))
        else:
            places[-1].set_title(figure.note, fontsize="small", color=_by_page(_QUIET), loc="right")
    return places[0] if len(places) == 1 else places


def _places(figure: Figure, ax: Any) -> list[Any]:
    """Return an Axes for each panel."""
    panels = figure.panels
    if ax is not None:
        given = list(ax.flat) if hasattr(ax, "flat") else list(ax) if isinstance(ax, (list, tuple)) else [ax]
        if len(given) != len(panels):
            groups = ", ".join(panel.title for panel in panels)
            raise ValueError(
                f"ax has {len(given)} Axes for {len(panels)} groups ({groups}); expected one for each, or one group, "
                "as in table.filter(…).plot(ax=ax)"
            )
        return given
    import matplotlib.pyplot as plt

    columns = min(len(panels), 3 if figure.kind == "bars" else 2)
    rows = math.ceil(len(panels) / columns)
    tallest = max(_height(figure, panel) for panel in panels)
    width = 7.5 if columns == 1 else 4.5 * columns
    shares = figure.kind == "lines"
    drawn, grid = plt.subplots(
        rows,
        columns,
        figsize=(width, tallest * rows),
        squeeze=False,
        layout="constrained",
        sharex=shares,
        sharey=shares,
    )
    for unused in grid.flat[len(panels) :]:
        drawn.delaxes(unused)
    return list(grid.flat[: len(panels)])


def _height(figure: Figure, panel: Panel) -> float:
    if figure.kind in ("bars", "xray"):
        return 1.3 + 0.24 * max(len(dict.fromkeys(item.name for item in panel.items)), 3)
    return 4.2 if len(figure.panels) == 1 else 2.8


def _bars(ax: Any, panel: Panel, figure: Figure) -> None:
    items: list[Bar] = panel.items
    names = list(dict.fromkeys(item.name for item in items))
    rows = {name: at for at, name in enumerate(names)}
    left: dict[str, float] = {}
    for item in items:
        ax.barh(
            rows[item.name],
            item.value,
            left=left.get(item.name, 0.0),
            color=colour(item.group, figure.groups),
            height=0.75,
        )
        left[item.name] = left.get(item.name, 0.0) + item.value
    _named(ax, names)
    ax.set_xlabel(figure.x)
    if any(item.value < 0 for item in items):
        ax.axvline(0, color=_by_page(_QUIET), linewidth=0.8)
    if panel is figure.panels[0]:
        _legend(ax, figure, "patch", dict.fromkeys(figure.groups))


def _named(ax: Any, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), names, fontsize="small")
    for text in ax.get_yticklabels():
        _plain(text)
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)  # the first row on top
    ax.tick_params(axis="y", length=0)


def _lines(ax: Any, panel: Panel, figure: Figure) -> None:
    items: list[Line] = panel.items
    for item in items:
        at = figure.groups.index(item.name)
        gap = float("nan")
        ax.plot(
            item.days,
            [gap if value is None else value for value in item.values],
            color=_seen(COLOURS[at % len(COLOURS)]),
            linestyle=_DASHES[at // len(COLOURS) % len(_DASHES)],
            linewidth=1.6,
            marker="o",
            markersize=2.5,
        )
    days = {day for item in items for day in item.days}
    if len(days) == 1:
        ax.set_xticks(list(days), [day.isoformat() for day in days])
    elif days:
        from matplotlib import dates

        untyped: Any = dates
        locator = untyped.AutoDateLocator(maxticks=8)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(untyped.ConciseDateFormatter(locator))
    ax.set_ylabel(figure.y)
    if panel is figure.panels[0]:
        _legend(ax, figure, "line", dict.fromkeys(figure.groups))


def _points(ax: Any, panel: Panel, figure: Figure) -> None:
    items: list[Point] = panel.items
    for group in dict.fromkeys(item.group for item in items):
        own = [item for item in items if item.group == group]
        ax.scatter(
            [item.x for item in own],
            [item.y for item in own],
            s=12,
            color=colour(group, figure.groups),
            alpha=0.6,
            linewidths=0,
            rasterized=len(own) > 5000,
        )
    if figure.is_log and items:
        ax.set_xscale("log")
    elif items and any(item.x < 0 for item in items):
        ax.axvline(0, color=_by_page(_QUIET), linewidth=0.8)
    for item in items:
        if item.is_named:
            is_left = item.x < 0
            _plain(
                ax.annotate(
                    item.name,
                    (item.x, item.y),
                    xytext=(-4 if is_left else 4, 2),
                    textcoords="offset points",
                    ha="right" if is_left else "left",
                    fontsize="small",
                )
            )
    ax.margins(x=0.15)
    ax.set_xlabel(figure.x)
    ax.set_ylabel(figure.y)
    _legend(ax, figure, "dot", dict.fromkeys(item.group for item in items))


def _xray(ax: Any, panel: Panel, figure: Figure) -> None:
    items: list[Tick] = panel.items
    rows: dict[str, list[Any]] = {}
    for item in items:
        rows.setdefault(item.name, []).append(item.x)
    for at, places in enumerate(rows.values()):
        ax.hlines(at, 0, 1, transform=ax.get_yaxis_transform(), color=_by_page(_FAINT), linewidth=0.6, zorder=0)
        ax.plot(places, [at] * len(places), linestyle="none", marker="|", markersize=9, color=COLOURS[0])
    _named(ax, list(rows))
    ax.set_xlabel(figure.x)
    if figure.y:
        ax.set_ylabel(figure.y)
        ax.set_xlim(left=0)


def network(picture: Picture, ax: Any) -> Any:
    """Draw a network; return its Axes."""
    if ax is None:
        import matplotlib.pyplot as plt

        _, ax = plt.subplots(figsize=(9, 7), layout="constrained")
    from matplotlib.collections import LineCollection

    nodes = picture.nodes
    most = max((edge.weight for edge in picture.edges), default=1) or 1
    ends = [[(nodes[at].x, nodes[at].y) for at in (edge.a, edge.b)] for edge in picture.edges]
    widths = [0.4 + 4 * edge.weight / most for edge in picture.edges]
    ax.add_collection(LineCollection(ends, linewidths=widths, colors="#9a9a9a", alpha=0.6, zorder=1))
    for group in picture.groups:
        own = [node for node in nodes if node.group == group]
        ax.scatter(
            [node.x for node in own],
            [node.y for node in own],
            s=[30 + 600 * node.size for node in own],
            color=colour(group, picture.groups),
            edgecolors=_page(),
            zorder=2,
        )
    for node in nodes:
        text = ax.annotate(
            node.name,
            (node.x, node.y),
            xytext=(0, -5 - 12 * math.sqrt(node.size)),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize="small",
            zorder=3,
        )
        _plain(text)
    ax.set_axis_off()
    ax.set_xlim(-0.1, 1.1)
    ax.set_ylim(-0.1, 1.05)
    shown = Figure("points", [], "", "", "Label", picture.groups, picture.note)
    _legend(ax, shown, "dot", dict.fromkeys(picture.groups))
    if picture.note:
        ax.set_title(picture.note, fontsize="small", color=_by_page(_QUIET), loc="right")
    return ax


def _legend(ax: Any, figure: Figure, shape: str, present: dict[str, None]) -> None:
    """Explain the colours, if there are several or a line needs its name."""
    groups = [group for group in figure.groups if group in present]
    if not groups or (len(figure.groups) < 2 and shape != "line"):
        return
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for group in groups:
        at = figure.groups.index(group)
        if shape == "patch":
            handles.append(Patch(color=colour(group, figure.groups)))
        elif shape == "line":
            dashes: Any = _DASHES[at // len(COLOURS) % len(_DASHES)]
            handles.append(Line2D([], [], color=_seen(COLOURS[at % len(COLOURS)]), linestyle=dashes))
        else:
            handles.append(Line2D([], [], color=colour(group, figure.groups), marker="o", linestyle="none"))
    # matplotlib ignores entries whose text begins with an underscore, so the texts come later.
    legend = ax.legend(handles, ["x"] * len(groups), fontsize="small", frameon=False)
    for text, group in zip(legend.get_texts(), groups, strict=True):
        _plain(text).set_text(group)
    if len(groups) > 1:
        legend.set_title(figure.legend)


def _plain(text: Any) -> Any:
    """Show a text as it is: a dollar is not a formula; other scripts have a font."""
    text.set_parse_math(False)
    if not text.get_text().isascii():
        from matplotlib import font_manager

        installed = {font.name for font in font_manager.fontManager.ttflist}
        text.set_fontfamily([*text.get_fontfamily(), *(name for name in _FONTS if name in installed)])
    return text
