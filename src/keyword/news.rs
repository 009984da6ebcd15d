//! `news`: the phrases that a reader would underline.
//!
//! Candidates are noun phrases (see `chunk`), and those with the same lemmas are the same phrase. A
//! surname alone is merged into a full name if exactly one full name in the article ends with it
//! (or begins with it, in languages that put surnames first), and if this full name occurs at least
//! twice, opens the story, or occurs as often as the surname alone. An acronym and the only name
//! with its initials are also merged. The score is a product of a few terms, which differ between
//! short stories of up to 350 tokens, where single words carry the story, and long ones of 550
//! tokens and more, where phrases do whose words recur throughout. In between, the two scores are
//! interpolated as `short^(1 − long) · long^long`, where `long` rises from 0 to 1.
//! `docs/keywords.md` has both formulas. Their terms:
//!
//! - `returns`: how often a single word occurs in the text, including within longer phrases.
//! - `times`: how often a longer phrase occurs, minus one, plus `once = 0.9 · (100 / length)^0.45`,
//!   because few of the many phrases that occur once in a long article matter.
//! - `support`: the harmonic mean, over the words of a longer phrase, of the weight of the word to
//!   the power of 1.2. The weight is the sum of `(1 + position / 50)^−0.5` over all occurrences of
//!   the word in the text. So a phrase such as `drug suspects` that occurs once scores high if
//!   `drug` and `suspects` recur, as it does in methods that rank words as nodes of a graph
//!   (Florescu & Caragea 2017), but without the graph.
//! - `telling`: for a single word `(letters / 8)^1.2`, because long words carry more information
//!   (Piantadosi et al. 2011); for a longer phrase the mean information of its words (see
//!   `frequency`).
//! - `position`: news stories lead with their subject.
//! - `size`: the weight of single words relative to phrases. In short texts that are technical
//!   prose, single words weigh less, by a factor of `(0.2 / terms)^4`, where `terms` is the share
//!   of phrases of several common words among all phrases, multiplied by their share among these
//!   and names.
//!
//! If one of two phrases contains the other, the better one is kept. The weights are the best of
//! several thousand combinations on every second text of the data sets that `docs/keywords.md`
//! names; the scores on the other halves differ by less than a tenth.

use super::chunk::{Chunk, noun_phrases};
use super::document::Document;
use super::names::{Named, set_apart};
use super::options::{Options, Preference};
use super::phrase::Phrase;
use super::scratch::Scratch;
use super::tag::Tag;
use super::word::{Word, Words, initials};
use crate::hash::Map;

/// A phrase that may be ranked.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    chunk: Chunk,
    count: u32,
    names: u32,
    /// The number of occurrences in `count` that are short forms.
    merged: u32,
    first: u32,
    /// The entity that it names, if names are set apart.
    entity: Option<u32>,
}

impl Candidate {
    const fn is_name(&self) -> bool {
        self.names * 2 > self.count
    }

    /// Whether readers know a surname that occurs alone this many times by this full name.
    const fn represents(&self, alone: u32) -> bool {
        let full = self.count - self.merged;
        full >= ESTABLISHED || self.chunk.at < OPENS || alone <= full
    }
}

