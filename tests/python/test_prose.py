"""The prose of the project is plain English: a list of habits that must not come back."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# The files whose prose is checked, as globs. Comments, docstrings and, in the package and in
# Rust, messages are prose; code is not.
CHECKED = (
    "README.md",
    "CHANGELOG.md",
    "docs/*.md",
    "tests/data/*/README.md",
    "python/nutgraf/samples*/README.md",
    "CONTRIBUTING.md",
    "python/nutgraf/**/*.py",
    "python/nutgraf/**/*.pyi",
    "tests/python/**/*.py",
    "benches/*.py",
    "examples/*.py",
    "examples/*.ipynb",
    "tools/**/*.py",
)
# Strings of these files are messages; elsewhere they are mostly data.
MESSAGES = ("python/nutgraf/",)
# The file that lists the habits contains them.
SELF = "tests/python/test_prose.py"

_UNIT = (
    "article|batch|cell|character|column|corpus|document|entity|file|group|item|key|line|list|mention|number|pair|"
    "paragraph|period|phrase|record|row|second|sentence|side|story|term|text|thread|token|topic|value|verb|word"
)
_ARTICLE = r"(?:a|an)"

# What is wrong, and what to write instead.
HABITS: tuple[tuple[str, str], ...] = (
    (rf"\b{_ARTICLE} (?:{_UNIT}|byte|pass|look-up|bar) {_ARTICLE} (?:{_UNIT})\b", '"one row per token"'),
    (
        rf"\b(?:{_UNIT}s|bytes|microseconds?|nanoseconds?|milliseconds?) {_ARTICLE} (?:{_UNIT})\b",
        '"four bytes per token"',
    ),
    (rf"\b(?:{_UNIT}s|articles), an? (?:row|line) each\b", '"one row per article"'),
    (r"\b(?:stands?|stood)\b(?! (?:for|out|alone)\b)", '"occurs", "is"'),
    (r"\bstands? for\b(?! a name\b)", '"means", "represents"'),
    (r"\bbehind\b", '"after"'),
    (
        r"(?<!there )(?<!There )\b(?:is|are|was|were|be) no\b(?! longer\b| more than\b| better\b| harder\b)",
        '"is not a"',
    ),
    (r"(?<!there )(?<!There )\b(?:is|are|was|were) none\b", '"is not one", "there is none"'),
    (r"\b(?:tells?|told|telling)\b", '"says", "shows", "distinguishes"'),
    (r"\bof (?:its|their|his|one's|each's) own\b", '"its own index", "a separate index"'),
    (r"\bbesides\b", '"also", "in addition"'),
    (r"\botherwise than\b", '"differently from"'),
    (r"\boftener\b", '"more often"'),
    (r"\bas far as\b", '"to the extent that", "up to"'),
    (r"\bso many\b", '"that many", "this many"'),
    (r"\bby chance\b", '"at random", "random"'),
    (r"\bask(?:s|ed|ing)? (?:for|of)\b", '"requested", "needed"'),
    (r"\bunasked\b", '"by default"'),
    (r"\bleft out\b|\bleav(?:e|es|ing) out\b", '"ignored", "skipped", "omitted"'),
    (r"\bsays? of\b", '"says about"'),
    (r"\bknows? of\b", '"knows"'),
    (r"\bput right\b", '"corrected", "repaired"'),
    (r"\bgoes? before\b", '"takes precedence over"'),
    (r"\bthe other way (?:round|about)\b", '"the reverse"'),
    (r"\blest\b", '"so that … not"'),
    (r"\bin vain\b", '"without effect"'),
    (r"\bfrom (?:it|this) on\b", '"from here"'),
    (r"\bwhoever\b", '"the reader", "a caller that"'),
    (r"\b(?:not|no|none) (?:but|save) for\b|\bsave (?:for|that)\b", '"except"'),
    (r"\bbut for\b", '"except"'),
    (r"\bkeeps? company\b", '"go together"'),
    (r"\bmore or less\b(?= [a-z]+ name)", '"with or without"'),
    (r"\bput (?:otherwise|differently)\b", '"in other words"'),
    (r"\bheld against\b", '"compared with"'),
    (r"\bis heard\b|\bhears?\b", '"takes effect"'),
)
COMPILED = [(re.compile(pattern), instead) for pattern, instead in HABITS]

Prose = Iterator[tuple[int, str]]


def of_markdown(text: str) -> Prose:
    """The lines of a page, without code."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            yield number, re.sub(r"`[^`]*`|\$[^$]*\$", "…", line)


def _of_docstring(text: str, first: int) -> Prose:
    example = False
    for number, line in enumerate(text.splitlines(), first):
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if not example:
            yield number, re.sub(r"``[^`]*``|:\w+:`[^`]*`", "…", line)


def of_python(text: str, *, messages: bool) -> Prose:
    """Comments, docstrings and names of tests, and the other strings where they are messages."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], re.sub(r"`[^`]*`", "…", token.string)
    docstrings = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.lineno, node.name.replace("_", " ")
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                docstrings.add(first.value)
                yield from _of_docstring(first.value.value, first.value.lineno)
    for node in ast.walk(ast.parse(text)) if messages else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.lineno, node.value


def _written(notebook: str) -> Iterator[str]:
    """The text of a notebook, without its code."""
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])


