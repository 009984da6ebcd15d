"""Verbs that compare two selections of articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Compat, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table

KeynessMeasure: TypeAlias = Literal[
    "log_likelihood",
    "log_likelihood_2",
    "chi2",
    "chi2_yates",
    "fisher",
    "log_ratio",
    "percent_diff",
    "odds_ratio",
    "relative_risk",
    "difference_coefficient",
    "simple_maths",
    "bayes_factor",
    "log_odds",
    "text_dispersion",
]


class KeynessVerbs(Verbs):
    """Which terms tell two selections of articles apart."""

    __slots__ = ()

    def keyness(
        self,
        target: Verbs,
        reference: Verbs | None = None,
        *,
        measures: KeynessMeasure | Sequence[KeynessMeasure] = ("log_likelihood", "log_ratio"),
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        ngrams: int | tuple[int, int] = 1,
        min_count: int = 1,
        min_articles: int = 1,
        only: Literal["target", "reference", "lockwords"] | None = None,
        sort: str | None = None,
        zeros: Literal["half", "infinite"] = "half",
        smoothing: float = 1.0,
        prior: float | Mapping[str, float] | None = None,
        lock_width: float = 0.2,
        bootstrap: int = 0,
        level: float = 0.95,
        seed: int = 0,
        compat: Compat = None,
    ) -> Table:
        r"""Terms that one selection of articles uses otherwise than another: tests, effect sizes and intervals side by side.

        Parameters
        ----------
        target : Corpus
            The articles in question: a selection of this corpus, made by :meth:`where` or a slice, or a corpus of its
            own.
        reference : Corpus, optional
            The articles to compare with; by default those of this corpus that the target does not select. It may overlap the
            target (``metadata["overlap"]`` tells in how many articles); tests then say less than they seem to.
        measures : str or list of str, default ("log_likelihood", "log_ratio")
            The measures, each a column; see Notes.
        zones, fold, stopwords, stem, ngrams
            As in :meth:`terms`.
        min_count, min_articles : int, default 1
            A term with a smaller count, or in fewer articles, of target and reference together is left out.
        only : {"target", "reference", "lockwords"}, optional
            Keep the terms that the target uses more, those that the reference uses more, or those that both use alike: lockwords
            (Baker 2011), whose ``log_ratio`` is at most ``lock_width`` from 0.
        sort : str, optional
            The column that rows are sorted by: from the largest, but ``p_value``, ``q_value`` and ``fisher`` from the smallest;
            ``"term"`` by the bytes. By default the first measure, and the count in both for lockwords.
        zeros : {"half", "infinite"}, default "half"
            What effect sizes do where a term is absent from one side: put half a count there, or become infinite. For
            ``odds_ratio`` and ``relative_risk`` half a count is added to all four cells (Haldane 1956).
        smoothing : float, default 1.0
            The k of ``simple_maths``: larger ones prefer more frequent terms.
        prior : float or mapping of str to float, optional
            The Dirichlet prior of ``log_odds``: the same weight for each term, or a weight for each. By default a term's
            count in target and reference together.
        lock_width : float, default 0.2
            The largest absolute ``log_ratio`` of a lockword: 0.2 lets frequencies differ by 15 %.
        bootstrap : int, default 0
            How many times articles are resampled, for intervals of the effect sizes. A thousand are usual.
        level : float, default 0.95
            The share of resamples that lie within the interval.
        seed : int, default 0
            The seed of the resamples. The same seed gives the same intervals, for any number of threads.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool where they differ: see Notes.

        Returns
        -------
        Table
            term, target (its count there), reference, then a column for each measure in the order named; ``p_value`` and
            ``q_value`` where a test is among them; and with a bootstrap ``<measure>_low`` and ``<measure>_high`` for each effect size.
            Equals stand in the order of bytes. ``metadata`` has N1 and N2 (all terms counted on each side, before any is left out),
            target_articles, reference_articles, overlap, and p_value, the measure that it is told from.

        Raises
        ------
        ConfigError
            A side without a term, a measure or column that is not there, an option out of range, a bootstrap without an effect size.
        TypeError
            A target that is no corpus.

        See Also
        --------
        terms : The counts behind it.

        Notes
        -----
        With a of N1 terms in the target, b of N2 in the reference, p1 = a/N1, p2 = b/N2, and the table
        O = [[a, N1−a], [b, N2−b]] with expectations E from its margins:

        - ``log_likelihood``: G² = 2 Σ O ln(O/E) over four cells, unsigned, uncorrected (Dunning 1993).
        - ``log_likelihood_2``: 2 (a ln(a/E1) + b ln(b/E2)), the term's two cells (Rayson & Garside 2000).
        - ``chi2``, ``chi2_yates``: Σ (O−E)²/E, without and with Yates's correction.
        - ``fisher``: the two-sided p of Fisher's exact test.
        - ``text_dispersion``: G² over four cells of numbers of articles (Egbert & Biber 2019).
        - ``bayes_factor``: G² − ln(N1+N2) (Wilson 2013); above 2 is positive evidence, above 10 very strong.
        - ``log_ratio``: log2(p1/p2) (Hardie 2014). ``percent_diff``: 100 (p1−p2)/p2 (Gabrielatos & Marchi 2011).
        - ``odds_ratio``: a(N2−b) / (b(N1−a)). ``relative_risk``: p1/p2.
        - ``difference_coefficient``: (p1−p2)/(p1+p2), from −1 to 1 (Hofland & Johansson 1982).
        - ``simple_maths``: (ipm1+k)/(ipm2+k), per million (Kilgarriff 2009).
        - ``log_odds``: z of the log-odds ratio under a Dirichlet prior, with the variance's four terms (Monroe, Colaresi & Quinn
          2008).

        The last six are effect sizes. ``p_value`` is that of the first test named: χ² with one degree of freedom, the exact p
        of ``fisher``, two tails of the normal distribution for ``log_odds``. ``q_value`` is the false discovery rate over the table's
        terms before ``only`` (Benjamini & Hochberg 1995). Tests on words are too sure of themselves, since words of an article come
        together (Lijffijt et al. 2016): the bootstrap resamples whole articles of each side and takes percentiles.

        Presets: ``"quanteda"`` signs ``log_likelihood`` and ``chi2``, corrects both by Yates where a cell expects fewer than five, and adds 1e-9
        within logarithms; ``"sklearn"`` makes ``chi2`` that of ``feature_selection.chi2``, over the term's two cells and the
        shares of articles; the others change nothing here.

        Cost: two counts; some nanoseconds a term and measure, a microsecond for ``fisher``. A thousand resamples of 20,000 articles
        take seconds, and a byte an article and resample.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({
        ...     "text": ["The rain, the rain.", "Rain fell.", "The sun.", "The sun rose, the sun set."],
        ...     "source": ["A", "A", "B", "B"],
        ... })
        >>> corpus.keyness(corpus.where(source="A"), corpus.where(source="B")).head(2)
        term  target  reference  log_likelihood  log_ratio   p_value   q_value
        rain       3          0        6.230469   3.000000  0.012557  0.075342
        sun        0          3        3.963224  -2.169925  0.046505  0.139514
        """
        for name, side in (("target", target), ("reference", reference)):
            if not isinstance(side, Verbs) and (side is not None or name == "target"):
                raise TypeError(
                    f"{name} takes a corpus, such as corpus.where(source=…); {side!r} is of type {type(side).__name__}"
                )
        _options.choice("zeros", zeros, ["half", "infinite"])
        weights = None
        if isinstance(prior, Mapping):
            weights = {
                _options.names("prior", [term])[0]: _options.number("prior", weight) for term, weight in prior.items()
            }
        comparing = {
            "measures": _options.names("measures", measures),
            "only": _options.name("only", only),
            "sort": _options.name("sort", sort),
            "infinite": zeros == "infinite",
            "smoothing": _options.number("smoothing", smoothing),
            "prior": None if prior is None or weights is not None else _options.number("prior", prior),
            "weights": weights,
            "lock_width": _options.number("lock_width", lock_width),
            "bootstrap": _options.up_to("bootstrap", bootstrap, 0, 1_000_000),
            "level": _options.number("level", level),
            "seed": _options.up_to("seed", seed, 0, 2**64 - 1),
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
        return Table(
            self._core.keyness(
                target._core,
                None if reference is None else reference._core,
                zone_names(zones),
                counting,
                comparing,
                self._threads,
            )
        )
