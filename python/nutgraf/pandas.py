"""nutgraf from pandas: ``import nutgraf.pandas`` registers ``df.nutgraf`` and ``series.nutgraf``.

>>> import pandas as pd
>>> import nutgraf.pandas
>>> frame = pd.DataFrame({"text": ["Rain fell.", "The rain stopped."], "source": ["A", "B"]})
>>> frame.nutgraf.corpus().terms(by="source").to_pandas().shape
(5, 5)
>>> frame["text"].nutgraf.terms()["term"]
['rain', 'fell', 'stopped', 'the']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from nutgraf._verbs.terms import DocumentTermMatrix
from nutgraf.corpus import Corpus
from nutgraf.table import Table

__all__ = ["FrameAccessor", "SeriesAccessor"]


@pd.api.extensions.register_dataframe_accessor("nutgraf")
class FrameAccessor:
    """What a DataFrame of articles can do: ``df.nutgraf.corpus(text="text", date="date")``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def corpus(self, **options: Any) -> Corpus:
        """Make a corpus of the frame's articles.

        Parameters
        ----------
        **options
            As in :class:`nutgraf.Corpus`.

        Returns
        -------
        nutgraf.Corpus
        """
        return Corpus(self._frame, **options)


@pd.api.extensions.register_series_accessor("nutgraf")
class SeriesAccessor:
    """What a Series of texts can do: the verbs of a corpus, on a corpus of its own."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def corpus(self, **options: Any) -> Corpus:
        """Make a corpus of the texts; ``options`` as in :class:`nutgraf.Corpus`."""
        return Corpus(self._series, **options)

    def articles(self, **options: Any) -> Table:
        """Articles, a row each; see :meth:`nutgraf.Corpus.articles`."""
        return self.corpus().articles(**options)

    def zones(self, **options: Any) -> Table:
        """Zones, a row each; see :meth:`nutgraf.Corpus.zones`."""
        return self.corpus().zones(**options)

    def sentences(self, **options: Any) -> Table:
        """Sentences, a row each; see :meth:`nutgraf.Corpus.sentences`."""
        return self.corpus().sentences(**options)

    def tokens(self, **options: Any) -> Table:
        """Tokens, a row each; see :meth:`nutgraf.Corpus.tokens`."""
        return self.corpus().tokens(**options)

    def terms(self, **options: Any) -> Table:
        """Terms and how often they stand; see :meth:`nutgraf.Corpus.terms`."""
        return self.corpus().terms(**options)

    def collocations(self, **options: Any) -> Table:
        """Pairs and phrases that stand together; see :meth:`nutgraf.Corpus.collocations`."""
        return self.corpus().collocations(**options)

    def cooccurrence(self, **options: Any) -> Table:
        """Pairs of entities, or of terms, that stand together; see :meth:`nutgraf.Corpus.cooccurrence`."""
        return self.corpus().cooccurrence(**options)

    def dispersion(self, **options: Any) -> Table:
        """Terms and how evenly they are spread; see :meth:`nutgraf.Corpus.dispersion`."""
        return self.corpus().dispersion(**options)

    def tfidf(self, **options: Any) -> Table:
        """Terms of each text, weighted; see :meth:`nutgraf.Corpus.tfidf`."""
        return self.corpus().tfidf(**options)

    def search(self, query: str, **options: Any) -> Table:
        """Texts that answer a query; see :meth:`nutgraf.Corpus.search`."""
        return self.corpus().search(query, **options)

    def diversity(self, **options: Any) -> Table:
        """How varied each text is; see :meth:`nutgraf.Corpus.diversity`."""
        return self.corpus().diversity(**options)

    def readability(self, **options: Any) -> Table:
        """How hard each text is to read; see :meth:`nutgraf.Corpus.readability`."""
        return self.corpus().readability(**options)

    def trend(self, items: str | Sequence[str] | None = None, **options: Any) -> Table:
        """Words or entities by period; see :meth:`nutgraf.Corpus.trend`."""
        return self.corpus().trend(items, **options)

    def bursts(self, items: str | Sequence[str] | None = None, **options: Any) -> Table:
        """Periods in which words or entities burst; see :meth:`nutgraf.Corpus.bursts`."""
        return self.corpus().bursts(items, **options)

    def kwic(self, query: str | Sequence[str], **options: Any) -> Table:
        """Words in their context; see :meth:`nutgraf.Corpus.kwic`."""
        return self.corpus().kwic(query, **options)

    def keywords(self, **options: Any) -> Table:
        """Keyphrases of each text; see :meth:`nutgraf.Corpus.keywords`."""
        return self.corpus().keywords(**options)

    def mentions(self, **options: Any) -> Table:
        """Mentions of entities, a row each; see :meth:`nutgraf.Corpus.mentions`."""
        return self.corpus().mentions(**options)

    def entities(self, **options: Any) -> Table:
        """Entities and how often they are named; see :meth:`nutgraf.Corpus.entities`."""
        return self.corpus().entities(**options)

    def matrix(self, **options: Any) -> DocumentTermMatrix:
        """Document–term matrix; see :meth:`nutgraf.Corpus.matrix`."""
        return self.corpus().matrix(**options)
