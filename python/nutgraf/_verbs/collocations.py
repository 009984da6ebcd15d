"""The verb that counts words that occur next to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Compat, Fold, Stem, Stopwords, Weight, Zones
from nutgraf._verbs._base import Verbs
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


class Pairing(TypedDict):
    window: int
    parted: bool
    measures: list[str]
    sort: str | None
    compat: str | None
    weighted: bool


class CollocationVerbs(Verbs):
    """Which words go together."""

    __slots__ = ()

    def collocations(
        self,
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        ngrams: int | tuple[int, int] = 2,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        punctuation: Literal["break", "skip"] = "break",
        min_count: int = 1,
        min_articles: int = 1,
        window: int = 1,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        sort: str | None = None,
        compat: Compat = None,
    ) -> Table:
        """Find pairs and longer phrases whose words occur together more than expected.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group. Each group has its own table of pairs.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        ngrams : int or (int, int), default 2
            Number of terms in a phrase, from 2 to 5, or the smallest and the largest
            number. A window larger than 1 is for pairs only.
        fold : {"lower", "casefold", None}, default "lower"
            How to fold case: to lower case, by Unicode case folding, or not at all
            (None). Typography and house style are always folded (``docs/words.md``).
        stopwords : str or collection of str, optional
            Words to ignore: the name of a language, words of your own, or both in a
            list, as in ``["english", "storm"]``. ``"news"`` means the English ones and
            what news prints whatever the story is about: *said*, *percent*, *Monday*.
            Where case is kept, *the* means *The* as well. Languages: english (en),
            czech (cs), danish (da), dutch (nl), finnish (fi), french (fr), german (de),
            hungarian (hu), italian (it), norwegian (no), polish (pl), portuguese (pt),
            russian (ru), spanish (es), swedish (sv), turkish (tr), ukrainian (uk).
        stem : str, optional
            The language whose rules reduce words to their stems, after stop words are
            removed: ``"english"`` (``"en"``) reduces both "elections" and "election" to
            "elect". The stemmers are Snowball's, for arabic, danish, dutch, english,
            finnish, french, german, greek, hungarian, italian, norwegian, portuguese,
            romanian, russian, spanish, swedish, tamil and turkish. They expect folded
            case.
        punctuation : {"break", "skip"}, default "break"
            Whether punctuation between two words separates them. The same applies to
            stop words.
        min_count : int, default 1
            Ignore phrases with a smaller count (in each group). They still count
            towards the margins. ``mikolov`` subtracts ``min_count`` from each count.
        min_articles : int, default 1
            Ignore phrases that occur in fewer articles (in each group). They still
            count towards the margins.
        window : int, default 1
            Maximum distance, in terms, from the first word of a pair to the second,
            within a sentence. 1 means adjacent words.
        measures : str or list of str, default ("log_likelihood", "npmi")
            The association measures to compute, one column each; see Notes.
        sort : str, optional
            The column to sort by, in decreasing order; ``"phrase"`` sorts by bytes. By
            default, the first measure.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool where they differ; see Notes.

        Returns
        -------
        Table
            The group columns, then phrase, count, and one column per measure, in the
            order given. Groups are sorted by name; ties by bytes. ``metadata["N"]`` is
            the number of all pairs (and longer phrases) counted.

        Raises
        ------
        ConfigError
            A measure or column does not exist, or a window or length is out of range.

        See Also
        --------
        cooccurrence : Terms near each other in any order.

        Notes
        -----
        A pair occurs O times. R pairs have its first word in first place, C pairs have
        its second word in second place, and there are N pairs in all. All four numbers
        come from the table of pairs itself (Evert 2008). A longer phrase is treated as
        a pair of all its words but the last, and the last, among phrases of the same
        length. With E = R C / N and the other cells O12 = R − O, O21 = C − O, O22 = N −
        R − C + O:

        - ``pmi``: log2(O/E) (Church & Hanks 1990). ``npmi``: pmi / −log2(O/N), from −1
          to 1 (Bouma 2009); 1 if the pair is the only one. ``mi3``: log2(O³/E).
        - ``t_score``: (O−E)/√O. ``z_score``: (O−E)/√E.
        - ``log_likelihood``: 2 Σ O ln(O/E) over the four cells, unsigned. ``chi2``:
          Σ (O−E)²/E. Both are also high for words that avoid each other.
        - ``dice``: 2O/(R+C). ``log_dice``: 14 + log2 dice (Rychlý 2008). ``jaccard``:
          O/(R+C−O). ``min_sensitivity``: min(O/R, O/C).
        - ``delta_p_forward``: P(second | first) − P(second | not first);
          ``delta_p_backward``: the same with first and second swapped (Gries 2013). The
          second probability is 0 if there are no other pairs.
        - ``log_ratio``: log2 of the ratio between the rate of the second word after the
          first and its rate elsewhere, (O/R) / (O21/(N−R)), with half a count in place
          of a zero (Hardie 2014).
        - ``poisson_stirling``: O (log2(O/E) − 1), with the logarithm that NLTK uses
          (Quasthoff & Wolff 2002).
        - ``mikolov``: (O − min_count) / (R C) · V, with V distinct words (Mikolov et
          al. 2013).

        Presets: for pairs, ``"nltk"``, ``"antconc"`` and ``"sketchengine"`` take R and
        C from the counts of the words and N from the number of words; ``"nltk"`` also
        divides counts by the window. ``"quanteda"`` uses the natural logarithm for
        ``pmi``. ``"sklearn"`` changes nothing.

        Cost: one look-up per pair in the text, then a few nanoseconds per distinct pair
        and measure.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["New York is not York. New York sleeps, York does not."])
        >>> corpus.collocations(measures=["pmi", "log_dice"], min_count=2)
        phrase    count    pmi  log_dice
        new york      2  1.415     13.68
        """
        pairing = pairing_options(window, punctuation, measures, sort, compat, weight)
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        groups = _options.some_names("by", by)
        return Table(self._core.collocations(groups, _options.zone_names(zones), counting, pairing, self._threads))


def pairing_options(
    window: int,
    punctuation: Literal["break", "skip"],
    measures: AssociationMeasure | Sequence[AssociationMeasure],
    sort: str | None,
    compat: Compat,
    weight: Weight = None,
) -> Pairing:
    """Take the options that say which words are pairs, and how pairs are scored."""
    _options.choice("punctuation", punctuation, ["break", "skip"])
    return {
        "window": _options.at_least("window", window, 1),
        "parted": punctuation == "break",
        "measures": _options.names("measures", measures),
        "sort": _options.maybe_name("sort", sort),
        "compat": _options.maybe_name("compat", compat),
        "weighted": _options.weighted(weight),
    }
