//! Which day is meant, and which period contains it?
//!
//! Days are counted from 1970-01-01. Nothing here guesses: a string is either a date in ISO 8601
//! (or one of the few unambiguous forms of [`parse_day`]), or it is not a date.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

use crate::error::{Error, Kind, Result};

/// The number of microseconds in a day.
pub const MICROS_PER_DAY: i64 = 86_400_000_000;

/// 1970-01-01 as chrono counts days.
const EPOCH: i32 = 719_163;

/// The first and the last day that have a date here: the years 1 to 9999, which is the range of
/// Python's dates.
const DAYS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;

/// A day, or a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Days since 1970-01-01.
    Day(i32),
    /// Microseconds since 1970-01-01T00:00.
    Time(i64),
}

/// Whether a day is within the years 1 to 9999.
pub fn has_date(day: i32) -> bool {
    DAYS.contains(&day)
}

/// The day number of a date given as year, month and day; `None` if the calendar has no such day.
pub fn day_of(year: i32, month: u32, day: u32) -> Option<i32> {
    NaiveDate::from_ymd_opt(year, month, day).map(day_number).filter(|&day| has_date(day))
}

fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH
}

fn date_of(day: i32) -> Option<NaiveDate> {
    day.checked_add(EPOCH).and_then(NaiveDate::from_num_days_from_ce_opt)
}

/// A day as `2019-01-08`, or its bare number if it is outside the 262,000 years of the calendar.
pub fn format_day(day: i32) -> String {
    date_of(day).map_or_else(|| day.to_string(), |date| date.to_string())
}

/// A time as `2019-01-08T14:30:00`.
pub fn format_time(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros).map_or_else(
        || micros.to_string(),
        |time| time.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
    )
}

/// The day that contains a point in time.
pub fn day_of_time(micros: i64) -> i32 {
    micros.div_euclid(MICROS_PER_DAY) as i32
}

/// A date and time in ISO 8601, with or without an offset. The offset is dropped: the day is the
/// one on the writer's calendar.
fn parse_date_time(text: &str) -> Option<NaiveDateTime> {
    const FORMS: [&str; 4] =
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    const WITH_OFFSET: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M:%S%.f %#z",
        "%Y-%m-%dT%H:%M%#z",
    ];
    FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| {
            let text = text.strip_suffix(" UTC").or_else(|| text.strip_suffix('Z')).unwrap_or(text);
            FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        })
        .or_else(|| {
            WITH_OFFSET
                .iter()
                .find_map(|form| DateTime::parse_from_str(text, form).ok())
                .map(|time| time.naive_local())
        })
}

/// Parses a date or time written by Python's `isoformat`.
pub fn parse_iso(text: &str) -> Option<Moment> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Moment::Day(day_number(date)));
    }
    parse_date_time(text).map(|time| Moment::Time(time.and_utc().timestamp_micros()))
}

/// The day that a string denotes: ISO 8601 (`2019-01-08`, `20190108`, `2019-01-08T14:30:00+01:00`),
/// RFC 2822 (`Tue, 8 Jan 2019 14:30:00 +0100`), or words (`8 January 2019`, `Jan 8, 2019`).
///
/// # Errors
/// [`Kind::BadDate`] if the string has none of these forms, or the calendar has no such day. Forms
/// such as `08/01/2019`, which is a different day in Europe and in the United States, are rejected.
pub fn parse_day(text: &str) -> Result<i32> {
    const WORDS: [&str; 5] = ["%d %B %Y", "%B %d, %Y", "%B %d %Y", "%a %b %d, %Y", "%A, %B %d, %Y"];
    let text = text.trim();
    let shaped = match shape(text.as_bytes()) {
        Shape::Dashed if text.len() == 10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
        Shape::Dashed => parse_date_time(text).map(|time| time.date()),
        Shape::Slashed => NaiveDate::parse_from_str(text, "%Y/%m/%d").ok(),
        Shape::Digits => NaiveDate::parse_from_str(text, "%Y%m%d").ok(),
        Shape::Words => WORDS
            .iter()
            .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
            .or_else(|| DateTime::parse_from_rfc2822(text).ok().map(|time| time.date_naive())),
        Shape::Other => None,
    };
    shaped.map(day_number).filter(|&day| has_date(day)).ok_or_else(|| {
        let short: String = text.chars().take(40).collect();
        Error::new(Kind::BadDate, format!("\"{short}\" is not a date; expected ISO 8601, such as 2019-01-08"))
    })
}

