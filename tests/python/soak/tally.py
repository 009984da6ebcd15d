"""Counted checks; the first failure is reported with its difference."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any


class Difference(AssertionError):
    """A table differs from its twin."""


class Tally:
    """The number of values compared."""

    def __init__(self) -> None:
        self.checks: Counter[str] = Counter()
        self.name = ""

    def holds(self, truth: bool, what: str, *shown: Any) -> None:
        """Check something that must be true."""
        self.checks[self.name] += 1
        if not truth:
            raise Difference(f"{what}: " + ", ".join(map(_short, shown)))

    def same(self, got: Any, expected: Any, what: str) -> None:
        """Compare two values, or two lists of values, each of which counts."""
        self.checks[self.name] += len(got) if isinstance(got, (list, dict)) else 1
        if got == expected:
            return
        if isinstance(got, list) and isinstance(expected, list):
            for at, (one, other) in enumerate(zip(got, expected, strict=False)):
                if one != other:
                    raise Difference(f"{what}: at {at} {_short(one)}; expected {_short(other)}")
            raise Difference(f"{what}: {len(got)} values; expected {len(expected)}")
        if isinstance(got, dict) and isinstance(expected, dict):
            for key in [*got, *expected]:
                if key not in got or key not in expected or got[key] != expected[key]:
                    raise Difference(
                        f"{what}: {_short(key)} is {_short(got.get(key))}; expected {_short(expected.get(key))}"
                    )
        raise Difference(f"{what}: {_short(got)}; expected {_short(expected)}")

    def close(self, got: float | None, expected: float | None, what: str, *shown: Any) -> None:
        """Compare two numbers, except for rounding."""
        self.checks[self.name] += 1
        if got is None or expected is None:
            if got is not expected:
                raise Difference(f"{what} of {shown}: {got}; expected {expected}")
        elif not math.isclose(got, expected, rel_tol=1e-9, abs_tol=1e-9):
            raise Difference(f"{what} of {shown}: {got!r}; expected {expected!r}")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"
