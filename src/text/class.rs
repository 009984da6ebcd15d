//! What is a byte to the tokeniser?
//!
//! Two tables of 256 entries, made when the crate is compiled, and the two scans that the inner loop lives on.

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

/// Whether a word of ASCII letters is over where `byte` follows it, whatever comes next.
#[inline]
pub(super) fn ends_word(byte: u8) -> bool {
    ENDS_WORD[usize::from(byte)]
}

/// The end of the ASCII letters that begin at `at`.
///
/// Sixteen bytes a step: nearly every word costs no loop, and so no mispredicted way out of one.
#[inline]
pub(super) fn letters_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(chunk) = bytes.get(end..).and_then(<[u8]>::first_chunk::<16>) {
        let others = not_letters(u128::from_le_bytes(*chunk));
        if others != 0 {
            return end + (others.trailing_zeros() / 8) as usize;
        }
        end += 16;
    }
    while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
        end += 1;
    }
    end
}

/// The high bit of each of sixteen bytes that is no ASCII letter.
#[inline]
fn not_letters(sixteen: u128) -> u128 {
    const EACH: u128 = u128::from_le_bytes([1; 16]);
    const HIGH: u128 = 0x80 * EACH;
    let folded = (sixteen | (0x20 * EACH)) & !HIGH;
    // `a` is 0x61, `z` is 0x7A; with the high bits out of the way the sums cannot carry into the next byte.
    let from_a = folded + (0x80 - 0x61) * EACH;
    let past_z = folded + (0x7F - 0x7A) * EACH;
    (!from_a | past_z | sixteen) & HIGH
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

/// Everything ASCII but what may go on with the word: digits, and marks that stand inside words and addresses.
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
    fn sixteen_bytes_at_a_time_agree_with_one() {
        for byte in 0..=255_u8 {
            for place in 0..18 {
                let mut bytes = *b"abcdXYZqrstuvwxyABcdXYZqrstuvwxy";
                bytes[place] = byte;
                let expected = bytes.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(bytes.len());
                assert_eq!(letters_end(&bytes, 0), expected, "byte {byte} at {place}");
            }
        }
    }
}
