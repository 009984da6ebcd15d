"""Mentions and entities: recounts, resolution within the article, groups, and user-trained
taggers.
"""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path

import pytest

import nutgraf as ng

SAMPLES = ng.read(ng.samples())

SUMMIT = (
    "date 2019-01-08 North Korean leader Kim Jong Un arrived in Beijing on Tuesday. Mr Kim met President Xi Jinping. "
    "Kim’s visit was announced by the Korean Central News Agency (KCNA). Mr Xi seeks influence, KCNA said.\n\n"
    "A limousine leaves the station Credit: AP/Ng Han Guan"
)


def test_mentions_slice_back_to_the_text() -> None:
    mentions = SAMPLES.mentions(zones="all")
    assert len(mentions) > 500
    for row in mentions:
        assert SAMPLES.text(row["article"])[row["start"] : row["end"]] == row["text"]


def test_entities_equal_a_recount_of_the_mentions() -> None:
    for by in (None, "month"):
        counts: Counter[tuple[object, ...]] = Counter()
        month = dict(zip(SAMPLES.articles()["article"], SAMPLES.articles()["date"], strict=True))
        for row in SAMPLES.mentions():
            group = () if by is None else (f"{month[row['article']]:%Y-%m}",)
            counts[(*group, row["entity"], row["label"])] += 1
        table = SAMPLES.entities(by=by)
        keys = [name for name in ("month", "entity", "label") if name in table.columns]
        assert {tuple(row[key] for key in keys): row["mentions"] for row in table} == counts
        assert int(table.metadata["mentions"]) == sum(counts.values())


def test_aliases_add_up_to_their_entities() -> None:
    sums: Counter[tuple[str, str]] = Counter()
    spellings: dict[tuple[str, str], list[str]] = {}
    for row in SAMPLES.aliases():
        sums[row["entity"], row["label"]] += row["mentions"]
        spellings.setdefault((row["entity"], row["label"]), []).append(row["alias"])
    for row in SAMPLES.entities():
        assert sums[row["entity"], row["label"]] == row["mentions"]
        assert spellings[row["entity"], row["label"]] == row["aliases"]


def test_short_forms_go_to_the_full_name() -> None:
    people = {row["entity"]: row["mentions"] for row in ng.Corpus([SUMMIT]).entities(labels="PER")}
    assert people == {"Kim Jong Un": 3, "Xi Jinping": 2}


def test_photographers_and_agencies_of_credits_are_not_entities() -> None:
    everything = [row["text"] for row in ng.Corpus([SUMMIT]).mentions(zones="all")]
    assert everything
    assert not any("Han" in text or text == "AP" for text in everything)


def test_the_order_of_articles_does_not_matter() -> None:
    texts = [SAMPLES.text(article) for article in range(len(SAMPLES))]
    forwards, backwards = ng.Corpus(texts).entities(), ng.Corpus(texts[::-1]).entities()
    assert forwards == backwards


def test_threads_do_not_matter() -> None:
    texts = [SAMPLES.text(article) for article in range(len(SAMPLES))] * 5
    assert ng.Corpus(texts, threads=1).mentions() == ng.Corpus(texts, threads=2).mentions()


def test_a_selection_counts_its_own_and_is_not_tagged_anew() -> None:
    whole = ng.Corpus([SUMMIT, "Angela Merkel flew to Paris."])
    assert whole[1].entities()["entity"] == ["Angela Merkel", "Paris"]
    assert len(whole.entities(labels="PER")) == 3
    assert whole.where(date="2019-01").entities(labels="PER")["entity"] == ["Kim Jong Un", "Xi Jinping"]


def test_an_unknown_label_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(ng.ConfigError, match='"NOBODY" is not a label; expected LOC, MISC, NORP, ORG, PER'):
        SAMPLES.entities(labels="NOBODY")


