"""Tokens and sentences of a string, for people who bring their own pipeline."""

from __future__ import annotations

from nutgraf import _core, _options

__all__ = ["split_sentences", "tokenize"]


def tokenize(text: str) -> list[tuple[int, int]]:
    """Find the tokens of a text.

    Words keep their inner apostrophes and hyphens (``don't``, ``it's``, ``four-day``),
    and abbreviations keep their full stop. A possessive ``'s`` is a separate token, and
    so is the number of ``14-year-old``. Every character that is not white space is in
    exactly one token.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        Half-open character offsets, in order.

    Raises
    ------
    TypeError
        The text is not a str.
    ParseError
        The text contains a lone surrogate.

    Examples
    --------
    >>> import nutgraf as ng
    >>> text = "Mr. O'Brien's ex-wife paid $1,000."
    >>> [text[start:end] for start, end in ng.tokenize(text)]
    ['Mr.', "O'Brien", "'s", 'ex-wife', 'paid', '$', '1,000', '.']
    """
    return _core.tokenize(_text(text))


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    A blank line always ends a sentence; a single line break does not.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        Half-open character offsets, in order, without the white space between
        sentences.

    Raises
    ------
    TypeError
        The text is not a str.
    ParseError
        The text contains a lone surrogate.

    Examples
    --------
    >>> import nutgraf as ng
    >>> text = 'Dr. Reis said: "It rained." She left at 6 p.m. on Monday.'
    >>> [text[start:end] for start, end in ng.split_sentences(text)]
    ['Dr. Reis said: "It rained."', 'She left at 6 p.m. on Monday.']
    """
    return _core.split_sentences(_text(text))


def _text(text: object) -> str:
    if isinstance(text, (bytes, bytearray)):
        raise TypeError("text takes a str; it got bytes: decode them first, as in text.decode()")
    if not isinstance(text, str):
        raise _options.wrong_type("text", "a str", text)
    return text
