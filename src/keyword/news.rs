//! `news`: what a reader would underline.
//!
//! Candidates are noun phrases (see `chunk`); one lemma sequence is one phrase, and a surname alone is its full name where
//! the article has exactly one that ends, or opens, with it. The score is
//!
//! `size · returns^0.9 · ((information − 3) / 6)^h · (1 + position / 50)^−0.2`
//!
//! - `returns`: how often the story returns to the phrase, and to its words in other phrases. A single word must come again to
//!   count; a longer phrase counts from its first time, the less the longer the text is: of the many phrases that a long
//!   article has once, few matter.
//! - `information`: the mean over its words of what each tells in general (see `frequency`).
//! - `position`: the tokens before its first occurrence. News leads with its subject.
//! - `size`: 0.8 for a single word, 1 for two or three, 0.6 for more; names 1.1.
//!
//! Of two phrases of which one holds the other the better stays.

use super::chunk::{Chunk, noun_phrases};
use super::document::Document;
use super::options::Options;
use super::phrase::Phrase;
use super::rank::Scratch;
use super::word::{Word, Words};

/// A phrase on its way to its score.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    chunk: Chunk,
    count: u32,
    names: u32,
    first: u32,
}

pub(super) fn news(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let mut chunks = std::mem::take(&mut scratch.chunks);
    noun_phrases(document, words, options.max_words(), &mut chunks);
    let candidates = collect(document, words, &chunks, scratch);
    scratch.chunks = chunks;

    // How often each lemma stands anywhere.
    let Scratch { slots, counts, phrases, .. } = scratch;
    slots.clear();
    counts.clear();
    let mut length = 0_u32;
    for &token in &document.tokens {
        let word = words.of(token);
        length += 1;
        if word.is_word() {
            let place = slots.get(word.lemma).unwrap_or_else(|| {
                slots.set(word.lemma, counts.len());
                counts.push(0);
                counts.len() - 1
            });
            counts[place] += 1;
        }
    }
    let once = ONCE * (100.0 / f64::from(length.max(60))).powf(FADING);
    for candidate in &candidates {
        let Chunk { at, len, .. } = candidate.chunk;
        let (mut told, mut times, mut full) = (0.0, 0.0, 0.0);
        for at in at..at + len {
            let word = words.of(document.tokens[at as usize]);
            if word.is(Word::LINK) {
                continue;
            }
            told += f64::from(word.information);
            times += slots.get(word.lemma).map_or(0.0, |place| f64::from(counts[place]));
            full += 1.0;
        }
        let count = f64::from(candidate.count);
        let elsewhere = (times / full - count).max(0.0);
        let telling = ((told / full - 3.0) / 6.0).max(0.05);
        let single = len == 1;
        let mut score = if single {
            options.single_words * SINGLE * (count + ELSEWHERE_SINGLE * elsewhere) * telling.powf(0.3)
        } else {
            (count - 1.0 + once + ELSEWHERE * elsewhere).powf(0.9) * telling.powf(0.4)
        };
        score *= (1.0 + f64::from(candidate.first) / 50.0).powf(-0.2);
        if single && candidate.names * 2 > candidate.count {
            score *= NAME;
        }
        if full > 3.0 && candidate.names * 2 <= candidate.count {
            score *= LONG;
        }
        if score > 0.0 {
            phrases.list.push(Phrase { at, len, score, count: candidate.count });
        }
    }
}

/// The weight of a single word, of a single-word name beside it, and of a phrase of four words or more.
const SINGLE: f64 = 0.8;
const NAME: f64 = 1.1;
const LONG: f64 = 0.6;
/// How much the words of a phrase count where they stand without it.
const ELSEWHERE_SINGLE: f64 = 0.25;
const ELSEWHERE: f64 = 0.12;
/// The weight of a phrase's only occurrence in a text of a hundred tokens, and how it fades with length.
const ONCE: f64 = 1.1;
const FADING: f64 = 0.4;

/// The distinct phrases, short names tied to full ones.
fn collect(document: &Document, words: &Words, chunks: &[Chunk], scratch: &mut Scratch) -> Vec<Candidate> {
    let Scratch { slots, sequences, .. } = scratch;
    slots.clear();
    sequences.clear();
    let lemma = |at: u32| words.of(document.tokens[at as usize]).lemma;
    let mut candidates: Vec<Candidate> = Vec::new();
    for &chunk in chunks {
        let number = sequences.of((chunk.at..chunk.at + chunk.len).map(lemma));
        let name = u32::from(chunk.name);
        if let Some(place) = slots.get(number) {
            let candidate = &mut candidates[place];
            candidate.count += 1;
            candidate.names += name;
            // In a headline all words may have capitals: the spelling of the text is the better one.
            if candidate.chunk.name && !chunk.name {
                candidate.chunk = chunk;
            }
        } else {
            slots.set(number, candidates.len());
            candidates.push(Candidate { chunk, count: 1, names: name, first: chunk.at });
        }
    }
    // A lemma that one full name, and no other, may be called by.
    slots.clear();
    for (place, candidate) in candidates.iter().enumerate() {
        let Chunk { at, len, name, .. } = candidate.chunk;
        let linked = (at..at + len).any(|at| words.of(document.tokens[at as usize]).is(Word::LINK));
        if !name || !(2..=4).contains(&len) || linked {
            continue;
        }
        let surname_first = words.of(document.tokens[at as usize]).is(Word::SURNAME_FIRST);
        for called in [Some(at + len - 1), surname_first.then_some(at)].into_iter().flatten() {
            let place = if slots.get(lemma(called)).is_some() { usize::MAX >> 33 } else { place };
            slots.set(lemma(called), place);
        }
    }
    for place in 0..candidates.len() {
        let Candidate { chunk, count, names, first } = candidates[place];
        if chunk.len != 1 || names * 2 <= count {
            continue;
        }
        let full = slots.get(lemma(chunk.at)).filter(|&full| full < candidates.len() && full != place);
        if let Some(full) = full {
            candidates[full].count += count;
            candidates[full].names += count;
            candidates[full].first = candidates[full].first.min(first);
            candidates[place].count = 0;
        }
    }
    candidates.retain(|candidate| candidate.count > 0);
    candidates
}
