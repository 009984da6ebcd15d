//! Which part of a paragraph is a list, and where do its items begin?
//!
//! A paragraph or a line that begins with `1.`, `1)`, `a.` or `a)` starts a list; from then on the
//! next number or letter in sequence, written in the same style, begins the next item. A bullet
//! always begins an item.

use super::sentence::{List, Marker, Splitter};
use super::token::TokenKind;

/// The maximum number of digits in a list marker.
const MOST_DIGITS: usize = 3;

/// The minimum length of a rule drawn with dashes; fewer are a dash.
const RULE_OF_DASHES: u32 = 5;

/// The minimum length of a rule drawn with other marks.
const RULE: u32 = 3;

/// A run of this many marks is a rule even if it touches the word before it.
const CERTAIN_RULE: u32 = 10;

impl Splitter<'_> {
    /// The token after the list marker whose full stop or bracket is at `index`; the sentence of
    /// the item begins before the marker.
    pub(super) fn marker(&mut self, index: usize) -> Option<usize> {
        let marker = self.read_marker(index)?;
        let start = index - 1;
        let first = start == self.begin
            || (start - self.begin <= 2 && (self.begin..start).all(|i| self.is_bullet(i)));
        // In wrapped text a line may begin with the last number of a sentence.
        let fresh_line = start > 0
            && self.bytes[self.tokens[start - 1].end as usize..self.tokens[start].start as usize]
                .contains(&b'\n')
            && (marker.value == 1 || matches!(self.piece(start - 1), [b'.' | b'!' | b'?' | b':' | b';', ..]));
        let follows = self.list.0.is_some_and(|last| marker == Marker { value: last.value + 1, ..last });
        if !first && !follows && (!fresh_line || marker.letter) {
            return None;
        }
        if !first {
            self.close(start);
        }
        self.list = List(Some(marker));
        Some(index + 1 + usize::from(marker.bracket))
    }

    /// The number or single letter directly before the full stop or bracket at `index`, with space
    /// on both sides.
    fn read_marker(&self, index: usize) -> Option<Marker> {
        let start = index.checked_sub(1)?;
        let open = start == 0 || self.gap(start) > 0 || self.is_bullet(start - 1);
        if self.gap(index) != 0
            || !open
            || self.tokens.get(index + 1).is_none_or(|_| {
                self.paragraph_ends(index + 1) || (self.gap(index + 1) == 0 && self.piece(index + 1) != b")")
            })
        {
            return None;
        }
        let closing = self.bytes[self.tokens[index].start as usize];
        let bracket = self.piece(index + 1) == b")" && self.gap(index + 1) == 0;
        match (self.tokens[start].kind, self.piece(start)) {
            (TokenKind::Number, digits)
                if digits.len() <= MOST_DIGITS && digits.iter().all(u8::is_ascii_digit) =>
            {
                let value = digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
                Some(Marker { letter: false, closing, bracket, value })
            }
            (TokenKind::Word, &[letter]) if letter.is_ascii_alphabetic() => {
                Some(Marker { letter: true, closing, bracket, value: u32::from(letter) })
            }
            _ => None,
        }
    }

    /// Handles a bullet: an item begins before it.
    pub(super) fn bullet(&mut self, index: usize) -> usize {
        if index > self.begin && self.gap(index) > 0 {
            self.close(index);
        }
        index + 1
    }

    fn is_bullet(&self, index: usize) -> bool {
        ["•", "⁃", "◦", "▪", "‣", "●", "■", "►", "*", "-"]
            .iter()
            .any(|bullet| self.piece(index) == bullet.as_bytes())
    }

    /// Handles `*****`. A rule drawn with marks is a sentence by itself; a dash or an asterisk at
    /// the start of a line begins an item.
    pub(super) fn rule(&mut self, index: usize) -> usize {
        let token = self.tokens[index];
        let length = token.end - token.start;
        let long = length >= if self.bytes[token.start as usize] == b'-' { RULE_OF_DASHES } else { RULE };
        if long {
            if index > 0 && self.gap(index) > 0 {
                self.close(index);
            }
            // `f******` is a censored word, and `*****NOTICE*****` is a heading.
            let alone = index == 0 || self.gap(index) > 0 || length >= CERTAIN_RULE;
            if alone && index + 1 < self.tokens.len() && self.gap(index + 1) > 0 {
                self.close(index + 1);
            }
        } else if index > self.begin && length == 1 && self.starts_item(index) {
            self.close(index);
        }
        index + 1
    }

    /// Whether the dash at `index` begins an item: there is a line break before, a space after, and
    /// then a capital, or another sign of a list. In wrapped text a dash may begin a line.
    pub(super) fn starts_item(&self, index: usize) -> bool {
        let next = index + 1;
        self.begins_line(index)
            && (self.lead(next).0 == super::sentence::Lead::Upper
                || self.piece(index - 1) == b":"
                || self.piece(self.begin) == self.piece(index)
                    && (self.begin == 0 || self.begins_line(self.begin) || self.paragraph_ends(self.begin))
                || self.item_follows(index))
    }

    /// Whether there is a line break before the mark at `index`, and a space after it.
    fn begins_line(&self, index: usize) -> bool {
        let next = index + 1;
        index > 0
            && self.bytes[self.tokens[index - 1].end as usize..self.tokens[index].start as usize]
                .contains(&b'\n')
            && next < self.tokens.len()
            && self.gap(next) > 0
            && !self.paragraph_ends(next)
    }

    /// Whether the next line begins with the mark at `index` too.
    fn item_follows(&self, index: usize) -> bool {
        /// The maximum length of an item, in tokens.
        const LONGEST: usize = 40;
        let next = (index + 1..(index + LONGEST).min(self.tokens.len())).find(|&next| {
            self.gap(next) > 0
                && self.bytes[self.tokens[next - 1].end as usize..self.tokens[next].start as usize]
                    .contains(&b'\n')
        });
        next.is_some_and(|next| {
            self.piece(next) == self.piece(index) && !self.paragraph_ends(next) && self.begins_line(next)
        })
    }
}
