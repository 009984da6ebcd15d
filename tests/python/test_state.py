"""A state gives the tables of the articles that it was made of, however they were divided."""

from __future__ import annotations

import pickle
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import nutgraf as ng

OUTLETS = ng.read(ng.samples("outlets"))
STORIES = ng.read(ng.samples())
KINDS = ("terms", "entities")
BY = ["day", "outlet"]
WHOLE = OUTLETS.state(*KINDS, by=BY)
FIRST = OUTLETS.articles()["outlet"][0]


def parts(corpus: ng.Corpus, random: random.Random, **options: object) -> list[ng.State]:
    """The states of the parts of a random division of the articles, in random order."""
    count = random.randint(1, 6)
    part = [random.randrange(count) for _ in range(len(corpus))]
    divided = [corpus[[at for at, of in enumerate(part) if of == number]] for number in range(count)]
    states = [selection.state(*KINDS, **options) for selection in divided]
    random.shuffle(states)
    return states


def summed(states: list[ng.State], random: random.Random) -> ng.State:
    """The sum of some states, in a random tree."""
    states = list(states)
    while len(states) > 1:
        one, other = states.pop(random.randrange(len(states))), states.pop(random.randrange(len(states)))
        states.append(one + other)
    return states[0]


@pytest.mark.parametrize("by", [None, "day", "outlet", ["outlet", "month"], "week", "quarter", ["year", "outlet"]])
def test_tables_are_those_of_the_corpus_for_all_groups_that_the_keys_imply(by: object) -> None:
    assert WHOLE.terms(by=by) == OUTLETS.terms(by=by)
    assert WHOLE.terms(by=by, min_count=3, min_articles=2) == OUTLETS.terms(by=by, min_count=3, min_articles=2)
    assert WHOLE.entities(by=by, min_mentions=2) == OUTLETS.entities(by=by, min_mentions=2)
    assert WHOLE.entities(by=by, labels="PER") == OUTLETS.entities(by=by, labels="PER")
    for within in ("sentence", "paragraph", "article"):
        assert WHOLE.cooccurrence(by=by, within=within) == OUTLETS.cooccurrence(by=by, within=within)


def test_aliases_trends_and_comparisons_are_those_of_the_corpus() -> None:
    assert WHOLE.aliases() == OUTLETS.aliases()
    for of in ("terms", "entities"):
        for options in ({"by": "month"}, {"by": ["week", "outlet"]}, {"by": "day", "tests": True}):
            assert WHOLE.trend(of=of, **options) == OUTLETS.trend(of=of, **options), (of, options)
        assert WHOLE.keyness({"outlet": FIRST}, of=of) == OUTLETS.keyness({"outlet": FIRST}, of=of)
        assert WHOLE.keyness(by="outlet", of=of) == OUTLETS.keyness(by="outlet", of=of)
    name = OUTLETS.entities()["entity"][0]
    assert WHOLE.trend(name, of="entities") == OUTLETS.trend(name, of="entities")
    assert WHOLE.trend(["council", "nowhere"]) == OUTLETS.trend(["council", "nowhere"])


@pytest.mark.parametrize(
    "options",
    [
        {"ngrams": (1, 3)},
        {"ngrams": 2, "stopwords": "english"},
        {"fold": None},
        {"stem": "english"},
        {"zones": ["headline"]},
        {"zones": "all"},
    ],
)
def test_options_are_those_of_the_verbs(options: dict[str, object]) -> None:
    state = STORIES.state(*KINDS, by="month", **options)
    again = ng.State.from_bytes(state.to_bytes())
    assert again.terms() == STORIES.terms(**options)
    assert again.terms(by="month") == STORIES.terms(by="month", **options)
    assert again.entities() == STORIES.entities(zones=options.get("zones", ("headline", "body")))


