//! Where does a sentence end?
//!
//! Always at a blank line; and after a full stop, an exclamation mark or a question mark, if what
//! follows looks like the beginning of another sentence. Whether the full stop of an abbreviation
//! also ends a sentence is decided in `stop`; lists and rules of asterisks are handled in `list`. A
//! single line break means nothing, because wire copy is hard-wrapped.
//!
//! Invariant: the ends are strictly increasing, and the last one is the number of tokens. Cost: one
//! check of each token's kind and of the gap before it; the text is read only around marks and
//! abbreviations. Nothing is allocated but space for the ends. Cancellation is checked between
//! pieces of the text, and where marks follow marks.

use super::class::blank_line;
use super::markup::{self, Tag};
use super::token::{Token, TokenKind};
use super::unicode::is_invisible;
use crate::batch::Watch;
use crate::error::Result;

/// How many tokens are read between two checks of the watch.
const PIECE: usize = 1 << 14;

/// Appends to `ends` the index one past the last token of each sentence of `text`; `tokens` are all
/// its tokens. For short texts: it cannot be stopped.
pub fn split_sentences(text: &str, tokens: &[Token], ends: &mut Vec<u32>) {
    let mut splitter = Splitter::new(text, tokens, ends, None);
    splitter.read(0, tokens.len());
    splitter.close(tokens.len());
}

/// [`split_sentences`] for a text of any length.
///
/// # Errors
/// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
pub fn split_sentences_watched(
    text: &str,
    tokens: &[Token],
    ends: &mut Vec<u32>,
    watch: &Watch,
) -> Result<()> {
    let mut splitter = Splitter::new(text, tokens, ends, Some(watch));
    let mut at = 0;
    while at < tokens.len() {
        at = splitter.read(at, at.saturating_add(PIECE).min(tokens.len()));
        watch.check()?;
    }
    splitter.close(tokens.len());
    Ok(())
}

/// Whether a token of this kind is a mark.
fn is_mark(kind: TokenKind) -> bool {
    const MARKS: u16 = 1 << TokenKind::Punctuation as u16 | 1 << TokenKind::Symbol as u16;
    (MARKS >> kind as u16) & 1 == 1
}

/// What a mark can mean for a sentence, by its first byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Nothing,
    /// A full stop: it ends a sentence, or is part of a list marker.
    FullStop,
    /// An exclamation or question mark.
    Stop,
    /// A closing bracket, which may be part of a list marker.
    Bracket,
    /// A rule, or the start of an item.
    Rule,
    /// Possibly a tag.
    Tag,
    /// Possibly an emoticon.
    Eyes,
    /// Outside ASCII: the character decides.
    Wide,
}

static ROLES: [Role; 256] = roles();

const fn roles() -> [Role; 256] {
    let mut table = [Role::Nothing; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'.' => Role::FullStop,
            b'!' | b'?' => Role::Stop,
            b')' => Role::Bracket,
            b'*' | b'_' | b'=' | b'~' | b'-' => Role::Rule,
            b'<' | b'&' => Role::Tag,
            b':' | b';' => Role::Eyes,
            0x80.. => Role::Wide,
            _ => Role::Nothing,
        };
        byte += 1;
    }
    table
}

/// The last marker of the current list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct List(pub(super) Option<Marker>);

/// A number or letter that begins an item, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) letter: bool,
    pub(super) closing: u8,
    pub(super) bracket: bool,
    pub(super) value: u32,
}

/// The state of the splitter.
pub(super) struct Splitter<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) tokens: &'a [Token],
    ends: &'a mut Vec<u32>,
    /// The first token of the current sentence.
    pub(super) begin: usize,
    /// The list in the current paragraph, if one has begun.
    pub(super) list: List,
    watch: Option<&'a Watch>,
}

