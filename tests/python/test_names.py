"""What the words around a name say about it, in one article."""

from __future__ import annotations

from typing import Any

import pytest

import nutgraf as ng


def mentions(*texts: str) -> list[dict[str, Any]]:
    return ng.Corpus(list(texts), layout="plain").mentions(zones="all").to_dicts()


def labels(text: str) -> list[tuple[str, str]]:
    return [(row["text"], row["label"]) for row in mentions(text)]


def entities(*texts: str, label: str) -> list[str]:
    found = ng.Corpus(list(texts), layout="plain").entities(labels=label, zones="all")
    return sorted(found["entity"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rosa Blum, M.P.H., R.N., left.", [("Rosa Blum", "PER")]),
        ("Sen. Rosa Blum (D-Ariz.) voted.", [("Rosa Blum", "PER")]),
        ("Hallberg <HLBG.ST> rose.", [("Hallberg", "ORG")]),
        ("McDonald’s opened in Oslo.", [("McDonald’s", "ORG"), ("Oslo", "LOC")]),
        ("Wendy's mother lives in Oslo.", [("Wendy", "PER"), ("Oslo", "LOC")]),
        ("Ernst & Young advised Oslo.", [("Ernst & Young", "ORG"), ("Oslo", "LOC")]),
        ("Tutsis and Hutus met in Kigali.", [("Tutsis", "NORP"), ("Hutus", "NORP"), ("Kigali", "LOC")]),
        ("Latin American leaders met.", [("Latin American", "NORP")]),
        ("Mrs March left in March.", [("March", "PER")]),
        ("Joko Birk spoke in Oslo.", [("Joko Birk", "PER"), ("Oslo", "LOC")]),
        ("South African miners met.", [("South African", "NORP")]),
        ("The Roma were deported from Oslo.", [("Roma", "NORP"), ("Oslo", "LOC")]),
        ("Fire Destroys Market in Lagos", [("Lagos", "LOC")]),
        ("Rosa Blum (Con) voted.", [("Rosa Blum", "PER")]),
        ("Corbin's, a toy chain, opened in Oslo.", [("Corbin's", "ORG"), ("Oslo", "LOC")]),
        ("August Blum and June Frost left.", [("August Blum", "PER"), ("June Frost", "PER")]),
        ("Irish-Americans met New Zealanders.", [("Irish-Americans", "NORP"), ("New Zealanders", "NORP")]),
        ("Shops in the Balkans closed.", [("Balkans", "LOC")]),
        ("Shares of Anna Birk rose in Oslo.", [("Anna Birk", "ORG"), ("Oslo", "LOC")]),
        ("The designer Giorgio Armani died.", [("Giorgio Armani", "PER")]),
        ("Lebanese Christians and Syrian Muslims met.", [("Lebanese Christians", "NORP"), ("Syrian Muslims", "NORP")]),
        ("Democratic voters met Muslims.", [("Democratic", "NORP"), ("Muslims", "NORP")]),
        ("A super PAC paid for it in Oslo.", [("Oslo", "LOC")]),
        ("Scholz Warns May: Talks Are ‘Over’", [("Scholz", "PER"), ("May", "PER")]),
    ],
)
def test_the_words_around_a_name_show_what_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    people_and_states = [row for row in labels(text) if row != ("Ariz.", "LOC")]
    assert people_and_states == expected


def test_a_surname_that_is_a_word_begins_a_sentence_before_a_verb() -> None:
    assert [row["text"] for row in mentions("Nora Frost spoke. Frost said so. The frost was hard.")] == [
        "Nora Frost",
        "Frost",
    ]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Trade with Eastern Europe, Brazil and Peru fell.", [None, "BR", "PE"]),
        ("She toured Central America, Spain and Chile.", [None, "ES", "CL"]),
        ("He moved from Dublin, Ohio, to Dublin, Ireland.", ["US", "US", "IE", "IE"]),
        ("They met in Salem, OR, and in Regina, SK.", ["US", "US", "CA", "CA"]),
        ("He lives in LA.", ["US"]),
        ("Athens, Georgia, is far from Batumi, Georgia.", ["US", "US", "GE", "GE"]),
        ("They left Rochester, New York, on Monday.", ["US", "US"]),
        ("Frankfurt, Cologne and Venice were flooded.", ["DE", "DE", "IT"]),
    ],
)
def test_a_place_is_where_its_mention_says(text: str, countries: list[str | None]) -> None:
    places = [row for row in mentions(text) if row["label"] == "LOC"]
    assert [row["country"] for row in places] == countries


