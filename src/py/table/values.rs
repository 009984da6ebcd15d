//! How do columns become Python values? As lists in general, and as bytes for `NumPy`.

use std::collections::HashMap;
use std::ops::Range;

use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyList, PyMemoryView, PyString};

use super::Table;
use crate::calendar;
use crate::py::pause::Pause;
use crate::table::{Column, Values};

/// How many values are converted to bytes between two pauses.
const STRIDE: usize = 1 << 16;

/// How many numbers become objects between two pauses.
const OBJECTS: usize = 1 << 12;

#[pymethods]
impl Table {
    /// The values of a column, from row `start` to `stop`, as a list.
    #[pyo3(signature = (at, start=0, stop=None))]
    fn values<'py>(
        &self,
        py: Python<'py>,
        at: usize,
        start: usize,
        stop: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let column = self.column(at)?;
        let stop = stop.unwrap_or(usize::MAX).min(column.len());
        let rows = start.min(stop)..stop;
        match &column.values {
            Values::Int(values) => return numbers(py, column, values, rows, "q", i64::to_ne_bytes),
            Values::Float(values) => return numbers(py, column, values, rows, "d", f64::to_ne_bytes),
            _ => {}
        }
        let mut cells = Cells::new(py, column)?;
        let (values, mut pause) = (PyList::empty(py), Pause::default());
        for row in rows {
            let (value, objects) = cells.get(row)?;
            values.append(value)?;
            pause.after(py, objects)?;
        }
        Ok(values)
    }

    /// The bytes of a numeric column and of its validity, for `NumPy`.
    fn buffer<'py>(
        &self,
        py: Python<'py>,
        at: usize,
    ) -> PyResult<(Bound<'py, PyByteArray>, Option<Bound<'py, PyByteArray>>)> {
        let column = self.column(at)?;
        let bytes = match &column.values {
            Values::Int(values) | Values::Time(values) => bytes(py, values, i64::to_ne_bytes),
            Values::Float(values) => bytes(py, values, f64::to_ne_bytes),
            Values::Bool(values) => bytes(py, values, |value| [u8::from(value)]),
            Values::Date(values) => {
                bytes(py, values, |day| (i64::from(day) * calendar::MICROS_PER_DAY).to_ne_bytes())
            }
            Values::Text(_) | Values::Category(..) | Values::TextList(..) => {
                Err(PyRuntimeError::new_err("a column of strings has no buffer"))
            }
        }?;
        let valid = column
            .valid
            .as_ref()
            .map(|valid| self::bytes(py, valid, |value| [u8::from(value)]))
            .transpose()?;
        Ok((bytes, valid))
    }
}

fn bytes<'py, T: Copy, const N: usize>(
    py: Python<'py>,
    values: &[T],
    encode: impl Fn(T) -> [u8; N],
) -> PyResult<Bound<'py, PyByteArray>> {
    PyByteArray::new_with(py, values.len() * N, |bytes| {
        let mut pause = Pause::default();
        for (values, bytes) in values.chunks(STRIDE).zip(bytes.chunks_mut(STRIDE * N)) {
            for (value, bytes) in values.iter().zip(bytes.as_chunks_mut::<N>().0) {
                *bytes = encode(*value);
            }
            pause.after(py, STRIDE)?;
        }
        Ok(())
    })
}

/// The numbers of some rows, which Python creates from their bytes: this is faster than one at a
/// time, and a lack of memory is an error.
fn numbers<'py, T: Copy, const N: usize>(
    py: Python<'py>,
    column: &Column,
    values: &[T],
    rows: Range<usize>,
    code: &str,
    encode: impl Fn(T) -> [u8; N],
) -> PyResult<Bound<'py, PyList>> {
    let (list, mut pause) = (PyList::empty(py), Pause::default());
    for start in rows.clone().step_by(OBJECTS) {
        let end = rows.end.min(start + OBJECTS);
        let bytes = PyBytes::new_with(py, (end - start) * N, |bytes| {
            for (value, bytes) in values[start..end].iter().zip(bytes.as_chunks_mut::<N>().0) {
                *bytes = encode(*value);
            }
            Ok(())
        })?;
        let cast = PyMemoryView::from(&bytes)?.call_method1(intern!(py, "cast"), (code,))?;
        let piece = cast.call_method0(intern!(py, "tolist"))?.cast_into::<PyList>()?;
        for row in (start..end).filter(|&row| !column.is_valid(row)) {
            piece.set_item(row - start, py.None())?;
        }
        list.set_slice(list.len(), list.len(), &piece)?;
        pause.after(py, end - start)?;
    }
    Ok(list)
}

