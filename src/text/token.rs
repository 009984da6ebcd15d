//! Where are the tokens of a string, and of what kind are they?
//!
//! One pass over the bytes. A table gives each byte a class. Nine tokens in ten are letters that
//! end at a space, a comma or the like, and these never leave the loop of [`Scanner::words`].
//! Everything else is passed to a neighbouring module, which examines the text as closely as it
//! needs: `word` (apostrophes, hyphens, full stops), `number`, `address` and `mark`.
//!
//! Invariants: tokens are in order, do not overlap, begin and end at character boundaries, and
//! cover every character that is not white space. No decision looks across a blank line, so
//! paragraphs can be tokenised separately. Cost: linear; look-ahead is bounded, and nothing is
//! allocated but space for the tokens. Cancellation is checked between pieces of the text, and
//! inside a very long token.

use std::cell::Cell;

use super::class::{self, Class, Letters};
use super::unicode;
use crate::batch::Watch;
use crate::error::Result;

/// What a token is. The numbers are stored in corpora and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens: `well-known`, `don't`.
    Word = 0,
    /// Digits with their separators and units: `1,000`, `3.5`, `20th`, `50m`.
    Number = 1,
    /// An abbreviation with its full stop: `Mr.`, `U.S.`, `a.m.`; and the half of the day in
    /// `6:00am`.
    Abbreviation = 2,
    /// A web address.
    Url = 3,
    /// An e-mail address.
    Email = 4,
    /// `#budget`.
    Hashtag = 5,
    /// `@reuters`.
    Handle = 6,
    /// The ending `'s`, or the bare apostrophe of a plural.
    Possessive = 7,
    /// A punctuation mark, or a run of the same one: `.`, `...`, `“`.
    Punctuation = 8,
    /// Anything else that is not white space: `$`, `%`, an emoji.
    Symbol = 9,
}

impl TokenKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Word,
        Self::Number,
        Self::Abbreviation,
        Self::Url,
        Self::Email,
        Self::Hashtag,
        Self::Handle,
        Self::Possessive,
        Self::Punctuation,
        Self::Symbol,
    ];

    /// The kind with this number; a symbol if there is none.
    pub fn from_number(number: u8) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Symbol)
    }

    /// The name that users read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Number => "number",
            Self::Abbreviation => "abbreviation",
            Self::Url => "url",
            Self::Email => "email",
            Self::Hashtag => "hashtag",
            Self::Handle => "handle",
            Self::Possessive => "possessive",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
        }
    }

    /// Whether tokens of this kind count as terms: words, numbers and abbreviations do.
    pub const fn is_term(self) -> bool {
        matches!(self, Self::Word | Self::Number | Self::Abbreviation)
    }
}

/// A token: a half-open range of bytes of the text, and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// How many bytes are read between two checks of the watch.
const PIECE: usize = 1 << 16;

/// Appends the tokens of `text` to `tokens`, in order. Every character that is not white space is
/// in exactly one token. For short texts: it cannot be stopped.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    Scanner::new(text, tokens, None).read(0, text.len());
}

/// [`tokenize`] for a text of any length.
///
/// # Errors
/// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
pub fn tokenize_watched(text: &str, tokens: &mut Vec<Token>, watch: &Watch) -> Result<()> {
    let mut scanner = Scanner::new(text, tokens, Some(watch));
    let mut at = 0;
    while at < text.len() {
        at = scanner.read(at, at.saturating_add(PIECE).min(text.len()));
        watch.check()?;
    }
    Ok(())
}

/// The state of the tokeniser: the text that is being read, and the tokens found so far.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) tokens: &'a mut Vec<Token>,
    /// The index of the first token of this text; earlier tokens belong to another text.
    pub(super) first: usize,
    /// The end of the last run of letters and full stops that was found not to be an acronym: no
    /// part of it is one.
    pub(super) no_acronym_before: Cell<usize>,
    letters: Letters,
    watch: Option<&'a Watch>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, tokens: &'a mut Vec<Token>, watch: Option<&'a Watch>) -> Self {
        let first = tokens.len();
        Self {
            text,
            bytes: text.as_bytes(),
            tokens,
            first,
            no_acronym_before: Cell::new(0),
            letters: Letters::default(),
            watch,
        }
    }
}

