//! How are two selections of articles compared?

use std::collections::HashMap;

use super::compat::{Compat, all_named};
use crate::corpus::One;
use crate::error::{Error, Kind, Result, named};
use crate::measure::{Keyness, Zeros};
use crate::stats::count::TermOptions;

/// The prior of `log_odds`: the weight of each term before anything is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Prior {
    /// The counts of target and reference together.
    #[default]
    Counts,
    /// The same weight for all terms.
    Each(f64),
    /// A weight supplied for each term.
    Weights(HashMap<String, f64>),
}

/// Which terms are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Those that occur relatively more often in the target.
    Target,
    /// Those that occur relatively more often in the reference.
    Reference,
    /// Those that both use about equally.
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
    /// Which terms are counted; the minimums apply to both sides together.
    pub terms: TermOptions,
    /// The measures, in the order of their columns.
    pub measures: Vec<Keyness>,
    /// What replaces a count of zero.
    pub zeros: Zeros,
    /// The parameter k of `simple_maths`.
    pub smoothing: f64,
    /// The prior of `log_odds`.
    pub prior: Prior,
    /// Which terms are kept; all if `None`.
    pub only: Option<Only>,
    /// The largest absolute `log_ratio` of a lockword.
    pub lock_width: f64,
    /// The column that rows are sorted by; if `None`, the first measure, or the counts for
    /// lockwords.
    pub sort: Option<String>,
    /// The number of resamples.
    pub bootstrap: usize,
    /// The share of resamples within the interval.
    pub level: f64,
    /// The seed of the resamples.
    pub seed: u64,
    /// Which tool's conventions are followed.
    pub compat: Option<Compat>,
    /// The number of rows (of each group); all if `None`.
    pub n: Option<usize>,
}

impl KeynessOptions {
    /// The measure from which the p-value is computed, if one has a p-value.
    pub(super) fn test(&self) -> Option<Keyness> {
        let is_test = |measure: Keyness| {
            !measure.is_effect_size() && measure != Keyness::BayesFactor || measure == Keyness::LogOdds
        };
        self.measures.iter().copied().find(|&measure| is_test(measure))
    }

    /// # Errors
    /// [`Kind::BadOption`]: there is a bootstrap, which is impossible for a reason.
    pub(super) fn expect_no_bootstrap(&self, reason: &str) -> Result<()> {
        if self.bootstrap == 0 {
            return Ok(());
        }
        let what = format!("bootstrap={}; the bootstrap {reason}; expected 0", self.bootstrap);
        Err(Error::new(Kind::BadOption, what).in_field("bootstrap"))
    }

    /// The measures of these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: an unknown or repeated name, or no name at all.
    pub fn measures<S: AsRef<str>>(names: &[S]) -> Result<Vec<Keyness>> {
        all_named("measures", names, &Keyness::ALL)
    }

    /// [`KeynessOptions::check`], for counts of which so many units are one.
    pub(super) fn check_of(&self, one: One) -> Result<()> {
        self.check()?;
        if one.is_plain() {
            return Ok(());
        }
        self.expect_no_bootstrap("resamples whole articles, and with weight=\"copies\" they count in parts")?;
        if self.measures.contains(&Keyness::Fisher) {
            let what = "\"fisher\" needs whole numbers, and with weight=\"copies\" counts are not; \
                        expected a measure such as log_likelihood";
            return Err(Error::new(Kind::BadOption, what).in_field("measures"));
        }
        Ok(())
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
