//! Where does a number end, and is it still a number?

use super::token::{Scanner, TokenKind};
use super::unicode;

/// The maximum length of a unit or an ordinal suffix, in letters.
const LONGEST_UNIT: u32 = 3;

impl Scanner<'_> {
    /// Reads the token that begins with the digit at `start`.
    pub(super) fn number(&mut self, start: usize) -> usize {
        let mut at = self.digits_end(start + 1);
        if self.byte(at) == b' ' {
            return self.push(start, at, TokenKind::Number);
        }
        let first = at;
        // Separators between digits are part of the number: `1,000` `3.5` `10:30` `12/05/2019`
        // `2019-01-08` `555-1234`.
        while !self.is_stopped()
            && let width = self.separator_at(at)
            && width > 0
            && self.byte(at + width).is_ascii_digit()
        {
            at = self.digits_end(at + width);
        }
        if let Some(dash) = self.range_dash(start, first, at) {
            self.push(start, first, TokenKind::Number);
            let next = self.push(first, first + dash, TokenKind::Punctuation);
            return self.number_tail(next, at);
        }
        self.number_tail(start, at)
    }

    /// The size of the dash at `dash`, if the number `start..end` is a range from a smaller to a
    /// larger number: `18-24`, `1921–1935`. Then both its ends are numbers of the text. Scores,
    /// seasons and telephone numbers stay whole: `3-1`, `2018-19`, `555-1234`.
    fn range_dash(&self, start: usize, dash: usize, end: usize) -> Option<usize> {
        let width = self.separator_at(dash).min(end - dash);
        let (low, high) = (&self.bytes[start..dash], &self.bytes[(dash + width).min(end)..end]);
        let ends = !self.word_at(end) && self.hyphen_at(end) == 0;
        let range = matches!(self.byte(dash), b'-' | 0xE2)
            && high.iter().all(u8::is_ascii_digit)
            && (2..=4).contains(&high.len())
            && !(low.len() == 3 && high.len() == 4)
            && (low.len() < high.len() || low.len() == high.len() && low < high);
        (width > 0 && ends && range).then_some(width)
    }

    /// Completes a number whose digits and separators end at `at`: units, ordinals, decades, or a
    /// word after all.
    fn number_tail(&mut self, start: usize, at: usize) -> usize {
        let next = self.byte(at);
        let hyphen = self.hyphen_at(at);
        if next.is_ascii_alphabetic() || next >= 0x80 && hyphen == 0 {
            let (end, short) = self.unit_end(at);
            if self.is_clock(start, at, end) {
                self.push(start, at, TokenKind::Number);
                return self.push(at, end, TokenKind::Abbreviation);
            }
            let kind = if short { TokenKind::Number } else { TokenKind::Word };
            return self.word_after(start, end, kind);
        }
        if let Some(end) = self.decade_end(start, at) {
            return self.push(start, end, TokenKind::Number);
        }
        match next {
            _ if hyphen > 0 && self.byte(at + hyphen).is_ascii_lowercase() => self.compound(start, at),
            0x80.. | b'-' | b'@' | b'_' | b'.' | b'/' => self.word_after(start, at, TokenKind::Number),
            _ => self.push(start, at, TokenKind::Number),
        }
    }

    /// Whether a number and the letters after it are a time: `6:30pm`, `6.30pm`. Then they
    /// are two tokens, as they are in `6:30 p.m.`
    fn is_clock(&self, start: usize, at: usize, end: usize) -> bool {
        let half = &self.bytes[at..end];
        (half.eq_ignore_ascii_case(b"am") || half.eq_ignore_ascii_case(b"pm"))
            && match &self.bytes[start..at] {
                [hour @ .., b':' | b'.', tens, _] => matches!(hour.len(), 1 | 2) && tens.is_ascii_digit(),
                _ => false,
            }
    }

    /// Reads `14-year-old`, whose number ends at `at`: the number, the hyphens and the words are
    /// separate tokens.
    fn compound(&mut self, start: usize, mut at: usize) -> usize {
        self.push(start, at, TokenKind::Number);
        while let hyphen = self.hyphen_at(at)
            && hyphen > 0
            && self.byte(at + hyphen).is_ascii_lowercase()
        {
            let word = self.push(at, at + hyphen, TokenKind::Punctuation);
            at = self.letters_end(word);
            let hyphen = self.hyphen_at(at);
            if hyphen == 0 || !self.byte(at + hyphen).is_ascii_lowercase() {
                return self.word_after(word, at, TokenKind::Word);
            }
            self.push(word, at, TokenKind::Word);
        }
        at
    }

    /// The end of the letters after a number, and whether they are short enough for a unit or an
    /// ordinal suffix.
    fn unit_end(&self, at: usize) -> (usize, bool) {
        let mut end = at;
        let mut letters = 0;
        while let Some(c) = self.char(end).filter(|&c| unicode::continues_word(c) || self.joins_at(c, end)) {
            end += c.len_utf8();
            letters += u32::from(c.is_alphabetic());
        }
        (end, letters <= LONGEST_UNIT)
    }

    /// The end of `80's` and `1980's`.
    fn decade_end(&self, start: usize, at: usize) -> Option<usize> {
        let quote = self.apostrophe_at(at);
        let digits = &self.bytes[start..at];
        let end = at + quote + 1;
        (quote > 0
            && matches!(digits, [_, b'0'] | [b'1' | b'2', _, _, b'0'])
            && self.byte(end - 1) == b's'
            && !self.word_at(end))
        .then_some(end)
    }

    /// The size in bytes of the mark at `at` that may separate digits; 0 for other characters. The
    /// dash of a range is a hyphen in another typography.
    fn separator_at(&self, at: usize) -> usize {
        match self.byte(at) {
            b',' | b'.' | b':' | b'/' | b'-' => 1,
            0xE2 => 3 * usize::from(matches!((self.byte(at + 1), self.byte(at + 2)), (0x80, 0x90..=0x93))),
            _ => 0,
        }
    }

    /// The end of the ASCII digits at `at`.
    pub(super) fn digits_end(&self, mut at: usize) -> usize {
        while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    }
}
