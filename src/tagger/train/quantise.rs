//! How are word vectors stored in a few bytes each?
//!
//! By product quantisation (Jégou, Douze and Schmid 2011): a vector is cut into pieces, and each
//! piece is replaced by the nearest of 256 centres, which k-means finds. Used by the trainer of the
//! default model. Deterministic.

use super::kmeans::nearest;
use crate::batch::Watch;
use crate::error::Result;
use crate::tagger::cluster::PIECES;

/// The number of centres per piece.
const CENTRES: usize = 256;

/// The centres of the pieces of vectors of `size` numbers each, by piece, centre and number, and
/// the pieces of each vector. The centres are learnt from the first `sample` vectors, in `rounds`
/// iterations.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub fn pieces(
    vectors: &[f32],
    size: usize,
    sample: usize,
    rounds: usize,
    watch: &Watch,
) -> Result<(Vec<f32>, Vec<[u8; PIECES]>)> {
    let part = size / PIECES;
    let mut all = Vec::new();
    let mut found = vec![[0; PIECES]; vectors.len() / size.max(1)];
    for piece in 0..PIECES {
        // A last number of one is multiplied by the part of the distance that depends only on the
        // centre.
        let parts: Vec<f32> = vectors
            .chunks_exact(size)
            .flat_map(|vector| vector[piece * part..][..part].iter().copied().chain([1.0]))
            .collect();
        let wide = part + 1;
        let sample = &parts[..(sample * wide).min(parts.len())];
        let count = sample.len() / wide;
        let mut centres: Vec<f32> = (0..CENTRES)
            .flat_map(|centre| sample[centre * count / CENTRES * wide..][..part].iter().copied())
            .collect();
        for _ in 0..rounds {
            let mut sums = vec![0.0_f64; CENTRES * wide];
            let nearest = nearest(sample, wide, &widened(&centres, part), watch)?;
            for (vector, centre) in sample.chunks_exact(wide).zip(nearest) {
                for (sum, &number) in sums[centre as usize * wide..][..wide].iter_mut().zip(vector) {
                    *sum += f64::from(number);
                }
            }
            for (centre, sum) in centres.chunks_exact_mut(part).zip(sums.chunks_exact(wide)) {
                if sum[part] > 0.0 {
                    centre
                        .iter_mut()
                        .zip(sum)
                        .for_each(|(number, total)| *number = (total / sum[part]) as f32);
                }
            }
        }
        let of_vector = nearest(&parts, wide, &widened(&centres, part), watch)?;
        for (found, centre) in found.iter_mut().zip(of_vector) {
            found[piece] = centre as u8;
        }
        all.extend(centres);
    }
    Ok((all, found))
}

/// The centres, each followed by minus half its squared length.
fn widened(centres: &[f32], part: usize) -> Vec<f32> {
    let half = |centre: &[f32]| -centre.iter().map(|number| number * number).sum::<f32>() / 2.0;
    centres.chunks_exact(part).flat_map(|centre| centre.iter().copied().chain([half(centre)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_a_vector_are_near_to_it() {
        let vectors: Vec<f32> =
            (0..300 * 2 * PIECES).map(|at| ((at * 37 % 101) as f32 - 50.0) / 50.0).collect();
        let (centres, found) = pieces(&vectors, 2 * PIECES, 300, 5, &Watch::default()).unwrap();
        for (vector, found) in vectors.chunks_exact(2 * PIECES).zip(&found) {
            for (piece, (part, &centre)) in vector.chunks_exact(2).zip(found).enumerate() {
                let centre = &centres[(piece * CENTRES + centre as usize) * 2..][..2];
                assert!(part.iter().zip(centre).all(|(a, b)| (a - b).abs() < 0.2));
            }
        }
    }
}
