//! Where are the paragraphs of a text?
//!
//! Blank lines always separate paragraphs; a line of white space counts as blank. A single line end
//! separates them too, unless the text is hard-wrapped: scraped and copied text has one line per
//! paragraph, and files of the wires break lines at a fixed width. Whether a text is hard-wrapped
//! is judged by its lines: they are nearly as long as each other, few end in a full stop, and many
//! are followed by a lower-case letter. Cost: one `memchr` per line.

use crate::span::ByteSpan;

/// What separates paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paragraphs {
    /// Line ends, unless the text is hard-wrapped.
    #[default]
    Auto,
    /// Blank lines.
    Blank,
    /// Line ends.
    Line,
}

/// A paragraph: its span, without white space at its ends, and whether it opens a block, that is,
/// whether it comes after a blank line or at the start of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: ByteSpan,
    pub(super) opens_block: bool,
}

/// What a line end that is not followed by a blank line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    /// White space.
    Space,
    /// The end of a paragraph.
    Border,
    /// The end of a paragraph, unless the next line continues with a lower-case letter.
    Likely,
    /// White space, unless there was room for the next word in a line of this many characters.
    Wrapped(u32),
}

/// The paragraphs of `text` from byte `from` on; none is empty.
pub(super) fn paragraphs(text: &str, from: usize, by: Paragraphs) -> Vec<Piece> {
    let end = match by {
        Paragraphs::Blank => LineEnd::Space,
        Paragraphs::Line => LineEnd::Border,
        Paragraphs::Auto => wrap_width(text, from).map_or(LineEnd::Likely, LineEnd::Wrapped),
    };
    let mut pieces = Vec::new();
    let mut open: Option<usize> = None; // where the piece that is being gathered starts
    let mut opens_block = true;
    for line in (Lines { text, at: from }) {
        let next = line.next.map(|next| &text[next..]);
        let start = *open.get_or_insert(line.start);
        let closes = next.is_none_or(|next| match end {
            LineEnd::Space => false,
            LineEnd::Border => true,
            LineEnd::Likely => !continues(&text[start..line.end], next),
            LineEnd::Wrapped(width) => is_deliberate(&text[line.start..line.end], next, line.indents, width),
        });
        if closes {
            let span = ByteSpan::new(start as u32, line.end as u32).trimmed(text);
            if !span.is_empty() {
                pieces.push(Piece { span, opens_block });
            }
            open = None;
            opens_block = next.is_none();
        }
    }
    pieces
}

/// A line with something in it.
struct Line {
    start: usize,
    end: usize,
    /// Where the next line starts, if it is not blank.
    next: Option<usize>,
    /// Whether the next line is indented further.
    indents: bool,
}

/// The lines of a text that are not blank.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.len() - rest.trim_start().len();
        let bytes = self.text.as_bytes();
        if start >= bytes.len() {
            self.at = bytes.len();
            return None;
        }
        let Some(length) = memchr::memchr2(b'\n', b'\r', &bytes[start..]) else {
            self.at = bytes.len();
            return Some(Line { start, end: bytes.len(), next: None, indents: false });
        };
        let end = start + length;
        let after = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
        let mut next = after;
        while next < bytes.len() && matches!(bytes[next], b' ' | b'\t' | 0x0b | 0x0c) {
            next += 1;
        }
        self.at = end;
        let blank = next >= bytes.len() || matches!(bytes[next], b'\n' | b'\r');
        let before = start - self.text[..start].trim_end_matches([' ', '\t']).len();
        Some(Line { start, end, next: (!blank).then_some(next), indents: next - after >= before + 2 })
    }
}

