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


def _punctuation(value: object) -> bool:
    _options.choice("punctuation", value, ["break", "skip"])
    return value == "break"
