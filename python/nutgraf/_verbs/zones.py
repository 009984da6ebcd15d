"""Verbs that list the parts of articles: zones, sentences and tokens."""

from __future__ import annotations

from nutgraf._options import DEFAULT_ZONES, Zones, zone_names
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table


class ZoneVerbs(Verbs):
    """The parts of the articles."""

    __slots__ = ()

    def articles(self, *, zones: Zones = DEFAULT_ZONES) -> Table:
        """List the articles, one row per article.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones whose sentences and tokens are counted: ``"headline"``,
            ``"dateline"``, ``"byline"``, ``"body"``, ``"caption"`` or
            ``"boilerplate"``; ``"all"`` counts those of every zone.

        Returns
        -------
        Table
            article, date, headline, place (from the dateline), byline, authors (a list
            of names), paragraphs (of the body), sentences, tokens, captions, then the
            caller's fields. A field with one of these names gets the suffix ``_field``.

        Examples
        --------
        >>> import nutgraf as ng
        >>> text = "date 2019-01-08 Rain ends drought\\n\\nBy Ana Reis\\n\\nLISBON (AP) — Rain fell. It was the first."
        >>> ng.Corpus([text]).articles().to_dicts()[0]
        {'article': 0, 'date': datetime.date(2019, 1, 8), 'headline': 'Rain ends drought', 'place': 'LISBON',
         'byline': 'Ana Reis', 'authors': ['Ana Reis'], 'paragraphs': 1, 'sentences': 3, 'tokens': 11, 'captions': 0}
        """
        return Table(self._core.articles(zone_names(zones)))

    def zones(self, *, zones: Zones = "all") -> Table:
        """List the zones of the articles, one row per zone, in the order of the text.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default "all"
            The zones to list: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` lists every zone.

        Returns
        -------
        Table
            article, zone, start, end, text, credit, agency, photographer, place, date.
            Each paragraph of the body is one zone. The text of a caption excludes its
            credit; ``credit`` is the credit as printed, and agency and photographer are
            its parts. A dateline has a place, an agency and a date, as printed.

        Examples
        --------
        >>> import nutgraf as ng
        >>> text = "Rain fell.\\n\\nA flooded street in Lisbon Credit: AP/Ana Reis"
        >>> caption = ng.Corpus([text]).zones(zones="caption").to_dicts()[0]
        >>> caption["text"], caption["agency"], caption["photographer"]
        ('A flooded street in Lisbon', 'AP', 'Ana Reis')
        """
        return Table(self._core.zones(zone_names(zones)))

    def sentences(self, *, zones: Zones = DEFAULT_ZONES) -> Table:
        """List the sentences, one row per sentence.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.

        Returns
        -------
        Table
            article, zone, sentence (numbered within the article, over all its zones),
            start, end, text.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["Mr. Reis lives in the U.S. He left Lisbon at 6 p.m."]).sentences()["text"]
        ['Mr. Reis lives in the U.S.', 'He left Lisbon at 6 p.m.']
        """
        return Table(self._core.sentences(zone_names(zones)))

    def tokens(self, *, zones: Zones = DEFAULT_ZONES) -> Table:
        """List the tokens, one row per token.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.

        Returns
        -------
        Table
            article, zone, sentence and token (both numbered within the article, over
            all its zones), start, end, text, kind: word, number, abbreviation, url,
            email, hashtag, handle, possessive, punctuation or symbol.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["The city's well-known trams"]).tokens()["text"]
        ['The', 'city', "'s", 'well-known', 'trams']
        """
        return Table(self._core.tokens(zone_names(zones)))
