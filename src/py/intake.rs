//! What Python hands over, as the core takes it: texts, values, Arrow streams, options.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMicrosecondType, UInt64Type};
use arrow_array::{Array, ArrayRef};
use arrow_cast::CastOptions;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, TimeUnit};
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PyString};
use pyo3_arrow::input::AnyRecordBatch;

use crate::calendar;
use crate::corpus;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, ColumnBuilder, Value, Values};

/// A text, or why it is none.
///
/// An ASCII string is lent. Any other is encoded anew, since asking the string for its UTF-8 would leave a second copy
/// in it for as long as it lives.
pub(super) fn text<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<Result<Cow<'a, str>>> {
    if let Ok(string) = object.cast::<PyString>() {
        if string.call_method0(intern!(string.py(), "isascii"))?.is_truthy()? {
            return Ok(Ok(Cow::Borrowed(string.to_str()?)));
        }
        return match string.encode_utf8() {
            Ok(bytes) => Ok(Ok(Cow::Owned(String::from_utf8_lossy(bytes.as_bytes()).into_owned()))),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(object.py()) => {
                let at: usize = error.value(object.py()).getattr("start")?.extract()?;
                let what = format!("a lone surrogate stands at character {at}; expected Unicode text");
                Ok(Err(Error::new(Kind::BadText, what)))
            }
            Err(error) => Err(error),
        };
    }
    if is_missing(object)? {
        let shown = object.str()?.to_string();
        return Ok(Err(Error::new(Kind::MissingText, format!("the text is {shown}; expected a str"))));
    }
    let class = object.get_type().name()?.to_string();
    let advice = if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
        "; decode it first, as in data.decode(\"utf-8\")"
    } else {
        ""
    };
    Ok(Err(Error::new(Kind::BadType, format!("the text is of type {class}; expected a str{advice}"))))
}

/// [`text`], for as long as a corpus wants it.
pub(super) fn lent_text(object: &Bound<'_, PyAny>) -> PyResult<Result<corpus::Text>> {
    let text = text(object)?;
    if let (Ok(Cow::Borrowed(_)), Ok(string)) = (&text, object.cast::<PyString>()) {
        return Ok(Ok(corpus::Text::Lent(Arc::new(PyBackedStr::try_from(string.clone())?))));
    }
    Ok(text.map(|text| text.into_owned().into()))
}

/// Whether a value stands for nothing: `None`, NaN, pandas' `NA` and `NaT`.
pub(super) fn is_missing(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    if object.is_none() {
        return Ok(true);
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let class = object.get_type();
    let name = class.name()?;
    Ok(matches!(name.to_cow()?.as_ref(), "NAType" | "NaTType"))
}

/// A field's value. What has no column type of its own is taken as the string that `str` makes of it.
pub(super) fn value(object: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    if let Ok(string) = object.cast::<PyString>() {
        return Ok(Value::Text(match string.to_str() {
            Ok(text) => text.to_owned().into(),
            Err(_) => string.to_string_lossy().into_owned().into(),
        }));
    }
    if is_missing(object)? {
        return Ok(Value::Null);
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        let number = object.extract::<i64>().map(Value::Int);
        return number.or_else(|_| Ok(Value::Text(object.str()?.to_string().into())));
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(Value::Float(number.value()));
    }
    if object.hasattr("isoformat")? {
        let iso = object.call_method0("isoformat")?.str()?.to_string();
        if let Some(value) = calendar::parse_iso(&iso) {
            return Ok(value);
        }
    }
    // NumPy's scalars.
    if object.hasattr("item")? && object.hasattr("dtype")? {
        let item = object.call_method0("item")?;
        if !item.is(object) {
            return value(&item);
        }
    }
    Ok(Value::Text(object.str()?.to_string().into()))
}

/// A column of values, and the rows whose value cannot be text: it holds lone surrogates.
pub(super) fn column(values: &Bound<'_, PyAny>) -> PyResult<(Column, Vec<(usize, Error)>)> {
    let (mut builder, mut bad) = (ColumnBuilder::default(), Vec::new());
    for (row, item) in values.try_iter()?.enumerate() {
        let item = item?;
        if item.is_instance_of::<PyString>()
            && let Err(error) = text(&item)?
        {
            bad.push((row, error));
            builder.push(Value::Null);
        } else {
            builder.push(value(&item)?);
        }
    }
    Ok((builder.finish(), bad))
}

/// The columns of anything that exports an Arrow stream of rows, and whether each holds strings.
pub(super) fn arrow_columns(stream: AnyRecordBatch) -> PyResult<Vec<(String, Column, bool)>> {
    let (batches, schema) = match stream {
        AnyRecordBatch::RecordBatch(batch) => {
            let batch = batch.into_inner();
            let schema = batch.schema();
            (vec![batch], schema)
        }
        AnyRecordBatch::Stream(reader) => reader.into_table()?.into_inner(),
    };
    let mut columns = Vec::new();
    for (at, field) in schema.fields().iter().enumerate() {
        let mut builder = ColumnBuilder::default();
        for batch in &batches {
            push_array(&mut builder, batch.column(at)).map_err(|error| error.in_field(field.name()))?;
        }
        columns.push((field.name().clone(), builder.finish(), is_text(field.data_type())));
    }
    Ok(columns)
}

/// The column of an Arrow array in chunks.
pub(super) fn arrow_column<'a>(chunks: impl IntoIterator<Item = &'a ArrayRef>) -> Result<Column> {
    let mut builder = ColumnBuilder::default();
    for chunk in chunks {
        push_array(&mut builder, chunk)?;
    }
    Ok(builder.finish())
}

