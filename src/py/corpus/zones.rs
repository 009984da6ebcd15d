//! Verbs about what stands in the articles.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::py::run::run;
use crate::py::table::Table;

#[pymethods]
impl Corpus {
    fn articles(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.0.articles_table(set, &watch))?))
    }

    fn zones(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.0.zones_table(set, &watch))?))
    }

    fn sentences(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.0.sentences_table(set, &watch))?))
    }

    fn tokens(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.0.tokens_table(set, &watch))?))
    }
}
