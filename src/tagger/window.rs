//! Which words around a token does the tagger see?

/// How far the tagger looks to each side.
pub(crate) const REACH: usize = 2;

/// The distances at which a word is seen, from two tokens before to two behind.
pub(crate) const DISTANCES: usize = 2 * REACH + 1;
