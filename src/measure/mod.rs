//! How far is a count from what chance would give?
//!
//! Pure functions of a few numbers, shared by every room that compares counts: [`Contrast`]
//! compares the counts of a term in two corpora, [`Pair`] compares the count of a pair with the
//! counts of its members, and `probability` converts a statistic to a probability. Nothing here
//! knows about articles or terms, and nothing allocates except the correction for multiple tests.
//!
//! Invariants: no measure returns NaN, and none is infinite unless the caller requested infinities.

mod association;
mod keyness;
mod probability;

pub use self::association::{Association, Pair, Setting, columns};
pub use self::keyness::{Contrast, Keyness, Zeros};
pub use self::probability::{benjamini_hochberg, chi2_tail, fisher, normal_tails, quantile};

/// x ln(x / y), which is 0 if x is 0, whatever y is.
fn x_ln(x: f64, y: f64) -> f64 {
    if x > 0.0 { x * (x / y).ln() } else { 0.0 }
}

/// A two-by-two table of observed counts, in row order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cells(pub [f64; 4]);

impl Cells {
    /// The expected counts, given the margins.
    #[expect(clippy::many_single_char_names, reason = "the conventional names of the cells of a table")]
    pub fn expected(self) -> [f64; 4] {
        let [a, b, c, d] = self.0;
        let n = a + b + c + d;
        if n <= 0.0 {
            return [0.0; 4];
        }
        [(a + b) * (a + c) / n, (a + b) * (b + d) / n, (c + d) * (a + c) / n, (c + d) * (b + d) / n]
    }

    /// G², the log-likelihood ratio over all four cells (Dunning 1993).
    pub fn log_likelihood(self) -> f64 {
        let cells = self.0.iter().zip(self.expected());
        // Independence gives 0, which rounding may make negative.
        (2.0 * cells.map(|(&observed, expected)| x_ln(observed, expected)).sum::<f64>()).max(0.0)
    }

    /// Pearson's χ². A cell whose observed and expected counts are both zero contributes nothing.
    pub fn chi2(self) -> f64 {
        self.chi2_less(0.0)
    }

    /// χ² with Yates's correction: each difference is reduced by half a count, but not below zero.
    pub fn chi2_yates(self) -> f64 {
        self.chi2_less(0.5)
    }

    fn chi2_less(self, correction: f64) -> f64 {
        let cells = self.0.iter().zip(self.expected());
        cells
            .filter(|&(_, expected)| expected > 0.0)
            .map(|(observed, expected)| {
                ((observed - expected).abs() - correction).max(0.0).powi(2) / expected
            })
            .sum()
    }
}
