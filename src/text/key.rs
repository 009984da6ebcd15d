//! Which string is this, in two machine words?
//!
//! A string of up to [`INLINE`] bytes is its own key: its bytes, its length and a kind fill the two
//! words, and equal keys mean equal strings. The key of a longer string is a hash; when two such
//! keys are equal, the bytes must be compared.
//!
//! Hashes are [seeded](Seed), so that nobody can write a text whose words all collide in one slot
//! of a table. Such tables number their entries in the order of the text, so no result depends on
//! the seed.
//!
//! Cost: one unaligned read and a multiplication for short strings.

use std::hash::{BuildHasher, RandomState};

use crate::batch::Static;

/// The longest string that is its own key.
const INLINE: usize = 15;

/// Marks the key of a longer string: kinds are below 15, so no short string has this kind.
const LONG: u64 = 0x0f << 56;

/// For each length of string, which bits of the two words are kept.
static MASKS: [[u64; 2]; INLINE + 1] = masks();

const fn masks() -> [[u64; 2]; INLINE + 1] {
    let mut masks = [[0; 2]; INLINE + 1];
    let mut length = 0;
    while length <= INLINE {
        let both = (1_u128 << (8 * length)) - 1;
        masks[length] = [both as u64, (both >> 64) as u64];
        length += 1;
    }
    masks
}

/// The seed of the hashes: the same for all tables of a process, and different in each process.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    low: u64,
    high: u64,
}

impl Default for Seed {
    fn default() -> Self {
        static OF_PROCESS: Static<Seed> = Static::new(|| {
            let random = RandomState::new();
            Seed { low: random.hash_one(0), high: random.hash_one(1) }
        });
        *OF_PROCESS
    }
}

/// The key of a string with a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StringKey {
    low: u64,
    high: u64,
}

impl StringKey {
    /// A key that no string has.
    pub const NONE: Self = Self { low: 1, high: 0 };

    /// The key of a piece of a text. Kinds are below 15. Keys with different seeds cannot be
    /// compared.
    #[inline]
    pub fn of(text: &[u8], start: usize, end: usize, kind: u8, seed: Seed) -> Self {
        let length = end - start;
        if length > INLINE {
            return Self::long(&text[start..end], kind, seed);
        }
        let (low, high) = if let Some(chunk) = text.get(start..start + 16) {
            (word(&chunk[..8]), word(&chunk[8..]))
        } else {
            let mut chunk = [0; 16];
            chunk[..length].copy_from_slice(&text[start..end]);
            (word(&chunk[..8]), word(&chunk[8..]))
        };
        let [low_mask, high_mask] = MASKS[length];
        let high = (high & high_mask) | ((length as u64) << 60) | (u64::from(kind) << 56);
        Self { low: low & low_mask, high }
    }

    #[cold]
    fn long(bytes: &[u8], kind: u8, seed: Seed) -> Self {
        let mut state = bytes.len() as u64;
        for chunk in bytes.chunks(8) {
            let mut padded = [0; 8];
            padded[..chunk.len()].copy_from_slice(chunk);
            state = Self { low: state, high: u64::from_le_bytes(padded) }.hash(seed);
        }
        Self { low: state, high: LONG | u64::from(kind) }
    }

    /// Whether the key contains the whole string, so that equal keys need no comparison of bytes.
    #[inline]
    pub fn is_whole(self) -> bool {
        self.high & LONG != LONG
    }

    /// A 64-bit hash; each bit depends on the whole key and on the seed.
    #[inline]
    pub fn hash(self, seed: Seed) -> u64 {
        let product = u128::from(self.low ^ seed.low) * u128::from(self.high ^ seed.high);
        (product as u64) ^ (product >> 64) as u64
    }
}

/// The first eight bytes as a number; 0 if there are fewer.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    bytes.first_chunk::<8>().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_string_and_nothing_around_it() {
        let text = b"cat caterpillar cat\0 a string of more than fifteen bytes";
        let seed = Seed::default();
        let key = |start, end| StringKey::of(text, start, end, 0, seed);
        assert_eq!(key(0, 3), key(16, 19));
        assert_ne!(key(16, 19), key(16, 20));
        assert_ne!(key(0, 3), StringKey::of(text, 0, 3, 1, seed));
        assert!(key(0, 15).is_whole() && !key(0, 16).is_whole());
        assert!((0..15).all(|kind| StringKey::of(text, 3, 3, kind, seed) != StringKey::NONE));
        assert_eq!(key(21, 55), StringKey::of(&text[21..55], 0, 34, 0, seed));
    }
}
