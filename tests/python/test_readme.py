"""The example of the README runs and prints what the README shows, and so does the demo."""

from __future__ import annotations

import contextlib
import io
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def test_the_example_prints_what_the_readme_says() -> None:
    code, output = re.search(
        r"```python\n(.*?)```\n\n```text\n(.*?)```", README.read_text(encoding="utf-8"), re.S
    ).groups()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == output


def test_users_install_before_developers_build() -> None:
    text = README.read_text(encoding="utf-8")
    assert 0 < text.index("pip install nutgraf") < text.index("make demo") < text.index("make test")


def test_the_demo_fits_a_terminal_and_saves_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(ROOT / "examples" / "demo.py"))
    lines = capsys.readouterr().out.splitlines()
    assert 30 < len(lines) <= 60
    assert max(map(len, lines)) <= 80
    assert "Who was in the news?" in lines
    assert {"residents", "investors", "strike", "walkout"} <= {word for line in lines for word in line.split()}
    assert "Tomás Adeyemi" in (tmp_path / "build" / "strike.html").read_text(encoding="utf-8")
