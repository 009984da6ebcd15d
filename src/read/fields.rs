//! How do the fields of records become columns?
//!
//! Each field becomes a column with one row per record. Only the values that records really have
//! are held; gaps cost nothing until the columns are made. Records that have hardly any field in
//! common (names where values should be) would make columns of nothing but gaps. So if columns
//! would hold more than [`FREE`] values and [`GAPS`] for each value given, or if there are more
//! than [`MOST_COLUMNS`], the rarest fields are held together as JSON in a column `extra`, and a
//! note says which. Nothing is lost.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, ColumnBuilder, Strings, Value, Values};

/// How many values all columns may always have.
const FREE: usize = 1 << 22;
/// How many more for each value that is given.
const GAPS: usize = 32;
/// How many columns there may be.
const MOST_COLUMNS: usize = 10_000;
/// How many names a note lists.
const LISTED: usize = 5;
/// How many rows, columns or cells are processed between two checks of the watch.
const STRIDE: usize = 1 << 12;

/// Columns and their names.
pub type Columns = Vec<(String, Column)>;

/// Named columns that grow record by record; a field that a record does not have is missing there.
#[derive(Debug, Default)]
pub struct Fields {
    columns: Vec<Sparse>,
    /// The columns by the hash of their names. The seed is random, so nobody can provoke
    /// collisions.
    numbers: HashTable<usize>,
    hasher: RandomState,
}

/// A column without its gaps.
#[derive(Debug)]
struct Sparse {
    name: String,
    values: ColumnBuilder,
    count: usize,
    /// Where runs of values begin: the row of the first, and its position among the values.
    runs: Vec<(usize, usize)>,
    /// The row after the last value.
    end: usize,
    /// The first and the last record that has the field, if only as null.
    named: Option<(usize, usize)>,
}

impl Fields {
    /// The number of the column of that name. A new column is made if there is none.
    pub fn number(&mut self, name: &str) -> usize {
        let Self { columns, numbers, hasher } = self;
        let hash = hasher.hash_one(name);
        if let Some(&number) = numbers.find(hash, |&number| columns[number].name == name) {
            return number;
        }
        let number = columns.len();
        let values = ColumnBuilder::default();
        columns.push(Sparse {
            name: name.to_owned(),
            values,
            count: 0,
            runs: Vec::new(),
            end: 0,
            named: None,
        });
        numbers.insert_unique(hash, number, |&number| hasher.hash_one(&columns[number].name));
        number
    }

    /// Sets a field of the record at a position, unless it has one already. Records come in order.
    pub fn set(&mut self, number: usize, position: usize, value: Value<'_>) {
        let column = &mut self.columns[number];
        column.named = Some((column.named.map_or(position, |(first, _)| first), position));
        if value == Value::Null || (column.count > 0 && position < column.end) {
            return;
        }
        if column.count == 0 || position > column.end {
            column.runs.push((position, column.count));
        }
        column.values.push(value);
        column.count += 1;
        column.end = position + 1;
    }

    /// Adds the fields of other records, of which the first is at `first` among these.
    pub(crate) fn append(&mut self, other: Self, first: usize) {
        for column in other.columns {
            let number = self.number(&column.name);
            column.each(|row, value| self.set(number, first + row, value));
        }
    }

    /// Leaves the fields of the first `count` records here, and returns those of the others.
    pub(crate) fn split_off(&mut self, count: usize) -> Self {
        let mut rest = Self::default();
        for column in std::mem::take(self).columns {
            let name = column.name.clone();
            column.each(|row, value| {
                let (side, row) = if row < count { (&mut *self, row) } else { (&mut rest, row - count) };
                let number = side.number(&name);
                side.set(number, row, value);
            });
        }
        rest
    }

    /// The columns, each with that many rows, and a note if some are held together. Those named in
    /// `keep` never are.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`], and cancellation.
    pub fn finish(self, rows: usize, keep: &[&str], watch: &Watch) -> Result<(Columns, Option<Error>)> {
        let given: usize = self.columns.iter().map(|column| column.count).sum();
        let most = ((FREE + GAPS * given) / rows.max(1)).min(MOST_COLUMNS);
        let mut alone = vec![true; self.columns.len()];
        if self.columns.len() > most {
            let mut order: Vec<usize> = (0..self.columns.len()).collect();
            order.sort_by_key(|&number| std::cmp::Reverse(self.columns[number].count));
            for &number in &order[most..] {
                alone[number] = keep.contains(&self.columns[number].name.as_str());
            }
        }
        let (mut columns, mut together) = (Vec::new(), Vec::new());
        for (column, alone) in self.columns.into_iter().zip(alone) {
            watch.check()?;
            if alone {
                columns.push((column.name, spread(column.values.finish(), &column.runs, rows)?));
            } else {
                together.push((column.name, column.values.finish(), column.runs));
            }
        }
        if together.is_empty() {
            return Ok((columns, None));
        }
        let mut name = "extra".to_owned();
        while columns.iter().any(|(other, _)| *other == name) {
            name.push('_');
        }
        let note = note(&together, &name);
        columns.push((name, extra(&together, rows, watch)?));
        Ok((columns, Some(note)))
    }
}

