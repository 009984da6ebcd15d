"""Statistics of empty and tiny corpora, and unknown measures."""

from __future__ import annotations

import math
from typing import Any, get_args

import numpy as np

import nutgraf as ng
from nutgraf._verbs.collocations import AssociationMeasure
from nutgraf._verbs.keyness import KeynessMeasure

from .case import CORPUS, Right, Wrong, option, wrong

EMPTY = ng.Corpus([])
BLANK = ng.Corpus(["", "?!", "https://example.com"])
LONG = ng.Corpus(["date 0001-01-01 a", "date 9999-12-31 a"])
ONE_WORD = ng.Corpus(["rain", "rain rain"])
A, B = CORPUS.where(source="A"), CORPUS.where(source="B")

KEYNESS: Any = list(get_args(KeynessMeasure))
ASSOCIATION: Any = list(get_args(AssociationMeasure))
COMPAT: Any = ["sklearn", "nltk", "quanteda", "antconc", "sketchengine"]


def finite(table: ng.Table) -> bool:
    """Whether a table has rows and no number in it is NaN or infinite."""
    return len(table) > 0 and all(
        value is None or not isinstance(value, float) or math.isfinite(value)
        for column in table.columns
        for value in table[column]
    )


RIGHT_STATISTICS: list[Right] = [
    Right("keyness of one article against one", lambda: finite(CORPUS[0].keyness(CORPUS[0], CORPUS[1])), True),
    Right("keyness of one word", lambda: finite(ONE_WORD.keyness(ONE_WORD[0], measures=KEYNESS, bootstrap=9)), True),
    Right(
        "keyness of terms absent from either side",
        lambda: finite(CORPUS.keyness(A, B, measures=KEYNESS, bootstrap=9)),
        True,
    ),
    *(
        Right(
            f"keyness as {tool}'s",
            lambda tool=tool: finite(CORPUS.keyness(A, B, measures=KEYNESS, compat=tool)),
            True,
        )
        for tool in COMPAT
    ),
    Right(
        "keyness of a corpus against itself",
        lambda: set(CORPUS.keyness(CORPUS, CORPUS)["log_ratio"]),
        {0.0},
    ),
    Right("keyness of selections that overlap", lambda: CORPUS.keyness(A, CORPUS).metadata["overlap"], "2"),
    Right(
        "infinite keyness that was asked for",
        lambda: math.inf in CORPUS.keyness(A, B, measures="log_ratio", zeros="infinite")["log_ratio"],
        True,
    ),
    Right(
        "no NaN among infinite intervals",
        lambda: any(
            math.isnan(value)
            for name in ("log_ratio_low", "log_ratio_high")
            for value in CORPUS.keyness(A, B, measures="log_ratio", zeros="infinite", bootstrap=30)[name]
        ),
        False,
    ),
    Right("keyness with a minimum out of reach", lambda: len(CORPUS.keyness(A, B, min_count=10**30)), 0),
    Right("keyness with a seed of 64 bits", lambda: len(CORPUS.keyness(A, B, bootstrap=1, seed=2**64 - 1)) > 0, True),
    Right("keyness with numbers of NumPy", lambda: len(CORPUS.keyness(A, B, prior=np.float32(0.5))) > 0, True),
    Right(
        "keyness of empty articles among others",
        lambda: finite(
            ng.Corpus(["", "a b", "a"])[:2].keyness(ng.Corpus(["a b", ""]), ng.Corpus(["b", "?"]), bootstrap=20)
        ),
        True,
    ),
    Right("collocations of no articles", lambda: len(EMPTY.collocations(by="day")), 0),
    Right("collocations of articles without words", lambda: len(BLANK.collocations(window=3)), 0),
    Right("collocations of one word", lambda: len(ng.Corpus(["rain"]).collocations()), 0),
    Right(
        "collocations of a word with itself alone",
        lambda: finite(ng.Corpus(["rain rain"]).collocations(measures=ASSOCIATION)),
        True,
    ),
    *(
        Right(
            f"collocations as {tool}'s",
            lambda tool=tool: finite(CORPUS.collocations(window=4, measures=ASSOCIATION, compat=tool)),
            True,
        )
        for tool in COMPAT
    ),
    Right("a window wider than every sentence", lambda: finite(CORPUS.collocations(window=100)), True),
    Right("phrases longer than every sentence", lambda: len(CORPUS.collocations(ngrams=5)), 0),
    Right("co-occurrence in no articles", lambda: len(EMPTY.cooccurrence(of="terms")), 0),
    Right("co-occurrence in articles without words", lambda: len(BLANK.cooccurrence(of="terms", within="article")), 0),
    Right("co-occurrence of one word", lambda: len(ONE_WORD.cooccurrence(of="terms", within="article")), 0),
    Right(
        "co-occurrence without measures",
        lambda: CORPUS.cooccurrence(of="terms", measures=[]).columns,
        ["a", "b", "count"],
    ),
    Right(
        "co-occurrence by every measure",
        lambda: finite(CORPUS.cooccurrence(of="terms", measures=ASSOCIATION)),
        True,
    ),
    Right("dispersion of no articles", lambda: len(EMPTY.dispersion()), 0),
    Right("dispersion of articles without words", lambda: len(BLANK.dispersion()), 0),
    Right("dispersion over one article", lambda: finite(CORPUS[0].dispersion()), True),
    Right("dispersion over one group", lambda: set(ONE_WORD.dispersion(by="headline")["dp_norm"]), {None}),
    Right("dispersion over zones", lambda: finite(CORPUS.dispersion(by="zone")), True),
    Right("dispersion over empty articles too", lambda: ng.Corpus(["a", "", "a"]).dispersion().metadata["parts"], "2"),
    Right("weights of no articles", lambda: len(EMPTY.tfidf()), 0),
    Right("weights of articles without words", lambda: len(BLANK.tfidf()), 0),
    Right("weights of a word in every article", lambda: set(ONE_WORD.tfidf(idf="plain")["weight"]), {0.0}),
    *(Right(f"weights as {tool}'s", lambda tool=tool: finite(CORPUS.tfidf(compat=tool)), True) for tool in COMPAT),
    Right("kwic in no articles", lambda: len(EMPTY.kwic("rain")), 0),
    Right("kwic in articles without words", lambda: BLANK.kwic("*")["match"], ["https://example.com"]),
    Right("kwic of a word a hundred thousand times", lambda: len(CORPUS.kwic("rain " * 10**5)), 0),
    Right("kwic of ten thousand stars in a word", lambda: len(CORPUS.kwic("a" + "*a" * 10**3)), 0),
    Right("kwic of a star and a mark", lambda: len(CORPUS.kwic("zz*?zz")), 0),
    Right("kwic of 10**30 rows", lambda: len(CORPUS.kwic("rain", n=10**30)) > 0, True),
    Right("kwic of a regular expression that backtracks", lambda: len(CORPUS.kwic("(a*)*b", regex=True)), 0),
    Right("diversity of no articles", lambda: len(EMPTY.diversity()), 0),
    Right("diversity of articles without words", lambda: set(BLANK.diversity()["ttr"]), {None}),
    Right("diversity of groups without words", lambda: len(BLANK.diversity(by="zone")), 0),
    Right(
        "diversity in windows of 10**30", lambda: finite(CORPUS.diversity(measures="mattr", mattr_window=10**30)), True
    ),
    Right("readability of no articles", lambda: len(EMPTY.readability()), 0),
    Right("readability of articles without words", lambda: set(BLANK.readability()["flesch"]), {None}),
    Right("a trend of a word in no articles", lambda: len(EMPTY.trend("rain")), 0),
    Right("a test of no periods", lambda: EMPTY.trend("rain", tests=True)["slope"], [None]),
    Right("bursts of no articles", lambda: len(EMPTY.bursts(min_count=1)), 0),
    Right("bursts of one day", lambda: len(ng.Corpus(["date 2019-01-01 a a"]).bursts(min_count=1)), 0),
    Right("bursts of a word in all articles", lambda: len(CORPUS.bursts("*", min_count=1)), 0),
    Right("search in no articles", lambda: len(EMPTY.search("rain")), 0),
    Right("search in articles without words", lambda: len(BLANK.search("rain")), 0),
    Right("search for nothing", lambda: len(CORPUS.search("")), 0),
    Right("search for punctuation", lambda: len(CORPUS.search("?! -- …")), 0),
    Right("search for a word that is nowhere", lambda: len(CORPUS.search("snow")), 0),
    Right("search for a word a million times", lambda: len(CORPUS.search("rain " * 10**5)), 2),
    Right("search without length or count", lambda: finite(CORPUS.search("rain", k1=0, b=1, method="bm25l")), True),
    Right("search for 10**30 articles", lambda: len(CORPUS.search("rain", n=10**30)), 2),
    Right("a snippet of one word", lambda: CORPUS.search("sun", words=1)["snippet"], ["… **sun** …"]),
    Right("stems in no language of the text", lambda: len(CORPUS.terms(stem="russian")) > 0, True),
]

