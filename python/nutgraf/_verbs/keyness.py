"""The verb that compares two sets of articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Compat, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table

if TYPE_CHECKING:
    from nutgraf.corpus import Corpus

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


class _Comparing(TypedDict):
    measures: list[str]
    only: str | None
    sort: str | None
    infinite: bool
    smoothing: float
    prior: float | None
    weights: dict[str, float] | None
    lock_width: float
    bootstrap: int
    level: float
    seed: int
    compat: str | None


class KeynessVerbs(Verbs):
    """Which terms distinguish two sets of articles."""

    __slots__ = ()

    def keyness(
        self,
        target: Corpus,
        reference: Corpus | None = None,
        *,
        zones: Zones = DEFAULT_ZONES,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        measures: KeynessMeasure | Sequence[KeynessMeasure] = ("log_likelihood", "log_ratio"),
        zeros: Literal["half", "infinite"] = "half",
        smoothing: float = 1.0,
        prior: float | Mapping[str, float] | None = None,
        lock_width: float = 0.2,
        bootstrap: int = 0,
        level: float = 0.95,
        seed: int = 0,
        only: Literal["target", "reference", "lockwords"] | None = None,
        sort: str | None = None,
        compat: Compat = None,
    ) -> Table:
        """Find the terms used differently in two sets of articles.

        Significance tests, effect sizes and confidence intervals can be computed
        together.

        Parameters
        ----------
        target : Corpus
            The articles of interest: a selection of this corpus, made by :meth:`where`
            or a slice, or a separate corpus.
        reference : Corpus, optional
            The articles to compare with. By default, the articles of this corpus that
            are not in the target. The reference may overlap the target:
            ``metadata["overlap"]`` is the number of shared articles. The tests are less
            reliable then.
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
            Ignore terms with a smaller count in target and reference together.
        min_articles : int, default 1
            Ignore terms that occur in fewer articles of target and reference together.
        measures : str or list of str, default ("log_likelihood", "log_ratio")
            The measures to compute, one column each; see Notes.
        zeros : {"half", "infinite"}, default "half"
            How effect sizes treat a term that does not occur on one side: count it as
            half an occurrence, or become infinite. For ``odds_ratio`` and
            ``relative_risk`` half a count is added to all four cells (Haldane 1956).
        smoothing : float, default 1.0
            The k of ``simple_maths``. Larger values favour more frequent terms.
        prior : float or mapping of str to float, optional
            The Dirichlet prior of ``log_odds``: one weight for all terms, or a weight
            for each term. By default, the weight of a term is its count in target and
            reference together.
        lock_width : float, default 0.2
            The largest absolute ``log_ratio`` of a lockword. 0.2 allows frequencies to
            differ by 15 %.
        bootstrap : int, default 0
            Number of bootstrap resamples for the confidence intervals of the effect
            sizes. 1,000 is a common choice.
        level : float, default 0.95
            The confidence level of the intervals.
        seed : int, default 0
            The random seed of the bootstrap. The same seed gives the same intervals,
            whatever the number of threads.
        only : {"target", "reference", "lockwords"}, optional
            Keep only the terms that are more frequent in the target, those that are
            more frequent in the reference, or those that are about equally frequent in
            both: lockwords (Baker 2011), whose absolute ``log_ratio`` is at most
            ``lock_width``.
        sort : str, optional
            The column to sort by: in decreasing order, except ``p_value``, ``q_value``
            and ``fisher``, which are in increasing order; ``"term"`` sorts by bytes. By
            default, the first measure; for lockwords, the sum of both counts.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool where they differ; see Notes.

        Returns
        -------
        Table
            term, target (the count in the target), reference, then one column per
            measure, in the order given; ``p_value`` and ``q_value`` if a test is among
            the measures; with a bootstrap, ``<measure>_low`` and ``<measure>_high`` for
            each effect size. Ties are sorted by bytes. ``metadata`` contains N1 and N2
            (the number of all terms counted on each side, before any filter),
            target_articles, reference_articles, overlap and p_value (the measure from
            which the p-value is computed).

        Raises
        ------
        ConfigError
            One side has no terms, a measure or column does not exist, an option is out
            of range, or a bootstrap is requested without an effect size.
        TypeError
            The target or the reference is not a corpus.

        See Also
        --------
        terms : The counts that keyness compares.

        Notes
        -----
        Let a of N1 terms in the target and b of N2 terms in the reference be the term,
        with p1 = a/N1 and p2 = b/N2. The contingency table is O = [[a, N1−a], [b,
        N2−b]], and E are the counts expected from its margins:

        - ``log_likelihood``: G² = 2 Σ O ln(O/E) over the four cells, unsigned, without
          correction (Dunning 1993).
        - ``log_likelihood_2``: 2 (a ln(a/E1) + b ln(b/E2)), over the two cells of the
          term (Rayson & Garside 2000).
        - ``chi2``, ``chi2_yates``: Σ (O−E)²/E, without and with Yates's correction.
        - ``fisher``: the two-sided p-value of Fisher's exact test.
        - ``text_dispersion``: G² over four cells of article counts (Egbert & Biber
          2019).
        - ``bayes_factor``: G² − ln(N1+N2) (Wilson 2013). Above 2 is positive evidence,
          above 10 very strong evidence.
        - ``log_ratio``: log2(p1/p2) (Hardie 2014). ``percent_diff``: 100 (p1−p2)/p2
          (Gabrielatos & Marchi 2011).
        - ``odds_ratio``: a(N2−b) / (b(N1−a)). ``relative_risk``: p1/p2.
        - ``difference_coefficient``: (p1−p2)/(p1+p2), from −1 to 1 (Hofland & Johansson
          1982).
        - ``simple_maths``: (ipm1+k)/(ipm2+k), with rates per million (Kilgarriff 2009).
        - ``log_odds``: the z-score of the log-odds ratio under a Dirichlet prior, with
          all four terms of the variance (Monroe, Colaresi & Quinn 2008).

        ``log_ratio``, ``percent_diff``, ``odds_ratio``, ``relative_risk``,
        ``difference_coefficient``, ``simple_maths`` and ``log_odds`` are effect sizes.
        ``p_value`` belongs to the first test among the measures: χ² with one degree of
        freedom, the exact p-value of ``fisher``, or both tails of the normal
        distribution for ``log_odds``. ``q_value`` is the false discovery rate over the
        terms of the table before ``only`` is applied (Benjamini & Hochberg 1995). Tests
        on words overstate significance, because the words of one article are not
        independent (Lijffijt et al. 2016). The bootstrap therefore resamples whole
        articles: in each resample, every article gets a weight from a Poisson
        distribution with mean 1 (Hanley & MacGibbon 2006), which depends only on
        ``seed``, the number of the resample and the id of the article. Intervals are
        percentiles over the resamples in which both sides have a term; if there are
        none, they are null.

        Presets: ``"quanteda"`` gives ``log_likelihood`` and ``chi2`` a sign, applies
        Yates's correction to both if the expected count of a cell is below five, and
        adds 1e-9 inside logarithms. ``"sklearn"`` computes ``chi2`` as
        ``feature_selection.chi2`` does, over the two cells of the term and the shares
        of articles. The other presets change nothing here.

        Cost: two counts, then a few nanoseconds per term and measure (a microsecond for
        ``fisher``). 1,000 resamples of 20,000 articles take seconds and one byte per
        article and resample.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({
        ...     "text": ["The rain, the rain.", "Rain fell.", "The sun.", "The sun rose, the sun set."],
        ...     "source": ["A", "A", "B", "B"],
        ... })
        >>> corpus.keyness(corpus.where(source="A"), corpus.where(source="B")).head(2)
        term  target  reference  log_likelihood  log_ratio  p_value  q_value
        rain       3          0           6.230      3.000   0.0126   0.0753
        sun        0          3           3.963     -2.170   0.0465   0.1395
        """
        for name, side in (("target", target), ("reference", reference)):
            if not isinstance(side, Verbs) and (side is not None or name == "target"):
                raise _options.wrong_type(name, "a corpus, such as corpus.where(source=…)", side)
        _options.choice("zeros", zeros, ["half", "infinite"])
        weights = None
        if isinstance(prior, Mapping):
            weights = {_options.one_name("prior", term): _options.number("prior", prior[term]) for term in prior}
        comparing: _Comparing = {
            "measures": _options.names("measures", measures),
            "only": _options.maybe_name("only", only),
            "sort": _options.maybe_name("sort", sort),
            "infinite": zeros == "infinite",
            "smoothing": _options.number("smoothing", smoothing),
            "prior": None if prior is None or weights is not None else _options.number("prior", prior),
            "weights": weights,
            "lock_width": _options.number("lock_width", lock_width),
            "bootstrap": _options.up_to("bootstrap", bootstrap, 0, 1_000_000),
            "level": _options.number("level", level),
            "seed": _options.up_to("seed", seed, 0, 2**64 - 1),
            "compat": _options.maybe_name("compat", compat),
        }
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        against = None if reference is None else reference._core
        names = _options.zone_names(zones)
        return Table(self._core.keyness(target._core, against, names, counting, comparing, self._threads))
