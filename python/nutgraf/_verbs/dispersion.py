"""The verb that measures how evenly terms are spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table

DispersionMeasure: TypeAlias = Literal[
    "range", "juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_norm", "kl_divergence", "arf"
]

ALL: tuple[DispersionMeasure, ...] = (
    "range",
    "juilland_d",
    "carroll_d2",
    "rosengren_s",
    "dp",
    "dp_norm",
    "kl_divergence",
    "arf",
)


class DispersionVerbs(Verbs):
    """How evenly terms are spread."""

    __slots__ = ()

    def dispersion(
        self,
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        measures: DispersionMeasure | Sequence[DispersionMeasure] = ALL,
        sort: str | None = None,
    ) -> Table:
        """Measure how evenly terms are spread over articles, or over groups of them.

        Parameters
        ----------
        by : str or list of str, optional
            The parts of the corpus: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, each
            article is one part.
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
        min_count : int, default 1
            Ignore terms with a smaller count in all articles together.
        min_articles : int, default 1
            Ignore terms that occur in fewer articles.
        measures : str or list of str, default all
            The measures to compute, one column each; see Notes.
        sort : str, optional
            The column to sort by, in decreasing order; ``"term"`` sorts by bytes. By
            default, the count.

        Returns
        -------
        Table
            term, count, then one column per measure, in the order given; ties are
            sorted by bytes. ``metadata`` contains parts and total, the number of parts
            and of all terms counted.

        Raises
        ------
        ConfigError
            A measure or column does not exist.

        Notes
        -----
        A term occurs vᵢ times in part i and f times in all. Part i contains the share
        sᵢ of all terms, and pᵢ is the share of the term in part i. There are n parts;
        parts without any counted term are excluded.

        - ``range``: the number of parts that contain the term.
        - ``juilland_d``: 1 − σ(p) / (mean(p) √(n−1)), with the population standard
          deviation σ (Juilland 1970); 1 is even.
        - ``carroll_d2``: the entropy of p / Σp divided by that of an even spread, log2
          n (Carroll 1970); 1 is even.
        - ``rosengren_s``: (Σ √(vᵢ sᵢ))² / f (Rosengren 1971); 1 is even.
        - ``dp``: ½ Σ |vᵢ/f − sᵢ| (Gries 2008); 0 is even. ``dp_norm``: dp / (1 − min s)
          (Lijffijt & Gries 2012).
        - ``kl_divergence``: Σ vᵢ/f log2((vᵢ/f)/sᵢ), in bits; 0 is even.
        - ``arf``: the average reduced frequency (1/v) Σ min(dᵢ, v), v = N/f, where dᵢ
          are the distances between its occurrences, in terms, around the whole corpus
          (Savický & Hlaváčová 2002). It depends on the order of the articles, and not
          on parts.

        With one part, ``juilland_d``, ``carroll_d2`` and ``dp_norm`` are undefined, and
        missing. The presets of other tools change nothing.

        Cost: one count, and one pass for ``arf``.

        Examples
        --------
        Gries (2008) has five parts of 9 to 11 words, in which *a* occurs one to five
        times:

        >>> import nutgraf as ng
        >>> parts = [
        ...     "b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a",
        ...     "b a g h a b e a a t", "b a h a a b e a x a t",
        ... ]
        >>> ng.Corpus(parts).dispersion(min_count=15, measures=["range", "juilland_d", "dp", "dp_norm"]).head(1)
        term  count  range  juilland_d      dp  dp_norm
        a        15      5      0.7852  0.1800   0.2195
        """
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        names = _options.names("measures", measures)
        groups = _options.some_names("by", by)
        order = _options.maybe_name("sort", sort)
        return Table(self._core.dispersion(groups, _options.zone_names(zones), counting, names, order, self._threads))
