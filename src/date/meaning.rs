//! What does a match of a rule mean, before the article says on which day?

use super::grammar::{Action, Class};
use super::holiday::Holiday;
use super::role::Role;
use super::rules::Match;
use super::sentence::Item;
use super::value::{Amount, Mod, Unit, duration, part_code, season_code};

/// A period that has a name and comes again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Month(u8),
    Weekday(u8),
    Season(u8),
}

/// What an offset is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The date of the article.
    Article,
    /// The date that the text named last.
    Text,
}

/// The meaning of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Day {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    Month {
        year: Option<i32>,
        month: u8,
    },
    Year(i32),
    /// `the 1988 period`: the part of that year that the text reports on.
    YearPeriod(i32),
    Decade(i32),
    Century(i32),
    Fiscal(i32),
    /// A fiscal year by its distance from the present one.
    FiscalShift(i32),
    Quarter {
        year: Option<i32>,
        shift: Option<i32>,
        quarter: u8,
        fiscal: bool,
    },
    Half {
        year: Option<i32>,
        shift: Option<i32>,
        half: u8,
    },
    Season {
        year: Option<i32>,
        season: u8,
    },
    Holiday {
        year: Option<i32>,
        holiday: Holiday,
        side: Option<i32>,
    },
    /// `Christmas last year`.
    HolidayIn {
        holiday: Holiday,
        shift: i32,
    },
    /// `June 12 last year`.
    DayIn {
        month: u8,
        day: u8,
        shift: i32,
    },
    Weekday(u8),
    /// The period of a unit that is so many away from the present one.
    Shift(Unit, i32),
    /// The week of a day without a year.
    WeekOf(u8, u8),
    /// `the first Monday of next month`; the fifth is the last.
    NthOf {
        nth: u8,
        weekday: u8,
        shift: i32,
    },
    /// The last day of a month.
    LastDay {
        year: Option<i32>,
        month: u8,
    },
    /// `the 20th of next month`.
    MonthDay {
        day: u8,
        shift: i32,
    },
    /// `Tuesday the 19th`.
    WeekDate {
        weekday: u8,
        day: u8,
    },
    /// `last May`, `next Tuesday`, `the following Tuesday`.
    Relative(Named, i32, From),
    /// `last Oct. 23`.
    RelativeDay {
        month: u8,
        day: u8,
        sign: i32,
    },
    /// `the quarter ended July 31`.
    QuarterEnded {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    /// `May of last year`, `Tuesday of next week`.
    Within(Named, i32),
    /// `two weeks from Tuesday`.
    WeeksFrom {
        weekday: u8,
        weeks: i64,
    },
    /// `that May`.
    That(Named),
    /// A number of units before (negative) or after.
    Offset {
        amount: Amount,
        unit: Unit,
        sign: i32,
        from: From,
    },
    /// `that year`, `the following week`: a number of units from the date that the text named last.
    Same(Unit, i32),
    /// `the year-ago period`; and whether it is the year before the one that the sentence named.
    YearAgo(bool),
    /// `the latest quarter`.
    Latest,
    /// `the month`, `the quarter`.
    Bare(Unit),
    /// The last day of the year.
    YearEnd,
    Past,
    Present,
    Future,
    /// A duration; and the direction in which it reaches from the present, with its amount.
    Duration {
        value: String,
        reach: Option<(i32, Amount, Unit)>,
    },
    Set(String),
    /// A time of some day.
    Clock,
    /// A part of a day that is so many days away.
    PartOf(i32),
    /// `the fourth day`, which only the text around it could place.
    Nth,
    /// `the 15th`.
    DayOfMonth(u8),
    /// `the new year`.
    NewYear,
    /// Words of time that form no expression.
    Skip,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) minutes: i32,
    pub(super) seconds: Option<u8>,
    /// Whether the text says which half of the day is meant.
    pub(super) sure: bool,
    pub(super) zone: Option<i32>,
}

/// An expression before it is anchored.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) kind: Kind,
    pub(super) how: Option<Mod>,
    pub(super) part: Option<u8>,
    pub(super) clock: Option<Clock>,
    /// Its first item, and the one after its last.
    pub(super) start: usize,
    pub(super) end: usize,
}

