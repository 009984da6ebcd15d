"""Articles are selected by what they name and contain."""

from __future__ import annotations

import pytest

import nutgraf as ng

CORPUS = ng.Corpus(
    {
        "text": [
            "Angela Merkel spoke. Merkel left.",
            "Rain fell.",
            "The climate talks failed.\n\nAngela Merkel in Rome Credit: AP/Jane Roe",
            "Boris Johnson met Angela Merkel about the climate.",
        ],
        "paper": ["A", "A", "B", "B"],
    }
)


def ids(corpus: ng.Corpus) -> list[int]:
    return corpus.articles()["article"]


def test_articles_that_name_an_entity() -> None:
    assert ids(CORPUS.where(entity="Angela Merkel")) == [0, 3]
    assert ids(CORPUS.where(entity="Angela Merkel", zones="all")) == [0, 2, 3]
    assert ids(CORPUS.where(entity=["Boris Johnson", "Rome"], zones="all")) == [2, 3]
    assert ids(CORPUS.where(entity="Nobody Known")) == []


@pytest.mark.parametrize("name", ["Merkel", "angela merkel"])
def test_an_alias_is_refused_by_the_name_that_is_meant(name: str) -> None:
    with pytest.raises(ng.ConfigError, match='such as "Angela Merkel"'):
        CORPUS.where(entity=name)
    with pytest.raises(ng.ConfigError, match='such as "Angela Merkel"'):
        ng.Corpus(["date 2019-01-08 Angela Merkel spoke. Merkel left."]).trend(name, of="entities")


def test_articles_that_contain_a_word() -> None:
    assert ids(CORPUS.where(mentions="climat*")) == [2, 3]
    assert ids(CORPUS.where(mentions=["rain", "climate talks"])) == [1, 2]
    assert ids(CORPUS[::-1].where(mentions="climate")) == [3, 2]
    assert ids(CORPUS.where(mentions="climate", zones="caption")) == []


def test_conditions_combine() -> None:
    assert ids(CORPUS.where(paper="B", entity="Angela Merkel", mentions="climate")) == [3]
    assert ids(CORPUS.where(not_={"mentions": "climate"})) == [0, 1]
    assert ids(CORPUS.where(not_={"mentions": "climate", "entity": "Angela Merkel"})) == [0, 1, 2]
    assert ids(CORPUS.where(paper="B", not_=CORPUS[:3])) == [3]


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(TypeError, match="not_"):
        CORPUS.where(not_="rain")
    with pytest.raises(ng.ConfigError, match="no field"):
        CORPUS.where(not_={"colour": "red"})
    own = ng.Corpus({"text": ["a"], "entity": ["Rome"]})
    assert len(own) == 1
    with pytest.raises(ng.ConfigError, match='a field "entity"'):
        own.where(entity="Rome")
