//! Which time expressions does a sentence contain?
//!
//! One pass over the items: the longest rule at each, then neighbours are joined, then each
//! is anchored. Cost: linear in the sentence; a sentence without a word of time is not read at all.

use super::accept::accepted;
use super::anchor::Anchor;
use super::grammar::{GRAMMAR, Grammar};
use super::join::{continued, join, modify, preceded, year_beside};
use super::meaning::{Atom, From, Kind, Named, meaning};
use super::role::Role;
use super::rules::longest;
use super::sentence::{Item, Seen, items};
use super::tense::tense;
use super::value::{Mod, Type};

/// A time expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// Its bytes, half-open, as the tokens were counted.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) sort: Type,
    pub(crate) value: String,
    pub(crate) how: Option<Mod>,
    /// Its first and last day, counted from 1970-01-01.
    pub(crate) days: Option<(i32, i32)>,
}

/// Finds the expressions of one article, sentence by sentence.
#[derive(Default)]
pub(super) struct Finder {
    items: Vec<Item>,
    atoms: Vec<Atom>,
    anchor: Anchor,
}

impl Finder {
    /// What the text named last.
    pub(super) fn anchor(&self) -> Anchor {
        self.anchor.clone()
    }

    /// Continues as if the text after that had not been read.
    pub(super) fn resume(&mut self, anchor: Anchor) {
        self.anchor = anchor;
    }

    /// Begins an article of a day.
    pub(super) fn begin(&mut self, day: Option<i32>) {
        self.anchor = Anchor::of(day);
    }

    /// The longest expression that begins at an item.
    fn atom(&self, grammar: &Grammar, at: usize) -> Option<Atom> {
        let mut before = usize::MAX;
        while let Some(found) = longest(grammar, &self.items, at, before) {
            let atom = meaning(&found, &self.items).and_then(|atom| accepted(atom, &self.items));
            if atom.is_some() {
                return atom;
            }
            before = found.end;
        }
        None
    }

    /// The end of a range of weekdays, which is the first after the start: `Monday through Friday`.
    fn range(&self, first: &Atom, last: &Atom) -> Option<Atom> {
        let (Kind::Weekday(_), Kind::Weekday(weekday)) = (&first.kind, &last.kind) else { return None };
        let word = &self.items.get(first.end).filter(|_| first.end + 1 == last.start)?.word;
        let is_hour = last.clock.is_some() || first.kind == last.kind;
        let links = !is_hour && word.does(Role::Links) && !word.does(Role::And) && !word.does(Role::Or);
        let kind = Kind::Relative(Named::Weekday(*weekday), 1, From::Text);
        links.then(|| Atom { kind, ..last.clone() })
    }

    /// Adds the expressions of a sentence.
    pub(super) fn find<'a>(&mut self, tokens: impl Iterator<Item = Seen<'a>>, found: &mut Vec<Found>) {
        let grammar: &Grammar = &GRAMMAR;
        items(grammar, tokens, &mut self.items);
        self.anchor.sentence();
        self.atoms.clear();
        let mut at = 0;
        while at < self.items.len() {
            match self.atom(grammar, at) {
                Some(atom) => {
                    at = atom.end;
                    if atom.kind == Kind::Skip {
                        continue;
                    }
                    self.atoms.push(atom);
                    preceded(&self.items, &mut self.atoms);
                    while let Some(next) = continued(&self.items, &mut self.atoms) {
                        at = next;
                    }
                }
                None => at += 1,
            }
        }
        join(&self.items, &mut self.atoms);
        for at in 0..self.atoms.len() {
            let before = at.checked_sub(1).map_or(0, |before| self.atoms[before].end);
            modify(grammar, &self.items, &mut self.atoms[at], before);
        }
        for at in 0..self.atoms.len() {
            let atom = &self.atoms[at];
            let tense = tense(&self.items, atom);
            let year = year_beside(&self.atoms, at);
            let range = at.checked_sub(1).and_then(|before| self.range(&self.atoms[before], atom));
            let placed = self.anchor.place(range.as_ref().unwrap_or(atom), tense, year);
            found.push(Found {
                start: self.items[atom.start].start,
                end: self.items[atom.end - 1].end,
                sort: placed.sort,
                value: placed.value,
                how: atom.how,
                days: placed.days,
            });
        }
    }
}
