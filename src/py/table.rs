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
use super::run::run;
use crate::batch::Watch;
use crate::error::{Error, named};
use crate::table::{Column, Cut, Packed, Shape};

/// Columns of equal length; the result of every verb.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Table(pub(super) crate::table::Table);

/// A column to print: its position, its width, what it loses if it is too long, whether it is
/// flush right, whether repeated values are blank, and its decimals.
type Shaped = (usize, usize, String, bool, bool, usize);

fn shaped(shapes: Vec<Shaped>) -> PyResult<Vec<Shape>> {
    let shape = |(column, width, cut, right, once, decimals): Shaped| {
        Ok(Shape { column, width, cut: named("cut", &cut, &Cut::ALL)?, right, once, decimals })
    };
    shapes.into_iter().map(shape).collect()
}

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

    fn with_fact(&self, name: String, value: String) -> Self {
        Self(self.0.clone().with_fact(name, &value))
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

    /// The width of the name and of the cells of each column, and its decimals, for the first
    /// `rows` rows and cells up to these limits.
    fn extents(&self, py: Python<'_>, rows: usize, limits: Vec<usize>) -> PyResult<Vec<[usize; 3]>> {
        let extents = run_watched(py, self.0.size(), |watch| self.0.extents(rows, &limits, watch))?;
        Ok(extents.into_iter().map(|extent| [extent.name, extent.cells, extent.decimals]).collect())
    }

    /// Rows as lines, below a header if requested.
    fn lines<'py>(
        &self,
        py: Python<'py>,
        start: usize,
        stop: usize,
        header: bool,
        shapes: Vec<Shaped>,
    ) -> PyResult<Bound<'py, PyString>> {
        let shapes = shaped(shapes)?;
        let bytes = stop.saturating_sub(start).saturating_mul(8 * shapes.len());
        let lines = run_watched(py, bytes, |watch| self.0.lines(start..stop, header, &shapes, watch))?;
        PyString::from_bytes(py, lines.as_bytes())
    }

    /// The names of some columns and the cells of some rows, as they are printed.
    fn cells(
        &self,
        start: usize,
        stop: usize,
        shapes: Vec<Shaped>,
    ) -> PyResult<(Vec<String>, Vec<Vec<String>>)> {
        Ok(self.0.cells(start..stop, &shaped(shapes)?))
    }

    /// The given rows, in the given order.
    fn take(&self, py: Python<'_>, rows: Vec<u32>) -> PyResult<Self> {
        if let Some(row) = rows.iter().find(|&&row| row as usize >= self.0.len()) {
            return Err(PyIndexError::new_err(format!("there is no row {row}; there are {}", self.0.len())));
        }
        Ok(Self(run_watched(py, self.0.size(), |watch| self.0.take(&rows, watch))?))
    }

    /// The rows sorted by these columns, each ascending or not; missing values are last.
    fn sorted(&self, py: Python<'_>, by: Vec<(usize, bool)>) -> PyResult<Self> {
        for &(at, _) in &by {
            self.column(at)?;
        }
        let watch = Watch::default();
        Ok(Self(run(py, None, &watch, None, || self.0.take(&self.0.order(&by, &watch)?, &watch))?))
    }

    /// The columns of this table, then those of another with as many rows.
    fn beside(&self, other: &Self) -> PyResult<Self> {
        Ok(Self(self.0.clone().beside(&other.0)?))
    }

    /// The rows of all tables, one after the other.
    #[staticmethod]
    fn concat(py: Python<'_>, tables: Vec<PyRef<'_, Self>>) -> PyResult<Self> {
        let tables: Vec<crate::table::Table> = tables.iter().map(|table| table.0.clone()).collect();
        let bytes = tables.iter().map(crate::table::Table::size).sum();
        Ok(Self(run_watched(py, bytes, |watch| crate::table::Table::concat(&tables, watch))?))
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
