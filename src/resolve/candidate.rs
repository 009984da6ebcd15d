//! What does a sentence say about a name that occurs in it?
//!
//! A [`Candidate`] is a mention before it is linked to anything. It holds its position,
//! its words without titles, determiners and possessives, and what the surrounding words say. Cost:
//! a few look-ups per mention.

use super::lists::{Gender, gender_of_word, is_kin, is_polite, is_rank};
use crate::corpus::{TokenAt, Vocabulary};
use crate::language::is_title;
use crate::span::ByteSpan;
use crate::tagger::Span;
use crate::text::TokenKind;

/// How far after a name, in tokens, an apposition can have a word of kinship: `, the former
/// president's wife`. The first position that leaves room for a comma and a possessive is 2.
const APPOSITION: std::ops::RangeInclusive<usize> = 2..=5;

/// A tagged sentence.
pub(crate) struct Tagged {
    pub(crate) zone: u32,
    pub(crate) sentence: u32,
    pub(crate) in_headline: bool,
    pub(crate) tokens: Vec<TokenAt>,
}

/// Where a mention comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// From the tagger: rules may correct its type.
    Tagger,
    /// Supplied by the caller.
    Supplied,
    /// Supplied by the caller together with the entity, by number.
    SuppliedEntity(u32),
}

/// A mention that has not been linked yet.
#[expect(clippy::struct_excessive_bools, reason = "independent properties")]
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) zone: u32,
    pub(crate) sentence: u32,
    pub(crate) in_headline: bool,
    pub(crate) span: ByteSpan,
    pub(crate) kind: u8,
    /// The vocabulary numbers of its tokens.
    pub(crate) words: Vec<u32>,
    /// Whether the last word continues after the name: `San Francisco-based`.
    pub(crate) cut: bool,
    /// The gender according to a title or a word of kinship before the name.
    pub(crate) gender: Gender,
    /// Whether the name is that of somebody's relative: `his son`, `first lady`, and after the name
    /// `, the president's wife`.
    pub(crate) kin: bool,
    /// Whether the word before the name compares its bearer with another: `the younger Park`.
    pub(crate) compared: bool,
    /// The vocabulary number of the title of rank before the name, `President` or `Sen.`.
    pub(crate) rank: Option<u32>,
    /// Whether `the` precedes the name.
    pub(crate) the: bool,
    /// The position of the bracket that opens directly before it.
    pub(crate) opens_at: Option<u32>,
    /// Whether a bracket closes directly after it.
    pub(crate) closes: bool,
    /// Whether a comma follows directly.
    pub(crate) comma: bool,
    /// Whether `and` follows directly, or after a comma.
    pub(crate) and: bool,
    /// Whether `of` follows directly.
    pub(crate) of: bool,
    /// The end of the name whose possessive precedes this one.
    pub(crate) owner_end: Option<u32>,
    /// The age after it, between commas or in brackets.
    pub(crate) age: Option<u8>,
    /// Where the mention comes from.
    pub(crate) source: Source,
}

impl Candidate {
    /// The mention in a span of a sentence, without words that are not part of the name; `None` if
    /// nothing is left. Anybody called Mr or Mrs is a person, whatever the label.
    pub(crate) fn new(
        tagged: &Tagged,
        span: Span,
        vocabulary: &Vocabulary,
        person: Option<usize>,
    ) -> Option<Self> {
        let all = &tagged.tokens[..];
        let text = |token: &TokenAt| vocabulary.text(token.number);
        let (mut start, end) = trimmed(all, span, vocabulary);
        let before = |start: usize, back: usize| start.checked_sub(back).map(|at| text(&all[at]));
        let polite =
            (end > start + 1 && is_polite(text(&all[start]))) || before(start, 1).is_some_and(is_polite);
        let kind = if polite { person.unwrap_or(span.kind) } else { span.kind };
        if Some(kind) == person {
            while end > start + 1 && is_title(text(&all[start])) {
                start += 1;
            }
        }
        Self::whole(tagged, Span { start, end, kind }, vocabulary)
    }

