"""How a table leaves: to other libraries, and to files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nutgraf import _core, _frames, _options

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

# Lines of text are exported in pieces so that Ctrl-C takes effect in between.
LINES = 1 << 16


class TableExports:
    """The exports of a :class:`nutgraf.Table`."""

    __slots__ = ()

    _table: _core.Table
    _origin: _frames.Source | None

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        raise NotImplementedError

    @property
    def schema(self) -> dict[str, str]:
        """The type of each column."""
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Iterator[dict[str, Any]]:
        raise NotImplementedError

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
        ``datetime64``, strings pandas' string type or ``object``, lists ``object``. If
        the ids of the articles come from the index of a pandas object, they have its
        type: durations, periods, intervals, times with a zone.

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
        labels = _frames.label_of(self._origin) if self._origin and "article" in self.columns else {}
        data: dict[str, Any] = {}
        for at, (name, kind) in enumerate(self._table.schema()):
            if name == "article" and labels:
                ids = self._table.values(at)
                data[name] = pd.Series(pd.Index([labels.get(article, article) for article in ids]))
                continue
            # The index of a frame holds dates as objects; the ids join back to it.
            is_id = (name, kind) == ("article", "date")
            if is_id or kind in ("string", "list[string]"):
                dtype = object if is_id or kind == "list[string]" else strings
                pieces = [
                    pd.Series(self._table.values(at, start, start + LINES), dtype=dtype)
                    for start in range(0, max(len(self), 1), LINES)
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

    def to_csv(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        sep: str = ",",
        bom: bool = False,
        raw: bool = False,
    ) -> str | None:
        r"""Write the rows as CSV, in UTF-8.

        Parameters
        ----------
        path : str or path, optional
            The file to write. By default, the text is returned.
        sep : str, default ","
            The character between two cells; ``";"`` is what Excel expects where the
            comma is the decimal mark.
        bom : bool, default False
            Begin with a byte-order mark, without which Excel does not recognise UTF-8.
        raw : bool, default False
            Write texts as they are. By default, a text that a spreadsheet would run as
            a formula (one that begins with ``=``, ``+``, ``-``, ``@``, a tab or a
            carriage return) has an apostrophe before it.

        Returns
        -------
        str or None
            The text, if no path is given.

        Notes
        -----
        The items of a list are joined by ``"; "``; missing values are empty cells, and
        an empty text is ``""``.

        Examples
        --------
        >>> import nutgraf as ng
        >>> print(ng.Corpus(["Angela Merkel left. Mrs Merkel won."]).entities()[["entity", "aliases"]].to_csv())
        entity,aliases
        Angela Merkel,Angela Merkel; Merkel
        """
        from nutgraf import _export  # rarely used

        pieces = _export.csv(self, sep=sep, raw=_options.truth("raw", raw))
        return _export.written(pieces, path, bom=_options.truth("bom", bom))

    def to_json(self, path: str | os.PathLike[str] | None = None, *, lines: bool = False) -> str | None:
        """Write the rows as JSON, one object per row.

        Parameters
        ----------
        path : str or path, optional
            The file to write. By default, the text is returned.
        lines : bool, default False
            Write one row per line (JSON Lines) instead of a list.

        Returns
        -------
        str or None
            The text, if no path is given.

        Notes
        -----
        Dates and times are ISO 8601 strings. NaN and infinities, which JSON cannot
        express, are null.

        Examples
        --------
        >>> import nutgraf as ng
        >>> print(ng.Corpus(["date 2019-01-08 Rain."]).articles()[["article", "date"]].to_json(lines=True))
        {"article": 0, "date": "2019-01-08"}
        """
        from nutgraf import _export

        pieces = _export.json_lines(self) if _options.truth("lines", lines) else _export.json_list(self)
        return _export.written(pieces, path, bom=False)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the rows as a Parquet file, with pyarrow or Polars.

        Parameters
        ----------
        path : str or path
            The file to write.

        Raises
        ------
        ImportError
            Neither pyarrow nor Polars is installed.

        Notes
        -----
        The types of the columns do not depend on the rows, so files of several days
        have one schema.
        """
        from nutgraf import _export

        _export.parquet(self, path)

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write the rows as an Excel workbook, with openpyxl.

        Parameters
        ----------
        path : str or path
            The file to write, ``.xlsx``.

        Raises
        ------
        ImportError
            openpyxl is not installed.
        ValueError
            The table does not fit a sheet: it has more than 1,048,575 rows or 16,384
            columns, or a text has more than 32,767 characters.

        Notes
        -----
        Texts are texts, whatever they begin with; no cell is a formula. The items of a
        list are joined by ``"; "``. Control characters, which a workbook cannot
        contain, are escaped as in a Python string.
        """
        from nutgraf import _export

        _export.excel(self, path)

    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> Any:
        """Export the rows through the interchange protocol of data frames."""
        return self._frame().__dataframe__(nan_as_null=nan_as_null, allow_copy=allow_copy)

    def __narwhals_dataframe__(self) -> Any:
        """Export the rows to libraries that read frames through narwhals."""
        import narwhals

        return narwhals.from_native(self._frame(), eager_only=True)._compliant_frame

    def _frame(self) -> Any:
        """Return the rows as a frame of a library that is installed."""
        import importlib.util

        libraries = {"polars": self.to_polars, "pyarrow": self.to_arrow}
        exports = (export for name, export in libraries.items() if importlib.util.find_spec(name) is not None)
        return next(exports, self.to_pandas)()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows through the Arrow C stream interface."""
        return self._table.__arrow_c_stream__(requested_schema)
