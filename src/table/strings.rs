//! How are many strings stored?
//!
//! [`Strings`] stores the bytes of all strings in one buffer, and where each string ends;
//! [`Distinct`] stores each string once and gives it a number. Cost: eight bytes per string in
//! addition to its bytes, and about seven more per distinct string.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::error::Result;

/// Many strings in one allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strings {
    pub(super) offsets: Vec<i64>,
    pub(super) bytes: String,
}

impl Default for Strings {
    fn default() -> Self {
        Self { offsets: vec![0], bytes: String::new() }
    }
}

impl Strings {
    /// An empty list with capacity for `count` strings of `bytes` bytes in total.
    pub fn with_capacity(count: usize, bytes: usize) -> Self {
        let mut offsets = Vec::with_capacity(count + 1);
        offsets.push(0);
        Self { offsets, bytes: String::with_capacity(bytes) }
    }

    /// Strings whose ends are given by offsets, which the caller has checked.
    pub(super) fn of(offsets: Vec<i64>, bytes: String) -> Self {
        Self { offsets, bytes }
    }

    /// The strings of these lengths that a string consists of; `None` if they do not fit.
    pub(crate) fn cut(joined: String, lengths: &[u32]) -> Option<Self> {
        let mut offsets = Vec::with_capacity(lengths.len() + 1);
        let mut end = 0;
        offsets.push(0);
        for &length in lengths {
            end += length as usize;
            if !joined.is_char_boundary(end) {
                return None;
            }
            offsets.push(end as i64);
        }
        (end == joined.len()).then_some(Self { offsets, bytes: joined })
    }

    /// Appends a string.
    pub fn push(&mut self, value: &str) {
        self.bytes.push_str(value);
        self.offsets.push(self.bytes.len() as i64);
    }

    /// Appends a string if there is memory for it.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory).
    pub fn try_push(&mut self, value: &str) -> Result<()> {
        self.try_reserve(1, value.len())?;
        self.push(value);
        Ok(())
    }

    /// Reserves capacity for `count` more strings of `bytes` bytes in total.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory).
    pub fn try_reserve(&mut self, count: usize, bytes: usize) -> Result<()> {
        self.offsets.try_reserve(count)?;
        self.bytes.try_reserve(bytes)?;
        Ok(())
    }

    /// Appends one string, which is the pieces joined by spaces.
    pub fn push_joined<'a>(&mut self, pieces: impl Iterator<Item = &'a str>) {
        for (at, piece) in pieces.enumerate() {
            if at > 0 {
                self.bytes.push(' ');
            }
            self.bytes.push_str(piece);
        }
        self.offsets.push(self.bytes.len() as i64);
    }

    /// Appends the strings of another list.
    pub fn append(&mut self, other: &Self) {
        let before = self.bytes.len() as i64;
        self.bytes.push_str(&other.bytes);
        self.offsets.extend(other.offsets[1..].iter().map(|end| end + before));
    }

    /// Removes all strings but keeps the capacity.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.offsets.truncate(1);
    }

    /// The number of strings.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are no strings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string at a position; empty if there is none.
    pub fn get(&self, row: usize) -> &str {
        match (self.offsets.get(row), self.offsets.get(row + 1)) {
            (Some(&start), Some(&end)) => &self.bytes[start as usize..end as usize],
            _ => "",
        }
    }

    /// All strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.len()).map(|row| self.get(row))
    }

    /// Where each string starts in [`Strings::joined`], and where the last one ends.
    pub fn offsets(&self) -> &[i64] {
        &self.offsets
    }

    /// All strings, concatenated.
    pub fn joined(&self) -> &str {
        &self.bytes
    }
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(values: I) -> Self {
        let mut strings = Self::default();
        for value in values {
            strings.push(value.as_ref());
        }
        strings
    }
}

/// Distinct strings, numbered in the order in which they were added.
#[derive(Debug, Default)]
pub struct Distinct {
    strings: Strings,
    /// The numbers of the strings, by hash.
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl Distinct {
    /// An empty list with capacity for `count` strings of `bytes` bytes in total.
    pub fn with_capacity(count: usize, bytes: usize) -> Self {
        Self {
            strings: Strings::with_capacity(count, bytes),
            numbers: HashTable::with_capacity(count),
            hasher: RandomState::default(),
        }
    }

    /// Strings that are distinct, with the numbers that they have.
    pub fn of(strings: &Strings) -> Self {
        let mut distinct = Self::with_capacity(strings.len(), strings.bytes.len());
        for string in strings.iter() {
            distinct.number(string);
        }
        distinct
    }

    /// The number of a string, which is added if it is new.
    pub fn number(&mut self, value: &str) -> u32 {
        let Self { strings, numbers, hasher } = self;
        let hash = |value: &str| hasher.hash_one(value);
        let hashed = hash(value);
        if let Some(&number) = numbers.find(hashed, |&number| strings.get(number as usize) == value) {
            return number;
        }
        let number = strings.len() as u32;
        strings.push(value);
        numbers.insert_unique(hashed, number, |&number| hash(strings.get(number as usize)));
        number
    }

    /// The strings, in the order of their numbers.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The strings, without the lookup table.
    pub fn into_strings(self) -> Strings {
        self.strings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_have_one_number() {
        let mut distinct = Distinct::with_capacity(1, 1);
        let numbers: Vec<u32> = ["a", "", "b", "a", ""].iter().map(|text| distinct.number(text)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 1]);
        assert_eq!(distinct.strings().len(), 3);
        assert!(distinct.into_strings().iter().eq(["a", "", "b"]));
    }
}
