"""Resolution of entities: the gold of the sample articles, evidence, networks, and hard names."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng

from . import who_is_who
from .oracle.together import together

try:
    import tomllib
except ImportError:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
FLOORS = tomllib.loads((ROOT / "tests/data/floors.toml").read_text(encoding="utf-8"))["who_is_who"]
SAMPLES = ng.read(ng.samples())
STORY = ["headline", "body", "caption"]
LABELS = {"PER", "ORG", "LOC", "NORP"}


@pytest.fixture(scope="module")
def annotated() -> tuple[dict[Any, who_is_who.Mention], dict[Any, dict[str, Any]]]:
    """Mentions by article and span: as annotated, and as found."""
    files: dict[str, list[int]] = defaultdict(list)
    for row in SAMPLES.articles():
        files[Path(row["source"]).name].append(row["article"])
    zones: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in SAMPLES.zones(zones=STORY):
        zones[row["article"]].append((row["start"], row["end"]))
    gold = {}
    for article in who_is_who.gold():
        number = files[article.file][article.number]
        for span, mention in article.mentions(zones[number], SAMPLES.text(number)).items():
            gold[number, span] = mention
    read = {number for number, _ in gold}
    found = {
        (row["article"], (row["start"], row["end"])): row
        for row in SAMPLES.mentions(zones=STORY)
        if row["article"] in read and row["label"] in LABELS
    }
    return gold, found


def keys(gold: dict[Any, Any], found: dict[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    return (
        {place: (place[0], mention.label, mention.entity) for place, mention in gold.items()},
        {place: (place[0], row["label"], row["entity"]) for place, row in found.items()},
    )


def test_thirty_three_articles_are_annotated(annotated: Any) -> None:
    gold, _ = annotated
    assert len({number for number, _ in gold}) == 33
    assert len(gold) > 700


def test_entities_are_as_annotated_end_to_end(annotated: Any) -> None:
    gold, found = keys(*annotated)
    assert 100 * who_is_who.pairwise(gold, found) >= FLOORS["pairwise"]
    assert 100 * who_is_who.b_cubed(gold, found) >= FLOORS["b_cubed"]


def test_entities_of_mentions_that_both_have_are_as_annotated(annotated: Any) -> None:
    gold, found = keys(*annotated)
    both = gold.keys() & found.keys()
    gold, found = ({place: side[place] for place in both} for side in (gold, found))
    assert 100 * who_is_who.pairwise(gold, found) >= FLOORS["pairwise_shared"]
    assert 100 * who_is_who.b_cubed(gold, found) >= FLOORS["b_cubed_shared"]


def test_countries_are_as_annotated(annotated: Any) -> None:
    gold, found = annotated
    pairs = [(gold[place].country, found[place]["country"]) for place in gold.keys() & found.keys()]
    pairs = [(wanted, got) for wanted, got in pairs if wanted]
    assert len(pairs) > 100
    assert 100 * sum(wanted == got for wanted, got in pairs) / len(pairs) >= FLOORS["countries"]


def test_the_measures_of_agreement_by_hand() -> None:
    gold = {1: "a", 2: "a", 3: "b"}
    assert who_is_who.pairwise(gold, gold) == who_is_who.b_cubed(gold, gold) == 1.0
    # One pair of three is right. Every mention has all of its entity, with precision 2/3, 2/3, 1/3.
    together = {1: "x", 2: "x", 3: "x"}
    assert who_is_who.pairwise(gold, together) == pytest.approx(0.5)
    precision = (2 / 3 + 2 / 3 + 1 / 3) / 3
    assert who_is_who.b_cubed(gold, together) == pytest.approx(2 * precision / (precision + 1))


# -- evidence

SUMMIT = (
    "date 2019-01-08 North Korean leader Kim Jong Un arrived in Beijing on Tuesday. Mr Kim met President Xi Jinping. "
    "The visit was announced by the Korean Central News Agency (KCNA). Mr Xi seeks influence, KCNA said."
)


def test_every_mention_explains_itself() -> None:
    for row in SAMPLES.mentions(zones=STORY).to_dicts()[::25]:
        why = SAMPLES.explain(row["article"], row["start"])
        assert (why.start, why.end, why.text, why.label) == (row["start"], row["end"], row["text"], row["label"])
        assert (why.entity, why.country, why.ambiguous) == (row["entity"], row["country"], row["ambiguous"])
        assert why.steps
        assert all(step.sentence and step.rule.islower() for step in why.steps)


def test_a_chain_of_rules_is_explained() -> None:
    corpus = ng.Corpus([SUMMIT])
    rules = lambda form: [step.rule for step in corpus.explain(0, SUMMIT.index(form) + 3).steps]  # noqa: E731
    assert rules("Mr Kim") == ["surname", "batch_same_name"]
    assert rules("KCNA said") == ["introduced_acronym", "batch_same_name"]
    assert rules("North Korean") == ["demonym", "batch_same_name"]
    assert "“Kim” is the surname of “Kim Jong Un”." in repr(corpus.explain(0, SUMMIT.index("Mr Kim") + 3))
    assert "<ol>" in corpus.explain(0, SUMMIT.index("Mr Kim") + 3)._repr_html_()


def of_companies(*texts: str) -> dict[str, set[str]]:
    corpus = ng.Corpus(list(texts), layout="plain")
    found: dict[str, set[str]] = {}
    for row in corpus.mentions(labels="ORG"):
        found.setdefault(row["text"], set()).add(row["entity_id"])
    return found


FULL = ["Quellmark Motor Co cut 400 jobs.", "Quellmark Motor Co hired staff.", "Shares of Quellmark Motor Co rose."]


def test_the_word_by_which_a_company_is_called_is_the_company() -> None:
    alone = "Quellmark shares rose 3 percent on Monday after the carmaker Quellmark posted a profit."
    assert of_companies(*FULL, alone)["Quellmark"] == {"org:quellmark motor"}
    assert of_companies(*FULL[:2], alone)["Quellmark"] == {"org:quellmark"}
    corpus = ng.Corpus([*FULL, alone], layout="plain")
    assert [step.rule for step in corpus.explain(3, 0).steps][-1] == "batch_short_name"


ZORA = [
    "Zora Quellmark said on Monday that she would resign.",
    "Zora Quellmark, 54, said she was tired.",
    "Ms. Zora Quellmark left.",
    "They read The Zora Quellmark at school.",
]


def test_a_name_has_the_label_that_more_articles_give_it() -> None:
    assert ng.Corpus(ZORA[3:], layout="plain").mentions()["label"] == ["MISC"]
    corpus = ng.Corpus(ZORA, layout="plain")
    assert [(row["entity"], row["label"], row["articles"]) for row in corpus.entities()] == [
        ("Zora Quellmark", "PER", 4)
    ]
    assert set(corpus.mentions()["label"]) == {"PER"}
    assert set(corpus.mentions(labels="PER")["article"]) == {0, 1, 2, 3}
    explained = corpus.explain(3, ZORA[3].index("Zora"))
    assert (explained.label, explained.steps[-1].rule) == ("PER", "batch_label")


def test_a_name_with_both_titles_does_not_depend_on_the_order_of_the_articles() -> None:
    texts = ["Ms Anna Reis left.", "Mr Anna Reis left.", "Ms Ana Reis left."]
    found = [ng.Corpus(order).entities()["entity"] for order in (texts, texts[::-1], [texts[1], texts[0], texts[2]])]
    assert found[0] == found[1] == found[2]


def test_a_label_that_the_caller_supplies_stays() -> None:
    at = [text.index("Zora") for text in ZORA]
    supplied = {
        "article": list(range(4)),
        "start": at,
        "end": [start + len("Zora Quellmark") for start in at],
        "label": ["PER", "PER", "PER", "MISC"],
    }
    corpus = ng.Corpus(ZORA, layout="plain").with_mentions(supplied)
    found = corpus.entities()
    assert sorted(zip(found["label"], found["articles"], strict=True)) == [("MISC", 1), ("PER", 3)]


def test_a_unit_is_not_its_company() -> None:
    alone = "Quellmark shares rose 3 percent on Monday after the lender Quellmark posted a profit."
    units = [text.replace("Motor Co", "Capital Ltd") for text in FULL]
    assert of_companies(*units, *[alone] * 3)["Quellmark"] == {"org:quellmark capital"}
    assert of_companies(*units, *[alone] * 4)["Quellmark"] == {"org:quellmark"}
    others = [text.replace("Motor Co", "Times") for text in FULL[:2]]
    assert of_companies(*FULL, *others, alone)["Quellmark"] == {"org:quellmark"}


def test_where_nobody_is_named_there_is_nothing_to_explain() -> None:
    corpus = ng.Corpus([SUMMIT])
    with pytest.raises(KeyError, match="has no mention"):
        corpus.explain(0, SUMMIT.index("arrived"))
    with pytest.raises(KeyError, match="has no mention"):
        corpus.explain(0, 10**9)
    with pytest.raises(KeyError, match="no article"):
        corpus.explain(7, 0)
    with pytest.raises(ng.ConfigError):
        corpus.explain(0, -1)


def test_a_name_that_fits_two_is_marked_and_not_guessed() -> None:
    text = "Bill Clinton and Hillary Clinton arrived. Mr Clinton spoke. Mrs Clinton smiled. Clinton left."
    corpus = ng.Corpus([text])
    mentions = corpus.mentions(labels="PER").to_dicts()
    assert [(row["entity"], row["ambiguous"]) for row in mentions] == [
        ("Bill Clinton", False),
        ("Hillary Clinton", False),
        ("Bill Clinton", False),
        ("Hillary Clinton", False),
        ("Clinton", True),
    ]
    entities = {row["entity"]: row["ambiguous"] for row in corpus.entities(labels="PER")}
    assert entities == {"Bill Clinton": False, "Hillary Clinton": False, "Clinton": True}
    assert "but it fits several names" in repr(corpus.explain(0, text.index("Clinton left")))


# -- which entities occur together


@pytest.mark.parametrize("within", ["sentence", "paragraph", "article"])
@pytest.mark.parametrize("by", [None, "date"])
def test_pairs_equal_a_slow_count(within: Any, by: str | None) -> None:
    measures = ["pmi", "npmi", "log_likelihood", "dice"]
    table = SAMPLES.cooccurrence(within=within, by=by, measures=measures)
    slow = together(SAMPLES, within, by=by)
    assert len(table) == len(slow)
    for row in table:
        key = (row["date"] if by else None, (row["a"], row["a_label"]), (row["b"], row["b_label"]))
        for name, value in slow[key].items():
            assert row[name] == pytest.approx(value, rel=1e-9, abs=1e-9), (key, name)


def test_a_context_that_names_too_many_makes_no_pairs_and_is_counted() -> None:
    corpus = ng.Corpus(["Angela Merkel met Emmanuel Macron in Paris. Angela Merkel flew to Rome."])
    table = corpus.cooccurrence(most=2, measures=[])
    assert table.to_dicts()[0]["b"] == "Rome"
    assert len(table) == 1
    assert table.metadata["skipped"] == "1"
    assert table.metadata["N"] == "2"
    with pytest.raises(ng.ConfigError, match='there is no "charm"'):
        corpus.cooccurrence(measures="charm")
    with pytest.raises(ng.ConfigError, match="there is no column"):
        corpus.cooccurrence(sort="charm")
    assert corpus.cooccurrence(sort="npmi")["npmi"] == sorted(corpus.cooccurrence()["npmi"], reverse=True)


def test_networks_are_read_by_networkx(tmp_path: Path) -> None:
    import networkx

    network = SAMPLES.network(within="article", labels=["PER", "ORG", "LOC"], min_mentions=2)
    graph = network.to_networkx()
    assert graph.number_of_nodes() == len(network.nodes)
    network.to_graphml(tmp_path / "net.graphml")
    network.to_gexf(tmp_path / "net.gexf")
    for again in (networkx.read_graphml(tmp_path / "net.graphml"), networkx.read_gexf(tmp_path / "net.gexf")):
        assert set(again.nodes) == set(graph.nodes)
        assert {frozenset(edge) for edge in again.edges} == {frozenset(edge) for edge in graph.edges}
        for a, b, data in graph.edges(data=True):
            assert again.edges[a, b]["weight"] == data["weight"]
            assert again.edges[a, b]["npmi"] == pytest.approx(data["npmi"])


ALIKE = [
    *(
        "Ada Low",
        "Ada\xa0Low",
        "Ada\u200dLow",
        "Ada\u200bLow",
        "Ada\x1bLow",
        "Ada\\x1bLow",
        "Ada\\\\x1bLow",
        "Ada\x00Low",
    ),
    *(
        "Ada\tLow",
        "Ada\nLow",
        "Ada\rLow",
        "Ada\x85Low",
        "Ada\ufffeLow",
        "Ada Low (ORG)",
        "Ada Low (PER)",
        "Ada Low (ORG) (PER)",
    ),
    *("Ada  Low", " Ada Low", "Ada <&\"'> Low", "\xe9", "e\u0301", "\U000e0041", "\U0010ffff"),
]


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_names_that_look_alike_stay_apart_in_networks(format: str, tmp_path: Path) -> None:
    import networkx

    given = [(name, "PER") for name in ALIKE] + [
        ("Ada Low", "ORG"),
        ("Ada\x1bLow", "ORG"),
        ("Ada Low", "A) (B"),
        ("Ada Low (A)", "B"),
    ]
    spans = [
        {"article": 0, "start": 2 * n, "end": 2 * n + 1, "label": label, "entity": name}
        for n, (name, label) in enumerate(given)
    ]
    network = ng.Corpus(["x " * len(given)], layout="plain").with_mentions(spans).network(within="article")
    assert len(network.nodes) == len(given)
    graph = network.to_networkx()
    assert {(data["entity"], data["label"]) for _, data in graph.nodes(data=True)} == set(given)
    path = tmp_path / f"net.{format}"
    getattr(network, f"to_{format}")(path)
    again = (networkx.read_graphml if format == "graphml" else networkx.read_gexf)(path)
    assert again.number_of_nodes() == len(given)
    assert again.number_of_edges() == graph.number_of_edges() == len(given) * (len(given) - 1) // 2
    named = {(data["entity"], data["type"]): (node, data) for node, data in again.nodes(data=True)}
    for name, data in graph.nodes(data=True):
        shown = data["entity"].replace("\x1b", "\\x1b").replace("\x00", "\\x00").replace("\ufffe", "\\ufffe")
        if shown == data["entity"]:
            node, read = named[data["entity"], data["label"]]
            assert read["label"] == name
            assert node == name.replace("\\", "\\\\")
            assert (read["mentions"], read["articles"]) == (1, 1)
        else:
            assert (shown, data["label"]) in named


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_of_nothing_and_of_missing_values_are_written(format: str, tmp_path: Path) -> None:
    import networkx

    read = networkx.read_graphml if format == "graphml" else networkx.read_gexf
    for n, text in enumerate(["", "Angela Merkel flew to Paris.", "Angela Merkel flew. Paris is nice."]):
        network = ng.Corpus([text]).network(measures=["pmi", "npmi", "log_ratio", "delta_p_forward", "z_score"])
        path = tmp_path / f"{n}.{format}"
        getattr(network, f"to_{format}")(path)
        again = read(path)
        assert again.number_of_nodes() == len(network.nodes)
        for _, _, data in again.edges(data=True):
            assert data["weight"] == 1


# -- hard names


def test_the_order_of_articles_and_the_number_of_threads_do_not_matter() -> None:
    texts = [SAMPLES.text(article) for article in range(len(SAMPLES))] * 2
    first = ng.Corpus(texts, threads=1)
    shuffled = texts[:]
    random.Random(1).shuffle(shuffled)
    second = ng.Corpus(shuffled, threads=2)
    assert first.entities() == second.entities()
    assert first.cooccurrence() == second.cooccurrence()
    assert first.aliases() == second.aliases()


def test_a_hundred_thousand_identical_articles_are_one_article_a_hundred_thousand_times() -> None:
    text = "Angela Merkel met Kim Jong Un. Mrs Merkel smiled."
    one = ng.Corpus([text]).entities().to_dicts()
    many = ng.Corpus([text] * 100_000).entities().to_dicts()
    assert [row["mentions"] for row in many] == [100_000 * row["mentions"] for row in one]
    assert [row["entity"] for row in many] == [row["entity"] for row in one]


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_texts_without_case_or_all_in_it_are_read(change: Any) -> None:
    texts = [change(SAMPLES.text(article)) for article in range(len(SAMPLES))]
    corpus = ng.Corpus(texts, layout="plain")
    mentions = corpus.mentions()
    assert sum(corpus.entities()["mentions"]) == len(mentions)
    for row in mentions.to_dicts()[:50]:
        assert texts[row["article"]][row["start"] : row["end"]] == row["text"]


def test_periods_and_zones_group_entities() -> None:
    for by in ("day", "week", "month", "quarter", "year", "zone", ["month", "zone"], "place"):
        table = SAMPLES.entities(by=by)
        assert sum(table["mentions"]) == len(SAMPLES.mentions())
    assert {row["week"] for row in SAMPLES.entities(by="week")} >= {"2019-W02"}


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("The New York Post printed it. The Post would not say why.", {"New York Post"}),
        (
            "The Wall Street Journal and the New York Times had it. The Times was first, the Journal said.",
            {"New York Times", "Wall Street Journal"},
        ),
        ("Manchester United won. United play again on Monday.", {"Manchester United"}),
        ("The Financial Times printed it. The Times did not.", {"Financial Times", "Times"}),
        ("Fox News reported it. News Corp. shares rose, and News Corp. said nothing.", {"Fox News", "News Corp"}),
    ],
)
def test_the_last_word_of_a_paper_or_club_means_the_only_one_that_ends_in_it(text: str, entities: set[str]) -> None:
    assert set(ng.Corpus([text]).entities()["entity"]) == entities
