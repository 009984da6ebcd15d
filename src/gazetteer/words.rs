//! Which number represents a piece of a name?
//!
//! Pieces are identified by their [`StringKey`]; keys of pieces of up to 15 bytes need no strings.
//! An entry also holds the node of the trie at which names that begin with the piece continue. A
//! filter precedes the table: two bits per hash, which say whether a name may begin with the piece
//! and whether it may continue with it. The filter is small enough to stay in the cache, and
//! rejects most words of a text.
//!
//! Cost: many pieces are looked up in batches, so that the processor waits for the memory of all of
//! them at once. About 60 bytes of memory per piece.

use super::piece::{NONE, Piece};
use crate::table::Strings;
use crate::text::{Seed, StringKey};

/// An entry: a piece of names.
#[derive(Debug, Clone, Copy)]
struct Word {
    key: StringKey,
    /// The node that the piece leads to, if it is the first of a name.
    root: u32,
    /// Its position among the long strings, if its key is a hash.
    long: u32,
}

/// Pieces of names, numbered from 0.
#[derive(Debug, Default)]
pub(crate) struct Words {
    known: Vec<Word>,
    long: Strings,
    /// The upper half of the hash, and the number plus one; zero if the slot is free.
    slots: Vec<(u32, u32)>,
    /// Two bits per hash, 32 pairs in each number.
    filter: Vec<u64>,
    pub(crate) seed: Seed,
}

/// A name may begin with the piece.
const OPENS: u64 = 1;
/// A name may continue with the piece.
const GOES_ON: u64 = 2;

impl Words {
    /// The node of the names that begin with a piece.
    #[inline]
    pub(crate) fn root(&self, number: u32) -> u32 {
        self.known[number as usize].root
    }

    pub(crate) fn set_root(&mut self, number: u32, node: u32) {
        self.known[number as usize].root = node;
    }

    /// The content of the slot of a hash: a number, or [`NONE`]. It may belong to another piece.
    #[inline]
    pub(crate) fn likely(&self, hash: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        self.slots.get(hash as usize & mask).map_or(NONE, |slot| slot.1.wrapping_sub(1))
    }

    /// Whether a number belongs to a key that contains the whole piece.
    #[inline]
    pub(crate) fn is(&self, number: u32, key: StringKey) -> bool {
        key.is_whole() && self.known.get(number as usize).is_some_and(|word| word.key == key)
    }

    /// The number of a piece, or [`NONE`]; `piece` is read only if the key is a hash.
    pub(crate) fn find(&self, key: StringKey, piece: &str) -> u32 {
        let Some(mask) = self.slots.len().checked_sub(1) else { return NONE };
        let hash = key.hash(self.seed);
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & mask;
        loop {
            let (other, number) = self.slots[at];
            let Some(number) = number.checked_sub(1) else { return NONE };
            if other == tag {
                let word = &self.known[number as usize];
                if word.key == key && (key.is_whole() || self.long.get(word.long as usize) == piece) {
                    return number;
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a piece, which is added if it is new.
    pub(crate) fn number(&mut self, key: StringKey, piece: &str) -> u32 {
        let found = self.find(key, piece);
        if found != NONE {
            return found;
        }
        let number = self.known.len() as u32;
        let mut long = NONE;
        if !key.is_whole() {
            long = self.long.len() as u32;
            self.long.push(piece);
        }
        self.known.push(Word { key, root: NONE, long });
        if self.known.len() * 2 > self.slots.len() {
            let size = (self.slots.len() * 2).max(64);
            self.slots.clear();
            self.slots.resize(size, (0, 0));
            for number in 0..self.known.len() {
                self.place(number as u32);
            }
        } else {
            self.place(number);
        }
        number
    }

    fn place(&mut self, number: u32) {
        let hash = self.known[number as usize].key.hash(self.seed);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = ((hash >> 32) as u32, number + 1);
    }

    /// Builds the filter from the pieces that begin names and those with which names continue.
    pub(crate) fn close(&mut self, later: impl Iterator<Item = u32>) {
        self.filter = vec![0; (self.known.len() / 4).next_power_of_two()];
        for number in 0..self.known.len() {
            if self.known[number].root != NONE {
                self.mark(number, OPENS);
            }
        }
        later.for_each(|number| self.mark(number as usize, GOES_ON));
    }

    fn mark(&mut self, number: usize, bit: u64) {
        let (at, shift) = self.lane(self.known[number].key.hash(self.seed));
        self.filter[at] |= bit << shift;
    }

    #[inline]
    fn lane(&self, hash: u64) -> (usize, u32) {
        // The lower bits choose the slot.
        ((hash >> 37) as usize & self.filter.len().wrapping_sub(1), ((hash >> 32) as u32 & 31) * 2)
    }

    /// Whether a piece with this hash may occur in a name.
    #[inline]
    pub(crate) fn may_occur(&self, piece: &Piece) -> bool {
        let (at, shift) = self.lane(piece.hash);
        self.filter.get(at).is_some_and(|pairs| pairs >> shift & (OPENS | GOES_ON) != 0)
    }
}
