"""A corpus and its twin in another typography and house style have the same tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

import nutgraf as ng

ARTICLES = [
    "date 2021-03-02 Mr. O'Hara didn't sign. \"It's a well-known plan,\" he said, and U.S. officials weren't told.\n\n"
    "Dr. Núñez of Acme Corp. met the U.S.-led group at its office in São Tomé. They told us nothing about 1921-1935.",
    "date 2021-03-09 The mayor's co-operative won't close, O'Hara's aide Ana Núñez said. It isn't the U.S. that pays us.\n\n"
    "\"We'll see,\" said Mrs. Lindqvist, who doesn't work for Acme Corp. in the finance office. The fee is 5-10% of $40.",
    "date 2021-04-06 Prof. Lindqvist hasn't met Mr. O'Hara. The F.B.I. asked the U.S. Senate for files on the well-known group.",
]


def curly(text: str) -> str:
    text = re.sub(r'"(?=\w)', "“", text).replace('"', "”")
    return text.replace("'", "’")


def hyphenated(text: str) -> str:
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", "\u2011", text)
    return text.replace("1921-1935", "1921–1935").replace("5-10%", "5–10%")


def encoded(text: str) -> str:
    text = unicodedata.normalize("NFD", text).replace("fi", "ﬁ")
    return text.replace("officials", "of\u00adﬁcials").replace("mayor", "may\u200bor").replace("group", "gro\u2060up")


def without_stops(text: str) -> str:
    text = text.replace("U.S.", "US").replace("F.B.I.", "FBI")
    return re.sub(r"\b(Mr|Mrs|Dr|Prof|Corp)\.(?= )", r"\1", text)


STYLES: dict[str, Callable[[str], str]] = {
    "curly": curly,
    "hyphenated": hyphenated,
    "encoded": encoded,
    "without_stops": without_stops,
    "all": lambda text: encoded(hyphenated(curly(without_stops(text)))),
}
TABLES: dict[str, Callable[[ng.Corpus], ng.Table]] = {
    "terms": lambda corpus: corpus.terms(ngrams=(1, 2)),
    "terms as they are": lambda corpus: corpus.terms(fold=None),
    "terms without stop words": lambda corpus: corpus.terms(stopwords=["english", "Mr.", "isn’t"]),
    "stems": lambda corpus: corpus.terms(stem="english"),
    "tfidf": lambda corpus: corpus.tfidf(),
    "trend": lambda corpus: corpus.trend(["O’Hara", "the U.S.", "well-known", "didn't"]),
    "collocations": lambda corpus: corpus.collocations(min_count=1),
    "cooccurrence": lambda corpus: corpus.cooccurrence(of="terms", min_count=1),
    "dispersion": lambda corpus: corpus.dispersion(),
    "diversity": lambda corpus: corpus.diversity(),
    "readability": lambda corpus: corpus.readability(),
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("style", STYLES)
def test_tables_are_those_of_the_twin(style: str, table: str) -> None:
    twin = [STYLES[style](article) for article in ARTICLES]
    assert twin != ARTICLES
    assert TABLES[table](ng.Corpus(twin)) == TABLES[table](ng.Corpus(ARTICLES))


@pytest.mark.parametrize("style", STYLES)
def test_a_twin_has_no_key_term(style: str) -> None:
    texts = [*ARTICLES, *map(STYLES[style], ARTICLES)]
    corpus = ng.Corpus({"text": texts, "house": ["one"] * 3 + ["other"] * 3})
    for row in corpus.keyness(target=corpus.where(house="one"), reference=corpus.where(house="other")):
        assert row["target"] == row["reference"], row


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "query",
    ["O’Hara", "didn't", "U.S.", "US", "us", "Mr O'Hara", "well‑known", "office", "Sao*", "São", "of*", "1921–1935"],
)
def test_one_query_finds_both_and_the_text_stays_as_it_is(style: str, query: str) -> None:
    corpora = ng.Corpus(ARTICLES), ng.Corpus([STYLES[style](article) for article in ARTICLES])
    found = [corpus.kwic(query).to_dicts() for corpus in corpora]
    assert [row["article"] for row in found[0]] == [row["article"] for row in found[1]]
    assert bool(found[0]) == (query != "Sao*")
    for corpus, rows in zip(corpora, found, strict=True):
        for row in rows:
            assert corpus.text(row["article"])[row["start"] : row["end"]] == row["match"]
    scores = [[(row["article"], row["score"]) for row in corpus.search(query)] for corpus in corpora]
    assert scores[0] == scores[1]


def test_the_country_is_not_the_pronoun() -> None:
    corpus = ng.Corpus(["US troops left. The U.S. told us so."])
    counts = {row["term"]: row["count"] for row in corpus.terms()}
    assert (counts["u.s."], counts["us"]) == (2, 1)
    assert set(corpus.terms(stopwords="english")["term"]) == {"u.s.", "troops", "left", "told"}
    assert set(corpus.terms(stopwords="english", fold=None)["term"]) == {"US", "troops", "left", "told"}
    assert corpus.kwic("us")["match"] == ["us"]
    assert corpus.kwic("US")["match"] == corpus.kwic("U.S.")["match"] == ["US", "U.S."]


@pytest.mark.parametrize("name", ["O'Hara", "O’Hara", "OʼHara"])
@pytest.mark.parametrize("text", ["Ana O'Hara left.", "Ana O’Hara left.", "Ana OʼHara left.", "Ana O‘Hara left."])
def test_a_name_of_a_gazetteer_is_one_in_any_typography(name: str, text: str) -> None:
    assert len(ng.Gazetteer([(name, "PER")]).find([text])) == 1


def test_names_of_a_gazetteer_are_composed_and_without_ligatures() -> None:
    names = ng.Gazetteer([("Núñez", "PER"), ("Griffin", "PER"), ("Jean-Luc Roy", "PER")])
    texts = ["Nu\u0301n\u0303ez", "Griﬃn", "Grif\u00adfin", "Grif\u200bfin", "Jean‑Luc Roy", "Jean–Luc Roy"]
    assert [row["article"] for row in names.find(texts)] == list(range(6))


def test_markup_is_not_a_word() -> None:
    corpus = ng.Corpus(
        ["<p>Lund &amp; Sons of B&amp;Q</p><br/>10&nbsp;men &ndash; &quot;five&quot; caf&eacute;s", "O&#8217;Hara"]
    )
    terms = {"lund", "sons", "of", "b&q", "10", "men", "five", "cafés", "o'hara"}
    assert set(corpus.terms()["term"]) == terms
    assert corpus.kwic("O'Hara")["match"] == ["O&#8217;Hara"]


def test_languages_in_a_list_are_lists_and_phrases_are_refused() -> None:
    corpus = ng.Corpus(["The English said that rain fell."])
    assert set(corpus.terms(stopwords=["english", "said"])["term"]) == {"english", "rain", "fell"}
    assert set(corpus.terms(stopwords=[*ng.stopwords(), "English"])["term"]) == {"said", "rain", "fell"}
    with pytest.raises(ng.ConfigError, match='"last week" is more than one word'):
        corpus.terms(stopwords=["last week"])


@pytest.mark.parametrize("stopwords", [["the"], ["THE"], "english"])
def test_stop_words_in_lower_case_mean_capitals_where_case_is_kept(stopwords: Any) -> None:
    terms = ng.Corpus(["The rain. THE END."]).terms(fold=None, stopwords=stopwords)["term"]
    assert ("The" in terms) == (stopwords == ["THE"])
    assert "THE" not in terms
