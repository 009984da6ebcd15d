//! Which countries, regions and cities are named in the news, and by which words?

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use crate::batch::Static;
use crate::language::{entries, items, states};
use crate::resolve::fold::folded;

type Map<K, V> = HashMap<K, V, FxBuildHasher>;
type Set<K> = HashSet<K, FxBuildHasher>;

/// A country or territory of ISO 3166, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Country(u8);

/// A line of `countries.txt`.
struct Entry {
    code: &'static str,
    name: &'static str,
    demonym: &'static str,
}

/// Whether a known place is a country, a region of one, or a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Country,
    Region,
    City,
}

/// What the name of a place can mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sense {
    pub(crate) country: Country,
    pub(crate) level: Level,
    /// Population in thousands; regions and countries count as larger than any city.
    pub(crate) size: u32,
    /// The usual name of the place.
    pub(crate) name: &'static str,
}

/// The size of a region or country.
const LARGE: u32 = 1_000_000;

#[derive(Default)]
struct Atlas {
    countries: Vec<Entry>,
    places: Map<String, Vec<Sense>>,
    demonyms: Map<String, Country>,
    /// Peoples that are not the nationality of a country, with their country if they have one.
    peoples: Map<String, Country>,
    /// Continents and other regions of several countries.
    continents: Set<String>,
    /// The region and country of a postal code.
    postal: Map<&'static str, (&'static str, Country)>,
    /// The country of a state or province.
    states: Map<String, Country>,
}

static ATLAS: Static<Atlas> = Static::new(|| {
    let mut atlas = Atlas::default();
    for line in entries(include_str!("../../data/en/countries.txt")) {
        let [code, name, others, demonyms] = fields(line);
        atlas.countries.push(Entry {
            code,
            name,
            demonym: demonyms.split(';').next().unwrap_or_default().trim(),
        });
        let country = Country(atlas.countries.len() as u8);
        for other in others.split(';').chain([name]) {
            atlas.add(other, Sense { country, level: Level::Country, size: LARGE, name });
        }
        for demonym in demonyms.split(';').map(folded).filter(|demonym| !demonym.is_empty()) {
            atlas.demonyms.entry(demonym).or_insert(country);
        }
    }
    for line in entries(include_str!("../../data/en/regions.txt")) {
        let [code, regions, ..] = fields(line);
        let country = atlas.country(code);
        for region in regions.split(';') {
            let (name, others) = region.split_once('=').unwrap_or((region, ""));
            let name = name.trim();
            for other in others.split(',').chain([name]) {
                atlas.add(other, Sense { country, level: Level::Region, size: LARGE, name });
            }
        }
    }
    for line in entries(include_str!("../../data/en/places.txt")) {
        let [name, sizes, now, ..] = fields(line);
        for entry in sizes.split(' ') {
            let (code, size) = entry.split_at_checked(2).unwrap_or_default();
            let candidate = Sense {
                country: atlas.country(code),
                level: Level::City,
                size: size.parse().unwrap_or(1),
                name: if now.is_empty() { name } else { now },
            };
            atlas.add(name, candidate);
        }
    }
    for (_, item) in items(include_str!("../../data/en/peoples.txt")) {
        let (name, code) = item.split_once('=').unwrap_or((item, ""));
        let country = atlas.country(code.trim());
        atlas.peoples.insert(folded(name), country);
    }
    let continents = items(include_str!("../../data/en/continents.txt"));
    atlas.continents = continents.map(|(_, name)| folded(name)).collect();
    for (code, postal, region) in states() {
        let country = atlas.country(code);
        atlas.postal.insert(postal, (region, country));
        atlas.states.insert(folded(region.trim_end_matches(" State")), country);
    }
    atlas
});

fn fields(line: &'static str) -> [&'static str; 4] {
    let mut fields = line.split('|').map(str::trim);
    std::array::from_fn(|_| fields.next().unwrap_or_default())
}

impl Atlas {
    fn country(&self, code: &str) -> Country {
        Country(self.countries.iter().position(|entry| entry.code == code).map_or(0, |at| at as u8 + 1))
    }

