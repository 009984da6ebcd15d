"""Runs the soak: ``python -m tests.python.soak --seconds N --seed S``.

A child process does the work, so that a hang, a crash and a lack of memory are reported like any
other failure: by seed, property and batch.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import subprocess
import sys
import time
import traceback
from pathlib import Path
from random import Random

from . import PROPERTIES
from .batch import Batch, made
from .tally import Tally

# A property that takes longer than this hangs.
PATIENCE = 120

# How long to minimise a failure.
SHRINKING = 60


def main() -> int:
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.replay is not None:
        return _replay(options.replay)
    if options.child:
        return _soak(options)
    print(f"soak: seed {options.seed}, {options.seconds} s, {', '.join(options.property)}", flush=True)
    words = [sys.executable, "-m", "tests.python.soak", *sys.argv[1:], "--seed", str(options.seed), "--child"]
    code = subprocess.run(words, check=False).returncode
    if code not in (0, FOUND):
        case = json.loads((options.folder / "current.json").read_text(encoding="utf-8"))
        case["property"] = (options.folder / "current.txt").read_text(encoding="utf-8").strip()
        path = _written(options.folder, case)
        print(f"soak: {case['property']} hung or crashed (code {code}); python -m tests.python.soak --replay {path}")
    return 1 if code else 0


FOUND = 3


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.python.soak")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32), help="by default another each time")
    parser.add_argument("--property", nargs="+", choices=list(PROPERTIES), default=list(PROPERTIES))
    parser.add_argument("--folder", type=Path, default=Path("build/soak"), help="where failures are written")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="run the failure of a file again")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _soak(options: argparse.Namespace) -> int:
    tally, start, rounds = Tally(), time.monotonic(), 0
    while time.monotonic() - start < options.seconds:
        batch = made(Random(f"{options.seed} {rounds}"))
        case = {"seed": options.seed, "round": rounds, "batch": json.loads(batch.to_json())}
        (options.folder / "current.json").write_text(json.dumps(case), encoding="utf-8")
        for name in options.property:
            with open(options.folder / "current.txt", "w", encoding="utf-8") as file:
                file.write(f"{name}\n")
            chance = f"{options.seed} {rounds} {name}"
            found = _failure(name, batch, chance, tally)
            if found is not None:
                small, found = _shrunk(name, batch, chance, found)
                case |= {"property": name, "chance": chance, "batch": json.loads(small.to_json()), "error": found}
                path = _written(options.folder, case)
                print(f"soak: seed {options.seed}, round {rounds}: {name} does not hold\n{found}")
                print(
                    f"soak: texts {small.texts!r:.2000}\nsoak: python -m tests.python.soak --replay {path}", flush=True
                )
                return FOUND
        rounds += 1
    seconds = time.monotonic() - start
    for name, checks in tally.checks.items():
        print(f"{name:14}{checks:12,} checks")
    total = sum(tally.checks.values())
    print(f"soak: {total:,} checks of {rounds:,} batches hold, {total / seconds:,.0f} a second; seed {options.seed}")
    return 0


def _failure(name: str, batch: Batch, chance: str, tally: Tally) -> str | None:
    """The failure, if any."""
    tally.name = name
    faulthandler.dump_traceback_later(PATIENCE, exit=True, file=sys.__stderr__)
    try:
        PROPERTIES[name](batch, Random(chance), tally)
    except Exception:
        return traceback.format_exc()
    finally:
        faulthandler.cancel_dump_traceback_later()
    return None


def _shrunk(name: str, batch: Batch, chance: str, found: str) -> tuple[Batch, str]:
    """A smaller batch that also fails: first with fewer articles, then with shorter ones."""
    until = time.monotonic() + SHRINKING

    def fails(smaller: Batch) -> bool:
        nonlocal batch, found
        if time.monotonic() > until:
            return False
        error = _failure(name, smaller, chance, Tally())
        if error is not None:
            batch, found = smaller, error
        return error is not None

    step = len(batch.texts) // 2
    while step >= 1:
        at = 0
        while at < len(batch.texts):
            keep = [place for place in range(len(batch.texts)) if not at <= place < at + step]
            if not keep or not fails(batch.only(keep)):
                at += step
        step //= 2
    for place in range(len(batch.texts)):
        step = len(batch.texts[place]) // 2
        while step >= 1:
            at = 0
            while at < len(batch.texts[place]):
                text = batch.texts[place]
                if not fails(batch.with_text(place, text[:at] + text[at + step :])):
                    at += step
            step //= 2
    return batch, found


def _written(folder: Path, case: dict[str, object]) -> Path:
    path = folder / f"{case['property']}-{case['seed']}-{case['round']}.json"
    path.write_text(json.dumps(case, indent=1), encoding="utf-8")
    return path


def _replay(path: Path) -> int:
    case = json.loads(path.read_text(encoding="utf-8"))
    batch = Batch(**case["batch"])
    chance = case.get("chance", f"{case['seed']} {case['round']} {case['property']}")
    found = _failure(case["property"], batch, chance, Tally())
    print(found or f"{case['property']} holds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
