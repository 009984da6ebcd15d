//! How does a value fit into one line of a few terminal columns?
//!
//! A cell is harmless to a terminal: white space is normalised, and characters that are invisible
//! or would control the terminal (control characters, directional marks, zero-width characters,
//! private use) are printed as Python writes them in a string, such as `\x1b`. Text that is cut
//! off is printed as `…`, at the end that the column loses first. Wide characters count as two
//! columns, combining characters as none. Cost: no more of a text is read than can be printed.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::error::{is_hidden, joins, push_escaped};
use crate::span::boundary;

/// At least this many bytes are read for a cell, and its line is hardly longer.
pub(super) const READ: usize = 1 << 10;

/// Numbers that are larger than this are printed in exponent notation.
const LARGE: f64 = 1e21;

/// The significant digits of the largest number of a column, unless they are before the point.
const DIGITS: i32 = 4;

/// The most decimals of a number.
const MOST_DECIMALS: i32 = 4;

/// What a text loses if it is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Its end.
    End,
    /// Its start: what precedes a match.
    Start,
    /// Its middle: ids and addresses, which differ at the end.
    Middle,
}

impl Cut {
    /// All of them by their names.
    pub const ALL: [(&'static str, Self); 3] =
        [("end", Self::End), ("start", Self::Start), ("middle", Self::Middle)];
}

/// The width of a one-line text, in terminal columns.
pub(super) fn width(line: &str) -> usize {
    if line.is_ascii() { line.len() } else { line.width() }
}

/// A text as one line of at most `limit` terminal columns.
pub(super) fn line(text: &str, limit: usize, cut: Cut) -> Cow<'_, str> {
    if text.len() <= limit && is_plain(text.as_bytes()) {
        return text.into();
    }
    let read = READ.max(limit.saturating_mul(8));
    let (first, last) = match cut {
        Cut::End => (&text[..boundary(text, read)], ""),
        Cut::Start => ("", &text[boundary(text, text.len().saturating_sub(read))..]),
        Cut::Middle if text.len() > 2 * read => {
            (&text[..boundary(text, read)], &text[boundary(text, text.len() - read)..])
        }
        Cut::Middle => (text, ""),
    };
    let enough = if first.len() == text.len() && cut == Cut::Middle { usize::MAX } else { 2 * limit };
    let (head, whole) = seen(first, enough);
    if whole && first.len() == text.len() && width(&head) <= limit {
        return head.into();
    }
    let tail = if last.is_empty() { Cow::from(&head) } else { Cow::from(seen(last, usize::MAX).0) };
    if last.len() == text.len() && width(&tail) <= limit {
        return tail.into_owned().into();
    }
    let room = limit.saturating_sub(1);
    match cut {
        Cut::End => format!("{}…", start_of(&head, room)),
        Cut::Start => format!("…{}", end_of(&tail, room)),
        Cut::Middle => format!("{}…{}", start_of(&head, room - room / 2), end_of(&tail, room / 2)),
    }
    .into()
}

/// A text with its white space normalised and hidden characters escaped, and whether it is the
/// whole text: reading ends where the result is wider than `enough`.
fn seen(text: &str, enough: usize) -> (String, bool) {
    let mut read = text.trim_start().chars().peekable();
    let mut line = String::new();
    let (mut before, mut taken) = (None, 0);
    while taken <= enough
        && line.len() <= READ.max(enough)
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
    (line, read.next().is_none())
}

/// The start of a line, at most `room` terminal columns wide.
fn start_of(line: &str, room: usize) -> &str {
    let mut rest = room;
    let mut fits = |char: char| {
        let width = char.width().unwrap_or(0);
        let fits = width <= rest;
        rest = rest.saturating_sub(width);
        fits
    };
    let end = line.char_indices().map_while(|(at, char)| fits(char).then_some(at + char.len_utf8())).last();
    let mut start = &line[..end.unwrap_or(0)];
    // A following character can make a character wider.
    while width(start) > room {
        let last = start.chars().next_back().map_or(0, char::len_utf8);
        start = &start[..start.len() - last];
    }
    start.trim_end()
}

/// The end of a line, at most `room` terminal columns wide.
fn end_of(line: &str, room: usize) -> &str {
    let mut rest = room;
    let mut end = &line[line.len()..];
    for (at, char) in line.char_indices().rev() {
        let Some(left) = rest.checked_sub(char.width().unwrap_or(0)) else { break };
        (rest, end) = (left, &line[at..]);
    }
    // A mark needs its letter, and a following character can make a character wider.
    while let Some(first) = end.chars().next()
        && (first.width() == Some(0) || width(end) > room)
    {
        end = &end[first.len_utf8()..];
    }
    end.trim_start()
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

/// How many decimals the numbers of a column have: as many as the largest needs for four digits,
/// and one if all are whole.
pub(super) fn decimals(numbers: impl Iterator<Item = f64>) -> usize {
    let (mut largest, mut whole) = (0.0_f64, true);
    for number in numbers.filter(|number| number.is_finite()) {
        largest = largest.max(number.abs());
        whole &= number.fract() == 0.0;
    }
    if whole {
        return 1;
    }
    let digits = if largest < 1.0 { 0 } else { largest.log10().floor() as i32 + 1 };
    (DIGITS - digits).clamp(1, MOST_DECIMALS) as usize
}

/// Prints a number. One that is too small for the decimals is never printed as zero.
pub(super) fn print_number(number: f64, decimals: usize, cell: &mut String) {
    use std::fmt::Write as _;
    let size = number.abs();
    // Writing to a string cannot fail.
    let _ = if number.is_nan() {
        cell.write_str("nan")
    } else if number.is_finite() && size >= LARGE {
        write!(cell, "{number:.3e}")
    } else if number != 0.0 && size < 10_f64.powi(-(decimals as i32)) {
        write!(cell, "{number:.1e}")
    } else {
        write!(cell, "{:.decimals$}", number + 0.0)
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: usize = 48;

    fn shown(text: &str) -> String {
        line(text, WIDE, Cut::End).into_owned()
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
            for (_, cut) in Cut::ALL {
                for limit in [0, 1, 2, 3, 7, WIDE] {
                    let cell = line(&text.repeat(300), limit, cut).into_owned();
                    assert!(width(&cell) <= limit.max(1), "{text:?} {cut:?} {limit}: {cell}");
                }
            }
        }
    }

    #[test]
    fn a_text_loses_the_end_that_its_column_names() {
        let text = "the words before the match";
        assert_eq!(line(text, 12, Cut::Start), "…e the match");
        assert_eq!(line(text, 12, Cut::Middle), "the wo…match");
        assert_eq!(line(text, 12, Cut::End), "the words b…");
        for (_, cut) in Cut::ALL {
            assert_eq!(line(text, 26, cut), text);
            assert_eq!(line(" a\nb ", 26, cut), "a b");
        }
        let long = format!("first{}last", "-".repeat(1_000_000));
        assert_eq!(line(&long, 11, Cut::Middle), "first…-last");
        assert_eq!(line(&long, 7, Cut::Start), "…--last");
    }

    #[test]
    fn a_column_has_the_decimals_that_its_largest_number_needs() {
        for (numbers, expected) in [
            (&[0.5, 0.25][..], 4),
            (&[0.000_01], 4),
            (&[9.5], 3),
            (&[13.878_009], 2),
            (&[188.9, -0.5], 1),
            (&[25_823.2], 1),
            (&[1e300, 0.5], 1),
            (&[46.0, 30.0], 1),
            (&[f64::NAN, f64::INFINITY], 1),
            (&[], 1),
        ] {
            assert_eq!(decimals(numbers.iter().copied()), expected, "{numbers:?}");
        }
    }

    #[test]
    fn no_number_that_is_not_zero_is_printed_as_zero() {
        let shown = |number| {
            let mut cell = String::new();
            print_number(number, 4, &mut cell);
            cell
        };
        let numbers = [0.5, -2.0, 1e20, 1e300, f64::NAN, f64::NEG_INFINITY, 1.23e-57, -0.000_02, 0.0, -0.0];
        let expected = [
            "0.5000",
            "-2.0000",
            "100000000000000000000.0000",
            "1.000e300",
            "nan",
            "-inf",
            "1.2e-57",
            "-2.0e-5",
            "0.0000",
            "0.0000",
        ];
        assert_eq!(numbers.map(shown), expected);
    }
}
