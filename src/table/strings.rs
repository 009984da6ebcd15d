//! How are many strings held?
//!
//! [`Strings`] are bytes one after the other, and where each string ends; [`Distinct`] holds each string once, and tells its
//! number. Cost: eight bytes a string beside its own, and for a distinct one some seven more.

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
    /// None yet, and room for so many strings of so many bytes in all.
    pub fn with_capacity(count: usize, bytes: usize) -> Self {
        let mut offsets = Vec::with_capacity(count + 1);
        offsets.push(0);
        Self { offsets, bytes: String::with_capacity(bytes) }
    }

    /// Strings of which the offsets say where each ends; the caller has checked them.
    pub(super) fn of(offsets: Vec<i64>, bytes: String) -> Self {
        Self { offsets, bytes }
    }

    /// Adds a string at the end.
    pub fn push(&mut self, value: &str) {
        self.bytes.push_str(value);
        self.offsets.push(self.bytes.len() as i64);
    }

    /// Adds a string at the end, if there is memory for it.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory).
    pub fn try_push(&mut self, value: &str) -> Result<()> {
        self.try_reserve(1, value.len())?;
        self.push(value);
        Ok(())
    }

    /// Makes room for so many more strings, of so many bytes in all.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory).
    pub fn try_reserve(&mut self, count: usize, bytes: usize) -> Result<()> {
        self.offsets.try_reserve(count)?;
        self.bytes.try_reserve(bytes)?;
        Ok(())
    }

    /// Adds one string at the end: pieces with spaces between.
    pub fn push_joined<'a>(&mut self, pieces: impl Iterator<Item = &'a str>) {
        for (at, piece) in pieces.enumerate() {
            if at > 0 {
                self.bytes.push(' ');
            }
            self.bytes.push_str(piece);
        }
        self.offsets.push(self.bytes.len() as i64);
    }

    /// Adds the strings of another.
    pub fn append(&mut self, other: &Self) {
        let before = self.bytes.len() as i64;
        self.bytes.push_str(&other.bytes);
        self.offsets.extend(other.offsets[1..].iter().map(|end| end + before));
    }

    /// Takes all strings away and keeps their room.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.offsets.truncate(1);
    }

    /// How many strings.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string at a position; empty where there is none.
    pub fn get(&self, row: usize) -> &str {
        match (self.offsets.get(row), self.offsets.get(row + 1)) {
            (Some(&start), Some(&end)) => &self.bytes[start as usize..end as usize],
            _ => "",
        }
    }

    /// All strings in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// Where each string starts in [`Strings::joined`], and where the last one ends.
    pub fn offsets(&self) -> &[i64] {
        &self.offsets
    }

    /// All strings, one after the other.
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

/// Strings of which no two are equal, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Distinct {
    strings: Strings,
    /// The numbers, by the hash of their strings.
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl Distinct {
    /// None yet, and room for so many strings of so many bytes in all.
    pub fn with_capacity(count: usize, bytes: usize) -> Self {
        Self {
            strings: Strings::with_capacity(count, bytes),
            numbers: HashTable::with_capacity(count),
            hasher: RandomState::default(),
        }
    }

    /// The number of a string, a new one where it had none.
    pub fn number(&mut self, value: &str) -> u32 {
        self.number_hashed(value, self.hash(value))
    }

    /// The hash of a string, which other threads may compute before the string gets its number.
    pub fn hash(&self, value: &str) -> u64 {
        self.hasher.hash_one(value)
    }

    /// [`Distinct::number`] of a string whose [hash](Self::hash) is known.
    pub fn number_hashed(&mut self, value: &str, hashed: u64) -> u32 {
        let Self { strings, numbers, hasher } = self;
        let hash = |value: &str| hasher.hash_one(value);
        if let Some(&number) = numbers.find(hashed, |&number| strings.get(number as usize) == value) {
            return number;
        }
        let number = strings.len() as u32;
        strings.push(value);
        numbers.insert_unique(hashed, number, |&number| hash(strings.get(number as usize)));
        number
    }

    /// The strings, by their numbers.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The strings, without the table of their numbers.
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
