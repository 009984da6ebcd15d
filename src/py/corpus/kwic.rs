//! Verbs that search for words and phrases.

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::error::Result;
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{
    self, CollocateOptions, CollocationOptions, Dictionary, Fold, KwicOptions, SortBy, Window,
};

/// The options of `kwic`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Concordance {
    regex: bool,
    fold: Option<String>,
    /// The number of tokens; `None` for the sentence.
    window: Option<usize>,
    sort: Vec<String>,
    n: Option<usize>,
}

impl Concordance {
    fn options(self, queries: Vec<String>) -> Result<KwicOptions> {
        let Self { regex, fold, window, sort, n } = self;
        let sort: Vec<Vec<SortBy>> =
            sort.iter().map(|name| SortBy::from_name(name)).collect::<Result<_>>()?;
        let fold = Fold::from_name(fold.as_deref());
        let window = window.map_or(Window::Sentence, Window::Tokens);
        Ok(KwicOptions { queries, regex, fold, window, sort: sort.concat(), n })
    }
}

/// The options of `collocates`, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Collocating {
    regex: bool,
    window: usize,
    measures: Vec<String>,
    sort: Option<String>,
    n: Option<usize>,
}

impl Collocating {
    fn options(self, queries: Vec<String>, counting: Counting) -> Result<CollocateOptions> {
        let Self { regex, window, measures, sort, n } = self;
        let measures = CollocationOptions::measures(&measures)?;
        Ok(CollocateOptions { queries, regex, terms: counting.options()?, window, measures, sort, n })
    }
}

/// The options of `count`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Categories {
    words: Vec<(String, Vec<String>)>,
    regex: bool,
    fold: Option<String>,
}

impl Categories {
    fn dictionary(self) -> Dictionary {
        let Self { words, regex, fold } = self;
        Dictionary { categories: words, regex, fold: Fold::from_name(fold.as_deref()), overlapping: false }
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

    /// The articles in which any of the queries matches.
    fn matching(
        &self,
        py: Python<'_>,
        queries: Vec<String>,
        zones: Vec<String>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        let found = run(py, threads, &watch, None, || {
            let found = stats::matching(&self.articles, &self.places, set, &queries, &watch)?;
            self.articles.take(&found)
        })?;
        Ok(self.selected(found))
    }

    /// How often the words of each category occur, by article or group.
    fn count(
        &self,
        py: Python<'_>,
        categories: Categories,
        by: Option<Vec<String>>,
        zones: Vec<String>,
        weighted: bool,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, dictionary, watch) = (zone_set(&zones)?, categories.dictionary(), Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            let articles = self.counted(weighted, &watch)?;
            stats::count_categories(&articles, &self.places, by.as_deref(), set, &dictionary, &watch)
        })?))
    }

    /// The words around the matches of the queries.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn collocates(
        &self,
        py: Python<'_>,
        queries: Vec<String>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        collocating: Collocating,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        let options = collocating.options(queries, counting)?;
        Ok(Table(run(py, threads, &watch, None, || {
            stats::collocates(&self.articles, &self.places, &by, set, &options, &watch)
        })?))
    }
}
