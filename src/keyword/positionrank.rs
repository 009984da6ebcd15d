//! `PositionRank` (Florescu & Caragea 2017).
//!
//! Like `TextRank`, but an edge weighs the number of times that its two words occur within the
//! window of each other, and the random walk starts at a word in proportion to the sum of the
//! inverses of its positions. Phrases are adjectives followed by nouns, up to three words by
//! default, and the score of a phrase is the sum of the scores of its words.

use super::chunk::{adjectives_and_nouns, is_content};
use super::document::Document;
use super::options::Options;
use super::scratch::Scratch;
use super::tag::Tag;
use super::word::Words;

pub(super) fn positionrank(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let Scratch { graph, slots, runs, .. } = scratch;
    graph.clear();
    slots.clear();
    let mut starts: Vec<f64> = Vec::new();
    let mut position = 0;
    let mut content: Vec<(usize, u32)> = Vec::new();
    for at in 0..document.tokens.len() {
        let word = words.of(document.tokens[at]);
        if !word.kind.is_term() {
            continue;
        }
        position += 1;
        if !is_content(document, words, at) {
            continue;
        }
        let node = slots.get(word.term).unwrap_or_else(|| {
            slots.set(word.term, starts.len());
            starts.push(0.0);
            starts.len() - 1
        });
        starts[node] += 1.0 / f64::from(position);
        content.push((position as usize, node as u32));
    }
    for (at, &(here, a)) in content.iter().enumerate() {
        for &(there, b) in content[at + 1..].iter().take_while(|(there, _)| there - here < options.window()) {
            debug_assert!(there > here);
            graph.add(a, b, 1.0);
        }
    }
    let sum: f64 = starts.iter().sum();
    for start in &mut starts {
        *start /= sum;
    }
    let ranks = graph.page_rank(&starts, options.damping);
    adjectives_and_nouns(document, words, true, runs);
    for run in runs.drain(..) {
        // Adjectives, then nouns: a sequence in which a noun precedes an adjective is divided into
        // phrases.
        let mut open = run.start;
        for at in run.clone() {
            let last = at + 1 == run.end;
            let noun = document.tags[at] != Tag::Adjective;
            if last || (noun && document.tags[at + 1] == Tag::Adjective) {
                if at + 1 - open <= options.max_words() {
                    let score = (open..=at)
                        .filter_map(|at| slots.get(words.of(document.tokens[at]).term))
                        .map(|node| ranks[node])
                        .sum();
                    scratch.phrases.push(document, words, open..at + 1, score);
                }
                open = at + 1;
            }
        }
    }
}
