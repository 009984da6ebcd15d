"""The verb that counts the words of categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Weight, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.errors import ConfigError
from nutgraf.table import Table


class _Categories(TypedDict):
    words: list[tuple[str, list[str]]]
    regex: bool
    fold: Fold


class DictionaryVerbs(Verbs):
    """How often the words of a dictionary occur."""

    __slots__ = ()

    def count(
        self,
        categories: Mapping[str, str | Sequence[str]],
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        fold: Fold = "lower",
        regex: bool = False,
    ) -> Table:
        """Count the words of each category of a dictionary, per article or group.

        Parameters
        ----------
        categories : mapping of str to str or list of str
            The words and phrases of each category, with wildcards as in the query of
            :meth:`kwic`: ``{"economy": ["econom*", "tax*", "interest rate*"]}``.
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, every
            article has its own rows.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        fold : {"lower", "casefold", None}, default "lower"
            How to fold case: to lower case, by Unicode case folding, or not at all
            (None). Typography and house style are always folded (``docs/words.md``).
        regex : bool, default False
            Read each entry as regular expressions, separated by spaces, each of which
            must match a whole token.

        Returns
        -------
        Table
            article (or the group columns), category, count, words (of the article or
            group) and share (count divided by words; null if there are no words). For
            groups also articles (in which the category occurs) and total_articles.
            Every article or group has a row for every category, also where the count is
            zero. Articles are in their order, groups are sorted by name; categories are
            in the order given.

        Raises
        ------
        ConfigError
            There is no category, a category has no word, or a regular expression is
            invalid.
        TypeError
            The categories are not a mapping.

        See Also
        --------
        trend : The same over time, with gaps and tests.

        Notes
        -----
        A phrase counts once. Matches of one category that overlap count once: the first
        of them, and the longest of those that begin together, so that with ``["tax",
        "tax cut*"]`` *tax cuts* counts once. Different categories are counted
        independently. ``words`` are the tokens that :meth:`terms` counts.

        Cost: that of :meth:`kwic` for the words, and one pass over the tokens.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Taxes rose. The economy shrank.", "Rain fell."])
        >>> corpus.count({"economy": ["econom*", "tax*"], "weather": "rain"})
        article  category  count  words   share
              0  economy       2      5  0.4000
                 weather       0      5  0.0000
              1  economy       0      2  0.0000
                 weather       1      2  0.5000
        """
        if not isinstance(categories, Mapping):
            raise _options.wrong_type("categories", "a mapping of names to words", categories)
        lists = [
            (_options.one_name("categories", name), _options.names("categories", words))
            for name, words in categories.items()
        ]
        counted: _Categories = {
            "words": lists,
            "regex": _options.truth("regex", regex),
            "fold": fold,
        }
        _options.choice("fold", fold, ["lower", "casefold"], optional=True)
        groups = None if by is None else _options.names("by", by)
        weighted = _options.weighted(weight)
        if weighted and groups is None:
            raise ConfigError(
                'weight="copies" lets articles count in parts where they are added up; expected groups in by=',
                kind="bad_option",
                field="weight",
            )
        return Table(self._core.count(counted, groups, _options.zone_names(zones), weighted, self._threads))
