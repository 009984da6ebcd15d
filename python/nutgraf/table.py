"""The results of verbs: immutable tables, with exports to other libraries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, overload

from nutgraf import _core, _options

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Table"]

_PRINTED_ROWS = 10

# Tables are processed in pieces so that Ctrl-C takes effect in between: rows that become objects,
# lines of text, bytes to pickle.
_ROWS = 1 << 13
_LINES = 1 << 16
_BYTES = 1 << 22


class Table:
    """Named columns of the same length; the result of every verb of a corpus.

    A table is immutable. It prints itself, in the terminal and in notebooks, and
    exports its rows to pandas, Polars, DuckDB, pyarrow and everything else that reads
    the Arrow C stream interface.

    Attributes
    ----------
    columns : list of str
        Names of the columns, in order.
    schema : dict of str to str
        The type of each column: ``string``, ``int64``, ``float64``, ``bool``, ``date``,
        ``timestamp[us]`` or ``list[string]``.
    metadata : dict of str to str
        Facts about the table, such as the total that its shares refer to.

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
            raise TypeError("a Table cannot be created directly; call one of the verbs of a corpus")
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
        """Facts about the table, such as the total that its shares refer to."""
        return dict(self._table.metadata())

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, which: str) -> list[Any]: ...
    @overload
    def __getitem__(self, which: list[str] | slice) -> Table: ...

    def __getitem__(self, which: str | list[str] | slice) -> list[Any] | Table:
        """Return the values of a column, or a table of some columns or rows.

        Parameters
        ----------
        which : str, list of str or slice
            The name of a column, the names of several columns, or a range of rows:
            ``table[10:20]``.

        Returns
        -------
        list or Table
            For one name, one Python value per row, with ``None`` for missing values;
            otherwise a table.

        Raises
        ------
        KeyError
            A column does not exist; the message lists the columns.
        TypeError
            The argument has another type.
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
                raise ValueError(f"the slice has a step of {step}; expected consecutive rows")
            return Table(self._table.slice(start, max(start, stop)))
        if isinstance(which, list):
            return Table(self._table.select([self._position(name) for name in which]))
        return self._table.values(self._position(which))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Iterate over the rows in order, each a dict of column name to value."""
        names = self.columns
        for start in range(0, len(self), _ROWS):
            columns = [self._table.values(at, start, start + _ROWS) for at in range(len(names))]
            for row in zip(*columns, strict=True):
                yield dict(zip(names, row, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self._table.equals(other._table)

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Table:
        return self

    def __deepcopy__(self, memo: object) -> Table:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        columns = [
            (name, kind, rows, [_pieces(self._table, at, stream, size) for stream, size in enumerate(sizes)])
            for at, (name, kind, rows, sizes) in enumerate(self._table.layout())
        ]
        return (_restore, (columns, self._table.metadata()))

    def _position(self, column: str) -> int:
        if not isinstance(column, str):
            raise _options.wrong_type("table[…]", "names of columns and slices of rows", column)
        try:
            return self.columns.index(column)
        except ValueError:
            raise KeyError(f"there is no column {column!r}; there are {', '.join(self.columns)}") from None

    def head(self, n: int = 5) -> Table:
        """Return the first rows.

        Parameters
        ----------
        n : int, default 5
            Maximum number of rows.

        Returns
        -------
        Table
        """
        return Table(self._table.slice(0, min(max(_options.whole("n", n), 0), len(self))))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows in order, each a dict of column name to value.

        Returns
        -------
        list of dict
        """
        return list(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame; needs only pandas.

        Whole numbers become ``int64`` (``Int64`` if some are missing), dates
        ``datetime64``, strings pandas' string type or ``object``, lists ``object``.

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

        strings = pd.Series([""]).dtype
        data: dict[str, Any] = {}
        for at, (name, kind) in enumerate(self._table.schema()):
            # The index of a frame holds dates as objects; the ids join back to it.
            is_id = (name, kind) == ("article", "date")
            if is_id or kind in ("string", "list[string]"):
                dtype = object if is_id or kind == "list[string]" else strings
                pieces = [
                    pd.Series(self._table.values(at, start, start + _LINES), dtype=dtype)
                    for start in range(0, max(len(self), 1), _LINES)
                ]
                data[name] = pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)
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
        return pd.DataFrame(data, columns=self.columns, copy=False)

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a Polars DataFrame, converted through Arrow.

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
        """Return the rows as a pyarrow Table.

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
        r"""Return the rows as plain text in aligned columns.

        A cell is one line of at most 48 terminal columns; wide characters take two
        columns, combining characters none. Runs of white space become one space.
        Characters that would control a terminal or are invisible (control characters,
        direction marks, zero-width characters) are escaped as in a Python string, such
        as ``\x1b``. The values themselves do not change.

        Parameters
        ----------
        rows : int, optional
            Maximum number of rows; all by default.

        Returns
        -------
        str

        Examples
        --------
        >>> import nutgraf as ng
        >>> names = ng.Corpus({"text": ["a", "b"], "name": ["\x1b[31mred", "中文"]}).articles()[["article", "name"]]
        >>> print(names.text())
        article  name
              0  \x1b[31mred
              1  中文
        """
        return "".join(self._lines(len(self) if rows is None else _options.whole("rows", rows))).removesuffix("\n")

    def __repr__(self) -> str:
        return "\n".join([self.text(_PRINTED_ROWS), *self._more()])

    def _repr_html_(self) -> str:
        import html  # slow to import and rarely used

        header, rows = self._table.cells(_PRINTED_ROWS)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in header)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        more = "".join(f"<p>{html.escape(line)}</p>" for line in self._more())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _lines(self, rows: int) -> Iterator[str]:
        """Format the header and the first rows, in pieces that end in a line feed."""
        rows = min(max(rows, 0), len(self))
        widths = self._table.widths(rows)
        for start in range(0, max(rows, 1), _LINES):
            yield self._table.lines(start, min(start + _LINES, rows), start == 0, widths)

    def _more(self) -> list[str]:
        hidden = len(self) - _PRINTED_ROWS
        return [f"… {hidden:,} more rows"] if hidden > 0 else []


class _Piece:
    """Some bytes of a table, which are produced when they are pickled."""

    __slots__ = ("_where",)

    def __init__(self, *where: Any) -> None:
        self._where = where

    def __reduce__(self) -> tuple[Any, ...]:
        table, *where = self._where
        return (_bytes, (table.packed(*where),))


def _pieces(table: _core.Table, at: int, stream: int, size: int) -> list[_Piece]:
    return [_Piece(table, at, stream, start, min(start + _BYTES, size)) for start in range(0, size, _BYTES)]


def _bytes(content: bytes) -> bytes:
    return content


def _restore(columns: list[Any], metadata: list[tuple[str, str]]) -> Table:
    if any(len(column) == 3 for column in columns):  # lists of values, the format of older pickles
        return Table(_core.Table.restore(columns, metadata))
    return Table(_core.Table.unpack(columns, metadata))
