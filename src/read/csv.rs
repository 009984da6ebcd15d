//! Comma- and tab-separated values with a header line.
//!
//! Rows are read one by one. Cells stay text until the file ends, since a column is one of numbers
//! only where all its cells are.

use std::collections::HashSet;
use std::io::Read;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::decode::{as_read, wrong};
use super::input::Input;
use super::open::PIECE;
use super::records::{Records, no_text};
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Strings, Value};

/// Feeds the window to the parser of rows, which reads ahead of the row that it returns.
struct Pieces<'a, 'b> {
    input: &'a mut Input<'b>,
    /// How much of the window the parser has read.
    read: usize,
    /// Why there was no other piece.
    stopped: Option<Error>,
}

impl Read for Pieces<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.read == self.input.window().len() {
            match self.input.more() {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                Err(error) => {
                    self.stopped = Some(error);
                    return Err(std::io::ErrorKind::Other.into());
                }
            }
        }
        let piece = &self.input.window()[self.read..];
        let count = piece.len().min(buffer.len());
        buffer[..count].copy_from_slice(&piece[..count]);
        self.read += count;
        Ok(count)
    }
}

impl Pieces<'_, '_> {
    /// Passes over the line breaks before a row, and returns how many bytes they are.
    fn pass_breaks(&mut self) -> Result<usize> {
        let window = self.input.window();
        let breaks = window.iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
        self.input.skip(breaks)?;
        self.read -= breaks;
        Ok(breaks)
    }

    /// Whether the file ends after the first `row` bytes of the window.
    fn ends_with(&mut self, row: usize) -> Result<bool> {
        Ok(row >= self.input.window().len() && !self.input.more()?)
    }
}

/// A column while it is read: its cells are text until all of them are known.
struct Column {
    name: String,
    cells: Strings,
}

/// Adds an article for each row. Values are text, except in columns that hold nothing but numbers.
pub(crate) fn read(input: &mut Input<'_>, delimiter: u8, text: &str, records: &mut Records) -> Result<()> {
    let watch = input.watch();
    let pieces = Pieces { input, read: 0, stopped: None };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 16).from_reader(pieces);
    let header = match reader.byte_headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let reason = bad_row(&error);
            return match reader.get_mut().stopped.take() {
                Some(stopped) => Err(stopped),
                None => records.push(None, None, Err(reason)),
            };
        }
    };
    let mut position = reader.position().byte() as usize;
    let pieces = reader.get_mut();
    let wrong_header = wrong(&pieces.input.window()[..position]);
    pieces.input.pass(position, wrong_header, records)?;
    pieces.read -= position;
    let names: Vec<String> = header.iter().map(|name| as_read(name, wrong_header).into_owned()).collect();
    let mut seen = HashSet::new();
    if let Some(twice) = names.iter().find(|name| !seen.insert(name.as_str())) {
        let error = Error::new(Kind::BadRecord, format!("two columns are called \"{twice}\""));
        return records.push(None, Some(1), Err(error));
    }
    let Some(text_at) = names.iter().position(|name| name == text) else {
        let error = no_text(text, names.iter().map(String::as_str));
        return records.push(None, Some(1), Err(error));
    };
    let mut columns: Vec<Column> =
        names.into_iter().map(|name| Column { name, cells: Strings::default() }).collect();
    let (mut rows, mut row) = (Vec::new(), ByteRecord::new());
    loop {
        let read = reader.read_byte_record(&mut row);
        let end = reader.position().byte() as usize;
        let pieces = reader.get_mut();
        if let Some(stopped) = pieces.stopped.take() {
            return Err(stopped);
        }
        // The next row starts where this one ends, after the line breaks between them.
        position += pieces.pass_breaks()?;
        let length = end.saturating_sub(position);
        position += length;
        // The parser treats the end of the file as the end of a quotation.
        let is_open = pieces.ends_with(length)? && is_open(pieces.input.window(), delimiter, watch)?;
        let input = &mut *pieces.input;
        let (character, line) = (Some(input.character()), Some(input.line(0)));
        let error = match read {
            Ok(false) => break,
            Err(error) if !is_open => bad_row(&error),
            _ if is_open => open_quote(),
            _ => {
                let wrong = wrong(&input.window()[..length]);
                let cell = |at: usize| as_read(row.get(at).unwrap_or_default(), wrong);
                rows.push(records.len());
                records.push(character, line, Ok(&cell(text_at)))?;
                for (at, column) in columns.iter_mut().enumerate().filter(|&(at, _)| at != text_at) {
                    column.cells.try_push(&cell(at))?;
                }
                input.pass(length, wrong, records)?;
                pieces.read -= length;
                continue;
            }
        };
        records.push(character, line, Err(error))?;
        input.skip(length)?;
        pieces.read -= length;
    }
    columns.remove(text_at);
    for column in columns {
        watch.check()?;
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

/// Whether the row that these bytes start with opens a quotation that never closes. The parser
/// would treat the end of the file as its end.
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

/// How to read the values of a column: as integers if all of them are, as numbers if all of them
/// are, and as text if not. Empty values are missing. Numbers that would not be written the same
/// way again (`007`, `+1`) stay text.
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
