"""Why a mention belongs to its entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from nutgraf._terminal import visible
from nutgraf.table import Table

__all__ = ["Explanation", "NameExplanation", "Step"]


class Step(NamedTuple):
    """A rule that resolved one form of a name to another.

    Attributes
    ----------
    rule : str
        The name of the rule, which is stable.
    form : str
        The form that was resolved.
    to : str
        What it was resolved to: a fuller form, a country, or the entity.
    sentence : str
        The rule in words.
    """

    rule: str
    form: str
    to: str
    sentence: str


class Explanation:
    """A mention, and the rules that resolved it to its entity.

    Attributes
    ----------
    article : int or str
        The id of the article.
    zone, text, label, entity : str
        The mention, as in :meth:`nutgraf.Corpus.mentions`.
    country : str or None
        ISO 3166-1 alpha-2 code of a place, a nationality or an institution.
    sentence, start, end : int
        The location of the mention: the sentence of the article, and characters of its
        text (or of a headline from a separate column).
    context : str
        The text of the sentence.
    ambiguous : bool
        Whether the mention fits several names and nothing decides between them.
    candidates : list of str
        The entities of the article whose names have all words of the mention, if it is
        ambiguous.
    steps : list of Step
        The rules in order; the last one resolves the entity of the article to that of
        all articles.
    table : Table
        The steps as a table: rule, form, to, sentence.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel met him."])
    >>> [step.rule for step in corpus.explain(0, 33).steps]
    ['surname', 'batch_same_name']
    """

    __slots__ = (
        "_context_start",
        "ambiguous",
        "article",
        "candidates",
        "context",
        "country",
        "end",
        "entity",
        "label",
        "sentence",
        "start",
        "steps",
        "table",
        "text",
        "zone",
    )

    def __init__(self, article: Any, mention: Mapping[str, Any], table: Table) -> None:
        self.article = article
        self.zone: str = mention["zone"]
        self.sentence: int = mention["sentence"]
        self.context: str = mention["context"]
        self._context_start: int = mention["context_start"]
        self.start: int = mention["start"]
        self.end: int = mention["end"]
        self.text: str = mention["text"]
        self.label: str = mention["label"]
        self.entity: str = mention["entity"]
        self.country: str | None = mention["country"]
        self.ambiguous: bool = mention["ambiguous"]
        self.candidates: list[str] = mention["candidates"]
        self.steps = [Step(**row) for row in table.to_dicts()]
        self.table = table

    def _head(self) -> str:
        place = f", {self.country}" if self.country else ""
        head = f"{self.text} ({self.label}{place}) is {self.entity}"
        if self.ambiguous:
            head += ", but it fits several names"
            if self.candidates:
                head += f": {', '.join(self.candidates)}"
        return head

    def _pieces(self) -> tuple[str, str, str]:
        """Return the sentence before the mention, the mention, and the rest."""
        start, end = self.start - self._context_start, self.end - self._context_start
        return self.context[:start], self.context[start:end], self.context[end:]

    def _place(self) -> str:
        return f"article {self.article}, {self.zone}, characters {self.start}–{self.end}"

    def __repr__(self) -> str:
        before, mention, after = self._pieces()
        sentence = " ".join(f"{before}[{mention}]{after}".split())
        steps = (f"{n}. {step.rule}: {step.sentence}" for n, step in enumerate(self.steps, 1))
        return "\n".join(visible(line) for line in [self._head(), f"“{sentence}” ({self._place()})", *steps])

    def _repr_html_(self) -> str:
        import html  # slow to import and rarely used

        from nutgraf import _html

        def shown(text: str) -> str:
            return html.escape(visible(text))

        steps = "".join(f"<li>{shown(f'{step.rule}: {step.sentence}')}</li>" for step in self.steps)
        sentence = _html.marked([visible(" ".join(piece.split(" "))) for piece in self._pieces()])
        return (
            f"<p><b>{shown(self._head())}</b></p><blockquote>{sentence} <small>({shown(self._place())})</small>"
            f"</blockquote><ol>{steps}</ol>"
        )


class NameExplanation:
    """A name, the entities that its mentions belong to, and why.

    Attributes
    ----------
    name : str
        The name.
    table : Table
        One row per entity: entity, label, mentions (spelt so), articles, ambiguous (the
        number of mentions that fit several names), by decreasing number of mentions.
    examples : list of Explanation
        The first mention of each entity, for up to five entities.

    Examples
    --------
    >>> import nutgraf as ng
    >>> corpus = ng.Corpus(["Angela Merkel flew to Paris. Mrs Merkel met him.", "Max Merkel lost."])
    >>> corpus.explain("Merkel").table["entity"]
    ['Angela Merkel']
    """

    __slots__ = ("examples", "name", "table")

    def __init__(self, name: str, table: Table, examples: list[Explanation]) -> None:
        self.name = name
        self.table = table
        self.examples = examples

    def __repr__(self) -> str:
        return "\n\n".join([repr(self.table), *map(repr, self.examples)])

    def _repr_html_(self) -> str:
        return self.table._repr_html_() + "".join(example._repr_html_() for example in self.examples)
