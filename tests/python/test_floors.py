"""Accuracy on corpora that are not part of the project: `NUTGRAF_DATA` points to them, and without
them these tests skip.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import os
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import nutgraf as ng
from nutgraf._verbs.keyword import METHODS

try:
    import tomllib
except ImportError:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("NUTGRAF_DATA", ROOT.parent / "shared"))
FLOORS: dict[str, Any] = tomllib.loads((ROOT / "tests/data/floors.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (DATA / "eval").is_dir(), reason=f"the evaluation corpora are not at {DATA}; set NUTGRAF_DATA"
)


def scorer(name: str, folder: Path = DATA / "eval") -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "most"), [("timebank", None), ("aquaint", None), ("meantime", 6)])
def test_dates_are_found_and_placed(name: str, most: int | None) -> None:
    score = scorer("score_timex")
    path = DATA / f"data/dates/{name}.jsonl"
    with open(path, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    # One article is dated "03-02-2009", which could be two days.
    days = [day if (day := document["dct"][:10])[4] == "-" else None for document in documents]
    table = ng.find_dates([document["text"] for document in documents], days)
    found: list[list[dict[str, Any]]] = [[] for _ in documents]
    for row in table:
        found[row["article"]].append(row)
    total = score.Score()
    for document, rows in zip(documents, found, strict=True):
        gold, system = (score.within_lines(spans, document["text"], most) for spans in (document["timex"], rows))
        total.add(gold, system, document["id"])
    report, floors = total.report(), FLOORS["dates"]
    for measure in ("strict_f1", "relaxed_f1", "value_f1"):
        assert report[measure] >= floors[f"{name}_{measure}"], (measure, report)


# An expression with one of these words is one of time, whatever annotators do with it.
OF_TIME = re.compile(
    r"year|month|week|day|hour|minute|decade|centur|millenn|now|recent|current|today|yesterday|tomorrow|night|morning|evening"
    r"|afternoon|ago|daily|annually|past|future|present|term|while|some time|second|period|mid-|christmas|easter|eid|halloween"
    r"|thanksgiving|diwali|passover|rosh|gras|epiphany|-quarter|[ap]\.?m\b|\d utc",
    re.IGNORECASE,
)


def test_few_words_are_taken_for_dates() -> None:
    score = scorer("score_ner")
    sentences = list(score.read_conll(str(DATA / "data/ner/train/gmb/dev.conll")))
    texts = [" ".join(words) for words, labels in sentences if not any("tim" in label for label in labels)]
    found = [row["text"] for row in ng.find_dates(texts, "2010-06-15") if not OF_TIME.search(row["text"])]
    words = sum(text.count(" ") + 1 for text in texts)
    assert words > 20_000
    assert 10_000 * len(found) / words <= FLOORS["dates"]["false_dates_per_10000_words"], found


@pytest.mark.parametrize("name", ["gum_news", "ewt"])
def test_sentences_and_tokens(name: str) -> None:
    score = scorer("score_segmentation")
    documents = score.read_gold([DATA / f"data/sentences/{name}.jsonl"])
    assert documents
    system = {
        document.id: {"sentences": ng.split_sentences(document.text), "tokens": ng.tokenize(document.text)}
        for document in documents
    }
    found = {measure: count.scores()[2] for measure, count in score.score(documents, system).items()}
    floors = FLOORS["segmentation"]
    assert found["sentence"] >= floors[f"{name}_sentences"]
    assert found["token"] >= floors.get(f"{name}_tokens", 0)


def test_golden_rules() -> None:
    score = scorer("score_segmentation")
    rules = score.golden_rules(str(DATA / "data/sentences/golden_rules.json"))
    passed = sum(
        score.golden_passed(expected, [text[start:end] for start, end in ng.split_sentences(text)])
        for text, expected in rules
    )
    assert passed >= FLOORS["segmentation"]["golden_rules"]


@pytest.mark.parametrize(
    ("name", "path", "labels"),
    [
        ("worldwide", "dev/worldwide/dev", "worldwide"),
        ("ieer", "dev/ieer/test", "ieer"),
        ("uner_ewt", "dev/uner_ewt/dev", "conll"),
        ("conll2003", "benchmark/conll2003/dev", "conll"),
    ],
)
def test_entities(name: str, path: str, labels: str) -> None:
    score = scorer("score_ner")
    sentences = list(score.read_conll(str(DATA / f"data/ner/{path}.conll")))
    assert sentences
    found = ng.EntityTagger.default().tag([tokens for tokens, _ in sentences])
    rows = ((tokens, gold, tags) for (tokens, gold), tags in zip(sentences, found, strict=True))
    assert score.score_tags(rows, labels).row()["f1"] >= FLOORS["entities"][name]


@pytest.mark.parametrize(("name", "characters"), [("kpcrowd", 0), ("kpcrowd", 300), ("inspec", 0), ("inspec", 300)])
def test_keyphrases(name: str, characters: int) -> None:
    score = scorer("score_keyphrases")
    documents = score.read_documents(DATA / f"data/keyphrases/{name}.jsonl", characters)
    corpus = ng.Corpus([document["text"] for document in documents])
    found: dict[str, float] = {}
    # The keys of KPCrowd are mainly single words, and those of Inspec phrases.
    prefer: Any = "words" if name == "kpcrowd" else "phrases"
    for method in METHODS:
        system: dict[str, list[str]] = {}
        for row in corpus.keywords(n=10, method=method, prefer=prefer):
            system.setdefault(documents[row["article"]]["id"], []).append(row["phrase"])
        found[method] = score.score(documents, system, [10])["all", 10][2]
    assert found["news"] == max(found.values())
    assert found["news"] >= FLOORS["keyphrases"][f"{name}_{characters}"]


def quotations(corpus: ng.Corpus, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of `quotes()` by article, as the scorer takes them."""
    system: dict[str, list[dict[str, Any]]] = {name: [] for name in ids}
    for row in corpus.quotes():
        said = {"kind": row["kind"], "content": (row["start"], row["end"])}
        for role, column in (("source", "speaker"), ("cue", "cue")):
            start = row[f"{column}_start"]
            said[role] = None if start is None else (start, row[f"{column}_end"])
        system[ids[row["article"]]].append(said)
    return system


