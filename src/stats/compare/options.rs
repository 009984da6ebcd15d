//! How are two selections of articles compared?

use std::collections::HashMap;

use super::compat::{Compat, all_named, named};
use crate::error::{Error, Kind, Result};
use crate::measure::{Keyness, Zeros};
use crate::stats::count::TermOptions;

/// The prior of `log_odds`: how much each term weighs before anything is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Prior {
    /// As its counts in target and reference together.
    #[default]
    Counts,
    /// All terms the same.
    Each(f64),
    /// As told, term by term.
    Weights(HashMap<String, f64>),
}

/// Which terms are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Those that the target uses more.
    Target,
    /// Those that the reference uses more.
    Reference,
    /// Those that both use alike.
    Lockwords,
}

impl Only {
    /// # Errors
    /// [`Kind::BadOption`]: any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [("target", Self::Target), ("reference", Self::Reference), ("lockwords", Self::Lockwords)];
        named("only", name, &all)
    }
}

/// How two selections are compared.
#[derive(Debug, Clone)]
pub struct KeynessOptions {
    /// Which terms are counted; minimums are over both sides together.
    pub terms: TermOptions,
    /// The measures, in the order of their columns.
    pub measures: Vec<Keyness>,
    /// What stands for a count of zero.
    pub zeros: Zeros,
    /// The k of `simple_maths`.
    pub smoothing: f64,
    /// The prior of `log_odds`.
    pub prior: Prior,
    /// Which terms are kept; all where none is named.
    pub only: Option<Only>,
    /// The largest absolute `log_ratio` of a lockword.
    pub lock_width: f64,
    /// The column that rows are sorted by; the first measure where none is named, and counts for lockwords.
    pub sort: Option<String>,
    /// How many resamples.
    pub bootstrap: usize,
    /// The share of resamples within the interval.
    pub level: f64,
    /// The seed of the resamples.
    pub seed: u64,
    /// Whose conventions are followed.
    pub compat: Option<Compat>,
}

impl KeynessOptions {
    /// The measures of these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a name that no measure has or that stands twice, or none at all.
    pub fn measures<S: AsRef<str>>(names: &[S]) -> Result<Vec<Keyness>> {
        all_named("measures", names, &Keyness::ALL)
    }

    pub(crate) fn check(&self) -> Result<()> {
        self.terms.check()?;
        let bad = |field: &str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
        if !(self.smoothing > 0.0 && self.smoothing.is_finite()) {
            return bad("smoothing", format!("smoothing={}; expected a number above 0", self.smoothing));
        }
        if self.lock_width.is_nan() || self.lock_width < 0.0 {
            return bad("lock_width", format!("lock_width={}; expected at least 0", self.lock_width));
        }
        if !(self.level > 0.0 && self.level < 1.0) {
            return bad("level", format!("level={}; expected a share between 0 and 1", self.level));
        }
        let weights: Vec<(&str, f64)> = match &self.prior {
            Prior::Counts => Vec::new(),
            Prior::Each(weight) => vec![("", *weight)],
            Prior::Weights(weights) => {
                weights.iter().map(|(term, &weight)| (term.as_str(), weight)).collect()
            }
        };
        if let Some((term, weight)) = weights
            .into_iter()
            .filter(|(_, weight)| !(*weight > 0.0 && weight.is_finite()))
            .min_by_key(|&(term, _)| term)
        {
            let of = if term.is_empty() { String::new() } else { format!(" of \"{term}\"") };
            return bad("prior", format!("the weight{of} is {weight}; expected a finite number above 0"));
        }
        if self.bootstrap > 0 && !self.measures.iter().any(|measure| measure.is_effect_size()) {
            let all = Keyness::ALL.into_iter().filter(|(_, measure)| measure.is_effect_size());
            let known: Vec<&str> = all.map(|(name, _)| name).collect();
            return bad(
                "bootstrap",
                format!(
                    "there is no effect size to resample; expected one of {} among measures",
                    known.join(", ")
                ),
            );
        }
        Ok(())
    }
}
