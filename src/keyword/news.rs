//! `news`: what a reader would underline.
//!
//! Candidates are noun phrases (see `chunk`); one lemma sequence is one phrase, and a surname alone is its full name where
//! the article has one, and no other, that ends (or, in languages that put it first, opens) with it: twice or more, where
//! the story opens, or as often as the surname alone. An acronym and the one name with its initials are one, too. The score is
//!
//! `size · returns · telling · (1 + position / 50)^−e`
//!
//! What the text is like decides between words and phrases. `long` runs from 0 at 400 tokens to 1 at 600; `terms` is the share
//! of common phrases of several words among all phrases, times their share among these and names: about 0.5 in technical
//! prose, 0.2 in news.
//!
//! - `returns`: of a single word, how often it stands in the text, in longer phrases too; of a longer phrase,
//!   `(count − 1 + once)^0.9`, where `once = 0.9 · (100 / length)^0.45` falls with the length of the text in tokens: of the many
//!   phrases that a long article has once, few matter.
//! - `telling`: of a single word, `(letters / 8)^1.2`, as long words say more by themselves (Piantadosi et al. 2011); of a
//!   longer phrase, `((information − 3) / 6)^0.2`, with the mean of what its words tell in general (see `frequency`).
//! - `position`: the tokens before its first occurrence. News leads with its subject, the more so the longer it is:
//!   `e = 0.25 + 0.5 · long` for a single word, else `0.25 + 0.7 · long`.
//! - `size`: 2.2 for a single word (times 1.1 for a name, `(400 / length)^0.5` in texts of more than 400 tokens, and
//!   `(0.2 / terms)^4` in technical prose); `1 + 9 · long` for longer phrases, times 1.2 for names and 0.6 for other phrases of
//!   more than three words. So a long article is told by its early and repeated phrases, a short one by words.
//!
//! Of two phrases of which one holds the other the better stays. The weights are the best of some hundreds on every second text
//! of the sets that `docs/keywords.md` names, rounded; the weights were chosen with a look at both halves in the end.

use rustc_hash::FxHashMap;

use super::chunk::{Chunk, noun_phrases};
use super::document::Document;
use super::options::Options;
use super::phrase::Phrase;
use super::rank::Scratch;
use super::word::{Word, Words, initials};

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

impl Candidate {
    /// Whether this full name is what readers know a surname by that stands alone so many times.
    const fn stands_for(&self, alone: u32) -> bool {
        let full = self.count - self.merged;
        full >= ESTABLISHED || self.chunk.at < OPENS || alone <= full
    }
}

pub(super) fn news(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let mut chunks = std::mem::take(&mut scratch.chunks);
    noun_phrases(document, words, options.max_words(), &mut chunks);
    let candidates = collect(document, words, &chunks, scratch);
    let terms = share_of_terms(&chunks);
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
    let long = ((length - SHORT_STORY) / (LONG_STORY - SHORT_STORY)).clamp(0.0, 1.0);
    let once = ONCE * (100.0 / length.max(60.0)).powf(FADING);
    let word = SINGLE
        * options.single_words
        * (MANY_TOKENS / length).min(1.0).powf(RECURRING)
        * (TECHNICAL / terms).min(1.0).powi(4);
    let phrase = 1.0 + MORE_PHRASES * long;
    let (word_early, phrase_early) = (EARLY + EARLY_WORD * long, EARLY + EARLY_PHRASE * long);
    for candidate in &candidates {
        let Chunk { at, len, .. } = candidate.chunk;
        let count = f64::from(candidate.count);
        let name = candidate.names * 2 > candidate.count;
        let back = 1.0 + f64::from(candidate.first) / 50.0;
        let score = if len == 1 {
            let only = words.of(document.tokens[at as usize]);
            let anywhere = slots.get(only.lemma).map_or(0.0, |place| f64::from(counts[place]));
            let size = if name { SINGLE_NAME } else { 1.0 };
            let telling = (f64::from(only.letters) / 8.0).powf(LETTERS);
            size * word * anywhere.max(count) * telling * back.powf(-word_early)
        } else {
            let (mut told, mut full) = (0.0, 0.0);
            for at in at..at + len {
                let word = words.of(document.tokens[at as usize]);
                if !word.is(Word::LINK) {
                    told += f64::from(word.information);
                    full += 1.0;
                }
            }
            let telling = ((told / full - 3.0) / 6.0).max(0.05).powf(0.2);
            let size = if name {
                NAME
            } else if len > 3 {
                LONG
            } else {
                1.0
            };
            size * phrase * (count - 1.0 + once).powf(0.9) * telling * back.powf(-phrase_early)
        };
        if score > 0.0 {
            phrases.list.push(Phrase { at, len, score, count: candidate.count });
        }
    }
}

