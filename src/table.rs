//! What does a result look like?
//!
//! A [`Table`] is named columns of one length. It knows nothing of Arrow or Python; the binding turns it into either.

mod pack;
mod part;
mod print;
mod strings;

pub use pack::Packed;
pub use part::{STRIDE, copied, reserved};
pub use strings::{Distinct, Strings};

use std::sync::Arc;

use crate::batch::Watch;
use crate::calendar;
use crate::error::{Error, Kind, Result};

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Strings.
    Text(Strings),
    /// Strings of which few are distinct: a code a row, and what each code stands for.
    Category(Vec<u32>, Strings),
    /// Whole numbers.
    Int(Vec<i64>),
    /// Numbers.
    Float(Vec<f64>),
    /// Truth values.
    Bool(Vec<bool>),
    /// Calendar dates, as days since 1970-01-01.
    Date(Vec<i32>),
    /// Points in time, as microseconds since 1970-01-01T00:00.
    Time(Vec<i64>),
    /// Lists of strings: where each row's list ends, and the strings of all rows.
    TextList(Vec<u32>, Strings),
}

/// Some rows of a column, until the job is stopped.
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

/// Values, of which some may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The values; a missing one holds its type's zero.
    pub values: Values,
    /// Which are there; `None` where all are.
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
    /// Strings, none missing.
    pub fn text<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> Self {
        Values::Text(values.into_iter().collect()).into()
    }

    /// Whole numbers, none missing.
    pub fn int(values: impl IntoIterator<Item = i64>) -> Self {
        Values::Int(values.into_iter().collect()).into()
    }

    /// Strings, of which some may be missing.
    pub fn optional_text<S: AsRef<str>>(values: impl IntoIterator<Item = Option<S>>) -> Self {
        let mut strings = Strings::default();
        let valid = values.into_iter().map(|value| {
            strings.push(value.as_ref().map_or("", AsRef::as_ref));
            value.is_some()
        });
        let valid = valid.collect();
        Self::new(Values::Text(strings), valid)
    }

    /// Whole numbers, of which some may be missing.
    pub fn optional_int(values: impl IntoIterator<Item = Option<i64>>) -> Self {
        let (numbers, valid) = values.into_iter().map(|value| (value.unwrap_or(0), value.is_some())).unzip();
        Self::new(Values::Int(numbers), valid)
    }

    /// Numbers, of which some may be missing.
    pub fn optional_float(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let (numbers, valid) =
            values.into_iter().map(|value| (value.unwrap_or(0.0), value.is_some())).unzip();
        Self::new(Values::Float(numbers), valid)
    }

    /// Dates, of which some may be missing.
    pub fn dates(values: impl IntoIterator<Item = Option<i32>>) -> Self {
        let (days, valid) = values.into_iter().map(|value| (value.unwrap_or(0), value.is_some())).unzip();
        Self::new(Values::Date(days), valid)
    }

    fn new(values: Values, valid: Vec<bool>) -> Self {
        let valid = valid.contains(&false).then_some(valid);
        Self { values, valid }
    }

    /// How many rows.
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

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What its values are, in words.
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

    /// The name of its type, as a schema has it.
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

    /// Whether the value at a row is there.
    pub fn is_valid(&self, row: usize) -> bool {
        self.valid.as_ref().is_none_or(|valid| valid[row])
    }

    /// The rows named, in the order named.
    ///
    /// # Errors
    /// Cancellation.
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

    /// The value at a row as a reader would write it; `None` where it is missing.
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

/// One value on its way into a [`ColumnBuilder`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Missing.
    Null,
    /// A string.
    Text(std::borrow::Cow<'a, str>),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00.
    Time(i64),
}

impl Value<'_> {
    /// The value as a reader would write it; empty where it is missing.
    fn show(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Null => "".into(),
            Self::Text(value) => value.as_ref().into(),
            Self::Int(value) => value.to_string().into(),
            Self::Float(value) => value.to_string().into(),
            Self::Bool(value) => value.to_string().into(),
            Self::Date(value) => calendar::format_day(*value).into(),
            Self::Time(value) => calendar::format_time(*value).into(),
        }
    }
}

