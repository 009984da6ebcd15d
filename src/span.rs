//! Which piece of a text?
//!
//! Inside the crate offsets are bytes; at the Python boundary they are characters (code points), as
//! `str` counts them. [`CharCursor`] is the only place that converts bytes to characters.

/// A half-open range of bytes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// The span from `start` to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The piece of `text` that the span covers; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span is empty.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let piece = self.of(text);
        let lead = piece.len() - piece.trim_start().len();
        let start = self.start + lead as u32;
        Self { start, end: start + piece.trim().len() as u32 }
    }

    /// The span counted from `byte`, which must not be after its start; otherwise the result fits
    /// no text.
    #[must_use]
    pub const fn since(self, byte: u32) -> Self {
        Self { start: self.start.wrapping_sub(byte), end: self.end.wrapping_sub(byte) }
    }

    /// The span moved to the right by `by` bytes.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// The last character boundary of a text at or before a byte.
pub(crate) fn boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Converts byte offsets of one text into character offsets; fastest when called with ascending
/// offsets.
///
/// Free for ASCII text; otherwise one pass over the text for an ascending series of offsets.
#[derive(Debug, Clone)]
pub struct CharCursor<'a> {
    text: &'a str,
    ascii: bool,
    byte: usize,
    chars: usize,
}

impl<'a> CharCursor<'a> {
    /// A cursor at the start of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii(), byte: 0, chars: 0 }
    }

    /// The number of characters before this byte, which must lie on a character boundary within the
    /// text.
    pub fn at(&mut self, byte: usize) -> i64 {
        if self.ascii {
            return byte as i64;
        }
        if byte < self.byte {
            (self.byte, self.chars) = (0, 0);
        }
        self.chars += self.text.get(self.byte..byte).map_or(0, |piece| piece.chars().count());
        self.byte = byte;
        self.chars as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_forwards_and_backwards() {
        let mut cursor = CharCursor::new("é — x");
        assert_eq!(cursor.at(2), 1);
        assert_eq!(cursor.at(7), 4);
        assert_eq!(cursor.at(0), 0);
        assert_eq!(cursor.at(8), 5);
    }

    #[test]
    fn trimming_leaves_no_white_space() {
        let text = "  a b \n";
        assert_eq!(ByteSpan::new(0, 7).trimmed(text).of(text), "a b");
        assert!(ByteSpan::new(0, 2).trimmed(text).is_empty());
    }
}
