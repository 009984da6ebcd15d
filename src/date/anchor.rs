//! Where on the calendar is what an expression means?
//!
//! The anchor is the date of the article; expressions such as `two days later` are anchored on the
//! date that the text named last. The clock of the machine is never read. An expression without an
//! anchor keeps its type, and the unknown part of its value is `X`.

use chrono::{Datelike, NaiveDate};

use super::holiday::Holiday;
use super::meaning::{Atom, From, Kind, Named};
use super::value::{
    Amount, Grain, Stamp, Type, Unit, date, days_after, months_after, part_code, season_code,
};

/// What the expressions of an article are anchored on.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchor {
    /// The date of the article.
    article: Option<NaiveDate>,
    /// The place on the calendar that the text named last.
    last: Option<Stamp>,
    /// The quarter or half year that the text reports on, and how many sentences ago it did.
    period: Option<Stamp>,
    age: u32,
    /// How many sentences ago the text named a date.
    last_age: u32,
    /// The day that the text named last, and how many sentences ago it did.
    day: Option<NaiveDate>,
    day_age: u32,
}

/// An expression with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) sort: Type,
    pub(super) value: String,
    pub(super) stamp: Option<Stamp>,
    /// The days of something that is not a period of the calendar.
    pub(super) days: Option<(i32, i32)>,
}

impl Placed {
    fn at(stamp: Stamp) -> Self {
        Self { sort: Type::Date, value: stamp.value(), stamp: Some(stamp), days: stamp.days() }
    }

    /// A day, which may be unknown.
    fn on(day: Option<NaiveDate>) -> Self {
        day.map_or_else(|| Self::word(Type::Date, "XXXX-XX-XX"), |day| Self::at(Stamp::day(day)))
    }

    fn word(sort: Type, value: impl Into<String>) -> Self {
        Self { sort, value: value.into(), stamp: None, days: None }
    }
}

/// `That night` is of a day that was named at most so many sentences ago.
const NEAR: u32 = 3;

impl Anchor {
    pub(super) fn of(article: Option<i32>) -> Self {
        Self { article: article.and_then(date), ..Self::default() }
    }

    /// A new sentence begins.
    pub(super) fn sentence(&mut self) {
        self.age = self.age.saturating_add(1);
        self.last_age = self.last_age.saturating_add(1);
        self.day_age = self.day_age.saturating_add(1);
    }

    /// The date that the text named last, or the article's.
    fn text(&self) -> Option<NaiveDate> {
        self.last.and_then(Stamp::first_day).or(self.article)
    }

    /// The date that the text named last and that `that quarter` or `that day` can mean.
    fn text_of(&self, unit: Unit) -> Option<NaiveDate> {
        match (unit, self.period, self.last) {
            (Unit::Quarter, Some(period), _) => period.first_day(),
            (Unit::Day, _, Some(last)) if !matches!(last.grain, Grain::Day(..)) => self.article,
            _ => self.text(),
        }
    }

