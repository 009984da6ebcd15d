//! Verbs about the dates that texts mention.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::py::run::run;
use crate::py::table::Table;

#[pymethods]
impl Corpus {
    fn dates(&self, py: Python<'_>, zones: Vec<String>, threads: Option<usize>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || self.articles.dates_table(set, &watch))?))
    }
}
