"""The library that draws a plot: the one requested, or one that is installed."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nutgraf import _figure, _options, _springs

if TYPE_CHECKING:
    from nutgraf.network import Network
    from nutgraf.table import Table

__all__: list[str] = []

Backend: TypeAlias = Literal["auto", "matplotlib", "altair"]
LIBRARIES = ("matplotlib", "altair")


def of_table(
    table: Table, kind: _figure.Kind | None, n: int | None, value: str | None, backend: Backend, ax: Any
) -> Any:
    """Draw a table."""
    library = _library(backend, ax)
    figure = _figure.figure(table, kind, n, value)
    if library == "altair":
        from nutgraf import _altair

        return _altair.chart(figure)
    from nutgraf import _matplotlib

    return _matplotlib.axes(figure, ax)


def of_network(network: Network, n: int | None, backend: Backend, ax: Any) -> Any:
    """Draw a network."""
    library = _library(backend, ax)
    picture = _springs.picture(network, n)
    if library == "altair":
        from nutgraf import _altair

        return _altair.network(picture)
    from nutgraf import _matplotlib

    return _matplotlib.network(picture, ax)


def _library(backend: str, ax: Any) -> str:
    """Choose the library; an Axes can only be drawn on by its own."""
    _options.choice("backend", backend, ["auto", *LIBRARIES])
    if ax is not None:
        if backend == "altair":
            raise TypeError("ax= takes Axes of matplotlib; Altair returns a chart")
        return "matplotlib"
    wanted = LIBRARIES if backend == "auto" else (backend,)
    for name in wanted:
        if importlib.util.find_spec(name) is not None:
            return name
    raise ImportError(f"plot() needs {' or '.join(wanted)}: pip install {wanted[0]}")