    /// Places an expression. `tense` is -1 where the sentence speaks of the past, 1 where of the
    /// future; `year` is the year that the sentence named shortly before or after.
    pub(super) fn place(&mut self, atom: &Atom, tense: i32, year: Option<i32>) -> Placed {
        let mut placed = self.placed(&atom.kind, tense, year);
        if let Some(stamp) = placed.stamp {
            // An article without a date is anchored on the first full date in it.
            if self.article.is_none() && matches!(atom.kind, Kind::Day { year: Some(_), .. }) {
                self.article = stamp.first_day();
            }
            if atom.part.is_none() || matches!(stamp.grain, Grain::Day(..)) {
                self.last = Some(stamp);
                self.last_age = 0;
                if matches!(stamp.grain, Grain::Day(..)) {
                    (self.day, self.day_age) = (stamp.first_day(), 0);
                }
                let reported = matches!(
                    atom.kind,
                    Kind::Quarter { .. }
                        | Kind::QuarterEnded { .. }
                        | Kind::Half { .. }
                        | Kind::Latest
                        | Kind::Bare(Unit::Quarter)
                );
                if reported {
                    (self.period, self.age) = (Some(stamp), 0);
                }
            }
        }
        if let Some(clock) = atom.clock {
            let day = placed.value;
            let (hour, minute) = (clock.minutes / 60, clock.minutes % 60);
            let seconds = clock.seconds.map_or(String::new(), |seconds| format!(":{seconds:02}"));
            let zone = if clock.zone == Some(0) { "Z" } else { "" };
            placed.value = format!("{day}T{hour:02}:{minute:02}{seconds}{zone}");
            placed.sort = Type::Time;
        } else if let Some(part) = atom.part {
            placed.value = format!("{}T{}", placed.value, part_code(part));
            placed.sort = Type::Time;
        }
        placed
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of expression")]
    fn placed(&self, kind: &Kind, tense: i32, context: Option<i32>) -> Placed {
        let at = |year, grain| Placed::at(Stamp { year, grain });
        let unknown = |value: String| Placed::word(Type::Date, value);
        match *kind {
            Kind::Day { year, month, day } => {
                match year.or(context).or_else(|| self.year_of_day(month, day, tense)) {
                    Some(year) => at(year, Grain::Day(month, day)),
                    None => unknown(format!("XXXX-{month:02}-{day:02}")),
                }
            }
            Kind::Month { year, month } => {
                match year.or(context).or_else(|| self.year_of_month(month, tense)) {
                    Some(year) => at(year, Grain::Month(month)),
                    None => unknown(format!("XXXX-{month:02}")),
                }
            }
            Kind::Year(year) => at(year, Grain::Year),
            Kind::YearPeriod(year) => match self.period {
                Some(Stamp { grain: grain @ Grain::Quarter(_), .. }) if self.age <= 4 => at(year, grain),
                _ => at(year, Grain::Year),
            },
            Kind::Decade(year) => at(year, Grain::Decade),
            Kind::Century(year) => at(year, Grain::Century),
            Kind::Fiscal(year) => at(year, Grain::Fiscal),
            Kind::FiscalShift(shift) => match self.article {
                Some(day) => at(day.year() + shift, Grain::Fiscal),
                None => unknown("XXXX".to_owned()),
            },
            Kind::Quarter { year, shift, quarter, fiscal } => {
                let shifted = shift.and_then(|shift| Some(self.article?.year() + shift));
                match year.or(shifted).or(context).or_else(|| self.year_of_quarter(quarter, tense)) {
                    Some(year) if fiscal => at(year, Grain::FiscalQuarter(quarter)),
                    Some(year) => at(year, Grain::Quarter(quarter)),
                    None => unknown(format!("XXXX-Q{quarter}")),
                }
            }
            Kind::Half { year, shift, half } => {
                let shifted = || Some(self.article?.year() + shift.unwrap_or_default());
                match year.or(context).or_else(shifted) {
                    Some(year) => at(year, Grain::Half(half)),
                    None => unknown(format!("XXXX-H{half}")),
                }
            }
            Kind::Season { year, season } => {
                match year.or(context).or_else(|| self.year_of_season(season, tense)) {
                    Some(year) => at(year, Grain::Season(season)),
                    None => unknown(format!("XXXX-{}", season_code(i32::from(season)))),
                }
            }
            Kind::Holiday { year, holiday, side } => {
                let day = match year.or(context) {
                    Some(year) => holiday.day(year),
                    None => self.article.and_then(|day| match side {
                        Some(0) => holiday.day(day.year()),
                        Some(side) => holiday.near(day, side),
                        None => holiday_near(day, holiday, tense),
                    }),
                };
                Placed::on(day)
            }
            Kind::HolidayIn { holiday, shift } => {
                let day = self.article.and_then(|day| holiday.day(day.year() + shift));
                Placed::on(day)
            }
            Kind::DayIn { month, day, shift } => {
                let in_year = |now: NaiveDate| {
                    NaiveDate::from_ymd_opt(now.year() + shift, u32::from(month), u32::from(day))
                };
                self.article.and_then(in_year).map_or_else(
                    || unknown(format!("XXXX-{month:02}-{day:02}")),
                    |day| Placed::at(Stamp::day(day)),
                )
            }
            Kind::Weekday(weekday) => match self.article {
                Some(day) => Placed::at(Stamp::day(weekday_near(day, weekday, tense))),
                None => unknown(format!("XXXX-WXX-{weekday}")),
            },
            Kind::Shift(unit, count) => {
                // After a quarter, the `last year` of a comparison is that quarter of it.
                if let (Unit::Year, -1, -2) = (unit, count, tense)
                    && self.period.is_some()
                    && self.age <= 1
                {
                    return self.year_ago(1);
                }
                match self.article.and_then(|day| Stamp::shifted(day, unit, count)) {
                    Some(stamp) => Placed::at(stamp),
                    None if unit == Unit::Day && count == 0 => Placed::word(Type::Date, "PRESENT_REF"),
                    None => unknown(pattern(unit).to_owned()),
                }
            }
            Kind::WeekOf(month, day) => {
                let year = context.or_else(|| self.year_of_day(month, day, tense));
                let day =
                    year.and_then(|year| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)));
                day.map_or_else(
                    || unknown("XXXX-WXX".to_owned()),
                    |day| Placed::at(Stamp::containing(day, Unit::Week)),
                )
            }
            Kind::NthOf { nth, weekday, shift } => {
                let month = self.article.and_then(|day| Stamp::shifted(day, Unit::Month, shift));
                let day = month.and_then(|stamp| match stamp.grain {
                    Grain::Month(month) => Holiday::Nth { month, nth, weekday, after: 0 }.day(stamp.year),
                    _ => None,
                });
                Placed::on(day)
            }
            Kind::LastDay { year, month } => {
                let year = year.or(context).or_else(|| self.year_of_month(month, tense));
                let last = year.and_then(|year| Stamp { year, grain: Grain::Month(month) }.days());
                let last = last.and_then(|(_, last)| date(last));
                last.map_or_else(|| unknown(format!("XXXX-{month:02}-XX")), |day| Placed::at(Stamp::day(day)))
            }
            Kind::MonthDay { day, shift } => {
                let month = self.article.and_then(|now| Stamp::shifted(now, Unit::Month, shift));
                let day = month.and_then(|stamp| stamp.first_day()?.with_day(u32::from(day)));
                Placed::on(day)
            }
            Kind::WeekDate { weekday, day } => {
                let months = [0, 1, -1, 2, -2].map(i64::from);
                let found = self.article.and_then(|now| {
                    months.into_iter().find_map(|shift| {
                        let that = months_after(now.with_day(1)?, shift)?.with_day(u32::from(day))?;
                        (that.weekday().number_from_monday() == u32::from(weekday)).then_some(that)
                    })
                });
                found.map_or_else(|| unknown(format!("XXXX-XX-{day:02}")), |day| Placed::at(Stamp::day(day)))
            }
            Kind::Relative(named, sign, from) => self.relative(named, sign, from),
            Kind::RelativeDay { month, day, sign } => {
                let found = self.article.and_then(|now| {
                    let near =
                        |shift| NaiveDate::from_ymd_opt(now.year() + shift, u32::from(month), u32::from(day));
                    let years = if sign < 0 { [0, -1, -4] } else { [0, 1, 4] };
                    years.into_iter().filter_map(near).find(|day| match sign {
                        -1 => *day < now,
                        1 => *day > now,
                        _ => true,
                    })
                });
                found.map_or_else(
                    || unknown(format!("XXXX-{month:02}-{day:02}")),
                    |day| Placed::at(Stamp::day(day)),
                )
            }
            Kind::QuarterEnded { year, month, day } => {
                // It is called after the quarter that contains its middle.
                let year = year.or(context).or_else(|| self.year_of_day(month, day, -2));
                let end =
                    year.and_then(|year| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)));
                let middle = end.and_then(|end| days_after(end, -45));
                middle.map_or_else(
                    || unknown("XXXX-QX".to_owned()),
                    |day| Placed::at(Stamp::containing(day, Unit::Quarter)),
                )
            }
            Kind::Within(named, shift) => self.within(named, shift),
            Kind::WeeksFrom { weekday, weeks } => {
                let day = self.article.and_then(|day| days_after(weekday_near(day, weekday, 1), 7 * weeks));
                Placed::on(day)
            }
            Kind::That(named) => match (named, self.text()) {
                (Named::Month(month), Some(day)) => at(day.year(), Grain::Month(month)),
                (Named::Season(season), Some(day)) => at(day.year(), Grain::Season(season)),
                (Named::Weekday(weekday), Some(day)) => {
                    Placed::at(Stamp::day(weekday_near(day, weekday, tense)))
                }
                (_, None) => unknown("XXXX-XX-XX".to_owned()),
            },
            Kind::Offset { amount, unit, sign, from } => self.offset(amount, unit, sign, from),
            Kind::Same(unit, count) => match self
                .day
                .filter(|_| unit == Unit::Day && count == 0 && self.day_age <= NEAR)
                .or_else(|| self.text_of(unit))
            {
                Some(day) => Stamp::shifted(day, unit, count)
                    .map_or_else(|| unknown(pattern(unit).to_owned()), Placed::at),
                None => unknown(pattern(unit).to_owned()),
            },
            Kind::YearAgo(named) => self.same_period(named),
            Kind::Latest => {
                let before = self.article.and_then(|day| Stamp::shifted(day, Unit::Quarter, -1));
                let quarter = self.period.filter(|last| {
                    let ended = before.is_none_or(|before| last.first_day() <= before.first_day());
                    matches!(last.grain, Grain::Quarter(_)) && ended
                });
                quarter.or(before).map_or_else(|| unknown("XXXX-QX".to_owned()), Placed::at)
            }
            Kind::Bare(unit) => {
                let last = self
                    .period
                    .filter(|last| unit == Unit::Quarter && matches!(last.grain, Grain::Quarter(_)));
                let present = || {
                    let day = self.article?;
                    // On a Monday `the weekend` is over; later in the week it is to come.
                    let over = unit == Unit::Weekend
                        && (tense < 0 || day.weekday().number_from_monday() <= 2)
                        && day.weekday().number_from_monday() < 6
                        && tense <= 0;
                    let over = over || unit == Unit::Quarter && tense <= 0;
                    Stamp::shifted(day, unit, if over { -1 } else { 0 })
                };
                // After the last quarter of 2005 `the whole year` is 2005.
                let year = self.last.filter(|last| {
                    unit == Unit::Year
                        && self.last_age == 0
                        && matches!(last.grain, Grain::Quarter(_) | Grain::Half(_))
                });
                let last = last.or(year.map(|last| Stamp::year(last.year)));
                last.or_else(present).map_or_else(|| unknown(pattern(unit).to_owned()), Placed::at)
            }
            Kind::YearEnd => match self.article {
                // `Since year-end` looks back on the last one.
                Some(day) => at(day.year() - i32::from(tense == -2), Grain::Day(12, 31)),
                None => unknown("XXXX-12-31".to_owned()),
            },
            Kind::Past => Placed::word(Type::Date, "PAST_REF"),
            Kind::Present => Placed::word(Type::Date, "PRESENT_REF"),
            Kind::Future => Placed::word(Type::Date, "FUTURE_REF"),
            Kind::Duration { ref value, reach } => {
                let mut placed = Placed::word(Type::Duration, value.clone());
                placed.days = reach.and_then(|(sign, amount, unit)| self.reach(sign, amount, unit));
                placed
            }
            Kind::Set(ref value) => Placed::word(Type::Set, value.clone()),
            Kind::Clock => match self.article {
                Some(day) => {
                    let day = match self.last {
                        Some(last) if self.last_age == 0 => {
                            last.first_day().filter(|_| matches!(last.grain, Grain::Day(..))).unwrap_or(day)
                        }
                        _ => day,
                    };
                    Placed::at(Stamp::day(day))
                }
                None => unknown("XXXX-XX-XX".to_owned()),
            },
            Kind::PartOf(shift) => {
                let from = if shift > 0 { self.text() } else { self.article };
                match from.and_then(|day| Stamp::shifted(day, Unit::Day, shift)) {
                    Some(stamp) => Placed::at(stamp),
                    None => unknown("XXXX-XX-XX".to_owned()),
                }
            }
            Kind::DayOfMonth(number) => {
                let found = self.article.and_then(|now| {
                    let months: &[i64] = match tense {
                        0 => &[0],
                        ..0 => &[0, -1, -2],
                        _ => &[0, 1, 2],
                    };
                    let fits = |day: &NaiveDate| match tense {
                        0 => true,
                        ..0 => *day <= now,
                        _ => *day >= now,
                    };
                    let day = |&shift: &i64| {
                        months_after(now.with_day(1)?, shift)?.with_day(u32::from(number)).filter(fits)
                    };
                    months.iter().find_map(day)
                });
                found.map_or_else(
                    || unknown(format!("XXXX-XX-{number:02}")),
                    |day| Placed::at(Stamp::day(day)),
                )
            }
            // Late in a year it is the next one.
            Kind::NewYear => match self.article {
                Some(day) => at(day.year() + i32::from(day.month() >= 10), Grain::Year),
                None => unknown("XXXX".to_owned()),
            },
            Kind::Nth | Kind::Skip => unknown("XXXX-XX-XX".to_owned()),
        }
    }

    /// The days that a duration covers which reaches back or forward from the article.
    fn reach(&self, sign: i32, amount: Amount, unit: Unit) -> Option<(i32, i32)> {
        let day = self.article?;
        let count = i64::from(amount.whole()?) * i64::from(sign);
        let other = moved(day, unit, count)?;
        let number = |day| Stamp::day(day).days().map(|(day, _)| day);
        let (first, last) = if sign < 0 { (other, day) } else { (day, other) };
        Some((number(first)?, number(last)?))
    }

    fn offset(&self, amount: Amount, unit: Unit, sign: i32, from: From) -> Placed {
        let start = match from {
            From::Article => self.article,
            // `A day earlier` looks back from what was just named.
            From::Text if unit == Unit::Day && sign < 0 && self.last_age > 1 => self.article,
            From::Text => self.text(),
        };
        let unknown = || Placed::word(Type::Date, pattern(unit));
        let Some(start) = start else { return unknown() };
        if unit == Unit::Year && amount == Amount::ONE && sign < 0 {
            // `In 1999, and a year earlier`: of the year that the sentence named.
            let named = self.last.filter(|_| from == From::Text && self.last_age == 0);
            return match named {
                Some(Stamp { year, grain: grain @ (Grain::Month(_) | Grain::Year | Grain::Season(_)) }) => {
                    Placed::at(Stamp { year: year - 1, grain })
                }
                _ => self.year_ago(1),
            };
        }
        // Half a year is six months, and half an hour is today.
        let (amount, unit) = match (amount, unit) {
            (Amount::Hundredths(count), Unit::Year) if count % 100 != 0 => {
                (Amount::Hundredths(count * 12), Unit::Month)
            }
            (Amount::Hundredths(count), Unit::Week) if count % 100 != 0 => {
                (Amount::Hundredths(count * 7), Unit::Day)
            }
            other => other,
        };
        let Amount::Hundredths(count) = amount else { return unknown() };
        if unit.is_clock() {
            let hours = match unit {
                Unit::Hour => count / 100,
                _ => 0,
            };
            let days = i32::try_from(hours / 24).unwrap_or(i32::MAX);
            return Stamp::shifted(start, Unit::Day, days.saturating_mul(sign))
                .map_or_else(unknown, Placed::at);
        }
        let Ok(count) = i32::try_from(count / 100) else { return unknown() };
        let placed = Stamp::shifted(start, unit, count.saturating_mul(sign));
        placed.map_or_else(unknown, Placed::at)
    }

    /// The period a year before: of the quarter that the text speaks of, or of the article.
    fn year_ago(&self, years: i32) -> Placed {
        let unknown = || Placed::word(Type::Date, "XXXX");
        match (self.period, self.article) {
            (Some(Stamp { year, grain: grain @ (Grain::Quarter(_) | Grain::Half(_)) }), _)
                if self.age <= 2 =>
            {
                Placed::at(Stamp { year: year - years, grain })
            }
            (_, Some(day)) => Placed::at(Stamp::year(day.year() - years)),
            _ => unknown(),
        }
    }

    /// The period of the year before that a text compares with: the same month after a month, and
    /// the year before the one that the sentence named.
    fn same_period(&self, named: bool) -> Placed {
        match self.last {
            Some(Stamp { year, grain: grain @ (Grain::Month(_) | Grain::Year) })
                if self.last_age == 0
                    && (grain != Grain::Year || named)
                    && self.period.is_none_or(|_| self.age > 0) =>
            {
                Placed::at(Stamp { year: year - 1, grain })
            }
            _ => self.year_ago(1),
        }
    }

    fn relative(&self, named: Named, sign: i32, from: From) -> Placed {
        let start = match from {
            From::Article => self.article,
            From::Text => self.text_of(Unit::Day),
        };
        let Some(day) = start else {
            return Placed::word(
                Type::Date,
                match named {
                    Named::Month(month) => format!("XXXX-{month:02}"),
                    Named::Weekday(weekday) => format!("XXXX-WXX-{weekday}"),
                    Named::Season(season) => format!("XXXX-{}", season_code(i32::from(season))),
                },
            );
        };
        match named {
            Named::Month(month) => {
                let now = day.month() as u8;
                let year = match sign {
                    -1 if month >= now => day.year() - 1,
                    1 if month <= now => day.year() + 1,
                    _ => day.year(),
                };
                Placed::at(Stamp { year, grain: Grain::Month(month) })
            }
            Named::Weekday(weekday) => {
                let now = i64::from(day.weekday().number_from_monday());
                let ahead = (i64::from(weekday) - now).rem_euclid(7);
                let shift = match sign {
                    -1 => {
                        if ahead == 0 {
                            -7
                        } else {
                            ahead - 7
                        }
                    }
                    0 => ahead,
                    _ => {
                        if ahead == 0 {
                            7
                        } else {
                            ahead
                        }
                    }
                };
                Placed::on(days_after(day, shift))
            }
            Named::Season(season) => {
                let (year, present) = season_of(day);
                let year = match sign {
                    -1 if season >= present => year - 1,
                    1 if season <= present => year + 1,
                    0 => day.year(),
                    _ => year,
                };
                Placed::at(Stamp { year, grain: Grain::Season(season) })
            }
        }
    }

    fn within(&self, named: Named, shift: i32) -> Placed {
        let Some(day) = self.article else { return self.relative(named, shift, From::Article) };
        match named {
            Named::Month(month) => Placed::at(Stamp { year: day.year() + shift, grain: Grain::Month(month) }),
            Named::Season(season) => {
                Placed::at(Stamp { year: day.year() + shift, grain: Grain::Season(season) })
            }
            Named::Weekday(weekday) => {
                let now = i64::from(day.weekday().number_from_monday());
                let days = i64::from(shift) * 7 + i64::from(weekday) - now;
                Placed::on(days_after(day, days))
            }
        }
    }

    /// The year of a day without one: the nearest, unless the tense says otherwise.
    fn year_of_day(&self, month: u8, day: u8, tense: i32) -> Option<i32> {
        let now = self.article?;
        let candidate = |year| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day));
        let mut best: Option<(i64, i32)> = None;
        for year in now.year() - 1..=now.year() + 1 {
            let Some(that) = candidate(year) else { continue };
            let distance = that.signed_duration_since(now).num_days();
            // What the sentence says in the past tense is rarely months ahead, and the reverse.
            let wrong = tense < 0 && distance > 60 || tense > 0 && distance < -30;
            let sure = tense != -1;
            let cost = distance.abs()
                + if wrong && sure {
                    350
                } else if wrong {
                    120
                } else {
                    0
                };
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, year));
            }
        }
        best.map(|(_, year)| year).or(Some(now.year()))
    }

    fn year_of_month(&self, month: u8, tense: i32) -> Option<i32> {
        let now = self.article?;
        let ahead = (i32::from(month) - now.month() as i32).rem_euclid(12);
        // A month that comes soon is not the one of the year before: that is `last March`.
        let near = match tense {
            ..-1 => 0,
            -1 => 2,
            _ => 5,
        };
        // What is to happen many months ahead has a year, or `next`.
        let next = ahead <= near || tense == 1 && ahead <= 9 || tense > 1 && ahead < 11;
        let year = if i32::from(month) < now.month() as i32 { now.year() + 1 } else { now.year() };
        Some(if next { year } else { year - 1 })
    }

    fn year_of_quarter(&self, quarter: u8, tense: i32) -> Option<i32> {
        let now = self.article?;
        let present = now.month0() as u8 / 3 + 1;
        Some(match tense {
            // Firms report on the quarter before.
            1 if quarter + 1 == present => now.year(),
            1 if (quarter, present) == (4, 1) => now.year() - 1,
            1 if quarter < present => now.year() + 1,
            1 => now.year(),
            _ if quarter > present => now.year() - 1,
            _ => now.year(),
        })
    }

    fn year_of_season(&self, season: u8, tense: i32) -> Option<i32> {
        let now = self.article?;
        let (year, present) = season_of(now);
        Some(match tense {
            1 if season < present => year + 1,
            1 => year,
            _ if season > present => year - 1,
            _ => year,
        })
    }
}

