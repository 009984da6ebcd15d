"""Verbs that count words which stand together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Compat, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table

AssociationMeasure: TypeAlias = Literal[
    "pmi",
    "npmi",
    "mi3",
    "t_score",
    "z_score",
    "log_likelihood",
    "chi2",
    "dice",
    "log_dice",
    "jaccard",
    "min_sensitivity",
    "delta_p_forward",
    "delta_p_backward",
    "log_ratio",
    "poisson_stirling",
    "mikolov",
]


class CollocationVerbs(Verbs):
    """Which words keep company."""

    __slots__ = ()

    def collocations(
        self,
        window: int = 1,
        ngrams: int | tuple[int, int] = 2,
        *,
        by: By = None,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        punctuation: Literal["break", "skip"] = "break",
        sort: str | None = None,
        compat: Compat = None,
    ) -> Table:
        """Pairs and longer runs of words that stand together more than chance would have them.

        Parameters
        ----------
        window : int, default 1
            How many terms apart the second word of a pair may stand behind the first, within a sentence. 1 is for neighbours.
        ngrams : int or (int, int), default 2
            How many terms a phrase has, from 2 to 5, or the fewest and the most. Wider windows are for pairs.
        by : str or list of str, optional
            Groups to count by, as in :meth:`terms`; each has a table of pairs of its own.
        measures : str or list of str, default ("log_likelihood", "npmi")
            The measures, each a column; see Notes.
        zones, fold, stopwords, stem
            As in :meth:`terms`. A stop word parts its neighbours, as punctuation does.
        min_count, min_articles : int, default 1
            A phrase with a smaller count, or in fewer articles, is left out (per group). Margins count it all the same. ``mikolov``
            takes ``min_count`` off each count.
        punctuation : {"break", "skip"}, default "break"
            Whether punctuation between two words parts them. Stop words do what it does.
        sort : str, optional
            The column that rows are sorted by, from the largest; ``"phrase"`` by the bytes. By default the first measure.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool where they differ: see Notes.

        Returns
        -------
        Table
            The groups, then phrase, count, and a column for each measure in the order named. Groups are in the order of
            their names; equals in the order of bytes. ``metadata["N"]`` is the number of all pairs (and longer phrases) counted.

        Raises
        ------
        ConfigError
            A measure or column that is not there, a window or length out of range.

        See Also
        --------
        cooccurrence : Terms near each other in any order.

        Notes
        -----
        A pair stands O times; R pairs have its first word first, C its second word second, of N pairs in all: all four come from the
        table of pairs itself (Evert 2008). A longer phrase is a pair of its first words and its last one, among phrases of its
        length. With E = R C / N, the other cells O12 = R − O, O21 = C − O, O22 = N − R − C + O:

        - ``pmi``: log2(O/E) (Church & Hanks 1990). ``npmi``: pmi / −log2(O/N), from −1 to 1 (Bouma 2009); 1 for a pair that is all there is.
          ``mi3``: log2(O³/E).
        - ``t_score``: (O−E)/√O. ``z_score``: (O−E)/√E.
        - ``log_likelihood``: 2 Σ O ln(O/E) over four cells, unsigned. ``chi2``: Σ (O−E)²/E. A pair that shuns each other
          scores high in both.
        - ``dice``: 2O/(R+C). ``log_dice``: 14 + log2 dice (Rychlý 2008). ``jaccard``: O/(R+C−O). ``min_sensitivity``: min(O/R, O/C).
        - ``delta_p_forward``: P(second | first) − P(second | not first); ``delta_p_backward`` the other way round (Gries 2013). The latter
          probability is 0 where there is nothing else.
        - ``log_ratio``: log2 of how much likelier the second word is behind the first than elsewhere, (O/R) / (O21/(N−R)), with half a count
          in place of a zero (Hardie 2014).
        - ``poisson_stirling``: O (log2(O/E) − 1), with NLTK's logarithm (Quasthoff & Wolff 2002).
        - ``mikolov``: (O − min_count) / (R C) · V, with V distinct words (Mikolov et al. 2013).

        Presets: ``"nltk"``, ``"antconc"`` and ``"sketchengine"`` take R and C from the counts of the words and N from the number of words, for pairs;
        ``"nltk"`` also divides a count by the window. ``"quanteda"`` takes the natural logarithm for ``pmi``. ``"sklearn"`` changes nothing.

        Cost: one look-up a pair that stands in the text, some nanoseconds a distinct pair and measure.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["New York is not York. New York sleeps, York does not."])
        >>> corpus.collocations(measures=["pmi", "log_dice"], min_count=2)
        phrase    count       pmi   log_dice
        new york      2  1.415037  13.678072
        """
        pairing = {
            "window": _options.at_least("window", window, 1),
            "parted": _punctuation(punctuation),
            "measures": _options.names("measures", measures),
            "sort": _options.name("sort", sort),
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
        groups = _options.names("by", by)
        return Table(self._core.collocations(groups, zone_names(zones), counting, pairing, self._threads))

    def cooccurrence(
        self,
        of: Literal["terms"] = "terms",
        within: Literal["sentence", "paragraph", "article"] = "sentence",
        *,
        window: int | None = None,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("npmi", "log_likelihood"),
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        min_pairs: int = 1,
        most: int | None = 1000,
        sort: str | None = None,
    ) -> Table:
        """Pairs of terms that stand near each other, in any order: the edges of a network of words.

        Parameters
        ----------
        of : {"terms"}, default "terms"
            What is paired.
        within : {"sentence", "paragraph", "article"}, default "sentence"
            What two terms must share. A headline and a caption are paragraphs of their own.
        window : int, optional
            How many terms apart they may stand in their sentence; anywhere by default.
        measures : str or list of str, default ("npmi", "log_likelihood")
            The measures, each a column, as in :meth:`collocations`; may be empty.
        zones, fold, stopwords, stem
            As in :meth:`terms`.
        min_count, min_articles : int, default 1
            A term with a smaller count, or in fewer articles, is not paired.
        min_pairs : int, default 1
            A pair that stands together less often is left out.
        most : int or None, default 1000
            How many terms are paired, the most frequent ones; all for None. Pairs grow with its square.
        sort : str, optional
            The column that rows are sorted by, from the largest; ``"a"`` by the bytes. By default the count.

        Returns
        -------
        Table
            a, b (a before b in the order of bytes), count, and a column for each measure in the order named; equals in the order of
            bytes. ``metadata`` has N and terms, how many are paired.

        Raises
        ------
        ConfigError
            A measure or column that is not there, a window out of range or outside of sentences.

        See Also
        --------
        collocations : Pairs in the order of the text.

        Notes
        -----
        Without a window, count is the number of sentences (paragraphs, articles) that hold both terms; R and C are those that
        hold a, and b, and N all of them. With a window, each pair of places up to that many terms apart counts, of different
        terms; R and C are the places of pairs that a and b take, and N all places of pairs, two a pair. Measures are those of
        :meth:`collocations`; where terms have no order, ``delta_p_forward`` is from a to b.

        Cost: the square of the distinct terms of a sentence (paragraph, article).

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Rain fell on Lisbon. In Lisbon the rain stopped.", "Rain fell."])
        >>> corpus.cooccurrence(stopwords="english", measures="npmi")
        a       b        count       npmi
        fell    rain         2   0.000000
        lisbon  rain         2   0.000000
        fell    lisbon       1  -0.261860
        lisbon  stopped      1   0.369070
        rain    stopped      1   0.000000
        """
        _options.choice("of", of, ["terms"])
        meeting = {
            "within": _options.name("within", within) or "",
            "window": None if window is None else _options.at_least("window", window, 1),
            "min_pairs": _options.at_least("min_pairs", min_pairs, 1),
            "most": None if most is None else _options.at_least("most", most, 1),
            "measures": _options.names("measures", measures),
            "sort": _options.name("sort", sort),
        }
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=1,
            min_count=min_count,
            min_articles=min_articles,
        )
        return Table(self._core.cooccurring_terms(zone_names(zones), counting, meeting, self._threads))


def _punctuation(value: object) -> bool:
    _options.choice("punctuation", value, ["break", "skip"])
    return value == "break"
