//! Which nodes of a graph are central?
//!
//! Weighted undirected graphs, and the `PageRank` of their nodes (Brin & Page 1998), computed by
//! power iteration over the edges. Cost: one step per edge and iteration.

use crate::hash::Map;

/// The maximum number of iterations.
const ITERATIONS: usize = 200;
/// The iteration ends when the ranks change by less than this in total.
const CONVERGED: f64 = 1e-10;

/// An undirected graph: the weights of pairs of nodes.
#[derive(Debug, Default)]
pub(super) struct Graph {
    places: Map<(u32, u32), u32>,
    edges: Vec<(u32, u32, f64)>,
}

impl Graph {
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.edges.clear();
    }

    /// Adds weight to the edge between two nodes. A node is never its own neighbour.
    pub(super) fn add(&mut self, a: u32, b: u32, weight: f64) {
        if a == b {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        let next = self.edges.len() as u32;
        let place = *self.places.entry((low, high)).or_insert(next);
        match self.edges.get_mut(place as usize) {
            Some(edge) => edge.2 += weight,
            None => self.edges.push((low, high, weight)),
        }
    }

    /// Sets the weight of every edge to 1.
    pub(super) fn unweight(&mut self) {
        for edge in &mut self.edges {
            edge.2 = 1.0;
        }
    }

    /// The ranks of the nodes: `rank(v) = (1 - d) p(v) + d (sum of rank(u) w(u, v) / w(u) + lost
    /// p(v))`, where `p` is the distribution from which a random walk starts, and `lost` the total
    /// rank of the nodes without edges. The ranks sum to 1, as `p` must.
    pub(super) fn page_rank(&self, start: &[f64], damping: f64) -> Vec<f64> {
        let nodes = start.len();
        let mut weights = vec![0.0; nodes];
        for &(a, b, weight) in &self.edges {
            weights[a as usize] += weight;
            weights[b as usize] += weight;
        }
        let mut ranks = vec![1.0 / nodes.max(1) as f64; nodes];
        let mut next = vec![0.0; nodes];
        for _ in 0..ITERATIONS {
            let lost: f64 =
                ranks.iter().zip(&weights).filter(|&(_, &weight)| weight == 0.0).map(|(rank, _)| rank).sum();
            for (next, start) in next.iter_mut().zip(start) {
                *next = (1.0 - damping + damping * lost) * start;
            }
            for &(a, b, weight) in &self.edges {
                let (a, b) = (a as usize, b as usize);
                next[b] += damping * ranks[a] * weight / weights[a];
                next[a] += damping * ranks[b] * weight / weights[b];
            }
            let moved: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
            std::mem::swap(&mut ranks, &mut next);
            if moved < CONVERGED {
                break;
            }
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn the_middle_of_a_path_ranks_highest() {
        let mut graph = Graph::default();
        graph.add(0, 1, 1.0);
        graph.add(1, 2, 1.0);
        let ranks = graph.page_rank(&[1.0 / 3.0; 3], 0.85);
        // By hand: r1 = 0.05 + 0.85 · 2 r0, r0 = 0.05 + 0.85 · r1 / 2.
        let middle = (0.05 + 0.85 * 2.0 * 0.05) / (1.0 - 0.85 * 0.85);
        assert!((ranks[1] - middle).abs() < 1e-9, "{ranks:?}");
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn nodes_without_an_edge_keep_their_share() {
        let ranks = Graph::default().page_rank(&[0.5, 0.5], 0.85);
        assert_eq!(ranks, [0.5, 0.5]);
    }
}
