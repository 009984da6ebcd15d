//! How is a table exported to Arrow?

use std::sync::Arc;

use arrow_array::builder::{LargeStringBuilder, ListBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    RecordBatchOptions, TimestampMicrosecondArray,
};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{Field, Schema};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::Table;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::py::pause::run_watched;
use crate::table::{Column, STRIDE, Values, copied, reserved};

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may ignore the schema that a consumer asks for; the consumer then casts.
        drop(requested_schema);
        let batch = run_watched(py, self.0.size(), |watch| record_batch(&self.0, watch))?;
        let schema = batch.schema();
        let reader = RecordBatchIterator::new([Ok(batch)], schema);
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

fn record_batch(table: &crate::table::Table, watch: &Watch) -> Result<RecordBatch> {
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    for (name, column) in table.columns() {
        let array = array(column, watch)?;
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let metadata = table.metadata().iter().cloned().collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    // The number of rows is given explicitly, because a table without columns cannot show it.
    let options = RecordBatchOptions::new().with_row_count(Some(table.len()));
    RecordBatch::try_new_with_options(schema, arrays, &options).map_err(|error| {
        Error::new(Kind::Internal, format!("the table cannot be converted to Arrow: {error}"))
    })
}

fn array(column: &Column, watch: &Watch) -> Result<ArrayRef> {
    watch.check()?;
    let nulls = column.valid.as_ref().map(|valid| NullBuffer::new(BooleanBuffer::from(valid.as_slice())));
    Ok(match &column.values {
        Values::Text(values) => strings(column, values.joined().len(), |row| values.get(row), watch)?,
        Values::Category(codes, names) => {
            let bytes = codes.iter().map(|&code| names.get(code as usize).len()).sum();
            strings(column, bytes, |row| names.get(codes[row] as usize), watch)?
        }
        Values::Int(values) => Arc::new(Int64Array::new(copied(values, watch)?.into(), nulls)),
        Values::Float(values) => Arc::new(Float64Array::new(copied(values, watch)?.into(), nulls)),
        Values::Bool(values) => Arc::new(BooleanArray::new(values.as_slice().into(), nulls)),
        Values::Date(values) => Arc::new(Date32Array::new(copied(values, watch)?.into(), nulls)),
        Values::Time(values) => {
            Arc::new(TimestampMicrosecondArray::new(copied(values, watch)?.into(), nulls))
        }
        Values::TextList(ends, items) => {
            if i32::try_from(items.len()).is_err() {
                let what =
                    format!("{} strings in lists are more than a list column of Arrow holds", items.len());
                return Err(Error::new(Kind::BadOption, what));
            }
            let mut builder = ListBuilder::with_capacity(
                string_builder(items.len(), items.joined().len())?,
                reserved::<i64>(column.len())?.capacity(),
            );
            let mut start = 0;
            for (row, &end) in ends.iter().enumerate() {
                for item in start..end {
                    if (item as usize).is_multiple_of(STRIDE) {
                        watch.check()?;
                    }
                    builder.values().append_value(items.get(item as usize));
                }
                builder.append(column.is_valid(row));
                start = end;
            }
            Arc::new(builder.finish())
        }
    })
}

/// An array of the strings of all rows, which have this many bytes in total.
fn strings<'a>(
    column: &Column,
    bytes: usize,
    string: impl Fn(usize) -> &'a str,
    watch: &Watch,
) -> Result<ArrayRef> {
    let mut builder = string_builder(column.len(), bytes)?;
    for row in 0..column.len() {
        if row.is_multiple_of(STRIDE) {
            watch.check()?;
        }
        if column.is_valid(row) {
            builder.append_value(string(row));
        } else {
            builder.append_null();
        }
    }
    Ok(Arc::new(builder.finish()))
}

/// A builder with capacity for this many strings of this many bytes in total, if there is memory
/// for it.
fn string_builder(rows: usize, bytes: usize) -> Result<LargeStringBuilder> {
    // Arrow's own memory allocation would abort the process if it failed.
    let asked = (reserved::<i64>(rows + 1)?, reserved::<u8>(bytes + rows / 8)?);
    drop(asked);
    Ok(LargeStringBuilder::with_capacity(rows, bytes))
}
