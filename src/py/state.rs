//! `nutgraf._core.State`: counts of articles that are elsewhere.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use super::corpus::collocations::Scoring;
use super::corpus::keyness::Comparing;
use super::corpus::search::Weighting;
use super::corpus::terms::Counting;
use super::corpus::trend::{Followed, Following};
use super::corpus::{Corpus, zone_set};
use super::run::run;
use super::table::Table;
use crate::batch::{Watch, map};
use crate::state::{self, Kinds, Wanted};
use crate::stats::Pairing;
use crate::trend;

/// Counts of articles by group, without the articles.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct State(state::State);

/// What a state is to hold, except the options for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Keeping {
    kinds: Vec<String>,
    zones: Vec<String>,
    window: usize,
    parted: bool,
}

impl Keeping {
    fn wanted(self, counting: Counting) -> PyResult<Wanted> {
        let Self { kinds, zones, window, parted } = self;
        Ok(Wanted {
            kinds: Kinds::from_names(&kinds)?,
            zones: zone_set(&zones)?,
            terms: counting.options()?,
            pairing: Pairing { window, parted, ..Pairing::default() },
        })
    }
}

#[pymethods]
impl State {
    #[new]
    fn new(
        py: Python<'_>,
        corpus: &Corpus,
        by: Vec<String>,
        counting: Counting,
        keeping: Keeping,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let (wanted, watch) = (keeping.wanted(counting)?, Watch::default());
        Ok(Self(run(py, threads, &watch, None, || {
            state::State::new(&corpus.articles, &corpus.who_is_who, &by, &wanted, &watch)
        })?))
    }

    #[staticmethod]
    fn merge(py: Python<'_>, states: Vec<Bound<'_, Self>>, threads: Option<usize>) -> PyResult<Self> {
        let states: Vec<&state::State> = states.iter().map(|state| &state.get().0).collect();
        let watch = Watch::default();
        Ok(Self(run(py, threads, &watch, None, || state::State::merge(&states, &watch))?))
    }

    fn take(&self, py: Python<'_>, rows: Vec<u32>) -> PyResult<Self> {
        let watch = Watch::default();
        Ok(Self(run(py, None, &watch, None, || self.0.take(&rows, &watch))?))
    }

    fn to_bytes<'py>(&self, py: Python<'py>, threads: Option<usize>) -> PyResult<Bound<'py, PyBytes>> {
        let watch = Watch::default();
        let bytes = run(py, threads, &watch, None, || self.0.to_bytes(&watch))?;
        Ok(PyBytes::new(py, &bytes))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, content: PyBackedBytes, threads: Option<usize>) -> PyResult<Self> {
        let watch = Watch::default();
        Ok(Self(run(py, threads, &watch, None, || state::State::from_bytes(&content, &watch))?))
    }

    /// The states of several files.
    #[staticmethod]
    #[expect(clippy::needless_pass_by_value, reason = "pyo3 passes the list by value")]
    fn from_many(
        py: Python<'_>,
        contents: Vec<PyBackedBytes>,
        threads: Option<usize>,
    ) -> PyResult<Vec<Self>> {
        let watch = Watch::default();
        let open = |content: &PyBackedBytes| state::State::from_bytes(content, &watch).map(Self);
        run(py, threads, &watch, None, || map(&contents, &watch, open))
    }

    /// The names and values of the settings.
    fn settings(&self) -> Vec<(String, String)> {
        self.0.settings().to_vec()
    }

    fn articles(&self) -> u64 {
        self.0.articles()
    }

    fn groups(&self, py: Python<'_>) -> PyResult<Table> {
        let watch = Watch::default();
        Ok(Table(run(py, None, &watch, None, || self.0.groups(&watch))?))
    }

    /// One article per group, without text.
    fn group_corpus(&self) -> PyResult<Corpus> {
        Ok(Corpus::new(self.0.group_corpus()?))
    }

    /// A corpus without texts that gives the tables of entities.
    fn name_corpus(&self, py: Python<'_>, verb: &str, threads: Option<usize>) -> PyResult<Corpus> {
        let watch = Watch::default();
        let (articles, who_is_who) = run(py, threads, &watch, None, || self.0.name_corpus(verb, &watch))?;
        Ok(Corpus::with_names(articles, who_is_who))
    }

    /// The same articles, with the names of this state as evidence of who is who.
    fn known_to(&self, corpus: &Corpus) -> PyResult<Corpus> {
        let who_is_who = self.0.known_to(&corpus.who_is_who)?;
        Ok(Corpus::with_names(corpus.articles.clone(), who_is_who))
    }

    fn terms(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        counting: Counting,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (options, watch) = (counting.options()?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || self.0.terms(&by, &options, &watch))?))
    }

    fn collocations(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        counting: Counting,
        pairing: Scoring,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (options, watch) = (pairing.options(counting)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || self.0.collocations(&by, &options, &watch))?))
    }

    fn tfidf(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        counting: Counting,
        weighting: Weighting,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (options, watch) = (weighting.options(counting)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || self.0.tfidf(&by, &options, &watch))?))
    }

    fn readability(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        measures: Vec<String>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let watch = Watch::default();
        Ok(Table(run(py, threads, &watch, None, || self.0.readability(&by, &measures, &watch))?))
    }

    fn keyness(
        &self,
        py: Python<'_>,
        reference: &Self,
        counting: Counting,
        comparing: Comparing,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (options, watch) = (comparing.options(counting)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || self.0.keyness(&reference.0, &options, &watch))?))
    }

    fn keyness_by(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        counting: Counting,
        comparing: Comparing,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (options, watch) = (comparing.options(counting)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || self.0.keyness_by(&by, &options, &watch))?))
    }

    fn trend(
        &self,
        py: Python<'_>,
        followed: Followed,
        counting: Counting,
        following: Following,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (options, trends, watch) = (counting.options()?, following.options()?, Watch::default());
        let Followed { period, fields, labels, items, mentioned, .. } = followed;
        Ok(Table(run(py, threads, &watch, None, || {
            let what = match &labels {
                Some(labels) => state::Followed::Entities { labels, only: items.as_deref() },
                None => state::Followed::Terms { options: &options, only: items.as_deref() },
            };
            let (counts, groups) = if mentioned {
                self.0.mentioned(&period, &fields, items.as_deref(), &watch)?
            } else {
                self.0.followed(&period, &fields, &what, &watch)?
            };
            trend::trend(&counts, (&period, &groups), &trends, &watch)
        })?))
    }
}
