//! How much of a page lies under an element?
//!
//! Cost: one pass over the blocks; a look-up is two binary searches.

use std::ops::Range;

use super::blocks::Block;
use crate::read::markup::tree::Tree;

/// Sums of what lies under an element: blocks are in the order of the tree.
pub(super) struct Sums {
    /// Where the blocks are.
    pub(super) nodes: Vec<u32>,
    before: Vec<u32>,
}

impl Sums {
    pub(super) fn new(blocks: &[Block], weight: impl Fn(usize, &Block) -> u32) -> Self {
        let mut sum = 0;
        let mut before = vec![0];
        before.extend(blocks.iter().enumerate().map(|(at, block)| {
            sum += weight(at, block);
            sum
        }));
        Self { nodes: blocks.iter().map(|block| block.first).collect(), before }
    }

    /// The positions of the blocks under an element.
    pub(super) fn range(&self, tree: &Tree<'_>, node: usize) -> Range<usize> {
        let from = self.nodes.partition_point(|&first| (first as usize) <= node);
        let to = self.nodes.partition_point(|&first| first < tree.nodes[node].end);
        from..to.max(from)
    }

    /// The sum of some blocks.
    pub(super) fn between(&self, range: Range<usize>) -> u32 {
        self.before[range.end].saturating_sub(self.before[range.start.min(range.end)])
    }

    pub(super) fn under(&self, tree: &Tree<'_>, node: usize) -> u32 {
        self.between(self.range(tree, node))
    }
}