fn amount(item: Option<&Item>) -> Amount {
    match item {
        None => Amount::ONE,
        Some(item) if item.word.is(Class::Fuzzy) => Amount::Some,
        Some(item) => Amount::Hundredths(i64::from(item.word.value) * 100 + i64::from(item.word.more)),
    }
}

fn unit_of(item: &Item) -> Unit {
    Unit::numbered(item.word.unit)
}

/// Reads a match of a rule; `None` if it turns out to mean nothing.
#[expect(clippy::too_many_lines, reason = "one arm for each action of the rules")]
pub(super) fn meaning(found: &Match, items: &[Item]) -> Option<Atom> {
    let one = |class| found.one(items, class);
    let value = |class| one(class).map(|item| item.word.value);
    let has = |role| found.has(items, role);
    let year = value(Class::Year);
    let unit = found
        .items(items)
        .find(|item| {
            item.word.unit > 0
                && item.word.unit <= 13
                && (item.word.is(Class::Unit) || item.word.is(Class::Units))
                && !is_ordinal_second(item, found, items)
        })
        .map(unit_of);
    let relative = value(Class::Relative);
    let month = value(Class::Month).map(|month| month as u8);
    let mut atom =
        Atom { kind: Kind::Clock, how: None, part: None, clock: None, start: found.start, end: found.end };
    let action = match found.action {
        Action::Named(name) => name,
        Action::Holiday(holiday) => {
            atom.kind = Kind::Holiday { year: None, holiday, side: None };
            return Some(atom);
        }
        Action::Before(_) | Action::After(_) => return None,
    };
    let named = || {
        let item = found.items(items).find(|item| {
            item.word.is(Class::Month) || item.word.is(Class::Weekday) || item.word.is(Class::Season)
        })?;
        let value = item.word.value as u8;
        Some(if item.word.is(Class::Month) {
            Named::Month(value)
        } else if item.word.is(Class::Weekday) {
            Named::Weekday(value)
        } else {
            Named::Season(value)
        })
    };
    atom.kind = match action {
        "day" => {
            let day = found.items(items).find(|item| item.word.is(Class::Dom))?.word.value as u8;
            let month = month?;
            let leap =
                chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2000), u32::from(month), u32::from(day));
            leap?;
            Kind::Day { year, month, day }
        }
        "namedday" => {
            let day = found.items(items).find(|item| item.word.is(Class::Dom))?.word.value as u8;
            Kind::RelativeDay { month: month?, day, sign: relative? }
        }
        "quarterended" => {
            let day = found.items(items).filter(|item| item.word.is(Class::Dom)).last()?.word.value as u8;
            Kind::QuarterEnded { year, month: month?, day }
        }
        "iso" => {
            let day = value(Class::Iso)?;
            Kind::Day { year: Some(day / 10_000), month: (day / 100 % 100) as u8, day: (day % 100) as u8 }
        }
        "monthyear" => Kind::Month { year, month: month? },
        "month" => Kind::Month { year: None, month: month? },
        "year" | "ad" => {
            let item = one(Class::Year).or_else(|| one(Class::Num))?;
            if item.word.unit == 100 { Kind::Fiscal(item.word.value) } else { Kind::Year(item.word.value) }
        }
        "yearwords" => {
            let number = value(Class::Num)?;
            if !(1000..3000).contains(&number) {
                return None;
            }
            Kind::Year(number)
        }
        "bc" => Kind::Year(1 - found.items(items).find(|item| item.word.is(Class::Num))?.word.value),
        "fiscal" => Kind::Fiscal(year?),
        "fiscalyear" => Kind::FiscalShift(relative.unwrap_or_default()),
        "decade" => {
            let decade = value(Class::Decade).or(year)?;
            if decade % 10 != 0 {
                return None;
            }
            Kind::Decade(if decade < 100 { 1900 + decade } else { decade })
        }
        "century" => {
            let number = value(Class::Ordinal)?;
            let before = has(Role::BeforeChrist);
            Kind::Century(if before { -number * 100 + 1 } else { (number - 1) * 100 })
        }
        "weekday" => Kind::Weekday(value(Class::Weekday)? as u8),
        "weekdays" => {
            let day = value(Class::Weekdays).or_else(|| value(Class::Weekday))?;
            let part =
                value(Class::Parts).map_or(String::new(), |part| format!("T{}", part_code(part as u8)));
            Kind::Set(format!("XXXX-WXX-{day}{part}"))
        }
        "deictic" => {
            let days = value(Class::Deictic)?;
            if days == 100 {
                atom.part = Some(5);
                Kind::PartOf(0)
            } else {
                Kind::Shift(Unit::Day, days)
            }
        }
        "dayafter" => {
            let days = value(Class::Deictic)?;
            Kind::Shift(Unit::Day, days * 2)
        }
        "season" => {
            let season = value(Class::Season)? as u8;
            Kind::Season { year, season }
        }
        "quarter" => {
            let quarter = value(Class::QuarterNumber).or_else(|| value(Class::Ordinal))? as u8;
            if !(1..=4).contains(&quarter) {
                return None;
            }
            let fiscal = has(Role::Fiscal) || one(Class::Year).is_some_and(|year| year.word.unit == 100);
            let ago = has(Role::Ago);
            Kind::Quarter { year, shift: ago.then_some(-1), quarter, fiscal }
        }
        "lastquarter" => Kind::Quarter { year, shift: None, quarter: 4, fiscal: has(Role::Fiscal) },
        "lasthalf" => Kind::Half { year, shift: None, half: 2 },
        "half" => {
            let half = value(Class::HalfNumber).or_else(|| value(Class::Ordinal))? as u8;
            if !(1..=2).contains(&half) {
                return None;
            }
            let shift = relative.or_else(|| (unit == Some(Unit::Year)).then_some(0));
            Kind::Half { year, shift: shift.filter(|_| year.is_none()), half }
        }
        "relative" => {
            let shift = relative.unwrap_or_default();
            let unit = unit?;
            let word = one(Class::Relative);
            let anchored = word.is_some_and(|word| word.word.does(Role::FromText));
            let past = word.is_some_and(|word| word.word.does(Role::Past));
            // `This past week` is the one before this.
            let last = found.items(items).filter(|item| item.word.is(Class::Relative)).last();
            let two = word.map(|first| first.start) != last.map(|last| last.start);
            if two || past && unit == Unit::Weekend {
                Kind::Shift(unit, last.map_or(shift, |last| last.word.value))
            } else if past
                || unit.is_clock()
                || has(Role::The) && unit >= Unit::Decade && shift > 0 && !anchored
            {
                let sign = if past { -1 } else { shift };
                let value = duration(&[(Amount::ONE, unit)]);
                Kind::Duration { value, reach: (sign != 0).then_some((sign, Amount::ONE, unit)) }
            } else if anchored {
                Kind::Same(unit, shift)
            } else if has(Role::Same) {
                Kind::Same(unit, 0)
            } else {
                Kind::Shift(unit, shift)
            }
        }
        "named" => {
            if let Some(part) = value(Class::Part) {
                atom.part = Some(part as u8);
                Kind::PartOf(relative?)
            } else {
                // `this past Tuesday`: the second of two such words says which.
                let last = found.items(items).filter(|item| item.word.is(Class::Relative)).last()?;
                let from = if last.word.does(Role::FromText) { From::Text } else { From::Article };
                Kind::Relative(named()?, last.word.value, from)
            }
        }
        "namedafter" => Kind::Relative(named()?, relative?, From::Article),
        "namedin" => Kind::Within(named()?, relative?),
        "partof" => {
            atom.part = Some(value(Class::Part)? as u8);
            // `last night` is the one before this day.
            Kind::PartOf(relative?)
        }
        "daypart" => {
            atom.part = Some(value(Class::Part)? as u8);
            Kind::PartOf(0)
        }
        "overnight" => {
            atom.part = Some(5);
            Kind::PartOf(-1)
        }
        "earlyday" => {
            atom.part = value(Class::Part).map(|part| part as u8).or(Some(1));
            atom.how = Some(Mod::Start);
            match (value(Class::Weekday), value(Class::Deictic), month) {
                (Some(weekday), ..) => Kind::Weekday(weekday as u8),
                (_, Some(days @ -1..=1), _) => Kind::Shift(Unit::Day, days),
                (.., Some(month)) => Kind::Day { year: None, month, day: value(Class::Dom)? as u8 },
                _ => return None,
            }
        }
        "newyear" => Kind::NewYear,
        "skip" => Kind::Skip,
        "same" => {
            if let Some(part) = value(Class::Part) {
                atom.part = Some(part as u8);
                Kind::Same(Unit::Day, 0)
            } else if let Some(named) = named() {
                Kind::That(named)
            } else {
                Kind::Same(unit?, 0)
            }
        }
        "sameperiod" => Kind::YearAgo(!has(Role::FromNow)),
        "latest" => Kind::Latest,
        "beforelast" => Kind::Shift(unit?, if has(Role::Before) { -2 } else { 2 }),
        "weekof" => Kind::WeekOf(month?, value(Class::Dom)? as u8),
        "nthday" => {
            let nth = value(Class::Ordinal).map_or(5, |nth| nth as u8);
            let (month, weekday) = (month?, value(Class::Weekday)? as u8);
            let holiday = Holiday::Nth { month, nth, weekday, after: 0 };
            Kind::Holiday { year, holiday, side: None }
        }
        "nthof" => {
            // Of `the last Monday of next month` the first such word counts the Mondays.
            let (nth, first) = value(Class::Ordinal).map_or((5, 1), |nth| (nth as u8, 0));
            let shift = month_shift(found, items, first);
            Kind::NthOf { nth, weekday: value(Class::Weekday)? as u8, shift }
        }
        "lastday" => Kind::LastDay { year, month: month? },
        "monthday" => {
            Kind::MonthDay { day: value(Class::Ordinal)? as u8, shift: month_shift(found, items, 0) }
        }
        "weekdate" => {
            Kind::WeekDate { weekday: value(Class::Weekday)? as u8, day: value(Class::Ordinal)? as u8 }
        }
        "yearperiod" => Kind::YearPeriod(year?),
        "bare" => Kind::Bare(unit?),
        "bareend" => Kind::YearEnd,
        "weekend" => Kind::Bare(Unit::Weekend),
        "ordinalday" => Kind::Nth,
        "dayofmonth" => {
            // `the third` is a place in a race more often than a day.
            let day = one(Class::Ordinal).filter(|item| !item.shape.lower && !item.shape.capital)?;
            if !(1..=31).contains(&day.word.value) {
                return None;
            }
            Kind::DayOfMonth(day.word.value as u8)
        }
        "ago" => {
            let count = if has(Role::Half) && !has(Role::And) {
                Amount::Hundredths(50)
            } else {
                with_half(amount(one(Class::Num)), has(Role::Half))
            };
            if has(Role::OrSo) {
                atom.how = Some(Mod::Approx);
            }
            if count == Amount::Some || one(Class::Num).is_none() && one(Class::Units).is_some() {
                Kind::Past
            } else {
                Kind::Offset { amount: count, unit: unit?, sign: -1, from: From::Article }
            }
        }
        "quartercenturyago" => {
            let amount = Amount::Hundredths(2500);
            Kind::Offset { amount, unit: Unit::Year, sign: -1, from: From::Article }
        }
        "quartercentury" => Kind::Duration { value: "P25Y".to_owned(), reach: None },
        "samebefore" => Kind::Same(unit?, if has(Role::Before) { -1 } else { 1 }),
        "hence" => {
            Kind::Offset { amount: amount(one(Class::Num)), unit: unit?, sign: 1, from: From::Article }
        }
        // "closed for two weeks from Monday": the weeks begin on that day.
        "weeksfrom" if found.start > 0 && items[found.start - 1].word.does(Role::For) => return None,
        "weeksfrom" => {
            let Amount::Hundredths(weeks) = amount(one(Class::Num)) else { return None };
            Kind::WeeksFrom { weekday: value(Class::Weekday)? as u8, weeks: weeks / 100 }
        }
        "earlier" | "later" => {
            let sign = if action == "earlier" { -1 } else { 1 };
            let unit = unit?;
            let count = match one(Class::Num) {
                None if one(Class::Units).is_some() => Amount::Some,
                number => amount(number),
            };
            match count {
                Amount::Some if sign < 0 => Kind::Past,
                Amount::Some => Kind::Duration { value: duration(&[(Amount::Some, unit)]), reach: None },
                amount @ Amount::Hundredths(_) => Kind::Offset { amount, unit, sign, from: From::Text },
            }
        }
        // `The 2013-14 year` is not so many years.
        "duration" if one(Class::ShortYear).is_some() && year.is_some_and(|year| year >= 1900) => {
            return None;
        }
        "duration" => Kind::Duration { value: spelled(found, items, &has)?, reach: None },
        "durationless" => Kind::Duration { value: "PXX".to_owned(), reach: None },
        "placed" => {
            let value = spelled(found, items, &has)?;
            let count = one(Class::Num).map_or(Amount::Some, |item| amount(Some(item)));
            let reach =
                relative.filter(|&sign| sign != 0).map(|sign| (sign, count, unit.unwrap_or(Unit::Day)));
            Kind::Duration { value, reach }
        }
        "set" => Kind::Set(set(found, items, &has)?),
        "clock" => return clock(found, items, &has, atom),
        "past" | "longago" => Kind::Past,
        "present" => Kind::Present,
        "future" => Kind::Future,
        _ => return None,
    };
    Some(atom)
}

