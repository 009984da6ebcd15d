"""Speed and size of states, and of streams of what does not fit into memory; ``bench.py`` runs it.

A job gets a number of threads and megabytes of text, states its answer, and returns the seconds of
the named work.
"""

from __future__ import annotations

import datetime
import json
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Texts = Callable[[float | None], list[str]]

DAYS = 365


def jobs(texts: Texts) -> dict[str, Callable[[int, float | None], tuple[float, int]]]:
    """All jobs, by their names."""

    def corpus(threads: int, megabytes: float | None):
        import nutgraf as ng

        given = texts(megabytes)
        first = datetime.date(2019, 1, 1)
        days = [first + datetime.timedelta(days=at * DAYS // len(given)) for at in range(len(given))]
        return ng.Corpus({"text": given, "date": days}, threads=threads)

    def terms_by_day(threads: int, megabytes: float | None) -> tuple[float, int]:
        articles = corpus(threads, megabytes)
        start = time.perf_counter()
        answer = len(articles.terms(by="day"))
        return time.perf_counter() - start, answer

    def state_by_day(threads: int, megabytes: float | None) -> tuple[float, int]:
        articles = corpus(threads, megabytes)
        start = time.perf_counter()
        answer = len(articles.state("terms", by="day").to_bytes())
        return time.perf_counter() - start, answer

    def merged_states(threads: int, megabytes: float | None) -> tuple[float, int]:
        """Add up a year of files of one day; the answer is their size."""
        import nutgraf as ng

        whole = corpus(threads, megabytes).state("terms", by="day")
        with tempfile.TemporaryDirectory() as folder:
            paths = _files(Path(folder), whole)
            start = time.perf_counter()
            united = ng.State.merge(paths, threads=threads)
            seconds = time.perf_counter() - start
            assert united == whole
            return seconds, sum(path.stat().st_size for path in paths)

    def trend_of_states(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        whole = corpus(threads, megabytes).state("terms", by="day")
        with tempfile.TemporaryDirectory() as folder:
            paths = _files(Path(folder), whole)
            start = time.perf_counter()
            answer = len(ng.State.merge(paths, threads=threads).trend("government", by="month"))
            seconds = time.perf_counter() - start
            assert answer == 12
            return seconds, answer

    def counted_at_once(threads: int, megabytes: float | None) -> tuple[float, int]:
        import nutgraf as ng

        with tempfile.TemporaryDirectory() as folder:
            path = _file(Path(folder), texts(megabytes), copies=1)
            start = time.perf_counter()
            articles = ng.read(path, threads=threads)
            articles.state("terms")
            return (time.perf_counter() - start) / len(articles), len(articles)

    def counted_as_stream(threads: int, megabytes: float | None) -> tuple[float, int]:
        """Count twenty copies of the texts, in which long words differ, a batch at a time."""
        import nutgraf as ng

        with tempfile.TemporaryDirectory() as folder:
            path = _file(Path(folder), texts(megabytes), copies=20)
            start, answer = time.perf_counter(), 0
            for articles in ng.stream(path, threads=threads):
                articles.state("terms")
                answer += len(articles)
            return (time.perf_counter() - start) / answer, answer

    return {name: job for name, job in locals().items() if callable(job) and name not in ("corpus", "texts")}


def _files(folder: Path, whole: Any) -> list[Path]:
    """Save the state of each day in a file."""
    paths = []
    for day in whole.groups()["day"]:
        paths.append(folder / f"{day}.ngs")
        whole.where(day=day).save(paths[-1])
    return paths


def _file(folder: Path, texts: list[str], copies: int) -> Path:
    path = folder / "articles.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        for copy in range(copies):
            for text in texts:
                changed = re.sub(r"\b[a-z]{10,}\b", rf"\g<0>{chr(97 + copy)}", text) if copy else text
                file.write(json.dumps({"text": changed}) + "\n")
    return path
