"""The soak passes for a few batches; a planted fault or hang is found, minimised, written down and
replayed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from .soak import PROPERTIES
from .soak import __main__ as soak
from .soak.batch import Batch, made
from .soak.tally import Tally

ROUNDS = 8


@pytest.mark.parametrize("name", PROPERTIES)
def test_what_the_soak_asks_holds_for_a_few_batches(name: str) -> None:
    tally = Tally()
    tally.name = name
    for round in range(ROUNDS):
        PROPERTIES[name](made(Random(f"first {round}")), Random(f"{name} {round}"), tally)
    assert tally.checks[name] > ROUNDS


def test_batches_are_those_of_their_seed() -> None:
    batches = [made(Random(f"seed {round}")) for round in range(60)]
    assert batches == [made(Random(f"seed {round}")) for round in range(60)]
    assert batches == [Batch.from_json(batch.to_json()) for batch in batches]
    letters = {letter for batch in batches for text in batch.texts for letter in text}
    assert len(letters) > 3000


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["soak", "--folder", str(folder), "--seconds", "20", "--seed", "1", *words])
    return soak.main()


def test_a_fault_is_made_small_and_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(batch: Batch, chance: Random, tally: Tally) -> None:
        for text in batch.texts:
            tally.holds("flood" not in text, "no flood", text)

    monkeypatch.setitem(PROPERTIES, "spans", fault)
    assert run(tmp_path, monkeypatch, "--property", "spans", "--child") == soak.FOUND
    printed = capsys.readouterr().out
    assert "seed 1" in printed
    assert "spans does not hold" in printed
    assert "no flood: 'flood'" in printed
    (path,) = tmp_path.glob("spans-1-*.json")
    case = json.loads(path.read_text(encoding="utf-8"))
    assert case["batch"]["texts"] == ["flood"]
    assert str(path) in printed
    assert run(tmp_path, monkeypatch, "--replay", str(path)) == 1
    monkeypatch.undo()
    assert run(tmp_path, monkeypatch, "--replay", str(path)) == 0


def test_a_child_that_hangs_or_crashes_is_reported_with_its_batch(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = subprocess.run
    for name, fault in {"hangs": "time.sleep(60)", "crashes": "os.abort()"}.items():
        code = (
            f"import os, sys, time; sys.path.insert(0, {str(Path(__file__).parents[2])!r});"
            "from tests.python.soak import __main__ as soak; soak.PATIENCE = 1;"
            f"soak.PROPERTIES['kwic'] = lambda *_: {fault}; sys.exit(soak.main())"
        )

        def child(words: list[str], code: str = code, **_: Any) -> subprocess.CompletedProcess[bytes]:
            return start([sys.executable, "-c", code, *words[3:]], capture_output=True, check=False)

        with monkeypatch.context() as patched:
            patched.setattr(soak.subprocess, "run", child)
            assert run(tmp_path / name, patched, "--property", "kwic") == 1
        assert "kwic hung or crashed" in capsys.readouterr().out
        (path,) = (tmp_path / name).glob("kwic-1-0.json")
        assert json.loads(path.read_text(encoding="utf-8"))["batch"]["texts"]
