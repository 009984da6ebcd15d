"""Speed of the statistics of terms against named rivals; ``bench.py`` runs it.

A job gets a number of threads and megabytes of text, states its answer, and returns the seconds of
the named work alone. Reading, importing and whatever the rival gets for free are not timed.
"""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Callable

Texts = Callable[[float | None], list[str]]

MEASURES = ["pmi", "t_score", "log_likelihood", "chi2", "dice"]
QUERIES = 200


def words_of(texts: list[str]) -> list[list[str]]:
    """Lower-case words of each text, as a rival gets them."""
    pattern = re.compile(r"\w[\w'-]*")
    return [pattern.findall(text.lower()) for text in texts]


def queries_of(texts: list[str]) -> list[str]:
    """Four words each, from texts picked by a seed."""
    rng = random.Random(11)
    picked = words_of(rng.sample(texts, QUERIES))
    return [" ".join(rng.sample(words, 4)) for words in picked if len(words) >= 4]


def jobs(texts: Texts) -> dict[str, Callable[[int, float | None], tuple[float, int]]]:
    """All jobs, by their names."""

    def nutgraf_collocations(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        corpus = ng.Corpus(texts(megabytes), threads=threads)
        start = time.perf_counter()
        table = corpus.collocations(measures=MEASURES)
        seconds = time.perf_counter() - start
        assert sum(table["count"]) == int(table.metadata["N"])
        return seconds, len(table)

    def nltk_collocations(threads: int, megabytes: float | None) -> tuple[float, int]:
        from nltk.collocations import BigramCollocationFinder
        from nltk.metrics import BigramAssocMeasures as Measures

        words = [word for row in words_of(texts(megabytes)) for word in row]
        start = time.perf_counter()
        finder = BigramCollocationFinder.from_words(words)
        scorers = [Measures.pmi, Measures.student_t, Measures.likelihood_ratio, Measures.chi_sq, Measures.dice]
        scores = [finder.score_ngrams(scorer) for scorer in scorers]
        seconds = time.perf_counter() - start
        assert sum(finder.ngram_fd.values()) == len(words) - 1
        return seconds, len(scores[0])

    def nutgraf_phrases(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        corpus = ng.Corpus(texts(megabytes), threads=threads)
        start = time.perf_counter()
        table = corpus.collocations(measures="mikolov", min_count=5)
        seconds = time.perf_counter() - start
        assert min(table["count"]) == 5
        return seconds, len(table)

    def gensim_phrases(threads: int, megabytes: float | None) -> tuple[float, int]:
        from gensim.models.phrases import Phrases

        words = words_of(texts(megabytes))
        start = time.perf_counter()
        phrases = Phrases(words, min_count=5, threshold=1e-9).export_phrases()
        return time.perf_counter() - start, len(phrases)

    def halves(megabytes: float | None) -> list[str]:
        found = texts(megabytes)
        return found[:20_000]

    def nutgraf_keyness(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = halves(megabytes)
        corpus = ng.Corpus(given, threads=threads)
        target, reference = corpus[: len(given) // 2], corpus[len(given) // 2 :]
        start = time.perf_counter()
        table = corpus.keyness(target, reference)
        seconds = time.perf_counter() - start
        assert sum(table["target"]) == int(table.metadata["N1"])
        return seconds, len(table)

    def nutgraf_parse_keyness(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = halves(megabytes)
        start = time.perf_counter()
        corpus = ng.Corpus(given, threads=threads)
        table = corpus.keyness(corpus[: len(given) // 2])
        return time.perf_counter() - start, len(table)

    def pandas_keyness(threads: int, megabytes: float | None) -> tuple[float, int]:
        import pandas as pd

        given = words_of(halves(megabytes))
        middle = len(given) // 2
        sides = [
            pd.Series([word for row in side for word in row], dtype="str") for side in (given[:middle], given[middle:])
        ]
        start = time.perf_counter()
        return in_pandas(sides, start)

    def pandas_parse_keyness(threads: int, megabytes: float | None) -> tuple[float, int]:
        import pandas as pd

        given = halves(megabytes)
        frame = pd.DataFrame({"text": given})
        start = time.perf_counter()
        words = frame["text"].str.lower().str.findall(r"\w[\w'-]*").explode()
        return in_pandas([words[words.index < len(given) // 2], words[words.index >= len(given) // 2]], start)

    def scattertext_keyness(threads: int, megabytes: float | None) -> tuple[float, int]:
        import pandas as pd
        import scattertext

        given = halves(megabytes)
        frame = pd.DataFrame({"text": given, "side": ["ab"[at >= len(given) // 2] for at in range(len(given))]})
        start = time.perf_counter()
        nlp = scattertext.whitespace_nlp_with_sentences
        corpus = scattertext.CorpusFromPandas(frame, category_col="side", text_col="text", nlp=nlp).build()
        counts = corpus.get_unigram_corpus().get_term_freq_df()
        scores = scattertext.LogOddsRatioUninformativeDirichletPrior().get_scores(counts["a freq"], counts["b freq"])
        return time.perf_counter() - start, len(scores)

    def in_pandas(sides: list, start: float) -> tuple[float, int]:
        import numpy as np
        import pandas as pd

        table = pd.concat([side.value_counts() for side in sides], axis=1, keys=["a", "b"]).fillna(0)
        n1, n2 = table["a"].sum(), table["b"].sum()
        n, both = n1 + n2, table["a"] + table["b"]
        cells = [
            (table["a"], both * n1 / n),
            (table["b"], both * n2 / n),
            (n1 - table["a"], (n - both) * n1 / n),
            (n2 - table["b"], (n - both) * n2 / n),
        ]
        with np.errstate(divide="ignore", invalid="ignore"):
            g2 = 2 * sum((o * np.log(o / e)).where(o > 0, 0) for o, e in cells)
        ratio = np.log2((table["a"].replace(0, 0.5) / n1) / (table["b"].replace(0, 0.5) / n2))
        table = table.assign(log_likelihood=g2, log_ratio=ratio).sort_values("log_likelihood", ascending=False)
        seconds = time.perf_counter() - start
        assert math.isfinite(table["log_likelihood"].sum())
        return seconds, len(table)

    def nutgraf_bootstrap(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = halves(megabytes)
        corpus = ng.Corpus(given, threads=threads)
        start = time.perf_counter()
        table = corpus.keyness(corpus[: len(given) // 2], bootstrap=1000)
        seconds = time.perf_counter() - start
        assert all(low <= high for low, high in zip(table["log_ratio_low"], table["log_ratio_high"], strict=True))
        return seconds, len(table)

    def nutgraf_matrix3(threads: int, megabytes: float | None) -> tuple[float, int]:
        import scipy.sparse  # noqa: F401

        import nutgraf as ng

        corpus = ng.Corpus(texts(megabytes), threads=threads)
        start = time.perf_counter()
        counts, names, _ = corpus.matrix(ngrams=(1, 3))
        seconds = time.perf_counter() - start
        assert counts.shape[1] == len(names)
        return seconds, int(counts.sum())

    def nutgraf_parse_matrix3(threads: int, megabytes: float | None) -> tuple[float, int]:
        import scipy.sparse  # noqa: F401

        import nutgraf as ng

        given = texts(megabytes)
        start = time.perf_counter()
        counts, _, _ = ng.Corpus(given, threads=threads).matrix(ngrams=(1, 3))
        return time.perf_counter() - start, int(counts.sum())

    def sklearn_matrix3(threads: int, megabytes: float | None) -> tuple[float, int]:
        from sklearn.feature_extraction.text import CountVectorizer

        given = texts(megabytes)
        start = time.perf_counter()
        counts = CountVectorizer(ngram_range=(1, 3)).fit_transform(given)
        return time.perf_counter() - start, int(counts.sum())

    def nutgraf_index(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = texts(megabytes)
        start = time.perf_counter()
        found = ng.Corpus(given, threads=threads).search("government")
        return time.perf_counter() - start, len(found)

    def bm25s_index(threads: int, megabytes: float | None) -> tuple[float, int]:
        import bm25s

        given = texts(megabytes)
        start = time.perf_counter()
        tokens = bm25s.tokenize(given, stopwords=None, show_progress=False)
        index = bm25s.BM25(method="robertson", k1=1.2, b=0.75)
        index.index(tokens, show_progress=False)
        return time.perf_counter() - start, len(tokens.vocab)

    def nutgraf_query(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        given = texts(megabytes)
        queries = queries_of(given)
        corpus = ng.Corpus(given, threads=threads)
        corpus.search("government")
        start = time.perf_counter()
        found = [corpus.search(query) for query in queries]
        return time.perf_counter() - start, sum(len(table) for table in found)

    def nutgraf_kwic(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        corpus = ng.Corpus(texts(megabytes), threads=threads)
        corpus.kwic("government", n=1)
        start = time.perf_counter()
        found = corpus.kwic("said", n=None)
        seconds = time.perf_counter() - start
        assert len(found) == int(found.metadata["matches"])
        return seconds, len(found)

    def nltk_kwic(threads: int, megabytes: float | None) -> tuple[float, int]:
        from nltk.text import ConcordanceIndex

        index = ConcordanceIndex([word for row in words_of(texts(megabytes)) for word in row])
        start = time.perf_counter()
        found = index.find_concordance("said", width=80)
        return time.perf_counter() - start, len(found)

    def bm25s_query(threads: int, megabytes: float | None) -> tuple[float, int]:
        import bm25s

        given = texts(megabytes)
        queries = queries_of(given)
        index = bm25s.BM25(method="robertson", k1=1.2, b=0.75)
        index.index(bm25s.tokenize(given, stopwords=None, show_progress=False), show_progress=False)
        start = time.perf_counter()
        tokens = bm25s.tokenize(queries, stopwords=None, show_progress=False)
        found, _ = index.retrieve(tokens, k=10, show_progress=False)
        return time.perf_counter() - start, found.size

    return {
        name: job
        for name, job in locals().items()
        if name.split("_")[0] in ("nutgraf", "nltk", "pandas", "sklearn", "bm25s", "scattertext", "gensim")
    }


# The comparisons: our job, the rival's, megabytes, our threads, the aim, and a description.
LINES = [
    ("nutgraf_collocations", "nltk_collocations", 10, "collocations(), five measures, tokens given", 50),
    ("nutgraf_phrases", "gensim_phrases", 10, "collocations() as gensim's Phrases scores them, tokens given", 30),
    ("nutgraf_keyness", "pandas_keyness", None, "keyness() of two halves, tokens given", 100),
    ("nutgraf_keyness", "pandas_parse_keyness", None, "keyness() of two halves, corpus given; rival from texts", 100),
    ("nutgraf_keyness", "scattertext_keyness", 4, "keyness() of two halves, corpus given; rival from texts", 100),
    ("nutgraf_parse_keyness", "scattertext_keyness", 4, "Corpus(texts).keyness(…); rival from texts", 10),
    ("nutgraf_matrix3", "sklearn_matrix3", 10, "matrix((1, 3)), corpus given", 15),
    ("nutgraf_parse_matrix3", "sklearn_matrix3", 10, "Corpus(texts).matrix((1, 3))", 15),
    ("nutgraf_index", "bm25s_index", 20, "Corpus(texts) and the first search()", 1),
    ("nutgraf_query", "bm25s_query", 20, f"search(), {QUERIES} queries of four words, with snippets", 1),
    ("nutgraf_kwic", "nltk_kwic", 20, "kwic() of a word with tens of thousands of matches, index given", 1),
]
