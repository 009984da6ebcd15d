//! How different could a count have been, had other articles been published?
//!
//! The bootstrap gives each article a new weight in every resample; the words of an article are
//! weighted together, as they are printed together. Weights are drawn from a Poisson distribution
//! with mean 1, which for many articles is equivalent to drawing with replacement (Hanley &
//! `MacGibbon` 2006; Chamandy et al. 2012). The weight of an article depends only on the seed, the
//! number of the resample and the id of the article. So intervals do not depend on the order of the
//! articles or on threads, and the resampled counts of two disjoint selections add up to those of
//! both.
//!
//! A [`Resampler`] holds the weights in blocks of 64 resamples, so that a term's counts in a block
//! are sums of short rows of bytes: one pass over its articles, without a branch.
//!
//! Cost: one hash and one byte per article and resample; for each term, its articles times the
//! resamples, 16 bytes per step.

use crate::batch::{Watch, map};
use crate::error::Result;
use crate::hash::mix;

/// The number of resamples in a block.
pub(crate) const BLOCK: usize = 64;

/// The weight of each article in each resample.
pub(crate) struct Resampler {
    /// By block, then by article, then by resample.
    weights: Vec<Vec<[u8; BLOCK]>>,
    resamples: usize,
    /// The largest weight.
    most: u32,
}

/// The largest random number that gives each weight, from weight 0 on: the Poisson distribution
/// with mean 1, times 2⁶⁴. Weights beyond the table have a probability below 2⁻⁶⁴.
const CUMULATIVE: [u64; 20] = cumulative();

const fn cumulative() -> [u64; 20] {
    const ALL: f64 = 18_446_744_073_709_551_616.0;
    let mut thresholds = [0; 20];
    let (mut chance, mut sum, mut at) = (1.0 / std::f64::consts::E, 0.0, 0);
    while at < thresholds.len() {
        sum += chance;
        // The cast saturates: what exceeds the largest number becomes the largest number.
        thresholds[at] = (sum * ALL) as u64;
        at += 1;
        chance /= at as f64;
    }
    thresholds
}

/// The weight of all random numbers with the same first byte; [`MIXED`] if they have several
/// weights.
const BY_FIRST_BYTE: [u8; 256] = by_first_byte();

/// Marks several weights.
const MIXED: u8 = u8::MAX;

const fn by_first_byte() -> [u8; 256] {
    let mut weights = [0; 256];
    let mut byte = 0;
    while byte < weights.len() {
        let smallest = (byte as u64) << 56;
        let (low, high) = (weight(smallest), weight(smallest | u64::MAX >> 8));
        weights[byte] = if low == high { low } else { MIXED };
        byte += 1;
    }
    weights
}

/// The number of thresholds below a random number.
const fn weight(random: u64) -> u8 {
    let mut weight = 0;
    while weight < CUMULATIVE.len() && random > CUMULATIVE[weight] {
        weight += 1;
    }
    weight as u8
}

/// A weight from a Poisson distribution with mean 1. One look at a table settles nearly all.
fn poisson(random: u64) -> u8 {
    match BY_FIRST_BYTE[(random >> 56) as usize] {
        MIXED => weight(random),
        weight => weight,
    }
}