def test_labels_have_their_usual_names() -> None:
    for names, label in ((["PERSON", "per"], "PER"), (["GPE", "Location"], "LOC"), (["organization"], "ORG")):
        for name in names:
            assert SAMPLES.entities(labels=name) == SAMPLES.entities(labels=label)
    assert SAMPLES.entities(labels=["GPE", "PER"]) == SAMPLES.entities(labels=["LOC", "PER"])


def test_a_tagger_of_ones_own_is_trained_saved_loaded_and_used(tmp_path: Path) -> None:
    sentences = [["Rex", "barked", "."], ["Tom", "and", "Rex", "ran", "."]] * 5
    labels = [["B-DOG", "O", "O"], ["O", "O", "B-DOG", "O", "O"]] * 5
    told: list[int] = []
    tagger = ng.EntityTagger.train(sentences, labels, progress=lambda number, right, dev: told.append(number))
    assert told == list(range(1, 13))
    assert tagger.labels == ["DOG"]
    tagger.save(tmp_path / "dogs.ngm")
    again = ng.EntityTagger.load(tmp_path / "dogs.ngm")
    assert again.tag(sentences) == labels == pickle.loads(pickle.dumps(tagger)).tag(sentences)
    assert ng.Corpus(["Rex barked."]).entities(tagger=again).to_dicts()[0]["label"] == "DOG"


def test_a_file_that_is_not_a_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.ngm").write_bytes(b"nonsense")
    with pytest.raises(ng.ModelError, match=r"x\.ngm: is not a nutgraf model"):
        ng.EntityTagger.load(tmp_path / "x.ngm")
    with pytest.raises(FileNotFoundError):
        ng.EntityTagger.load(tmp_path / "y.ngm")


def test_wrong_calls_of_a_tagger_are_errors() -> None:
    tagger = ng.EntityTagger.default()
    with pytest.raises(TypeError, match="single string"):
        tagger.tag("Angela Merkel")
    with pytest.raises(TypeError, match="list of strings"):
        tagger.tag(["Angela", "Merkel"])
    assert tagger.tag([[], [""], ["\0"]]) == [[], ["O"], ["O"]]
    with pytest.raises(ng.ParseError, match="sentence 0 has 1 tokens and 2 labels"):
        ng.EntityTagger.train([["a"]], [["O", "O"]])
    with pytest.raises(ng.ParseError, match='"PER" is not an IOB2 label'):
        ng.EntityTagger.train([["a"]], [["PER"]])


def test_labels_may_have_their_usual_names() -> None:
    corpus = ng.Corpus(["Angela Merkel flew to Paris with the European Union."])
    for usual, ours in [
        ("PERSON", "PER"),
        ("per", "PER"),
        ("GPE", "LOC"),
        ("location", "LOC"),
        ("Organization", "ORG"),
    ]:
        assert corpus.entities(labels=usual) == corpus.entities(labels=ours)
        assert corpus.mentions(labels=[usual]) == corpus.mentions(labels=[ours])
    assert corpus.entities(labels=["PERSON", "PER"]) == corpus.entities(labels="PER")
    own = corpus.with_mentions({"article": [0, 0], "start": [0, 22], "end": [13, 27], "label": ["PERSON", "GPE"]})
    assert own.entities(labels="PER")["entity"] == own.entities(labels="PERSON")["entity"] == ["Angela Merkel"]


def test_a_mistyped_option_is_answered_with_the_one_that_was_meant() -> None:
    corpus = ng.Corpus(["Angela Merkel flew to Paris."])
    for option, meant in [("label", "labels"), ("min_mention", "min_mentions"), ("zone", "zones")]:
        with pytest.raises(TypeError, match=f"did you mean {meant}="):
            corpus.entities(**{option: "PER"})
    with pytest.raises(TypeError, match="did you mean stopwords="):
        corpus.terms(stopword="english")
    with pytest.raises(TypeError, match=r"Corpus\(\) has no option 'dates'; did you mean date="):
        ng.Corpus(["Rain."], dates="x")
    with pytest.raises(TypeError, match="has no option 'n'; there are"):
        corpus.entities(n=3)