def test_the_sum_of_any_division_in_any_tree_is_the_whole_to_the_byte() -> None:
    numbers, bytes_of_whole = random.Random(0), WHOLE.to_bytes()
    for _ in range(1000):
        assert summed(parts(OUTLETS, numbers, by=BY), numbers).to_bytes() == bytes_of_whole
    assert ng.State.merge(parts(OUTLETS, numbers, by=BY)).to_bytes() == bytes_of_whole


def test_phrases_undated_articles_and_mixed_fields_add_up() -> None:
    frame = {
        "text": ["Rain fell. Heavy rain fell.", "Mrs Merkel left.", "Angela Merkel spoke.", "", "Heavy rain."],
        "date": ["2019-01-08", None, "2019-02-01", None, "2019-01-08"],
        "source": [1.0, 2.0, None, 1.0, 2.0],
    }
    corpus, numbers = ng.Corpus(frame), random.Random(1)
    whole = corpus.state(*KINDS, by=["month", "source"], ngrams=(1, 2))
    for _ in range(50):
        assert summed(parts(corpus, numbers, by=["month", "source"], ngrams=(1, 2)), numbers) == whole
    assert whole.terms(by="source") == corpus.terms(by="source", ngrams=(1, 2))
    texts = ng.Corpus({"text": ["Snow."], "date": ["2019-01-08"], "source": ["1"]})
    mixed = whole + texts.state(*KINDS, by=["month", "source"], ngrams=(1, 2))
    assert mixed.groups()["source"] == ["1", "2", None, "1", "2"]


def test_a_state_is_the_same_for_any_number_of_threads() -> None:
    states = [ng.read(ng.samples("outlets"), threads=threads).state(*KINDS, by=BY).to_bytes() for threads in (1, 2, 3)]
    assert states[0] == states[1] == states[2]


def test_a_state_is_saved_loaded_and_pickled(tmp_path: Path) -> None:
    WHOLE.save(tmp_path / "outlets.ngs")
    loaded = ng.State.load(tmp_path / "outlets.ngs")
    assert loaded == WHOLE
    assert hash(loaded) == hash(WHOLE)
    assert pickle.loads(pickle.dumps(WHOLE)).entities() == OUTLETS.entities()
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(len, WHOLE).result() == len(OUTLETS)


def test_no_damage_gives_a_table(tmp_path: Path) -> None:
    content, numbers = WHOLE.to_bytes(), random.Random(2)
    for _ in range(300):
        damaged = bytearray(content)
        damaged[numbers.randrange(len(content))] ^= 1 << numbers.randrange(8)
        with pytest.raises(ng.StateError, match=r"damaged|not a saved state|version"):
            ng.State.from_bytes(bytes(damaged))
    for cut in range(0, len(content), 97):
        with pytest.raises(ng.StateError):
            ng.State.from_bytes(content[:cut])
    OUTLETS.save(tmp_path / "outlets.ngc")
    with pytest.raises(ng.StateError, match=r"outlets\.ngc: the file is not a saved state"):
        ng.State.load(tmp_path / "outlets.ngc")
    WHOLE.save(tmp_path / "outlets.ngs")
    with pytest.raises(ng.StateError, match="not a saved corpus"):
        ng.open(tmp_path / "outlets.ngs")


@pytest.mark.parametrize(
    ("options", "setting"),
    [
        ({"stopwords": "english"}, "stopwords"),
        ({"fold": None}, "fold"),
        ({"stem": "english"}, "stem"),
        ({"ngrams": 2}, "ngrams"),
        ({"zones": "all"}, "zones"),
        ({"by": "month"}, "by"),
        ({"min_count": 2}, "min_count"),
    ],
)
def test_states_with_other_settings_do_not_add_up(options: dict[str, object], setting: str) -> None:
    with pytest.raises(ng.ConfigError, match=f"the states differ in {setting}"):
        OUTLETS.state("terms", **{"by": BY, **options}) + OUTLETS.state("terms", by=BY)


