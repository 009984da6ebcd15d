//! Which buffers does a thread reuse from article to article?

use std::ops::Range;

use super::chunk::Chunk;
use super::graph::Graph;
use super::phrase::{Phrases, Sequences, Slots};
use crate::hash::Map;

/// Scratch buffers of the methods.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) phrases: Phrases,
    pub(super) slots: Slots,
    pub(super) sequences: Sequences,
    pub(super) graph: Graph,
    pub(super) chunks: Vec<Chunk>,
    pub(super) runs: Vec<Range<usize>>,
    pub(super) everywhere: Vec<(u32, f64)>,
    pub(super) pairs: Map<(u32, u32), u32>,
}
