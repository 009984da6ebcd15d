"""Keyphrases: against slow twins of the papers' methods, hand-made cases, and what a phrase must
never be.
"""

from __future__ import annotations

import doctest
import math
import random
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng
from nutgraf._verbs.keyword import METHODS

from .oracle import keyword as slow
from .oracle.fold import typography
from .oracle.tag import Tagger, is_shouted, lower_titles

SAMPLES = ng.read(ng.samples())
STOPWORDS = {
    "the",
    "a",
    "of",
    "in",
    "to",
    "and",
    "is",
    "was",
    "for",
    "on",
    "at",
    "by",
    "with",
    "it",
    "he",
    "she",
    "they",
}


def sentences(corpus: ng.Corpus, tagged: bool) -> dict[Any, list[slow.Sentence]]:
    """The tokens of the sentences of each article, with their parts of speech if needed."""
    tagger = Tagger()
    found: dict[Any, dict[int, list[tuple[str, str]]]] = {}
    for token in corpus.tokens():
        article = found.setdefault(token["article"], {})
        article.setdefault(token["sentence"], []).append((token["text"], token["kind"]))
    told = {}
    for article, numbered in found.items():
        plain = list(numbered.values())
        read = zip(lower_titles(plain), map(is_shouted, plain), strict=True)
        tags = [tagger.tag(*line) for line in read] if tagged else ["N" * len(sentence) for sentence in plain]
        told[article] = [
            [
                slow.Token(text, kind, tag, typography(text).lower() in STOPWORDS)
                for (text, kind), tag in zip(sentence, sentence_tags, strict=True)
            ]
            for sentence, sentence_tags in zip(plain, tags, strict=True)
        ]
    return told


@pytest.mark.parametrize("method", ["rake", "textrank", "positionrank", "topicrank"])
def test_scores_equal_those_of_the_slow_twin(method: str) -> None:
    corpus = SAMPLES[:12]
    table = corpus.keywords(n=10**6, method=method, stopwords=STOPWORDS)  # type: ignore[arg-type]
    fast: dict[Any, dict[str, float]] = {}
    for row in table:
        fast.setdefault(row["article"], {})[typography(row["phrase"]).lower().replace(" ", "")] = row["score"]
    twins = {
        "rake": slow.rake,
        "textrank": slow.textrank,
        "positionrank": slow.positionrank,
        "topicrank": lambda found: slow.topicrank(found, slow.singular),
    }
    for article, found in sentences(corpus, method != "rake").items():
        expected = {"".join(words): score for words, score in twins[method](found).items()}
        assert expected
        assert fast[article] == pytest.approx(expected, rel=1e-5), article


def test_yake_takes_out_what_is_nearly_the_same() -> None:
    text = "The train station burned. Train stations are old. A train station burned again."
    assert "train station" in ng.Corpus([text]).keywords(n=50, method="yake")["phrase"]
    alike = {"train station", "Train stations"}
    assert len(alike & set(ng.Corpus([text]).keywords(n=50, method="yake")["phrase"])) == 1
    assert alike <= set(ng.Corpus([text]).keywords(n=50, method="yake", overlap=True)["phrase"])


def test_tfidf_can_be_counted_by_hand() -> None:
    table = ng.Corpus(["flood flood bridge", "flood train"]).keywords(n=50, method="tfidf", max_words=1)
    scores = {(row["article"], row["phrase"]): row["score"] for row in table}
    rare = math.log(3 / 2) + 1
    assert scores == pytest.approx({(0, "flood"): 2.0, (0, "bridge"): rare, (1, "flood"): 1.0, (1, "train"): rare})


def test_first_phrases_come_in_the_order_of_the_text() -> None:
    table = ng.Corpus(["The old bridge in Lisbon fell. The mayor closed the harbour."]).keywords(
        n=3, method="firstphrases"
    )
    assert table["score"] == [1.0, 1 / 2, 1 / 3]
    assert table["phrase"][1] == "Lisbon"


