//! What is a ranked phrase?

use std::ops::Range;

use super::document::Document;
use super::word::Words;
use crate::hash::Map;

/// A phrase of one document: an occurrence that shows it, and what a method says of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Phrase {
    /// The first token of the occurrence that shows it.
    pub(super) at: u32,
    /// Its tokens.
    pub(super) len: u32,
    /// What the method says.
    pub(super) score: f64,
    /// How often it stands in the document.
    pub(super) count: u32,
}

/// Numbers for sequences of numbers: each is that of the sequence before its last, together with its last.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    numbers: Map<(u32, u32), u32>,
}

/// The empty sequence.
pub(super) const EMPTY: u32 = u32::MAX;

impl Sequences {
    pub(super) fn clear(&mut self) {
        self.numbers.clear();
    }

    /// The number of a sequence with one more item.
    pub(super) fn next(&mut self, before: u32, item: u32) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry((before, item)).or_insert(next)
    }

    /// The number of a sequence.
    pub(super) fn of(&mut self, items: impl IntoIterator<Item = u32>) -> u32 {
        items.into_iter().fold(EMPTY, |before, item| self.next(before, item))
    }
}

/// A place for each number that has one.
#[derive(Debug, Default)]
pub(super) struct Slots {
    slots: Vec<u32>,
    /// The numbers that have a place: clearing takes as long as filling did, not as there are numbers.
    touched: Vec<u32>,
}

impl Slots {
    pub(super) fn clear(&mut self) {
        for number in self.touched.drain(..) {
            self.slots[number as usize] = 0;
        }
    }

    /// The place of a number, if it has one.
    pub(super) fn get(&self, number: u32) -> Option<usize> {
        self.slots.get(number as usize).filter(|&&slot| slot != 0).map(|&slot| slot as usize - 1)
    }

    /// Gives a number its place.
    pub(super) fn set(&mut self, number: u32, place: usize) {
        if self.slots.len() <= number as usize {
            self.slots.resize((number as usize + 1).next_power_of_two(), 0);
        }
        self.slots[number as usize] = place as u32 + 1;
        self.touched.push(number);
    }
}

/// The distinct phrases of a document.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pub(super) list: Vec<Phrase>,
    sequences: Sequences,
    places: Slots,
}

impl Phrases {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.sequences.clear();
        self.places.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds an occurrence. Phrases are the same where they fold to the same lower case; the first occurrence shows them, and
    /// the highest score counts.
    pub(super) fn push(&mut self, document: &Document, words: &Words, run: Range<usize>, score: f64) {
        let number = self.sequences.of(run.clone().map(|at| words.of(document.tokens[at]).term));
        if let Some(place) = self.places.get(number) {
            let phrase = &mut self.list[place];
            phrase.count += 1;
            phrase.score = phrase.score.max(score);
        } else {
            self.places.set(number, self.list.len());
            self.list.push(Phrase { at: run.start as u32, len: run.len() as u32, score, count: 1 });
        }
    }
}
