//! Verbs that weight terms and find articles by them.

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::error::Result;
use crate::py::run::{aside, run};
use crate::py::table::Table;
use crate::stats::{self, Compat, Idf, Method, Norm, SearchOptions, TfidfOptions};

/// A query runs in the pool, under a watch, if it is at least this many bytes long or requests at
/// least this many articles.
const LONG_QUERY: usize = 200;
const MANY_ROWS: usize = 1000;

/// The options of `tfidf`, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Weighting {
    idf: Option<String>,
    norm: Option<String>,
    sublinear: bool,
    n: Option<usize>,
    compat: Option<String>,
}

impl Weighting {
    pub(crate) fn options(self, counting: Counting) -> Result<TfidfOptions> {
        Ok(TfidfOptions {
            terms: counting.options()?,
            idf: self.idf.as_deref().map_or(Ok(Idf::None), Idf::from_name)?,
            norm: self.norm.as_deref().map_or(Ok(Norm::None), Norm::from_name)?,
            sublinear: self.sublinear,
            n: self.n,
            compat: self.compat.as_deref().map(Compat::from_name).transpose()?,
        })
    }
}

/// The options of `search`, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Searching {
    method: String,
    k1: f64,
    b: f64,
    delta: f64,
    n: usize,
    words: usize,
    marks: (String, String),
}

impl Searching {
    fn options(self, counting: Counting) -> Result<SearchOptions> {
        let Self { method, k1, b, delta, n, words, marks } = self;
        let (terms, method) = (counting.options()?, Method::from_name(&method)?);
        Ok(SearchOptions { terms, method, k1, b, delta, n, words, marks })
    }
}

#[pymethods]
impl Corpus {
    fn tfidf(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        weighting: Weighting,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, weighting.options(counting)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            stats::tfidf(&self.articles, &by, set, &options, &watch)
        })?))
    }

    fn search(
        &self,
        py: Python<'_>,
        query: &str,
        zones: Vec<String>,
        counting: Counting,
        searching: Searching,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, searching.options(counting)?, Watch::default());
        options.check()?;
        let make = || self.index.make(&self.articles, set, &options.terms, &watch);
        let index =
            self.index.get(set, &options.terms).map_or_else(|| run(py, threads, &watch, None, make), Ok)?;
        let find = || stats::search(&self.articles, &index, query, set, &options, &watch);
        // Waking the pool takes as long as many queries do, but a query as long as a page may be
        // slow.
        let short = query.len() < LONG_QUERY && options.n < MANY_ROWS;
        Ok(Table(if short { aside(py, find)? } else { run(py, threads, &watch, None, find)? }))
    }
}
