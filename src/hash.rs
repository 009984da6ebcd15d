//! How are maps hashed whose keys come from a text?
//!
//! Whoever writes a text must not be able to choose words that all meet in one slot of a map: looking them up would take time by their
//! square. So these maps are seeded, differently in each process and each map. Their order therefore differs from run to run, and must
//! never reach a result: what is listed is sorted first, or is kept in a list of its own.
//!
//! Maps of the crate's own word lists, and of what no text chooses, may hash as they like.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map with keys from a text.
pub type Map<K, V> = HashMap<K, V, RandomState>;

/// A set of keys from a text.
pub type Set<K> = HashSet<K, RandomState>;

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn two_maps_hash_a_word_differently() {
        let hash = || Map::<&str, u32>::default().hasher().hash_one("Lisbon");
        let hashes: Set<u64> = std::iter::repeat_with(hash).take(8).collect();
        assert!(hashes.len() > 1);
    }
}
