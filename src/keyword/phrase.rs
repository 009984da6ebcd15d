//! What does a method record about a phrase?

use std::ops::Range;

use super::document::Document;
use super::word::Words;
use crate::hash::Map;

/// A phrase of a document: the occurrence that is shown, and the result of the method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Phrase {
    /// The first token of the occurrence that is shown.
    pub(super) at: u32,
    /// The number of its tokens.
    pub(super) len: u32,
    /// The score that the method gives it.
    pub(super) score: f64,
    /// The number of its occurrences in the document.
    pub(super) count: u32,
    /// The entity that it names, if it is shown under the full name of one.
    pub(super) entity: Option<u32>,
}

/// Numbers for sequences of integers. A sequence is identified by the number of all its items but
/// the last, and the last item.
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

    /// The number of the sequence that extends another by one item.
    pub(super) fn next(&mut self, before: u32, item: u32) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry((before, item)).or_insert(next)
    }

    /// The number of a sequence.
    pub(super) fn of(&mut self, items: impl IntoIterator<Item = u32>) -> u32 {
        items.into_iter().fold(EMPTY, |before, item| self.next(before, item))
    }
}

/// A map from numbers to positions, as an array with one slot per number.
#[derive(Debug, Default)]
pub(super) struct Slots {
    slots: Vec<u32>,
    /// The numbers that have a position. Clearing takes as long as filling, regardless of the
    /// length of the array.
    touched: Vec<u32>,
}

impl Slots {
    pub(super) fn clear(&mut self) {
        for number in self.touched.drain(..) {
            self.slots[number as usize] = 0;
        }
    }

    /// The position of a number, if it has one.
    pub(super) fn get(&self, number: u32) -> Option<usize> {
        self.slots.get(number as usize).filter(|&&slot| slot != 0).map(|&slot| slot as usize - 1)
    }

    /// Sets the position of a number.
    pub(super) fn set(&mut self, number: u32, position: usize) {
        if self.slots.len() <= number as usize {
            self.slots.resize((number as usize + 1).next_power_of_two(), 0);
        }
        self.slots[number as usize] = position as u32 + 1;
        self.touched.push(number);
    }
}

/// The distinct phrases of a document.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pub(super) list: Vec<Phrase>,
    sequences: Sequences,
    positions: Slots,
}

impl Phrases {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.sequences.clear();
        self.positions.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds an occurrence. Two phrases are the same if they are equal in lower case. The first
    /// occurrence is the one that is shown, and the highest score counts.
    pub(super) fn push(&mut self, document: &Document, words: &Words, run: Range<usize>, score: f64) {
        let number = self.sequences.of(run.clone().map(|at| words.of(document.tokens[at]).term));
        if let Some(position) = self.positions.get(number) {
            let phrase = &mut self.list[position];
            phrase.count += 1;
            phrase.score = phrase.score.max(score);
        } else {
            self.positions.set(number, self.list.len());
            self.list.push(Phrase {
                at: run.start as u32,
                len: run.len() as u32,
                score,
                count: 1,
                entity: None,
            });
        }
    }
}
