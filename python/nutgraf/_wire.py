"""Articles as files that other programs read: JSON Lines and ninjs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutgraf.corpus import Corpus

__all__: list[str] = []

# Columns of articles() that are counted from the texts, or say where they were read.
_COUNTED = frozenset(["place", "authors", "paragraphs", "sentences", "tokens", "captions", "source", "source_start"])

_SCHEMA = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}

# Fields of wire items: under which key ninjs has them, and in which form.
_KEYS = {"language": "language", "slug": "slugline", "urgency": "urgency", "status": "pubStatus"}


def json_lines(corpus: Corpus) -> Iterator[str]:
    """Format articles as JSON objects, one per line."""
    for row in corpus.articles():
        kept = {name: _plain(value) for name, value in row.items() if name not in _COUNTED and name != "article"}
        line = {"id": row["article"], **kept, "text": corpus.text(row["article"])}
        yield json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False) + "\n"


def ninjs(corpus: Corpus) -> Iterator[str]:
    """Format articles as a JSON list of ninjs items, one per line."""
    bodies: dict[Any, list[str]] = {}
    pictures: dict[Any, list[dict[str, Any]]] = {}
    for zone in corpus.zones():
        if zone["zone"] in ("body", "dateline"):
            bodies.setdefault(zone["article"], []).append(zone["text"])
        elif zone["zone"] == "caption":
            pictures.setdefault(zone["article"], []).append(_picture(zone))
    mark = "["
    for row in corpus.articles():
        item = _item(row, bodies.get(row["article"], []), pictures.get(row["article"], []))
        yield f"{mark}\n{json.dumps(item, ensure_ascii=False)}"
        mark = ","
    yield "[]\n" if mark == "[" else "\n]\n"


def _item(row: dict[str, Any], body: list[str], pictures: list[dict[str, Any]]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "standard": _SCHEMA,
        "uri": str(row.get("guid") or row.get("url") or f"urn:nutgraf:{row['article']}"),
        "type": "text",
    }
    if row["date"] is not None:
        item["contentCreated"] = f"{row['date']}T00:00:00Z"
    if row["headline"]:
        item["headlines"] = [{"role": "main", "value": row["headline"]}]
    if row["byline"]:
        item["by"] = row["byline"]
    if row.get("provider"):
        item["infoSources"] = [{"name": str(row["provider"])}]
    if row.get("subjects"):
        item["subjects"] = [{"name": name} for name in _list(row["subjects"])]
    for field, key in _KEYS.items():
        if row.get(field) is not None:
            item[key] = row[field]
    item["bodies"] = [{"role": "main", "contentType": "text/plain", "value": "\n\n".join(body)}]
    if pictures:
        named = enumerate(pictures, 1)
        item["associations"] = [
            {"name": f"picture{at}", "uri": f"{item['uri']}#picture{at}", **one} for at, one in named
        ]
    return item


def _picture(zone: dict[str, Any]) -> dict[str, Any]:
    picture: dict[str, Any] = {"type": "picture", "descriptions": [{"role": "caption", "value": zone["text"]}]}
    if zone["credit"]:
        picture["creditLine"] = zone["credit"]
    if zone["photographer"]:
        picture["by"] = zone["photographer"]
    if zone["agency"]:
        picture["copyrightHolder"] = zone["agency"]
    return picture


def _list(value: Any) -> list[str]:
    """Return the names in a field: a list, or one written as JSON."""
    try:
        names = json.loads(value) if isinstance(value, str) else list(value)
    except ValueError:
        return [str(value)]
    return [str(name) for name in names] if isinstance(names, list) else [str(value)]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if value is None or isinstance(value, (str, bool, int, float, list)):
        return None if value == "" else value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
