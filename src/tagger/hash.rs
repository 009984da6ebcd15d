//! Which number represents a feature?

/// A 64-bit hash of bytes. It is the same on every machine and in every version, because model
/// files depend on it.
pub(crate) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = seed ^ (bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for chunk in bytes.chunks(8) {
        let mut padded = [0; 8];
        padded[..chunk.len()].copy_from_slice(chunk);
        state = mix(state, u64::from_le_bytes(padded));
    }
    mix(state, 0xe703_7ed1_a0b4_28db)
}

/// Combines two numbers into one.
#[inline]
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0xa076_1d64_78bd_642f) * u128::from(b ^ 0x8ebc_6af0_9c88_c6e3);
    (product as u64) ^ (product >> 64) as u64
}

/// A 32-bit hash of a word.
pub(crate) fn fingerprint(word: &[u8]) -> u32 {
    (hash(1, word) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        assert_eq!(hash(0, b"Lisbon"), hash(0, b"Lisbon"));
        assert_ne!(hash(0, b"Lisbon"), hash(1, b"Lisbon"));
        assert_ne!(hash(0, b""), hash(0, b"\0"));
    }
}
