//! Which shingles does an article have, and which of them do others have?
//!
//! A shingle is a number of 64 bits that is made of the letters of its words, so it is the same in
//! every corpus and on every machine. Most shingles of a corpus occur in one article only, and need
//! not be kept: a first pass marks each shingle in a table of bits, and again in a second one if it
//! was marked already; only those with two marks are kept. A mark that two shingles share keeps one
//! too many, which costs memory and changes no result.
//!
//! Cost: two passes over the words of the bodies.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::article::ZoneKind;
use crate::batch::{Watch, fill, map_with_state};
use crate::corpus::{ArticleRef, Corpus, Vocabulary, ZoneSet};
use crate::error::Result;
use crate::hash::{mix, stable};
use crate::stats::Fold;
use crate::text::TokenKind;

/// The number of words of a shingle.
pub(super) const WORDS: usize = 5;

/// The number of articles in one piece of work.
const PIECE: usize = 64;

/// The shingles of an article.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    /// The number of distinct shingles.
    pub(super) size: u32,
    /// Those that other articles may have as well, in ascending order.
    pub(super) repeated: Box<[u64]>,
    /// A number that is the same for the same set of shingles.
    pub(super) whole: u64,
}

/// The hash of each word of a vocabulary; 0 for marks and symbols.
pub(super) fn word_hashes(vocabulary: &Vocabulary, watch: &Watch) -> Result<Vec<u64>> {
    fill(vocabulary.len(), watch, |number| {
        let number = number as u32;
        match vocabulary.kind(number) {
            TokenKind::Punctuation | TokenKind::Symbol => 0,
            _ => stable(&Fold::Lower.apply(vocabulary.text(number))) | 1,
        }
    })
}

/// The hash of some words in a row.
pub(super) fn shingle(words: &[u64]) -> u64 {
    mix(words
        .iter()
        .fold(0, |all: u64, &word| all.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word))
}

/// Appends the shingles of an article's body, in the order of the text. An article with fewer words
/// than a shingle has one shingle of all its words.
fn append(article: ArticleRef<'_>, hashes: &[u64], words: &mut Vec<u64>, shingles: &mut Vec<u64>) {
    words.clear();
    shingles.clear();
    for zone in article.zones(ZoneSet::only(ZoneKind::Body)) {
        let tokens = &article.part.tokens[article.part.tokens_of_zone(zone)];
        words.extend(tokens.iter().map(|&token| hashes[token as usize]).filter(|&hash| hash != 0));
    }
    if words.is_empty() {
        return;
    }
    if words.len() < WORDS {
        shingles.push(shingle(words));
    } else {
        shingles.extend(words.windows(WORDS).map(shingle));
    }
}

/// Bits that mark which shingles occur, and which of them occur again.
struct Marks {
    once: Vec<AtomicU64>,
    again: Vec<AtomicU64>,
}

impl Marks {
    /// Marks for about this many shingles.
    fn new(shingles: usize) -> Self {
        /// Bits per shingle, and the most words of 64 bits: one gigabyte for both tables.
        const BITS: usize = 8;
        const MOST: usize = 1 << 26;
        let words = (shingles * BITS / 64).next_power_of_two().clamp(1 << 10, MOST);
        let zeros = || std::iter::repeat_with(AtomicU64::default).take(words).collect();
        Self { once: zeros(), again: zeros() }
    }

    fn place(&self, shingle: u64) -> (usize, u64) {
        ((shingle >> 6) as usize & (self.once.len() - 1), 1 << (shingle & 63))
    }

    /// The marks do not depend on the order in which threads set them.
    fn mark(&self, shingle: u64) {
        let (at, bit) = self.place(shingle);
        if self.once[at].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
            self.again[at].fetch_or(bit, Ordering::Relaxed);
        }
    }

    fn is_repeated(&self, shingle: u64) -> bool {
        let (at, bit) = self.place(shingle);
        self.again[at].load(Ordering::Relaxed) & bit != 0
    }
}

/// The shingles of all selected articles.
///
/// # Errors
/// Cancellation.
pub(super) fn shingles(corpus: &Corpus, watch: &Watch) -> Result<Vec<Shingles>> {
    type Buffers = (Vec<u64>, Vec<u64>);
    let hashes = word_hashes(corpus.store().vocabulary(), watch)?;
    let positions: Vec<usize> = (0..corpus.len()).collect();
    let pieces: Vec<&[usize]> = positions.chunks(PIECE).collect();
    let tokens = corpus.articles().map(|article| {
        let zones = article.zones(ZoneSet::only(ZoneKind::Body));
        zones.map(|zone| article.part.tokens_of_zone(zone).len()).sum::<usize>()
    });
    let marks = Marks::new(tokens.sum());
    map_with_state(&pieces, watch, Buffers::default, |(words, all), piece| {
        for &position in watch.through(*piece) {
            if let Some(article) = corpus.article(position) {
                append(article, &hashes, words, all);
                for &shingle in &*all {
                    marks.mark(shingle);
                }
            }
        }
        watch.check()
    })?;
    let read = map_with_state(&pieces, watch, Buffers::default, |(words, all), piece| {
        let mut read = Vec::with_capacity(piece.len());
        for &position in watch.through(*piece) {
            let Some(article) = corpus.article(position) else { continue };
            append(article, &hashes, words, all);
            all.sort_unstable();
            all.dedup();
            read.push(Shingles {
                size: all.len() as u32,
                repeated: all.iter().copied().filter(|&shingle| marks.is_repeated(shingle)).collect(),
                whole: all.iter().fold(0, |whole: u64, &shingle| mix(whole ^ shingle)),
            });
        }
        watch.add(piece.len() as u64);
        watch.check()?;
        Ok(read)
    })?;
    Ok(read.into_iter().flatten().collect())
}

/// The number of shingles that two articles share.
pub(super) fn shared(a: &Shingles, b: &Shingles) -> u32 {
    let (mut one, mut other) = (a.repeated.iter().peekable(), b.repeated.iter().peekable());
    let mut both = 0;
    while let (Some(x), Some(y)) = (one.peek(), other.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                both += 1;
                one.next();
                other.next();
            }
        }
    }
    both
}