def test_quotations() -> None:
    score = scorer("score_quotes", ROOT / "tools" / "eval")
    with open(DATA / "data/quotes/polnear_dev.jsonl", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    corpus = ng.Corpus([document["text"] for document in documents])
    system = quotations(corpus, [document["id"] for document in documents])
    found = {
        name.replace(" ", "_"): role.measures[2] for name, role in score.score_documents(documents, system).items()
    }
    short = {name: round(found[name], 1) for name, floor in FLOORS["quotes"].items() if found[name] < floor}
    assert not short


def marked(article: Any) -> str:
    """The form of an id in the labels, which have nothing of the articles."""
    return hashlib.sha256(str(article).encode()).hexdigest()[:12]


def articles_of(name: str, suffix: str, wanted: set[str]) -> ng.Corpus:
    """The articles whose ids are marked so."""
    corpus = ng.read(DATA / f"data/news/{name}.{suffix}")
    corpus = corpus[[marked(article) in wanted for article in corpus.articles()["article"]]]
    assert len(corpus) == len(wanted)
    return corpus


def test_speakers_lead_to_whom_people_read() -> None:
    with open(ROOT / "tests/data/quotes/speakers.csv", encoding="utf-8", newline="") as file:
        labelled = list(csv.DictReader(file))
    right = 0
    for name, suffix in [("modern", "jsonl"), ("reuters_2006_2013", "jsonl.zst")]:
        rows = [row for row in labelled if row["corpus"] == name]
        quotes = articles_of(name, suffix, {row["article"] for row in rows}).quotes()
        found = {(marked(row["article"]), row["start"], row["end"]): row["entity"] for row in quotes}
        for row in rows:
            who = found.get((row["article"], int(row["start"]), int(row["end"])))
            right += row["entity"] == ("-" if who is None else hashlib.sha256(who.encode()).hexdigest()[:8])
    assert 100 * right / len(labelled) >= FLOORS["speakers"]["right"]


@pytest.mark.parametrize("name", ["bbc", "modern"])
def test_copies_of_edited_stories_are_one_cluster(name: str) -> None:
    edits = scorer("wire_edits", ROOT / "tools" / "eval")
    with open(DATA / f"data/news/{name}.jsonl", encoding="utf-8") as lines:
        stories = [json.loads(line)["text"] for line in lines]
    copied = set(ng.Corpus(stories).copies(within=None)["article"])
    stories = [text for at, text in enumerate(stories) if at not in copied and text.count("\n") >= 3][:300]
    articles, made = edits.edited(stories, seed=2)
    table = ng.Corpus(articles).copies(within=None)
    clusters = dict(zip(table["article"], table["copy"], strict=True))
    found = [clusters.get(at, at) for at in range(len(articles))]
    assert edits.adjusted_rand(made, found) >= FLOORS["copies"]["edited"]


def test_pairs_that_people_call_copies() -> None:
    with open(ROOT / "tests/data/copies/pairs.csv", encoding="utf-8", newline="") as file:
        labelled = list(csv.DictReader(file))
    found: set[tuple[str, frozenset[str]]] = set()
    for name, suffix in [("modern", "jsonl"), ("reuters_2006_2013", "jsonl.zst")]:
        named = {row[end] for row in labelled if row["corpus"] == name for end in ("article", "other")}
        pairs = articles_of(name, suffix, named).copies(by="pair")
        found |= {(name, frozenset((marked(row["article"]), marked(row["other"])))) for row in pairs}
    right = sum(
        row["copy"] == "1" for row in labelled if (row["corpus"], frozenset((row["article"], row["other"]))) in found
    )
    called = sum((row["corpus"], frozenset((row["article"], row["other"]))) in found for row in labelled)
    assert 200 * right / (called + sum(row["copy"] == "1" for row in labelled)) >= FLOORS["copies"]["labelled"]


def test_pages() -> None:
    score = scorer("score_html")
    folder = DATA / "data/html"
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    corpus = ng.read([folder / page["file"] for page in gold])
    system: dict[Any, dict[str, Any]] = {}
    for row in corpus.articles():
        system[row["article"]] = {
            "file": Path(row["source"]).name,
            "headline": row["headline"],
            "date": str(row["date"] or ""),
            "authors": row["authors"] or [],
            "body": "",
            "captions": [],
        }
    for zone in corpus.zones():
        page = system[zone["article"]]
        if zone["zone"] in ("dateline", "body"):
            page["body"] += zone["text"] + "\n"
        elif zone["zone"] == "caption":
            page["captions"].append({"text": zone["text"], "credit": zone["credit"]})
    found = score.score(gold, list(system.values()))
    floors = FLOORS["pages"]
    assert found["body F1"] >= floors["body"]
    assert found["headline"] >= floors["headline"]
    assert found["date"] >= floors["date"]
    assert found["authors F1"] >= floors["authors"]
    assert found["caption recall"] >= floors["caption_recall"]
    assert found["caption precision"] >= floors["caption_precision"]
    assert found["credit"] >= floors["credit"]


def test_feeds() -> None:
    folder = DATA / "data/feeds"
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".xml", ".json"))
    corpus = ng.read(paths, errors="skip")
    # A schema of JSON is not an item.
    assert [Path(source).name for source in corpus.report.failures["source"]] == ["extension-schema.json"]
    assert len(corpus) >= 80


def test_the_corpora_are_whole() -> None:
    with open(DATA / "data/sentences/gum_news.jsonl", encoding="utf-8") as lines:
        assert sum(len(json.loads(line)["sentences"]) for line in lines) == 765