impl Sparse {
    /// Calls `take` with each value and its row, and with nulls for the first and the last record
    /// that has the field.
    fn each(self, mut take: impl FnMut(usize, Value<'_>)) {
        let (values, runs) = (self.values.finish(), self.runs);
        if let Some((first, _)) = self.named {
            take(first, Value::Null);
        }
        let ends = runs.iter().skip(1).map(|&(_, start)| start).chain([self.count]);
        for (&(row, start), end) in runs.iter().zip(ends) {
            (row..).zip(start..end).for_each(|(row, at)| take(row, value(&values, at)));
        }
        if let Some((_, last)) = self.named {
            take(last, Value::Null);
        }
    }
}

/// A value of a column that a builder made.
fn value(column: &Column, row: usize) -> Value<'_> {
    match &column.values {
        Values::Text(values) => Value::Text(values.get(row).into()),
        Values::Int(values) => Value::Int(values[row]),
        Values::Float(values) => Value::Float(values[row]),
        Values::Bool(values) => Value::Bool(values[row]),
        Values::Date(values) => Value::Date(values[row]),
        Values::Time(values) => Value::Time(values[row]),
        // Builders make none of these.
        Values::Category(..) | Values::TextList(..) => Value::Null,
    }
}

/// A column with its gaps.
fn spread(column: Column, runs: &[(usize, usize)], rows: usize) -> Result<Column> {
    let given = column.len();
    if given == rows && matches!(runs, [] | [(0, 0)]) {
        return Ok(column);
    }
    let ends = runs.iter().skip(1).map(|&(_, first)| first).chain([given]);
    let runs: Vec<(usize, std::ops::Range<usize>)> =
        runs.iter().zip(ends).map(|(&(row, first), end)| (row, first..end)).collect();
    let values = match column.values {
        Values::Text(values) => {
            let mut spread = Strings::default();
            spread.try_reserve(rows, values.joined().len())?;
            for (row, range) in &runs {
                (spread.len()..*row).for_each(|_| spread.push(""));
                range.clone().for_each(|value| spread.push(values.get(value)));
            }
            (spread.len()..rows).for_each(|_| spread.push(""));
            Values::Text(spread)
        }
        Values::Int(values) => Values::Int(scattered(&values, &runs, rows, 0)?),
        Values::Float(values) => Values::Float(scattered(&values, &runs, rows, f64::NAN)?),
        Values::Bool(values) => Values::Bool(scattered(&values, &runs, rows, false)?),
        Values::Date(values) => Values::Date(scattered(&values, &runs, rows, 0)?),
        Values::Time(values) => Values::Time(scattered(&values, &runs, rows, 0)?),
        // Builders make none of these.
        other @ (Values::Category(..) | Values::TextList(..)) => other,
    };
    let valid = scattered(&vec![true; given], &runs, rows, false)?;
    Ok(Column { values, valid: valid.contains(&false).then_some(valid) })
}

fn scattered<T: Copy>(
    values: &[T],
    runs: &[(usize, std::ops::Range<usize>)],
    rows: usize,
    gap: T,
) -> Result<Vec<T>> {
    let mut scattered = Vec::new();
    scattered.try_reserve_exact(rows)?;
    for (row, range) in runs {
        scattered.resize(*row, gap);
        scattered.extend_from_slice(&values[range.clone()]);
    }
    scattered.resize(rows, gap);
    Ok(scattered)
}

type Together = (String, Column, Vec<(usize, usize)>);

fn note(together: &[Together], name: &str) -> Error {
    let listed: Vec<&str> = together.iter().take(LISTED).map(|(name, ..)| name.as_str()).collect();
    let more = match together.len() - listed.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let what = format!(
        "{} fields that few records have are held together, as JSON in the field \"{name}\": {}{more}",
        together.len(),
        listed.join(", ")
    );
    Error::new(Kind::BadRecord, what)
}

/// For each row, the fields that are held together and that it has, as a JSON object.
fn extra(together: &[Together], rows: usize, watch: &Watch) -> Result<Column> {
    // Where each row's cells begin among those of all rows.
    let mut starts: Vec<usize> = Vec::new();
    starts.try_reserve_exact(rows + 1)?;
    starts.resize(rows + 1, 0);
    for (at, column) in together.iter().enumerate() {
        if at % STRIDE == 0 {
            watch.check()?;
        }
        given(column).for_each(|(row, _)| starts[row + 1] += 1);
    }
    for row in 0..rows {
        starts[row + 1] += starts[row];
    }
    // A column and a position in it, row by row, and within a row in the order of the columns.
    let mut cells: Vec<(u32, u32)> = Vec::new();
    cells.try_reserve_exact(starts[rows])?;
    cells.resize(starts[rows], (0, 0));
    let mut ends = starts.clone();
    for (number, column) in together.iter().enumerate() {
        if number % STRIDE == 0 {
            watch.check()?;
        }
        for (row, value) in given(column) {
            cells[ends[row]] = (number as u32, value as u32);
            ends[row] += 1;
        }
    }
    let (mut objects, mut valid) = (Strings::default(), Vec::new());
    objects.try_reserve(rows, 0)?;
    valid.try_reserve_exact(rows)?;
    let mut object = String::new();
    for row in 0..rows {
        if row % STRIDE == 0 {
            watch.check()?;
        }
        object.clear();
        for (at, &(number, value)) in cells[starts[row]..starts[row + 1]].iter().enumerate() {
            if at % STRIDE == STRIDE - 1 {
                watch.check()?;
            }
            let (name, column, _) = &together[number as usize];
            object.push(if object.is_empty() { '{' } else { ',' });
            object.push_str(&quoted(name));
            object.push(':');
            object.push_str(&json(column, value as usize));
        }
        valid.push(!object.is_empty());
        if !object.is_empty() {
            object.push('}');
        }
        objects.try_push(&object)?;
    }
    Ok(Column { values: Values::Text(objects), valid: valid.contains(&false).then_some(valid) })
}

