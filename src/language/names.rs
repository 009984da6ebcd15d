//! Which words belong to the names of people and regions?
//!
//! The word lists that several rooms use, each read once from its file.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::lists::{entries, sections};
use crate::batch::Static;

type Set = HashSet<&'static str, FxBuildHasher>;

static TITLES: Static<Set> = Static::new(|| entries(include_str!("../data/en/titles.txt")).collect());

/// Whether a word is a title or honorific that precedes a person's name.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(word.trim_end_matches('.'))
}

/// The particles and suffixes of `name_parts.txt`.
static NAME_PARTS: Static<[Set; 2]> = Static::new(|| {
    let of = |name: &str| {
        let parts = sections(include_str!("../data/en/name_parts.txt"));
        parts.filter(|&(section, _)| section == name).map(|(_, part)| part).collect()
    };
    [of("particles"), of("suffixes")]
});

/// Whether a folded part is a particle of surnames: `van`, `al`.
pub(crate) fn is_particle(part: &str) -> bool {
    NAME_PARTS[0].contains(part)
}

/// Whether a folded part follows a name and is not a surname: `jr`.
pub(crate) fn is_suffix(part: &str) -> bool {
    NAME_PARTS[1].contains(part)
}

/// The states and provinces with a postal code: the code of the country, the postal code, the name.
pub(crate) fn states() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = entries(include_str!("../data/en/postal_codes.txt"));
    lines.filter_map(|line| line.split_once('|')).flat_map(|(country, regions)| {
        let regions = regions.split(';').filter_map(|region| region.trim().split_once(' '));
        regions.map(move |(postal, name)| (country.trim(), postal, name))
    })
}
