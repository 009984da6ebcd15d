"""The pages of the site: every public name has a place, every link leads somewhere, and the
picture of the README is that of the sample article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.docs import pages, picture, reference

import nutgraf as ng

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pages.build(tmp_path_factory.mktemp("site"))


def links(page: Path) -> Iterator[str]:
    """The links of a page, without code and without those to other sites."""
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "…", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    yield from (link for link in LINK.findall(text) if "://" not in link)


def test_every_public_name_is_described_once() -> None:
    names = Counter(name for _, (_, listed) in reference.PAGES.items() for name in listed)
    public = {name for name in ng.__all__ if not name.startswith("_")}
    verbs = {f"Corpus.{name}" for name in dir(ng.Corpus) if not name.startswith("_")}
    assert not (public | verbs) - set(names)
    assert max(names.values()) == 1


def test_every_answer_by_question_is_a_verb() -> None:
    answers = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    called = re.findall(r"`(corpus|ng|table)\.(\w+)", answers)
    assert len(called) > 30
    owners = {"corpus": ng.Corpus, "ng": ng, "table": ng.Table}
    assert not [name for owner, name in called if not hasattr(owners[owner], name)]


def test_a_docstring_becomes_a_page() -> None:
    text = dict(reference.pages())["comparison.md"]
    assert "## `Corpus.keyness` { #corpus.keyness }" in text
    assert "corpus.keyness(\n    target=None,\n    reference=None,\n    *," in text
    assert "`min_count` *int, default 1*\n:   Ignore terms" in text
    assert "[`terms`](words.md#corpus.terms)" in text
    assert "```pycon\n>>> import nutgraf as ng" in text
    assert ":meth:" not in text
    assert "``" not in text.replace("```", "")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))])
def test_every_link_leads_to_a_file_of_the_repository(page: str) -> None:
    lost = [link for link in links(ROOT / page) if not (ROOT / page).parent.joinpath(link.partition("#")[0]).exists()]
    assert not lost


def test_every_link_of_the_site_leads_to_a_page(site: Path) -> None:
    found = 0
    for page in site.rglob("*.md"):
        for link in links(page):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            assert target.is_file(), f"{page.name}: {link}"
            if anchor and target.parent.name == "reference":
                assert f"{{ #{anchor} }}" in target.read_text(encoding="utf-8"), f"{page.name}: {link}"
            found += 1
    assert found > 200


def test_every_page_is_in_the_navigation(site: Path) -> None:
    settings = (site.parent / "zensical.toml").read_text(encoding="utf-8")
    listed = re.findall(r'"([\w/-]+\.md)"', settings)
    assert sorted(listed) == sorted(page.relative_to(site).as_posix() for page in site.rglob("*.md"))


def test_notebooks_are_pages_with_their_results(site: Path) -> None:
    page = (site / "tutorial" / "01_five_minutes.md").read_text(encoding="utf-8")
    assert '<div class="result">' in page
    assert "Fennimore</td>" in page
    assert str(ng.samples("outlets")) not in page
    assert '<img class="plot"' in (site / "tutorial" / "02_who_was_in_the_news.md").read_text(encoding="utf-8")


def test_formulas_are_mathml(site: Path) -> None:
    page = (site / "keyness.md").read_text(encoding="utf-8")
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in page
    assert "$" not in re.sub(r"^```.*?^```|`[^`\n]*`", "", page, flags=re.M | re.S)


def test_the_picture_of_the_readme_is_that_of_the_sample_article() -> None:
    assert picture.PICTURE.read_text(encoding="utf-8") == picture.picture()
