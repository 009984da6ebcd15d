//! How are consecutive articles stored?
//!
//! A [`Part`] holds about a megabyte of articles, and flat arrays of their zones, sentences and
//! tokens. Its offsets count the bytes of the strings of all its articles, concatenated. A token
//! costs five bytes: four for its number in the vocabulary and one for the white space before it.
//! Its position follows from the lengths of the tokens before it in its sentence.
//!
//! Invariants: zones, sentences and tokens are in the order of the text and tile their parents, so
//! each level stores only where its first child is; each array ends in a sentinel.

use std::hint::black_box;
use std::ops::Range;

use super::text::{Held, Text};
use super::vocabulary::Vocabulary;
use crate::article::{Cut, Details, Known, Zone, ZoneKind, Zones, known_zones, zones};
use crate::batch::Watch;
use crate::error::Result;
use crate::span::ByteSpan;
use crate::text::{Token, split_sentences_watched, tokenize_watched};

/// The value that represents "no date" in stored days.
pub const NO_DAY: i32 = i32::MIN;

/// The string of an article that contains a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Origin {
    /// The text of the article.
    Text = 0,
    /// A headline that was supplied as a separate field.
    Headline = 1,
    /// A byline that was supplied as a separate field.
    Byline = 2,
}

impl Origin {
    /// All origins, in the order of their numbers.
    pub(super) const ALL: [Self; 3] = [Self::Text, Self::Headline, Self::Byline];
}

/// An article: where its strings are in the part, and its first zone.
#[derive(Debug, Clone, Copy)]
pub struct ArticleRow {
    /// The text.
    pub text: ByteSpan,
    /// The headline field; empty if there is none.
    pub headline: ByteSpan,
    /// The byline field; empty if there is none.
    pub byline: ByteSpan,
    /// The byte of the text at which its header ends.
    pub body: u32,
    /// The day, or [`NO_DAY`].
    pub day: i32,
    /// Its first zone.
    pub first_zone: u32,
    /// Whether the text is ASCII, so that its characters are its bytes.
    pub is_ascii: bool,
}

/// A zone: its kind, its position in the strings of the part, and its first sentence.
#[derive(Debug, Clone, Copy)]
pub struct ZoneRow {
    /// What it is.
    pub kind: ZoneKind,
    /// The string that contains it.
    pub origin: Origin,
    /// Its position in the strings of the part.
    pub span: ByteSpan,
    /// Its first sentence.
    pub first_sentence: u32,
}

/// A sentence: where it starts in the strings of the part, and its first token.
#[derive(Debug, Clone, Copy)]
pub struct SentenceRow {
    /// Its first byte in the strings of the part.
    pub start: u32,
    /// Its first token.
    pub first_token: u32,
}

/// A token as visited by a walk through a part.
#[derive(Debug, Clone, Copy)]
pub struct TokenAt {
    /// Its number in the vocabulary.
    pub number: u32,
    /// Its position in the strings of the part.
    pub span: ByteSpan,
}

/// Consecutive articles.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The strings of the articles.
    pub(super) held: Vec<Held>,
    /// The articles.
    pub articles: Vec<ArticleRow>,
    /// Their zones, and a sentinel.
    pub zones: Vec<ZoneRow>,
    /// Their sentences, and a sentinel.
    pub sentences: Vec<SentenceRow>,
    /// The vocabulary numbers of their tokens.
    pub tokens: Vec<u32>,
    /// The number of bytes of white space before each token of a sentence; [`LONG_GAP`] if it does
    /// not fit.
    pub(super) gaps: Vec<u8>,
    /// Gaps that do not fit into a byte: the token, and the number of bytes before it.
    pub(super) long_gaps: Vec<(u32, u32)>,
    /// The start of every [`MARK`]th token of a long sentence: the token, and its first byte in the
    /// strings of the part.
    pub(super) marks: Vec<(u32, u32)>,
    /// The details of captions, datelines and bylines. Spans refer to the strings of the part;
    /// `zone` counts the zones of the part.
    pub details: Vec<Details>,
}

/// The maximum number of steps of a walk to a token of a sentence.
const MARK: usize = 256;

/// Marks a gap that must be looked up in `long_gaps`.
pub(super) const LONG_GAP: u8 = u8::MAX;

/// The articles of a part before tokenisation: the strings, and where those of each article are.
#[derive(Debug, Default)]
pub(super) struct Draft {
    held: Vec<Held>,
    articles: Vec<ArticleRow>,
    /// The parts of the texts whose format says what they are, by article.
    known: Vec<(usize, Box<[Known]>)>,
    /// The length of the strings in bytes.
    bytes: usize,
    /// Reserved space for the tokens and gaps of the part.
    tokens: Vec<u32>,
    gaps: Vec<u8>,
}

