"""A corpus comes back from a file, from a pickle and from the union of its parts."""

from __future__ import annotations

import copy
import pickle
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import nutgraf as ng

from .every_verb import VERBS

SAMPLES = ng.read(ng.samples())
FRAME = {
    "id": ["a", "b", "c"],
    "text": ["Rain fell on Lisbon.\n\nA river Credit: AP/Jane Roe", "Angela Merkel spoke. Merkel left.", ""],
    "headline": ["Rain", None, "Nothing"],
    "date": ["2019-01-08", None, "2019-02-01"],
    "source": ["X", None, "Y"],
    "score": [1.5, 2.0, None],
    "authors": [["Ann Lee", "Bob Ray"], [], None],
}


def same(one: ng.Corpus, other: ng.Corpus) -> None:
    assert one.fields == other.fields
    for table in ("articles", "zones", "sentences", "tokens"):
        options = {} if table == "articles" else {"zones": "all"}
        assert getattr(one, table)(**options) == getattr(other, table)(**options), table
    assert [one.text(id) for id in one.articles()["article"]] == [other.text(id) for id in other.articles()["article"]]
    assert (one.report.n_in, one.report.n_ok, one.report.n_failed) == (
        other.report.n_in,
        other.report.n_ok,
        other.report.n_failed,
    )
    assert one.report.failures == other.report.failures
    assert one.report.notes == other.report.notes


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_the_same_table_after_opening(verb: str, tmp_path: Path) -> None:
    path = tmp_path / "samples.ngc"
    SAMPLES.save(path)
    before, after = VERBS[verb](SAMPLES), VERBS[verb](ng.open(path))
    if isinstance(before, ng.Corpus):
        same(before, after)
    elif isinstance(before, ng.Table):
        assert before == after
    else:
        assert str(before) == str(after)


def test_fields_dates_lists_and_the_report_come_back(tmp_path: Path) -> None:
    corpus = ng.Corpus(FRAME)
    corpus.save(tmp_path / "c.ngc")
    same(corpus, ng.open(tmp_path / "c.ngc"))
    rows = [{"text": "Rain."}, {"text": None}, {"text": "Sun.", "date": "31/02/2024"}]
    skipped = ng.Corpus(rows, errors="skip")
    assert skipped.report.n_failed == 2
    same(skipped, pickle.loads(pickle.dumps(skipped)))
    empty = ng.Corpus([])
    same(empty, pickle.loads(pickle.dumps(empty)))


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    texts = [SAMPLES.text(id) for id in SAMPLES.articles()["article"]]
    files = set()
    for threads in (1, 2, 3):
        ng.Corpus(texts, threads=threads).save(tmp_path / "c.ngc")
        files.add((tmp_path / "c.ngc").read_bytes())
    ng.open(tmp_path / "c.ngc").save(tmp_path / "d.ngc")
    files.add((tmp_path / "d.ngc").read_bytes())
    assert len(files) == 1


def test_a_selection_is_saved_without_the_others(tmp_path: Path) -> None:
    selection = SAMPLES[10:20][::-1]
    selection.save(tmp_path / "c.ngc")
    opened = ng.open(tmp_path / "c.ngc")
    assert opened.articles() == selection.articles()
    assert opened.terms() == selection.terms()
    assert (tmp_path / "c.ngc").stat().st_size < len(pickle.dumps(SAMPLES)) / 2


def tokens_of(corpus: ng.Corpus) -> int:
    return len(corpus.tokens())


def test_a_corpus_travels_to_other_processes() -> None:
    halves = [SAMPLES[:25], SAMPLES[25:]]
    with ProcessPoolExecutor(2) as pool:
        assert sum(pool.map(tokens_of, halves)) == tokens_of(SAMPLES)
    assert copy.copy(SAMPLES) is SAMPLES
    assert copy.deepcopy({"corpus": SAMPLES})["corpus"] is SAMPLES


def test_any_damage_is_a_state_error(tmp_path: Path) -> None:
    path = tmp_path / "c.ngc"
    ng.Corpus(FRAME).save(path)
    content = path.read_bytes()
    draw = random.Random(1)
    for _ in range(200):
        damaged = bytearray(content)
        damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(ng.StateError, match=r"c\.ngc"):
            ng.open(path)
    for end in range(0, len(content), 7):
        path.write_bytes(content[:end])
        with pytest.raises(ng.StateError):
            ng.open(path)
    path.write_text("date 2019-01-08 Rain fell.")
    with pytest.raises(ng.StateError, match="not a saved corpus"):
        ng.open(path)
    with pytest.raises(FileNotFoundError):
        ng.open(tmp_path / "nothing.ngc")


@pytest.mark.parametrize("entities", [False, True])
def test_entities_are_the_same_after_opening(entities: bool, tmp_path: Path) -> None:
    path = tmp_path / "c.ngc"
    for corpus in (SAMPLES, SAMPLES[[30, 4, 17, 5]], ng.Corpus(FRAME)):
        corpus.save(path, entities=entities)
        opened = ng.open(path)
        for verb in ("entities", "mentions", "aliases", "cooccurrence"):
            assert getattr(opened, verb)() == getattr(corpus, verb)(), verb
        row = corpus.mentions().to_dicts()[-1]
        assert str(opened.explain(row)) == str(corpus.explain(row))
        assert opened[:2].entities() == corpus[:2].entities()


