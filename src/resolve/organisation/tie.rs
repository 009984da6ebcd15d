//! How are the organisations of an article linked to each other, and the institutions among them to
//! a country?

use super::parts::{Mentioned, Organisations, Step, may_introduce, without_legal_form};
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::article::Article;
use crate::resolve::fold::folded;
use crate::resolve::key::Key;
use crate::resolve::link::{ArticleEntity, EntityKind, Link, ResolveContext, Resolved};
use crate::resolve::lists::{in_order, institution_countries, is_institution, organisation};
use crate::resolve::numbering::Units;
use crate::resolve::place::{Country, country_or_demonym};
use crate::resolve::place::{Evidence, about};
use crate::resolve::rule::Rule;

/// The distance in bytes from an institution to its country: that of ` of ` or ` of the `.
const OF: std::ops::Range<u32> = 4..9;

/// The maximum number of words in a country that begins the name of an institution.
const MOST_COUNTRY_WORDS: usize = 3;

/// An institution of a country.
struct Institution {
    /// Its name without that of the country.
    name: String,
    country: Country,
}

/// The full name of a listed organisation that is an institution of a country: the `Treasury
/// Department` is the treasury of the United States.
fn known_institution(Institution { name, country }: &Institution) -> Option<&'static str> {
    organisation(&format!("{} {name}", country.code()?.to_lowercase()))
}

/// The country of an institution that the article gives none: among the countries that have one of
/// this name, the one that the article is about, and otherwise the one that is meant by default.
fn institution_country(name: &str, evidence: &Evidence) -> Country {
    let codes = institution_countries(name);
    if codes.is_empty() {
        return about(evidence);
    }
    let listed: Vec<Country> = codes.split(' ').map(Country::of_code).collect();
    let here: Evidence =
        evidence.iter().filter(|(country, _)| listed.contains(country)).map(|(&a, &b)| (a, b)).collect();
    match about(&here) {
        Country::NONE if here.is_empty() => listed.first().copied().unwrap_or_default(),
        country => country,
    }
}

