//! How are columns imported from Arrow?

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::prelude::*;

use super::capsule::ArrayStream;
use super::door::{Cell, cells, not_utf8, wrong_rows};
use super::run::run;
use super::shown::{self, integer, is_text, local_microseconds, microseconds};
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, ColumnBuilder, Strings, Value, Values};

/// A column that was imported from Arrow.
pub(super) struct Arrived {
    pub(super) name: String,
    pub(super) column: Column,
    /// The name of its type in Arrow, unless it is a type of strings.
    pub(super) other: Option<String>,
    /// Rows whose value cannot be used, in order, and why; they are missing in the column.
    pub(super) bad: Vec<(usize, Error)>,
}

/// The columns of any object that exports an Arrow stream of rows.
pub(super) fn columns(stream: &Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Vec<Arrived>> {
    let py = stream.py();
    let (fields, batches) = guarded(|| {
        let stream = ArrayStream::new(stream)?;
        let DataType::Struct(fields) = stream.field().data_type().clone() else {
            let what = format!(
                "the Arrow stream holds values of type {}; expected rows with columns",
                type_name(stream.field().data_type(), 3)
            );
            return Err(Error::new(Kind::BadType, what).into());
        };
        PyResult::Ok((fields, collected(py, stream)?))
    })?;
    let watch = Watch::default();
    run(py, threads, &watch, None, || {
        let column = |(at, field): (usize, &arrow_schema::FieldRef)| {
            guarded(|| {
                let arrays: Vec<&ArrayRef> = batches
                    .iter()
                    .map(|batch| match batch.as_struct() {
                        rows if rows.null_count() == 0 => Ok(rows.column(at)),
                        _ => Err(Error::new(
                            Kind::BadRecord,
                            "a row of the Arrow stream is missing as a whole",
                        )),
                    })
                    .collect::<Result<_>>()?;
                arrived(field.name(), field.data_type(), arrays.into_iter(), &watch)
            })
        };
        fields.iter().enumerate().map(column).collect()
    })
}

/// The column of a stream of Arrow arrays.
pub(super) fn column(stream: &Bound<'_, PyAny>, name: &str, threads: Option<usize>) -> PyResult<Arrived> {
    let py = stream.py();
    let (kind, arrays) = guarded(|| {
        let stream = ArrayStream::new(stream)?;
        PyResult::Ok((stream.field().data_type().clone(), collected(py, stream)?))
    })?;
    let watch = Watch::default();
    let work = || guarded(|| arrived(name, &kind, arrays.iter(), &watch));
    run(py, threads, &watch, None, work)
}

/// Collects the arrays of a stream. The stream may be generated lazily by Python, and may be
/// infinite.
fn collected(py: Python<'_>, stream: ArrayStream) -> PyResult<Vec<ArrayRef>> {
    let mut all = Vec::new();
    for array in stream {
        py.check_signals()?;
        all.push(array?);
    }
    Ok(all)
}

/// Runs work in which the Arrow library asserts that its input follows the Arrow specification.
fn guarded<T, E: From<Error>>(work: impl FnOnce() -> std::result::Result<T, E>) -> std::result::Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let what =
            "the Arrow stream contradicts itself; expected one that is valid for the library that made it";
        Err(Error::new(Kind::BadRecord, what).into())
    })
}

fn arrived<'a>(
    name: &str,
    kind: &DataType,
    arrays: impl Iterator<Item = &'a ArrayRef>,
    watch: &Watch,
) -> Result<Arrived> {
    let mut growing = Growing::default();
    let placed = |error: Error| error.in_field(name);
    for array in arrays {
        if is_text(array.data_type()) {
            growing.push_strings(array.as_ref(), watch).map_err(placed)?;
        } else {
            growing.push_others(array, watch).map_err(placed)?;
        }
    }
    let other = (!is_text(kind)).then(|| type_name(kind, 3));
    let bad = growing.bad.into_iter().map(|(row, error)| (row, placed(error))).collect();
    let column = if is_text(kind) { growing.strings.finish() } else { growing.others.finish() };
    Ok(Arrived { name: name.to_owned(), column, other, bad })
}

/// A column that grows array by array.
#[derive(Default)]
struct Growing {
    strings: StringColumn,
    others: ColumnBuilder,
    rows: usize,
    bad: Vec<(usize, Error)>,
}

/// Strings, some of which may be missing.
#[derive(Default)]
struct StringColumn {
    values: Strings,
    valid: Vec<bool>,
}

impl StringColumn {
    fn finish(self) -> Column {
        let Self { values, valid } = self;
        Column { values: Values::Text(values), valid: valid.contains(&false).then_some(valid) }
    }
}

impl Growing {
    fn push_strings(&mut self, array: &dyn Array, watch: &Watch) -> Result<()> {
        let StringColumn { values, valid } = &mut self.strings;
        values.try_reserve(array.len(), 0)?;
        valid.try_reserve(array.len())?;
        cells(array, watch, &mut |cell| {
            let text = match cell {
                Cell::Text(text) => Some(text),
                Cell::Null => None,
                Cell::Wrong(byte) => {
                    self.bad.push((self.rows, not_utf8(byte)));
                    None
                }
            };
            values.try_push(text.unwrap_or_default())?;
            valid.push(text.is_some());
            self.rows += 1;
            Ok(())
        })
    }

    fn push_others(&mut self, array: &ArrayRef, watch: &Watch) -> Result<()> {
        let wrong = wrong_rows(array.as_ref(), watch)?;
        if wrong.is_empty() {
            push_array(&mut self.others, array, watch)?;
        } else {
            push_shown(&mut self.others, array, &wrong, watch)?;
        }
        self.bad.extend(wrong.into_iter().map(|(row, byte)| (self.rows + row, not_utf8(byte))));
        self.rows += array.len();
        Ok(())
    }
}

