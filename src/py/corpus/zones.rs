//! Verbs that list articles, their zones, sentences and tokens.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::py::run::run;
use crate::py::table::Table;

/// The days, the numbers of undated articles and of tokens, and that of each kind of zone.
type Overview = (Option<(String, String)>, usize, usize, Vec<(&'static str, usize)>);

#[pymethods]
impl Corpus {
    fn articles(&self, py: Python<'_>, zones: Vec<String>) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, None, &watch, None, || self.articles.articles_table(set, &watch))?))
    }

    /// The first and the last day, the numbers of undated articles and of tokens, and the name and
    /// number of each kind of zone.
    fn overview(&self, py: Python<'_>) -> PyResult<Overview> {
        let watch = Watch::default();
        let overview = run(py, None, &watch, None, || self.articles.overview(&watch))?;
        let day = |day: i32| crate::calendar::format_day(day);
        let zones = ZoneKind::ALL.map(ZoneKind::name).into_iter().zip(overview.zones).collect();
        Ok((
            overview.days.map(|(first, last)| (day(first), day(last))),
            overview.undated,
            overview.tokens,
            zones,
        ))
    }

    /// One row per group of articles.
    fn describe(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            self.articles.describe(&by, set, &self.stories(&watch)?.copied(), &watch)
        })?))
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
