"""The cells of a notebook, run without Jupyter: what each prints, and what it shows."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook, and, if it is code, its result."""

    is_code: bool
    source: str
    printed: str = ""
    # The value of the last line, if that is an expression and not None.
    shown: Any = None

    @property
    def text(self) -> str:
        """What a reader of the notebook sees below the code, as text."""
        return self.printed + (repr(self.shown) if self.shown is not None else "")


def cells(notebook: Path) -> Iterator[Cell]:
    """Run the cells of a notebook in order, in one namespace."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            yield Cell(is_code=False, source=source)
            continue
        body = ast.parse(source, notebook.name).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        printed, shown = io.StringIO(), None
        with contextlib.redirect_stdout(printed):
            exec(compile(ast.Module(body, []), notebook.name, "exec"), names)
            if isinstance(last, ast.Expr):
                shown = eval(compile(ast.Expression(last.value), notebook.name, "eval"), names)
        yield Cell(is_code=True, source=source, printed=printed.getvalue(), shown=shown)
