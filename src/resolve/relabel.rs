//! Which labels does the article itself correct?
//!
//! A tagger sees sentences, but the names of the whole article provide more evidence. A word in
//! brackets that spells the organisation before it is an organisation. A name with the structure of
//! a name with the surname first is a person. A full name with two different labels gets the more
//! frequent one. And a single word that begins the name of an organisation, or is the surname of a
//! person, is the same, unless there is evidence for its current label.
//!
//! Cost: one look-up per mention and per word of a long name.

use super::article::{Article, COMMA};
use super::link::{EntityKind, ResolveContext};
use super::lists::{Gender, is_firm_word};
use super::organisation::{may_introduce, without_legal_form};
use super::place::{largest_level, places, state};
use crate::error::Result;
use crate::hash::{Map, Set};

/// How many plain mentions a mention with a legal form outweighs as evidence for its label.
const LEGAL_FORM_WEIGHT: usize = 8;

/// The same for a person's name with a title or an age.
const TITLE_WEIGHT: usize = 2;

impl Article<'_> {
    pub(crate) fn relabel(&mut self, context: &ResolveContext<'_>) -> Result<()> {
        self.relabel_brackets(context);
        self.relabel_surnames_first(context);
        self.relabel_full_names(context);
        self.relabel_single_words(context);
        context.watch.check()
    }

    fn relabel_brackets(&mut self, context: &ResolveContext<'_>) {
        for place in context.watch.through(1..self.chosen.len()) {
            let before = self.of(place - 1).kind;
            if self.in_brackets[place]
                && context.sort(before) == EntityKind::Organisation
                && context.sort(self.of(place).kind) != EntityKind::Person
                && self.of(place).closes
                && may_introduce(
                    &self.names[place - 1].parts,
                    &self.names[place].parts,
                    false,
                    context.lexicon,
                )
            {
                self.relabelled(place, before);
            }
        }
    }

    /// Relabels names such as `Park Jin-ho`, `Phan Thuy Linh`: a name that no list of places has,
    /// and whose last word is not one that is common in places.
    fn relabel_surnames_first(&mut self, context: &ResolveContext<'_>) {
        const PLACES: [&str; 14] = [
            "airport",
            "avenue",
            "bay",
            "bridge",
            "city",
            "district",
            "island",
            "lake",
            "park",
            "province",
            "river",
            "road",
            "street",
            "university",
        ];
        let Some(person) = context.kind(EntityKind::Person) else { return };
        for place in context.watch.through(0..self.chosen.len()) {
            let parts = &self.names[place].parts;
            let [first, _, last] = parts[..] else { continue };
            if context.sort(self.of(place).kind) == EntityKind::Place
                && context.lexicon.part(first).surname_first
                && !PLACES.contains(&&*context.lexicon.part(last).text)
                && places(&context.lexicon.text(parts)).is_empty()
            {
                self.relabelled(place, person);
            }
        }
    }

    /// Relabels a name of several words that has two labels with the label of the majority.
    fn relabel_full_names(&mut self, context: &ResolveContext<'_>) {
        let mut counts: Map<&[u32], Map<u8, usize>> = Map::default();
        for place in context.watch.through(0..self.chosen.len()) {
            let parts = without_legal_form(&self.names[place].parts, context.lexicon);
            if parts.len() > 1 {
                let weight = self.weight(place, parts, context);
                *counts.entry(parts).or_default().entry(self.of(place).kind).or_insert(0) += weight;
            }
        }
        let mut changed = Vec::new();
        for place in context.watch.through(0..self.chosen.len()) {
            let parts = without_legal_form(&self.names[place].parts, context.lexicon);
            let Some(counts) = counts.get(parts).filter(|counts| counts.len() > 1) else { continue };
            let own = self.of(place).kind;
            let own_count = counts.get(&own).copied().unwrap_or(0);
            let best = counts.iter().max_by_key(|&(&kind, &count)| (count, std::cmp::Reverse(kind)));
            if let Some((&kind, &count)) = best
                && count > own_count
            {
                changed.push((place, kind));
            }
        }
        for (place, kind) in changed {
            self.relabelled(place, kind);
        }
    }

    /// The weight of a mention as evidence for its label: a legal form counts for an organisation,
    /// a title or an age for a person.
    fn weight(&self, place: usize, parts: &[u32], context: &ResolveContext<'_>) -> usize {
        let found = self.of(place);
        match context.sort(found.kind) {
            EntityKind::Organisation if parts.len() < self.names[place].parts.len() => LEGAL_FORM_WEIGHT,
            EntityKind::Person
                if found.gender != Gender::Unknown || found.rank.is_some() || found.age.is_some() =>
            {
                TITLE_WEIGHT
            }
            _ => 1,
        }
    }

    /// Whether a region or country follows a place: `Lincoln, Nebraska`.
    fn is_placed(&self, place: usize, context: &ResolveContext<'_>) -> bool {
        self.of(place).comma
            && self.neighbour(place, COMMA).is_some_and(|next| {
                context.sort(self.of(next).kind) == EntityKind::Place
                    && (largest_level(self.text(next, context)).is_some()
                        || state(self.text(next, context)).is_some())
            })
    }

    fn relabel_single_words(&mut self, context: &ResolveContext<'_>) {
        // Single words that begin long names, and the labels of those names.
        let mut openings: Map<u32, u8> = Map::default();
        // Those of them that begin the name of a firm, by its last word.
        let mut firms: Set<u32> = Set::default();
        let mut inside_people: Set<u32> = Set::default();
        let mut surnames: Map<u32, u8> = Map::default();
        let mut places_of: Map<u32, usize> = Map::default();
        for place in context.watch.through(0..self.chosen.len()) {
            let found = self.of(place);
            let parts = &self.names[place].parts;
            if let [word] = parts[..]
                && context.sort(found.kind) == EntityKind::Place
            {
                *places_of.entry(word).or_insert(0) += 1;
            }
            let [first, .., last] = parts[..] else { continue };
            match context.sort(found.kind) {
                EntityKind::Organisation => {
                    openings.entry(first).or_insert(found.kind);
                    if is_firm_word(&context.lexicon.part(last).text)
                        || without_legal_form(parts, context.lexicon).len() < parts.len()
                    {
                        firms.insert(first);
                    }
                }
                EntityKind::Person => {
                    inside_people.extend(parts);
                    surnames.entry(last).or_insert(found.kind);
                    if context.lexicon.part(first).surname_first {
                        surnames.entry(first).or_insert(found.kind);
                    }
                }
                _ => {}
            }
        }
        for place in context.watch.through(0..self.chosen.len()) {
            let found = self.of(place);
            let [word] = self.names[place].parts[..] else { continue };
            let sort = context.sort(found.kind);
            let addressed = found.gender != Gender::Unknown || found.rank.is_some() || found.age.is_some();
            let called = context.lexicon.part(word).gender != Gender::Unknown;
            let listed = sort == EntityKind::Place
                && (!places(&context.lexicon.part(word).text).is_empty() || self.is_placed(place, context));
            // A name that is labelled as a place more than once is a place, unless a firm is named
            // after nothing else: `Centerview`, of Centerview Partners.
            let doubtful =
                sort == EntityKind::Person || places_of.get(&word) == Some(&1) || firms.contains(&word);
            let kind = match sort {
                EntityKind::Person | EntityKind::Place
                    if doubtful && !addressed && !called && !listed && !inside_people.contains(&word) =>
                {
                    openings.get(&word)
                }
                EntityKind::Place if !listed => surnames.get(&word),
                _ => None,
            };
            if let Some(&kind) = kind {
                self.relabelled(place, kind);
            }
        }
    }
}
