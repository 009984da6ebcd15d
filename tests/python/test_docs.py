"""The examples of the pages run and print what the pages show."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.S)


PAGES = sorted(page.stem for page in DOCS.glob("*.md") if EXAMPLE.search(page.read_text(encoding="utf-8")))


def test_pages_have_examples() -> None:
    assert {"keyness", "collocations", "dispersion", "search", "kwic", "diversity", "readability", "trend"} <= set(
        PAGES
    )


@pytest.mark.parametrize("page", PAGES)
def test_the_example_prints_what_the_page_says(page: str) -> None:
    examples = EXAMPLE.findall((DOCS / f"{page}.md").read_text(encoding="utf-8"))
    assert examples
    for code, output in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, f"{page}.md", "exec"), {})
        assert printed.getvalue() == output
