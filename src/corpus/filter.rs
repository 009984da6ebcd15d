//! Which values of a field pass a filter?
//!
//! A [`Filter`] is prepared once per column ([`Filter::test`]); then each row costs one look-up,
//! however many values were requested.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::batch::Watch;
use crate::calendar;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Values};

/// A value to compare with.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Missing.
    Null,
    /// A string; for dates, a day, month, week, quarter or year in ISO 8601.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A day.
    Date(i32),
    /// A point in time. Fields are compared with its day.
    Time(i64),
}

impl Scalar {
    /// The value as the user wrote it.
    fn show(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Text(value) => format!("\"{value}\""),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => value.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Date(value) => calendar::format_day(*value),
            Self::Time(value) => calendar::format_time(*value),
        }
    }
}

/// The condition that a field must meet.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// One of these values.
    OneOf(Vec<Scalar>),
    /// A value in a range that includes both ends; a missing end leaves the range open.
    Between(Option<Scalar>, Option<Scalar>),
}

impl Filter {
    /// Whether only missing values pass, or all do.
    pub(super) fn is_of_missing(&self) -> bool {
        match self {
            Self::OneOf(scalars) => scalars.iter().all(|scalar| *scalar == Scalar::Null),
            Self::Between(low, high) => low.is_none() && high.is_none(),
        }
    }

    /// Prepares the filter for a column.
    ///
    /// # Errors
    /// [`Kind::BadOption`] for a value that cannot be compared with the values of the column;
    /// [`Kind::Cancelled`].
    pub(super) fn test<'a>(&'a self, column: &'a Column, watch: &Watch) -> Result<Test<'a>> {
        let scalars: Vec<&Scalar> = match self {
            Self::OneOf(scalars) => scalars.iter().collect(),
            Self::Between(low, high) => low.iter().chain(high).collect(),
        };
        // A column of only missing values has no type to compare with.
        let is_empty = (0..column.len()).all(|row| !column.is_valid(row));
        if let Some(scalar) = watch.through(scalars).find(|scalar| !is_empty && !fits(scalar, column)) {
            let (shown, kind) = (scalar.show(), column.kind());
            let what = format!("{shown} cannot be compared with the field; expected {kind}");
            return Err(Error::new(Kind::BadOption, what));
        }
        watch.check()?;
        let wanted = match self {
            Self::OneOf(scalars) => Wanted::Members(Members::new(scalars, watch)),
            Self::Between(low, high) => Wanted::Between(low.as_ref(), high.as_ref()),
        };
        Ok(Test { column, wanted })
    }
}

/// Whether the values of a column can be compared with a scalar.
fn fits(scalar: &Scalar, column: &Column) -> bool {
    match (&column.values, scalar) {
        (_, Scalar::Null)
        | (Values::Text(_) | Values::Category(..), Scalar::Text(_))
        | (Values::Int(_) | Values::Float(_), Scalar::Int(_) | Scalar::Float(_))
        | (Values::Bool(_), Scalar::Bool(_))
        | (Values::Date(_) | Values::Time(_), Scalar::Date(_) | Scalar::Time(_)) => true,
        (Values::Date(_) | Values::Time(_), Scalar::Text(text)) => days(text).is_some(),
        _ => false,
    }
}

/// The first and the last day of a period, or of a single day.
fn days(text: &str) -> Option<(i32, i32)> {
    calendar::parse_period(text).or_else(|| calendar::parse_day(text).ok().map(|day| (day, day)))
}

/// Every integer below this bound is exactly representable as a float.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A filter that is prepared for a column.
pub(super) struct Test<'a> {
    column: &'a Column,
    wanted: Wanted<'a>,
}

enum Wanted<'a> {
    Members(Members<'a>),
    Between(Option<&'a Scalar>, Option<&'a Scalar>),
}

impl Test<'_> {
    /// Whether the value at a row passes.
    pub(super) fn passes(&self, row: usize) -> bool {
        match &self.wanted {
            Wanted::Members(members) if !self.column.is_valid(row) => members.missing,
            Wanted::Members(members) => members.have(&self.column.values, row),
            Wanted::Between(low, high) => {
                self.column.is_valid(row)
                    && low.is_none_or(|low| order(self.column, row, low, false).is_some_and(Ordering::is_ge))
                    && high
                        .is_none_or(|high| order(self.column, row, high, true).is_some_and(Ordering::is_le))
            }
        }
    }
}

