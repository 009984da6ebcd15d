//! Where does an article of a plain-text file begin, and what is its date?
//!
//! `date 2019-01-08 North Korean leader …`: the word, an ISO date, white space. White space or a
//! byte-order mark may precede it.

use crate::batch::Watch;
use crate::calendar;
use crate::error::{Error, Kind, Result};

/// The header of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The day, counted from 1970-01-01.
    pub day: i32,
    /// The byte at which the header ends and the text begins.
    pub end: usize,
}

/// The header at the start of a text; `None` if there is none.
///
/// # Errors
/// [`Kind::BadDate`] if the text starts with a header whose date does not exist in the calendar.
pub fn find_header(text: &str) -> Result<Option<Header>> {
    let lead = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let Some(end) = header_end(&text.as_bytes()[lead..]) else { return Ok(None) };
    let date = &text[lead + end - DATE_LENGTH..lead + end];
    let number = |range: std::ops::Range<usize>| date[range].parse::<u32>().unwrap_or(0);
    calendar::day_of(number(0..4) as i32, number(5..7), number(8..10))
        .map(|day| Some(Header { day, end: lead + end }))
        .ok_or_else(|| {
            Error::new(
                Kind::BadDate,
                format!("\"{date}\" is not a day of the calendar; expected an ISO date such as 2019-01-08"),
            )
            .in_field("date")
            .at_byte(lead + end - DATE_LENGTH)
        })
}

const DATE_LENGTH: usize = "2019-01-08".len();

/// The end of `date YYYY-MM-DD` at the start of `bytes`, if it is there and is followed by white
/// space or nothing.
fn header_end(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"date")?;
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let date = rest.get(blanks..blanks + DATE_LENGTH)?;
    let fits = date.iter().enumerate().all(|(i, byte)| match i {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let closed = rest.get(blanks + DATE_LENGTH).is_none_or(u8::is_ascii_whitespace);
    (blanks > 0 && fits && closed).then_some(4 + blanks + DATE_LENGTH)
}

/// The bytes at which the articles of a plain-text file start. Every line that begins with a header
/// starts an article, and so does any text other than white space before the first header.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`]; the watch is checked once per megabyte.
pub fn header_lines(bytes: &[u8], watch: &Watch) -> Result<Vec<usize>> {
    let mut starts = Vec::new();
    let (mut line, mut listen) = (0, 0);
    loop {
        if line >= listen {
            listen = line + (1 << 20);
            watch.check()?;
        }
        if header_end(without_lead(&bytes[line..])).is_some() {
            starts.push(line);
        }
        match memchr::memchr2(b'\n', b'\r', &bytes[line..]) {
            Some(found) => line += found + 1,
            None => break,
        }
    }
    let head = &bytes[..starts.first().copied().unwrap_or(bytes.len())];
    if !is_blank(head) {
        starts.insert(0, 0);
    }
    Ok(starts)
}

/// A line without the white space and byte-order marks at its start.
fn without_lead(mut line: &[u8]) -> &[u8] {
    loop {
        line = match line {
            [b' ' | b'\t', rest @ ..] | [0xef, 0xbb, 0xbf, rest @ ..] => rest,
            _ => return line,
        };
    }
}

/// Whether there is nothing but white space and byte-order marks.
fn is_blank(bytes: &[u8]) -> bool {
    let bytes = &bytes[bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..];
    // An ASCII character that is not white space decides immediately.
    if bytes.first().is_some_and(|byte| byte.is_ascii() && !char::from(*byte).is_whitespace()) {
        return false;
    }
    std::str::from_utf8(bytes)
        .is_ok_and(|text| text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_a_byte_order_mark_may_precede_the_header() {
        let header = find_header("\u{feff} \n date 2019-01-08 North").unwrap().unwrap();
        assert_eq!(calendar::format_day(header.day), "2019-01-08");
        assert_eq!(&"\u{feff} \n date 2019-01-08 North"[header.end..], " North");
    }

    #[test]
    fn a_day_that_does_not_exist_is_an_error_with_its_byte() {
        let error = find_header(" date 2019-02-30 x").unwrap_err();
        assert_eq!(error.kind(), Kind::BadDate);
        assert_eq!(error.place().byte, Some(6));
    }

    #[test]
    fn a_sentence_about_a_date_is_not_a_header() {
        for text in
            ["date 2019-01-08x", "dates 2019-01-08 x", "date: 2019-01-08 x", "Date 2019-1-8 x", "", "date"]
        {
            assert_eq!(find_header(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn each_header_line_starts_an_article() {
        let starts = |text: &str| header_lines(text.as_bytes(), &Watch::default()).unwrap();
        assert_eq!(starts("date 2019-01-08 a\nb date 2019-01-09\n date 2019-01-10\nc"), [0, 36]);
        assert_eq!(starts("intro\ndate 2019-01-08 a"), [0, 6]);
        assert_eq!(starts("\u{feff} \u{2003}\r\n\u{feff}date 2019-01-08 a"), [9]);
        assert!(starts(" \n\u{2003}\u{feff}\x0b").is_empty());
    }
}
