//! Comma- and tab-separated values with a header line.
//!
//! Rows are read one by one. Cells stay text until the file ends, since a column is one of numbers
//! only where all its cells are. A row whose quotes do not close would swallow the rows after it:
//! it is a bad record of one line, and those after it are read.
//!
//! Cost: linear. A line after an open quote is read twice, and never a third time: where a quote
//! opened and did not close, no quote after it can open and not close.

use std::collections::HashSet;
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use super::decode::{Wrong, as_read, wrong};
use super::input::Input;
use super::names::text_column;
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

/// What the rows of a file become.
struct Rows {
    columns: Vec<Column>,
    text_at: usize,
    /// The positions of the rows among the records.
    records: Vec<usize>,
    /// How many rows had quotes after a backslash.
    escaped: usize,
}

/// The marks that separate columns. A file is read by the first of them, unless another gives its
/// header a column of texts and this one does not.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Adds an article for each row. Values are text, except in columns that hold nothing but numbers.
pub(crate) fn read(input: &mut Input<'_>, delimiter: u8, text: &str, records: &mut Records) -> Result<()> {
    let watch = input.watch();
    let (head, marked) = head(input)?;
    if marked.is_some() {
        let wrong = wrong(&input.window()[..head]);
        input.pass(head, wrong, records)?;
    }
    let expected = marked.unwrap_or(delimiter);
    let Some((Cut { cells: header, end }, delimiter)) = header(input, expected, marked.is_some(), text)?
    else {
        return records.push(None, None, Err(open_quote()));
    };
    if delimiter != expected {
        let what = format!("the columns are separated by {}; read as such", shown(delimiter));
        records.note(Error::new(Kind::BadFile, what));
    }
    let wrong_header = wrong(&input.window()[..end]);
    let names: Vec<String> = header.iter().map(|name| as_read(name, wrong_header).into_owned()).collect();
    input.pass(end, wrong_header, records)?;
    let mut seen = HashSet::new();
    if let Some(twice) = names.iter().find(|name| !seen.insert(name.as_str())) {
        let error = Error::new(Kind::BadRecord, format!("two columns are called \"{twice}\""));
        return records.push(None, Some(1), Err(error));
    }
    let called: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(text_at) = records.text_at(text, &called) else {
        let mut error = no_text(text, names.iter().map(String::as_str));
        if names.len() == 1 {
            error = error.and(format!("; expected columns that are separated by {}", shown(delimiter)));
        }
        return records.push(None, Some(1), Err(error));
    };
    let columns = names.into_iter().map(|name| Column { name, cells: Strings::default() }).collect();
    let mut rows = Rows { columns, text_at, records: Vec::new(), escaped: 0 };
    while read_rows(input, delimiter, &mut rows, records)? {}
    if rows.escaped > 0 {
        let what = format!("{} rows have quotes after a backslash; read as quotes", rows.escaped);
        records.note(Error::new(Kind::BadFile, what));
    }
    rows.finish(records, watch)
}

/// How long the line is with which spreadsheets name the mark between columns (`sep=;`), and that
/// mark.
fn head(input: &mut Input<'_>) -> Result<(usize, Option<u8>)> {
    let end = input.find(0, |byte| matches!(byte, b'\r' | b'\n'))?;
    let next = input.find(end, |byte| !matches!(byte, b'\r' | b'\n'))?;
    let line = input.window()[..end].trim_ascii_end();
    Ok(match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] if DELIMITERS.contains(mark) => {
            (next, Some(*mark))
        }
        _ if line.eq_ignore_ascii_case(b"sep=") => (next, Some(b'\t')),
        _ => (0, None),
    })
}

/// The header, and the mark between its columns; `None` if a
/// quote of the header does not close.
fn header(input: &mut Input<'_>, expected: u8, is_sure: bool, text: &str) -> Result<Option<(Cut, u8)>> {
    let mut first: Option<(Cut, u8)> = None;
    let others = DELIMITERS.into_iter().filter(|&other| other != expected && !is_sure);
    for delimiter in std::iter::once(expected).chain(others) {
        let start = input.find(0, |byte| !matches!(byte, b'\r' | b'\n'))?;
        let Some(row) = whole_row(input, start, delimiter)? else { continue };
        let found = (row, delimiter);
        let names: Vec<_> = found.0.cells.iter().map(|name| String::from_utf8_lossy(name)).collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        if text_column(text, &names).is_some() {
            return Ok(Some(found));
        }
        // Without a column of texts, the message lists the columns by the mark that finds most.
        if first.as_ref().is_none_or(|(row, _)| row.cells.len() == 1 && found.0.cells.len() > 1) {
            first = Some(found);
        }
    }
    Ok(first)
}

/// A row that was cut here, and not by the parser.
struct Cut {
    cells: Vec<Vec<u8>>,
    /// Where the next row starts.
    end: usize,
}

