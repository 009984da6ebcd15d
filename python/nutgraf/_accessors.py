"""The verbs of a corpus on frames and Series, for accessors of pandas and Polars."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from nutgraf.corpus import Corpus

__all__: list[str] = []

P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A", bound="Accessor")

# The options of a corpus without columns.
_OF_A_SERIES = ("layout", "paragraphs", "errors", "threads", "progress")


def _on_a_corpus(verb: Callable[Concatenate[Corpus, P], R]) -> Callable[Concatenate[Accessor, P], R]:
    """Make a method that calls a verb on a new corpus; it has the verb's signature."""

    @functools.wraps(verb)
    def method(self: Accessor, /, *args: P.args, **options: P.kwargs) -> R:
        return verb(self._corpus(), *args, **options)

    return method


class Accessor:
    """A frame or a Series of articles, with every verb of a corpus."""

    def __init__(self, articles: Any, /) -> None:
        self._articles = articles
        self._options: dict[str, Any] = {}

    def _corpus(self) -> Corpus:
        return Corpus(self._articles, **self._options)

    def _with(self: A, options: dict[str, Any]) -> A:
        accessor = type(self)(self._articles)
        accessor._options = {**self._options, **options}
        return accessor

    articles = _on_a_corpus(Corpus.articles)
    zones = _on_a_corpus(Corpus.zones)
    sentences = _on_a_corpus(Corpus.sentences)
    tokens = _on_a_corpus(Corpus.tokens)
    terms = _on_a_corpus(Corpus.terms)
    matrix = _on_a_corpus(Corpus.matrix)
    tfidf = _on_a_corpus(Corpus.tfidf)
    keywords = _on_a_corpus(Corpus.keywords)
    keyness = _on_a_corpus(Corpus.keyness)
    collocations = _on_a_corpus(Corpus.collocations)
    collocates = _on_a_corpus(Corpus.collocates)
    count = _on_a_corpus(Corpus.count)
    cooccurrence = _on_a_corpus(Corpus.cooccurrence)
    network = _on_a_corpus(Corpus.network)
    dispersion = _on_a_corpus(Corpus.dispersion)
    diversity = _on_a_corpus(Corpus.diversity)
    readability = _on_a_corpus(Corpus.readability)
    trend = _on_a_corpus(Corpus.trend)
    timeline = _on_a_corpus(Corpus.timeline)
    bursts = _on_a_corpus(Corpus.bursts)
    dates = _on_a_corpus(Corpus.dates)
    kwic = _on_a_corpus(Corpus.kwic)
    search = _on_a_corpus(Corpus.search)
    mentions = _on_a_corpus(Corpus.mentions)
    entities = _on_a_corpus(Corpus.entities)
    aliases = _on_a_corpus(Corpus.aliases)
    quotes = _on_a_corpus(Corpus.quotes)
    copies = _on_a_corpus(Corpus.copies)
    explain = _on_a_corpus(Corpus.explain)
    describe = _on_a_corpus(Corpus.describe)
    show = _on_a_corpus(Corpus.show)
    write_report = _on_a_corpus(Corpus.write_report)


def _described(function: Any, name: str, summary: str, returns: str, names: tuple[str, ...] | None) -> None:
    """Give a method the signature of Corpus and the texts of its options.

    ``names`` are the options that it takes; all if None.
    """
    options = [
        it
        for name, it in inspect.signature(Corpus).parameters.items()
        if it.kind is it.KEYWORD_ONLY and (names is None or name in names)
    ]
    self = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    function.__name__ = name
    function.__signature__ = inspect.Signature([self, *options], return_annotation=returns)
    entries = _texts_of_options()
    lines = [summary, "", "Parameters", "----------", *(entries[it.name] for it in options)]
    lines += ["", "Returns", "-------", returns, "", "See Also", "--------", "nutgraf.Corpus : Its exceptions."]
    function.__doc__ = "\n".join(lines) + "\n"


def _texts_of_options() -> dict[str, str]:
    """Return the entry of each option in the docstring of Corpus."""
    doc = inspect.getdoc(Corpus) or ""  # None where Python runs without docstrings
    found = re.search(r"^Parameters\n-+\n(.*?)\n(?=^\w[\w ]*\n-+\n)", doc, re.S | re.M)
    entries = re.split(r"(?m)^(?=\w)", found[1] if found else "")
    texts = {entry.partition(" : ")[0]: entry.rstrip() for entry in entries if entry.strip()}
    return {name: texts.get(name, name) for name in inspect.signature(Corpus).parameters}


def _with_options(
    init: Callable[Concatenate[Corpus, Any, P], None], names: tuple[str, ...] | None, what: str
) -> tuple[Callable[Concatenate[Any, P], Corpus], Callable[Concatenate[Any, P], Any]]:
    """Make the methods ``corpus`` and ``__call__`` of an accessor."""

    def corpus(self: Any, /, *args: P.args, **options: P.kwargs) -> Corpus:
        return self._with(_allowed(options))._corpus()  # type: ignore[no-any-return]

    def call(self: Any, /, *args: P.args, **options: P.kwargs) -> Any:
        return self._with(_allowed(options))

    def _allowed(options: dict[str, Any]) -> dict[str, Any]:
        for name in options:
            if names is not None and name not in names:
                raise TypeError(f"a Series has no option {name!r}; there are {', '.join(names)}")
        return options

    _described(corpus, "corpus", f"Make a corpus of the articles in the {what}.", "Corpus", names)
    _described(call, "__call__", "Return the accessor with options for its corpus.", "Accessor", names)
    return corpus, call


class FrameVerbs(Accessor):
    """A frame of articles."""

    corpus, __call__ = _with_options(Corpus.__init__, None, "frame")


class SeriesVerbs(Accessor):
    """A Series of texts."""

    corpus, __call__ = _with_options(Corpus.__init__, _OF_A_SERIES, "Series")