pub(super) fn news(
    document: &Document,
    words: &Words,
    options: &Options,
    names: &[Named],
    scratch: &mut Scratch,
) {
    let mut chunks = std::mem::take(&mut scratch.chunks);
    noun_phrases(document, words, options.max_words(), &mut chunks);
    let technical = (TECHNICAL / share_of_terms(&chunks)).min(1.0).powi(TECHNICAL_EXPONENT);
    let prefers_phrases = options.prefer == Preference::Phrases;
    let (entities, in_names) = if prefers_phrases {
        set_apart(document, words, names, &mut chunks, &mut scratch.sequences)
    } else {
        Default::default()
    };
    // The title of technical prose, which names hardly anybody, is its subject.
    if prefers_phrases && names.len() >= STORY {
        drop_titles(document, words, &mut chunks, scratch);
    }
    let mut candidates = collect(document, words, &chunks, scratch);
    // `Zurich bank`, mentioned once: the name says as much.
    candidates.retain(|candidate| {
        let Chunk { at, len, .. } = candidate.chunk;
        let inside = in_names.get(at as usize..(at + len) as usize).unwrap_or_default();
        let common = inside.iter().filter(|&&is_name| !is_name).count();
        candidate.count > 1 || common == inside.len() || common > 1
    });
    candidates.extend(entities.into_iter().map(|name| Candidate {
        chunk: Chunk { at: name.at, len: name.len, sentence: name.sentence, name: true },
        count: name.count,
        names: name.count,
        merged: 0,
        first: name.first,
        entity: Some(name.entity),
    }));
    scratch.chunks = chunks;

    // The number of occurrences and the weight of each lemma in the text.
    let Scratch { slots, everywhere, phrases, .. } = scratch;
    slots.clear();
    everywhere.clear();
    for (position, &token) in document.tokens.iter().enumerate() {
        let word = words.of(token);
        if word.is_word() {
            let slot = slots.get(word.lemma).unwrap_or_else(|| {
                slots.set(word.lemma, everywhere.len());
                everywhere.push((0, 0.0));
                everywhere.len() - 1
            });
            let (count, weight) = &mut everywhere[slot];
            *count += 1;
            *weight += back(position as u32).sqrt().recip();
        }
    }
    let mentions: u32 = candidates.iter().filter(|one| one.entity.is_some()).map(|one| one.count).sum();
    let is_news = f64::from(mentions) >= NAMES * document.tokens.len() as f64;
    let is_phrase = |candidate: &&Candidate| candidate.chunk.len > 1 || candidate.entity.is_some();
    let others = candidates.iter().filter(is_phrase).count();
    let length = document.tokens.len() as f64;
    let scorer = Scorer {
        document,
        words,
        everywhere: |lemma| slots.get(lemma).map_or((1, 1.0), |slot| everywhere[slot]),
        technical,
        once: ONCE * (100.0 / length.max(60.0)).powf(FADING),
        prefers_phrases,
        returns_from: if length < NOTE { RETURNS_IN_NOTE } else { RETURNS },
        entity: if is_news { ENTITY } else { TECHNICAL_ENTITY },
        other_words: if others < FEW { OTHER_WORD } else { 0.0 },
        single_words: options.single_words.unwrap_or(match (prefers_phrases, is_news) {
            (false, _) => 1.0,
            (true, true) => SUBJECT,
            (true, false) => TECHNICAL_SUBJECT,
        }),
    };
    let long = (length - SHORT_STORY) / (LONG_STORY - SHORT_STORY);
    for candidate in &candidates {
        let score = if long <= 0.0 {
            scorer.short_story_score(candidate)
        } else if long >= 1.0 {
            scorer.long_story_score(candidate)
        } else {
            scorer.short_story_score(candidate).powf(1.0 - long)
                * scorer.long_story_score(candidate).powf(long)
        };
        if score > 0.0 {
            let Chunk { at, len, .. } = candidate.chunk;
            phrases.list.push(Phrase { at, len, score, count: candidate.count, entity: candidate.entity });
        }
    }
}

/// How far from the start of the story a position is, on a scale that begins at 1.
fn back(position: u32) -> f64 {
    1.0 + f64::from(position) / POSITIONS
}

/// What the scores of candidates are computed from.
struct Scorer<'a, F> {
    document: &'a Document,
    words: &'a Words,
    /// The number of occurrences of a lemma in the text, and the sum of `(1 + position / 50)^−0.5`
    /// over them.
    everywhere: F,
    /// A factor for single words, below 1 in technical prose.
    technical: f64,
    /// The weight of the first occurrence of a longer phrase.
    once: f64,
    prefers_phrases: bool,
    /// How often a single word must occur to be what the story returns to.
    returns_from: u32,
    /// The weight of the name of an entity that is one word.
    entity: f64,
    /// The relative weight of single words that are not what the story returns to.
    other_words: f64,
    single_words: f64,
}

