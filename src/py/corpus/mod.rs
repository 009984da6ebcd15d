//! `nutgraf._core.Corpus`: the verbs of the facade, one file per family. Each method takes Python
//! arguments, runs the core, and wraps the result.

mod build;
pub(crate) mod collocations;
mod copies;
mod dates;
mod entities;
mod keep;
pub(crate) mod keyness;
mod keyword;
mod kwic;
mod quotes;
mod reading;
mod roles;
pub(crate) mod search;
pub(super) mod stream;
pub(crate) mod terms;
pub(crate) mod trend;
mod zones;

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

use super::intake;
use super::run::{aside, run};
use super::table::Table;
use crate::batch::{Guarded, Watch};
use crate::corpus::{self, Filter, Scalar, ZoneSet};
use crate::duplicate::Stories;
use crate::entity::WhoIsWho;
use crate::error::Result;
use crate::stats::{IndexCache, PlaceCache};

/// A selection of articles, and what has been computed for it so far.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Corpus {
    pub(crate) articles: corpus::Corpus,
    pub(crate) who_is_who: WhoIsWho,
    /// The search index, by zones and options.
    index: IndexCache,
    /// The places of each word, shared by all selections of the store.
    places: Arc<PlaceCache>,
    /// The stories that several articles report, if they were needed.
    stories: Guarded<Option<Arc<Stories>>>,
}

impl Corpus {
    pub(crate) fn new(articles: corpus::Corpus) -> Self {
        Self {
            articles,
            who_is_who: WhoIsWho::default(),
            index: IndexCache::default(),
            places: Arc::default(),
            stories: Guarded::default(),
        }
    }

    /// A corpus whose mentions are known already.
    pub(crate) fn with_names(articles: corpus::Corpus, who_is_who: WhoIsWho) -> Self {
        Self { who_is_who, ..Self::new(articles) }
    }

    /// Another selection of the store. It shares the mentions and the places of words.
    fn selected(&self, articles: corpus::Corpus) -> Self {
        Self {
            articles,
            who_is_who: self.who_is_who.of_selection(),
            index: IndexCache::default(),
            places: Arc::clone(&self.places),
            stories: Guarded::default(),
        }
    }
}

impl Corpus {
    /// The articles, in which each story counts once if `weighted`.
    fn counted(&self, weighted: bool, watch: &Watch) -> Result<corpus::Corpus> {
        if !weighted {
            return Ok(self.articles.clone());
        }
        Ok(self.stories(watch)?.counted_once(&self.articles))
    }

    /// The stories that several articles report.
    fn stories(&self, watch: &Watch) -> Result<Arc<Stories>> {
        if let Some(known) = self.stories.with(|known| known.clone()) {
            return Ok(known);
        }
        let stories = Arc::new(Stories::new(&self.articles, watch)?);
        self.stories.with(|known| *known = Some(Arc::clone(&stories)));
        Ok(stories)
    }
}

/// The number of values that are read from Python between two checks for signals.
const STRIDE: usize = 4096;

pub(crate) fn zone_set(zones: &[String]) -> PyResult<ZoneSet> {
    Ok(ZoneSet::from_names(zones)?)
}

#[pymethods]
impl Corpus {
    fn __len__(&self) -> usize {
        self.articles.len()
    }

    /// The names of the fields: those of every article, then those that the caller supplied.
    fn fields(&self) -> Vec<String> {
        let given = self.articles.store().fields().iter().map(|(name, _)| name.clone());
        corpus::Corpus::BUILT_IN_FIELDS.iter().map(|&name| name.to_owned()).chain(given).collect()
    }

    /// The numbers of records that came in, became articles, and failed.
    fn report(&self) -> (usize, usize, usize) {
        let report = self.articles.report();
        (report.n_in(), report.n_ok(), report.n_failed())
    }

    fn failures(&self) -> PyResult<Table> {
        Ok(Table(self.articles.report().failures()?))
    }

    fn notes(&self) -> PyResult<Table> {
        Ok(Table(self.articles.report().notes()?))
    }

    /// The number of bytes in the index of the store, and the number of its tokens.
    fn sizes(&self) -> (usize, usize) {
        (self.articles.store().index_bytes(), self.articles.store().tokens())
    }

    /// The text of the article at a position, and its headline and byline fields.
    fn text(&self, position: usize) -> Option<(&str, &str, &str)> {
        self.articles.article(position).map(corpus::ArticleRef::strings)
    }

    /// The ids of the articles, in the column `article`.
    fn ids(&self) -> PyResult<Table> {
        let ids = self.articles.selected(self.articles.store().ids(), &Watch::default())?;
        Ok(Table(crate::table::Table::new().with("article", ids)?))
    }

    /// The position of the article with this id.
    fn position(&self, id: &Bound<'_, PyAny>) -> PyResult<Option<usize>> {
        Ok(self.articles.position(&exact(id)?))
    }

    fn take(&self, py: Python<'_>, positions: Vec<usize>) -> PyResult<Self> {
        Ok(self.selected(aside(py, || self.articles.take(&positions))?))
    }

    /// The articles that are not in another selection.
    fn without(&self, other: &Self) -> Self {
        self.selected(self.articles.without(&other.articles))
    }

    /// The articles that are also in another selection.
    fn common(&self, other: &Self) -> Self {
        self.selected(self.articles.without(&self.articles.without(&other.articles)))
    }

    /// The articles whose fields have one of the given values, or a value in a range.
    fn filter(
        &self,
        py: Python<'_>,
        filters: Vec<(String, String, Vec<Bound<'_, PyAny>>)>,
    ) -> PyResult<Self> {
        let mut read = Vec::new();
        for (name, kind, values) in filters {
            let mut scalars = Vec::with_capacity(values.len());
            for (at, value) in values.iter().enumerate() {
                if at % STRIDE == 0 {
                    py.check_signals()?;
                }
                scalars.push(scalar(value)?);
            }
            let filter = match (kind.as_str(), &scalars[..]) {
                ("between", [low, high]) => Filter::Between(bound(low), bound(high)),
                _ => Filter::OneOf(scalars),
            };
            read.push((name, filter));
        }
        let watch = Watch::default();
        Ok(self.selected(run(py, None, &watch, None, || self.articles.filter(&read, &watch))?))
    }
}

/// Converts a Python value to one that fields are compared with: a time is its day.
fn scalar(object: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    Ok(match exact(object)? {
        Scalar::Time(time) => Scalar::Date(crate::calendar::day_of_time(time)),
        other => other,
    })
}

/// Converts a Python value to one that ids are compared with.
fn exact(object: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    use crate::table::Value;
    // An integer that does not fit into 64 bits is compared as a float.
    if object.is_instance_of::<PyInt>() && object.extract::<i64>().is_err() {
        return Ok(Scalar::Float(object.extract()?));
    }
    if let Ok(string) = object.cast::<PyString>() {
        // A string with lone surrogates equals no text, so its lossy form is compared.
        return Ok(Scalar::Text(string.to_string_lossy().into_owned()));
    }
    Ok(match intake::value(object)?? {
        Value::Null => Scalar::Null,
        Value::Text(value) => Scalar::Text(value.into_owned()),
        Value::Int(value) => Scalar::Int(value),
        Value::Float(value) => Scalar::Float(value),
        Value::Bool(value) => Scalar::Bool(value),
        Value::Date(value) => Scalar::Date(value),
        Value::Time(value) => Scalar::Time(value),
    })
}

/// The end of a range, which is open if the value is missing.
fn bound(scalar: &Scalar) -> Option<Scalar> {
    Some(scalar.clone()).filter(|scalar| *scalar != Scalar::Null)
}
