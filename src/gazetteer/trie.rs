//! Which names begin here?
//!
//! Names are paths in a trie over their pieces. A step consists of a node, the next piece, and
//! whether that piece touches the one before. Steps are stored in one hash table with slots of
//! eight bytes, which hold half of the hash and the node that the step leads to; the node stores
//! its step for comparison. So a million names need no automaton.
//!
//! Cost: one look-up per further piece on the path of a name, and about 40 bytes of memory per
//! name.

use super::piece::{Gap, NONE, Piece, closes};
use super::words::Words;

/// A node: the step that leads to it, the entry of the name that ends here, and whether names
/// continue.
#[derive(Debug, Clone, Copy)]
struct Node {
    step: u64,
    entry: u32,
    goes_on: bool,
}

/// Names as sequences of pieces.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    /// The upper half of the hash of a step, and its node plus one; zero if the slot is free.
    slots: Vec<(u32, u32)>,
    steps: usize,
}

/// The step of a first piece.
const ROOT: u64 = u64::MAX;

#[inline]
fn step(node: u32, piece: &Piece) -> u64 {
    (u64::from(node) << 33) | (u64::from(piece.number) << 1) | u64::from(piece.gap == Gap::None)
}

#[inline]
fn hash(step: u64) -> u64 {
    let product = u128::from(step ^ 0x9e37_79b9_7f4a_7c15) * 0xd1b5_4a32_d192_ed03;
    (product as u64) ^ (product >> 64) as u64
}

impl Trie {
    /// Adds names and returns the node of each. `names` says where the pieces of each begin,
    /// followed by the end of the last. All names take one step before any takes the next, so that
    /// the memory accesses of many names overlap.
    pub(crate) fn add_all(&mut self, pieces: &[Piece], names: &[usize], words: &mut Words) -> Vec<u32> {
        let mut at: Vec<u32> = names[..names.len() - 1]
            .iter()
            .map(|&first| {
                let word = pieces[first].number;
                let root = words.root(word);
                if root != NONE {
                    return root;
                }
                let root = self.grow(ROOT);
                words.set_root(word, root);
                root
            })
            .collect();
        let longest = names.windows(2).map(|ends| ends[1] - ends[0]).max().unwrap_or(0);
        let mut steps: Vec<(usize, u64)> = Vec::with_capacity(at.len());
        for depth in 1..longest {
            steps.clear();
            let mut touched = 0;
            for (name, ends) in names.windows(2).enumerate() {
                if ends[0] + depth < ends[1] {
                    let step = step(at[name], &pieces[ends[0] + depth]);
                    touched ^= self.touch(step);
                    steps.push((name, step));
                }
            }
            std::hint::black_box(touched);
            for &(name, step) in &steps {
                self.nodes[at[name] as usize].goes_on = true;
                at[name] = self.number(step);
            }
        }
        at
    }

    /// The entry of a node; set to `entry` if it had none.
    pub(crate) fn entry(&mut self, node: u32, entry: u32) -> u32 {
        let held = &mut self.nodes[node as usize].entry;
        if *held == NONE {
            *held = entry;
        }
        *held
    }

    /// The pieces with which names continue.
    pub(crate) fn later(&self) -> impl Iterator<Item = u32> {
        self.nodes.iter().filter(|node| node.step != ROOT).map(|node| (node.step >> 1) as u32)
    }

    fn grow(&mut self, step: u64) -> u32 {
        self.nodes.push(Node { step, entry: NONE, goes_on: false });
        self.nodes.len() as u32 - 1
    }

    /// The node that a step leads to, which is created if it is new.
    fn number(&mut self, step: u64) -> u32 {
        let found = self.find(step);
        if found != NONE {
            return found;
        }
        let node = self.grow(step);
        self.steps += 1;
        if self.steps * 3 > self.slots.len() * 2 {
            let size = (self.slots.len() * 2).max(64);
            self.slots.clear();
            self.slots.resize(size, (0, 0));
            for node in 0..self.nodes.len() {
                if self.nodes[node].step != ROOT {
                    self.place(self.nodes[node].step, node as u32);
                }
            }
        } else {
            self.place(step, node);
        }
        node
    }

    fn place(&mut self, step: u64, node: u32) {
        let hash = hash(step);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = ((hash >> 32) as u32, node + 1);
    }

    #[inline]
    fn find(&self, step: u64) -> u32 {
        let Some(mask) = self.slots.len().checked_sub(1) else { return NONE };
        let hash = hash(step);
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & mask;
        loop {
            let (other, node) = self.slots[at];
            let Some(node) = node.checked_sub(1) else { return NONE };
            if other == tag && self.nodes[node as usize].step == step {
                return node;
            }
            at = (at + 1) & mask;
        }
    }

    /// Prefetches the memory in which a step will be looked up.
    #[inline]
    fn touch(&self, step: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        self.slots.get(hash(step) as usize & mask).map_or(0, |slot| slot.0)
    }

    /// The step from the node of a first piece to the piece after it, if names continue: the step
    /// that [`longest`](Self::longest) will look up. Prefetches its memory.
    #[inline]
    pub(crate) fn touch_second(&self, pieces: &[Piece], first: usize, root: u32) -> u32 {
        match pieces.get(first + 1) {
            Some(piece) if piece.number != NONE && self.nodes[root as usize].goes_on => {
                self.touch(step(root, piece))
            }
            _ => 0,
        }
    }

    /// The longest name that begins at a piece with this node: its last piece and its entry.
    #[inline]
    pub(crate) fn longest(
        &self,
        text: &str,
        pieces: &[Piece],
        first: usize,
        root: u32,
    ) -> Option<(usize, u32)> {
        let (mut node, mut found, mut at) = (root, None, first);
        while node != NONE {
            let Node { entry, goes_on, .. } = self.nodes[node as usize];
            if entry != NONE && closes(text, pieces, at) {
                found = Some((at, entry));
            }
            at += 1;
            match pieces.get(at) {
                Some(piece) if goes_on && piece.number != NONE && piece.gap != Gap::Paragraph => {
                    node = self.find(step(node, piece));
                }
                _ => break,
            }
        }
        found
    }
}
