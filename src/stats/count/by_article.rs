//! How often does each term stand in each article?
//!
//! [`Rows`] are the counts of all articles in compressed sparse rows, by the numbers of the terms and n-grams.
//!
//! Cost: as in counting; eight bytes a distinct term of an article.

use super::analyzer::Lexicon;
use super::csr::Rows;
use super::ngram::{Grams, Lengths, TERMS};
use super::phrases::{Options, phrases};
use super::unit::{Unit, each_term};
use crate::batch::{Watch, map_with_state};
use crate::corpus::Corpus;
use crate::error::Result;

/// A row for each article of the units, in their order; and what the numbers stand for.
pub(crate) fn rows(
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
pub(crate) fn postings(
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
