"""Verbs and states over Spark data frames, with Spark Connect or without.

>>> import nutgraf.spark  # doctest: +SKIP
>>> nutgraf.spark.state(frame, "terms", "entities", by="day", id="id")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from nutgraf import _engines
from nutgraf.state import State

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["rows", "state"]


def rows(
    frame: DataFrame,
    verb: str,
    *,
    text: str = "text",
    id: str,
    date: str | None = None,
    headline: str | None = None,
    byline: str | None = None,
    errors: Literal["raise", "skip"] = "raise",
    **options: Any,
) -> DataFrame:
    """Compute a verb that gives rows per article, batch by batch.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
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
    pyspark.sql.DataFrame
        The table of the verb. Nothing is computed yet. Names are joined within each
        Arrow batch of Spark: for entities across all articles use :func:`state`.

    Raises
    ------
    ConfigError
        The verb needs all articles at once.
    """
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    roles = {"text": text, "id": id, "date": date, "headline": headline, "byline": byline, "errors": errors}
    _engines.expect_verb(verb, roles)
    columns = to_arrow_schema(frame.schema)
    schema = _engines.arrow(_engines.rows(columns.empty_table(), verb, roles, options)).schema

    def batches(pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for piece in pieces:
            made = _engines.rows(pa.Table.from_batches([piece]), verb, roles, options)
            yield from _engines.arrow(made).cast(schema).to_batches()

    return frame.mapInArrow(batches, from_arrow_schema(schema))


def state(
    frame: DataFrame,
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
    frame : pyspark.sql.DataFrame
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
    PythonException
        An article is bad: Spark reports the ``ParseError`` of the worker.
    """
    roles = {"text": text, "id": id, "date": date, "headline": headline, "byline": byline, "errors": errors}

    def partial(pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow

        yield from _in_batch(
            _engines.partial(pyarrow.Table.from_batches([piece]), kinds, roles, options) for piece in pieces
        )

    def merged(pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from _in_batch(state for piece in pieces for state in piece.column(0).to_pylist())

    states = frame.mapInArrow(partial, "state binary")
    parts = _partitions(frame)
    while parts > _engines.FAN_IN:
        parts = -(-parts // _engines.FAN_IN)
        states = states.repartition(parts).mapInArrow(merged, "state binary")
    return State.merge([State.from_bytes(bytes(row[0])) for row in states.collect()])


def _partitions(frame: DataFrame) -> int:
    """Count the partitions; where they are unknown, assume two levels of the tree."""
    try:
        return int(frame.rdd.getNumPartitions())
    except Exception as error:  # Spark Connect has a separate error for it
        if type(error).__module__.startswith("pyspark"):
            return _engines.FAN_IN**2
        raise


def _in_batch(states: Iterable[bytes]) -> Iterator[pa.RecordBatch]:
    """Add up states, and yield the sum as a batch of one row, or nothing."""
    import pyarrow

    listed = list(states)
    if listed:
        yield pyarrow.record_batch({"state": pyarrow.array([_engines.merged(listed)], pyarrow.binary())})
