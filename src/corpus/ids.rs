//! Which article has this id?
//!
//! Ids are whole numbers or strings, and no two articles share one. The table of ids is made on the
//! first question and takes about five bytes per article; after that each question is one look-up.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::filter::Scalar;
use crate::batch::{Once, Watch};
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Values};

/// Below this, every integer has a double that equals no other.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The ids of all articles.
#[derive(Debug, Default)]
pub(super) struct Ids {
    column: Column,
    rows: Once<HashTable<u32>>,
    hasher: RandomState,
}

impl Ids {
    pub(super) fn new(column: Column) -> Self {
        Self { column, rows: Once::new(), hasher: RandomState::default() }
    }

    pub(super) fn column(&self) -> &Column {
        &self.column
    }

    /// The article with an id. A number with a fraction of zero is a whole number.
    pub(super) fn row(&self, id: &Scalar) -> Option<u32> {
        match (&self.column.values, id) {
            (Values::Int(ids), Scalar::Int(id)) => self.find(id, |row| ids[row] == *id),
            (_, Scalar::Float(id)) if id.fract() == 0.0 && id.abs() < EXACT => {
                self.row(&Scalar::Int(*id as i64))
            }
            (Values::Text(ids), Scalar::Text(id)) => self.find(id.as_str(), |row| ids.get(row) == id),
            _ => None,
        }
    }

    fn find<T: Hash + ?Sized>(&self, id: &T, is_it: impl Fn(usize) -> bool) -> Option<u32> {
        let rows = self.rows.get_or_make(|| {
            let hash = |&row: &u32| match &self.column.values {
                Values::Int(ids) => self.hasher.hash_one(ids[row as usize]),
                Values::Text(ids) => self.hasher.hash_one(ids.get(row as usize)),
                _ => 0,
            };
            let mut rows = HashTable::with_capacity(self.column.len());
            for row in 0..self.column.len() as u32 {
                rows.insert_unique(hash(&row), row, hash);
            }
            Ok(rows)
        });
        rows.ok()?.find(self.hasher.hash_one(id), |&row| is_it(row as usize)).copied()
    }
}

/// The positions at which an id occurs again.
///
/// # Errors
/// [`Kind::BadType`]: ids are neither whole numbers nor strings. Cancellation.
pub(super) fn repeated_ids(ids: &Column, watch: &Watch) -> Result<HashSet<usize>> {
    fn repeats<K: Hash + Eq>(
        keys: impl Iterator<Item = (usize, K)>,
        watch: &Watch,
    ) -> Result<HashSet<usize>> {
        let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
        for (count, (position, key)) in keys.enumerate() {
            if count % (1 << 14) == 0 {
                watch.check()?;
            }
            if !seen.insert(key) {
                repeated.insert(position);
            }
        }
        Ok(repeated)
    }
    let there = (0..ids.len()).filter(|&row| ids.is_valid(row));
    match &ids.values {
        Values::Int(values) => repeats(there.map(|row| (row, values[row])), watch),
        Values::Text(values) => repeats(there.map(|row| (row, values.get(row))), watch),
        _ => Err(Error::new(Kind::BadType, "ids must be whole numbers or strings")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_by_its_id() {
        let numbers = Ids::new(Column::int([7, -3, 0]));
        assert_eq!(numbers.row(&Scalar::Int(-3)), Some(1));
        assert_eq!(numbers.row(&Scalar::Float(7.0)), Some(0));
        assert_eq!(numbers.row(&Scalar::Float(7.5)), None);
        assert_eq!(numbers.row(&Scalar::Text("7".into())), None);
        let names = Ids::new(Column::text(["a", "", "b"]));
        assert_eq!(names.row(&Scalar::Text("b".into())), Some(2));
        assert_eq!(names.row(&Scalar::Text("c".into())), None);
        assert_eq!(Ids::default().row(&Scalar::Int(0)), None);
    }
}
