"""A value of the wrong type is a TypeError and a wrong value is a ConfigError, for every option of
every verb.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from typing import Any

import pytest

import nutgraf as ng

from .test_signatures import VERBS, options

CORPUS = ng.Corpus({"text": ["Ann Lee left Rome. Rain fell.", "Rain, rain."], "date": ["2019-01-08", "2019-01-09"]})

# What each verb needs to be called at all.
SUBJECTS: dict[str, dict[str, Any]] = {
    "save": {"path": "no/such/folder/corpus.ngc"},
    "keyness": {"target": CORPUS[:1]},
    "kwic": {"query": "rain"},
    "collocates": {"node": "rain"},
    "count": {"categories": {"weather": "rain"}},
    "search": {"query": "rain"},
    "explain": {"mention": 0, "start": 2},
    "show": {"article": 0},
    "text": {"article": 0},
    "write_report": {"path": os.devnull},
    "with_mentions": {"spans": {"article": [0], "start": [0], "end": [7], "label": ["PER"]}},
}

# Values of the right type that the option does not accept.
WRONG_VALUES: dict[str, Any] = {
    "b": 2.0,
    "bootstrap": -1,
    "by": "nowhere",
    "compat": "spss",
    "damping": 1.5,
    "delta": -1.0,
    "entity": "Angela Merkel",
    "field": "body",
    "fields": "nowhere",
    "fold": "upper",
    "gamma": -1.0,
    "hdd_sample": 0,
    "idf": "rare",
    "k1": -1.0,
    "kind": "whispered",
    "labels": "NOBODY",
    "lock_width": -1.0,
    "level": 2.0,
    "mattr_window": 0,
    "max_words": 0,
    "measure": "nothing",
    "measures": "nothing",
    "method": "magic",
    "min_articles": 0,
    "min_count": -1,
    "min_mentions": 0,
    "min_pairs": 0,
    "most": 0,
    "mtld_min": 0,
    "mtld_threshold": 2.0,
    "n": -1,
    "ngrams": 0,
    "norm": "l3",
    "of": "sentences",
    "on": "Monday",
    "only": "both",
    "prior": -1.0,
    "query": "",
    "punctuation": "maybe",
    "s": 0.5,
    "seed": -1,
    "single_words": -1.0,
    "smoothing": -1.0,
    "sort": "charm",
    "states": 1,
    "stem": "klingon",
    "stopwords": "klingon",
    "threshold": 1.5,
    "unit": "pages",
    "value": "per_page",
    "weight": "outlets",
    "window": -1,
    "within": "page",
    "prefer": "verbs",
    "vocabulary": ["rain", "rain"],
    "words": 0,
    "zeros": "none",
    "zone": "nowhere",
    "zones": "nowhere",
}

# Options that accept every value of the right type.
ANY_VALUE = {
    "agencies",
    "dates",
    "entities",
    "quotes",
    "spans",
    "gazetteer",
    "known",
    "isolated",
    "marks",
    "overlap",
    "progress",
    "regex",
    "sublinear",
    "tagger",
    "tests",
    "title",
}


def calls() -> Iterator[Any]:
    for verb, function in VERBS.items():
        for option in options(function):
            yield pytest.param(verb, option, id=f"{verb}-{option}")


@pytest.mark.parametrize(("verb", "option"), list(calls()))
def test_a_value_of_the_wrong_type_is_a_type_error(verb: str, option: str) -> None:
    with pytest.raises(TypeError, match=option):
        getattr(CORPUS, verb)(**SUBJECTS.get(verb, {}), **{option: object()})


@pytest.mark.parametrize(("verb", "option"), list(calls()))
def test_none_is_the_default_or_a_type_error(verb: str, option: str) -> None:
    default = options(VERBS[verb])[option].default
    if default is None or "None" in str(inspect.signature(VERBS[verb]).parameters[option].annotation):
        return
    annotation = str(options(VERBS[verb])[option].annotation)
    if annotation in ("By", "Fold", "Stopwords", "Stem", "Compat"):
        return
    with pytest.raises(TypeError, match=option):
        getattr(CORPUS, verb)(**SUBJECTS.get(verb, {}), **{option: None})


@pytest.mark.parametrize(("verb", "option"), list(calls()))
def test_a_wrong_value_is_a_config_error(verb: str, option: str) -> None:
    if option in ANY_VALUE:
        return
    more: dict[str, Any] = {}
    if (verb, option) in {
        ("cooccurrence", name) for name in ("min_count", "min_articles", "window", "stem", "stopwords")
    }:
        more = {"of": "terms"}
    if option == "prior":
        more = {"measures": "log_odds"}
    if (verb, option) in {("trend", "labels"), ("bursts", "labels"), ("keyness", "labels")}:
        more = {"of": "entities"}
    if (verb, option) == ("show", "copies"):
        return  # a truth: any other value has the wrong type
    if option in ("delta",):
        more = {"method": "bm25+"}
    if verb == "keywords" and option == "window":
        more = {"method": "textrank"}
    with pytest.raises(ng.ConfigError) as caught:
        getattr(CORPUS, verb)(**SUBJECTS.get(verb, {}), **{option: WRONG_VALUES[option]}, **more)
    assert caught.value.field == option


@pytest.mark.parametrize("verb", SUBJECTS)
def test_a_subject_of_the_wrong_type_is_a_type_error_or_a_missing_article(verb: str) -> None:
    for name in SUBJECTS[verb]:
        with pytest.raises(KeyError if name in ("article", "mention") else TypeError):
            getattr(CORPUS, verb)(**(SUBJECTS[verb] | {name: object()}))


@pytest.mark.parametrize("verb", ["trend", "bursts"])
def test_items_of_the_wrong_type_are_a_type_error(verb: str) -> None:
    with pytest.raises(TypeError, match="items"):
        getattr(CORPUS, verb)(7)


@pytest.mark.parametrize("value", [7, None, b"Rain", ["Rain"], 1.5])
def test_text_that_is_not_a_str_is_a_type_error(value: Any) -> None:
    for function in (ng.tokenize, ng.split_sentences):
        with pytest.raises(TypeError, match="text takes a str"):
            function(value)


def test_marks_are_two_strings() -> None:
    for marks in ("**", ("a",), ("a", 1), 7, None):
        with pytest.raises(TypeError, match="marks"):
            CORPUS.search("rain", marks=marks)


def test_a_tagger_checks_types() -> None:
    tagger = ng.EntityTagger.default()
    for sentences in (7, None, "Rain", ["Rain"], [7], [[7]]):
        with pytest.raises(TypeError):
            tagger.tag(sentences)
        with pytest.raises(TypeError):
            ng.EntityTagger.train(sentences, [["O"]])
        with pytest.raises(TypeError):
            ng.EntityTagger.train([["Rain"]], sentences)
        with pytest.raises(TypeError):
            ng.EntityTagger.train([["Rain"]], [["O"]], dev=(sentences, [["O"]]))
    for threads in ("2", 1.5, True):
        with pytest.raises(TypeError, match="threads"):
            tagger.tag([["Rain"]], threads=threads)
    with pytest.raises(ng.ConfigError, match="threads=0"):
        tagger.tag([["Rain"]], threads=0)
    for name, value in [
        ("epochs", "2"),
        ("seed", 1.5),
        ("dropout", "x"),
        ("progress", 7),
        ("dev", 7),
        ("patience", None),
    ]:
        with pytest.raises(TypeError, match=name):
            ng.EntityTagger.train([["Rain"]], [["O"]], **{name: value})
    for name, value in [
        ("epochs", 0),
        ("dropout", 1.0),
        ("patience", 0),
        ("orders", 0),
        ("min_count", 0),
        ("seed", -1),
    ]:
        with pytest.raises(ng.ConfigError, match=name):
            ng.EntityTagger.train([["Rain"]], [["O"]], **{name: value})
