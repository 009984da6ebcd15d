"""The results of verbs: immutable tables.

The file is long because each public method describes its parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from nutgraf import _core, _frames, _options
from nutgraf._table_exports import LINES, TableExports

if TYPE_CHECKING:
    from nutgraf import _layout

    pass

__all__ = ["Table"]

# Rows of a table that prints itself, unless more are requested by head(), tail() or show().
_PRINTED_ROWS = 20

# The most rows that are printed, whatever is requested.
_MOST_PRINTED = 10_000

# Tables are processed in pieces so that Ctrl-C takes effect in between: rows that become objects,
# bytes to pickle.
_ROWS = 1 << 13
_BYTES = 1 << 22


class Table(TableExports):
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
    term  count  articles  per_million
    be        2         1     333333.3
    """

    __slots__ = ("_origin", "_rows", "_table")

    # How many rows the table prints; by default the first twenty.
    _rows: int | None

    # The frame that the articles are from, if its index has other values than their ids.
    _origin: _frames.Source | None

    def __init__(self, table: _core.Table) -> None:
        if not isinstance(table, _core.Table):
            raise TypeError("a Table cannot be created directly; call one of the verbs of a corpus")
        self._table = table
        self._rows = None
        self._origin = None

    def _like(self, table: _core.Table, rows: int | None = None) -> Table:
        """Make a table of the same articles, which prints that many rows."""
        other = Table(table)
        other._rows, other._origin = rows, self._origin
        return other

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

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return len(self), len(self.columns)

    def _ipython_key_completions_(self) -> list[str]:
        return self.columns

    @overload
    def __getitem__(self, which: str) -> list[Any]: ...
    @overload
    def __getitem__(self, which: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, which: list[str] | slice) -> Table: ...

    def __getitem__(self, which: str | int | list[str] | slice) -> list[Any] | dict[str, Any] | Table:
        """Return the values of a column, a row, or a table of some columns or rows.

        Parameters
        ----------
        which : str, int, list of str or slice
            The name of a column, the position of a row (from the end if it is
            negative), the names of several columns, or a range of rows:
            ``table[10:20]``.

        Returns
        -------
        list, dict or Table
            For one name, one Python value per row, with ``None`` for missing values;
            for a position, a dict of column name to value; otherwise a table.

        Raises
        ------
        KeyError
            A column does not exist; the message lists the columns.
        IndexError
            A row does not exist.
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
        >>> terms[["term", "count"]][-1]
        {'term': 'or', 'count': 1}
        """
        if isinstance(which, slice):
            start, stop, step = which.indices(len(self))
            if step != 1:
                raise ValueError(f"the slice has a step of {step}; expected consecutive rows")
            return self._like(self._table.slice(start, max(start, stop)))
        if hasattr(which, "__index__") and not isinstance(which, bool):
            return self._row(which.__index__())
        if isinstance(which, list):
            return self._like(self._table.select([self._position(name) for name in which]))
        return self._table.values(self._position(which))

    def _row(self, at: int) -> dict[str, Any]:
        n = len(self)
        if not -n <= at < n:
            raise IndexError(f"there is no row {at}; the table has {n:,}")
        names, at = self.columns, at % n
        return {name: self._table.values(column, at, at + 1)[0] for column, name in enumerate(names)}

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

    def _position(self, column: Any) -> int:
        if not isinstance(column, str):
            raise _options.wrong_type("table[…]", "names of columns, and positions or slices of rows", column)
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
        rows = min(max(_options.whole("n", n), 0), len(self))
        return self._like(self._table.slice(0, rows), rows)

    def tail(self, n: int = 5) -> Table:
        """Return the last rows.

        Parameters
        ----------
        n : int, default 5
            Maximum number of rows.

        Returns
        -------
        Table
        """
        rows = min(max(_options.whole("n", n), 0), len(self))
        return self._like(self._table.slice(len(self) - rows, len(self)), rows)

    def sample(self, n: int = 5, *, seed: int = 0) -> Table:
        """Return some rows, drawn at random without repeats, in their order.

        Parameters
        ----------
        n : int, default 5
            Maximum number of rows.
        seed : int, default 0
            Seed of the random numbers; the same seed gives the same rows.

        Returns
        -------
        Table
        """
        import random  # slow to import and rarely used

        rows = min(max(_options.whole("n", n), 0), len(self))
        drawn = random.Random(_options.at_least("seed", seed, 0)).sample(range(len(self)), rows)
        return self._like(self._table.take(sorted(drawn)), rows)

    def sort_values(self, by: str | Sequence[str], *, ascending: bool | Sequence[bool] = True) -> Table:
        """Return the rows in the order of one or several columns.

        Parameters
        ----------
        by : str or list of str
            The columns; each decides among the rows that are equal in those before it.
            Rows that are equal in all of them keep their order.
        ascending : bool or list of bool, default True
            Whether small values come first, for all columns or for each.

        Returns
        -------
        Table
            Strings are compared by their bytes. Missing values and NaN are last.

        Raises
        ------
        KeyError
            A column does not exist; the message lists the columns.

        Examples
        --------
        >>> import nutgraf as ng
        >>> terms = ng.Corpus(["to be or not to be"]).terms()
        >>> terms.sort_values(["count", "term"], ascending=[True, False])["term"]
        ['or', 'not', 'to', 'be']
        """
        names = [by] if isinstance(by, str) else list(by)
        orders = [ascending] * len(names) if isinstance(ascending, bool) else list(ascending)
        if len(orders) != len(names):
            raise ValueError(f"ascending has {len(orders)} values for {len(names)} columns; expected one for each")
        pairs = [
            (self._position(name), _options.truth("ascending", order))
            for name, order in zip(names, orders, strict=True)
        ]
        return self._like(self._table.sorted(pairs))

    def filter(self, which: Any = None, **columns: Any) -> Table:
        """Return the rows whose columns have given values.

        Parameters
        ----------
        which : sequence of bool, or function, optional
            One truth value per row (a list, an array or a Series), or a function that
            takes a row as a dict and returns whether to keep it.
        **columns
            A value for each column, a list of values (any of which may match), or a
            ``slice(first, last)``, which includes both ends, either of which may be
            None (open). ``None`` matches a missing value. A list of strings matches if
            it contains a value.

        Returns
        -------
        Table
            The rows that match all conditions, in their order.

        Raises
        ------
        KeyError
            A column does not exist; the message lists the columns.
        IndexError
            The number of truth values is not that of the rows.

        Examples
        --------
        >>> import nutgraf as ng
        >>> terms = ng.Corpus(["to be or not to be"]).terms()
        >>> terms.filter(count=slice(2, None))["term"]
        ['be', 'to']
        >>> terms.filter(lambda row: len(row["term"]) == 3, count=1)["term"]
        ['not']
        """
        tests = [_test(name, self.schema[name], wanted) for name, wanted in self._wanted(columns)]
        keep: list[Any] | None = None
        if which is not None and not callable(which):
            keep = [bool(value) for value in (which.tolist() if hasattr(which, "tolist") else which)]
            if len(keep) != len(self):
                raise IndexError(f"there are {len(keep):,} truth values; the table has {len(self):,} rows")
        rows = list(range(len(self))) if keep is None else [at for at, kept in enumerate(keep) if kept]
        for name, test in tests:
            values = self[name]
            rows = [at for at in rows if test(values[at])]
        if callable(which):
            kept = set(rows)
            rows = [at for at, row in enumerate(self) if at in kept and which(row)]
        return self._like(self._table.take(rows))

    def _wanted(self, columns: dict[str, Any]) -> list[tuple[str, Any]]:
        for name in columns:
            self._position(name)
        return list(columns.items())

    @staticmethod
    def concat(tables: Iterable[Table]) -> Table:
        """Return the rows of several tables, one table after the other.

        Parameters
        ----------
        tables : list of Table
            Tables with the same columns, such as those of several days.

        Returns
        -------
        Table
            Its metadata are those on which all tables agree.

        Raises
        ------
        ConfigError
            A table has other columns, or a column has another type.

        Notes
        -----
        The rows are not added up: a term of two tables has two rows.

        Examples
        --------
        >>> import nutgraf as ng
        >>> days = [ng.Corpus([text]).terms() for text in ("Rain fell.", "The rain stopped.")]
        >>> ng.Table.concat(days)["term"]
        ['fell', 'rain', 'rain', 'stopped', 'the']
        """
        tables = [tables] if isinstance(tables, Table) else list(tables)
        for table in tables:
            if not isinstance(table, Table):
                raise _options.wrong_type("tables", "a list of tables", table)
        return Table(_core.Table.concat([table._table for table in tables]))

    def text(self, rows: int | None = None, *, width: int | None = None) -> str:
        r"""Return the rows as plain text in aligned columns.

        A cell is one line; wide characters take two columns, combining characters none.
        Runs of white space become one space. Characters that would control a terminal
        or are invisible (control characters, direction marks, zero-width characters)
        are escaped as in a Python string, such as ``\x1b``. The values themselves do
        not change.

        Parameters
        ----------
        rows : int, optional
            Maximum number of rows; all by default.
        width : int, optional
            The width of the screen. Texts are shortened, and then columns omitted,
            until a row fits; a last line names the omitted columns. Repeated ids and
            groups are printed once. By default, all columns are printed, ids are whole,
            and other texts have up to 48 terminal columns. Messages are always whole.

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
        rows = len(self) if rows is None else _options.whole("rows", rows)
        if width is not None:
            width = _options.at_least("width", width, 1)
        return "".join(self._lines(rows, width)).removesuffix("\n")

    def show(self, n: int | None = None) -> Table:
        """Return the table so that it prints its first rows, as many as requested.

        Parameters
        ----------
        n : int, optional
            Number of rows to print; all by default, up to 10,000.

        Returns
        -------
        Table
            The same table, which prints itself with that many rows.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus(["to be or not to be"]).terms()[["term", "count"]].show(2)
        term  count
        be        2
        to        2
        … 2 more rows
        """
        rows = len(self) if n is None else max(_options.whole("n", n), 0)
        return self._like(self._table, rows)

    def plot(
        self,
        *,
        kind: Literal["bars", "lines", "volcano", "points", "xray"] | None = None,
        n: int | None = None,
        value: str | None = None,
        backend: Literal["auto", "matplotlib", "altair"] = "auto",
        ax: Any = None,
    ) -> Any:
        """Draw the table with matplotlib or Altair.

        Parameters
        ----------
        kind : {"bars", "lines", "volcano", "points", "xray"}, optional
            By default, the kind follows from the columns: ``"lines"`` for
            :meth:`nutgraf.Corpus.trend` (a column ``period_start``), ``"xray"`` for
            :meth:`nutgraf.Corpus.kwic` (``match`` and ``start``), ``"points"`` for
            :meth:`nutgraf.Corpus.dispersion` (``range``), else ``"bars"``.
            ``"volcano"`` shows effect and significance of
            :meth:`nutgraf.Corpus.keyness`.
        n : int, optional
            How many rows, lines or named points to show, for each group: by default 20
            bars, 7 lines or 20 names. They are the first ones of the table, so sort or
            filter it to see others.
        value : str, optional
            The column to show. By default, what the verb counts or measures: mentions,
            counts, rates per million words, the log ratio of keyness.
        backend : {"auto", "matplotlib", "altair"}, default "auto"
            The library that draws; by default matplotlib, if it is installed, else
            Altair.
        ax : matplotlib Axes, optional
            Where to draw; one Axes, or one for each group. By default, a new figure.

        Returns
        -------
        matplotlib.axes.Axes, list of Axes, or altair.Chart
            One Axes; a list of them if the table has several groups.

        Raises
        ------
        ImportError
            The library is not installed; the message says what to install.
        ConfigError
            The table does not have the columns of the plot.
        ValueError
            The number of Axes is not that of the groups.

        Notes
        -----
        Columns before the name are groups. Each of the first six has its own part of
        the figure, except for :meth:`nutgraf.Corpus.count`, whose categories are
        stacked. A note in the figure says what is not shown. A line has a gap where a
        period has no articles. The colours are those of Okabe and Ito; a style of the
        caller applies to everything else, and nothing is shown or changed.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ax = ng.Corpus(["to be or not to be"]).terms().plot(n=2)
        >>> [label.get_text() for label in ax.get_yticklabels()]
        ['be', 'to']
        """
        from nutgraf import _plot  # rarely used

        return _plot.of_table(self, kind, n, value, backend, ax)

    def __repr__(self) -> str:
        rows = self._printed_rows()
        from nutgraf import _layout  # only to print

        lines = [*self._lines(rows, _layout.screen()), *(line + "\n" for line in self._more(rows))]
        return "".join(lines).removesuffix("\n")

    def _repr_html_(self) -> str:
        from nutgraf import _html  # rarely used

        return _html.table(self, self._printed_rows())

    def _printed_rows(self) -> int:
        rows = _PRINTED_ROWS if self._rows is None else self._rows
        return min(len(self), rows, _MOST_PRINTED)

    def _lines(self, rows: int, width: int | None = None) -> Iterator[str]:
        """Format the header and the first rows, in pieces that end in a line feed."""
        rows = min(max(rows, 0), len(self))
        from nutgraf import _layout

        columns, left_out = self._layout(rows, width)
        for start in range(0, max(rows, 1), LINES):
            yield self._table.lines(start, min(start + LINES, rows), start == 0, columns)
        if not len(self):
            yield "no columns\n" if not self.columns else "no rows\n"
        if left_out:
            yield _layout.note(left_out, width) + "\n"

    def _layout(self, rows: int, width: int | None) -> _layout.Layout:
        from nutgraf import _layout

        schema = self._table.schema()
        extents = self._table.extents(rows, _layout.limits(schema, width))
        return _layout.layout(schema, extents, width)

    def _more(self, rows: int) -> list[str]:
        hidden = len(self) - rows
        return [f"… {hidden:,} more {'row' if hidden == 1 else 'rows'}"] if hidden else []


class _Piece:
    """Some bytes of a table, which are produced when they are pickled."""

    __slots__ = ("_where",)

    def __init__(self, *where: Any) -> None:
        self._where = where

    def __reduce__(self) -> tuple[Any, ...]:
        table, *where = self._where
        return (_bytes, (table.packed(*where),))


def _test(name: str, kind: str, wanted: Any) -> tuple[str, Callable[[Any], bool]]:
    """Make the test of one column of ``filter``."""
    if isinstance(wanted, slice):
        if wanted.step is not None:
            raise TypeError(f"{name} takes a slice with two ends and no step")
        first, last = _like(kind, wanted.start), _like(kind, wanted.stop)
        return (
            name,
            lambda value: value is not None and (first is None or value >= first) and (last is None or value <= last),
        )
    if hasattr(wanted, "tolist"):  # an array or a Series
        wanted = wanted.tolist()
    several = isinstance(wanted, Iterable) and not isinstance(wanted, (str, bytes))
    values = [_like(kind, value) for value in (wanted if several else [wanted])]
    if kind == "list[string]":
        return name, lambda value: any(item in values for item in value)
    return name, lambda value: value in values


def _like(kind: str, value: Any) -> Any:
    """Read a date that is given as a string, for a column of dates or times."""
    if isinstance(value, str) and kind in ("date", "timestamp[us]"):
        import datetime

        return (datetime.date if kind == "date" else datetime.datetime).fromisoformat(value)
    return value


def _pieces(table: _core.Table, at: int, stream: int, size: int) -> list[_Piece]:
    return [_Piece(table, at, stream, start, min(start + _BYTES, size)) for start in range(0, size, _BYTES)]


def _bytes(content: bytes) -> bytes:
    return content


def _restore(columns: list[Any], metadata: list[tuple[str, str]]) -> Table:
    if any(len(column) == 3 for column in columns):  # lists of values, the format of older pickles
        return Table(_core.Table.restore(columns, metadata))
    return Table(_core.Table.unpack(columns, metadata))
