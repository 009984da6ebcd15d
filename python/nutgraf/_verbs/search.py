"""Verbs that weigh terms and find articles by them."""

from __future__ import annotations

from typing import Literal

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Compat, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table


class SearchVerbs(Verbs):
    """Which terms weigh most in an article, and which articles answer a query."""

    __slots__ = ()

    def tfidf(
        self,
        idf: Literal["smooth", "plain", "probabilistic"] | None = "smooth",
        norm: Literal["l2", "l1"] | None = "l2",
        *,
        sublinear: bool = False,
        n: int | None = None,
        ngrams: int | tuple[int, int] = 1,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        compat: Compat = None,
    ) -> Table:
        """Terms of each article, weighted by how often they stand in it and how few articles they stand in.

        Parameters
        ----------
        idf : {"smooth", "plain", "probabilistic", None}, default "smooth"
            How rare terms gain, with df of n articles that hold the term: ln((1+n)/(1+df)) + 1; ln(n/df); ln((n−df)/df), and 0 where that is
            negative; or not at all.
        norm : {"l2", "l1", None}, default "l2"
            Whether an article's weights are divided by their Euclidean length, by their sum, or not.
        sublinear : bool, default False
            Whether 1 + ln(count) stands for the count.
        n : int, optional
            How many terms an article keeps, the heaviest; all by default.
        ngrams, zones, fold, stopwords, stem
            As in :meth:`terms`.
        min_count, min_articles : int, default 1
            A term with a smaller count, or in fewer articles, is left out (over all articles, before the norm).
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow another tool: "sklearn" is "smooth" and "l2", the default; "nltk" is the count's share of the article's terms
            times ln(n/df); "quanteda" is the count times log10(n/df). These overrule ``idf`` and ``norm``; the others change nothing.

        Returns
        -------
        Table
            article, term, count, weight. Articles in order; within one the heaviest term comes first, equals in the order
            of bytes. ``metadata["articles"]`` is n.

        See Also
        --------
        matrix : The counts as a sparse matrix.

        Notes
        -----
        n counts all articles of the corpus, empty ones included. Sources: Spärck Jones 1972; Robertson & Spärck Jones 1976.
        Cost: one count, and one weight a distinct term of an article.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["Rain, rain and wind.", "Wind and sun."]).tfidf(n=2)
        article  term  count    weight
              0  rain      2  0.893312
              0  and       1  0.317800
              1  sun       1  0.704909
              1  and       1  0.501549
        """
        _options.choice("idf", idf, ["smooth", "plain", "probabilistic", None])
        _options.choice("norm", norm, ["l2", "l1", None])
        weighting = {
            "idf": idf,
            "norm": norm,
            "sublinear": _options.truth("sublinear", sublinear),
            "n": None if n is None else _options.at_least("n", n, 1),
            "compat": _options.name("compat", compat),
        }
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        return Table(self._core.tfidf(zone_names(zones), counting, weighting, self._threads))

    def search(
        self,
        query: str,
        n: int = 10,
        *,
        method: Literal["robertson", "lucene", "atire", "bm25l", "bm25+"] = "robertson",
        k1: float = 1.2,
        b: float = 0.75,
        delta: float = 0.5,
        words: int = 40,
        marks: tuple[str, str] = ("**", "**"),
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
    ) -> Table:
        """Articles that answer a query best, each with the sentence that says most about it.

        Parameters
        ----------
        query : str
            Words; each that an article holds counts, and one that stands twice counts twice. Their order does not matter.
        n : int, default 10
            How many articles, at most.
        method : {"robertson", "lucene", "atire", "bm25l", "bm25+"}, default "robertson"
            The variant of BM25; see Notes.
        k1 : float, default 1.2
            How much more of the same term counts; 0 for whether it is there at all.
        b : float, default 0.75
            How much the length of an article counts against it, from 0 to 1.
        delta : float, default 0.5
            What a term that is there weighs at least, in "bm25l" and "bm25+".
        words : int, default 40
            How many tokens a snippet has at most.
        marks : (str, str), default ("**", "**")
            What is put before and after each match. The text between is escaped, so that nothing in it reads as a mark: with tags, as in
            ``("<mark>", "</mark>")``, as HTML; with any other marks by a backslash before each backslash and each character that a mark
            begins with (``\\*``, as in Markdown). ``("", "")`` leaves the text as it is.
        zones, fold, stopwords, stem
            As in :meth:`terms`; they hold for articles and query alike.

        Returns
        -------
        Table
            rank (from 1), article, score, snippet. Only articles that hold a word of the query are found. Equals stand in the
            order of the articles. ``metadata["articles"]`` is how many were searched.

        Raises
        ------
        ConfigError
            A method that is not there, or a parameter out of range.

        Notes
        -----
        A term that df of n articles hold weighs idf; it stands tf times in an article of length l, over the mean length; and
        K = k1 (1 − b + b l). An article's score is the sum over the query's terms of

        - ``robertson``: max(0, ln((n−df+½)/(df+½))) · tf/(tf+K) (Robertson et al. 1994). A term in more than half of the articles weighs
          nothing; for collections of a few articles take another method.
        - ``lucene``: ln(1 + (n−df+½)/(df+½)) · tf/(tf+K).
        - ``atire``: ln(n/df) · (k1+1) tf/(tf+K) (Trotman et al. 2014).
        - ``bm25l``: ln((n+1)/(df+½)) · (k1+1)(c+δ)/(k1+c+δ), c = tf/(1−b+b l) (Lv & Zhai 2011).
        - ``bm25+``: ln((n+1)/df) · ((k1+1) tf/(tf+K) + δ) (Lv & Zhai 2011).

        In the last two an article gets δ's part of a term even where it does not hold it. The names and constants are those of
        bm25s (Lù 2024).

        The first query makes an index, and the selection keeps it; a selection of its own has an index of its own. Cost:
        one count for the index; then a query reads the lists of its terms, a few milliseconds for the most frequent ones of a
        million articles.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Rain fell on Lisbon. The river rose.", "The sun rose.", "Snow fell.", "Wind and hail."])
        >>> corpus.search("river rain")
        rank  article     score  snippet
           1        0  0.568656  **Rain** fell on Lisbon.
        >>> corpus = ng.Corpus(["The <b> tag is bold.", "Rain.", "Wind."])
        >>> corpus.search("tag", marks=("<mark>", "</mark>"))["snippet"]
        ['The &lt;b&gt; <mark>tag</mark> is bold.']
        """
        if not isinstance(query, str):
            raise TypeError(f"query takes words as a str; {query!r} is of type {type(query).__name__}")
        marks = tuple(marks)  # type: ignore[assignment]
        if len(_options.names("marks", marks)) != 2:
            raise TypeError(f"marks takes what stands before and behind a match; it got {marks!r}")
        searching = {
            "method": _options.name("method", method) or "",
            "k1": _options.number("k1", k1),
            "b": _options.number("b", b),
            "delta": _options.number("delta", delta),
            "n": _options.at_least("n", n, 1),
            "words": _options.at_least("words", words, 1),
            "marks": marks,
        }
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem, ngrams=1, min_count=1, min_articles=1)
        query = _options.names("query", query)[0]
        return Table(self._core.search(query, zone_names(zones), counting, searching, self._threads))
