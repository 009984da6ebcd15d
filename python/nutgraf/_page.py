"""What a corpus is, and an article to read: as text and as HTML.

The HTML has no scripts. All text in it is escaped, in one place: :func:`escaped`.
"""

from __future__ import annotations

import html
import itertools
import os
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nutgraf import _html, _layout
from nutgraf._terminal import visible

__all__ = ["ArticlePage"]

# The most bytes of the text of a page, in HTML.
_MOST = 170_000

# The widest line of text.
_WIDEST = 100

# The most names of fields, and of the rows of a legend, that are listed.
_MOST_NAMES = 40

# A style for each label, by its order of frequency: the hue of the background, and the line under
# the text, so that labels differ without colour, too.
_HUES = {"PER": 210, "ORG": 30, "LOC": 130, "NORP": 285, "MISC": 0}
_LINES = {"PER": "solid", "ORG": "dashed", "LOC": "dotted", "NORP": "double", "MISC": "wavy"}
_OTHER_HUES = (180, 330, 60, 255, 100)

# The colours of a page. The themes of Jupyter and VS Code do not follow the system.
LIGHT = "--text:#1b1b1b;--page:#fff;--quiet:#575757;--rule:#c9c9c9;--l:88%;--hit:#ffd84a;--said:#e3e8ef"
DARK = "--text:#ececec;--page:#16181b;--quiet:#b3b3b3;--rule:#4c4f54;--l:24%;--hit:#f2c230;--said:#2a2f36"

_CSS = """
.nutgraf-article{color-scheme:light dark;LIGHT;
color:var(--text);background:var(--page);max-width:44rem;padding:1.2rem 1.5rem;box-sizing:border-box;
font:1rem/1.55 Georgia,"Times New Roman",serif;overflow-wrap:anywhere}
.nutgraf-article h1{font-size:1.5rem;line-height:1.25;margin:.3em 0;color:inherit}
.nutgraf-article p{margin:.8em 0}
.nutgraf-article .facts,.nutgraf-article .legend,.nutgraf-article .zone{font:.8rem/1.5 system-ui,sans-serif;color:var(--quiet)}
.nutgraf-article .byline{font-style:italic}
.nutgraf-article figure{margin:1em 0;padding:.2em 1em;border-left:.3em solid var(--rule);font-size:.92rem}
.nutgraf-article figcaption p{margin:.3em 0}
.nutgraf-article .credit,.nutgraf-article .boilerplate{font:.82rem/1.5 system-ui,sans-serif;color:var(--quiet)}
.nutgraf-article .boilerplate{padding-left:1em;border-left:.3em dotted var(--rule)}
.nutgraf-article .dateline{font-weight:600}
.nutgraf-article .e{color:var(--text);background:hsl(var(--h) 70% var(--l));border-radius:.2em;padding:0 .12em;text-decoration-line:underline;
text-decoration-thickness:1px;text-underline-offset:.18em}
.nutgraf-article .d{border-bottom:1px dashed var(--quiet)}
.nutgraf-article .q{background:var(--said);box-decoration-break:clone;-webkit-box-decoration-break:clone;padding:.12em 0}
.nutgraf-article .q.indirect{background:none;border-bottom:2px dotted var(--quiet)}
.nutgraf-article .w{font-weight:700}
.nutgraf-article mark,.nutgraf-article mark .e{background:var(--hit);color:#1b1b1b;padding:0 .1em}
.nutgraf-article .legend{border-top:1px solid var(--rule);margin-top:1.5em;padding-top:.5em}
.nutgraf-article .legend>span{white-space:nowrap;margin-right:.9em}
.nutgraf-article .zone{font-size:.68rem;letter-spacing:.04em;text-transform:uppercase;margin-right:.3em}
@media(prefers-color-scheme:dark){.nutgraf-article{DARK}}
[data-jp-theme-light=true] .nutgraf-article,.vscode-light .nutgraf-article{LIGHT}
[data-jp-theme-light=false] .nutgraf-article,.vscode-dark .nutgraf-article{DARK}
""".replace("LIGHT", LIGHT).replace("DARK", DARK)

_PAGE_CSS = (
    "html{color-scheme:light dark}body{margin:0;background:#fff}body>*{margin:0 auto;min-height:100vh}"
    "@media(prefers-color-scheme:dark){body{background:#16181b}}"
    "@media print{html{color-scheme:light}body{background:#fff}body>*{min-height:0}}"
)


