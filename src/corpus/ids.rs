//! Which article has this id?
//!
//! Ids are numbers, strings, dates or times, and no two articles share one. The table of ids is
//! made on the first question and takes about five bytes per article; after that each question is
//! one look-up.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::filter::Scalar;
use crate::batch::{Once, Watch};
use crate::calendar;
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
            (Values::Float(_), Scalar::Float(id)) => self.find_key((id + 0.0).to_bits().cast_signed()),
            (Values::Float(_), Scalar::Int(id)) => self.find_key((*id as f64).to_bits().cast_signed()),
            (Values::Bool(_), Scalar::Bool(id)) => self.find_key(i64::from(*id)),
            (Values::Date(_), Scalar::Date(id)) => self.find_key(i64::from(*id)),
            (Values::Date(_), Scalar::Time(id)) if id.rem_euclid(calendar::MICROS_PER_DAY) == 0 => {
                self.find_key(i64::from(calendar::day_of_time(*id)))
            }
            (Values::Int(_), Scalar::Int(id)) | (Values::Time(_), Scalar::Time(id)) => self.find_key(*id),
            (Values::Time(_), Scalar::Date(id)) => self.find_key(i64::from(*id) * calendar::MICROS_PER_DAY),
            (_, Scalar::Float(id)) if id.fract() == 0.0 && id.abs() < EXACT => {
                self.row(&Scalar::Int(*id as i64))
            }
            (Values::Text(ids), Scalar::Text(id)) => self.find(id.as_str(), |row| ids.get(row) == id),
            _ => None,
        }
    }

    fn find_key(&self, id: i64) -> Option<u32> {
        self.find(&id, |row| key(&self.column.values, row) == id)
    }

    fn find<T: Hash + ?Sized>(&self, id: &T, is_it: impl Fn(usize) -> bool) -> Option<u32> {
        let rows = self.rows.get_or_make(|| {
            let hash = |&row: &u32| match &self.column.values {
                Values::Text(ids) => self.hasher.hash_one(ids.get(row as usize)),
                ids => self.hasher.hash_one(key(ids, row as usize)),
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

/// The rows whose id occurs in an earlier row.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    pub(super) rows: HashSet<usize>,
    /// The first of them.
    pub(super) first: Option<usize>,
}

impl Repeats {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The rows of a column whose id occurs in an earlier row.
///
/// # Errors
/// [`Kind::BadType`]: ids are lists. Cancellation.
pub(super) fn repeats(ids: &Column, watch: &Watch) -> Result<Repeats> {
    fn among<K: Hash + Eq>(keys: impl Iterator<Item = (usize, K)>, watch: &Watch) -> Result<Repeats> {
        let (mut seen, mut repeats) = (HashSet::new(), Repeats::default());
        for (count, (row, key)) in keys.enumerate() {
            if count % (1 << 14) == 0 {
                watch.check()?;
            }
            if !seen.insert(key) {
                repeats.first.get_or_insert(row);
                repeats.rows.insert(row);
            }
        }
        Ok(repeats)
    }
    let there = (0..ids.len()).filter(|&row| ids.is_valid(row));
    match &ids.values {
        Values::Text(values) => among(there.map(|row| (row, values.get(row))), watch),
        Values::Category(..) | Values::TextList(..) => {
            Err(Error::new(Kind::BadType, "ids must be numbers, strings or dates"))
        }
        _ => among(there.map(|row| (row, key(&ids.values, row))), watch),
    }
}

/// A number that two ids of a column share only if they are equal.
fn key(ids: &Values, row: usize) -> i64 {
    match ids {
        Values::Int(ids) | Values::Time(ids) => ids[row],
        // Positive and negative zero are the same.
        Values::Float(ids) => (ids[row] + 0.0).to_bits().cast_signed(),
        Values::Bool(ids) => i64::from(ids[row]),
        Values::Date(ids) => i64::from(ids[row]),
        Values::Text(_) | Values::Category(..) | Values::TextList(..) => 0,
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
