"""Interrupts calls at several moments, and measures how much work each still does.

Run as a program, in a process that may be interrupted: ``python -m tests.python.interrupt MODULE``.
The module has a function ``calls()``, which returns a function without arguments for each name.
Each is called once to measure its time, then again for each share of that time, after which another
process sends SIGINT. The result is the processor time between the signal and the
``KeyboardInterrupt``, which does not depend on the load of the machine.
"""

from __future__ import annotations

import gc
import importlib
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# The other process reads how long to wait, and answers with our processor time when it sent the
# signal.
_SENDER = """
import os, signal, sys, time
process = int(sys.argv[1])
for line in sys.stdin:
    time.sleep(float(line))
    spent = time.clock_gettime(~process << 3 | 2)
    os.kill(process, signal.SIGINT)
    print(spent, flush=True)
"""

SHARES = (0.1, 0.4, 0.6, 0.9)

AVAILABLE = sys.platform == "linux"


def late_calls(module: str, seconds: float) -> dict[str, list[float]]:
    """Names of the calls of a module that continued for too long, with the seconds at each
    share.
    """
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.python.interrupt", module],
        capture_output=True,
        check=False,
        cwd=root,
        timeout=600,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    spent: dict[str, list[float]] = json.loads(done.stdout)
    assert spent
    return {name: times for name, times in spent.items() if max(times, default=0) > seconds}


def _spent(call: Callable[[], object], sender: subprocess.Popen[str]) -> list[float]:
    assert sender.stdin is not None
    assert sender.stdout is not None
    start = time.perf_counter()
    call()
    took = time.perf_counter() - start
    spent = []
    for share in SHARES:
        gc.collect()
        over, now = False, math.inf
        try:
            print(took * share, file=sender.stdin, flush=True)
            call()
            over = True
            for _ in range(1000):  # a signal that comes just before a sleep does not shorten it
                time.sleep(0.01)
        except KeyboardInterrupt:
            now = time.process_time()
        then = float(sender.stdout.readline())
        # A lost interrupt takes infinite time.
        if not over or now == math.inf:
            spent.append(now - then)
    return spent


def _main(module: str) -> None:
    calls: dict[str, Callable[[], object]] = importlib.import_module(module).calls()
    sender = subprocess.Popen(
        [sys.executable, "-c", _SENDER, str(os.getpid())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    spent = {name: _spent(call, sender) for name, call in calls.items()}
    sender.kill()
    sender.wait()
    print(json.dumps(spent))


if __name__ == "__main__":
    _main(sys.argv[1])
