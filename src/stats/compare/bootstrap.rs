//! How far could a count have come out otherwise, had other articles been picked?
//!
//! The bootstrap draws as many articles as there are, with replacement, again and again; words of an article come and go
//! together, as they do in print. A [`Resampler`] holds how often each resample drew each article, in blocks of 64 resamples, so
//! that a term's counts in a block are sums of short rows of bytes: one pass over its articles, without a branch.
//!
//! Each resample draws from a generator of its own that is seeded by its number, so nothing depends on threads. Cost: a byte an article and
//! resample; for each term, its articles times the resamples, 16 bytes a step.

use crate::batch::{Watch, map};
use crate::error::Result;

/// Resamples of a block.
pub(crate) const BLOCK: usize = 64;

/// How often each resample drew each article.
pub(crate) struct Resampler {
    /// Block by block, article by article, resample by resample.
    weights: Vec<Vec<[u8; BLOCK]>>,
    resamples: usize,
    /// The largest weight.
    most: u32,
}

/// Steele, Lea & Flood's `SplitMix64`: a generator of eight bytes, good enough to draw articles.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n` (Lemire's multiplication; its bias is below n / 2⁶⁴).
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

impl Resampler {
    /// Draws resamples of the articles that `counts` says hold something; `stream` tells the sides of a comparison apart.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(
        totals: &[u64],
        resamples: usize,
        seed: u64,
        stream: u64,
        watch: &Watch,
    ) -> Result<Self> {
        let there: Vec<usize> = (0..totals.len()).filter(|&article| totals[article] > 0).collect();
        let blocks: Vec<usize> = (0..resamples.div_ceil(BLOCK)).collect();
        let weights: Vec<Vec<[u8; BLOCK]>> = map(&blocks, watch, |&block| {
            let mut weights = vec![[0_u8; BLOCK]; totals.len()];
            let lanes = BLOCK.min(resamples - block * BLOCK);
            for number in (block * BLOCK..).take(lanes) {
                let lane = number % BLOCK;
                let number = number as u64;
                let mut seeds = SplitMix(seed ^ stream.rotate_left(32));
                let mut draws = SplitMix(seeds.next() ^ number.wrapping_mul(0xd134_2543_de82_ef95));
                watch.check()?;
                for _ in 0..there.len() {
                    let weight = &mut weights[there[draws.below(there.len())]][lane];
                    // 255 draws of one article in one resample do not happen: their chance is below 1e-500.
                    *weight = weight.saturating_add(1);
                }
            }
            Ok(weights)
        })?;
        let most = map(&weights, watch, |block| Ok(block.iter().flatten().copied().max().unwrap_or(0)))?;
        Ok(Self { weights, resamples, most: most.into_iter().max().unwrap_or(0).into() })
    }

    /// The counts that a term has in each resample, from the articles that it stands in.
    pub(crate) fn counts(&self, postings: &[(u32, u32)], counts: &mut Vec<f64>) {
        counts.clear();
        // Most terms stand in no article of a side, or in one.
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

    #[test]
    fn every_resample_draws_as_many_articles_as_there_are() {
        let resampler = Resampler::new(&[1, 0, 5, 2, 9], 130, 7, 0, &Watch::default()).unwrap();
        let all: Vec<(u32, u32)> = (0..5).map(|article| (article, 1)).collect();
        let mut counts = Vec::new();
        resampler.counts(&all, &mut counts);
        assert_eq!(counts, vec![4.0; 130]);
        resampler.counts(&[(1, 3)], &mut counts);
        assert_eq!(counts, vec![0.0; 130]);
    }

    #[test]
    fn large_counts_are_summed_as_small_ones_are() {
        let resampler = Resampler::new(&[1; 300], 64, 1, 1, &Watch::default()).unwrap();
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