def test_states_of_other_kinds_do_not_add_up_and_say_what_they_lack() -> None:
    terms, entities = OUTLETS.state("terms"), OUTLETS.state("entities")
    with pytest.raises(ng.ConfigError, match="differ in kinds"):
        terms + entities
    with pytest.raises(ng.ConfigError, match="has no entities, which cooccurrence needs"):
        terms.cooccurrence()
    with pytest.raises(ng.ConfigError, match="has no terms, which keyness needs"):
        entities.keyness(entities, entities)
    with pytest.raises(AttributeError, match="a state has no kwic, which needs the articles"):
        terms.kwic("rain")
    assert not hasattr(terms, "nonsense")


def test_nothing_is_neutral() -> None:
    nothing = ng.State.empty()
    assert nothing + WHOLE == WHOLE == WHOLE + nothing
    assert ng.State.merge([]) == nothing
    assert len(nothing) == 0
    assert repr(nothing) == "State(empty)"
    none = OUTLETS[[]].state(*KINDS, by=BY)
    assert none + WHOLE == WHOLE
    assert len(none.terms()) == len(none.entities()) == 0


def test_terms_that_were_omitted_are_never_counted_wrongly() -> None:
    pruned = OUTLETS.state("terms", by="month", min_count=3)
    assert pruned.terms(by="month", min_count=3) == OUTLETS.terms(by="month", min_count=3)
    for ask in (
        lambda: pruned.terms(by="month"),
        lambda: pruned.terms(min_count=3),
        pruned.trend,
        lambda: pruned.keyness(by="month"),
    ):
        with pytest.raises(ng.ConfigError, match="smaller count than 3 in a group were omitted"):
            ask()
    with pytest.raises(ng.ConfigError, match="their sum is unknown"):
        pruned + pruned
    months = [OUTLETS.where(date=month).state("terms", by="month", min_count=3) for month in pruned.groups()["month"]]
    assert ng.State.merge(months) == pruned


def test_groups_are_selected_by_their_keys() -> None:
    january = WHOLE.where(day="2024-01")
    assert january.terms() == OUTLETS.where(date="2024-01").terms()
    assert january == OUTLETS.where(date="2024-01").state(*KINDS, by=BY)
    late = WHOLE.where(outlet=FIRST, day=slice("2024-02-10", None))
    assert late.terms() == OUTLETS.where(outlet=FIRST, date=slice("2024-02-10", None)).terms()
    months = OUTLETS.state("terms", by="month")
    assert months.where(month="2024").terms() == OUTLETS.terms()
    assert len(months.where(month=["2024-01", "2024-03"])) == len(OUTLETS.where(date=["2024-01", "2024-03"]))
    with pytest.raises(ng.ConfigError, match='not grouped by "section"; there are day, outlet, week'):
        WHOLE.where(section="news")
    with pytest.raises(ng.ConfigError, match='grouped by month, which does not tell "day"'):
        months.terms(by="day")


def test_what_cannot_group_a_state_is_refused() -> None:
    for name in ("zone", "article", "headline", "place", "byline"):
        with pytest.raises(ng.ConfigError, match=f'cannot be grouped by "{name}"'):
            OUTLETS.state("terms", by=name)
    with pytest.raises(ng.ConfigError, match="nothing is to be kept"):
        OUTLETS.state()
    with pytest.raises(ng.ConfigError, match="'terms', 'pairs', 'entities', 'lengths', 'dates'"):
        OUTLETS.state("words")
    with pytest.raises(ng.ConfigError, match="without wildcards"):
        WHOLE.trend("counc*")
    with pytest.raises(TypeError, match="list of states"):
        ng.State.merge([OUTLETS])