def overview(corpus: Any) -> list[tuple[str, str]]:
    """Say what a corpus contains, in a few lines."""
    days, undated, tokens, zones = corpus._core.overview()
    lines = []
    if days is not None:
        lines.append(("dates", " to ".join(dict.fromkeys(days)) + (f"; {undated:,} undated" if undated else "")))
    elif len(corpus):
        lines.append(("dates", "none"))
    own = [visible(name) for name in corpus.fields]
    more = f", … ({len(own) - _MOST_NAMES:,} more)" if len(own) > _MOST_NAMES else ""
    lines.append(("fields", ", ".join(own[:_MOST_NAMES]) + more))
    lines.append(("tokens", f"{tokens:,}"))
    lines.append(("zones", ", ".join(f"{name} {count:,}" for name, count in zones if count) or "none"))
    report = corpus.report
    if report.n_failed:
        lines.append(("omitted", f"{report.n_failed:,} of {report.n_in:,} records; see report.failures"))
    if len(report.notes):
        lines.append(("notes", f"{len(report.notes):,}; see report.notes"))
    return lines


def overview_html(title: str, lines: Sequence[tuple[str, str]]) -> str:
    """Format what a corpus contains as a table."""
    rows = "".join(
        f'<tr><th style="text-align:left;vertical-align:top">{escaped(name)}</th>'
        f'<td style="text-align:left">{escaped(text)}</td></tr>'
        for name, text in lines
    )
    return f'<div class="nutgraf">{_html.STYLE}<p><b>{escaped(title)}</b></p><table><tbody>{rows}</tbody></table></div>'


def document(title: str, body: str) -> str:
    """Make a page of one element, which loads nothing and runs nothing."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">"
        f"<title>{escaped(title[:200])}</title><style>{_PAGE_CSS}</style></head><body>{body}</body></html>\n"
    )


def write(path: str | os.PathLike[str], page: str) -> None:
    """Write a page to a file."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(page)


def escaped(text: str) -> str:
    """Escape a text for HTML; invisible characters are shown as in Python."""
    return html.escape(visible(" ".join(text.split())) if not text.isprintable() else text)