/// The rows that a column has a value for, and the position of each.
fn given((_, column, runs): &Together) -> impl Iterator<Item = (usize, usize)> {
    let ends = runs.iter().skip(1).map(|&(_, first)| first).chain([column.len()]);
    runs.iter().zip(ends).flat_map(|(&(row, first), end)| (first..end).map(move |at| (row + at - first, at)))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A value as JSON.
fn json(column: &Column, row: usize) -> String {
    let shown = column.show(row).unwrap_or_default();
    match &column.values {
        Values::Int(_) | Values::Bool(_) => shown,
        Values::Float(values) if values[row].is_finite() => shown,
        _ => quoted(&shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(fields: Fields, rows: usize, keep: &[&str]) -> (Columns, Option<Error>) {
        fields.finish(rows, keep, &Watch::default()).unwrap()
    }

    fn shown(column: &Column) -> Vec<Option<String>> {
        (0..column.len()).map(|row| column.show(row)).collect()
    }

    #[test]
    fn a_field_that_a_record_does_not_have_is_missing_there() {
        let values = [
            Value::Int(7),
            Value::Float(0.5),
            Value::Text("x".into()),
            Value::Bool(true),
            Value::Date(1),
            Value::Time(1),
        ];
        for value in values {
            for rows in [&[0usize, 1, 2, 3][..], &[0], &[3], &[1, 2], &[0, 2], &[]] {
                let mut fields = Fields::default();
                let number = fields.number("n");
                for &row in rows {
                    fields.set(number, row, value.clone());
                }
                let (columns, note) = finished(fields, 4, &[]);
                assert_eq!(note, None);
                let mut builder = ColumnBuilder::default();
                for row in 0..4 {
                    builder.push(if rows.contains(&row) { value.clone() } else { Value::Null });
                }
                assert_eq!(shown(&columns[0].1), shown(&builder.finish()), "{value:?} in {rows:?}");
            }
        }
    }

    #[test]
    fn rare_fields_are_held_together_and_none_is_lost() {
        let mut fields = Fields::default();
        let (often, rare) = (fields.number("often"), 2 * MOST_COLUMNS);
        fields.number("id");
        for row in 0..rare {
            fields.set(often, row, Value::Int(row as i64));
            let own = fields.number(&format!("k\"{row}"));
            fields.set(own, row, Value::Text(format!("v{row}").into()));
            fields.set(own, row, Value::Int(3));
        }
        let (columns, note) = finished(fields, rare, &["id"]);
        let most = (FREE + GAPS * 2 * rare) / rare;
        assert!(columns.len() <= most + 2, "{}", columns.len());
        assert_eq!(columns[0].0, "often");
        assert!(columns.iter().any(|(name, _)| name == "id"));
        let (name, extra) = &columns[columns.len() - 1];
        assert_eq!(name, "extra");
        assert_eq!(extra.show(rare - 1), Some(format!("{{\"k\\\"{0}\":\"v{0}\"}}", rare - 1)));
        let alone = columns.len() - 3;
        assert_eq!(extra.valid.as_ref().unwrap().iter().filter(|valid| **valid).count(), rare - alone);
        let note = note.unwrap();
        assert!(note.what().starts_with(&format!("{} fields that few records have", rare - alone)), "{note}");
    }

    #[test]
    fn more_columns_than_there_may_be_are_held_together_row_by_row() {
        let mut fields = Fields::default();
        for column in 0..MOST_COLUMNS + 2 {
            let number = fields.number(&format!("c{column}"));
            for row in [0, 2] {
                fields.set(number, row, Value::Int(row as i64));
            }
        }
        let (columns, _) = finished(fields, 3, &[]);
        assert_eq!(columns.len(), MOST_COLUMNS + 1);
        let all = [Some("{\"c10000\":0,\"c10001\":0}"), None, Some("{\"c10000\":2,\"c10001\":2}")];
        assert_eq!(shown(&columns[MOST_COLUMNS].1), all.map(|row| row.map(str::to_owned)));
    }
}
