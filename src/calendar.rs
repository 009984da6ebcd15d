//! Which day is meant, and which period contains it?
//!
//! Days are counted from 1970-01-01. Nothing here guesses: a string is either a date in ISO 8601
//! (or one of the unambiguous forms of [`parse_day`]), or it is not a date.

mod found;
mod pieces;
mod written;
mod zone;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

pub use found::{day_in_head, day_in_name};
pub use written::{DateForm, is_missing, parse_day};
pub use zone::Zone;

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
