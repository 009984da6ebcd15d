"""Offsets refer to the original: every row slices back, tokens and sentences tile their zones."""

from __future__ import annotations

from random import Random

import nutgraf as ng

from .batch import Batch
from .tally import Tally


def check(batch: Batch, chance: Random, tally: Tally) -> None:
    corpus = batch.corpus()
    report = corpus.report
    tally.same(report.n_in, len(batch.texts), "records met")
    tally.same(report.n_ok + report.n_failed, report.n_in, "records accounted for")
    ids = corpus.articles()["article"]
    texts = dict(zip(batch.ids, batch.texts, strict=True))
    tally.same([corpus.text(id) for id in ids], [texts[id] for id in ids], "texts")
    zones = corpus.zones()
    tables = {
        "zones": zones,
        "sentences": corpus.sentences(zones="all"),
        "tokens": corpus.tokens(zones="all"),
        "mentions": corpus.mentions(zones="all"),
        "kwic": corpus.kwic("*", window=2, zones="all"),
    }
    for name, table in tables.items():
        columns = [table[column] for column in ("article", "start", "end", "match" if name == "kwic" else "text")]
        for id, start, end, text in zip(*columns, strict=True):
            tally.holds(texts[id][start:end] == text, f"{name} slice back", id, start, end, text)
    for verb, cut in (("tokens", ng.tokenize), ("sentences", ng.split_sentences)):
        expected = [
            (id, kind, start + first, start + last)
            for id, kind, start, text in zip(
                zones["article"], zones["zone"], zones["start"], zones["text"], strict=True
            )
            for first, last in cut(text)
        ]
        table = tables[verb]
        got = list(zip(table["article"], table["zone"], table["start"], table["end"], strict=True))
        tally.same(got, expected, f"{verb} of a zone are those of its text")
    for text in batch.texts:
        for cut in (ng.tokenize, ng.split_sentences):
            at = 0
            for start, end in cut(text):
                tally.holds(at <= start < end, "spans are in order", start, end)
                tally.holds(
                    not text[at:start].strip("\x1c\x1d\x1e\x1f") or text[at:start].isspace(),
                    "gaps are white space",
                    text[at:start],
                )
                at = end
            tally.holds(not text[at:] or text[at:].isspace(), "the rest is white space", text[at:])
