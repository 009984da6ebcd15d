"""Verbs that count terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table

if TYPE_CHECKING:
    import scipy.sparse


class DocumentTermMatrix(NamedTuple):
    """How often each term stands in each article.

    Attributes
    ----------
    counts : scipy.sparse.csr_matrix of int64, shape (articles, terms)
        Rows are in the order of ``corpus.articles()``.
    terms : list of str
        What each column counts, in the order of bytes.
    """

    counts: scipy.sparse.csr_matrix
    terms: list[str]


class TermVerbs(Verbs):
    """Which words stand in the articles, and how often."""

    __slots__ = ()

    def terms(
        self,
        by: By = None,
        ngrams: int | tuple[int, int] = 1,
        *,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        min_count: int = 1,
        min_articles: int = 1,
    ) -> Table:
        """Terms and how often they stand, in all articles or by group.

        Terms are words, numbers and abbreviations. An n-gram is n terms of a sentence with no punctuation between
        them. Nothing is filtered unless it is asked for.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date ("day", "week", "month", "quarter", "year"), or "zone".
        ngrams : int or (int, int), default 1
            How many terms an n-gram has, or the fewest and the most.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            Which zones.
        fold : {"lower", "casefold", None}, default "lower"
            How case is folded.
        stopwords : "english" or collection of str, optional
            Terms that are not counted. An n-gram with one of them in it is not counted either.
        min_count, min_articles : int, default 1
            A term with a smaller count, or in fewer articles, is left out of the table (per group).

        Returns
        -------
        Table
            The groups, then term, count, articles (that it stands in), per_million. Groups are in the order of their
            names; terms from the most to the least frequent, equals in the order of bytes. ``per_million`` is per
            million terms counted in the group, before ``min_count`` leaves any out; ``metadata["total"]`` is the
            number of all of them.

        Notes
        -----
        Costs one look-up a token; see the page on speed.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["The rain.", "The sun, the sea."], "source": ["A", "B"]})
        >>> corpus.terms(by="source")
        source  term  count  articles    per_million
        A       rain      1         1  500000.000000
        A       the       1         1  500000.000000
        B       the       2         1  500000.000000
        B       sea       1         1  250000.000000
        B       sun       1         1  250000.000000
        >>> corpus.terms(ngrams=2)["term"]
        ['the rain', 'the sea', 'the sun']
        """
        counting = _options.counting(
            fold=fold, stopwords=stopwords, ngrams=ngrams, min_count=min_count, min_articles=min_articles
        )
        return Table(self._core.terms(_options.names("by", by), zone_names(zones), counting, self._threads))

    def matrix(
        self,
        ngrams: int | tuple[int, int] = 1,
        *,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        min_count: int = 1,
        min_articles: int = 1,
    ) -> DocumentTermMatrix:
        """Document–term matrix: how often each term stands in each article.

        Parameters
        ----------
        ngrams, zones, fold, stopwords, min_count, min_articles
            As in :meth:`terms`; the two minimums are over all articles.

        Returns
        -------
        DocumentTermMatrix
            ``counts``, a ``scipy.sparse.csr_matrix`` of int64 with a row an article, and ``terms``, the names of its
            columns in the order of bytes.

        Raises
        ------
        ImportError
            SciPy is not installed.

        Examples
        --------
        >>> import nutgraf as ng
        >>> counts, terms = ng.Corpus(["to be or not to be", "let it be"]).matrix()
        >>> terms
        ['be', 'it', 'let', 'not', 'or', 'to']
        >>> counts.toarray().tolist()
        [[2, 0, 0, 1, 1, 2], [1, 1, 1, 0, 0, 0]]
        """
        try:
            import numpy as np
            import scipy.sparse
        except ImportError:
            raise ImportError("matrix() needs SciPy: pip install scipy") from None
        counting = _options.counting(
            fold=fold, stopwords=stopwords, ngrams=ngrams, min_count=min_count, min_articles=min_articles
        )
        starts, cells, terms = self._core.matrix(zone_names(zones), counting, self._threads)
        indptr, columns, counts = (
            np.frombuffer(buffer, dtype="int64")
            for buffer in (starts.buffer(0)[0], cells.buffer(0)[0], cells.buffer(1)[0])
        )
        shape = (len(self), len(terms))
        return DocumentTermMatrix(scipy.sparse.csr_matrix((counts, columns, indptr), shape=shape), terms)