@pytest.mark.parametrize("method", METHODS)
def test_rows_are_ranked_and_never_more_than_requested(method: Any) -> None:
    rows = SAMPLES.keywords(n=5, method=method).to_dicts()
    texts = {article: SAMPLES.text(article).lower() for article in {row["article"] for row in rows}}
    assert rows
    for before, row in zip([None, *rows], rows, strict=False):
        if before is None or before["article"] != row["article"]:
            assert row["rank"] == 1
        else:
            assert row["rank"] == before["rank"] + 1 <= 5
            assert before["score"] <= row["score"] if method == "yake" else before["score"] >= row["score"]
        if method != "news":  # an entity has its full name, which another article may give
            assert row["phrase"].split()[0].lower() in texts[row["article"]]
        assert row["count"] >= 1


@pytest.mark.parametrize("method", [method for method in METHODS if method != "tfidf"])
def test_an_article_alone_has_the_phrases_that_it_has_among_others(method: Any) -> None:
    # Entities have the names that all articles give them; everything else is of the article alone.
    whole = [row for row in SAMPLES.keywords(n=10, method=method, prefer="words") if row["article"] == 3]
    alone = SAMPLES[[3]].keywords(n=10, method=method, prefer="words").to_dicts()
    fresh = ng.Corpus([SAMPLES.text(3)]).keywords(n=10, method=method, prefer="words").to_dicts()
    assert whole == alone
    assert [row["phrase"] for row in fresh] == [row["phrase"] for row in whole]


@pytest.mark.parametrize("method", METHODS)
def test_threads_and_the_order_of_articles_do_not_matter(method: Any) -> None:
    texts = [SAMPLES.text(article) for article in range(0, 40)]
    one = ng.Corpus(texts, threads=1).keywords(n=10, method=method).to_dicts()
    assert ng.Corpus(texts, threads=3).keywords(n=10, method=method).to_dicts() == one
    order = list(range(40))
    random.Random(1).shuffle(order)
    shuffled = ng.Corpus([texts[i] for i in order], threads=2).keywords(n=10, method=method).to_dicts()
    back = sorted(
        ({**row, "article": order[row["article"]]} for row in shuffled), key=lambda row: (row["article"], row["rank"])
    )
    assert back == one


@pytest.mark.parametrize("method", METHODS)
def test_a_group_of_one_article_has_its_phrases(method: Any) -> None:
    frame = {"text": [SAMPLES.text(i) for i in range(6)], "name": list("abcdef")}
    corpus = ng.Corpus(frame)
    grouped = corpus.keywords(n=8, method=method, by="name").to_dicts()
    assert list(grouped[0]) == ["name", "rank", "phrase", "score", "count"]
    assert grouped[0]["score"] == 1.0
    alone = corpus.keywords(n=10**6, method=method, overlap=True).to_dicts()
    best = {row["article"]: row["score"] for row in reversed(alone) if row["rank"] == 1}
    for article, score in best.items():
        equals = {row["phrase"].lower() for row in alone if row["article"] == article and row["score"] == score}
        assert next(row["phrase"] for row in grouped if row["name"] == frame["name"][article]).lower() in equals


def test_groups_add_up_what_their_articles_say() -> None:
    corpus = ng.Corpus({"text": ["The flood hit Lisbon. The flood rose.", "A flood. The flood fell."], "x": ["A", "A"]})
    row = corpus.keywords(n=1, by="x", prefer="words").to_dicts()[0]
    assert (row["phrase"], row["count"]) == ("flood", 4)
    assert row["score"] == pytest.approx(2.0)
    assert corpus.keywords(n=3, by=["x", "zone"]).columns == ["x", "zone", "rank", "phrase", "score", "count"]


