"""The questions that a state answers: its selections, and its tables.

The file is long because each method describes its parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nutgraf import _core, _options
from nutgraf._options import PERIODS, By, Compat, Period, Within
from nutgraf._verbs._base import Answering
from nutgraf._verbs.collocations import AssociationMeasure, pairing_options
from nutgraf._verbs.keyness import KeynessMeasure, comparing_options
from nutgraf._verbs.reading import READABILITY, ReadabilityMeasure
from nutgraf._verbs.search import weighting_options
from nutgraf._verbs.trend import followed_options, following_options
from nutgraf.corpus import Corpus
from nutgraf.errors import ConfigError
from nutgraf.table import Table

if TYPE_CHECKING:
    from typing_extensions import Self

_Counts: TypeAlias = _core.State

# The forms of periods, from the longest: a value in another form than that of its key selects
# by the longer period.
_FORMS = {
    "year": r"-?\d{4,}",
    "quarter": r"-?\d{4,}-Q[1-4]",
    "month": r"-?\d{4,}-\d{2}",
    "week": r"-?\d{4,}-W\d{2}",
}


class Answers(Answering):
    """The verbs of a state, which has counts and no articles."""

    __slots__ = ("_core", "_names", "_threads")

    _core: _Counts
    _names: Corpus | None
    _threads: int | None

    @classmethod
    def _of(cls, core: _Counts, threads: int | None = None) -> Self:
        state = cls.__new__(cls)
        state._core, state._names, state._threads = core, None, threads
        return state

    @property
    def settings(self) -> dict[str, str]:
        """What was counted, and how."""
        return dict(self._core.settings())

    # -- selecting

    def where(self, **keys: Any) -> Self:
        """Select groups by their keys.

        Parameters
        ----------
        **keys
            The value of each key, a list of values, or a ``slice(first, last)`` that
            includes both ends, as in :meth:`Corpus.where`. A period contains the
            shorter ones: ``day="2019-01"``.

        Returns
        -------
        State
            The state of the articles of these groups.

        Raises
        ------
        ConfigError
            The state is not grouped by this key.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["Rain fell.", "Sun."], "source": ["A", "B"]})
        >>> corpus.state("terms", by="source").where(source="B").terms()["term"]
        ['sun']
        """
        groups = self._group_corpus()
        return self._taken(groups.where(**self._conditions(keys, groups)))

    def _without(self, keys: Mapping[str, Any]) -> Self:
        """Select the groups that these conditions do not select."""
        groups = self._group_corpus()
        return self._taken(groups.where(not_=self._conditions(keys, groups)))

    def _group_corpus(self) -> Corpus:
        """Return a corpus of one article per group, whose fields are the keys."""
        return Corpus._of(self._core.group_corpus(), self._threads)

    def _taken(self, groups: Corpus) -> Self:
        """Return the state of the articles of some groups."""
        return self._of(self._core.take(list(Table(groups._core.ids())["article"])), self._threads)

    def _conditions(self, keys: Mapping[str, Any], groups: Corpus) -> dict[str, Any]:
        """Return conditions for groups; a longer period belongs to its own key."""
        known = self._expect_keys(keys, groups)
        return {_key_of(name, wanted, known, groups): wanted for name, wanted in keys.items()}

    def _expect_keys(self, names: Iterable[str], groups: Corpus, field: str | None = None) -> list[str]:
        """Return the keys by which groups unite: its own, and longer periods."""
        own = [name for name in self.settings.get("by", "").split(", ") if name]
        longer = [name for name in groups._core.fields() if name in PERIODS and name not in own]
        known = own + longer
        for name in names:
            if name not in known:
                raise ConfigError(
                    f'the state is not grouped by "{name}"; there are {", ".join(known) or "no keys"}',
                    kind="missing_column",
                    field=field or name,
                )
        return known

    # -- asking

    def terms(self, *, by: By = None, min_count: int = 1, min_articles: int = 1) -> Table:
        """Count terms, as :meth:`Corpus.terms` does.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        min_count : int, default 1
            Ignore terms with a smaller count (in each group).
        min_articles : int, default 1
            Ignore terms that occur in fewer articles (in each group).

        Returns
        -------
        Table
            The table of :meth:`Corpus.terms`.

        Raises
        ------
        ConfigError
            The state has no terms, or does not know a key, or the requested terms were
            omitted from it.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["date 2019-01-07 Rain fell.", "date 2019-02-08 The rain stopped."])
        >>> corpus.state("terms", by="day").terms(by="month", min_count=1).head(2)
        month    term  count  articles  per_million
        2019-01  fell      1         1     500000.0
                 rain      1         1     500000.0
        """
        counting = _counting(min_count, min_articles)
        return Table(self._core.terms(_options.some_names("by", by), counting, self._threads))

    def collocations(
        self,
        *,
        by: By = None,
        ngrams: int | tuple[int, int] = 2,
        min_count: int = 1,
        min_articles: int = 1,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        sort: str | None = None,
        compat: Compat = None,
    ) -> Table:
        """Find pairs and phrases, as :meth:`Corpus.collocations` does.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        ngrams : int or (int, int), default 2
            Number of terms in a phrase, from 2 to the ``ngrams`` of the state, or the
            smallest and the largest number.
        min_count : int, default 1
            Ignore phrases with a smaller count (in each group). They still count
            towards the margins.
        min_articles : int, default 1
            Ignore phrases that occur in fewer articles (in each group).
        measures : str or list of str, default ("log_likelihood", "npmi")
            The association measures to compute, one column each.
        sort : str, optional
            The column to sort by, in decreasing order; ``"phrase"`` sorts by bytes. By
            default, the first measure.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool where they differ; see Notes.

        Returns
        -------
        Table
            The table of :meth:`Corpus.collocations`, with the window and the
            punctuation of the state.

        Raises
        ------
        ConfigError
            The state has no pairs, or only shorter phrases, or does not know a key; or
            a measure does not exist.

        Examples
        --------
        >>> import nutgraf as ng
        >>> monday, tuesday = (ng.Corpus([text]) for text in ("New York is not York.", "New York sleeps."))
        >>> both = monday.state("pairs") + tuesday.state("pairs")
        >>> both.collocations(measures="pmi", min_count=2)
        phrase    count  pmi
        new york      2  1.0
        """
        counting = {**_counting(min_count, min_articles), "ngrams": _options.lengths(ngrams)}
        # The window and the punctuation are those of the state.
        scoring = pairing_options(1, "break", measures, sort, compat)
        return Table(self._core.collocations(_options.some_names("by", by), counting, scoring, self._threads))

    def tfidf(
        self,
        by: str | Sequence[str],
        *,
        n: int | None = None,
        min_count: int = 1,
        min_articles: int = 1,
        idf: Literal["smooth", "plain", "probabilistic"] | None = "smooth",
        norm: Literal["l2", "l1"] | None = "l2",
        sublinear: bool = False,
        compat: Compat = None,
    ) -> Table:
        """Weight the terms of each group, as :meth:`Corpus.tfidf` does.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        n : int, optional
            Maximum number of terms per group, those with the largest weights. By
            default, all terms.
        min_count : int, default 1
            Ignore terms with a smaller count in all groups together.
        min_articles : int, default 1
            Ignore terms that occur in fewer groups.
        idf : {"smooth", "plain", "probabilistic", None}, default "smooth"
            The inverse document frequency, where df of n groups contain the term.
        norm : {"l2", "l1", None}, default "l2"
            Divide the weights of a group by their Euclidean length, by their sum, or
            not at all.
        sublinear : bool, default False
            Use 1 + ln(count) in place of the count.
        compat : {"sklearn", "nltk", "quanteda", "antconc", "sketchengine"}, optional
            Follow the conventions of another tool, as in :meth:`Corpus.tfidf`.

        Returns
        -------
        Table
            The table of :meth:`Corpus.tfidf` for groups.

        Raises
        ------
        ConfigError
            The state has no terms, or does not know a key, or terms were omitted from
            it.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["Rain fell.", "Rain, wind and sun."], "source": ["A", "B"]})
        >>> corpus.state("terms", by="source").tfidf("source", n=1)[["source", "term"]]
        source  term
        A       fell
        B       and
        """
        weighting = weighting_options(idf, norm, sublinear, n, compat)
        counting = _counting(min_count, min_articles)
        return Table(self._core.tfidf(_options.names("by", by), counting, weighting, self._threads))

    def readability(
        self,
        measures: ReadabilityMeasure | Sequence[ReadabilityMeasure] = READABILITY,
        *,
        by: By = None,
    ) -> Table:
        """Measure how hard groups are to read, as :meth:`Corpus.readability` does.

        Parameters
        ----------
        measures : str or list of str, default all
            The measures to compute, one column each.
        by : str or list of str, optional
            Groups of articles: keys of the state, or longer periods. The articles of a
            group are read as one text. By default, all articles are one text.

        Returns
        -------
        Table
            The table of :meth:`Corpus.readability` for groups.

        Raises
        ------
        ConfigError
            The state has no lengths, or does not know a key; or a measure does not
            exist.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["Rain fell. It was cold.", "Precipitation ensued."], "source": ["A", "B"]})
        >>> corpus.state("lengths", by="source").readability("lix", by="source")[["source", "words", "lix"]]
        source  words    lix
        A           5   2.50
        B           2  52.00
        """
        names = _options.names("measures", measures)
        return Table(self._core.readability(_options.some_names("by", by), names, self._threads))

    def keyness(
        self,
        target: Self | Mapping[str, Any] | None = None,
        reference: Self | Mapping[str, Any] | None = None,
        *,
        of: Literal["terms", "entities"] = "terms",
        by: By = None,
        n: int | None = None,
        labels: str | Sequence[str] | None = None,
        min_count: int = 1,
        min_articles: int = 1,
        measures: KeynessMeasure | Sequence[KeynessMeasure] = ("log_likelihood", "log_ratio"),
        zeros: Literal["half", "infinite"] = "half",
        smoothing: float = 1.0,
        prior: float | Mapping[str, float] | None = None,
        lock_width: float = 0.2,
        only: Literal["target", "reference", "lockwords"] | None = None,
        sort: str | None = None,
        compat: Compat = None,
    ) -> Table:
        """Compare two sets of articles, as :meth:`Corpus.keyness` does.

        Parameters
        ----------
        target : State or mapping, optional
            A state, or conditions for :meth:`where`, as in ``{"source": "A"}``. Needed
            unless ``by`` is given.
        reference : State or mapping, optional
            What to compare with. By default, the groups of this state that the
            conditions of the target do not select.
        of : {"terms", "entities"}, default "terms"
            What to compare.
        by : str or list of str, optional
            Compare each group with all the others: keys of the state, or longer
            periods.
        n : int, optional
            Maximum number of rows (of each group). By default, all rows.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_count : int, default 1
            Ignore terms with a smaller count in target and reference together.
        min_articles : int, default 1
            Ignore terms that occur in fewer articles of target and reference together.
        measures, zeros, smoothing, prior, lock_width, only, sort, compat
            As in :meth:`Corpus.keyness`. There is no bootstrap, which needs the counts
            of each article.

        Returns
        -------
        Table
            The table of :meth:`Corpus.keyness`.

        Raises
        ------
        ConfigError
            The state lacks what is compared, or a side has no term.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus({"text": ["Rain, rain.", "Rain fell.", "The sun."], "source": ["A", "A", "B"]})
        >>> corpus.state("terms", by="source").keyness({"source": "A"})["term"]
        ['rain', 'fell', 'sun', 'the']
        """
        _options.choice("of", of, ["terms", "entities"])
        groups = _options.some_names("by", by)
        if not groups and target is None:
            raise TypeError("keyness takes a target, such as {'source': 'A'}, or by=")
        if groups and (target is not None or reference is not None):
            raise ConfigError(
                f"by={groups} compares each group with all the others; expected no target and no reference",
                kind="bad_option",
                field="by",
            )
        comparing: dict[str, Any] = dict(
            measures=measures,
            only=only,
            sort=sort,
            zeros=zeros,
            smoothing=smoothing,
            prior=prior,
            lock_width=lock_width,
            compat=compat,
            n=n,
        )
        sides = None if groups else self._sides(target, reference)
        if of == "entities":
            comparing |= dict(of=of, zones="all", labels=labels, min_count=min_count, min_articles=min_articles)
            if sides is None:
                return self._named("keyness", groups).keyness(by=groups, **comparing)
            # Who is who is decided for all articles, as in a corpus.
            names = self._named("keyness", [])

            def side(of: Self | Mapping[str, Any] | None) -> Corpus | None:
                if isinstance(of, Mapping):
                    return names.where(**_of_dates(of))
                return None if of is None else of._named("keyness", [])

            first, second = side(target), side(reference)
            return names.keyness(first, second, **comparing)
        options, counting = comparing_options(**comparing), _counting(min_count, min_articles)
        if sides is None:
            return Table(self._core.keyness_by(groups, counting, options, self._threads))
        return Table(sides[0]._core.keyness(sides[1]._core, counting, options, self._threads))

    def _sides(
        self, target: Self | Mapping[str, Any] | None, reference: Self | Mapping[str, Any] | None
    ) -> tuple[Self, Self]:
        if reference is not None:
            return self._side("target", target), self._side("reference", reference)
        if not isinstance(target, Mapping):
            raise ConfigError(
                "the target is not a selection of this state; expected conditions, or a reference",
                kind="bad_option",
                field="reference",
            )
        return self.where(**target), self._without(target)

    def _side(self, name: str, side: Self | Mapping[str, Any] | None) -> Self:
        if isinstance(side, Mapping):
            return self.where(**side)
        if not isinstance(side, type(self)):
            raise _options.wrong_type(name, "a state or a mapping of conditions", side)
        return side

    def trend(
        self,
        items: str | Sequence[str] | None = None,
        *,
        of: Literal["terms", "entities"] = "terms",
        on: Literal["published", "mentioned"] = "published",
        by: Period | Sequence[str] = "month",
        n: int | None = 20,
        labels: str | Sequence[str] | None = None,
        min_count: int = 1,
        window: int = 3,
        value: Literal["per_million", "per_thousand", "count"] = "per_million",
        tests: bool = False,
    ) -> Table:
        """Count terms or entities in each period, as :meth:`Corpus.trend` does.

        Parameters
        ----------
        items : str or list of str, optional
            What to follow: words, phrases and wildcards, as in the query of
            :meth:`kwic`, or the names of entities, as in the column ``entity`` of
            :meth:`entities`. By default, all terms or entities.
        of : {"terms", "entities"}, default "terms"
            What the items are.
        on : {"published", "mentioned"}, default "published"
            Which dates the periods are of: those of the articles, or those that the
            sentences mention, which needs ``"dates"`` and ``of="terms"``.
        by : {"day", "week", "month", "quarter", "year"} or list of str, default "month"
            The length of a period that the state knows, or a list of one period and of
            other keys. Of the dates that are mentioned, a state knows every period.
        n : int or None, default 20
            Maximum number of items, the most frequent first. None keeps all items.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_count : int, default 1
            Ignore items with a smaller count.
        window : int, default 3
            Number of periods in the rolling mean, up to and including the current one.
        value : {"per_million", "per_thousand", "count"}, default "per_million"
            The value from which the rolling mean, the score and the tests are computed.
        tests : bool, default False
            Return one row per item with its trend tests, instead of one row per item
            and period.

        Returns
        -------
        Table
            The table of :meth:`Corpus.trend`.

        Raises
        ------
        ConfigError
            The state lacks what is followed, or does not know the period.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["date 2019-01-07 Rain fell.", "date 2019-02-08 The rain stopped."])
        >>> state = corpus.state("terms", by="day")
        >>> state.trend("rain", by="month") == corpus.trend("rain", by="month")
        True
        """
        _options.choice("on", on, ["published", "mentioned"])
        if on == "mentioned" and of == "entities":
            raise ConfigError(
                'a state counts terms by the dates that are mentioned; expected of="terms", or on="published"',
                kind="bad_option",
                field="on",
            )
        followed = followed_options(items, of, by, False, labels, on == "mentioned")
        for item in followed["items"] or () if of == "terms" else ():
            if re.search(r"[*?\s]", item):
                raise ConfigError(
                    f"{item!r} is not a term; a state has counts of terms, so expected one without wildcards",
                    kind="bad_option",
                    field="items",
                )
        following = following_options(value, window, n, min_count, tests, items)
        return Table(self._core.trend(followed, _counting(1, 1), following, self._threads))

    def entities(
        self,
        *,
        by: By = None,
        labels: str | Sequence[str] | None = None,
        min_articles: int = 1,
        min_mentions: int = 1,
        agencies: bool = True,
    ) -> Table:
        """Count entities, as :meth:`Corpus.entities` does.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_articles : int, default 1
            Ignore entities that occur in fewer articles (of each group).
        min_mentions : int, default 1
            Ignore entities with fewer mentions (in each group).
        agencies : bool, default True
            Include news and picture agencies. They often occur as the source of a story
            rather than in it, and ``False`` ignores them.

        Returns
        -------
        Table
            The table of :meth:`Corpus.entities`. Names are joined across all articles
            of the state, whichever states it was added up from.

        Raises
        ------
        ConfigError
            The state has no entities, or does not know a key.

        Examples
        --------
        >>> import nutgraf as ng
        >>> monday = ng.Corpus(["Angela Merkel spoke."] * 3).state("entities")
        >>> tuesday = ng.Corpus(["Mrs Merkel left."]).state("entities")
        >>> (monday + tuesday).entities()[["entity", "articles"]].to_dicts()
        [{'entity': 'Angela Merkel', 'articles': 4}]
        """
        return self._named("entities", _options.some_names("by", by)).entities(
            by=by,
            zones="all",
            labels=labels,
            min_articles=min_articles,
            min_mentions=min_mentions,
            agencies=agencies,
        )

    def aliases(
        self,
        *,
        labels: str | Sequence[str] | None = None,
        min_articles: int = 1,
        min_mentions: int = 1,
    ) -> Table:
        """List the spellings of each entity, as :meth:`Corpus.aliases` does.

        Parameters
        ----------
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_articles : int, default 1
            Ignore entities that occur in fewer articles.
        min_mentions : int, default 1
            Ignore entities with fewer mentions.

        Returns
        -------
        Table
            The table of :meth:`Corpus.aliases`.
        """
        names = self._named("aliases", [])
        return names.aliases(zones="all", labels=labels, min_articles=min_articles, min_mentions=min_mentions)

    def cooccurrence(
        self,
        *,
        within: Within = "sentence",
        by: By = None,
        labels: str | Sequence[str] | None = None,
        min_pairs: int = 1,
        most: int | None = None,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        sort: str | None = None,
    ) -> Table:
        """Count entities that are named together, as :meth:`Corpus.cooccurrence` does.

        Parameters
        ----------
        within : {"sentence", "paragraph", "article"}, default "sentence"
            The unit in which both must occur. A headline and a caption each form a
            paragraph.
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_pairs : int, default 1
            Ignore pairs that occur together less often (in each group).
        most, measures, sort
            As in :meth:`Corpus.cooccurrence`.

        Returns
        -------
        Table
            The table of :meth:`Corpus.cooccurrence`.
        """
        return self._named("cooccurrence", _options.some_names("by", by)).cooccurrence(
            within=within,
            by=by,
            zones="all",
            labels=labels,
            min_pairs=min_pairs,
            most=most,
            measures=measures,
            sort=sort,
        )

    def _named(self, verb: str, by: list[str]) -> Corpus:
        """Return the corpus without texts that gives the tables of entities."""
        if self._names is None:
            self._names = Corpus._of(self._core.name_corpus(verb, self._threads), self._threads)
        if by:
            self._expect_keys(by, self._group_corpus(), "by")
        return self._names


def _counting(min_count: int, min_articles: int) -> _options.Counting:
    """Take the minimums of verbs that count terms; a state fixes the other options."""
    return _options.counting(fold="lower", stopwords=None, stem=None, min_count=min_count, min_articles=min_articles)


def _of_dates(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return conditions for articles that are dated: a period contains its days."""
    return {"date" if name in PERIODS else name: wanted for name, wanted in keys.items()}


def _key_of(name: str, wanted: Any, known: list[str], groups: Corpus) -> str:
    """Return the key of a value: that of a longer period, if the value is one."""
    if name not in PERIODS or name not in known:
        return name
    ends = [wanted.start, wanted.stop] if isinstance(wanted, slice) else [wanted]
    if name == "day" and isinstance(wanted, slice):
        return "date"
    for longer, form in _FORMS.items():
        if longer in groups._core.fields() and all(
            isinstance(end, str) and re.fullmatch(form, end) for end in ends if end is not None
        ):
            return longer
    return name
