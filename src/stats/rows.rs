//! How often does each term stand in each article?
//!
//! [`Rows`] are the counts of all articles in compressed sparse rows, by the numbers of the terms and n-grams.
//!
//! Cost: as in counting; eight bytes a distinct term of an article.

use super::count::{Grams, Lengths, TERMS, Unit, each_term};
use super::lexicon::Lexicon;
use super::phrases::{Options, phrases};
use crate::batch::{Watch, map_with_state};
use crate::corpus::Corpus;
use crate::error::Result;

/// The counts of each article: row *i* holds `cells[starts[i]..starts[i + 1]]`, in the order in which terms first stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub(super) starts: Vec<usize>,
    /// A term or n-gram, and its count.
    pub(super) cells: Vec<(u32, u32)>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub(super) fn row(&self, row: usize) -> &[(u32, u32)] {
        &self.cells[self.starts[row]..self.starts[row + 1]]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// All counts of each row.
    pub(super) fn totals(&self) -> Vec<u64> {
        self.iter().map(|row| row.iter().map(|&(_, count)| u64::from(count)).sum()).collect()
    }

    /// By n-gram: its count, and in how many rows it stands.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn sums(&self, grams: usize, watch: &Watch) -> Result<Vec<(u64, u64)>> {
        let mut sums = vec![(0, 0); grams];
        for &(gram, count) in watch.through(&self.cells) {
            let sum = &mut sums[gram as usize];
            *sum = (sum.0 + u64::from(count), sum.1 + 1);
        }
        watch.check()?;
        Ok(sums)
    }

    /// By n-gram: the rows that it stands in, rising, and its counts there. N-grams of which `keeps` is false stand nowhere.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn turned(&self, grams: usize, keeps: impl Fn(u32) -> bool, watch: &Watch) -> Result<Self> {
        let mut starts = vec![0; grams + 1];
        for &(gram, _) in watch.through(&self.cells).filter(|&&(gram, _)| keeps(gram)) {
            starts[gram as usize + 1] += 1;
        }
        for gram in 0..grams {
            starts[gram + 1] += starts[gram];
        }
        let mut cells = vec![(0, 0); starts[grams]];
        let mut next = starts.clone();
        watch.check()?;
        for (row, counts) in watch.through(self.iter().enumerate()) {
            for &(gram, count) in counts.iter().filter(|&&(gram, _)| keeps(gram)) {
                let at = &mut next[gram as usize];
                cells[*at] = (row as u32, count);
                *at += 1;
            }
        }
        watch.check()?;
        Ok(Self { starts, cells })
    }
}

/// A row for each article of the units, in their order; and what the numbers stand for.
pub(super) fn rows(
    corpus: &Corpus,
    units: &[Unit],
    lexicon: &Lexicon,
    ngrams: Lengths,
    watch: &Watch,
) -> Result<(Rows, Grams)> {
    if ngrams != TERMS {
        let found = phrases(corpus, units, lexicon, ngrams, Options { keep: true, parted: true }, watch)?;
        return Ok((found.postings.turned(found.rows, |_| true, watch)?, found.grams));
    }
    let counted = map_with_state(units, watch, Vec::new, |slots, unit| {
        Ok(unit_rows(corpus, unit, lexicon, slots, watch))
    })?;
    let mut rows = Rows { starts: vec![0], cells: Vec::new() };
    for (lengths, cells) in counted {
        watch.check()?;
        for length in lengths {
            rows.starts.push(rows.starts[rows.starts.len() - 1] + length);
        }
        rows.cells.extend(cells);
    }
    Ok((rows, Grams::new(lexicon.terms.len())))
}

/// The same counts the other way round: by number, the rows that it stands in and its counts there.
pub(super) fn postings(
    corpus: &Corpus,
    units: &[Unit],
    lexicon: &Lexicon,
    ngrams: Lengths,
    watch: &Watch,
) -> Result<(Rows, Grams)> {
    if ngrams != TERMS {
        let found = phrases(corpus, units, lexicon, ngrams, Options { keep: true, parted: true }, watch)?;
        return Ok((found.postings, found.grams));
    }
    let (rows, grams) = rows(corpus, units, lexicon, ngrams, watch)?;
    Ok((rows.turned(grams.len(), |_| true, watch)?, grams))
}

/// The rows of one unit: how long each is, and their cells.
type UnitRows = (Vec<usize>, Vec<(u32, u32)>);

/// `slots` hold, by term, where in the open row it stands plus one; all zero between two units.
fn unit_rows(
    corpus: &Corpus,
    unit: &Unit,
    lexicon: &Lexicon,
    slots: &mut Vec<u32>,
    watch: &Watch,
) -> UnitRows {
    slots.resize(lexicon.terms.len(), 0);
    let (mut lengths, mut cells): UnitRows = (Vec::new(), Vec::new());
    for &article in watch.through(&unit.articles) {
        let first = cells.len();
        each_term(corpus, article, unit.zones, lexicon, |term| match slots[term as usize] {
            0 => {
                cells.push((term, 1));
                slots[term as usize] = (cells.len() - first) as u32;
            }
            place => cells[first + place as usize - 1].1 += 1,
        });
        for &(term, _) in &cells[first..] {
            slots[term as usize] = 0;
        }
        lengths.push(cells.len() - first);
    }
    (lengths, cells)
}
