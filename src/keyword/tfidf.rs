//! Term frequency times inverse document frequency (Spärck Jones 1972) of phrases.
//!
//! Phrases are sequences of terms without stop words and punctuation between them; a sequence of
//! numbers only is not a phrase. A phrase that occurs in `d` of the `N` articles of the selection
//! scores `count · (ln((1 + N) / (1 + d)) + 1)`. The scores depend on the corpus: they change when
//! articles are added or removed.

use super::document::Document;
use super::options::Options;
use super::phrase::Phrase;
use super::scratch::Scratch;
use super::word::{Word, Words};
use crate::hash::Map;

/// A phrase of up to four terms: the number of each term plus one, in 32 bits.
pub(super) type PhraseKey = u128;

/// The maximum number of terms in a key.
pub(super) const MOST_WORDS: usize = 4;

/// The number of articles that contain each phrase.
pub(super) type Frequencies = Map<PhraseKey, u32>;

/// Writes the distinct phrases of a document to `scratch.phrases`, in the order of their first
/// occurrence, and returns their keys in the same order.
fn collect(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) -> Vec<PhraseKey> {
    let mut positions: Map<PhraseKey, usize> = Map::default();
    let mut keys = Vec::new();
    let longest = options.max_words().min(MOST_WORDS);
    for sentence in 0..document.sentences() {
        let range = document.sentence(sentence);
        for from in range.clone() {
            let (mut key, mut has_word): (PhraseKey, bool) = (0, false);
            for at in from..range.end.min(from + longest) {
                let word = words.of(document.tokens[at]);
                if !word.kind.is_term() || word.is(Word::STOP) {
                    break;
                }
                key = key << 32 | PhraseKey::from(word.term + 1);
                has_word |= word.is_word();
                if !has_word {
                    continue;
                }
                let next = keys.len();
                let position = *positions.entry(key).or_insert(next);
                if position == next {
                    keys.push(key);
                    let (at, len) = (from as u32, (at + 1 - from) as u32);
                    scratch.phrases.list.push(Phrase { at, len, score: 0.0, count: 1, entity: None });
                } else {
                    scratch.phrases.list[position].count += 1;
                }
            }
        }
    }
    keys
}

/// Adds the phrases of an article to the frequencies.
pub(super) fn count(
    document: &Document,
    words: &Words,
    options: &Options,
    scratch: &mut Scratch,
    frequencies: &mut Frequencies,
) {
    for key in collect(document, words, options, scratch) {
        *frequencies.entry(key).or_insert(0) += 1;
    }
}

pub(super) fn tfidf(
    document: &Document,
    words: &Words,
    options: &Options,
    scratch: &mut Scratch,
    frequencies: &Frequencies,
    articles: usize,
) {
    let keys = collect(document, words, options, scratch);
    for (phrase, key) in scratch.phrases.list.iter_mut().zip(keys) {
        let found = frequencies.get(&key).copied().unwrap_or(1);
        let idf = ((1.0 + articles as f64) / (1.0 + f64::from(found))).ln() + 1.0;
        phrase.score = f64::from(phrase.count) * idf;
    }
}
