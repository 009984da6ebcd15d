//! What is known of the two sets of articles that are compared?

use super::options::KeynessOptions;
use crate::batch::Watch;
use crate::corpus::{Corpus, One, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::stable;
use crate::stats::count::{Names, Rows, TermCounts, TermMap, TermRows, count_all, rows};
use crate::table::{Column, Values};

/// One side, counted.
pub(super) struct Side {
    pub(super) counts: TermCounts,
    /// The counts by article, and the hashes of the articles' ids, if they will be resampled.
    pub(super) resampled: Option<(Rows, Vec<u64>)>,
    pub(super) total: u64,
    pub(super) articles: u64,
}

impl Side {
    pub(super) fn new(counts: TermCounts) -> Self {
        let (total, articles) = (counts.totals().iter().sum(), counts.articles);
        Self { counts, resampled: None, total, articles }
    }

    /// A number of units of the side, as a number.
    pub(super) fn number(&self, units: u64) -> f64 {
        self.counts.one.number(units)
    }

    /// # Errors
    /// [`Kind::BadOption`]: there is no term on this side, whose name is `name`.
    pub(super) fn expect_terms(&self, name: &str) -> Result<()> {
        if self.total > 0 {
            return Ok(());
        }
        let what = format!(
            "the {name} has {} articles and no term that counts; expected at least one term on each side",
            self.number(self.articles)
        );
        Err(Error::new(Kind::BadOption, what).in_field(name))
    }

    /// The side of some articles that will be resampled, from the counts of each.
    pub(super) fn of_rows(rows: TermRows, ids: Vec<u64>, watch: &Watch) -> Result<Self> {
        let side = Self::new(rows.counts(watch)?);
        Ok(Self { resampled: Some((rows.rows, ids)), ..side })
    }

    pub(super) fn of_terms(
        corpus: &Corpus,
        term_map: &TermMap,
        salt: u64,
        zones: ZoneSet,
        options: &KeynessOptions,
        watch: &Watch,
    ) -> Result<Self> {
        let ngrams = options.terms.ngrams;
        if options.bootstrap > 0 {
            let rows = rows(corpus, zones, term_map, ngrams, watch)?;
            return Self::of_rows(rows, ids(corpus, salt, watch)?, watch);
        }
        Ok(Self::new(count_all(corpus, zones, term_map, ngrams, watch)?))
    }
}

/// Whether ids are the positions of the articles, because the caller has none.
pub(super) fn are_positions(ids: &Column) -> bool {
    matches!(&ids.values, Values::Int(values) if values.iter().zip(0..).all(|(&id, at)| id == at))
}

/// The hashes of the articles' ids. The salt distinguishes the ids of two corpora, in which the
/// same id may denote different articles.
pub(super) fn ids(corpus: &Corpus, salt: u64, watch: &Watch) -> Result<Vec<u64>> {
    let all: Vec<u32> = (0..corpus.len() as u32).collect();
    let column = corpus.ids_of(&all, watch)?;
    let hash = |row: usize| salt ^ stable(&column.show(row).unwrap_or_default());
    let ids = watch.through(0..column.len()).map(hash).collect();
    watch.check()?;
    Ok(ids)
}

/// A term on both sides.
#[derive(Clone, Copy, Default)]
pub(super) struct Row {
    pub(super) gram: u32,
    pub(super) counts: [u64; 2],
    pub(super) articles: [u64; 2],
}

/// Both sides under one set of numbers.
pub(super) struct Both {
    pub(super) rows: Vec<Row>,
    /// How many terms occur on either side.
    pub(super) distinct: usize,
    pub(super) names: Names,
    /// By side: the common number of each number that the side uses.
    pub(super) numbers: Vec<Vec<u32>>,
    /// How many units of the counts of either side are one.
    pub(super) one: One,
}

impl Both {
    pub(super) fn new(target: &Side, reference: &Side, watch: &Watch) -> Result<Self> {
        let (names, numbers) = Names::union(&[&target.counts.names, &reference.counts.names], watch)?;
        let mut rows = vec![Row::default(); names.len()];
        for (at, side) in [target, reference].into_iter().enumerate() {
            for cell in side.counts.cells.iter().flatten() {
                let row = &mut rows[numbers[at][cell.gram as usize] as usize];
                row.counts[at] = cell.count;
                row.articles[at] = cell.articles;
            }
        }
        for (gram, row) in rows.iter_mut().enumerate() {
            row.gram = gram as u32;
        }
        rows.retain(|row| row.counts != [0, 0]);
        watch.check()?;
        Ok(Self { distinct: rows.len(), rows, names, numbers, one: target.counts.one })
    }
}
