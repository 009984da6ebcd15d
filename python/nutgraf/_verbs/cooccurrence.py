"""Verbs that pair entities, or terms, that occur together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, WITHIN, By, Fold, Stem, Stopwords, Weight, Within, Zones
from nutgraf._progress import Progress
from nutgraf._verbs._base import watched
from nutgraf._verbs.collocations import AssociationMeasure
from nutgraf._verbs.entities import EntityVerbs, core_gazetteer, core_tagger
from nutgraf.errors import ConfigError
from nutgraf.gazetteer import Gazetteer
from nutgraf.table import Table
from nutgraf.tagger import EntityTagger

if TYPE_CHECKING:
    from nutgraf.network import Network


class _Together(TypedDict):
    within: str
    min_pairs: int
    most: int
    measures: list[str]
    sort: str | None
    weighted: bool


class _TermsTogether(_Together):
    window: int | None


class _EntitiesTogether(_Together):
    labels: list[str]


class CooccurrenceVerbs(EntityVerbs):
    """Which entities, or which terms, occur together."""

    __slots__ = ()

    def cooccurrence(
        self,
        *,
        of: Literal["entities", "terms"] = "entities",
        within: Within = "sentence",
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        labels: str | Sequence[str] | None = None,
        min_count: int = 1,
        min_articles: int = 1,
        min_pairs: int = 1,
        most: int | None = None,
        window: int | None = None,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        sort: str | None = None,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        progress: Progress = False,
    ) -> Table:
        """Find pairs of entities, or of terms, that occur together in any order.

        The pairs are the edges of a network; see :meth:`network`.

        Parameters
        ----------
        of : {"entities", "terms"}, default "entities"
            What to pair.
        within : {"sentence", "paragraph", "article"}, default "sentence"
            The unit in which both must occur. A headline and a caption each form a
            paragraph.
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group. For entities only.
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
        stopwords : str or collection of str, optional
            Words to ignore: the name of a language, words of your own, or both in a
            list, as in ``["english", "storm"]``. ``"news"`` means the English ones and
            what news prints whatever the story is about: *said*, *percent*, *Monday*.
            Where case is kept, *the* means *The* as well. Languages: english (en),
            czech (cs), danish (da), dutch (nl), finnish (fi), french (fr), german (de),
            hungarian (hu), italian (it), norwegian (no), polish (pl), portuguese (pt),
            russian (ru), spanish (es), swedish (sv), turkish (tr), ukrainian (uk).
        stem : str, optional
            The language whose rules reduce words to their stems, after stop words are
            removed: ``"english"`` (``"en"``) reduces both "elections" and "election" to
            "elect". The stemmers are Snowball's, for arabic, danish, dutch, english,
            finnish, french, german, greek, hungarian, italian, norwegian, portuguese,
            romanian, russian, spanish, swedish, tamil and turkish. They expect folded
            case. For terms only.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels. For entities only.
        min_count : int, default 1
            Ignore terms with a smaller count. For terms only.
        min_articles : int, default 1
            Ignore terms that occur in fewer articles. For terms only.
        min_pairs : int, default 1
            Ignore pairs that occur together less often (in each group).
        most : int, optional
            A limit, because the number of pairs grows with the square of what is
            paired. For terms: how many terms are paired, the most frequent first; 1,000
            by default. For entities: how many entities a sentence (paragraph, article)
            may name; 200 by default. One that names more is a list of results or guests
            and is ignored; ``metadata["skipped"]`` is the number of those.
        window : int, optional
            Maximum distance between two terms of a sentence, in terms. By default, any
            distance. For terms only.
        measures : str or list of str, default ("log_likelihood", "npmi")
            The association measures to compute, one column each: those of
            :meth:`collocations`, except ``mikolov`` for entities. The list may be
            empty.
        sort : str, optional
            The column to sort by within each group, in decreasing order; for terms also
            ``"a"``, which sorts by bytes. By default, the count.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`. For entities only.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name. For entities only.
        progress : bool, callable or tqdm, default False
            Show a progress bar if the work takes longer than 0.4 seconds; or call a
            function with the stage, the number of articles done and that of all (None
            if unknown), at most ten times a second and once at the end; or update a bar
            of tqdm, or one of that class.

        Returns
        -------
        Table
            For entities: the group columns, then a, b (a before b by bytes), count,
            articles, one column per measure in the order given, a_label, b_label. For
            terms: a, b, count, and the measures. Ties are sorted by bytes. ``metadata``
            contains N, and skipped (for entities) or terms, the number of terms that
            are paired.

        Raises
        ------
        ConfigError
            A measure, label or column does not exist; a window is out of range, or is
            used with a unit other than the sentence; or an option for terms is used
            with entities, or the reverse.

        See Also
        --------
        network : Entities as nodes and pairs as edges, for networkx, Gephi and others.
        collocations : Pairs of terms in the order of the text.

        Notes
        -----
        Without a window, count is the number of sentences (paragraphs, articles) that
        contain both, each counted once however often it names them. R and C are the
        numbers of those that contain a, and b, and N is the number of all of them (in
        the group). With a window, count is the number of pairs of positions up to that
        many terms apart, of different terms. R and C are the numbers of positions in
        pairs that a and b take, and N is the number of all positions in pairs, two per
        pair. The measures compare O = count with E = R C / N: PMI is log2(O / E)
        (Church & Hanks 1990), NPMI is PMI / -log2(O / N) (Bouma 2009),
        ``log_likelihood`` is G² of the two-by-two table (Dunning 1993), ``dice`` is 2 O
        / (R + C) (Evert 2008 for the others). As pairs have no order,
        ``delta_p_forward`` is from a to b.

        Cost: the square of the number of distinct entities or terms in a sentence
        (paragraph, article).

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel praised Paris and left for Rome."])
        >>> corpus.cooccurrence(measures="dice")
        a              b      count  articles   dice  a_label  b_label
        Angela Merkel  Paris      2         1  1.000  PER      LOC
        Angela Merkel  Rome       1         1  0.667  PER      LOC
        Paris          Rome       1         1  0.667  LOC      LOC
        >>> corpus = ng.Corpus(["Rain fell on Lisbon. In Lisbon the rain stopped.", "Rain fell."])
        >>> corpus.cooccurrence(of="terms", stopwords="english", measures="npmi").head(2)
        a       b     count  npmi
        fell    rain      2   0.0
        lisbon  rain      2   0.0
        """
        _options.choice("of", of, ["entities", "terms"])
        _options.choice("within", within, WITHIN)
        zone_names = _options.zone_names(zones)
        groups = _options.some_names("by", by)
        wanted = _options.some_names("labels", labels)
        apart = _options.maybe_at_least("window", window, 1)
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        counting = _options.counting(
            fold=fold, stopwords=stopwords, stem=stem, min_count=min_count, min_articles=min_articles
        )
        shared: _Together = {
            "within": within,
            "min_pairs": _options.at_least("min_pairs", min_pairs, 1),
            "most": (1000 if of == "terms" else 200) if most is None else _options.at_least("most", most, 1),
            "measures": _options.names("measures", measures),
            "sort": _options.maybe_name("sort", sort),
            "weighted": _options.weighted(weight),
        }
        if of == "terms":
            _belongs(
                "entities",
                by=bool(groups),
                labels=bool(wanted),
                tagger=tagger is not None,
                gazetteer=gazetteer is not None,
                progress=_options.truth("progress", progress),
            )
            terms: _TermsTogether = {**shared, "window": apart}
            return Table(self._core.cooccurring_terms(zone_names, counting, terms, self._threads))
        _belongs(
            "terms",
            window=apart is not None,
            fold=fold != "lower",
            stopwords=stopwords is not None,
            stem=stem is not None,
            min_count=min_count != 1,
            min_articles=min_articles != 1,
        )
        if most is not None:
            _options.at_least("most", most, 2)
        entities: _EntitiesTogether = {**shared, "labels": wanted}
        return watched(
            progress,
            len(self),
            lambda tell: Table(
                self._core.cooccurring_entities(groups, zone_names, entities, *core, self._threads, tell)
            ),
        )

    def network(
        self,
        *,
        within: Within = "sentence",
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        labels: str | Sequence[str] | None = None,
        min_mentions: int = 1,
        min_pairs: int = 1,
        most: int | None = None,
        isolated: bool = False,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        progress: Progress = False,
    ) -> Network:
        """Build a network with entities as nodes and their co-occurrences as edges.

        Parameters
        ----------
        within : {"sentence", "paragraph", "article"}, default "sentence"
            The unit in which both must occur. A headline and a caption each form a
            paragraph.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once.
        labels : str or list of str, optional
            Only entities with these labels. The default tagger has PER, ORG, LOC, NORP
            and MISC. By default, all labels.
        min_mentions : int, default 1
            Ignore entities with fewer mentions, and their edges.
        min_pairs : int, default 1
            Ignore pairs that occur together less often (in each group).
        most : int, optional
            How many entities a sentence (paragraph, article) may name; 200 by default.
            One that names more is a list of results or guests and is ignored; the
            ``metadata`` of the edges has the number of those as ``skipped``.
        isolated : bool, default False
            Include entities that have no edge as nodes.
        measures : str or list of str, default ("log_likelihood", "npmi")
            The association measures to compute, one attribute of each edge: those of
            :meth:`collocations`, except ``mikolov``. The list may be empty.
        tagger : EntityTagger, optional
            The tagger that finds the entities. By default,
            :meth:`nutgraf.EntityTagger.default`.
        gazetteer : Gazetteer, optional
            Names of your own, with labels of your choice. They are added to what the
            tagger finds and take precedence where the two overlap; their entities have
            the names that the gazetteer gives. Short forms in the article are resolved
            to them as to any other name.
        progress : bool, callable or tqdm, default False
            Show a progress bar if the work takes longer than 0.4 seconds; or call a
            function with the stage, the number of articles done and that of all (None
            if unknown), at most ten times a second and once at the end; or update a bar
            of tqdm, or one of that class.

        Returns
        -------
        Network
            ``nodes`` and ``edges``, with exports to networkx, GraphML and GEXF.

        Raises
        ------
        ConfigError
            A measure or label does not exist, or an option is out of range.

        See Also
        --------
        cooccurrence : The edges as a table.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel praised Paris and left for Rome."])
        >>> network = corpus.network()
        >>> network
        Network(3 nodes, 3 edges)
        >>> network.nodes["entity"]
        ['Angela Merkel', 'Paris', 'Rome']
        """
        nodes = self.entities(
            zones=zones,
            weight=weight,
            labels=labels,
            min_mentions=min_mentions,
            tagger=tagger,
            gazetteer=gazetteer,
            progress=progress,
        )
        edges = self.cooccurrence(
            within=within,
            zones=zones,
            weight=weight,
            labels=labels,
            min_pairs=min_pairs,
            most=most,
            measures=measures,
            tagger=tagger,
            gazetteer=gazetteer,
        )
        from nutgraf.network import Network  # rarely used, and slow to import

        return Network(nodes if _options.truth("isolated", isolated) else _connected(nodes, edges), edges)


def _connected(nodes: Table, edges: Table) -> Table:
    """Return the nodes that are an end of an edge between nodes."""
    ends = [list(zip(edges[end], edges[f"{end}_label"], strict=True)) for end in ("a", "b")]
    names = list(zip(nodes["entity"], nodes["label"], strict=True))
    known = set(names)
    linked = {end for pair in zip(*ends, strict=True) if known.issuperset(pair) for end in pair}
    return nodes.filter([name in linked for name in names])


def _belongs(to: str, **options: bool) -> None:
    """Refuse the options that were given, since they belong to other pairs."""
    for name, given in options.items():
        if given:
            raise ConfigError(f"{name} is an option of {to}; expected of={to!r}", kind="bad_option", field=name)
