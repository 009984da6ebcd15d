//! The verb that finds copies.

use pyo3::prelude::*;

use super::Corpus;
use crate::batch::Watch;
use crate::duplicate::{self, CopyOptions, Measure};
use crate::error::{Result, named};
use crate::py::run::run;
use crate::py::table::Table;

fn options(threshold: f64, measure: &str, days: Option<u32>) -> Result<CopyOptions> {
    Ok(CopyOptions { threshold, measure: named("measure", measure, &Measure::ALL)?, days })
}

#[pymethods]
impl Corpus {
    /// The articles that are copies of each other, or their pairs.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn copies(
        &self,
        py: Python<'_>,
        by_pair: bool,
        threshold: f64,
        measure: &str,
        days: Option<u32>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let (watch, options) = (Watch::default(), options(threshold, measure, days)?);
        run(py, threads, &watch, progress.as_ref(), || {
            let table = if by_pair { duplicate::copy_pairs } else { duplicate::copies };
            Ok(Table(table(&self.articles, options, &watch)?))
        })
    }

    /// The articles, without the copies of earlier ones.
    fn originals(
        &self,
        py: Python<'_>,
        threshold: f64,
        measure: &str,
        days: Option<u32>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let (watch, options) = (Watch::default(), options(threshold, measure, days)?);
        let selected = run(py, threads, &watch, None, || {
            let positions = duplicate::originals(&self.articles, options, &watch)?;
            self.articles.take(&positions)
        })?;
        Ok(self.selected(selected))
    }
}