/// The wanted values, by type.
#[derive(Default)]
struct Members<'a> {
    missing: bool,
    texts: HashSet<&'a str>,
    ints: HashSet<i64>,
    /// The bits of floats; positive and negative zero are the same.
    floats: HashSet<u64>,
    /// Whether false and true are wanted.
    bools: [bool; 2],
    /// Ranges of days, each with first and last day; ascending and disjoint.
    days: Vec<(i32, i32)>,
}

impl<'a> Members<'a> {
    fn new(scalars: &'a [Scalar], watch: &Watch) -> Self {
        let mut members = Self::default();
        for scalar in watch.through(scalars) {
            match scalar {
                Scalar::Null => members.missing = true,
                Scalar::Text(text) => {
                    members.texts.insert(text);
                    members.days.extend(days(text));
                }
                Scalar::Int(value) => {
                    members.ints.insert(*value);
                }
                Scalar::Float(value) => {
                    members.floats.insert((value + 0.0).to_bits());
                }
                Scalar::Bool(value) => members.bools[usize::from(*value)] = true,
                Scalar::Date(day) => members.days.push((*day, *day)),
                Scalar::Time(time) => {
                    let day = calendar::day_of_time(*time);
                    members.days.push((day, day));
                }
            }
        }
        members.days.sort_unstable();
        members.days.dedup_by(|next, before| {
            let joined = next.0 <= before.1;
            if joined {
                before.1 = before.1.max(next.1);
            }
            joined
        });
        members
    }

    fn have(&self, values: &Values, row: usize) -> bool {
        match values {
            Values::Text(texts) => self.texts.contains(texts.get(row)),
            Values::Category(codes, names) => self.texts.contains(names.get(codes[row] as usize)),
            Values::Int(values) => self.ints.contains(&values[row]) || self.has_number(values[row] as f64),
            Values::Float(values) => {
                let value = values[row];
                let whole = value as i64;
                self.has_number(value)
                    || value.fract() == 0.0 && value.abs() < EXACT && self.ints.contains(&whole)
            }
            Values::Bool(values) => self.bools[usize::from(values[row])],
            Values::Date(values) => self.has_day(values[row]),
            Values::Time(values) => self.has_day(calendar::day_of_time(values[row])),
            Values::TextList(..) => false,
        }
    }

    fn has_number(&self, value: f64) -> bool {
        self.floats.contains(&(value + 0.0).to_bits())
    }

    fn has_day(&self, day: i32) -> bool {
        let next = self.days.partition_point(|&(_, last)| last < day);
        self.days.get(next).is_some_and(|&(first, _)| first <= day)
    }
}

/// How a value compares with a scalar; `None` if they cannot be compared. A period at the upper end
/// of a range is compared by its last day, otherwise by its first.
fn order(column: &Column, row: usize, scalar: &Scalar, upper: bool) -> Option<Ordering> {
    let day = |text: &str| days(text).map(|(first, last)| if upper { last } else { first });
    Some(match (&column.values, scalar) {
        (Values::Text(values), Scalar::Text(scalar)) => values.get(row).cmp(scalar),
        (Values::Category(codes, names), Scalar::Text(scalar)) => names.get(codes[row] as usize).cmp(scalar),
        (Values::Int(values), Scalar::Int(scalar)) => values[row].cmp(scalar),
        (Values::Int(values), Scalar::Float(scalar)) => (values[row] as f64).partial_cmp(scalar)?,
        (Values::Float(values), Scalar::Int(scalar)) => values[row].partial_cmp(&(*scalar as f64))?,
        (Values::Float(values), Scalar::Float(scalar)) => values[row].partial_cmp(scalar)?,
        (Values::Bool(values), Scalar::Bool(scalar)) => values[row].cmp(scalar),
        (Values::Date(values), Scalar::Date(scalar)) => values[row].cmp(scalar),
        (Values::Date(values), Scalar::Text(scalar)) => values[row].cmp(&day(scalar)?),
        (Values::Time(values), Scalar::Date(scalar)) => calendar::day_of_time(values[row]).cmp(scalar),
        (Values::Time(values), Scalar::Text(scalar)) => calendar::day_of_time(values[row]).cmp(&day(scalar)?),
        _ => return None,
    })
}
