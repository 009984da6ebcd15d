"""Verbs that find and count entities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nutgraf import _core, _options
from nutgraf._options import DEFAULT_ZONES, By, Zones
from nutgraf._verbs._base import Verbs, watched, zone_names
from nutgraf.explanation import Explanation
from nutgraf.gazetteer import Gazetteer
from nutgraf.table import Table
from nutgraf.tagger import EntityTagger


class EntityVerbs(Verbs):
    """Who is in the news."""

    __slots__ = ()

    def mentions(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        progress: bool = False,
    ) -> Table:
        """Mentions of people, organisations, places and other entities, a row each.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            Which zones. Names in captions count only when they are asked for; those of photographers and agencies in
            credits never do.
        labels : str or list of str, optional
            Only these labels; those of the default tagger are PER, ORG, LOC, NORP and MISC.
        tagger : EntityTagger, optional
            Another recogniser than the default one.
        gazetteer : Gazetteer, optional
            Names of your own, in any labels. They are added to what the tagger finds, and preferred where the two
            overlap; their entities are called what the gazetteer says. Short forms in the article are tied to them as to
            any name.
        progress : bool, default False
            Whether to show a progress bar where the work takes longer than a blink.

        Returns
        -------
        Table
            article, zone, sentence (counted within the article, over all its zones), start, end, text, label, entity,
            country, ambiguous.

            ``entity`` is the canonical name of who or what is meant: within an article short forms go to the full name
            that it gives (``Mr Kim`` to ``Kim Jong Un``), and over the articles the most frequent full form stands.
            ``country`` is the ISO 3166-1 alpha-2 code of a place, a nationality or an institution (``North Korean``
            gives ``KP``), ``None`` where it has none or is not known. ``ambiguous`` marks a mention that fits several
            names of its article, none of which is told to be meant; it is tied to none of them, and its entity is the
            name as it stands.

        See Also
        --------
        explain : Why a mention is of its entity.

        Notes
        -----
        About a microsecond a token at the first call; articles are tagged once, and later calls only count. The rules
        that tie mentions to entities stand in ``docs/entities.md``; none depends on the order of the articles.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel met the president."])
        >>> mentions = corpus.mentions()
        >>> list(zip(mentions["text"], mentions["label"], mentions["entity"]))
        [('Angela Merkel', 'PER', 'Angela Merkel'), ('Paris', 'LOC', 'Paris'), ('Merkel', 'PER', 'Angela Merkel')]
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        names = _options.names("labels", labels)
        return watched(
            progress,
            len(self),
            lambda tell: Table(self._core.mentions(zone_names(zones), names, *core, self._threads, tell)),
        )

    def entities(
        self,
        by: By = None,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        min_mentions: int = 1,
        min_articles: int = 1,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        progress: bool = False,
    ) -> Table:
        """Entities and how often they are named, once per entity and not once per spelling.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date ("day", "week", "month", "quarter", "year"), or "zone".
        zones, labels, tagger, gazetteer, progress
            As in :meth:`mentions`.
        min_mentions, min_articles : int, default 1
            An entity with fewer mentions, or in fewer articles, is left out (per group).

        Returns
        -------
        Table
            The groups, then entity (its canonical name), label, mentions, articles, aliases (its spellings, most
            frequent first), first_date, last_date, country (of a place, a nationality or an institution; ISO 3166-1
            alpha-2), ambiguous (whether some of its mentions fit several names). Groups are in the order of their
            names; entities from the most to the least mentioned, equals in the order of bytes.
            ``metadata["mentions"]`` is the sum of the column.

        See Also
        --------
        mentions : Where each of them stands.
        aliases : Each spelling and its count.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus([
        ...     "date 2019-01-08 Angela Merkel flew to Paris. Mrs Merkel met the president.",
        ...     "date 2019-01-09 Angela Merkel returned to Berlin.",
        ... ])
        >>> corpus.entities(labels="PER").to_dicts()
        [{'entity': 'Angela Merkel', 'label': 'PER', 'mentions': 3, 'articles': 2, 'aliases': ['Angela Merkel', 'Merkel'],
          'first_date': datetime.date(2019, 1, 8), 'last_date': datetime.date(2019, 1, 9), 'country': None,
          'ambiguous': False}]
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        groups = _options.names("by", by)
        counting = _entity_counting(labels, min_mentions, min_articles)
        return watched(
            progress,
            len(self),
            lambda tell: Table(self._core.entities(groups, zone_names(zones), counting, *core, self._threads, tell)),
        )

    def aliases(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        min_mentions: int = 1,
        min_articles: int = 1,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> Table:
        """Spellings of entities, a row each.

        Parameters
        ----------
        zones, labels, min_mentions, min_articles, tagger, gazetteer
            As in :meth:`entities`.

        Returns
        -------
        Table
            entity, label, alias, mentions; entities in the order of :meth:`entities`, an entity's spellings from the
            most to the least frequent.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel met him. Mrs Merkel left."]).aliases(labels="PER")
        entity         label  alias          mentions
        Angela Merkel  PER    Merkel                2
        Angela Merkel  PER    Angela Merkel         1
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        counting = _entity_counting(labels, min_mentions, min_articles)
        return Table(self._core.aliases(zone_names(zones), counting, *core, self._threads))

    def explain(
        self,
        article: Any,
        start: int,
        *,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> Explanation:
        """Why a mention is of its entity.

        Parameters
        ----------
        article : int or str
            The article's id, as the column ``article`` of every table has it.
        start : int
            A character of the mention, as its column ``start`` says, or any up to its end. Offsets are those of the
            article's text; a headline that came in a column of its own is not asked.
        tagger : EntityTagger, optional
            Another recogniser than the default one.
        gazetteer : Gazetteer, optional
            Names of your own, as in :meth:`mentions`.

        Returns
        -------
        Explanation
            The mention, and the rules that tied it to its entity, in their order. It prints itself.

        Raises
        ------
        KeyError
            There is no such article, or no mention at that character.

        Notes
        -----
        The rules are those of ``docs/entities.md``; their names do not change. Entities over all articles depend on
        which articles are selected, and so does the last step. Cost: that of :meth:`entities`.

        Examples
        --------
        >>> import nutgraf as ng
        >>> text = "Angela Merkel flew to Paris. Mrs Merkel met the president."
        >>> corpus = ng.Corpus([text])
        >>> corpus.explain(0, text.index("Mrs Merkel") + 4)
        Merkel (PER) is Angela Merkel
        1. surname: “Merkel” is the surname of “Angela Merkel”.
        2. batch_same_name: “Angela Merkel” is the name of one entity in all articles: “Angela Merkel”.
        """
        position = self._core.position(article)
        if position is None:
            raise KeyError(f"there is no article {article!r}")
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        found = self._core.explain(position, _options.at_least("start", start, 0), *core, self._threads)
        if found is None:
            raise KeyError(f"article {article!r} names nobody and nothing at character {start}")
        mention, steps = found
        return Explanation(article, mention, Table(steps))


def core_tagger(tagger: EntityTagger | None) -> _core.Tagger | None:
    if tagger is not None and not isinstance(tagger, EntityTagger):
        raise TypeError(f"tagger takes an EntityTagger; {tagger!r} is of type {type(tagger).__name__}")
    return None if tagger is None else tagger._tagger


def core_gazetteer(gazetteer: Gazetteer | None) -> _core.Gazetteer | None:
    if gazetteer is not None and not isinstance(gazetteer, Gazetteer):
        raise TypeError(f"gazetteer takes a Gazetteer; {gazetteer!r} is of type {type(gazetteer).__name__}")
    return None if gazetteer is None else gazetteer._gazetteer


def _entity_counting(labels: str | Sequence[str] | None, min_mentions: int, min_articles: int) -> dict[str, Any]:
    return {
        "labels": _options.names("labels", labels),
        "min_mentions": _options.at_least("min_mentions", min_mentions, 1),
        "min_articles": _options.at_least("min_articles", min_articles, 1),
    }
