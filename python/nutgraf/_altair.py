"""Plots drawn with Altair, from specifications in the grammar of Vega-Lite."""

from __future__ import annotations

import datetime
from typing import Any

from nutgraf._figure import COLOURS, Figure, colour
from nutgraf._springs import Picture

__all__: list[str] = []

_ROW = {"step": 17}


def chart(figure: Figure) -> Any:
    """Draw a figure; several groups are facets."""
    build = {"bars": _bars, "lines": _lines, "points": _points, "xray": _xray}[figure.kind]
    rows, spec = build(figure)
    if len(figure.panels) > 1:
        titles = [panel.title for panel in figure.panels]
        return _chart(
            rows,
            {
                "facet": {"field": "panel", "type": "nominal", "title": None, "sort": titles},
                "columns": 3 if figure.kind == "bars" else 2,
                "spec": spec,
                "resolve": {"scale": dict.fromkeys("xy", "shared" if figure.kind == "lines" else "independent")},
            },
            figure.note,
        )
    return _chart(rows, spec, figure.note or figure.panels[0].title)


def _chart(rows: list[dict[str, Any]], spec: dict[str, Any], note: str) -> Any:
    import altair

    whole: dict[str, Any] = {"data": {"values": rows}, **spec}
    if note:
        whole["title"] = {"text": note, "fontSize": 11, "fontWeight": "normal", "anchor": "end"}
    return altair.Chart.from_dict(whole)


def _colours(figure: Figure) -> dict[str, Any]:
    groups = figure.groups
    if figure.kind == "lines":
        shades = [COLOURS[at % len(COLOURS)] for at in range(len(groups))]
    else:
        shades = [colour(group, groups) for group in groups]
    return {
        "field": "name" if figure.kind == "lines" else "group",
        "type": "nominal",
        "title": figure.legend or None,
        "scale": {"domain": groups, "range": shades},
        "sort": groups,
    }


def _names(figure: Figure) -> dict[str, Any]:
    # Each facet has its own order, which a list of names could not express.
    order = {"field": "row", "op": "min", "order": "ascending"}
    axis = {"labelLimit": 260, "grid": figure.kind == "xray"}
    return {"field": "name", "type": "nominal", "sort": order, "title": figure.y or None, "axis": axis}


def _shaded(figure: Figure) -> dict[str, Any]:
    return {"color": _colours(figure)} if len(figure.groups) > 1 else {"color": {"value": COLOURS[0]}}


def _bars(figure: Figure) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    rows = [
        {"panel": panel.title, "row": row, **item._asdict()}
        for panel in figure.panels
        for row, item in enumerate(panel.items)
    ]
    encoding = {
        "y": _names(figure),
        "x": {"field": "value", "type": "quantitative", "title": figure.x},
        "tooltip": [{"field": "name"}, {"field": "value", "type": "quantitative"}],
        **_shaded(figure),
    }
    return rows, {"mark": {"type": "bar"}, "encoding": encoding, "height": _ROW}


def _lines(figure: Figure) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    rows = [
        {"panel": panel.title, "name": line.name, "day": day.isoformat(), "value": value}
        for panel in figure.panels
        for line in panel.items
        for day, value in zip(line.days, line.values, strict=True)
    ]
    encoding: dict[str, Any] = {
        "x": {"field": "day", "type": "temporal", "title": figure.x or None, "scale": {"type": "utc"}},
        "y": {"field": "value", "type": "quantitative", "title": figure.y},
        "color": _colours(figure),
        "tooltip": [
            {"field": "name"},
            {"field": "day", "type": "temporal"},
            {"field": "value", "type": "quantitative"},
        ],
    }
    if len(figure.groups) > len(COLOURS):
        encoding["strokeDash"] = {"field": "name", "type": "nominal", "sort": figure.groups}
    small = len(figure.panels) > 1
    size = {"width": 300, "height": 180} if small else {"width": 520, "height": 280}
    # A period without articles breaks the line; a point shows a value between two of them.
    mark = {"type": "line", "point": {"size": 14}, "invalid": "break-paths-show-path-domains"}
    return rows, {"mark": mark, "encoding": encoding, **size}


def _points(figure: Figure) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    rows = [{"panel": panel.title, **item._asdict()} for panel in figure.panels for item in panel.items]
    scale = {"scale": {"type": "log"}} if figure.is_log else {}
    places = {
        "x": {"field": "x", "type": "quantitative", "title": figure.x, **scale},
        "y": {"field": "y", "type": "quantitative", "title": figure.y},
    }
    layers = [
        {"mark": {"type": "circle", "size": 22, "opacity": 0.6}, "encoding": {**places, **_shaded(figure)}},
        {
            "transform": [{"filter": "datum.is_named"}],
            "mark": {"type": "text", "align": "left", "dx": 5, "dy": -3},
            "encoding": {**places, "text": {"field": "name", "type": "nominal"}},
        },
    ]
    return rows, {"layer": layers, "width": 480, "height": 360}


def _xray(figure: Figure) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    ticks = figure.panels[0].items
    is_time = any(isinstance(tick.x, datetime.date) for tick in ticks)
    rows = [
        {"row": row, "name": tick.name, "x": tick.x.isoformat() if isinstance(tick.x, datetime.date) else tick.x}
        for row, tick in enumerate(ticks)
    ]
    x: dict[str, Any] = {"field": "x", "type": "temporal" if is_time else "quantitative", "title": figure.x}
    if is_time:
        x["scale"] = {"type": "utc"}
    encoding = {"y": _names(figure), "x": x, "color": {"value": COLOURS[0]}}
    return rows, {"mark": {"type": "tick"}, "encoding": encoding, "height": _ROW, "width": 520}


def network(picture: Picture) -> Any:
    """Draw a network."""
    import altair

    nodes = picture.nodes
    edges = [
        {"x": nodes[edge.a].x, "y": nodes[edge.a].y, "x2": nodes[edge.b].x, "y2": nodes[edge.b].y, "count": edge.weight}
        for edge in picture.edges
    ]
    bare = {"axis": None, "scale": {"domain": [-0.1, 1.1]}}
    x, y = ({"field": field, "type": "quantitative", **bare} for field in ("x", "y"))
    shades = [colour(group, picture.groups) for group in picture.groups]
    scale = {"domain": picture.groups, "range": shades}
    sizes = {"field": "size", "type": "quantitative", "legend": None, "scale": {"domain": [0, 1], "range": [30, 700]}}
    layers = [
        {
            "data": {"values": edges},
            "mark": {"type": "rule", "color": "#9a9a9a", "opacity": 0.6},
            "encoding": {
                "x": x,
                "y": y,
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
                "strokeWidth": {
                    "field": "count",
                    "type": "quantitative",
                    "legend": None,
                    "scale": {"range": [0.4, 4.5]},
                },
            },
        },
        {
            "mark": {"type": "circle", "opacity": 1, "stroke": "white"},
            "encoding": {
                "x": x,
                "y": y,
                "size": sizes,
                "color": {"field": "group", "type": "nominal", "title": "Label", "scale": scale},
            },
        },
        {
            "mark": {"type": "text", "dy": 16, "fontSize": 10},
            "encoding": {"x": x, "y": y, "text": {"field": "name", "type": "nominal"}},
        },
    ]
    spec: dict[str, Any] = {
        "data": {"values": [node._asdict() for node in nodes]},
        "layer": layers,
        "view": {"stroke": None},
    }
    if picture.note:
        spec["title"] = {"text": picture.note, "fontSize": 11, "fontWeight": "normal", "anchor": "end"}
    return altair.Chart.from_dict({**spec, "width": 640, "height": 500})
