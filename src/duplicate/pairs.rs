//! Which two articles are copies of each other?
//!
//! Invariants: a pair is reported only if its measure, computed from the sets of shingles, reaches
//! the threshold; the pairs do not depend on the order of the articles, because they are ranked by
//! their day and their words first. Cost: linear in the shingles that occur in several articles.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::shingle::{Shingles, shared};
use crate::batch::{Watch, map, sort_by};
use crate::corpus::{ArticleRef, Corpus};
use crate::error::{Error, Kind, Result};

/// How two articles are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// The share of the smaller set of shingles that is in the other.
    #[default]
    Containment,
    /// The share of all shingles of both that both have.
    Jaccard,
}

impl Measure {
    /// The measures and their names.
    pub const ALL: [(&'static str, Self); 2] =
        [("containment", Self::Containment), ("jaccard", Self::Jaccard)];
}

/// When two articles are copies.
#[derive(Debug, Clone, Copy)]
pub struct CopyOptions {
    /// The least value of the measure.
    pub threshold: f64,
    /// The measure.
    pub measure: Measure,
    /// The most days between them; any number if `None`.
    pub days: Option<u32>,
}

impl Default for CopyOptions {
    fn default() -> Self {
        Self { threshold: 0.7, measure: Measure::default(), days: Some(7) }
    }
}

impl CopyOptions {
    /// # Errors
    /// [`Kind::BadOption`] for a threshold that is not above 0 and at most 1.
    pub(super) fn check(self) -> Result<()> {
        if self.threshold > 0.0 && self.threshold <= 1.0 {
            return Ok(());
        }
        let what = format!("threshold={}; expected a number above 0 and at most 1", self.threshold);
        Err(Error::new(Kind::BadOption, what).in_field("threshold"))
    }
}

/// How much two articles have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    pub(super) containment: f64,
    pub(super) jaccard: f64,
    /// The share of the first article that is in the second.
    pub(super) own: f64,
}

impl Likeness {
    pub(super) fn of(a: &Shingles, b: &Shingles) -> Self {
        let both = f64::from(shared(a, b));
        let (first, second) = (f64::from(a.size), f64::from(b.size));
        Self {
            containment: both / first.min(second),
            jaccard: both / (first + second - both),
            own: both / first,
        }
    }

    fn measured(self, measure: Measure) -> f64 {
        match measure {
            Measure::Containment => self.containment,
            Measure::Jaccard => self.jaccard,
        }
    }
}

/// Two copies, as ranks, the earlier one last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub(super) later: u32,
    pub(super) earlier: u32,
    pub(super) likeness: Likeness,
}

/// The articles with words, by their day and their words: the position of each. Articles without a
/// day come last.
pub(super) fn ranked(corpus: &Corpus, all: &[Shingles], watch: &Watch) -> Result<Vec<u32>> {
    let days: Vec<i32> = corpus.articles().map(|article| article.day().unwrap_or(i32::MAX)).collect();
    let mut ranked: Vec<u32> = (0..all.len() as u32).filter(|&at| all[at as usize].size > 0).collect();
    let key = |at: u32| {
        let article = &all[at as usize];
        // Of the same day, the longest first: a cut copy follows its story.
        (days[at as usize], std::cmp::Reverse(article.size), article.whole, at)
    };
    sort_by(&mut ranked, watch, |&a, &b| key(a).cmp(&key(b)))?;
    Ok(ranked)
}

/// The largest group of articles with a rare shingle in common that are all compared.
pub(super) const GROUP: usize = 64;

