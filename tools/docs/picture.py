"""The picture of the README: an article page as SVG, for light and dark screens.

``python -m tools.docs.picture`` writes ``docs/article.svg``.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import nutgraf as ng

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "article.svg"

ARTICLE = "strike-gazette"
WIDTH, HEIGHT = 760, 610


def picture() -> str:
    """Draw the page of one of the sample articles."""
    lines = (ng.samples("outlets") / "outlets.jsonl").read_text(encoding="utf-8").splitlines()
    # Not from the file, whose path would be in the picture.
    corpus = ng.Corpus([json.loads(line) for line in lines])
    page = corpus.show(ARTICLE, query="strike*")._repr_html_()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-label="An article with its people, organisations and places marked">'
        f'<foreignObject width="{WIDTH}" height="{HEIGHT}"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<style>.nutgraf-article{{min-height:{HEIGHT}px;max-width:none!important}}</style>{page}"
        "</div></foreignObject></svg>\n"
    )
    ElementTree.fromstring(svg)  # an error, if the page is not XML
    return svg


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
