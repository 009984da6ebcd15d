"""Verbs that follow words and entities over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table

Period: TypeAlias = Literal["day", "week", "month", "quarter", "year"]


class TrendVerbs(Verbs):
    """How words and entities come and go."""

    __slots__ = ()

    def trend(
        self,
        items: str | Sequence[str] | None = None,
        by: Period = "month",
        *,
        of: Literal["terms", "entities"] = "terms",
        value: Literal["per_million", "per_thousand", "count"] = "per_million",
        window: int = 3,
        tests: bool = False,
        n: int | None = 20,
        min_count: int = 1,
        labels: str | Sequence[str] | None = None,
        regex: bool = False,
        ngrams: int | tuple[int, int] = 1,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
    ) -> Table:
        """Words, phrases or entities by period: counts, shares, and whether they rise or fall.

        Parameters
        ----------
        items : str or list of str, optional
            What is followed: words, phrases and wildcards as in :meth:`kwic`, or names of entities as :meth:`entities` has them. By default
            all terms or entities.
        by : {"day", "week", "month", "quarter", "year"}, default "month"
            The periods, in ISO 8601: 2019-01-08, 2019-W02, 2019-01, 2019-Q1, 2019.
        of : {"terms", "entities"}, default "terms"
            What items are.
        value : {"per_million", "per_thousand", "count"}, default "per_million"
            What the rolling mean, the score and the tests read.
        window : int, default 3
            How many periods the rolling mean has, up to the period itself.
        tests : bool, default False
            A row an item, with its tests, and not one an item and period.
        n : int, optional
            How many items, the most frequent; None for all.
        min_count : int, default 1
            Items with a smaller count are left out.
        labels : str or list of str, optional
            The labels of entities, as in :meth:`entities`.
        regex : bool, default False
            Read items as regular expressions, as in :meth:`kwic`.
        ngrams, stopwords, stem
            As in :meth:`terms`; where items are named they change nothing.
        zones, fold
            As in :meth:`terms`.

        Returns
        -------
        Table
            item, the period, count, articles (with the item), total_words, total_articles (of the period), per_million (words), per_thousand
            (articles), empty, rolling_mean, z_score. The most frequent item first, equals in the order of bytes; periods from the first to the last
            of the corpus. With ``tests``: item, count, articles, periods, tau, z, p_value, slope, intercept.

        Raises
        ------
        ConfigError
            A period or value that is not there.

        Notes
        -----
        A period without an article has zeros and ``empty``; no mean, score or test reads it. Articles without a date are left out. The score is
        the value less the mean of all periods, over their standard deviation (of the population).

        The tests are Mann–Kendall's: tau-b, and z from S with the correction for ties and continuity, p on both sides (Mann 1945; Kendall 1975). The slope is
        the median of the slopes of all pairs of periods, in values a period, and ``slope * t + intercept`` the median line, t counted from 0 (Theil 1950; Sen 1968).
        They take periods for independent, which news is not quite: small p-values are too small. What is undefined is missing.

        Cost: a count by period, and the pairs of periods for the tests.

        Examples
        --------
        >>> import nutgraf as ng
        >>> texts = ["date 2019-01-08 Rain. Rain fell.", "date 2019-03-02 Rain and sun.", "date 2019-03-09 Sun."]
        >>> table = ng.Corpus(texts).trend(["rain", "su?"], value="count")
        >>> for row in table:
        ...     print(row["item"], row["month"], row["count"], row["empty"], row["per_thousand"])
        rain 2019-01 2 False 1000.0
        rain 2019-02 0 True 0.0
        rain 2019-03 1 False 500.0
        su? 2019-01 0 False 0.0
        su? 2019-02 0 True 0.0
        su? 2019-03 2 False 1000.0
        """
        _options.choice("value", value, ["per_million", "per_thousand", "count"])
        following = {
            "value": value,
            "window": _options.at_least("window", window, 1),
            "n": None if n is None else _options.at_least("n", n, 1),
            "min_count": _options.at_least("min_count", min_count, 0 if items is not None else 1),
            "tests": _options.truth("tests", tests),
        }
        if items is not None and min_count == 1:
            following["min_count"] = 0  # an item that stands nowhere is told as well
        followed = _followed(items, by, of, labels, regex)
        counting = _options.counting(
            fold=fold, stopwords=stopwords, stem=stem, ngrams=ngrams, min_count=1, min_articles=1
        )
        return Table(self._core.trend(followed, zone_names(zones), counting, following, self._threads))

    def bursts(
        self,
        items: str | Sequence[str] | None = None,
        by: Period = "day",
        *,
        of: Literal["terms", "entities"] = "terms",
        s: float = 2.0,
        gamma: float = 1.0,
        states: int = 2,
        unit: Literal["articles", "words"] = "articles",
        n: int | None = None,
        min_count: int = 5,
        labels: str | Sequence[str] | None = None,
        regex: bool = False,
        ngrams: int | tuple[int, int] = 1,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
    ) -> Table:
        """Periods in which words, phrases or entities burst, by Kleinberg's automaton.

        Parameters
        ----------
        items, by, of, labels, regex, ngrams, zones, fold, stopwords, stem
            As in :meth:`trend`; by default, by day.
        s : float, default 2.0
            How many times the share of one state is that of the state below.
        gamma : float, default 1.0
            What a step to a higher state costs; more means fewer bursts.
        states : int, default 2
            How many states there are, the quiet one included; 3 and more find bursts within bursts.
        unit : {"articles", "words"}, default "articles"
            Whether articles that hold the item are counted, of all articles, or its counts, of all words.
        n : int, optional
            The most frequent items alone; all by default.
        min_count : int, default 5
            Items with a smaller count are left out.

        Returns
        -------
        Table
            item, level (from 1), start and end (the first and last period), periods, relevant, total, weight. The heaviest first; equals
            in the order of the items' bytes, then of time.

        Raises
        ------
        ConfigError
            An option out of range.

        Notes
        -----
        An item is in r of d articles of a period. In state i its share is p₀ sⁱ, with p₀ its share of all articles; a period costs −ln of the
        binomial probability of r, and a step from state i up to j costs (j − i) γ ln n, with n periods (Kleinberg 2002). The cheapest row of
        states is found exactly, by Viterbi; of equal ones, the lower. States whose share would reach one are left out. The weight of a burst is how
        much cheaper its periods are on its level than on the one below. A burst of a level lies within one of the level below. Cost: periods times the square of
        the states, for each item.

        Examples
        --------
        >>> import nutgraf as ng
        >>> texts = [f"date 2019-01-{day:02} {'Flood.' if 10 <= day <= 13 else 'Sun.'}" for day in range(1, 31) for _ in range(5)]
        >>> table = ng.Corpus(texts).bursts("flood", s=3)
        >>> [(row["start"], row["end"], row["relevant"], row["total"]) for row in table]
        [('2019-01-10', '2019-01-13', 20, 20)]
        """
        _options.choice("unit", unit, ["articles", "words"])
        bursting = {
            "s": _options.number("s", s),
            "gamma": _options.number("gamma", gamma),
            "states": _options.up_to("states", states, 2, 100),
            "words": unit == "words",
            "n": None if n is None else _options.at_least("n", n, 1),
            "min_count": _options.at_least("min_count", min_count, 1),
        }
        followed = _followed(items, by, of, labels, regex)
        counting = _options.counting(
            fold=fold, stopwords=stopwords, stem=stem, ngrams=ngrams, min_count=1, min_articles=1
        )
        return Table(self._core.bursts(followed, zone_names(zones), counting, bursting, self._threads))


def _followed(items: Any, by: Any, of: Any, labels: Any, regex: Any) -> Mapping[str, Any]:
    _options.choice("of", of, ["terms", "entities"])
    _options.choice("by", by, ["day", "week", "month", "quarter", "year"])
    return {
        "period": by,
        "labels": _options.names("labels", labels) if of == "entities" else None,
        "items": None if items is None else list(dict.fromkeys(_options.names("items", items))),
        "regex": _options.truth("regex", regex),
    }
