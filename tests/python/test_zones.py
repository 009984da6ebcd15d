"""Zones of the sample articles and of the traps, against handwritten gold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomllib

import nutgraf as ng

ROOT = Path(__file__).parents[2]
GOLD = tomllib.loads((ROOT / "tests/data/articles/zones.toml").read_text(encoding="utf-8"))["article"]


def found(gold: dict[str, Any]) -> list[dict[str, Any]]:
    corpus = ng.read(ROOT / gold["file"])
    return ng.Corpus([corpus.text(gold["index"])]).zones().to_dicts()


def expected(gold: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            zone["zone"],
            zone["text"],
            *(zone.get(name, "") for name in ("credit", "agency", "photographer", "place", "date")),
        )
        for zone in gold.get("zones", [])
    ]


def as_gold(zone: dict[str, Any]) -> tuple[Any, ...]:
    text = zone["text"][:40].rstrip() if zone["zone"] == "body" else zone["text"]
    names = ("credit", "agency", "photographer", "place", "date")
    return (zone["zone"], text, *(zone[name] or "" for name in names))


def cases() -> list[Any]:
    """Every article; those that the gold marks as debatable are expected to differ."""
    return [
        pytest.param(
            gold,
            id=f"{Path(gold['file']).stem}-{gold['index']}",
            marks=pytest.mark.xfail(reason=gold["argued"], strict=True) if "argued" in gold else (),
        )
        for gold in GOLD
    ]


@pytest.mark.parametrize("gold", cases())
def test_zones_are_those_a_reader_sees(gold: dict[str, Any]) -> None:
    assert [as_gold(zone) for zone in found(gold)] == expected(gold)


def test_nearly_every_zone_is_right() -> None:
    right = total = 0
    for gold in GOLD:
        wanted, got = expected(gold), {as_gold(zone) for zone in found(gold)}
        total += len(wanted)
        right += sum(zone in got for zone in wanted)
    assert total == 614
    assert right / total >= 0.98
