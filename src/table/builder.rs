//! How does a column grow when the type of its values is not known in advance?

use std::borrow::Cow;

use super::column::{Column, Values};
use super::strings::Strings;
use crate::calendar::{self, Moment};

/// A value to add to a [`ColumnBuilder`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Missing.
    Null,
    /// A string.
    Text(Cow<'a, str>),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00.
    Time(i64),
}

impl From<Moment> for Value<'_> {
    fn from(moment: Moment) -> Self {
        match moment {
            Moment::Day(day) => Self::Date(day),
            Moment::Time(time) => Self::Time(time),
        }
    }
}

impl Value<'_> {
    /// The value as it would be displayed; empty if it is missing.
    fn show(&self) -> Cow<'_, str> {
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

impl Column {
    /// The value at a row; a list of strings as the text that [`Column::show`] gives.
    pub fn value(&self, row: usize) -> Value<'_> {
        if !self.is_valid(row) {
            return Value::Null;
        }
        match &self.values {
            Values::Text(values) => Value::Text(values.get(row).into()),
            Values::Category(codes, names) => Value::Text(names.get(codes[row] as usize).into()),
            Values::Int(values) => Value::Int(values[row]),
            Values::Float(values) => Value::Float(values[row]),
            Values::Bool(values) => Value::Bool(values[row]),
            Values::Date(values) => Value::Date(values[row]),
            Values::Time(values) => Value::Time(values[row]),
            Values::TextList(..) => Value::Text(self.show(row).unwrap_or_default().into()),
        }
    }
}

/// Builds a column value by value. The type of the column is the narrowest that holds all values.
///
/// Integers mixed with floats become floats, and dates mixed with times become times; any other
/// mixture becomes text.
#[derive(Debug, Clone, Default)]
pub struct ColumnBuilder {
    column: Option<Column>,
    nulls_before: usize,
}

impl ColumnBuilder {
    /// Appends a value.
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

    /// The column; a text column if every value was missing.
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

/// Converts the column so that it can hold a value of another type.
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
}
