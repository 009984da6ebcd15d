//! How likely is a statistic by chance?
//!
//! Tails are accurate to about 13 digits however small they are: a p-value of 1e-200 is a number,
//! not zero. Hypergeometric probabilities follow Loader (2000), who writes them as products of
//! terms without cancellation.

/// The probability that χ² with one degree of freedom is at least this large.
pub fn chi2_tail(statistic: f64) -> f64 {
    libm::erfc((statistic.max(0.0) / 2.0).sqrt())
}

/// The two-sided p-value of a standard normal statistic.
pub fn normal_tails(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The two-sided p-value of Fisher's exact test of the table `[[a, b], [c, d]]`: the total
/// probability of all tables with the same margins that are at most as probable. Costs a few dozen
/// steps per table, and never more than the smaller margin.
#[expect(clippy::many_single_char_names, reason = "the conventional names of the cells of a table")]
pub fn fisher(a: u64, b: u64, c: u64, d: u64) -> f64 {
    let (row, column, n) = (a + b, a + c, a + b + c + d);
    if n == 0 {
        return 1.0;
    }
    let (low, high) = ((row + column).saturating_sub(n), row.min(column));
    let point = |x: u64| hypergeometric(x, row, column, n);
    let observed = point(a);
    // Equally probable tables differ by rounding errors; the tolerance is the one that statistics
    // packages use.
    let bound = observed * (1.0 + 1e-7);
    // The tail on one side, from `start` outward: the probability of each table follows from its
    // neighbour.
    let tail = |start: u64, up: bool| {
        let (mut x, mut p) = (start, point(start));
        let mut sum = p;
        while if up { x < high } else { x > low } {
            let (row, column, n, at) = (row as f64, column as f64, n as f64, x as f64);
            p *= if up {
                (row - at) * (column - at) / ((at + 1.0) * (n - row - column + at + 1.0))
            } else {
                at * (n - row - column + at) / ((row - at + 1.0) * (column - at + 1.0))
            };
            x = if up { x + 1 } else { x - 1 };
            sum += p;
            if p < sum * 1e-18 {
                break;
            }
        }
        sum
    };
    let mode = ((row as f64 + 1.0) * (column as f64 + 1.0) / (n as f64 + 2.0))
        .floor()
        .clamp(low as f64, high as f64) as u64;
    // The first table on the other side that is at most as probable; probabilities decrease away
    // from the mode.
    let p = if a <= mode {
        let (mut inside, mut outside) = (mode.max(a), high + 1);
        if a == mode && point(mode) <= bound {
            inside = a;
        }
        while outside - inside > 1 {
            let middle = inside + (outside - inside) / 2;
            if point(middle) <= bound { outside = middle } else { inside = middle }
        }
        tail(a, false) + if outside <= high { tail(outside, true) } else { 0.0 }
    } else {
        let (mut inside, mut outside) = (mode as i64, low as i64 - 1);
        while inside - outside > 1 {
            let middle = outside + (inside - outside) / 2;
            if point(middle as u64) <= bound { outside = middle } else { inside = middle }
        }
        tail(a, true) + if outside >= low as i64 { tail(outside as u64, false) } else { 0.0 }
    };
    p.min(1.0)
}

/// The probability that `drawn` of `n` items contain `x` of the `marked` ones.
fn hypergeometric(x: u64, drawn: u64, marked: u64, n: u64) -> f64 {
    let share = drawn as f64 / n as f64;
    if share <= 0.0 || share >= 1.0 {
        return 1.0;
    }
    (ln_binomial(x, marked, share) + ln_binomial(drawn - x, n - marked, share) - ln_binomial(drawn, n, share))
        .exp()
}

/// ln of the binomial probability of `x` successes in `n` trials with probability `share`, by
/// Loader's saddle-point expansion.
fn ln_binomial(x: u64, n: u64, share: f64) -> f64 {
    let (x, n, rest) = (x as f64, n as f64, 1.0 - share);
    if n == 0.0 {
        return 0.0;
    }
    if x == 0.0 {
        return n * (-share).ln_1p();
    }
    if x >= n {
        return n * share.ln();
    }
    stirling_error(n)
        - stirling_error(x)
        - stirling_error(n - x)
        - deviance(x, n * share)
        - deviance(n - x, n * rest)
        - 0.5 * (2.0 * std::f64::consts::PI * x * (n - x) / n).ln()
}

/// ln n! minus Stirling's approximation of it; exact below 16, and a series from there on, as in
/// Loader (2000).
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let factorial: f64 = (2..=n as u32).map(f64::from).product();
        return factorial.ln() - (0.5 * (2.0 * std::f64::consts::PI * n).ln() + n * n.ln() - n);
    }
    let s = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / s) / s) / s) / s) / n
}

