"""Valid calls at the edge of their range."""

from __future__ import annotations

import pickle
import time

import numpy as np
import pandas as pd
import polars as pl

import nutgraf as ng
from nutgraf._verbs.keyword import METHODS

from .case import CORPUS, TERMS, Right, texts

NUMBERS = ng.Corpus({"text": ["x", "y"], "n": [0.5, float("nan")]}).articles()


def again(table: ng.Table) -> ng.Table:
    """Pickle and unpickle a table."""
    return pickle.loads(pickle.dumps(table))


LONG = " ".join(f"Great flood{i % 3000} hits the old Lisbon{i % 50} harbour" for i in range(25_000))


def at_once(method: str) -> bool:
    """Rank the phrases of a sentence of a megabyte, which must not take quadratic time."""
    start = time.perf_counter()
    rows = len(ng.Corpus([LONG]).keywords(n=10, method=method))  # type: ignore[arg-type]
    return 1 <= rows <= 10 and time.perf_counter() - start < 20


def emptied() -> list[str]:
    """Empty the list from which a corpus was made."""
    given = ["x", "y"]
    corpus = ng.Corpus(given)
    given.clear()
    return texts(corpus)


RIGHT_EDGES: list[Right] = [
    *(
        Right(f"{method} of a sentence of a megabyte", lambda method=method: at_once(method), True)
        for method in METHODS
    ),
    *(
        Right(
            f"{method} of {name}",
            lambda method=method, text=text: len(ng.Corpus([text]).keywords(n=5, method=method)),
            0,
        )
        for method in METHODS
        for name, text in [
            ("nothing", ""),
            ("stop words", "the of and to"),
            ("punctuation", "?!" * 1000),
            ("NUL bytes", "\x00" * 50),
            ("emoji", "😀 " * 50),
        ]
    ),
    Right("keywords of no article", lambda: len(ng.Corpus([]).keywords()), 0),
    Right("no keywords asked for", lambda: len(CORPUS.keywords(n=0)), 0),
    Right("10**30 keywords asked for", lambda: len(CORPUS.keywords(n=10**30)) > 0, True),
    Right("keywords of one word said a thousand times", lambda: ng.Corpus(["Flood " * 1000]).keywords()["rank"], [1]),
    Right("no token in no text", lambda: ng.tokenize(""), []),
    Right("no token in white space", lambda: ng.tokenize(" \n\t\u3000"), []),
    Right("no sentence in no text", lambda: ng.split_sentences(""), []),
    Right("no sentence in white space", lambda: ng.split_sentences(" \n\n "), []),
    Right("a NUL byte is a token", lambda: ng.tokenize("\x00"), [(0, 1)]),
    Right("offsets count characters behind emoji", lambda: ng.tokenize("😀 é")[-1], (2, 3)),
    Right("a choice of nothing", lambda: len(CORPUS[[]]), 0),
    Right("a choice of an empty array", lambda: len(CORPUS[np.array([], dtype=int)]), 0),
    Right("an empty mask of an empty corpus", lambda: len(ng.Corpus([])[[]]), 0),
    Right("a slice out of range", lambda: len(CORPUS[5:9]), 0),
    Right("a slice of 10**30", lambda: len(CORPUS[-(10**30) : 10**30]), 3),
    Right("the same article twice", lambda: CORPUS[[2, 2]].articles()["article"], [2, 2]),
    Right("a mask of pandas", lambda: CORPUS[pd.Series([True, False, True])].articles()["article"], [0, 2]),
    Right(
        "a mask of pandas in another order",
        lambda: CORPUS[pd.Series([True, False, False], index=[2, 1, 0])].articles()["article"],
        [2],
    ),
    Right("positions of Polars", lambda: CORPUS[pl.Series([2, 0])].articles()["article"], [2, 0]),
    Right("where() of nothing", lambda: len(CORPUS.where()), 3),
    Right("where() of an empty list", lambda: len(CORPUS.where(source=[])), 0),
    Right("where() of None", lambda: CORPUS.where(date=None).articles()["article"], [2]),
    Right("where() of an array", lambda: CORPUS.where(n=np.array([1, 3])).articles()["article"], [0, 2]),
    Right("where() of a Series", lambda: CORPUS.where(source=pd.Series(["A"])).articles()["article"], [0, 2]),
    Right("where() of a range", lambda: CORPUS.where(n=range(2)).articles()["article"], [0]),
    Right(
        "where() of the keys of a dict",
        lambda: CORPUS.where(source={"A": 1}.keys()).articles()["article"],
        [0, 2],
    ),
    Right("where() of a slice the wrong way round", lambda: len(CORPUS.where(n=slice(3, 1))), 0),
    Right(
        "where() of an open slice leaves missing values out",
        lambda: len(CORPUS.where(date=slice(None, None))),
        2,
    ),
    Right("where() of a whole number of thirty digits", lambda: len(CORPUS.where(n=10**30)), 0),
    Right("where() of a number for a whole number", lambda: len(CORPUS.where(n=2.0)), 1),
    Right("where() of a corpus without articles", lambda: len(ng.Corpus([]).where(article=1)), 0),
    Right("terms of no articles", lambda: ng.Corpus([]).terms(by="day").to_dicts(), []),
    Right("terms of a choice of nothing", lambda: len(CORPUS[[]].terms(ngrams=(1, 3), by="source")), 0),
    Right("terms with a minimum out of reach", lambda: len(CORPUS.terms(min_count=10**6)), 0),
    Right("terms with a minimum of 10**30", lambda: len(CORPUS.terms(min_count=10**30)), 0),
    Right("n-grams of NumPy's numbers", lambda: CORPUS.terms(ngrams=np.int64(2)) == CORPUS.terms(ngrams=2), True),
    Right("n-grams longer than every sentence", lambda: len(CORPUS.terms(ngrams=10)), 0),
    Right("no stop words", lambda: CORPUS.terms(stopwords=[]) == CORPUS.terms(), True),
    Right("groups by nothing", lambda: CORPUS.terms(by=[]) == CORPUS.terms(), True),
    Right(
        "groups by a field that is called like a column of the result",
        lambda: len(ng.Corpus({"text": ["x"], "count": [7]}).terms(by="count")),
        1,
    ),
    Right("a matrix of no articles", lambda: ng.Corpus([]).matrix().counts.shape, (0, 0)),
    Right("a matrix of articles without terms", lambda: ng.Corpus(["", "?"]).matrix().counts.shape, (2, 0)),
    Right("entities of no articles", lambda: len(ng.Corpus([]).entities()), 0),
    Right("entities of an empty article", lambda: len(ng.Corpus([""]).entities()), 0),
    Right("head() of a negative number", lambda: len(TERMS.head(-1)), 0),
    Right("head() of 10**30", lambda: len(TERMS.head(10**30)), len(TERMS)),
    Right("text() of no rows", lambda: TERMS.text(0).split(), TERMS.columns),
    Right("text() of a negative number", lambda: TERMS.text(-1).split(), TERMS.columns),
    Right("text() of an empty table", lambda: ng.Corpus([]).terms().text().split(), [*TERMS.columns, "no", "rows"]),
    Right(
        "a table and something else",
        lambda: (TERMS == 1, TERMS != 1, TERMS.to_dicts() == TERMS),
        (False, True, False),
    ),
    Right("a pickled table", lambda: again(TERMS) == TERMS, True),
    Right("a pickled table of no rows", lambda: again(TERMS.head(0)).schema, TERMS.schema),
    Right("a pickled table of missing values", lambda: again(CORPUS.articles()) == CORPUS.articles(), True),
    Right("a pickled table of NaN", lambda: again(NUMBERS) == NUMBERS, True),
    Right("a changed copy changes no table", lambda: (TERMS["term"].clear(), len(TERMS["term"]))[1], len(TERMS)),
    Right(
        "a changed frame changes no table",
        lambda: (TERMS.to_pandas().__setitem__("count", 0), sum(TERMS["count"]))[1],
        sum(TERMS["count"]),
    ),
    Right("changed facts change no table", lambda: (TERMS.metadata.clear(), len(TERMS.metadata) > 0)[1], True),
    Right("a changed source changes no corpus", emptied, ["x", "y"]),
]