impl Article<'_> {
    pub(crate) fn organisations(
        &self,
        chosen: &[usize],
        evidence: &Evidence,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Result<()> {
        let mentions = self.mentioned(chosen, context)?;
        let mut organisations = Organisations::new(&mentions, context.lexicon, context.watch)?;
        let mut roots: Vec<usize> =
            (0..organisations.cores.len()).map(|core| organisations.root(core)).collect();
        let cores = &organisations.cores;
        // The fullest name of each: the one with the most words, then the first.
        let mut fullest: Vec<usize> = (0..cores.len()).collect();
        for core in 0..cores.len() {
            let best = &mut fullest[roots[core]];
            if (cores[core].parts.len(), !cores[core].capitals)
                > (cores[*best].parts.len(), !cores[*best].capitals)
            {
                *best = core;
            }
        }
        let mut institutions: Vec<Option<Institution>> = (0..cores.len()).map(|_| None).collect();
        for (nth, &place) in context.watch.through(chosen.iter().enumerate()) {
            let core = organisations.of_mention[nth];
            let said = self.institution(place, &context.lexicon.text(&cores[core].parts), context);
            let slot = &mut institutions[roots[core]];
            if said.is_some() && slot.is_none() {
                *slot = said;
            }
        }
        Self::unite(&mut roots, &institutions, &mut organisations, context);
        let cores = &organisations.cores;
        let mut units = Units::default();
        for (nth, &place) in context.watch.through(chosen.iter().enumerate()) {
            let (at, core) = (self.chosen[place], organisations.of_mention[nth]);
            let (root, kind) = (roots[core], self.of(place).kind);
            let full = &cores[fullest[root]];
            let first = self.chosen[chosen[full.first]];
            let who = units.number((kind, root), at, resolved, |_| {
                let text = context.lexicon.text(&full.parts);
                let default = is_institution(&text).then(|| Institution {
                    country: institution_country(&text, evidence),
                    name: text.clone(),
                });
                let stated = institutions[root].as_ref();
                let known = full.known.or_else(|| known_institution(stated.or(default.as_ref())?));
                let (key, country) = if let Some(known) = known {
                    let country = stated.or(default.as_ref()).map(|institution| institution.country);
                    (Key::Other(folded(known)), country.unwrap_or_default())
                } else if let Some(Institution { name, country }) = &institutions[root] {
                    (Key::Place { name: in_order(name), country: *country }, *country)
                } else if let Some(Institution { name, country }) = &default {
                    (Key::Place { name: in_order(name), country: *country }, *country)
                } else {
                    (Key::Other(in_order(&text)), Country::NONE)
                };
                ArticleEntity {
                    name: known.map(str::to_owned),
                    country,
                    ..ArticleEntity::new(kind, EntityKind::Organisation, first, key)
                }
            });
            let decider = match (resolved.who[who as usize].country.is_some(), &institutions[root]) {
                (false, _) => None,
                (true, Some(_)) => Some(Rule::InstitutionNamed),
                (true, None) => Some(Rule::InstitutionArticle),
            };
            self.note(nth, chosen, &organisations, (who, decider), resolved, context);
        }
        context.watch.check()
    }

    /// An institution without a country is the only one of its name that the article gives a
    /// country:
    /// `the Supreme Court` is the `US Supreme Court`.
    fn unite(
        roots: &mut [usize],
        institutions: &[Option<Institution>],
        organisations: &mut Organisations,
        context: &ResolveContext<'_>,
    ) {
        let mut named: Map<&str, Option<usize>> = Map::default();
        for (root, institution) in institutions.iter().enumerate() {
            if let Some(Institution { name, .. }) = institution {
                named.entry(name).and_modify(|only| *only = None).or_insert(Some(root));
            }
        }
        for core in context.watch.through(0..organisations.cores.len()) {
            let root = roots[core];
            let text = context.lexicon.text(&organisations.cores[root].parts);
            if institutions[root].is_some() || organisations.cores[root].known.is_some() {
                continue;
            }
            if let Some(&Some(to)) = named.get(&*text) {
                roots[core] = roots[to];
                organisations.cores[core].step.get_or_insert(Step { rule: Rule::ShortName, to });
            }
        }
    }

    /// Links a mention, and records what it says about its entity.
    fn note(
        &self,
        nth: usize,
        chosen: &[usize],
        organisations: &Organisations,
        (who, decider): (u32, Option<Rule>),
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) {
        let at = self.chosen[chosen[nth]];
        let core = &organisations.cores[organisations.of_mention[nth]];
        let entity = &mut resolved.who[who as usize];
        entity.ambiguous |= core.ambiguous;
        if let Some(Step { rule: Rule::IntroducedAcronym, .. }) = core.step {
            entity.acronym.get_or_insert_with(|| context.lexicon.text(&core.parts));
        }
        let full = entity.full;
        let (rule, via) = match core.step {
            _ if core.ambiguous => (Rule::Ambiguous, at),
            Some(Step { rule, to }) => (rule, self.chosen[chosen[organisations.cores[to].first]]),
            None if entity.name.is_some()
                && entity.key != Key::Other(in_order(&context.lexicon.text(&core.parts))) =>
            {
                (Rule::KnownName, at)
            }
            None if full as usize == at => (Rule::FullForm, at),
            None => {
                let first = self.chosen[chosen[core.first]];
                let parts = |at: usize| &self.names[chosen[at]].parts;
                match () {
                    () if parts(nth) != parts(core.first) => (Rule::LegalForm, first),
                    () if first == at => (Rule::FullForm, at),
                    () => (self.same_or_spelt(at, first, context), first),
                }
            }
        };
        resolved.links[at] = Link { who, via: via as u32, rule, decider, ambiguous: core.ambiguous };
    }

    fn mentioned(&self, chosen: &[usize], context: &ResolveContext<'_>) -> Result<Vec<Mentioned<'_>>> {
        let mut mentions: Vec<Mentioned<'_>> = context
            .watch
            .through(chosen)
            .map(|&place| Mentioned {
                parts: &self.names[place].parts,
                capitals: self.has_capitals(place, context),
                introduced_by: None,
                in_headline: self.of(place).in_headline,
            })
            .collect();
        context.watch.check()?;
        for nth in context.watch.through(1..chosen.len()) {
            let (before, here) = (chosen[nth - 1], chosen[nth]);
            if here != before + 1 || !self.in_brackets[here] || !self.of(here).closes {
                continue;
            }
            let without = |nth: usize| without_legal_form(mentions[nth].parts, context.lexicon);
            if may_introduce(without(nth - 1), without(nth), mentions[nth].capitals, context.lexicon) {
                mentions[nth].introduced_by = Some(nth - 1);
            } else if may_introduce(without(nth), without(nth - 1), false, context.lexicon) {
                mentions[nth - 1].introduced_by = Some(nth);
            }
        }
        context.watch.check()?;
        Ok(mentions)
    }

    /// Whether a mention is one word with capitals after the first letter.
    fn has_capitals(&self, place: usize, context: &ResolveContext<'_>) -> bool {
        match self.of(place).words[..] {
            [word] => context.vocabulary.text(word).chars().filter(|c| c.is_uppercase()).count() > 1,
            _ => false,
        }
    }

    /// The institution that a name and its context denote: `China's foreign ministry`, `the U.S.
    /// Supreme Court`.
    fn institution(&self, place: usize, text: &str, context: &ResolveContext<'_>) -> Option<Institution> {
        let named = |name: &str, country: Country| Some(Institution { name: name.to_owned(), country });
        let country = |text: &str| country_or_demonym(text).filter(|country| country.is_some());
        // The country begins the name, or ends it after `of`.
        for (at, _) in text.match_indices(' ').take(MOST_COUNTRY_WORDS) {
            if let Some(country) = country(&text[..at])
                && is_institution(&text[at + 1..])
            {
                return named(&text[at + 1..], country);
            }
        }
        if let Some((name, owner)) = text.rsplit_once(" of ")
            && let Some(country) = country(owner.trim_start_matches("the "))
            && is_institution(name)
        {
            return named(name, country);
        }
        if !is_institution(text) {
            return None;
        }
        if let Some(before) = place.checked_sub(1) {
            let (before_end, here) = (self.of(before).span.end, self.of(place));
            let touches = here.span.start.checked_sub(before_end) == Some(1);
            if (touches || here.owner_end == Some(before_end))
                && let Some(country) = country(self.text(before, context))
            {
                return named(text, country);
            }
        }
        if self.of(place).of
            && let Some(next) = self.neighbour(place, OF)
            && let Some(country) = country(self.text(next, context))
        {
            return named(text, country);
        }
        None
    }
}
