//! How much does each feature speak for each label?
//!
//! Rows of weights found by the hash of a feature: open addressing over 32-bit keys, so that a look-up is mostly one visit to
//! memory. A feature that is not there may meet the row of another, once in some thousand times; training has seen none.

/// Rows of as many weights as there are labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Weights {
    labels: usize,
    /// Keys by slot; zero is free.
    keys: Vec<u32>,
    /// The row of each slot.
    rows: Vec<u32>,
    /// The rows, one after the other.
    values: Vec<i16>,
}

impl Weights {
    /// From keys, none of which is zero, and their rows.
    pub(super) fn new(labels: usize, entries: &[(u32, Vec<i16>)]) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(16);
        let mut table = Self { labels, keys: vec![0; size], rows: vec![0; size], values: Vec::new() };
        for (row, (key, weights)) in entries.iter().enumerate() {
            let mut at = *key as usize & (size - 1);
            while table.keys[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            table.keys[at] = *key;
            table.rows[at] = row as u32;
            table.values.extend(weights.iter().take(labels));
        }
        table
    }

    /// The key of a feature.
    #[inline]
    pub(super) fn key(feature: u64) -> u32 {
        (feature >> 32) as u32 | 1
    }

    /// The weights of a feature; `None` where it has none.
    #[inline]
    pub(super) fn row(&self, feature: u64) -> Option<&[i16]> {
        let key = Self::key(feature);
        let mask = self.keys.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.keys[at] {
                0 => return None,
                found if found == key => {
                    let start = self.rows[at] as usize * self.labels;
                    return self.values.get(start..start + self.labels);
                }
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// All keys, rising, and their rows.
    pub(super) fn entries(&self) -> Vec<(u32, &[i16])> {
        let mut entries: Vec<(u32, &[i16])> = self
            .keys
            .iter()
            .zip(&self.rows)
            .filter(|&(&key, _)| key != 0)
            .map(|(&key, &row)| (key, &self.values[row as usize * self.labels..][..self.labels]))
            .collect();
        entries.sort_unstable_by_key(|&(key, _)| key);
        entries
    }
}
