"""Pages of the reference: docstrings in numpydoc as Markdown."""

from __future__ import annotations

import html
import importlib
import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

# The pages, each with its title and the names that it describes. A class brings its public members,
# except the corpus, whose verbs have pages. What needs spaCy is described in `docs/pipelines.md`.
PAGES: dict[str, tuple[str, Sequence[str]]] = {
    "corpus": (
        "Reading and keeping a corpus",
        [
            *["read", "stream", "Corpus", "Corpus.report", "Corpus.fields", "Corpus.text", "Corpus.where", "Corpus.describe"],
            *[
                "Corpus.show",
                "Corpus.write_report",
                "Corpus.save",
                "Corpus.to_jsonl",
                "Corpus.to_ninjs",
                "open",
                "concat",
                "Corpus.state",
                "State",
                "Corpus.with_mentions",
                "samples",
                "Report",
            ],
        ],
    ),
    "articles": (
        "Articles, zones, sentences, tokens",
        [
            *["Corpus.articles", "Corpus.zones", "Corpus.sentences", "Corpus.tokens", "Corpus.dates", "Corpus.copies"],
            *["tokenize", "split_sentences", "find_dates", "stopwords"],
        ],
    ),
    "words": (
        "Words and phrases",
        [
            *["Corpus.terms", "Corpus.keywords", "Corpus.count", "Corpus.kwic", "Corpus.collocates"],
            *["Corpus.collocations", "Corpus.dispersion", "Corpus.matrix", "DocumentTermMatrix"],
            *["Corpus.tfidf", "Corpus.search"],
        ],
    ),
    "comparison": (
        "Comparison, time and style",
        [
            "Corpus.keyness",
            "Corpus.trend",
            "Corpus.timeline",
            "Corpus.bursts",
            "Corpus.diversity",
            "Corpus.readability",
        ],
    ),
    "entities": (
        "People, organisations, places",
        [
            *["Corpus.entities", "Corpus.mentions", "Corpus.aliases", "Corpus.explain", "explanation.Explanation"],
            *[
                "explanation.NameExplanation",
                "Corpus.quotes",
                "Corpus.cooccurrence",
                "Corpus.network",
                "network.Network",
            ],
            *["Gazetteer", "EntityTagger"],
        ],
    ),
    "tables": ("Tables", ["Table"]),
    "packages": (
        "scikit-learn",
        ["sklearn.TermVectorizer", "sklearn.EntityVectorizer", "sklearn.KeywordVectorizer"],
    ),
    "errors": ("Errors", ["NutgrafError", "ParseError", "ConfigError", "ModelError", "StateError"]),
}

# Classes that verbs return, and that nobody builds.
_RESULTS = frozenset(
    [
        *["Table", "DocumentTermMatrix", "EntityTagger", "Report", "network.Network"],
        *["explanation.Explanation", "explanation.NameExplanation"],
    ]
)

_SECTIONS = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.M)
_ROLE = re.compile(r":(?:meth|func|class|mod):`~?([^`]*)`")
_LISTED = ("Parameters", "Attributes", "Returns", "Yields", "Raises", "Warns")


def found(name: str) -> Any:
    """Return what the package calls by a name, as in ``Corpus.terms`` or ``network.Network``."""
    value: Any = importlib.import_module("nutgraf")
    for part in name.split("."):
        if not hasattr(value, part):
            importlib.import_module(f"nutgraf.{part}")
        value = getattr(value, part)
    return value


def members(name: str) -> list[str]:
    """List the public members that a class brings to its page."""
    value = found(name)
    if not inspect.isclass(value) or name == "Corpus" or issubclass(value, BaseException):
        return []
    inherited = {member for base in value.__mro__[1:] if "nutgraf" not in base.__module__ for member in dir(base)}
    return [
        f"{name}.{member}"
        for base in value.__mro__
        if base.__module__.startswith("nutgraf")
        for member in vars(base)
        if not member.startswith("_") and member not in inherited and inspect.getdoc(getattr(value, member))
        if callable(getattr(value, member)) or isinstance(vars(base)[member], property)
    ]


def pages() -> Iterator[tuple[str, str]]:
    """Write the pages: the name of each file, and its Markdown."""
    described = {
        page: [part for name in names for part in (name, *members(name))] for page, (_, names) in PAGES.items()
    }
    places = {name: f"{page}.md#{name.lower()}" for page, names in described.items() for name in names}
    lines = ["# Reference", "", "Every public name. The examples are executed by the tests.", ""]
    for page, (title, names) in PAGES.items():
        lines += [f"## {title}", "", f"| [page]({page}.md) | |", "|---|---|"]
        lines += [
            f"| [`{_short(name)}`]({places[name]}) | {_prose(_summary(name), name, places)} |" for name in names
        ] + [""]
        yield f"{page}.md", "\n".join([f"# {title}", "", *(_entry(name, places) for name in described[page])])
    yield "index.md", "\n".join(lines)


