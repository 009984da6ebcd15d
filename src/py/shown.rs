//! How is a value of an Arrow array printed that has no column type here?
//!
//! Lists, structs, maps, times of day, durations and the like become text. The array must have
//! passed the [checks at the door](super::door), so that its offsets and keys lie within its
//! values.
//!
//! Cost: one match on the type per value.

use std::fmt::Write as _;

use arrow_array::cast::AsArray;
use arrow_array::timezone::Tz;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, IntervalDayTimeType,
    IntervalMonthDayNanoType, IntervalYearMonthType, Time32MillisecondType, Time32SecondType,
    Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RunArray};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};
use chrono::{DateTime, FixedOffset, Offset as _, SecondsFormat, TimeDelta, TimeZone as _, Utc};

use crate::calendar::{self, Zone};
use crate::error::{Error, Kind, Result};

/// Whether a type holds strings.
pub(super) fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// The value at a row of an array of a primitive type.
fn value<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> T::Native {
    array.as_primitive::<T>().value(row)
}

/// The integer at a row; `None` if the array does not hold integers, or the integer is beyond 63
/// bits.
pub(super) fn integer(array: &dyn Array, row: usize) -> Option<i64> {
    Some(match array.data_type() {
        DataType::Int8 => value::<Int8Type>(array, row).into(),
        DataType::Int16 => value::<Int16Type>(array, row).into(),
        DataType::Int32 => value::<Int32Type>(array, row).into(),
        DataType::Int64 => value::<Int64Type>(array, row),
        DataType::UInt8 => value::<UInt8Type>(array, row).into(),
        DataType::UInt16 => value::<UInt16Type>(array, row).into(),
        DataType::UInt32 => value::<UInt32Type>(array, row).into(),
        DataType::UInt64 => value::<UInt64Type>(array, row).try_into().ok()?,
        _ => return None,
    })
}

/// The nanoseconds of a time stamp, a time of day or a duration.
fn nanoseconds(array: &dyn Array, row: usize) -> i128 {
    const SECOND: i128 = 1_000_000_000;
    let (count, unit): (i64, TimeUnit) = match array.data_type() {
        DataType::Date64 => (value::<Date64Type>(array, row), TimeUnit::Millisecond),
        DataType::Timestamp(TimeUnit::Second, _) => {
            (value::<TimestampSecondType>(array, row), TimeUnit::Second)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            (value::<TimestampMillisecondType>(array, row), TimeUnit::Millisecond)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            (value::<TimestampMicrosecondType>(array, row), TimeUnit::Microsecond)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            (value::<TimestampNanosecondType>(array, row), TimeUnit::Nanosecond)
        }
        DataType::Time32(TimeUnit::Second) => {
            (value::<Time32SecondType>(array, row).into(), TimeUnit::Second)
        }
        DataType::Time32(_) => (value::<Time32MillisecondType>(array, row).into(), TimeUnit::Millisecond),
        DataType::Time64(TimeUnit::Microsecond) => {
            (value::<Time64MicrosecondType>(array, row), TimeUnit::Microsecond)
        }
        DataType::Time64(_) => (value::<Time64NanosecondType>(array, row), TimeUnit::Nanosecond),
        DataType::Duration(TimeUnit::Second) => (value::<DurationSecondType>(array, row), TimeUnit::Second),
        DataType::Duration(TimeUnit::Millisecond) => {
            (value::<DurationMillisecondType>(array, row), TimeUnit::Millisecond)
        }
        DataType::Duration(TimeUnit::Microsecond) => {
            (value::<DurationMicrosecondType>(array, row), TimeUnit::Microsecond)
        }
        DataType::Duration(TimeUnit::Nanosecond) => {
            (value::<DurationNanosecondType>(array, row), TimeUnit::Nanosecond)
        }
        _ => (0, TimeUnit::Nanosecond),
    };
    i128::from(count)
        * match unit {
            TimeUnit::Second => SECOND,
            TimeUnit::Millisecond => SECOND / 1_000,
            TimeUnit::Microsecond => SECOND / 1_000_000,
            TimeUnit::Nanosecond => 1,
        }
}

/// The microseconds of a date with a time, or of a time stamp, in UTC; `None` if they are beyond 63
/// bits.
pub(super) fn microseconds(array: &dyn Array, row: usize) -> Option<i64> {
    i64::try_from(nanoseconds(array, row).div_euclid(1_000)).ok()
}

/// The time zone of a time stamp.
///
/// # Errors
/// [`Kind::BadType`]: nobody knows a zone of that name.
pub(super) fn zone(kind: &DataType) -> Result<Option<Clock>> {
    let DataType::Timestamp(_, Some(name)) = kind else { return Ok(None) };
    Clock::named(name).map(Some).ok_or_else(|| {
        let what =
            format!("the time zone \"{name}\" is not known; expected a name such as Europe/Paris, or +01:00");
        Error::new(Kind::BadType, what)
    })
}

