"""The verb that pairs entities, or terms, which stand together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import watched, zone_names
from nutgraf._verbs.collocations import AssociationMeasure
from nutgraf._verbs.entities import EntityVerbs, core_gazetteer, core_tagger
from nutgraf.errors import ConfigError
from nutgraf.gazetteer import Gazetteer
from nutgraf.network import Network
from nutgraf.table import Table
from nutgraf.tagger import EntityTagger


class CooccurrenceVerbs(EntityVerbs):
    """Who, or what, stands together."""

    __slots__ = ()

    def cooccurrence(
        self,
        of: Literal["entities", "terms"] = "entities",
        within: Literal["sentence", "paragraph", "article"] = "sentence",
        *,
        by: By = None,
        labels: str | Sequence[str] | None = None,
        window: int | None = None,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("npmi", "log_likelihood"),
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        min_count: int = 1,
        min_articles: int = 1,
        min_pairs: int = 1,
        most: int | None = None,
        sort: str | None = None,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        progress: bool = False,
    ) -> Table:
        """Pairs of entities, or of terms, that stand together in any order: the edges of a network.

        Parameters
        ----------
        of : {"entities", "terms"}, default "entities"
            What is paired.
        within : {"sentence", "paragraph", "article"}, default "sentence"
            What two must share. A headline and a caption are paragraphs of their own.
        by, labels, tagger, gazetteer, progress
            Of entities only, as in :meth:`entities`.
        window : int, optional
            Of terms only: how many terms apart they may stand in their sentence; anywhere by default.
        measures : str or list of str, default ("npmi", "log_likelihood")
            The measures, each a column, as in :meth:`collocations` but for ``mikolov`` of entities; may be empty.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            Which zones.
        fold, stopwords, stem
            Of terms only, as in :meth:`terms`.
        min_count, min_articles : int, default 1
            Of terms only: a term with a smaller count, or in fewer articles, is not paired.
        min_pairs : int, default 1
            A pair that stands together less often is left out (per group).
        most : int, optional
            Pairs grow with the square of what is paired. Of terms, how many are paired, the most frequent ones; 1,000 by
            default. Of entities, how many a sentence (paragraph, article) may name; one that names more than 200, the
            default, is a list of results or of guests and makes no pairs, and ``metadata["skipped"]`` says how many there
            were.
        sort : str, optional
            The column that rows are sorted by, from the largest, within each group; by default the count. For terms also
            ``"a"``, by the bytes.

        Returns
        -------
        Table
            Of entities: the groups, then a, b (a before b in the order of bytes), count, articles, a column for each
            measure in the order named, a_label, b_label. Of terms: a, b, count, and the measures. Equals are in the order
            of bytes. ``metadata`` has N, and skipped (entities) or terms, how many are paired.

        Raises
        ------
        ConfigError
            A measure, label or column that is not there; a window out of range or outside of sentences; an option of terms
            for entities, or of entities for terms.

        See Also
        --------
        network : Entities as nodes and pairs as edges, for networkx, Gephi and others.
        collocations : Pairs of terms in the order of the text.

        Notes
        -----
        Without a window, count is the number of sentences (paragraphs, articles) that hold both, each once however often it
        names them; R and C are those that hold a, and b, and N all of them (of the group). With a window, each pair of
        places up to that many terms apart counts, of different terms; R and C are the places of pairs that a and b take, and
        N all places of pairs, two a pair. Measures compare O = count with E = R C / N: PMI is log2(O / E) (Church & Hanks
        1990), NPMI is PMI / -log2(O / N) (Bouma 2009), ``log_likelihood`` the two-by-two G² (Dunning 1993), ``dice``
        2 O / (R + C) (Evert 2008 for the others). Where there is no order, ``delta_p_forward`` is from a to b.

        Cost: the square of the distinct entities or terms of a sentence (paragraph, article).

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel praised Paris and left for Rome."])
        >>> corpus.cooccurrence(measures="dice")
        a              b      count  articles      dice  a_label  b_label
        Angela Merkel  Paris      2         1  1.000000  PER      LOC
        Angela Merkel  Rome       1         1  0.666667  PER      LOC
        Paris          Rome       1         1  0.666667  LOC      LOC
        >>> corpus = ng.Corpus(["Rain fell on Lisbon. In Lisbon the rain stopped.", "Rain fell."])
        >>> corpus.cooccurrence("terms", stopwords="english", measures="npmi").head(2)
        a       b       count      npmi
        fell    rain        2  0.000000
        lisbon  rain        2  0.000000
        """
        _options.choice("of", of, ["entities", "terms"])
        _options.choice("within", within, ["sentence", "paragraph", "article"])
        shared: dict[str, Any] = {
            "within": within,
            "min_pairs": _options.at_least("min_pairs", min_pairs, 1),
            "measures": _options.names("measures", measures),
            "sort": _options.name("sort", sort),
        }
        if of == "terms":
            _belongs("entities", by=by, labels=labels, tagger=tagger, gazetteer=gazetteer, progress=progress or None)
            together = shared | {
                "window": None if window is None else _options.at_least("window", window, 1),
                "most": 1000 if most is None else _options.at_least("most", most, 1),
            }
            counting = _options.counting(
                fold=fold,
                stopwords=stopwords,
                stem=stem,
                ngrams=1,
                min_count=min_count,
                min_articles=min_articles,
            )
            return Table(self._core.cooccurring_terms(zone_names(zones), counting, together, self._threads))
        _belongs(
            "terms",
            window=window,
            fold=None if fold == "lower" else "given",
            stopwords=stopwords,
            stem=stem,
            min_count=None if min_count == 1 else min_count,
            min_articles=None if min_articles == 1 else min_articles,
        )
        core = core_tagger(tagger), core_gazetteer(gazetteer)
        groups = _options.names("by", by)
        together = shared | {
            "labels": _options.names("labels", labels),
            "most": 200 if most is None else _options.at_least("most", most, 2),
        }
        return watched(
            progress,
            len(self),
            lambda tell: Table(
                self._core.cooccurring_entities(groups, zone_names(zones), together, *core, self._threads, tell)
            ),
        )

    def network(
        self,
        within: Literal["sentence", "paragraph", "article"] = "sentence",
        *,
        labels: str | Sequence[str] | None = None,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("npmi", "log_likelihood"),
        zones: Zones = DEFAULT_ZONES,
        min_pairs: int = 1,
        min_mentions: int = 1,
        most: int = 200,
        tagger: EntityTagger | None = None,
        gazetteer: Gazetteer | None = None,
        progress: bool = False,
    ) -> Network:
        """Entities as nodes, and those that are named together as edges.

        Parameters
        ----------
        within, labels, measures, zones, min_pairs, most, tagger, gazetteer, progress
            As in :meth:`cooccurrence`.
        min_mentions : int, default 1
            An entity with fewer mentions is left out, with its edges.

        Returns
        -------
        Network
            ``nodes`` and ``edges``, and ways to networkx, GraphML and GEXF.

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
            zones=zones, labels=labels, min_mentions=min_mentions, tagger=tagger, gazetteer=gazetteer, progress=progress
        )
        edges = self.cooccurrence(
            within=within,
            labels=labels,
            measures=measures,
            zones=zones,
            min_pairs=min_pairs,
            most=most,
            tagger=tagger,
            gazetteer=gazetteer,
        )
        return Network(nodes, edges)


def _belongs(to: str, **options: object) -> None:
    for name, value in options.items():
        if value is not None:
            raise ConfigError(f"{name} is an option of {to}; expected of={to!r}", kind="bad_option", field=name)
