"""The pages of the documentation, put together for the generator of the site.

``python -m tools.docs.pages build`` writes them to ``build/pages``: the pages of ``docs/``, the
notebooks with their results, the reference from the docstrings, and the list of changes. Formulas
become MathML, so that the site needs nothing from elsewhere.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import sys
import urllib.parse
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from tools.docs import reference
from tools.docs.cells import Cell, cells

import nutgraf as ng

ROOT = Path(__file__).resolve().parents[2]
# Where the samples are on this machine, which is not for the pages.
SAMPLES = ng.samples("outlets")
TOOLS = Path(__file__).resolve().parent

# Where files outside of `docs/` are on the site.
_MOVED = {"../README.md": "index.md", "../CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"(^```.*?^```|`[^`\n]*`)", re.M | re.S)
_MATH = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.S)


def build(project: Path) -> Path:
    """Write the settings of the site and all pages; return the folder of the pages."""
    folder = project / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "tutorial").mkdir(parents=True)
    (folder / "reference").mkdir()
    for path in (ROOT / "docs").iterdir():
        if path.suffix == ".md":
            _write(folder / path.name, _with_formulas(_with_links(path.read_text(encoding="utf-8"))))
        else:
            shutil.copy(path, folder)
    _write(folder / "changelog.md", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("](docs/", "]("))
    for path in (ROOT / "examples").glob("*.ipynb"):
        page = "\n\n".join(_cell(cell) for cell in cells(path))
        _write(folder / "tutorial" / f"{path.stem}.md", page.replace(".ipynb)", ".md)"))
    for name, page in reference.pages():
        _write(folder / "reference" / name, page)
    # The generator expects its settings above the pages.
    shutil.copy(TOOLS / "zensical.toml", project)
    shutil.copy(TOOLS / "site.css", folder)
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")


def _with_links(text: str) -> str:
    """Change the links of a page to those of the site."""

    def moved(link: re.Match[str]) -> str:
        target = re.sub(r"^\.\./examples/(.+)\.ipynb$", r"tutorial/\1.md", link[1])
        return f"]({_MOVED.get(target, target)})"

    return _LINK.sub(moved, text)


def _with_formulas(text: str) -> str:
    """Turn the formulas of a page into MathML; code is left as it is."""

    def formula(match: re.Match[str]) -> str:
        source = match[1] or match[2]
        return convert(source.strip(), display="block" if match[1] else "inline").replace("\n", " ")

    pieces = _FENCE.split(text)
    return "".join(piece if at % 2 else _MATH.sub(formula, piece) for at, piece in enumerate(pieces))


def _cell(cell: Cell) -> str:
    """Write a cell of a notebook: its text, or its code with what it prints and shows."""
    if not cell.is_code:
        return cell.source
    parts = [f"```python\n{cell.source}\n```"]
    if cell.printed:
        parts.append(f"```text\n{cell.printed.rstrip()}\n```")
    if cell.shown is not None:
        drawn = hasattr(cell.shown, "get_figure")
        rich = _drawing(cell.shown) if drawn else getattr(cell.shown, "_repr_html_", lambda: None)()
        # One line, because an empty one would end the HTML in Markdown.
        plain = html.escape(repr(cell.shown)).replace("\n", "&#10;")
        shown = rich.replace("\n", " ") if rich else f"<pre>{plain}</pre>"
        parts.append(f'<div class="result">{shown}</div>')
    return "\n\n".join(parts).replace(f"{SAMPLES}/", "")


def _drawing(axes: Any) -> str:
    """Draw Axes of matplotlib, on white, since their text is black."""
    drawing = io.StringIO()
    axes.get_figure().savefig(drawing, format="svg", bbox_inches="tight", facecolor="white", metadata={"Date": None})
    source = urllib.parse.quote(drawing.getvalue())
    return f'<img class="plot" alt="plot" src="data:image/svg+xml,{source}">'


if __name__ == "__main__":
    build(Path(sys.argv[1]))
