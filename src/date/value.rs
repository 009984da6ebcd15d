//! What is the value of a time expression, and which days does it cover?
//!
//! Values are those of TIMEX3. A place on the calendar is as coarse as the text says: a year stays
//! a year. Invariant: the first day of an interval is never after the last.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::calendar::{day_of, has_date};

/// The type of a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Date,
    Time,
    Duration,
    Set,
}

impl Type {
    pub(crate) const ALL: [&'static str; 4] = ["DATE", "TIME", "DURATION", "SET"];
}

/// How an expression modifies its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mod {
    Start,
    Mid,
    End,
    Approx,
    More,
    Less,
    EqualOrMore,
    EqualOrLess,
}

impl Mod {
    const ALL: [(&'static str, Self); 8] = [
        ("START", Self::Start),
        ("MID", Self::Mid),
        ("END", Self::End),
        ("APPROX", Self::Approx),
        ("MORE_THAN", Self::More),
        ("LESS_THAN", Self::Less),
        ("EQUAL_OR_MORE", Self::EqualOrMore),
        ("EQUAL_OR_LESS", Self::EqualOrLess),
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, how)| how)
    }

    pub(crate) const fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Whether it picks a part of a period, and so can precede only a place on the calendar.
    pub(super) const fn is_part(self) -> bool {
        matches!(self, Self::Start | Self::Mid | Self::End)
    }
}

/// A unit of time. The numbers are those of the word lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second = 1,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    Fortnight,
}

impl Unit {
    const ALL: [Self; 13] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Weekend,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
        Self::Fortnight,
    ];

    pub(super) fn numbered(number: u8) -> Self {
        Self::ALL.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or(Self::Day)
    }

    /// The letter of ISO 8601, and how many of it the unit has.
    const fn letter(self) -> (char, i64) {
        match self {
            Self::Second => ('S', 1),
            Self::Minute | Self::Month => ('M', 1),
            Self::Hour => ('H', 1),
            Self::Day => ('D', 1),
            Self::Weekend | Self::Week => ('W', 1),
            Self::Fortnight => ('W', 2),
            Self::Quarter => ('Q', 1),
            Self::Year => ('Y', 1),
            Self::Decade => ('Y', 10),
            Self::Century => ('Y', 100),
            Self::Millennium => ('Y', 1000),
        }
    }

    pub(super) const fn is_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// How many of a unit: hundredths, or nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Hundredths(i64),
    Some,
}

impl Amount {
    pub(super) const ONE: Self = Self::Hundredths(100);

    /// The whole number, if it is one of a size that a calendar has.
    pub(super) fn whole(self) -> Option<i32> {
        match self {
            Self::Hundredths(count) if count % 100 == 0 => i32::try_from(count / 100).ok(),
            _ => None,
        }
    }
}

/// The value of a duration: `P3M`, `PT1H30M`, `PXY`.
pub(super) fn duration(parts: &[(Amount, Unit)]) -> String {
    let (mut days, mut clock) = (String::new(), String::new());
    let mut write = |count: String, letter: char, is_clock: bool| {
        let place = if is_clock { &mut clock } else { &mut days };
        place.push_str(&count);
        place.push(letter);
    };
    for &(amount, unit) in parts {
        let (letter, times) = unit.letter();
        match amount {
            Amount::Some => {
                let letter = match unit {
                    Unit::Decade => 'E',
                    Unit::Century => 'C',
                    _ => letter,
                };
                write("X".to_owned(), letter, unit.is_clock());
            }
            Amount::Hundredths(count) => {
                let count = count.saturating_mul(times);
                let (whole, rest) = (count / 100, count % 100);
                // What is left over is a whole number of the next smaller unit, if there is one.
                let smaller = match unit {
                    Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => Some(('M', 12)),
                    Unit::Hour => Some(('M', 60)),
                    Unit::Minute => Some(('S', 60)),
                    _ => None,
                };
                match smaller {
                    Some((smaller, size)) if rest != 0 && rest * size % 100 == 0 => {
                        if whole > 0 {
                            write(whole.to_string(), letter, unit.is_clock());
                        }
                        write((rest * size / 100).to_string(), smaller, unit.is_clock());
                    }
                    _ if rest == 0 => write(whole.to_string(), letter, unit.is_clock()),
                    _ => {
                        let number = format!("{whole}.{rest:02}");
                        write(number.trim_end_matches('0').to_owned(), letter, unit.is_clock());
                    }
                }
            }
        }
    }
    if clock.is_empty() { format!("P{days}") } else { format!("P{days}T{clock}") }
}