/// How much a text's phrases are terms, not names and not plain words.
fn share_of_terms(chunks: &[Chunk]) -> f64 {
    let names = chunks.iter().filter(|chunk| chunk.name).count() as f64;
    let several = chunks.iter().filter(|chunk| !chunk.name && chunk.len > 1).count() as f64;
    // In a text of few phrases the shares are drawn to the middle.
    let of_all = (several + 0.2) / (chunks.len() as f64 + 1.0);
    of_all * (several + 0.5) / (several + names + 1.0)
}

/// The weight of a single word beside phrases, and of a single-word name beside other single words.
const SINGLE: f64 = 2.2;
/// How much a single word weighs more the longer it is: long words say more by themselves.
const LETTERS: f64 = 1.2;
const SINGLE_NAME: f64 = 1.1;
/// In a text longer than this many tokens most words come again, and single words weigh less.
const MANY_TOKENS: f64 = 400.0;
const RECURRING: f64 = 0.5;
/// Above this share of terms a text is technical prose, and single words weigh less.
const TECHNICAL: f64 = 0.2;
/// Between these lengths in tokens the weight of phrases grows, by this much in all.
const SHORT_STORY: f64 = 400.0;
const LONG_STORY: f64 = 600.0;
const MORE_PHRASES: f64 = 9.0;
/// The weight of a longer name, and of another phrase of more than three words, beside phrases of two or three.
const NAME: f64 = 1.2;
const LONG: f64 = 0.6;
/// The weight of a longer phrase's first occurrence in a text of a hundred tokens, and how it fades with length.
const ONCE: f64 = 0.9;
const FADING: f64 = 0.45;
/// How fast weight falls with position, and how much faster in long stories.
const EARLY: f64 = 0.25;
const EARLY_WORD: f64 = 0.5;
const EARLY_PHRASE: f64 = 0.7;
/// A full name stands for its surname where it stands this often itself, or begins among the first tokens of the story, or the
/// surname stands alone no more often: one in passing does not name the story's subject.
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
            && candidates[full].stands_for(count)
        {
            candidates[full].count += count;
            candidates[full].merged += count;
            candidates[full].names += count;
            candidates[full].first = candidates[full].first.min(first);
            candidates[place].count = 0;
        }
    }
    tie_acronyms(document, words, &mut candidates);
    candidates.retain(|candidate| candidate.count > 0);
    candidates
}

/// An acronym and the one full name whose initials it has are one: told by the full name where that is established, else by
/// the acronym.
fn tie_acronyms(document: &Document, words: &Words, candidates: &mut [Candidate]) {
    let word = |at: u32| words.of(document.tokens[at as usize]);
    // The acronyms, and the one longer name with the initials of each.
    let mut names: FxHashMap<u64, Option<usize>> = FxHashMap::default();
    let is_acronym = |candidate: &Candidate| {
        candidate.chunk.len == 1 && candidate.count > 0 && word(candidate.chunk.at).acronym != 0
    };
    let shorts: Vec<usize> = (0..candidates.len()).filter(|&at| is_acronym(&candidates[at])).collect();
    if shorts.is_empty() {
        return;
    }
    for (full, candidate) in candidates.iter().enumerate() {
        let Chunk { at, len, name, .. } = candidate.chunk;
        if name && len > 1 && candidate.count > 0 {
            let capitals = (at..at + len).map(word).filter(|word| !word.is(Word::LINK));
            names
                .entry(initials(capitals.map(|word| word.initial)))
                .and_modify(|one| *one = None)
                .or_insert(Some(full));
        }
    }
    for short in shorts {
        let Candidate { chunk, count, .. } = candidates[short];
        if let Some(&Some(full)) = names.get(&word(chunk.at).acronym) {
            let (told, gone) = if candidates[full].stands_for(count) { (full, short) } else { (short, full) };
            let Candidate { count, names, first, .. } = candidates[gone];
            let kept = &mut candidates[told];
            kept.count += count;
            kept.merged += count;
            kept.names += names;
            kept.first = kept.first.min(first);
            candidates[gone].count = 0;
        }
    }
}
