"""The notebooks run from top to bottom, and show what their text says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tools.docs.cells import cells

import nutgraf as ng

EXAMPLES = Path(__file__).parents[2] / "examples"

# What a reader finds below the code, because the text between the cells says so.
SHOWN = {
    "01_five_minutes": ["34 articles", "Maeve Corrigan", "Orla Fennimore", "walkout", "Orla Fennimore; Fennimore"],
    "02_who_was_in_the_news": ["Tomás Adeyemi", "2024-06", "surname", "Victor Hallam"],
    "03_how_two_papers_tell_one_story": ["residents", "investors", "commerce", "harbour", "Port reopens"],
    "05_who_is_quoted": [
        "cranes without drivers",
        "60",
        "part",
        "23 printed, 14.00 once",
        "Dunmore Standard",
        "part of article 0",
    ],
    "04_from_a_frame_to_a_classifier": ["'mr'", "of the sentences are correct", "of the articles are correct"],
}


def test_every_notebook_is_tested() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.ipynb")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_the_notebook_runs_and_shows_what_it_says(name: str) -> None:
    run = [cell for cell in cells(EXAMPLES / f"{name}.ipynb") if cell.is_code]
    assert len(run) >= 8
    text = "\n".join(cell.text for cell in run)
    assert not [expected for expected in SHOWN[name] if expected not in text]


@pytest.mark.parametrize("name", SHOWN)
def test_the_notebook_is_committed_without_results(name: str) -> None:
    notebook = json.loads((EXAMPLES / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    for cell in notebook["cells"]:
        assert cell["id"]
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_a_model_finds_the_paper_of_a_sentence_more_often_than_a_guess() -> None:
    lines = "".join(cell.printed for cell in cells(EXAMPLES / "04_from_a_frame_to_a_classifier.ipynb")).splitlines()
    shares = [float(line.split()[0]) for line in lines if " correct" in line]
    sentences, guess, articles, without_house_style = shares
    assert sentences > guess + 0.15
    assert articles > sentences > without_house_style > guess + 0.15


def test_the_papers_of_the_samples_report_the_same_events() -> None:
    table = ng.read(ng.samples("outlets")).articles()
    stories = {}
    for row in table:
        stories.setdefault(row["story"], []).append(row["outlet"])
    assert len(stories) == 17
    assert all(sorted(papers) == ["The Dunmore Standard", "The Harbour Gazette"] for papers in stories.values())
    assert all(captions == 1 for captions in table["captions"])
    assert len({author for names in table["authors"] for author in names}) == 5


def test_samples_of_another_name_are_an_error_that_lists_the_names() -> None:
    with pytest.raises(ng.ConfigError, match=r"stories.*outlets"):
        ng.samples("papers")