@pytest.mark.parametrize("text", ["", " ", "the", "The of and.", "?!... --- ,,,", "1999 12 5."])
@pytest.mark.parametrize("method", METHODS)
def test_texts_without_a_phrase_have_no_row(text: str, method: Any) -> None:
    assert len(ng.Corpus([text]).keywords(n=10, method=method)) == 0


def test_one_word_is_its_own_phrase() -> None:
    for method in METHODS:
        if method != "textrank":
            assert ng.Corpus(["Earthquake"]).keywords(n=10, method=method)["phrase"] == ["Earthquake"], method


def news(text: str, **options: Any) -> list[str]:
    return ng.Corpus([text]).keywords(n=10, **options)["phrase"]


def test_news_never_cuts_a_name_and_never_keeps_its_title() -> None:
    text = (
        "President Ri Sung Min met Chancellor Anna Weber in Oslo on Tuesday. Mr Ri said the talks with Ms Weber were "
        "good. Ri Sung Min will visit the Great Hall of Oslo in January."
    )
    found = news(text)
    assert "Ri Sung Min" in found
    assert "Anna Weber" in found
    for phrase in found:
        assert not {"tuesday", "january", "mr", "ms", "president", "said"} & set(phrase.lower().split()), phrase


def test_phrases_are_whole() -> None:
    text = (
        "European leader Ursula von der Leyen met Prince Mohammed bin Salman in Oslo. The talks lifted oil to a six-month high, "
        "and the two-year-old plan for the pipeline went on."
    )
    for method in ("news", "positionrank", "topicrank", "firstphrases"):
        found = ng.Corpus([text]).keywords(n=50, method=method)["phrase"]  # type: ignore[arg-type]
        assert not {"high", "month high", "old plan", "Leyen"} & set(found), method
    assert {"Ursula von der Leyen", "Mohammed bin Salman"} <= set(news(text))


def test_a_title_in_capitals_is_read_as_the_text_spells_it() -> None:
    body = "The prison guards said the guards want pay. Guards want more pay, and the strike at the prison goes on in Oslo."
    found = news(f"Prison Guards Want More Pay As Strike Goes On\n\n{body}")
    assert not [phrase for phrase in found if "want" in phrase.lower().split()], found
    assert "guards" in [phrase.lower() for phrase in found], found


def test_news_says_nothing_twice() -> None:
    found = news("The train station burned. Train stations burn. The station of the train line is a train station.")
    words = [phrase.lower().rstrip("s") for phrase in found]
    assert len(words) == len(set(words))
    assert not any(a != b and f" {a} " in f" {b} " for a in words for b in words)


def test_news_leads_with_what_the_story_returns_to() -> None:
    text = "The flood hit Lisbon. The flood rose for hours. A bridge fell into the flood, and a shop closed."
    assert news(text)[0] == "flood"


def test_single_words_can_be_excluded() -> None:
    assert all(
        " " in phrase for phrase in news("The flood hit the old town. The flood barrier broke.", single_words=0.0)
    )


def test_the_page_on_keywords_runs() -> None:
    page = Path(__file__).parents[2] / "docs/keywords.md"
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted == 3
    assert found.failed == 0


def test_wrong_options_are_named() -> None:
    corpus = ng.Corpus(["a"])
    for options, word in [
        ({"method": "magic"}, "'topicrank'"),
        ({"n": -1}, "n=-1"),
        ({"max_words": 0}, "max_words=0"),
        ({"window": 0}, "window=0"),
        ({"damping": 1.0}, "damping=1"),
        ({"damping": 2.0}, "damping=2.0"),
        ({"single_words": -1.0}, "single_words=-1.0"),
        ({"max_words": 9, "method": "tfidf"}, "at most 4"),
        ({"stopwords": "klingon"}, "klingon"),
        ({"by": "nothing"}, "nothing"),
    ]:
        with pytest.raises(ng.ConfigError, match=word):
            corpus.keywords(**options)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="overlap"):
        corpus.keywords(overlap=1)  # type: ignore[arg-type]


