//! How are the places and nationalities of an article linked to their countries?

use std::collections::BTreeSet;

use super::evidence::{Evidence, Placed, place};
use super::geo::{Country, Level, country_or_demonym, demonym, places};
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::article::Article;
use crate::resolve::key::Key;
use crate::resolve::link::{ArticleEntity, EntityKind, Link, ResolveContext, Resolved};
use crate::resolve::numbering::Units;
use crate::resolve::rule::Rule;

/// The distance in bytes from a place to the country after it: that of `, `, with or without the
/// space.
const COMMA: std::ops::Range<u32> = 1..3;

impl Article<'_> {
    pub(crate) fn places(
        &self,
        by_sort: &[Vec<usize>; 5],
        evidence: &Evidence,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Result<()> {
        let chosen = &by_sort[EntityKind::Place as usize];
        let texts: Vec<&str> = chosen.iter().map(|&at| self.text(at, context)).collect();
        // A place is in the country that any of its mentions names.
        let mut following: Map<&str, Country> = Map::default();
        for (&text, &at) in context.watch.through(texts.iter().zip(chosen)) {
            let country = self.following(at, text, context);
            if country.is_some() {
                following.entry(text).or_insert(country);
            }
        }
        let mut placed: Map<&str, Placed> = Map::default();
        for &text in context.watch.through(&texts) {
            let following = following.get(text).copied().unwrap_or_default();
            placed.entry(text).or_insert_with(|| place(text, following, evidence));
        }
        context.watch.check()?;
        let mut units = Units::default();
        let mut groups = Units::default();
        let mut named: BTreeSet<Country> = BTreeSet::new();
        let mut next_group = by_sort[EntityKind::Group as usize].iter().copied().peekable();
        for (&text, &at) in context.watch.through(texts.iter().zip(chosen)) {
            while let Some(group) = next_group.next_if(|&group| group < at && !context.watch.is_stopped()) {
                named.insert(self.group(group, &mut groups, resolved, context));
            }
            let mut found = placed[text];
            let mut short = None;
            if let Some(country) = self.short_country(at, text, &named) {
                found = Placed {
                    country,
                    level: Some(Level::Country),
                    name: country.name(),
                    rule: None,
                    ambiguous: false,
                };
                short = Some(Rule::ShortCountry);
            }
            if found.level == Some(Level::Country) {
                named.insert(found.country);
            }
            self.place(at, text, found, short, &mut units, resolved, context);
        }
        for group in context.watch.through(next_group) {
            self.group(group, &mut groups, resolved, context);
        }
        context.watch.check()
    }

    #[expect(clippy::too_many_arguments, reason = "the properties of one mention, and its destination")]
    fn place(
        &self,
        place: usize,
        text: &str,
        found: Placed,
        short: Option<Rule>,
        units: &mut Units<(u8, Key)>,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) {
        let (at, kind) = (self.chosen[place], self.of(place).kind);
        let river = text.strip_suffix(" river").filter(|stem| places(stem).is_empty());
        let name = match (found.level, found.name) {
            (Some(Level::Country), _) => String::new(),
            (_, Some(name)) => crate::resolve::fold::folded(name),
            _ => river.unwrap_or(text).to_owned(),
        };
        let key = Key::Place { name, country: found.country };
        let who = units.number((kind, key.clone()), at, resolved, |full| ArticleEntity {
            name: found.name.map(str::to_owned),
            country: found.country,
            ..ArticleEntity::new(kind, EntityKind::Place, full, key)
        });
        let entity = &mut resolved.who[who as usize];
        let full = entity.full as usize;
        if river.is_some() && self.found[full].words.len() < self.of(place).words.len() {
            entity.full = at as u32;
        }
        entity.ambiguous |= found.ambiguous;
        let full = entity.full as usize;
        let rule = match short.or(found.rule) {
            Some(rule) => rule,
            None if full == at => Rule::FullForm,
            None if self.found[full].words.len() == self.of(place).words.len() => {
                self.same_or_spelt(at, full, context)
            }
            None => Rule::River,
        };
        resolved.links[at] = Link { who, via: full as u32, rule, decider: None, ambiguous: found.ambiguous };
    }

    /// Links a nationality or group; returns its country.
    fn group(
        &self,
        place: usize,
        units: &mut Units<(u8, Key)>,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Country {
        let (at, kind) = (self.chosen[place], self.of(place).kind);
        let text = self.text(place, context);
        let country = country_or_demonym(text).unwrap_or_default();
        let key = if country.is_some() {
            Key::Place { name: String::new(), country }
        } else {
            Key::Other(singular(text))
        };
        let who = units.number((kind, key.clone()), at, resolved, |full| ArticleEntity {
            name: country.demonym().map(str::to_owned),
            country,
            ..ArticleEntity::new(kind, EntityKind::Group, full, key)
        });
        if country.is_some() {
            let full = resolved.who[who as usize].full;
            resolved.links[at] =
                Link { who, via: full, rule: Rule::Demonym, decider: None, ambiguous: false };
        } else {
            self.link_same(place, who, resolved, context);
        }
        country
    }

    /// The country that is named directly after a place: `Sambava, Madagascar`.
    fn following(&self, place: usize, text: &str, context: &ResolveContext<'_>) -> Country {
        let here = places(text);
        if !self.of(place).comma || here.iter().any(|candidate| candidate.level == Level::Country) {
            return Country::NONE;
        }
        let Some(next) = self.neighbour(place, COMMA) else { return Country::NONE };
        if context.sort(self.of(next).kind) != EntityKind::Place {
            return Country::NONE;
        }
        let next = self.text(next, context);
        let larger = places(next).iter().filter(|candidate| candidate.level != Level::City);
        let mut country = Country::NONE;
        for candidate in larger {
            if here.is_empty() || here.iter().any(|here| here.country == candidate.country) {
                // A region that exists in two countries gives no information.
                if country.is_some() {
                    return Country::NONE;
                }
                country = candidate.country;
            }
        }
        country
    }

    /// The country that `the North`, `the South` and `the States` denote.
    fn short_country(&self, place: usize, text: &str, named: &BTreeSet<Country>) -> Option<Country> {
        if !self.of(place).the {
            return None;
        }
        let code = match text {
            "north" => "KP",
            "south" => "KR",
            "states" => return Some(Country::of_code("US")),
            _ => return None,
        };
        let country = Country::of_code(code);
        named.contains(&country).then_some(country)
    }
}

/// The name of a group without its plural ending.
fn singular(text: &str) -> String {
    if let Some(stem) = text.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    match text.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) && demonym(text).is_none() => {
            stem.to_owned()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_singular() {
        assert_eq!(singular("democrats"), "democrat");
        assert_eq!(singular("tories"), "tory");
        assert_eq!(singular("swiss"), "swiss");
    }
}
