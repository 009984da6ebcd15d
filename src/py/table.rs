//! Tables at the Python edge: Arrow streams, buffers for `NumPy`, lists.

use std::sync::Arc;

use arrow_array::builder::{LargeStringBuilder, ListBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, LargeStringArray, RecordBatch,
    TimestampMicrosecondArray,
};
use arrow_buffer::{BooleanBuffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{Field, Schema};
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyCapsule, PyList, PyString, PyTuple};
use pyo3_arrow::PyTable;

use super::arrow::{self, Arrived};
use crate::calendar;
use crate::error::Error;
use crate::table::{Column, ColumnBuilder, Strings, Value, Values};

/// Columns of one length; what every verb returns.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Table(pub(super) crate::table::Table);

fn type_name(column: &Column) -> &'static str {
    match &column.values {
        Values::Text(_) | Values::Category(..) => "string",
        Values::Int(_) => "int64",
        Values::Float(_) => "float64",
        Values::Bool(_) => "bool",
        Values::Date(_) => "date",
        Values::Time(_) => "timestamp[us]",
        Values::TextList(..) => "list[string]",
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// Names and types of the columns.
    fn schema(&self) -> Vec<(&str, &'static str)> {
        self.0.columns().iter().map(|(name, column)| (name.as_str(), type_name(column))).collect()
    }

    fn metadata(&self) -> Vec<(String, String)> {
        self.0.metadata().to_vec()
    }

    /// The rows from `start` to `stop`.
    fn slice(&self, start: usize, stop: usize) -> Self {
        let rows: Vec<u32> =
            (start.min(self.0.len())..stop.min(self.0.len())).map(|row| row as u32).collect();
        Self(self.0.take(&rows))
    }

    /// The columns at these positions.
    fn select(&self, columns: Vec<usize>) -> PyResult<Self> {
        Ok(Self(self.0.select(&columns)?))
    }

    /// The columns of anything that exports an Arrow stream of rows.
    #[staticmethod]
    fn from_stream(stream: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of_arrived(arrow::columns(stream, None)?)
    }

    /// A single column `text`, of anything that exports an Arrow stream of arrays.
    #[staticmethod]
    fn from_array(stream: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of_arrived(vec![arrow::column(stream, "text", None)?])
    }

    /// A column as a list of Python values.
    fn values<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyList>> {
        let column = self.column(at)?;
        let days =
            |day: i32| py.import("datetime")?.getattr("date")?.call_method1("fromordinal", (day + 719_163,));
        let cell = |row: usize| -> PyResult<Py<PyAny>> {
            if !column.is_valid(row) {
                return Ok(py.None());
            }
            Ok(match &column.values {
                Values::Text(values) => values.get(row).into_pyobject(py)?.into_any().unbind(),
                Values::Int(values) => values[row].into_pyobject(py)?.into_any().unbind(),
                Values::Float(values) => values[row].into_pyobject(py)?.into_any().unbind(),
                Values::Bool(values) => values[row].into_pyobject(py)?.to_owned().into_any().unbind(),
                Values::Date(values) if calendar::has_date(values[row]) => days(values[row])?.unbind(),
                // Days and times beyond Python's calendar come as they are printed.
                Values::Date(_) => column.show(row).into_pyobject(py)?.unbind(),
                Values::Time(values) if !calendar::has_date(calendar::day_of_time(values[row])) => {
                    column.show(row).into_pyobject(py)?.unbind()
                }
                Values::Time(values) => {
                    let text = calendar::format_time(values[row]);
                    py.import("datetime")?
                        .getattr("datetime")?
                        .call_method1("fromisoformat", (text,))?
                        .unbind()
                }
                Values::Category(codes, names) => {
                    names.get(codes[row] as usize).into_pyobject(py)?.into_any().unbind()
                }
                Values::TextList(ends, strings) => {
                    let start = if row == 0 { 0 } else { ends[row - 1] };
                    let items = (start..ends[row]).map(|item| strings.get(item as usize));
                    PyList::new(py, items.collect::<Vec<_>>())?.into_any().unbind()
                }
            })
        };
        if let (Values::Category(codes, names), None) = (&column.values, &column.valid) {
            // Few strings, many rows: each string is made once.
            let names: Vec<Bound<'py, PyString>> = names.iter().map(|name| PyString::new(py, name)).collect();
            return PyList::new(py, codes.iter().map(|&code| &names[code as usize]));
        }
        let cells: PyResult<Vec<Py<PyAny>>> = (0..column.len()).map(cell).collect();
        PyList::new(py, cells?)
    }

    /// The bytes of a column of numbers, and of its validity, for `NumPy`.
    fn buffer<'py>(
        &self,
        py: Python<'py>,
        at: usize,
    ) -> PyResult<(Bound<'py, PyByteArray>, Option<Bound<'py, PyByteArray>>)> {
        let column = self.column(at)?;
        let bytes: Vec<u8> = match &column.values {
            Values::Int(values) | Values::Time(values) => {
                values.iter().flat_map(|value| value.to_ne_bytes()).collect()
            }
            Values::Float(values) => values.iter().flat_map(|value| value.to_ne_bytes()).collect(),
            Values::Bool(values) => values.iter().map(|&value| u8::from(value)).collect(),
            Values::Date(values) => values
                .iter()
                .flat_map(|&value| (i64::from(value) * calendar::MICROS_PER_DAY).to_ne_bytes())
                .collect(),
            Values::Text(_) | Values::Category(..) | Values::TextList(..) => {
                return Err(PyRuntimeError::new_err("a column of strings has no buffer"));
            }
        };
        let valid = column.valid.as_ref().map(|valid| {
            PyByteArray::new(py, &valid.iter().map(|&value| u8::from(value)).collect::<Vec<_>>())
        });
        Ok((PyByteArray::new(py, &bytes), valid))
    }

    /// The table as the cells a reader sees.
    fn shown(&self, rows: usize) -> Vec<Vec<Option<String>>> {
        let rows = 0..rows.min(self.0.len());
        rows.map(|row| self.0.columns().iter().map(|(_, column)| column.show(row)).collect()).collect()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let table = arrow_table(&self.0).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        let table = table.into_pyobject(py)?;
        let arguments = (requested_schema,).into_pyobject(py)?;
        table.into_any().call_method1("__arrow_c_stream__", arguments)
    }

    /// What [`Table::restore`] makes the table from.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let mut columns = Vec::new();
        for (at, (name, column)) in self.0.columns().iter().enumerate() {
            // Days and times travel as numbers: not all of them have a Python date.
            let numbers: Option<Vec<i64>> = match &column.values {
                Values::Date(days) => Some(days.iter().map(|&day| i64::from(day)).collect()),
                Values::Time(times) => Some(times.clone()),
                _ => None,
            };
            let values = match numbers {
                Some(numbers) => {
                    let cell = |(row, number): (usize, i64)| column.is_valid(row).then_some(number);
                    PyList::new(py, numbers.into_iter().enumerate().map(cell))?
                }
                None => self.values(py, at)?,
            };
            columns.push((name.as_str(), type_name(column), values));
        }
        (columns, self.metadata()).into_pyobject(py)
    }

    #[staticmethod]
    fn restore(
        columns: Vec<(String, String, Vec<Bound<'_, PyAny>>)>,
        metadata: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let mut table = crate::table::Table::new();
        for (name, kind, values) in columns {
            table = table.with(name, restored(&kind, &values)?)?;
        }
        for (name, value) in metadata {
            table = table.with_fact(name, &value);
        }
        Ok(Self(table))
    }
}