def test_a_name_that_opens_with_a_plain_adjective_is_whole() -> None:
    text = "Rents in New York rose. The new bridge in New York is shut. Shares of Best Buy fell, and Best Buy closed a shop."
    phrases = set(ng.Corpus([text]).keywords(n=20)["phrase"])
    assert {"New York", "Best Buy", "bridge"} <= phrases
    assert not {"York", "Buy", "new bridge"} & phrases


def test_a_long_story_is_summarised_by_phrases_and_a_short_one_by_words() -> None:
    lead = "Officers held drug smugglers in Lisbon on Monday. The harbour fair was closed. "
    rest = " ".join(f"In {year} the drug was cheap, and smugglers fled." for year in range(1950, 2010))
    short, long = (ng.Corpus([text]).keywords(n=10, prefer="words")["phrase"] for text in (lead, lead + rest))
    assert short.index("Officers") < short.index("drug smugglers")
    # Given once, but with words that recur, unlike the fair.
    assert long[0] == "drug smugglers"
    assert long.index("Lisbon") < long.index("harbour fair")


def test_an_acronym_and_its_name_are_one() -> None:
    full = "The Korean Central News Agency reported a launch. KCNA gave no details. The Korean Central News Agency is state-run."
    told = {row["phrase"]: row["count"] for row in ng.Corpus([full]).keywords(n=20, prefer="words")}
    assert told["Korean Central News Agency"] == 3
    assert "KCNA" not in told
    passing = "The GSMA met. The GSMA spoke. The GSMA left. In full it is the Global System Mobile Association. The GSMA is old."
    told = {row["phrase"]: row["count"] for row in ng.Corpus([passing]).keywords(n=20, prefer="words")}
    assert told["GSMA"] == 5
    assert "Global System Mobile Association" not in told


def phrases(text: str, **options: Any) -> dict[str, int]:
    return {row["phrase"]: row["count"] for row in ng.Corpus([text]).keywords(n=20, **options)}


def test_an_entity_is_one_phrase_under_its_full_name() -> None:
    found = phrases("Prime Minister Ines Duarte met Deputy Prime Minister Bo Lind. Mrs Duarte left. Duarte wept.")
    assert found["Ines Duarte"] == 3
    assert found["Bo Lind"] == 1
    assert not {"Duarte", "Deputy Prime", "Prime", "Deputy", "Mrs Duarte"} & found.keys()


def test_a_title_decides_whose_surname_it_is() -> None:
    found = phrases("Helen Duarte met Peter Duarte. Mr Duarte wept. Mr Duarte left. Ms Duarte stayed.")
    assert (found["Helen Duarte"], found["Peter Duarte"]) == (2, 3)


def test_an_entity_has_its_full_name_in_every_article() -> None:
    named = ["Angela Merkel flew to Oslo."] * 3
    corpus = ng.Corpus([*named, "Merkel spoke in Oslo about the gas pipeline. Merkel wept."])
    found = [row["phrase"] for row in corpus.keywords(n=10) if row["article"] == 3]
    assert "Angela Merkel" in found
    assert "Merkel" not in found
    assert "gas pipeline" in found


def test_generic_words_are_not_phrases_beside_others() -> None:
    text = (
        "The drought in Alentejo killed cork oaks. Officials said the company and the government blamed the drought. "
        "Officials met cork growers in Evora; the officials and the company want rain gauges before the drought ends."
    )
    found = phrases(text)
    assert "drought" in found
    assert not {"officials", "company", "government", "Officials"} & found.keys()
    assert "officials" in {phrase.lower() for phrase in phrases(text, prefer="words")}


def test_a_share_is_not_part_of_a_phrase() -> None:
    phrases = ng.Corpus(["The fund bought a 51 percent stake. The 51 percent stake cost a fortune."]).keywords(n=20)[
        "phrase"
    ]
    assert "stake" in phrases
    assert not any("percent" in phrase for phrase in phrases)
