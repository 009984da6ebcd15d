"""Verbs that count terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Weight, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.errors import ConfigError
from nutgraf.table import Table

if TYPE_CHECKING:
    import scipy.sparse


class DocumentTermMatrix(NamedTuple):
    """The number of occurrences of each term in each article.

    Attributes
    ----------
    counts : scipy.sparse.csr_matrix of int64, shape (articles, terms)
        The counts.
    terms : list of str
        The term of each column, sorted by bytes.
    articles : list
        The id of the article of each row, in the order of ``corpus.articles()``.

    Examples
    --------
    >>> import nutgraf as ng
    >>> matrix = ng.Corpus(["to be or not to be", "let it be"]).matrix()
    >>> matrix
    DocumentTermMatrix(2 × 6, 58.3 % filled)
    >>> matrix.articles
    [0, 1]
    """

    counts: scipy.sparse.csr_matrix
    terms: list[str]
    articles: list[Any]

    def __repr__(self) -> str:
        cells = len(self.articles) * len(self.terms)
        filled = f", {100 * self.counts.nnz / cells:.1f} % filled" if cells else ""
        return f"DocumentTermMatrix({len(self.articles):,} × {len(self.terms):,}{filled})"


class TermVerbs(Verbs):
    """Which words occur in the articles, and how often."""

    __slots__ = ()

    def terms(
        self,
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
    ) -> Table:
        """Count terms, in all articles or in each group.

        Terms are words, numbers and abbreviations. An n-gram is a run of n terms in one
        sentence with no punctuation between them. By default no term is filtered out.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        ngrams : int or (int, int), default 1
            Number of terms in an n-gram, from 1 to 10, or the smallest and the largest
            number, as in ``(1, 3)``.
        fold : {"lower", "casefold", None}, default "lower"
            How to fold case: to lower case, by Unicode case folding, or not at all
            (None). Typography and house style are always folded (``docs/words.md``).
        stopwords : str or collection of str, optional
            Words to ignore: the name of a language, words of your own, or both in a
            list, as in ``["english", "said"]``. Where case is kept, *the* means *The*
            as well. Languages: english (en), czech (cs), danish (da), dutch (nl),
            finnish (fi), french (fr), german (de), hungarian (hu), italian (it),
            norwegian (no), polish (pl), portuguese (pt), russian (ru), spanish (es),
            swedish (sv), turkish (tr), ukrainian (uk).
        stem : str, optional
            The language whose rules reduce words to their stems, after stop words are
            removed: ``"english"`` (``"en"``) reduces both "elections" and "election" to
            "elect". The stemmers are Snowball's, for arabic, danish, dutch, english,
            finnish, french, german, greek, hungarian, italian, norwegian, portuguese,
            romanian, russian, spanish, swedish, tamil and turkish. They expect folded
            case.
        min_count : int, default 1
            Ignore terms with a smaller count (in each group).
        min_articles : int, default 1
            Ignore terms that occur in fewer articles (in each group).

        Returns
        -------
        Table
            The group columns, then term, count, articles (the number of articles that
            contain the term) and per_million. Groups are sorted by name; terms by
            decreasing count, ties by bytes. ``per_million`` is the rate per million
            terms counted in the group, including those that ``min_count`` and
            ``min_articles`` ignore; ``metadata["total"]`` is the number of all terms
            counted.

        Notes
        -----
        Cost: one look-up per token; see ``docs/speed.md``.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["The rain.", "The sun, the sea."], "source": ["A", "B"]})
        >>> corpus.terms(by="source")
        source  term  count  articles  per_million
        A       rain      1         1     500000.0
                the       1         1     500000.0
        B       the       2         1     500000.0
                sea       1         1     250000.0
                sun       1         1     250000.0
        >>> corpus.terms(ngrams=2)["term"]
        ['the rain', 'the sea', 'the sun']
        """
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        groups = _options.some_names("by", by)
        return Table(
            self._core.terms(groups, _options.zone_names(zones), counting, _options.weighted(weight), self._threads)
        )

    def matrix(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        vocabulary: Iterable[str] | None = None,
    ) -> DocumentTermMatrix:
        """Count the terms of each article, as a sparse document–term matrix.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        ngrams : int or (int, int), default 1
            Number of terms in an n-gram, from 1 to 10, or the smallest and the largest
            number, as in ``(1, 3)``.
        fold : {"lower", "casefold", None}, default "lower"
            How to fold case: to lower case, by Unicode case folding, or not at all
            (None). Typography and house style are always folded (``docs/words.md``).
        stopwords : str or collection of str, optional
            Words to ignore: the name of a language, words of your own, or both in a
            list, as in ``["english", "said"]``. Where case is kept, *the* means *The*
            as well. Languages: english (en), czech (cs), danish (da), dutch (nl),
            finnish (fi), french (fr), german (de), hungarian (hu), italian (it),
            norwegian (no), polish (pl), portuguese (pt), russian (ru), spanish (es),
            swedish (sv), turkish (tr), ukrainian (uk).
        stem : str, optional
            The language whose rules reduce words to their stems, after stop words are
            removed: ``"english"`` (``"en"``) reduces both "elections" and "election" to
            "elect". The stemmers are Snowball's, for arabic, danish, dutch, english,
            finnish, french, german, greek, hungarian, italian, norwegian, portuguese,
            romanian, russian, spanish, swedish, tamil and turkish. They expect folded
            case.
        min_count : int, default 1
            Ignore terms with a smaller count in all articles together.
        min_articles : int, default 1
            Ignore terms that occur in fewer articles.
        vocabulary : iterable of str, or mapping of str to int, optional
            The terms to count, one column each in this order (or at the position that
            the mapping gives), whether they occur or not: the ``terms`` of another
            matrix, to apply to new articles what was learnt from others. They are
            compared with the terms as counted, by default in lower case. By default,
            every term that occurs.

        Returns
        -------
        DocumentTermMatrix
            ``counts``, a ``scipy.sparse.csr_matrix`` of int64 with one row per article,
            ``terms``, the names of its columns, sorted by bytes or in the order of the
            vocabulary, and ``articles``, the ids of its rows.

        Raises
        ------
        ConfigError
            The vocabulary has a term twice, or minimum counts are given with it.
        ImportError
            SciPy is not installed.

        Examples
        --------
        >>> import nutgraf as ng
        >>> counts, terms, articles = ng.Corpus(["to be or not to be", "let it be"]).matrix()
        >>> terms
        ['be', 'it', 'let', 'not', 'or', 'to']
        >>> counts.toarray().tolist()
        [[2, 0, 0, 1, 1, 2], [1, 1, 1, 0, 0, 0]]
        >>> ng.Corpus(["to let"]).matrix(vocabulary=terms).counts.toarray().tolist()
        [[0, 0, 1, 0, 0, 1]]
        """
        try:
            import numpy as np
            import scipy.sparse
        except ImportError:
            raise ImportError("matrix() needs SciPy: pip install scipy") from None
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        wanted = _vocabulary(vocabulary)
        if wanted is not None and (counting["min_count"], counting["min_articles"]) != (1, 1):
            raise ConfigError(
                "a vocabulary is counted whole; expected no min_count or min_articles with it",
                kind="bad_option",
                field="vocabulary",
            )
        starts, cells, terms = self._core.matrix(_options.zone_names(zones), counting, wanted, self._threads)
        indptr, columns, counts = (
            np.frombuffer(buffer, dtype="int64")
            for buffer in (starts.buffer(0)[0], cells.buffer(0)[0], cells.buffer(1)[0])
        )
        shape = (len(self), len(terms))
        matrix = scipy.sparse.csr_matrix((counts, columns, indptr), shape=shape)
        return DocumentTermMatrix(matrix, terms, self._core.ids().values(0))


def _vocabulary(given: object) -> list[str] | None:
    """Take the terms of a vocabulary, in the order of their columns."""
    if given is None:
        return None
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise _options.wrong_type("vocabulary", "terms, or a mapping of terms to columns", given)
    if not isinstance(given, Mapping):
        return _options.names("vocabulary", given)
    if sorted(given.values()) != list(range(len(given))):
        raise ConfigError(
            f"vocabulary: its columns are not 0 to {len(given) - 1}; expected each once",
            kind="bad_option",
            field="vocabulary",
        )
    return _options.names("vocabulary", sorted(given, key=given.__getitem__))
