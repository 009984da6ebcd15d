//! Where are the tokens of a string, and of what kind are they?

/// What a token is. The numbers are stored in corpora; they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens: `well-known`, `don't`.
    Word = 0,
    /// Digits with their separators and units: `1,000`, `3.5`, `20th`, `50m`.
    Number = 1,
    /// A short form with its stop: `Mr.`, `U.S.`, `a.m.`.
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
    /// A mark of punctuation, or a run of the same one: `.`, `...`, `“`.
    Punctuation = 8,
    /// Anything else that is not white space: `$`, `%`, an emoji.
    Symbol = 9,
}

/// A token: half-open bytes of the text, and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// Appends the tokens of `text` to `tokens`, in order. Every character that is not white space is in exactly one.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    let _ = (text, tokens);
}