/// How coarse a place on the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Millennium,
    Century,
    Decade,
    Year,
    /// A fiscal year, of which nobody says when it begins.
    Fiscal,
    Half(u8),
    Quarter(u8),
    /// A quarter of a fiscal year.
    FiscalQuarter(u8),
    /// Spring, summer, autumn, winter.
    Season(u8),
    Month(u8),
    Week(u8),
    Weekend(u8),
    Day(u8, u8),
}

/// A place on the calendar. Years are counted as astronomers do: the year before 1 is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) year: i32,
    pub(super) grain: Grain,
}

impl Stamp {
    pub(super) fn year(year: i32) -> Self {
        Self { year, grain: Grain::Year }
    }

    pub(super) fn day(day: NaiveDate) -> Self {
        Self { year: day.year(), grain: Grain::Day(day.month() as u8, day.day() as u8) }
    }

    /// The period of a unit that contains a day.
    pub(super) fn containing(day: NaiveDate, unit: Unit) -> Self {
        let year = day.year();
        let week = day.iso_week();
        let grain = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => return Self::day(day),
            Unit::Week | Unit::Fortnight => {
                return Self { year: week.year(), grain: Grain::Week(week.week() as u8) };
            }
            Unit::Weekend => return Self { year: week.year(), grain: Grain::Weekend(week.week() as u8) },
            Unit::Month => Grain::Month(day.month() as u8),
            Unit::Quarter => Grain::Quarter(day.month0() as u8 / 3 + 1),
            Unit::Year => Grain::Year,
            Unit::Decade => Grain::Decade,
            Unit::Century => Grain::Century,
            Unit::Millennium => Grain::Millennium,
        };
        Self { year, grain }
    }

    /// The period a number of units after the one that contains a day.
    pub(super) fn shifted(day: NaiveDate, unit: Unit, count: i32) -> Option<Self> {
        let moved = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => day,
            Unit::Day => days_after(day, i64::from(count))?,
            Unit::Week | Unit::Weekend => days_after(day, i64::from(count) * 7)?,
            Unit::Fortnight => days_after(day, i64::from(count) * 14)?,
            Unit::Month => months_after(day, i64::from(count))?,
            Unit::Quarter => months_after(day, i64::from(count) * 3)?,
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
                let year = i64::from(day.year()) + i64::from(count) * unit.letter().1;
                // A span that leads beyond the calendar still leads to a year.
                let year = i32::try_from(year).ok().filter(|year| (-999_999..=999_999).contains(year))?;
                return Some(Self { year, grain: Self::containing(day, unit).grain });
            }
        };
        Some(Self::containing(moved, unit))
    }

    /// The value as TIMEX3 writes it.
    pub(super) fn value(self) -> String {
        let year = self.year;
        if year <= 0 && !matches!(self.grain, Grain::Day(..) | Grain::Month(_)) {
            let before = 1 - i64::from(year);
            return match self.grain {
                Grain::Century => format!("BC{:02}", (before - 1) / 100),
                Grain::Decade => format!("BC{:03}", before / 10),
                _ => format!("BC{before:04}"),
            };
        }
        match self.grain {
            Grain::Millennium => format!("{}", year.div_euclid(1000)),
            Grain::Century => format!("{:02}", year.div_euclid(100)),
            Grain::Decade => format!("{:03}", year.div_euclid(10)),
            Grain::Year | Grain::Fiscal => format!("{year:04}"),
            Grain::Half(half) => format!("{year:04}-H{half}"),
            Grain::Quarter(quarter) | Grain::FiscalQuarter(quarter) => format!("{year:04}-Q{quarter}"),
            Grain::Season(season) => format!("{year:04}-{}", SEASONS[usize::from(season.clamp(1, 4)) - 1]),
            Grain::Month(month) => format!("{year:04}-{month:02}"),
            Grain::Week(week) => format!("{year:04}-W{week:02}"),
            Grain::Weekend(week) => format!("{year:04}-W{week:02}-WE"),
            Grain::Day(month, day) => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// The first and last of its days, counted from 1970-01-01; `None` if the calendar of dates
    /// does not reach so far, and for fiscal years.
    pub(super) fn days(self) -> Option<(i32, i32)> {
        let year = self.year;
        let years =
            |first: i32, count: i32| Some((day_of(first.max(1), 1, 1)?, day_of(first + count - 1, 12, 31)?));
        let months = |first: u8, count: u8| {
            let last = NaiveDate::from_ymd_opt(year, u32::from(first), 1)?;
            let last = months_after(last, i64::from(count))?.pred_opt()?;
            Some((day_of(year, u32::from(first), 1)?, day_of(last.year(), last.month(), last.day())?))
        };
        let days = |first: NaiveDate, count: u64| {
            let last = first.checked_add_days(Days::new(count))?;
            Some((number_of(first)?, number_of(last)?))
        };
        match self.grain {
            Grain::Millennium => years(year.div_euclid(1000) * 1000, 1000),
            Grain::Century => years(year.div_euclid(100) * 100, 100),
            Grain::Decade => years(year.div_euclid(10) * 10, 10),
            Grain::Year => years(year, 1),
            Grain::Fiscal | Grain::FiscalQuarter(_) => None,
            Grain::Half(half) => months(if half == 1 { 1 } else { 7 }, 6),
            Grain::Quarter(quarter) => months(quarter.clamp(1, 4) * 3 - 2, 3),
            // The months of the weather: a winter begins in December of its year.
            Grain::Season(season) => months(season.clamp(1, 4) * 3, 3),
            Grain::Month(month) => months(month, 1),
            Grain::Week(week) => days(NaiveDate::from_isoywd_opt(year, u32::from(week), Weekday::Mon)?, 6),
            Grain::Weekend(week) => days(NaiveDate::from_isoywd_opt(year, u32::from(week), Weekday::Sat)?, 1),
            Grain::Day(month, day) => {
                let day = day_of(year, u32::from(month), u32::from(day))?;
                Some((day, day))
            }
        }
    }

    /// Its first day, also beyond the years that have dates.
    pub(super) fn first_day(self) -> Option<NaiveDate> {
        match self.grain {
            Grain::Day(month, day) => NaiveDate::from_ymd_opt(self.year, u32::from(month), u32::from(day)),
            Grain::Fiscal => NaiveDate::from_ymd_opt(self.year, 1, 1),
            _ => self.days().and_then(|(first, _)| date(first)),
        }
    }
}

const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// The code of a season, counted from 1 for spring.
pub(super) fn season_code(season: i32) -> &'static str {
    SEASONS[(season.clamp(1, 4) - 1) as usize]
}

