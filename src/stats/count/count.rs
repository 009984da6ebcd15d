//! How often does each term stand in each group?
//!
//! Work is cut into units: some articles of one group. A unit is counted by itself, and units are merged in their order:
//! counts are sums, so the result is the same for every cut. An n-gram is a number too: that of its first n − 1 terms
//! together with its last term; [`super::phrases`] counts those.
//!
//! Cost: one table read a token; memory a slot a term and thread.

use super::analyzer::Lexicon;
use super::ngram::{Grams, Lengths, TERMS};
use super::phrases::{Options, Phrases, phrases};
use super::slots::{Cell, Slots};
use super::unit::Unit;
use crate::batch::{Watch, map_with_state};
use crate::corpus::Corpus;
use crate::error::Result;

/// The cells of each group, by number of the n-gram; and what the numbers stand for.
pub(crate) fn count(
    corpus: &Corpus,
    units: &[Unit],
    groups: usize,
    lexicon: &Lexicon,
    ngrams: Lengths,
    watch: &Watch,
) -> Result<(Vec<Vec<Cell>>, Grams)> {
    if ngrams != TERMS {
        let found =
            phrases(corpus, units, lexicon, ngrams, Options { keep: groups > 1, parted: true }, watch)?;
        return Ok((grouped(&found, units, groups, watch)?, found.grams));
    }
    let counted = map_with_state(units, watch, Slots::default, |slots, unit| {
        Ok(slots.terms(corpus, unit, lexicon, watch))
    })?;
    let mut counted = counted.into_iter();
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); groups];
    for units in units.chunk_by(|one, next| one.group == next.group) {
        watch.check()?;
        cells[units[0].group as usize] = summed(counted.by_ref().take(units.len()).collect());
    }
    Ok((cells, Grams::new(lexicon.terms.len())))
}

/// The cells of each group, from the rows of each n-gram.
pub(crate) fn grouped(
    found: &Phrases,
    units: &[Unit],
    groups: usize,
    watch: &Watch,
) -> Result<Vec<Vec<Cell>>> {
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); groups];
    if groups == 1 {
        let there = found.sums.iter().zip(0..).filter(|((count, _), _)| *count > 0);
        cells[0] = watch
            .through(there)
            .map(|(&(count, articles), gram)| Cell { gram, count: count.into(), articles: articles.into() })
            .collect();
    }
    if groups > 1 {
        let group_of: Vec<u32> =
            units.iter().flat_map(|unit| std::iter::repeat_n(unit.group, unit.articles.len())).collect();
        let mut sums = vec![(0, 0); groups];
        let mut touched = Vec::new();
        for gram in watch.through(0..found.grams.len()) {
            for &(row, count) in found.postings.row(gram) {
                let group = group_of[row as usize];
                let sum: &mut (u64, u64) = &mut sums[group as usize];
                if sum.0 == 0 {
                    touched.push(group);
                }
                *sum = (sum.0 + u64::from(count), sum.1 + 1);
            }
            for group in touched.drain(..) {
                let (count, articles) = std::mem::take(&mut sums[group as usize]);
                cells[group as usize].push(Cell { gram: gram as u32, count, articles });
            }
        }
    }
    watch.check()?;
    Ok(cells)
}

/// The cells of one group, from those of its units. A group of several has so much text that a look at each slot is nothing beside it.
fn summed(mut units: Vec<Vec<Cell>>) -> Vec<Cell> {
    if units.len() == 1 {
        return units.swap_remove(0);
    }
    let grams = units.iter().filter_map(|cells| cells.last()).map(|cell| cell.gram as usize + 1).max();
    let mut sums = vec![(0, 0); grams.unwrap_or(0)];
    for cell in units.iter().flatten() {
        let sum: &mut (u64, u64) = &mut sums[cell.gram as usize];
        *sum = (sum.0 + cell.count, sum.1 + cell.articles);
    }
    let there = sums.into_iter().zip(0..).filter(|((count, _), _)| *count > 0);
    there.map(|((count, articles), gram)| Cell { gram, count, articles }).collect()
}