/// The row at a byte of the window; `None` if a quote does not close, or closes within a cell.
fn whole_row(input: &mut Input<'_>, start: usize, delimiter: u8) -> Result<Option<Cut>> {
    loop {
        let window = &input.window()[start..];
        let (scanned, length) = (scan(window, delimiter, false), window.len());
        let is_whole = matches!(scanned, Scan::Row(end) if end < length) || matches!(scanned, Scan::Stray);
        // The window doubles before it is searched again, so that time stays linear.
        let mut grown = false;
        while !is_whole && input.window().len() < start + 2 * length.max(1) && input.more()? {
            grown = true;
        }
        if grown {
            continue;
        }
        let Scan::Row(end) = scanned else { return Ok(None) };
        let row = &input.window()[start..start + end];
        let cells = if row.is_empty() { Vec::new() } else { cut(row, delimiter, false) };
        return Ok(Some(Cut { cells, end: start + end }));
    }
}

/// Reads rows until the file ends, or until one whose quotes do not close: that is a bad record of
/// one line, and reading continues in the next line. Returns whether there is more to read.
fn read_rows(input: &mut Input<'_>, delimiter: u8, rows: &mut Rows, records: &mut Records) -> Result<bool> {
    let watch = input.watch();
    let pieces = Pieces { input, read: 0, stopped: None };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(pieces);
    let (mut position, mut row) = (0, ByteRecord::new());
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
        let ends = pieces.ends_with(length)?;
        let input = &mut *pieces.input;
        let place = (Some(input.character()), Some(input.line(0)));
        let has_quotes = memchr::memchr(b'"', &input.window()[..length]).is_some();
        if has_quotes {
            let bytes = if ends { input.window() } else { &input.window()[..length] };
            if length >= PIECE {
                watch.check()?;
            }
            let scanned = scan(bytes, delimiter, false);
            if !matches!(scanned, Scan::Row(_)) {
                mend(input, delimiter, place, &scanned, rows, records)?;
                return Ok(true);
            }
        }
        match read {
            Ok(false) => return Ok(false),
            Ok(true) => {
                let wrong = wrong(&input.window()[..length]);
                rows.add(row.iter(), place, wrong, records)?;
                input.pass(length, wrong, records)?;
                if records.is_portion() {
                    rows.finish(records, watch)?;
                    records.pass_on()?;
                }
            }
            Err(error) => {
                let what = format!("the row cannot be read: {error}");
                records.push(place.0, place.1, Err(Error::new(Kind::BadRecord, what)))?;
                input.skip(length)?;
            }
        }
        pieces.read -= length;
    }
}

/// The place of a row: a character of the file, and a line.
type Place = (Option<i64>, Option<usize>);

/// Takes a row whose quotes do not close, or close within a cell, from the start of the window.
fn mend(
    input: &mut Input<'_>,
    delimiter: u8,
    (character, line): Place,
    scanned: &Scan,
    rows: &mut Rows,
    records: &mut Records,
) -> Result<()> {
    let window = input.window();
    let first = memchr::memchr2(b'\r', b'\n', window).unwrap_or(window.len());
    // Some programs put a backslash before a quote. Such a row has as many cells as the header.
    if let Scan::Row(end) = scan(window, delimiter, true) {
        let cells = cut(&window[..end], delimiter, true);
        if cells.len() == rows.columns.len() && memchr::memmem::find(&window[..end], b"\\\"").is_some() {
            let wrong = wrong(&window[..end]);
            rows.escaped += 1;
            rows.add(cells.iter().map(Vec::as_slice), (character, line), wrong, records)?;
            return input.pass(end, wrong, records);
        }
    }
    let error = match scanned {
        Scan::Stray => Error::new(
            Kind::BadRecord,
            "a quote closes within a value; expected two in place of one that is part of a value",
        ),
        _ => open_quote(),
    };
    records.push(character, line, Err(error))?;
    input.skip(first)
}

impl Rows {
    /// Sets the columns of the records so far.
    fn finish(&mut self, records: &mut Records, watch: &Watch) -> Result<()> {
        for (_, column) in self.columns.iter_mut().enumerate().filter(|(at, _)| *at != self.text_at) {
            watch.check()?;
            set(column, &self.records, records);
            column.cells.clear();
        }
        self.records.clear();
        Ok(())
    }

    /// Adds a row with these cells.
    fn add<'a>(
        &mut self,
        cells: impl ExactSizeIterator<Item = &'a [u8]> + Clone,
        (character, line): Place,
        wrong: Option<Wrong>,
        records: &mut Records,
    ) -> Result<()> {
        let (found, expected) = (cells.len(), self.columns.len());
        if found != expected {
            let what = format!("the row has {found} values; the header has {expected}");
            return records.push(character, line, Err(Error::new(Kind::BadRecord, what)));
        }
        self.records.push(records.len());
        let text = cells.clone().nth(self.text_at).unwrap_or_default();
        records.push(character, line, Ok(&as_read(text, wrong)))?;
        for (at, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            if at != self.text_at {
                column.cells.try_push(&as_read(cell, wrong))?;
            }
        }
        Ok(())
    }
}