impl<F: Fn(u32) -> (u32, f64)> Scorer<'_, F> {
    /// The weight of a phrase of one word. If phrases are preferred, the name of an entity has the
    /// weight of a phrase, and any other word must be specific and be what the story returns to
    /// from early on. The rest are for stories that are too short for phrases.
    fn single(&self, word: &Word, candidate: &Candidate) -> f64 {
        if !self.prefers_phrases {
            return self.single_words;
        }
        if candidate.entity.is_some() {
            return self.entity;
        }
        let (times, _) = (self.everywhere)(word.lemma);
        let is_subject = times >= self.returns_from && candidate.first < EARLY && !word.is(Word::GENERIC);
        self.single_words * if is_subject { 1.0 } else { self.other_words }
    }

    /// The score in a short story, which single words carry.
    fn short_story_score(&self, candidate: &Candidate) -> f64 {
        let early = back(candidate.first).powf(-SHORT_STORY_POSITION);
        if let Some(word) = self.only_word(candidate) {
            let size =
                self.single(word, candidate) * SINGLE * if candidate.is_name() { SINGLE_NAME } else { 1.0 };
            return size * self.technical * self.returns(word, candidate) * telling(word) * early;
        }
        let size = match candidate.chunk.len {
            _ if candidate.is_name() => NAME,
            ..=3 => 1.0,
            _ => LONG,
        };
        size * self.times(candidate).powf(SHORT_STORY_TIMES)
            * self.information(candidate).powf(SHORT_STORY_INFORMATION)
            * early
    }

    /// The score in a long story, which phrases carry whose words recur throughout.
    fn long_story_score(&self, candidate: &Candidate) -> f64 {
        if let Some(word) = self.only_word(candidate) {
            let size = self.single(word, candidate)
                * if candidate.is_name() { LONG_STORY_NAME } else { LONG_STORY_SINGLE };
            let returns = self.returns(word, candidate).powf(LONG_STORY_RETURNS);
            return size * returns * telling(word) * back(candidate.first).powf(-LONG_STORY_WORD_POSITION);
        }
        let size = if candidate.chunk.len > 2 { LONG } else { 1.0 };
        let first = self.document.tags[candidate.chunk.at as usize];
        let opens = if matches!(first, Tag::Noun | Tag::Name) { 1.0 } else { OPENS_PLAIN };
        let (mut sum, mut full) = (0.0, 0.0);
        for word in self.full_words(candidate) {
            sum += (self.everywhere)(word.lemma).1.powf(-SUPPORT);
            full += 1.0;
        }
        size * opens
            * (full / sum)
            * self.times(candidate).powf(LONG_STORY_TIMES)
            * self.information(candidate).powf(LONG_STORY_INFORMATION)
            * back(candidate.first).powf(-LONG_STORY_PHRASE_POSITION)
    }

    fn only_word(&self, candidate: &Candidate) -> Option<&Word> {
        let Chunk { at, len, .. } = candidate.chunk;
        (len == 1).then(|| self.words.of(self.document.tokens[at as usize]))
    }

    /// The words of a phrase, except those that link names.
    fn full_words(&self, candidate: &Candidate) -> impl Iterator<Item = &Word> {
        let Chunk { at, len, .. } = candidate.chunk;
        let tokens = &self.document.tokens[at as usize..(at + len) as usize];
        tokens.iter().map(|&token| self.words.of(token)).filter(|word| !word.is(Word::LINK))
    }

    /// How often a single word occurs, including within longer phrases.
    fn returns(&self, word: &Word, candidate: &Candidate) -> f64 {
        f64::from((self.everywhere)(word.lemma).0.max(candidate.count))
    }

    /// How often a longer phrase occurs, with the weight of the first occurrence.
    fn times(&self, candidate: &Candidate) -> f64 {
        f64::from(candidate.count) - 1.0 + self.once
    }

    /// The mean information of the words of a longer phrase, on a scale from 0.05 for common words
    /// to about 1.3 for rare ones.
    fn information(&self, candidate: &Candidate) -> f64 {
        let (mut information, mut full) = (0.0, 0.0);
        for word in self.full_words(candidate) {
            information += f64::from(word.information);
            full += 1.0;
        }
        ((information / full - 3.0) / 6.0).max(0.05)
    }
}

/// Long words carry more information.
fn telling(word: &Word) -> f64 {
    (f64::from(word.letters) / 8.0).powf(LETTERS)
}

