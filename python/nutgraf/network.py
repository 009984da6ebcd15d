"""Networks of entities, and the formats that other tools read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from nutgraf.table import Table

if TYPE_CHECKING:
    import networkx

__all__ = ["Network"]

_NODE = ["entity", "label", "mentions", "articles", "country"]
_GRAPHML = {str: "string", int: "long", float: "double"}
_GEXF = {str: "string", int: "long", float: "double"}


class Network:
    """Entities as nodes, and those that are named together as edges, without direction.

    Attributes
    ----------
    nodes : Table
        A row for each entity, as :meth:`nutgraf.Corpus.entities` gives it.
    edges : Table
        A row for each pair, as :meth:`nutgraf.Corpus.cooccurrence` gives it.

    Notes
    -----
    Nodes of other formats are named by the entity; where two labels share a name, by the name and the label, as in
    ``Washington (LOC)``. They carry entity, label, mentions, articles and country; edges carry weight (the count),
    articles and the measures.

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
        """Give a ``networkx.Graph``, with weights and the other columns as attributes.

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
        """Give the network as GraphML, which igraph, Gephi, yEd and networkx read; write it where a path is named."""
        nodes, edges = self._nodes(), self._edges()
        keys: dict[tuple[str, str], str] = {}
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
        for scope, rows in (("node", nodes.values()), ("edge", [data for _, _, data in edges])):
            for name, kind in _attributes(rows).items():
                keys[scope, name] = f"{scope[0]}{sum(known == scope for known, _ in keys)}"
                lines.append(
                    f'  <key id="{keys[scope, name]}" for="{scope}" attr.name={_quoted(name)} '
                    f'attr.type="{_GRAPHML[kind]}"/>'
                )
        lines.append('  <graph edgedefault="undirected">')
        for node, data in nodes.items():
            lines.append(f"    <node id={_quoted(node)}>")
            lines += [f'      <data key="{keys["node", name]}">{_text(value)}</data>' for name, value in data.items()]
            lines.append("    </node>")
        for a, b, data in edges:
            lines.append(f"    <edge source={_quoted(a)} target={_quoted(b)}>")
            lines += [f'      <data key="{keys["edge", name]}">{_text(value)}</data>' for name, value in data.items()]
            lines.append("    </edge>")
        lines += ["  </graph>", "</graphml>", ""]
        return _written("\n".join(lines), path)

    def to_gexf(self, path: str | os.PathLike[str] | None = None) -> str:
        """Give the network as GEXF 1.2, which Gephi and networkx read; write it where a path is named."""
        nodes, edges = self._nodes(), self._edges()
        edges_data = [{name: value for name, value in data.items() if name != "weight"} for _, _, data in edges]
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
            '  <graph defaultedgetype="undirected" mode="static">',
        ]
        numbers: dict[tuple[str, str], int] = {}
        for scope, rows in (("node", list(nodes.values())), ("edge", edges_data)):
            lines.append(f'    <attributes class="{scope}" mode="static">')
            for number, (name, kind) in enumerate(_attributes(rows).items()):
                numbers[scope, name] = number
                lines.append(f'      <attribute id="{number}" title={_quoted(name)} type="{_GEXF[kind]}"/>')
            lines.append("    </attributes>")

        def values(scope: str, data: dict[str, Any]) -> list[str]:
            pairs = ((numbers[scope, name], value) for name, value in data.items())
            items = [f'          <attvalue for="{number}" value={_quoted(value)}/>' for number, value in pairs]
            return ["        <attvalues>", *items, "        </attvalues>"]

        lines.append("    <nodes>")
        for node, data in nodes.items():
            lines += [f"      <node id={_quoted(node)} label={_quoted(node)}>", *values("node", data), "      </node>"]
        lines += ["    </nodes>", "    <edges>"]
        for number, ((a, b, data), other) in enumerate(zip(edges, edges_data, strict=True)):
            lines.append(
                f'      <edge id="{number}" source={_quoted(a)} target={_quoted(b)} weight="{data["weight"]}">'
            )
            lines += [*values("edge", other), "      </edge>"]
        lines += ["    </edges>", "  </graph>", "</gexf>", ""]
        return _written("\n".join(lines), path)

    def _names(self) -> dict[tuple[str, str], str]:
        """Name each entity: by its own name, with the label where two share it."""
        labels: dict[str, set[str]] = {}
        for entity, label in zip(self.nodes["entity"], self.nodes["label"], strict=True):
            labels.setdefault(entity, set()).add(label)
        return {
            (entity, label): entity if len(owners) == 1 else f"{entity} ({label})"
            for entity, owners in labels.items()
            for label in owners
        }

    def _nodes(self) -> dict[str, dict[str, Any]]:
        names = self._names()
        return {
            names[row["entity"], row["label"]]: {name: row[name] for name in _NODE if row[name] is not None}
            for row in self.nodes
        }

    def _edges(self) -> list[tuple[str, str, dict[str, Any]]]:
        """List both ends and the attributes of each edge whose entities are nodes."""
        names = self._names()
        own = {"a", "b", "count", "a_label", "b_label"}
        edges = []
        for row in self.edges:
            a, b = names.get((row["a"], row["a_label"])), names.get((row["b"], row["b_label"]))
            if a is not None and b is not None:
                data = {"weight": row["count"], **{name: value for name, value in row.items() if name not in own}}
                edges.append((a, b, data))
        return edges


def _attributes(rows: Any) -> dict[str, type]:
    """Find the type of each attribute, in the order in which rows bring them."""
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, type(value))
    return found


def _legal(value: Any) -> str:
    """Show a value without the characters that XML forbids."""
    return "".join(c if c.isprintable() or c in "\t\n" else " " for c in str(value))


def _text(value: Any) -> str:
    from xml.sax.saxutils import escape  # slow to import, and seldom used

    return escape(_legal(value))


def _quoted(value: Any) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_legal(value))


def _written(text: str, path: str | os.PathLike[str] | None) -> str:
    if path is not None:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return text
