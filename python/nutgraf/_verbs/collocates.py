"""The verb that finds the words around a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Fold, Stem, Stopwords, Zones
from nutgraf._verbs._base import Verbs
from nutgraf._verbs.collocations import AssociationMeasure
from nutgraf.table import Table


class _Collocating(TypedDict):
    regex: bool
    window: int
    measures: list[str]
    sort: str | None
    n: int | None


class CollocateVerbs(Verbs):
    """Which words occur around a word."""

    __slots__ = ()

    def collocates(
        self,
        node: str | Sequence[str],
        *,
        by: By = None,
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        stopwords: Stopwords = None,
        stem: Stem = None,
        regex: bool = False,
        min_count: int = 1,
        min_articles: int = 1,
        window: int = 5,
        measures: AssociationMeasure | Sequence[AssociationMeasure] = ("log_likelihood", "npmi"),
        sort: str | None = None,
    ) -> Table:
        """Find the words that occur around a word or phrase more often than elsewhere.

        Parameters
        ----------
        node : str or list of str
            A word or a phrase, or a list of these, with wildcards as in the query of
            :meth:`kwic`.
        by : str or list of str, optional
            Groups to count by: fields, periods of the date (``"day"``, ``"week"``,
            ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. By default, all
            articles form one group.
        n : int, optional
            Maximum number of rows (of each group), the first in the order of the table.
            By default, all rows.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
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
            case. The node is not stemmed.
        regex : bool, default False
            Read the node as regular expressions, separated by spaces, each of which
            must match a whole token.
        min_count : int, default 1
            Ignore words that occur less often around the node (in each group). They
            still count towards the margins.
        min_articles : int, default 1
            Ignore words that occur around the node in fewer articles (of each group).
            They still count towards the margins.
        window : int, default 5
            Maximum distance from the node, in words, on either side, within the
            sentence; at most 100. Punctuation does not count; stop words do, although
            they have no row.
        measures : str or list of str, default ("log_likelihood", "npmi")
            The association measures to compute, one column each, as in
            :meth:`collocations`; see Notes.
        sort : str, optional
            The column to sort by, in decreasing order; ``"term"`` sorts by bytes. By
            default, the first measure. ``log_likelihood`` and ``chi2`` have no sign;
            words that occur around the node less often than expected come last.

        Returns
        -------
        Table
            The group columns, then term, count (around the node), left, right (of the
            node), and one column per measure, in the order given. Groups are sorted by
            name; ties by bytes. ``metadata`` contains matches (of the node) and N (the
            number of all words counted, without those of the node).

        Raises
        ------
        ConfigError
            The node contains no word, a regular expression is invalid, a measure or
            column does not exist, or an option is out of range.

        See Also
        --------
        kwic : The occurrences themselves.
        collocations : The pairs of all words.

        Notes
        -----
        A word of the text is near the node if it is at most ``window`` words away from
        a match, in the same sentence. Each word counts once: if it is near two matches,
        it belongs to the nearer one, or to the one before it if both are equally near.
        Words within a match are not counted at all.

        So O words near the node are the collocate, R words are near the node, the
        collocate occurs C times and there are N words in all, near the node or not: a
        two-by-two table of words (surface cooccurrence; Evert 2008). The formulas are
        those of :meth:`collocations`. The words of ``stopwords`` are not among N.

        Cost: one count of all words, one look-up of the node, and a few nanoseconds per
        word near it.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Heavy rain fell. Heavy rain stopped play.", "The sun shone. Play went on."])
        >>> corpus.collocates("rain", window=1, measures=["log_dice"])
        term     count  left  right  log_dice
        heavy        2     2      0     13.42
        fell         1     0      1     12.68
        stopped      1     0      1     12.68
        """
        collocating: _Collocating = {
            "regex": _options.truth("regex", regex),
            "window": _options.up_to("window", window, 1, 100),
            "measures": _options.names("measures", measures),
            "sort": _options.maybe_name("sort", sort),
            "n": _options.maybe_at_least("n", n, 1),
        }
        counting = _options.counting(
            fold=fold, stopwords=stopwords, stem=stem, min_count=min_count, min_articles=min_articles
        )
        names, groups, queries = _options.zone_names(zones), _options.some_names("by", by), _options.names("node", node)
        return Table(self._core.collocates(queries, groups, names, counting, collocating, self._threads))
