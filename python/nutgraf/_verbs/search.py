"""Verbs that weight terms and find articles by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Compat, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table


class Weighting(TypedDict):
    idf: str | None
    norm: str | None
    sublinear: bool
    n: int | None
    compat: str | None


class _Searching(TypedDict):
    method: str
    k1: float
    b: float
    delta: float
    n: int
    words: int
    marks: tuple[str, str]


class SearchVerbs(Verbs):
    """Which terms weigh most in an article, and which articles match a query."""

    __slots__ = ()

    def tfidf(
        self,
        *,
        by: By = None,
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        idf: Literal["smooth", "plain", "probabilistic"] | None = "smooth",
        norm: Literal["l2", "l1"] | None = "l2",
        sublinear: bool = False,
        compat: Compat = None,
    ) -> Table:
        """Weight the terms of each article, or of each group, by tf–idf.

        A term weighs more the more often it occurs in the article, and the fewer
        articles contain it.

        Parameters
        ----------
        by : str or list of str, optional
            Groups of articles: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. Each group is read
            as one article: df is the number of groups with the term, and n that of all
            groups. By default, each article.
        n : int, optional
            Maximum number of terms per article (or group), those with the largest
            weights. By default, all terms.
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
            Ignore terms with a smaller count in all articles together. They are removed
            before normalisation.
        min_articles : int, default 1
            Ignore terms that occur in fewer articles. They are removed before
            normalisation.
        idf : {"smooth", "plain", "probabilistic", None}, default "smooth"
            The inverse document frequency, where df of n articles contain the term:
            ln((1+n)/(1+df)) + 1; ln(n/df); ln((n−df)/df), or 0 if that is negative; or
            no such factor.
        norm : {"l2", "l1", None}, default "l2"
            Divide the weights of an article by their Euclidean length, by their sum, or
            not at all.
        sublinear : bool, default False
            Use 1 + ln(count) in place of the count.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool: "sklearn" is "smooth" and "l2", the
            default; "nltk" is the share of the term in the article's terms times
            ln(n/df); "quanteda" is the count times log10(n/df). These override ``idf``
            and ``norm``; the others change nothing.

        Returns
        -------
        Table
            article or the group columns, then term, count, weight. Articles are in
            order, groups are sorted by key; within one, terms are sorted by decreasing
            weight, ties by bytes. ``metadata["articles"]`` is n.

        Raises
        ------
        ConfigError
            An option is out of range.

        See Also
        --------
        matrix : The counts as a sparse matrix.

        Notes
        -----
        n is the number of all articles of the corpus, including empty ones. References:
        Spärck Jones 1972; Robertson & Spärck Jones 1976. Cost: one count, and one
        weight per distinct term of an article.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["Rain, rain and wind.", "Wind and sun."]).tfidf(n=2)
        article  term  count  weight
              0  rain      2  0.8933
                 and       1  0.3178
              1  sun       1  0.7049
                 and       1  0.5015
        """
        weighting = weighting_options(idf, norm, sublinear, n, compat)
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        groups = _options.some_names("by", by)
        return Table(self._core.tfidf(groups, _options.zone_names(zones), counting, weighting, self._threads))

    def search(
        self,
        query: str,
        *,
        n: int = 10,
        method: Literal["robertson", "lucene", "atire", "bm25l", "bm25+"] = "lucene",
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        k1: float = 1.2,
        b: float = 0.75,
        delta: float = 0.5,
        words: int = 40,
        marks: tuple[str, str] = ("**", "**"),
        fields: str | Sequence[str] | None = None,
    ) -> Table:
        r"""Find the articles that match a query best, each with its best sentence.

        Parameters
        ----------
        query : str
            Words to search for, in any order. An article need not contain all of them.
            A word that is given twice counts twice.
        n : int, default 10
            Maximum number of articles.
        method : {"robertson", "lucene", "atire", "bm25l", "bm25+"}, default "lucene"
            The variant of BM25; see Notes.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
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
            case. Applies to articles and query alike.
        k1 : float, default 1.2
            Term-frequency saturation; 0 scores presence only.
        b : float, default 0.75
            Strength of the length normalisation, from 0 to 1.
        delta : float, default 0.5
            Lower bound of the contribution of a matching term, in "bm25l" and "bm25+".
        words : int, default 40
            Maximum number of tokens in a snippet.
        marks : (str, str), default ("**", "**")
            Strings to put before and after each match. The text between them is
            escaped, so that it has no marks itself: as HTML if the marks are
            tags, as in ``("<mark>", "</mark>")``; otherwise, as in Markdown, with a
            backslash before each backslash and each character with which a mark begins
            (``\*``). ``("", "")`` leaves the text unchanged.
        fields : str or list of str, optional
            Fields of the articles to add as the last columns, such as ``"date"`` or one
            of your own.

        Returns
        -------
        Table
            rank (from 1), article, score, snippet. Only articles that contain a word of
            the query are returned. Ties are in the order of the articles.
            ``metadata["articles"]`` is the number of articles searched.

        Raises
        ------
        ConfigError
            The method does not exist, or a parameter is out of range.

        Notes
        -----
        df of n articles contain a term. It occurs tf times in an article, l is the
        length of that article divided by the mean length, and K = k1 (1 − b + b l). The
        score of an article is the sum over the terms of the query of

        - ``robertson``: max(0, ln((n−df+½)/(df+½))) · tf/(tf+K) (Robertson et al.
          1994). Terms that occur in more than half of the articles have no weight; for
          collections of a few articles, use another method.
        - ``lucene``: ln(1 + (n−df+½)/(df+½)) · tf/(tf+K).
        - ``atire``: ln(n/df) · (k1+1) tf/(tf+K) (Trotman et al. 2014).
        - ``bm25l``: ln((n+1)/(df+½)) · (k1+1)(c+δ)/(k1+c+δ), c = tf/(1−b+b l) (Lv &
          Zhai 2011).
        - ``bm25+``: ln((n+1)/df) · ((k1+1) tf/(tf+K) + δ) (Lv & Zhai 2011).

        In the last two, an article receives the δ part of a term even if it does not
        contain the term. The names and constants are those of bm25s (Lù 2024).

        The first query builds an index, which the selection keeps; each selection has
        its own index. Cost: one count for the index; after that, a query reads the
        lists of its terms, which takes a few milliseconds for the most frequent terms
        of a million articles.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Rain fell on Lisbon. The river rose.", "The sun rose.", "Snow fell.", "Wind and hail."])
        >>> corpus.search("river rain")
        rank  article   score  snippet
           1        0  0.8080  **Rain** fell on Lisbon.
        >>> corpus = ng.Corpus(["The <b> tag is bold.", "Rain.", "Wind."])
        >>> corpus.search("tag", marks=("<mark>", "</mark>"))["snippet"]
        ['The &lt;b&gt; <mark>tag</mark> is bold.']
        """
        if not isinstance(query, str):
            raise _options.wrong_type("query", "words as a str", query)
        searching: _Searching = {
            "method": _options.one_name("method", method),
            "k1": _options.number("k1", k1),
            "b": _options.number("b", b),
            "delta": _options.number("delta", delta),
            "n": _options.at_least("n", n, 1),
            "words": _options.at_least("words", words, 1),
            "marks": _marks(marks),
        }
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem)
        query = _options.one_name("query", query)
        beside = _options.some_names("fields", fields)
        return self._beside(
            Table(self._core.search(query, _options.zone_names(zones), counting, searching, self._threads)), beside
        )


def _marks(marks: object) -> tuple[str, str]:
    expected = "two strings, as in ('<mark>', '</mark>')"
    if not isinstance(marks, (tuple, list)) or len(marks) != 2:
        raise TypeError(f"marks takes {expected}; it got {marks!r}")
    before, after = _options.names("marks", marks)
    return before, after


def weighting_options(idf: str | None, norm: str | None, sublinear: bool, n: int | None, compat: Compat) -> Weighting:
    """Take the options of tf–idf."""
    _options.choice("idf", idf, ["smooth", "plain", "probabilistic"], optional=True)
    _options.choice("norm", norm, ["l2", "l1"], optional=True)
    return {
        "idf": idf,
        "norm": norm,
        "sublinear": _options.truth("sublinear", sublinear),
        "n": _options.maybe_at_least("n", n, 1),
        "compat": _options.maybe_name("compat", compat),
    }
