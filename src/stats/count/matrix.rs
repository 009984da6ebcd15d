//! How often does each term occur in each article, as a matrix?

use super::analyzer::{TermMap, TermOptions};
use super::by_article::{TermRows, postings};
use crate::batch::Watch;
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;
use crate::table::Strings;

/// A document–term matrix in compressed sparse row (CSR) format: row *i* holds
/// `counts[starts[i]..starts[i + 1]]` in the columns `columns[…]`, which ascend within a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Where each row starts, and where the last one ends.
    pub starts: Vec<i64>,
    /// The column of each count.
    pub columns: Vec<i64>,
    /// The counts.
    pub counts: Vec<i64>,
    /// The term that each column counts, in the order of bytes.
    pub terms: Strings,
}

/// One row per article, one column per term (or n-gram).
///
/// # Errors
/// [`TermOptions::check`], and cancellation.
pub fn matrix(corpus: &Corpus, zones: ZoneSet, options: &TermOptions, watch: &Watch) -> Result<Matrix> {
    options.check()?;
    let term_map = TermMap::new(corpus.store().vocabulary(), options, watch)?;
    let TermRows { names, rows: postings } = postings(corpus, zones, &term_map, options.ngrams, watch)?;
    let kept: Vec<u32> = watch
        .through(0..names.len() as u32)
        .filter(|&gram| {
            let row = postings.row(gram as usize);
            let count = row.iter().map(|&(_, count)| u64::from(count)).sum();
            count > 0 && options.keeps(count, row.len() as u64)
        })
        .collect();
    let features = names.grams.by_bytes(kept, &term_map.terms, watch)?;
    watch.check()?;

    // For each article, first the number of its features, then the place of the next one.
    let mut next = vec![0_i64; corpus.len() + 1];
    for &gram in watch.through(&features) {
        for &(article, _) in postings.row(gram as usize) {
            next[article as usize + 1] += 1;
        }
    }
    for article in 0..corpus.len() {
        next[article + 1] += next[article];
    }
    let cells = next[corpus.len()] as usize;
    let mut matrix =
        Matrix { starts: next.clone(), columns: vec![0; cells], counts: vec![0; cells], ..Matrix::default() };
    watch.check()?;
    for (column, &gram) in watch.through(features.iter().enumerate()) {
        for &(article, count) in postings.row(gram as usize) {
            let at = &mut next[article as usize];
            matrix.columns[*at as usize] = column as i64;
            matrix.counts[*at as usize] = i64::from(count);
            *at += 1;
        }
    }
    for gram in watch.through(features) {
        names.push_text(gram, &mut matrix.terms);
    }
    watch.check()?;
    Ok(matrix)
}
