//! Baseline: the first noun phrases of the text, with which a news story leads. The score is the
//! inverse of the position among the noun phrases.

use super::chunk::noun_phrases;
use super::document::Document;
use super::options::Options;
use super::scratch::Scratch;
use super::word::Words;

pub(super) fn firstphrases(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let mut chunks = std::mem::take(&mut scratch.chunks);
    noun_phrases(document, words, options.max_words(), &mut chunks);
    for chunk in &chunks {
        let run = chunk.at as usize..(chunk.at + chunk.len) as usize;
        let position = scratch.phrases.len() + 1;
        scratch.phrases.push(document, words, run, 1.0 / position as f64);
    }
    scratch.chunks = chunks;
}
