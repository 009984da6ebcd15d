//! `TopicRank` (Bougouin, Boudin & Daille 2013).
//!
//! Sequences of nouns and adjectives that share a quarter of their words, on average, form one
//! topic (agglomerative clustering with average linkage; the similarity is the Jaccard index of the
//! sets of singulars). Topics are the nodes of a graph. The weight of an edge is the sum of the
//! inverses of the distances between the occurrences of its two topics. Each topic is represented
//! by the phrase that occurs first, with the `PageRank` of the topic as its score.
//!
//! Cost: quadratic in the number of phrases. The first thousand sequences are read, and the first
//! five hundred distinct phrases are clustered.

use super::chunk::adjectives_and_nouns;
use super::document::Document;
use super::options::Options;
use super::scratch::Scratch;
use super::word::Words;

/// The maximum number of sequences that are read, and of distinct phrases that are clustered.
const MOST_RUNS: usize = 1000;
const MOST_PHRASES: usize = 500;
/// The similarity at which two clusters are merged (Bougouin, Boudin & Daille 2013).
const SHARED: f64 = 0.25;

pub(super) fn topicrank(document: &Document, words: &Words, options: &Options, scratch: &mut Scratch) {
    let Scratch { graph, slots, sequences, runs, .. } = scratch;
    graph.clear();
    slots.clear();
    sequences.clear();
    adjectives_and_nouns(document, words, true, runs);
    // Distinct phrases by the singulars of their words: the first occurrence, all positions, and
    // the set of words.
    let mut phrases: Vec<(std::ops::Range<usize>, Vec<usize>, Vec<u32>)> = Vec::new();
    for run in runs.drain(..).filter(|run| run.len() <= options.max_words()).take(MOST_RUNS) {
        let lemmas = || run.clone().map(|at| words.of(document.tokens[at]).lemma);
        let number = sequences.of(lemmas());
        if let Some(position) = slots.get(number) {
            phrases[position].1.push(run.start);
        } else if phrases.len() < MOST_PHRASES {
            slots.set(number, phrases.len());
            let mut set: Vec<u32> = lemmas().collect();
            set.sort_unstable();
            set.dedup();
            phrases.push((run.clone(), vec![run.start], set));
        }
    }
    let sets: Vec<&[u32]> = phrases.iter().map(|(_, _, set)| set.as_slice()).collect();
    let topics = cluster(&sets);
    let count = topics.iter().map(|&topic| topic + 1).max().unwrap_or(0);
    for (a, (_, here, _)) in phrases.iter().enumerate() {
        for (b, (_, there, _)) in phrases[a + 1..].iter().enumerate().map(|(b, phrase)| (a + 1 + b, phrase)) {
            if topics[a] == topics[b] {
                continue;
            }
            let near = |&x: &usize| there.iter().map(move |&y| 1.0 / x.abs_diff(y).max(1) as f64);
            graph.add(topics[a] as u32, topics[b] as u32, here.iter().flat_map(near).sum());
        }
    }
    let ranks = graph.page_rank(&vec![1.0 / count.max(1) as f64; count], options.damping);
    let mut shown = vec![false; count];
    for ((run, positions, _), &topic) in phrases.iter().zip(&topics) {
        if !std::mem::replace(&mut shown[topic], true) {
            for _ in positions {
                scratch.phrases.push(document, words, run.clone(), ranks[topic]);
            }
        }
    }
}

/// The cluster of each set, numbered in the order of their first members.
fn cluster(sets: &[&[u32]]) -> Vec<usize> {
    let count = sets.len();
    let mut similarity = vec![0.0_f64; count * count];
    for a in 0..count {
        for b in a + 1..count {
            let shared = sets[a].iter().filter(|lemma| sets[b].binary_search(lemma).is_ok()).count();
            let value = shared as f64 / (sets[a].len() + sets[b].len() - shared) as f64;
            similarity[a * count + b] = value;
            similarity[b * count + a] = value;
        }
    }
    let mut of: Vec<usize> = (0..count).collect();
    let mut sizes = vec![1.0_f64; count];
    let mut alive = vec![true; count];
    let closest = |row: usize, similarity: &[f64], alive: &[bool]| {
        let mut best = (f64::NEG_INFINITY, count);
        for other in (0..count).filter(|&other| other != row && alive[other]) {
            if similarity[row * count + other] > best.0 {
                best = (similarity[row * count + other], other);
            }
        }
        best
    };
    let mut nearest: Vec<(f64, usize)> = (0..count).map(|row| closest(row, &similarity, &alive)).collect();
    loop {
        let mut best = (SHARED, count);
        for row in (0..count).filter(|&row| alive[row]) {
            if nearest[row].0 > best.0 || (nearest[row].0 >= SHARED && best.1 == count) {
                best = (nearest[row].0, row);
            }
        }
        if best.1 == count {
            break;
        }
        let (a, b) = (best.1, nearest[best.1].1);
        let (keep, gone) = (a.min(b), a.max(b));
        let (x, y) = (sizes[keep], sizes[gone]);
        for other in (0..count).filter(|&other| alive[other] && other != keep && other != gone) {
            let value =
                (x * similarity[keep * count + other] + y * similarity[gone * count + other]) / (x + y);
            similarity[keep * count + other] = value;
            similarity[other * count + keep] = value;
        }
        sizes[keep] = x + y;
        alive[gone] = false;
        for cluster in of.iter_mut().filter(|cluster| **cluster == gone) {
            *cluster = keep;
        }
        for row in (0..count).filter(|&row| alive[row]) {
            if row == keep || nearest[row].1 == keep || nearest[row].1 == gone {
                nearest[row] = closest(row, &similarity, &alive);
            } else {
                let value = similarity[row * count + keep];
                if value > nearest[row].0 || (value >= nearest[row].0 && keep < nearest[row].1) {
                    nearest[row] = (value, keep);
                }
            }
        }
    }
    let mut numbers = vec![usize::MAX; count];
    let mut next = 0;
    for cluster in &mut of {
        if numbers[*cluster] == usize::MAX {
            numbers[*cluster] = next;
            next += 1;
        }
        *cluster = numbers[*cluster];
    }
    of
}

#[cfg(test)]
mod tests {
    use super::cluster;

    #[test]
    fn phrases_that_share_words_are_one_topic() {
        assert_eq!(cluster(&[&[1, 2], &[3], &[2, 4], &[3, 5]]), [0, 1, 0, 1]);
        assert_eq!(cluster(&[&[1], &[2]]), [0, 1]);
    }
}
