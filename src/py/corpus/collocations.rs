//! Verbs that count words which occur together.

use pyo3::prelude::*;

use super::terms::Counting;
use super::{Corpus, zone_set};
use crate::batch::Watch;
use crate::corpus::Context;
use crate::error::Result;
use crate::py::run::run;
use crate::py::table::Table;
use crate::stats::{self, CollocationOptions, Compat, CooccurrenceOptions};

/// The options of `collocations`, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Scoring {
    window: usize,
    parted: bool,
    measures: Vec<String>,
    sort: Option<String>,
    compat: Option<String>,
    weighted: bool,
}

impl Scoring {
    pub(crate) fn options(self, counting: Counting) -> Result<CollocationOptions> {
        Ok(CollocationOptions {
            terms: counting.options()?,
            window: self.window,
            parted: self.parted,
            measures: CollocationOptions::measures(&self.measures)?,
            sort: self.sort,
            compat: self.compat.as_deref().map(Compat::from_name).transpose()?,
        })
    }
}

/// The options of `cooccurrence` of terms, except those for counting terms.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Cooccurrence {
    within: String,
    window: Option<usize>,
    min_pairs: u64,
    most: Option<usize>,
    measures: Vec<String>,
    sort: Option<String>,
    weighted: bool,
}

impl Cooccurrence {
    fn options(self, counting: Counting) -> Result<CooccurrenceOptions> {
        let measures =
            if self.measures.is_empty() { Vec::new() } else { CollocationOptions::measures(&self.measures)? };
        Ok(CooccurrenceOptions {
            terms: counting.options()?,
            within: Context::from_name(&self.within)?,
            window: self.window,
            min_pairs: self.min_pairs,
            most: self.most,
            measures,
            sort: self.sort,
        })
    }
}

#[pymethods]
impl Corpus {
    fn collocations(
        &self,
        py: Python<'_>,
        by: Vec<String>,
        zones: Vec<String>,
        counting: Counting,
        pairing: Scoring,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (weighted, watch) = (pairing.weighted, Watch::default());
        let (set, options) = (zone_set(&zones)?, pairing.options(counting)?);
        Ok(Table(run(py, threads, &watch, None, || {
            let articles = self.counted(weighted, &watch)?;
            if weighted {
                stats::weighted_collocations(&articles, &by, set, &options, &watch)
            } else {
                stats::collocations(&articles, &by, set, &options, &watch)
            }
        })?))
    }

    fn cooccurring_terms(
        &self,
        py: Python<'_>,
        zones: Vec<String>,
        counting: Counting,
        cooccurrence: Cooccurrence,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let (weighted, watch) = (cooccurrence.weighted, Watch::default());
        let (set, options) = (zone_set(&zones)?, cooccurrence.options(counting)?);
        Ok(Table(run(py, threads, &watch, None, || {
            stats::cooccurrence(&self.counted(weighted, &watch)?, set, &options, &watch)
        })?))
    }
}
