//! In which country is a place?
//!
//! A name in the lists of countries, regions and cities leads to the countries that have a place
//! with that name. If there are several, the country after the comma decides (`Paris, Texas`); then
//! size, if one place is ten times as large as the others; then the countries that the article
//! names elsewhere; then size, if one place is three times as large. Any other name is ambiguous.
//!
//! Cost: a few look-ups per distinct name.

use std::collections::BTreeMap;

use super::geo::{Country, Level, Sense, country_or_demonym, places};
use crate::resolve::rule::Rule;

/// What is known about a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) country: Country,
    pub(crate) level: Option<Level>,
    /// The usual name of the place; `None` if it is not in the lists.
    pub(crate) name: Option<&'static str>,
    pub(crate) rule: Option<Rule>,
    pub(crate) ambiguous: bool,
}

/// How often an article names each country, in any way.
pub(crate) type Evidence = BTreeMap<Country, usize>;

/// The country that a name denotes without doubt, as evidence for other names.
pub(crate) fn sure(name: &str) -> Country {
    if let Some(country) = country_or_demonym(name) {
        return country;
    }
    match places(name) {
        [one] => one.country,
        _ => Country::NONE,
    }
}

/// Of several places with the same name, one is meant by default if it is this many times as large
/// as each of the others.
const BY_FAR: u32 = 10;

/// The same, for an article that names none of their countries.
const CLEARLY: u32 = 3;

/// The country of a place; `following` is the country that is named directly after it.
pub(crate) fn place(name: &str, following: Country, evidence: &Evidence) -> Placed {
    let candidates = places(name);
    let known = |candidate: &Sense, rule: Rule| Placed {
        country: candidate.country,
        level: Some(candidate.level),
        name: Some(candidate.name),
        rule: Some(rule),
        ambiguous: false,
    };
    if following.is_some() {
        let listed = candidates.iter().find(|candidate| candidate.country == following);
        return listed.map_or(
            Placed {
                country: following,
                level: None,
                name: None,
                rule: Some(Rule::PlaceNamed),
                ambiguous: false,
            },
            |candidate| known(candidate, Rule::PlaceNamed),
        );
    }
    let unknown = Placed { country: Country::NONE, level: None, name: None, rule: None, ambiguous: false };
    match candidates {
        [] => unknown,
        [one] => known(one, rule_of(one.level)),
        _ => {
            if let Some(largest) = larger(candidates, BY_FAR) {
                return known(largest, Rule::PlaceBySize);
            }
            let mut named = candidates.iter().filter(|candidate| evidence.contains_key(&candidate.country));
            match (named.next(), named.next(), larger(candidates, CLEARLY)) {
                (Some(one), None, _) => known(one, Rule::PlaceByArticle),
                (None, _, Some(largest)) => known(largest, Rule::PlaceBySize),
                _ => Placed { ambiguous: true, ..unknown },
            }
        }
    }
}

fn rule_of(level: Level) -> Rule {
    match level {
        Level::Country => Rule::Country,
        Level::Region => Rule::Region,
        Level::City => Rule::City,
    }
}

/// The candidate that is at least `times` times as large as any in another country.
fn larger(candidates: &[Sense], times: u32) -> Option<&Sense> {
    let largest = candidates.iter().max_by_key(|candidate| candidate.size)?;
    let alone = candidates
        .iter()
        .filter(|other| other.country != largest.country)
        .all(|other| other.size.saturating_mul(times) <= largest.size);
    alone.then_some(largest)
}

/// The country that an article is about: the one that it names most often, if it is unique.
pub(crate) fn about(evidence: &Evidence) -> Country {
    let most = evidence.values().max().copied().unwrap_or(0);
    let mut leading = evidence.iter().filter(|&(_, &count)| count == most);
    match (leading.next(), leading.next()) {
        (Some((&country, _)), None) => country,
        _ => Country::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, following: &str, named: &[&str]) -> (Option<&'static str>, bool) {
        let evidence = named.iter().map(|code| (Country::of_code(code), 1)).collect();
        let placed = place(name, Country::of_code(following), &evidence);
        (placed.country.code(), placed.ambiguous)
    }

    #[test]
    fn a_place_is_where_the_article_says() {
        assert_eq!(code("paris", "", &[]), (Some("FR"), false));
        assert_eq!(code("paris", "US", &[]), (Some("US"), false));
        assert_eq!(code("london", "", &["CA"]), (Some("GB"), false));
        assert_eq!(code("hyderabad", "", &["PK"]), (Some("PK"), false));
        assert_eq!(code("korea", "", &["KR", "JP"]), (Some("KR"), false));
        assert_eq!(code("korea", "", &["KR", "KP"]), (None, true));
        assert_eq!(code("georgia", "", &[]), (None, true));
        assert_eq!(code("atlantis", "", &["US"]), (None, false));
    }
}
