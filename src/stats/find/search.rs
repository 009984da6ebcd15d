//! Which articles are about these words?
//!
//! An [`Index`] lists, for each term, the articles that contain it and how often; BM25 weighs each
//! by the rarity of the term and the length of the article. Indexes are kept with the selection
//! that they were made of: the first query computes them, later ones do not.
//!
//! Cost: one count of all articles for the index, and twelve bytes per distinct term of an article;
//! a query reads the lists of its terms.

use std::sync::Arc;

use super::bm25::{Method, SearchOptions};
use super::snippet::Snippets;
use crate::batch::{Guarded, Watch};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;
use crate::hash::Map;
use crate::stats::count::{Analyzer, Read, Rows, TERMS, TermMap, TermOptions, TermRows, rows};
use crate::table::{Column, Strings, Table, Values};
use crate::text::tokenize;

/// The articles that contain each term.
pub struct Index {
    pub(crate) term_map: TermMap,
    numbers: Map<String, u32>,
    postings: Rows,
    /// The number of terms of each article, divided by the mean.
    lengths: Vec<f64>,
}

impl Index {
    fn new(corpus: &Corpus, zones: ZoneSet, options: &TermOptions, watch: &Watch) -> Result<Self> {
        let term_map = TermMap::new(corpus.store().vocabulary(), options, watch)?;
        let TermRows { names, rows } = rows(corpus, zones, &term_map, TERMS, watch)?;
        watch.check()?;
        let totals = rows.totals();
        let mean = totals.iter().sum::<u64>() as f64 / (totals.len() as f64).max(1.0);
        Ok(Self {
            numbers: term_map.terms.iter().map(str::to_owned).zip(0..).collect(),
            postings: rows.transposed(names.len(), |_| true, watch)?,
            lengths: totals.iter().map(|&total| total as f64 / mean.max(f64::MIN_POSITIVE)).collect(),
            term_map,
        })
    }
}

/// What an index depends on, in addition to the selection.
type Recipe = (ZoneSet, String);

fn recipe(zones: ZoneSet, options: &TermOptions) -> Recipe {
    let mut stopwords: Vec<&str> = options.stopwords.iter().map(String::as_str).collect();
    stopwords.sort_unstable();
    (zones, format!("{:?} {:?} {stopwords:?}", options.fold, options.stem))
}

/// The indexes of one selection that have been made.
#[derive(Default)]
pub struct IndexCache(Guarded<Vec<(Recipe, Arc<Index>)>>);

/// The largest number of indexes that a selection keeps.
const KEPT: usize = 4;

impl IndexCache {
    /// An index that was made before, if it is still kept.
    pub fn get(&self, zones: ZoneSet, options: &TermOptions) -> Option<Arc<Index>> {
        let recipe = recipe(zones, options);
        let found = |kept: &mut Vec<(Recipe, Arc<Index>)>| {
            kept.iter().find(|(known, _)| *known == recipe).map(|(_, index)| Arc::clone(index))
        };
        self.0.with(found)
    }

    /// Makes an index and keeps it. It is made without the lock, so that one query does not block
    /// others; if two are made at the same time, they are equal.
    ///
    /// # Errors
    /// Cancellation.
    pub fn make(
        &self,
        corpus: &Corpus,
        zones: ZoneSet,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<Arc<Index>> {
        let index = Arc::new(Index::new(corpus, zones, options, watch)?);
        let recipe = recipe(zones, options);
        let new = Arc::clone(&index);
        // Dropped indexes are freed after the lock is released, because that takes a while.
        let _old = self.0.with(|kept| {
            let again = kept.iter().position(|(known, _)| *known == recipe);
            let full = (kept.len() == KEPT).then_some(0);
            let old = again.or(full).map(|at| kept.remove(at));
            kept.push((recipe, new));
            old
        });
        Ok(index)
    }
}

/// One row per article found: rank (from 1), article, score, snippet. Only articles that contain a
/// word of the query are found; ties are in the order of the articles.
///
/// # Errors
/// [`SearchOptions::check`].
pub fn search(
    corpus: &Corpus,
    index: &Index,
    query: &str,
    zones: ZoneSet,
    options: &SearchOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    let mut tokens = Vec::new();
    tokenize(query, &mut tokens);
    let reader = Analyzer::new(&options.terms);
    let terms: Vec<u32> = tokens
        .iter()
        .filter_map(|token| match reader.read(&query[token.start as usize..token.end as usize], token.kind) {
            Read::Term(term) => index.numbers.get(term.as_ref()).copied(),
            Read::Skip | Read::Break => None,
        })
        .collect();
    let n = corpus.len() as f64;
    let weights: Vec<f64> = terms
        .iter()
        .map(|&term| options.method.idf(n, index.postings.row(term as usize).len() as f64))
        .collect();
    let mut found = scores(index, &terms, &weights, options, watch);
    watch.check()?;
    let best = options.n.min(found.len());
    if best > 0 && best < found.len() {
        found.select_nth_unstable_by(best - 1, compare);
    }
    found.truncate(best);
    found.sort_unstable_by(compare);
    let articles: Vec<u32> = found.iter().map(|&(article, _)| article).collect();
    let snippets = Snippets::new(corpus, zones, &index.term_map, &terms, &weights, options);
    let texts: Strings = watch.through(&articles).map(|&article| snippets.of(article)).collect();
    watch.check()?;
    let table = Table::new()
        .with("rank", Column::int(1..=best as i64))?
        .with("article", corpus.ids_of(&articles, watch)?)?
        .with("score", Values::Float(found.iter().map(|&(_, score)| score).collect()))?
        .with("snippet", Values::Text(texts))?;
    Ok(table.with_fact("articles", &corpus.len()))
}

/// Better articles first; ties by position.
fn compare(a: &(u32, f64), b: &(u32, f64)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// The score of each article that contains at least one of the terms.
fn scores(
    index: &Index,
    terms: &[u32],
    weights: &[f64],
    options: &SearchOptions,
    watch: &Watch,
) -> Vec<(u32, f64)> {
    let SearchOptions { k1, b, delta, method, .. } = *options;
    let saturated = |tf: f64, length: f64| {
        let pivot = 1.0 - b + b * length;
        match method {
            Method::Robertson | Method::Lucene => tf / (tf + k1 * pivot),
            Method::Atire => tf * (k1 + 1.0) / (tf + k1 * pivot),
            Method::Bm25L => {
                let even = tf / pivot.max(f64::MIN_POSITIVE) + delta;
                (k1 + 1.0) * even / (k1 + even)
            }
            Method::Bm25Plus => (k1 + 1.0) * tf / (tf + k1 * pivot) + delta,
        }
    };
    // The contribution of a term to an article that does not contain it.
    let missing = match method {
        Method::Bm25L if delta > 0.0 => (k1 + 1.0) * delta / (k1 + delta),
        Method::Bm25Plus => delta,
        _ => 0.0,
    };
    let base: f64 = weights.iter().map(|weight| weight * missing).sum();
    let mut scores = vec![f64::NAN; index.lengths.len()];
    let mut found = Vec::new();
    for (&term, &weight) in watch.through(terms.iter().zip(weights)) {
        for &(article, count) in index.postings.row(term as usize) {
            let score = &mut scores[article as usize];
            if score.is_nan() {
                *score = base;
                found.push(article);
            }
            *score += weight * (saturated(f64::from(count), index.lengths[article as usize]) - missing);
        }
    }
    found.into_iter().map(|article| (article, scores[article as usize])).collect()
}
