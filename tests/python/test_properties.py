"""Properties of every text: spans tile and slice back, batches add up, order and threads do not
matter.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import pickle
import random
import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import nutgraf as ng

from .oracle.fold import fold
from .strategies import EVERY, FRAGMENTS, KNOWN, written

ZONES = ["headline", "dateline", "byline", "body", "caption", "boilerplate"]
COUNTED = {"word", "number", "abbreviation"}
KINDS = COUNTED | {"url", "email", "hashtag", "handle", "possessive", "punctuation", "symbol"}

# White space as Unicode defines it; `str.isspace` adds four control characters.
SPACE = frozenset(
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

HEADER = re.compile(r"(?m)^[ \t\ufeff]*date[ \t]+\d{4}-\d\d-\d\d(?!\S)")

# The same examples each time, so that a failure can be reproduced; the fuzzers find new ones.
examples = settings(
    deadline=None,
    max_examples=120,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def is_readable(text: str) -> bool:
    """Whether the text does not begin with a header with an impossible date."""
    return ng.Corpus([text], errors="skip").report.n_failed == 0


STRING = written(EVERY)
TEXT = STRING.filter(is_readable)
TEXTS = st.lists(TEXT, max_size=6)
KNOWN_TEXTS = st.lists(written(KNOWN).filter(is_readable), max_size=6)
LAYOUTS = st.sampled_from(["auto", "plain"])


def rows_of(table: ng.Table, article: Any) -> list[dict[str, Any]]:
    return [row for row in table if row["article"] == article]


def check_tiles(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> None:
    """Spans are in order, none is empty or ends in white space, and only white space is outside of
    them.
    """
    at = start
    for first, last in spans:
        assert at <= first < last <= end
        assert SPACE.issuperset(text[at:first]), f"{text[at:first]!r} is in no span"
        assert text[first] not in SPACE
        assert text[last - 1] not in SPACE
        at = last
    assert SPACE.issuperset(text[at:end]), f"{text[at:end]!r} is in no span"


def verbs(corpus: ng.Corpus) -> dict[str, ng.Table]:
    return {name: getattr(corpus, name)(zones="all") for name in ("articles", "zones", "sentences", "tokens")}


def moved(table: ng.Table, by: int) -> list[dict[str, Any]]:
    return [row | {"article": row["article"] + by} for row in table]


# -- spans


@examples
@given(TEXT, LAYOUTS)
@example("\ufeff \n date 2019-01-08 Rain\r\n\r\nLISBON (AP) — Rain fell. Credit: AP/Ana Reis", "auto")
def test_every_span_slices_back(text: str, layout: Any) -> None:
    corpus = ng.Corpus([text], layout=layout)
    assert corpus.text(0) == text
    for name, table in verbs(corpus).items():
        if name != "articles":
            for row in table:
                assert 0 <= row["start"] <= row["end"] <= len(text)
                assert text[row["start"] : row["end"]] == row["text"], (name, row)


@examples
@given(TEXT, LAYOUTS)
def test_zones_are_in_order_and_do_not_overlap(text: str, layout: Any) -> None:
    zones = ng.Corpus([text], layout=layout).zones().to_dicts()
    at = 0
    for zone in zones:
        assert zone["zone"] in ZONES
        assert at <= zone["start"] <= zone["end"]
        assert zone["text"].strip("".join(SPACE)) == zone["text"]
        at = zone["end"]
    if layout == "plain":
        assert {zone["zone"] for zone in zones} <= {"body"}
        check_tiles(text, 0, len(text), [(zone["start"], zone["end"]) for zone in zones])


@examples
@given(TEXT)
def test_what_is_in_no_zone_is_a_header_a_credit_or_white_space(text: str) -> None:
    corpus = ng.Corpus([text])
    at, outside = 0, []
    for zone in corpus.zones():
        outside.append(text[at : zone["start"]])
        at = zone["end"]
    rest = "".join(outside) + text[at:]
    header = HEADER.match(text.lstrip("".join(SPACE) + "\ufeff"))
    allowed = Counter(header.group() if header else "")
    for credit in corpus.zones()["credit"]:
        allowed.update(credit or "")
    left = Counter(rest) - allowed
    assert set(left) <= SPACE | set("\ufeff()[]|/:;,.-–—"), left


@examples
@given(TEXT, LAYOUTS)
def test_tokens_tile_their_zone(text: str, layout: Any) -> None:
    corpus = ng.Corpus([text], layout=layout)
    tokens = iter(corpus.tokens(zones="all").to_dicts())
    for zone in corpus.zones():
        count = len(ng.tokenize(zone["text"]))
        mine = [next(tokens) for _ in range(count)]
        assert {token["zone"] for token in mine} <= {zone["zone"]}
        assert {token["kind"] for token in mine} <= KINDS
        check_tiles(text, zone["start"], zone["end"], [(token["start"], token["end"]) for token in mine])
    assert next(tokens, None) is None


@examples
@given(TEXT, LAYOUTS)
def test_sentences_tile_the_tokens_of_their_zone(text: str, layout: Any) -> None:
    corpus = ng.Corpus([text], layout=layout)
    sentences = corpus.sentences(zones="all").to_dicts()
    tokens = corpus.tokens(zones="all").to_dicts()
    assert [row["sentence"] for row in sentences] == list(range(len(sentences)))
    assert [row["token"] for row in tokens] == list(range(len(tokens)))
    runs = [list(run) for _, run in groupby(tokens, key=lambda token: token["sentence"])]
    assert len(runs) == len(sentences)
    for sentence, run in zip(sentences, runs, strict=True):
        assert {token["zone"] for token in run} == {sentence["zone"]}
        assert {token["sentence"] for token in run} == {sentence["sentence"]}
        assert (run[0]["start"], run[-1]["end"]) == (sentence["start"], sentence["end"])


@examples
@given(TEXT, LAYOUTS)
def test_articles_count_what_the_other_tables_list(text: str, layout: Any) -> None:
    corpus = ng.Corpus([text, text], layout=layout)
    for zones in ("all", "body", ["headline", "caption"]):
        for row in corpus.articles(zones=zones):
            assert row["sentences"] == len(rows_of(corpus.sentences(zones=zones), row["article"]))
            assert row["tokens"] == len(rows_of(corpus.tokens(zones=zones), row["article"]))
            assert row["paragraphs"] == len(rows_of(corpus.zones(zones="body"), row["article"]))
            assert row["captions"] == len(rows_of(corpus.zones(zones="caption"), row["article"]))


@examples
@given(STRING)
def test_tokenize_tiles_the_text(text: str) -> None:
    check_tiles(text, 0, len(text), ng.tokenize(text))


@examples
@given(STRING)
def test_split_sentences_tiles_the_tokens(text: str) -> None:
    sentences, tokens = ng.split_sentences(text), ng.tokenize(text)
    check_tiles(text, 0, len(text), sentences)
    starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
    assert {start for start, _ in sentences} <= starts
    assert {end for _, end in sentences} <= ends
    for start, end in sentences:
        assert not re.search(r"\n[ \t\r]*\n", text[start:end]), "a blank line ends a sentence"


@examples
@given(TEXT)
def test_a_corpus_cuts_a_zone_as_the_functions_cut_its_text(text: str) -> None:
    corpus = ng.Corpus([text])
    for verb, cut in ((corpus.tokens, ng.tokenize), (corpus.sentences, ng.split_sentences)):
        expected = [
            (zone["zone"], zone["start"] + start, zone["start"] + end)
            for zone in corpus.zones()
            for start, end in cut(zone["text"])
        ]
        assert [(row["zone"], row["start"], row["end"]) for row in verb(zones="all")] == expected


@examples
@given(st.lists(st.tuples(STRING, STRING, TEXT), max_size=4))
def test_headlines_and_bylines_from_columns_slice_back(rows: list[tuple[str, str, str]]) -> None:
    headlines, bylines, texts = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    corpus = ng.Corpus({"text": texts, "headline": headlines, "byline": bylines})
    for table in (corpus.zones(), corpus.sentences(zones="all"), corpus.tokens(zones="all")):
        for row in table:
            strings = [corpus.text(row["article"], field=name) for name in ("text", "headline", "byline")]
            assert row["text"] in [string[row["start"] : row["end"]] for string in strings]
    for at, headline in enumerate(headlines):
        # A blank headline is a missing one.
        blank = not headline.strip("".join(SPACE))
        assert corpus.text(at, field="headline") == ("" if blank else headline)
        words = [row["text"] for row in rows_of(corpus.tokens(zones="headline"), at)]
        own = [headline[start:end] for start, end in ng.tokenize(headline.strip("".join(SPACE)))]
        assert len(words) >= len(own)


# -- batches


@examples
@given(TEXTS, TEXTS, LAYOUTS)
def test_two_batches_are_the_rows_of_both(one: list[str], two: list[str], layout: Any) -> None:
    first, second, both = (ng.Corpus(texts, layout=layout) for texts in (one, two, one + two))
    for name, table in verbs(both).items():
        expected = verbs(first)[name].to_dicts() + moved(verbs(second)[name], len(one))
        assert table.to_dicts() == expected, name
    for ngrams in (1, 2):
        counts = Counter[str]()
        for corpus in (first, second):
            counts.update(dict(zip(*map(corpus.terms(ngrams=ngrams).__getitem__, ("term", "count")), strict=True)))
        table = both.terms(ngrams=ngrams)
        assert dict(zip(table["term"], table["count"], strict=True)) == dict(counts)


@examples
@given(TEXTS, st.lists(st.sampled_from(["date 2019-02-30 x", None, 7, b"x", "\ud800"]), max_size=4), st.randoms())
def test_bad_articles_change_nothing_about_good_ones(good: list[str], bad: list[Any], chance: random.Random) -> None:
    mixed = [*((True, text) for text in good), *((False, text) for text in bad)]
    order = sorted(range(len(mixed)), key=lambda _: chance.random())
    batch = [mixed[at] for at in order]
    corpus = ng.Corpus([text for _, text in batch], errors="skip")
    kept = [position for position, (is_good, _) in enumerate(batch) if is_good]
    assert corpus.articles()["article"] == kept
    assert corpus.report.failures["article"] == [at for at in range(len(batch)) if at not in kept]
    alone = ng.Corpus([batch[position][1] for position in kept])
    assert alone.terms() == corpus.terms()
    assert [row | {"article": kept[row["article"]]} for row in alone.tokens()] == corpus.tokens().to_dicts()


@examples
@given(KNOWN_TEXTS, st.sampled_from([(1, 1), (2, 2), (1, 3)]), st.sampled_from(["lower", "casefold", None]))
def test_terms_are_those_that_tokens_count_to(texts: list[str], ngrams: tuple[int, int], case: Any) -> None:
    corpus = ng.Corpus(texts)
    counts, articles = Counter[str](), Counter[str]()
    for _, tokens in groupby(corpus.tokens(), key=lambda token: token["article"]):
        found: list[str] = []
        for _, sentence in groupby(tokens, key=lambda token: token["sentence"]):
            for is_mark, run in groupby(sentence, key=lambda token: token["kind"] == "punctuation"):
                words = [] if is_mark else [fold(token["text"], case) for token in run if token["kind"] in COUNTED]
                for n in range(ngrams[0], ngrams[1] + 1):
                    found += [" ".join(words[at : at + n]) for at in range(len(words) - n + 1)]
        counts.update(found)
        articles.update(set(found))
    total = counts.total()
    expected = [
        {"term": term, "count": count, "articles": articles[term], "per_million": count * 1e6 / total}
        for term, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].encode()))
    ]
    table = corpus.terms(ngrams=ngrams, fold=case)
    assert table.to_dicts() == expected
    assert table.metadata["total"] == str(total)


@examples
@given(TEXTS, st.randoms())
def test_the_order_of_articles_changes_no_term(texts: list[str], chance: random.Random) -> None:
    shuffled = sorted(texts, key=lambda _: chance.random())
    for ngrams in (1, (1, 3)):
        assert ng.Corpus(texts).terms(ngrams=ngrams) == ng.Corpus(shuffled).terms(ngrams=ngrams)


@examples
@given(TEXTS, st.randoms())
def test_a_selection_counts_like_a_separate_corpus(texts: list[str], chance: random.Random) -> None:
    chosen = [at for at in range(len(texts)) if chance.random() < 0.5]
    choice, own = ng.Corpus(texts)[chosen], ng.Corpus([texts[at] for at in chosen])
    assert choice.terms(ngrams=(1, 2)) == own.terms(ngrams=(1, 2))
    assert choice.zones()["text"] == own.zones()["text"]
    assert choice.matrix().terms == own.matrix().terms
    assert (choice.matrix().counts != own.matrix().counts).nnz == 0
    assert pickle.dumps(ng.Corpus(texts).where(article=chosen).articles()) == pickle.dumps(choice.articles())


@examples
@given(TEXTS, st.sampled_from([1, 2, (1, 3)]), st.integers(1, 3), st.integers(1, 3))
def test_the_matrix_sums_to_the_terms(texts: list[str], ngrams: Any, min_count: int, min_articles: int) -> None:
    options = {"ngrams": ngrams, "zones": "all", "min_count": min_count, "min_articles": min_articles}
    corpus = ng.Corpus(texts)
    counts, names, _ = corpus.matrix(**options)
    table = corpus.terms(**options)
    assert counts.shape == (len(texts), len(table))
    assert names == sorted(table["term"], key=str.encode)
    sums = dict(
        zip(
            names,
            zip(counts.sum(axis=0).A1.tolist(), (counts > 0).sum(axis=0).A1.tolist(), strict=True),
            strict=True,
        )
    )
    assert sums == {row["term"]: (row["count"], row["articles"]) for row in table}
    assert counts.has_sorted_indices
    assert (counts.data > 0).all()


SOURCES = st.sampled_from(["A", "B", None, "", "Ä"])
DAYS = st.none() | st.dates(dt.date(2018, 12, 1), dt.date(2020, 2, 1))


@examples
@given(st.lists(st.tuples(TEXT, SOURCES, DAYS), max_size=8))
def test_groups_sum_to_the_whole(rows: list[tuple[str, str | None, dt.date | None]]) -> None:
    corpus = ng.Corpus({name: [row[at] for row in rows] for at, name in enumerate(("text", "source", "date"))})
    whole = {row["term"]: (row["count"], row["articles"]) for row in corpus.terms(zones="all")}
    for by in (
        ["source"],
        ["date"],
        ["year", "source"],
        ["month"],
        ["week"],
        ["article"],
        ["source", "zone"],
    ):
        if rows and {"year", "month", "week"} & set(by) and not any(corpus.articles()["date"]):
            with pytest.raises(ng.ConfigError, match="no article has a date"):
                corpus.terms(by=by, zones="all")
            continue
        table = corpus.terms(by=by, zones="all").to_dicts()
        assert len({tuple(row[name] for name in [*by, "term"]) for row in table}) == len(table)
        counts, articles = Counter[str](), Counter[str]()
        for row in table:
            counts[row["term"]] += row["count"]
            articles[row["term"]] += row["articles"]
        assert counts == {term: count for term, (count, _) in whole.items()}
        if "zone" not in by:
            assert articles == {term: count for term, (_, count) in whole.items()}
    for source in ("A", None):
        of_source = [row for row in corpus.terms(by="source").to_dicts() if row["source"] == source]
        alone = corpus.where(source=source).terms().to_dicts()
        assert [
            {name: row[name] for name in ("term", "count", "articles", "per_million")} for row in of_source
        ] == alone


# -- threads


@examples
@given(TEXTS)
def test_one_thread_equals_two(texts: list[str]) -> None:
    one, two = (ng.Corpus(texts, threads=threads) for threads in (1, 2))
    for (name, first), second in zip(verbs(one).items(), verbs(two).values(), strict=True):
        assert pickle.dumps(first) == pickle.dumps(second), name
    assert pickle.dumps(one.terms(ngrams=(1, 2))) == pickle.dumps(two.terms(ngrams=(1, 2)))


@pytest.fixture(scope="module")
def megabytes() -> list[str]:
    """Articles of every length, enough for several pieces of work."""
    chance = random.Random(2019)
    pieces = [*FRAGMENTS, *(f"word{n} " for n in range(3000))]
    heads = ["date 2019-01-08 ", "", "LISBON (AP) — ", "Rain ends drought\n\n"]
    return [
        chance.choice(heads) + "".join(chance.choices(pieces, k=int(chance.expovariate(1 / 300)))) for _ in range(2500)
    ]


def test_one_thread_equals_many_on_megabytes(megabytes: list[str]) -> None:
    one, two, five = (ng.Corpus(megabytes, threads=threads) for threads in (1, 2, 5))
    assert sum(map(len, megabytes)) > 3_000_000
    for other in (two, five):
        for (name, first), second in zip(verbs(one).items(), verbs(other).values(), strict=True):
            assert first.to_arrow().equals(second.to_arrow(), check_metadata=True), name
        for options in ({}, {"ngrams": (1, 2), "min_count": 2}, {"by": ["article", "zone"], "zones": "all"}):
            first, second = one.terms(**options), other.terms(**options)
            assert first.to_arrow().equals(second.to_arrow(), check_metadata=True), options
        assert one.matrix().terms == other.matrix().terms
        assert (one.matrix().counts != other.matrix().counts).nnz == 0


def test_megabytes_slice_back(megabytes: list[str]) -> None:
    corpus = ng.Corpus(megabytes)
    for table in (corpus.zones(), corpus.sentences(zones="all"), corpus.tokens(zones="all")):
        columns = (table[name] for name in ("article", "start", "end", "text"))
        assert all(megabytes[article][start:end] == text for article, start, end, text in zip(*columns, strict=True))


# -- files

BODY = STRING.map(lambda text: text.replace("\ufeff", "")).filter(lambda text: not HEADER.search(text))
DATED = st.tuples(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), BODY).map(
    lambda pair: f"date {pair[0].isoformat()} {pair[1]}\n"
)


def read_back(path: Path, content: bytes, **options: Any) -> ng.Corpus:
    path.write_bytes(content)
    return ng.read(path, **options)


def check_alike(corpus: ng.Corpus, texts: list[str]) -> None:
    """A corpus from files gives the same tables as a corpus of its texts."""
    assert [corpus.text(at) for at in range(len(corpus))] == texts
    own = ng.Corpus(texts)
    names = own.articles().columns
    assert [{name: row[name] for name in names} for row in corpus.articles()] == own.articles().to_dicts()
    assert corpus.tokens(zones="all") == own.tokens(zones="all")
    assert corpus.zones() == own.zones()


@examples
@given(st.lists(DATED, min_size=1, max_size=5))
def test_a_plain_file_is_the_list_of_its_articles(tmp_path: Path, texts: list[str]) -> None:
    content = "".join(texts)
    assume(len(HEADER.findall(content)) == len(texts))
    corpus = read_back(tmp_path / "a.txt", content.encode())
    check_alike(corpus, texts)
    for text, start in zip(texts, corpus.articles()["source_start"], strict=True):
        assert content[start : start + len(text)] == text


@examples
@given(st.lists(DATED, min_size=1, max_size=3), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_a_plain_file_is_the_same_in_every_encoding(tmp_path: Path, texts: list[str], encoding: str) -> None:
    assume(len(HEADER.findall("".join(texts))) == len(texts))
    check_alike(read_back(tmp_path / "a.txt", "".join(texts).encode(encoding)), texts)


@examples
@given(TEXTS, st.sampled_from(["jsonl", "json", "csv", "tsv"]))
def test_texts_come_back_from_every_format(tmp_path: Path, texts: list[str], format: str) -> None:
    if format in ("csv", "tsv"):
        sheet = io.StringIO(newline="")
        writer = csv.writer(sheet, delimiter="," if format == "csv" else "\t", quoting=csv.QUOTE_ALL)
        writer.writerows([["text", "n"], *([text, at] for at, text in enumerate(texts))])
        content = sheet.getvalue()
    else:
        rows = [{"text": text, "n": at} for at, text in enumerate(texts)]
        content = json.dumps(rows) if format == "json" else "".join(json.dumps(row) + "\n" for row in rows)
    corpus = read_back(tmp_path / f"a.{format}", content.encode())
    check_alike(corpus, texts)
    assert corpus.report.n_in == len(texts)
    if texts:
        assert corpus.articles()["n"] == list(range(len(texts)))


@examples
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                b'{"text": "x"',
                b"}",
                b"[",
                b'"',
                b",",
                b"\n",
                b"text,n",
                b"x",
                b"\xff",
                b"\xff\xfe",
                b"\x1f\x8b\x08\x00",
                b"\x28\xb5\x2f\xfd",
                b"date 2019-01-08 ",
                b"1",
            ]
        ),
        max_size=20,
    ).map(b"".join),
    st.sampled_from(["text", "jsonl", "json", "csv", "tsv", None]),
)
def test_whatever_bytes_are_read_each_record_is_accounted_for(tmp_path: Path, content: bytes, format: Any) -> None:
    corpus = read_back(tmp_path / "a.file", content, format=format, errors="skip")
    report = corpus.report
    assert report.n_in == report.n_ok + report.n_failed
    assert (report.n_ok, report.n_failed) == (len(corpus), len(report.failures))
    assert all(report.failures["message"])
    assert "internal" not in report.failures["kind"]
    if format in ("text", None) and not content.startswith((b"\x1f\x8b", b"\x28\xb5", b"\xff\xfe", b"\xfe\xff")):
        assert report.n_in >= 1
    if report.n_failed == 0:
        assert len(ng.read(tmp_path / "a.file", format=format)) == len(corpus)
    else:
        with pytest.raises(ng.ParseError) as raised:
            ng.read(tmp_path / "a.file", format=format)
        assert str(raised.value) == report.failures["message"][0]