/// The clock of a time zone.
#[derive(Clone, Copy)]
pub(super) enum Clock {
    Zone(&'static Zone),
    /// A zone that is named by its distance from UTC.
    Fixed(FixedOffset),
}

impl Clock {
    fn named(name: &str) -> Option<Self> {
        let fixed = || {
            let zone = name.parse::<Tz>().ok()?;
            Some(Self::Fixed(zone.offset_from_utc_datetime(&DateTime::UNIX_EPOCH.naive_utc()).fix()))
        };
        Zone::named(name).map(Self::Zone).or_else(fixed)
    }

    /// A moment on this clock.
    fn at(self, moment: DateTime<Utc>) -> DateTime<FixedOffset> {
        let offset = match self {
            Self::Zone(zone) => FixedOffset::east_opt(zone.ahead(moment.timestamp())),
            Self::Fixed(offset) => Some(offset),
        };
        moment.with_timezone(&offset.unwrap_or(Utc.fix()))
    }
}

/// [`microseconds`] on the clock of a time zone.
pub(super) fn local_microseconds(array: &dyn Array, row: usize, clock: Clock) -> Option<i64> {
    let moment = moment(nanoseconds(array, row))?;
    Some(clock.at(moment).naive_local().and_utc().timestamp_micros())
}

/// Seconds, and the nanoseconds beyond them.
fn split(nanoseconds: i128) -> Option<(i64, u32)> {
    let seconds = i64::try_from(nanoseconds.div_euclid(1_000_000_000)).ok()?;
    Some((seconds, nanoseconds.rem_euclid(1_000_000_000) as u32))
}

fn moment(nanoseconds: i128) -> Option<DateTime<Utc>> {
    let (seconds, rest) = split(nanoseconds)?;
    DateTime::from_timestamp(seconds, rest)
}

/// A point in time as ISO 8601 writes it; its bare number of nanoseconds if it is beyond the
/// calendar.
fn time_stamp(nanoseconds: i128, zone: Option<&str>) -> String {
    let Some(moment) = moment(nanoseconds) else { return nanoseconds.to_string() };
    match zone.map(Clock::named) {
        None => moment.naive_utc().format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
        Some(Some(clock)) => clock.at(moment).to_rfc3339_opts(SecondsFormat::AutoSi, true),
        Some(None) => moment.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    }
}

/// A duration as ISO 8601 writes it; its bare number of nanoseconds if it is too long.
fn duration(nanoseconds: i128) -> String {
    let delta = split(nanoseconds).and_then(|(seconds, rest)| TimeDelta::new(seconds, rest));
    delta.map_or_else(|| nanoseconds.to_string(), |delta| delta.to_string())
}

/// An interval: its months, days and seconds, those that are not zero.
fn interval(array: &dyn Array, row: usize, unit: IntervalUnit) -> String {
    let (months, days, nanoseconds) = match unit {
        IntervalUnit::YearMonth => (value::<IntervalYearMonthType>(array, row), 0, 0),
        IntervalUnit::DayTime => {
            let interval = value::<IntervalDayTimeType>(array, row);
            (0, interval.days, i64::from(interval.milliseconds) * 1_000_000)
        }
        IntervalUnit::MonthDayNano => {
            let interval = value::<IntervalMonthDayNanoType>(array, row);
            (interval.months, interval.days, interval.nanoseconds)
        }
    };
    let mut parts = Vec::new();
    if months != 0 {
        parts.push(format!("{months} mons"));
    }
    if days != 0 {
        parts.push(format!("{days} days"));
    }
    if nanoseconds != 0 || parts.is_empty() {
        let (size, sign) = (nanoseconds.unsigned_abs(), if nanoseconds < 0 { "-" } else { "" });
        parts.push(format!("{sign}{}.{:09} secs", size / 1_000_000_000, size % 1_000_000_000));
    }
    parts.join(" ")
}

fn push_hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        let _ = write!(out, "{byte:02x}"); // writing to a string does not fail
    }
}

/// Appends a list; strings are quoted as in JSON, so that names with commas stay apart.
fn push_list(values: &dyn Array, out: &mut String) {
    let strings = is_text(values.data_type());
    out.push('[');
    for at in 0..values.len() {
        if at > 0 {
            out.push_str(if strings { "," } else { ", " });
        }
        if strings && values.is_valid(at) {
            let mut text = String::new();
            push(values, at, &mut text);
            out.push_str(&serde_json::to_string(&text).unwrap_or(text));
        } else if strings {
            out.push_str("null");
        } else {
            push(values, at, out);
        }
    }
    out.push(']');
}

