//! How is a part of a table extracted, and how are two tables compared?
//!
//! Everything here works in strides and checks for cancellation after each one, so that copying or
//! comparing a table of any size can be stopped. Memory is reserved before it is used.

use std::ops::Range;
use std::sync::Arc;

use super::column::{Column, Values};
use super::strings::Strings;
use super::table::Table;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::span::boundary;

/// How many items are processed between two checks of the watch.
pub const STRIDE: usize = 1 << 16;

/// An empty vector with capacity for this many items.
///
/// # Errors
/// [`Kind::OutOfMemory`].
pub fn reserved<T>(count: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(count).map_err(|_| out_of_memory(count.saturating_mul(size_of::<T>())))?;
    Ok(items)
}

/// An empty string with capacity for this many bytes.
///
/// # Errors
/// As for [`reserved`].
pub(super) fn reserved_text(bytes: usize) -> Result<String> {
    let mut text = String::new();
    text.try_reserve_exact(bytes).map_err(|_| out_of_memory(bytes))?;
    Ok(text)
}

fn out_of_memory(bytes: usize) -> Error {
    Error::new(Kind::OutOfMemory, format!("there is no memory for {bytes} bytes of a table"))
}

/// Copies items.
///
/// # Errors
/// As for [`reserved`], and cancellation.
pub fn copied<T: Copy>(items: &[T], watch: &Watch) -> Result<Vec<T>> {
    let mut copy = reserved(items.len())?;
    for piece in items.chunks(STRIDE) {
        watch.check()?;
        copy.extend_from_slice(piece);
    }
    Ok(copy)
}

impl Strings {
    /// A range of the strings.
    ///
    /// # Errors
    /// As for [`copied`].
    pub fn part(&self, rows: Range<usize>, watch: &Watch) -> Result<Self> {
        let bounds = &self.offsets[rows.start..=rows.end];
        let (first, last) = (bounds[0], bounds[bounds.len() - 1]);
        let mut offsets = reserved(bounds.len())?;
        for piece in bounds.chunks(STRIDE) {
            watch.check()?;
            offsets.extend(piece.iter().map(|offset| offset - first));
        }
        let mut bytes = reserved_text((last - first) as usize)?;
        let mut rest = &self.bytes[first as usize..last as usize];
        while !rest.is_empty() {
            watch.check()?;
            let (piece, others) = rest.split_at(boundary(rest, 64 * STRIDE));
            bytes.push_str(piece);
            rest = others;
        }
        Ok(Self { offsets, bytes })
    }
}

impl Column {
    /// A range of the rows.
    ///
    /// # Errors
    /// As for [`copied`].
    pub fn part(&self, rows: Range<usize>, watch: &Watch) -> Result<Self> {
        let values = match &self.values {
            Values::Text(values) => Values::Text(values.part(rows.clone(), watch)?),
            // For a few rows, do not copy all the category names.
            Values::Category(codes, names) if rows.len() < names.len() => {
                Values::Text(codes[rows.clone()].iter().map(|&code| names.get(code as usize)).collect())
            }
            Values::Category(codes, names) => {
                Values::Category(copied(&codes[rows.clone()], watch)?, names.part(0..names.len(), watch)?)
            }
            Values::Int(values) => Values::Int(copied(&values[rows.clone()], watch)?),
            Values::Float(values) => Values::Float(copied(&values[rows.clone()], watch)?),
            Values::Bool(values) => Values::Bool(copied(&values[rows.clone()], watch)?),
            Values::Date(values) => Values::Date(copied(&values[rows.clone()], watch)?),
            Values::Time(values) => Values::Time(copied(&values[rows.clone()], watch)?),
            Values::TextList(ends, strings) => {
                let start = |row: usize| if row == 0 { 0 } else { ends[row - 1] };
                let (first, last) = (start(rows.start), start(rows.end));
                let mut part = copied(&ends[rows.clone()], watch)?;
                for piece in part.chunks_mut(STRIDE) {
                    watch.check()?;
                    for end in piece {
                        *end -= first;
                    }
                }
                Values::TextList(part, strings.part(first as usize..last as usize, watch)?)
            }
        };
        let valid = self.valid.as_ref().map(|valid| copied(&valid[rows], watch)).transpose()?;
        Ok(Self { values, valid })
    }

    /// The string at a row of a string column.
    fn string(&self, row: usize) -> Option<&str> {
        match &self.values {
            Values::Text(values) => Some(values.get(row)),
            Values::Category(codes, names) => Some(names.get(codes[row] as usize)),
            _ => None,
        }
    }

    /// Whether two columns are equal at a row; NaN equals NaN.
    fn equals_at(&self, other: &Self, row: usize) -> bool {
        match (self.is_valid(row), other.is_valid(row)) {
            (false, false) => return true,
            (true, true) => {}
            _ => return false,
        }
        match (&self.values, &other.values) {
            (Values::Int(a), Values::Int(b)) | (Values::Time(a), Values::Time(b)) => a[row] == b[row],
            (Values::Float(a), Values::Float(b)) => {
                a[row].to_bits() == b[row].to_bits() || (a[row].is_nan() && b[row].is_nan())
            }
            (Values::Bool(a), Values::Bool(b)) => a[row] == b[row],
            (Values::Date(a), Values::Date(b)) => a[row] == b[row],
            (Values::TextList(a, a_strings), Values::TextList(b, b_strings)) => {
                let items = |ends: &[u32]| if row == 0 { 0..ends[0] } else { ends[row - 1]..ends[row] };
                let (a, b) = (items(a), items(b));
                a.len() == b.len()
                    && a.zip(b).all(|(a, b)| a_strings.get(a as usize) == b_strings.get(b as usize))
            }
            _ => self.string(row).is_some_and(|string| other.string(row) == Some(string)),
        }
    }
}