fn push_array(builder: &mut ColumnBuilder, array: &ArrayRef) -> Result<()> {
    let target = match array.data_type() {
        DataType::Boolean => DataType::Boolean,
        DataType::UInt64 if !fits_int64(array) => DataType::LargeUtf8,
        kind if kind.is_integer() => DataType::Int64,
        kind if kind.is_floating() => DataType::Float64,
        DataType::Decimal128(..) | DataType::Decimal256(..) => DataType::Float64,
        DataType::Date32 => DataType::Date32,
        DataType::Date64 | DataType::Timestamp(..) => DataType::Timestamp(TimeUnit::Microsecond, None),
        DataType::Null => {
            (0..array.len()).for_each(|_| builder.push(Value::Null));
            return Ok(());
        }
        _ => DataType::LargeUtf8,
    };
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let Ok(array) = arrow_cast::cast_with_options(array, &target, &options) else {
        return push_shown(builder, array);
    };
    for row in 0..array.len() {
        if array.is_null(row) {
            builder.push(Value::Null);
            continue;
        }
        builder.push(match target {
            DataType::Boolean => Value::Bool(array.as_boolean().value(row)),
            DataType::Int64 => Value::Int(array.as_primitive::<Int64Type>().value(row)),
            DataType::Float64 => Value::Float(array.as_primitive::<Float64Type>().value(row)),
            DataType::Date32 => Value::Date(array.as_primitive::<Date32Type>().value(row)),
            DataType::Timestamp(..) => {
                Value::Time(array.as_primitive::<TimestampMicrosecondType>().value(row))
            }
            _ => Value::Text(array.as_string::<i64>().value(row).into()),
        });
    }
    Ok(())
}

/// Whether no number of an array of `uint64` is too large for `int64`.
fn fits_int64(array: &ArrayRef) -> bool {
    array.as_primitive::<UInt64Type>().iter().flatten().all(|number| i64::try_from(number).is_ok())
}

/// Values that have no column type of their own: structs, maps, times beyond the calendar, as they are printed.
fn push_shown(builder: &mut ColumnBuilder, array: &ArrayRef) -> Result<()> {
    let unreadable = |error| Error::new(Kind::BadType, format!("the column cannot be read: {error}"));
    let options = FormatOptions::default();
    let shown = ArrayFormatter::try_new(array.as_ref(), &options).map_err(unreadable)?;
    for row in 0..array.len() {
        if array.is_null(row) {
            builder.push(Value::Null);
        } else {
            let text = shown.value(row).try_to_string().unwrap_or_else(|error| error.to_string());
            builder.push(Value::Text(text.into()));
        }
    }
    Ok(())
}

/// Whether a type holds strings.
pub(super) fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// The day of each row of a date column: `None` where it is missing, or why it is no date.
pub(super) fn days(column: &Column) -> Vec<Result<Option<i32>>> {
    let bad = |row: usize| {
        let shown: String = column.show(row).unwrap_or_default().chars().take(40).collect();
        let what = format!("\"{shown}\" is not a date; expected ISO 8601, such as 2019-01-08");
        Error::new(Kind::BadDate, what).in_field("date")
    };
    let day = |row: usize| -> Result<Option<i32>> {
        if !column.is_valid(row) {
            return Ok(None);
        }
        let ranged = |day: i32| if calendar::has_date(day) { Ok(Some(day)) } else { Err(bad(row)) };
        match &column.values {
            Values::Date(days) => ranged(days[row]),
            Values::Time(times) => ranged(calendar::day_of_time(times[row])),
            // Whole numbers that pandas holds as numbers, since some are missing.
            Values::Float(numbers) if numbers[row].fract() == 0.0 && numbers[row].abs() < 1e9 => {
                calendar::parse_day(&(numbers[row] as i64).to_string()).map(Some).map_err(|_| bad(row))
            }
            Values::Text(texts) if texts.get(row).trim().is_empty() => Ok(None),
            Values::Text(texts) => calendar::parse_day(texts.get(row)).map(Some).map_err(|_| bad(row)),
            Values::Int(numbers) => {
                calendar::parse_day(&numbers[row].to_string()).map(Some).map_err(|_| bad(row))
            }
            _ => Err(bad(row)),
        }
    };
    (0..column.len()).map(day).collect()
}

/// An id column: whole numbers as they are, anything else as text.
pub(super) fn ids(column: Column) -> Column {
    match &column.values {
        Values::Int(_) | Values::Text(_) => column,
        // Whole numbers that pandas holds as numbers, since some are missing.
        Values::Float(numbers)
            if (0..numbers.len()).all(|row| !column.is_valid(row) || numbers[row].fract() == 0.0) =>
        {
            Column::optional_int(
                (0..numbers.len()).map(|row| column.is_valid(row).then(|| numbers[row] as i64)),
            )
        }
        _ => Column::optional_text((0..column.len()).map(|row| column.show(row))),
    }
}
