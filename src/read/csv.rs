//! Comma- and tab-separated values with a header line.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Read;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::content::{Content, line_breaks};
use super::decode::as_read;
use super::open::PIECE;
use super::records::Records;
use super::records::no_text;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Strings, Value};

/// The bytes of a file, which are had piece by piece.
struct Pieces<'a> {
    bytes: &'a [u8],
    watch: &'a Watch,
    /// Why the last piece was not had.
    stopped: &'a RefCell<Option<Error>>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if let Err(error) = self.watch.check() {
            *self.stopped.borrow_mut() = Some(error);
            return Err(std::io::ErrorKind::Other.into());
        }
        self.bytes.read(buffer)
    }
}

/// A column that is read: its cells are text until all are there.
struct Column {
    name: String,
    cells: Strings,
}

/// Adds an article for each row. Values are text, but for whole columns of numbers.
pub(crate) fn read(
    content: &mut Content<'_>,
    delimiter: u8,
    text: &str,
    records: &mut Records,
) -> Result<()> {
    let (bytes, source, stopped) = (content.bytes, content.source, RefCell::new(None));
    let pieces = Pieces { bytes, watch: content.watch(), stopped: &stopped };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 16).from_reader(pieces);
    let stop = |error: &csv::Error| match error.kind() {
        ErrorKind::Io(_) => stopped.take(),
        _ => None,
    };
    let header = match reader.byte_headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            return stop(&error).map_or_else(|| records.push(source, None, None, Err(bad_row(&error))), Err);
        }
    };
    let rest = reader.position().byte() as usize;
    let wrong = content.reading(0..rest, records);
    let names: Vec<String> = header.iter().map(|name| as_read(name, wrong).into_owned()).collect();
    let mut seen = HashSet::new();
    if let Some(twice) = names.iter().find(|name| !seen.insert(name.as_str())) {
        let error = Error::new(Kind::BadRecord, format!("two columns are called \"{twice}\""));
        return records.push(source, None, Some(1), Err(error));
    }
    let Some(text_at) = names.iter().position(|name| name == text) else {
        let error = no_text(text, names.iter().map(String::as_str));
        return records.push(source, None, Some(1), Err(error));
    };
    let mut columns: Vec<Column> =
        names.into_iter().map(|name| Column { name, cells: Strings::default() }).collect();
    let (mut rows, mut row) = (Vec::new(), ByteRecord::new());
    let (mut start, mut end, mut line) = (0, rest, 1);
    loop {
        // Where one row ends the next one starts, but for the line breaks between them.
        let breaks = bytes[end..].iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
        line += line_breaks(&bytes[start..end + breaks]);
        start = end + breaks;
        let read = reader.read_byte_record(&mut row);
        end = (reader.position().byte() as usize).max(start);
        // The parser takes the end of the file for the end of a quotation.
        let is_open = end >= bytes.len() && is_open(&bytes[start..], delimiter, content.watch())?;
        let error = match read {
            Ok(false) => break,
            Ok(true) if is_open => open_quote(),
            Ok(true) => {
                content.listen(end)?;
                let wrong = content.reading(start..end, records);
                let character = content.character(start);
                let cell = |at: usize| as_read(row.get(at).unwrap_or_default(), wrong);
                rows.push(records.texts.len());
                records.push(source, Some(character), Some(line), Ok(&cell(text_at)))?;
                for (at, column) in columns.iter_mut().enumerate().filter(|&(at, _)| at != text_at) {
                    column.cells.try_push(&cell(at))?;
                }
                continue;
            }
            Err(error) => {
                if let Some(stopped) = stop(&error) {
                    return Err(stopped);
                }
                if is_open { open_quote() } else { bad_row(&error) }
            }
        };
        let character = content.character(start);
        records.push(source, Some(character), Some(line), Err(error))?;
    }
    columns.remove(text_at);
    for column in columns {
        content.watch().check()?;
        set(&column, &rows, records);
    }
    Ok(())
}

/// Sets a column of the records at these positions.
fn set(column: &Column, rows: &[usize], records: &mut Records) {
    let number = records.fields.number(&column.name);
    let cells = (0..column.cells.len()).map(|row| column.cells.get(row));
    let value = numbers(cells.clone());
    for (&position, cell) in rows.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        records.fields.set(number, position, value(cell));
    }
}

/// Whether a quotation in the row that these bytes start with opens and never closes: the parser takes the end of the file for its
/// end.
fn is_open(bytes: &[u8], delimiter: u8, watch: &Watch) -> Result<bool> {
    let (mut quoted, mut opens) = (false, true);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if at % PIECE == 0 {
            watch.check()?;
        }
        if quoted {
            if byte == b'"' {
                if bytes.get(at + 1) == Some(&b'"') {
                    at += 1;
                } else {
                    quoted = false;
                }
            }
        } else {
            if matches!(byte, b'\r' | b'\n') {
                return Ok(false);
            }
            quoted = byte == b'"' && opens;
            opens = byte == delimiter;
        }
        at += 1;
    }
    Ok(quoted)
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