def test_files_are_added_up_by_their_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for at in range(9):
        paths.append(tmp_path / f"{at}.ngs")
        OUTLETS[at::9].state("terms", "entities", by="month").save(paths[-1])
    whole = OUTLETS.state("terms", "entities", by="month")
    loaded = ng.State.load(paths[0])
    for at_once in (512, 4):
        monkeypatch.setattr("nutgraf.state._AT_ONCE", at_once)
        assert ng.State.merge(tmp_path.glob("*.ngs")) == whole
        assert ng.State.merge([loaded, *map(str, paths[1:])], threads=1) == whole
    paths[3].write_bytes(paths[3].read_bytes()[:-1])
    with pytest.raises(ng.StateError, match=r"3\.ngs: the file is damaged") as caught:
        ng.State.merge(paths)
    assert caught.value.source == str(paths[3])
    with pytest.raises(FileNotFoundError):
        ng.State.merge([tmp_path / "nothing.ngs"])
    with pytest.raises(ng.ConfigError, match=r"0\.ngs is listed twice"):
        ng.State.merge([paths[0], str(paths[0])])
    for wrong in (paths[0], str(paths[0]), [paths[0], 7], 7):
        with pytest.raises(TypeError, match="states or paths"):
            ng.State.merge(wrong)


def test_a_field_with_the_name_of_a_period_is_a_field() -> None:
    frame = {"text": ["Rain.", "Snow."], "date": ["2019-01-08", "2019-02-08"], "month": ["wet", "cold"]}
    corpus = ng.Corpus(frame)
    state = corpus.state("terms", by=["day", "month"])
    assert state.terms(by="month") == corpus.terms(by="month")
    assert state.terms(by="month")["month"] == ["cold", "wet"]


def test_a_state_says_what_it_is() -> None:
    assert repr(WHOLE) == "State(terms, entities; 34 articles in 34 groups by day, outlet)"
    assert repr(OUTLETS.state("terms", min_count=2)) == "State(terms; 34 articles, min_count=2)"
    assert WHOLE.settings["zones"] == "headline, body"
    assert WHOLE.groups()["articles"] == [1] * 34
    assert sum(WHOLE.groups()["words"]) == int(WHOLE.terms().metadata["total"])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"ngrams": (1, 3), "stopwords": "english"},
        {"window": 4},
        {"window": 2, "punctuation": "skip", "stem": "english", "zones": "body"},
    ],
)
def test_pairs_and_lengths_add_up_to_those_of_the_corpus(options: dict[str, Any]) -> None:
    kinds, numbers = ("pairs", "lengths"), random.Random(2)
    whole = OUTLETS.state(*kinds, by=BY, **options)
    for _ in range(20):
        part = [numbers.randrange(3) for _ in range(len(OUTLETS))]
        divided = [OUTLETS[[at for at, of in enumerate(part) if of == number]] for number in range(3)]
        states = [corpus.state(*kinds, by=BY, **options) for corpus in divided]
        numbers.shuffle(states)
        assert summed(states, numbers).to_bytes() == whole.to_bytes()
    again = ng.State.from_bytes(whole.to_bytes())
    zones = options.get("zones", ("headline", "body"))
    of_verb = {"zones": zones, **{name: value for name, value in options.items() if name != "ngrams"}}
    longest = max(2, options.get("ngrams", (1, 1))[1])
    scores = {"measures": ["log_likelihood", "mikolov", "delta_p_forward"], "min_count": 2}
    for by in (None, "outlet", ["month", "outlet"]):
        for ngrams in {2, longest, (2, longest)}:
            for compat in (None, "nltk"):
                expected = OUTLETS.collocations(by=by, ngrams=ngrams, compat=compat, **scores, **of_verb)
                found = again.collocations(by=by, ngrams=ngrams, compat=compat, **scores)
                assert found == expected
                assert found.metadata == expected.metadata
    for by in ("outlet", ["month", "outlet"]):
        assert again.readability(by=by) == OUTLETS.readability(by=by, zones=zones)
    assert again.where(outlet=FIRST).collocations() == OUTLETS.where(outlet=FIRST).collocations(**of_verb)
    assert again.readability()["words"] == [sum(OUTLETS.readability(by="outlet", zones=zones)["words"])]


