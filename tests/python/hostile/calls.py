"""Options out of range, unknown names, and misused tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

import nutgraf as ng

from .case import CORPUS, FIELDS, TERMS, TWO, Wrong, option, wrong

WRONG_OPTIONS: list[Wrong] = [
    option("threads=0", lambda: ng.Corpus(TWO, threads=0), "threads=0", "at least 1", field="threads"),
    option("threads=-1", lambda: ng.Corpus(TWO, threads=-1), "threads=-1", "at least 1", field="threads"),
    option("threads=10**9", lambda: ng.Corpus(TWO, threads=10**9), "1000000000", "1024", field="threads"),
    option("threads=10**30", lambda: ng.Corpus(TWO, threads=10**30), "threads", "1024", field="threads"),
    *(
        wrong(
            f"threads={value!r}",
            lambda value=value: ng.Corpus(TWO, threads=value),
            TypeError,
            "threads",
            "whole number",
            type(value).__name__,
        )
        for value in (True, 1.0, "2", [1])
    ),
    option(
        "threads=0 while reading files",
        lambda: ng.read(ng.samples(), threads=0),
        "threads=0",
        field="threads",
    ),
    *(
        option(
            f"{name}={value!r}",
            lambda name=name, value=value: ng.Corpus(TWO, **{name: value}),
            f"{name}={value!r}",
            "expected one of",
            expected,
            field=name,
        )
        for name, expected, values in [
            ("layout", "'plain'", ("fancy", "AUTO", "")),
            ("errors", "'skip'", ("ignore", "Raise")),
        ]
        for value in values
    ),
    *(
        wrong(
            f"{name}={value!r}",
            lambda name=name, value=value: ng.Corpus(TWO, **{name: value}),
            TypeError,
            f"{name} takes one of",
            expected,
            type(value).__name__,
        )
        for name, expected in [("layout", "'plain'"), ("errors", "'skip'")]
        for value in (None, True, 0, b"auto")
    ),
    *(
        option(
            f"format={value!r}",
            lambda value=value: ng.read(ng.samples(), format=value),
            repr(value),
            "'jsonl'",
            field="format",
        )
        for value in ("yaml", "", "TXT")
    ),
    *(
        wrong(
            f"format={value!r}",
            lambda value=value: ng.read(ng.samples(), format=value),
            TypeError,
            "format takes one of",
            "'jsonl'",
            type(value).__name__,
        )
        for value in (7, b"text", True)
    ),
    *(
        option(
            f"{verb}(zones={value!r})",
            lambda verb=verb, value=value: getattr(CORPUS, verb)(zones=value),
            *says,
            field="zones",
        )
        for verb in ("articles", "zones", "sentences", "tokens", "terms", "matrix", "mentions", "entities")
        for value, says in [
            ("nowhere", ('there is no "nowhere"', "headline", "caption", "all")),
            (["body", "Body"], ('there is no "Body"',)),
            ([], ("no zone", "expected at least one")),
        ]
    ),
    *(
        wrong(
            f"{verb}(zones={value!r})",
            lambda verb=verb, value=value: getattr(CORPUS, verb)(zones=value),
            TypeError,
            "zones takes names",
            type(value).__name__,
        )
        for verb in ("tokens", "terms")
        for value in (5, True, None)
    ),
    wrong(
        "zones that are not names",
        lambda: CORPUS.tokens(zones=["body", 5]),
        TypeError,
        "zones takes names",
        "5",
    ),
    *(
        option(
            f"{verb}(fold={value!r})",
            lambda verb=verb, value=value: getattr(CORPUS, verb)(fold=value),
            f"fold={value!r}",
            "'lower'",
            "'casefold'",
            "None",
            field="fold",
        )
        for verb in ("terms", "matrix")
        for value in ("upper", "")
    ),
    *(
        wrong(
            f"{verb}(fold={value!r})",
            lambda verb=verb, value=value: getattr(CORPUS, verb)(fold=value),
            TypeError,
            "fold takes one of",
            "'casefold', None",
            type(value).__name__,
        )
        for verb in ("terms", "matrix")
        for value in (True, 0)
    ),
    *(
        option(
            f"{verb}(ngrams={value!r})",
            lambda verb=verb, value=value: getattr(CORPUS, verb)(ngrams=value),
            "ngrams",
            "expected",
            field="ngrams",
        )
        for verb in ("terms", "matrix")
        for value in (0, -1, (0, 1), (3, 1), 11, (1, 11), 10**30, (1, 10**30))
    ),
    *(
        wrong(
            f"terms(ngrams={value!r})",
            lambda value=value: CORPUS.terms(ngrams=value),
            TypeError,
            "ngrams",
        )
        for value in (None, "2", "12", True, 2.5, (1, 2, 3), (), (1,), (1, "2"), [None, 1], {1, 2, 3})
    ),
    *(
        option(
            f"{name}={value!r}",
            lambda name=name, value=value: CORPUS.terms(**{name: value}),
            name,
            "at least 1",
            field=name,
        )
        for name in ("min_count", "min_articles")
        for value in (0, -5)
    ),
    *(
        wrong(
            f"{name}={value!r}",
            lambda name=name, value=value: CORPUS.terms(**{name: value}),
            TypeError,
            name,
            "whole number",
            type(value).__name__,
        )
        for name in ("min_count", "min_articles")
        for value in (1.5, "1", True, None)
    ),
    option(
        "stop words of a language that has none",
        lambda: CORPUS.terms(stopwords="klingon"),
        '"klingon"',
        "expected english",
        field="stopwords",
    ),
    wrong("a number for stop words", lambda: CORPUS.terms(stopwords=5), TypeError, "stopwords takes", "int"),
    wrong(
        "stop words that are not words",
        lambda: CORPUS.terms(stopwords=["a", 5]),
        TypeError,
        "stopwords takes",
        "int",
    ),
    wrong("bytes for stop words", lambda: CORPUS.terms(stopwords=b"the"), TypeError, "stopwords takes"),
    wrong(
        "groups by a field that does not exist",
        lambda: CORPUS.terms(by="Source"),
        ng.ConfigError,
        'there is no field "Source"',
        FIELDS,
        "day, week, month, quarter, year, zone",
        kind="missing_column",
        field="by",
    ),
    wrong(
        "groups by a field that does not exist, among others",
        lambda: CORPUS.terms(by=["source", "x"]),
        ng.ConfigError,
        '"x"',
        kind="missing_column",
        field="by",
    ),
    option(
        "groups by a field named twice",
        lambda: CORPUS.terms(by=["source", "n", "source"]),
        '"source"',
        "twice",
        field="by",
    ),
    option("groups by zone named twice", lambda: CORPUS.terms(by=["zone", "zone"]), '"zone"', "twice", field="by"),
    wrong("groups by a number", lambda: CORPUS.terms(by=5), TypeError, "by takes names", "int"),
    wrong("groups by numbers", lambda: CORPUS.terms(by=[5]), TypeError, "by takes names", "int"),
    wrong(
        "groups by a lone surrogate",
        lambda: CORPUS.terms(by="\ud800"),
        ng.ConfigError,
        "field",
    ),
    option(
        "entities with a label that the tagger has not",
        lambda: CORPUS.entities(labels="ANIMAL"),
        '"ANIMAL"',
        "PER",
        field="labels",
    ),
    option(
        "entities with min_mentions=0",
        lambda: CORPUS.entities(min_mentions=0),
        "min_mentions=0",
        "at least 1",
        field="min_mentions",
    ),
    wrong(
        "entities by a field that does not exist",
        lambda: CORPUS.entities(by="x"),
        ng.ConfigError,
        '"x"',
        kind="missing_column",
        field="by",
    ),
    wrong(
        "a tagger of the wrong type",
        lambda: CORPUS.mentions(tagger="default"),
        TypeError,
        "tagger",
        "EntityTagger",
    ),
]


WRONG_CHOICES: list[Wrong] = [
    wrong(
        "where() of a field that does not exist",
        lambda: CORPUS.where(sauce="A"),
        ng.ConfigError,
        'there is no field "sauce"',
        f"there are {FIELDS}",
        kind="missing_column",
        field="sauce",
    ),
    wrong(
        "where() of no name",
        lambda: CORPUS.where(**{"": 1}),
        ng.ConfigError,
        'there is no field ""',
        kind="missing_column",
    ),
    wrong("where() of a slice with a step", lambda: CORPUS.where(n=slice(1, 3, 2)), TypeError, "n", "step"),
    wrong(
        "where() of an impossible date",
        lambda: CORPUS.where(date="2019-02-30"),
        ng.ConfigError,
        "2019-02-30",
        "expected",
    ),
    wrong(
        "where() of an invalid period",
        lambda: CORPUS.where(date=slice("January", None)),
        ng.ConfigError,
        "January",
        "expected",
    ),
    wrong("where() of text for a whole number", lambda: CORPUS.where(n="2"), ng.ConfigError, "n"),
    wrong(
        "where() of a whole number for text",
        lambda: CORPUS.where(source=2),
        ng.ConfigError,
        "source",
    ),
    wrong("where() with a position", lambda: CORPUS.where("A"), TypeError, "positional"),
    *(
        wrong(
            f"corpus[{value!r}]",
            lambda value=value: CORPUS[value],
            IndexError,
            f"position {value}",
            "the corpus has 3",
        )
        for value in (3, -4, 10**30)
    ),
    wrong(
        "a list with a position that does not exist",
        lambda: CORPUS[[0, 3]],
        IndexError,
        "position 3",
        "the corpus has 3",
    ),
    wrong(
        "an array with a position that does not exist",
        lambda: CORPUS[np.array([0, -4])],
        IndexError,
        "position -4",
    ),
    wrong("a mask that is too short", lambda: CORPUS[[True]], IndexError, "the mask has 1 value", "3 articles"),
    wrong(
        "a mask that is too long",
        lambda: CORPUS[np.ones(4, dtype=bool)],
        IndexError,
        "the mask has 4 values",
        "3 articles",
    ),
    wrong(
        "a mask of pandas with an index of its own",
        lambda: CORPUS[pd.Series([True, False, False], index=[9, 8, 7])],
        ng.ConfigError,
        "9 is the id of no article",
    ),
    wrong("a mask of pandas that is too short", lambda: CORPUS[pd.Series([True, False])], IndexError, "2 values"),
    *(
        wrong(f"corpus[{name}]", lambda value=value: CORPUS[value], TypeError, "position")
        for name, value in {
            "a str": "Rain",
            "None": None,
            "a number": 1.0,
            "a list of numbers": [0.5, 1.7],
            "a list of strings": ["a"],
            "truth values and positions": [True, 2],
            "two dimensions": [[0], [1]],
            "an array of numbers": np.array([0.5]),
        }.items()
    ),
    wrong("a slice of strings", lambda: CORPUS["a":"b"], TypeError, "slice indices"),
    wrong("corpus[::0]", lambda: CORPUS[::0], ValueError, "step"),
    wrong("a loop over a corpus", lambda: list(CORPUS), TypeError, "articles()"),
    *(
        wrong(
            f"corpus.text({value!r})",
            lambda value=value: CORPUS.text(value),
            KeyError,
            "there is no article",
            repr(value),
        )
        for value in (3, -1, "0", None, [0], 10**30, 0.5)
    ),
    option(
        "the text of a field that does not exist",
        lambda: CORPUS.text(0, field="body"),
        "'body'",
        "'headline'",
        field="field",
    ),
]


WRONG_TABLES: list[Wrong] = [
    *(
        wrong(
            f"table[{value!r}]",
            lambda value=value: TERMS[value],
            KeyError,
            "there is no column",
            repr(value),
            "term, count, articles, per_million",
        )
        for value in ("word", "Term", "")
    ),
    *(
        wrong(
            f"table[{value!r}]",
            lambda value=value: TERMS[value],
            TypeError,
            "names of columns, and positions or slices of rows",
            type(value).__name__,
        )
        for value in (True, None, 1.5, b"term", ("term", "count"), {"term"})
    ),
    wrong("columns, one of which is missing", lambda: TERMS[["term", "word"]], KeyError, "there is no column 'word'"),
    wrong("columns that are not names", lambda: TERMS[["term", 0]], TypeError, "names of columns", "int"),
    wrong("a column twice", lambda: TERMS[["term", "term"]], ng.ConfigError, 'two columns are called "term"'),
    wrong("every second row", lambda: TERMS[::2], ValueError, "a step of 2"),
    wrong("rows by names", lambda: TERMS["a":"b"], TypeError, "slice"),  # type: ignore[misc]
    wrong(
        "a column of an empty table that does not exist",
        lambda: ng.Corpus([]).zones()["x"],
        KeyError,
        "article, zone",
    ),
    wrong("a table made by hand", lambda: ng.Table([1, 2]), TypeError, "verbs of a corpus"),
    wrong("a column set", lambda: TERMS.__setitem__("count", [1]), AttributeError, "__setitem__"),
    wrong("a column deleted", lambda: TERMS.__delitem__("count"), AttributeError, "__delitem__"),
    wrong("an attribute set", lambda: setattr(TERMS, "columns", ["x"]), AttributeError, "columns"),
    wrong("an attribute added", lambda: setattr(TERMS, "rows", 1), AttributeError, "rows"),
    wrong("an attribute of a corpus set", lambda: setattr(CORPUS, "report", 1), AttributeError, "report"),
    wrong("a table as a key", lambda: {TERMS: 1}, TypeError, "unhashable"),
    wrong("head() of a str", lambda: TERMS.head("2"), TypeError, "n takes a whole number"),
    wrong("head() of a number", lambda: TERMS.head(1.5), TypeError, "n takes a whole number"),
    wrong(
        "a pickle with a column cut short",
        lambda: TERMS.__reduce__()[0]([("a", "int64", [1]), ("b", "int64", [])], []),
        ValueError,
        '"b"',
        '"a"',
    ),
    wrong(
        "a pickle with a list where a number should be",
        lambda: TERMS.__reduce__()[0]([("a", "list[string]", [5])], []),
        TypeError,
    ),
]


WRONG_TEXTS: list[Wrong] = [
    *(
        wrong(
            f"{verb.__name__}({name})",
            lambda verb=verb, value=value: verb(value),
            TypeError,
            "text takes a str",
            type(value).__name__,
        )
        for verb in (ng.tokenize, ng.split_sentences)
        for name, value in [
            ("None", None),
            ("NaN", float("nan")),
            ("bytes", b"Rain"),
            ("a list", ["Rain"]),
            ("a number", 7),
        ]
    ),
    *(
        wrong(
            f"{verb.__name__}(a lone surrogate)",
            lambda verb=verb: verb("a\ud800"),
            ng.ParseError,
            "character 1",
            "expected",
            kind="bad_text",
        )
        for verb in (ng.tokenize, ng.split_sentences)
    ),
]
