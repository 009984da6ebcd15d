"""States and rows that Dask, Ray and Spark compute are those of one process.

``make engines`` installs the engines; without them, or without Java, these tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
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


def die_once(piece: Any, mark: str) -> Any:
    """Kill the worker that gets the first piece, once; then return pieces."""
    if not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return piece


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


def test_a_killed_worker_of_dask_changes_nothing(dask: Any, tmp_path: Path) -> None:
    import nutgraf.dask

    mark = tmp_path / "killed"
    frame = dask.from_pandas(FRAME, npartitions=6)
    frame = frame.map_partitions(die_once, str(mark), meta=frame._meta)
    assert nutgraf.dask.state(frame, *KINDS, by=BY, **ROLES) == WHOLE
    assert mark.exists()


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
    # Spark starts a task again up to three times.
    builder = sql.SparkSession.builder.master("local[2,3]").config("spark.ui.enabled", "false")
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


def test_a_killed_worker_of_spark_changes_nothing(spark: Any, tmp_path: Path) -> None:
    import nutgraf.spark

    path, frame = str(tmp_path / "killed"), of_spark(spark, FRAME, 4)
    dying = frame.mapInArrow(lambda pieces: (die_once(piece, path) for piece in pieces), frame.schema)
    assert nutgraf.spark.state(dying, *KINDS, by=BY, **ROLES) == WHOLE
    assert os.path.exists(path)


CONNECTED = """
import pandas, sys
import nutgraf.spark
from nutgraf import State
from pyspark.sql import SparkSession

session = SparkSession.builder.remote("local[2]").config("spark.ui.enabled", "false").getOrCreate()
frame = session.createDataFrame(pandas.read_json(sys.argv[1], lines=True, dtype=False, convert_dates=False))
state = nutgraf.spark.state(frame.repartition(20), "terms", "entities", by=["day", "outlet"], id="id", date="date")
assert state == State.load(sys.argv[2])
zones = nutgraf.spark.rows(frame.repartition(3), "zones", id="id", date="date").count()
print("connected to", type(session).__module__, "zones", zones)
"""


def test_a_state_over_spark_connect_is_that_of_one_process(spark: Any, tmp_path: Path) -> None:
    pytest.importorskip("grpc", reason="Spark Connect is not installed: make engines")
    FRAME.to_json(tmp_path / "frame.jsonl", orient="records", lines=True)
    WHOLE.save(tmp_path / "whole.ngs")
    command = [sys.executable, "-c", CONNECTED, str(tmp_path / "frame.jsonl"), str(tmp_path / "whole.ngs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"connected to pyspark.sql.connect.session zones {len(CORPUS.zones())}" in done.stdout


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    engine = pytest.importorskip("ray", reason="Ray is not installed: make engines")
    data = pytest.importorskip("ray.data", reason="Ray is not installed: make engines")
    engine.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    data.DataContext.get_current().enable_progress_bars = False
    yield data
    engine.shutdown()


def test_a_state_of_ray_is_that_of_one_process(ray: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import nutgraf.ray

    for blocks, fan_in in ((1, 16), (3, 16), (17, 4)):
        monkeypatch.setattr(_engines, "FAN_IN", fan_in)
        dataset = ray.from_pandas(FRAME).repartition(blocks)
        assert nutgraf.ray.state(dataset, *KINDS, by=BY, **ROLES) == WHOLE
    assert nutgraf.ray.state(ray.from_pandas(FRAME.head(0)), "terms", **ROLES) == ng.State.empty()


def test_rows_of_ray_are_those_of_one_process(ray: Any) -> None:
    import nutgraf.ray

    rows = nutgraf.ray.rows(ray.from_pandas(FRAME).repartition(3), "zones", **ROLES).take_all()
    one = CORPUS.zones()
    found = sorted((row["article"], row["start"], row["text"]) for row in rows)
    assert found == sorted(zip(one["article"], one["start"], one["text"], strict=True))


def test_a_bad_article_stops_ray_with_its_place_or_is_skipped(ray: Any) -> None:
    import nutgraf.ray

    dataset = ray.from_pandas(BAD).repartition(4)
    with pytest.raises(Exception, match="2024-13-45"):
        nutgraf.ray.state(dataset, "terms", **ROLES)
    good = CORPUS[: len(FRAME) - 1].state("terms")
    assert nutgraf.ray.state(dataset, "terms", errors="skip", **ROLES) == good


def test_a_killed_worker_of_ray_changes_nothing(ray: Any, tmp_path: Path) -> None:
    import nutgraf.ray

    mark = tmp_path / "killed"
    dataset = ray.from_pandas(FRAME).repartition(4).map_batches(die_once, fn_args=[str(mark)])
    assert nutgraf.ray.state(dataset, *KINDS, by=BY, **ROLES) == WHOLE
    assert mark.exists()


def test_frames_of_daft_are_streamed() -> None:
    daft = pytest.importorskip("daft", reason="Daft is not installed")
    parts = ng.stream(daft.from_pandas(FRAME), batch=10, **ROLES)
    assert ng.State.merge(part.state(*KINDS, by=BY) for part in parts) == WHOLE