/// The day a number of units from another one.
fn moved(day: NaiveDate, unit: Unit, count: i64) -> Option<NaiveDate> {
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => days_after(day, count / 24),
        Unit::Day => days_after(day, count),
        Unit::Weekend | Unit::Week => days_after(day, count * 7),
        Unit::Fortnight => days_after(day, count * 14),
        Unit::Month => months_after(day, count),
        Unit::Quarter => months_after(day, count * 3),
        Unit::Year => months_after(day, count * 12),
        Unit::Decade => months_after(day, count * 120),
        Unit::Century => months_after(day, count * 1200),
        Unit::Millennium => months_after(day, count * 12_000),
    }
}

/// The day of a weekday next to another day: that day itself, the last one before it, or the next
/// one where the sentence speaks of the future.
fn weekday_near(day: NaiveDate, weekday: u8, tense: i32) -> NaiveDate {
    let ahead = (i64::from(weekday) - i64::from(day.weekday().number_from_monday())).rem_euclid(7);
    let shift = if ahead == 0 || tense > 0 { ahead } else { ahead - 7 };
    days_after(day, shift).unwrap_or(day)
}

/// The day of a holiday that is nearest to another day, or the one on that side of it of which the
/// sentence speaks.
fn holiday_near(day: NaiveDate, holiday: Holiday, tense: i32) -> Option<NaiveDate> {
    /// A verb some words away may belong to something else.
    const SOON: i64 = 60;
    /// So may one next to it.
    const DAYS: i64 = 7;
    let near = holiday.near(day, 0)?;
    let ahead = near.signed_duration_since(day).num_days();
    let other = match tense {
        ..-1 if ahead > DAYS => holiday.near(day, -1),
        -1 if ahead > SOON => holiday.near(day, -1),
        1.. if ahead < 0 => holiday.near(day, 1),
        _ => None,
    };
    other.or(Some(near))
}

/// The year and number of the season of a day; a winter has the year in which it began.
fn season_of(day: NaiveDate) -> (i32, u8) {
    match day.month() {
        month @ 3.. => (day.year(), (month / 3) as u8),
        _ => (day.year() - 1, 4),
    }
}

/// The value of a period of a unit of which nothing is known.
fn pattern(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        Unit::Millennium => "X",
        _ => "XXXX-XX-XX",
    }
}
