"""Vectorizers for scikit-learn: terms, entities and keyphrases as features.

They take texts (a list, a Series, an array, or a frame with one column) and return a
matrix with one row per text, and fit into ``Pipeline``, ``ColumnTransformer`` and
``GridSearchCV``. The file is long because each class describes its parameters.

>>> from sklearn.linear_model import LogisticRegression
>>> from sklearn.pipeline import make_pipeline
>>> from nutgraf.sklearn import TermVectorizer
>>> model = make_pipeline(TermVectorizer(stopwords="english", idf="smooth", norm="l2"), LogisticRegression())
>>> model.fit(["Rain and wind fell.", "The bank cut rates."], ["weather", "money"]).predict(["More rain."]).tolist()
['weather']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import scipy.sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from nutgraf import _intake, _options
from nutgraf._options import DEFAULT_ZONES, Fold, Stem, Stopwords, Zones
from nutgraf._verbs.keyword import Method
from nutgraf._verbs.terms import _vocabulary as terms_of
from nutgraf.corpus import Corpus
from nutgraf.errors import ConfigError

if TYPE_CHECKING:
    from nutgraf.gazetteer import Gazetteer
    from nutgraf.tagger import EntityTagger

__all__ = ["EntityVectorizer", "KeywordVectorizer", "TermVectorizer"]


class _Vectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """What the vectorizers share: texts in, a matrix with named columns out."""

    # The parameters of each vectorizer that are used here.
    vocabulary: Iterable[str] | None
    layout: Literal["auto", "plain", "html"]
    sparse: bool
    threads: int | None

    def fit(self, X: Any, y: object = None) -> Any:
        """Learn the features of some texts.

        Parameters
        ----------
        X : list, Series, array or frame with one column of str
            The texts.
        y : ignored
            For pipelines.

        Returns
        -------
        self
        """
        self._fitted(X)
        return self

    def fit_transform(self, X: Any, y: object = None, **fit_params: Any) -> Any:
        """Learn the features of some texts, and return their matrix.

        Parameters
        ----------
        X : list, Series, array or frame with one column of str
            The texts.
        y : ignored
            For pipelines.
        **fit_params
            For pipelines.

        Returns
        -------
        scipy.sparse.csr_matrix or numpy.ndarray
            One row per text, one column per feature.
        """
        return self._as_requested(self._fitted(X))

    def transform(self, X: Any) -> Any:
        """Return the matrix of some texts, with the features that were learnt.

        Parameters
        ----------
        X : list, Series, array or frame with one column of str
            The texts.

        Returns
        -------
        scipy.sparse.csr_matrix or numpy.ndarray
            One row per text, one column per feature.

        Raises
        ------
        sklearn.exceptions.NotFittedError
            No features were learnt.
        """
        self._check_fitted()
        counts, _ = self._counts(self._corpus(X), list(self.vocabulary_))
        return self._as_requested(self._weighted(counts, fit=False))

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """Return the name of each column.

        Parameters
        ----------
        input_features : ignored
            For pipelines.

        Returns
        -------
        numpy.ndarray of str
        """
        self._check_fitted()
        return np.asarray(list(self.vocabulary_), dtype=object)

    def inverse_transform(self, X: Any) -> list[Any]:
        """Return the features of each row that are not zero.

        Parameters
        ----------
        X : matrix
            As :meth:`transform` returns it.

        Returns
        -------
        list of numpy.ndarray
        """
        names = self.get_feature_names_out()
        rows = scipy.sparse.csr_matrix(X)
        rows.eliminate_zeros()
        return [names[np.sort(rows.indices[rows.indptr[at] : rows.indptr[at + 1]])] for at in range(rows.shape[0])]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "vocabulary_")

    def _check_fitted(self) -> None:
        # A given vocabulary is all there is to learn, unless there are weights.
        if not hasattr(self, "vocabulary_") and self.vocabulary is not None and self._needs_no_fit():
            self._keep(terms_of(self.vocabulary) or [])
        check_is_fitted(self)

    def _needs_no_fit(self) -> bool:
        return True

    def _keep(self, names: Sequence[str]) -> None:
        self.vocabulary_ = {name: at for at, name in enumerate(names)}

    def _fitted(self, X: Any) -> Any:
        counts, names = self._counts(self._corpus(X), terms_of(self.vocabulary))
        if not names:
            raise ConfigError(
                "no feature occurs in the texts; expected a larger vocabulary, or smaller minimum counts",
                kind="bad_option",
                field="vocabulary",
            )
        self._keep(names)
        return self._weighted(counts, fit=True)

    def _weighted(self, counts: Any, *, fit: bool) -> Any:
        return counts

    def _as_requested(self, matrix: Any) -> Any:
        return matrix if self.sparse else matrix.toarray()

    def _corpus(self, X: Any) -> Corpus:
        if hasattr(X, "columns") and hasattr(X, "shape"):
            if X.shape[1] != 1:
                raise TypeError(
                    f"X is a frame with {X.shape[1]} columns; expected one of texts, as in frame['text'], or "
                    "ColumnTransformer([(…, vectorizer, 'text')])"
                )
            X = X[X.columns[0]]
        elif getattr(X, "ndim", 1) == 2 and X.shape[1] == 1:
            X = X[:, 0]
        texts, _ = _intake.texts(X)
        return Corpus(texts, layout=self.layout, threads=self.threads)

    def _counts(self, corpus: Corpus, names: list[str] | None) -> tuple[Any, list[str]]:
        """Return the matrix of a corpus, for these features or those that occur."""
        raise NotImplementedError


def _matrix(rows: list[int], features: list[str], values: list[float], texts: int, names: list[str]) -> Any:
    """Sum the values of each row and feature, ignoring features without a name."""
    columns = {name: at for at, name in enumerate(names)}
    kept = [at for at, feature in enumerate(features) if feature in columns]
    cells = (
        [values[at] for at in kept],
        ([rows[at] for at in kept], [columns[features[at]] for at in kept]),
    )
    matrix = scipy.sparse.csr_matrix(cells, shape=(texts, len(names)))
    matrix.sum_duplicates()
    return matrix


class TermVectorizer(_Vectorizer):
    """Count the terms of texts, as :meth:`nutgraf.Corpus.matrix` does.

    Parameters
    ----------
    zones : {"all"} or zone name or list of zone names, default ("headline", "body")
        The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
        ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
    ngrams : int or (int, int), default 1
        Number of terms in an n-gram, from 1 to 10, or the smallest and the largest
        number, as in ``(1, 3)``.
    fold : {"lower", "casefold", None}, default "lower"
        How to fold case: to lower case, by Unicode case folding, or not at all (None).
        Typography and house style are always folded (``docs/words.md``).
    stopwords : str or collection of str, optional
        Words to ignore: the name of a language, words of your own, or both in a list,
        as in ``["english", "storm"]``. ``"news"`` means the English ones and what news
        prints whatever the story is about: *said*, *percent*, *Monday*. Where case is
        kept, *the* means *The* as well. Languages: english (en), czech (cs), danish
        (da), dutch (nl), finnish (fi), french (fr), german (de), hungarian (hu),
        italian (it), norwegian (no), polish (pl), portuguese (pt), russian (ru),
        spanish (es), swedish (sv), turkish (tr), ukrainian (uk).
    stem : str, optional
        The language whose rules reduce words to their stems, after stop words are
        removed: ``"english"`` (``"en"``) reduces both "elections" and "election" to
        "elect". The stemmers are Snowball's, for arabic, danish, dutch, english,
        finnish, french, german, greek, hungarian, italian, norwegian, portuguese,
        romanian, russian, spanish, swedish, tamil and turkish. They expect folded case.
    min_count : int, default 1
        Ignore terms with a smaller count in all articles together.
    min_articles : int, default 1
        Ignore terms that occur in fewer articles.
    vocabulary : iterable of str, or mapping of str to int, optional
        The terms to count, in this order. By default, those that occur.
    idf : {"smooth", "plain", None}, default None
        Multiply the counts by the inverse document frequency, where df of the n texts
        of :meth:`fit` contain the term: ln((1+n)/(1+df)) + 1, or ln(n/df).
    norm : {"l1", "l2", None}, default None
        Scale each row to this norm.
    sublinear : bool, default False
        Replace a count c by 1 + ln c.
    layout : {"auto", "plain", "html"}, default "auto"
        Find the zones of an article (headline, dateline, byline, body, captions,
        boilerplate), or take the whole string as body (``"plain"``). With ``"html"``,
        each text is an HTML page, or a piece of one; the text of the article is then
        what the page shows of it.
    sparse : bool, default True
        Return a sparse matrix. ``set_output(transform="pandas")`` needs False.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        The column of each term.
    idf_ : numpy.ndarray
        The inverse document frequency of each term.

    Notes
    -----
    With ``layout="plain"``, it agrees with ``CountVectorizer``, and with
    ``idf="smooth", norm="l2"`` with ``TfidfVectorizer``, whose analyzer returns the
    words of :func:`nutgraf.tokenize`. N-grams do not cross punctuation or sentences.

    Examples
    --------
    >>> from nutgraf.sklearn import TermVectorizer
    >>> vectorizer = TermVectorizer(sparse=False).fit(["to be or not to be"])
    >>> vectorizer.transform(["let it be"]).tolist(), list(vectorizer.get_feature_names_out())
    ([[1, 0, 0, 0]], ['be', 'not', 'or', 'to'])
    """

    def __init__(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        vocabulary: Iterable[str] | Mapping[str, int] | None = None,
        idf: Literal["smooth", "plain"] | None = None,
        norm: Literal["l1", "l2"] | None = None,
        sublinear: bool = False,
        layout: Literal["auto", "plain", "html"] = "auto",
        sparse: bool = True,
        threads: int | None = None,
    ) -> None:
        self.zones = zones
        self.ngrams = ngrams
        self.fold = fold
        self.stopwords = stopwords
        self.stem = stem
        self.min_count = min_count
        self.min_articles = min_articles
        self.vocabulary = vocabulary
        self.idf = idf
        self.norm = norm
        self.sublinear = sublinear
        self.layout = layout
        self.sparse = sparse
        self.threads = threads

    def _needs_no_fit(self) -> bool:
        return self.idf is None

    def _counts(self, corpus: Corpus, names: list[str] | None) -> tuple[Any, list[str]]:
        least = {} if names is not None else {"min_count": self.min_count, "min_articles": self.min_articles}
        counts, terms, _ = corpus.matrix(
            zones=self.zones,
            ngrams=self.ngrams,
            fold=self.fold,
            stopwords=self.stopwords,
            stem=self.stem,
            vocabulary=names,
            **least,
        )
        return counts, terms

    def _weighted(self, counts: Any, *, fit: bool) -> Any:
        _options.choice("idf", self.idf, ["smooth", "plain"], optional=True)
        _options.choice("norm", self.norm, ["l1", "l2"], optional=True)
        weights = counts.astype("float64") if self.idf or self.norm or self.sublinear else counts
        if self.sublinear:
            weights.data = 1 + np.log(weights.data)
        if self.idf is not None:
            if fit:
                self.idf_ = _idf(self.idf, counts.getnnz(axis=0), counts.shape[0])
            weights = weights @ scipy.sparse.diags(self.idf_)
        return weights if self.norm is None else normalize(weights, self.norm)


def _idf(kind: str, articles: Any, n: int) -> Any:
    """Return the inverse document frequency, by the number of texts with each term."""
    if kind == "smooth":
        return np.log((1 + n) / (1 + articles)) + 1
    return np.where(articles > 0, np.log(n / np.maximum(articles, 1)), 0.0)


class EntityVectorizer(_Vectorizer):
    """Count the entities of texts, as :meth:`nutgraf.Corpus.entities` does.

    Parameters
    ----------
    zones : {"all"} or zone name or list of zone names, default ("headline", "body")
        The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
        ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
    labels : str or list of str, optional
        Only entities with these labels. The default tagger has PER, ORG, LOC, NORP and
        MISC. By default, all labels.
    min_articles : int, default 1
        Ignore terms that occur in fewer articles.
    min_mentions : int, default 1
        Ignore entities with fewer mentions in the texts of :meth:`fit`.
    agencies : bool, default True
        Include news and picture agencies. They often occur as the source of a story
        rather than in it, and ``False`` ignores them.
    vocabulary : iterable of str, or mapping of str to int, optional
        The names of entities to count, in this order. By default, those that occur.
    tagger : EntityTagger, optional
        The tagger that finds the entities. By default,
        :meth:`nutgraf.EntityTagger.default`.
    gazetteer : Gazetteer, optional
        Names of your own, with labels of your choice. They are added to what the tagger
        finds and take precedence where the two overlap; their entities have the names
        that the gazetteer gives. Short forms in the article are resolved to them as to
        any other name.
    layout : {"auto", "plain", "html"}, default "auto"
        Find the zones of an article (headline, dateline, byline, body, captions,
        boilerplate), or take the whole string as body (``"plain"``). With ``"html"``,
        each text is an HTML page, or a piece of one; the text of the article is then
        what the page shows of it.
    sparse : bool, default True
        Return a sparse matrix. ``set_output(transform="pandas")`` needs False.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        The column of each entity.

    Examples
    --------
    >>> from nutgraf.sklearn import EntityVectorizer
    >>> vectorizer = EntityVectorizer(labels="PER", sparse=False)
    >>> vectorizer.fit_transform(["Angela Merkel flew to Paris. Mrs Merkel met him.", "Rain fell."]).tolist()
    [[2], [0]]
    >>> list(vectorizer.get_feature_names_out())
    ['Angela Merkel']
    """

    def __init__(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        min_articles: int = 1,
        min_mentions: int = 1,
        agencies: bool = True,
        vocabulary: Iterable[str] | Mapping[str, int] | None = None,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        layout: Literal["auto", "plain", "html"] = "auto",
        sparse: bool = True,
        threads: int | None = None,
    ) -> None:
        self.zones = zones
        self.labels = labels
        self.min_articles = min_articles
        self.min_mentions = min_mentions
        self.agencies = agencies
        self.vocabulary = vocabulary
        self.tagger = tagger
        self.gazetteer = gazetteer
        self.layout = layout
        self.sparse = sparse
        self.threads = threads

    def _counts(self, corpus: Corpus, names: list[str] | None) -> tuple[Any, list[str]]:
        found = corpus.mentions(
            zones=self.zones,
            labels=self.labels,
            agencies=self.agencies,
            tagger=self.tagger,
            gazetteer=self.gazetteer,
        )
        least_articles = _options.at_least("min_articles", self.min_articles, 1)
        least_mentions = _options.at_least("min_mentions", self.min_mentions, 1)
        rows, entities = found["article"], found["entity"]
        all_names = sorted(set(entities)) if names is None else names
        counts = _matrix(rows, entities, [1] * len(rows), len(corpus), all_names)
        if names is None:
            articles, mentions = counts.getnnz(axis=0), np.asarray(counts.sum(axis=0)).ravel()
            kept = np.flatnonzero((articles >= least_articles) & (mentions >= least_mentions))
            counts, all_names = counts[:, kept], [all_names[at] for at in kept]
        return counts, all_names


class KeywordVectorizer(_Vectorizer):
    """Take the keyphrases of texts, as :meth:`nutgraf.Corpus.keywords` does.

    Parameters
    ----------
    n : int, default 10
        Number of phrases per text.
    zones : {"all"} or zone name or list of zone names, default ("headline", "body")
        The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
        ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
    method : str, default "news"
        How phrases are scored.
    stopwords : str or collection of str, optional
        Words to ignore: the name of a language, words of your own, or both in a list,
        as in ``["english", "storm"]``. ``"news"`` means the English ones and what news
        prints whatever the story is about: *said*, *percent*, *Monday*. Where case is
        kept, *the* means *The* as well. Languages: english (en), czech (cs), danish
        (da), dutch (nl), finnish (fi), french (fr), german (de), hungarian (hu),
        italian (it), norwegian (no), polish (pl), portuguese (pt), russian (ru),
        spanish (es), swedish (sv), turkish (tr), ukrainian (uk).
    min_articles : int, default 1
        Ignore terms that occur in fewer articles.
    value : {"score", "count", "binary"}, default "score"
        The value of a phrase: its score, its count in the text, or 1.
    vocabulary : iterable of str, or mapping of str to int, optional
        The phrases, in this order. By default, those that occur.
    layout : {"auto", "plain", "html"}, default "auto"
        Find the zones of an article (headline, dateline, byline, body, captions,
        boilerplate), or take the whole string as body (``"plain"``). With ``"html"``,
        each text is an HTML page, or a piece of one; the text of the article is then
        what the page shows of it.
    sparse : bool, default True
        Return a sparse matrix. ``set_output(transform="pandas")`` needs False.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        The column of each phrase.

    Notes
    -----
    Some methods compare a text with the others of its batch. The scores of a text then
    depend on the texts that are transformed with it.

    Examples
    --------
    >>> from nutgraf.sklearn import KeywordVectorizer
    >>> vectorizer = KeywordVectorizer(value="binary", sparse=False)
    >>> vectorizer.fit_transform(["The prime minister met the press.", "Rain fell."]).sum(axis=1).tolist()
    [2.0, 1.0]
    """

    def __init__(
        self,
        *,
        n: int = 10,
        zones: Zones = DEFAULT_ZONES,
        method: Method = "news",
        stopwords: Stopwords = "english",
        min_articles: int = 1,
        value: Literal["score", "count", "binary"] = "score",
        vocabulary: Iterable[str] | Mapping[str, int] | None = None,
        layout: Literal["auto", "plain", "html"] = "auto",
        sparse: bool = True,
        threads: int | None = None,
    ) -> None:
        self.n = n
        self.zones = zones
        self.method = method
        self.stopwords = stopwords
        self.min_articles = min_articles
        self.value = value
        self.vocabulary = vocabulary
        self.layout = layout
        self.sparse = sparse
        self.threads = threads

    def _counts(self, corpus: Corpus, names: list[str] | None) -> tuple[Any, list[str]]:
        _options.choice("value", self.value, ["score", "count", "binary"])
        least = _options.at_least("min_articles", self.min_articles, 1)
        found = corpus.keywords(n=self.n, method=self.method, zones=self.zones, stopwords=self.stopwords)
        # Two names that are printed alike are one feature, with the value of the first.
        values: dict[tuple[int, str], float] = {}
        for row in found:
            values.setdefault((row["article"], row["phrase"]), 1.0 if self.value == "binary" else row[self.value])
        rows, phrases = [row for row, _ in values], [phrase for _, phrase in values]
        all_names = sorted(set(phrases)) if names is None else names
        matrix = _matrix(rows, phrases, list(values.values()), len(corpus), all_names)
        if names is None:
            kept = np.flatnonzero(matrix.getnnz(axis=0) >= least)
            matrix, all_names = matrix[:, kept], [all_names[at] for at in kept]
        return matrix, all_names