def test_weights_of_groups_are_those_of_the_corpus() -> None:
    for by in ("outlet", ["month", "outlet"]):
        for options in ({}, {"n": 3, "compat": "nltk"}, {"min_articles": 2, "norm": None}):
            assert WHOLE.tfidf(by, **options) == OUTLETS.tfidf(by=by, **options)
    with pytest.raises(ng.ConfigError, match="no terms, which tfidf needs"):
        OUTLETS.state("entities", by="outlet").tfidf("outlet")


def test_pairs_say_what_they_cannot_answer() -> None:
    with pytest.raises(ng.ConfigError, match="expected min_count=1"):
        OUTLETS.state("pairs", min_count=2)
    with pytest.raises(ng.ConfigError, match=r"phrases of up to 2 words, and 3 were named"):
        OUTLETS.state("pairs").collocations(ngrams=3)
    with pytest.raises(ng.ConfigError, match="expected ngrams=2, or window=1"):
        OUTLETS.state("pairs", window=2, ngrams=3)
    with pytest.raises(ng.ConfigError, match="at most 5"):
        OUTLETS.state("pairs", ngrams=6)
    with pytest.raises(ng.ConfigError, match=r"no pairs, which collocations needs"):
        WHOLE.collocations()
    with pytest.raises(ng.ConfigError, match=r"no lengths, which readability needs"):
        WHOLE.readability()
    with pytest.raises(ng.ConfigError, match="differ in window"):
        OUTLETS.state("pairs") + OUTLETS.state("pairs", window=2)


@pytest.mark.parametrize("options", [{}, {"stopwords": "news", "stem": "english"}, {"zones": "body", "fold": None}])
def test_dates_that_are_mentioned_add_up_to_those_of_the_corpus(options: dict[str, Any]) -> None:
    numbers, by = random.Random(3), ["day", "outlet"]
    whole = OUTLETS.state("dates", by=by, **options)
    for _ in range(5):
        part = [numbers.randrange(3) for _ in range(len(OUTLETS))]
        divided = [OUTLETS[[at for at, of in enumerate(part) if of == number]] for number in range(3)]
        states = [corpus.state("dates", by=by, **options) for corpus in divided]
        numbers.shuffle(states)
        assert summed(states, numbers).to_bytes() == whole.to_bytes()
    again = ng.State.from_bytes(whole.to_bytes())
    for of in ("day", "week", "month", ["quarter", "outlet"], "year"):
        for more in ({}, {"tests": True}, {"min_count": 2, "value": "count", "n": None}):
            expected = OUTLETS.trend(on="mentioned", by=of, **more, **options)
            assert again.trend(on="mentioned", by=of, **more) == expected, (of, more)
    assert len(again.trend(on="mentioned", by="year")) > 0
    first = again.where(outlet=FIRST)
    assert first.trend(on="mentioned") == OUTLETS.where(outlet=FIRST).trend(on="mentioned", **options)


def test_words_of_a_date_are_not_counted_by_it() -> None:
    corpus = ng.Corpus(["date 2024-05-08 The council met on Tuesday, and the Tuesday Club cheered on 7 May."])
    state = corpus.state("dates")
    for word in ("council", "tuesday", "may", "nowhere"):
        assert state.trend(word, on="mentioned") == corpus.trend(word, on="mentioned"), word
    assert corpus.trend("may", on="mentioned", value="count")["count"] == [0]


def test_a_state_says_which_dates_it_lacks() -> None:
    with pytest.raises(ng.ConfigError, match="has no dates, which trend of what is mentioned needs"):
        WHOLE.trend(on="mentioned")
    dates = OUTLETS.state("dates")
    with pytest.raises(ng.ConfigError, match='expected of="terms"'):
        dates.trend(of="entities", on="mentioned")
    with pytest.raises(ng.ConfigError, match="expected min_count=1"):
        OUTLETS.state("dates", min_count=2)
    with pytest.raises(ng.ConfigError, match="n-grams are not counted"):
        OUTLETS.state("dates", ngrams=2)
