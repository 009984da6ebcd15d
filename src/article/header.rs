//! Where does an article of a plain-text file begin, and what is its date?
//!
//! `date 2019-01-08 North Korean leader …`: the word, an ISO date, white space. White space or a
//! byte-order mark may stand before it.

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

/// The header that a text opens with; `None` where it opens with none.
///
/// # Errors
/// [`Kind::BadDate`]: it opens with a header whose date the calendar does not have.
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

/// The end of `date YYYY-MM-DD` at the head of `bytes`, if it stands there and white space or
/// nothing follows.
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

/// Whether a line of a plain-text file opens an article.
pub fn opens_article(line: &[u8]) -> bool {
    header_end(without_lead(line)).is_some()
}

/// A line without the blanks and byte-order marks that it opens with.
fn without_lead(mut line: &[u8]) -> &[u8] {
    loop {
        line = match line {
            [b' ' | b'\t', rest @ ..] | [0xef, 0xbb, 0xbf, rest @ ..] => rest,
            _ => return line,
        };
    }
}

/// Whether there is nothing but white space and byte-order marks.
pub fn is_blank(bytes: &[u8]) -> bool {
    let bytes = &bytes[bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..];
    // Nothing but ASCII tells at once.
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
    fn white_space_and_a_byte_order_mark_may_stand_before_the_header() {
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
    fn a_sentence_about_a_date_is_no_header() {
        for text in
            ["date 2019-01-08x", "dates 2019-01-08 x", "date: 2019-01-08 x", "Date 2019-1-8 x", "", "date"]
        {
            assert_eq!(find_header(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn blanks_and_byte_order_marks_may_stand_before_the_header_of_a_line() {
        for line in ["date 2019-01-08 a", " \u{feff}\tdate \t2019-01-08\n", "date 2019-01-08"] {
            assert!(opens_article(line.as_bytes()), "{line}");
        }
        for line in ["b date 2019-01-09\n", "date 2019-01-1", "\n", ""] {
            assert!(!opens_article(line.as_bytes()), "{line}");
        }
        assert!(is_blank(" \n\u{2003}\u{feff}\x0b".as_bytes()));
    }
}