/// The width at which a text is hard-wrapped, 0 if its lines say that it is but have no common
/// width; `None` if it is not.
fn wrap_width(text: &str, from: usize) -> Option<u32> {
    /// The maximum width, in characters, and the length that represents any longer line.
    const WIDEST: usize = 110;
    /// The minimum width.
    const NARROWEST: usize = 34;
    /// By how much the lines differ in length, before the word that did not fit.
    const RAGGED: usize = 14;
    /// The number of line ends that are judged, so that a long text costs no more.
    const MOST: usize = 2000;
    let mut lengths = [0_u32; WIDEST + 2];
    let (mut ends, mut stops, mut lower) = (0_u32, 0_u32, 0_u32);
    memchr::memchr2(b'\n', b'\r', text.as_bytes().get(from..)?)?;
    for line in (Lines { text, at: from }).take(MOST) {
        let Some(next) = line.next else { continue };
        let content = text[line.start..line.end].trim_end();
        lengths[length(content, WIDEST + 1)] += 1;
        ends += 1;
        stops += u32::from(ends_in_stop(content));
        lower += u32::from(text[next..].starts_with(char::is_lowercase));
    }
    if ends < 2 {
        return None;
    }
    // The width is that of the longest lines, but for one in ten, which a long address may stretch.
    let mut longer = 0;
    let width = (0..lengths.len()).rev().find(|&at| {
        longer += lengths[at];
        longer * 10 > ends
    })?;
    let near: u32 = lengths[width.saturating_sub(RAGGED)..].iter().sum();
    let fits = (NARROWEST..=WIDEST).contains(&width)
        && near * 5 >= ends * 3
        && stops * 5 <= ends * 2
        && lower * 4 >= ends;
    if fits {
        return Some(width as u32);
    }
    // Where some paragraphs were joined after they were wrapped, lines differ in length, but they
    // continue as only wrapped lines do. No line is short by intention then.
    (lower * 5 >= ends * 2 && stops * 4 <= ends).then_some(0)
}

/// The number of characters in a line, or `most` if there are more.
fn length(line: &str, most: usize) -> usize {
    if line.len() <= most {
        if line.is_ascii() { line.len() } else { line.chars().count() }
    } else if line.len() > most * 4 {
        most
    } else {
        line.chars().take(most).count()
    }
}

fn ends_in_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Whether the next line continues a sentence: it starts with a lower-case letter after a line
/// that does not end in a stop. What is gathered so far must be longer than an item of a list, and
/// an address is not a word.
fn continues(so_far: &str, next: &str) -> bool {
    const LEAST: usize = 40;
    if is_in_bracket(so_far, next) {
        return true;
    }
    let word = || next.split(char::is_whitespace).next().unwrap_or_default();
    so_far.len() >= LEAST
        && next.starts_with(char::is_lowercase)
        && !ends_in_stop(so_far.trim_end())
        && !word().trim_end_matches('.').contains(['.', '@', '/'])
}

/// Whether a bracket that a line opens is closed in the next line.
fn is_in_bracket(so_far: &str, next: &str) -> bool {
    /// How many bytes before and after the line end are searched.
    const NEAR: usize = 240;
    let bytes = so_far.as_bytes();
    let tail = &bytes[bytes.len().saturating_sub(NEAR)..];
    let Some(open) = memchr::memrchr(b'(', tail) else { return false };
    if memchr::memchr(b')', &tail[open..]).is_some() {
        return false;
    }
    let head = &next.as_bytes()[..NEAR.min(next.len())];
    let end = memchr::memchr3(b'(', b')', b'\n', head);
    end.is_some_and(|end| head[end] == b')')
}

