//! Which day does a string denote, as agencies, databases and platforms write dates?
//!
//! A date has a day, a month and a year of four digits; a time, a time zone and a weekday may come
//! with them. What can be read in two ways is read in neither, unless the caller says how
//! ([`DateForm`]). A month or a year is not a day: it is refused by its name.
//!
//! Cost: linear; a string of more than [`LONGEST`] bytes is not a date.

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Datelike, NaiveDate};

use super::pieces::{MONTHS, WEEKDAYS, pieces, said};
use super::{day_number, has_date};
use crate::error::{Error, Kind, Result};

/// How the dates of a column are written, where the caller says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateForm {
    /// In the language of `strptime`.
    format: Option<String>,
    /// Whether the day precedes the month in dates such as 03/04/2019.
    dayfirst: Option<bool>,
}

/// The day that a string denotes, without a hint how it is written. See [`DateForm::day`].
///
/// # Errors
/// Those of [`DateForm::day`].
pub fn parse_day(text: &str) -> Result<i32> {
    DateForm::default().day(text)
}

/// The words by which programs write a missing value.
const MISSING: [&str; 6] = ["", "none", "nan", "nat", "null", "<na>"];

/// Whether a string is how programs write a missing value: `None`, `NaN`, `NaT`, `null`, nothing.
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 4 && MISSING.iter().any(|word| word.eq_ignore_ascii_case(text))
}

impl DateForm {
    /// Dates in a form of `strptime` (`%d/%m/%Y`; `%s` is seconds since 1970), or dates of which
    /// the day or the month is known to come first.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: the format is not one of `strptime`, or both are given.
    pub fn new(format: Option<String>, dayfirst: Option<bool>) -> Result<Self> {
        let wrong = |what: String| Err(Error::new(Kind::BadOption, what).in_field("date_format"));
        if let Some(format) = &format {
            if dayfirst.is_some() {
                return wrong(
                    "date_format says the order, and so does dayfirst; expected one of them".into(),
                );
            }
            let is_bad = |item: Item<'_>| matches!(item, Item::Error);
            if !format.contains('%') || StrftimeItems::new(format).any(is_bad) {
                return wrong(format!(
                    "\"{format}\" is no form of dates; expected one of strptime, such as \"%d/%m/%Y\""
                ));
            }
        }
        Ok(Self { format, dayfirst })
    }

    /// The same without the form of `strptime`, for dates elsewhere than in a column.
    pub(super) fn without_format(&self) -> Self {
        Self { format: None, dayfirst: self.dayfirst }
    }

    /// The day that a string denotes: ISO 8601 (`2019-01-08`, `20190108`,
    /// `2019-01-08T14:30+01:00`), or words and numbers in any order that leaves no doubt (`Jan. 8,
    /// 2019`, `Tue, 8 Jan 2019 14:30:00 GMT`, `08-Jan-2019`). The day is the one on the writer's
    /// calendar.
    ///
    /// # Errors
    /// [`Kind::BadDate`]: the string is not a date, the calendar has no such day, or the string is
    /// a month, has no year, or could be two days.
    pub fn day(&self, text: &str) -> Result<i32> {
        let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        let found = match &self.format {
            Some(format) => {
                formatted(text, format).ok_or_else(|| format!("is not a date in the form \"{format}\""))
            }
            None => free(text, self.dayfirst),
        };
        found.map(day_number).and_then(|day| has_date(day).then_some(day).ok_or_else(other)).map_err(|what| {
            let short: String = text.chars().take(40).collect();
            Error::new(Kind::BadDate, format!("\"{short}\" {what}"))
        })
    }
}

fn other() -> String {
    because("date_format= reads other forms")
}

/// What a string is instead of a date, or how to read it.
fn because(why: &str) -> String {
    format!("is not a date; expected ISO 8601, such as 2019-01-08; {why}")
}

