//! `news`: what a reader would underline.
//!
//! Candidates are noun phrases (see `chunk`); one lemma sequence is one phrase, and a surname alone is its full name where
//! the article has one, and no other, that ends (or, in languages that put it first, opens) with it: twice or more, where
//! the story opens, or as often as the surname alone. An acronym and the one name with its initials are one, too. The score is a
//! product of a few terms that differ between stories of up to 350 tokens, which are told by words, and those of 550 and
//! more, which are told by phrases whose words return throughout; between them the two scores are mixed,
//! `short^(1 − long) · long^long`, where `long` runs from 0 to 1. `docs/keywords.md` has both formulas. Their terms:
//!
//! - `returns`: how often a single word stands in the text, in longer phrases too.
//! - `times`: how often a longer phrase stands, less one, plus `once = 0.9 · (100 / length)^0.45`, as of the many phrases
//!   that a long article has once few matter.
//! - `support`: the harmonic mean, over the words of a longer phrase, of what each weighs in the text, the sum of
//!   `(1 + position / 50)^−0.5` over its places, to the power of 1.2. So `drug suspects`, given once, counts where drugs and
//!   suspects return, as it does where words are ranked as nodes of a graph (Florescu & Caragea 2017), without the graph.
//! - `telling`: of a single word `(letters / 8)^1.2`, as long words say more by themselves (Piantadosi et al. 2011); of a
//!   longer phrase what its words tell in general (see `frequency`).
//! - `position`: news leads with its subject.
//! - `size`: words beside phrases. In short texts that are technical prose single words weigh less, `(0.2 / terms)^4`, where
//!   `terms` is the share of common phrases of several words among all phrases, times their share among these and names.
//!
//! Of two phrases of which one holds the other the better stays. The weights are the best of some thousands for every
//! second text of the sets that `docs/keywords.md` names; the other halves agree within a tenth.

use super::chunk::{Chunk, noun_phrases};
use super::document::Document;
use super::options::Options;
use super::phrase::Phrase;
use super::scratch::Scratch;
use super::tag::Tag;
use super::word::{Word, Words, initials};
use crate::hash::Map;

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
    const fn is_name(&self) -> bool {
        self.names * 2 > self.count
    }

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

    // How often each lemma stands anywhere, and with what weight.
    let Scratch { slots, everywhere, phrases, .. } = scratch;
    slots.clear();
    everywhere.clear();
    for (position, &token) in document.tokens.iter().enumerate() {
        let word = words.of(token);
        if word.is_word() {
            let place = slots.get(word.lemma).unwrap_or_else(|| {
                slots.set(word.lemma, everywhere.len());
                everywhere.push((0, 0.0));
                everywhere.len() - 1
            });
            let (count, weight) = &mut everywhere[place];
            *count += 1;
            *weight += back(position as u32).sqrt().recip();
        }
    }
    let length = document.tokens.len() as f64;
    let text = Text {
        document,
        words,
        everywhere: |lemma| slots.get(lemma).map_or((1, 1.0), |place| everywhere[place]),
        technical: (TECHNICAL / terms).min(1.0).powi(4),
        once: ONCE * (100.0 / length.max(60.0)).powf(FADING),
        single_words: options.single_words,
    };
    let long = (length - SHORT_STORY) / (LONG_STORY - SHORT_STORY);
    for candidate in &candidates {
        let score = if long <= 0.0 {
            text.short_story_score(candidate)
        } else if long >= 1.0 {
            text.long_story_score(candidate)
        } else {
            text.short_story_score(candidate).powf(1.0 - long) * text.long_story_score(candidate).powf(long)
        };
        if score > 0.0 {
            let Chunk { at, len, .. } = candidate.chunk;
            phrases.list.push(Phrase { at, len, score, count: candidate.count });
        }
    }
}

/// How far back a position stands: news leads with its subject.
fn back(position: u32) -> f64 {
    1.0 + f64::from(position) / 50.0
}

/// What candidates are scored by.
struct Text<'a, F> {
    document: &'a Document,
    words: &'a Words,
    /// How often a lemma stands in the text, and the sum of `(1 + position / 50)^−0.5` over its places.
    everywhere: F,
    /// Below 1 in technical prose.
    technical: f64,
    /// The weight of a longer phrase's first occurrence.
    once: f64,
    single_words: f64,
}

