//! Verbs that list articles, their zones, sentences and tokens.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::py::run::run;
use crate::py::table::Table;

#[pymethods]
impl Corpus {
    fn articles(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.articles.articles_table(set, &watch))?))
    }

    fn zones(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.articles.zones_table(set, &watch))?))
    }

    fn sentences(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.articles.sentences_table(set, &watch))?))
    }

    fn tokens(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.articles.tokens_table(set, &watch))?))
    }
}
