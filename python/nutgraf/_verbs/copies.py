"""The verb that finds copies."""

from __future__ import annotations

import re
from typing import Literal

from nutgraf import _options
from nutgraf._progress import Progress
from nutgraf._verbs._base import Verbs, watched
from nutgraf.errors import ConfigError
from nutgraf.table import Table


class CopyVerbs(Verbs):
    """Which articles are copies."""

    __slots__ = ()

    def copies(
        self,
        *,
        within: str | None = "7d",
        by: Literal["pair"] | None = None,
        measure: Literal["containment", "jaccard"] = "containment",
        threshold: float = 0.7,
        spans: bool = False,
        progress: Progress = False,
    ) -> Table:
        """Find articles that are copies of each other, such as reprints of the wires.

        Parameters
        ----------
        within : str, default "7d"
            The most time between two copies: ``"12d"`` for days, ``"2w"`` for weeks;
            None for any time. Articles without a date are compared with all others.
        by : {"pair"}, optional
            List the pairs of copies. By default, the articles, in clusters.
        measure : {"containment", "jaccard"}, default "containment"
            How two articles are compared, each as the set of its shingles (five words
            in a row of its body). ``"containment"`` is the share of the smaller set
            that is in the other, so an article that was cut is a copy of the whole;
            ``"jaccard"`` is the share of all shingles of both that both have.
        threshold : float, default 0.7
            The least value of the measure, above 0 and at most 1.
        spans : bool, default False
            List the passages that each copy shares with the first article of its story.
        progress : bool, callable or tqdm, default False
            Show a progress bar if the work takes longer than 0.4 seconds; or call a
            function with the stage, the number of articles done and that of all (None
            if unknown), at most ten times a second and once at the end; or update a bar
            of tqdm, or one of that class.

        Returns
        -------
        Table
            One row per article that has a copy: copy, article, role, containment,
            jaccard, agency, place. Clusters are in the order of their first articles,
            and articles in that of their dates.

            ``copy`` is a key of the cluster, made of the words and the date of its
            first article; it is the same in every corpus that has this article first.
            ``role`` is ``"first"``; ``"copy"`` (Jaccard of 0.9 and more with the
            first); ``"part"`` (otherwise, if 0.9 of its shingles are in the first); or
            ``"version"``. ``containment`` and ``jaccard`` compare it with the first.
            ``agency`` is named by its dateline, byline or credits, ``place`` by its
            dateline. The metadata count the ``pairs`` of copies, and the articles
            ``without_words``, which are copies of nothing.

            With ``by="pair"``, one row per pair: article, other (the earlier one),
            containment, jaccard.

            With ``spans``, one row per passage of five words or more that a copy shares
            with the first article of its story (fewer where a paragraph ends): copy,
            article, zone, start, end, text, first (the article), first_start,
            first_end. A passage is within one paragraph of either.

        Raises
        ------
        ConfigError
            An option has no such value.

        See Also
        --------
        where : ``where(copies="first")`` leaves copies out.

        Notes
        -----
        Headline, dateline, byline, captions and boilerplate are not compared. All pairs
        are found, and each is verified on the sets of shingles. An article joins the
        cluster of earlier articles if it is a copy of at least half of them.
        ``docs/copies.md`` has the rules, and what they find in real news.

        Cost: about a quarter of the time that it takes to read the articles.

        Examples
        --------
        >>> import nutgraf as ng
        >>> story = "Rain ended the drought in the south on Monday, and farmers were glad of it."
        >>> corpus = ng.Corpus([f"date 2019-01-08 {story}", f"date 2019-01-09 {story} It rained all day.", "It was dry."])
        >>> corpus.copies()[["article", "role", "containment"]].to_dicts()
        [{'article': 0, 'role': 'first', 'containment': 1.0}, {'article': 1, 'role': 'version', 'containment': 1.0}]
        """
        _options.choice("by", by, ["pair"], optional=True)
        _options.choice("measure", measure, ["containment", "jaccard"])
        least = _options.number("threshold", threshold)
        if _options.truth("spans", spans) and by is not None:
            raise ConfigError(
                f"by={by!r} lists pairs, and spans=True passages; expected one of them",
                kind="bad_option",
                field="spans",
            )
        most = _days(within)
        return watched(
            progress,
            len(self),
            lambda tell: Table(self._core.copies(by == "pair", spans, least, measure, most, self._threads, tell)),
        )


#: The days of a unit of time.
_UNITS = {"d": 1, "w": 7}


def _days(within: str | None) -> int | None:
    """Convert the time between two copies to days."""
    if within is None:
        return None
    if not isinstance(within, str):
        raise _options.wrong_type("within", 'a number of days or weeks as in "7d" or "2w", or None', within)
    found = re.fullmatch(r"([0-9]{1,6})([dw])", within)
    if found is None:
        raise ConfigError(
            f'within={within!r}; expected a number of days or weeks as in "7d" or "2w", or None',
            kind="bad_option",
            field="within",
        )
    return int(found[1]) * _UNITS[found[2]]
