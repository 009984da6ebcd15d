"""The verb that shows words in their context."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Fold, Zones
from nutgraf._verbs._base import Verbs
from nutgraf.errors import ConfigError
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
        query: str | Sequence[str] | None = None,
        *,
        n: int | None = None,
        zones: Zones = DEFAULT_ZONES,
        entity: str | Sequence[str] | None = None,
        fold: Fold = "lower",
        regex: bool = False,
        window: int | Literal["sentence"] = 8,
        sort: str | Sequence[str] = "position",
        fields: str | Sequence[str] | None = None,
    ) -> Table:
        r"""Show each occurrence of a word, a phrase or an entity in its context.

        The result is a concordance.

        Parameters
        ----------
        query : str or list of str, optional
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
        entity : str or list of str, optional
            Instead of a query: the name of an entity, as in the column ``entity`` of
            :meth:`entities`, or a list of names. Its mentions are shown, however they
            are spelt.
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
        fields : str or list of str, optional
            Fields of the articles to add as the last columns, such as ``"date"`` or one
            of your own.

        Returns
        -------
        Table
            article, zone, start, end, left, match, right. ``article[start:end] ==
            match``, including white space within the match; left and right have one
            space wherever the text has white space. ``metadata["matches"]`` is the
            number of all matches. Then the requested fields.

        Warns
        -----
        UserWarning
            Nothing matches a query with commas, which may have been meant as a list.

        Raises
        ------
        ConfigError
            The query contains no word, a regular expression is invalid, or the sort
            order does not exist. A name is only an alias of an entity. There are both a
            query and an entity.
        TypeError
            There is neither a query nor an entity.

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
        >>> merkel = ng.Corpus(["Angela Merkel spoke. Then Merkel left."])
        >>> merkel.kwic(entity="Angela Merkel")["match"]
        ['Angela Merkel', 'Merkel']
        """
        meant = None if entity is None else _options.names("entity", entity)
        if meant is not None and query is not None:
            raise ConfigError(
                "kwic() takes a query or an entity; for an entity beside a word, select articles with where(entity=…)",
                kind="bad_option",
                field="entity",
            )
        if meant is None and query is None:
            raise TypeError('kwic() needs a query or an entity: kwic("climat*"), kwic(entity="Angela Merkel")')
        _options.choice("fold", fold, ["lower", "casefold"], optional=True)
        concordance: _Concordance = {
            "regex": _options.truth("regex", regex),
            "fold": fold,
            "window": None if window == "sentence" else _options.up_to("window", window, 0, 1000),
            "sort": _options.names("sort", sort),
            "n": _options.maybe_at_least("n", n, 1),
        }
        beside = _options.some_names("fields", fields)
        if meant is not None:
            return self._beside(self._of_entity(meant, _options.zone_names(zones), concordance), beside)
        queries = _options.names("query", "" if query is None else query)
        table = Table(self._core.kwic(queries, _options.zone_names(zones), concordance, self._threads))
        if not regex and table.metadata["matches"] == "0":
            for words in queries:
                _explain_commas(words)
        return self._beside(table, beside)

    def _of_entity(self, names: list[str], zones: list[str], concordance: _Concordance) -> Table:
        """Show the occurrences of the spellings of entities that mean them."""
        named = self._core.naming(names, zones, self._threads)
        # Who is who is known for the whole corpus.
        mentions = Table(self._core.mentions(zones, [], True, None, None, self._threads, None))
        rows = [row for row in mentions if row["entity"] in names or row["entity_id"] in names]
        spellings = {_WILDCARD.sub(r"\\\g<0>", spelling) for row in rows for spelling in self._spellings(row)}
        meant = {(row["article"], row["zone"], row["start"]): row["end"] for row in rows}
        exact: _Concordance = {**concordance, "fold": None, "n": None}
        # Marks inside a name, as in *S.&P.*, are perhaps read in another way in a query.
        for queries in spellings, spellings | {_MARKS.sub("*", row["text"]) for row in rows}:
            table = Table(named.kwic(sorted(queries) or names, zones, exact, self._threads))
            found = [at for at, row in enumerate(table) if _is_meant(row, meant)]
            if len(found) >= len(meant):
                break
        if len(found) < len(meant):
            warnings.warn(
                f"{len(meant) - len(found)} of {len(meant)} mentions are written in a way that a query does not find; "
                "mentions() has them",
                UserWarning,
                stacklevel=4,
            )
        limit = concordance["n"]
        chosen = table._table.take(found[:limit])
        return Table(chosen.with_fact("matches", str(len(found))))

    def _spellings(self, mention: dict[str, Any]) -> list[str]:
        """Return the words of a mention; the last may continue: *Merkel-led*."""
        words = " ".join(mention["text"].split())
        strings = self._core.text(self._core.position(mention["article"]) or 0) or ()
        start, end = mention["start"], mention["end"]
        after = next((text[end : end + 80] for text in strings if text[start:end] == mention["text"]), "")
        rest = _REST.match(after)
        return [words + rest[0]] if rest else [words]


_WILDCARD = re.compile(r"[*?\\]")
_MARKS = re.compile(r"[^\w\s]+")
# What can continue the last word of a mention.
_REST = re.compile(r"[-\u2010\u2011]\w[\w-]*")


def _is_meant(row: dict[str, Any], meant: dict[tuple[Any, ...], int]) -> bool:
    """Whether an occurrence is one of the mentions, which end at these places."""
    end = meant.get((row["article"], row["zone"], row["start"]))
    if end is None or end > row["end"]:
        return False
    return end == row["end"] or _REST.match(row["match"][end - row["start"] :]) is not None


def _explain_commas(query: str) -> None:
    """Warn that a query with commas is one phrase, though perhaps meant as a list."""
    words = [word.strip() for word in query.split(",") if word.strip()]
    if len(words) > 1:
        warnings.warn(
            f"no match for {query!r}: it is one phrase, with its commas; expected a list for words any of which may "
            f"match, as in {words!r}",
            UserWarning,
            stacklevel=4,
        )
