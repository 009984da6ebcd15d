//! Verbs that find and count entities.

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::corpus::Context;
use crate::entity::{
    self, CooccurrenceOptions, EntityOptions, Explanation, ExternalRow, Finder, Resolution, WhoIsWho,
};
use crate::error::{Result, named};
use crate::measure::Association;
use crate::py::gazetteer::Gazetteer;
use crate::py::run::{SignalCheck, run};
use crate::py::table::Table;
use crate::py::tagger::Tagger;
use crate::quote;

/// The options of verbs that count entities.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct EntityCounting {
    labels: Vec<String>,
    min_mentions: u64,
    min_articles: u64,
    agencies: bool,
    weighted: bool,
    quotes: bool,
}

impl EntityCounting {
    fn options(self) -> EntityOptions {
        let Self { labels, min_mentions, min_articles, agencies, weighted: _, quotes: _ } = self;
        EntityOptions { labels, min_mentions, min_articles, without_agencies: !agencies }
    }
}

/// The options of the verb that counts co-occurring entities.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Cooccurrence {
    labels: Vec<String>,
    within: String,
    min_pairs: u64,
    most: usize,
    measures: Vec<String>,
    sort: Option<String>,
    weighted: bool,
}

impl Cooccurrence {
    fn options(self) -> Result<CooccurrenceOptions> {
        let Self { labels, within, min_pairs, most, measures, sort, weighted: _ } = self;
        let measures =
            measures.iter().map(|name| named("measures", name, &Association::ALL)).collect::<Result<_>>()?;
        Ok(CooccurrenceOptions {
            labels,
            within: Context::from_name(&within)?,
            min_pairs,
            most,
            measures,
            sort,
        })
    }
}

/// What finds the entities: a tagger, the default one if `None`, and optionally a gazetteer.
pub(super) type By<'a, 'py> = (Option<&'a Bound<'py, Tagger>>, Option<&'a Bound<'py, Gazetteer>>);

impl Corpus {
    /// Calls `work` with the resolved entities, which are found first if necessary.
    pub(super) fn with_entities<R: Send>(
        &self,
        py: Python<'_>,
        (tagger, gazetteer): By<'_, '_>,
        threads: Option<usize>,
        progress: Option<&Py<PyAny>>,
        work: impl FnOnce(&Resolution<'_>, &Watch) -> Result<R> + Send,
    ) -> PyResult<R> {
        let watch = Watch::default();
        let tagger = tagger.map(|tagger| tagger.get().get()).transpose()?;
        let finder = Finder { tagger, gazetteer: gazetteer.map(|gazetteer| &gazetteer.get().0) };
        run(py, threads, &watch, progress, || {
            work(&self.who_is_who.resolve(&self.articles, finder, &watch)?, &watch)
        })
    }
}

/// The fields of an explanation, except its steps.
#[derive(IntoPyObject)]
struct Explained {
    zone: &'static str,
    sentence: usize,
    context: String,
    context_start: usize,
    start: usize,
    end: usize,
    text: String,
    label: String,
    entity: String,
    country: Option<&'static str>,
    ambiguous: bool,
    candidates: Vec<String>,
}

#[pymethods]
impl Corpus {
    /// The same articles, with exactly these mentions.
    fn with_mentions(
        &self,
        py: Python<'_>,
        positions: &Bound<'_, PyList>,
        starts: &Bound<'_, PyList>,
        ends: &Bound<'_, PyList>,
        labels: &Bound<'_, PyList>,
        entities: &Bound<'_, PyList>,
    ) -> PyResult<Self> {
        let mut signals = SignalCheck::new(py);
        let positions: Vec<usize> = signals.read(positions)?;
        let (starts, ends): (Vec<i64>, Vec<i64>) = (signals.read(starts)?, signals.read(ends)?);
        let (labels, entities): (Vec<String>, Vec<Option<String>>) =
            (signals.read(labels)?, signals.read(entities)?);
        let spans = positions.into_iter().zip(starts.into_iter().zip(ends));
        let rows: Vec<ExternalRow> = spans
            .zip(labels.into_iter().zip(entities))
            .map(|((position, (start, end)), (label, entity))| ExternalRow {
                position,
                start,
                end,
                label,
                entity,
            })
            .collect();
        let watch = Watch::default();
        let cache = run(py, None, &watch, None, || entity::external_rows(&self.articles, &rows, &watch))?;
        Ok(Self { who_is_who: WhoIsWho::external(cache), ..self.selected(self.articles.clone()) })
    }