impl Draft {
    /// Adds an article whose text has a header up to byte `body`.
    pub(super) fn push(
        &mut self,
        text: Text,
        headline: &str,
        byline: &str,
        body: usize,
        day: i32,
        parts: Option<Box<[Known]>>,
    ) {
        self.known.extend(parts.map(|parts| (self.articles.len(), parts)));
        let mut append = |piece: &str| {
            let start = self.bytes;
            self.bytes += piece.len();
            ByteSpan::new(start as u32, self.bytes as u32)
        };
        self.articles.push(ArticleRow {
            text: append(text.as_str()),
            headline: append(headline),
            byline: append(byline),
            body: body as u32,
            day,
            first_zone: 0,
            is_ascii: false,
        });
        self.held.push(Held { text, fields: [headline, byline].concat().into() });
    }

    /// The number of articles.
    pub(super) fn len(&self) -> usize {
        self.articles.len()
    }

    /// The length of their strings in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Reserves space for the number of tokens that this much text usually has. The thread that
    /// gathers the texts does so because it can reuse memory, while a thread that only tokenises
    /// would have to request every page from the system.
    pub(super) fn reserve_tokens(&mut self) {
        self.tokens.reserve(self.bytes / 5);
        self.gaps.reserve(self.bytes / 5);
    }
}

/// A string, and where it starts in the strings of the part.
#[derive(Clone, Copy)]
struct Base<'a> {
    text: &'a str,
    start: u32,
}

impl<'a> Base<'a> {
    fn piece(self, span: ByteSpan) -> &'a str {
        span.since(self.start).of(self.text)
    }
}

/// Buffers that are reused from zone to zone.
struct Scratch<'a> {
    tokens: Vec<Token>,
    ends: Vec<u32>,
    watch: &'a Watch,
}

