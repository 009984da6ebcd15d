//! `news`: what a reader would underline.
//!
//! Candidates are noun phrases (see `chunk`); one lemma sequence is one phrase, and a surname alone is its full name where
//! the article has one, and no other, that ends (or, in languages that put it first, opens) with it: twice or more, or where
//! the story opens. The score is
//!
//! `size · returns · information^h · (1 + position / 50)^−0.16`
//!
//! - `returns`: of a single word, its count; of a longer phrase, `(count − 1 + once)^0.9`, where `once = 1.35 · (100 / length)^0.45`
//!   falls with the length of the text in tokens: of the many phrases that a long article has once, few matter. To both a share
//!   of how often the phrase's words stand elsewhere is added (a quarter, a tenth).
//! - `information`: the mean of what its words tell in general (see `frequency`), less 3, over 6; `h` is 0.1 for a single word, else
//!   0.35.
//! - `position`: the tokens before its first occurrence. News leads with its subject.
//! - `size`: 0.83 for a single word (times `(400 / length)^0.55` in texts of more than 400 tokens, where most words come again; names
//!   1.1 of that), 1 for two or three words, 0.8 for longer names, 0.6 for other phrases of more than three words.
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
    /// Those of `count` that name it in short.
    merged: u32,
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
    let length = f64::from(length);
    let once = ONCE * (100.0 / length.max(60.0)).powf(FADING);
    let often = SINGLE * options.single_words * (LONG_TEXT / length).min(1.0).powf(RECURRING);
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
        let name = candidate.names * 2 > candidate.count;
        let elsewhere = (times / full - count).max(0.0);
        let telling = ((told / full - 3.0) / 6.0).max(0.05);
        let score = if len == 1 {
            let size = if name { SINGLE_NAME } else { 1.0 };
            size * often * (count + ELSEWHERE_SINGLE * elsewhere) * telling.powf(0.1)
        } else {
            let size = if name {
                NAME
            } else if len > 3 {
                LONG
            } else {
                1.0
            };
            size * (count - 1.0 + once + ELSEWHERE * elsewhere).powf(0.9) * telling.powf(0.35)
        };
        let score = score * (1.0 + f64::from(candidate.first) / 50.0).powf(-EARLY);
        if score > 0.0 {
            phrases.list.push(Phrase { at, len, score, count: candidate.count });
        }
    }
}

/// The weight of a single word beside phrases of two or three, and of a single-word name beside other single words.
const SINGLE: f64 = 0.83;
const SINGLE_NAME: f64 = 1.1;
/// In a text longer than this many tokens most words come again, and single words weigh less.
const LONG_TEXT: f64 = 400.0;
const RECURRING: f64 = 0.55;
/// The weight of a longer name, and of another phrase of more than three words, beside phrases of two or three.
const NAME: f64 = 0.8;
const LONG: f64 = 0.6;
/// How much the words of a phrase count where they stand without it.
const ELSEWHERE_SINGLE: f64 = 0.25;
const ELSEWHERE: f64 = 0.1;
/// The weight of a longer phrase's first occurrence in a text of a hundred tokens, and how it fades with length.
const ONCE: f64 = 1.35;
const FADING: f64 = 0.45;
/// How fast weight falls with position.
const EARLY: f64 = 0.16;
/// A full name stands for its surname where it stands this often itself, or begins among the first tokens of the story: one
/// in passing does not name the story's subject.
const ESTABLISHED: u32 = 2;
const OPENS: u32 = 6;

/// The place of a lemma that several full names may be called by.
const AMBIGUOUS: usize = u32::MAX as usize - 1;

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
            candidates.push(Candidate { chunk, count: 1, names: name, merged: 0, first: chunk.at });
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
            let place = if slots.get(lemma(called)).is_some() { AMBIGUOUS } else { place };
            slots.set(lemma(called), place);
        }
    }
    for place in 0..candidates.len() {
        let Candidate { chunk, count, names, first, .. } = candidates[place];
        if chunk.len != 1 || names * 2 <= count {
            continue;
        }
        let full = slots.get(lemma(chunk.at)).filter(|&full| full < candidates.len() && full != place);
        if let Some(full) = full
            && (candidates[full].count - candidates[full].merged >= ESTABLISHED
                || candidates[full].chunk.at < OPENS)
        {
            candidates[full].count += count;
            candidates[full].merged += count;
            candidates[full].names += count;
            candidates[full].first = candidates[full].first.min(first);
            candidates[place].count = 0;
        }
    }
    candidates.retain(|candidate| candidate.count > 0);
    candidates
}
