"""Eight threads that call every verb of a new corpus at once get the results of sequential
calls.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random

from .batch import Batch
from .tally import Tally
from .verbs import VERBS


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    names = chance.choices(list(VERBS), k=24)
    alone = batch.corpus(threads=1)
    expected = {name: VERBS[name](alone) for name in dict.fromkeys(names)}
    fresh = batch.corpus()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda name: VERBS[name](fresh), names))
    for name, got in zip(names, results, strict=True):
        tally.holds(got == expected[name], f"{name} of eight threads")
