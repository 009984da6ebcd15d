//! How often does each term stand in each article?

use rayon::prelude::*;

use super::count::{Grams, Unit, count, units, walk};
use super::lexicon::{Lexicon, TermOptions};
use crate::batch::{self, Watch};
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
    let (cells, grams) = count(corpus, &units, groups.len(), &lexicon, options, watch)?;
    let mut features: Vec<(String, u32)> = cells
        .into_iter()
        .flatten()
        .filter(|cell| cell.count >= options.min_count && cell.articles >= options.min_articles)
        .map(|cell| (grams.text(cell.gram, &lexicon), cell.gram))
        .collect();
    features.par_sort_unstable();
    let mut column_of = vec![NONE; grams.len()];
    for (column, (_, gram)) in features.iter().enumerate() {
        column_of[*gram as usize] = column as i32;
    }
    let rows =
        batch::map(&units, watch, |unit| Ok(unit_rows(corpus, unit, &lexicon, options, &grams, &column_of)))?;
    let mut matrix = Matrix { starts: vec![0], ..Matrix::default() };
    for (lengths, columns, counts) in rows {
        for length in lengths {
            matrix.starts.push(matrix.starts[matrix.starts.len() - 1] + i64::from(length));
        }
        matrix.columns.extend(columns);
        matrix.counts.extend(counts.into_iter().map(i64::from));
    }
    matrix.terms = features.into_iter().map(|(text, _)| text).collect();
    Ok(matrix)
}

/// Stands for an n-gram that has no column.
const NONE: i32 = -1;

/// The lengths of rows, and their columns and counts.
type Rows = (Vec<u32>, Vec<i32>, Vec<u32>);

fn unit_rows(
    corpus: &Corpus,
    unit: &Unit,
    lexicon: &Lexicon,
    options: &TermOptions,
    grams: &Grams,
    column_of: &[i32],
) -> Rows {
    let (mut lengths, mut columns, mut counts): Rows = Rows::default();
    let mut seen: Vec<i32> = Vec::new();
    for &article in &unit.articles {
        seen.clear();
        walk(
            corpus,
            article,
            unit.zones,
            lexicon,
            options.ngrams,
            |first, last| grams.find(first, last),
            |gram| {
                seen.push(column_of.get(gram as usize).copied().unwrap_or(NONE));
            },
        );
        seen.sort_unstable();
        let before = columns.len();
        for run in seen.chunk_by(|a, b| a == b).filter(|run| run[0] != NONE) {
            columns.push(run[0]);
            counts.push(run.len() as u32);
        }
        lengths.push((columns.len() - before) as u32);
    }
    (lengths, columns, counts)
}