impl Table {
    /// Columns of which every row must be good.
    fn of_arrived(columns: Vec<Arrived>) -> PyResult<Self> {
        let mut table = crate::table::Table::new();
        for Arrived { name, column, bad, .. } in columns {
            if let Some((row, error)) = bad.into_iter().next() {
                let what = format!("row {row}: {}", error.what());
                let byte = error.place().byte.unwrap_or_default();
                return Err(Error::new(error.kind(), what).in_field(name).at_byte(byte).into());
            }
            table = table.with(name, column)?;
        }
        Ok(Self(table))
    }

    fn column(&self, at: usize) -> PyResult<&Column> {
        let columns = self.0.columns();
        let missing =
            || PyIndexError::new_err(format!("there is no column {at}; there are {}", columns.len()));
        columns.get(at).map(|(_, column)| column).ok_or_else(missing)
    }
}

/// A column from its values as lists hold them.
fn restored(kind: &str, values: &[Bound<'_, PyAny>]) -> PyResult<Column> {
    if kind == "list[string]" {
        let (mut ends, mut strings) = (Vec::new(), Strings::default());
        for value in values {
            for item in value.extract::<Vec<String>>()? {
                strings.push(&item);
            }
            ends.push(strings.len() as u32);
        }
        return Ok(Values::TextList(ends, strings).into());
    }
    // A first value gives the builder its type, also where all others are missing.
    let mut builder = ColumnBuilder::default();
    builder.push(match kind {
        "int64" => Value::Int(0),
        "float64" => Value::Float(0.0),
        "bool" => Value::Bool(false),
        "date" => Value::Date(0),
        "timestamp[us]" => Value::Time(0),
        _ => Value::Text("".into()),
    });
    for value in values {
        // NaN is a number here, and only `None` is missing.
        builder.push(match value.extract::<Option<f64>>() {
            Ok(Some(number)) if kind == "float64" => Value::Float(number),
            Ok(Some(_)) if kind == "date" => Value::Date(value.extract()?),
            Ok(Some(_)) if kind == "timestamp[us]" => Value::Time(value.extract()?),
            _ => super::intake::value(value)??,
        });
    }
    let rows: Vec<u32> = (1..=values.len() as u32).collect();
    let mut column = builder.finish().take(&rows);
    column.valid = column.valid.filter(|valid| valid.contains(&false));
    Ok(column)
}

fn arrow_table(table: &crate::table::Table) -> PyResult<PyTable> {
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    for (name, column) in table.columns() {
        let array = arrow_array(column);
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let metadata = table.metadata().iter().cloned().collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)
        .map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    PyTable::try_new(vec![batch], schema)
}

fn arrow_array(column: &Column) -> ArrayRef {
    let nulls = column.valid.as_ref().map(|valid| NullBuffer::new(BooleanBuffer::from(valid.as_slice())));
    match &column.values {
        Values::Text(values) => {
            let offsets = OffsetBuffer::new(ScalarBuffer::from(values.offsets().to_vec()));
            Arc::new(LargeStringArray::new(offsets, values.joined().as_bytes().to_vec().into(), nulls))
        }
        Values::Category(codes, names) => {
            let cell = |(row, &code): (usize, &u32)| column.is_valid(row).then(|| names.get(code as usize));
            Arc::new(codes.iter().enumerate().map(cell).collect::<LargeStringArray>())
        }
        Values::Int(values) => Arc::new(Int64Array::new(values.clone().into(), nulls)),
        Values::Float(values) => Arc::new(Float64Array::new(values.clone().into(), nulls)),
        Values::Bool(values) => Arc::new(BooleanArray::new(values.as_slice().into(), nulls)),
        Values::Date(values) => Arc::new(Date32Array::new(values.clone().into(), nulls)),
        Values::Time(values) => Arc::new(TimestampMicrosecondArray::new(values.clone().into(), nulls)),
        Values::TextList(ends, strings) => {
            let mut builder = ListBuilder::new(LargeStringBuilder::new());
            let mut start = 0;
            for &end in ends {
                for item in start..end {
                    builder.values().append_value(strings.get(item as usize));
                }
                builder.append(true);
                start = end;
            }
            Arc::new(builder.finish())
        }
    }
}
