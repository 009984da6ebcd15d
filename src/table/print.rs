//! How is a table printed?
//!
//! A cell is one line of at most [`WIDEST`] terminal columns, and is harmless to a terminal: white
//! space is normalised, and characters that are invisible or would control the terminal (control
//! characters, directional marks, zero-width characters, private use) are printed as Python writes
//! them in a string, such as `\x1b`. Text that is cut off is printed as `…`. Wide characters count
//! as two columns, combining characters as none. Cost: one visit per cell, which reads no more of
//! it than can be printed.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::column::{Column, Values};
use super::table::Table;
use crate::batch::Watch;
use crate::calendar;
use crate::error::{Result, is_hidden, joins, push_escaped};

/// The maximum width of a cell, in terminal columns.
const WIDEST: usize = 48;

/// At most this many bytes are read for a cell, and its line is hardly longer.
const READ: usize = 1 << 10;

/// The space between two columns of a table.
const GAP: &str = "  ";

/// Numbers that are larger than this are printed in exponent notation.
const LARGE: f64 = 1e21;

/// How many cells are printed between two checks of the watch.
const CELLS: usize = 1 << 14;

impl Table {
    /// The width of each column, in terminal columns, when the first `rows` rows are printed.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub fn widths(&self, rows: usize, watch: &Watch) -> Result<Vec<usize>> {
        let mut cell = String::new();
        let mut widths = Vec::with_capacity(self.columns.len());
        for (name, column) in &self.columns {
            let mut widest = line(name).width();
            for row in 0..rows.min(column.len()) {
                if row.is_multiple_of(CELLS) {
                    watch.check()?;
                }
                if widest >= WIDEST {
                    break;
                }
                cell.clear();
                column.print(row, &mut cell);
                widest = widest.max(width(&cell));
            }
            widths.push(widest);
        }
        Ok(widths)
    }

    /// The printed lines of some rows, in columns of these widths, with the header first if
    /// requested. Each ends in a line feed.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub fn lines(&self, rows: Range<usize>, header: bool, widths: &[usize], watch: &Watch) -> Result<String> {
        let mut text = String::new();
        if header {
            let names = self.columns.iter().zip(widths);
            push_line(
                &mut text,
                names.map(|((name, column), &width)| (line(name), width, column.is_number())),
            );
        }
        let stride = (CELLS / self.columns.len().max(1)).max(1);
        let mut cells = vec![String::new(); self.columns.len()];
        for row in rows.start..rows.end.min(self.len()) {
            if row.is_multiple_of(stride) {
                watch.check()?;
            }
            for (cell, (_, column)) in cells.iter_mut().zip(&self.columns) {
                cell.clear();
                column.print(row, cell);
            }
            let row = cells.iter().zip(&self.columns).zip(widths);
            push_line(
                &mut text,
                row.map(|((cell, (_, column)), &width)| (cell.into(), width, column.is_number())),
            );
        }
        Ok(text)
    }

    /// The names of the columns and the cells of some rows, as they are printed.
    pub fn cells(&self, rows: Range<usize>) -> (Vec<String>, Vec<Vec<String>>) {
        let shown = |column: &Column, row: usize| {
            let mut cell = String::new();
            column.print(row, &mut cell);
            cell
        };
        let rows = rows.start..rows.end.min(self.len());
        let names = self.columns.iter().map(|(name, _)| line(name).into_owned()).collect();
        (names, rows.map(|row| self.columns.iter().map(|(_, column)| shown(column, row)).collect()).collect())
    }
}

impl Column {
    fn is_number(&self) -> bool {
        matches!(self.values, Values::Int(_) | Values::Float(_))
    }

