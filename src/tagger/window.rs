//! Which words around a token does the tagger see?

/// How many tokens on each side the tagger sees.
pub(crate) const REACH: usize = 2;

/// The number of distances at which a word is seen, from two tokens before to two tokens after.
pub(crate) const DISTANCES: usize = 2 * REACH + 1;
