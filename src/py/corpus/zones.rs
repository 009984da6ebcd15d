//! Verbs about what stands in the articles.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::py::run::aside;
use crate::py::table::Table;

#[pymethods]
impl Corpus {
    fn articles(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        Ok(Table(aside(py, || self.0.articles_table(set))?))
    }

    fn zones(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        Ok(Table(aside(py, || self.0.zones_table(set))?))
    }

    fn sentences(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        Ok(Table(aside(py, || self.0.sentences_table(set))?))
    }

    fn tokens(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        Ok(Table(aside(py, || self.0.tokens_table(set))?))
    }
}
