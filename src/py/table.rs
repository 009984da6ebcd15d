//! How does a table look from Python? Slices, printed lines, and exports to Arrow, lists, `NumPy`
//! and pickle.

mod arrow;
mod restore;
mod values;

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyString};

use super::arrow::{self as arrived, Arrived};
use super::pause::run_watched;
use crate::error::Error;
use crate::table::{Column, Packed};

/// Columns of equal length; the result of every verb.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Table(pub(super) crate::table::Table);

/// The name, kind, number of rows, and streams of a column.
type Streams = (String, String, usize, [Vec<PyBackedBytes>; 4]);

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The names and types of the columns.
    fn schema(&self) -> Vec<(&str, &'static str)> {
        self.0.columns().iter().map(|(name, column)| (name.as_str(), column.type_name())).collect()
    }

    fn metadata(&self) -> Vec<(String, String)> {
        self.0.metadata().to_vec()
    }

    /// The rows from `start` to `stop`.
    fn slice(&self, py: Python<'_>, start: usize, stop: usize) -> PyResult<Self> {
        Ok(Self(run_watched(py, self.0.size(), |watch| self.0.part(start..stop, watch))?))
    }

    /// The columns at these positions.
    fn select(&self, columns: Vec<usize>) -> PyResult<Self> {
        Ok(Self(self.0.select(&columns)?))
    }

    fn equals(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        run_watched(py, self.0.size(), |watch| self.0.equals(&other.0, watch))
    }

    /// The columns of any object that exports an Arrow stream of rows.
    #[staticmethod]
    fn from_stream(stream: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of_arrived(arrived::columns(stream, None)?)
    }

    /// A single column `text`, from any object that exports an Arrow stream of arrays.
    #[staticmethod]
    fn from_array(stream: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of_arrived(vec![arrived::column(stream, "text", None)?])
    }

    /// The printed width of each column, for the first `rows` rows.
    fn widths(&self, py: Python<'_>, rows: usize) -> PyResult<Vec<usize>> {
        run_watched(py, self.0.size(), |watch| self.0.widths(rows, watch))
    }

    /// Rows as lines, below a header if requested.
    fn lines<'py>(
        &self,
        py: Python<'py>,
        start: usize,
        stop: usize,
        header: bool,
        widths: Vec<usize>,
    ) -> PyResult<Bound<'py, PyString>> {
        let bytes = stop.saturating_sub(start).saturating_mul(8 * widths.len());
        let lines = run_watched(py, bytes, |watch| self.0.lines(start..stop, header, &widths, watch))?;
        PyString::from_bytes(py, lines.as_bytes())
    }

    /// The names of the columns and the cells of the first rows, as they are printed.
    fn cells(&self, rows: usize) -> (Vec<String>, Vec<Vec<String>>) {
        self.0.cells(0..rows)
    }

    /// The name, kind and number of rows of each column, and the sizes of its streams in bytes.
    fn layout(&self) -> Vec<(&str, &'static str, usize, [usize; 4])> {
        self.0.layout()
    }

    /// A piece of a stream of a column.
    fn packed<'py>(
        &self,
        py: Python<'py>,
        at: usize,
        stream: usize,
        start: usize,
        stop: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let packed = self.column(at)?.packed(stream, start, stop)?;
        PyBytes::new_with(py, packed.len(), |bytes| {
            bytes.copy_from_slice(&packed);
            Ok(())
        })
    }

    /// The table with these columns.
    #[staticmethod]
    fn unpack(py: Python<'_>, columns: Vec<Streams>, metadata: Vec<(String, String)>) -> PyResult<Self> {
        fn lent(pieces: &[PyBackedBytes]) -> Vec<&[u8]> {
            pieces.iter().map(|piece| piece as &[u8]).collect()
        }
        let packed: Vec<Packed<'_>> = columns
            .iter()
            .map(|(name, kind, rows, streams)| Packed {
                name: name.clone(),
                kind: kind.clone(),
                rows: *rows,
                streams: streams.each_ref().map(|pieces| lent(pieces)),
            })
            .collect();
        let bytes =
            packed.iter().flat_map(|column| column.streams.iter().flatten()).map(|piece| piece.len()).sum();
        Ok(Self(run_watched(py, bytes, |watch| crate::table::Table::unpack(&packed, metadata, watch))?))
    }
}

impl Table {
    /// A table from columns in which every row must be valid.
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
        columns.get(at).map(|(_, column)| column.as_ref()).ok_or_else(missing)
    }
}
