"""What `make test` installs is imported, not skipped: a broken installation must fail."""

from __future__ import annotations

import re
import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
SKIPS = re.compile(r"""importorskip\(\s*["']([\w.]+)["']""")
# Modules whose name is not that of their distribution.
DISTRIBUTIONS = {"sklearn": "scikit_learn"}


def installed() -> set[str]:
    """The names of the distributions that `make test` installs."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return {re.match(r"[\w-]+", entry)[0].lower().replace("-", "_") for entry in groups["test"]}


def skipped(text: str) -> set[str]:
    """The distributions without which a test skips."""
    modules = {module.partition(".")[0] for module in SKIPS.findall(text)}
    return {DISTRIBUTIONS.get(module, module) for module in modules}


def test_only_packages_that_make_test_does_not_install_are_skipped() -> None:
    found = set()
    for path in (ROOT / "tests" / "python").rglob("*.py"):
        if path.name != Path(__file__).name:
            names = skipped(path.read_text(encoding="utf-8"))
            assert not names & installed(), path.name
            found |= names
    assert found, "the tests against further packages are gone, or this test does not find them"


def test_a_skip_of_an_installed_package_is_found() -> None:
    assert skipped('pd = pytest.importorskip("pandas")') <= installed()
    assert skipped("pytest.importorskip('sklearn.feature_extraction')") <= installed()
    assert not skipped('pytest.importorskip("gensim.models")') & installed()
