//! How are pickles of earlier versions read, which stored lists of values?

use pyo3::prelude::*;

use super::Table;
use crate::batch::Watch;
use crate::py::intake;
use crate::table::{Column, ColumnBuilder, Strings, Value, Values};

#[pymethods]
impl Table {
    #[staticmethod]
    fn restore(
        columns: Vec<(String, String, Vec<Bound<'_, PyAny>>)>,
        metadata: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let mut table = crate::table::Table::new();
        for (name, kind, values) in columns {
            table = table.with(name, column(&kind, &values)?)?;
        }
        for (name, value) in metadata {
            table = table.with_fact(name, &value);
        }
        Ok(Self(table))
    }
}

/// A column from its values; days and times are stored as numbers.
fn column(kind: &str, values: &[Bound<'_, PyAny>]) -> PyResult<Column> {
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
    // The first value gives the builder its type, even if all others are missing.
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
        // NaN is a number here; only `None` is missing.
        builder.push(match value.extract::<Option<f64>>() {
            Ok(Some(number)) if kind == "float64" => Value::Float(number),
            Ok(Some(_)) if kind == "date" => Value::Date(value.extract()?),
            Ok(Some(_)) if kind == "timestamp[us]" => Value::Time(value.extract()?),
            _ => intake::value(value)??,
        });
    }
    let rows: Vec<u32> = (1..=values.len() as u32).collect();
    let mut column = builder.finish().take(&rows, &Watch::default())?;
    column.valid = column.valid.filter(|valid| valid.contains(&false));
    Ok(column)
}
