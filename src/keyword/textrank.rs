//! `TextRank` (Mihalcea & Tarau 2004).
//!
//! Nouns and adjectives within a window of each other are neighbours in a graph. The third of them
//! with the highest `PageRank` are keywords. Adjacent keywords form a phrase, whose score is the
//! sum of their scores.

use super::chunk::is_content;
use super::document::Document;
use super::options::Options;
use super::scratch::Scratch;
use super::word::Words;

/// The number of levels into which ranks are rounded before they are compared.
const LEVELS: f64 = 1e9;

pub(super) fn textrank(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let Scratch { graph, slots, .. } = scratch;
    graph.clear();
    slots.clear();
    let mut nodes = 0;
    let content: Vec<Option<u32>> = (0..document.tokens.len())
        .map(|at| {
            let term = words.of(document.tokens[at]).term;
            is_content(document, words, at).then(|| {
                slots.get(term).unwrap_or_else(|| {
                    slots.set(term, nodes);
                    nodes += 1;
                    nodes - 1
                }) as u32
            })
        })
        .collect();
    for sentence in 0..document.sentences() {
        let range = document.sentence(sentence);
        for at in range.clone() {
            for other in at + 1..(at + options.window()).min(range.end) {
                if let (Some(a), Some(b)) = (content[at], content[other]) {
                    graph.add(a, b, 1.0);
                }
            }
        }
    }
    graph.unweight();
    let ranks = graph.page_rank(&vec![1.0 / nodes.max(1) as f64; nodes], options.damping);
    let mut order: Vec<usize> = (0..nodes).collect();
    // Ranks that differ by less than the error of the iteration are equal; a tie goes to the word
    // that occurs first.
    let level = |node: usize| (ranks[node] * LEVELS).round();
    order.sort_by(|&a, &b| level(b).total_cmp(&level(a)).then(a.cmp(&b)));
    let mut chosen = vec![false; nodes];
    for &node in order.iter().take(nodes.div_ceil(3)) {
        chosen[node] = true;
    }
    let is_chosen = |at: usize| content[at].is_some_and(|node| chosen[node as usize]);
    for sentence in 0..document.sentences() {
        let range = document.sentence(sentence);
        let mut open = range.start;
        for at in range.start..=range.end {
            if at < range.end && is_chosen(at) {
                continue;
            }
            if at > open && at - open <= options.max_words() {
                let score = (open..at).filter_map(|at| content[at]).map(|node| ranks[node as usize]).sum();
                scratch.phrases.push(document, words, open..at, score);
            }
            open = at + 1;
        }
    }
}
