//! On which day of a year is a holiday?

use chrono::{Datelike, NaiveDate, Weekday};

use super::value::days_after;

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    /// A month and a day.
    Fixed(u8, u8),
    /// The nth such weekday of a month, or the last one if `nth` is 5; and days after it.
    Nth { month: u8, nth: u8, weekday: u8, after: i8 },
    /// Days after Easter Sunday in the Gregorian calendar.
    Easter(i16),
    /// A line of the table, from 0.
    Listed(u8),
}

/// Holidays of other calendars, by name.
const LISTED: &str = include_str!("../data/holidays.txt");

/// The first year of the table.
const FIRST_YEAR: i32 = 1980;

/// The lines of the table: a name, and a day for each year.
fn lines() -> impl Iterator<Item = &'static str> {
    LISTED.lines().filter(|line| !line.starts_with('#'))
}

impl Holiday {
    /// Reads `12-25`, `11-4-4+1` (the day after the fourth Thursday of November), `easter-2` or the
    /// name of a line of the table.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("easter") {
            return days.parse().ok().map(Self::Easter);
        }
        if let Some(line) = lines().position(|line| line.split(' ').next() == Some(text)) {
            return Some(Self::Listed(line as u8));
        }
        let (text, after) = text.split_once('+').unwrap_or((text, "0"));
        let numbers: Vec<u8> = text.split('-').filter_map(|number| number.parse().ok()).collect();
        match numbers[..] {
            [month, day] => Some(Self::Fixed(month, day)),
            [month, nth, weekday] => Some(Self::Nth { month, nth, weekday, after: after.parse().ok()? }),
            _ => None,
        }
    }

    /// Its day in a year.
    pub(super) fn day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)),
            Self::Nth { month, nth, weekday, after } => {
                let weekday = Weekday::try_from(weekday.wrapping_sub(1)).ok()?;
                let nth_one =
                    |nth| NaiveDate::from_weekday_of_month_opt(year, u32::from(month), weekday, nth);
                let day = nth_one(nth).or_else(|| nth_one(4))?;
                days_after(day, i64::from(after))
            }
            Self::Easter(days) => days_after(easter(year)?, i64::from(days)),
            Self::Listed(line) => {
                let column = usize::try_from(year - FIRST_YEAR).ok()?;
                let day: u32 = lines().nth(usize::from(line))?.split(' ').nth(column + 1)?.parse().ok()?;
                NaiveDate::from_ymd_opt(year, day / 100, day % 100)
            }
        }
    }

    /// The day nearest to another one, or the nearest one on one side of it.
    pub(super) fn near(self, day: NaiveDate, side: i32) -> Option<NaiveDate> {
        let near = (-1..=1).filter_map(|shift| self.day(day.year() + shift));
        let distance = |other: &NaiveDate| other.signed_duration_since(day).num_days();
        near.filter(|other| distance(other) * i64::from(side) >= 0).min_by_key(|other| distance(other).abs())
    }
}

/// Easter Sunday, by the rule of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    if year < 1583 {
        return None;
    }
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let leap = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - leap + 15) % 30;
    let week = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * week) / 451;
    let day = moon + week - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, (day / 31) as u32, (day % 31 + 1) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holiday_is_on_the_day_that_its_rule_gives() {
        for (rule, year, expected) in [
            ("12-25", 2019, "2019-12-25"),
            ("11-4-4", 2019, "2019-11-28"),
            ("11-4-4+1", 2019, "2019-11-29"),
            ("05-5-1", 2019, "2019-05-27"),
            ("05-5-1", 2021, "2021-05-31"),
            ("easter+0", 2019, "2019-04-21"),
            ("easter-2", 2024, "2024-03-29"),
            ("lunar", 2019, "2019-02-05"),
            ("ramadan", 2024, "2024-03-11"),
        ] {
            let day = Holiday::read(rule).and_then(|holiday| holiday.day(year));
            assert_eq!(day.map(|day| day.to_string()).as_deref(), Some(expected), "{rule} {year}");
        }
        assert_eq!(Holiday::read("lunar").and_then(|holiday| holiday.day(1900)), None);
    }
}
