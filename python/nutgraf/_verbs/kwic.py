"""The verb that shows words in their context."""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Fold, Zones
from nutgraf._verbs._base import Verbs, zone_names
from nutgraf.table import Table


class KwicVerbs(Verbs):
    """Words in their context."""

    __slots__ = ()

    def kwic(
        self,
        query: str | Sequence[str],
        window: int = 8,
        *,
        regex: bool = False,
        fold: Fold = "lower",
        sort: str | Sequence[str] = "position",
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
    ) -> Table:
        r"""Places where words stand, each with what stands around it: a concordance, keyword in context.

        Parameters
        ----------
        query : str or list of str
            A word or a phrase; of a list, any matches. In a word ``*`` stands for any letters or none and ``?`` for one:
            ``"govern*"``, ``"*ism"``, ``"un?ed"``. A ``*`` alone is any word: ``"prime * said"``. ``\*`` and ``\?`` are the
            marks themselves.
        window : int, default 8
            How many tokens are shown on each side, punctuation included, up to 1,000.
        regex : bool, default False
            Read the query as regular expressions, with spaces between: each must match a whole token, as in ``r"\d+ (dead|killed)"``.
            The syntax is that of Rust's regex crate, which has neither look-around nor back-references, and takes linear time.
        fold : {"lower", "casefold", None}, default "lower"
            How case is folded in query and text; with None capitals must match.
        sort : str or list of str, default "position"
            What rows are sorted by: ``"position"``, ``"match"``, ``"left1"`` (the first word on the left), ``"right2"`` and so on, or
            several of these in turn. ``"left"`` and ``"right"`` stand for the eight nearest words, nearest first. Words are
            compared by the bytes of their folded form, punctuation is left aside, and none comes before any. Equals
            stand by position.
        n : int, optional
            How many rows, the first in this order; all by default.
        zones
            As in :meth:`terms`.

        Returns
        -------
        Table
            article, zone, start, end, left, match, right. ``article[start:end] == match``, white space within included; left and right
            have a space wherever the text has white space. ``metadata["matches"]`` is how many there are in all.

        Raises
        ------
        ConfigError
            A query without a word, a regular expression that is none, or an order that is not there.

        Notes
        -----
        The query is held against tokens, as :meth:`tokens` shows them: *city's* is two, and punctuation is one. *Mr.* is found
        whether its stop is its own token or not. The words of a phrase follow each
        other in one sentence, with nothing between; the context goes across sentences, and ends with the zone (of the body, the
        paragraph). Matches may overlap; the same span is one row.

        The first call lists the places of all tokens, and all selections of the corpus share the list, four bytes a token. A word is
        then looked up, a wildcard is searched among the distinct tokens, and a regular expression is tried on each of them. Cost: a pass
        over the tokens once; later some microseconds for the query, some milliseconds where it is a regular expression, and about one
        microsecond a row.

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
        _options.choice("fold", fold, ["lower", "casefold", None])
        concordance = {
            "regex": _options.truth("regex", regex),
            "fold": fold,
            "window": _options.up_to("window", window, 0, 1000),
            "sort": _options.names("sort", sort),
            "n": None if n is None else _options.at_least("n", n, 1),
        }
        queries = _options.names("query", query)
        return Table(self._core.kwic(queries, zone_names(zones), concordance, self._threads))
