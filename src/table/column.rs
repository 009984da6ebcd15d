//! What does a column of a table hold?

use super::strings::Strings;
use crate::batch::Watch;
use crate::calendar;
use crate::error::Result;

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Strings.
    Text(Strings),
    /// Strings with few distinct values: one code per row, and the string that each code
    /// represents.
    Category(Vec<u32>, Strings),
    /// Whole numbers.
    Int(Vec<i64>),
    /// Numbers.
    Float(Vec<f64>),
    /// Booleans.
    Bool(Vec<bool>),
    /// Calendar dates, as days since 1970-01-01.
    Date(Vec<i32>),
    /// Points in time, as microseconds since 1970-01-01T00:00.
    Time(Vec<i64>),
    /// Lists of strings: where the list of each row ends, and the strings of all rows.
    TextList(Vec<u32>, Strings),
}

/// A selection of rows of a column, which can be cancelled.
#[derive(Clone, Copy)]
struct Pick<'a> {
    rows: &'a [u32],
    watch: &'a Watch,
}

impl Pick<'_> {
    fn of<T: Copy>(self, values: &[T]) -> Vec<T> {
        self.watch.through(self.rows).map(|&row| values[row as usize]).collect()
    }
}

/// Values, some of which may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The values; a missing one holds the zero of its type.
    pub values: Values,
    /// Which values are present; `None` if all are.
    pub valid: Option<Vec<bool>>,
}

impl Default for Column {
    fn default() -> Self {
        Values::Text(Strings::default()).into()
    }
}

impl From<Values> for Column {
    fn from(values: Values) -> Self {
        Self { values, valid: None }
    }
}

impl Column {
    /// A column of strings, none missing.
    pub fn text<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> Self {
        Values::Text(values.into_iter().collect()).into()
    }

    /// A column of integers, none missing.
    pub fn int(values: impl IntoIterator<Item = i64>) -> Self {
        Values::Int(values.into_iter().collect()).into()
    }

    /// A column of strings, some of which may be missing.
    pub fn optional_text<S: AsRef<str>>(values: impl IntoIterator<Item = Option<S>>) -> Self {
        let mut strings = Strings::default();
        let valid = values.into_iter().map(|value| {
            strings.push(value.as_ref().map_or("", AsRef::as_ref));
            value.is_some()
        });
        let valid = valid.collect();
        Self::new(Values::Text(strings), valid)
    }

    /// A column of integers, some of which may be missing.
    pub fn optional_int(values: impl IntoIterator<Item = Option<i64>>) -> Self {
        let (numbers, valid) = values.into_iter().map(|value| (value.unwrap_or(0), value.is_some())).unzip();
        Self::new(Values::Int(numbers), valid)
    }

    /// A column of floats, some of which may be missing.
    pub fn optional_float(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let (numbers, valid) =
            values.into_iter().map(|value| (value.unwrap_or(0.0), value.is_some())).unzip();
        Self::new(Values::Float(numbers), valid)
    }

    /// A column of dates, some of which may be missing.
    pub fn dates(values: impl IntoIterator<Item = Option<i32>>) -> Self {
        let (days, valid) = values.into_iter().map(|value| (value.unwrap_or(0), value.is_some())).unzip();
        Self::new(Values::Date(days), valid)
    }

    fn new(values: Values, valid: Vec<bool>) -> Self {
        let valid = valid.contains(&false).then_some(valid);
        Self { values, valid }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Text(values) => values.len(),
            Values::Category(codes, _) => codes.len(),
            Values::Int(values) | Values::Time(values) => values.len(),
            Values::Float(values) => values.len(),
            Values::Bool(values) => values.len(),
            Values::Date(values) => values.len(),
            Values::TextList(ends, _) => ends.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A description of the values in words.
    pub fn kind(&self) -> &'static str {
        match self.values {
            Values::Text(_) | Values::Category(..) => "a string",
            Values::Int(_) => "a whole number",
            Values::Float(_) => "a number",
            Values::Bool(_) => "a truth value",
            Values::Date(_) => "a date, or a period such as 2019-01",
            Values::Time(_) => "a date or time, or a period such as 2019-01",
            Values::TextList(..) => "a list of strings",
        }
    }

    /// The name of the type, as used in a schema.
    pub fn type_name(&self) -> &'static str {
        match self.values {
            Values::Text(_) | Values::Category(..) => "string",
            Values::Int(_) => "int64",
            Values::Float(_) => "float64",
            Values::Bool(_) => "bool",
            Values::Date(_) => "date",
            Values::Time(_) => "timestamp[us]",
            Values::TextList(..) => "list[string]",
        }
    }

    /// Whether the value at a row is present.
    pub fn is_valid(&self, row: usize) -> bool {
        self.valid.as_ref().is_none_or(|valid| valid[row])
    }

    /// The given rows, in the given order.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub fn take(&self, rows: &[u32], watch: &Watch) -> Result<Self> {
        let pick_valid = |valid: &Vec<bool>| watch.through(rows).map(|&row| valid[row as usize]).collect();
        let valid = self.valid.as_ref().map(pick_valid);
        let values = self.values_of(rows, watch);
        watch.check()?;
        Ok(Self { values, valid })
    }

    fn values_of(&self, rows: &[u32], watch: &Watch) -> Values {
        let pick = Pick { rows, watch };
        match &self.values {
            Values::Text(values) => {
                Values::Text(watch.through(rows).map(|&row| values.get(row as usize)).collect())
            }
            Values::Category(codes, names) => Values::Category(pick.of(codes), names.clone()),
            Values::Int(values) => Values::Int(pick.of(values)),
            Values::Float(values) => Values::Float(pick.of(values)),
            Values::Bool(values) => Values::Bool(pick.of(values)),
            Values::Date(values) => Values::Date(pick.of(values)),
            Values::Time(values) => Values::Time(pick.of(values)),
            Values::TextList(ends, strings) => {
                let (mut new_ends, mut new_strings) = (Vec::with_capacity(rows.len()), Strings::default());
                for &row in watch.through(rows) {
                    let start = if row == 0 { 0 } else { ends[row as usize - 1] };
                    for item in start..ends[row as usize] {
                        new_strings.push(strings.get(item as usize));
                    }
                    new_ends.push(new_strings.len() as u32);
                }
                Values::TextList(new_ends, new_strings)
            }
        }
    }

    /// The value at a row as it would be displayed; `None` if it is missing.
    pub fn show(&self, row: usize) -> Option<String> {
        if !self.is_valid(row) {
            return None;
        }
        Some(match &self.values {
            Values::Text(values) => values.get(row).to_owned(),
            Values::Category(codes, names) => names.get(codes[row] as usize).to_owned(),
            Values::Int(values) => values[row].to_string(),
            Values::Float(values) => values[row].to_string(),
            Values::Bool(values) => values[row].to_string(),
            Values::Date(values) => calendar::format_day(values[row]),
            Values::Time(values) => calendar::format_time(values[row]),
            Values::TextList(ends, strings) => {
                let start = if row == 0 { 0 } else { ends[row - 1] };
                (start..ends[row]).map(|item| strings.get(item as usize)).collect::<Vec<_>>().join(", ")
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_taken_in_the_order_named() {
        let lists = Column::from(Values::TextList(vec![2, 2, 3], ["a", "b", "c"].iter().collect()));
        let taken = lists.take(&[2, 0, 1], &Watch::default()).unwrap();
        assert_eq!(taken.show(0).as_deref(), Some("c"));
        assert_eq!(taken.show(1).as_deref(), Some("a, b"));
        assert_eq!(taken.show(2).as_deref(), Some(""));
    }
}
