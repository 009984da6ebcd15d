//! Verbs that count terms.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::error::Result;
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, Fold, TermOptions};
use crate::table::Column;

/// The options of verbs that count terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Counting {
    fold: Option<String>,
    stopwords: Option<Vec<String>>,
    language: Option<String>,
    ngrams: (usize, usize),
    min_count: u64,
    min_articles: u64,
}

impl Counting {
    fn options(self) -> Result<TermOptions> {
        let fold = match self.fold.as_deref() {
            Some("casefold") => Fold::Casefold,
            Some(_) => Fold::Lower,
            None => Fold::None,
        };
        let mut stopwords = match self.language {
            Some(language) => TermOptions::stopwords_of(&language)?.clone(),
            None => std::collections::HashSet::new(),
        };
        stopwords.extend(self.stopwords.unwrap_or_default().iter().map(|word| fold.apply(word).into_owned()));
        Ok(TermOptions {
            fold,
            stopwords,
            ngrams: self.ngrams,
            min_count: self.min_count,
            min_articles: self.min_articles,
        })
    }
}

#[pymethods]
impl Corpus {
    fn terms(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || stats::terms(&self.0, &by, set, &options, &watch))?))
    }

    /// The document–term matrix: row starts, columns, counts, and the terms.
    fn matrix(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        counting: Counting,
        threads: Option<usize>,
    ) -> PyResult<(Table, Table, Vec<String>)> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        let matrix = run(py, threads, &watch, None, || stats::matrix(&self.0, set, &options, &watch))?;
        let starts = crate::table::Table::new().with("start", Column::int(matrix.starts))?;
        let cells = crate::table::Table::new()
            .with("column", Column::int(matrix.columns.into_iter().map(i64::from)))?
            .with("count", Column::int(matrix.counts))?;
        Ok((Table(starts), Table(cells), matrix.terms))
    }
}
