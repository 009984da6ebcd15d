"""What the adapters of engines share: verbs and states over a piece of a frame.

An engine divides a frame into pieces, which workers turn into Arrow tables or into the
bytes of states. Nothing here depends on an engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nutgraf.corpus import Corpus
from nutgraf.errors import ConfigError
from nutgraf.state import State
from nutgraf.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

__all__: list[str] = []

Kind: TypeAlias = Literal["terms", "pairs", "entities", "lengths", "dates"]

# The verbs whose rows are those of one article, whatever the other articles are.
VERBS = ("articles", "zones", "sentences", "tokens", "mentions", "diversity", "readability", "kwic")

# How many states a worker adds up at a time.
FAN_IN = 16


def expect_verb(verb: str, roles: dict[str, Any]) -> None:
    """Check that a verb can be computed piece by piece, and that articles have ids."""
    if verb not in VERBS:
        raise ConfigError(
            f"{verb!r} needs all articles at once; expected one of {', '.join(VERBS)}, or state()",
            kind="bad_option",
            field="verb",
        )
    if not roles.get("id"):
        raise ConfigError(
            "the articles have no ids, and positions differ from piece to piece; expected id=, the name of a column",
            kind="bad_option",
            field="id",
        )


def corpus(piece: Any, roles: dict[str, Any]) -> Corpus:
    """Make a corpus of a piece of a frame, on one thread: engines have more workers."""
    return Corpus(piece, threads=1, **roles)


def rows(piece: Any, verb: str, roles: dict[str, Any], options: dict[str, Any]) -> Table:
    """Compute the rows of a verb over a piece of a frame."""
    made: Table = getattr(corpus(piece, roles), verb)(**options)
    return made


def arrow(table: Table) -> pa.Table:
    """Convert a table to Arrow with plain strings, which every engine takes."""
    import pyarrow as pa

    made = pa.table(table)
    columns = [
        column.cast(pa.string())
        if pa.types.is_dictionary(column.type) or pa.types.is_large_string(column.type)
        else column
        for column in made.columns
    ]
    return pa.table(dict(zip(made.column_names, columns, strict=True)))


def partial(piece: Any, kinds: tuple[Kind, ...], roles: dict[str, Any], options: dict[str, Any]) -> bytes:
    """Make the state of a piece of a frame."""
    return corpus(piece, roles).state(*kinds, **options).to_bytes()


def merged(states: Iterable[bytes]) -> bytes:
    """Add up the states of several pieces."""
    return State.merge(map(State.from_bytes, states), threads=1).to_bytes()