impl Part {
    /// Cuts the articles of a draft into zones, sentences and tokens, which a vocabulary numbers.
    /// An article may have gigabytes, so cancellation is checked inside it.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub(super) fn build(draft: Draft, cut: Cut, vocabulary: &mut Vocabulary, watch: &Watch) -> Result<Self> {
        let Draft { held, articles, known, bytes, tokens, gaps } = draft;
        let mut known = known.into_iter().peekable();
        let mut part = Self { articles, tokens, gaps, ..Self::default() };
        let mut scratch = Scratch { tokens: Vec::new(), ends: Vec::new(), watch };
        for (i, held) in held.iter().enumerate() {
            part.articles[i].first_zone = part.zones.len() as u32;
            let article = part.articles[i];
            for (origin, kind, span) in [
                (Origin::Headline, ZoneKind::Headline, article.headline),
                (Origin::Byline, ZoneKind::Byline, article.byline),
            ] {
                let fields = Base { text: &held.fields, start: article.text.end };
                let span = span.since(fields.start).trimmed(fields.text).shifted(fields.start);
                if !span.is_empty() {
                    part.add_zone(fields, Zone { kind, span }, origin, vocabulary, &mut scratch)?;
                }
            }
            let text = held.text.as_str();
            let headline = article.headline.since(article.text.end).of(&held.fields);
            let found = match known.next_if(|(at, _)| *at == i) {
                Some((_, parts)) => known_zones(text, &parts, cut.layout, headline),
                None => zones(text, article.body as usize, cut, headline),
            };
            let text = Base { text, start: article.text.start };
            part.add_article_zones(text, found, vocabulary, &mut scratch)?;
            part.articles[i].is_ascii = text.text.is_ascii();
        }
        part.held = held;
        part.close(bytes as u32);
        Ok(part)
    }

    fn add_article_zones(
        &mut self,
        text: Base<'_>,
        found: Zones,
        vocabulary: &mut Vocabulary,
        scratch: &mut Scratch<'_>,
    ) -> Result<()> {
        let first = self.zones.len() as u32;
        for Zone { kind, span } in found.zones {
            let zone = Zone { kind, span: span.shifted(text.start) };
            self.add_zone(text, zone, Origin::Text, vocabulary, scratch)?;
        }
        self.details.extend(found.details.into_iter().map(|mut details| {
            details.zone += first;
            for span in [&mut details.credit, &mut details.place, &mut details.date, &mut details.names] {
                *span = span.map(|span| span.shifted(text.start));
            }
            details
        }));
        Ok(())
    }

    fn add_zone(
        &mut self,
        text: Base<'_>,
        zone: Zone,
        origin: Origin,
        vocabulary: &mut Vocabulary,
        scratch: &mut Scratch<'_>,
    ) -> Result<()> {
        /// How many tokens are numbered between two checks of the watch.
        const PIECE: usize = 1 << 14;
        let Zone { kind, span } = zone;
        self.zones.push(ZoneRow { kind, origin, span, first_sentence: self.sentences.len() as u32 });
        scratch.tokens.clear();
        scratch.ends.clear();
        let piece = text.piece(span);
        tokenize_watched(piece, &mut scratch.tokens, scratch.watch)?;
        split_sentences_watched(piece, &scratch.tokens, &mut scratch.ends, scratch.watch)?;
        self.add_sentences(span.start, &scratch.tokens, &scratch.ends);
        for tokens in scratch.tokens.chunks(PIECE) {
            vocabulary.number_all(piece, tokens, &mut self.tokens);
            scratch.watch.check()?;
        }
        Ok(())
    }

    /// Records where the sentences of a zone start, and the white space before each token.
    fn add_sentences(&mut self, zone_start: u32, tokens: &[Token], ends: &[u32]) {
        let first = self.gaps.len();
        let mut at = 0;
        self.gaps.extend(tokens.iter().map(|token| {
            let gap = (token.start - at).min(u32::from(LONG_GAP));
            at = token.end;
            gap as u8
        }));
        let gaps = &mut self.gaps[first..];
        let mut opening = 0;
        for &end in ends {
            gaps[opening] = 0;
            let start = zone_start + tokens[opening].start;
            self.sentences.push(SentenceRow { start, first_token: (first + opening) as u32 });
            let marked = (opening..end as usize).step_by(MARK).skip(1);
            self.marks.extend(marked.map(|at| ((first + at) as u32, zone_start + tokens[at].start)));
            opening = end as usize;
        }
        for at in memchr::memchr_iter(LONG_GAP, gaps) {
            self.long_gaps.push(((first + at) as u32, tokens[at].start - tokens[at - 1].end));
        }
    }

    /// Ends the last zone and the last sentence, at the end of the strings.
    pub(super) fn close(&mut self, end: u32) {
        self.zones.push(ZoneRow {
            kind: ZoneKind::Boilerplate,
            origin: Origin::Text,
            span: ByteSpan::new(end, end),
            first_sentence: self.sentences.len() as u32,
        });
        self.sentences.push(SentenceRow { start: end, first_token: self.tokens.len() as u32 });
        self.tokens.shrink_to_fit();
        self.gaps.shrink_to_fit();
        self.zones.shrink_to_fit();
        self.sentences.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    /// Renumbers the tokens: `numbers[old]` is the new number.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        for token in &mut self.tokens {
            *token = numbers[*token as usize];
        }
    }

    /// The zones of an article, as positions in [`Part::zones`].
    pub fn zones_of(&self, article: usize) -> Range<usize> {
        let end =
            self.articles.get(article + 1).map_or(self.zones.len() - 1, |next| next.first_zone as usize);
        self.articles[article].first_zone as usize..end
    }

    /// The sentences of a zone, as positions in [`Part::sentences`].
    pub fn sentences_of(&self, zone: usize) -> Range<usize> {
        self.zones[zone].first_sentence as usize..self.zones[zone + 1].first_sentence as usize
    }

    /// The tokens of a sentence, as positions in [`Part::tokens`].
    pub fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.sentences[sentence].first_token as usize..self.sentences[sentence + 1].first_token as usize
    }

    /// The tokens of a zone, as positions in [`Part::tokens`].
    pub fn tokens_of_zone(&self, zone: usize) -> Range<usize> {
        let sentences = self.sentences_of(zone);
        self.sentences[sentences.start].first_token as usize
            ..self.sentences[sentences.end].first_token as usize
    }

    /// Walks the tokens of a sentence, with their positions.
    pub fn walk<'a>(
        &'a self,
        sentence: usize,
        vocabulary: &'a Vocabulary,
    ) -> impl Iterator<Item = TokenAt> + 'a {
        self.walk_from(self.tokens_of(sentence), self.sentences[sentence].start, vocabulary)
    }

    /// Walks some tokens of a sentence, with their positions.
    pub fn walk_some<'a>(
        &'a self,
        sentence: usize,
        tokens: Range<usize>,
        vocabulary: &'a Vocabulary,
    ) -> impl Iterator<Item = TokenAt> + 'a {
        let first = self.tokens_of(sentence).start;
        let (mut from, mut at) = (first, self.sentences[sentence].start);
        if tokens.start >= first + MARK {
            let mark = self.marks.partition_point(|&(token, _)| token as usize <= tokens.start);
            if let Some(&(token, start)) = mark.checked_sub(1).and_then(|mark| self.marks.get(mark)) {
                (from, at) = (token as usize, start - self.gap(token as usize));
            }
        }
        self.walk_from(from..tokens.end, at, vocabulary).skip(tokens.start - from)
    }

    fn walk_from<'a>(
        &'a self,
        tokens: Range<usize>,
        mut at: u32,
        vocabulary: &'a Vocabulary,
    ) -> impl Iterator<Item = TokenAt> + 'a {
        tokens.map(move |token| {
            let number = self.tokens[token];
            let start = at + self.gap(token);
            at = start + vocabulary.byte_len(number);
            TokenAt { number, span: ByteSpan::new(start, at) }
        })
    }

    /// Prefetches the memory that a walk to a token and an access to its article will read.
    ///
    /// The rows of a concordance are scattered over the store, so nearly every access to a token, a
    /// sentence or an article misses the caches. If one row is made after the other, the processor
    /// waits for each of these accesses in turn. The caller therefore first calls this function for
    /// a whole group of rows: the loads do not depend on each other, so the processor can have many
    /// of them under way at once, and the data is in a cache when the rows are made.
    ///
    /// There is no stable prefetch in safe Rust. A load whose value is passed to `black_box` takes
    /// its place: the compiler must assume that the value is used, and so keeps the load, while the
    /// processor does not wait for a value that no later instruction needs. `black_box` promises
    /// this only on a best-effort basis. If a compiler drops the loads, or a processor waits for
    /// them, the results stay the same, and only the speed is lost. `docs/speed.md` has the time
    /// per row of `kwic`, which is the only caller.
    #[inline]
    pub fn request(&self, article: usize, sentence: usize, token: usize) {
        black_box((self.tokens[token], self.gaps[token], self.sentences[sentence].start));
        black_box((self.articles[article].text.start, matches!(self.held[article].text, Text::Lent(_))));
    }

    /// The number of bytes before a token of a sentence.
    pub(super) fn gap(&self, token: usize) -> u32 {
        match self.gaps[token] {
            LONG_GAP => {
                let found = self.long_gaps.binary_search_by_key(&(token as u32), |&(token, _)| token);
                found.map_or(u32::from(LONG_GAP), |found| self.long_gaps[found].1)
            }
            gap => u32::from(gap),
        }
    }

    /// The span of a sentence in the strings of the part.
    pub fn sentence_span(&self, sentence: usize, vocabulary: &Vocabulary) -> ByteSpan {
        let start = self.sentences[sentence].start;
        ByteSpan::new(start, self.walk(sentence, vocabulary).last().map_or(start, |token| token.span.end))
    }

    /// The start of the string that contains a zone.
    pub fn origin_start(&self, article: usize, zone: usize) -> u32 {
        let row = &self.articles[article];
        match self.zones[zone].origin {
            Origin::Text => row.text.start,
            Origin::Headline => row.headline.start,
            Origin::Byline => row.byline.start,
        }
    }

    /// The string that contains a zone.
    pub fn origin_text(&self, article: usize, zone: usize) -> &str {
        let row = &self.articles[article];
        match self.zones[zone].origin {
            Origin::Text => self.text(article),
            Origin::Headline => self.piece(article, row.headline),
            Origin::Byline => self.piece(article, row.byline),
        }
    }

    /// The text of an article.
    pub fn text(&self, article: usize) -> &str {
        self.held[article].text.as_str()
    }

    /// The piece of an article's strings that a span covers; empty if the span does not fit.
    pub fn piece(&self, article: usize, span: ByteSpan) -> &str {
        let (row, held) = (&self.articles[article], &self.held[article]);
        if span.end <= row.text.end {
            Base { text: held.text.as_str(), start: row.text.start }.piece(span)
        } else {
            Base { text: &held.fields, start: row.text.end }.piece(span)
        }
    }

    /// The details of a zone, in addition to its text.
    pub fn details_of(&self, zone: usize) -> Option<&Details> {
        let found = self.details.binary_search_by_key(&(zone as u32), |details| details.zone).ok()?;
        self.details.get(found)
    }

    /// The size of tokens, sentences and zones in bytes.
    pub fn index_bytes(&self) -> usize {
        self.tokens.capacity() * 4
            + self.gaps.capacity()
            + self.long_gaps.capacity() * 8
            + self.marks.capacity() * 8
            + self.sentences.capacity() * size_of::<SentenceRow>()
            + self.zones.capacity() * size_of::<ZoneRow>()
            + self.articles.capacity() * size_of::<ArticleRow>()
    }
}
