//! Where does a query match?
//!
//! A query is compared with the distinct tokens ([`Query`]), the rarest of its words is looked up
//! among the [`Places`], and its neighbours are compared as numbers. A match lies within one
//! sentence.
//!
//! Cost: reading the places of the rarest word of a query.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::places::{Forms, PlaceCache, Places};
use super::query::Query;
use crate::batch::{Watch, map, sort};
use crate::corpus::{ArticleRef, Corpus, Part, Vocabulary, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::stats::count::Fold;

/// A match: the article of the selection, and the tokens of its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) position: u32,
    pub(crate) part: u32,
    /// The first token, as a position in the part.
    pub(crate) token: u32,
    /// The number of tokens.
    pub(crate) length: Reverse<u32>,
    pub(crate) sentence: u32,
    pub(crate) zone: u32,
    /// The article, as a position in the part.
    pub(crate) local: u32,
}

/// The articles in which any of some queries matches, by position.
///
/// # Errors
/// [`Kind::BadOption`]: a query without a word, or no query; and cancellation.
pub fn matching(
    corpus: &Corpus,
    cache: &PlaceCache,
    zones: ZoneSet,
    texts: &[String],
    watch: &Watch,
) -> Result<Vec<usize>> {
    let queries = queries(texts, false, Fold::Lower, watch)?;
    let places = cache.get(corpus.store(), watch)?;
    let hits = Search::new(corpus, &places, zones, Fold::Lower, watch)?.all_hits(&queries, watch)?;
    let mut positions: Vec<usize> = watch.through(hits).map(|hit| hit.position as usize).collect();
    watch.check()?;
    positions.dedup();
    Ok(positions)
}

pub(crate) fn queries(texts: &[String], regex: bool, fold: Fold, watch: &Watch) -> Result<Vec<Query>> {
    if texts.is_empty() {
        return Err(Error::new(Kind::BadOption, "there is no query; expected at least one").in_field("query"));
    }
    let queries = watch.through(texts).map(|text| Query::new(text, regex, fold)).collect::<Result<_>>()?;
    watch.check()?;
    Ok(queries)
}

/// A selection, and where it may be searched.
pub(crate) struct Search<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) parts: Vec<(u32, &'a Part)>,
    pub(crate) places: &'a Places,
    pub(crate) forms: &'a Forms,
    pub(crate) zones: ZoneSet,
    positions: Positions,
}

