//! Comma- and tab-separated values with a header line.

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::{Records, no_text};
use crate::error::{Error, Kind};
use crate::span::CharCursor;
use crate::table::Value;

/// Adds an article for each row. Values are text, but for whole columns of numbers.
pub(super) fn read(content: &str, delimiter: u8, source: &str, text: &str, records: &mut Records) {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(content.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return records.push(source, None, Err(bad_row(&error))),
    };
    let Some(text_at) = header.iter().position(|name| name == text) else {
        let error = no_text(text, header.iter()).at_line(1);
        return records.push(source, None, Err(error));
    };
    let mut cursor = CharCursor::new(content);
    let mut rows: Vec<(usize, StringRecord)> = Vec::new();
    for row in reader.into_records() {
        match row {
            Ok(row) => {
                let start = row.position().map(|position| cursor.at(position.byte() as usize));
                records.push(source, start, Ok(row.get(text_at).unwrap_or_default()));
                rows.push((records.texts.len() - 1, row));
            }
            Err(error) => {
                let place = error.position();
                let line = place.map_or(1, csv::Position::line) as usize;
                let start = place.map(|position| cursor.at(position.byte() as usize));
                records.push(source, start, Err(bad_row(&error).at_line(line)));
            }
        }
    }
    for (column, name) in header.iter().enumerate().filter(|&(column, _)| column != text_at) {
        let values = || rows.iter().map(|(_, row)| row.get(column).unwrap_or_default());
        let number = numbers(values());
        for ((position, _), value) in rows.iter().zip(values()) {
            records.fields.set(*position, name, number(value));
        }
    }
}

/// How a column's values are read: as whole numbers if all of them are, as numbers if all of them are, else as text.
/// Empty values are missing. Numbers that would be written otherwise (`007`, `+1`) stay text.
fn numbers<'a>(values: impl Iterator<Item = &'a str> + Clone) -> fn(&'a str) -> Value<'a> {
    let mut filled = values.filter(|value| !value.is_empty()).peekable();
    let any = filled.peek().is_some();
    if any && filled.clone().all(|value| value.parse::<i64>().is_ok_and(|number| number.to_string() == value))
    {
        |value| value.parse().map_or(Value::Null, Value::Int)
    } else if any && filled.all(is_decimal) {
        |value| value.parse().map_or(Value::Null, Value::Float)
    } else {
        |value| if value.is_empty() { Value::Null } else { Value::Text(value.into()) }
    }
}

fn is_decimal(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let whole = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
    !whole.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && (whole == "0" || !whole.starts_with('0'))
        && value.parse::<f64>().is_ok_and(f64::is_finite)
}

fn bad_row(error: &csv::Error) -> Error {
    let what = match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} values; the header has {expected_len}")
        }
        _ => format!("the row cannot be read: {error}"),
    };
    Error::new(Kind::BadRecord, what)
}