/// Grows a column value by value; its type is the narrowest that holds them all.
///
/// Whole numbers among numbers become numbers, dates among times become times; any other mixture becomes text.
#[derive(Debug, Clone, Default)]
pub struct ColumnBuilder {
    column: Option<Column>,
    nulls_before: usize,
}

impl ColumnBuilder {
    /// Adds a value at the end.
    pub fn push(&mut self, value: Value<'_>) {
        let Some(column) = &mut self.column else {
            if value == Value::Null {
                self.nulls_before += 1;
            } else {
                let mut column = Column::from(match value {
                    Value::Null | Value::Text(_) => Values::Text(Strings::default()),
                    Value::Int(_) => Values::Int(Vec::new()),
                    Value::Float(_) => Values::Float(Vec::new()),
                    Value::Bool(_) => Values::Bool(Vec::new()),
                    Value::Date(_) => Values::Date(Vec::new()),
                    Value::Time(_) => Values::Time(Vec::new()),
                });
                for _ in 0..self.nulls_before {
                    push_value(&mut column, Value::Null);
                }
                push_value(&mut column, value);
                self.column = Some(column);
            }
            return;
        };
        push_value(column, value);
    }

    /// The column; text where every value was missing.
    pub fn finish(self) -> Column {
        self.column.unwrap_or_else(|| Column {
            values: Values::Text((0..self.nulls_before).map(|_| "").collect()),
            valid: (self.nulls_before > 0).then(|| vec![false; self.nulls_before]),
        })
    }
}

fn push_value(column: &mut Column, value: Value<'_>) {
    let rows = column.len();
    let missing = value == Value::Null;
    match (&mut column.values, value) {
        (Values::Int(values), Value::Int(value)) | (Values::Time(values), Value::Time(value)) => {
            values.push(value);
        }
        (Values::Int(values) | Values::Time(values), Value::Null) => values.push(0),
        (Values::Float(values), Value::Float(value)) => values.push(value),
        (Values::Float(values), Value::Int(value)) => values.push(value as f64),
        (Values::Float(values), Value::Null) => values.push(f64::NAN),
        (Values::Bool(values), Value::Bool(value)) => values.push(value),
        (Values::Bool(values), Value::Null) => values.push(false),
        (Values::Date(values), Value::Date(value)) => values.push(value),
        (Values::Date(values), Value::Null) => values.push(0),
        (Values::Time(values), Value::Date(value)) => {
            values.push(i64::from(value) * calendar::MICROS_PER_DAY);
        }
        (Values::Text(values), value) => values.push(&value.show()),
        (_, value) => {
            widen(column, &value);
            push_value(column, value);
            return;
        }
    }
    if missing {
        column.valid.get_or_insert_with(|| vec![true; rows]).push(false);
    } else if let Some(valid) = &mut column.valid {
        valid.push(true);
    }
}

/// Makes room for a value of another type.
fn widen(column: &mut Column, value: &Value<'_>) {
    column.values = match (&column.values, value) {
        (Values::Int(values), Value::Float(_)) => {
            Values::Float(values.iter().map(|&value| value as f64).collect())
        }
        (Values::Date(values), Value::Time(_)) => {
            Values::Time(values.iter().map(|&day| i64::from(day) * calendar::MICROS_PER_DAY).collect())
        }
        _ => Values::Text((0..column.len()).map(|row| column.show(row).unwrap_or_default()).collect()),
    };
}

/// Named columns of one length. A copy shares the columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    columns: Vec<(String, Arc<Column>)>,
    metadata: Vec<(String, String)>,
}

impl Table {
    /// A table of no columns, to which columns are added.
    pub fn new() -> Self {
        Self::default()
    }

    /// The table with one more column.
    ///
    /// # Errors
    /// [`Kind::BadOption`] where the column has another length, or a column of that name is there.
    pub fn with(self, name: impl Into<String>, column: impl Into<Column>) -> Result<Self> {
        self.with_shared(name.into(), Arc::new(column.into()))
    }

