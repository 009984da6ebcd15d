//! How are columns imported from Arrow?

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMicrosecondType, UInt64Type};
use arrow_array::{Array, ArrayRef};
use arrow_cast::CastOptions;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use pyo3::prelude::*;
use pyo3_arrow::PyArrayReader;
use pyo3_arrow::input::AnyRecordBatch;

use super::door::{Cell, cells, is_text, not_utf8, wrong_rows};
use super::run::run;
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
    let (schema, batches) = guarded(|| {
        let reader = stream.extract::<AnyRecordBatch>()?.into_reader()?;
        PyResult::Ok((reader.schema(), collected(py, reader)?))
    })?;
    let watch = Watch::default();
    run(py, threads, &watch, None, || {
        let column = |(at, field): (usize, &arrow_schema::FieldRef)| {
            let arrays = batches.iter().map(|batch| batch.column(at));
            guarded(|| arrived(field.name(), field.data_type(), arrays, &watch))
        };
        schema.fields().iter().enumerate().map(column).collect()
    })
}

/// The column of a stream of Arrow arrays.
pub(super) fn column(stream: &Bound<'_, PyAny>, name: &str, threads: Option<usize>) -> PyResult<Arrived> {
    let py = stream.py();
    let (field, arrays) = guarded(|| {
        let reader = stream.extract::<PyArrayReader>()?.into_reader()?;
        PyResult::Ok((reader.field(), collected(py, reader)?))
    })?;
    let watch = Watch::default();
    let work = || guarded(|| arrived(name, field.data_type(), arrays.iter(), &watch));
    run(py, threads, &watch, None, work)
}

/// Collects the batches of a stream. The stream may be generated lazily by Python, and may be
/// infinite.
fn collected<T>(
    py: Python<'_>,
    stream: impl Iterator<Item = std::result::Result<T, ArrowError>>,
) -> PyResult<Vec<T>> {
    let unreadable = |error| Error::new(Kind::BadRecord, format!("the Arrow stream cannot be read: {error}"));
    let mut all = Vec::new();
    for item in stream {
        py.check_signals()?;
        all.push(item.map_err(unreadable)?);
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
    let target = match array.data_type() {
        DataType::Boolean => DataType::Boolean,
        DataType::UInt64 if !fits_int64(array) => DataType::LargeUtf8,
        kind if kind.is_integer() => DataType::Int64,
        kind if kind.is_floating() => DataType::Float64,
        DataType::Decimal128(..) | DataType::Decimal256(..) => DataType::Float64,
        DataType::Date32 => DataType::Date32,
        DataType::Date64 | DataType::Timestamp(..) => DataType::Timestamp(TimeUnit::Microsecond, None),
        _ => DataType::LargeUtf8,
    };
    let options = CastOptions { safe: false, ..CastOptions::default() };
    for start in (0..array.len()).step_by(BLOCK) {
        watch.check()?;
        let block = array.slice(start, BLOCK.min(array.len() - start));
        let Ok(cast) = arrow_cast::cast_with_options(&block, &target, &options) else {
            push_shown(builder, &block, &[], watch)?;
            continue;
        };
        for row in 0..cast.len() {
            if cast.is_null(row) {
                builder.push(Value::Null);
                continue;
            }
            builder.push(match target {
                DataType::Boolean => Value::Bool(cast.as_boolean().value(row)),
                DataType::Int64 => Value::Int(cast.as_primitive::<Int64Type>().value(row)),
                DataType::Float64 => Value::Float(cast.as_primitive::<Float64Type>().value(row)),
                DataType::Date32 => Value::Date(cast.as_primitive::<Date32Type>().value(row)),
                DataType::Timestamp(..) => {
                    Value::Time(cast.as_primitive::<TimestampMicrosecondType>().value(row))
                }
                _ => Value::Text(cast.as_string::<i64>().value(row).into()),
            });
        }
    }
    Ok(())
}

/// Whether all numbers of a `uint64` array fit into `int64`.
fn fits_int64(array: &ArrayRef) -> bool {
    array.as_primitive::<UInt64Type>().iter().flatten().all(|number| i64::try_from(number).is_ok())
}

/// Adds values without a corresponding column type (structs, maps, times beyond the calendar) as
/// text; those of wrong rows are missing.
fn push_shown(
    builder: &mut ColumnBuilder,
    array: &ArrayRef,
    wrong: &[(usize, usize)],
    watch: &Watch,
) -> Result<()> {
    let unreadable = |error| Error::new(Kind::BadType, format!("the column cannot be read: {error}"));
    let options = FormatOptions::default();
    let shown = ArrayFormatter::try_new(array.as_ref(), &options).map_err(unreadable)?;
    let mut wrong = wrong.iter().peekable();
    for row in 0..array.len() {
        if row % BLOCK == 0 {
            watch.check()?;
        }
        if wrong.next_if(|(other, _)| *other == row).is_some() || array.is_null(row) {
            builder.push(Value::Null);
        } else {
            let text = shown.value(row).try_to_string().unwrap_or_else(|error| error.to_string());
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
