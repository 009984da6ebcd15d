//! Which number does a measure give a term?

use super::compat::Compat;
use super::options::{KeynessOptions, Prior};
use super::side::{Both, Row, Side};
use crate::corpus::One;
use crate::error::{Error, Kind, Result};
use crate::measure::{Contrast, Keyness, chi2_tail, normal_tails};
use crate::table::Strings;

pub(super) fn name_of(measure: Keyness) -> &'static str {
    Keyness::ALL.into_iter().find(|&(_, known)| known == measure).map_or("", |(name, _)| name)
}

pub(super) fn p_value(measure: Keyness, value: f64) -> f64 {
    match measure {
        Keyness::Fisher => value,
        Keyness::LogOdds => normal_tails(value),
        // A preset may give the statistic a sign.
        _ => chi2_tail(value.abs()),
    }
}

/// What all terms have in common.
pub(super) struct Scale<'a> {
    one: One,
    totals: [f64; 2],
    articles: [f64; 2],
    /// The prior weight of each row, and of all terms; empty if counts are the prior.
    weights: Vec<f64>,
    weight: f64,
    options: &'a KeynessOptions,
}

impl<'a> Scale<'a> {
    pub(super) fn new(
        sides: &[Side; 2],
        both: &Both,
        names: &Strings,
        options: &'a KeynessOptions,
    ) -> Result<Self> {
        let totals = [0, 1].map(|side| sides[side].number(sides[side].total));
        let (weights, weight) = match &options.prior {
            Prior::Counts => (Vec::new(), totals[0] + totals[1]),
            Prior::Each(each) => (vec![*each; both.rows.len()], each * both.distinct as f64),
            Prior::Weights(weights) if options.measures.contains(&Keyness::LogOdds) => {
                let each = names.iter().map(|term| {
                    weights.get(term).copied().ok_or_else(|| {
                        let what = format!(
                            "there is no weight of \"{term}\"; expected one for each term of the table"
                        );
                        Error::new(Kind::BadOption, what).in_field("prior")
                    })
                });
                let mut sorted: Vec<(&String, f64)> =
                    weights.iter().map(|(term, &weight)| (term, weight)).collect();
                sorted.sort_unstable_by_key(|&(term, _)| term);
                (each.collect::<Result<_>>()?, sorted.iter().map(|(_, weight)| weight).sum())
            }
            Prior::Weights(_) => (vec![1.0; both.rows.len()], 1.0),
        };
        let articles = [0, 1].map(|side| sides[side].number(sides[side].articles));
        Ok(Self { one: both.one, totals, articles, weights, weight, options })
    }

    pub(super) fn contrast(&self, row: &Row) -> Contrast {
        let ([a, b], [n1, n2]) = (row.counts.map(|count| self.one.number(count)), self.totals);
        Contrast { a, n1, b, n2 }
    }

    /// Gives the values of a test that has no sign the sign of the difference, so that the terms of
    /// the target come before those of the reference.
    pub(super) fn sign(&self, measure: &str, rows: &[Row], values: &mut [f64]) {
        let Some((_, measure)) = Keyness::ALL.into_iter().find(|&(name, _)| name == measure) else { return };
        // What the Bayes factor subtracts from the likelihood ratio.
        let penalty =
            if measure == Keyness::BayesFactor { self.totals.iter().sum::<f64>().ln() } else { 0.0 };
        let ([n1, n2], of_articles) = match measure {
            Keyness::TextDispersion => (self.articles, true),
            Keyness::LogLikelihood
            | Keyness::LogLikelihood2
            | Keyness::Chi2
            | Keyness::Chi2Yates
            | Keyness::BayesFactor => (self.totals, false),
            _ => return,
        };
        for (value, row) in values.iter_mut().zip(rows) {
            let [a, b] =
                if of_articles { row.articles } else { row.counts }.map(|count| self.one.number(count));
            let size = (*value + penalty).abs();
            *value = if a * n2 < b * n1 { -size } else { size };
        }
    }

    /// The value of a measure for the row at a position.
    pub(super) fn value(&self, measure: Keyness, row: &Row, at: usize) -> f64 {
        let contrast = self.contrast(row);
        match (measure, self.options.compat) {
            (Keyness::LogLikelihood, Some(Compat::Quanteda)) => contrast.log_likelihood_quanteda(),
            (Keyness::Chi2, Some(Compat::Quanteda)) => contrast.chi2_quanteda(),
            (Keyness::Chi2, Some(Compat::Sklearn)) => {
                contrast.chi2_sklearn(self.articles[0], self.articles[1])
            }
            (Keyness::LogLikelihood, _) => contrast.cells().log_likelihood(),
            (Keyness::LogLikelihood2, _) => contrast.log_likelihood_2(),
            (Keyness::Chi2, _) => contrast.cells().chi2(),
            (Keyness::Chi2Yates, _) => contrast.cells().chi2_yates(),
            (Keyness::Fisher, _) => contrast.fisher(),
            (Keyness::BayesFactor, _) => contrast.bayes_factor(),
            (Keyness::TextDispersion, _) => {
                let ([a, b], [n1, n2]) =
                    (row.articles.map(|articles| self.one.number(articles)), self.articles);
                Contrast { a, n1, b, n2 }.cells().log_likelihood()
            }
            _ => finish(measure, self.effect(measure, contrast, at)),
        }
    }

    /// An effect size before [`finish`].
    pub(super) fn effect(&self, measure: Keyness, contrast: Contrast, at: usize) -> f64 {
        let zeros = self.options.zeros;
        match measure {
            Keyness::OddsRatio => contrast.odds_ratio(zeros),
            Keyness::RelativeRisk => contrast.relative_risk(zeros),
            Keyness::DifferenceCoefficient => contrast.difference_coefficient(),
            Keyness::SimpleMaths => contrast.simple_maths(self.options.smoothing),
            Keyness::LogOdds => match self.weights.get(at) {
                Some(&weight) => contrast.log_odds(weight, self.weight),
                None => contrast.log_odds(contrast.a + contrast.b, contrast.n1 + contrast.n2),
            },
            _ => contrast.ratio(zeros),
        }
    }
}

/// Computes an effect size from the ratio that orders it: so a logarithm is taken once, and not in
/// every resample.
pub(super) fn finish(measure: Keyness, value: f64) -> f64 {
    match measure {
        Keyness::LogRatio => value.log2(),
        Keyness::PercentDiff => 100.0 * (value - 1.0),
        _ => value,
    }
}

/// Whether an effect size is one of [`Contrast::ratio`].
pub(super) fn is_of_ratio(measure: Keyness) -> bool {
    matches!(measure, Keyness::LogRatio | Keyness::PercentDiff)
}