/// The positions in the selection of each article of the store.
enum Positions {
    /// All articles, in order.
    All,
    Some(Map<u32, Vec<u32>>),
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        places: &'a Places,
        zones: ZoneSet,
        fold: Fold,
        watch: &Watch,
    ) -> Result<Self> {
        let store = corpus.store();
        let rows = corpus.rows();
        let positions = if rows.len() == store.len() && rows.iter().zip(0..).all(|(&row, at)| row == at) {
            Positions::All
        } else {
            let mut positions: HashMap<u32, Vec<u32>, _> = Map::default();
            for (&row, position) in rows.iter().zip(0..) {
                positions.entry(row).or_default().push(position);
            }
            Positions::Some(positions)
        };
        let vocabulary = store.vocabulary();
        let forms = places.forms(vocabulary, fold, watch)?;
        Ok(Self { vocabulary, parts: store.parts().collect(), places, forms, zones, positions })
    }

    /// All matches of a query, in no particular order.
    pub(crate) fn hits(&self, query: &Query, watch: &Watch) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for patterns in query.readings(self.vocabulary, self.forms, watch)? {
            self.add_hits(&patterns, &mut hits, watch)?;
        }
        Ok(hits)
    }

    /// The matches of any of some queries, each span once, in the order of the articles and of the
    /// text; of matches that begin together, the longest comes first.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn all_hits(&self, queries: &[Query], watch: &Watch) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for query in watch.through(queries) {
            let found = self.hits(query, watch)?;
            hits.try_reserve(found.len())?;
            hits.extend(found);
        }
        watch.check()?;
        sort(&mut hits, watch)?;
        hits.dedup();
        Ok(hits)
    }

    /// Adds the matches of some patterns; each pattern is the list of distinct tokens that fit.
    fn add_hits(&self, patterns: &[Vec<u32>], hits: &mut Vec<Hit>, watch: &Watch) -> Result<()> {
        watch.check()?;
        let weight =
            |tokens: &Vec<u32>| tokens.iter().map(|&token| self.places.of(token).len()).sum::<usize>();
        let Some((rarest, tokens)) = patterns.iter().enumerate().min_by_key(|(_, tokens)| weight(tokens))
        else {
            return Ok(());
        };
        let sets: Vec<Vec<bool>> = if patterns.len() == 1 {
            Vec::new()
        } else {
            patterns.iter().map(|tokens| self.set(tokens)).collect()
        };
        let mut places: Vec<u32> = tokens.iter().flat_map(|&token| self.places.of(token)).copied().collect();
        if tokens.len() > 1 {
            sort(&mut places, watch)?;
        }
        let pieces: Vec<&[u32]> = places.chunks(1 << 12).collect();
        let found = map(&pieces, watch, |places| Ok(self.matches(places, rarest, &sets, patterns.len())))?;
        hits.extend(found.into_iter().flatten());
        Ok(())
    }

    /// The matches whose word number `rarest` is at one of some ascending places.
    fn matches(&self, places: &[u32], rarest: usize, sets: &[Vec<bool>], length: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        // The position of the last place: the next one comes after it, and is usually near.
        let (mut last_part, mut sentence, mut zone, mut article) = (usize::MAX, 0, 0, 0);
        for &place in places {
            let (at, local) = self.places.locate(place);
            let (first_article, part) = self.parts[at];
            if at != last_part {
                (last_part, sentence, zone, article) = (at, 0, 0, 0);
            }
            let Some(start) = local.checked_sub(rarest) else { continue };
            let end = start + length;
            let words = part.tokens.get(start..end).unwrap_or_default();
            if words.len() < length || !words.iter().zip(sets).all(|(&token, set)| set[token as usize]) {
                continue;
            }
            sentence = last_before(&part.sentences, sentence, |row| row.first_token as usize <= local);
            let bounds = part.tokens_of(sentence);
            if start < bounds.start || end > bounds.end {
                continue;
            }
            zone = last_before(&part.zones, zone, |row| row.first_sentence as usize <= sentence);
            if !self.zones.has(part.zones[zone].kind) {
                continue;
            }
            article = last_before(&part.articles, article, |row| row.first_zone as usize <= zone);
            let row = first_article + article as u32;
            let hit = |position| Hit {
                position,
                part: at as u32,
                token: start as u32,
                length: Reverse(length as u32),
                sentence: sentence as u32,
                zone: zone as u32,
                local: article as u32,
            };
            match &self.positions {
                Positions::All => hits.push(hit(row)),
                Positions::Some(positions) => {
                    hits.extend(positions.get(&row).into_iter().flatten().map(|&position| hit(position)));
                }
            }
        }
        hits
    }

    fn set(&self, tokens: &[u32]) -> Vec<bool> {
        let mut set = vec![false; self.vocabulary.len()];
        for &token in tokens {
            set[token as usize] = true;
        }
        set
    }

    pub(crate) fn article(&self, hit: &Hit) -> ArticleRef<'a> {
        let (first, part) = self.parts[hit.part as usize];
        ArticleRef { part, local: hit.local as usize, row: first + hit.local }
    }
}

/// The last of some rows for which `holds` is true, from `from` on. It is true for the first ones
/// only, including `from`. Steps double, so that a near one is found quickly.
fn last_before<T>(rows: &[T], from: usize, holds: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while rows.get(from + step).is_some_and(&holds) {
        step *= 2;
    }
    let (start, end) = (from + step / 2, (from + step).min(rows.len()));
    start + rows[start..end].partition_point(holds).max(1) - 1
}