class ArticlePage:
    """An article to read, from :meth:`nutgraf.Corpus.show`."""

    __slots__ = ("_dates", "_facts", "_hits", "_mentions", "_said", "_story", "_zones")

    def __init__(
        self,
        facts: Mapping[str, Any],
        zones: Sequence[Mapping[str, Any]],
        mentions: Sequence[Mapping[str, Any]] | None,
        hits: Sequence[Mapping[str, Any]] | None,
        dates: Sequence[Mapping[str, Any]] | None,
        said: Sequence[Mapping[str, Any]] | None,
        story: tuple[Any, str, int] | None,
    ) -> None:
        self._facts = facts
        self._zones = zones
        self._mentions = mentions
        self._hits = hits
        self._dates = dates
        self._said = said
        self._story = story

    # -- as text

    def __repr__(self) -> str:
        width = min(_layout.screen(), _WIDEST)
        blocks = ["\n".join(textwrap.wrap(self._about(), width))]
        for zone in self._zones:
            text = visible(" ".join(zone["text"].split()))
            indent = "    " if zone["zone"] in ("caption", "boilerplate") else ""
            label = f"[{zone['zone']}] " if indent else ""
            lines = [label + text, *([visible(" ".join(zone["credit"].split()))] if zone["credit"] else [])]
            blocks.append(
                "\n".join(
                    "\n".join(textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent))
                    for line in lines
                )
            )
        return "\n\n".join(blocks)

    def _about(self) -> str:
        facts = [f"article {self._facts['article']}"]
        facts += [str(self._facts[name]) for name in ("date", "source") if self._facts.get(name) is not None]
        if self._story is not None:
            first, role, number = self._story
            facts.append(f"first of {number:,} copies" if role == "first" else f"{role} of article {first}")
        return visible(" · ".join(facts))

    # -- as HTML

    def _repr_html_(self) -> str:
        blocks: list[str] = []
        size = omitted = 0
        for zone in self._zones:
            block = self._block(zone)
            size += len(block.encode())
            if size > _MOST:
                omitted += len(zone["text"])
                size -= len(block.encode())
                continue
            blocks.append(block)
        if omitted:
            blocks.append(f'<p class="zone">… {omitted:,} more characters of the text are not shown.</p>')
        return (
            f'<article class="nutgraf-article"><style>{_CSS}</style><div class="facts">{escaped(self._about())}</div>'
            f"{''.join(blocks)}{self._legend()}</article>"
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page as an HTML file.

        Parameters
        ----------
        path : str or path
            The file to write, such as ``"article.html"``.
        """
        title = self._facts.get("headline") or self._about()
        write(path, document(str(title), self._repr_html_()))

    def _block(self, zone: Mapping[str, Any]) -> str:
        kind, text = zone["zone"], self._marked(zone)
        if kind == "headline":
            return f"<h1>{text}</h1>"
        if kind == "caption":
            credit = f'<p class="credit">{escaped(zone["credit"])}</p>' if zone["credit"] else ""
            return f'<figure><figcaption><p><span class="zone">Caption</span> {text}</p>{credit}</figcaption></figure>'
        if kind == "boilerplate":
            return f'<p class="boilerplate"><span class="zone">Boilerplate</span> {text}</p>'
        return f'<p class="{kind}">{text}</p>' if kind in ("dateline", "byline") else f"<p>{text}</p>"

    def _marked(self, zone: Mapping[str, Any]) -> str:
        """Format the text of a zone with its entities, dates and hits marked."""
        text = zone["text"]
        layers = [
            (list(_within(zone, rows)), shown)
            for rows, shown in [
                (self._mentions or [], _named),
                (self._dates or [], _dated),
                (self._hits or [], _found),
                (_speakers(self._said or []), _speaking),
                (self._said or [], _quoted),
            ]
        ]
        edges = sorted({0, len(text)}.union(*({start, end} for spans, _ in layers for start, end, _ in spans)))
        pieces: list[str] = []
        places = [0] * len(layers)
        for start, end in itertools.pairwise(edges):
            piece = _escaped_piece(text[start:end])
            for layer, (spans, shown) in enumerate(layers):
                while places[layer] < len(spans) and spans[places[layer]][1] <= start:
                    places[layer] += 1
                if places[layer] < len(spans) and spans[places[layer]][0] <= start:
                    piece = shown(piece, spans[places[layer]][2])
            pieces.append(piece)
        return "".join(pieces)

    def _legend(self) -> str:
        items = []
        counts: dict[str, int] = {}
        for mention in self._mentions or []:
            counts[mention["label"]] = counts.get(mention["label"], 0) + 1
        for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMES]:
            items.append(f'<span><span class="e" style="{_style(label)}">{escaped(label)}</span> {count:,}</span>')
        if self._dates:
            items.append(f'<span><span class="d">dates</span> {len(self._dates):,}</span>')
        for kind in ("direct", "indirect"):
            count = sum((row["kind"] == "indirect") == (kind == "indirect") for row in self._said or [])
            if count:
                what = "quotations" if kind == "direct" else "indirect quotations"
                items.append(f'<span><span class="q {kind}">{what}</span> {count:,}</span>')
        if any(row["speaker"] for row in self._said or []):
            items.append('<span><span class="w">speakers</span></span>')
        if self._hits is not None:
            items.append(f"<span><mark>query</mark> {len(self._hits):,}</span>")
        return f'<div class="legend">{" ".join(items)}</div>' if items else ""


def _named(piece: str, mention: Mapping[str, Any]) -> str:
    about = f"{mention['entity']} ({mention['label']}{', fits several names' if mention['ambiguous'] else ''})"
    return f'<span class="e" style="{_style(mention["label"])}" title="{escaped(about)}">{piece}</span>'


def _dated(piece: str, date: Mapping[str, Any]) -> str:
    about = " ".join(str(date[name]) for name in ("type", "value", "mod") if date[name])
    return f'<span class="d" title="{escaped(about)}">{piece}</span>'


def _found(piece: str, _: Mapping[str, Any]) -> str:
    return f"<mark>{piece}</mark>"


def _speaking(piece: str, quote: Mapping[str, Any]) -> str:
    return f'<span class="w" title="{escaped(_said_by(quote))}">{piece}</span>'


def _quoted(piece: str, quote: Mapping[str, Any]) -> str:
    kind = "indirect" if quote["kind"] == "indirect" else "direct"
    return f'<span class="q {kind}" title="{escaped(_said_by(quote))}">{piece}</span>'


def _said_by(quote: Mapping[str, Any]) -> str:
    return f"{quote['kind']} quotation of {quote['entity'] or quote['speaker'] or 'nobody named'}"


def _speakers(said: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """List the words for who is quoted, as spans."""
    for quote in said:
        if quote["speaker"] is not None:
            yield {**quote, "start": quote["speaker_start"], "end": quote["speaker_end"]}


def _within(zone: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[int, int, Mapping[str, Any]]]:
    """List the spans of a zone in characters of its text, without overlaps."""
    last = 0
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"])):
        start, end = row["start"] - zone["start"], row["end"] - zone["start"]
        if row["zone"] == zone["zone"] and last <= start < end <= len(zone["text"]):
            last = end
            yield start, end, row


def _escaped_piece(text: str) -> str:
    """Escape a piece of running text, whose white space at either end matters."""
    shown = "".join(" " if character.isspace() else character for character in text)
    return html.escape(visible(shown))


def _style(label: str) -> str:
    """Return the hue and the line of a label; unknown ones get a hue by name."""
    hue = _HUES.get(label)
    if hue is None:
        hue = _OTHER_HUES[sum(label.encode("utf-8", "replace")) % len(_OTHER_HUES)]
    return f"--h:{hue};text-decoration-style:{_LINES.get(label, 'solid')}"
