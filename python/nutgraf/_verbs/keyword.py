"""The verb that ranks keyphrases."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Stopwords, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table

Method: TypeAlias = Literal["news", "yake", "rake", "textrank", "positionrank", "topicrank", "tfidf", "firstphrases"]

METHODS: tuple[Method, ...] = (
    "news",
    "yake",
    "rake",
    "textrank",
    "positionrank",
    "topicrank",
    "tfidf",
    "firstphrases",
)

Prefer: TypeAlias = Literal["phrases", "words"]

PREFERENCES: tuple[Prefer, ...] = ("phrases", "words")


class _Ranking(TypedDict):
    n: int
    method: str
    language: str | None
    stopwords: list[str] | None
    max_words: int | None
    window: int | None
    damping: float
    overlap: bool | None
    prefer: str
    single_words: float | None


class KeywordVerbs(Verbs):
    """What each story is about."""

    __slots__ = ()

    def keywords(
        self,
        *,
        by: By = None,
        n: int = 10,
        method: Method = "news",
        zones: Zones = DEFAULT_ZONES,
        stopwords: Stopwords = "english",
        window: int | None = None,
        max_words: int | None = None,
        damping: float = 0.85,
        overlap: bool | None = None,
        prefer: Prefer = "phrases",
        single_words: float | None = None,
    ) -> Table:
        """Extract keyphrases: what each story, or each group of stories, is about.

        Parameters
        ----------
        by : str or list of str, optional
            Groups of articles to rank together: fields, periods of the date (``"day"``,
            ``"week"``, ``"month"``, ``"quarter"``, ``"year"``), or ``"zone"``. Every
            article of a group has the same weight. By default, each article is ranked
            separately.
        n : int, default 10
            Maximum number of phrases per article or group.
        method : {"news", "yake", "rake", "textrank", "positionrank", "topicrank", \
"tfidf", "firstphrases"}, default "news"
            How phrases are ranked. ``news`` ranks noun phrases and whole names by how
            often the story returns to them, how early they occur, and how specific
            their words are. The other methods are from the literature; see Notes.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        stopwords : str or collection of str or None, default "english"
            Words that no phrase contains, or with ``yake``, with which no phrase begins
            or ends: the name of a language, or words of your own. Languages: english
            (en), czech (cs), danish (da), dutch (nl), finnish (fi), french (fr), german
            (de), hungarian (hu), italian (it), norwegian (no), polish (pl), portuguese
            (pt), russian (ru), spanish (es), swedish (sv), turkish (tr), ukrainian
            (uk).
        window : int, optional
            Maximum distance between neighbours: in the graphs of ``textrank`` (default
            2) and ``positionrank`` (10), and in the contexts of ``yake`` (1).
        max_words : int, optional
            Maximum number of words in a phrase. By default 4 with ``news`` and
            ``firstphrases`` (names are never cut), 3 with ``yake``, ``tfidf`` and
            ``positionrank``, and no limit with ``rake``, ``textrank`` and
            ``topicrank``.
        damping : float, default 0.85
            The share of a node's rank that is passed on to its neighbours, in methods
            that use a graph; at least 0 and below 1.
        overlap : bool, optional
            Allow phrases that say the same: one contained in the other, or its plural
            (with ``yake``: more than 0.9 similar by edit distance). By default, allowed
            for the methods that have no such rule, so for all but ``news`` and
            ``yake``.
        prefer : {"phrases", "words"}, default "phrases"
            What ``news`` prefers. ``"phrases"``: the entities of the story under their
            full names, and phrases of several words; a single common word only if the
            story returns to it. ``"words"``: single words as much as phrases; names are
            guessed from capitals, and no tagger is needed.
        single_words : float, optional
            Weight of single common words relative to longer phrases, with ``news``: 0
            excludes them. By default 0.5 with ``prefer="phrases"`` (0.05 in technical
            prose) and 1 with ``prefer="words"``.

        Returns
        -------
        Table
            article (or the group columns, with ``by``), rank (from 1), phrase (as
            spelled in the text), score, count (the number of occurrences in the article
            or group). Articles are in order, groups are sorted by name; phrases are
            sorted from best to worst, ties by bytes. Higher scores are better, except
            for articles with ``yake``. The score in a group is the sum, over its
            articles, of the score of the phrase divided by the best score in the
            article.

        Raises
        ------
        ConfigError
            An option is out of range, or the method does not exist; the message lists
            the methods.

        Notes
        -----
        The phrases of an article do not depend on other articles, except with
        ``tfidf``, which uses the document frequencies of this corpus.

        - ``yake``: Campos et al. 2020. Scores words by casing, position, frequency,
          spread and neighbours.
        - ``rake``: Rose et al. 2010. Splits at stop words and scores words by degree
          over frequency.
        - ``textrank``: Mihalcea & Tarau 2004. PageRank on nouns and adjectives that
          occur next to each other.
        - ``positionrank``: Florescu & Caragea 2017. The same, biased towards words that
          occur early.
        - ``topicrank``: Bougouin et al. 2013. PageRank on clusters of phrases that
          share words.
        - ``tfidf``: Spärck Jones 1972. The count times ``ln((1 + N) / (1 + d)) + 1``.
        - ``firstphrases``: the first noun phrases of the text.

        Time is linear in the length of the text, except with ``topicrank``, which reads
        at most the first thousand phrases of an article. ``docs/keywords.md`` has the
        formulas, and compares speed and accuracy with other tools.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus([
        ...     "The flood reached Lisbon on Monday. Mayor Ana Reis closed the harbour. The flood is the worst flood in "
        ...     "fifty years, Ms Reis said, and the harbour bridge is damaged."
        ... ])
        >>> corpus.keywords(n=3)["phrase"]
        ['Ana Reis', 'flood', 'harbour']
        """
        _options.choice("method", method, METHODS)
        _options.choice("prefer", prefer, PREFERENCES)
        ranking: _Ranking = {
            "n": _options.at_least("n", n, 0),
            "method": method,
            "language": _options.one_name("stopwords", stopwords) if isinstance(stopwords, str) else None,
            "stopwords": None if isinstance(stopwords, str) else _options.some_names("stopwords", stopwords),
            "max_words": _options.maybe_at_least("max_words", max_words, 1),
            "window": _options.maybe_at_least("window", window, 1),
            "damping": _options.between("damping", damping, 0.0, 1.0),
            "overlap": _options.maybe_truth("overlap", overlap),
            "prefer": prefer,
            "single_words": None if single_words is None else _options.between("single_words", single_words, 0.0, 1e6),
        }
        groups = _options.some_names("by", by)
        return Table(self._core.keywords(groups, _options.zone_names(zones), ranking, self._threads))