    /// Adds a candidate for a name. A city with the same name as its country adds no information.
    fn add(&mut self, name: &str, candidate: Sense) {
        let name = folded(name);
        if name.is_empty() {
            return;
        }
        let candidates = self.places.entry(name).or_default();
        if candidates.iter().all(|other| other.country != candidate.country) {
            candidates.push(candidate);
        }
    }
}

impl Country {
    /// No country.
    pub const NONE: Self = Self(0);

    fn entry(self) -> Option<&'static Entry> {
        ATLAS.countries.get((self.0 as usize).checked_sub(1)?)
    }

    /// Its code in ISO 3166-1 alpha-2.
    pub fn code(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.code)
    }

    /// Its English name.
    pub fn name(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.name)
    }

    /// The demonym, the name of its people.
    pub(crate) fn demonym(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.demonym).filter(|demonym| !demonym.is_empty())
    }

    /// The country with this code.
    pub fn of_code(code: &str) -> Self {
        ATLAS.country(code)
    }

    /// Whether it is a country.
    pub fn is_some(self) -> bool {
        self.0 != 0
    }
}

/// What the folded name of a place can mean.
pub(crate) fn places(name: &str) -> &'static [Sense] {
    ATLAS.places.get(name).map_or(&[], |candidates| candidates)
}

/// The country whose people a folded word denotes: `north korean`, `germans`.
pub(crate) fn demonym(word: &str) -> Option<Country> {
    let demonyms = &ATLAS.demonyms;
    let stem = word.strip_suffix('s').unwrap_or(word);
    demonyms.get(word).or_else(|| demonyms.get(stem)).copied()
}

/// The country that a folded name denotes, by itself or as a nationality.
pub(crate) fn country_or_demonym(name: &str) -> Option<Country> {
    let only = match places(name) {
        [Sense { country, level: Level::Country, .. }] => Some(*country),
        _ => None,
    };
    only.or_else(|| demonym(name))
}

/// Whether a folded name is that of a people or group without a state, and its country if it has
/// one.
pub(crate) fn people(name: &str) -> Option<Country> {
    ATLAS.peoples.get(name).copied()
}

/// Whether a folded name is that of a continent or of another region of several countries.
pub(crate) fn is_continent(name: &str) -> bool {
    ATLAS.continents.contains(name)
}

/// The region that a postal code denotes after a town: its name and country.
pub(crate) fn postal(code: &str) -> Option<(&'static str, Country)> {
    ATLAS.postal.get(code).copied()
}

/// The country of a state or province with this folded name, also where a city has the name, too:
/// `new york`.
pub(crate) fn state(name: &str) -> Option<Country> {
    ATLAS.states.get(name).copied()
}

/// Whether a folded name is that of a country or of a region; `None` if it is neither.
pub(crate) fn largest_level(name: &str) -> Option<Level> {
    let levels = || places(name).iter().map(|candidate| candidate.level);
    [Level::Country, Level::Region].into_iter().find(|&level| levels().any(|other| other == level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_distinct_code_and_name() {
        assert!(ATLAS.countries.len() < 255);
        for (at, entry) in ATLAS.countries.iter().enumerate() {
            assert!(entry.code.len() == 2 && !entry.name.is_empty());
            assert_eq!(ATLAS.country(entry.code), Country(at as u8 + 1), "{}", entry.code);
        }
    }

    #[test]
    fn names_lead_to_countries() {
        for name in ["us", "usa", "america", "united states of america"] {
            assert_eq!(country_or_demonym(name).and_then(Country::code), Some("US"), "{name}");
        }
        assert_eq!(country_or_demonym("north korean").and_then(Country::code), Some("KP"));
        assert_eq!(country_or_demonym("germans").and_then(Country::code), Some("DE"));
        assert_eq!(country_or_demonym("korea"), None);
        assert_eq!(places("korea").len(), 2);
        assert_eq!(places("kiev")[0].name, "Kyiv");
        assert!(places("georgia").len() > 1);
    }
}
