//! How often does each term occur in the articles?

use super::analyzer::TermOptions;
use super::count::TermCounts;
use super::slots::Cell;
use crate::batch::{Watch, sort};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;
use crate::table::{Strings, Table, Values};

/// One row per term (or n-gram) and group: the keys of the group, term, count, articles,
/// `per_million`.
///
/// Groups are in the order of their keys. Within a group, terms are sorted by descending count,
/// ties in the order of their bytes. `per_million` is the count per million terms (n-grams) of the
/// group, including those below the minimums.
///
/// # Errors
/// [`TermOptions::check`], [`Corpus::groups`], and cancellation.
pub fn terms<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &TermOptions,
    watch: &Watch,
) -> Result<Table> {
    TermCounts::new(corpus, by, zones, options, watch)?.table(options, watch)
}

impl TermCounts {
    /// The table of [`terms`].
    ///
    /// # Errors
    /// Cancellation.
    pub fn table(self, options: &TermOptions, watch: &Watch) -> Result<Table> {
        let totals = self.totals();
        self.table_of(&totals, options, watch)
    }

    /// The table of [`terms`], with these totals of the groups.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn table_of(self, totals: &[u64], options: &TermOptions, watch: &Watch) -> Result<Table> {
        let Self { names, keys, mut cells, articles: counted, one } = self;
        let long_texts = if names.len() == names.terms.len() {
            None
        } else {
            Some(names.grams.texts(&names.terms, watch)?)
        };
        let texts = long_texts.as_ref().unwrap_or(&names.terms);
        for cells in &mut cells {
            cells.retain(|cell| options.keeps_units(one, cell.count, cell.articles));
        }
        watch.check()?;
        let ordered: Vec<Vec<u32>> =
            cells.iter().map(|cells| order(cells, texts, watch)).collect::<Result<_>>()?;

        let rows: usize = cells.iter().map(Vec::len).sum();
        let (mut of_group, mut per_million) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        let (mut counts, mut articles) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        let bytes = cells.iter().flatten().map(|cell| texts.get(cell.gram as usize).len()).sum();
        let mut names = Strings::with_capacity(rows, bytes);
        for (group, ((cells, ordered), &total)) in cells.iter().zip(&ordered).zip(totals).enumerate() {
            for &at in watch.through(ordered) {
                let cell = cells[at as usize];
                of_group.push(group as u32);
                names.push(texts.get(cell.gram as usize));
                counts.push(cell.count);
                articles.push(cell.articles);
                per_million.push(cell.count as f64 * 1e6 / total as f64);
            }
        }
        watch.check()?;
        let mut table = Table::new();
        for (name, column) in keys.columns(&of_group, &["term", "count", "articles", "per_million"], watch)? {
            table = table.with(name, column)?;
        }
        let table = table
            .with("term", Values::Text(names))?
            .with("count", one.column(counts.into_iter()))?
            .with("articles", one.column(articles.into_iter()))?
            .with("per_million", Values::Float(per_million))?;
        Ok(table
            .with_fact("total", &one.number(totals.iter().sum()))
            .with_fact("articles", &one.number(counted)))
    }
}

/// The positions of cells by descending counts, ties in the order of the bytes of their terms. The
/// first eight bytes settle most ties: so each cell becomes one number, made of its count (up to 32
/// bits of it), those bytes and its position, and only equal ones are compared as a whole.
fn order(cells: &[Cell], texts: &Strings, watch: &Watch) -> Result<Vec<u32>> {
    let text = |cell: &Cell| texts.get(cell.gram as usize);
    let key = |cell: &Cell, at: u32| {
        let mut head = [0; 8];
        let bytes = text(cell).as_bytes();
        let length = bytes.len().min(8);
        head[..length].copy_from_slice(&bytes[..length]);
        let count = u32::try_from(cell.count).unwrap_or(u32::MAX);
        u128::from(!count) << 96 | u128::from(u64::from_be_bytes(head)) << 32 | u128::from(at)
    };
    let mut keys: Vec<u128> = cells.iter().zip(0..).map(|(cell, at)| key(cell, at)).collect();
    sort(&mut keys, watch)?;
    // Counts that do not fit into 32 bits come first, and are compared as a whole.
    let alike = |a: &u128, b: &u128| *a >> 32 == *b >> 32 || *a >> 96 == 0 && *b >> 96 == 0;
    for equal in watch.through(keys.chunk_by_mut(alike)).filter(|equal| equal.len() > 1) {
        equal.sort_unstable_by(|&a, &b| {
            let (a, b) = (&cells[a as u32 as usize], &cells[b as u32 as usize]);
            b.count.cmp(&a.count).then_with(|| text(a).cmp(text(b)))
        });
    }
    watch.check()?;
    Ok(keys.into_iter().map(|key| key as u32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_any_size_and_terms_that_begin_alike_are_ordered() {
        let texts: Strings = ["b", "a", "internationals", "international", "c"].into_iter().collect();
        let most = u64::from(u32::MAX);
        let counts = [most + 2, most + 1, 7, 7, most + 2];
        let cells: Vec<Cell> =
            (0..).zip(counts).map(|(gram, count)| Cell { gram, count, articles: 1 }).collect();
        assert_eq!(order(&cells, &texts, &Watch::default()).unwrap(), [0, 4, 1, 3, 2]);
    }
}
