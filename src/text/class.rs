//! What is a byte to the tokeniser?
//!
//! Two tables of 256 entries, computed at compile time, and the scan that the inner loop depends
//! on.

/// What kind of token a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// ASCII white space.
    Space,
    /// An ASCII letter.
    Letter,
    /// An ASCII digit.
    Digit,
    /// Any other ASCII byte.
    Mark,
    /// A byte of a character outside ASCII.
    Wide,
}

static CLASSES: [Class; 256] = classes();
static ENDS_WORD: [bool; 256] = ends();

/// The class of `byte`.
#[inline]
pub(super) fn of(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Whether a word of ASCII letters ends when `byte` follows it, whatever comes next.
#[inline]
pub(super) fn ends_word(byte: u8) -> bool {
    ENDS_WORD[usize::from(byte)]
}

/// Where the ASCII letters of a text are: one bit for each of the 64 bytes that are being read.
///
/// The end of a word is then found by a shift and a count of zeros, whatever its length. There is
/// no loop, and so no mispredicted loop exit. Words in the same block share the work of reading it.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// The block that was read last, counted from 1.
    block: usize,
    /// One bit for each byte of the block that is not a letter.
    others: u64,
}

impl Letters {
    /// The end of the letters that begin at `at`.
    #[inline]
    pub(super) fn end(&mut self, bytes: &[u8], mut at: usize) -> usize {
        loop {
            let block = at / 64 + 1;
            if block != self.block {
                self.read(bytes, block);
            }
            let others = self.others >> (at % 64);
            if others != 0 {
                return at + others.trailing_zeros() as usize;
            }
            at = block * 64;
        }
    }

    #[inline]
    fn read(&mut self, bytes: &[u8], block: usize) {
        let rest = bytes.get((block - 1) * 64..).unwrap_or_default();
        self.block = block;
        self.others = if let Some(chunk) = rest.first_chunk::<64>() {
            others(chunk)
        } else {
            let mut chunk = [0; 64];
            chunk[..rest.len()].copy_from_slice(rest);
            others(&chunk)
        };
    }
}

/// One bit for each of 64 bytes that is not an ASCII letter.
#[inline]
fn others(bytes: &[u8; 64]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = 0x80 * EACH;
    /// Gathers the high bits of eight bytes in the highest byte.
    const GATHER: u64 = 0x0002_0408_1020_4081;
    let mut all = 0;
    for (at, eight) in bytes.chunks_exact(8).enumerate() {
        let eight = eight.first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight));
        let folded = (eight | (0x20 * EACH)) & !HIGH;
        // `a` is 0x61, `z` is 0x7A; with the high bits cleared, the sums cannot carry into the next
        // byte.
        let from_a = folded + (0x80 - 0x61) * EACH;
        let past_z = folded + (0x7F - 0x7A) * EACH;
        let other = (!from_a | past_z | eight) & HIGH;
        all |= (other.wrapping_mul(GATHER) >> 56) << (8 * at);
    }
    all
}

/// Whether `bytes[from..to]`, all white space, separates paragraphs.
pub(super) fn blank_line(bytes: &[u8], from: usize, to: usize) -> bool {
    let gap = bytes.get(from..to).unwrap_or_default();
    gap.len() >= 2
        && (gap.iter().filter(|&&byte| byte == b'\n').nth(1).is_some()
            || (gap.len() >= 3 && gap.windows(3).any(|three| three == "\u{2029}".as_bytes())))
}

const fn classes() -> [Class; 256] {
    let mut table = [Class::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0x80.. => Class::Wide,
            _ => Class::Mark,
        };
        byte += 1;
    }
    table
}

/// All of ASCII except what may continue a word: digits, and marks that occur inside words and
/// addresses.
const fn ends() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        table[byte] = !matches!(b, b'\'' | b'`' | b'-' | b'.' | b'@' | b'_' | b'/' | b'&' | b':' | b'$')
            && !b.is_ascii_alphanumeric();
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_at_a_time_agrees_with_a_byte_at_a_time() {
        for byte in 0..=255_u8 {
            for place in [0, 1, 31, 63, 64, 65, 127, 128, 129] {
                let mut bytes = [*b"abzABZmM"; 17].concat();
                bytes[place] = byte;
                let mut letters = Letters::default();
                for at in 0..=bytes.len() {
                    let rest = bytes[at..].iter().position(|b| !b.is_ascii_alphabetic());
                    let end = rest.map_or(bytes.len(), |length| at + length);
                    assert_eq!(letters.end(&bytes, at), end, "byte {byte} at {place}, from {at}");
                }
            }
        }
    }
}
