"""nutgraf in spaCy: our entities in the Docs of a pipeline.

:func:`annotate` takes Docs and gives them entities. ``import nutgraf.spacy`` also
registers the component ``"nutgraf"``.

>>> import spacy
>>> import nutgraf.spacy
>>> nlp = spacy.blank("en")
>>> pipe = nlp.add_pipe("nutgraf")
>>> [(span.text, span.label_, span.kb_id_) for span in nlp("Angela Merkel flew to Paris. Mrs Merkel met him.").ents]
[('Angela Merkel', 'PER', 'Angela Merkel'), ('Paris', 'LOC', 'Paris'), ('Merkel', 'PER', 'Angela Merkel')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans, minibatch

from nutgraf import _options
from nutgraf._options import DEFAULT_ZONES, Zones
from nutgraf.corpus import Corpus

if TYPE_CHECKING:
    from nutgraf.gazetteer import Gazetteer
    from nutgraf.tagger import EntityTagger

__all__ = ["Component", "annotate"]


def annotate(
    docs: Iterable[Doc],
    *,
    zones: Zones = DEFAULT_ZONES,
    labels: str | Sequence[str] | None = None,
    agencies: bool = True,
    tagger: EntityTagger | None = None,
    gazetteer: Gazetteer | None = None,
    key: str | None = None,
    threads: int | None = None,
) -> list[Doc]:
    """Find the entities of spaCy Docs, which are resolved together.

    Parameters
    ----------
    docs : iterable of spacy.tokens.Doc
        The articles.
    zones : {"all"} or zone name or list of zone names, default ("headline", "body")
        The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
        ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
    labels : str or list of str, optional
        Only entities with these labels. The default tagger has PER, ORG, LOC, NORP and
        MISC. By default, all labels.
    agencies : bool, default True
        Include news and picture agencies. They often occur as the source of a story
        rather than in it, and ``False`` ignores them.
    tagger : EntityTagger, optional
        The tagger that finds the entities. By default,
        :meth:`nutgraf.EntityTagger.default`.
    gazetteer : Gazetteer, optional
        Names of your own, with labels of your choice. They are added to what the tagger
        finds and take precedence where the two overlap; their entities have the names
        that the gazetteer gives. Short forms in the article are resolved to them as to
        any other name.
    key : str, optional
        Put the entities into this group of spans, ``doc.spans[key]``. By default, they
        replace ``doc.ents``.
    threads : int, optional
        Number of threads; all cores by default. Results do not depend on it.

    Returns
    -------
    list of spacy.tokens.Doc
        The Docs themselves. Each entity is a span whose ``kb_id_`` is the canonical
        name; it covers whole tokens of spaCy. Of two that share a token, ``doc.ents``
        has the longer one.

    Raises
    ------
    TypeError
        An item is not a Doc.

    Examples
    --------
    >>> import spacy
    >>> from nutgraf.spacy import annotate
    >>> (doc,) = annotate([spacy.blank("en")("Mr Macron flew to Lisbon.")], labels="LOC", key="places")
    >>> [span.text for span in doc.spans["places"]]
    ['Lisbon']
    """
    if isinstance(docs, Doc):
        raise TypeError("docs takes several Docs, not a single one; put it in a list, as in [doc]")
    docs = list(docs)
    for doc in docs:
        if not isinstance(doc, Doc):
            raise _options.wrong_type("docs", "Docs of spaCy", doc)
    mentions = Corpus([doc.text for doc in docs], threads=threads).mentions(
        zones=zones, labels=labels, agencies=agencies, tagger=tagger, gazetteer=gazetteer
    )
    found: list[list[Any]] = [[] for _ in docs]
    for row in mentions:
        span = docs[row["article"]].char_span(
            row["start"], row["end"], label=row["label"], kb_id=row["entity"] or "", alignment_mode="expand"
        )
        if span is not None:
            found[row["article"]].append(span)
    for doc, spans in zip(docs, found, strict=True):
        if key is None:
            doc.set_ents(filter_spans(spans))
        else:
            doc.spans[key] = spans
    return docs


class Component:
    """A component of a spaCy pipeline that finds entities.

    ``nlp.pipe(texts)`` resolves the Docs of a batch together; ``nlp(text)`` sees one
    article.

    Parameters
    ----------
    zones : {"all"} or zone name or list of zone names, default ("headline", "body")
        The zones to read: ``"headline"``, ``"dateline"``, ``"byline"``, ``"body"``,
        ``"caption"`` or ``"boilerplate"``; ``"all"`` reads every zone.
    labels : str or list of str, optional
        Only entities with these labels. The default tagger has PER, ORG, LOC, NORP and
        MISC. By default, all labels.
    agencies : bool, default True
        Include news and picture agencies. They often occur as the source of a story
        rather than in it, and ``False`` ignores them.
    key : str, optional
        The group of spans to fill, in place of ``doc.ents``.
    """

    def __init__(
        self,
        *,
        zones: Zones = DEFAULT_ZONES,
        labels: str | Sequence[str] | None = None,
        agencies: bool = True,
        key: str | None = None,
    ) -> None:
        self._options: dict[str, Any] = {"zones": zones, "labels": labels, "agencies": agencies, "key": key}

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities of one Doc."""
        return annotate([doc], **self._options)[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1000) -> Iterator[Doc]:
        """Find the entities of many Docs, batch by batch."""
        batches: Any = minibatch  # untyped in spaCy
        for batch in batches(stream, batch_size):
            yield from annotate(batch, **self._options)


def _component(
    nlp: Language, name: str, zones: Zones, labels: Sequence[str] | str | None, agencies: bool, key: str | None
) -> Component:
    return Component(zones=zones, labels=labels, agencies=agencies, key=key)


Language.factory(
    "nutgraf",
    default_config={"zones": list(DEFAULT_ZONES), "labels": None, "agencies": True, "key": None},
    assigns=["doc.ents"],
    func=_component,
)
