"""Every exception that nutgraf raises, except Python's own.

Python's own exceptions are used where one fits: ``TypeError`` for an argument of the
wrong type, ``IndexError`` and ``KeyError`` for an item that does not exist,
``MemoryError`` if memory runs out, ``KeyboardInterrupt`` for Ctrl-C.
"""

from __future__ import annotations

from typing import Any

__all__ = ["ConfigError", "ModelError", "NutgrafError", "ParseError", "StateError"]


class NutgrafError(Exception):
    """The base class of the exceptions of nutgraf.

    Attributes
    ----------
    kind : str
        A stable name for the kind of error, such as ``"bad_date"``.
    source : str or None
        The file.
    article : int or None
        The position of the article in its batch, from 0.
    field : str or None
        The field or option.
    line : int or None
        The line of the file, from 1.
    byte : int or None
        The byte of the file or text, from 0.
    """

    def __init__(
        self,
        message: str = "",
        *,
        kind: str = "internal",
        source: str | None = None,
        article: int | None = None,
        field: str | None = None,
        line: int | None = None,
        byte: int | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.source = source
        self.article = article
        self.field = field
        self.line = line
        self.byte = byte

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), self.args, self.__dict__)


class ParseError(NutgrafError, ValueError):
    """The input is wrong: a bad date, a missing text, an unreadable file."""


class ConfigError(NutgrafError, ValueError):
    """The call is wrong: an option is out of range, or a column does not exist."""


class ModelError(NutgrafError, ValueError):
    """A model file is damaged, too new, or not a model at all."""


class StateError(NutgrafError, ValueError):
    """A saved corpus is damaged, too new, or not a saved corpus at all."""
