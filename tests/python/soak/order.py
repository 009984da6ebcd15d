"""Neither the order of articles nor the number of threads changes a table, byte for byte."""

from __future__ import annotations

from random import Random

from .batch import Batch
from .tally import Tally
from .verbs import EACH, VERBS, WHOLE


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    names = chance.sample(list(VERBS), k=8)
    whole = batch.corpus()
    for threads in chance.sample([1, 2, 3], k=2):
        other = batch.corpus(threads=threads)
        for name in names:
            tally.holds(VERBS[name](whole) == VERBS[name](other), f"{name} of {threads} threads")
    order = chance.sample(range(len(batch.texts)), k=len(batch.texts))
    shuffled = batch.corpus(order)
    for name in names:
        if name in WHOLE:
            first, second = WHOLE[name](whole), WHOLE[name](shuffled)
            if first is None or second is None:
                tally.holds(first is second, f"{name} in another order")
                continue
            tally.same(first.columns, second.columns, name)
            for column, kind in first.schema.items():
                if kind == "float64":
                    # Sums over articles may differ in the last digit.
                    for one, other_ in zip(first[column], second[column], strict=True):
                        tally.close(one, other_, f"{name} in another order", column)
                else:
                    tally.same(first[column], second[column], f"{name} in another order, {column}")
        elif name in EACH:
            rows = [sorted(map(repr, EACH[name](corpus) or [])) for corpus in (whole, shuffled)]
            tally.same(rows[0], rows[1], f"{name} in another order")
