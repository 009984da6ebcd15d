//! RAKE (Rose, Engel, Cramer & Cowley 2010).
//!
//! Phrases are the sequences between stop words and punctuation. The score of a word is its degree
//! (the sum of the lengths of the phrases that contain it) divided by its frequency. The score of a
//! phrase is the sum of the scores of its words.

use super::document::Document;
use super::options::Options;
use super::scratch::Scratch;
use super::word::{Word, Words};

pub(super) fn rake(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let Scratch { runs, slots, .. } = scratch;
    runs.clear();
    slots.clear();
    let part = |at: usize| {
        let word = words.of(document.tokens[at]);
        word.kind.is_term() && !word.is(Word::STOP)
    };
    for sentence in 0..document.sentences() {
        let range = document.sentence(sentence);
        let mut open = range.start;
        for at in range.start..=range.end {
            if at < range.end && part(at) {
                continue;
            }
            let has_word = (open..at).any(|at| words.of(document.tokens[at]).is_word());
            if has_word && at - open <= options.max_words() {
                runs.push(open..at);
            }
            open = at + 1;
        }
    }
    let term = |at: usize| words.of(document.tokens[at]).term;
    let mut totals: Vec<(f64, f64)> = Vec::new();
    for run in runs.iter() {
        for at in run.clone() {
            let position = slots.get(term(at)).unwrap_or_else(|| {
                slots.set(term(at), totals.len());
                totals.push((0.0, 0.0));
                totals.len() - 1
            });
            totals[position].0 += run.len() as f64;
            totals[position].1 += 1.0;
        }
    }
    for run in runs.drain(..) {
        let score = run
            .clone()
            .filter_map(|at| slots.get(term(at)))
            .map(|position| totals[position].0 / totals[position].1)
            .sum();
        scratch.phrases.push(document, words, run, score);
    }
}
