"""States and rows that Dask and Spark compute are those of one process.

``make engines`` installs the engines; without them, or without Java, these tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import nutgraf as ng
from nutgraf import _engines

LINES = (ng.samples("outlets") / "outlets.jsonl").read_text(encoding="utf-8").splitlines()
FRAME = pd.DataFrame([json.loads(line) for line in LINES]).assign(id=[f"a{at:02}" for at in range(len(LINES))])
ROLES = {"id": "id", "date": "date"}
KINDS = ("terms", "entities")
BY = ["day", "outlet"]
CORPUS = ng.Corpus(FRAME, **ROLES)
WHOLE = CORPUS.state(*KINDS, by=BY)
BAD = FRAME.assign(date=[*FRAME["date"][:-1], "2024-13-45"])


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    frames = pytest.importorskip("dask.dataframe", reason="Dask is not installed: make engines")
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: make engines")
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None):
        yield frames


def test_a_state_of_dask_is_that_of_one_process(dask: Any) -> None:
    import nutgraf.dask

    for partitions in (1, 3, 34):
        frame = dask.from_pandas(FRAME, npartitions=partitions)
        assert nutgraf.dask.state(frame, *KINDS, by=BY, **ROLES) == WHOLE


def test_many_partitions_are_added_up_in_a_tree(dask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import nutgraf.dask

    monkeypatch.setattr(_engines, "FAN_IN", 2)
    frame = dask.from_pandas(FRAME, npartitions=17)
    assert nutgraf.dask.state(frame, *KINDS, by=BY, **ROLES) == WHOLE


def test_rows_of_dask_are_those_of_one_process(dask: Any) -> None:
    import nutgraf.dask

    frame = dask.from_pandas(FRAME, npartitions=4)
    for verb, options in (("zones", {"zones": "all"}), ("sentences", {}), ("readability", {})):
        rows = nutgraf.dask.rows(frame, verb, **ROLES, **options)
        one = getattr(CORPUS, verb)(**options)
        assert list(rows.columns) == one.columns
        made = rows.compute()
        for column in ("article", *[name for name in ("text", "words") if name in one.columns]):
            assert list(made[column]) == list(one[column]), (verb, column)


def test_a_bad_article_is_reported_with_its_place_or_skipped(dask: Any) -> None:
    import nutgraf.dask

    frame = dask.from_pandas(BAD, npartitions=4)
    with pytest.raises(ng.ParseError, match="2024-13-45"):
        nutgraf.dask.state(frame, "terms", **ROLES)
    good = CORPUS[: len(FRAME) - 1].state("terms")
    assert nutgraf.dask.state(frame, "terms", errors="skip", **ROLES) == good


def test_what_needs_all_articles_is_refused(dask: Any) -> None:
    import nutgraf.dask

    frame = dask.from_pandas(FRAME, npartitions=2)
    with pytest.raises(ng.ConfigError, match="'keyness' needs all articles at once"):
        nutgraf.dask.rows(frame, "keyness", **ROLES)
    with pytest.raises(ng.ConfigError, match="have no ids"):
        nutgraf.dask.rows(frame, "zones", id="")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed: make engines")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed, which Spark needs")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 5).getOrCreate()
    yield session
    session.stop()


def of_spark(session: Any, frame: Any, partitions: int) -> Any:
    rows = frame[["id", "text", "headline", "date", "outlet"]].to_dict("records")
    return session.createDataFrame(rows).repartition(partitions)


def test_a_state_of_spark_is_that_of_one_process(spark: Any) -> None:
    import nutgraf.spark

    for partitions in (1, 40):
        frame = of_spark(spark, FRAME, partitions)
        assert nutgraf.spark.state(frame, *KINDS, by=BY, **ROLES) == WHOLE


def test_rows_of_spark_are_those_of_one_process(spark: Any) -> None:
    import nutgraf.spark

    rows = nutgraf.spark.rows(of_spark(spark, FRAME, 3), "zones", **ROLES).collect()
    one = CORPUS.zones()
    found = sorted((row["article"], row["start"], row["text"]) for row in rows)
    assert found == sorted(zip(one["article"], one["start"], one["text"], strict=True))


def test_a_bad_article_stops_spark_with_its_place(spark: Any) -> None:
    import nutgraf.spark

    with pytest.raises(Exception, match=r"ParseError.*2024-13-45"):
        nutgraf.spark.state(of_spark(spark, BAD, 3), "terms", **ROLES)
