//! How often does each term occur in each article?
//!
//! A partial holds one row per article, in CSR format by the numbers of the terms. The rows of
//! other articles are appended, so merging is exact. [`TermRows`] also carries what the numbers
//! mean.
//!
//! Cost: as for counting; eight bytes per distinct term of an article.

use super::analyzer::TermMap;
use super::count::TermCounts;
use super::csr::Rows;
use super::names::Names;
use super::ngram::{Lengths, TERMS};
use super::phrases::{Options, phrases};
use super::slots::Cell;
use super::walk::each_term;
use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{Corpus, Keys, One, Unit, ZoneSet};
use crate::error::Result;

/// The counts of each article, in the order of the selection, with the values that their numbers
/// mean.
#[derive(Debug, Clone)]
pub(crate) struct TermRows {
    /// What the numbers of the cells mean.
    pub(crate) names: Names,
    pub(crate) rows: Rows,
}

/// One row per article of a selection.
///
/// # Errors
/// Cancellation.
pub(crate) fn rows(
    corpus: &Corpus,
    zones: ZoneSet,
    term_map: &TermMap,
    ngrams: Lengths,
    watch: &Watch,
) -> Result<TermRows> {
    if ngrams == TERMS {
        let rows = reduce(&ByArticle { corpus, term_map }, &corpus.all_units(zones, watch)?, watch)?;
        return Ok(TermRows { names: Names::of_terms(&term_map.terms), rows });
    }
    let TermRows { names, rows: postings } = postings(corpus, zones, term_map, ngrams, watch)?;
    Ok(TermRows { rows: postings.transposed(corpus.len(), |_| true, watch)?, names })
}

/// The same counts transposed: for each number, the articles in which it occurs and its counts
/// there.
///
/// # Errors
/// Cancellation.
pub(crate) fn postings(
    corpus: &Corpus,
    zones: ZoneSet,
    term_map: &TermMap,
    ngrams: Lengths,
    watch: &Watch,
) -> Result<TermRows> {
    if ngrams != TERMS {
        let units = corpus.all_units(zones, watch)?;
        let found = phrases(corpus, &units, term_map, ngrams, Options { keep: true, parted: true }, watch)?;
        return Ok(TermRows { names: Names::new(&term_map.terms, found.grams), rows: found.postings });
    }
    let TermRows { names, rows } = rows(corpus, zones, term_map, ngrams, watch)?;
    Ok(TermRows { rows: rows.transposed(names.len(), |_| true, watch)?, names })
}

impl TermRows {
    /// The rows of some of the articles.
    pub(crate) fn take(&self, articles: &[usize]) -> Self {
        let mut rows = Rows { starts: vec![0], cells: Vec::new() };
        for &article in articles {
            rows.cells.extend_from_slice(self.rows.row(article));
            rows.starts.push(rows.cells.len());
        }
        Self { names: self.names.clone(), rows }
    }

    /// The counts of all articles together.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn counts(&self, watch: &Watch) -> Result<TermCounts> {
        let sums = self.rows.sums(self.names.len(), watch)?.into_iter().zip(0..);
        let there = sums.filter(|((count, _), _)| *count > 0);
        let cells = there.map(|((count, articles), gram)| Cell { gram, count, articles }).collect();
        Ok(TermCounts {
            names: self.names.clone(),
            keys: Keys::default(),
            cells: vec![cells],
            articles: self.rows.len() as u64,
            one: One::default(),
        })
    }
}

/// Counts the terms of each article.
struct ByArticle<'a> {
    corpus: &'a Corpus,
    term_map: &'a TermMap,
}

/// The rows of some units.
#[derive(Default)]
struct Partial {
    rows: Rows,
    /// By term: its place in the open row, plus one; all zero between two rows.
    places: Vec<u32>,
}

impl Statistic for ByArticle<'_> {
    type Unit = Unit;
    type Partial = Partial;
    type Output = Rows;

    fn empty(&self) -> Partial {
        Partial { rows: Rows { starts: vec![0], cells: Vec::new() }, places: Vec::new() }
    }

    fn add(&self, Partial { rows, places }: &mut Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        let Self { corpus, term_map } = *self;
        places.resize(term_map.terms.len(), 0);
        // Local variables stay in registers; fields of a reference do not.
        let (places, mut cells) = (&mut places[..], std::mem::take(&mut rows.cells));
        for &article in watch.through(&unit.articles) {
            let first = cells.len();
            each_term(corpus, article, unit.zones, term_map, |term| match places[term as usize] {
                0 => {
                    cells.push((term, 1));
                    places[term as usize] = (cells.len() - first) as u32;
                }
                place => cells[first + place as usize - 1].1 += 1,
            });
            for &(term, _) in &cells[first..] {
                places[term as usize] = 0;
            }
            rows.starts.push(cells.len());
        }
        rows.cells = cells;
        watch.check()
    }

    fn merge(&self, partials: Vec<Partial>, watch: &Watch) -> Result<Partial> {
        let mut merged = self.empty();
        merged.rows.cells.try_reserve_exact(partials.iter().map(|partial| partial.rows.cells.len()).sum())?;
        for Partial { rows, .. } in watch.through(partials) {
            let offset = merged.rows.cells.len();
            merged.rows.starts.extend(rows.starts[1..].iter().map(|start| start + offset));
            merged.rows.cells.extend(rows.cells);
        }
        watch.check()?;
        Ok(merged)
    }

    fn finish(&self, partial: Partial, _: &Watch) -> Result<Rows> {
        Ok(partial.rows)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};
    use crate::stats::count::TermOptions;

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let term_map = TermMap::new(corpus.store().vocabulary(), &TermOptions::default(), &watch).unwrap();
            let units = units(&corpus, &corpus.groups::<&str>(&[], &watch).unwrap());
            holds_for_every_cut(&ByArticle { corpus: &corpus, term_map: &term_map }, &units, cuts, |rows| rows);
        }
    }
}