/// A date in a given form. Where the form has no day, it is the first one of the month or year.
fn formatted(text: &str, format: &str) -> Option<NaiveDate> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, StrftimeItems::new(format)).ok()?;
    if let Some(seconds) = parsed.timestamp() {
        return DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive());
    }
    let first = |parsed: &Parsed| {
        let mut parsed = parsed.clone();
        let is_whole = |parsed: &Parsed| parsed.month().is_some() || parsed.ordinal().is_some();
        if !is_whole(&parsed) && parsed.isoweek().is_none() && parsed.week_from_mon().is_none() {
            parsed.set_month(1).ok()?;
        }
        parsed.set_day(1).ok()?;
        parsed.to_naive_date().ok()
    };
    // The parser takes the 20 of "2019" for a day if the form wants one there.
    parsed.to_naive_date().ok().or_else(|| first(&parsed)).filter(|date| date.year() >= 1000)
}

/// The longest date in bytes.
const LONGEST: usize = 80;

/// The date that a string denotes, or what it is instead.
fn free(text: &str, dayfirst: Option<bool>) -> std::result::Result<NaiveDate, String> {
    if text.len() > LONGEST {
        return Err(other());
    }
    if let Some(found) = week(text) {
        return found;
    }
    if !text.starts_with(char::is_alphanumeric) {
        return Err(other());
    }
    let said = said(&pieces(text)).ok_or_else(other)?;
    let value = |number: &str| number.parse::<u32>().unwrap_or_default();
    let is_year = |number: &&str| number.len() == 4;
    let is_short = |number: &&str| number.len() <= 2;
    let date = |year: &str, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(value(year) as i32, month, day).ok_or_else(other)
    };
    let date = match (said.month, &said.numbers[..]) {
        (Some(month), [day, year] | [year, day]) if is_year(year) && is_short(day) => {
            date(year, month, value(day))?
        }
        (Some(_), [year]) if is_year(year) => return Err(no_day("month", "%B %Y")),
        (Some(_), [day]) if is_short(day) => return Err(no_year()),
        (Some(_), [day, year]) if is_short(day) && is_short(year) => return Err(short_year()),
        (None, [year, month, day]) if is_year(year) && is_short(month) && is_short(day) => {
            date(year, value(month), value(day))?
        }
        (None, [first, second, year]) if is_year(year) && is_short(first) && is_short(second) => {
            let (first, second) = (value(first), value(second));
            let (day, month) = match dayfirst {
                Some(true) => (first, second),
                Some(false) => (second, first),
                None if first > 12 || first == second => (first, second),
                None if second > 12 => (second, first),
                None => return Err(two_days(first, second)),
            };
            date(year, month, day)?
        }
        (None, [first, second, year]) if is_short(first) && is_short(second) && is_short(year) => {
            return Err(short_year());
        }
        (None, [year, month]) if is_year(year) && is_short(month) => return Err(no_day("month", "%Y-%m")),
        (None, [month, year]) if is_year(year) && is_short(month) => return Err(no_day("month", "%m/%Y")),
        (None, [day, month]) if is_short(day) && is_short(month) => return Err(no_year()),
        (None, [year]) if is_year(year) => return Err(no_day("year", "%Y")),
        (None, [number]) if matches!(number.len(), 8 | 12 | 14) => {
            date(&number[..4], value(&number[4..6]), value(&number[6..8]))?
        }
        (None, [number]) if number.len() == 10 => return Err(seconds()),
        _ => return Err(other()),
    };
    match said.weekday {
        Some(weekday) if date.weekday() != weekday => {
            Err(because(&format!("{date} is a {}", date.format("%A"))))
        }
        _ => Ok(date),
    }
}