impl<F: Fn(u32) -> (u32, f64)> Text<'_, F> {
    /// The score in a short story, which is told by its words.
    fn short_story_score(&self, candidate: &Candidate) -> f64 {
        let early = back(candidate.first).powf(-EARLY);
        if let Some(word) = self.only_word(candidate) {
            let size = self.single_words * SINGLE * if candidate.is_name() { SINGLE_NAME } else { 1.0 };
            return size * self.technical * self.returns(word, candidate) * telling(word) * early;
        }
        let size = match candidate.chunk.len {
            _ if candidate.is_name() => NAME,
            ..=3 => 1.0,
            _ => LONG,
        };
        size * self.times(candidate).powf(0.9) * self.information(candidate).powf(0.2) * early
    }

    /// The score in a long story, which is told by phrases whose words return throughout.
    fn long_story_score(&self, candidate: &Candidate) -> f64 {
        if let Some(word) = self.only_word(candidate) {
            let size =
                self.single_words * if candidate.is_name() { LONG_STORY_NAME } else { LONG_STORY_SINGLE };
            let returns = self.returns(word, candidate).powf(0.6);
            return size * returns * telling(word) * back(candidate.first).powf(-0.75);
        }
        let size = if candidate.chunk.len > 2 { LONG } else { 1.0 };
        let first = self.document.tags[candidate.chunk.at as usize];
        let opens = if matches!(first, Tag::Noun | Tag::Name) { 1.0 } else { OPENS_PLAIN };
        let (mut sum, mut full) = (0.0, 0.0);
        for word in self.full_words(candidate) {
            sum += (self.everywhere)(word.lemma).1.powf(-1.2);
            full += 1.0;
        }
        size * opens
            * (full / sum)
            * self.times(candidate).powf(0.2)
            * self.information(candidate).powf(0.4)
            * back(candidate.first).powf(-0.2)
    }

    fn only_word(&self, candidate: &Candidate) -> Option<&Word> {
        let Chunk { at, len, .. } = candidate.chunk;
        (len == 1).then(|| self.words.of(self.document.tokens[at as usize]))
    }

    /// Its words, but for those that join names.
    fn full_words(&self, candidate: &Candidate) -> impl Iterator<Item = &Word> {
        let Chunk { at, len, .. } = candidate.chunk;
        let tokens = &self.document.tokens[at as usize..(at + len) as usize];
        tokens.iter().map(|&token| self.words.of(token)).filter(|word| !word.is(Word::LINK))
    }

    /// How often a single word stands, in longer phrases too.
    fn returns(&self, word: &Word, candidate: &Candidate) -> f64 {
        f64::from((self.everywhere)(word.lemma).0.max(candidate.count))
    }

    /// How often a longer phrase stands, its first time weighted.
    fn times(&self, candidate: &Candidate) -> f64 {
        f64::from(candidate.count) - 1.0 + self.once
    }

    /// What the words of a longer phrase tell in general, on average.
    fn information(&self, candidate: &Candidate) -> f64 {
        let (mut information, mut full) = (0.0, 0.0);
        for word in self.full_words(candidate) {
            information += f64::from(word.information);
            full += 1.0;
        }
        ((information / full - 3.0) / 6.0).max(0.05)
    }
}

/// Long words say more by themselves.
fn telling(word: &Word) -> f64 {
    (f64::from(word.letters) / 8.0).powf(LETTERS)
}

/// How much a text's phrases are terms, not names and not plain words.
fn share_of_terms(chunks: &[Chunk]) -> f64 {
    let names = chunks.iter().filter(|chunk| chunk.name).count() as f64;
    let several = chunks.iter().filter(|chunk| !chunk.name && chunk.len > 1).count() as f64;
    // In a text of few phrases the shares are drawn to the middle.
    let of_all = (several + 0.2) / (chunks.len() as f64 + 1.0);
    of_all * (several + 0.5) / (several + names + 1.0)
}

/// In a short story, the weight of a single word beside phrases, and of a single-word name beside other single words.
const SINGLE: f64 = 2.0;
const SINGLE_NAME: f64 = 1.1;
/// How much a single word weighs more the longer it is.
const LETTERS: f64 = 1.2;
/// Above this share of terms a text is technical prose, and single words weigh less.
const TECHNICAL: f64 = 0.2;
/// Up to so many tokens a story is short, from so many on it is long; between them the two scores are mixed.
const SHORT_STORY: f64 = 350.0;
const LONG_STORY: f64 = 550.0;
/// The weight of a longer name, and of a phrase of many words, beside other phrases of several words.
const NAME: f64 = 1.2;
const LONG: f64 = 0.6;
/// The weight of a longer phrase's first occurrence in a text of a hundred tokens, and how it fades with length.
const ONCE: f64 = 0.9;
const FADING: f64 = 0.45;
/// How fast weight falls with position in a short story.
const EARLY: f64 = 0.25;
/// In a long story, the weight of single words and single-word names beside phrases, and of a phrase that opens with a
/// modifier beside one of nouns alone.
const LONG_STORY_SINGLE: f64 = 1.0;
const LONG_STORY_NAME: f64 = 1.2;
const OPENS_PLAIN: f64 = 0.9;
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
    let mut names: Map<u64, Option<usize>> = Map::default();
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
            let (kept, dropped) =
                if candidates[full].stands_for(count) { (full, short) } else { (short, full) };
            let Candidate { count, names, first, .. } = candidates[dropped];
            let kept = &mut candidates[kept];
            kept.count += count;
            kept.merged += count;
            kept.names += names;
            kept.first = kept.first.min(first);
            candidates[dropped].count = 0;
        }
    }
}
