//! Verbs that find and count entities.

use std::sync::Arc;

use pyo3::prelude::*;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::entity::{self, Cache, Context, EntityOptions, TogetherOptions};
use crate::error::{Error, Kind, Result};
use crate::measure::Association;
use crate::py::run::run;
use crate::py::table::Table;
use crate::py::tagger::Tagger;

/// The options of verbs that count entities.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct EntityCounting {
    labels: Vec<String>,
    min_mentions: u64,
    min_articles: u64,
}

impl EntityCounting {
    fn options(self) -> EntityOptions {
        let Self { labels, min_mentions, min_articles } = self;
        EntityOptions { labels, min_mentions, min_articles }
    }
}

/// The options of verbs that count entities that are named together.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Together {
    labels: Vec<String>,
    within: String,
    min_pairs: u64,
    most: usize,
    measures: Vec<String>,
    sort: Option<String>,
}

impl Together {
    fn options(self) -> Result<TogetherOptions> {
        let Self { labels, within, min_pairs, most, measures, sort } = self;
        let measures = measures.iter().map(|name| measure(name)).collect::<Result<_>>()?;
        Ok(TogetherOptions { labels, within: Context::from_name(&within)?, min_pairs, most, measures, sort })
    }
}

fn measure(name: &str) -> Result<Association> {
    let found = Association::ALL.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, measure)| measure).ok_or_else(|| {
        let known = Association::ALL.map(|(known, _)| known).join(", ");
        Error::new(Kind::BadOption, format!("\"{name}\" is no measure; expected {known}"))
            .in_field("measures")
    })
}

impl Corpus {
    /// Finds the entities that are not found yet, with the default tagger or another, and makes a table of them.
    fn with_entities(
        &self,
        py: Python<'_>,
        tagger: Option<&Tagger>,
        threads: Option<usize>,
        progress: Option<&Py<PyAny>>,
        table: impl FnOnce(&entity::Tagger, &Cache) -> Result<crate::table::Table> + Send,
    ) -> PyResult<Table> {
        let watch = Watch::default();
        let (model, cache) = match tagger {
            None => (entity::Tagger::default_model()?, Arc::clone(&self.1)),
            Some(tagger) => (tagger.get()?, Arc::new(Cache::new(self.0.store().len()))),
        };
        Ok(Table(run(py, threads, &watch, progress, || {
            entity::mentions(&self.0, model, &cache, &watch)?;
            table(model, &cache)
        })?))
    }
}

#[pymethods]
impl Corpus {
    /// Mentions of entities with one of these labels (all where none is named).
    fn mentions(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        labels: Vec<String>,
        tagger: Option<&Bound<'_, Tagger>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        self.with_entities(py, tagger.map(Bound::get), threads, progress.as_ref(), |tagger, cache| {
            entity::mentions_table(&self.0, tagger, cache, set, &labels)
        })
    }

    /// Entities, counted by group.
    #[expect(clippy::too_many_arguments, reason = "a Python signature, of named arguments")]
    fn entities(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: EntityCounting,
        tagger: Option<&Bound<'_, Tagger>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let (set, options) = (zone_set(&zones)?, counting.options());
        self.with_entities(py, tagger.map(Bound::get), threads, progress.as_ref(), |tagger, cache| {
            entity::entities(&self.0, tagger, cache, &by, set, &options)
        })
    }

    /// Spellings of entities.
    fn aliases(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        counting: EntityCounting,
        tagger: Option<&Bound<'_, Tagger>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options) = (zone_set(&zones)?, counting.options());
        self.with_entities(py, tagger.map(Bound::get), threads, None, |tagger, cache| {
            entity::aliases(&self.0, tagger, cache, set, &options)
        })
    }

    /// Pairs of entities that are named together.
    #[expect(clippy::too_many_arguments, reason = "a Python signature, of named arguments")]
    fn cooccurring_entities(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        together: Together,
        tagger: Option<&Bound<'_, Tagger>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, together.options()?, Watch::default());
        self.with_entities(py, tagger.map(Bound::get), threads, progress.as_ref(), |tagger, cache| {
            entity::named_together(&self.0, tagger, cache, &by, set, &options, &watch)
        })
    }

    /// The mention at a character of the article at a position, and why it is of its entity; a table of no columns where
    /// there is none.
    fn explain(
        &self,
        py: Python<'_>,
        position: usize,
        start: usize,
        tagger: Option<&Bound<'_, Tagger>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        self.with_entities(py, tagger.map(Bound::get), threads, None, |tagger, cache| {
            Ok(entity::explain(&self.0, tagger, cache, position, start)?.unwrap_or_default())
        })
    }
}