/// How many rows are taken between two checks for cancellation.
const BLOCK: usize = 1 << 16;

fn push_array(builder: &mut ColumnBuilder, array: &ArrayRef, watch: &Watch) -> Result<()> {
    let zone = shown::zone(array.data_type())?;
    for start in (0..array.len()).step_by(BLOCK) {
        watch.check()?;
        let block = array.slice(start, BLOCK.min(array.len() - start));
        let block = block.as_ref();
        let as_integers = block.data_type().is_integer() && fits_int64(block);
        // What a missing row has in its place was not checked at the door, and must not be read.
        let as_text = (0..block.len()).all(|row| block.is_null(row) || text_of(block, row).is_some());
        for row in 0..block.len() {
            if block.is_null(row) {
                builder.push(Value::Null);
            } else if as_integers {
                builder.push(Value::Int(integer(block, row).unwrap_or_default()));
            } else if as_text {
                builder.push(Value::Text(text_of(block, row).unwrap_or_default().into()));
            } else if let Some(time) = zone.and_then(|zone| local_microseconds(block, row, zone)) {
                builder.push(Value::Time(time));
            } else {
                builder.push(value_of(block, row));
            }
        }
    }
    Ok(())
}

/// Whether all numbers of an array of integers fit 63 bits and a sign.
fn fits_int64(array: &dyn Array) -> bool {
    *array.data_type() != DataType::UInt64
        || (0..array.len()).all(|row| array.is_null(row) || integer(array, row).is_some())
}

/// The bytes at a row as text, if they are UTF-8; `None` for values that are not bytes.
fn text_of(array: &dyn Array, row: usize) -> Option<&str> {
    let bytes = match array.data_type() {
        DataType::Binary => array.as_binary::<i32>().value(row),
        DataType::LargeBinary => array.as_binary::<i64>().value(row),
        DataType::BinaryView => array.as_binary_view().value(row),
        // Bytes of one size are numbers or hashes more often than text.
        _ => return None,
    };
    std::str::from_utf8(bytes).ok()
}

/// The value at a row that is not missing.
fn value_of(array: &dyn Array, row: usize) -> Value<'static> {
    let float = |value: f64| Value::Float(value);
    let scaled = |value: Option<f64>, scale: i8| value.map(|value| float(value / 10_f64.powi(scale.into())));
    let value = match array.data_type() {
        DataType::Boolean => Some(Value::Bool(array.as_boolean().value(row))),
        DataType::Float16 => Some(float(array.as_primitive::<Float16Type>().value(row).to_f64())),
        DataType::Float32 => Some(float(array.as_primitive::<Float32Type>().value(row).into())),
        DataType::Float64 => Some(float(array.as_primitive::<Float64Type>().value(row))),
        DataType::Decimal128(_, scale) => {
            scaled(Some(array.as_primitive::<Decimal128Type>().value(row) as f64), *scale)
        }
        DataType::Decimal256(_, scale) => {
            scaled(array.as_primitive::<Decimal256Type>().value(row).to_string().parse().ok(), *scale)
        }
        DataType::Date32 => Some(Value::Date(array.as_primitive::<Date32Type>().value(row))),
        DataType::Date64 | DataType::Timestamp(..) => microseconds(array, row).map(Value::Time),
        _ => None,
    };
    value.unwrap_or_else(|| {
        let mut text = String::new();
        shown::push(array, row, &mut text);
        Value::Text(text.into())
    })
}

/// Values of which some rows are wrong, as they are printed; those of wrong rows are missing.
fn push_shown(
    builder: &mut ColumnBuilder,
    array: &ArrayRef,
    wrong: &[(usize, usize)],
    watch: &Watch,
) -> Result<()> {
    let mut wrong = wrong.iter().peekable();
    for row in 0..array.len() {
        if row % BLOCK == 0 {
            watch.check()?;
        }
        if wrong.next_if(|(other, _)| *other == row).is_some() || array.is_null(row) {
            builder.push(Value::Null);
        } else {
            let mut text = String::new();
            shown::push(array.as_ref(), row, &mut text);
            builder.push(Value::Text(text.into()));
        }
    }
    Ok(())
}

/// The name of a type in pyarrow, down to a maximum nesting depth.
fn type_name(kind: &DataType, deepest: usize) -> String {
    let Some(deepest) = deepest.checked_sub(1) else { return "…".to_owned() };
    let of = |name: &str, inner: &DataType| format!("{name}<{}>", type_name(inner, deepest));
    match kind {
        DataType::Utf8 => "string".to_owned(),
        DataType::LargeUtf8 => "large_string".to_owned(),
        DataType::Utf8View => "string_view".to_owned(),
        DataType::Boolean => "bool".to_owned(),
        DataType::LargeBinary => "large_binary".to_owned(),
        DataType::BinaryView => "binary_view".to_owned(),
        DataType::FixedSizeBinary(size) => format!("fixed_size_binary[{size}]"),
        DataType::List(field) | DataType::ListView(field) | DataType::FixedSizeList(field, _) => {
            of("list", field.data_type())
        }
        DataType::LargeList(field) | DataType::LargeListView(field) => of("large_list", field.data_type()),
        DataType::Struct(_) => "struct".to_owned(),
        DataType::Map(..) => "map".to_owned(),
        DataType::Union(..) => "union".to_owned(),
        DataType::Dictionary(_, values) => of("dictionary", values),
        DataType::RunEndEncoded(_, values) => of("run_end_encoded", values.data_type()),
        other => other.to_string().to_lowercase(),
    }
}
