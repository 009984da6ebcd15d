"""spaCy: Docs in, Docs with our entities out."""

from __future__ import annotations

import pytest

import nutgraf as ng

spacy = pytest.importorskip("spacy", reason="spaCy is not installed, and make test does not install it")

TEXTS = [
    "BERLIN (Reuters) - Angela Merkel flew to Paris. Mrs Merkel met Emmanuel Macron.",
    "Rain fell.",
    "",
    "Macron's plane left, and José\u00a0Bové of the U.N. – 👩‍👧 – spoke.",
]


def test_docs_get_the_mentions_of_the_corpus() -> None:
    from nutgraf.spacy import annotate

    nlp = spacy.blank("en")
    docs = [nlp(text) for text in TEXTS]
    assert annotate(docs) == docs
    expected = [(row["article"], row["label"], row["entity"]) for row in ng.Corpus(TEXTS).mentions()]
    found = [(at, span.label_, span.kb_id_) for at, doc in enumerate(docs) for span in doc.ents]
    assert found == expected
    for row in ng.Corpus(TEXTS).mentions():
        assert any(
            span.start_char <= row["start"] and row["end"] <= span.end_char for span in docs[row["article"]].ents
        )


def test_displacy_renders_them() -> None:
    from nutgraf.spacy import annotate

    (doc,) = annotate([spacy.blank("en")(TEXTS[0])])
    page = spacy.displacy.render(doc, style="ent", jupyter=False)
    assert "Angela Merkel" in page
    assert page.count("PER") >= 3


def test_a_pipeline_has_the_component_and_resolves_a_batch_together() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("nutgraf", config={"labels": ["PERSON"], "key": "people"})
    docs = list(nlp.pipe(TEXTS))
    assert [span.kb_id_ for span in docs[0].spans["people"]] == ["Angela Merkel", "Angela Merkel", "Emmanuel Macron"]
    assert docs[0].ents == ()
    assert len(docs[1].spans["people"]) == 0


def test_what_is_not_a_doc_is_refused() -> None:
    from nutgraf.spacy import annotate

    with pytest.raises(TypeError, match="put it in a list"):
        annotate(spacy.blank("en")("Rain."))
    with pytest.raises(TypeError, match="docs takes Docs of spaCy"):
        annotate(["Rain."])