def test_a_town_and_a_company_are_not_the_person_of_that_name() -> None:
    assert ("Lund", "LOC") in labels("Gustav Lund spoke. He was born in Lund, Sweden.")
    assert ("Jordan", "LOC") in labels("Nora Jordan spoke. She flew to Jordan.")
    assert ("Lund", "LOC") in labels("Karl Lund left. Rain hit Lund, Texas.")
    assert ("Vester", "ORG") in labels("Karl Vester founded a firm. Vester shares fell.")


def test_a_list_of_given_names_shares_the_surname_at_its_end() -> None:
    assert entities("Helen, Robert and Nora Duarte left. Robert wept.", label="PER") == [
        "Helen Duarte",
        "Nora Duarte",
        "Robert Duarte",
    ]
    assert entities("Putin and Joe Biden met.", label="PER") == ["Joe Biden", "Putin"]


def test_an_institution_has_one_name_in_either_order() -> None:
    assert len(entities("The Finance Ministry and the Ministry of Finance agreed.", label="ORG")) == 1
    assert len(entities("Bergen University and the University of Bergen agreed.", label="ORG")) == 1
    assert len(entities("Oban City Council met. The City Council agreed.", label="ORG")) == 1
    assert len(entities("The Health Ministry and the Ministry of Finance agreed.", label="ORG")) == 2


def test_a_bare_surname_means_whom_the_article_is_about() -> None:
    story = "Peter Duarte resigned as mayor on Monday. Duarte said so. His wife Helen Duarte was there. Duarte left."
    rows = [row for row in mentions(story) if row["text"] == "Duarte"]
    assert [(row["entity"], row["ambiguous"]) for row in rows] == [("Peter Duarte", False)] * 2
    equal = "Peter and Helen Duarte left. Duarte spoke."
    assert mentions(equal)[-1]["ambiguous"]


def test_one_article_neither_splits_a_name_nor_binds_an_acronym() -> None:
    assert entities(
        "SEC Chairman Mary Holt spoke.", "Mary Holt left. Ms. Holt wept.", "Mary Holt, 61, left.", label="PER"
    ) == ["Mary Holt"]
    bare = ["The NBC said so in Oslo."] * 12
    named = "The Namibian Broadcasting Corporation (NBC) said so."
    assert "NBC" in entities(named, *bare, label="ORG")


def test_the_country_and_not_the_name_says_which_place_is_meant() -> None:
    corpus = ng.Corpus(
        [
            "He is in London, England.",
            "She is in London, England.",
            "They are in London, Ontario.",
            "Hallberg AG rose.",
        ],
        layout="plain",
    )
    rows = {(row["entity"], row["country"], row["entity_id"]) for row in corpus.entities(zones="all")}
    assert {
        ("London", "GB", "loc:london@GB"),
        ("London", "CA", "loc:london@CA"),
        ("Hallberg", None, "org:hallberg"),
    } <= rows
    assert corpus.where(entity="London").articles()["article"] == [0, 1, 2]
    assert corpus.where(entity="loc:london@CA").articles()["article"] == [2]


def test_an_entity_has_one_id_whatever_the_other_articles_are() -> None:
    monday = ng.Corpus(["Angela Merkel met Joe Biden in Paris.", "The European Union (EU) agreed."])
    tuesday = ng.Corpus(["Angela Merkel left France.", "The EU agreed with Germany's Merkel."])
    both = ng.concat([monday, tuesday], ids="renumber")
    ids = {row["entity"]: row["entity_id"] for row in both.entities()}
    assert ids["Angela Merkel"] == "per:angela merkel"
    assert ids["European Union"] == "org:european union"
    assert ids["Germany"] == "loc:DE"
    for corpus in (monday, tuesday):
        for row in corpus.entities():
            if row["entity"] != "Merkel":
                assert ids[row["entity"]] == row["entity_id"]


def test_names_of_earlier_articles_are_evidence_and_are_not_counted() -> None:
    yesterday = ng.Corpus(["Angela Merkel spoke in Berlin."] * 3)
    today = ng.Corpus(["Mrs Merkel left. Rain fell."])
    assert today.entities()["entity"] == ["Merkel"]
    for known in (yesterday.state("entities"), yesterday.entities()):
        found = today.entities(known=known)
        assert (found["entity"], found["mentions"], found["articles"]) == (["Angela Merkel"], [1], [1])
        assert found["entity_id"] == yesterday.entities(labels="PER")["entity_id"]
        assert today.mentions(known=known)["entity"] == ["Angela Merkel"]
        assert today.aliases(known=known)["alias"] == ["Merkel"]
        assert "Only articles that were read before name “Angela Merkel”" in str(today.explain(0, 4, known=known))
        assert "known_before" in str(today.explain("Merkel", known=known))
    assert today.entities()["entity"] == ["Merkel"]
    with pytest.raises(ng.ConfigError, match="has no entities, which known= needs"):
        today.entities(known=yesterday.state("terms"))
    with pytest.raises(ng.ConfigError, match='no column "label"'):
        today.entities(known=yesterday.aliases()[["entity"]])


