//! Where does a query match?
//!
//! A query is compared with the distinct tokens ([`Query`]), the rarest of its words is looked up
//! among the [`Places`], and its neighbours are compared as numbers. A match lies within one
//! sentence.
//!
//! Cost: reading the places of the rarest word of a query, part by part of the store, so that the
//! matches need not be held all at once.

use std::borrow::Cow;
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

    /// The matches of any of some queries, each span once, in the order of the articles and of the
    /// text; of matches that begin together, the longest comes first.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn all_hits(&self, queries: &[Query], watch: &Watch) -> Result<Vec<Hit>> {
        let sought = self.sought(queries, watch)?;
        let parts: Vec<usize> = (0..self.parts.len()).collect();
        let found = map(&parts, watch, |&part| Ok(self.hits(&sought, part)))?;
        let mut hits = Vec::new();
        hits.try_reserve_exact(found.iter().map(Vec::len).sum())?;
        hits.extend(watch.through(found).flatten());
        watch.check()?;
        // They are in order already, unless the selection is in another order than the store.
        if !hits.is_sorted() {
            sort(&mut hits, watch)?;
        }
        Ok(hits)
    }

    /// What is sought for some queries: all their single words at once, and each row of words.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn sought(&self, queries: &[Query], watch: &Watch) -> Result<Vec<Sought<'_>>> {
        let (mut single, mut sought) = (Vec::new(), Vec::new());
        for query in watch.through(queries) {
            for mut words in query.readings(self.vocabulary, self.forms, watch)? {
                match words.as_mut_slice() {
                    [word] => single.append(word),
                    _ => sought.extend(self.row(&words, watch)?),
                }
            }
        }
        sort(&mut single, watch)?;
        single.dedup();
        sought.extend(self.row(&[single], watch)?);
        watch.check()?;
        Ok(sought)
    }

    /// What is sought for some words in a row; of each, the distinct tokens that fit it.
    fn row(&self, words: &[Vec<u32>], watch: &Watch) -> Result<Option<Sought<'_>>> {
        let weight =
            |tokens: &Vec<u32>| tokens.iter().map(|&token| self.places.of(token).len()).sum::<usize>();
        let Some((rarest, tokens)) = words.iter().enumerate().min_by_key(|(_, tokens)| weight(tokens)) else {
            return Ok(None);
        };
        let places = match tokens.as_slice() {
            [] => return Ok(None),
            &[token] => Cow::Borrowed(self.places.of(token)),
            tokens => {
                let mut places = Vec::new();
                places.try_reserve_exact(weight(&words[rarest]))?;
                watch.through(tokens).for_each(|&token| places.extend_from_slice(self.places.of(token)));
                sort(&mut places, watch)?;
                Cow::Owned(places)
            }
        };
        let others: Vec<Fit> = match words {
            [_] => Vec::new(),
            words => words.iter().map(|tokens| Fit::new(tokens, self.vocabulary.len())).collect(),
        };
        Ok(Some(Sought { places, rarest, others, length: words.len() }))
    }

    /// The matches in a part of the store, each span once, in the order of [`Hit`].
    pub(crate) fn hits(&self, sought: &[Sought<'_>], part: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        for sought in sought {
            self.add_hits(sought, part, &mut hits);
        }
        if !hits.is_sorted() {
            hits.sort_unstable();
        }
        hits.dedup();
        hits
    }

    /// Adds the matches of one row of words in a part of the store.
    fn add_hits(&self, sought: &Sought<'_>, at: usize, hits: &mut Vec<Hit>) {
        let (first_article, part) = self.parts[at];
        let (rarest, length) = (sought.rarest, sought.length);
        // The position of the last place: the next one comes after it, and is usually near.
        let (mut sentence, mut zone, mut article) = (0, 0, 0);
        for local in self.places.within(&sought.places, at) {
            let Some(start) = local.checked_sub(rarest) else { continue };
            let end = start + length;
            let words = part.tokens.get(start..end).unwrap_or_default();
            if words.len() < length || !words.iter().zip(&sought.others).all(|(&token, fit)| fit.has(token)) {
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
    }

    pub(crate) fn article(&self, hit: &Hit) -> ArticleRef<'a> {
        let (first, part) = self.parts[hit.part as usize];
        ArticleRef { part, local: hit.local as usize, row: first + hit.local }
    }
}

/// Some words in a row, and where to look for them.
pub(crate) struct Sought<'a> {
    /// The places of the rarest of the words, ascending.
    places: Cow<'a, [u32]>,
    /// The number of words before it.
    rarest: usize,
    /// What fits each word, where there are several.
    others: Vec<Fit>,
    /// The number of words.
    length: usize,
}

/// The distinct tokens that fit a word.
enum Fit {
    Few(Vec<u32>),
    /// One bit per token of the vocabulary.
    Many(Vec<u64>),
}

impl Fit {
    fn new(tokens: &[u32], vocabulary: usize) -> Self {
        /// Up to this many are compared one by one.
        const FEW: usize = 8;
        if tokens.len() <= FEW {
            return Self::Few(tokens.to_vec());
        }
        let mut bits = vec![0; vocabulary.div_ceil(64)];
        for &token in tokens {
            bits[token as usize / 64] |= 1 << (token % 64);
        }
        Self::Many(bits)
    }

    fn has(&self, token: u32) -> bool {
        match self {
            Self::Few(tokens) => tokens.contains(&token),
            Self::Many(bits) => bits[token as usize / 64] >> (token % 64) & 1 == 1,
        }
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