/// The distance of the month that the word before `month` says; words before `first` are skipped.
fn month_shift(found: &Match, items: &[Item], first: usize) -> i32 {
    let relative = found.items(items).filter(|item| item.word.is(Class::Relative)).skip(first).last();
    relative.map_or(0, |item| item.word.value)
}

/// Whether `second` counts something here, so that it is not a unit.
fn is_ordinal_second(item: &Item, found: &Match, items: &[Item]) -> bool {
    item.word.is(Class::Ordinal) && found.items(items).any(|other| other.word.unit > 1)
}

fn with_half(amount: Amount, half: bool) -> Amount {
    match amount {
        Amount::Hundredths(count) if half && count % 100 == 0 => Amount::Hundredths(count + 50),
        amount => amount,
    }
}

/// The value of a duration: each count with the unit after it.
fn spelled(found: &Match, items: &[Item], has: &dyn Fn(Role) -> bool) -> Option<String> {
    let (mut parts, mut count, mut counted) = (Vec::new(), None, false);
    for item in found.items(items) {
        let is_unit = item.word.is(Class::Unit) || item.word.is(Class::Units);
        if item.word.is(Class::Num) {
            counted = true;
            // Of `two or three weeks` the first number is the one that is sure.
            count = count.or(Some(amount(Some(item))));
        } else if is_unit && !(item.word.is(Class::Ordinal) && parts.is_empty()) {
            let plural = item.word.is(Class::Units) && !counted;
            let own = if plural { Amount::Some } else { Amount::ONE };
            parts.push((count.take().unwrap_or(own), unit_of(item)));
        }
    }
    // `20 minutes, two days` are two durations.
    if parts.windows(2).any(|two| two[0].1 <= two[1].1) && !has(Role::Or) && !has(Role::And) {
        return None;
    }
    let first = parts.first_mut()?;
    if has(Role::Half) {
        first.0 = if has(Role::And) { with_half(first.0, true) } else { Amount::Hundredths(50) };
    } else if has(Role::Another) && first.0 == Amount::Some {
        first.0 = Amount::ONE;
    }
    if has(Role::Or) || parts[0].0 == Amount::Some {
        parts.truncate(1);
    }
    Some(duration(&parts))
}

