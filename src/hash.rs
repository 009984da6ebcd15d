//! How are maps hashed whose keys come from a text?
//!
//! The author of a text must not be able to choose words that all collide in one slot of a map,
//! because the time to look them up would grow with the square of their number. These maps are
//! therefore seeded, differently in each process and for each map. Their order differs from run to
//! run and must never reach a result: anything that is listed is sorted first, or is kept in a
//! separate list.
//!
//! Maps over the crate's own word lists, and over keys that no text can choose, may use any hash
//! function.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map whose keys come from a text.
pub type Map<K, V> = HashMap<K, V, RandomState>;

/// A set of keys that come from a text.
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