def test_agencies_are_marked_and_can_be_ignored() -> None:
    corpus = ng.Corpus(["Nora Frost told Reuters that Volvo had called. Getty Images has a picture."])
    agencies = {row["entity"]: row["agency"] for row in corpus.entities()}
    assert agencies == {"Nora Frost": False, "Reuters": True, "Volvo": False, "Getty Images": True}
    assert set(corpus.entities(agencies=False)["entity"]) == {"Nora Frost", "Volvo"}
    assert set(corpus.mentions(agencies=False)["entity"]) == {"Nora Frost", "Volvo"}


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("The North Carolina-based Bank of America said it would cut jobs.", "ORG", "Bank of America"),
        ("Michigan-based Delphi said it would cut jobs.", "ORG", "Delphi"),
        ("Shares of the Hong Kong-listed Geely Automobile rose.", "ORG", "Geely Automobile"),
        ("Canadian-born Conrad Black was jailed on Monday.", "PER", "Conrad Black"),
        ("London-based Anna Moll said that she had known.", "PER", "Anna Moll"),
    ],
)
def test_where_a_company_or_person_is_from_is_not_a_part_of_the_name(text: str, label: str, name: str) -> None:
    assert [row["entity"] for row in ng.Corpus([text]).entities() if row["label"] == label] == [name]


@pytest.mark.parametrize("source", ["The White House", "The Pentagon", "NASA", "Facebook", "Google", "The Dow Jones"])
def test_who_supplies_pictures_as_well_is_not_an_agency(source: str) -> None:
    corpus = ng.Corpus([f"{source} rejected the report on Monday. A spokesman for {source} said so twice."])
    assert corpus.entities()["agency"] == [False]
    assert len(corpus.entities(agencies=False)) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Crowds gathered in Hyde Park Getty Images", ["Hyde Park", "Getty Images"]),
        ("A train waits at Waverley Station in Edinburgh, Scotland Getty", ["Edinburgh", "Scotland", "Getty"]),
        ("Thomson Reuters sold a stake in Refinitiv.", ["Thomson Reuters", "Refinitiv"]),
        ("Paul Getty left the house to Anna Moll.", ["Paul Getty", "Anna Moll"]),
        ("The J. Paul Getty Museum is closed.", ["J. Paul Getty Museum"]),
        ("Getty Images Europe is based in London.", ["Getty Images Europe", "London"]),
    ],
)
def test_the_source_of_a_picture_is_not_a_part_of_the_name_before_it(text: str, names: list[str]) -> None:
    found = ng.Corpus([f"Rain fell on Monday.\n\n{text} Rain fell again, and it was the fifth day."]).mentions()["text"]
    assert [name for name in found if name in names or "Getty" in name or "Reuters" in name] == names


def test_a_listed_name_yields_to_a_longer_one() -> None:
    corpus = ng.Corpus(["Peter Duarte met Helen Duarte. Duarte left."], layout="plain")
    names = [("Duarte", "PER", "Helen Duarte")]
    found = [row["text"] for row in corpus.mentions(gazetteer=ng.Gazetteer(names))]
    assert found == ["Peter Duarte", "Helen Duarte", "Duarte"]
    found = [row["text"] for row in corpus.mentions(gazetteer=ng.Gazetteer(names, inside=True))]
    assert found == ["Duarte", "Duarte", "Duarte"]


def test_a_line_in_title_case_has_the_names_of_the_text_below_it() -> None:
    story = "The mayor of Lowmoor Bay spoke. Lowmoor Bay has a new bridge, and the bay is clean."
    (corpus,) = [ng.Corpus({"text": [story], "headline": ["Mayor Opens Bridge at Lowmoor Bay After Long Delay"]})]
    found = corpus.mentions(zones="headline")
    assert found["text"] == ["Lowmoor Bay"]


def test_a_son_with_his_fathers_name_is_another_person() -> None:
    assert entities("Rui Alva spoke. His son Rui Jr. left.", label="PER") == ["Rui Alva", "Rui Jr."]
    assert entities("Rui Alva Jr. spoke. Rui Jr. left.", label="PER") == ["Rui Alva Jr."]
