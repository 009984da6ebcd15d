"""Expressions of time in texts, for people who bring their own pipeline."""

from __future__ import annotations

import datetime
from typing import Any

from nutgraf import _intake, _options
from nutgraf.corpus import Corpus
from nutgraf.errors import ConfigError
from nutgraf.table import Table

__all__ = ["find_dates"]


def find_dates(texts: Any, reference: Any = None, *, threads: int | None = None) -> Table:
    """Find every expression of time in texts, with its value.

    Parameters
    ----------
    texts : list, tuple, array or Series of str
        Each text is read as a whole: no zones are found in it.
    reference : str, datetime.date or list of them, optional
        The date of each text, on which its expressions are anchored, or one date for
        all texts. A missing one, like no reference at all, leaves a text without an
        anchor: "Tuesday" is then ``XXXX-WXX-2``.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Returns
    -------
    Table
        The columns of :meth:`Corpus.dates`; ``article`` is the position of the text, or
        the index of a pandas Series.

    Raises
    ------
    ParseError
        A text is missing or not a str, or a reference is not a date; the message says
        which.
    ConfigError
        There are not as many references as texts.
    TypeError
        The argument contains no texts, such as a single string.

    See Also
    --------
    Corpus.dates : The same for a corpus, with all conventions.

    Examples
    --------
    >>> import nutgraf as ng
    >>> table = ng.find_dates(["The match is on Friday.", "It rained in early 2018."], "2019-01-08")
    >>> table["value"], table["mod"]
    (['2019-01-11', '2018'], [None, 'START'])
    """
    threads = _options.maybe_at_least("threads", threads, 1)
    read, ids = _intake.texts(texts)
    columns: dict[str, list[Any]] = {"text": read}
    if reference is not None:
        columns["date"] = _references(reference, len(read))
    if ids is not None:
        columns["id"] = ids
    corpus = Corpus(columns, id=False if ids is None else "id", layout="plain", threads=threads)
    return corpus.dates(zones="all")


def _references(reference: Any, count: int) -> list[Any]:
    """Return one date per text."""
    if isinstance(reference, (str, datetime.date)):
        return [reference] * count
    if not hasattr(reference, "__iter__"):
        raise _options.wrong_type("reference", "a date or a list of dates, one per text", reference)
    references = _intake.listed(reference, "reference")
    if len(references) != count:
        raise ConfigError(
            f"there are {count} texts and {len(references)} references; expected one date, or one per text",
            kind="bad_option",
            field="reference",
        )
    return references
