//! How differently do two corpora use a term?
//!
//! A term occurs `a` times among the `n1` of the target and `b` times among the `n2` of the
//! reference. Tests measure how certain a difference is, effect sizes how large it is. Each formula
//! names its source; a zero is replaced only if its measure says so.

use super::probability::fisher;
use super::{Cells, x_ln};

/// A term's counts in two corpora.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The count of the term in the target.
    pub a: f64,
    /// The count of all terms in the target.
    pub n1: f64,
    /// The count of the term in the reference.
    pub b: f64,
    /// The count of all terms in the reference.
    pub n2: f64,
}

/// What replaces a count of zero in effect sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zeros {
    /// Half a count: for ratios only in the empty cell (Hardie 2014), for odds and risks in every
    /// cell (Haldane 1956).
    #[default]
    Half,
    /// Nothing: zero stays zero, and ratios become infinite.
    Infinite,
}

/// The keyness measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is documented at its formula")]
pub enum Keyness {
    LogLikelihood,
    LogLikelihood2,
    Chi2,
    Chi2Yates,
    Fisher,
    LogRatio,
    PercentDiff,
    OddsRatio,
    RelativeRisk,
    DifferenceCoefficient,
    SimpleMaths,
    BayesFactor,
    LogOdds,
    TextDispersion,
}

impl Keyness {
    /// All measures, with their names.
    pub const ALL: [(&'static str, Self); 14] = [
        ("log_likelihood", Self::LogLikelihood),
        ("log_likelihood_2", Self::LogLikelihood2),
        ("chi2", Self::Chi2),
        ("chi2_yates", Self::Chi2Yates),
        ("fisher", Self::Fisher),
        ("log_ratio", Self::LogRatio),
        ("percent_diff", Self::PercentDiff),
        ("odds_ratio", Self::OddsRatio),
        ("relative_risk", Self::RelativeRisk),
        ("difference_coefficient", Self::DifferenceCoefficient),
        ("simple_maths", Self::SimpleMaths),
        ("bayes_factor", Self::BayesFactor),
        ("log_odds", Self::LogOdds),
        ("text_dispersion", Self::TextDispersion),
    ];

    /// Whether the measure is an effect size, and not a test statistic.
    pub const fn is_effect_size(self) -> bool {
        matches!(
            self,
            Self::LogRatio
                | Self::PercentDiff
                | Self::OddsRatio
                | Self::RelativeRisk
                | Self::DifferenceCoefficient
                | Self::SimpleMaths
                | Self::LogOdds
        )
    }
}

impl Contrast {
    /// The two-by-two table: the term and all others, in target and reference.
    pub fn cells(self) -> Cells {
        Cells([self.a, self.n1 - self.a, self.b, self.n2 - self.b])
    }

    /// 1 if the target uses the term relatively more often than the reference, −1 otherwise.
    pub fn sign(self) -> f64 {
        if self.a * self.n2 > self.b * self.n1 { 1.0 } else { -1.0 }
    }

    /// 2 (a ln(a/E1) + b ln(b/E2)), over the two cells of the term only (Rayson & Garside 2000).
    pub fn log_likelihood_2(self) -> f64 {
        let Self { a, n1, b, n2 } = self;
        let expected = (a + b) / (n1 + n2);
        (2.0 * (x_ln(a, n1 * expected) + x_ln(b, n2 * expected))).max(0.0)
    }

    /// The two-sided p of Fisher's exact test.
    pub fn fisher(self) -> f64 {
        let [a, b, c, d] = self.cells().0.map(|cell| cell as u64);
        fisher(a, b, c, d)
    }

    /// p1 / p2, where `zeros` defines the count of an empty side; 1 if both sides stay empty.
    pub fn ratio(self, zeros: Zeros) -> f64 {
        let filled = |count: f64| if count == 0.0 && zeros == Zeros::Half { 0.5 } else { count };
        divided(filled(self.a) / self.n1, filled(self.b) / self.n2)
    }

    /// log2(p1 / p2) (Hardie 2014).
    pub fn log_ratio(self, zeros: Zeros) -> f64 {
        self.ratio(zeros).log2()
    }

    /// 100 (p1 − p2) / p2 (Gabrielatos & Marchi 2011).
    pub fn percent_diff(self, zeros: Zeros) -> f64 {
        100.0 * (self.ratio(zeros) - 1.0)
    }

    /// The table with half a count added to every cell if any cell is empty (Haldane 1956, Anscombe
    /// 1956).
    fn without_zeros(self, zeros: Zeros) -> [f64; 4] {
        let cells = self.cells().0;
        if zeros == Zeros::Half && cells.contains(&0.0) { cells.map(|cell| cell + 0.5) } else { cells }
    }

    /// a (N2 − b) / (b (N1 − a)), the odds ratio of the sample; infinite for a zero denominator if
    /// zeros are kept.
    pub fn odds_ratio(self, zeros: Zeros) -> f64 {
        let [a, c, b, d] = self.without_zeros(zeros);
        divided(a * d, b * c)
    }

    /// p1 / p2, with Haldane's correction.
    pub fn relative_risk(self, zeros: Zeros) -> f64 {
        let [a, c, b, d] = self.without_zeros(zeros);
        divided(a / (a + c), b / (b + d))
    }

    /// (p1 − p2) / (p1 + p2), from −1 to 1 (Hofland & Johansson 1982).
    pub fn difference_coefficient(self) -> f64 {
        let (p1, p2) = (self.a / self.n1, self.b / self.n2);
        if p1 + p2 > 0.0 { (p1 - p2) / (p1 + p2) } else { 0.0 }
    }