/// The code of a part of a day, counted from 1 for the morning.
pub(super) fn part_code(part: u8) -> &'static str {
    ["MO", "MI", "AF", "EV", "NI", "DT"][usize::from(part.clamp(1, 6)) - 1]
}

fn number_of(date: NaiveDate) -> Option<i32> {
    day_of(date.year(), date.month(), date.day())
}

/// The date of a day number.
pub(super) fn date(day: i32) -> Option<NaiveDate> {
    if !has_date(day) {
        return None;
    }
    NaiveDate::from_num_days_from_ce_opt(day.checked_add(719_163)?)
}

pub(super) fn days_after(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let days = Days::new(count.unsigned_abs());
    if count < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

pub(super) fn months_after(day: NaiveDate, count: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_in_the_units_of_the_text() {
        let whole = |count: i64| Amount::Hundredths(count * 100);
        for (parts, expected) in [
            (vec![(whole(3), Unit::Month)], "P3M"),
            (vec![(whole(3), Unit::Quarter)], "P3Q"),
            (vec![(whole(2), Unit::Decade)], "P20Y"),
            (vec![(Amount::Hundredths(250), Unit::Year)], "P2Y6M"),
            (vec![(Amount::Hundredths(150), Unit::Hour)], "PT1H30M"),
            (vec![(Amount::Hundredths(50), Unit::Hour)], "PT30M"),
            (vec![(Amount::Hundredths(250), Unit::Day)], "P2.5D"),
            (vec![(whole(1), Unit::Hour), (whole(5), Unit::Minute)], "PT1H5M"),
            (vec![(Amount::Some, Unit::Decade)], "PXE"),
        ] {
            assert_eq!(duration(&parts), expected);
        }
    }

    #[test]
    fn a_place_on_the_calendar_covers_its_days() {
        let days = |year, grain| {
            let (first, last) = Stamp { year, grain }.days().unwrap();
            format!("{} {}", date(first).unwrap(), date(last).unwrap())
        };
        assert_eq!(days(2020, Grain::Month(2)), "2020-02-01 2020-02-29");
        assert_eq!(days(2019, Grain::Week(1)), "2018-12-31 2019-01-06");
        assert_eq!(days(2019, Grain::Weekend(1)), "2019-01-05 2019-01-06");
        assert_eq!(days(2019, Grain::Season(4)), "2019-12-01 2020-02-29");
        assert_eq!(days(1995, Grain::Decade), "1990-01-01 1999-12-31");
        assert_eq!(days(2019, Grain::Quarter(4)), "2019-10-01 2019-12-31");
    }
}