/// A week or a quarter in ISO 8601, or a day of a week; `None` for any other string.
fn week(text: &str) -> Option<std::result::Result<NaiveDate, String>> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    match rest.strip_prefix('-').unwrap_or(rest).as_bytes() {
        [b'W', b'0'..=b'5', b'0'..=b'9'] => Some(Err(no_day("week", ""))),
        [b'Q', b'1'..=b'4'] => Some(Err(no_day("quarter", ""))),
        &[b'W', tens @ b'0'..=b'5', ones @ b'0'..=b'9', ref day @ ..] => {
            let ([b'-', day] | [day]) = day else { return None };
            let weekday = WEEKDAYS.get(usize::from(day.checked_sub(b'1')?))?.1;
            let week = u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
            Some(NaiveDate::from_isoywd_opt(year, week, weekday).ok_or_else(other))
        }
        _ => None,
    }
}

fn no_day(what: &str, format: &str) -> String {
    let first = format!(", of which date_format=\"{format}\" takes the first day");
    because(&format!("it is a {what}{}", if format.is_empty() { "" } else { &first }))
}

fn no_year() -> String {
    because("it is a day without a year")
}

fn short_year() -> String {
    because("its year has two digits, which date_format=\"%d/%m/%y\" or the like reads")
}

fn two_days(first: u32, second: u32) -> String {
    let name = |month: u32| {
        let name = MONTHS.get(month.wrapping_sub(1) as usize).copied().unwrap_or_default();
        name[..1].to_uppercase() + &name[1..]
    };
    because(&format!(
        "it is {first} {} or {second} {}, and dayfirst=True or dayfirst=False says which (as in pd.to_datetime)",
        name(second),
        name(first)
    ))
}

