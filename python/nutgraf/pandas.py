"""nutgraf as an accessor of pandas, ``df.nutgraf`` and ``series.nutgraf``.

``import nutgraf.pandas`` registers it.

>>> import pandas as pd
>>> import nutgraf.pandas
>>> frame = pd.DataFrame({"body": ["Rain fell.", "The rain stopped."], "source": ["A", "B"]})
>>> frame.nutgraf(text="body").terms(by="source").to_pandas().shape
(5, 5)
>>> frame["body"].nutgraf.terms()["term"]
['rain', 'fell', 'stopped', 'the']
"""

from __future__ import annotations

import pandas as pd

from nutgraf._accessors import FrameVerbs, SeriesVerbs

__all__ = ["FrameAccessor", "SeriesAccessor"]


@pd.api.extensions.register_dataframe_accessor("nutgraf")
class FrameAccessor(FrameVerbs):
    """A DataFrame of articles, as ``df.nutgraf``: every verb of a corpus.

    ``df.nutgraf(text="body", date="day")`` names columns. Each call of a verb parses
    the texts; for several calls, make one corpus with ``df.nutgraf.corpus()``.
    """


@pd.api.extensions.register_series_accessor("nutgraf")
class SeriesAccessor(SeriesVerbs):
    """A Series of texts, as ``series.nutgraf``: every verb of a corpus.

    Each call of a verb parses the texts; for several calls, make one corpus with
    ``series.nutgraf.corpus()``.
    """
