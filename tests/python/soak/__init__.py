"""A soak test: random batches are compared with slow twins, with other orders, and through every
export.

``python -m tests.python.soak --seconds 3600`` runs for that time and reports how many values it
checked. A failure is made as small as possible and written to a file, which ``--replay`` runs
again.
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
