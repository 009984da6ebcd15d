"""nutgraf as an accessor of pandas, ``df.nutgraf`` and ``series.nutgraf``.

``import nutgraf.pandas`` registers it.

>>> import pandas as pd
>>> import nutgraf.pandas
>>> frame = pd.DataFrame({"text": ["Rain fell.", "The rain stopped."], "source": ["A", "B"]})
>>> frame.nutgraf.corpus().terms(by="source").to_pandas().shape
(5, 5)
>>> frame["text"].nutgraf.terms()["term"]
['rain', 'fell', 'stopped', 'the']
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, Literal, ParamSpec, TypeVar

import pandas as pd

from nutgraf.corpus import Corpus

__all__ = ["FrameAccessor", "SeriesAccessor"]

P = ParamSpec("P")
R = TypeVar("R")


@pd.api.extensions.register_dataframe_accessor("nutgraf")
class FrameAccessor:
    """A DataFrame of articles, as ``df.nutgraf``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def corpus(
        self,
        *,
        text: str = "text",
        id: str | Literal[False] | None = None,
        date: str | None = None,
        headline: str | None = None,
        byline: str | None = None,
        layout: Literal["auto", "plain"] = "auto",
        paragraphs: Literal["auto", "blank", "line"] = "auto",
        date_format: str | None = None,
        dayfirst: bool | None = None,
        errors: Literal["raise", "skip"] = "raise",
        threads: int | None = None,
        progress: bool = False,
    ) -> Corpus:
        """Make a corpus of the articles in the frame.

        Parameters
        ----------
        text : str, default "text"
            The column (or key) of the texts.
        id : str or False, optional
            The column (or key) of the ids: values without repeats. They become the
            column ``article`` of every table, so that results join back. By default, a
            column called ``id``, else the index of a pandas object, where no value
            repeats or is missing; else, and for False, the position 0, 1, 2, …
        date : str, optional
            The column (or key) of the dates of the articles: dates, times, or strings
            such as ``2019-01-08`` or ``Jan. 8, 2019``. By default, a column called
            ``date``, if there is one, else a pandas index of dates.
        headline : str, optional
            The column (or key) of the headlines. By default, a column called
            ``headline``, if there is one.
        byline : str, optional
            The column (or key) of the bylines. By default, a column called ``byline``,
            if there is one.
        layout : {"auto", "plain"}, default "auto"
            Find the zones of an article (headline, dateline, byline, body, captions,
            boilerplate), or take the whole string as body.
        paragraphs : {"auto", "blank", "line"}, default "auto"
            What separates paragraphs in addition to blank lines: line ends, unless the
            text is hard-wrapped (``"auto"``); nothing else (``"blank"``); every line
            end (``"line"``). No sentence or name goes beyond a paragraph.
        date_format : str, optional
            The form of the dates that are strings or numbers, as in
            ``datetime.strptime``: ``"%d/%m/%Y"``; ``"%B %Y"`` gives the first day of a
            month, ``"%s"`` reads seconds since 1970.
        dayfirst : bool, optional
            Whether the day precedes the month in dates such as ``03/04/2019``, which
            are an error by default.
        errors : {"raise", "skip"}, default "raise"
            Raise an error if an article is bad, or skip bad articles and list them in
            the ``report`` of the corpus.
        threads : int, optional
            Number of threads; all cores by default. Results do not depend on it.
        progress : bool, default False
            Show a progress bar if the work takes longer than 0.4 seconds.

        Returns
        -------
        Corpus

        See Also
        --------
        nutgraf.Corpus : The same, with its exceptions.
        """
        return Corpus(
            self._frame,
            text=text,
            id=id,
            date=date,
            headline=headline,
            byline=byline,
            layout=layout,
            paragraphs=paragraphs,
            date_format=date_format,
            dayfirst=dayfirst,
            errors=errors,
            threads=threads,
            progress=progress,
        )


def _on_a_corpus(verb: Callable[Concatenate[Corpus, P], R]) -> Callable[Concatenate[SeriesAccessor, P], R]:
    """Make a method that calls a verb on a new corpus; it has the verb's signature."""

    @functools.wraps(verb)
    def method(self: SeriesAccessor, /, *args: P.args, **options: P.kwargs) -> R:
        return verb(self.corpus(), *args, **options)

    return method


@pd.api.extensions.register_series_accessor("nutgraf")
class SeriesAccessor:
    """A Series of texts, as ``series.nutgraf``: every verb of a corpus.

    Each call parses the texts. For several calls, make one corpus with :meth:`corpus`.
    """

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def corpus(
        self,
        *,
        layout: Literal["auto", "plain"] = "auto",
        paragraphs: Literal["auto", "blank", "line"] = "auto",
        errors: Literal["raise", "skip"] = "raise",
        threads: int | None = None,
        progress: bool = False,
    ) -> Corpus:
        """Make a corpus of the texts in the series.

        Parameters
        ----------
        layout : {"auto", "plain"}, default "auto"
            Find the zones of an article (headline, dateline, byline, body, captions,
            boilerplate), or take the whole string as body.
        paragraphs : {"auto", "blank", "line"}, default "auto"
            What separates paragraphs in addition to blank lines: line ends, unless the
            text is hard-wrapped (``"auto"``); nothing else (``"blank"``); every line
            end (``"line"``). No sentence or name goes beyond a paragraph.
        errors : {"raise", "skip"}, default "raise"
            Raise an error if an article is bad, or skip bad articles and list them in
            the ``report`` of the corpus.
        threads : int, optional
            Number of threads; all cores by default. Results do not depend on it.
        progress : bool, default False
            Show a progress bar if the work takes longer than 0.4 seconds.

        Returns
        -------
        Corpus

        See Also
        --------
        nutgraf.Corpus : The same, with its exceptions.
        """
        return Corpus(
            self._series, layout=layout, paragraphs=paragraphs, errors=errors, threads=threads, progress=progress
        )

    articles = _on_a_corpus(Corpus.articles)
    zones = _on_a_corpus(Corpus.zones)
    sentences = _on_a_corpus(Corpus.sentences)
    tokens = _on_a_corpus(Corpus.tokens)
    terms = _on_a_corpus(Corpus.terms)
    matrix = _on_a_corpus(Corpus.matrix)
    tfidf = _on_a_corpus(Corpus.tfidf)
    keywords = _on_a_corpus(Corpus.keywords)
    keyness = _on_a_corpus(Corpus.keyness)
    collocations = _on_a_corpus(Corpus.collocations)
    collocates = _on_a_corpus(Corpus.collocates)
    count = _on_a_corpus(Corpus.count)
    cooccurrence = _on_a_corpus(Corpus.cooccurrence)
    network = _on_a_corpus(Corpus.network)
    dispersion = _on_a_corpus(Corpus.dispersion)
    diversity = _on_a_corpus(Corpus.diversity)
    readability = _on_a_corpus(Corpus.readability)
    trend = _on_a_corpus(Corpus.trend)
    bursts = _on_a_corpus(Corpus.bursts)
    kwic = _on_a_corpus(Corpus.kwic)
    search = _on_a_corpus(Corpus.search)
    mentions = _on_a_corpus(Corpus.mentions)
    entities = _on_a_corpus(Corpus.entities)
    aliases = _on_a_corpus(Corpus.aliases)
    explain = _on_a_corpus(Corpus.explain)
