//! Verbs that follow items over time: other rooms count, the trend room reads the counts.

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::calendar::Period;
use crate::corpus::ZoneSet;
use crate::entity::{self, Finder};
use crate::error::{Error, Kind, Result};
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, TermOptions};
use crate::trend::{self, BurstOptions, Counts, Share, TrendOptions};

/// What is followed over time.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Followed {
    period: String,
    /// Entities of these labels; none for terms.
    labels: Option<Vec<String>>,
    items: Option<Vec<String>>,
    regex: bool,
}

/// The options of `trend` beside.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Following {
    value: String,
    window: usize,
    n: Option<usize>,
    min_count: u64,
    tests: bool,
}

/// The options of `bursts` beside.
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

impl Corpus {
    /// What other rooms count of the items, by period.
    fn counts(
        &self,
        followed: &Followed,
        zones: ZoneSet,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<Counts> {
        let name = followed.period.as_str();
        let period = Period::from_name(name).ok_or_else(|| {
            let what = format!("by=\"{name}\"; expected day, week, month, quarter or year");
            Error::new(Kind::BadOption, what).in_field("by")
        })?;
        let words = stats::words(&self.articles, zones, watch)?;
        let days =
            self.articles.articles().zip(words).filter_map(|(article, words)| Some((article.day()?, words)));
        let mut counts = Counts::new(period, &days.collect::<Vec<_>>(), watch)?;
        let by = [name];
        if let Some(labels) = &followed.labels {
            let resolution = self.who_is_who.resolve(&self.articles, Finder::default(), watch)?;
            let wanted = entity::EntityOptions { labels: labels.clone(), min_mentions: 1, min_articles: 1 };
            let table = entity::entities(&resolution, &by, zones, &wanted, watch)?;
            counts.add(&table, name, "entity", "mentions", watch)?;
            if let Some(items) = &followed.items {
                counts.only(items);
            }
        } else if let Some(items) = &followed.items {
            let fold = options.fold;
            let table = stats::count_matches(
                &self.articles,
                &self.places,
                &by,
                zones,
                items,
                followed.regex,
                fold,
                watch,
            )?;
            counts.add(&table, name, "item", "count", watch)?;
            counts.ensure(items);
        } else {
            let table = stats::terms(&self.articles, &by, zones, options, watch)?;
            counts.add(&table, name, "term", "count", watch)?;
        }
        Ok(counts)
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
        let Following { value, window, n, min_count, tests } = following;
        let trends = TrendOptions { value: Share::from_name(&value)?, window, n, min_count, tests };
        Ok(Table(run(py, threads, &watch, None, || {
            let counts = self.counts(&followed, set, &options, &watch)?;
            trend::trend(&counts, &followed.period, &trends, &watch)
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
            let counts = self.counts(&followed, set, &options, &watch)?;
            trend::bursts(&counts, &bursts, &watch)
        })?))
    }
}
