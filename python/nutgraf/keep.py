"""Corpora that outlive the process, and several corpora as one."""

from __future__ import annotations

import builtins
import os
from collections.abc import Iterable
from typing import Literal

from nutgraf import _core, _options
from nutgraf.corpus import Corpus
from nutgraf.errors import ConfigError, StateError

__all__ = ["concat", "open"]


def open(path: str | os.PathLike[str], *, threads: int | None = None) -> Corpus:
    """Open a corpus that was saved.

    Parameters
    ----------
    path : str or path
        A file that :meth:`Corpus.save` wrote.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Returns
    -------
    Corpus
        It has the articles, fields, ids and report of the corpus that was saved, so
        every table is the same.

    Raises
    ------
    StateError
        The file is not a saved corpus, is damaged or cut short, or was written by a
        newer version. Any damage is noticed.
    OSError
        The file cannot be read.

    See Also
    --------
    read : A corpus from articles in files.

    Notes
    -----
    Every offset is checked, so no file, however it was made, gives a wrong table or
    crashes. Cost: a quarter of the time of reading the articles anew.

    Examples
    --------
    >>> import nutgraf as ng, tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "samples.ngc"
    >>> corpus = ng.read(ng.samples())
    >>> corpus.save(path)
    >>> ng.open(path).entities() == corpus.entities()
    True
    """
    threads = _options.maybe_at_least("threads", threads, 1)
    try:
        with builtins.open(path, "rb") as file:
            return restored(file.read(), threads)
    except StateError as error:
        raise StateError(f"{os.fspath(path)}: {error}", kind=error.kind, source=os.fspath(path)) from None


def restored(content: bytes, threads: int | None) -> Corpus:
    """Make a corpus of the content of a file, as from a pickle."""
    return Corpus._of(_core.Corpus.from_bytes(content, threads), threads)


def concat(
    corpora: Iterable[Corpus], *, ids: Literal["keep", "renumber"] = "keep", threads: int | None = None
) -> Corpus:
    """Unite several corpora, one after another.

    Parameters
    ----------
    corpora : iterable of Corpus
        Corpora or selections of any origin.
    ids : {"keep", "renumber"}, default "keep"
        Keep the ids of the articles, which must differ, or number the articles 0, 1, 2,
        … anew.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Returns
    -------
    Corpus
        The corpus that the articles would be if they had been read together. Fields are
        united by name; a field that a corpus lacks is missing in its articles, and a
        field whose values have different types becomes text, as in a list of dicts. The
        reports are added up.

    Raises
    ------
    ParseError
        Two articles have the same id.
    ConfigError
        There is no corpus, or one has mentions from :meth:`Corpus.with_mentions`.
    TypeError
        Something is not a corpus.

    Notes
    -----
    Cost: a copy of the tokens, and one look-up per distinct token. Texts are shared.

    Examples
    --------
    >>> import nutgraf as ng
    >>> monday = ng.Corpus({"id": ["m1"], "text": ["Rain fell."], "day": ["Monday"]})
    >>> tuesday = ng.Corpus({"id": ["t1"], "text": ["The rain stopped."], "day": ["Tuesday"]})
    >>> ng.concat([monday, tuesday]).articles()["article"]
    ['m1', 't1']
    """
    if isinstance(corpora, Corpus) or not isinstance(corpora, Iterable):
        raise _options.wrong_type("corpora", "a list of corpora", corpora)
    listed = list(corpora)
    for corpus in listed:
        if not isinstance(corpus, Corpus):
            raise _options.wrong_type("corpora", "a list of corpora", corpus)
    if not listed:
        raise ConfigError("there is no corpus; expected at least one", kind="bad_option", field="corpora")
    _options.choice("ids", ids, ["keep", "renumber"])
    threads = _options.maybe_at_least("threads", threads, 1)
    core = _core.Corpus.concat([corpus._core for corpus in listed], ids == "renumber", threads)
    return Corpus._of(core, threads)