def _summary(name: str) -> str:
    return (inspect.getdoc(found(name)) or "").split("\n\n")[0].replace("\n", " ")


def _entry(name: str, places: dict[str, str]) -> str:
    """One name: its heading, how it is called, and its docstring."""
    level = "##" if name.count(".") == 0 or name.startswith("Corpus.") or found(name).__class__ is type else "###"
    first, *sections = _SECTIONS.split(inspect.getdoc(found(name)) or "")
    lines = [f"{level} `{_short(name)}` {{ #{name.lower()} }}", "", *_call(name), _prose(first, name, places), ""]
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        lines += [f"**{heading}**", ""]
        if heading in _LISTED:
            lines += [_listed(text, name, places)]
        elif heading == "See Also":
            lines += [_also(text, name, places)]
        elif heading == "Examples":
            lines += [_examples(text, name, places)]
        else:
            lines += [_prose(text, name, places)]
        lines += [""]
    return "\n".join(lines)


def _call(name: str) -> list[str]:
    """How a function, method or class is called: its parameters with their defaults."""
    value = found(name)
    if not callable(value) or name in _RESULTS or (inspect.isclass(value) and issubclass(value, BaseException)):
        return []
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except ValueError:
        return []
    called = _called(name)
    shown, keyword_only = [], False
    for parameter in parameters:
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            shown.append("*")
            keyword_only = True
        shown.append(str(parameter.replace(annotation=parameter.empty)))
    line = f"{called}({', '.join(shown)})"
    if len(line) > 88:
        line = f"{called}(\n" + "".join(f"    {parameter},\n" for parameter in shown) + ")"
    return ["```python", line, "```", ""]


def _short(name: str) -> str:
    """Return a name without its module."""
    module, _, rest = name.partition(".")
    return rest if rest and module.islower() else name


def _called(name: str) -> str:
    """How a name is written in a call: ``ng.read``, ``corpus.terms``, ``ng.Table.concat``."""
    owner, _, method = _short(name).rpartition(".")
    if not owner:
        return f"ng.{name}" if "." not in name else f"nutgraf.{name}"
    if isinstance(inspect.getattr_static(found(name.rpartition(".")[0]), method), (staticmethod, classmethod)):
        return f"ng.{name}"
    return f"{re.findall('[A-Z][a-z]+', owner)[-1].lower()}.{method}"


def _listed(text: str, name: str, places: dict[str, str]) -> str:
    """Parameters, results and errors as a list of definitions."""
    lines = []
    for item in re.split(r"\n(?=\S)", text.strip("\n")):
        head, _, body = item.partition("\n")
        label, colon, kind = head.partition(" : ")
        lines += [f"`{label}`" + (f" *{html.escape(kind, quote=False)}*" if colon else "")]
        if body:
            lines += [":   " + _prose(inspect.cleandoc(body), name, places).replace("\n", "\n    ")]
        lines += [""]
    return "\n".join(lines)


def _also(text: str, name: str, places: dict[str, str]) -> str:
    lines = []
    for item in re.split(r"\n(?=\S)", text.strip("\n")):
        head, _, body = item.partition(" : ")
        names = ", ".join(_link(other.strip(), name, places) for other in head.split(","))
        lines.append(f"- {names}: {_prose(' '.join(body.split()), name, places)}" if body else f"- {names}")
    return "\n".join(lines)


def _examples(text: str, name: str, places: dict[str, str]) -> str:
    """Examples as they are typed, each block up to an empty line."""
    blocks = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        is_code = block.lstrip().startswith(">>>")
        blocks.append(f"```pycon\n{block}\n```" if is_code else _prose(block, name, places))
    return "\n\n".join(blocks)


def _prose(text: str, name: str, places: dict[str, str]) -> str:
    """Text of a docstring as Markdown."""
    text = re.sub(r"``docs/([\w-]+)\.md``", r"[\1](../\1.md)", text.strip("\n"))
    text = re.sub(r"``([^`]*(?:`[^`]+)*?)``", r"`\1`", text)
    text = _ROLE.sub(lambda role: _link(role[1], name, places), text)
    # A list begins after an empty line.
    return re.sub(r"(^(?!- |  |\n).+)\n(?=- )", r"\1\n\n", text, flags=re.M)


def _link(other: str, name: str, places: dict[str, str]) -> str:
    """Link to another name, if the reference has it."""
    short = other.removeprefix("nutgraf.")
    for full in (short, f"{name.rpartition('.')[0]}.{short}", f"{name}.{short}", f"Corpus.{short}"):
        if full in places:
            return f"[`{short}`]({places[full]})"
    return f"`{short}`"