    /// (ipm1 + k) / (ipm2 + k), in counts per million (Kilgarriff 2009).
    pub fn simple_maths(self, k: f64) -> f64 {
        (self.a * 1e6 / self.n1 + k) / (self.b * 1e6 / self.n2 + k)
    }

    /// G² − ln(N1 + N2), which approximates twice the log of the Bayes factor by the BIC (Wilson
    /// 2013).
    pub fn bayes_factor(self) -> f64 {
        self.cells().log_likelihood() - (self.n1 + self.n2).ln()
    }

    /// The z-score of the log-odds ratio under a Dirichlet prior with weight `prior` on the term
    /// and `total` on all terms, with the four-term variance (Monroe, Colaresi & Quinn 2008). 0 if
    /// the term or all other terms have no weight at all.
    pub fn log_odds(self, prior: f64, total: f64) -> f64 {
        let odds = |count: f64, n: f64| (count + prior, n + total - count - prior);
        let ((a, rest1), (b, rest2)) = (odds(self.a, self.n1), odds(self.b, self.n2));
        if [a, b, rest1, rest2].iter().any(|&weight| weight <= 0.0) {
            return 0.0;
        }
        let variance = 1.0 / a + 1.0 / rest1 + 1.0 / b + 1.0 / rest2;
        ((a / rest1).ln() - (b / rest2).ln()) / variance.sqrt()
    }

    /// χ² of the two cells of the term, where the expected counts follow from the shares of
    /// articles in target and reference, as computed by scikit-learn's `feature_selection.chi2`.
    pub fn chi2_sklearn(self, articles1: f64, articles2: f64) -> f64 {
        let all = self.a + self.b;
        let of = |count: f64, articles: f64| {
            let expected = all * articles / (articles1 + articles2);
            if expected > 0.0 { (count - expected).powi(2) / expected } else { 0.0 }
        };
        of(self.a, articles1) + of(self.b, articles2)
    }

    /// χ² as quanteda computes it: signed, and with Yates's correction if an expected count is
    /// below five.
    #[expect(clippy::many_single_char_names, reason = "the conventional names of the cells of a table")]
    pub fn chi2_quanteda(self) -> f64 {
        let [a, b, c, d] = self.quanteda_cells();
        let n = a + b + c + d;
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        if margins <= 0.0 {
            return 0.0;
        }
        let less = n * quanteda_correction([a, b, c, d]);
        self.sign() * n * ((a * d - b * c).abs() - less).powi(2) / margins
    }

    /// G² as quanteda computes it: signed, with its conditional correction of the cells, and with
    /// 1e-9 inside each logarithm.
    pub fn log_likelihood_quanteda(self) -> f64 {
        let cells = self.quanteda_cells();
        let [a, b, c, d] = cells;
        let moved = quanteda_correction(cells) * if a * d > b * c { 1.0 } else { -1.0 };
        let moved = Cells([a - moved, b + moved, c + moved, d - moved]);
        let each = moved.0.iter().zip(moved.expected());
        let sum: f64 = each
            .filter(|&(&observed, _)| observed > 0.0)
            .map(|(&observed, expected)| observed * (observed / expected + 1e-9).ln())
            .sum();
        self.sign() * 2.0 * sum
    }

    /// The order of quanteda: the term in target and reference, then the other terms.
    fn quanteda_cells(self) -> [f64; 4] {
        [self.a, self.b, self.n1 - self.a, self.n2 - self.b]
    }
}

/// Half a count if an expected count is below five and the correction would not reverse the
/// difference; otherwise zero.
fn quanteda_correction(cells: [f64; 4]) -> f64 {
    let [a, b, c, d] = cells;
    let small = Cells(cells).expected().into_iter().any(|expected| expected < 5.0);
    if small && (a * d - b * c).abs() >= (a + b + c + d) / 2.0 { 0.5 } else { 0.0 }
}

/// x / y, or 1 if both are 0: two corpora without a difference.
fn divided(x: f64, y: f64) -> f64 {
    if x == 0.0 && y == 0.0 { 1.0 } else { x / y }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Contrast = Contrast { a: 30.0, n1: 10_000.0, b: 10.0, n2: 20_000.0 };

    #[test]
    fn the_worked_example_has_its_values() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-6 * b.abs(), "{a} is not {b}");
        close(TABLE.cells().log_likelihood(), 29.080_961_8);
        close(TABLE.log_ratio(Zeros::Half), 6.0_f64.log2());
        close(TABLE.percent_diff(Zeros::Half), 500.0);
        close(TABLE.difference_coefficient(), 5.0 / 7.0);
        close(TABLE.simple_maths(1.0), 3001.0 / 501.0);
        close(TABLE.relative_risk(Zeros::Half), 6.0);
    }

    #[test]
    fn an_empty_side_is_finite_unless_infinities_are_asked_for() {
        let empty = Contrast { b: 0.0, ..TABLE };
        for zeros in [Zeros::Half, Zeros::Infinite] {
            for value in [empty.log_ratio(zeros), empty.odds_ratio(zeros), empty.relative_risk(zeros)] {
                assert_eq!(value.is_finite(), zeros == Zeros::Half);
                assert!(value > 0.0);
            }
        }
    }

    #[test]
    fn a_corpus_of_one_word_has_no_nan() {
        let one = Contrast { a: 3.0, n1: 3.0, b: 5.0, n2: 5.0 };
        assert!(
            one.cells().log_likelihood() == 0.0
                && one.cells().chi2() == 0.0
                && one.cells().chi2_yates() == 0.0
        );
        assert!((one.fisher() - 1.0).abs() < 1e-12 && one.log_odds(8.0, 8.0) == 0.0);
        assert!((one.odds_ratio(Zeros::Infinite) - 1.0).abs() < 1e-12);
    }
}
