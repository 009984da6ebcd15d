"""Results: immutable tables that go wherever the user works."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, overload

from nutgraf import _core

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Table"]

_PRINTED_ROWS = 10
_PRINTED_WIDTH = 48


class Table:
    """Named columns of one length; what every verb of a corpus returns.

    A table does not change. It prints itself, here and in notebooks, and hands its rows to whatever is installed:
    pandas, Polars, DuckDB, pyarrow and everything else that reads the Arrow C stream interface.

    Attributes
    ----------
    columns : list of str
        Names of the columns, in order.
    schema : dict of str to str
        The type of each column: ``string``, ``int64``, ``float64``, ``bool``, ``date``, ``timestamp[us]`` or
        ``list[string]``.
    metadata : dict of str to str
        Facts about the table, such as the total behind its shares.

    Examples
    --------
    >>> import nutgraf as ng
    >>> terms = ng.Corpus(["to be or not to be"]).terms()
    >>> terms.columns
    ['term', 'count', 'articles', 'per_million']
    >>> terms["term"]
    ['be', 'to', 'not', 'or']
    >>> terms.head(1)
    term  count  articles    per_million
    be        2         1  333333.333333
    """

    __slots__ = ("_table",)

    def __init__(self, table: _core.Table) -> None:
        if not isinstance(table, _core.Table):
            raise TypeError("tables come from the verbs of a corpus; they are not made by hand")
        self._table = table

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [name for name, _ in self._table.schema()]

    @property
    def schema(self) -> dict[str, str]:
        """The type of each column."""
        return dict(self._table.schema())

    @property
    def metadata(self) -> dict[str, str]:
        """Facts about the table, such as the total behind its shares."""
        return dict(self._table.metadata())

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, which: str) -> list[Any]: ...
    @overload
    def __getitem__(self, which: list[str] | slice) -> Table: ...

    def __getitem__(self, which: str | list[str] | slice) -> list[Any] | Table:
        """Values of a column; or a table of some columns, or of some rows.

        Parameters
        ----------
        which : str, list of str or slice
            The name of a column, the names of several, or rows that follow each other: ``table[10:20]``.

        Returns
        -------
        list or Table
            For one name a value a row, as Python values, ``None`` where one is missing; otherwise a table.

        Raises
        ------
        KeyError
            There is no such column; the message lists those that are.
        TypeError
            What is given is none of these.
        ValueError
            The slice has a step.

        Examples
        --------
        >>> import nutgraf as ng
        >>> terms = ng.Corpus(["to be or not to be"]).terms()
        >>> terms[["count", "term"]][1:3]
        count  term
            2  to
            1  not
        """
        if isinstance(which, slice):
            start, stop, step = which.indices(len(self))
            if step != 1:
                raise ValueError(f"the slice has a step of {step}; expected rows that follow each other")
            return Table(self._table.slice(start, max(start, stop)))
        if isinstance(which, list):
            return Table(self._table.select([self._position(name) for name in which]))
        return self._table.values(self._position(which))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Rows in order, each a dict of column name to value."""
        names = self.columns
        columns = [self._table.values(at) for at in range(len(names))]
        for row in zip(*columns, strict=True):
            yield dict(zip(names, row, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self._state() == other._state()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, self._table.state())

    def _state(self) -> str:
        # By repr, so that NaN equals NaN.
        return repr(self._table.state())

    def _position(self, column: str) -> int:
        if not isinstance(column, str):
            raise TypeError(
                f"a table takes names of columns and slices of rows; {column!r} is of type {type(column).__name__}"
            )
        try:
            return self.columns.index(column)
        except ValueError:
            raise KeyError(f"there is no column {column!r}; there are {', '.join(self.columns)}") from None

    def head(self, n: int = 5) -> Table:
        """First rows.

        Parameters
        ----------
        n : int, default 5
            How many, at most.

        Returns
        -------
        Table
        """
        if isinstance(n, bool) or not hasattr(n, "__index__"):
            raise TypeError(f"n takes a whole number; {n!r} is of type {type(n).__name__}")
        return Table(self._table.slice(0, min(max(int(n.__index__()), 0), len(self))))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Rows in order, each a dict of column name to value.

        Returns
        -------
        list of dict
        """
        return list(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Rows as a pandas DataFrame; needs pandas alone.

        Whole numbers come as ``int64`` (``Int64`` where some are missing), dates as ``datetime64``, strings as pandas'
        own string type or ``object``, lists as ``object``.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        import numpy as np
        import pandas as pd

        data: dict[str, Any] = {}
        for at, (name, kind) in enumerate(self._table.schema()):
            if kind in ("string", "list[string]"):
                values: Any = self._table.values(at)
                data[name] = pd.Series(values, dtype=object if kind == "list[string]" or not values else None)
                if kind == "string" and not values:
                    data[name] = data[name].astype(str)
                continue
            buffer, valid = self._table.buffer(at)
            missing = None if valid is None else ~np.frombuffer(valid, dtype=bool)
            dtype = {"int64": "int64", "float64": "float64", "bool": "bool"}.get(kind, "datetime64[us]")
            column = pd.Series(np.frombuffer(buffer, dtype=dtype))
            if missing is not None and kind in ("int64", "bool"):
                column = column.astype("Int64" if kind == "int64" else "boolean")
            if missing is not None:
                column[missing] = None
            data[name] = column
        return pd.DataFrame(data, columns=self.columns)

    def to_polars(self) -> polars.DataFrame:
        """Rows as a Polars DataFrame, handed over as Arrow.

        Returns
        -------
        polars.DataFrame

        Raises
        ------
        ImportError
            Polars is not installed.
        """
        import polars as pl

        return pl.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """Rows as a pyarrow Table.

        Returns
        -------
        pyarrow.Table

        Raises
        ------
        ImportError
            pyarrow is not installed.
        """
        import pyarrow as pa

        return pa.table(self)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows through the Arrow C stream interface."""
        return self._table.__arrow_c_stream__(requested_schema)

    def text(self, rows: int | None = None) -> str:
        """Rows as plain text in aligned columns.

        Parameters
        ----------
        rows : int, optional
            How many, at most; all by default.

        Returns
        -------
        str
        """
        header, cells = self._printed(len(self) if rows is None else min(max(rows, 0), len(self)))
        numeric = [kind in ("int64", "float64") for kind in self.schema.values()]
        widths = [max(len(cell) for cell in column) for column in zip(header, *cells, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(row, widths, numeric, strict=True)
            ).rstrip()
            for row in [header, *cells]
        )

    def __repr__(self) -> str:
        return "\n".join([self.text(_PRINTED_ROWS), *self._more()])

    def _repr_html_(self) -> str:
        header, rows = self._printed(_PRINTED_ROWS)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in header)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        more = "".join(f"<p>{html.escape(line)}</p>" for line in self._more())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _printed(self, rows: int) -> tuple[list[str], list[list[str]]]:
        kinds = list(self.schema.values())
        cells = [[_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in self._table.shown(rows)]
        return self.columns, cells

    def _more(self) -> list[str]:
        hidden = len(self) - _PRINTED_ROWS
        return [f"… {hidden:,} more rows"] if hidden > 0 else []


def _cell(value: str | None, kind: str) -> str:
    """Print a value so that it fits a column and a line."""
    if value is None:
        return ""
    if kind == "float64":
        return f"{float(value):.6f}"
    line = " ".join(value.split())
    return line if len(line) <= _PRINTED_WIDTH else line[: _PRINTED_WIDTH - 1] + "…"


def _restore(columns: list[Any], metadata: list[tuple[str, str]]) -> Table:
    return Table(_core.Table.restore(columns, metadata))
