//! How strongly are two things associated?
//!
//! A pair occurs together `o11` times; its first member occurs `r1` times, its second `c1` times,
//! of `n` in total (Evert 2008). Every measure is a function of these four counts.

use super::Cells;
use crate::batch::{Watch, fill};
use crate::error::Result;

/// The counts of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// How often the pair occurs; greater than zero.
    pub o11: f64,
    /// How often its first member occurs.
    pub r1: f64,
    /// How often its second member occurs.
    pub c1: f64,
    /// The total count.
    pub n: f64,
}

/// The association measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is documented at its formula")]
pub enum Association {
    Pmi,
    Npmi,
    Mi3,
    TScore,
    ZScore,
    LogLikelihood,
    Chi2,
    Dice,
    LogDice,
    Jaccard,
    MinSensitivity,
    DeltaPForward,
    DeltaPBackward,
    LogRatio,
    PoissonStirling,
    Mikolov,
}

impl Association {
    /// All measures, with their names.
    pub const ALL: [(&'static str, Self); 16] = [
        ("pmi", Self::Pmi),
        ("npmi", Self::Npmi),
        ("mi3", Self::Mi3),
        ("t_score", Self::TScore),
        ("z_score", Self::ZScore),
        ("log_likelihood", Self::LogLikelihood),
        ("chi2", Self::Chi2),
        ("dice", Self::Dice),
        ("log_dice", Self::LogDice),
        ("jaccard", Self::Jaccard),
        ("min_sensitivity", Self::MinSensitivity),
        ("delta_p_forward", Self::DeltaPForward),
        ("delta_p_backward", Self::DeltaPBackward),
        ("log_ratio", Self::LogRatio),
        ("poisson_stirling", Self::PoissonStirling),
        ("mikolov", Self::Mikolov),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|&(_, measure)| measure == self).map_or("", |(name, _)| name)
    }
}

/// Parameters of some measures, in addition to the counts of the pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The base of the logarithm of `pmi`: 2, unless compatibility with another tool requires
    /// another.
    pub pmi_base: f64,
    /// The count that `mikolov` subtracts from the count of each pair.
    pub min_count: f64,
    /// The number of distinct words, for `mikolov`.
    pub vocabulary: f64,
}

impl Default for Setting {
    fn default() -> Self {
        Self { pmi_base: 2.0, min_count: 0.0, vocabulary: 1.0 }
    }
}

impl Pair {
    /// How often the pair would occur if its members were independent.
    pub fn expected(self) -> f64 {
        self.r1 * self.c1 / self.n
    }

    /// The two-by-two table. Margins that were counted separately may be smaller than the count of
    /// the pair; no cell is negative.
    pub fn cells(self) -> Cells {
        let Self { o11, r1, c1, n } = self;
        let [o12, o21] = [(r1 - o11).max(0.0), (c1 - o11).max(0.0)];
        Cells([o11, o12, o21, (n - o11 - o12 - o21).max(0.0)])
    }

    /// The value of a measure.
    pub fn measure(self, measure: Association, setting: &Setting) -> f64 {
        match measure {
            Association::Pmi => (self.o11 / self.expected()).ln() / setting.pmi_base.ln(),
            Association::Npmi => self.npmi(),
            Association::Mi3 => (self.o11.powi(3) / self.expected()).log2(),
            Association::TScore => (self.o11 - self.expected()) / self.o11.sqrt(),
            Association::ZScore => (self.o11 - self.expected()) / self.expected().sqrt(),
            Association::LogLikelihood => self.cells().log_likelihood(),
            Association::Chi2 => self.cells().chi2(),
            Association::Dice => self.dice(),
            // Rychlý (2008); 14 is the value of a pair that always occurs together.
            Association::LogDice => 14.0 + self.dice().log2(),
            Association::Jaccard => self.o11 / (self.r1 + self.c1 - self.o11),
            Association::MinSensitivity => self.o11 / self.r1.max(self.c1),
            Association::DeltaPForward => self.delta_p(self.r1, self.c1),
            Association::DeltaPBackward => self.delta_p(self.c1, self.r1),
            Association::LogRatio => self.log_ratio(),
            Association::PoissonStirling => self.o11 * ((self.o11 / self.expected()).log2() - 1.0),
            Association::Mikolov => (self.o11 - setting.min_count) / (self.r1 * self.c1) * setting.vocabulary,
        }
    }

