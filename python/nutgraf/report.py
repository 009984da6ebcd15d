"""The account of the input: which records became articles, and which were skipped."""

from __future__ import annotations

from nutgraf import _core
from nutgraf.table import Table

__all__ = ["Report"]


class Report:
    """What happened to each input record: ``n_in == n_ok + n_failed``, always.

    Attributes
    ----------
    n_in : int
        Number of records found, including broken lines and rows.
    n_ok : int
        Number of records that became articles.
    n_failed : int
        Number of records skipped.
    failures : Table
        One row per skipped record: article (its position), source, line, field, byte,
        kind, message.
    notes : Table
        The same columns, for what was repaired or decided, such as a record that was
        not UTF-8, ids that repeat and are not used, or dates that are missing.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.Corpus(["date 2019-01-08 Fine.", "date 2019-02-30 Not fine."], errors="skip")
    >>> corpus.report
    Report(n_in=2, n_ok=1, n_failed=1)
    >>> corpus.report.failures["message"]
    ['article 1, field "date", byte 5: "2019-02-30" is not a day of the calendar; expected an ISO date such as 2019-01-08']
    """

    __slots__ = ("failures", "n_failed", "n_in", "n_ok", "notes")

    def __init__(self, core: _core.Corpus) -> None:
        self.n_in, self.n_ok, self.n_failed = core.report()
        self.failures = Table(core.failures())
        self.notes = Table(core.notes())

    def __repr__(self) -> str:
        notes = f", notes={len(self.notes)}" if len(self.notes) else ""
        return f"Report(n_in={self.n_in}, n_ok={self.n_ok}, n_failed={self.n_failed}{notes})"
