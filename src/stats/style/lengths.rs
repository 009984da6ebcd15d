//! How long are the words and sentences of each group of articles?
//!
//! The counts of each group are sums over its articles, so those of any division of the articles
//! add up. [Readability](super::readability) is a function of them.

use super::readability::{COUNTS, Sums, measures_of, sums, with_measures};
use super::texts::Texts;
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::Result;
use crate::file::{Reader, Writer, require};
use crate::table::Table;

/// The counts of words, sentences, syllables and letters, by group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LengthCounts(Vec<Sums>);

impl LengthCounts {
    /// The counts of the groups of a selection.
    ///
    /// # Errors
    /// Cancellation.
    pub fn of_groups(corpus: &Corpus, groups: &Groups, zones: ZoneSet, watch: &Watch) -> Result<Self> {
        let texts = Texts::of_groups(corpus, groups.clone());
        let mut all = vec![Sums::default(); groups.len()];
        for (group, sums) in sums(&texts, zones, watch)? {
            all[group as usize].add(&sums);
        }
        Ok(Self(all))
    }

    /// The counts of the articles of several selections, given the number of groups, and for each
    /// selection the numbers of its groups among them.
    pub(crate) fn union(all: &[&Self], groups: usize, numbers: &[Vec<u32>]) -> Self {
        let mut united = vec![Sums::default(); groups];
        for (counts, numbers) in all.iter().zip(numbers) {
            for (sums, &group) in counts.0.iter().zip(numbers) {
                united[group as usize].add(sums);
            }
        }
        Self(united)
    }

    /// The counts of some groups.
    pub(crate) fn take(&self, groups: &[u32]) -> Self {
        Self(groups.iter().map(|&group| self.0[group as usize]).collect())
    }

    /// The table of [`readability`](super::readability()) of groups, each of which is made of some
    /// of these.
    ///
    /// # Errors
    /// [`Kind::BadOption`](crate::error::Kind::BadOption): an unknown measure. Cancellation.
    pub fn readability(&self, groups: &Groups, measures: &[String], watch: &Watch) -> Result<Table> {
        let measures = measures_of(measures)?;
        let mut united = vec![Sums::default(); groups.len()];
        for (at, sums) in self.0.iter().enumerate() {
            united[groups.of(at, ZoneKind::Body) as usize].add(sums);
        }
        let there: Vec<u32> =
            (0..).zip(&united).filter(|(_, sums)| sums.has_words()).map(|(group, _)| group).collect();
        let mut table = Table::new();
        for (name, column) in groups.key_columns(&there, &["words", "sentences"], watch)? {
            table = table.with(name, column)?;
        }
        let sums: Vec<Sums> = there.iter().map(|&group| united[group as usize]).collect();
        with_measures(table, &sums, &measures)
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        for at in 0..COUNTS.len() {
            writer.wide(self.0.iter().map(|sums| sums.counts()[at]));
        }
    }

    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not the counts of that many
    /// groups.
    pub(crate) fn read(groups: usize, reader: &mut Reader<'_>) -> Result<Self> {
        /// More than any corpus has. So that no damage makes sums overflow.
        const MOST: u64 = 1 << 56;
        let columns: Vec<Vec<u64>> = COUNTS.iter().map(|_| reader.wide()).collect::<Result<_>>()?;
        require(columns.iter().all(|counts| counts.len() == groups))?;
        require(columns.iter().flatten().all(|&count| count < MOST))?;
        let sums = |group: usize| Sums::of(std::array::from_fn(|at| columns[at][group]));
        Ok(Self((0..groups).map(sums).collect()))
    }
}
