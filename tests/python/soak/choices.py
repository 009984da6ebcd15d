"""A selection gives the same tables as a corpus of its articles, however it was made."""

from __future__ import annotations

from random import Random
from typing import Any

import nutgraf as ng

from .batch import Batch
from .tally import Tally
from .verbs import VERBS


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    corpus = batch.corpus()
    ids = corpus.articles()["article"]
    dates = [day if day is None else day.isoformat() for day in corpus.articles()["date"]]
    sources = corpus.articles()["source"]
    n = len(ids)
    mask = [chance.random() < 0.5 for _ in range(n)]
    start, stop = sorted((chance.randrange(n + 1), chance.randrange(n + 1)))
    source = chance.choice(["A", "B", "", None])
    wanted = [chance.choice(["A", "B", "Ä", None]) for _ in range(2)]
    period = chance.choice(["2019", "2019-01", "2019-W01", "2018-12-31"])
    some = chance.sample(ids, k=chance.randrange(n + 1)) if n else []
    dated = any(dates)
    choices: dict[str, tuple[ng.Corpus, list[int]]] = {
        "a mask": (corpus[mask], [at for at in range(n) if mask[at]]),
        "a slice": (corpus[start:stop], list(range(start, stop))),
        "a step": (corpus[::-2], list(range(n))[::-2]),
        f"source={source!r}": (corpus.where(source=source), [at for at in range(n) if sources[at] == source]),
        f"source={wanted!r}": (corpus.where(source=wanted), [at for at in range(n) if sources[at] in wanted]),
        "ids": (corpus.where(article=some), [at for at in range(n) if ids[at] in some]),
    }
    if dated:
        choices[f"date={period!r}"] = (
            corpus.where(date=period),
            [at for at in range(n) if _within(dates[at], period)],
        )
        choices["a range of dates"] = (
            corpus.where(date=slice("2019-01-01", "2019-01-31")),
            [at for at in range(n) if (day := dates[at]) is not None and "2019-01-01" <= day <= "2019-01-31"],
        )
    for name, (choice, places) in choices.items():
        tally.same(choice.articles()["article"], [ids[at] for at in places], name)
    name = chance.choice(list(choices))
    choice, places = choices[name]
    own = batch.corpus([batch.ids.index(ids[at]) for at in places])
    for verb in chance.sample(list(VERBS), k=6):
        _compare(VERBS[verb](choice), VERBS[verb](own), f"{verb} of {name}", tally)


def _within(day: str | None, period: str) -> bool:
    if day is None:
        return False
    # The week of 2018-12-31 is the first of 2019.
    return "2018-12-31" <= day <= "2019-01-06" if "W" in period else day.startswith(period)


def _compare(got: ng.Table | None, expected: ng.Table | None, what: str, tally: Tally) -> None:
    if got is None or expected is None:
        tally.holds(got is expected, what, got, expected)
        return
    tally.same(got.columns, expected.columns, what)
    rows: list[Any] = got.to_dicts()
    tally.same(rows, expected.to_dicts(), what)
    tally.same(got.metadata, expected.metadata, f"facts of {what}")
