//! The verb that shows words in their context.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::error::Result;
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, Fold, KwicOptions, SortBy};

/// The options of `kwic`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Concordance {
    regex: bool,
    fold: Option<String>,
    window: usize,
    sort: Vec<String>,
    n: Option<usize>,
}

impl Concordance {
    fn options(self, queries: Vec<String>) -> Result<KwicOptions> {
        let Self { regex, fold, window, sort, n } = self;
        let sort: Vec<Vec<SortBy>> =
            sort.iter().map(|name| SortBy::from_name(name)).collect::<Result<_>>()?;
        let fold = Fold::from_name(fold.as_deref());
        Ok(KwicOptions { queries, regex, fold, window, sort: sort.concat(), n })
    }
}

#[pymethods]
impl Corpus {
    fn kwic(
        &self,
        py: Python<'_>,
        queries: Vec<String>,
        zones: Vec<String>,
        concordance: Concordance,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, concordance.options(queries)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            stats::kwic(&self.articles, &self.places, set, &options, &watch)
        })?))
    }
}
