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

    /// The kind of that number; a symbol where there is none.
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

    /// Whether the kind counts as a term: words, numbers and abbreviations do.
    pub const fn is_term(self) -> bool {
        matches!(self, Self::Word | Self::Number | Self::Abbreviation)
    }
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
