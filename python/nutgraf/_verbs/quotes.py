"""The verb that finds who said what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Weight, Zones
from nutgraf._progress import Progress
from nutgraf._verbs._base import Verbs, watched
from nutgraf.errors import ConfigError
from nutgraf.table import Table

#: How words are quoted.
KINDS = ("direct", "mixed", "indirect")


class QuoteVerbs(Verbs):
    """Who said what."""

    __slots__ = ()

    def quotes(
        self,
        *,
        by: Literal["entity"] | None = None,
        zones: Zones = DEFAULT_ZONES,
        weight: Weight = None,
        kind: str | Sequence[str] = KINDS,
        fields: str | Sequence[str] | None = None,
        progress: Progress = False,
    ) -> Table:
        """Find what is quoted, who is quoted, and by which words.

        Parameters
        ----------
        by : {"entity"}, optional
            Count the quotations of each entity. By default, list them.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        weight : {"copies"}, optional
            Count each story once: an article that is one of n copies in this corpus, as
            :meth:`copies` finds them by default, counts 1/n. Counts are then floats. By
            default, each article counts once. It is for ``by="entity"``.
        kind : str or list of str, default ("direct", "mixed", "indirect")
            How the words are quoted: ``"direct"``, in quotation marks alone;
            ``"mixed"``, in the writer's words with quotation marks inside;
            ``"indirect"``, in the writer's words.
        fields : str or list of str, optional
            Fields of the articles to add as the last columns, such as ``"date"`` or one
            of your own.
        progress : bool, callable or tqdm, default False
            Show a progress bar if the work takes longer than 0.4 seconds; or call a
            function with the stage, the number of articles done and that of all (None
            if unknown), at most ten times a second and once at the end; or update a bar
            of tqdm, or one of that class.

        Returns
        -------
        Table
            One row per quotation, in the order of the text: article, zone, sentence
            (numbered within the article, over all its zones), start, end, text, kind,
            speaker, speaker_start, speaker_end, entity, cue, cue_start, cue_end.

            ``text`` is what is said, with its marks; a quotation that is interrupted
            (``"Yes," she said, "but …"``) has a row for each part. ``speaker`` are the
            words for the source, and ``entity`` is the name of the person or
            organisation that they lead to: *he* and *the minister* lead to somebody
            before. ``cue`` are the words that attribute. Each is None where the text
            does not say it. The requested ``fields`` follow. Words in marks that nobody
            is said to have used, such as titles, are not listed, unless they are a
            statement of six words or more.

            With ``by="entity"``, one row per entity that is quoted, by descending
            number of quotations: entity, label, quotes, direct, mixed, indirect,
            articles; the metadata count the quotations ``without_entity``.

        Raises
        ------
        ConfigError
            A zone or a kind does not exist.

        See Also
        --------
        mentions : Who is named.

        Notes
        -----
        Cues are five hundred verbs and phrases with their frames (*said that*, *called
        for*, *according to*, a colon, a dash before a name). What is said inside the
        words of another is not listed again. ``docs/quotes.md`` has the rules and how
        often they are right. Entities are found first; the quotations themselves take
        about a third of a microsecond per token.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(['"We will rebuild," Ana Reis said. The mayor said that the roof was safe.'])
        >>> quotes = corpus.quotes()
        >>> list(zip(quotes["kind"], quotes["text"], quotes["entity"]))
        [('direct', '"We will rebuild,"', 'Ana Reis'), ('indirect', 'that the roof was safe', 'Ana Reis')]

        What two sides are quoted with is compared in a corpus of the quotations:

        >>> said = ng.Corpus({"text": quotes["text"], "kind": quotes["kind"]}, layout="plain")
        >>> said.keyness(said.where(kind="direct"), n=2)["term"]
        ['rebuild', 'we']
        """
        _options.choice("by", by, ["entity"], optional=True)
        kinds = _options.names("kind", kind)
        if not kinds:
            raise ConfigError("no kind is named; expected at least one", kind="bad_option", field="kind")
        names, beside = _options.zone_names(zones), _options.some_names("fields", fields)
        weighted = _options.weighted(weight)
        if weighted and by is None:
            raise ConfigError('weight="copies" is for counts; expected by="entity"', kind="bad_option", field="weight")
        if beside and by is not None:
            raise ConfigError(
                f"fields={beside} are those of articles, and a row of by={by!r} has many; expected none",
                kind="bad_option",
                field="fields",
            )
        table = watched(
            progress,
            len(self),
            lambda tell: Table(self._core.quotes(by == "entity", names, kinds, None, weighted, self._threads, tell)),
        )
        return self._beside(table, beside)
