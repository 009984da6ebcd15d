"""Verbs that tell how evenly terms are spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
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
        by: By = None,
        ngrams: int | tuple[int, int] = 1,
        *,
        measures: DispersionMeasure | Sequence[DispersionMeasure] = ALL,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        sort: str | None = None,
    ) -> Table:
        """Terms and how evenly they are spread over the articles, or over groups of them.

        Parameters
        ----------
        by : str or list of str, optional
            The parts: groups as in :meth:`terms`; by default each article is one.
        ngrams, zones, fold, stopwords, stem
            As in :meth:`terms`.
        measures : str or list of str, default all
            The measures, each a column; see Notes.
        min_count, min_articles : int, default 1
            A term with a smaller count, or in fewer articles, is left out.
        sort : str, optional
            The column that rows are sorted by, from the largest; ``"term"`` by the bytes. By default the count.

        Returns
        -------
        Table
            term, count, then a column for each measure in the order named; equals in the order of bytes. ``metadata`` has parts and
            total, the number of parts and of all terms counted.

        Raises
        ------
        ConfigError
            A measure or column that is not there.

        Notes
        -----
        A term stands vᵢ times in part i and f times in all; part i has the share sᵢ of all terms, and pᵢ is the term's share of
        part i. There are n parts; those in which nothing counts are none.

        - ``range``: the number of parts with the term.
        - ``juilland_d``: 1 − σ(p) / (mean(p) √(n−1)), σ over the population (Juilland 1970); 1 is even.
        - ``carroll_d2``: the entropy of p / Σp over that of an even spread, log2 n (Carroll 1970); 1 is even.
        - ``rosengren_s``: (Σ √(vᵢ sᵢ))² / f (Rosengren 1971); 1 is even.
        - ``dp``: ½ Σ |vᵢ/f − sᵢ| (Gries 2008); 0 is even. ``dp_norm``: dp / (1 − min s) (Lijffijt & Gries 2012).
        - ``kl_divergence``: Σ vᵢ/f log2((vᵢ/f)/sᵢ), in bits; 0 is even.
        - ``arf``: the average reduced frequency (1/v) Σ min(dᵢ, v), v = N/f, with dᵢ the distances of its places, in terms, around the
          whole corpus (Savický & Hlaváčová 2002). It depends on the order of the articles, and not on parts.

        With one part ``juilland_d``, ``carroll_d2`` and ``dp_norm`` are undefined, and missing. No tool's preset changes anything.

        Cost: one count, and one pass for ``arf``.

        Examples
        --------
        Gries (2008) has five parts of 9 to 11 words, in which *a* stands once to five times:

        >>> import nutgraf as ng
        >>> parts = [
        ...     "b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a",
        ...     "b a g h a b e a a t", "b a h a a b e a x a t",
        ... ]
        >>> ng.Corpus(parts).dispersion(min_count=15, measures=["range", "juilland_d", "dp", "dp_norm"]).head(1)
        term  count  range  juilland_d        dp   dp_norm
        a        15      5    0.785150  0.180000  0.219512
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
        groups = _options.names("by", by)
        order = _options.name("sort", sort)
        return Table(self._core.dispersion(groups, zone_names(zones), counting, names, order, self._threads))
