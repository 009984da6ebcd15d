"""Verbs that follow words and entities over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, PERIODS, Fold, Period, Stem, Stopwords, Weight, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.errors import ConfigError
from nutgraf.table import Table


class _Followed(TypedDict):
    period: str
    fields: list[str]
    labels: list[str] | None
    items: list[str] | None
    regex: bool
    mentioned: bool
    weighted: bool


class _Following(TypedDict):
    value: str
    window: int
    n: int | None
    min_count: int
    tests: bool


class _Bursting(TypedDict):
    s: float
    gamma: float
    states: int
    words: bool
    n: int | None
    min_count: int


class TrendVerbs(Verbs):
    """How words and entities rise and fall."""

    __slots__ = ()

    def trend(
        self,
        items: str | Sequence[str] | None = None,
        *,
        of: Literal["terms", "entities"] = "terms",
        on: Literal["published", "mentioned"] = "published",
        by: Period | Sequence[str] = "month",
        n: int | None = 20,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        regex: bool = False,
        labels: str | Sequence[str] | None = None,
        min_count: int = 1,
        window: int = 3,
        value: Literal["per_million", "per_thousand", "count"] = "per_million",
        tests: bool = False,
    ) -> Table:
        """Count words, phrases or entities in each period, with shares and trend tests.

        Parameters
        ----------
        items : str or list of str, optional
            What to follow: words, phrases and wildcards, as in the query of
            :meth:`kwic`, or the names of entities, as in the column ``entity`` of
            :meth:`entities`. By default, all terms or entities.
        of : {"terms", "entities"}, default "terms"
            What the items are.
        on : {"published", "mentioned"}, default "published"
            Whose dates make the periods: those of the articles, or those that the
            sentences mention (:meth:`dates`). "On Friday" then counts in the week of
            that Friday. A sentence counts in each period that contains one of its dates
            as a whole, and sentences without such a date do not count; the totals are
            those of these sentences.
        by : {"day", "week", "month", "quarter", "year"} or list of str, default "month"
            The length of a period, or a list of one period and of fields, as in
            ``["month", "outlet"]``: each group has a separate series. Periods are
            written in ISO 8601: 2019-01-08, 2019-W02, 2019-01, 2019-Q1, 2019.
        n : int or None, default 20
            Maximum number of items, the most frequent first. None keeps all items.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        ngrams : int or (int, int), default 1
            Number of terms in an n-gram, from 1 to 10, or the smallest and the largest
            number, as in ``(1, 3)``. Ignored if ``items`` is given.
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
            case. Ignored if ``items`` is given.
        regex : bool, default False
            Read each item as regular expressions, separated by spaces, each of which
            must match a whole token.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_count : int, default 1
            Ignore items with a smaller count. With the default, items named in
            ``items`` have rows even if they never occur.
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
            The group columns, then item, the period, period_start (its first day, a
            date), count, articles (that contain the item), total_words and
            total_articles (of the period), per_million (words), per_thousand
            (articles), empty, rolling_mean and z_score. Groups are sorted by name,
            items by decreasing frequency in all groups, ties by bytes; periods run from
            the first to the last of the corpus. With ``tests``: the group columns, then
            item, count, articles, periods, tau, z, p_value, slope, intercept.

        Raises
        ------
        ConfigError
            The period, field or value does not exist, there is more than one period, an
            option is out of range, no article has a date, or a name is only an alias of
            an entity.

        Notes
        -----
        A period without articles has counts of zero and no rates, and ``empty`` is
        true; the mean, the score and the tests skip it. Articles without a date are
        ignored. The score is the value minus the mean over all periods, divided by
        their (population) standard deviation.

        The tests are Mann–Kendall tests: tau-b, and z computed from S with the
        corrections for ties and for continuity; the p-value is two-sided (Mann 1945;
        Kendall 1975). The slope is the median of the slopes between all pairs of
        periods, in values per period, and ``slope * t + intercept`` is the median line,
        with t counted from 0 (Theil 1950; Sen 1968). The tests assume that periods are
        independent. News is not quite independent, so small p-values are too small.
        Undefined values are missing.

        Cost: one count per period; the tests also visit all pairs of periods.

        See Also
        --------
        timeline : When things are said to happen, beside when they were published.
        bursts : The times at which an item is unusually frequent.

        Examples
        --------
        >>> import nutgraf as ng
        >>> texts = ["date 2019-01-08 Rain. Rain fell.", "date 2019-03-02 Rain and sun.", "date 2019-03-09 Sun."]
        >>> table = ng.Corpus(texts).trend(["rain", "su?"], value="count")
        >>> for row in table:
        ...     print(row["item"], row["month"], row["count"], row["empty"], row["per_thousand"])
        rain 2019-01 2 False 1000.0
        rain 2019-02 0 True None
        rain 2019-03 1 False 500.0
        su? 2019-01 0 False 0.0
        su? 2019-02 0 True None
        su? 2019-03 2 False 1000.0
        """
        _options.choice("on", on, ["published", "mentioned"])
        if weight is not None and on == "mentioned":
            raise ConfigError(
                'weight="copies" is for the dates of articles; expected on="published"',
                kind="bad_option",
                field="weight",
            )
        following = following_options(value, window, n, min_count, tests, items)
        followed = followed_options(items, of, by, regex, labels, on == "mentioned", _options.weighted(weight))
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem, ngrams=ngrams)
        return Table(self._core.trend(followed, _options.zone_names(zones), counting, following, self._threads))

    def timeline(
        self,
        *,
        of: Literal["entities", "terms"] = "entities",
        by: Period = "month",
        n: int | None = 20,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        labels: str | Sequence[str] | None = None,
        min_count: int = 1,
    ) -> Table:
        """Count when things are said to happen, beside when they were published.

        Parameters
        ----------
        of : {"entities", "terms"}, default "entities"
            What the items are.
        by : {"day", "week", "month", "quarter", "year"}, default "month"
            The length of a period. Periods are written in ISO 8601: 2019-01-08,
            2019-W02, 2019-01, 2019-Q1, 2019.
        n : int or None, default 20
            Maximum number of items, those with the most dated mentions first. None
            keeps all items.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
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
            Ignore items with fewer dated mentions.

        Returns
        -------
        Table
            item, the period, period_start (its first day, a date), mentioned (mentions
            of the item in sentences that mention a date within the period), articles
            (with such a sentence), published (mentions of the item in the articles
            published in the period), published_articles. One row per item and period in
            which it is mentioned or published. Items are sorted by decreasing number of
            dated mentions, ties by bytes; periods ascend.

        Raises
        ------
        ConfigError
            The period or label does not exist, or an option is out of range.

        Notes
        -----
        A date counts in a period that contains all of it: a year is in no month. The
        words of the date itself are not counted. The dates are those of :meth:`dates`.
        Cost: that of :meth:`dates`, and of the mentions of the items.

        See Also
        --------
        trend : With ``on="mentioned"``, shares, rolling means and tests of such counts.
        dates : The dates themselves.

        Examples
        --------
        >>> import nutgraf as ng
        >>> texts = ["date 2019-01-08 The dam broke in March 2018. It will reopen in May 2020."]
        >>> for row in ng.Corpus(texts).timeline(of="terms", by="year", stopwords="english"):
        ...     print(row["item"], row["year"], row["mentioned"], row["published"])
        broke 2018 1 0
        broke 2019 0 1
        dam 2018 1 0
        dam 2019 0 1
        reopen 2019 0 1
        reopen 2020 1 0
        """
        limits = _options.maybe_at_least("n", n, 1), _options.at_least("min_count", min_count, 1)
        followed = followed_options(None, of, by, False, labels)
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem, ngrams=1)
        return Table(self._core.timeline(followed, _options.zone_names(zones), counting, limits, self._threads))

    def bursts(
        self,
        items: str | Sequence[str] | None = None,
        *,
        of: Literal["terms", "entities"] = "terms",
        by: Period = "day",
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        ngrams: int | tuple[int, int] = 1,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        regex: bool = False,
        labels: str | Sequence[str] | None = None,
        min_count: int = 5,
        s: float = 2.0,
        gamma: float = 1.0,
        states: int = 2,
        unit: Literal["articles", "words"] = "articles",
    ) -> Table:
        """Find bursts of words, phrases or entities, with Kleinberg's automaton.

        Parameters
        ----------
        items : str or list of str, optional
            What to follow: words, phrases and wildcards, as in the query of
            :meth:`kwic`, or the names of entities, as in the column ``entity`` of
            :meth:`entities`. By default, all terms or entities.
        of : {"terms", "entities"}, default "terms"
            What the items are.
        by : {"day", "week", "month", "quarter", "year"}, default "day"
            The length of a period. Periods are written in ISO 8601: 2019-01-08,
            2019-W02, 2019-01, 2019-Q1, 2019.
        n : int, optional
            Only the most frequent items, at most this many. By default, all items.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        ngrams : int or (int, int), default 1
            Number of terms in an n-gram, from 1 to 10, or the smallest and the largest
            number, as in ``(1, 3)``. Ignored if ``items`` is given.
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
            case. Ignored if ``items`` is given.
        regex : bool, default False
            Read each item as regular expressions, separated by spaces, each of which
            must match a whole token.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_count : int, default 5
            Ignore items with a smaller count.
        s : float, default 2.0
            Ratio between the shares of two adjacent states.
        gamma : float, default 1.0
            Cost of a step to a higher state. Larger values give fewer bursts.
        states : int, default 2
            Number of states, including the base state. With 3 or more, bursts can
            contain bursts.
        unit : {"articles", "words"}, default "articles"
            What to count: articles that contain the item, out of all articles, or
            occurrences of the item, out of all words.

        Returns
        -------
        Table
            item, level (from 1), start and end (the first and last period), periods,
            relevant, total, weight. Rows are sorted by decreasing weight, ties by the
            bytes of the item, then by time.

        Raises
        ------
        ConfigError
            An option is out of range.

        Notes
        -----
        In a period, r of d articles contain the item. In state i the item has the share
        p₀ sⁱ, where p₀ is its share of all articles. A period costs −ln of the binomial
        probability of r, and a step from state i up to state j costs (j − i) γ ln n,
        with n periods (Kleinberg 2002). The Viterbi algorithm finds the cheapest
        sequence of states exactly; ties go to the lower state. States whose share would
        reach one are dropped. The weight of a burst is the cost that its periods save
        on its level compared with the level below. A burst of one level lies within a
        burst of the level below. Cost: for each item, the number of periods times the
        square of the number of states.

        Examples
        --------
        >>> import nutgraf as ng
        >>> texts = [f"date 2019-01-{day:02} {'Flood.' if 10 <= day <= 13 else 'Sun.'}" for day in range(1, 31) for _ in range(5)]
        >>> table = ng.Corpus(texts).bursts("flood", s=3)
        >>> [(row["start"], row["end"], row["relevant"], row["total"]) for row in table]
        [('2019-01-10', '2019-01-13', 20, 20)]
        """
        _options.choice("unit", unit, ["articles", "words"])
        bursting: _Bursting = {
            "s": _options.number("s", s),
            "gamma": _options.number("gamma", gamma),
            "states": _options.up_to("states", states, 2, 100),
            "words": unit == "words",
            "n": _options.maybe_at_least("n", n, 1),
            "min_count": _options.at_least("min_count", min_count, 1),
        }
        followed = followed_options(items, of, by, regex, labels, weighted=_options.weighted(weight))
        counting = _options.counting(fold=fold, stopwords=stopwords, stem=stem, ngrams=ngrams)
        return Table(self._core.bursts(followed, _options.zone_names(zones), counting, bursting, self._threads))


def following_options(value: str, window: int, n: int | None, min_count: int, tests: bool, items: object) -> _Following:
    """Take the options that say how series are computed."""
    _options.choice("value", value, ["per_million", "per_thousand", "count"])
    following: _Following = {
        "value": value,
        "window": _options.at_least("window", window, 1),
        "n": _options.maybe_at_least("n", n, 1),
        "min_count": _options.at_least("min_count", min_count, 0 if items is not None else 1),
        "tests": _options.truth("tests", tests),
    }
    if items is not None and min_count == 1:
        following["min_count"] = 0  # an item that never occurs gets rows, too
    return following


def followed_options(
    items: str | Sequence[str] | None,
    of: str,
    by: str | Sequence[str],
    regex: bool,
    labels: str | Sequence[str] | None,
    mentioned: bool = False,
    weighted: bool = False,
) -> _Followed:
    _options.choice("of", of, ["terms", "entities"])
    names = _options.names("by", by)
    periods = [name for name in names if name in PERIODS]
    if isinstance(by, str):
        _options.choice("by", by, PERIODS)
    elif len(periods) != 1 or "zone" in names:
        raise ConfigError(
            f"by={names}; expected exactly one of {', '.join(PERIODS)}, and fields of the articles",
            kind="bad_option",
            field="by",
        )
    wanted = _options.some_names("labels", labels)
    return {
        "period": periods[0],
        "fields": [name for name in names if name != periods[0]],
        "labels": wanted if of == "entities" else None,
        "items": None if items is None else list(dict.fromkeys(_options.names("items", items))),
        "regex": _options.truth("regex", regex),
        "mentioned": mentioned,
        "weighted": weighted,
    }