/// What a date looks like. Every form has a four-digit year: without one, a date would be
/// ambiguous.
enum Shape {
    /// `2019-01-08…`
    Dashed,
    /// `2019/01/08`
    Slashed,
    /// `20190108`
    Digits,
    /// The name of a month, and four consecutive digits.
    Words,
    Other,
}

fn shape(text: &[u8]) -> Shape {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|piece| piece.iter().all(u8::is_ascii_digit))
    };
    let parts = |mark: u8| {
        digits(0..4)
            && digits(5..7)
            && digits(8..10)
            && text.get(4) == Some(&mark)
            && text.get(7) == Some(&mark)
    };
    let year = text.split(|byte| !byte.is_ascii_digit()).any(|run| run.len() == 4);
    if parts(b'-') {
        Shape::Dashed
    } else if parts(b'/') && text.len() == 10 {
        Shape::Slashed
    } else if text.len() == 8 && digits(0..8) {
        Shape::Digits
    } else if year && text.iter().any(u8::is_ascii_alphabetic) {
        Shape::Words
    } else {
        Shape::Other
    }
}

/// The calendar periods by which days can be grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `2019-01-08`
    Day,
    /// `2019-W02`
    Week,
    /// `2019-01`
    Month,
    /// `2019-Q1`
    Quarter,
    /// `2019`
    Year,
}

impl Period {
    /// All periods, with their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("year", Self::Year),
    ];

    /// The period with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, period)| period)
    }

    /// The label of the period that contains a day, in ISO 8601.
    pub fn label(self, day: i32) -> String {
        let Some(date) = date_of(day) else { return day.to_string() };
        match self {
            Self::Day => date.to_string(),
            Self::Week => format!("{:04}-W{:02}", date.iso_week().year(), date.iso_week().week()),
            Self::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Self::Quarter => format!("{:04}-Q{}", date.year(), date.month0() / 3 + 1),
            Self::Year => format!("{:04}", date.year()),
        }
    }
}

/// The first and last day of a period in ISO 8601: `2019`, `2019-Q1`, `2019-01`, `2019-W02`,
/// `2019-01-08`.
pub fn parse_period(text: &str) -> Option<(i32, i32)> {
    let year: i32 = text.get(..4)?.parse().ok()?;
    let rest = text.get(4..)?;
    let span =
        |first: Option<NaiveDate>, next: Option<NaiveDate>| Some((day_number(first?), day_number(next?) - 1));
    let month = |year, month| NaiveDate::from_ymd_opt(year, month, 1);
    match rest.as_bytes() {
        [] => span(month(year, 1), month(year + 1, 1)),
        [b'-', b'Q', quarter @ b'1'..=b'4'] => {
            let first = u32::from(quarter - b'1') * 3 + 1;
            span(month(year, first), if first == 10 { month(year + 1, 1) } else { month(year, first + 3) })
        }
        [b'-', b'W', _, _] => {
            let first = NaiveDate::from_isoywd_opt(year, rest.get(2..)?.parse().ok()?, chrono::Weekday::Mon)?;
            Some((day_number(first), day_number(first) + 6))
        }
        [b'-', _, _] => {
            let first: u32 = rest.get(1..)?.parse().ok()?;
            span(month(year, first), if first == 12 { month(year + 1, 1) } else { month(year, first + 1) })
        }
        _ => {
            let day = day_number(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?);
            Some((day, day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(parse_day(text).map_err(|error| error.kind()), Err(Kind::BadDate), "{text}");
        }
    }

    #[test]
    fn a_period_is_its_first_and_last_day() {
        let days = |text| parse_period(text).map(|(first, last)| (format_day(first), format_day(last)));
        for (text, first, last) in [
            ("2019", "2019-01-01", "2019-12-31"),
            ("2019-Q4", "2019-10-01", "2019-12-31"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2019-W01", "2018-12-31", "2019-01-06"),
            ("2019-01-08", "2019-01-08", "2019-01-08"),
        ] {
            assert_eq!(days(text), Some((first.into(), last.into())), "{text}");
        }
        for text in ["", "20190", "2019-13", "2019-W60", "é019", "2019-Q5", "2019-02-30"] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_iso() {
        let day = day_of(2018, 12, 31).unwrap();
        let labels =
            [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year].map(|p| p.label(day));
        assert_eq!(labels, ["2018-12-31", "2019-W01", "2018-12", "2018-Q4", "2018"]);
    }
}
