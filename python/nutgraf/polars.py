"""nutgraf as a namespace of Polars, ``df.nutgraf`` and ``series.nutgraf``.

``import nutgraf.polars`` registers it.

>>> import polars as pl
>>> import nutgraf.polars
>>> frame = pl.DataFrame({"body": ["Rain fell.", "The rain stopped."], "source": ["A", "B"]})
>>> frame.nutgraf(text="body").terms(by="source").to_polars().shape
(5, 5)
>>> frame["body"].nutgraf.terms()["term"]
['rain', 'fell', 'stopped', 'the']
"""

from __future__ import annotations

import polars as pl

from nutgraf._accessors import FrameVerbs, SeriesVerbs

__all__ = ["FrameNamespace", "SeriesNamespace"]


@pl.api.register_dataframe_namespace("nutgraf")
class FrameNamespace(FrameVerbs):
    """A DataFrame of articles, as ``df.nutgraf``: every verb of a corpus.

    ``df.nutgraf(text="body", date="day")`` names columns. Each call of a verb parses
    the texts; for several calls, make one corpus with ``df.nutgraf.corpus()``.
    """


@pl.api.register_series_namespace("nutgraf")
class SeriesNamespace(SeriesVerbs):
    """A Series of texts, as ``series.nutgraf``: every verb of a corpus.

    Each call of a verb parses the texts; for several calls, make one corpus with
    ``series.nutgraf.corpus()``.
    """
