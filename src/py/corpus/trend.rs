//! Verbs that follow items over time. Other rooms count, and the trend room evaluates the counts.

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::calendar::Period;
use crate::corpus::{self, Groups, ZoneSet};
use crate::entity::Finder;
use crate::error::{Result, named};
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::TermOptions;
use crate::trend::{self, BurstOptions, Counts, Share, TrendOptions};

/// What is followed over time.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Followed {
    pub(crate) period: String,
    /// The fields to group by, in addition to the period.
    pub(crate) fields: Vec<String>,
    /// The labels of entities; `None` if terms or queries are followed.
    pub(crate) labels: Option<Vec<String>>,
    pub(crate) items: Option<Vec<String>>,
    pub(crate) regex: bool,
    /// Whether the periods are those of the dates that sentences mention.
    pub(crate) mentioned: bool,
    /// Whether each story counts once.
    pub(crate) weighted: bool,
}

/// The options of `trend`, except those that say what is followed and counted.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Following {
    value: String,
    window: usize,
    n: Option<usize>,
    min_count: u64,
    tests: bool,
}

/// The options of `bursts`, except those that say what is followed and counted.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Bursting {
    s: f64,
    gamma: f64,
    states: usize,
    words: bool,
    n: Option<usize>,
    min_count: u64,
}

impl Following {
    pub(crate) fn options(self) -> Result<TrendOptions> {
        let Self { value, window, n, min_count, tests } = self;
        Ok(TrendOptions { value: Share::from_name(&value)?, window, n, min_count, tests })
    }
}

impl Corpus {
    /// The counts of the items by period and group.
    fn counts(
        &self,
        followed: &Followed,
        groups: &Groups,
        zones: ZoneSet,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<Counts> {
        let period = named("by", &followed.period, &Period::ALL)?;
        let collect = if followed.mentioned { trend::collect_mentioned } else { trend::collect };
        let articles = &self.counted(followed.weighted, watch)?;
        self.with_followed(articles, followed, watch, |what| {
            collect(articles, (period, groups), what, zones, options, watch)
        })
    }

    /// Calls a function with what is followed.
    fn with_followed<R>(
        &self,
        articles: &corpus::Corpus,
        followed: &Followed,
        watch: &Watch,
        call: impl FnOnce(&trend::Followed<'_>) -> Result<R>,
    ) -> Result<R> {
        match (&followed.labels, &followed.items) {
            (Some(labels), only) => {
                let resolution = self.who_is_who.resolve(articles, Finder::default(), watch)?;
                let only = only.as_deref();
                call(&trend::Followed::Entities { resolution: &resolution, labels, only })
            }
            (None, Some(items)) => {
                call(&trend::Followed::Queries { items, regex: followed.regex, places: &self.places })
            }
            (None, None) => call(&trend::Followed::Terms),
        }
    }
}

#[pymethods]
impl Corpus {
    fn trend(
        &self,
        py: Python<'_>,
        followed: Followed,
        zones: Vec<String>,
        counting: Counting,
        following: Following,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        let trends = following.options()?;
        Ok(Table(run(py, threads, &watch, None, || {
            let groups = self.articles.groups(&followed.fields, &watch)?;
            let counts = self.counts(&followed, &groups, set, &options, &watch)?;
            trend::trend(&counts, (&followed.period, &groups), &trends, &watch)
        })?))
    }

    fn timeline(
        &self,
        py: Python<'_>,
        followed: Followed,
        zones: Vec<String>,
        counting: Counting,
        limits: (Option<usize>, u64),
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        Ok(Table(run(py, threads, &watch, None, || {
            let period = named("by", &followed.period, &Period::ALL)?;
            let named = (followed.period.as_str(), period);
            self.with_followed(&self.articles, &followed, &watch, |what| {
                trend::timeline(&self.articles, named, what, set, &options, limits, &watch)
            })
        })?))
    }

    fn bursts(
        &self,
        py: Python<'_>,
        followed: Followed,
        zones: Vec<String>,
        counting: Counting,
        bursting: Bursting,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (set, options, watch) = (zone_set(&zones)?, counting.options()?, Watch::default());
        let Bursting { s, gamma, states, words, n, min_count } = bursting;
        let bursts = BurstOptions { s, gamma, states, words, n, min_count };
        Ok(Table(run(py, threads, &watch, None, || {
            let groups = self.articles.groups(&followed.fields, &watch)?;
            let counts = self.counts(&followed, &groups, set, &options, &watch)?;
            trend::bursts(&counts, &bursts, &watch)
        })?))
    }
}
