//! Which vectors are close to each other?
//!
//! Lloyd's k-means on vectors of unit length (so that closeness is the cosine), initialised with
//! vectors at regular intervals of the list. Used by the trainer of the default model, once for
//! words and once more for each coarser level. Deterministic.

use crate::batch::{Watch, fill};
use crate::error::Result;

/// The centres of `k` clusters of vectors of `size` numbers each, after `rounds` iterations.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub fn kmeans(vectors: &[f32], size: usize, k: usize, rounds: usize, watch: &Watch) -> Result<Vec<f32>> {
    let count = vectors.len() / size;
    let k = k.min(count);
    let mut centres: Vec<f32> =
        (0..k).flat_map(|cluster| vectors[cluster * count / k * size..][..size].iter().copied()).collect();
    for _ in 0..rounds {
        let nearest = nearest(vectors, size, &centres, watch)?;
        let mut sums = vec![0.0_f64; centres.len()];
        for (vector, &cluster) in vectors.chunks_exact(size).zip(&nearest) {
            for (sum, &number) in sums[cluster as usize * size..][..size].iter_mut().zip(vector) {
                *sum += f64::from(number);
            }
        }
        for (centre, sum) in centres.chunks_exact_mut(size).zip(sums.chunks_exact(size)) {
            let length = sum.iter().map(|number| number * number).sum::<f64>().sqrt();
            if length > 0.0 {
                centre.iter_mut().zip(sum).for_each(|(centre, sum)| *centre = (sum / length) as f32);
            }
        }
    }
    Ok(centres)
}

/// The centre nearest to each vector; ties go to the first.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub fn nearest(vectors: &[f32], size: usize, centres: &[f32], watch: &Watch) -> Result<Vec<u16>> {
    fill(vectors.len() / size, watch, |at| {
        let vector = &vectors[at * size..][..size];
        let mut best = (f32::MIN, 0);
        for (cluster, centre) in centres.chunks_exact(size).enumerate() {
            // Eight parallel sums in a fixed order: fast, and the same on every machine.
            let mut lanes = [0.0_f32; 8];
            let (chunks, rest) = (vector.chunks_exact(8), centre.chunks_exact(8));
            for (a, b) in chunks.clone().zip(rest.clone()) {
                lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += a * b);
            }
            let tail: f32 = chunks.remainder().iter().zip(rest.remainder()).map(|(a, b)| a * b).sum();
            let product = lanes.iter().sum::<f32>() + tail;
            if product > best.0 {
                best = (product, cluster as u16);
            }
        }
        best.1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_that_lie_together_share_a_cluster() {
        let vectors = [1.0, 0.0, 0.9, 0.1, 0.0, 1.0, 0.1, 0.9];
        let watch = Watch::default();
        let centres = kmeans(&vectors, 2, 2, 5, &watch).unwrap();
        let found = nearest(&vectors, 2, &centres, &watch).unwrap();
        assert_eq!(found[0], found[1]);
        assert_eq!(found[2], found[3]);
        assert_ne!(found[0], found[2]);
    }
}