/// How the word after a stop begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// With a capital, or in a script without case.
    Upper,
    /// With a lower-case letter.
    Lower,
    /// With a digit or a currency symbol.
    Digit,
    /// With none of these: a mark follows.
    Mark,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str, tokens: &'a [Token], ends: &'a mut Vec<u32>, watch: Option<&'a Watch>) -> Self {
        Self { text, bytes: text.as_bytes(), tokens, ends, begin: 0, list: List::default(), watch }
    }
}

impl Splitter<'_> {
    /// Decides about the tokens from `index` to `end`; returns the index of the next one.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "the position of a mark is unpredictable, so a branch would cost more"
    )]
    fn read(&mut self, mut index: usize, end: usize) -> usize {
        let (tokens, bytes) = (self.tokens, self.bytes);
        let mut before = index.checked_sub(1).map_or(0, |last| tokens[last].end);
        // Most tokens follow a single space and end nothing.
        while let Some(ahead) = tokens.get(index..end).and_then(|rest| {
            rest.iter().position(|token| {
                let gap = token.start - before;
                before = token.end;
                let role = ROLES[usize::from(bytes[token.start as usize])];
                (gap >= 2)
                    | (token.kind == TokenKind::Abbreviation)
                    | (is_mark(token.kind) & (role != Role::Nothing))
            })
        }) {
            index += ahead;
            if index > 0 && self.paragraph_ends(index) {
                self.close(index);
                self.list = List::default();
            }
            index = self.look(index);
            before = tokens[index - 1].end;
        }
        index.max(end)
    }

    /// Ends the sentence before token `end`, unless it is empty.
    pub(super) fn close(&mut self, end: usize) {
        if end > self.begin {
            self.ends.push(end as u32);
            self.begin = end;
        }
    }

    /// Decides about the token at `index`; returns the next one to examine, never across a blank
    /// line.
    fn look(&mut self, index: usize) -> usize {
        let token = self.tokens[index];
        if token.kind == TokenKind::Abbreviation {
            // The half of the day of `6:00am` has no full stop.
            return if self.piece(index).ends_with(b".") { self.stop(index) } else { index + 1 };
        }
        if !is_mark(token.kind) {
            return index + 1;
        }
        match ROLES[usize::from(self.bytes[token.start as usize])] {
            Role::Nothing => index + 1,
            Role::FullStop => match self.marker(index) {
                Some(next) => next,
                None => self.stop(index),
            },
            Role::Stop => self.stop(index),
            Role::Bracket => self.marker(index).unwrap_or(index + 1),
            Role::Tag => self.tag(index),
            Role::Rule => self.rule(index),
            Role::Eyes => self.emoticon(index),
            Role::Wide => match self.text[token.start as usize..].chars().next() {
                Some('…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥' | '‼' | '⁇' | '⁈' | '⁉') => {
                    self.stop(index)
                }
                Some('–' | '—') if self.starts_item(index) => self.bullet(index),
                Some('•' | '⁃' | '◦' | '▪' | '‣' | '●' | '■' | '►') => self.bullet(index),
                _ => index + 1,
            },
        }
    }

    /// Decides about the stop at `index`: either ends the sentence after it and the marks that
    /// close it, or does not.
    fn stop(&mut self, index: usize) -> usize {
        if let Some(next) = self.spaced_ellipsis(index) {
            return next;
        }
        let end = self.closers_end(index + 1);
        if end >= self.tokens.len() || self.paragraph_ends(end) {
            return end;
        }
        if self.opens_glued_quote(index, end) {
            self.close(index + 1);
            return end;
        }
        if self.ends_sentence(index, end) {
            let end = self.after_emoticons(end);
            self.close(end);
            return end;
        }
        end
    }

    /// Whether the stop at `index` ends a sentence before token `next`; closing marks may be
    /// between them.
    fn ends_sentence(&self, index: usize, next: usize) -> bool {
        let token = self.tokens[index];
        let first = self.bytes[token.start as usize];
        if self.gap(next) == 0 {
            return self.glued_stop(index, next);
        }
        let closed = next > index + 1;
        let (lead, word) = self.lead(next);
        if token.kind == TokenKind::Abbreviation {
            return self.short_form_ends(index, next, word, lead);
        }
        let dots = (first == b'.' && token.end - token.start > 1) || self.starts_with(index, "…");
        if dots {
            // `"We met [...]" (Brown 12)`: a source, not a sentence.
            let source = closed && self.starts_with(next, "(");
            return lead == Lead::Upper && index > self.begin && !self.is_pronoun(word) && !source;
        }
        match lead {
            Lead::Upper => !self.names_company(index, word),
            Lead::Digit => true,
            Lead::Lower => !closed && !self.belongs_to_name(index, word),
            Lead::Mark => self.mark_opens(next, closed),
        }
    }

    /// `It ended."Good," he said`: a straight quotation mark without spaces opens a quotation if no
    /// other is open.
    fn opens_glued_quote(&self, index: usize, next: usize) -> bool {
        next == index + 2
            && self.piece(index + 1) == b"\""
            && self.gap(next) == 0
            && self.tokens[next].kind == TokenKind::Word
            && self.bytes[self.tokens[next].start as usize].is_ascii_uppercase()
            && self.tokens[index].kind != TokenKind::Abbreviation
            && (self.begin..index).filter(|&at| self.piece(at) == b"\"").count().is_multiple_of(2)
    }

    /// Handles a stop without a space after it: the space was forgotten if a capitalised word
    /// follows a word.
    fn glued_stop(&self, index: usize, next: usize) -> bool {
        // `“No.”He`: only a closing quotation mark may be between them.
        let closed = next == index + 2 && self.starts_with(index + 1, "”");
        if !(next == index + 1 || closed) || index == self.begin {
            return false;
        }
        // `It ended.“Good”`: an opening one belongs to the word after it.
        let quoted = self.starts_with(next, "“") && self.tokens.get(next + 1).is_some();
        let next = if quoted && self.gap(next + 1) == 0 { next + 1 } else { next };
        let (before, token, after) = (self.tokens[index - 1], self.tokens[index], self.tokens[next]);
        let first = self.bytes[token.start as usize];
        let ended = match before.kind {
            TokenKind::Word => before.end - before.start > 1,
            TokenKind::Number => index - 1 > self.begin && first == b'.',
            TokenKind::Punctuation => matches!(self.piece(index - 1), b")" | b"]"),
            _ => false,
        };
        let capital = self.bytes[after.start as usize].is_ascii_uppercase();
        let begins =
            after.kind == TokenKind::Word && after.end - after.start > 1 && (capital || first != b'.');
        ended && begins && before.end == token.start
    }

    /// `Mamma Mia! has`, `p. five`, `average . ended`: whether a mark belongs to what precedes it,
    /// given that token `next` begins with a lower-case letter.
    fn belongs_to_name(&self, index: usize, next: usize) -> bool {
        if index == self.begin {
            return true;
        }
        let before = index - 1;
        let (first, word) = (self.bytes[self.tokens[index].start as usize], self.piece(before));
        if first == b'.' {
            return (word.len() == 1 && word[0].is_ascii_alphabetic()) || self.gap(index) > 0;
        }
        // After a title in a sentence, lower case follows. An excited writer forgets capitals too,
        // but then also elsewhere.
        // `OK! magazine`: a name in capitals, before a noun.
        let noun = || super::lexicon::speech(self.piece(next)) == super::lexicon::Speech::NOUN;
        let title = word[0].is_ascii_uppercase()
            && (word.iter().any(u8::is_ascii_lowercase) || first == b'!' && noun());
        title && self.tokens[next].kind == TokenKind::Word && (before > self.begin || first == b'!')
    }

    /// `Yahoo! Inc.`, `Yum! Brands`: whether an exclamation mark belongs to the name of a company.
    fn names_company(&self, index: usize, next: usize) -> bool {
        self.piece(index) == b"!"
            && next == index + 1
            && index > 0
            && (super::lexicon::is_company_form(self.piece(next))
                || is_brand(self.piece(next))
                || matches!(self.piece(index - 1), b"E" | b"Yahoo") && is_service(self.piece(next)))
            && self.piece(index - 1).first().is_some_and(u8::is_ascii_uppercase)
    }

    /// Handles a tag: one that begins or ends a line does so with a sentence.
    fn tag(&mut self, index: usize) -> usize {
        let piece = self.piece(index);
        if markup::tag_of(piece) == Some(Tag::Block)
            && let Some(inside) = markup::inside_tag(piece)
        {
            // A line break follows what it ends, and an opening tag precedes what it begins.
            if inside[0] == b'/' || inside.starts_with(b"br") || inside.starts_with(b"BR") {
                self.close(index + 1);
            } else {
                self.close(index);
            }
        }
        index + 1
    }

    /// Whether a mark after a stop begins something new: a rule, or a dash that introduces an item.
    fn mark_opens(&self, next: usize, closed: bool) -> bool {
        let token = self.tokens[next];
        match self.bytes[token.start as usize] {
            b'-' => !closed,
            b'*' | b'_' | b'=' | b'+' | b'<' | b'>' | b'~' | b'?' | b'|' | b'[' => true,
            0x80.. => token.kind == TokenKind::Symbol || self.starts_with(next, "•"),
            _ => false,
        }
    }

    /// `. . .`: three dots are a pause; four end a sentence, and the first of them is its full stop
    /// if it touches its word.
    fn spaced_ellipsis(&mut self, index: usize) -> Option<usize> {
        let mut end = index + 1;
        while end < self.tokens.len() && self.is_stop(end) && self.gap(end) == 1 {
            end += 1;
        }
        let dots = end - index;
        if !self.is_stop(index) || dots < 3 {
            return None;
        }
        if dots > 3 && end < self.tokens.len() && !self.paragraph_ends(end) && self.lead(end).0 == Lead::Upper
        {
            let touches = index > 0 && self.gap(index) == 0;
            self.close(if touches { index + 1 } else { end });
        }
        Some(end)
    }

    /// The first token at or after `from` that does not close what the stop ended: quotation marks,
    /// brackets, more stops, and footnotes such as `[12]`.
    fn closers_end(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.tokens.len() && !self.paragraph_ends(end) {
            let token = self.tokens[end];
            let glued = self.gap(end) == 0;
            end += match self.bytes[token.start as usize] {
                b'"' | b'\'' | b'.' | b'!' | b'?' if glued && token.kind == TokenKind::Punctuation => 1,
                b')' | b']' | b'}' => 1,
                b'<' if glued && self.starts_with(end, "</") => 1,
                b'[' if glued && self.is_footnote(end) => 3,
                0xC2..
                    if ["”", "’", "»", "›", "」", "』", "）"]
                        .iter()
                        .any(|mark| self.starts_with(end, mark))
                        && token.kind == TokenKind::Punctuation =>
                {
                    1
                }
                0xE2 if glued
                    && self.starts_with(end, "“")
                    && self.tokens.get(end + 1).is_none_or(|_| self.gap(end + 1) > 0) =>
                {
                    1
                }
                _ => break,
            };
        }
        end
    }

    /// `[12]`, without spaces.
    fn is_footnote(&self, at: usize) -> bool {
        matches!(self.tokens.get(at + 1..at + 3), Some([number, bracket])
            if number.kind == TokenKind::Number && self.bytes[bracket.start as usize] == b']' && bracket.start == number.end)
    }

    /// The first token after the emoticons at `from`, which belong to the preceding sentence.
    fn after_emoticons(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.tokens.len() && self.is_emoticon(end) && !self.paragraph_ends(end) {
            end += 1;
        }
        end
    }

    /// Handles an emoticon at the end of a sentence without a stop: a capital follows.
    fn emoticon(&mut self, index: usize) -> usize {
        if self.is_emoticon(index)
            && index > self.begin
            && matches!(self.lead(index + 1), (Lead::Upper, word) if !self.is_pronoun(word))
        {
            self.close(index + 1);
        }
        index + 1
    }

    fn is_emoticon(&self, index: usize) -> bool {
        let token = self.tokens[index];
        token.kind == TokenKind::Symbol
            && token.end - token.start >= 2
            && matches!(self.bytes[token.start as usize], b':' | b';' | b'=')
            && matches!(self.bytes[token.end as usize - 1], b')' | b'(' | b'D' | b'P' | b'p' | b'|' | b'/')
    }

    /// How the first word at or after token `from` begins, ignoring opening marks, and which token
    /// it is.
    pub(super) fn lead(&self, from: usize) -> (Lead, usize) {
        let mut index = from;
        while let Some(token) =
            self.tokens.get(index).filter(|_| index == from || !self.paragraph_ends(index))
        {
            let first = self.bytes[token.start as usize];
            let lead = match first {
                b'a'..=b'z' => Lead::Lower,
                b'0'..=b'9' | b'$' | b'#' | b'@' => Lead::Digit,
                b'"' | b'\'' | b'(' | b'[' if token.kind == TokenKind::Punctuation => {
                    index += 1;
                    continue;
                }
                b'A'..=b'Z' | b'\'' => Lead::Upper,
                0x80.. => match self.text[token.start as usize..].chars().find(|&c| !is_invisible(c)) {
                    Some('“' | '‘' | '«' | '„' | '‚' | '¿' | '¡' | '「' | '『' | '（' | '‹') =>
                    {
                        index += 1;
                        continue;
                    }
                    Some(c) if c.is_lowercase() => Lead::Lower,
                    Some(c) if c.is_alphabetic() => Lead::Upper,
                    Some(c) if c.is_numeric() || matches!(c, '£' | '€' | '¥') => Lead::Digit,
                    _ => Lead::Mark,
                },
                _ => Lead::Mark,
            };
            return (lead, index);
        }
        (Lead::Mark, index)
    }

    /// The white space before token `index`, in bytes.
    pub(super) fn gap(&self, index: usize) -> u32 {
        self.tokens[index].start - self.tokens[index - 1].end
    }

    /// Whether there is a blank line before token `index`. After a cancellation, always true: the
    /// result is no longer needed, and any look-ahead to the end of the paragraph ends here.
    pub(super) fn paragraph_ends(&self, index: usize) -> bool {
        self.watch.is_some_and(Watch::is_stopped)
            || self.gap(index) >= 2
                && blank_line(
                    self.bytes,
                    self.tokens[index - 1].end as usize,
                    self.tokens[index].start as usize,
                )
    }

    /// The bytes of token `index`; empty beyond the end.
    pub(super) fn piece(&self, index: usize) -> &[u8] {
        self.tokens.get(index).map_or(&[], |token| &self.bytes[token.start as usize..token.end as usize])
    }

    pub(super) fn starts_with(&self, index: usize, mark: &str) -> bool {
        self.piece(index).starts_with(mark.as_bytes())
    }

    /// Whether token `index` is a single full stop.
    fn is_stop(&self, index: usize) -> bool {
        self.piece(index) == b"."
    }

    /// `I`, `I'm`: a capital that gives no information.
    fn is_pronoun(&self, index: usize) -> bool {
        matches!(self.piece(index), [b'I'] | [b'I', b'\'' | 0xE2, ..])
    }
}

/// Whether a word after `Yahoo!` or `E!` is the rest of the name of a part of the company.
fn is_service(word: &[u8]) -> bool {
    matches!(
        word,
        b"News"
            | b"Sports"
            | b"Sport"
            | b"Entertainment"
            | b"Online"
            | b"Network"
            | b"Networks"
            | b"Music"
            | b"Movies"
            | b"Tech"
            | b"Messenger"
            | b"Groups"
            | b"Canada"
            | b"Television"
    )
}

/// Whether a word after an exclamation mark is the rest of a company's name.
fn is_brand(word: &[u8]) -> bool {
    matches!(
        word,
        b"Brands" | b"Answers" | b"Finance" | b"Mail" | b"Media" | b"Pictures" | b"Studios" | b"Japan"
    )
}
