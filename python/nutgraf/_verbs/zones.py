"""Verbs about what stands in the articles: their zones, sentences and tokens."""

from __future__ import annotations

from nutgraf._options import DEFAULT_ZONES, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table


class ZoneVerbs(Verbs):
    """What stands in the articles."""

    __slots__ = ()

    def articles(self, *, zones: Zones = DEFAULT_ZONES) -> Table:
        """Articles, a row each.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones whose sentences and tokens are counted.

        Returns
        -------
        Table
            article, date, headline, place (of its dateline), byline, paragraphs (of the body), sentences, tokens,
            captions, then the caller's fields. A field that is called like one of these gets ``_field`` appended.

        Examples
        --------
        >>> import nutgraf as ng
        >>> text = "date 2019-01-08 Rain ends drought\\n\\nBy Ana Reis\\n\\nLISBON (AP) — Rain fell. It was the first."
        >>> ng.Corpus([text]).articles().to_dicts()[0]
        {'article': 0, 'date': datetime.date(2019, 1, 8), 'headline': 'Rain ends drought', 'place': 'LISBON',
         'byline': 'Ana Reis', 'paragraphs': 1, 'sentences': 3, 'tokens': 11, 'captions': 0}
        """
        return Table(self._core.articles(zone_names(zones)))

    def zones(self, *, zones: Zones = "all") -> Table:
        """Zones, a row each: the parts of the articles, in the order of the text.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default "all"
            Which zones.

        Returns
        -------
        Table
            article, zone, start, end, text, credit, agency, photographer, place, date. Body paragraphs are a zone
            each. The text of a caption leaves its credit out; ``credit`` is the credit as printed, and agency and
            photographer are its parts. A dateline has a place, an agency and a date, as printed.

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
        """Sentences, a row each.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            Which zones.

        Returns
        -------
        Table
            article, zone, sentence (counted within the article, over all its zones), start, end, text.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["Mr. Reis lives in the U.S. He left Lisbon at 6 p.m."]).sentences()["text"]
        ['Mr. Reis lives in the U.S.', 'He left Lisbon at 6 p.m.']
        """
        return Table(self._core.sentences(zone_names(zones)))

    def tokens(self, *, zones: Zones = DEFAULT_ZONES) -> Table:
        """Tokens, a row each.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            Which zones.

        Returns
        -------
        Table
            article, zone, sentence and token (both counted within the article, over all its zones), start, end, text,
            kind: word, number, abbreviation, url, email, hashtag, handle, possessive, punctuation or symbol.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["The city's well-known trams"]).tokens()["text"]
        ['The', 'city', "'s", 'well-known', 'trams']
        """
        return Table(self._core.tokens(zone_names(zones)))