def test_the_file_with_entities_is_the_same_for_any_threads(tmp_path: Path) -> None:
    texts = [SAMPLES.text(id) for id in SAMPLES.articles()["article"]]
    files = set()
    for threads in (1, 2, 3):
        corpus = ng.Corpus(texts, threads=threads)
        if threads == 2:
            corpus.entities()
        corpus.save(tmp_path / "c.ngc", entities=True)
        files.add((tmp_path / "c.ngc").read_bytes())
    ng.open(tmp_path / "c.ngc").save(tmp_path / "d.ngc", entities=True)
    files.add((tmp_path / "d.ngc").read_bytes())
    assert len(files) == 1


def test_external_mentions_are_saved_and_pickled(tmp_path: Path) -> None:
    spans = {"article": [1, 0], "start": [4, 0], "end": [8, 4], "label": ["WIND", "RAIN"], "entity": ["Mistral", None]}
    marked = ng.Corpus(["Rain fell.", "The wind rose."]).with_mentions(spans)
    marked.save(tmp_path / "c.ngc")
    for again in (ng.open(tmp_path / "c.ngc"), pickle.loads(pickle.dumps(marked))):
        assert again.mentions() == marked.mentions()
        assert again.entities()["entity"] == ["Mistral", "Rain"]
        with pytest.raises(ng.ConfigError, match="no tagger"):
            again.entities(gazetteer=ng.Gazetteer([("wind", "WIND")]))
    marked[1:].save(tmp_path / "c.ngc")
    assert ng.open(tmp_path / "c.ngc").entities()["entity"] == ["Mistral"]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "c.ngc"
    SAMPLES[:2].save(path)
    (tmp_path / "c.ngc.part").mkdir()
    with pytest.raises(IsADirectoryError):
        SAMPLES[:3].save(path)
    (tmp_path / "c.ngc.part").rmdir()
    assert len(ng.open(path)) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["c.ngc"]


def test_corpora_unite_to_the_corpus_of_all_articles() -> None:
    texts = [SAMPLES.text(id) for id in SAMPLES.articles()["article"]]
    whole = ng.Corpus(texts)
    draw = random.Random(2)
    for _ in range(5):
        cuts = sorted(draw.sample(range(len(texts)), 3))
        parts = [texts[start:end] for start, end in zip([0, *cuts], [*cuts, len(texts)], strict=True)]
        united = ng.concat([ng.Corpus(part) for part in parts], ids="renumber")
        same(united, whole)
        for verb in ("terms: n-grams", "keywords", "entities", "keyness: bootstrap", "kwic: sorted", "collocates"):
            assert VERBS[verb](united) == VERBS[verb](whole), verb


def test_selections_of_one_corpus_unite() -> None:
    united = ng.concat([SAMPLES[20:], SAMPLES[:20]])
    assert united.articles() == SAMPLES[[*range(20, len(SAMPLES)), *range(20)]].articles()
    assert united.terms() == SAMPLES.terms()


def test_fields_are_united_by_name() -> None:
    first = ng.Corpus({"id": [1], "text": ["a"], "source": ["X"], "n": [1]})
    second = ng.Corpus({"id": [2], "text": ["b"], "n": [0.5], "place_name": ["Rome"]})
    rows = ng.concat([first, second]).articles().to_dicts()
    assert [row["source"] for row in rows] == ["X", None]
    assert [row["n"] for row in rows] == [1.0, 0.5]
    assert [row["place_name"] for row in rows] == [None, "Rome"]


def test_failures_of_later_corpora_are_counted_on() -> None:
    bad = [{"text": "Rain."}, {"text": None}]
    united = ng.concat([ng.Corpus(bad, errors="skip")] * 2, ids="renumber")
    assert (united.report.n_in, united.report.n_failed) == (4, 2)
    assert united.report.failures["article"] == [1, 3]


def test_what_cannot_be_united_is_refused() -> None:
    corpus = ng.Corpus(["a"])
    with pytest.raises(ng.ParseError, match="renumber"):
        ng.concat([corpus, corpus])
    with pytest.raises(ng.ConfigError, match="at least one"):
        ng.concat([])
    for wrong in (corpus, "ab", [corpus, "b"], 7):
        with pytest.raises(TypeError, match="corpora"):
            ng.concat(wrong)
    with pytest.raises(ng.ConfigError, match="ids"):
        ng.concat([corpus], ids="some")
    marked = corpus.with_mentions({"article": [0], "start": [0], "end": [1], "label": ["PER"]})
    with pytest.raises(ng.ConfigError, match="with_mentions"):
        ng.concat([marked])


def test_files_of_every_released_version_stay_readable() -> None:
    """Files of each version of the format are added here, and never change."""
    kept = Path(__file__).parents[1] / "data" / "kept"
    texts = [
        "Rain fell on Lisbon. Angela Merkel spoke.",
        "Mrs Merkel left Paris.\n\nA river Credit: AP/Jane Roe",
        "Heavy rain fell.",
    ]
    dates, sources = ["2019-01-08", None, "2019-02-01"], ["X", "Y", None]
    expected = ng.Corpus({"id": ["a", "b", "c"], "text": texts, "date": dates, "source": sources})
    same(ng.open(kept / "corpus_1.ngc"), expected)
    state = ng.State.load(kept / "state_1.ngs")
    assert state.terms(by="source") == expected.terms(by="source", ngrams=(1, 2))
    assert state.entities(by="month") == expected.entities(by="month")
    texts = ["Rain fell on 8 January 2019, as in 2017.", "It rained in 2017. Heavy rain fell in May 2018."]
    expected = ng.Corpus({"text": texts, "source": ["X", "Y"]})
    state = ng.State.load(kept / "dates_1.ngs")
    for by in ("month", "year", ["year", "source"]):
        assert state.trend(on="mentioned", by=by) == expected.trend(on="mentioned", by=by)
    assert state.collocations(by="source") == expected.collocations(by="source")
    assert state.readability(by="source") == expected.readability(by="source")