/// x ln(x / mean) + mean − x, without cancellation for x close to the mean:
/// within a tenth of their sum, a series is used, as in Loader (2000).
fn deviance(x: f64, mean: f64) -> f64 {
    if (x - mean).abs() < 0.1 * (x + mean) {
        let v = (x - mean) / (x + mean);
        let mut sum = (x - mean) * v;
        let (mut term, mut odd) = (2.0 * x * v, 1.0);
        for _ in 0..1000 {
            term *= v * v;
            odd += 2.0;
            sum += term / odd;
            if (term / odd).abs() <= sum.abs() * f64::EPSILON / 2.0 {
                break;
            }
        }
        return sum;
    }
    x * (x / mean).ln() + mean - x
}

/// Adjusts p-values for multiple tests, so that among all tests called significant at q, the
/// expected share of false positives is at most q (Benjamini & Hochberg 1995).
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_unstable_by(|&a, &b| p_values[a].total_cmp(&p_values[b]).then(a.cmp(&b)));
    let (n, mut least) = (p_values.len() as f64, 1.0_f64);
    let mut q_values = vec![1.0; p_values.len()];
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(p_values[at] * n / (rank as f64 + 1.0));
        q_values[at] = least;
    }
    q_values
}

/// The quantile of a sample, interpolated between its neighbours (type 7 of Hyndman & Fan 1996)
/// after a monotone transformation; reorders the sample. 0 for an empty sample.
pub fn quantile(sample: &mut [f64], share: f64, transform: impl Fn(f64) -> f64) -> f64 {
    if sample.is_empty() {
        return 0.0;
    }
    let at = share * (sample.len() - 1) as f64;
    let below = at.floor() as usize;
    let (_, &mut low, above) = sample.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    let (low, high, rest) = (transform(low), transform(high), at - below as f64);
    // Without this case, two equal infinities would give NaN.
    if rest == 0.0 || low.total_cmp(&high).is_eq() { low } else { low + rest * (high - low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-11 * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn tea_tastes_as_fisher_said() {
        close(fisher(3, 1, 1, 3), 34.0 / 70.0);
        close(fisher(4, 0, 0, 4), 2.0 / 70.0);
        close(fisher(0, 5, 0, 5), 1.0);
    }

    #[test]
    fn the_sum_over_all_tables_is_one() {
        for (drawn, marked, n) in [(5_u64, 7, 20), (300, 40, 1000), (17, 17, 34)] {
            let low = (drawn + marked).saturating_sub(n);
            let sum: f64 = (low..=drawn.min(marked)).map(|x| hypergeometric(x, drawn, marked, n)).sum();
            close(sum, 1.0);
        }
    }

    #[test]
    fn fisher_equals_the_sum_over_all_tables_that_are_at_most_as_probable() {
        for (a, b, c, d) in [(3_u64, 9, 10, 2), (0, 12, 5, 9), (8, 8, 8, 8), (1, 40, 30, 500), (7, 2, 3, 90)]
        {
            let (row, column, n) = (a + b, a + c, a + b + c + d);
            let observed = hypergeometric(a, row, column, n);
            let slow: f64 = ((row + column).saturating_sub(n)..=row.min(column))
                .map(|x| hypergeometric(x, row, column, n))
                .filter(|&p| p <= observed * (1.0 + 1e-7))
                .sum();
            close(fisher(a, b, c, d), slow.min(1.0));
        }
    }

    #[test]
    fn p_values_of_the_paper_are_adjusted() {
        let q = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]);
        for (q, expected) in q.into_iter().zip([0.02, 0.04, 0.04, 0.02]) {
            close(q, expected);
        }
    }

    #[test]
    fn a_quantile_lies_between_its_neighbours() {
        close(quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.5, |value| value), 2.5);
        close(quantile(&mut [1.0, 2.0], 1.0, f64::exp), 2.0_f64.exp());
    }
}
