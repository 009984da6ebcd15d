//! Verbs that rank phrases.

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::entity::{self, Finder};
use crate::error::Result;
use crate::keyword::{self, Method, Options, Preference};
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::Fold;

/// The options of `keywords`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Ranking {
    n: usize,
    method: String,
    stopwords: Option<Vec<String>>,
    language: Option<String>,
    max_words: Option<usize>,
    window: Option<usize>,
    damping: f64,
    overlap: Option<bool>,
    prefer: String,
    single_words: Option<f64>,
}

impl Ranking {
    fn options(self) -> Result<Options> {
        let fold = |word: &str| Fold::Lower.apply(word).into_owned();
        let words = self.stopwords.unwrap_or_default();
        let stopwords = crate::language::stop_words(self.language.as_deref(), &words, fold)?;
        Ok(Options {
            method: Method::from_name(&self.method)?,
            n: self.n,
            stopwords,
            max_words: self.max_words,
            window: self.window,
            damping: self.damping,
            overlap: self.overlap,
            prefer: Preference::from_name(&self.prefer)?,
            single_words: self.single_words,
        })
    }
}

#[pymethods]
impl Corpus {
    /// The best phrases of each article, or of each group.
    fn keywords(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        ranking: Ranking,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, ranking.options()?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            let names = if keyword::needs_names(&options) {
                let resolution = self.who_is_who.resolve(&self.articles, Finder::default(), &watch)?;
                Some(entity::names(&resolution, set, &watch)?)
            } else {
                None
            };
            keyword::keywords(&self.articles, &by, set, &options, names.as_ref(), &watch)
        })?))
    }
}
