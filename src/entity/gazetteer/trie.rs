//! Which names begin here?
//!
//! Pieces of names have numbers, and names are paths in a trie over them: a step is a node, the next piece and whether it
//! touches the one before. Steps lie in one hash table; the first step of a name is an array. So a million names need
//! no automaton, and most places of a text are done after one look-up of their word.
//!
//! Cost: a look-up for each piece, and one for each further piece on the path of a name. Some 60 bytes a name.

use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHasher};

use super::piece::{Gap, Piece, closes};

/// No number, no node, no entry.
pub(super) const NONE: u32 = u32::MAX;

/// Strings by number. A slot has half of the hash, so that what is not there needs no comparison.
#[derive(Debug, Default)]
pub(super) struct Words {
    bytes: String,
    ends: Vec<u32>,
    /// The upper half of the hash, and the number plus one; zero where it is free.
    slots: Vec<(u32, u32)>,
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

impl Words {
    fn text(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.bytes[start as usize..self.ends[number as usize] as usize]
    }

    /// The number of a word; [`NONE`] where it has none.
    #[inline]
    pub(super) fn find(&self, word: &str) -> u32 {
        self.slot(word, hash(word)).unwrap_or(NONE)
    }

    #[inline]
    fn slot(&self, word: &str, hash: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & mask;
        loop {
            let (other, number) = self.slots[at];
            let number = number.checked_sub(1)?;
            if other == tag && self.text(number) == word {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a word, a new one where it had none.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let hash = hash(word);
        if let Some(number) = self.slot(word, hash) {
            return number;
        }
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            let size = (self.slots.len() * 2).max(64);
            self.slots.clear();
            self.slots.resize(size, (0, 0));
            for number in 0..self.ends.len() as u32 {
                self.place(self::hash(self.text(number)), number);
            }
        }
        let number = self.ends.len() as u32;
        self.bytes.push_str(word);
        self.ends.push(self.bytes.len() as u32);
        self.place(hash, number);
        number
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = ((hash >> 32) as u32, number + 1);
    }
}

/// A node: the entry of the name that ends here, and whether names go on.
#[derive(Debug, Clone, Copy)]
struct Node {
    entry: u32,
    goes_on: bool,
}

/// Names as sequences of pieces.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// The node of each piece as the first of a name.
    roots: Vec<u32>,
    steps: HashMap<u64, u32, FxBuildHasher>,
    nodes: Vec<Node>,
}

fn step(node: u32, piece: &Piece) -> u64 {
    (u64::from(node) << 33) | (u64::from(piece.number) << 1) | u64::from(piece.gap == Gap::None)
}

impl Trie {
    /// Adds a name; the entry that has it already.
    pub(super) fn add(&mut self, name: &[Piece], entry: u32) -> Option<u32> {
        let (first, rest) = name.split_first()?;
        let new = Node { entry: NONE, goes_on: false };
        let root = first.number as usize;
        if self.roots.len() <= root {
            self.roots.resize(root + 1, NONE);
        }
        if self.roots[root] == NONE {
            self.roots[root] = self.nodes.len() as u32;
            self.nodes.push(new);
        }
        let mut node = self.roots[root];
        for piece in rest {
            self.nodes[node as usize].goes_on = true;
            let next = self.nodes.len() as u32;
            node = *self.steps.entry(step(node, piece)).or_insert(next);
            if node == next {
                self.nodes.push(new);
            }
        }
        let held = &mut self.nodes[node as usize].entry;
        if *held != NONE {
            return Some(*held);
        }
        *held = entry;
        None
    }

    /// The longest name that begins at a piece: the last of its pieces and its entry.
    #[inline]
    pub(super) fn longest(&self, text: &str, pieces: &[Piece], first: usize) -> Option<(usize, u32)> {
        let mut node = *self.roots.get(pieces[first].number as usize)?;
        let (mut found, mut at) = (None, first);
        while node != NONE {
            let Node { entry, goes_on } = self.nodes[node as usize];
            if entry != NONE && closes(text, pieces, at) {
                found = Some((at, entry));
            }
            at += 1;
            match pieces.get(at) {
                Some(piece) if goes_on && piece.number != NONE && piece.gap != Gap::Paragraph => {
                    node = self.steps.get(&step(node, piece)).copied().unwrap_or(NONE);
                }
                _ => break,
            }
        }
        found
    }
}
