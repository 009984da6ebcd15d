"""The verb that shows words in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Fold, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.table import Table


class _Concordance(TypedDict):
    regex: bool
    fold: Fold
    window: int | None
    sort: list[str]
    n: int | None


class KwicVerbs(Verbs):
    """Words in their context."""

    __slots__ = ()

    def kwic(
        self,
        query: str | Sequence[str],
        *,
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
        fold: Fold = "lower",
        regex: bool = False,
        window: int | Literal["sentence"] = 8,
        sort: str | Sequence[str] = "position",
    ) -> Table:
        r"""Show each occurrence of a word or phrase in its context (a concordance).

        Parameters
        ----------
        query : str or list of str
            A word or a phrase, or a list of these, any of which may match. In a word,
            ``*`` matches any number of letters and ``?`` matches one letter:
            ``"govern*"``, ``"*ism"``, ``"un?ed"``. A ``*`` alone matches any word:
            ``"prime * said"``. ``\*`` and ``\?`` match the characters themselves.
        n : int, optional
            Maximum number of rows, the first in the order of ``sort``. By default, all
            rows.
        zones : {"all"} or zone name or list of zone names, default ("headline", "body")
            The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
            ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
        fold : {"lower", "casefold", None}, default "lower"
            How to fold case in query and text: to lower case, by Unicode case folding,
            or not at all (None), so that capitals must match.
        regex : bool, default False
            Read the query as regular expressions, separated by spaces. Each must match
            a whole token, as in ``r"\d+ (dead|killed)"``. The syntax is that of Rust's
            regex crate, which runs in linear time and supports neither look-around nor
            back-references.
        window : int or "sentence", default 8
            Number of tokens to show on each side, including punctuation; at most 1,000.
            ``"sentence"`` shows the sentence of the match.
        sort : str or list of str, default "position"
            The sort order: ``"position"``, ``"match"``, ``"left1"`` (the first word on
            the left), ``"right2"`` and so on, or a list of these. ``"left"`` and
            ``"right"`` mean the eight nearest words, the nearest first. Words are
            compared by the bytes of their folded form; punctuation is ignored; a
            missing word sorts before any word. Ties are in the order of position.

        Returns
        -------
        Table
            article, zone, start, end, left, match, right. ``article[start:end] ==
            match``, including white space within the match; left and right have one
            space wherever the text has white space. ``metadata["matches"]`` is the
            number of all matches.

        Raises
        ------
        ConfigError
            The query contains no word, a regular expression is invalid, or the sort
            order does not exist.

        Notes
        -----
        The query is matched against tokens, as :meth:`tokens` shows them: *city's* is
        two tokens, and punctuation is a token. *Mr.* is found whether or not its full
        stop is a separate token. The words of a phrase must follow each other directly,
        in one sentence. The context can cross sentences and ends with the zone (in the
        body, with the paragraph). Matches may overlap; the same span yields one row.

        The first call builds a list of the positions of all tokens, which all
        selections of the corpus share; it takes four bytes per token. A word is then
        looked up, a wildcard is matched against the distinct tokens, and so is a
        regular expression. Cost: one pass over the tokens at the first call; after
        that, microseconds for the query (milliseconds for a regular expression) and
        about one microsecond per row.

        Examples
        --------
        >>> import nutgraf as ng
        >>> corpus = ng.Corpus(["Rain fell on Lisbon. The river rose.", "Heavy rains ended the drought."])
        >>> corpus.kwic("rain*", window=3)
        article  zone  start  end  left   match  right
              0  body      0    4         Rain   fell on Lisbon
              1  body      6   11  Heavy  rains  ended the drought
        >>> corpus.kwic(r"the (river|drought)", regex=True, sort="right")["match"]
        ['the drought', 'The river']
        """
        _options.choice("fold", fold, ["lower", "casefold"], optional=True)
        concordance: _Concordance = {
            "regex": _options.truth("regex", regex),
            "fold": fold,
            "window": None if window == "sentence" else _options.up_to("window", window, 0, 1000),
            "sort": _options.names("sort", sort),
            "n": _options.maybe_at_least("n", n, 1),
        }
        queries = _options.names("query", query)
        return Table(self._core.kwic(queries, _options.zone_names(zones), concordance, self._threads))
