"""What the plot of a network shows: its nodes, placed by springs, and its edges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from nutgraf import _options
from nutgraf._figure import LABEL, in_order, shortened, unique

if TYPE_CHECKING:
    from nutgraf.network import Network

__all__: list[str] = []

# How many nodes are shown, if no number is given, and the longest name of one.
_NODES, _NAME = 40, 24


class Node(NamedTuple):
    """A node of a network, within a square of one by one."""

    name: str
    x: float
    y: float
    group: str
    size: float


class Edge(NamedTuple):
    """The positions of the two nodes of a pair, and its weight: the count."""

    a: int
    b: int
    weight: int


class Picture(NamedTuple):
    """What the plot of a network shows."""

    nodes: list[Node]
    edges: list[Edge]
    groups: list[str]
    note: str


def picture(network: Network, n: int | None) -> Picture:
    """Lay out the nodes with the most mentions, and the edges between them."""
    n = _options.maybe_at_least("n", n, 1) or _NODES
    names = network._names()
    rows = sorted(network.nodes, key=lambda row: -row["mentions"])
    kept = rows[:n]
    places = {(row["entity"], row["label"]): at for at, row in enumerate(kept)}
    edges = []
    for row in network.edges:
        a, b = places.get((row["a"], row["a_label"])), places.get((row["b"], row["b_label"]))
        if a is not None and b is not None:
            edges.append(Edge(a, b, row["count"]))
    points = springs(len(kept), edges)
    most = max((row["mentions"] for row in kept), default=0) or 1
    short = unique([shortened(names[row["entity"], row["label"]], _NAME) for row in kept])
    nodes = [
        Node(own, x, y, shortened(row["label"], LABEL), row["mentions"] / most)
        for own, row, (x, y) in zip(short, kept, points, strict=True)
    ]
    note = f"{len(kept):,} of {len(rows):,} entities" if len(kept) < len(rows) else ""
    return Picture(nodes, edges, in_order([node.group for node in nodes]), note)


def springs(nodes: int, edges: list[Edge], rounds: int = 150) -> list[tuple[float, float]]:
    """Place nodes by the springs of Fruchterman and Reingold (1991).

    The nodes begin on a spiral, not at random, so a network always looks the same. The
    cost is a multiple of the square of the nodes.
    """
    golden = math.pi * (3 - math.sqrt(5))
    xs = [math.sqrt((at + 0.5) / max(nodes, 1)) * math.cos(golden * at) for at in range(nodes)]
    ys = [math.sqrt((at + 0.5) / max(nodes, 1)) * math.sin(golden * at) for at in range(nodes)]
    ideal = 1.6 / math.sqrt(max(nodes, 1))
    heaviest = max((edge.weight for edge in edges), default=1) or 1
    pulls = [(edge.a, edge.b, 0.3 + 0.7 * math.sqrt(edge.weight / heaviest)) for edge in edges]
    for step in range(rounds):
        moves_x, moves_y = [0.0] * nodes, [0.0] * nodes
        for a in range(nodes):
            for b in range(a):
                dx, dy = xs[a] - xs[b], ys[a] - ys[b]
                push = ideal * ideal / max(dx * dx + dy * dy, 1e-6)
                moves_x[a] += dx * push
                moves_y[a] += dy * push
                moves_x[b] -= dx * push
                moves_y[b] -= dy * push
        for a, b, weight in pulls:
            dx, dy = xs[a] - xs[b], ys[a] - ys[b]
            pull = weight * math.hypot(dx, dy) / ideal
            moves_x[a] -= dx * pull
            moves_y[a] -= dy * pull
            moves_x[b] += dx * pull
            moves_y[b] += dy * pull
        heat = 0.15 * (1 - step / rounds)
        for at in range(nodes):
            # A pull to the middle keeps parts that are not connected in the picture.
            dx, dy = moves_x[at] - 0.6 * xs[at], moves_y[at] - 0.6 * ys[at]
            far = math.hypot(dx, dy) or 1.0
            xs[at] += dx / far * min(far, heat)
            ys[at] += dy / far * min(far, heat)
    return list(zip(_squeezed(xs), _squeezed(ys), strict=True))


def _squeezed(numbers: list[float]) -> list[float]:
    """Move numbers to between 0 and 1."""
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    if high == low:
        return [0.5] * len(numbers)
    # Half of it is the rank, so that a part that is far away does not leave the others no room.
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    rank = {at: place / (len(numbers) - 1) for place, at in enumerate(order)}
    return [(numbers[at] - low) / (high - low) / 2 + rank[at] / 2 for at in range(len(numbers))]
