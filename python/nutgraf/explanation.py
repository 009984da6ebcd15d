"""Why a mention belongs to its entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from nutgraf._terminal import visible
from nutgraf.table import Table

__all__ = ["Explanation", "Step"]


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
        text.
    ambiguous : bool
        Whether the mention fits several names and nothing decides between them.
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
        "ambiguous",
        "article",
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
        self.start: int = mention["start"]
        self.end: int = mention["end"]
        self.text: str = mention["text"]
        self.label: str = mention["label"]
        self.entity: str = mention["entity"]
        self.country: str | None = mention["country"]
        self.ambiguous: bool = mention["ambiguous"]
        self.steps = [Step(**row) for row in table.to_dicts()]
        self.table = table

    def __repr__(self) -> str:
        place = f", {self.country}" if self.country else ""
        head = f"{self.text} ({self.label}{place}) is {self.entity}"
        if self.ambiguous:
            head += ", but it fits several names"
        steps = (f"{n}. {step.rule}: {step.sentence}" for n, step in enumerate(self.steps, 1))
        return "\n".join(visible(line) for line in [head, *steps])

    def _repr_html_(self) -> str:
        import html  # slow to import and rarely used

        head, *steps = (html.escape(line) for line in repr(self).splitlines())
        items = "".join(f"<li>{step.split('. ', 1)[1]}</li>" for step in steps)
        return f"<p><b>{head}</b></p><ol>{items}</ol>"
