//! How often does each term stand in each article, as a matrix?

use rayon::prelude::*;

use super::count::units;
use super::lexicon::{Lexicon, TermOptions};
use super::rows::rows;
use crate::batch::Watch;
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;

/// A document–term matrix in compressed sparse rows: row *i* holds `counts[starts[i]..starts[i + 1]]` in the columns
/// `columns[…]`, which rise within a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Where each row starts, and where the last one ends.
    pub starts: Vec<i64>,
    /// The column of each count.
    pub columns: Vec<i32>,
    /// The counts.
    pub counts: Vec<i64>,
    /// What each column counts, in the order of bytes.
    pub terms: Vec<String>,
}

/// A row an article, a column a term (or n-gram).
///
/// # Errors
/// [`TermOptions::check`], and cancellation.
pub fn matrix(corpus: &Corpus, zones: ZoneSet, options: &TermOptions, watch: &Watch) -> Result<Matrix> {
    options.check()?;
    let groups = corpus.groups::<&str>(&[])?;
    let lexicon = Lexicon::new(corpus.store().vocabulary(), options);
    let units = units(corpus, &groups, zones, false);
    let (rows, grams) = rows(corpus, &units, &lexicon, options.shape(), watch)?;
    let sums = rows.sums(grams.len());
    let kept: Vec<u32> = (0..grams.len() as u32)
        .filter(|&gram| {
            let (count, articles) = sums[gram as usize];
            count > 0 && options.keeps(count, articles)
        })
        .collect();
    let mut features: Vec<(String, u32)> =
        kept.into_par_iter().map(|gram| (grams.text(gram, &lexicon.terms), gram)).collect();
    watch.check()?;
    features.par_sort_unstable();
    let mut column_of = vec![NONE; grams.len()];
    for (column, (_, gram)) in features.iter().enumerate() {
        column_of[*gram as usize] = column as i32;
    }
    watch.check()?;
    let sorted: Vec<Vec<(i32, u32)>> = (0..rows.len())
        .into_par_iter()
        .map(|row| {
            let cells = rows.row(row).iter().map(|&(gram, count)| (column_of[gram as usize], count));
            let mut cells: Vec<(i32, u32)> = cells.filter(|&(column, _)| column != NONE).collect();
            cells.sort_unstable();
            cells
        })
        .collect();
    let mut matrix = Matrix { starts: vec![0], ..Matrix::default() };
    for row in sorted {
        matrix.starts.push(matrix.starts[matrix.starts.len() - 1] + row.len() as i64);
        matrix.columns.extend(row.iter().map(|&(column, _)| column));
        matrix.counts.extend(row.iter().map(|&(_, count)| i64::from(count)));
    }
    matrix.terms = features.into_iter().map(|(text, _)| text).collect();
    Ok(matrix)
}

/// Stands for an n-gram that has no column.
const NONE: i32 = -1;
