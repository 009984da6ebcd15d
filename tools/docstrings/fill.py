"""Copy the shared texts of parameters into the docstrings of the package.

``python tools/docstrings/fill.py`` rewrites the entries of each ``Parameters`` section whose
name is in ``parameters.toml``. Text that follows the shared text in an entry is kept, so a
docstring can add a sentence; an entry ``name : =`` is filled in, and ``name : =+`` adds the
lines that follow it.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("parameters.toml")
WIDTH = 88

SECTION = re.compile(r"(^ *Parameters\n *-+\n)(.*?)(?=^ *\w[\w ]*\n *-+\n|\Z)", re.S | re.M)


def rendered(name: str, kind: str, text: str, indent: str) -> str:
    """Render one entry of a section."""
    inner = indent + "    "
    body = textwrap.wrap(" ".join(text.split()), WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{indent}{name} : {kind}", *(inner + line for line in body)]) + "\n"


def filled(section: str, function: str, table: dict[str, dict[str, str]]) -> str:
    """Fill the entries of one section."""
    indent = re.match(r" *", section)[0]
    entries = re.split(rf"(?m)^(?={indent}\w)", section)
    result = []
    for entry in entries:
        found = re.match(rf"{indent}(\w+) : ((?:.*\\\n)*.*)\n", entry)
        shared = table.get(found[1]) if found else None
        wanted = bool(found) and found[2] in ("=", "=+")
        if shared is None or (function in shared.get("own", ()) and not wanted):
            result.append(entry)
            continue
        rest = entry[found.end() :]
        tail = rest[len(rest.rstrip()) :]
        tail = tail[1:] if rest.strip() else tail
        more, text = " ".join(rest.split()), " ".join(shared["text"].split())
        if found[2] == "=":
            more = ""
        elif found[2] != "=+":
            more = more[len(text) :] if more.startswith(text) else ""
        result.append(rendered(found[1], shared["type"], f"{text} {more}", indent) + tail)
    return "".join(result)


def rewritten(source: str, table: dict[str, dict[str, str]]) -> str:
    """Fill the docstrings of a file."""
    lines = source.splitlines(keepends=True)
    documented = (ast.FunctionDef, ast.ClassDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, documented)]
    for node in sorted(nodes, key=lambda node: -node.lineno):
        if ast.get_docstring(node) is None:
            continue
        start, stop = node.body[0].lineno - 1, node.body[0].end_lineno
        doc = "".join(lines[start:stop])
        name = node.name
        doc = SECTION.sub(lambda found, name=name: found[1] + filled(found[2], name, table), doc)
        lines[start:stop] = doc.splitlines(keepends=True)
    return "".join(lines)


def main() -> None:
    """Rewrite the files."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "python" / "nutgraf").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        new = rewritten(source, table)
        if new != source:
            path.write_text(new, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
