"""Signatures and docstrings of the public functions: one rule for all of them."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng
from nutgraf import network
from nutgraf._page import ArticlePage
from nutgraf.pandas import FrameAccessor, SeriesAccessor

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
TEXTS = tomllib.loads((ROOT / "tools" / "docstrings" / "parameters.toml").read_text(encoding="utf-8"))

# What a call is about; everything else is an option, and keyword-only.
SUBJECTS = {
    "diversity": ["measures"],
    "readability": ["measures"],
    "keyness": ["target", "reference"],
    "kwic": ["query"],
    "collocates": ["node"],
    "count": ["categories"],
    "search": ["query"],
    "trend": ["items"],
    "bursts": ["items"],
    "explain": ["mention", "start"],
    "show": ["article"],
    "save": ["path"],
    "state": ["kinds"],
    "to_jsonl": ["path"],
    "to_ninjs": ["path"],
    "text": ["article"],
    "with_mentions": ["spans"],
    "write_report": ["path"],
    "where": [],
}

# The order of options, wherever several of them meet.
ORDER = [
    "of",
    "on",
    "within",
    "by",
    "n",
    "method",
    "zones",
    "weight",
    "zone",
    "query",
    "entity",
    "entities",
    "dates",
    "quotes",
    "copies",
    "ngrams",
    "fold",
    "stopwords",
    "stem",
    "regex",
    "punctuation",
    "labels",
    "min_count",
    "min_articles",
    "vocabulary",
    "min_mentions",
    "kind",
    "agencies",
    "min_pairs",
    "most",
    "isolated",
    "window",
    "measures",
    "measure",
    "threshold",
    "spans",
    "idf",
    "norm",
    "sublinear",
    "k1",
    "b",
    "delta",
    "words",
    "marks",
    "max_words",
    "damping",
    "overlap",
    "prefer",
    "single_words",
    "value",
    "tests",
    "s",
    "gamma",
    "states",
    "unit",
    "mattr_window",
    "mtld_threshold",
    "mtld_min",
    "hdd_sample",
    "zeros",
    "smoothing",
    "prior",
    "lock_width",
    "bootstrap",
    "level",
    "seed",
    "only",
    "sort",
    "title",
    "fields",
    "compat",
    "tagger",
    "gazetteer",
    "known",
    "field",
    "format",
    "encoding",
    "text",
    "id",
    "date",
    "headline",
    "byline",
    "layout",
    "paragraphs",
    "date_format",
    "dayfirst",
    "infer_dates",
    "errors",
    "threads",
    "progress",
]

# An option has one default, except for these: the verb, its default, and why.
EXCEPTIONS: dict[str, dict[str, str]] = {
    "of": {
        "cooccurrence": "a network is one of entities; terms are followed over time",
        "timeline": "what happens when is asked of people and places",
    },
    "by": {
        "trend": "there is no trend without periods; a month has enough articles for a rate",
        "bursts": "a burst lasts days, so it shows only in days",
        "timeline": "there is no timeline without periods; as in trend",
    },
    "within": {"copies": "a time, not a part of an article"},
    "n": {
        "keywords": "all phrases of an article are not keywords",
        "write_report": "a page is read, so its lists are short",
        "search": "all articles that match are not results",
        "trend": "a row per item and period: all terms would be the vocabulary times the periods",
        "timeline": "a row per item and period, as in trend",
    },
    "zones": {
        "zones": "the verb lists zones",
        "readability": "a headline is not a sentence",
    },
    "method": {"search": "each of the two verbs has its own methods"},
    "ngrams": {"collocations": "one word is not a collocation"},
    "stopwords": {
        "keywords": "phrases are cut at stop words",
        "write_report": "an editor's list is not led by 'said'",
    },
    "min_count": {"bursts": "the automaton finds nothing in fewer occurrences"},
    "window": {
        "collocations": "neighbours; a collocation is a phrase",
        "state": "as in collocations, whose pairs it keeps",
        "collocates": "the words around a word need a distance",
        "kwic": "tokens of context, not a distance",
        "trend": "periods of the rolling mean, not a distance",
    },
    "entities": {"save": "finding them takes longer than all else that is saved; show marks what there is"},
    "quotes": {"show": "a page to read marks what there is; a table has what is requested"},
    "sort": {"kwic": "the order is of positions and words, not of columns"},
    "measures": {
        "keyness": "each verb has its own measures",
        "dispersion": "each verb has its own measures",
    },
}

VERBS: dict[str, Callable[..., Any]] = {
    name: member
    for name, member in inspect.getmembers(ng.Corpus, inspect.isfunction)
    if not name.startswith("_") and name != "where"
}
# Options that only files have.
OF_FILES = ["format", "encoding", "ids"]
# Methods that select or return articles, and count nothing.
OF_THE_CORPUS = {"save", "state", "text", "to_jsonl", "to_ninjs", "with_mentions"}

DOCUMENTED: dict[str, Callable[..., Any]] = {
    **VERBS,
    "Corpus": ng.Corpus,
    "read": ng.read,
    "stream": ng.stream,
    "tokenize": ng.tokenize,
    "split_sentences": ng.split_sentences,
    "Gazetteer": ng.Gazetteer,
    "find": ng.Gazetteer.find,
    "find_dates": ng.find_dates,
    "load": ng.EntityTagger.load,
    "save": ng.EntityTagger.save,
    "tag": ng.EntityTagger.tag,
    "evaluate": ng.EntityTagger.evaluate,
    "train": ng.EntityTagger.train,
    "head": ng.Table.head,
    "tail": ng.Table.tail,
    "sample": ng.Table.sample,
    "Table.show": ng.Table.show,
    "sort_values": ng.Table.sort_values,
    "Table.concat": ng.Table.concat,
    "to_csv": ng.Table.to_csv,
    "to_json": ng.Table.to_json,
    "to_parquet": ng.Table.to_parquet,
    "to_excel": ng.Table.to_excel,
    "Table.text": ng.Table.text,
    "Table.plot": ng.Table.plot,
    "Network.plot": network.Network.plot,
    "ArticlePage.save": ArticlePage.save,
    "to_graphml": network.Network.to_graphml,
    "to_gexf": network.Network.to_gexf,
    "frame.corpus": FrameAccessor.corpus,
    "series.corpus": SeriesAccessor.corpus,
}


def parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {
        name: parameter
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in ("self", "cls")
    }


def options(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {name: it for name, it in parameters(function).items() if it.kind is inspect.Parameter.KEYWORD_ONLY}


def entries(function: Callable[..., Any]) -> dict[str, tuple[str, str]]:
    """The type and the text of each parameter in a numpydoc docstring, with white space evened
    out.
    """
    doc = inspect.getdoc(function) or ""
    section = re.search(r"^Parameters\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", doc, re.S | re.M)
    found: dict[str, tuple[str, str]] = {}
    for entry in re.split(r"(?m)^(?=\w|\*\*)", section[1] if section else ""):
        if entry.strip():
            head, _, text = entry.partition("\n")
            names, _, kind = head.partition(" : ")
            for name in names.split(", "):
                found[name.strip("*")] = kind, " ".join(text.split())
    return found


def with_options() -> Iterator[Any]:
    for name, function in DOCUMENTED.items():
        for option in parameters(function):
            yield pytest.param(name, option, id=f"{name}-{option}")


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_subject_of_a_verb_is_positional(verb: str) -> None:
    positional = [
        name
        for name, it in parameters(VERBS[verb]).items()
        if it.kind in (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    ]
    assert positional == SUBJECTS.get(verb, [])
    assert len(positional) + len(options(VERBS[verb])) == len(parameters(VERBS[verb]))


@pytest.mark.parametrize("function", [*VERBS, "Corpus", "read", "frame.corpus", "series.corpus"])
def test_options_are_in_one_order(function: str) -> None:
    names = list(options(DOCUMENTED[function]))
    unknown = [name for name in names if name not in [*ORDER, *OF_FILES]]
    assert not unknown, f"give {unknown} a place in ORDER"
    if function == "read":
        assert names[:3] == OF_FILES  # its own options; the others are those of Corpus
        del names[:3]
    assert names == sorted(names, key=ORDER.index)


def test_an_option_has_one_default() -> None:
    defaults: dict[str, dict[str, Any]] = {}
    for verb, function in VERBS.items():
        for name, it in options(function).items():
            defaults.setdefault(name, {})[verb] = it.default
    for name, by_verb in defaults.items():
        argued = EXCEPTIONS.get(name, {})
        assert set(argued) <= set(by_verb)
        common = {repr(default) for verb, default in by_verb.items() if verb not in argued}
        assert len(common) <= 1, (name, by_verb)
        for verb in argued:
            assert repr(by_verb[verb]) not in common, f"{verb}({name}=) is no exception any more"


def test_read_and_the_accessors_have_the_options_of_corpus() -> None:
    expected = options(ng.Corpus)
    assert {name: it for name, it in options(ng.read).items() if name not in OF_FILES} == expected
    of_streams = options(ng.stream)
    assert list(of_streams)[:3] == ["batch", "format", "encoding"]
    assert {name: it for name, it in of_streams.items() if name in expected} == {
        name: it for name, it in expected.items() if name != "progress"
    }
    assert options(FrameAccessor.corpus) == expected
    of_series = options(SeriesAccessor.corpus)
    assert of_series == {name: expected[name] for name in of_series}


@pytest.mark.parametrize(("function", "name"), list(with_options()))
def test_every_parameter_has_its_text(function: str, name: str) -> None:
    kind, text = entries(DOCUMENTED[function]).get(name, ("", ""))
    assert kind, f"{name} is not in the docstring"
    assert len(text.split()) >= 2
    assert not re.match(r"(As in|See) ", text), "a reader does not follow references"


@pytest.mark.parametrize("function", DOCUMENTED)
def test_docstrings_document_no_other_parameter(function: str) -> None:
    assert set(entries(DOCUMENTED[function])) == set(parameters(DOCUMENTED[function]))


@pytest.mark.parametrize(("function", "name"), list(with_options()))
def test_a_shared_parameter_has_one_text(function: str, name: str) -> None:
    """Run `python tools/docstrings/fill.py` where this fails."""
    shared = TEXTS.get(name)
    own = function.rpartition(".")[2]
    if shared is None or own in shared.get("own", []):
        return
    kind, text = entries(DOCUMENTED[function])[name]
    assert kind == shared["type"]
    assert text.startswith(" ".join(shared["text"].split()))


def test_the_script_would_change_no_docstring() -> None:
    spec = importlib.util.spec_from_file_location("fill", ROOT / "tools" / "docstrings" / "fill.py")
    fill = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fill)
    for path in (ROOT / "python" / "nutgraf").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert fill.rewritten(source, TEXTS) == source, path
        assert " : =\n" not in source, path


def test_a_parameter_of_several_verbs_has_a_shared_text_or_is_listed() -> None:
    """Parameters that mean something else in each verb have their own texts."""
    own = {"n", "window", "measures", "sort", "method", "query", "entities", "quotes", "min_mentions", "most"}
    seen: dict[str, int] = {}
    for function in VERBS.values():
        for name in options(function):
            seen[name] = seen.get(name, 0) + 1
    assert {name for name, times in seen.items() if times > 1} - set(TEXTS) - {"query"} == own - {"query"}


@pytest.mark.parametrize("function", DOCUMENTED)
def test_the_default_in_a_docstring_is_that_of_the_signature(function: str) -> None:
    for name, it in parameters(DOCUMENTED[function]).items():
        kind, _ = entries(DOCUMENTED[function])[name]
        _, found, text = kind.rpartition(", default ")
        if it.default is inspect.Parameter.empty:
            assert not found, name
            assert "optional" not in kind, name
        elif it.default is None:
            assert kind.endswith("optional") or text == "None", name
        elif text != "all" and (function, name) != ("diversity", "measures"):
            assert found, name
            assert text.replace('"', "'") == repr(it.default), name


def test_the_subjects_of_keyness_are_corpora() -> None:
    annotations = {name: it.annotation for name, it in parameters(ng.Corpus.keyness).items()}
    side = "Corpus | Mapping[str, Any] | None"
    assert (annotations["target"], annotations["reference"]) == (side, side)
    for returning in (ng.read, ng.Corpus.where, ng.Corpus.with_mentions, ng.Corpus.__getitem__):
        assert inspect.signature(returning).return_annotation == "Corpus"


def test_no_option_is_hidden_in_kwargs() -> None:
    """Only where() takes any name, that of a field; and state() takes any number of kinds."""
    for name, function in DOCUMENTED.items():
        for it in inspect.signature(function).parameters.values():
            assert it.kind is not inspect.Parameter.VAR_KEYWORD, name
            assert it.kind is not inspect.Parameter.VAR_POSITIONAL or (name, it.name) == ("state", "kinds")


def test_a_series_has_every_verb_with_its_signature_and_docstring() -> None:
    verbs = set(VERBS) - OF_THE_CORPUS
    found = {name for name in dir(SeriesAccessor) if not name.startswith("_")} - {"corpus"}
    assert found == verbs
    for name in verbs:
        ours, theirs = getattr(SeriesAccessor, name), VERBS[name]
        assert inspect.signature(ours) == inspect.signature(theirs)
        assert ours.__doc__ == theirs.__doc__
        assert ours.__name__ == name


def test_a_frame_and_a_series_of_either_library_have_the_same_verbs() -> None:
    from nutgraf.polars import FrameNamespace, SeriesNamespace

    names = dir(SeriesAccessor)
    for accessor in (FrameAccessor, FrameNamespace, SeriesNamespace):
        assert dir(accessor) == names
    for corpus in (FrameAccessor.corpus, FrameNamespace.corpus, FrameAccessor.__call__):
        assert options(corpus) == options(ng.Corpus)


def test_a_frame_answers_as_its_corpus_and_keeps_its_ids() -> None:
    import pandas as pd
    import polars as pl

    columns = {"body": ["Rain fell on Lisbon.", "The rain stopped."], "day": ["2019-01-08", "2019-01-09"]}
    for index in (["a", "b"], [2.5, 3.5], pd.to_datetime(["2019-01-01", "2019-01-02"]), [7, 3]):
        frame = pd.DataFrame(columns, index=index)
        articles = frame.nutgraf(text="body", date="day").articles().to_pandas()
        joined = frame.join(articles.set_index("article"), rsuffix="_ours")
        assert list(joined["tokens"]) == [5, 4]
    repeated = pd.DataFrame(columns, index=[1, 1]).nutgraf(text="body")
    assert repeated.articles()["article"] == [0, 1]
    assert "repeat" in repeated.corpus().report.notes["message"][0]
    assert pd.DataFrame(columns, index=["a", "b"]).nutgraf(text="body", id=False).articles()["article"] == [0, 1]
    expected = ng.Corpus(columns, text="body", date="day").trend("rain", by="day")
    assert pl.DataFrame(columns).nutgraf(text="body", date="day").trend("rain", by="day") == expected
    assert pl.Series(columns["body"]).nutgraf.kwic("rain") == ng.Corpus(columns["body"]).kwic("rain")
    with pytest.raises(TypeError, match="a Series has no option 'date'"):
        pl.Series(columns["body"]).nutgraf(date="day")
    with pytest.raises(TypeError, match="did you mean stopwords="):
        pl.Series(columns["body"]).nutgraf.terms(stopword="english")


def test_a_series_answers_as_its_corpus() -> None:
    import pandas as pd

    series = pd.Series(["Rain fell on Lisbon.", "The rain stopped."])
    assert series.nutgraf.terms(ngrams=2) == ng.Corpus(series).terms(ngrams=2)
    assert series.nutgraf.kwic("rain", window=1) == ng.Corpus(series).kwic("rain", window=1)
    series[0] = "Snow."
    assert "snow" in series.nutgraf.terms()["term"]


def test_completion_shows_the_public_names_and_nothing_else() -> None:
    assert dir(ng) == sorted(ng.__all__)
    names = {name for name, value in vars(ng).items() if not isinstance(value, types.ModuleType)}
    assert {name for name in names if not name.startswith("_")} == set(ng.__all__) - {"__version__"}
