//! Verbs that find and count entities.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::{Corpus, zone_set};
use crate::batch::{Guarded, Once, Watch};
use crate::entity::{self, Cache, Context, EntityOptions, GivenRow, TogetherOptions};
use crate::error::{Error, Kind, Result};
use crate::measure::Association;
use crate::py::gazetteer::Gazetteer;
use crate::py::run::{Ear, run};
use crate::py::table::Table;
use crate::py::tagger::Tagger;
use crate::stats::IndexCache;

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

/// The mentions of a corpus, found once for all its selections.
pub(super) enum Mentions {
    /// Those that the default tagger finds, and those of the last gazetteer beside it.
    Found(Once<Arc<Cache>>, Guarded<Option<(Arc<entity::Gazetteer>, Arc<Cache>)>>),
    /// Those that the caller gave.
    Given(Arc<Cache>),
}

impl Default for Mentions {
    fn default() -> Self {
        Self::Found(Once::new(), Guarded::default())
    }
}

/// Who finds the entities: the default tagger or another, and a gazetteer beside it.
type By<'a, 'py> = (Option<&'a Bound<'py, Tagger>>, Option<&'a Bound<'py, Gazetteer>>);

impl Corpus {
    /// The mentions of the corpus: those that it was given, or those that the default tagger finds.
    pub(super) fn own_mentions(&self, watch: &Watch) -> Result<Arc<Cache>> {
        match &*self.1 {
            Mentions::Given(cache) => Ok(Arc::clone(cache)),
            Mentions::Found(default, _) => {
                let model = entity::Tagger::default_model()?;
                let types = entity::types_with(model, None)?;
                let cache = default.get_or_make(|| Ok(Arc::new(Cache::new(self.0.store().len(), types))))?;
                entity::mentions(&self.0, model, None, cache, watch)?;
                Ok(Arc::clone(cache))
            }
        }
    }

    /// Finds the entities that are not found yet, and makes a table of them.
    fn with_entities(
        &self,
        py: Python<'_>,
        (tagger, gazetteer): By<'_, '_>,
        threads: Option<usize>,
        progress: Option<&Py<PyAny>>,
        table: impl FnOnce(&Cache, &Watch) -> Result<crate::table::Table> + Send,
    ) -> PyResult<Table> {
        let watch = Watch::default();
        let (default, last) = match &*self.1 {
            Mentions::Found(default, last) => (default, last),
            Mentions::Given(_) if tagger.is_some() || gazetteer.is_some() => {
                let what = "the corpus has mentions of its own, from with_mentions; expected no tagger and no gazetteer";
                let field = if tagger.is_some() { "tagger" } else { "gazetteer" };
                return Err(Error::new(Kind::BadOption, what).in_field(field).into());
            }
            Mentions::Given(cache) => {
                return Ok(Table(run(py, threads, &watch, progress, || table(cache, &watch))?));
            }
        };
        let model = match tagger {
            None => entity::Tagger::default_model()?,
            Some(tagger) => tagger.get().get()?,
        };
        let gazetteer = gazetteer.map(|gazetteer| Arc::clone(&gazetteer.get().0));
        let types = entity::types_with(model, gazetteer.as_deref())?;
        let new = || Arc::new(Cache::new(self.0.store().len(), types));
        let cache = match (tagger, &gazetteer) {
            (None, None) => Arc::clone(default.get_or_make(|| Ok(new()))?),
            (None, Some(gazetteer)) => last.with(|last| match last {
                Some((known, cache)) if Arc::ptr_eq(known, gazetteer) => Arc::clone(cache),
                _ => Arc::clone(&last.insert((Arc::clone(gazetteer), new())).1),
            }),
            (Some(_), _) => new(),
        };
        Ok(Table(run(py, threads, &watch, progress, || {
            entity::mentions(&self.0, model, gazetteer.as_deref(), &cache, &watch)?;
            table(&cache, &watch)
        })?))
    }
}

#[pymethods]
impl Corpus {
    /// The same articles, with these mentions and no others.
    fn with_mentions(
        &self,
        py: Python<'_>,
        positions: &Bound<'_, PyList>,
        starts: &Bound<'_, PyList>,
        ends: &Bound<'_, PyList>,
        labels: &Bound<'_, PyList>,
        entities: &Bound<'_, PyList>,
    ) -> PyResult<Self> {
        let mut ear = Ear::new(py);
        let positions: Vec<usize> = ear.read(positions)?;
        let (starts, ends): (Vec<i64>, Vec<i64>) = (ear.read(starts)?, ear.read(ends)?);
        let (labels, entities): (Vec<String>, Vec<Option<String>>) = (ear.read(labels)?, ear.read(entities)?);
        let spans = positions.into_iter().zip(starts.into_iter().zip(ends));
        let rows: Vec<GivenRow> = spans
            .zip(labels.into_iter().zip(entities))
            .map(|((position, (start, end)), (label, entity))| GivenRow {
                position,
                start,
                end,
                label,
                entity,
            })
            .collect();
        let watch = Watch::default();
        let cache = run(py, None, &watch, None, || entity::given_rows(&self.0, &rows, &watch))?;
        Ok(Self(
            self.0.clone(),
            Arc::new(Mentions::Given(Arc::new(cache))),
            IndexCache::default(),
            Arc::clone(&self.3),
        ))
    }

    /// Mentions of entities with one of these labels (all where none is named).
    #[expect(clippy::too_many_arguments, reason = "a Python signature, of named arguments")]
    fn mentions(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        labels: Vec<String>,
        tagger: Option<&Bound<'_, Tagger>>,
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        self.with_entities(py, (tagger, gazetteer), threads, progress.as_ref(), |cache, watch| {
            entity::mentions_table(&self.0, cache, set, &labels, watch)
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
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let (set, options) = (zone_set(&zones)?, counting.options());
        self.with_entities(py, (tagger, gazetteer), threads, progress.as_ref(), |cache, watch| {
            entity::entities(&self.0, cache, &by, set, &options, watch)
        })
    }

    /// Spellings of entities.
    fn aliases(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        counting: EntityCounting,
        tagger: Option<&Bound<'_, Tagger>>,
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options) = (zone_set(&zones)?, counting.options());
        self.with_entities(py, (tagger, gazetteer), threads, None, |cache, watch| {
            entity::aliases(&self.0, cache, set, &options, watch)
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
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let (set, options) = (zone_set(&zones)?, together.options()?);
        self.with_entities(py, (tagger, gazetteer), threads, progress.as_ref(), |cache, watch| {
            entity::named_together(&self.0, cache, &by, set, &options, watch)
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
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        self.with_entities(py, (tagger, gazetteer), threads, None, |cache, watch| {
            Ok(entity::explain(&self.0, cache, position, start, watch)?.unwrap_or_default())
        })
    }
}
