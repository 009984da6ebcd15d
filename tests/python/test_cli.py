"""The command: every verb and format, standard input, files, and exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import nutgraf as ng
from nutgraf.__main__ import main


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "nutgraf", *words], input=stdin, capture_output=True, check=False)


def test_terms_of_standard_input_as_a_table() -> None:
    done = run("terms", "--stopwords", "english", "-n", "1", stdin=b"date 2019-01-08 The rain and the rain.")
    assert done.returncode == 0
    assert done.stdout.decode().split() == [
        "term",
        "count",
        "articles",
        "per_million",
        "rain",
        "2",
        "1",
        "1000000.0",
    ]


def test_formats_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["terms", str(ng.samples()), "--by", "month", "--min-count", "9"]
    printed = {}
    for format in ("csv", "jsonl", "json", "table"):
        assert main([*words, "--format", format]) == 0
        printed[format] = capsys.readouterr().out
    rows = json.loads(printed["json"])
    assert len(rows) > 20
    assert [json.loads(line) for line in printed["jsonl"].splitlines()] == rows
    assert [row["term"] for row in csv.DictReader(io.StringIO(printed["csv"]))] == [row["term"] for row in rows]
    assert len(printed["table"].splitlines()) == len(rows) + 1


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    assert main(["articles", str(ng.samples()), "--format", "csv", "-o", str(tmp_path / "out.csv")]) == 0
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == len(ng.read(ng.samples())) + 1


def test_zones_are_chosen() -> None:
    done = run(
        "zones",
        "--zones",
        "caption",
        "--format",
        "jsonl",
        stdin=b"Rain.\n\nA street Credit: AP/Ana Reis",
    )
    assert [json.loads(line)["agency"] for line in done.stdout.splitlines()] == ["AP"]


def test_a_bad_article_is_1_and_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    done = run("terms", stdin=b"date 2019-02-30 x")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"2019-02-30" in done.stderr
    done = run("terms", "--errors", "skip", stdin=b"date 2019-02-30 x\ndate 2019-02-03 y")
    assert done.returncode == 1
    assert b"y" in done.stdout
    assert b"skipped: <stdin>" in done.stderr or b"skipped: article 0" in done.stderr
    assert main(["terms", "no/such/file.txt"]) == 1
    assert "there is no file" in capsys.readouterr().err


def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", str(ng.samples()), "--by", "nothing"]) == 2
    assert 'there is no field "nothing"' in capsys.readouterr().err
    assert main(["terms", str(ng.samples()), "--zones", "nowhere"]) == 2
    with pytest.raises(SystemExit) as stop:
        main(["sing"])
    assert stop.value.code == 2


def test_keyness_compares_two_sets_of_files_or_two_parts_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Rain, rain and wind.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The sun and the wind.", encoding="utf-8")
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert main(["keyness", paths[0], "--reference", paths[1], "--format", "json"]) == 0
    apart = capsys.readouterr().out
    assert json.loads(apart)[0]["term"] == "rain"
    words = ["keyness", *paths, "--target", f"source={paths[0]}", "--format", "json"]
    assert main(words) == 0
    assert capsys.readouterr().out == apart
    assert main([*words, "--against", f"source={paths[1]}"]) == 0
    assert capsys.readouterr().out == apart
    words = ["keyness", *paths, "--target", f"source={paths[0]}", "--measures", "log_ratio", "--bootstrap", "20"]
    assert main([*words, "--only", "target", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "term,target,reference,log_ratio,log_ratio_low,log_ratio_high"


def test_keyness_of_nothing_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["keyness", str(ng.samples())]
    for wrong, says in [
        ([], "expected --reference PATH, --target FIELD=VALUE or --by GROUP"),
        (["--target", "source"], "expected FIELD=VALUE"),
        (["--target", "paper=A"], 'there is no field "paper"'),
        (["--target", "date=1999"], "the target has 0 articles"),
        (["--target", "date=2019", "--measures", "luck"], 'there is no "luck"'),
        (["--target", "date=2019", "--reference", str(ng.samples())], "cannot be combined"),
    ]:
        assert main([*words, *wrong]) == 2, wrong
        assert says in capsys.readouterr().err


VERBS = {
    "articles": lambda corpus: corpus.articles(),
    "zones --zones headline": lambda corpus: corpus.zones(zones="headline"),
    "terms --ngrams 2 --min-count 5": lambda corpus: corpus.terms(ngrams=2, min_count=5),
    "collocations --ngrams 2,3 --min-count 4 --measures pmi": lambda corpus: corpus.collocations(
        ngrams=(2, 3), min_count=4, measures="pmi"
    ),
    "dispersion --min-count 20 --sort dp": lambda corpus: corpus.dispersion(min_count=20, sort="dp"),
    "keywords --phrases 2 --method tfidf --by month": lambda corpus: corpus.keywords(n=2, method="tfidf", by="month"),
    "search --stem english storms": lambda corpus: corpus.search("storms", stem="english"),
    "kwic the* --window 2 -n 3": lambda corpus: corpus.kwic("the*", window=2, n=3),
    "diversity --measures ttr,mattr --by month": lambda corpus: corpus.diversity(measures=["ttr", "mattr"], by="month"),
    "readability": lambda corpus: corpus.readability(),
    "entities --labels ORG --min-mentions 2": lambda corpus: corpus.entities(labels="ORG", min_mentions=2),
    "mentions --labels PER": lambda corpus: corpus.mentions(labels="PER"),
    "cooccurrence --within article --labels PER,ORG": lambda corpus: corpus.cooccurrence(
        within="article", labels=["PER", "ORG"]
    ),
    "cooccurrence --of terms --stopwords english --min-pairs 3": lambda corpus: corpus.cooccurrence(
        of="terms", stopwords="english", min_pairs=3
    ),
    "trend --items rain,flood --by place,year": lambda corpus: corpus.trend(["rain", "flood"], by=["place", "year"]),
    "describe --by year": lambda corpus: corpus.describe(by="year"),
    "collocates people --window 2 --min-count 2": lambda corpus: corpus.collocates("people", window=2, min_count=2),
    "count --words a=rain*,flood --words b=court": lambda corpus: corpus.count({"a": ["rain*", "flood"], "b": "court"}),
    "keyness --by year --of entities --labels PER --rows 2": lambda corpus: corpus.keyness(
        by="year", of="entities", labels="PER", n=2
    ),
    "trend --items rain,flood": lambda corpus: corpus.trend(["rain", "flood"]),
}


@pytest.mark.parametrize("words", VERBS)
def test_a_verb_prints_what_the_corpus_says(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    verb, *options = words.split()
    query = [options.pop(-1 if verb == "search" else 0)] if verb in ("kwic", "collocates", "search") else []
    assert main([verb, *query, str(ng.samples()), *options, "--format", "json"]) == 0
    expected = VERBS[words](ng.read(ng.samples()))
    rows = json.loads(capsys.readouterr().out)
    assert rows == json.loads(json.dumps(expected.to_dicts(), default=str))
    assert rows


def test_bursts_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = [f"date 2019-01-{day:02} {'Flood, flood, flood.' if 10 <= day < 20 else 'Sun.'}" for day in range(1, 31)]
    path = tmp_path / "days.txt"
    path.write_text("\n".join(days), encoding="utf-8")
    assert main(["bursts", str(path), "--by", "day", "--items", "flood", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows == json.loads(json.dumps(ng.read(path).bursts("flood", by="day").to_dicts(), default=str))
    assert [(row["start"], row["end"]) for row in rows] == [("2019-01-10", "2019-01-19")]


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_a_network_is_written_for_other_tools(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"network.{kind}"
    assert main(["network", str(ng.samples()), "--as", kind, "--within", "article", "-o", str(path)]) == 0
    network = ng.read(ng.samples()).network(within="article")
    expected = network.to_graphml() if kind == "graphml" else network.to_gexf()
    assert path.read_text(encoding="utf-8").rstrip("\n") == expected.rstrip("\n")


def test_counts_are_kept_merged_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (ng.samples("outlets") / "outlets.jsonl").read_text(encoding="utf-8").splitlines()
    for name, half in (("a", lines[:20]), ("b", lines[20:])):
        articles = tmp_path / f"{name}.jsonl"
        articles.write_text("\n".join(half), encoding="utf-8")
        assert main(["state", str(articles), "--by", "day,outlet", "-o", str(tmp_path / f"{name}.ngs")]) == 0
    states = [str(tmp_path / f"{name}.ngs") for name in "ab"]
    assert main(["merge", *states, "-o", str(tmp_path / "all.ngs")]) == 0
    whole = ng.State.load(tmp_path / "all.ngs")
    assert len(whole) == len(lines)
    for words, table in (
        (["terms", "--by", "outlet"], whole.terms(by="outlet")),
        (["entities", "--labels", "PER"], whole.entities(labels="PER")),
        (["cooccurrence", "--within", "article"], whole.cooccurrence(within="article")),
        (["trend", "--items", "council"], whole.trend("council")),
        (["keyness", "--by", "outlet"], whole.keyness(by="outlet", n=20)),
        (["describe"], whole.groups()),
    ):
        capsys.readouterr()
        assert main([*words, str(tmp_path / "all.ngs"), "--format", "jsonl", "-n", "5"]) == 0
        printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [row[table.columns[0]] for row in printed] == list(table.head(5)[table.columns[0]])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["kwic", "rain", "a.ngs"], "kwic needs the articles"),
        (["terms", "a.ngs", "--stopwords", "english"], "--stopwords says what is counted"),
        (["terms", "a.ngs", "--weight", "copies"], "--weight says what is counted"),
        (["entities", "a.ngs", "--quotes"], "--quotes says what is counted"),
        (["trend", "a.ngs", "--on", "mentioned"], "the state has no dates"),
        (["merge", "a.ngs"], "name it with -o"),
        (["state", "a.txt"], "name it with -o"),
        (["merge", "a.txt", "-o", "all.ngs"], "articles do not add up"),
        (["terms", "broken.ngs"], "broken.ngs: the file is not a saved state"),
    ],
)
def test_what_counts_cannot_answer_is_said(
    words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("date 2019-01-08 Rain fell.", encoding="utf-8")
    Path("broken.ngs").write_bytes(b"nothing of the kind")
    ng.read("a.txt").state("terms").save("a.ngs")
    assert main(words) in (1, 2)
    assert message in capsys.readouterr().err


def test_kwic_shows_the_mentions_of_an_entity(capsys: pytest.CaptureFixture[str]) -> None:
    samples = str(ng.samples())
    assert main(["kwic", "--entity", "Haneul Motor", samples, "--format", "jsonl", "-n", "all"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["match"] for row in rows] == ng.read(samples).kwic(entity="Haneul Motor")["match"]
    assert {row["match"] for row in rows} > {"Haneul", "Haneul Motor"}
    assert main(["kwic", "-e", "rain", "--entity", "Haneul Motor", samples]) == 2
    assert "both a query and an entity" in capsys.readouterr().err


def test_a_shell_counts_a_batch_at_a_time(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole.ngs", tmp_path / "parts.ngs"
    common = ["state", str(ng.samples("outlets")), "--by", "month", "--id", "id"]
    assert main([*common, "-o", str(whole)]) == 0
    assert main([*common, "--batch", "5", "-o", str(parts)]) == 0
    assert parts.read_bytes() == whole.read_bytes()