    /// Prints a cell; a missing value prints nothing.
    fn print(&self, row: usize, cell: &mut String) {
        if !self.is_valid(row) {
            return;
        }
        // Writing to a string cannot fail.
        let _ = match &self.values {
            Values::Text(values) => cell.write_str(&line(values.get(row))),
            Values::Category(codes, names) => cell.write_str(&line(names.get(codes[row] as usize))),
            Values::TextList(ends, strings) => cell.write_str(&line(&listed(ends, strings, row))),
            Values::Int(values) => write!(cell, "{}", values[row]),
            Values::Float(values) => print_number(values[row], cell),
            Values::Bool(values) => write!(cell, "{}", values[row]),
            Values::Date(values) => cell.write_str(&calendar::format_day(values[row])),
            Values::Time(values) => cell.write_str(&calendar::format_time(values[row])),
        };
    }
}

/// The strings of a row, separated by commas, up to what fits a cell.
fn listed(ends: &[u32], strings: &super::Strings, row: usize) -> String {
    let start = if row == 0 { 0 } else { ends[row - 1] };
    let mut joined = String::new();
    for item in start..ends[row] {
        if item > start {
            joined.push_str(", ");
        }
        let read = strings.get(item as usize);
        joined.push_str(&read[..boundary(read, READ + 1)]);
        if joined.len() > READ {
            break;
        }
    }
    joined
}

fn print_number(number: f64, cell: &mut String) -> std::fmt::Result {
    if number.is_nan() {
        cell.write_str("nan")
    } else if number.is_finite() && number.abs() >= LARGE {
        write!(cell, "{number:.6e}")
    } else {
        write!(cell, "{number:.6}")
    }
}

/// Appends cells as one line, each padded to its width; numbers are right-aligned.
fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = (Cow<'a, str>, usize, bool)>) {
    let start = text.len();
    for (at, (cell, limit, right)) in cells.enumerate() {
        if at > 0 {
            text.push_str(GAP);
        }
        let spare = limit.saturating_sub(width(&cell));
        if right {
            text.extend(std::iter::repeat_n(' ', spare));
        }
        text.push_str(&cell);
        if !right {
            text.extend(std::iter::repeat_n(' ', spare));
        }
    }
    text.truncate(start + text[start..].trim_end_matches(' ').len());
    text.push('\n');
}

/// The width of a one-line text, in terminal columns.
fn width(line: &str) -> usize {
    if line.is_ascii() { line.len() } else { line.width() }
}

/// A text as one line that fits a cell.
fn line(text: &str) -> Cow<'_, str> {
    if text.len() <= WIDEST && is_plain(text.as_bytes()) {
        return text.into();
    }
    let start = &text[..boundary(text, READ)];
    let mut read = start.trim_start().chars().peekable();
    let mut line = String::new();
    let (mut before, mut taken) = (None, 0);
    while taken <= 2 * WIDEST
        && line.len() <= READ
        && let Some(char) = read.next()
    {
        if char.is_whitespace() {
            if read.peek().is_some_and(|next| !next.is_whitespace()) {
                line.push(' ');
                taken += 1;
            }
        } else if is_hidden(char) && !joins(before, char, read.peek().copied()) {
            let end = line.len();
            push_escaped(&mut line, char);
            taken += line.len() - end;
        } else {
            if line.is_empty() && char.width() == Some(0) {
                // A combining mark at the start is put on a circle, so that it does not combine
                // with what is printed before it.
                line.push('◌');
            }
            line.push(char);
            taken += char.width().unwrap_or(0);
        }
        before = Some(char);
    }
    if start.len() == text.len() && read.next().is_none() && width(&line) <= WIDEST {
        return line.into();
    }
    let mut limit = WIDEST - 1;
    let mut fits = |char: char| {
        let width = char.width().unwrap_or(0);
        let fits = width <= limit;
        limit = limit.saturating_sub(width);
        fits
    };
    let end = line.char_indices().map_while(|(at, char)| fits(char).then_some(at + char.len_utf8())).last();
    line.truncate(end.unwrap_or(0));
    // A following character can make a character wider.
    while width(&line) > WIDEST - 1 {
        line.pop();
    }
    line.truncate(line.trim_end().len());
    line.push('…');
    line.into()
}

