"""The verb that compares two sets of articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from nutgraf import _core, _options
from nutgraf._options import DEFAULT_ZONES, By, Compat, Fold, Stem, Stopwords, Weight, Zones
from nutgraf._verbs.select import SelectVerbs
from nutgraf.errors import ConfigError
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
    n: int | None
    labels: list[str] | None
    weighted: bool


def comparing_options(
    *,
    measures: str | Sequence[str],
    only: str | None,
    sort: str | None,
    zeros: str,
    smoothing: float,
    prior: float | Mapping[str, float] | None,
    compat: str | None,
    n: int | None,
    lock_width: float = 0.1,
    bootstrap: int = 0,
    level: float = 0.95,
    seed: int = 0,
    labels: list[str] | None = None,
    weighted: bool = False,
) -> _Comparing:
    """Take the options that say how two sets of counts are compared."""
    _options.choice("zeros", zeros, ["half", "infinite"])
    weights = None
    if isinstance(prior, Mapping):
        weights = {_options.one_name("prior", term): _options.number("prior", prior[term]) for term in prior}
    return {
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
        "n": _options.maybe_at_least("n", n, 1),
        "labels": labels,
        "weighted": weighted,
    }


class KeynessVerbs(SelectVerbs):
    """Which terms distinguish two sets of articles."""

    __slots__ = ()

    def keyness(
        self,
        target: Corpus | Mapping[str, Any] | None = None,
        reference: Corpus | Mapping[str, Any] | None = None,
        *,
        of: Literal["terms", "entities"] = "terms",
        by: By = None,
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        labels: str | Sequence[str] | None = None,
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
        """Find the terms or entities that distinguish a set of articles from others.

        Significance tests, effect sizes and confidence intervals can be computed
        together. With ``by``, each group is compared with all the others.

        Parameters
        ----------
        target : Corpus or mapping, optional
            The articles of interest: a selection of this corpus, made by :meth:`where`
            or a slice, a separate corpus, or conditions for :meth:`where`, as in
            ``{"source": "A"}``. Needed unless ``by`` is given.
        reference : Corpus or mapping, optional
            The articles to compare with. By default, the articles of this corpus that
            are not in the target. The reference may overlap the target:
            ``metadata["overlap"]`` is the number of shared articles. The tests are less
            reliable then.
        of : {"terms", "entities"}, default "terms"
            What is compared: terms, or the mentions of entities.
        by : str or list of str, optional
            Compare each group with all the others: fields, periods of the date, or
            ``"zone"``, as in :meth:`terms`. Neither target nor reference may be given.
        n : int, optional
            Maximum number of rows (of each group), the first in the order of the table.
            By default, all rows.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
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
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
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
            default, the first measure; for lockwords, the sum of both counts. A test
            without a sign (``log_likelihood``, ``log_likelihood_2``, ``chi2``,
            ``chi2_yates``, ``text_dispersion``, ``bayes_factor``) is sorted with the
            sign of the difference: the terms of the target come first, and the most
            distinctive terms of the reference come last.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool where they differ; see Notes.

        Returns
        -------
        Table
            The group columns if ``by`` is given, then term (or entity), target (the
            count in the target, or in the group), reference, then one column per
            measure, in the order given; ``p_value`` and ``q_value`` if a test is among
            the measures; with a bootstrap, ``<measure>_low`` and ``<measure>_high`` for
            each effect size. Ties are sorted by bytes. ``metadata`` contains N1 and N2
            (the number of all terms or mentions counted on each side, before any
            filter), target_articles, reference_articles, overlap and p_value (the
            measure from which the p-value is computed); with ``by``, groups and
            groups_left_out (those without terms).

        Raises
        ------
        ConfigError
            One side has no terms, a measure or column does not exist, an option is out
            of range, a bootstrap is requested without an effect size or of entities, or
            there are both a target and ``by``.
        TypeError
            There is neither a target nor ``by``. The target or the reference is not a
            corpus.

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
        terms of the table (or group) before ``only`` is applied (Benjamini & Hochberg
        1995). Tests
        on words overstate significance, because the words of one article are not
        independent (Lijffijt et al. 2016). The bootstrap therefore resamples whole
        articles: in each resample, every article gets a weight from a Poisson
        distribution with mean 1 (Hanley & MacGibbon 2006), which depends only on
        ``seed``, the number of the resample and the id of the article. Intervals are
        percentiles over the resamples in which both sides have a term; if there are
        none, they are null.

        Entities are compared by their mentions; N1 and N2 are all mentions. Who is who
        is decided for the articles of this corpus together, so that an entity has one
        name on both sides. Entities that share a name count together.

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
        >>> corpus.keyness(corpus.where(source="A"), corpus.where(source="B"))["term"]
        ['rain', 'fell', 'the', 'rose', 'set', 'sun']
        >>> [(row["source"], row["term"]) for row in corpus.keyness(by="source", n=1)]
        [('A', 'rain'), ('B', 'sun')]
        """
        _options.choice("of", of, ["terms", "entities"])
        groups, wanted = _options.some_names("by", by), _options.some_names("labels", labels)
        if not groups and target is None:
            raise TypeError("keyness takes a target, such as corpus.where(source=…), or by=")
        if groups and (target is not None or reference is not None):
            raise ConfigError(
                f"by={groups} compares each group with all the others; expected no target and no reference",
                kind="bad_option",
                field="by",
            )
        comparing = comparing_options(
            measures=measures,
            only=only,
            sort=sort,
            zeros=zeros,
            smoothing=smoothing,
            prior=prior,
            lock_width=lock_width,
            bootstrap=bootstrap,
            level=level,
            seed=seed,
            compat=compat,
            n=n,
            labels=wanted if of == "entities" else None,
            weighted=_options.weighted(weight),
        )
        counting = _options.counting(
            fold=fold,
            stopwords=stopwords,
            stem=stem,
            ngrams=ngrams,
            min_count=min_count,
            min_articles=min_articles,
        )
        names = _options.zone_names(zones)
        if groups:
            return Table(self._core.keyness_by(groups, names, counting, comparing, self._threads))
        sides = self._side("target", target), None if reference is None else self._side("reference", reference)
        return Table(self._core.keyness(*sides, names, counting, comparing, self._threads))

    def _side(self, name: str, side: Any) -> _core.Corpus:
        if isinstance(side, Mapping):
            side = self.where(**side)
        if not isinstance(side, SelectVerbs):
            raise _options.wrong_type(name, "a corpus, such as corpus.where(source=…) or corpus[mask]", side)
        return side._core
