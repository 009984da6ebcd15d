//! Which time expressions does an article contain?
//!
//! The pieces of a token are read once per thread, by the number of the token; a sentence whose
//! tokens say nothing about time costs one look at each number. A zone of the story is read even if
//! its dates are not requested, because later zones are anchored on it; so the dates of a zone
//! never depend on which other zones are requested.

use super::find::{Finder, Found};
use super::grammar::GRAMMAR;
use super::sentence::Seen;
use super::word::{Piece, Shape, pieces};
use crate::article::ZoneKind;
use crate::batch::{Watch, map_with_state};
use crate::corpus::{ArticleRef, Corpus, Vocabulary, ZoneSet};
use crate::error::Result;
use crate::hash::Map;
use crate::span::ByteSpan;

/// The articles in one piece of work.
const PIECE: usize = 64;

/// A longer sentence is read in parts of this many tokens.
const LONGEST: usize = 4096;

/// A time expression of an article.
#[derive(Debug, Clone)]
pub struct ArticleDate {
    /// The position of its zone in the part.
    pub zone: u32,
    /// The position of its sentence in the part.
    pub sentence: u32,
    pub(super) found: Found,
}

impl ArticleDate {
    /// Its bytes in the strings of the part.
    pub fn span(&self) -> ByteSpan {
        ByteSpan::new(self.found.start, self.found.end)
    }

    /// Its first and last day, counted from 1970-01-01, if it has a place on the calendar.
    pub fn days(&self) -> Option<(i32, i32)> {
        self.found.days
    }
}

/// The time expressions in these zones of each selected article, in the order of the text.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub fn dates(corpus: &Corpus, set: ZoneSet, watch: &Watch) -> Result<Vec<Vec<ArticleDate>>> {
    let positions: Vec<usize> = (0..corpus.len()).collect();
    let chunks: Vec<&[usize]> = positions.chunks(PIECE).collect();
    let found = map_with_state(&chunks, watch, Reader::default, |reader, chunk| {
        let articles = chunk.iter().filter_map(|&position| corpus.article(position));
        let found: Result<Vec<_>> =
            articles.map(|article| reader.read(article, corpus.store().vocabulary(), set, watch)).collect();
        watch.add(chunk.len() as u64);
        found
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// What a token is, in a byte: unknown, of no interest to a sentence, or of interest.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Interest {
    #[default]
    Unknown,
    Weak,
    Strong,
}

/// Reads articles on one thread.
#[derive(Default)]
struct Reader {
    interest: Vec<Interest>,
    /// By token: the number of its pieces.
    numbers: Vec<u32>,
    pieces: Vec<Box<[Piece]>>,
    /// The numbers of the pieces of words that say nothing, by their shape and tense.
    plain: Map<(Shape, i8), u32>,
    finder: Finder,
}

impl Reader {
    fn read(
        &mut self,
        article: ArticleRef<'_>,
        vocabulary: &Vocabulary,
        set: ZoneSet,
        watch: &Watch,
    ) -> Result<Vec<ArticleDate>> {
        self.interest.resize(vocabulary.len(), Interest::Unknown);
        self.numbers.resize(vocabulary.len(), 0);
        let mut dates = Vec::new();
        self.finder.begin(article.day());
        for zone in article.part.zones_of(article.local) {
            let kind = article.part.zones[zone].kind;
            let asked = set.has(kind);
            let story = matches!(kind, ZoneKind::Headline | ZoneKind::Dateline | ZoneKind::Body);
            if !asked && !story {
                continue;
            }
            let before = self.finder.anchor();
            for sentence in article.part.sentences_of(zone) {
                let mut found = Vec::new();
                self.sentence(article, sentence, vocabulary, &mut found, watch)?;
                if asked {
                    dates.extend(found.into_iter().map(|found| ArticleDate {
                        zone: zone as u32,
                        sentence: sentence as u32,
                        found,
                    }));
                }
            }
            if !story {
                self.finder.resume(before);
            }
        }
        Ok(dates)
    }

    fn sentence(
        &mut self,
        article: ArticleRef<'_>,
        sentence: usize,
        vocabulary: &Vocabulary,
        found: &mut Vec<Found>,
        watch: &Watch,
    ) -> Result<()> {
        let tokens = article.part.tokens_of(sentence);
        let mut first = tokens.start;
        while first < tokens.end {
            let last = (first + LONGEST).min(tokens.end);
            let mut strong = false;
            for &number in &article.part.tokens[first..last] {
                if self.interest[number as usize] == Interest::Unknown {
                    self.learn(number, vocabulary.text(number));
                }
                strong |= self.interest[number as usize] == Interest::Strong;
            }
            if strong {
                let (numbers, all) = (&self.numbers, &self.pieces);
                let walk = article.part.walk_some(sentence, first..last, vocabulary);
                let seen = walk.map(|token| Seen {
                    start: token.span.start,
                    len: token.span.len(),
                    pieces: &all[numbers[token.number as usize] as usize],
                });
                self.finder.find(seen, found);
            }
            watch.check()?;
            first = last;
        }
        Ok(())
    }

    /// Reads the pieces of a token that is met for the first time.
    fn learn(&mut self, number: u32, token: &str) {
        let read = pieces(&GRAMMAR, token);
        let strong = read.iter().any(|piece| piece.word.is_strong);
        let next = self.pieces.len() as u32;
        let at = match read[..] {
            [Piece { word, shape, .. }] if word.says_nothing() => {
                *self.plain.entry((shape, word.tense)).or_insert(next)
            }
            _ => next,
        };
        if at == next {
            self.pieces.push(read.into());
        }
        self.numbers[number as usize] = at;
        self.interest[number as usize] = if strong { Interest::Strong } else { Interest::Weak };
    }
}
