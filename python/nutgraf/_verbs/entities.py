"""Verbs that find and count entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from nutgraf import _core, _options
from nutgraf._options import DEFAULT_ZONES, By, Weight, Zones
from nutgraf._progress import Progress
from nutgraf._verbs._base import Verbs, watched
from nutgraf.errors import ConfigError
from nutgraf.gazetteer import Gazetteer
from nutgraf.table import Table
from nutgraf.tagger import EntityTagger

if TYPE_CHECKING:
    from nutgraf.explanation import Explanation, NameExplanation
    from nutgraf.state import State

    Known: TypeAlias = State | Table | None


class EntityVerbs(Verbs):
    """Who is in the news."""

    __slots__ = ()

    def mentions(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        agencies: bool = True,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        known: Known = None,
        progress: Progress = False,
    ) -> Table:
        """Find mentions of people, organisations, places and other entities.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone. The
            photographers and agencies named in credits are never mentions.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        agencies : bool, default True
            Include news and picture agencies. They often occur as the source of a story
            rather than in it, and ``False`` ignores them.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name.
        known : State or Table, optional
            What earlier articles named, as evidence of who is who: a state with
            entities, or the table of :meth:`entities` of those articles. A surname
            today is then who was named in full before. Nothing of it is counted.
        progress : bool, callable or tqdm, default False
            Show a progress bar if the work takes longer than 0.4 seconds; or call a
            function with the stage, the number of articles done and that of all (None
            if unknown), at most ten times a second and once at the end; or update a bar
            of tqdm, or one of that class.

        Returns
        -------
        Table
            One row per mention: article, zone, sentence (numbered within the article,
            over all its zones), start, end, text, label, entity, country, agency,
            ambiguous, entity_id.

            ``entity`` is the canonical name of the entity: within an article, short
            forms are resolved to the full name that the article gives (``Mr Kim`` to
            ``Kim Jong Un``), and across articles the most frequent full form is used.
            ``country`` is the ISO 3166-1 alpha-2 code of a place, a nationality or an
            institution (``North Korean`` gives ``KP``), or ``None`` if it has none or
            is not known. ``agency`` marks news and picture agencies. ``ambiguous``
            marks a mention that fits several names of its article when nothing decides
            between them; it is resolved to none of them, and its entity is the name as
            written. ``entity_id`` is a text key of who or what is meant, such as
            ``per:angela merkel`` or ``loc:FR``, by which tables of different days join.

        Raises
        ------
        ConfigError
            A zone or label does not exist.

        See Also
        --------
        explain : Why a mention belongs to its entity.

        Notes
        -----
        The first call takes about a microsecond per token. Articles are tagged once,
        and later calls only count. ``docs/entities.md`` lists the rules that resolve
        mentions to entities; none depends on the order of the articles.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel met the president."])
        >>> mentions = corpus.mentions()
        >>> list(zip(mentions["text"], mentions["label"], mentions["entity"]))
        [('Angela Merkel', 'PER', 'Angela Merkel'), ('Paris', 'LOC', 'Paris'), ('Merkel', 'PER', 'Angela Merkel')]
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        wanted = _options.some_names("labels", labels)
        agencies = _options.truth("agencies", agencies)
        names = _options.zone_names(zones)
        corpus = self._knowing(known)
        return watched(
            progress,
            len(self),
            lambda tell: Table(corpus.mentions(names, wanted, agencies, *core, self._threads, tell)),
        )

    def entities(
        self,
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        quotes: bool = False,
        labels: str | Sequence[str] | None = None,
        min_articles: int = 1,
        min_mentions: int = 1,
        agencies: bool = True,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        known: Known = None,
        progress: Progress = False,
    ) -> Table:
        """Count entities, once per entity and not once per spelling.

        Parameters
        ----------
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        quotes : bool, default False
            Add a column ``quotes``: how often the entity is quoted (:meth:`quotes`).
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_articles : int, default 1
            Ignore entities that occur in fewer articles (in each group).
        min_mentions : int, default 1
            Ignore entities with fewer mentions (in each group).
        agencies : bool, default True
            Include news and picture agencies. They often occur as the source of a story
            rather than in it, and ``False`` ignores them.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name.
        known : State or Table, optional
            What earlier articles named, as evidence of who is who: a state with
            entities, or the table of :meth:`entities` of those articles. A surname
            today is then who was named in full before. Nothing of it is counted.
        progress : bool, callable or tqdm, default False
            Show a progress bar if the work takes longer than 0.4 seconds; or call a
            function with the stage, the number of articles done and that of all (None
            if unknown), at most ten times a second and once at the end; or update a bar
            of tqdm, or one of that class.

        Returns
        -------
        Table
            The group columns, then entity (its canonical name), label, mentions,
            articles, aliases (its spellings, most frequent first), first_date,
            last_date, country (of a place, a nationality or an institution; ISO 3166-1
            alpha-2), agency (whether it is a news or picture agency), ambiguous
            (whether some of its mentions fit several names), entity_id (a text key, as
            in :meth:`mentions`), and quotes if requested. Groups are sorted by name;
            entities by decreasing number of mentions, ties by bytes.
            ``metadata["mentions"]`` is the sum of the column.

        Raises
        ------
        ConfigError
            A zone, label or field does not exist, or an option is out of range.

        See Also
        --------
        mentions : Every occurrence of the entities.
        aliases : Each spelling and its count.

        Notes
        -----
        Cost: that of :meth:`mentions`, and one pass over the mentions.

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
          'agency': False, 'ambiguous': False, 'entity_id': 'per:angela merkel'}]
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        groups = _options.some_names("by", by)
        names = _options.zone_names(zones)
        counting = _options.entity_counting(
            labels=labels,
            min_mentions=min_mentions,
            min_articles=min_articles,
            agencies=agencies,
            weighted=_options.weighted(weight),
            quotes=_options.truth("quotes", quotes),
        )
        corpus = self._knowing(known)
        return watched(
            progress,
            len(self),
            lambda tell: Table(corpus.entities(groups, names, counting, *core, self._threads, tell)),
        )

    def aliases(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        min_articles: int = 1,
        min_mentions: int = 1,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        known: Known = None,
    ) -> Table:
        """List the spellings of each entity, one row per spelling.

        Parameters
        ----------
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_articles : int, default 1
            Ignore entities that occur in fewer articles.
        min_mentions : int, default 1
            Ignore entities with fewer mentions.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name.
        known : State or Table, optional
            What earlier articles named, as evidence of who is who: a state with
            entities, or the table of :meth:`entities` of those articles. A surname
            today is then who was named in full before. Nothing of it is counted.

        Returns
        -------
        Table
            entity, label, alias, mentions. Entities are in the order of
            :meth:`entities`, the spellings of an entity from the most to the least
            frequent.

        Raises
        ------
        ConfigError
            A zone or label does not exist, or an option is out of range.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel met him. Mrs Merkel left."]).aliases(labels="PER")
        entity         label  alias          mentions
        Angela Merkel  PER    Merkel                2
                       PER    Angela Merkel         1
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        counting = _options.entity_counting(labels=labels, min_mentions=min_mentions, min_articles=min_articles)
        return Table(self._knowing(known).aliases(_options.zone_names(zones), counting, *core, self._threads))

    def explain(
        self,
        mention: Any,
        start: int | None = None,
        *,
        zone: str | None = None,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        known: Known = None,
    ) -> Explanation | NameExplanation:
        """Explain why a mention, or a name, belongs to its entity.

        Parameters
        ----------
        mention : row of mentions() or entities(), str, or id of an article
            A row: a dict, a pandas Series or a named tuple with article and start, or
            with entity. Or a name, such as ``"NBC"``. Or, together with ``start``, the
            id of an article.
        start : int, optional
            Offset of a character of the mention: its column ``start``, or any up to its
            end. Offsets refer to the text of the article, or to a headline from a
            separate column.
        zone : str, optional
            The zone of the mention, where a headline from a separate column and the
            text both have a mention at this offset.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name.
        known : State or Table, optional
            What earlier articles named, as evidence of who is who: a state with
            entities, or the table of :meth:`entities` of those articles. A surname
            today is then who was named in full before. Nothing of it is counted.

        Returns
        -------
        Explanation or NameExplanation
            For a place in an article, the mention, its sentence, the rules that
            resolved it to its entity, in order, and the names that it fits if it is
            ambiguous. For a name, the entities of its mentions, with an example of
            each. Both print themselves.

        Raises
        ------
        KeyError
            There is no such article, no mention at that character, or no mention of the
            name.
        ConfigError
            There are two mentions at that character, and no zone is given.
        TypeError
            The first argument is something else.

        Notes
        -----
        ``docs/entities.md`` describes the rules; their names are stable. Entities
        across articles depend on the selection of articles, and so does the last step.
        Cost: that of :meth:`entities`.

        Examples
        --------
        >>> import nutgraf as ng
        >>> text = "Angela Merkel flew to Paris. Mrs Merkel met the president."
        >>> corpus = ng.Corpus([text])
        >>> corpus.explain(corpus.mentions()[-1])
        Merkel (PER) is Angela Merkel
        “Mrs [Merkel] met the president.” (article 0, body, characters 33–39)
        1. surname: “Merkel” is the surname of “Angela Merkel”.
        2. batch_same_name: “Angela Merkel” is the name of one entity in all articles: “Angela Merkel”.
        >>> corpus.explain("Merkel").table["entity"]
        ['Angela Merkel']
        """
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        _options.choice("zone", zone, get_args(_options.ZoneName), optional=True)
        row = _row(mention) if start is None else None
        if row is not None and {"article", "start"} <= set(row):
            mention, start, zone = row["article"], row["start"], zone or row.get("zone")
        elif row is not None and isinstance(row.get("entity"), str):
            mention = row["entity"]
        if start is None:
            if not isinstance(mention, str):
                expected = "a row of mentions(), a name, or the id of an article together with start"
                raise _options.wrong_type("explain()", expected, mention)
            return self._explain_name(mention, tagger, gazetteer, known)
        start = _options.at_least("start", start, 0)
        position = self._core.position(mention)
        if position is None:
            raise KeyError(f"there is no article {mention!r}")
        found = self._knowing(known).explain(position, start, *core, self._threads)
        found = [(fields, steps) for fields, steps in found if zone is None or fields["zone"] == zone]
        if not found:
            where = "" if zone is None else f" of zone {zone!r}"
            raise KeyError(f"article {mention!r} has no mention at character {start}{where}")
        if len(found) > 1:
            zones = " and ".join(fields["zone"] for fields, _ in found)
            raise ConfigError(
                f"article {mention!r} has mentions at character {start} in {zones}; expected zone= to say which",
                kind="bad_option",
                field="zone",
            )
        from nutgraf.explanation import Explanation  # rarely used

        fields, steps = found[0]
        return Explanation(mention, fields, Table(steps))

    def _knowing(self, known: Known) -> _core.Corpus:
        """Return the compiled corpus with names from earlier articles as evidence."""
        if known is None:
            return self._core
        from nutgraf.state import State, state_of_names

        if isinstance(known, Table):
            known = state_of_names(known)
        if not isinstance(known, State):
            raise _options.wrong_type("known", "a state or a table of entities", known)
        return known._core.known_to(self._core)

    def _explain_name(
        self, name: str, tagger: EntityTagger | None, gazetteer: Gazetteer | None, known: Known
    ) -> NameExplanation:
        mentions = self.mentions(zones="all", tagger=tagger, gazetteer=gazetteer, known=known)
        texts, entities, labels = mentions["text"], mentions["entity"], mentions["label"]
        rows = [at for at, text in enumerate(texts) if text == name]
        rows = rows or [at for at, entity in enumerate(entities) if entity == name]
        if not rows:
            near = sorted({text for text in texts if name.lower() in text.lower()}, key=lambda text: (len(text), text))
            hint = f"; there is {', '.join(map(repr, near[:5]))}" if near and name else ""
            raise KeyError(f"no mention is spelt {name!r}{hint}")
        groups: dict[tuple[str, str], list[int]] = {}
        for at in rows:
            groups.setdefault((entities[at], labels[at]), []).append(at)
        ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        articles, starts, zones, ambiguous = (mentions[column] for column in ("article", "start", "zone", "ambiguous"))
        table = _core.Table.restore(
            [
                ("entity", "string", [entity for (entity, _), _ in ranked]),
                ("label", "string", [label for (_, label), _ in ranked]),
                ("mentions", "int64", [len(at) for _, at in ranked]),
                ("articles", "int64", [len({articles[row] for row in at}) for _, at in ranked]),
                ("ambiguous", "int64", [sum(ambiguous[row] for row in at) for _, at in ranked]),
            ],
            [],
        )
        examples = [
            self.explain(
                articles[at[0]], starts[at[0]], zone=zones[at[0]], tagger=tagger, gazetteer=gazetteer, known=known
            )
            for _, at in ranked[:_EXAMPLES]
        ]
        from nutgraf.explanation import Explanation, NameExplanation

        return NameExplanation(name, Table(table), [found for found in examples if isinstance(found, Explanation)])


# The number of mentions that explain a name.
_EXAMPLES = 5


def _row(given: Any) -> Mapping[str, Any] | None:
    """Return a row of a table as a mapping, or None if it is something else."""
    if isinstance(given, Mapping):
        return given
    for method in ("_asdict", "to_dict"):  # a named tuple, a Series
        if callable(getattr(given, method, None)):
            row = getattr(given, method)()
            return row if isinstance(row, Mapping) else None
    return None


def core_tagger(tagger: EntityTagger | None) -> _core.Tagger | None:
    """Take a tagger, or None for the default one."""
    if tagger is not None and not isinstance(tagger, EntityTagger):
        raise _options.wrong_type("tagger", "an EntityTagger", tagger)
    return None if tagger is None else tagger._tagger


def core_gazetteer(gazetteer: Gazetteer | None) -> _core.Gazetteer | None:
    """Take a gazetteer, or None."""
    if gazetteer is not None and not isinstance(gazetteer, Gazetteer):
        raise _options.wrong_type("gazetteer", "a Gazetteer", gazetteer)
    return None if gazetteer is None else gazetteer._gazetteer