impl Scanner<'_> {
    /// Reads the tokens that begin at or after `at` and before `end`; returns the end of the last
    /// of them.
    fn read(&mut self, mut at: usize, end: usize) -> usize {
        let bytes = &self.bytes[..end];
        while let Some(&byte) = bytes.get(at) {
            at = match class::of(byte) {
                Class::Space => at + 1,
                Class::Letter => self.words(at, bytes),
                Class::Digit => self.number(at),
                Class::Mark => self.mark(at),
                Class::Wide => self.wide(at),
            };
        }
        at
    }

    /// Whether the caller has asked to stop.
    #[inline]
    pub(super) fn is_stopped(&self) -> bool {
        self.watch.is_some_and(Watch::is_stopped)
    }

    /// Reads the words that begin at or after `at` in this head of the text, while they are letters
    /// separated by single spaces.
    #[inline]
    fn words(&mut self, mut at: usize, head: &[u8]) -> usize {
        loop {
            let end = self.letters_end(at);
            let next = self.byte(end);
            if next == b' ' {
                self.push(at, end, TokenKind::Word);
                at = end + 1;
            } else if class::ends_word(next) {
                return self.push(at, end, TokenKind::Word);
            } else {
                return self.word(at, end);
            }
            if !head.get(at).is_some_and(u8::is_ascii_alphabetic) {
                return at;
            }
        }
    }

    /// Adds a token and returns its end.
    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        self.tokens.push(Token { start: start as u32, end: end as u32, kind });
        end
    }

    /// The byte at `at`, or a space beyond the end.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// The character at `at`; `None` at the end, and after a cancellation, so that a token of a
    /// gigabyte can be stopped too.
    pub(super) fn char(&self, at: usize) -> Option<char> {
        if self.is_stopped() {
            return None;
        }
        self.text.get(at..)?.chars().next()
    }

    /// Whether there is a letter, a digit or a combining mark at `at`, or invisible characters
    /// before one.
    pub(super) fn word_at(&self, at: usize) -> bool {
        let byte = self.byte(at);
        if byte < 0x80 {
            byte.is_ascii_alphanumeric()
        } else {
            self.char(at).is_some_and(|c| unicode::continues_word(c) || self.joins_at(c, at))
        }
    }

    /// Whether the character `c` at `at` is invisible and part of the word around it.
    pub(super) fn joins_at(&self, c: char, at: usize) -> bool {
        /// The maximum number of invisible characters in a row inside a word.
        const MOST: usize = 4;
        unicode::is_invisible(c)
            && self.text[at..].chars().take(MOST + 1).find(|&c| !unicode::is_invisible(c)).is_some_and(
                |next| unicode::continues_word(next) && !unicode::is_mark(next) && unicode::joins(c, next),
            )
    }

    /// The size in bytes of the apostrophe at `at`, straight or curly; 0 for any other
    /// character.
    pub(super) fn apostrophe_at(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\'' => 1,
            0xE2 if self.bytes[at..].starts_with("’".as_bytes()) => 3,
            b'&' => match self.reference_at(at) {
                Some(('\'' | '’', end)) => end - at,
                _ => 0,
            },
            _ => 0,
        }
    }

    /// The size in bytes of the hyphen at `at`; 0 for any other character.
    pub(super) fn hyphen_at(&self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1), self.byte(at + 2)) {
            (b'-', ..) => 1,
            (0xE2, 0x80, 0x90 | 0x91) => 3,
            _ => 0,
        }
    }

    /// The last token of this text, if no blank line separates it from `at`.
    pub(super) fn previous(&self, at: usize) -> Option<Token> {
        let token = *self.tokens[self.first..].last()?;
        (!class::blank_line(self.bytes, token.end as usize, at)).then_some(token)
    }

    /// The start of what follows the white space at `at`; `None` at the end of the paragraph.
    pub(super) fn next_start(&self, at: usize) -> Option<usize> {
        let mut start = at;
        while matches!(self.bytes.get(start)?, b' ' | b'\t' | b'\n' | b'\r') {
            start += 1;
        }
        (!class::blank_line(self.bytes, at, start)).then_some(start)
    }

    /// The end of the ASCII letters that begin at `at`.
    #[inline]
    pub(super) fn letters_end(&mut self, at: usize) -> usize {
        self.letters.end(self.bytes, at)
    }

    /// The ASCII word (letters and apostrophes) that starts at `at`; empty if there is none.
    pub(super) fn ascii_word(&self, at: usize) -> &[u8] {
        let mut letters = Letters::default();
        let mut end = letters.end(self.bytes, at);
        let quote = self.apostrophe_at(end);
        if quote > 0 {
            end = letters.end(self.bytes, end + quote);
        }
        self.bytes.get(at..end).unwrap_or_default()
    }
}
