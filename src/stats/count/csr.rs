//! What are counts in compressed sparse row (CSR) format?

use crate::batch::Watch;
use crate::error::Result;

/// The counts of each article: row *i* holds `cells[starts[i]..starts[i + 1]]`, in the order in
/// which the terms first occur.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rows {
    pub(crate) starts: Vec<usize>,
    /// A term or n-gram, and its count.
    pub(crate) cells: Vec<(u32, u32)>,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub(crate) fn row(&self, row: usize) -> &[(u32, u32)] {
        &self.cells[self.starts[row]..self.starts[row + 1]]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// The sum of the counts of each row.
    pub(crate) fn totals(&self) -> Vec<u64> {
        self.iter().map(|row| row.iter().map(|&(_, count)| u64::from(count)).sum()).collect()
    }

    /// By n-gram: its count, and the number of rows in which it occurs.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn sums(&self, grams: usize, watch: &Watch) -> Result<Vec<(u64, u64)>> {
        let mut sums = vec![(0, 0); grams];
        for &(gram, count) in watch.through(&self.cells) {
            let sum = &mut sums[gram as usize];
            *sum = (sum.0 + u64::from(count), sum.1 + 1);
        }
        watch.check()?;
        Ok(sums)
    }

    /// Transposes the rows: for each n-gram, the rows in which it occurs, ascending, and its counts
    /// there. N-grams for which `keeps` is false are ignored.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn transposed(
        &self,
        grams: usize,
        keeps: impl Fn(u32) -> bool,
        watch: &Watch,
    ) -> Result<Self> {
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