/// The last character boundary at or before a byte.
pub(super) fn boundary(text: &str, byte: usize) -> usize {
    if byte >= text.len() {
        return text.len();
    }
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Whether a text is printable ASCII with single spaces inside, and so is printed unchanged.
fn is_plain(text: &[u8]) -> bool {
    let mut space = true;
    for &byte in text {
        if !(b' '..=b'~').contains(&byte) || (byte == b' ' && space) {
            return false;
        }
        space = byte == b' ';
    }
    !space || text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        line(text).into_owned()
    }

    #[test]
    fn what_commands_a_terminal_or_is_not_seen_is_escaped() {
        for (text, expected) in [
            ("\u{1b}[31mred\u{1b}[0m", "\\x1b[31mred\\x1b[0m"),
            ("a\0b\u{7}\u{7f}\u{9b}", "a\\x00b\\x07\\x7f\\x9b"),
            ("abc\u{202e}txt", "abc\\u202etxt"),
            ("\u{2066}a\u{2069}", "\\u2066a\\u2069"),
            ("zero\u{200b}width\u{feff}", "zero\\u200bwidth\\ufeff"),
            ("soft\u{ad}hyphen", "soft\\xadhyphen"),
            ("a\u{e0041}\u{e000}\u{10ffff}", "a\\U000e0041\\ue000\\U0010ffff"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn white_space_of_every_kind_is_evened_out() {
        assert_eq!(shown("\t a\r\n b\u{a0}\u{2003}c\u{2028}\u{85}d \n"), "a b c d");
        assert_eq!(shown(" \n "), "");
    }

    #[test]
    fn joiners_stay_where_writing_needs_them() {
        for text in ["👨\u{200d}👩\u{200d}👧", "می\u{200c}خواهم", "é", "e\u{301}", "中文", "🇵🇹"]
        {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("a\u{200d}b"), "a\\u200db");
        assert_eq!(shown("é\u{200d}"), "é\\u200d");
    }

    #[test]
    fn a_mark_without_a_letter_is_put_on_a_circle() {
        assert_eq!(shown("\u{301}a"), "◌\u{301}a");
    }

    #[test]
    fn no_cell_is_wider_than_a_cell() {
        assert_eq!(shown(&"a".repeat(48)), "a".repeat(48));
        assert_eq!(shown(&"a".repeat(49)), format!("{}…", "a".repeat(47)));
        assert_eq!(shown(&"中".repeat(25)), format!("{}…", "中".repeat(23)));
        assert_eq!(shown(&format!("{} b", "a".repeat(46))), format!("{} b", "a".repeat(46)));
        assert_eq!(shown(&format!("{} bc", "a".repeat(46))), format!("{}…", "a".repeat(46)));
        assert!(shown(&format!("a{}", "\u{301}".repeat(1000))).len() < READ + 8);
        assert_eq!(shown(&"\u{1b}".repeat(100)), format!("{}\\x1…", "\\x1b".repeat(11)));
        for text in ["e\u{301}", "中\u{1b}", "👨\u{200d}👩", "a ", "\u{1b}", "ﷺ", "\t中"] {
            assert!(width(&line(&text.repeat(300))) <= WIDEST, "{text:?}");
        }
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let table = Table::new()
            .with("name", Column::text(["中文", "e\u{301}", "abc"]))
            .unwrap()
            .with("n", Column::int([1, 20, 300]))
            .unwrap();
        let widths = table.widths(3, &Watch::default()).unwrap();
        assert_eq!(widths, [4, 3]);
        let lines = table.lines(0..3, true, &widths, &Watch::default()).unwrap();
        assert_eq!(lines, "name    n\n中文    1\ne\u{301}      20\nabc   300\n");
    }

    #[test]
    fn numbers_have_six_decimals_until_they_are_large() {
        let shown = |number| {
            let mut cell = String::new();
            print_number(number, &mut cell).unwrap();
            cell
        };
        let numbers = [0.5, -2.0, 1e20, 1e300, f64::NAN, f64::NEG_INFINITY];
        let expected =
            ["0.500000", "-2.000000", "100000000000000000000.000000", "1.000000e300", "nan", "-inf"];
        assert_eq!(numbers.map(shown), expected);
    }
}
