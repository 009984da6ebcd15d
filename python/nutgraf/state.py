"""Counts of articles that are kept, added up and asked without the articles."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from nutgraf import _core, _options
from nutgraf._answers import Answers
from nutgraf._verbs.keep import written
from nutgraf.corpus import Corpus
from nutgraf.errors import ConfigError, StateError
from nutgraf.table import Table

__all__ = ["State"]

# The number of files that are open at once while they are added up.
_AT_ONCE = 512


class State(Answers):
    """Counts of articles by group, without the articles.

    :meth:`Corpus.state` makes a state. It answers the verbs whose counts it holds, and
    its tables are those of the corpus. States of different articles add up with ``+``
    or :meth:`merge`: the sum is the state of all articles, however they were divided,
    and entities are joined across all of them.

    Attributes
    ----------
    settings : dict of str to str
        What was counted, and how: kinds, by, zones, and the options. States with
        different settings do not add up.

    Notes
    -----
    Cost: a number per group and term, and about five numbers per mention of a name.

    Examples
    --------
    >>> import nutgraf as ng
    >>> monday = ng.Corpus(["date 2019-01-07 Rain fell. Angela Merkel spoke."])
    >>> tuesday = ng.Corpus(["date 2019-01-08 The rain stopped. Merkel left."])
    >>> days = [corpus.state("terms", "entities", by="day") for corpus in (monday, tuesday)]
    >>> week = days[0] + days[1]
    >>> week
    State(terms, entities; 2 articles in 2 groups by day)
    >>> week.terms()["term"][:2]
    ['merkel', 'rain']
    >>> week.where(day="2019-01-08").terms()["term"]
    ['left', 'merkel', 'rain', 'stopped', 'the']
    """

    __slots__ = ()

    # -- what it is

    def __repr__(self) -> str:
        settings = self.settings
        if not settings:
            return "State(empty)"
        groups, articles = len(self.groups()), len(self)
        by = f" in {groups:,} {'group' if groups == 1 else 'groups'} by {settings['by']}" if settings["by"] else ""
        pruned = f", min_count={settings['min_count']}" if settings.get("min_count", "1") != "1" else ""
        return f"State({settings['kinds']}; {articles:,} {'article' if articles == 1 else 'articles'}{by}{pruned})"

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._core.articles()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash(self.to_bytes())

    def groups(self) -> Table:
        """List the groups of the articles.

        Returns
        -------
        Table
            The group columns, then articles and words (the number of words in the zones
            of the state).

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Corpus({"text": ["Rain fell.", "Sun."], "source": ["A", "B"]}).state("terms", by="source").groups()
        source  articles  words
        A              1      2
        B              1      1
        """
        return Table(self._core.groups())

    # -- adding up

    def __add__(self, other: State) -> State:
        if not isinstance(other, State):
            return NotImplemented
        return State.merge([self, other])

    @classmethod
    def empty(cls) -> State:
        """Return the state of no article, which adds nothing to any other.

        Returns
        -------
        State

        Examples
        --------
        >>> import nutgraf as ng
        >>> state = ng.Corpus(["Rain fell."]).state("terms")
        >>> ng.State.empty() + state == state
        True
        """
        return cls._of(_core.State.merge([], None))

    @classmethod
    def merge(cls, states: Iterable[State | str | os.PathLike[str]], *, threads: int | None = None) -> State:
        """Add up many states.

        Parameters
        ----------
        states : iterable of State or path
            States, or files that :meth:`save` wrote, with the same settings, which have
            no article in common: an article that two of them have counts twice.
        threads : int, optional
            Number of threads; all cores by default. Results do not depend on it.

        Returns
        -------
        State
            The state that all the articles together would have, to the byte.

        Raises
        ------
        ConfigError
            The states differ in a setting; the message names it. A file is listed
            twice. Terms were omitted from a group that several of them have, so their
            sum is unknown.
        StateError
            A file is not a state, is damaged or cut short, or was written by a newer
            version.
        OSError
            A file cannot be read.
        TypeError
            Something is neither a state nor a path.

        Notes
        -----
        Files are opened some at a time, on all threads. Cost: one look-up per term and
        state, and a sort of the mentions.

        Examples
        --------
        >>> import nutgraf as ng
        >>> days = [ng.Corpus([text]).state("terms") for text in ("Rain fell.", "Rain stopped.")]
        >>> ng.State.merge(days).terms()["count"]
        [2, 1, 1]
        """
        expected = "a list of states or paths"
        if isinstance(states, (State, str, os.PathLike)) or not isinstance(states, Iterable):
            raise _options.wrong_type("states", expected, states)
        threads = _options.maybe_at_least("threads", threads, 1)
        cores: list[_core.State] = []
        paths: list[str] = []
        seen: set[str] = set()
        for state in states:
            if isinstance(state, State):
                cores.append(state._core)
            elif isinstance(state, (str, os.PathLike)):
                paths.append(os.fspath(state))
                real = os.path.realpath(state)
                if real in seen:
                    raise ConfigError(
                        f"{paths[-1]} is listed twice, so its articles would count twice; expected each file once",
                        kind="bad_option",
                        field="states",
                    )
                seen.add(real)
            else:
                raise _options.wrong_type("states", expected, state)
        for start in range(0, len(paths), _AT_ONCE):
            if start:
                cores = [_core.State.merge(cores, threads)]
            cores += cls._opened(paths[start : start + _AT_ONCE], threads)
        return cls._of(_core.State.merge(cores, threads), threads)

    @classmethod
    def _opened(cls, paths: list[str], threads: int | None) -> list[_core.State]:
        """Open several files at once."""
        contents = []
        for path in paths:
            with open(path, "rb") as file:
                contents.append(file.read())
        try:
            return _core.State.from_many(contents, threads)
        except StateError:
            for path in paths:
                cls.load(path)  # raises the error with the name of the file
            raise

    # -- keeping

    def to_bytes(self) -> bytes:
        """Return the content of a file of this state.

        Returns
        -------
        bytes
            They depend on the articles and the settings alone, not on how the articles
            were divided, added up or ordered.
        """
        return self._core.to_bytes(self._threads)

    @classmethod
    def from_bytes(cls, content: bytes) -> State:
        """Restore a state from the content of a file.

        Parameters
        ----------
        content : bytes
            What :meth:`to_bytes` returned.

        Returns
        -------
        State

        Raises
        ------
        StateError
            The content is not a state, is damaged or cut short, or was written by a
            newer version.

        Examples
        --------
        >>> import nutgraf as ng
        >>> state = ng.Corpus(["Rain fell."]).state("terms")
        >>> ng.State.from_bytes(state.to_bytes()) == state
        True
        """
        if not isinstance(content, (bytes, bytearray, memoryview)):
            raise _options.wrong_type("content", "bytes", content)
        return cls._of(_core.State.from_bytes(bytes(content), None))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save this state in a file that :meth:`load` reads.

        Parameters
        ----------
        path : str or path
            The file, by convention with the suffix ``.ngs``. An existing file is
            replaced once the new one is complete.

        Raises
        ------
        OSError
            The file cannot be written.
        """
        written(path, self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> State:
        """Load a state that was saved.

        Parameters
        ----------
        path : str or path
            A file that :meth:`save` wrote.

        Returns
        -------
        State

        Raises
        ------
        StateError
            The file is not a state, is damaged or cut short, or was written by a newer
            version.
        OSError
            The file cannot be read.
        """
        try:
            with open(path, "rb") as file:
                return cls.from_bytes(file.read())
        except StateError as error:
            raise StateError(f"{os.fspath(path)}: {error}", kind=error.kind, source=os.fspath(path)) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return State.from_bytes, (self.to_bytes(),)

    def __getattr__(self, name: str) -> NoReturn:
        if not name.startswith("_") and hasattr(Corpus, name):
            raise AttributeError(
                f"a state has no {name}, which needs the articles; use the corpus, or one that was saved and opened"
            )
        raise AttributeError(f"a state has no {name}")


def state_of_names(entities: Table) -> State:
    """Make a state of the entities in a table, as if articles had named them."""
    for column in ("entity", "label"):
        if column not in entities.columns:
            raise ConfigError(
                f'the table has no column "{column}"; expected one of entities()', kind="missing_column", field="known"
            )
    articles = entities["articles"] if "articles" in entities.columns else [1] * len(entities)
    texts, labels = [], []
    for name, label, count in zip(entities["entity"], entities["label"], articles, strict=True):
        # More articles than this add nothing to the evidence.
        repeated = min(int(count), 3)
        texts += [re.sub(r" \([^()]*\)$", "", name)] * repeated
        labels += [label] * repeated
    spans = {
        "article": list(range(len(texts))),
        "start": [0] * len(texts),
        "end": list(map(len, texts)),
        "label": labels,
    }
    corpus = Corpus(texts, layout="plain")
    return corpus.with_mentions(spans).state("entities") if texts else State.empty()
