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

/// Steele, Lea & Flood's `SplitMix64` finaliser: spreads the bits of a number over all bits.
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The hash of a string that is the same in every process and on every machine (FNV-1a, then
/// [`mix`]). Not for maps: whoever writes the string can choose it.
pub fn stable(text: &str) -> u64 {
    let fnv = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    mix(text.bytes().fold(0xcbf2_9ce4_8422_2325, fnv))
}

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

    #[test]
    fn a_stable_hash_stays_what_it_is() {
        assert_eq!(stable(""), mix(0xcbf2_9ce4_8422_2325));
        assert_ne!(stable("a"), stable("b"));
        assert_eq!(stable("article 17"), 9_344_961_109_006_712_620);
    }
}
