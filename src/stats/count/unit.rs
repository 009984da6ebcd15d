//! Into which pieces is the text of a selection cut, and which terms does a piece hold?

use super::analyzer::{BREAK, Lexicon, SKIP};
use crate::article::ZoneKind;
use crate::batch;
use crate::corpus::{ArticleRef, Corpus, Groups, ZoneSet};
use crate::hash::Map;

/// Some articles (by position) of one group, and the zones of them that belong to it.
pub(crate) struct Unit {
    pub(crate) group: u32,
    pub(crate) zones: ZoneSet,
    pub(crate) articles: Vec<u32>,
}

/// The units of a selection: each group's articles, in runs of about equal work.
pub(crate) fn units(corpus: &Corpus, groups: &Groups, zones: ZoneSet, by_zone: bool) -> Vec<Unit> {
    // Enough units for the threads to end together, and as few as that, for each has its cells to sort and add.
    let threads = batch::threads();
    let pieces = if threads == 1 { 1 } else { 2 * threads };
    let all: usize = corpus.articles().map(ArticleRef::bytes).sum();
    let unit_bytes = (all / pieces).clamp(1 << 20, 32 << 20);
    let kinds: Vec<(ZoneKind, ZoneSet)> = if by_zone {
        let each = ZoneKind::ALL.into_iter().filter(|&kind| zones.has(kind));
        each.map(|kind| (kind, ZoneSet::only(kind))).collect()
    } else {
        vec![(ZoneKind::Body, zones)]
    };
    let mut units = Vec::new();
    for (kind, zones) in kinds {
        let mut open: Map<u32, (Unit, usize)> = Map::default();
        for (position, article) in corpus.articles().enumerate() {
            let group = groups.of(position, kind);
            let (unit, bytes) =
                open.entry(group).or_insert_with(|| (Unit { group, zones, articles: Vec::new() }, 0));
            unit.articles.push(position as u32);
            *bytes += article.bytes();
            if *bytes >= unit_bytes
                && let Some((full, _)) = open.remove(&group)
            {
                units.push(full);
            }
        }
        units.extend(open.into_values().map(|(unit, _)| unit));
    }
    units.sort_by_key(|unit| (unit.group, unit.articles.first().copied()));
    units
}

/// Calls `see` with each term of an article's zones.
pub(crate) fn each_term(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    lexicon: &Lexicon,
    mut see: impl FnMut(u32),
) {
    let Some(article) = corpus.article(article as usize) else { return };
    for zone in article.zones(zones) {
        for &token in &article.part.tokens[article.part.tokens_of_zone(zone)] {
            let term = lexicon.of_token[token as usize];
            if term < BREAK {
                see(term);
            }
        }
    }
}

/// Calls `see` with each term and n-gram of an article's zones. `number` gives the number of an n-gram, from those of its
/// first n − 1 terms and of its last.
pub(crate) fn walk(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    lexicon: &Lexicon,
    (low, high): (usize, usize),
    mut number: impl FnMut(u32, u32) -> u32,
    mut see: impl FnMut(u32),
) {
    if high == 1 {
        return each_term(corpus, article, zones, lexicon, see);
    }
    let Some(article) = corpus.article(article as usize) else { return };
    let part = article.part;
    let mut open: Vec<u32> = Vec::with_capacity(high);
    for zone in article.zones(zones) {
        for sentence in part.sentences_of(zone) {
            open.clear();
            for &token in &part.tokens[part.tokens_of(sentence)] {
                let term = lexicon.of_token[token as usize];
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