impl Resampler {
    /// Draws weights for articles, given by the hashes of their ids.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(ids: &[u64], resamples: usize, seed: u64, watch: &Watch) -> Result<Self> {
        /// The odd constant of `SplitMix64`: consecutive multiples of it give independent draws.
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let seed = mix(seed.wrapping_add(STEP));
        let blocks: Vec<usize> = (0..resamples.div_ceil(BLOCK)).collect();
        let weights: Vec<Vec<[u8; BLOCK]>> = map(&blocks, watch, |&block| {
            let first = (block * BLOCK) as u64;
            let weigh = |&id: &u64| {
                let mut weights = [0_u8; BLOCK];
                for (number, weight) in (first..).zip(&mut weights) {
                    *weight = poisson(mix(seed ^ id.wrapping_add((number + 1).wrapping_mul(STEP))));
                }
                weights
            };
            let weights = watch.through(ids).map(weigh).collect();
            watch.check()?;
            Ok(weights)
        })?;
        let most = map(&weights, watch, |block| Ok(block.iter().flatten().copied().max().unwrap_or(0)))?;
        Ok(Self { weights, resamples, most: most.into_iter().max().unwrap_or(0).into() })
    }

    /// The counts of a term in each resample, from the articles in which it occurs.
    pub(crate) fn counts(&self, postings: &[(u32, u32)], counts: &mut Vec<f64>) {
        counts.clear();
        // Most terms occur in at most one article of a side.
        if let [] | [_] = postings {
            counts.resize(self.resamples, 0.0);
            if let [(article, count)] = *postings {
                for (lanes, block) in counts.chunks_mut(BLOCK).zip(&self.weights) {
                    for (sum, &weight) in lanes.iter_mut().zip(&block[article as usize]) {
                        *sum = f64::from(weight) * f64::from(count);
                    }
                }
            }
            return;
        }
        for block in &self.weights {
            let mut sums = [0_u64; BLOCK];
            let (mut open, mut room) = ([0_u16; BLOCK], u32::from(u16::MAX));
            for &(article, count) in postings {
                let weights = &block[article as usize];
                let largest = self.most.saturating_mul(count);
                if largest > u32::from(u16::MAX) {
                    for (sum, &weight) in sums.iter_mut().zip(weights) {
                        *sum += u64::from(weight) * u64::from(count);
                    }
                    continue;
                }
                if largest > room {
                    flush(&mut sums, &mut open);
                    room = u32::from(u16::MAX);
                }
                room -= largest;
                let count = count as u16;
                for (open, &weight) in open.iter_mut().zip(weights) {
                    *open = open.wrapping_add(u16::from(weight).wrapping_mul(count));
                }
            }
            flush(&mut sums, &mut open);
            let lanes = BLOCK.min(self.resamples - counts.len());
            counts.extend(sums[..lanes].iter().map(|&sum| sum as f64));
        }
    }
}

fn flush(sums: &mut [u64; BLOCK], open: &mut [u16; BLOCK]) {
    for (sum, open) in sums.iter_mut().zip(open) {
        *sum += u64::from(std::mem::take(open));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: u64) -> Vec<u64> {
        (0..count).map(mix).collect()
    }

    #[test]
    fn weights_have_the_mean_and_variance_of_a_poisson_distribution() {
        let resampler = Resampler::new(&ids(100), 6400, 7, &Watch::default()).unwrap();
        let mut counts = Vec::new();
        resampler.counts(&[(3, 1)], &mut counts);
        let n = counts.len() as f64;
        let mean = counts.iter().sum::<f64>() / n;
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / n;
        assert!((mean - 1.0).abs() < 0.05 && (variance - 1.0).abs() < 0.1, "{mean}, {variance}");
        let none = counts.iter().filter(|&&count| count < 0.5).count() as f64 / n;
        assert!((none - (-1.0_f64).exp()).abs() < 0.02, "{none}");
    }

    #[test]
    fn the_table_gives_the_weights_of_the_distribution() {
        for random in (0..1 << 16).map(|number: u64| number << 48).chain([u64::MAX]) {
            assert_eq!(poisson(random), weight(random), "{random:x}");
        }
        for threshold in CUMULATIVE {
            assert_eq!(poisson(threshold), weight(threshold));
        }
    }

    #[test]
    fn a_weight_depends_on_the_id_and_not_on_the_place() {
        let (ids, mut counts, mut others) = (ids(9), Vec::new(), Vec::new());
        let transposed: Vec<u64> = ids.iter().rev().copied().collect();
        Resampler::new(&ids, 130, 7, &Watch::default()).unwrap().counts(&[(2, 1)], &mut counts);
        Resampler::new(&transposed, 130, 7, &Watch::default()).unwrap().counts(&[(6, 1)], &mut others);
        assert_eq!((counts.len(), &counts), (130, &others));
        Resampler::new(&ids, 130, 8, &Watch::default()).unwrap().counts(&[(2, 1)], &mut others);
        assert_ne!(counts, others, "another seed draws others");
    }

    #[test]
    fn large_counts_are_summed_as_small_ones_are() {
        let resampler = Resampler::new(&ids(300), 64, 1, &Watch::default()).unwrap();
        let of = |count: u32| {
            let postings: Vec<(u32, u32)> = (0..200).map(|article| (article, count)).collect();
            let mut counts = Vec::new();
            resampler.counts(&postings, &mut counts);
            counts
        };
        let ones = of(1);
        assert!(ones.iter().any(|&count| (count - 200.0).abs() > 0.5), "resamples differ");
        for count in [3, 700, 100_000] {
            assert_eq!(of(count), ones.iter().map(|one| one * f64::from(count)).collect::<Vec<_>>());
        }
    }
}