    /// PMI divided by its maximum, −log(O/N) (Bouma 2009). It is 1 for members that never occur
    /// apart, which includes a pair that is the only one.
    fn npmi(self) -> f64 {
        let most = -(self.o11 / self.n).ln();
        if most <= 0.0 { 1.0 } else { (self.o11 / self.expected()).ln() / most }
    }

    /// 2 O / (R1 + C1).
    fn dice(self) -> f64 {
        2.0 * self.o11 / (self.r1 + self.c1)
    }

    /// How much more likely the outcome is given the cue (Gries 2013): P(outcome | cue) − P(outcome
    /// | no cue), where `cue` and `outcome` are their counts. P(outcome | no cue) is 0 if the
    /// outcome never occurs without the cue, also if nothing occurs without the cue.
    fn delta_p(self, cue: f64, outcome: f64) -> f64 {
        let without = self.n - cue;
        let missed = if without > 0.0 { (outcome - self.o11).max(0.0) / without } else { 0.0 };
        self.o11 / cue - missed
    }

    /// log2 of how much more likely the second is after the first than elsewhere (Hardie 2014). If
    /// it does not occur elsewhere, its count there is taken as 0.5; if there is no elsewhere, its
    /// size is taken as 0.5.
    fn log_ratio(self) -> f64 {
        let elsewhere = |count: f64| if count > 0.0 { count } else { 0.5 };
        let (o21, r2) = (elsewhere(self.c1 - self.o11), elsewhere(self.n - self.r1));
        ((self.o11 / o21) / (self.r1 / r2)).log2()
    }
}

/// The values of measures for many pairs, one column per measure.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub fn columns(
    measures: &[Association],
    pairs: &[Pair],
    setting: &Setting,
    watch: &Watch,
) -> Result<Vec<(&'static str, Vec<f64>)>> {
    let each = |&measure: &Association| {
        let values = fill(pairs.len(), watch, |at| pairs[at].measure(measure, setting))?;
        Ok((measure.name(), values))
    };
    measures.iter().map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_by_hand_has_its_values() {
        let pair = Pair { o11: 8.0, r1: 16.0, c1: 32.0, n: 1024.0 };
        let of = |measure| {
            pair.measure(measure, &Setting { min_count: 2.0, vocabulary: 100.0, ..Setting::default() })
        };
        let expected = [
            (Association::Pmi, 4.0),
            (Association::Npmi, 4.0 / 7.0),
            (Association::Mi3, 10.0),
            (Association::TScore, 7.5 / 8.0_f64.sqrt()),
            (Association::ZScore, 7.5 / 0.5_f64.sqrt()),
            (Association::Dice, 1.0 / 3.0),
            (Association::LogDice, 14.0 + (1.0_f64 / 3.0).log2()),
            (Association::Jaccard, 0.2),
            (Association::MinSensitivity, 0.25),
            (Association::DeltaPForward, 0.5 - 24.0 / 1008.0),
            (Association::DeltaPBackward, 0.25 - 8.0 / 992.0),
            (Association::LogRatio, (0.5_f64 / (24.0 / 1008.0)).log2()),
            (Association::PoissonStirling, 24.0),
            (Association::Mikolov, 6.0 / 512.0 * 100.0),
        ];
        for (measure, value) in expected {
            assert!(
                (of(measure) - value).abs() < 1e-12,
                "{}: {} is not {value}",
                measure.name(),
                of(measure)
            );
        }
    }

    #[test]
    fn a_pair_that_is_all_there_is_has_a_value_everywhere() {
        let pair = Pair { o11: 3.0, r1: 3.0, c1: 3.0, n: 3.0 };
        for (name, measure) in Association::ALL {
            assert!(pair.measure(measure, &Setting::default()).is_finite(), "{name}");
        }
    }
}