/// The share of the phrases that are terms, rather than names or single common words.
fn share_of_terms(chunks: &[Chunk]) -> f64 {
    let names = chunks.iter().filter(|chunk| chunk.name).count() as f64;
    let several = chunks.iter().filter(|chunk| !chunk.name && chunk.len > 1).count() as f64;
    // The added numbers draw the shares of a text with few phrases towards the middle.
    let of_all = (several + 0.2) / (chunks.len() as f64 + 1.0);
    of_all * (several + 0.5) / (several + names + 1.0)
}

/// In a short story: the weight of a single word relative to phrases, and of a name of one word
/// relative to other single words.
const SINGLE: f64 = 2.0;
const SINGLE_NAME: f64 = 1.1;
/// The exponent of the length of a single word.
const LETTERS: f64 = 1.2;
/// The share of terms above which a text is technical prose, where single words weigh less, and
/// the exponent with which they do.
const TECHNICAL: f64 = 0.2;
const TECHNICAL_EXPONENT: i32 = 4;
/// The number of tokens up to which a story is short, and that from which it is long. In between,
/// the two scores are interpolated.
const SHORT_STORY: f64 = 350.0;
const LONG_STORY: f64 = 550.0;
/// If phrases are preferred: the weight of the name of an entity that is one word, and of another
/// single word that the story returns to.
const ENTITY: f64 = 1.0;
const SUBJECT: f64 = 0.5;
/// The same in technical prose, which has fewer mentions of entities than this share of its tokens.
const TECHNICAL_ENTITY: f64 = 0.4;
const TECHNICAL_SUBJECT: f64 = 0.05;
const NAMES: f64 = 0.02;
/// The number of mentions of entities from which a text is surely a story.
const STORY: usize = 8;
/// How often a single word must occur to be what a story returns to, in general and in a text of up
/// to [`NOTE`] tokens; within how many tokens from its beginning it must occur first; and the
/// relative weight of any other word in a text with few other phrases.
const RETURNS: u32 = 3;
const RETURNS_IN_NOTE: u32 = 2;
const NOTE: f64 = 60.0;
const EARLY: u32 = 150;
const OTHER_WORD: f64 = 0.01;
const FEW: usize = 3;
/// The weights of a name of several words, and of a phrase of many words, relative to other phrases
/// of several words.
const NAME: f64 = 1.2;
const LONG: f64 = 0.6;
/// The weight of the first occurrence of a longer phrase in a text of a hundred tokens, and the
/// exponent with which it decreases with the length of the text.
const ONCE: f64 = 0.9;
const FADING: f64 = 0.45;
/// The exponent with which weight decreases with position in a short story.
const SHORT_STORY_POSITION: f64 = 0.25;
/// In a short story: the exponents of `times` and `information` of a longer phrase.
const SHORT_STORY_TIMES: f64 = 0.9;
const SHORT_STORY_INFORMATION: f64 = 0.2;
/// In a long story: the exponents of `returns` and of the position of a single word.
const LONG_STORY_RETURNS: f64 = 0.6;
const LONG_STORY_WORD_POSITION: f64 = 0.75;
/// In a long story: the exponents of `times`, `information` and the position of a longer phrase,
/// and that of the weight of a word in `support`.
const LONG_STORY_TIMES: f64 = 0.2;
const LONG_STORY_INFORMATION: f64 = 0.4;
const LONG_STORY_PHRASE_POSITION: f64 = 0.2;
const SUPPORT: f64 = 1.2;
/// The number of tokens after which `back` has grown by one.
const POSITIONS: f64 = 50.0;
/// In a long story: the weights of single words and of names of one word relative to phrases, and
/// of a phrase that begins with a modifier relative to a phrase of nouns only.
const LONG_STORY_SINGLE: f64 = 1.0;
const LONG_STORY_NAME: f64 = 1.2;
const OPENS_PLAIN: f64 = 0.9;
/// A full name represents its surname if it occurs this often, if it begins within the first
/// tokens of the story, or if it occurs as often as the surname alone. A full name mentioned in
/// passing does not name the subject of the story.
const ESTABLISHED: u32 = 2;
const OPENS: u32 = 6;

