//! Verbs that compare counts with those expected under randomness or an even distribution.

use std::collections::HashMap;

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::corpus;
use crate::entity::{Finder, KeyEntities};
use crate::error::{Error, Kind, Result};
use crate::measure::Zeros;
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, Compat, Dispersion, DispersionOptions, KeynessOptions, Only, Prior};

/// The options of `keyness`, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Comparing {
    measures: Vec<String>,
    only: Option<String>,
    sort: Option<String>,
    infinite: bool,
    smoothing: f64,
    prior: Option<f64>,
    weights: Option<HashMap<String, f64>>,
    lock_width: f64,
    bootstrap: usize,
    level: f64,
    seed: u64,
    compat: Option<String>,
    n: Option<usize>,
    /// The labels of entities; `None` if terms are compared.
    labels: Option<Vec<String>>,
    /// Whether each story counts once.
    weighted: bool,
}

impl Comparing {
    pub(crate) fn options(self, counting: Counting) -> Result<KeynessOptions> {
        Ok(KeynessOptions {
            terms: counting.options()?,
            measures: KeynessOptions::measures(&self.measures)?,
            zeros: if self.infinite { Zeros::Infinite } else { Zeros::Half },
            smoothing: self.smoothing,
            prior: match (self.prior, self.weights) {
                (Some(weight), _) => Prior::Each(weight),
                (None, Some(weights)) => Prior::Weights(weights),
                (None, None) => Prior::Counts,
            },
            only: self.only.as_deref().map(Only::from_name).transpose()?,
            lock_width: self.lock_width,
            sort: self.sort,
            bootstrap: self.bootstrap,
            level: self.level,
            seed: self.seed,
            compat: self.compat.as_deref().map(Compat::from_name).transpose()?,
            n: self.n,
        })
    }
}

#[pymethods]
impl Corpus {
    /// Whether both are selections of the same store.
    fn shares_store(&self, other: &Self) -> bool {
        self.articles.shares_store(&other.articles)
    }

    /// Compares the target with the reference, or with the other articles of this selection.
    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn keyness(
        &self,
        py: Python<'_>,
        target: &Self,
        reference: Option<&Self>,
        zones: Vec<String>,
        counting: Counting,
        mut comparing: Comparing,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (zones, labels) = (zone_set(&zones)?, comparing.labels.take());
        let weighted = comparing.weighted;
        let (options, watch) = (comparing.options(counting)?, Watch::default());
        let shared = |side: &Self| self.articles.shares_store(&side.articles);
        let other = match reference {
            Some(reference) => reference.articles.clone(),
            None if shared(target) => self.articles.without(&target.articles),
            None => {
                let what =
                    "the target is not a selection of this corpus; expected such a selection, or a reference";
                return Err(Error::new(Kind::BadOption, what).in_field("reference").into());
            }
        };
        let within = |side: &corpus::Corpus| {
            self.articles.shares_store(side) && side.without(&self.articles).is_empty()
        };
        if weighted && !(within(&target.articles) && within(&other)) {
            let what = "weight=\"copies\" finds copies among the articles of this corpus, and a side has others; \
                        expected two selections of it; make one corpus of both, as with concat";
            return Err(Error::new(Kind::BadOption, what).in_field("weight").into());
        }
        let work = || {
            let articles = self.counted(weighted, &watch)?;
            let (first, other) = (&articles.weigh(&target.articles), &articles.weigh(&other));
            let Some(labels) = labels else {
                return stats::keyness(first, other, zones, &options, &watch);
            };
            let entities = KeyEntities { zones, labels: &labels, options: &options };
            match reference {
                Some(reference) if !(shared(target) && shared(reference)) => entities.of_two(
                    [(&target.articles, &target.who_is_who), (&reference.articles, &reference.who_is_who)],
                    &watch,
                ),
                _ => entities.between((&self.articles, &self.who_is_who), [first, other], &watch),
            }
        };
        Ok(Table(run(py, threads, &watch, None, work)?))
    }

    /// Compares each group with all the others.
    fn keyness_by(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        mut comparing: Comparing,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (zones, labels) = (zone_set(&zones)?, comparing.labels.take());
        let weighted = comparing.weighted;
        let (options, watch) = (comparing.options(counting)?, Watch::default());
        let work = || match labels {
            None => {
                let articles = self.counted(weighted, &watch)?;
                stats::keyness_by(&articles, &articles.groups(&by, &watch)?, zones, &options, &watch)
            }
            Some(labels) => {
                let articles = self.counted(weighted, &watch)?;
                let resolution = self.who_is_who.resolve(&articles, Finder::default(), &watch)?;
                KeyEntities { zones, labels: &labels, options: &options }.by(&resolution, &by, &watch)
            }
        };
        Ok(Table(run(py, threads, &watch, None, work)?))
    }

    #[expect(clippy::too_many_arguments, reason = "a Python signature with named arguments")]
    fn dispersion(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        measures: Vec<String>,
        sort: Option<String>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let measures = Dispersion::from_names(&measures)?;
        let options = DispersionOptions { terms: counting.options()?, measures, sort };
        let (set, watch) = (zone_set(&zones)?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            stats::dispersion(&self.articles, &by, set, &options, &watch)
        })?))
    }
}
