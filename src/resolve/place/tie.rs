//! How are the places and nationalities of an article linked to their countries?

use std::collections::BTreeSet;

use super::evidence::{Evidence, Placed, place};
use super::geo::{
    Country, Level, Sense, country_or_demonym, demonym, is_continent, largest_level, people, places, postal,
    state,
};
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::article::{Article, COMMA};
use crate::resolve::key::Key;
use crate::resolve::link::{ArticleEntity, EntityKind, Link, ResolveContext, Resolved};
use crate::resolve::numbering::Units;
use crate::resolve::rule::Rule;

/// The distance in bytes between two items of a list: that of `, `, ` and ` or `, and `.
const LIST: std::ops::Range<u32> = 1..7;

impl Article<'_> {
    pub(crate) fn places(
        &self,
        by_sort: &[Vec<usize>; 5],
        evidence: &Evidence,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Result<()> {
        let chosen = &by_sort[EntityKind::Place as usize];
        let texts: Vec<&str> = chosen.iter().map(|&at| self.place_text(at, context)).collect();
        let placed = self.placed(chosen, &texts, evidence, context)?;
        let mut units = Units::default();
        let mut groups = Units::default();
        let mut named: BTreeSet<Country> = BTreeSet::new();
        let mut next_group = by_sort[EntityKind::Group as usize].iter().copied().peekable();
        for ((&text, &at), &found) in context.watch.through(texts.iter().zip(chosen).zip(&placed)) {
            while let Some(group) = next_group.next_if(|&group| group < at && !context.watch.is_stopped()) {
                named.insert(self.group(group, &mut groups, resolved, context));
            }
            let mut found = found;
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

    /// Where each place is. A place that the text puts into a country is there, and so are the
    /// later mentions of its name, until the text puts the name into another country.
    fn placed(
        &self,
        chosen: &[usize],
        texts: &[&str],
        evidence: &Evidence,
        context: &ResolveContext<'_>,
    ) -> Result<Vec<Placed>> {
        let stated: Vec<Country> = context
            .watch
            .through(texts.iter().zip(chosen))
            .map(|(&text, &at)| self.following(at, text, context))
            .collect();
        // The country that was stated last for a name; before the first mention with a country, the
        // one that is stated first.
        let mut current: Map<&str, Country> = Map::default();
        for (&text, &country) in context.watch.through(texts.iter().zip(&stated)) {
            if country.is_some() {
                current.entry(text).or_insert(country);
            }
        }
        // `Athens, Georgia`: what the name after a place says of it, it says of itself, too.
        let mut named_after: Map<usize, Country> = Map::default();
        for (&at, &country) in context.watch.through(chosen.iter().zip(&stated)) {
            if let Some(next) = self.neighbour(at, COMMA).filter(|_| country.is_some()) {
                named_after.insert(next, country);
            }
        }
        let mut known: Map<(&str, Country), Placed> = Map::default();
        let mut placed = Vec::with_capacity(chosen.len());
        for ((&text, &at), &own) in context.watch.through(texts.iter().zip(chosen).zip(&stated)) {
            if let Some((name, country)) = self.postal_code(at, context) {
                let level = Some(Level::Region);
                let rule = Some(Rule::Region);
                placed.push(Placed { country, level, name: Some(name), rule, ambiguous: false });
                continue;
            }
            if own.is_some() {
                current.insert(text, own);
            }
            let region = named_after.get(&at).copied().filter(|&country| {
                let larger = |candidate: &&Sense| candidate.level != Level::City;
                places(text).iter().filter(larger).any(|candidate| candidate.country == country)
            });
            let country = region.or_else(|| current.get(text).copied()).unwrap_or_default();
            placed.push(*known.entry((text, country)).or_insert_with(|| place(text, country, evidence)));
        }
        context.watch.check()?;
        Ok(placed)
    }

    /// The folded name of a place. `LA` is a city: Louisiana is written `La.`, or `LA` after a
    /// town.
    fn place_text<'r>(&self, place: usize, context: &'r ResolveContext<'_>) -> &'r str {
        match self.only_word(place, context) {
            "LA" | "L.A." => "los angeles",
            _ => self.text(place, context),
        }
    }

    /// The word of a mention of one word; empty if it has more.
    fn only_word<'r>(&self, place: usize, context: &'r ResolveContext<'_>) -> &'r str {
        match self.of(place).words[..] {
            [word] => context.vocabulary.text(word),
            _ => "",
        }
    }

    /// The region and country of a mention that is a postal code after a town: `Salem, OR`.
    fn postal_code(&self, at: usize, context: &ResolveContext<'_>) -> Option<(&'static str, Country)> {
        let word = self.only_word(at, context);
        let code = postal(word.strip_suffix('.').unwrap_or(word))?;
        let before = at.checked_sub(1)?;
        let is_after = self.of(before).comma && self.neighbour(before, COMMA) == Some(at);
        (is_after && context.sort(self.of(before).kind) == EntityKind::Place).then_some(code)
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
        let people = people(text);
        let country = people.or_else(|| country_or_demonym(text)).unwrap_or_default();
        let is_nationality = people.is_none() && country.is_some();
        let key = if is_nationality {
            Key::Place { name: String::new(), country }
        } else {
            Key::Other(singular(text))
        };
        let who = units.number((kind, key.clone()), at, resolved, |full| ArticleEntity {
            name: country.demonym().filter(|_| is_nationality).map(str::to_owned),
            country,
            ..ArticleEntity::new(kind, EntityKind::Group, full, key)
        });
        if is_nationality {
            let full = resolved.who[who as usize].full;
            resolved.links[at] =
                Link { who, via: full, rule: Rule::Demonym, decider: None, ambiguous: false };
        } else {
            self.link_same(place, who, resolved, context);
        }
        country
    }

    /// The country that is named directly after a place: `Sambava, Madagascar`. In a list, `Oslo,
    /// Sweden and Finland`, the next place says nothing about the one before.
    fn following(&self, place: usize, text: &str, context: &ResolveContext<'_>) -> Country {
        let here = places(text);
        let is_large = here.iter().any(|candidate| candidate.level == Level::Country) || is_continent(text);
        if !self.of(place).comma || is_large {
            return Country::NONE;
        }
        let Some(next) = self.neighbour(place, COMMA) else { return Country::NONE };
        if context.sort(self.of(next).kind) != EntityKind::Place {
            return Country::NONE;
        }
        if let Some((_, country)) = self.postal_code(next, context) {
            return country;
        }
        let text = self.text(next, context);
        let level = largest_level(text);
        // What is named after a region is the next item of a list, and so is a country before
        // others.
        let is_town = here.is_empty() || here.iter().any(|candidate| candidate.level == Level::City);
        let is_list = self
            .neighbour(next, LIST)
            .is_some_and(|third| level.is_some() && largest_level(self.text(third, context)) == level);
        let larger = || places(text).iter().filter(|candidate| candidate.level != Level::City);
        let is_here = |candidate: &Sense| here.iter().any(|here| here.country == candidate.country);
        // `Athens, Georgia`: of the country and the state, the one that has such a town.
        let any_here = larger().any(is_here);
        // `Rochester, New York`: the state, which has the name of a city.
        if larger().next().is_none()
            && let Some(country) = state(text)
            && here.iter().any(|here| here.country == country)
            && !self.neighbour(next, LIST).is_some_and(|third| {
                context.sort(self.of(third).kind) == EntityKind::Place
                    && !self.of(third).comma
                    && state(self.text(third, context)).is_none()
            })
        {
            return country;
        }
        let mut country = Country::NONE;
        for candidate in larger() {
            if is_here(candidate) || (is_town && !is_list && !any_here) {
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

/// The name of a group, for all its forms: without the plural ending, and as a noun.
fn singular(text: &str) -> String {
    /// Forms that differ in more than the ending of the plural.
    const FORMS: [(&str, &str); 7] = [
        ("dem", "democrat"),
        ("democratic", "democrat"),
        ("jewish", "jew"),
        ("kurdish", "kurd"),
        ("nazis", "nazi"),
        ("shi'ite", "shia"),
        ("shiite", "shia"),
    ];
    let singular = match (text.strip_suffix("ies"), text.strip_suffix('s')) {
        (Some(stem), _) if stem.len() > 2 => format!("{stem}y"),
        (_, Some(stem))
            if stem.len() > 2
                && (!stem.ends_with(['s', 'u', 'i']) || people(stem).is_some())
                && demonym(text).is_none() =>
        {
            stem.to_owned()
        }
        _ => text.to_owned(),
    };
    FORMS.iter().find(|(form, _)| *form == singular).map_or(singular, |(_, noun)| (*noun).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_singular() {
        assert_eq!(singular("democrats"), "democrat");
        assert_eq!(singular("tories"), "tory");
        assert_eq!(singular("swiss"), "swiss");
        assert_eq!(singular("hindus"), "hindu");
    }

    #[test]
    fn all_forms_of_a_group_are_one() {
        for (forms, noun) in [("democratic dems democrats", "democrat"), ("shiites shi'ite shias", "shia")] {
            assert!(forms.split(' ').all(|form| singular(form) == noun), "{forms}");
        }
    }
}