    fn with_shared(mut self, name: String, column: Arc<Column>) -> Result<Self> {
        if let Some((first, other)) = self.columns.first()
            && other.len() != column.len()
        {
            return Err(Error::new(
                Kind::BadOption,
                format!("column \"{name}\" has {} rows; \"{first}\" has {}", column.len(), other.len()),
            ));
        }
        if self.column(&name).is_some() {
            return Err(Error::new(Kind::BadOption, format!("two columns are called \"{name}\"")));
        }
        self.columns.push((name, column));
        Ok(self)
    }

    /// The table with a fact about it, such as the total behind its shares.
    #[must_use]
    pub fn with_fact(mut self, name: impl Into<String>, value: &impl ToString) -> Self {
        self.metadata.push((name.into(), value.to_string()));
        self
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns in order.
    pub fn columns(&self) -> &[(String, Arc<Column>)] {
        &self.columns
    }

    /// Facts about the table.
    pub fn metadata(&self) -> &[(String, String)] {
        &self.metadata
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(other, _)| other == name).map(|(_, column)| column.as_ref())
    }

    /// The rows named, in the order named.
    ///
    /// # Errors
    /// Cancellation.
    pub fn take(&self, rows: &[u32], watch: &Watch) -> Result<Self> {
        let take =
            |(name, column): &(String, Arc<Column>)| Ok((name.clone(), Arc::new(column.take(rows, watch)?)));
        let columns = self.columns.iter().map(take).collect::<Result<_>>()?;
        Ok(Self { columns, metadata: self.metadata.clone() })
    }

    /// The columns at these positions, in the order given.
    ///
    /// # Errors
    /// As [`Table::with`], where one is named twice.
    pub fn select(&self, columns: &[usize]) -> Result<Self> {
        let mut chosen = columns.iter().filter_map(|&at| self.columns.get(at)).cloned();
        let table = Self { columns: Vec::new(), metadata: self.metadata.clone() };
        chosen.try_fold(table, |table, (name, column)| table.with_shared(name, column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built<'a>(values: impl IntoIterator<Item = Value<'a>>) -> Column {
        let mut builder = ColumnBuilder::default();
        for value in values {
            builder.push(value);
        }
        builder.finish()
    }

    #[test]
    fn whole_numbers_among_numbers_become_numbers() {
        let column = built([Value::Int(1), Value::Null, Value::Float(2.5)]);
        let shown: Vec<_> = (0..3).map(|row| column.show(row)).collect();
        assert_eq!(shown, [Some("1".to_owned()), None, Some("2.5".to_owned())]);
        assert!(matches!(column.values, Values::Float(_)));
        assert_eq!(column.valid, Some(vec![true, false, true]));
    }

    #[test]
    fn any_other_mixture_becomes_text() {
        let column = built([Value::Null, Value::Bool(true), Value::Text("x".into()), Value::Int(3)]);
        let shown: Vec<_> = (0..4).map(|row| column.show(row)).collect();
        assert_eq!(shown, [None, Some("true".into()), Some("x".into()), Some("3".into())]);
    }

    #[test]
    fn columns_of_unequal_length_are_refused() {
        let table = Table::new().with("a", Column::int([1, 2])).unwrap();
        let error = table.with("b", Column::int([1])).unwrap_err();
        assert_eq!(error.to_string(), "column \"b\" has 1 rows; \"a\" has 2");
    }

    #[test]
    fn rows_are_taken_in_the_order_named() {
        let lists = Column::from(Values::TextList(vec![2, 2, 3], ["a", "b", "c"].iter().collect()));
        let taken = lists.take(&[2, 0, 1], &Watch::default()).unwrap();
        assert_eq!(taken.show(0).as_deref(), Some("c"));
        assert_eq!(taken.show(1).as_deref(), Some("a, b"));
        assert_eq!(taken.show(2).as_deref(), Some(""));
    }
}