/// Removes the phrases of lines in title case that the sentences of the text do not have: `Slams
/// Japanese Pride`. If all is in title case, all remains.
fn drop_titles(document: &Document, words: &Words, chunks: &mut Vec<Chunk>, scratch: &mut Scratch) {
    let in_title = |chunk: &Chunk| document.shouted.get(chunk.sentence as usize).copied().unwrap_or(false);
    if !chunks.iter().any(in_title) || chunks.iter().all(in_title) {
        return;
    }
    let Scratch { slots, sequences, .. } = scratch;
    slots.clear();
    sequences.clear();
    let mut number = |chunk: &Chunk| {
        let tokens = &document.tokens[chunk.at as usize..(chunk.at + chunk.len) as usize];
        sequences.of(tokens.iter().flat_map(|&token| words.parts_of(token)).copied())
    };
    for chunk in chunks.iter().filter(|chunk| !in_title(chunk)) {
        slots.set(number(chunk), 0);
    }
    chunks.retain(|chunk| !in_title(chunk) || slots.get(number(chunk)).is_some());
}

/// The position for a lemma that could be the short form of several full names.
const AMBIGUOUS: usize = u32::MAX as usize - 1;

/// The distinct phrases, with short names merged into full ones.
fn collect(document: &Document, words: &Words, chunks: &[Chunk], scratch: &mut Scratch) -> Vec<Candidate> {
    let Scratch { slots, sequences, .. } = scratch;
    slots.clear();
    sequences.clear();
    let lemma = |at: u32| words.of(document.tokens[at as usize]).lemma;
    let parts = |at: u32| words.parts_of(document.tokens[at as usize]).iter().copied();
    let mut candidates: Vec<Candidate> = Vec::new();
    for &chunk in chunks {
        let number = sequences.of((chunk.at..chunk.at + chunk.len).flat_map(parts));
        let name = u32::from(chunk.name);
        if let Some(position) = slots.get(number) {
            let candidate = &mut candidates[position];
            candidate.count += 1;
            candidate.names += name;
            // In a headline all words may begin with capitals, so the spelling in the text is
            // preferred; and the spelling as several words, which are weighed one by one.
            let is_plainer = candidate.chunk.name && !chunk.name;
            if is_plainer || (candidate.chunk.name == chunk.name && chunk.len > candidate.chunk.len) {
                candidate.chunk = chunk;
            }
        } else {
            slots.set(number, candidates.len());
            candidates.push(Candidate {
                chunk,
                count: 1,
                names: name,
                merged: 0,
                first: chunk.at,
                entity: None,
            });
        }
    }
    // By lemma: the only full name that it can be a short form of.
    slots.clear();
    for (position, candidate) in candidates.iter().enumerate() {
        let Chunk { at, len, name, .. } = candidate.chunk;
        let linked = (at..at + len).any(|at| words.of(document.tokens[at as usize]).is(Word::LINK));
        if !name || !(2..=4).contains(&len) || linked {
            continue;
        }
        let surname_first = words.of(document.tokens[at as usize]).is(Word::SURNAME_FIRST);
        for called in [Some(at + len - 1), surname_first.then_some(at)].into_iter().flatten() {
            let position = if slots.get(lemma(called)).is_some() { AMBIGUOUS } else { position };
            slots.set(lemma(called), position);
        }
    }
    for position in 0..candidates.len() {
        let Candidate { chunk, count, names, first, .. } = candidates[position];
        if chunk.len != 1 || names * 2 <= count {
            continue;
        }
        let full = slots.get(lemma(chunk.at)).filter(|&full| full < candidates.len() && full != position);
        if let Some(full) = full
            && candidates[full].represents(count)
        {
            candidates[full].count += count;
            candidates[full].merged += count;
            candidates[full].names += count;
            candidates[full].first = candidates[full].first.min(first);
            candidates[position].count = 0;
        }
    }
    tie_acronyms(document, words, &mut candidates);
    candidates.retain(|candidate| candidate.count > 0);
    candidates
}

/// Merges an acronym with the only full name that has its initials. The full name is kept if it is
/// established, and otherwise the acronym.
fn tie_acronyms(document: &Document, words: &Words, candidates: &mut [Candidate]) {
    let word = |at: u32| words.of(document.tokens[at as usize]);
    // By initials: the only longer name that has them; `None` if there are several.
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
                if candidates[full].represents(count) { (full, short) } else { (short, full) };
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