/// Whether a line of hard-wrapped text was ended although the next word would have fitted: there a
/// paragraph, a byline or an item of a list ends.
fn is_deliberate(line: &str, next: &str, indents: bool, width: u32) -> bool {
    /// How much longer than needed a gap after a full stop must be.
    const MARGIN: usize = 8;
    let line = line.trim_end();
    if is_in_bracket(line, next) {
        return false;
    }
    if indents || next.starts_with(['•', '*', '·']) || next.starts_with("- ") {
        return true;
    }
    let stops = ends_in_stop(line);
    if width == 0 || next.starts_with(char::is_lowercase) && !stops {
        return false;
    }
    let width = width as usize;
    let filled = length(line, width);
    let word = next.split(char::is_whitespace).next().unwrap_or_default();
    filled + 1 + length(word, width) + if stops { MARGIN } else { width / 4 } <= width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces_by(text: &str, by: Paragraphs) -> Vec<&str> {
        paragraphs(text, 0, by).iter().map(|piece| piece.span.of(text)).collect()
    }

    fn pieces(text: &str) -> Vec<&str> {
        pieces_by(text, Paragraphs::Blank)
    }

    #[test]
    fn blank_lines_separate_paragraphs() {
        assert_eq!(pieces("a\nb\n\nc\r\n \t\r\nd\n"), ["a\nb", "c", "d"]);
    }

    #[test]
    fn lines_end_in_every_way_that_machines_have_had() {
        assert_eq!(pieces("a\rb\r\rc"), ["a\rb", "c"]);
        assert_eq!(pieces("a\r\nb\r\n\r\nc"), ["a\r\nb", "c"]);
        assert_eq!(pieces_by("a\rb\r\r\nc\r\nd", Paragraphs::Line), ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_text_of_white_space_has_none() {
        for by in [Paragraphs::Auto, Paragraphs::Blank, Paragraphs::Line] {
            assert!(pieces_by(" \n\n \u{2003}\n", by).is_empty());
            assert!(pieces_by("", by).is_empty());
        }
    }

    #[test]
    fn blocks_are_told_from_lines() {
        let found = paragraphs("One\nTwo\n\nThree", 0, Paragraphs::Auto);
        assert_eq!(found.iter().map(|piece| piece.opens_block).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn lines_are_paragraphs() {
        let text = "The ferry to Horta was late again.\nPassengers slept on the quay, said Ana Faria\nThe \
                    harbour office will ask for a new one.";
        assert_eq!(pieces_by(text, Paragraphs::Auto).len(), 3);
        assert_eq!(pieces_by(text, Paragraphs::Blank).len(), 1);
    }

    #[test]
    fn a_sentence_that_goes_on_in_the_next_line_is_one_paragraph() {
        let text = "The parchment, which came to light behind a radiator,\nis the oldest.\nIt was sold.";
        assert_eq!(pieces_by(text, Paragraphs::Auto).len(), 2);
        assert_eq!(pieces_by(text, Paragraphs::Line).len(), 3);
    }

    /// `words` in lines of at most `width` characters.
    fn wrapped(words: &str, width: usize) -> String {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in words.split_whitespace() {
            if !line.is_empty() && line.len() + 1 + word.len() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
        lines.join("\n")
    }

    const ONE: &str = "Six villages on the Douro lost their bridge on Sunday, when the river rose by four metres in a \
                       night and carried off two of its piers. Engineers said on Monday that a ferry would sail \
                       from Wednesday, and that a new bridge would take two years.";
    const TWO: &str = "The mayor of Barca, Rui Telo, said that he had warned of the flood for ten years. Nobody \
                       in Lisbon had answered one of his eleven letters, he said.";

    #[test]
    fn lines_that_were_joined_after_wrapping_are_still_wrapped() {
        let text = "Shares of the ferry company rose by a tenth\non Monday.  The company has three ferries and \
                    one\nharbour, and both are for sale.  Its owner, Rui Telo, said in\nHorta that he was tired.  \
                    The sale will be closed in\nMay.";
        assert_eq!(pieces_by(text, Paragraphs::Auto).len(), 1);
    }

    #[test]
    fn hard_wrapped_text_has_the_paragraphs_that_it_had() {
        for width in [60, 66, 72, 80] {
            for gap in ["\n\n", "\n", "\n    "] {
                let text = format!("{}{gap}{}", wrapped(ONE, width), wrapped(TWO, width));
                let found = pieces_by(&text, Paragraphs::Auto);
                assert_eq!(found.len(), 2, "{width} {gap:?} {found:#?}");
            }
        }
    }
}
