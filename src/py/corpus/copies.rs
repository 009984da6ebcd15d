//! The verb that finds copies.

use pyo3::prelude::*;

use super::Corpus;
use crate::batch::Watch;
use crate::duplicate::{self, CopyOptions, Measure, Role};
use crate::error::{Result, named};
use crate::py::run::run;
use crate::py::table::Table;

fn options(threshold: f64, measure: &str, days: Option<u32>) -> Result<CopyOptions> {
    Ok(CopyOptions { threshold, measure: named("measure", measure, &Measure::ALL)?, days })
}

#[pymethods]
impl Corpus {
    /// The articles that are copies of each other, their pairs, or the passages that they share.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn copies(
        &self,
        py: Python<'_>,
        by_pair: bool,
        spans: bool,
        threshold: f64,
        measure: &str,
        days: Option<u32>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let (watch, options) = (Watch::default(), options(threshold, measure, days)?);
        run(py, threads, &watch, progress.as_ref(), || {
            let table = match (by_pair, spans) {
                (true, _) => duplicate::copy_pairs,
                (_, true) => duplicate::copy_spans,
                _ => duplicate::copies,
            };
            Ok(Table(table(&self.articles, options, &watch)?))
        })
    }

    /// The articles, without the copies of earlier ones.
    fn originals(&self, py: Python<'_>, threads: Option<usize>) -> PyResult<Self> {
        let watch = Watch::default();
        let selected = run(py, threads, &watch, None, || {
            let copied = self.stories(&watch)?.copied();
            let originals: Vec<usize> = (0..copied.len()).filter(|&position| !copied[position]).collect();
            self.articles.take(&originals)
        })?;
        Ok(self.selected(selected))
    }

    /// What the article at a position is to its story: the position of the first article that
    /// reports it, its role, and how many do.
    fn story(
        &self,
        py: Python<'_>,
        position: usize,
        threads: Option<usize>,
    ) -> PyResult<Option<(u32, &'static str, u32)>> {
        let watch = Watch::default();
        let stories = run(py, threads, &watch, None, || self.stories(&watch))?;
        let story = stories.of(position);
        Ok(story.map(|story| (story.first, Role::NAMES[story.role as usize], story.copies)))
    }
}
