//! What does a sentence say of a name that stands in it?
//!
//! A [`Found`] is a mention before it is tied to anything: where it stands, its words without titles, determiners and
//! possessives, and what the words around it tell. Cost: a few look-ups a mention.

use super::lists::{Gender, gender_of_word, is_kin, is_polite, is_rank, is_title};
use crate::corpus::{TokenAt, Vocabulary};
use crate::span::ByteSpan;
use crate::tagger::Span;
use crate::text::TokenKind;

/// A sentence that was tagged.
pub(crate) struct Tagged {
    pub(crate) zone: u32,
    pub(crate) sentence: u32,
    pub(crate) in_headline: bool,
    pub(crate) tokens: Vec<TokenAt>,
}

/// Who found a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The tagger: rules may correct its type.
    Tagger,
    /// The caller.
    Given,
    /// The caller, who says the entity too, by its number.
    Named(u32),
}

/// A mention on its way to being linked.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of its own")]
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) zone: u32,
    pub(crate) sentence: u32,
    pub(crate) in_headline: bool,
    pub(crate) span: ByteSpan,
    pub(crate) kind: u8,
    /// Its tokens' numbers in the vocabulary.
    pub(crate) words: Vec<u32>,
    /// Whether the last word goes on behind the name: `San Francisco-based`.
    pub(crate) cut: bool,
    /// The gender that a title or a word of kinship before the name tells.
    pub(crate) gender: Gender,
    /// Whether the name is that of somebody's relative: `his son`, `first lady`, and behind it `, the president's wife`.
    pub(crate) kin: bool,
    /// The word of the vocabulary that is the title of rank before the name, `President` or `Sen.`.
    pub(crate) rank: Option<u32>,
    /// Whether `the` stands before the name.
    pub(crate) the: bool,
    /// Where the bracket stands that opens right before it.
    pub(crate) opens_at: Option<u32>,
    /// Whether a bracket closes right behind it.
    pub(crate) closes: bool,
    /// Whether a comma stands right behind it.
    pub(crate) comma: bool,
    /// Whether `of` stands right behind it.
    pub(crate) of: bool,
    /// Where the name ends that a possessive before this one belongs to.
    pub(crate) owner_end: Option<u32>,
    /// The age that stands behind it, between commas or in brackets.
    pub(crate) age: Option<u8>,
    /// Who found it.
    pub(crate) source: Source,
}

impl Found {
    /// The mention in a span of a sentence, without what is no part of the name; `None` where nothing is left. Whoever is
    /// called Mr or Mrs is a person, whatever the label.
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

    /// The mention that is a span of a sentence; `None` where it is empty.
    pub(crate) fn whole(tagged: &Tagged, span: Span, vocabulary: &Vocabulary) -> Option<Self> {
        let all = &tagged.tokens[..];
        let text = |token: &TokenAt| vocabulary.text(token.number);
        let before = |start: usize, back: usize| start.checked_sub(back).map(|at| text(&all[at]));
        let Span { start, end, kind } = span;
        let tokens = &all[start..end];
        let (first, last) = (tokens.first()?, tokens.last()?);
        let cut = extension(text(last));
        // The word before the name, and the one before a comma that stands there.
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
            (2..=5).take_while(|&ahead| !matches!(after(ahead - 1), Some("," | "and" | "."))).any(somebodys)
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
            of: after(0) == Some("of"),
            owner_end: owner.map(|token| token.span.start),
            age: age([after(0), after(1), after(2)]),
            source: Source::Tagger,
        })
    }
}

impl Found {
    /// The entity that the caller says, by its number.
    pub(crate) fn entity(&self) -> Option<u32> {
        match self.source {
            Source::Named(entity) => Some(entity),
            Source::Tagger | Source::Given => None,
        }
    }

    /// The mention that stands at some bytes, whether or not tokens begin and end there, as the caller gives it.
    pub(crate) fn own(
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
        Some(Self { span: bytes, cut, source: entity.map_or(Source::Given, Source::Named), ..whole })
    }
}

/// The bytes by which a word goes on behind a name: those of `-based`.
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

/// The tokens of a name without a determiner before, a possessive behind, and marks at either end.
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
    while start < end && (kind(end - 1) == TokenKind::Possessive || is_mark(end - 1)) {
        end -= 1;
    }
    (start, end)
}
