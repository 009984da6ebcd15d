"""Verbs that rank phrases."""

from __future__ import annotations

from typing import Literal, TypeAlias

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, By, Stopwords, Zones
from nutgraf._verbs._base import Verbs, zone_names
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


class KeywordVerbs(Verbs):
    """What each story is about."""

    __slots__ = ()

    def keywords(
        self,
        n: int = 10,
        method: Method = "news",
        *,
        by: By = None,
        zones: Zones = DEFAULT_ZONES,
        stopwords: Stopwords = "english",
        max_words: int | None = None,
        window: int | None = None,
        damping: float = 0.85,
        overlap: bool | None = None,
        single_words: float = 1.0,
    ) -> Table:
        """Keyphrases: what each story, or each group of stories, is about.

        Parameters
        ----------
        n : int, default 10
            How many phrases, at most, an article or group.
        method : {"news", "yake", "rake", "textrank", "positionrank", "topicrank", "tfidf", "firstphrases"}, default "news"
            How phrases are ranked. ``news`` takes noun phrases and whole names by how often the story returns to them,
            how early, and how much their words say by themselves. The others are those of the literature; see Notes.
        by : str or list of str, optional
            Groups of articles to rank together: fields, periods of the date ("day", "week", "month", "quarter", "year"), or
            "zone". In a group every article has the same weight.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            Which zones.
        stopwords : "english" or collection of str or None, default "english"
            Words that no phrase is made of; with ``yake``, words that no phrase begins or ends with.
        max_words : int, optional
            The most words a phrase has. By default 4 with ``news`` and ``firstphrases`` (names stay whole), 3 with ``yake``,
            ``tfidf`` and ``positionrank``, and no limit with ``rake``, ``textrank`` and ``topicrank``.
        window : int, optional
            How far apart neighbours may stand: in the graphs of ``textrank`` (default 2) and ``positionrank`` (10), and in the
            contexts of ``yake`` (1).
        damping : float, default 0.85
            The share of a node's rank that goes on to its neighbours, in the methods with a graph; at least 0, below 1.
        overlap : bool, optional
            Whether phrases that say the same may stand together: one within the other, or its plural (with ``yake``: more
            than nine tenths alike by edit distance). By default only where the method has no such rule, so not with
            ``news`` and ``yake``.
        single_words : float, default 1.0
            What a phrase of one word weighs beside longer ones, with ``news``: 0 leaves them out, 2 prefers them.

        Returns
        -------
        Table
            article (with ``by``: the groups in its place), rank (from 1), phrase (as the text spells it), score, count (how
            often it stands in the article or group). Articles are in their order, groups in that of their names; phrases
            from the best on, equals in the order of bytes. High scores are best, except with ``yake`` for articles. The score
            in a group is the sum, over its articles, of the phrase's score in proportion to the article's best.

        Raises
        ------
        ConfigError
            An option that is out of range, or a method that is not there; the message lists those that are.

        Notes
        -----
        An article's phrases do not depend on the other articles, except with ``tfidf``, whose document frequencies are those
        of this corpus.

        - ``yake``: Campos et al. 2020. Words by casing, position, frequency, spread and neighbours.
        - ``rake``: Rose et al. 2010. Phrases between stop words, by degree over frequency of their words.
        - ``textrank``: Mihalcea & Tarau 2004. PageRank of nouns and adjectives that stand side by side.
        - ``positionrank``: Florescu & Caragea 2017. The same, started at words that stand early.
        - ``topicrank``: Bougouin et al. 2013. PageRank of clusters of phrases that share words.
        - ``tfidf``: Spärck Jones 1972. Count times ``ln((1 + N) / (1 + d)) + 1``.
        - ``firstphrases``: the first noun phrases of the text.

        Time is linear in the text, except with ``topicrank``, which reads no more than the first thousand phrases of an
        article. The page on keywords has formulas, speed, and accuracy beside other tools.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus([
        ...     "The flood reached Lisbon on Monday. Mayor Ana Reis closed the harbour. The flood is the worst flood in "
        ...     "fifty years, Ms Reis said, and the harbour bridge is damaged."
        ... ])
        >>> corpus.keywords(n=3)["phrase"]
        ['flood', 'harbour', 'Ana Reis']
        """
        _options.choice("method", method, METHODS)
        ranking = {
            "n": _options.at_least("n", n, 0),
            "method": method,
            "language": stopwords if isinstance(stopwords, str) else None,
            "stopwords": None if isinstance(stopwords, str) else _options.names("stopwords", stopwords),
            "max_words": None if max_words is None else _options.at_least("max_words", max_words, 1),
            "window": None if window is None else _options.at_least("window", window, 1),
            "damping": _options.between("damping", damping, 0.0, 1.0),
            "overlap": _truth("overlap", overlap),
            "single_words": _options.between("single_words", single_words, 0.0, 1e6),
        }
        return Table(self._core.keywords(_options.names("by", by), zone_names(zones), ranking, self._threads))


def _truth(name: str, value: object) -> bool | None:
    """Take a truth value, or None for the method's own."""
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{name} takes True, False or None; {value!r} is of type {type(value).__name__}")
    return value
