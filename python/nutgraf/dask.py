"""Verbs and states over Dask data frames.

>>> import nutgraf.dask  # doctest: +SKIP
>>> frame = dask.dataframe.read_parquet("news/*.parquet")  # doctest: +SKIP
>>> nutgraf.dask.state(frame, "terms", "entities", by="day", id="id")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from nutgraf import _engines
from nutgraf.state import State

if TYPE_CHECKING:
    import dask.dataframe as dd

__all__ = ["rows", "state"]


def rows(
    frame: dd.DataFrame,
    verb: str,
    *,
    text: str = "text",
    id: str,
    date: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    errors: Literal["raise", "skip"] = "raise",
    **options: Any,
) -> dd.DataFrame:
    """Compute a verb that gives rows per article, partition by partition.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        The articles, one per row.
    verb : str
        ``"mentions"``, ``"zones"``, ``"articles"``, ``"sentences"``, ``"tokens"``,
        ``"diversity"``, ``"readability"`` or ``"kwic"``.
    text : str, default "text"
        The column (or key) of the texts.
    id : str
        The column of the ids of the articles, which no two articles share.
    date : str, optional
        The column (or key) of the dates of the articles: dates, times, or strings such
        as ``2019-01-08`` or ``Jan. 8, 2019``. By default, a column called ``date``, if
        there is one, else a pandas index of dates.
    headline : str, optional
        The column (or key) of the headlines. By default, a column called ``headline``,
        if there is one.
    byline : str, optional
        The column (or key) of the bylines. By default, a column called ``byline``, if
        there is one.
    errors : {"raise", "skip"}, default "raise"
        Raise an error if an article is bad, or skip bad articles and list them in the
        ``report`` of the corpus.

    Returns
    -------
    dask.dataframe.DataFrame
        The table of the verb, in the partitions of the frame. Nothing is computed yet.
        Names are joined within each partition: for entities across all articles use
        :func:`state`.

    Raises
    ------
    ConfigError
        The verb needs all articles at once.
    """
    roles = {"text": text, "id": id, "date": date, "headline": headline, "byline": byline, "errors": errors}
    _engines.expect_verb(verb, roles)
    meta = _rows(frame._meta, verb, roles, options)
    return frame.map_partitions(_rows, verb, roles, options, meta=meta)


def _rows(piece: Any, verb: str, roles: dict[str, Any], options: dict[str, Any]) -> Any:
    return _engines.arrow(_engines.rows(piece, verb, roles, options)).to_pandas()


def state(
    frame: dd.DataFrame,
    *kinds: _engines.Kind,
    text: str = "text",
    id: str | None = None,
    date: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    errors: Literal["raise", "skip"] = "raise",
    **options: Any,
) -> State:
    """Make the state of all articles, from partial states that are added up in a tree.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        The articles, one per row.
    *kinds : {"terms", "pairs", "entities", "lengths", "dates"}
        What to keep, as in :meth:`nutgraf.Corpus.state`.
    text : str, default "text"
        The column (or key) of the texts.
    id : str or False, optional
        The column (or key) of the ids: values without repeats. They become the column
        ``article`` of every table, so that results join back. By default, a column
        called ``id``, else the index of a pandas object, where no value repeats or is
        missing; else, and for False, the position 0, 1, 2, …
    date : str, optional
        The column (or key) of the dates of the articles: dates, times, or strings such
        as ``2019-01-08`` or ``Jan. 8, 2019``. By default, a column called ``date``, if
        there is one, else a pandas index of dates.
    headline : str, optional
        The column (or key) of the headlines. By default, a column called ``headline``,
        if there is one.
    byline : str, optional
        The column (or key) of the bylines. By default, a column called ``byline``, if
        there is one.
    errors : {"raise", "skip"}, default "raise"
        Raise an error if an article is bad, or skip bad articles and list them in the
        ``report`` of the corpus.

    Returns
    -------
    State
        The state of one process, to the byte.

    Raises
    ------
    ConfigError, ParseError
        As in one process; the first bad article is an error, unless ``errors="skip"``.
    """
    import dask

    roles = {"text": text, "id": id, "date": date, "headline": headline, "byline": byline, "errors": errors}
    partial, merged = dask.delayed(_engines.partial), dask.delayed(_engines.merged)
    states = [partial(piece, kinds, roles, options) for piece in frame.to_delayed()]
    while len(states) > 1:
        states = [merged(states[at : at + _engines.FAN_IN]) for at in range(0, len(states), _engines.FAN_IN)]
    if not states:
        return State.empty()
    (whole,) = dask.compute(states[0])
    return State.from_bytes(whole)