WRONG_STATISTICS: list[Wrong] = [
    *(
        option(
            f"keyness of {name}",
            call,
            field,
            "expected at least one term",
            field=field,
        )
        for name, field, call in [
            ("an empty selection", "target", lambda: CORPUS.keyness(CORPUS[[]], CORPUS)),
            ("everything against the rest", "reference", lambda: CORPUS.keyness(CORPUS)),
            ("articles without words", "target", lambda: BLANK.keyness(BLANK, CORPUS)),
            ("something against nothing", "reference", lambda: CORPUS.keyness(A, EMPTY)),
            ("zones that no article has", "target", lambda: CORPUS.keyness(A, B, zones="caption")),
        ]
    ),
    option(
        "keyness of a corpus of its own against the rest",
        lambda: CORPUS.keyness(ONE_WORD),
        "not a selection of this corpus",
        "expected",
        field="reference",
    ),
    *(
        wrong(
            f"keyness of {value!r:.40}",
            lambda value=value: CORPUS.keyness(value),
            TypeError,
            "target takes a corpus",
            type(value).__name__,
        )
        for value in ("A", 5, ["rain"], CORPUS.terms())
    ),
    wrong("keyness against a list", lambda: CORPUS.keyness(A, ["rain"]), TypeError, "reference takes a corpus"),
    *(
        option(
            f"{verb}(measures={value!r})",
            lambda verb=verb, value=value: getattr(CORPUS, verb)(*([A] if verb == "keyness" else []), measures=value),
            says,
            field="measures",
        )
        for verb in ("keyness", "collocations", "dispersion", "cooccurrence")
        for value, says in [("luck", '"luck"'), (["", "luck"], '""'), (["log_likelihood", "Pmi"], "expected")]
    ),
    *(
        option(
            f"{verb} by no measure",
            lambda verb=verb: getattr(CORPUS, verb)(*([A] if verb == "keyness" else []), measures=[]),
            "at least one",
            field="measures",
        )
        for verb in ("keyness", "collocations", "dispersion")
    ),
    option(
        "a measure named twice",
        lambda: CORPUS.keyness(A, measures=["chi2", "chi2"]),
        '"chi2"',
        "twice",
        field="measures",
    ),
    wrong("measures as a number", lambda: CORPUS.collocations(measures=5), TypeError, "measures takes names", "int"),
    *(
        option(
            f"{verb}(sort='luck')",
            lambda verb=verb: getattr(CORPUS, verb)(*([A] if verb == "keyness" else []), sort="luck"),
            'no column "luck"',
            "count" if verb != "keyness" else "log_ratio",
            field="sort",
        )
        for verb in ("keyness", "collocations", "dispersion", "cooccurrence")
    ),
    *(
        option(
            f"{verb}(compat='excel')",
            lambda verb=verb: getattr(CORPUS, verb)(*([A] if verb == "keyness" else []), compat="excel"),
            '"excel"',
            "quanteda",
            field="compat",
        )
        for verb in ("keyness", "collocations", "tfidf")
    ),
    *(
        option(
            f"keyness({name}={value!r})",
            lambda name=name, value=value: CORPUS.keyness(A, **{name: value}),
            says,
            field=name,
        )
        for name, value, says in [
            ("only", "both", '"both"'),
            ("zeros", "one", "'one'"),
            ("smoothing", 0, "expected a number above 0"),
            ("smoothing", math.nan, "NaN"),
            ("smoothing", math.inf, "inf"),
            ("prior", 0.0, "expected a finite number above 0"),
            ("prior", math.nan, "NaN"),
            ("prior", {"rain": math.nan}, '"rain"'),
            ("prior", {"rain": -1}, '"rain"'),
            ("lock_width", -0.1, "expected at least 0"),
            ("lock_width", math.nan, "NaN"),
            ("level", 1.0, "between 0 and 1"),
            ("level", math.nan, "NaN"),
            ("bootstrap", -1, "expected 0"),
            ("bootstrap", 10**9, "1000000"),
            ("seed", -1, "expected 0"),
            ("seed", 2**64, "expected 0"),
            ("stem", "klingon", "english (en)"),
        ]
    ),
    option(
        "weights that leave a term out",
        lambda: CORPUS.keyness(A, measures="log_odds", prior={"rain": 1.0}),
        "no weight of",
        field="prior",
    ),
    option(
        "a bootstrap of tests",
        lambda: CORPUS.keyness(A, measures=["chi2", "fisher"], bootstrap=10),
        "no effect size",
        "log_ratio",
        field="bootstrap",
    ),
    *(
        wrong(
            f"keyness({name}={value!r})",
            lambda name=name, value=value: CORPUS.keyness(A, **{name: value}),
            TypeError,
            name,
        )
        for name, value in [
            ("bootstrap", 1.5),
            ("bootstrap", True),
            ("seed", "7"),
            ("smoothing", "1"),
            ("prior", "flat"),
            ("prior", {1: 1.0}),
            ("prior", {"rain": None}),
            ("level", None),
            ("sort", 5),
            ("compat", 5),
            ("only", ["target"]),
            ("stem", True),
        ]
    ),
    *(
        option(
            f"collocations({name}={value!r})",
            lambda name=name, value=value: CORPUS.collocations(**{name: value}),
            says,
            "expected",
            field=name,
        )
        for name, value, says in [
            ("window", 0, "at least 1"),
            ("window", 101, "1 to 100"),
            ("window", 10**30, "1 to 100"),
            ("ngrams", 1, "2 <= shortest"),
            ("ngrams", 6, "longest <= 5"),
            ("ngrams", (3, 2), "2 <= shortest"),
            ("punctuation", "keep", "'skip'"),
        ]
    ),
    option(
        "a window of longer phrases",
        lambda: CORPUS.collocations(window=2, ngrams=3),
        "for pairs",
        "window=1",
        field="window",
    ),
    *(
        option(
            f"cooccurrence({name}={value!r})",
            lambda name=name, value=value: CORPUS.cooccurrence(**{"of": "terms", name: value}),
            says,
            field=name,
        )
        for name, value, says in [
            ("of", "people", "'people'"),
            ("within", "page", "'page'"),
            ("window", 0, "at least 1"),
            ("most", 0, "at least 1"),
            ("min_pairs", 0, "at least 1"),
        ]
    ),
    option(
        "a window of articles",
        lambda: CORPUS.cooccurrence(of="terms", within="article", window=5),
        "within a sentence",
        field="window",
    ),
    *(
        option(
            f"tfidf({name}={value!r})", lambda name=name, value=value: CORPUS.tfidf(**{name: value}), says, field=name
        )
        for name, value, says in [
            ("idf", "smoth", "'smoth'"),
            ("norm", "l3", "'l3'"),
            ("n", 0, "at least 1"),
        ]
    ),
    wrong("tfidf(sublinear=1)", lambda: CORPUS.tfidf(sublinear=1), TypeError, "sublinear", "int"),
    *(
        option(
            f"search({name}={value!r})",
            lambda name=name, value=value: CORPUS.search("rain", **{name: value}),
            says,
            field=name,
        )
        for name, value, says in [
            ("method", "bm26", '"bm26"'),
            ("k1", -0.1, "at least 0"),
            ("k1", math.nan, "NaN"),
            ("b", 1.1, "0 to 1"),
            ("b", math.nan, "NaN"),
            ("delta", math.inf, "inf"),
            ("n", 0, "at least 1"),
            ("words", 0, "at least 1"),
        ]
    ),
    option("kwic of a lone surrogate", lambda: CORPUS.kwic("\ud800"), "surrogate", field="query"),
    option("kwic of nothing", lambda: CORPUS.kwic(" \n"), "holds no word", field="query"),
    option("kwic of half a bracket", lambda: CORPUS.kwic("[a", regex=True), "regular expression", field="query"),
    option(
        "kwic of too large an expression", lambda: CORPUS.kwic(r"\w{999}{999}", regex=True), "regular", field="query"
    ),
    option("a trend in decades", lambda: CORPUS.trend(by="decade"), "expected one of", field="by"),
    option("bursts of a share that shrinks", lambda: CORPUS.bursts(s=0.5), "more than 1", field="s"),
    option("bursts that cost nothing known", lambda: CORPUS.bursts(gamma=float("nan")), "at least 0", field="gamma"),
    option(
        "a stretch that never ends", lambda: CORPUS.diversity(mtld_threshold=0), "more than 0", field="mtld_threshold"
    ),
    option("a trend over 9,000 years of days", lambda: LONG.trend("a", by="day"), "100000 periods", field="by"),
    option("search for a lone surrogate", lambda: CORPUS.search("\ud800"), "surrogate", field="query"),
    *(
        wrong(
            f"search({value!r})",
            lambda value=value: CORPUS.search(value),
            TypeError,
            "query takes words",
            type(value).__name__,
        )
        for value in (None, 5, ["rain"], b"rain")
    ),
    wrong("marks of one", lambda: CORPUS.search("rain", marks=("<",)), TypeError, "marks"),
    wrong("marks of numbers", lambda: CORPUS.search("rain", marks=(1, 2)), TypeError, "marks"),
]
