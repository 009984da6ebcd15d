//! `nutgraf._core.Corpus`: the verbs of the facade, one file a family, each take, run, wrap.

mod build;
mod collocations;
mod entities;
mod keyness;
mod keyword;
mod kwic;
mod reading;
mod roles;
mod search;
mod terms;
mod trend;
mod zones;

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

use super::intake;
use super::run::{aside, run};
use super::table::Table;
use crate::batch::Watch;
use crate::corpus::{self, Filter, Scalar, ZoneSet};
use crate::entity::WhoIsWho;
use crate::stats::{IndexCache, PlaceCache};

/// A selection of articles, and what was worked out for it so far.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Corpus {
    articles: corpus::Corpus,
    who_is_who: WhoIsWho,
    /// For searches, by zones and options.
    index: IndexCache,
    /// Where each word occurs, for all selections of the store.
    places: Arc<PlaceCache>,
}

impl Corpus {
    fn new(articles: corpus::Corpus) -> Self {
        Self {
            articles,
            who_is_who: WhoIsWho::default(),
            index: IndexCache::default(),
            places: Arc::default(),
        }
    }

    /// Other articles of the store: their mentions and the places of words are found once for all selections.
    fn selected(&self, articles: corpus::Corpus) -> Self {
        Self {
            articles,
            who_is_who: self.who_is_who.of_selection(),
            index: IndexCache::default(),
            places: Arc::clone(&self.places),
        }
    }
}

/// How many values that Python handed over are read between two looks at its signals.
const STRIDE: usize = 4096;

fn zone_set(zones: &[String]) -> PyResult<ZoneSet> {
    Ok(ZoneSet::from_names(zones)?)
}

#[pymethods]
impl Corpus {
    fn __len__(&self) -> usize {
        self.articles.len()
    }

    /// Names of the fields: the article's own, then the caller's.
    fn fields(&self) -> Vec<String> {
        let given = self.articles.store().fields().iter().map(|(name, _)| name.clone());
        corpus::Corpus::OWN_FIELDS.iter().map(|&name| name.to_owned()).chain(given).collect()
    }

    /// The numbers of the report.
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

    /// Bytes that tokens, sentences and zones take; number of tokens.
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
        Ok(self.articles.position(&scalar(id)?))
    }

    fn take(&self, py: Python<'_>, positions: Vec<usize>) -> PyResult<Self> {
        Ok(self.selected(aside(py, || self.articles.take(&positions))?))
    }

    /// The articles whose fields hold one of some values, or a value between two.
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

/// A value to compare with.
fn scalar(object: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    use crate::table::Value;
    // A whole number of more digits than 64 bits hold compares as a number.
    if object.is_instance_of::<PyInt>() && object.extract::<i64>().is_err() {
        return Ok(Scalar::Float(object.extract()?));
    }
    if let Ok(string) = object.cast::<PyString>() {
        // A string that is no text is found nowhere.
        return Ok(Scalar::Text(string.to_string_lossy().into_owned()));
    }
    Ok(match intake::value(object)?? {
        Value::Null => Scalar::Null,
        Value::Text(value) => Scalar::Text(value.into_owned()),
        Value::Int(value) => Scalar::Int(value),
        Value::Float(value) => Scalar::Float(value),
        Value::Bool(value) => Scalar::Bool(value),
        Value::Date(value) => Scalar::Date(value),
        Value::Time(value) => Scalar::Date(crate::calendar::day_of_time(value)),
    })
}

/// The end of a range; open where it is missing.
fn bound(scalar: &Scalar) -> Option<Scalar> {
    Some(scalar.clone()).filter(|scalar| *scalar != Scalar::Null)
}
