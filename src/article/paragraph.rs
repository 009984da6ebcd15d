//! Where are the paragraphs of a text?
//!
//! Paragraphs are separated by blank lines; a line of white space counts as blank. Cost: one
//! `memchr` per line.

use crate::span::ByteSpan;

/// The paragraphs of `text` from byte `from` on, without surrounding white space; none is empty.
pub(super) fn paragraphs(text: &str, from: usize) -> Paragraphs<'_> {
    Paragraphs { text, at: from }
}

/// See [`paragraphs`].
pub(super) struct Paragraphs<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Paragraphs<'_> {
    type Item = ByteSpan;

    fn next(&mut self) -> Option<ByteSpan> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.len() - rest.trim_start().len();
        if start >= self.text.len() {
            self.at = self.text.len();
            return None;
        }
        let end = blank_line(self.text.as_bytes(), start);
        self.at = end;
        let piece = self.text[start..end].trim_end();
        Some(ByteSpan::new(start as u32, (start + piece.len()) as u32))
    }
}

/// The end of the line that precedes a blank line, at or after `from`; the end of the text if there
/// is none.
fn blank_line(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
        let line_end = at + found;
        let mut next = line_end + if bytes[line_end..].starts_with(b"\r\n") { 2 } else { 1 };
        while next < bytes.len() && matches!(bytes[next], b' ' | b'\t' | 0x0b | 0x0c) {
            next += 1;
        }
        if next >= bytes.len() || matches!(bytes[next], b'\n' | b'\r') {
            return line_end;
        }
        at = next;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        paragraphs(text, 0).map(|span| span.of(text)).collect()
    }

    #[test]
    fn blank_lines_separate_paragraphs() {
        assert_eq!(pieces("a\nb\n\nc\r\n \t\r\nd\n"), ["a\nb", "c", "d"]);
    }

    #[test]
    fn lines_end_in_every_way_that_machines_have_had() {
        assert_eq!(pieces("a\rb\r\rc"), ["a\rb", "c"]);
        assert_eq!(pieces("a\r\nb\r\n\r\nc"), ["a\r\nb", "c"]);
    }

    #[test]
    fn a_text_of_white_space_has_none() {
        assert!(pieces(" \n\n \u{2003}\n").is_empty());
        assert!(pieces("").is_empty());
    }
}
