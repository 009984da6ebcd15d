//! Comma- and tab-separated values with a header line.

use csv::{ErrorKind, Position, ReaderBuilder, StringRecord};

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
    if let Some(twice) =
        header.iter().enumerate().find(|&(at, name)| header.iter().take(at).any(|other| other == name))
    {
        let error = Error::new(Kind::BadRecord, format!("two columns are called \"{}\"", twice.1));
        return records.push(source, None, Err(error.at_line(1)));
    }
    let Some(text_at) = header.iter().position(|name| name == text) else {
        let error = no_text(text, header.iter()).at_line(1);
        return records.push(source, None, Err(error));
    };
    let mut cursor = CharCursor::new(content);
    let mut rows: Vec<(usize, StringRecord)> = Vec::new();
    for row in reader.into_records() {
        match row {
            Ok(row) if is_open(content, row.position(), delimiter) => {
                let place = row.position();
                let start = place.map(|position| cursor.at(position.byte() as usize));
                let line = place.map_or(1, Position::line) as usize;
                records.push(source, start, Err(open_quote().at_line(line)));
            }
            Ok(row) => {
                let line = row.position().map(|position| position.line() as usize);
                let start = row.position().map(|position| cursor.at(position.byte() as usize));
                records.push_line(source, start, line, Ok(row.get(text_at).unwrap_or_default()));
                rows.push((records.texts.len() - 1, row));
            }
            Err(error) => {
                let place = error.position();
                let line = place.map_or(1, Position::line) as usize;
                let start = place.map(|position| cursor.at(position.byte() as usize));
                let error = if is_open(content, place, delimiter) { open_quote() } else { bad_row(&error) };
                records.push(source, start, Err(error.at_line(line)));
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

/// Whether a quote in the row that starts at a place opens and never closes: the parser takes the end of the file for its
/// end.
fn is_open(content: &str, place: Option<&Position>, delimiter: u8) -> bool {
    let start = place.map_or(0, |position| position.byte() as usize);
    let bytes = content.as_bytes().get(start..).unwrap_or_default();
    let (mut quoted, mut opens) = (false, true);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if quoted {
            if byte == b'"' {
                if bytes.get(at + 1) == Some(&b'"') {
                    at += 1;
                } else {
                    quoted = false;
                }
            }
        } else {
            if byte == b'\n' && at > 0 {
                return false;
            }
            quoted = byte == b'"' && opens;
            opens = byte == delimiter || byte == b'\n' || byte == b'\r';
        }
        at += 1;
    }
    quoted
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

fn open_quote() -> Error {
    Error::new(
        Kind::BadRecord,
        "a quote opens and never closes; expected one that closes it, or two in its place",
    )
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