/// The value of a set: `P1D`, `XXXX-WXX-1`.
fn set(found: &Match, items: &[Item], has: &dyn Fn(Role) -> bool) -> Option<String> {
    let of = |class| found.one(items, class).map(|item| item.word.value);
    if let Some(unit) = of(Class::Frequency) {
        return Some(duration(&[(Amount::ONE, Unit::numbered(unit as u8))]));
    }
    if has(Role::Weekends) {
        return Some("XXXX-WXX-WE".to_owned());
    }
    if has(Role::Weekdays) {
        return Some("XXXX-WXX-XX".to_owned());
    }
    let part = of(Class::Part).map(|part| part_code(part as u8));
    let part = part.or(of(Class::Parts).map(|part| part_code(part as u8)));
    if let Some(day) = of(Class::Weekday).filter(|_| !has(Role::Of)) {
        return Some(format!("XXXX-WXX-{day}{}", part.map_or(String::new(), |part| format!("T{part}"))));
    }
    if let Some(month) = of(Class::Month) {
        return Some(format!("XXXX-{month:02}"));
    }
    if let Some(season) = of(Class::Season) {
        return Some(format!("XXXX-{}", season_code(season)));
    }
    if let Some(part) = part {
        return Some(format!("XXXX-XX-XXT{part}"));
    }
    let unit =
        found.items(items).filter(|item| item.word.is(Class::Unit) || item.word.is(Class::Units)).last()?;
    let count = found
        .items(items)
        .find(|item| item.word.is(Class::Num) || item.word.is(Class::Ordinal) && item.word.unit == 0);
    let every = has(Role::Every);
    let count = match count.filter(|_| every && !has(Role::Times)) {
        _ if has(Role::Other) => Amount::Hundredths(200),
        Some(item) => amount(Some(item)),
        None => Amount::ONE,
    };
    Some(duration(&[(count, unit_of(unit))]))
}