/// Sets a column of the records at these positions.
fn set(column: &Column, rows: &[usize], records: &mut Records) {
    let number = records.fields.number(&column.name);
    let cells = (0..column.cells.len()).map(|row| column.cells.get(row));
    let value = numbers(cells.clone());
    for (&position, cell) in rows.iter().zip(cells) {
        let value = if cell.is_empty() { Value::Null } else { value(cell) };
        records.fields.set(number, position, value);
    }
}

/// What a row is, by its quotes.
enum Scan {
    /// It ends before this byte, after its line break.
    Row(usize),
    /// A quote opens and does not close.
    Open,
    /// A quote closes, and the value continues.
    Stray,
}

/// Looks for the end of the row that these bytes start with. A quote that opens a value closes
/// before a mark, a line break or the end. With `escapes`, a backslash before a quote makes it part
/// of the value.
fn scan(bytes: &[u8], delimiter: u8, escapes: bool) -> Scan {
    let (mut at, mut opens) = (0, true);
    while at < bytes.len() {
        if opens && bytes[at] == b'"' {
            at += 1;
            loop {
                let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at..]) else { return Scan::Open };
                at += found;
                match (bytes[at], bytes.get(at + 1)) {
                    (b'\\', Some(b'"' | b'\\')) if escapes => at += 2,
                    (b'\\', _) => at += 1,
                    (_, Some(b'"')) => at += 2,
                    _ => break,
                }
            }
            at += 1;
            // White space may separate a quote from the mark after it.
            at += bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
            match bytes.get(at) {
                Some(&next) if next != delimiter && !matches!(next, b'\r' | b'\n') => return Scan::Stray,
                _ => {}
            }
        }
        let Some(found) = memchr::memchr3(delimiter, b'\r', b'\n', &bytes[at..]) else {
            return Scan::Row(bytes.len());
        };
        at += found;
        if bytes[at] != delimiter {
            let is_pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            return Scan::Row(at + 1 + usize::from(is_pair));
        }
        at += 1;
        opens = true;
    }
    Scan::Row(bytes.len())
}

/// The cells of a row that [`scan`] has found whole.
fn cut(row: &[u8], delimiter: u8, escapes: bool) -> Vec<Vec<u8>> {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    let (mut cells, mut cell, mut quoted, mut opens) = (Vec::new(), Vec::new(), false, true);
    let mut bytes = row.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if opens => quoted = true,
            b'\\' if quoted && escapes && matches!(bytes.peek(), Some(b'"' | b'\\')) => {
                cell.extend(bytes.next());
            }
            b'"' if quoted && bytes.peek() == Some(&b'"') => cell.extend(bytes.next()),
            b'"' if quoted => quoted = false,
            _ if byte == delimiter && !quoted => {
                cells.push(std::mem::take(&mut cell));
                opens = true;
                continue;
            }
            _ => cell.push(byte),
        }
        opens = false;
    }
    cells.push(cell);
    cells
}

/// A mark between columns, for a message.
fn shown(delimiter: u8) -> String {
    if delimiter == b'\t' { "tabs".to_owned() } else { format!("\"{}\"", char::from(delimiter)) }
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
        "a quote opens and never closes; expected one that closes it, or two in its place; the lines after \
         this one are read as rows",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str, escapes: bool) -> Option<Vec<String>> {
        let Scan::Row(end) = scan(row.as_bytes(), b';', escapes) else { return None };
        let cells = cut(&row.as_bytes()[..end], b';', escapes);
        Some(cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect())
    }

    #[test]
    fn a_row_ends_outside_of_quotes() {
        for (row, expected) in [
            ("a;b\nc", Some(vec!["a", "b"])),
            ("\"a;\nb\";c\r\nd", Some(vec!["a;\nb", "c"])),
            ("\"a \"\"b\"\" c\";", Some(vec!["a \"b\" c", ""])),
            ("5\" pipe;x", Some(vec!["5\" pipe", "x"])),
            ("\"a\" ;x", Some(vec!["a ", "x"])),
            ("", Some(vec![""])),
            ("\"a\"b;x\n", None),
            ("x;\"a\nb;c\n", None),
            ("\"", None),
        ] {
            let expected: Option<Vec<String>> =
                expected.map(|cells| cells.into_iter().map(str::to_owned).collect());
            assert_eq!(cells(row, false), expected, "{row}");
        }
    }

    #[test]
    fn a_backslash_before_a_quote_is_read_where_it_must_be() {
        assert_eq!(cells("\"a \\\"b\\\" c\";x", true).unwrap(), ["a \"b\" c", "x"]);
        assert_eq!(cells("\"C:\\dir\";x", false).unwrap(), ["C:\\dir", "x"]);
    }
}
