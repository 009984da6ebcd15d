//! Verbs that measure how varied and how readable texts are.

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::error::Result;
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, DiversityOptions};

/// The options of `diversity`, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Measuring {
    measures: Vec<String>,
    mattr_window: usize,
    mtld_threshold: f64,
    mtld_min: usize,
    hdd_sample: usize,
}

impl Measuring {
    fn options(self, counting: Counting) -> Result<DiversityOptions> {
        let Self { measures, mattr_window, mtld_threshold, mtld_min, hdd_sample } = self;
        let terms = counting.options()?;
        Ok(DiversityOptions { terms, measures, mattr_window, mtld_threshold, mtld_min, hdd_sample })
    }
}

#[pymethods]
impl Corpus {
    fn diversity(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        measuring: Measuring,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, measuring.options(counting)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            stats::diversity(&self.articles, &by, set, &options, &watch)
        })?))
    }

    fn readability(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        measures: Vec<String>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            stats::readability(&self.articles, &by, set, &measures, &watch)
        })?))
    }
}