    /// The mention that is exactly a span of a sentence; `None` if it is empty.
    pub(crate) fn whole(tagged: &Tagged, span: Span, vocabulary: &Vocabulary) -> Option<Self> {
        let all = &tagged.tokens[..];
        let text = |token: &TokenAt| vocabulary.text(token.number);
        let before = |start: usize, back: usize| start.checked_sub(back).map(|at| text(&all[at]));
        let Span { start, end, kind } = span;
        let tokens = &all[start..end];
        let (first, last) = (tokens.first()?, tokens.last()?);
        let cut = extension(text(last));
        // The word before the name, and the one before a comma there.
        let words_before = || {
            (1..=2)
                .take_while(|&back| back == 1 || before(start, 1) == Some(","))
                .filter_map(|back| before(start, back))
        };
        let gender =
            words_before().map(gender_of_word).find(|&gender| gender != Gender::Unknown).unwrap_or_default();
        let after = |ahead: usize| all.get(end + ahead).map(text);
        // `, his son`, `, the president's wife`
        let somebodys = |ahead: usize| {
            matches!(after(ahead - 1), Some("his" | "her" | "their" | "'s" | "’s"))
                && after(ahead).is_some_and(is_kin)
        };
        let apposed = || {
            APPOSITION
                .take_while(|&ahead| !matches!(after(ahead - 1), Some("," | "and" | ".")))
                .any(somebodys)
        };
        let owner = start
            .checked_sub(1)
            .map(|at| &all[at])
            .filter(|token| vocabulary.kind(token.number) == TokenKind::Possessive);
        Some(Self {
            zone: tagged.zone,
            sentence: tagged.sentence,
            in_headline: tagged.in_headline,
            span: ByteSpan::new(first.span.start, last.span.end - cut),
            kind: kind as u8,
            words: tokens.iter().map(|token| token.number).collect(),
            cut: cut > 0,
            gender,
            kin: words_before().any(is_kin) || (after(0) == Some(",") && apposed()),
            compared: (1..=2)
                .filter_map(|back| before(start, back))
                .any(|word| matches!(word, "elder" | "younger" | "older")),
            rank: start
                .checked_sub(1)
                .map(|at| all[at].number)
                .filter(|&word| is_rank(vocabulary.text(word))),
            the: before(start, 1).is_some_and(|word| word.eq_ignore_ascii_case("the")),
            opens_at: start
                .checked_sub(1)
                .map(|at| &all[at])
                .filter(|token| text(token) == "(")
                .map(|t| t.span.start),
            closes: after(0) == Some(")"),
            comma: after(0) == Some(","),
            and: matches!(after(usize::from(after(0) == Some(","))), Some("and" | "&")),
            of: after(0) == Some("of"),
            owner_end: owner.map(|token| token.span.start),
            age: age([after(0), after(1), after(2)]),
            source: Source::Tagger,
        })
    }
}

impl Candidate {
    /// The supplied entity, by number.
    pub(crate) fn entity(&self) -> Option<u32> {
        match self.source {
            Source::SuppliedEntity(entity) => Some(entity),
            Source::Tagger | Source::Supplied => None,
        }
    }

    /// The supplied mention at some bytes, whether or not tokens begin and end there.
    pub(crate) fn supplied(
        tagged: &Tagged,
        bytes: ByteSpan,
        kind: u8,
        entity: Option<u32>,
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let start = tagged.tokens.partition_point(|token| token.span.end <= bytes.start);
        let end = tagged.tokens.partition_point(|token| token.span.start < bytes.end);
        let last = tagged.tokens[..end].last()?;
        let cut = bytes.end < last.span.end;
        let whole =
            Self::whole(tagged, Span { start, end: end.max(start), kind: kind as usize }, vocabulary)?;
        Some(Self {
            span: bytes,
            cut,
            source: entity.map_or(Source::Supplied, Source::SuppliedEntity),
            ..whole
        })
    }
}

/// The length in bytes of the suffix that continues a word after a name, such as `-based`.
fn extension(word: &str) -> u32 {
    const ENDINGS: [&str; 14] = [
        "-area",
        "-backed",
        "-based",
        "-born",
        "-bound",
        "-controlled",
        "-educated",
        "-led",
        "-listed",
        "-made",
        "-owned",
        "-run",
        "-style",
        "-trained",
    ];
    let ending = ENDINGS.iter().find(|ending| word.len() > ending.len() + 1 && word.ends_with(**ending));
    ending.map_or(0, |ending| ending.len() as u32)
}

/// The age in `, 44,` or `(44)`.
fn age(words: [Option<&str>; 3]) -> Option<u8> {
    match words {
        [Some(","), Some(age), Some("," | "." | ";")] | [Some("("), Some(age), Some(")")] => {
            age.parse().ok().filter(|age| (10..=110).contains(age))
        }
        _ => None,
    }
}

/// The tokens of a name without a preceding determiner, a possessive at the end, and marks at
/// either end.
fn trimmed(tokens: &[TokenAt], span: Span, vocabulary: &Vocabulary) -> (usize, usize) {
    let Span { mut start, mut end, .. } = span;
    let is_small = |at: usize| {
        let word = vocabulary.text(tokens[at].number);
        ["the", "a", "an"].iter().any(|small| word.eq_ignore_ascii_case(small))
    };
    let kind = |at: usize| vocabulary.kind(tokens[at].number);
    let is_mark = |at: usize| matches!(kind(at), TokenKind::Punctuation | TokenKind::Symbol);
    while start < end && (is_small(start) || is_mark(start)) {
        start += 1;
    }
    while start < end && is_mark(end - 1) {
        end -= 1;
    }
    (start, end)
}