/// Appends the value at a row; nothing if it is missing. The recursion is as deep as the type
/// nests, which the checks at the door bound.
pub(super) fn push(array: &dyn Array, row: usize, out: &mut String) {
    if array.is_null(row) {
        return;
    }
    let written = match array.data_type() {
        DataType::Boolean => write!(out, "{}", array.as_boolean().value(row)),
        DataType::UInt64 => write!(out, "{}", value::<UInt64Type>(array, row)),
        kind if kind.is_integer() => write!(out, "{}", integer(array, row).unwrap_or_default()),
        DataType::Float16 => write!(out, "{:?}", value::<Float16Type>(array, row).to_f32()),
        DataType::Float32 => write!(out, "{:?}", value::<Float32Type>(array, row)),
        DataType::Float64 => write!(out, "{:?}", value::<Float64Type>(array, row)),
        DataType::Decimal32(..) => {
            write!(out, "{}", array.as_primitive::<Decimal32Type>().value_as_string(row))
        }
        DataType::Decimal64(..) => {
            write!(out, "{}", array.as_primitive::<Decimal64Type>().value_as_string(row))
        }
        DataType::Decimal128(..) => {
            write!(out, "{}", array.as_primitive::<Decimal128Type>().value_as_string(row))
        }
        DataType::Decimal256(..) => {
            write!(out, "{}", array.as_primitive::<Decimal256Type>().value_as_string(row))
        }
        DataType::Date32 => write!(out, "{}", calendar::format_day(value::<Date32Type>(array, row))),
        DataType::Date64 => write!(out, "{}", time_stamp(nanoseconds(array, row), None)),
        DataType::Timestamp(_, zone) => {
            write!(out, "{}", time_stamp(nanoseconds(array, row), zone.as_deref()))
        }
        DataType::Time32(_) | DataType::Time64(_) => {
            let time = time_stamp(nanoseconds(array, row), None);
            write!(out, "{}", time.split_once('T').map_or(time.as_str(), |(_, time)| time))
        }
        DataType::Duration(_) => write!(out, "{}", duration(nanoseconds(array, row))),
        DataType::Interval(unit) => write!(out, "{}", interval(array, row, *unit)),
        DataType::Utf8 => write!(out, "{}", array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => write!(out, "{}", array.as_string::<i64>().value(row)),
        DataType::Utf8View => write!(out, "{}", array.as_string_view().value(row)),
        _ => {
            push_nested(array, row, out);
            Ok(())
        }
    };
    let _ = written; // writing to a string does not fail
}

/// Appends bytes, or a value that holds others.
fn push_nested(array: &dyn Array, row: usize, out: &mut String) {
    match array.data_type() {
        DataType::Binary => push_hex(array.as_binary::<i32>().value(row), out),
        DataType::LargeBinary => push_hex(array.as_binary::<i64>().value(row), out),
        DataType::BinaryView => push_hex(array.as_binary_view().value(row), out),
        DataType::FixedSizeBinary(_) => push_hex(array.as_fixed_size_binary().value(row), out),
        DataType::List(_) => push_list(array.as_list::<i32>().value(row).as_ref(), out),
        DataType::LargeList(_) => push_list(array.as_list::<i64>().value(row).as_ref(), out),
        DataType::ListView(_) => push_list(array.as_list_view::<i32>().value(row).as_ref(), out),
        DataType::LargeListView(_) => push_list(array.as_list_view::<i64>().value(row).as_ref(), out),
        DataType::FixedSizeList(..) => push_list(array.as_fixed_size_list().value(row).as_ref(), out),
        DataType::Struct(fields) => {
            out.push('{');
            for (at, (field, column)) in fields.iter().zip(array.as_struct().columns()).enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                out.push_str(field.name());
                out.push_str(": ");
                push(column.as_ref(), row, out);
            }
            out.push('}');
        }
        DataType::Map(..) => {
            let entries = array.as_map().value(row);
            let [keys, values] = entries.columns() else { return };
            out.push('{');
            for at in 0..entries.len() {
                out.push_str(if at > 0 { ", " } else { "" });
                push(keys.as_ref(), at, out);
                out.push_str(": ");
                push(values.as_ref(), at, out);
            }
            out.push('}');
        }
        DataType::Union(..) => {
            let union = array.as_union();
            push(union.child(union.type_id(row)).as_ref(), union.value_offset(row), out);
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let key = integer(dictionary.keys(), row).and_then(|key| usize::try_from(key).ok());
            if let Some(key) = key {
                push(dictionary.values().as_ref(), key, out);
            }
        }
        DataType::RunEndEncoded(ends, _) => {
            let any = array.as_any();
            let physical = match ends.data_type() {
                DataType::Int16 => any
                    .downcast_ref::<RunArray<Int16Type>>()
                    .map(|runs| (runs.get_physical_index(row), runs.values())),
                DataType::Int32 => any
                    .downcast_ref::<RunArray<Int32Type>>()
                    .map(|runs| (runs.get_physical_index(row), runs.values())),
                _ => any
                    .downcast_ref::<RunArray<Int64Type>>()
                    .map(|runs| (runs.get_physical_index(row), runs.values())),
            };
            if let Some((at, values)) = physical {
                push(values.as_ref(), at, out);
            }
        }
        _ => {}
    }
}