/// All pairs that reach the threshold, by the later and then the earlier article.
///
/// # Errors
/// Cancellation.
pub(super) fn pairs(
    corpus: &Corpus,
    all: &[Shingles],
    ranked: &[u32],
    options: CopyOptions,
    watch: &Watch,
) -> Result<Vec<Pair>> {
    let article = |rank: u32| &all[ranked[rank as usize] as usize];
    // The least number of shingles that the smaller of two copies shares with the other.
    let least = |size: u32| (options.threshold * f64::from(size) - 1e-9).ceil().max(1.0) as usize;
    let ranks: Vec<u32> = (0..ranked.len() as u32).collect();
    let small: Vec<u32> = watch
        .through(&ranks)
        .copied()
        .filter(|&rank| article(rank).repeated.len() >= least(article(rank).size))
        .collect();
    // How many articles have each shingle of those that can be the smaller one.
    let mut counts: HashMap<u64, u32, FxBuildHasher> = HashMap::default();
    for &rank in watch.through(&small) {
        article(rank).repeated.iter().for_each(|&shingle| *counts.entry(shingle).or_insert(0) += 1);
    }
    watch.check()?;
    let prefixes = map(&small, watch, |&rank| {
        let article = article(rank);
        let mut rare: Vec<(u32, u64)> = article
            .repeated
            .iter()
            .map(|&shingle| (counts.get(&shingle).copied().unwrap_or(0), shingle))
            .collect();
        rare.sort_unstable();
        // One of this many shingles must be in the other article.
        rare.truncate(article.repeated.len() + 1 - least(article.size));
        Ok(rare.into_iter().map(|(_, shingle)| shingle).collect::<Vec<u64>>())
    })?;
    drop(counts);
    let mut posts: HashMap<u64, Vec<u32>, FxBuildHasher> = HashMap::default();
    for prefix in watch.through(&prefixes) {
        posts.extend(prefix.iter().map(|&shingle| (shingle, Vec::new())));
    }
    for &rank in watch.through(&ranks) {
        for shingle in &article(rank).repeated {
            if let Some(post) = posts.get_mut(shingle) {
                post.push(rank);
            }
        }
    }
    watch.check()?;
    let days: Vec<Option<i32>> =
        ranked.iter().map(|&at| corpus.article(at as usize).and_then(ArticleRef::day)).collect();
    let near = |a: u32, b: u32| match (options.days, days[a as usize], days[b as usize]) {
        (Some(most), Some(a), Some(b)) => a.abs_diff(b) <= most,
        _ => true,
    };
    let queries: Vec<(u32, &Vec<u64>)> = small.iter().copied().zip(&prefixes).collect();
    let chunks: Vec<&[(u32, &Vec<u64>)]> = queries.chunks(64).collect();
    let found = map(&chunks, watch, |chunk| {
        let (mut found, mut others) = (Vec::new(), Vec::new());
        for &(rank, prefix) in watch.through(*chunk) {
            others.clear();
            for shingle in prefix {
                let post = posts.get(shingle).map_or(&[][..], Vec::as_slice);
                others.extend(group(post, rank, |other| near(rank, other)));
            }
            others.sort_unstable();
            others.dedup();
            for &other in &others {
                if other == rank || !near(rank, other) {
                    continue;
                }
                let (later, earlier) = (rank.max(other), rank.min(other));
                let likeness = Likeness::of(article(later), article(earlier));
                if likeness.measured(options.measure) >= options.threshold - 1e-12 {
                    found.push(Pair { later, earlier, likeness });
                }
            }
        }
        watch.check()?;
        Ok(found)
    })?;
    let mut found: Vec<Pair> = found.into_iter().flatten().collect();
    sort_by(&mut found, watch, |a, b| (a.later, a.earlier).cmp(&(b.later, b.earlier)))?;
    // Two articles may have looked at each other.
    found.dedup_by_key(|pair| (pair.later, pair.earlier));
    Ok(found)
}

/// The articles with a shingle that an article is compared with: all, or, if they are many, the
/// first that are near in time and the nearest before and after.
fn group(post: &[u32], rank: u32, near: impl Fn(u32) -> bool) -> impl Iterator<Item = u32> {
    let (first, before, after) = if post.len() <= GROUP {
        (post, &[][..], &[][..])
    } else {
        let own = post.partition_point(|&other| other < rank);
        let start = post[..own].partition_point(|&other| !near(other)).min(own);
        let half = GROUP / 2;
        (
            &post[start..(start + half).min(own)],
            &post[own.saturating_sub(half)..own],
            &post[own..(own + half).min(post.len())],
        )
    };
    [first, before, after].into_iter().flatten().copied()
}
