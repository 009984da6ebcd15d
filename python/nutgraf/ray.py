"""Verbs and states over Ray datasets.

>>> import nutgraf.ray  # doctest: +SKIP
>>> dataset = ray.data.read_parquet("news/")  # doctest: +SKIP
>>> nutgraf.ray.state(dataset, "terms", "entities", by="day", id="id")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from nutgraf import _engines
from nutgraf.state import State

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

__all__ = ["rows", "state"]


def rows(
    dataset: Dataset,
    verb: str,
    *,
    text: str = "text",
    id: str,
    date: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    errors: Literal["raise", "skip"] = "raise",
    **options: Any,
) -> Dataset:
    """Compute a verb that gives rows per article, batch by batch.

    Parameters
    ----------
    dataset : ray.data.Dataset
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
    ray.data.Dataset
        The table of the verb. Nothing is computed yet. Names are joined within each
        block of the dataset: for entities across all articles use :func:`state`.

    Raises
    ------
    ConfigError
        The verb needs all articles at once.
    """
    roles = {"text": text, "id": id, "date": date, "headline": headline, "byline": byline, "errors": errors}
    _engines.expect_verb(verb, roles)

    def table(piece: pa.Table) -> pa.Table:
        return _engines.arrow(_engines.rows(piece, verb, roles, options))

    made: Dataset = dataset.map_batches(table, batch_format="pyarrow", batch_size=None)
    return made


def state(
    dataset: Dataset,
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
    dataset : ray.data.Dataset
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
    RayTaskError
        An article is bad: Ray reports the ``ParseError`` of the worker.
    """
    roles = {"text": text, "id": id, "date": date, "headline": headline, "byline": byline, "errors": errors}

    def partial(piece: pa.Table) -> dict[str, list[bytes]]:
        return {"state": [_engines.partial(piece, kinds, roles, options)] if len(piece) else []}

    def merged(piece: pa.Table) -> dict[str, list[bytes]]:
        return {"state": [_engines.merged(piece.column("state").to_pylist())] if len(piece) else []}

    states = dataset.map_batches(partial, batch_format="pyarrow", batch_size=None).materialize()
    parts = states.count()
    while parts > _engines.FAN_IN:
        parts = -(-parts // _engines.FAN_IN)
        states = states.repartition(parts).map_batches(merged, batch_format="pyarrow", batch_size=None)
    return State.merge([State.from_bytes(row["state"]) for row in states.take_all()])
