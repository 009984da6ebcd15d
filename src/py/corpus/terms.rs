//! Verbs that count terms.

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::error::Result;
use crate::language::{Stem, stop_words};
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, Fold, TermOptions};
use crate::table::Column;

/// The options of verbs that count terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Counting {
    fold: Option<String>,
    stopwords: Option<Vec<String>>,
    language: Option<String>,
    stem: Option<String>,
    ngrams: (usize, usize),
    min_count: u64,
    min_articles: u64,
}

impl Counting {
    pub(crate) fn options(self) -> Result<TermOptions> {
        let fold = Fold::from_name(self.fold.as_deref());
        let words = self.stopwords.unwrap_or_default();
        Ok(TermOptions {
            fold,
            stopwords: stop_words(self.language.as_deref(), &words, |word| fold.apply(word).into_owned())?,
            stem: self.stem.as_deref().map(Stem::from_name).transpose()?,
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
        weighted: bool,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            stats::terms(&self.counted(weighted, &watch)?, &by, set, &options, &watch)
        })?))
    }

    /// The document–term matrix in CSR form: row starts, columns, counts, and the terms.
    fn matrix(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        counting: Counting,
        vocabulary: Option<Vec<String>>,
        threads: Option<usize>,
    ) -> PyResult<(Table, Table, Py<PyList>)> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        let matrix = run(py, threads, &watch, None, || {
            stats::matrix(&self.articles, set, &options, vocabulary.as_deref(), &watch)
        })?;
        let starts = crate::table::Table::new().with("start", Column::int(matrix.starts))?;
        let cells = crate::table::Table::new()
            .with("column", Column::int(matrix.columns))?
            .with("count", Column::int(matrix.counts))?;
        let terms = PyList::new(py, (0..matrix.terms.len()).map(|at| matrix.terms.get(at)))?;
        Ok((Table(starts), Table(cells), terms.unbind()))
    }
}