def of_rust(text: str) -> Prose:
    """Comments and strings, line by line."""
    for number, line in enumerate(text.splitlines(), 1):
        comment = re.search(r"//[/!]? ?(.*)", line)
        if comment:
            yield number, re.sub(r"`[^`]*`", "…", comment[1])
        code = line[: comment.start()] if comment else line
        for string in re.findall(r'"((?:[^"\\]|\\.)*)"', code):
            yield number, string


def prose(path: Path) -> Prose:
    """The prose of a file, with the numbers of its lines."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return of_markdown(text)
    if path.suffix == ".rs":
        return of_rust(text)
    if path.suffix == ".ipynb":
        return of_markdown("\n".join(_written(text)))
    name = path.relative_to(ROOT).as_posix()
    return of_python(text, messages=name.startswith(MESSAGES))


def faults(lines: Prose) -> list[str]:
    """The habits in some prose, each with what to write instead."""
    found = []
    for number, line in lines:
        for pattern, instead in COMPILED:
            if hit := pattern.search(line):
                found.append(f"line {number}: “{hit[0]}”; write {instead}: {line.strip()}")
    return found


FILES = sorted({path for glob in CHECKED for path in ROOT.glob(glob)} - {ROOT / SELF})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_prose_is_plain(path: Path) -> None:
    assert not faults(prose(path))


def test_every_glob_finds_files() -> None:
    assert all(any(ROOT.glob(glob)) for glob in CHECKED)
    assert len(FILES) > 80


@pytest.mark.parametrize(
    "planted",
    [
        "A table, a row a token.",
        "It takes four bytes a token.",
        "A term stands there twice.",
        "The second word is behind the first.",
        "A capital is no name.",
        "Nothing tells which.",
        "Each selection has an index of its own.",
        "A pair occurs no oftener than that.",
        "Batches made by chance.",
        "Nothing is filtered unless it is asked for.",
        "Articles without a date are left out.",
    ],
)
def test_a_planted_habit_is_found(planted: str) -> None:
    assert faults(of_markdown(planted))
    assert faults(of_python(f'"""{planted}"""\n', messages=False))
    assert faults(of_python(f"x = 1  # {planted}\n", messages=False))
    assert faults(of_python(f'raise ValueError("{planted}")\n', messages=True))
    assert faults(of_rust(f"//! {planted}\n"))
    assert faults(of_rust(f'let message = "{planted}";\n'))


@pytest.mark.parametrize(
    "fine",
    [
        "One row per token.",
        "There is no column of this name.",
        "A file that is no longer there.",
        "`a row a token` is code.",
    ],
)
def test_plain_english_is_not_a_fault(fine: str) -> None:
    assert not faults(of_markdown(fine))


def test_data_and_examples_are_not_prose() -> None:
    assert not faults(of_python('text = "He told us where it stands."\n', messages=False))
    assert not faults(of_python('"""Title.\n\n>>> told\nbehind\n"""\n', messages=False))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "python" / "nutgraf").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_docstrings_wrap_at_88_columns_and_comments_at_100(path: Path) -> None:
    """An example may be as long as its output."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert not [line for line in lines if line.lstrip().startswith("#") and len(line) > 100]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            first, last = node.body[0].lineno, node.body[0].end_lineno or 0
            example = False
            for number in range(first, last + 1):
                line = lines[number - 1]
                example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
                assert example or len(line) <= 88, f"line {number}"