/// The cells of a column as Python values; repeated values are created once.
struct Cells<'a, 'py> {
    py: Python<'py>,
    column: &'a Column,
    days: HashMap<i32, Bound<'py, PyAny>, rustc_hash::FxBuildHasher>,
    day_of_number: Bound<'py, PyAny>,
    time_of_text: Bound<'py, PyAny>,
    names: Vec<Option<Bound<'py, PyAny>>>,
}

impl<'a, 'py> Cells<'a, 'py> {
    fn new(py: Python<'py>, column: &'a Column) -> PyResult<Self> {
        let datetime = py.import("datetime")?;
        let names = if let Values::Category(_, names) = &column.values { names.len() } else { 0 };
        Ok(Self {
            py,
            column,
            days: HashMap::default(),
            day_of_number: datetime.getattr(intern!(py, "date"))?.getattr(intern!(py, "fromordinal"))?,
            time_of_text: datetime.getattr(intern!(py, "datetime"))?.getattr(intern!(py, "fromisoformat"))?,
            names: vec![None; names],
        })
    }

    /// A value, and approximately how many objects were created for it.
    fn get(&mut self, row: usize) -> PyResult<(Bound<'py, PyAny>, usize)> {
        let (py, column) = (self.py, self.column);
        if !column.is_valid(row) {
            return Ok((py.None().into_bound(py), 1));
        }
        let value = match &column.values {
            Values::Text(values) => return string(py, values.get(row)),
            Values::Category(codes, names) => {
                let code = codes[row] as usize;
                if let Some(name) = &self.names[code] {
                    return Ok((name.clone(), 1));
                }
                let (name, objects) = string(py, names.get(code))?;
                self.names[code] = Some(name.clone());
                return Ok((name, objects));
            }
            Values::Int(_) | Values::Float(_) => {
                return Err(PyRuntimeError::new_err("numbers are not created one at a time"));
            }
            Values::Bool(values) => PyBool::new(py, values[row]).to_owned().into_any(),
            Values::Date(values) if calendar::has_date(values[row]) => self.day(values[row])?,
            // Days and times outside Python's calendar are returned as they are printed.
            Values::Date(values) => return string(py, &calendar::format_day(values[row])),
            Values::Time(values) => {
                let (text, objects) = string(py, &calendar::format_time(values[row]))?;
                if !calendar::has_date(calendar::day_of_time(values[row])) {
                    return Ok((text, objects));
                }
                self.time_of_text.call1((text,))?
            }
            Values::TextList(ends, strings) => {
                let start = if row == 0 { 0 } else { ends[row - 1] };
                let (items, mut pause) = (PyList::empty(py), Pause::default());
                for item in start..ends[row] {
                    let (value, objects) = string(py, strings.get(item as usize))?;
                    items.append(value)?;
                    pause.after(py, objects)?;
                }
                return Ok((items.into_any(), 1 + (ends[row] - start) as usize));
            }
        };
        Ok((value, 1))
    }

    fn day(&mut self, day: i32) -> PyResult<Bound<'py, PyAny>> {
        if let Some(known) = self.days.get(&day) {
            return Ok(known.clone());
        }
        let made = self.day_of_number.call1((i64::from(day) + 719_163,))?;
        self.days.insert(day, made.clone());
        Ok(made)
    }
}

/// A string, and its cost, which grows with its length. Created in a way that makes a lack of
/// memory an error.
fn string<'py>(py: Python<'py>, text: &str) -> PyResult<(Bound<'py, PyAny>, usize)> {
    Ok((PyString::from_bytes(py, text.as_bytes())?.into_any(), 1 + text.len() / 1024))
}