fn clock(found: &Match, items: &[Item], has: &dyn Fn(Role) -> bool, mut atom: Atom) -> Option<Atom> {
    let one = |class| found.one(items, class).map(|item| item.word);
    let half = one(Class::Meridiem).map(|word| word.value);
    let zone = one(Class::Zone).map(|word| word.value);
    let (mut minutes, mut seconds, mut sure);
    (seconds, sure) = (None, true);
    if let Some(word) = one(Class::ClockWord) {
        minutes = word.value;
        if one(Class::Clock).is_some() {
            return None;
        }
    } else if let Some(word) = one(Class::Clock) {
        minutes = word.value;
        seconds = word.more.checked_sub(1);
        sure = word.unit == 1 || !(60..13 * 60).contains(&minutes);
    } else if has(Role::Past) || has(Role::To) {
        // `Ten past eight` has two numbers.
        let mut numbers = found.items(items).filter(|item| item.word.is(Class::Num));
        let first = numbers.next()?.word.value;
        let hour = numbers.next().map(|item| item.word.value);
        let part = match hour {
            Some(_) => first,
            None if has(Role::Half) => 30,
            None => 15,
        };
        let hour = hour.unwrap_or(first);
        if !(1..=12).contains(&hour) || !(1..=59).contains(&part) {
            return None;
        }
        minutes = if has(Role::To) { hour * 60 - part } else { hour * 60 + part };
        sure = false;
    } else if let (Some(word), true) = (one(Class::FourDigits), zone.is_some() || has(Role::Hours)) {
        minutes = word.value / 100 * 60 + word.value % 100;
    } else {
        let word = one(Class::Num)?;
        // `8.30 pm` is not a number.
        let pointed = word.more != 0 && (half.is_none() && zone.is_none() || word.more >= 60);
        if !(1..=if zone.is_some() { 23 } else { 12 }).contains(&word.value) || pointed {
            return None;
        }
        minutes = word.value * 60 + i32::from(word.more);
        sure = false;
    }
    if let Some(half) = half {
        if minutes >= 13 * 60 {
            return None;
        }
        minutes = minutes % 720 + if half == 2 { 720 } else { 0 };
        sure = true;
    }
    if let Some(part) = one(Class::Part).map(|word| word.value) {
        if part >= 3 && minutes < 720 {
            minutes += 720;
        }
        sure = true;
    }
    atom.clock = Some(Clock { minutes, seconds, sure, zone });
    Some(atom)
}