fn seconds() -> String {
    because("date_format=\"%s\" reads seconds since 1970 (in UTC)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{day_of, format_day};

    #[test]
    fn a_day_is_read_in_every_unambiguous_form() {
        let day = day_of(2019, 1, 8).unwrap();
        for text in [
            "2019-01-08",
            "20190108",
            "2019-01-08T23:30:00+01:00",
            "2019-01-08 23:30:00",
            "2019-01-08T23:30:00.123Z",
            "2019-01-08T23:30Z",
            "2019-01-08 00:00:00+00:00",
            "2019-01-08 00:00:00 UTC",
            " 8 January 2019 ",
            "Jan 8, 2019",
            "January 8, 2019",
            "Tue, 8 Jan 2019 14:30:00 +0100",
            "Jan. 8, 2019",
            "8 Jan. 2019",
            "Tue Jan 8 2019",
            "Tues., Jan. 8th, 2019",
            "the 8th of January, 2019",
            "8 January 2019, Tuesday",
            "JANUARY 8 2019",
            "2019 Jan 8",
            "08-Jan-2019",
            "2019-1-8",
            "2019.01.08",
            "2019/1/8",
            "2019-01-08 11:30 PM",
            "January 8, 2019 at 3:45 p.m. EST",
            "8 Jan 2019 | 14:30",
            "Tue 8 Jan 2019 14.30 GMT",
            "Tue Jan  8 14:30:00 2019",
            "Tue Jan 08 14:30:00 +0000 2019",
            "Tue Jan 08 2019 14:30:00 GMT+0100 (CET)",
            "2019-01-08T14:30:00+01:00[Europe/Paris]",
            "2019-01-08T14:30:00,123456789-0500",
            "Tuesday, January 8, 2019 9 a.m.",
            "20190108143000",
            "20190108T143000Z",
            "2019-W02-2",
            "\u{feff}2019-01-08\u{a0}",
        ] {
            assert_eq!(parse_day(text), Ok(day), "{text}");
        }
        assert_eq!(format_day(day), "2019-01-08");
    }

    #[test]
    fn a_day_that_does_not_exist_is_an_error() {
        for text in [
            "2019-02-29",
            "2019-13-01",
            "08/01/2019",
            "",
            "yesterday",
            "31/02/2024",
            "2019",
            "8/1/19",
            "19-01-08",
            "2019118",
            "+2019-01-08",
            "0000-01-01",
            "12019-01-08",
            "-2019-01-08",
            "January 2019",
            "May 1998",
            "2019-01",
            "01/2019",
            "2019-W02",
            "2019-Q1",
            "Tuesday, 8 Jan",
            "8 Jan 19",
            "08/01/19",
            "Mon, 8 Jan 2019",
            "1546941600",
            "12-13 January 2019",
            "January 8, 2019 to January 9, 2019",
            "8 janvier 2019",
            "2019-01-08 25:00",
            "2019-01-08 and more",
            "May 2019 2019",
            "8 January February 2019",
        ] {
            assert_eq!(parse_day(text).map_err(|error| error.kind()), Err(Kind::BadDate), "{text}");
        }
    }

    fn said_of(text: &str) -> String {
        parse_day(text).map_err(|error| error.what().to_owned()).unwrap_err()
    }

    #[test]
    fn what_is_no_day_is_refused_by_its_name() {
        for (text, word) in [
            ("January 2019", "it is a month"),
            ("Sept. 2019", "it is a month"),
            ("2019-01", "it is a month"),
            ("2019", "it is a year"),
            ("2019-W02", "it is a week"),
            ("2019Q3", "it is a quarter"),
            ("8 Jan", "without a year"),
            ("08-Jan-19", "two digits"),
            ("03/04/2019", "3 April or 4 March, and dayfirst=True"),
            ("3.4.2019", "dayfirst=True"),
            ("Mon, 8 Jan 2019", "2019-01-08 is a Tuesday"),
            ("1546941600", "%s"),
            ("yesterday", "date_format="),
        ] {
            assert!(said_of(text).contains(word), "{text}: {}", said_of(text));
        }
    }

    #[test]
    fn the_order_of_numbers_is_as_the_caller_says() {
        let day = |text: &str, first: Option<bool>| {
            DateForm::new(None, first).unwrap().day(text).ok().map(format_day)
        };
        for (text, first, expected) in [
            ("03/04/2019", Some(true), Some("2019-04-03")),
            ("03/04/2019", Some(false), Some("2019-03-04")),
            ("3.4.2019 14:30", Some(true), Some("2019-04-03")),
            ("2019-03-04", Some(true), Some("2019-03-04")),
            ("25/12/2019", None, Some("2019-12-25")),
            ("12-25-2019", None, Some("2019-12-25")),
            ("05/05/2019", None, Some("2019-05-05")),
            ("12/25/2019", Some(true), None),
            ("25/12/2019", Some(false), None),
            ("31/02/2019", None, None),
        ] {
            assert_eq!(day(text, first).as_deref(), expected, "{text}, {first:?}");
        }
    }

    #[test]
    fn a_form_of_strptime_decides() {
        let day = |text: &str, format: &str| {
            let form = DateForm::new(Some(format.to_owned()), None).unwrap();
            form.day(text).ok().map(format_day)
        };
        for (text, format, expected) in [
            ("03/04/19", "%d/%m/%y", Some("2019-04-03")),
            ("January 2019", "%B %Y", Some("2019-01-01")),
            ("2019-07", "%Y-%m", Some("2019-07-01")),
            ("2019", "%Y", Some("2019-01-01")),
            ("1546941600", "%s", Some("2019-01-08")),
            ("8 Jan 2019 23:30 +0100", "%d %b %Y %H:%M %z", Some("2019-01-08")),
            ("January 2019", "%B %d %Y", None),
            ("2019-02-30", "%Y-%m-%d", None),
            ("2019-01-08", "%d/%m/%Y", None),
            ("2019-01-08 x", "%Y-%m-%d", None),
        ] {
            assert_eq!(day(text, format).as_deref(), expected, "{text}, {format}");
        }
        for (format, first) in [("%Q9", None), ("DD/MM/YYYY", None), ("%Y", Some(true))] {
            let error = DateForm::new(Some(format.to_owned()), first).unwrap_err();
            assert_eq!(error.kind(), Kind::BadOption, "{format}");
        }
    }

    #[test]
    fn the_words_of_programs_for_nothing_are_missing() {
        for text in ["", " ", "None", "NaN", "nan", "NaT", "null", "NULL", "<NA>"] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["no", "Nan Goldin", "Nato", "0", "-1"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
