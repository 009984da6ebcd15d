//! Which terms and n-grams does an article hold?

use super::analyzer::{BREAK, SKIP, TermMap};
use crate::corpus::{Corpus, ZoneSet};

/// Calls `see` with each term of an article's zones.
pub(crate) fn each_term(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    term_map: &TermMap,
    mut see: impl FnMut(u32),
) {
    let Some(article) = corpus.article(article as usize) else { return };
    for zone in article.zones(zones) {
        for &token in &article.part.tokens[article.part.tokens_of_zone(zone)] {
            let term = term_map.of_token[token as usize];
            if term < BREAK {
                see(term);
            }
        }
    }
}

/// Calls `see` with each term and n-gram of an article's zones. `number` returns the number of an
/// n-gram, given that of its first n − 1 terms and that of its last term.
pub(crate) fn walk(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    term_map: &TermMap,
    (low, high): (usize, usize),
    mut number: impl FnMut(u32, u32) -> u32,
    mut see: impl FnMut(u32),
) {
    if high == 1 {
        return each_term(corpus, article, zones, term_map, see);
    }
    let Some(article) = corpus.article(article as usize) else { return };
    let part = article.part;
    let mut open: Vec<u32> = Vec::with_capacity(high);
    for zone in article.zones(zones) {
        for sentence in part.sentences_of(zone) {
            open.clear();
            for &token in &part.tokens[part.tokens_of(sentence)] {
                let term = term_map.of_token[token as usize];
                if term == BREAK {
                    open.clear();
                }
                if term >= BREAK {
                    debug_assert!(term == BREAK || term == SKIP);
                    continue;
                }
                // open[k] is the (k + 1)-gram that ended at the term before.
                open.truncate(high - 1);
                for gram in &mut open {
                    *gram = number(*gram, term);
                }
                open.insert(0, term);
                open.iter().skip(low - 1).for_each(|&gram| see(gram));
            }
        }
    }
}
