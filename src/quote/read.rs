//! What is quoted in an article, by whom, and with which words?
//!
//! Paragraph after paragraph: marks first, then the sentences, in which each quotation is one unit.
//! A quotation that no cue introduces belongs to the speaker before it in its paragraph, to the
//! words with a colon at the end of the paragraph before, or to the speaker whose quotation the
//! paragraph before leaves open.

use super::cue::{Cue, SAY, TELL};
use super::find::{Mark, Quoted, quotations};
use super::sentence::{Attribution, Clauses, Range, Unit};
use super::words::{
    AUXILIARY, CAPITAL, COLON, DASH, JOINED, LOW, OPENS, PUNCTUATION, QUERY, SINGLE_CLOSES, SINGLE_OPENS,
    STOP, STRAIGHT, TITLED, WORD, Words,
};
use crate::corpus::{ArticleRef, Vocabulary, ZoneSet};
use crate::keyword::Tag;
use crate::span::ByteSpan;

/// How words are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteKind {
    /// In quotation marks alone.
    Direct = 0,
    /// In the writer's words, with quotation marks inside.
    Mixed = 1,
    /// In the writer's words.
    Indirect = 2,
}

impl QuoteKind {
    /// The kinds and their names.
    pub const ALL: [(&'static str, Self); 3] =
        [("direct", Self::Direct), ("mixed", Self::Mixed), ("indirect", Self::Indirect)];
}

/// Words and the source that they are attributed to.
#[derive(Debug, Clone, Copy)]
pub struct Quote {
    /// The zone, as a position in the part.
    pub zone: u32,
    /// The sentence in which it begins, as a position in the part.
    pub sentence: u32,
    /// The words, with their marks.
    pub span: ByteSpan,
    /// How they are quoted.
    pub kind: QuoteKind,
    /// The words for the speaker.
    pub speaker: Option<Said>,
    /// The words that attribute.
    pub cue: Option<Said>,
}

/// A span and its zone.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// The zone, as a position in the part.
    pub zone: u32,
    /// The words.
    pub span: ByteSpan,
    /// For *who* and *which*, the phrase before that it refers to.
    pub antecedent: Option<ByteSpan>,
}

/// The speaker and the cue of a quotation before.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    speaker: Option<Said>,
    cue: Option<Said>,
}

/// Buffers that are reused from article to article.
#[derive(Default)]
pub(crate) struct Reader {
    words: Words,
    tokens: Vec<Unit>,
    marks: Vec<Mark>,
    /// The first token of each mark, and the number of tokens.
    mark_tokens: Vec<usize>,
    quoted: Vec<Quoted>,
    units: Vec<Unit>,
    tags: Vec<Tag>,
    back: Vec<[u8; 14]>,
    attributions: Vec<Attribution>,
}

/// The fewest words of a quotation without a cue that continues the one before, and of one that
/// is a statement though nobody is named.
const GOES_ON: u32 = 2;
const STATEMENT: u32 = 6;
/// The most words of a title.
const TITLE: u32 = 4;

impl Reader {
    /// The quotations in these zones of an article.
    pub(crate) fn read(
        &mut self,
        article: ArticleRef<'_>,
        zones: ZoneSet,
        vocabulary: &Vocabulary,
    ) -> Vec<Quote> {
        let mut found = Vec::new();
        let mut zones = article.zones(zones).peekable();
        let mut announced: Option<Before> = None;
        let mut open: Option<Before> = None;
        let mut spoken: Option<Before> = None;
        while let Some(zone) = zones.next() {
            self.read_tokens(article, zone, vocabulary);
            let goes_on = zones.peek().is_some_and(|&next| self.begins_with_mark(article, next, vocabulary));
            self.find_quotations(goes_on);
            self.join_units(vocabulary);
            let mut paragraph = Paragraph {
                zone: zone as u32,
                announced: announced.take(),
                open: open.take(),
                spoken: spoken.take(),
                within: None,
                colon: None,
            };
            let mut first = 0;
            while first < self.units.len() {
                let mut end = first + 1;
                while end < self.units.len() && self.continues(end) {
                    end += 1;
                }
                self.read_sentence(first..end, &mut paragraph, vocabulary, &mut found);
                first = end;
            }
            announced = paragraph.colon;
            let unclosed = self
                .quoted
                .last()
                .is_some_and(|quoted| !quoted.closed && quoted.last + 1 == self.tokens.len());
            open = paragraph.within.filter(|_| unclosed);
            spoken = paragraph.within;
        }
        found
    }