    /// Mentions with one of these labels (all labels if empty).
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn mentions(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        labels: Vec<String>,
        agencies: bool,
        tagger: Option<&Bound<'_, Tagger>>,
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let set = zone_set(&zones)?;
        self.with_entities(py, (tagger, gazetteer), threads, progress.as_ref(), |resolution, watch| {
            Ok(Table(entity::mentions_table(resolution, set, &labels, agencies, watch)?))
        })
    }

    /// The articles in which any of these entities is mentioned.
    fn naming(
        &self,
        py: Python<'_>,
        names: Vec<String>,
        zones: Vec<String>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let set = zone_set(&zones)?;
        let found = self.with_entities(py, (None, None), threads, None, |resolution, watch| {
            self.articles.take(&resolution.naming(&names, set, watch)?)
        })?;
        Ok(self.selected(found))
    }

    /// The counts of entities, by group.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
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
        let (weighted, quotes) = (counting.weighted, counting.quotes);
        let (set, options) = (zone_set(&zones)?, counting.options());
        self.with_entities(py, (tagger, gazetteer), threads, progress.as_ref(), |resolution, watch| {
            let articles = self.counted(weighted, watch)?;
            let resolution = &resolution.of_articles(&articles);
            let counts = quotes.then(|| quote::quoted_by(resolution, &by, set, watch)).transpose()?;
            let times = |group, entity| {
                counts.as_ref().and_then(|counts| counts.get(&(group, entity)).copied()).unwrap_or(0)
            };
            Ok(Table(entity::entities(
                resolution,
                &by,
                set,
                &options,
                counts.as_ref().map(|_| &times as _),
                watch,
            )?))
        })
    }

    /// The spellings of entities.
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
        self.with_entities(py, (tagger, gazetteer), threads, None, |resolution, watch| {
            Ok(Table(entity::aliases(resolution, set, &options, watch)?))
        })
    }

    /// The pairs of co-occurring entities.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn cooccurring_entities(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        cooccurrence: Cooccurrence,
        tagger: Option<&Bound<'_, Tagger>>,
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let weighted = cooccurrence.weighted;
        let (set, options) = (zone_set(&zones)?, cooccurrence.options()?);
        self.with_entities(py, (tagger, gazetteer), threads, progress.as_ref(), |resolution, watch| {
            let articles = self.counted(weighted, watch)?;
            Ok(Table(entity::cooccurrence(&resolution.of_articles(&articles), &by, set, &options, watch)?))
        })
    }

    /// The mentions that contain a character of a string of the article at a position, and the
    /// steps of each to its entity.
    fn explain(
        &self,
        py: Python<'_>,
        position: usize,
        start: usize,
        tagger: Option<&Bound<'_, Tagger>>,
        gazetteer: Option<&Bound<'_, Gazetteer>>,
        threads: Option<usize>,
    ) -> PyResult<Vec<(Explained, Table)>> {
        let found = self.with_entities(py, (tagger, gazetteer), threads, None, |resolution, _| {
            Ok(entity::explain(resolution, position, start))
        })?;
        found
            .into_iter()
            .map(|explanation| Ok((Table(explanation.table()?), explanation)))
            .map(told)
            .collect()
    }
}

/// An explanation without its steps, and its steps.
fn told(explanation: Result<(Table, Explanation)>) -> PyResult<(Explained, Table)> {
    let (steps, explanation) = explanation?;
    let Explanation {
        zone,
        sentence,
        context,
        context_start,
        start,
        end,
        text,
        label,
        entity,
        country,
        ambiguous,
        candidates,
        steps: _,
    } = explanation;
    let explained = Explained {
        zone,
        sentence,
        context,
        context_start,
        start,
        end,
        text,
        label,
        entity,
        country,
        ambiguous,
        candidates,
    };
    Ok((explained, steps))
}
