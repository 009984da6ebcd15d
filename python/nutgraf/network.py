"""Networks of entities, and exports to the formats of other tools."""

from __future__ import annotations

import os
import re
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any, Literal

from nutgraf.table import Table

if TYPE_CHECKING:
    import networkx

__all__ = ["Network"]

_NODE = ["entity", "label", "mentions", "articles", "country"]

# The types that GraphML and GEXF share, by the types of a table; other values become strings.
_TYPES = {"int64": "long", "float64": "double", "bool": "boolean"}

# Columns of the table of edges that are not attributes of an edge.
_ENDS = frozenset(("a", "b", "count", "a_label", "b_label"))

# Characters that XML 1.0 cannot contain, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Network:
    """Entities as nodes and their co-occurrences as undirected edges.

    Attributes
    ----------
    nodes : Table
        One row per entity that has an edge (or per entity, with ``isolated=True``), as
        from :meth:`nutgraf.Corpus.entities`.
    edges : Table
        One row per pair, as from :meth:`nutgraf.Corpus.cooccurrence`.

    Notes
    -----
    In exports, the name of a node is its entity. If two labels share a name, the label
    is added, as in ``Washington (LOC)``; the same happens if a name already ends in a
    label, so that names stay unique. Nodes have the attributes entity, label, mentions,
    articles and country; edges have weight (the count), articles and the measures.
    Missing values are omitted.

    In GraphML and GEXF, ``label`` is what programs display next to a node, its name,
    and the entity's label is called ``type``. Control characters, which XML cannot
    contain, are escaped as in a Python string (``\\x1b``); in ids, which must stay
    distinct, backslashes are doubled.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.Corpus(["Angela Merkel flew to Paris."])
    >>> print(corpus.network(measures=[]).to_graphml().splitlines()[-4].strip())
    <data key="e1">1</data>
    """

    __slots__ = ("edges", "nodes")

    def __init__(self, nodes: Table, edges: Table) -> None:
        self.nodes = nodes
        self.edges = edges

    def __repr__(self) -> str:
        return f"Network({len(self.nodes):,} nodes, {len(self._edges()):,} edges)"

    def to_networkx(self) -> networkx.Graph:
        """Return a ``networkx.Graph`` with weights and the other columns as attributes.

        Returns
        -------
        networkx.Graph

        Raises
        ------
        ImportError
            networkx is not installed.
        """
        try:
            import networkx
        except ImportError:
            raise ImportError("to_networkx() needs networkx: pip install networkx") from None
        graph: networkx.Graph = networkx.Graph()
        graph.add_nodes_from(self._nodes().items())
        graph.add_edges_from(self._edges())
        return graph

    def to_graphml(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the network as GraphML, for igraph, Gephi, yEd and networkx.

        Parameters
        ----------
        path : str or path, optional
            A file to write it to as well.

        Returns
        -------
        str
        """
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
        keys: dict[tuple[str, str], str] = {}
        for scope, types in (("node", self._node_types()), ("edge", {"weight": "long", **self._edge_types()})):
            for number, (name, kind) in enumerate(types.items()):
                keys[scope, name] = f"{scope[0]}{number}"
                lines.append(
                    f'  <key id="{keys[scope, name]}" for="{scope}" attr.name={_quoted(name)} attr.type="{kind}"/>'
                )

        def values(scope: str, data: dict[str, Any]) -> list[str]:
            return [f'      <data key="{keys[scope, name]}">{_text(value)}</data>' for name, value in data.items()]

        lines.append('  <graph edgedefault="undirected">')
        for node, data in self._nodes().items():
            lines += [f"    <node id={_id(node)}>", *values("node", _labelled(node, data)), "    </node>"]
        for a, b, data in self._edges():
            lines += [f"    <edge source={_id(a)} target={_id(b)}>", *values("edge", data), "    </edge>"]
        lines += ["  </graph>", "</graphml>", ""]
        return _written("\n".join(lines), path)

    def to_gexf(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the network as GEXF 1.2, for Gephi and networkx.

        Parameters
        ----------
        path : str or path, optional
            A file to write it to as well.

        Returns
        -------
        str
        """
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
            '  <graph defaultedgetype="undirected" mode="static">',
        ]
        numbers: dict[tuple[str, str], int] = {}
        # The name of a node and the weight of an edge are attributes of their elements.
        nodes = {name: kind for name, kind in self._node_types().items() if name != "label"}
        for scope, types in (("node", nodes), ("edge", self._edge_types())):
            lines.append(f'    <attributes class="{scope}" mode="static">')
            for number, (name, kind) in enumerate(types.items()):
                numbers[scope, name] = number
                lines.append(f'      <attribute id="{number}" title={_quoted(name)} type="{kind}"/>')
            lines.append("    </attributes>")

        def values(scope: str, data: dict[str, Any]) -> list[str]:
            pairs = [(numbers[scope, name], value) for name, value in data.items() if (scope, name) in numbers]
            items = [f'          <attvalue for="{number}" value={_quoted(value)}/>' for number, value in pairs]
            return ["        <attvalues>", *items, "        </attvalues>"]

        lines.append("    <nodes>")
        for node, data in self._nodes().items():
            lines.append(f"      <node id={_id(node)} label={_quoted(node)}>")
            lines += [*values("node", _labelled(node, data)), "      </node>"]
        lines += ["    </nodes>", "    <edges>"]
        for number, (a, b, data) in enumerate(self._edges()):
            lines.append(f'      <edge id="{number}" source={_id(a)} target={_id(b)} weight="{data["weight"]}">')
            lines += [*values("edge", data), "      </edge>"]
        lines += ["    </edges>", "  </graph>", "</gexf>", ""]
        return _written("\n".join(lines), path)

    def plot(
        self,
        *,
        n: int | None = None,
        backend: Literal["auto", "matplotlib", "altair"] = "auto",
        ax: Any = None,
    ) -> Any:
        """Draw the network with matplotlib or Altair.

        The size of a node is the number of mentions, the width of an edge its count.

        Parameters
        ----------
        n : int, optional
            How many entities to show, those with the most mentions; 40 by default.
        backend : {"auto", "matplotlib", "altair"}, default "auto"
            The library that draws; by default matplotlib, if it is installed, else
            Altair.
        ax : matplotlib Axes, optional
            Where to draw. By default, a new figure.

        Returns
        -------
        matplotlib.axes.Axes or altair.Chart

        Raises
        ------
        ImportError
            The library is not installed; the message says what to install.

        Notes
        -----
        Nodes are placed by springs (Fruchterman and Reingold 1991), and a network
        always looks the same. Cost: a multiple of the square of ``n``.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ax = ng.Corpus(["Angela Merkel flew to Paris."]).network(measures=[]).plot()
        >>> sorted(text.get_text() for text in ax.texts)
        ['Angela Merkel', 'Paris']
        """
        from nutgraf import _plot  # rarely used

        return _plot.of_network(self, n, backend, ax)

    def _names(self) -> dict[tuple[str, str], str]:
        """Give each entity a unique name: its own, plus the label where needed."""
        labels: dict[str, set[str]] = {}
        for entity, label in zip(self.nodes["entity"], self.nodes["label"], strict=True):
            labels.setdefault(entity, set()).add(label)
        endings = tuple(f" ({label})" for label in set().union(*labels.values()))
        names: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for entity, label in sorted((entity, label) for entity, owners in labels.items() for label in owners):
            plain = len(labels[entity]) == 1 and not entity.endswith(endings)
            name = entity if plain else f"{entity} ({label})"
            number = 1
            # Only labels that contain brackets themselves get here.
            while name in taken:
                number += 1
                name = f"{entity} ({label}) #{number}"
            taken.add(name)
            names[entity, label] = name
        return names

    def _nodes(self) -> dict[str, dict[str, Any]]:
        names = self._names()
        return {
            names[row["entity"], row["label"]]: {name: row[name] for name in _NODE if row[name] is not None}
            for row in self.nodes
        }

    def _node_types(self) -> dict[str, str]:
        """List the attributes of nodes in GraphML and GEXF, with their types."""
        types = {name: _TYPES.get(self.nodes.schema[name], "string") for name in _NODE}
        return {**types, "type": "string"}

    def _edge_types(self) -> dict[str, str]:
        """List the attributes of edges in GraphML and GEXF, without the weight."""
        schema = self.edges.schema
        return {name: _TYPES.get(kind, "string") for name, kind in schema.items() if name not in _ENDS}

    def _edges(self) -> list[tuple[str, str, dict[str, Any]]]:
        """List both ends and the attributes of each edge whose entities are nodes."""
        names = self._names()
        edges = []
        for row in self.edges:
            a, b = names.get((row["a"], row["a_label"])), names.get((row["b"], row["b_label"]))
            if a is not None and b is not None:
                others = {name: value for name, value in row.items() if name not in _ENDS and value is not None}
                edges.append((a, b, {"weight": row["count"], **others}))
        return edges


def _labelled(node: str, data: dict[str, Any]) -> dict[str, Any]:
    """Rename the attributes of a node for programs, which display ``label``."""
    return {**data, "label": node, "type": data["label"]}


def _legal(value: Any) -> str:
    """Format a value; characters that XML cannot contain are escaped as in Python."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return _FORBIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), str(value))


def _text(value: Any) -> str:
    from xml.sax.saxutils import escape  # slow to import and rarely used

    # XML parsers read a bare carriage return as a line feed.
    return escape(_legal(value), {"\r": "&#13;"})


def _quoted(value: Any) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_legal(value))


def _id(name: str) -> str:
    """Make the id of a node; escapes in it cannot clash with another name."""
    return _quoted(name.replace("\\", "\\\\"))


def _written(text: str, path: str | os.PathLike[str] | None) -> str:
    if path is not None:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return text