    /// Finds the quotations among the tokens. Two straight single marks are a double one.
    fn find_quotations(&mut self, goes_on: bool) {
        const APOSTROPHE: u64 = SINGLE_OPENS | SINGLE_CLOSES;
        self.marks.clear();
        self.mark_tokens.clear();
        let mut at = 0;
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            let before = at.checked_sub(1).map(|before| &self.tokens[before]);
            let doubled = token.flags & APOSTROPHE == APOSTROPHE
                && self.tokens.get(at + 1).is_some_and(|next| {
                    next.flags & APOSTROPHE == APOSTROPHE && next.span.start == token.span.end
                });
            self.marks.push(Mark {
                flags: if doubled { STRAIGHT } else { token.flags },
                gap_before: before.is_none_or(|before| before.span.end < token.span.start),
                opens_sentence: before.is_none_or(|before| before.sentence != token.sentence),
            });
            self.mark_tokens.push(at);
            at += if doubled { 2 } else { 1 };
        }
        self.mark_tokens.push(at);
        self.quoted.clear();
        quotations(&self.marks, goes_on, &mut self.quoted);
        for quoted in &mut self.quoted {
            quoted.first = self.mark_tokens[quoted.first];
            quoted.last = self.mark_tokens[quoted.last + 1] - 1;
        }
    }

    /// Whether a unit belongs to the sentence before it. `"Why?" she asked` is one sentence.
    fn continues(&self, at: usize) -> bool {
        let (before, unit) = (&self.units[at - 1], &self.units[at]);
        unit.sentence <= before.last_sentence
            || before.is_quote() && !unit.is_quote() && (before.flags & QUERY != 0 || unit.flags & DASH != 0)
    }

    fn begins_with_mark(&mut self, article: ArticleRef<'_>, zone: usize, vocabulary: &Vocabulary) -> bool {
        let first = article.part.sentences_of(zone).next();
        let token = first.and_then(|sentence| article.part.walk(sentence, vocabulary).next());
        token.is_some_and(|token| {
            self.words.of(token.number, vocabulary).flags & (OPENS | LOW | STRAIGHT | SINGLE_OPENS) != 0
        })
    }

    fn read_tokens(&mut self, article: ArticleRef<'_>, zone: usize, vocabulary: &Vocabulary) {
        self.tokens.clear();
        for sentence in article.part.sentences_of(zone) {
            let first = self.tokens.len();
            let (mut capitals, mut all) = (0, 0);
            for token in article.part.walk(sentence, vocabulary) {
                let word = self.words.of(token.number, vocabulary);
                let is_word = word.flags & WORD != 0;
                all += usize::from(is_word);
                capitals += usize::from(is_word && word.flags & CAPITAL != 0);
                self.tokens.push(Unit {
                    span: token.span,
                    sentence: sentence as u32,
                    number: token.number,
                    tag: Tag::Mark,
                    flags: word.flags,
                    cue: word.cue,
                    quoted: 0,
                    last_sentence: sentence as u32,
                });
            }
            let Self { tokens, words, tags, back, .. } = self;
            let tokens = &mut tokens[first..];
            let rows: Vec<_> = tokens.iter().map(|token| words.of(token.number, vocabulary)).collect();
            let emissions = &words.emissions;
            let capital = |at: usize| rows.get(at).is_some_and(|row| row.flags & CAPITAL != 0);
            let emission = rows
                .iter()
                .enumerate()
                .map(|(at, row)| emissions.before_capital(row.emission, capital(at + 1)));
            tags.clear();
            emissions.tag(emission, capitals * 3 > all * 2, back, tags);
            let titled = capitals * 3 > all * 2;
            for (at, (token, &tag)) in tokens.iter_mut().zip(tags.iter()).enumerate() {
                // A word with a capital inside a sentence is a name, whatever it means without.
                let name = at > 0
                    && !titled
                    && tag == Tag::Verb
                    && token.flags & CAPITAL != 0
                    && token.cue.frames == 0;
                token.tag = if name { Tag::Name } else { tag };
                if at > 0 && !titled && token.flags & (CAPITAL | AUXILIARY) == CAPITAL | AUXILIARY {
                    // The month, a name.
                    token.flags &= !AUXILIARY;
                    token.tag = Tag::Name;
                }
            }
        }
    }

    /// Makes each quotation one unit.
    fn join_units(&mut self, vocabulary: &Vocabulary) {
        self.units.clear();
        let mut at = 0;
        let mut quoted = self.quoted.iter().peekable();
        while at < self.tokens.len() {
            let token = self.tokens[at];
            match quoted.peek() {
                Some(quote) if quote.first == at => {
                    let inside = &self.tokens[quote.first..=quote.last];
                    let words = inside.iter().filter(|token| token.flags & WORD != 0).count() as u32;
                    let capitals = inside.iter().filter(|token| token.flags & CAPITAL != 0).count() as u32;
                    let titled = if capitals > 1 && capitals * 3 >= words * 2 { TITLED } else { 0 };
                    self.units.push(Unit {
                        span: ByteSpan::new(token.span.start, self.tokens[quote.last].span.end),
                        quoted: words.max(1),
                        last_sentence: self.tokens[quote.last].sentence,
                        // Whether a mark ends the words, and whether all begin with a capital.
                        flags: titled
                            | inside[inside.len().saturating_sub(2)].flags & (PUNCTUATION | QUERY)
                            | inside
                                .iter()
                                .filter(|token| token.flags & WORD != 0)
                                .fold(CAPITAL, |all, token| all & token.flags),
                        cue: Cue::default(),
                        ..token
                    });
                    at = quote.last + 1;
                    quoted.next();
                }
                _ => {
                    let mut unit = token;
                    // A full stop inside a sentence belongs to an abbreviation.
                    let inside = self.tokens.get(at + 1).is_some_and(|next| next.sentence == token.sentence);
                    if inside && vocabulary.text(token.number) == "." {
                        unit.flags &= !STOP;
                    }
                    self.units.push(unit);
                    at += 1;
                }
            }
        }
    }

    fn read_sentence(
        &mut self,
        range: std::ops::Range<usize>,
        paragraph: &mut Paragraph,
        vocabulary: &Vocabulary,
        found: &mut Vec<Quote>,
    ) {
        let units = &self.units[range];
        self.attributions.clear();
        let clauses = Clauses::new(units, vocabulary);
        clauses.attributions(is_titled(units), &mut self.attributions);
        let said = |(first, last): Range| {
            let unit = &units[last];
            // "he's" ends with its verb.
            let verb = if unit.flags & JOINED != 0 && first == last {
                let text = vocabulary.text(unit.number);
                text.len() - text.find(['\'', '’']).unwrap_or(text.len())
            } else {
                0
            };
            let span = ByteSpan::new(units[first].span.start, unit.span.end - verb as u32);
            let antecedent = (first == last).then(|| clauses.antecedent(first)).flatten();
            let antecedent =
                antecedent.map(|(first, last)| ByteSpan::new(units[first].span.start, units[last].span.end));
            Said { zone: paragraph.zone, span, antecedent }
        };
        let mut used = vec![false; units.len()];
        let mut last_speech: Option<Before> = None;
        for attribution in &self.attributions {
            let (first, last) = attribution.content;
            let content = said(attribution.content);
            let quotes = (first..=last).filter(|&at| units[at].is_quote()).count();
            let others = (first..=last).any(|at| !units[at].is_quote() && units[at].flags & WORD != 0);
            let kind = match (quotes, others) {
                (0, _) => QuoteKind::Indirect,
                (_, true) => QuoteKind::Mixed,
                (_, false) => QuoteKind::Direct,
            };
            // "They sang 'Summer Time'": a title.
            let is_title =
                |unit: &Unit| unit.quoted <= TITLE && unit.flags & (CAPITAL | PUNCTUATION) == CAPITAL;
            if first == last && is_title(&units[first]) {
                continue;
            }
            let before = Before { speaker: attribution.source.map(said), cue: Some(said(attribution.cue)) };
            if kind != QuoteKind::Indirect {
                used[first..=last].fill(true);
            }
            last_speech = Some(before);
            found.push(Quote {
                zone: paragraph.zone,
                sentence: units[first].sentence,
                span: content.span,
                kind,
                speaker: before.speaker,
                cue: before.cue,
            });
        }
        // Quotations without a cue.
        let only_quotes = units.iter().all(|unit| unit.is_quote() || unit.flags & WORD == 0);
        for (at, unit) in units.iter().enumerate() {
            // A heading between paragraphs: 'All Bets Are Off.'
            let heading = self.units.len() == 1 && unit.flags & TITLED != 0;
            if !unit.is_quote() || used[at] || unit.quoted < GOES_ON || heading {
                continue;
            }
            let opens_paragraph = self.units.first().is_some_and(|first| first.span == unit.span);
            let after_colon = at > 0 && at + 1 == units.len() && units[at - 1].flags & COLON != 0;
            let before = if after_colon {
                clauses
                    .message_before(at - 1)
                    .map(|(cue, source)| Before { speaker: source.map(said), cue: Some(said(cue)) })
            } else if opens_paragraph {
                paragraph.open.or(paragraph.announced).or(if only_quotes { paragraph.spoken } else { None })
            } else if only_quotes || at == 0 {
                paragraph.within
            } else {
                None
            };
            let statement = unit.quoted >= STATEMENT && unit.flags & PUNCTUATION != 0;
            let Some(before) = before.or_else(|| statement.then(Before::default)) else { continue };
            last_speech = last_speech.or(before.speaker.map(|_| before));
            found.push(Quote {
                zone: paragraph.zone,
                sentence: unit.sentence,
                span: unit.span,
                kind: QuoteKind::Direct,
                speaker: before.speaker,
                cue: before.cue,
            });
        }
        if last_speech.is_some() {
            paragraph.within = last_speech;
        }
        // "She added:" at the end of a paragraph.
        paragraph.colon = None;
        if let [.., last] = units
            && last.flags & COLON != 0
            && let Some((cue, source)) = clauses.last_cue(SAY | TELL)
        {
            paragraph.colon = Some(Before { speaker: source.map(said), cue: Some(said(cue)) });
        }
    }
}

/// Whether most words begin with a capital, as in a headline.
fn is_titled(units: &[Unit]) -> bool {
    let words = units.iter().filter(|unit| unit.flags & WORD != 0);
    let (mut all, mut capitals) = (0, 0);
    for word in words {
        all += 1;
        capitals += usize::from(word.flags & CAPITAL != 0);
    }
    capitals * 3 > all * 2
}

/// What is known in a paragraph.
struct Paragraph {
    zone: u32,
    announced: Option<Before>,
    open: Option<Before>,
    spoken: Option<Before>,
    within: Option<Before>,
    colon: Option<Before>,
}
