//! Which words show that a name is that of an organisation, a team or a place?

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use super::repair::{countries, spaced};
use crate::batch::Static;
use crate::language::items;

/// The sections of `body_words.txt`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    /// What only a team does to a team: `beat`.
    TeamVerb,
    /// What somebody in a team is: `striker`.
    Player,
    /// What a town has: `airport`.
    CivicNoun,
    /// What an organisation is, before its name.
    Body,
    /// What people can be, too: the `party` of somebody.
    Weak,
    /// Who or what is of an organisation: `CEO`.
    OfBody,
    /// What an organisation has, after its name.
    BodyNoun,
    /// What only an organisation has: `shareholders`.
    Proof,
    /// What an agreement or a law is: the last word of its name, or the last two.
    NoBody,
    /// What begins the name of a post: `Head` of something.
    Post,
    /// A part of a name: `Kingdom`.
    Part,
    /// What precedes the name of a people: `North` Indians.
    Qualifier,
    /// What has a team, and is a country or the like.
    Land,
    /// What an organisation is, without capitals: `committee`.
    Organ,
    /// A short form or a word that names nothing: `ATM`.
    NoName,
    /// What somebody is, or what begins a clause, in an apposition.
    Person,
}

/// The names of the sections, in the order of [`Sign`].
const SECTIONS: [&str; 16] = [
    "team verbs",
    "players",
    "civic nouns",
    "bodies",
    "weak",
    "of bodies",
    "body nouns",
    "proofs",
    "no bodies",
    "posts",
    "parts",
    "qualifiers",
    "lands",
    "organs",
    "no names",
    "persons",
];

type Words = HashMap<&'static str, Signs, FxBuildHasher>;

/// Of what a word is a sign, one bit each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs(u16);

impl Signs {
    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 >> sign as u16 & 1 == 1
    }
}

static SIGNS: Static<Words> = Static::new(|| {
    let mut words = Words::default();
    for (section, word) in items(include_str!("../data/en/body_words.txt")) {
        if let Some(bit) = SECTIONS.iter().position(|name| *name == section) {
            words.entry(word).or_default().0 |= 1 << bit;
        }
    }
    words
});

/// Of what a word is a sign.
pub(super) fn signs(word: &str) -> Signs {
    SIGNS.get(word).copied().unwrap_or_default()
}

/// Whether a word is such a sign.
pub(super) fn is(sign: Sign, word: &str) -> bool {
    signs(word).has(sign)
}

/// The names of countries and of other lands, in capitals.
static LANDS: Static<HashSet<String, FxBuildHasher>> = Static::new(|| {
    let lands = SIGNS.iter().filter(|(_, signs)| signs.has(Sign::Land));
    countries().chain(lands.map(|(land, _)| *land)).map(str::to_uppercase).collect()
});

/// Whether tokens name a country, in lower case or in capitals.
pub(super) fn is_land<T: AsRef<str>>(tokens: &[T]) -> bool {
    LANDS.contains(&spaced(tokens).to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known() {
        let known = |(section, _): (&str, &str)| SECTIONS.contains(&section);
        assert!(items(include_str!("../data/en/body_words.txt")).all(known));
    }

    #[test]
    fn a_land_is_one_in_capitals_too() {
        assert!(is_land(&["SOUTH", "KOREA"]) && is_land(&["Wales"]) && !is_land(&["Leeds"]));
        assert!(is(Sign::TeamVerb, "thrashed") && !is(Sign::TeamVerb, "striker"));
    }
}