impl Table {
    /// A range of the rows; rows beyond the end are ignored.
    ///
    /// # Errors
    /// As for [`copied`].
    pub fn part(&self, rows: Range<usize>, watch: &Watch) -> Result<Self> {
        let end = rows.end.min(self.len());
        let rows = rows.start.min(end)..end;
        if rows == (0..self.len()) {
            return Ok(self.clone());
        }
        let part = |(name, column): &(String, Arc<Column>)| {
            Ok((name.clone(), Arc::new(column.part(rows.clone(), watch)?)))
        };
        let columns = self.columns.iter().map(part).collect::<Result<_>>()?;
        Ok(Self { columns, metadata: self.metadata.clone() })
    }

    /// Whether two tables have the same columns, values and metadata. NaN equals NaN, and a missing
    /// value equals a missing value.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn equals(&self, other: &Self, watch: &Watch) -> Result<bool> {
        let alike = self.columns.len() == other.columns.len()
            && self.metadata == other.metadata
            && self.columns.iter().zip(&other.columns).all(|((name, column), (other_name, other))| {
                name == other_name && column.type_name() == other.type_name() && column.len() == other.len()
            });
        if !alike {
            return Ok(false);
        }
        for ((_, column), (_, other)) in self.columns.iter().zip(&other.columns) {
            if Arc::ptr_eq(column, other) {
                continue;
            }
            for row in 0..column.len() {
                if row.is_multiple_of(STRIDE) {
                    watch.check()?;
                }
                if !column.equals_at(other, row) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The approximate size of the values in bytes, which indicates how long a pass over all of
    /// them takes.
    pub fn size(&self) -> usize {
        let strings = |strings: &Strings| 8 * strings.len() + strings.joined().len();
        let column = |column: &Column| match &column.values {
            Values::Text(values) => strings(values),
            Values::Category(codes, names) => 4 * codes.len() + strings(names),
            Values::TextList(ends, values) => 4 * ends.len() + strings(values),
            _ => 8 * column.len(),
        };
        self.columns.iter().map(|(_, values)| column(values)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Watch;

    fn table() -> Table {
        let mut table = Table::new();
        for (name, column) in [
            ("text", Column::optional_text([Some("a"), None, Some("ccc")])),
            ("category", Values::Category(vec![0, 1, 0], ["x", "y"].iter().collect()).into()),
            ("int", Column::optional_int([Some(1), None, Some(3)])),
            ("float", Column::optional_float([Some(f64::NAN), None, Some(0.5)])),
            ("bool", Values::Bool(vec![true, false, true]).into()),
            ("date", Column::dates([Some(1), None, Some(3)])),
            ("time", Values::Time(vec![1, 2, 3]).into()),
            ("list", Values::TextList(vec![2, 2, 3], ["a", "b", "c"].iter().collect()).into()),
        ] {
            table = table.with(name, column).unwrap();
        }
        table
    }

    #[test]
    fn a_part_is_the_rows_that_taking_them_gives() {
        let table = table();
        for start in 0..=4_u32 {
            for end in start..=4 {
                let rows: Vec<u32> = (start.min(3)..end.min(3)).collect();
                let part = table.part(start as usize..end as usize, &Watch::default()).unwrap();
                assert!(
                    part.equals(&table.take(&rows, &Watch::default()).unwrap(), &Watch::default()).unwrap(),
                    "{start}..{end}"
                );
                assert_eq!(part.len(), rows.len());
            }
        }
    }

    #[test]
    fn tables_that_differ_in_one_value_are_not_equal() {
        let table = table();
        assert!(table.equals(&table.clone(), &Watch::default()).unwrap());
        for at in 0..table.columns().len() {
            let mut other = table.clone();
            other.columns[at].1 = Arc::new(other.columns[at].1.take(&[0, 1, 1], &Watch::default()).unwrap());
            assert!(!table.equals(&other, &Watch::default()).unwrap(), "column {at}");
        }
        assert!(!table.equals(&table.clone().with_fact("n", &1), &Watch::default()).unwrap());
        assert!(!table.equals(&table.select(&[0, 1]).unwrap(), &Watch::default()).unwrap());
    }

    #[test]
    fn what_does_not_fit_into_memory_is_an_error() {
        assert_eq!(reserved::<u64>(usize::MAX).unwrap_err().kind(), Kind::OutOfMemory);
        assert_eq!(reserved_text(usize::MAX).unwrap_err().kind(), Kind::OutOfMemory);
    }

    #[test]
    fn a_stopped_copy_says_so() {
        let stopped = Watch::default();
        stopped.stop();
        assert_eq!(table().part(1..3, &stopped).unwrap_err().kind(), Kind::Cancelled);
        assert_eq!(table().equals(&table(), &stopped).unwrap_err().kind(), Kind::Cancelled);
    }
}
