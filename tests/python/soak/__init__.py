"""A soak: batches by chance, each held against slow twins, itself in another order, and itself through every way out.

``python -m tests.python.soak --seconds 3600`` runs until the time is over, and says how many values it checked. What does not hold is made
as small as it goes and written to a file, with which ``--replay`` runs it again.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import choices, collocations, entities, keyness, kwic, order, spans, terms, threads, ways, weights
from .batch import Batch
from .tally import Tally

Property = Callable[[Batch, Random, Tally], None]

PROPERTIES: dict[str, Property] = {
    module.__name__.rpartition(".")[2]: module.check
    for module in (spans, terms, kwic, collocations, keyness, weights, entities, choices, order, ways, threads)
}
