"""Verbs about the dates that articles mention."""

from __future__ import annotations

from nutgraf._options import DEFAULT_ZONES, Zones, zone_names
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table


class DateVerbs(Verbs):
    """When the articles say that something happens."""

    __slots__ = ()

    def dates(self, *, zones: Zones = DEFAULT_ZONES) -> Table:
        """Find every expression of time, with its value and its place on the calendar.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.

        Returns
        -------
        Table
            article, zone, sentence (numbered within the article, over all its zones),
            start, end, text, type, value, mod, earliest, latest, in the order of the
            text. ``type`` is DATE, TIME, DURATION or SET. ``value`` is that of
            TIMEX3: ``2019-01-08``, ``2019-W02``, ``2019-Q1``, ``2018``, ``199`` (the
            1990s), ``2019-01-07TAF`` (an afternoon), ``PAST_REF``, ``P4D``,
            ``XXXX-WXX-2`` (every Tuesday). ``mod`` is START, MID, END, APPROX,
            MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS or missing.
            ``earliest`` and ``latest`` are the first and the last day of what has a
            place on the calendar; both are missing for anything else.

        Notes
        -----
        Expressions are anchored on the date of the article; where it has none, on the
        first full date in its dateline or text. "Two days later" counts from the date
        that the text named last. Without an anchor, the unknown part of a value is
        ``X``. Today's date is never used. A weekday is the last one or the next one, as
        the verbs of the sentence say. A value is as coarse as the text: a year has no
        day. ``docs/dates.md`` lists what is covered, all conventions and the accuracy.

        The language is English. Cost: one pass over the tokens.

        See Also
        --------
        find_dates : The same for texts without a corpus.
        timeline : Which names and words are mentioned with which dates.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["date 2019-01-08 Mr Kim arrived on Monday. He will stay for four days."])
        >>> for row in corpus.dates():
        ...     print(row["text"], row["type"], row["value"], row["earliest"])
        Monday DATE 2019-01-07 2019-01-07
        four days DURATION P4D None
        """
        return Table(self._core.dates(zone_names(zones), self._threads))
