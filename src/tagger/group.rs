//! Which clusters have words with similar vectors?
//!
//! The pieces of a word's vector are stored in few bits if it is known which pieces are frequent in
//! the word's cluster. A cluster has too few words to store that; so, for each piece, clusters are
//! divided into [`GROUPS`] by which of its values are frequent, as k-means divides vectors: each
//! group has the values of all its clusters, and each cluster moves to the group in which its
//! words take the fewest bits. Deterministic. Cost: some tenths of a second for 150,000 words.

use std::iter::zip;

use super::cluster::PIECES;

/// The number of groups.
pub(super) const GROUPS: usize = 16;

/// How often the clusters move. Later moves save next to nothing.
const ROUNDS: usize = 12;

/// For each cluster, its group for each piece, from the clusters and the pieces of
/// words.
pub(super) fn groups(words: &[u16], pieces: &[[u8; PIECES]], clusters: usize) -> Vec<[u8; PIECES]> {
    let mut groups: Vec<[u8; PIECES]> =
        (0..clusters).map(|cluster| [(cluster % GROUPS) as u8; PIECES]).collect();
    for piece in 0..PIECES {
        let values =
            || zip(words, pieces).map(|(&cluster, pieces)| (cluster as usize, pieces[piece] as usize));
        for _ in 0..ROUNDS {
            let mut counts = vec![[1.0_f32; 256]; GROUPS];
            for (cluster, value) in values() {
                counts[groups[cluster][piece] as usize][value] += 1.0;
            }
            let logarithms: Vec<[f32; 256]> = counts
                .iter()
                .map(|counts| {
                    let total: f32 = counts.iter().sum();
                    counts.map(|count| (count / total).log2())
                })
                .collect();
            let mut likelihoods = vec![[0.0; GROUPS]; clusters];
            for (cluster, value) in values() {
                for (sum, logarithms) in zip(&mut likelihoods[cluster], &logarithms) {
                    *sum += logarithms[value];
                }
            }
            for (group, likelihoods) in zip(&mut groups, &likelihoods) {
                let best = (0..GROUPS).max_by(|&a, &b| likelihoods[a].total_cmp(&likelihoods[b]));
                group[piece] = best.unwrap_or_default() as u8;
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_with_the_same_values_are_in_one_group() {
        // Even clusters have values from 0, and odd clusters from 100.
        let words: Vec<u16> = (0..4000).map(|word| word % 40).collect();
        let value = |at: usize| (at / 40 % 7 + if at.is_multiple_of(2) { 0 } else { 100 }) as u8;
        let pieces: Vec<[u8; PIECES]> = (0..4000).map(|at| [value(at); PIECES]).collect();
        let groups = groups(&words, &pieces, 40);
        for (cluster, group) in groups.iter().enumerate() {
            assert_eq!(group, &groups[cluster % 2], "cluster {cluster}");
        }
        assert_ne!(groups[0], groups[1]);
    }
}
