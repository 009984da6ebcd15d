//! How does a tagger learn?
//!
//! With a structured perceptron (Collins 2002): each sentence is decoded with the current weights;
//! where the labels are wrong, the features of the correct labels gain weight and those of the
//! wrong labels lose weight. The weights are averaged over all steps, so that the last sentences do
//! not dominate. Each epoch visits the sentences in a new seeded order, and the epoch with the best
//! score on the development sentences is kept. Another order leads to other weights that are
//! equally good; the sum over several orders is better and depends less on chance.
//!
//! Cost: about fifty features per token and epoch; memory: one row of weights per feature. The file
//! is long because the options are described where they are.

use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;
use crate::tagger::cluster::ClusterTable;
use crate::tagger::decode::{Decoder, Transitions};
use crate::tagger::example::{Example, check};
use crate::tagger::feature::{EDGE, Essence, JOINED, JOINS, SEATS, features, joins};
use crate::tagger::label::{Labels, types_of};
use crate::tagger::tagger::{LONGEST, Tagger};
use crate::tagger::weights::{Entries, Weights};
use crate::tagger::window::{DISTANCES, REACH};

/// How a tagger is trained.
#[derive(Debug, Clone)]
pub struct TrainOptions {
    /// Determines the order of the sentences.
    pub seed: u64,
    /// How often to train from scratch, each time in other orders; the weights are summed.
    pub orders: usize,
    /// The maximum number of epochs, for each order.
    pub epochs: usize,
    /// Features that occur less often are ignored.
    pub min_count: u32,
    /// The probability that a feature is ignored at a token, so that the tagger does not rely on
    /// any single feature.
    pub dropout: f32,
    /// Training stops if the development score has not improved for this many epochs.
    pub patience: usize,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { seed: 1, orders: 1, epochs: 12, min_count: 2, dropout: 0.1, patience: 4 }
    }
}

/// The report of an epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Epoch {
    /// Its number, from 1, over all orders.
    pub number: usize,
    /// The share of training tokens that were labelled correctly when their sentence was decoded.
    pub accuracy: f64,
    /// F1 of entities in the development sentences, if there are any.
    pub dev_f1: Option<f64>,
}

/// Words, numbered, with their features at each distance as rows of weights.
#[derive(Default)]
struct Words {
    numbers: Map<String, u32>,
    rows: Vec<[Vec<u32>; SEATS]>,
    essences: Vec<Essence>,
}

/// A sentence as numbers.
struct Numbered {
    words: Vec<u32>,
    labels: Vec<u8>,
    weight: f32,
}

/// Rows of weights by feature and seat.
#[derive(Default)]
struct Rows {
    numbers: Map<(u64, usize), u32>,
    counts: Vec<u32>,
}

impl Rows {
    fn count(&mut self, feature: u64, seat: usize) -> u32 {
        let next = self.counts.len() as u32;
        let row = *self.numbers.entry((feature, seat)).or_insert(next);
        if row == next {
            self.counts.push(0);
        }
        self.counts[row as usize] += 1;
        row
    }
}

/// Trains a tagger.
///
/// `progress` is called with each epoch, and can stop the training by returning an error.
///
/// # Errors
/// [`crate::error::Kind::BadRecord`] if there are no sentences, if a label is not IOB2, or if a
/// sentence has different numbers of labels and tokens; the message says which sentence.
/// [`crate::error::Kind::OutOfMemory`] if the features of the examples do not fit into memory. Any
/// error of `progress`. [`crate::error::Kind::Cancelled`].
pub fn train(
    examples: &[Example],
    dev: &[Example],
    clusters: ClusterTable,
    options: &TrainOptions,
    watch: &Watch,
    mut progress: impl FnMut(Epoch) -> Result<()>,
) -> Result<Tagger> {
    check(examples)?;
    check(dev)?;
    let labels: Vec<&[String]> = examples.iter().map(|example| &example.labels[..]).collect();
    let labels = Labels::new(types_of(&labels, watch)?)?;
    let mut trainer = Trainer::new(examples, labels, &clusters, options, watch)?;
    let mut number = 0;
    let mut sum: Option<Averages> = None;
    for order in 0..options.orders.max(1) as u64 {
        trainer.restart(options.seed.wrapping_add(order))?;
        let mut best: Option<(f64, Averages)> = None;
        let mut since_best = 0;
        for _ in 0..options.epochs.max(1) {
            number += 1;
            let accuracy = trainer.epoch()?;
            if dev.is_empty() {
                progress(Epoch { number, accuracy, dev_f1: None })?;
                continue;
            }
            let averages = trainer.averages()?;
            let f1 = trainer.tagger(&averages, clusters.clone())?.f1(dev, watch)?;
            progress(Epoch { number, accuracy, dev_f1: Some(f1) })?;
            since_best += 1;
            if best.as_ref().is_none_or(|(score, _)| f1 > *score) {
                best = Some((f1, averages));
                since_best = 0;
            }
            if since_best >= options.patience {
                break;
            }
        }
        let found = best.map_or_else(|| trainer.averages(), |(_, averages)| Ok(averages))?;
        sum = Some(match sum {
            None => found,
            Some(sum) => sum.plus(&found, watch)?,
        });
    }
    let averages = sum.map_or_else(|| trainer.averages(), Ok)?;
    trainer.tagger(&averages, clusters)
}

/// Weights and transitions, averaged over the steps of training.
#[derive(Debug, Clone)]
struct Averages {
    weights: Vec<f32>,
    transitions: Vec<f32>,
}

impl Averages {
    fn plus(mut self, other: &Self, watch: &Watch) -> Result<Self> {
        let add = |sums: &mut [f32], others: &[f32]| {
            for (sums, others) in watch.through(sums.chunks_mut(RUN).zip(others.chunks(RUN))) {
                sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
            }
        };
        add(&mut self.weights, &other.weights);
        add(&mut self.transitions, &other.transitions);
        watch.check()?;
        Ok(self)
    }
}

/// How many weights are changed between two checks of the watch.
const RUN: usize = 1 << 18;

/// The number of parts in which features are sorted; a power of two.
const PARTS: usize = 1 << 8;

struct Trainer<'a> {
    watch: &'a Watch,
    labels: Labels,
    words: Words,
    rows: Rows,
    sentences: Vec<Numbered>,
    order: Vec<u32>,
    random: u64,
    /// Weights by row, and for each weight the sum of its changes multiplied by the step at which
    /// they were made.
    weights: Vec<f32>,
    moments: Vec<f32>,
    transitions: Vec<f32>,
    transition_moments: Vec<f32>,
    step: f32,
    min_count: u32,
    dropout: f32,
}

impl<'a> Trainer<'a> {
    fn new(
        examples: &[Example],
        labels: Labels,
        clusters: &ClusterTable,
        options: &TrainOptions,
        watch: &'a Watch,
    ) -> Result<Self> {
        let (mut rows, mut words) = (Rows::default(), Words::default());
        let mut sentences = Vec::with_capacity(examples.len());
        // Sentences that are tagged in pieces are also learnt in pieces.
        let pieces = examples.iter().flat_map(|example| {
            example
                .tokens
                .chunks(LONGEST)
                .zip(example.labels.chunks(LONGEST))
                .map(|piece| (piece, example.weight))
        });
        for ((tokens, names), weight) in pieces {
            let numbered =
                watch.through(tokens).map(|token| words.number(token, clusters, &mut rows)).collect();
            let numbers = names.iter().map(|name| labels.number(name).unwrap_or(0)).collect();
            watch.check()?;
            sentences.push(Numbered { words: numbered, labels: valid(numbers), weight });
        }
        // Features are counted where they are seen: those of a word as often as the word occurs at
        // each distance.
        rows.counts.fill(0);
        for sentence in watch.through(&sentences) {
            for at in 0..sentence.words.len() {
                words.each_row(&sentence.words, at, |row| rows.counts[row as usize] += 1);
                for feature in words.joined(&sentence.words, at).into_iter().flatten() {
                    rows.count(feature, JOINED);
                }
            }
        }
        watch.check()?;
        let width = labels.len();
        let order = (0..sentences.len() as u32).collect();
        Ok(Self {
            watch,
            weights: zeros(rows.counts.len() * width)?,
            moments: zeros(rows.counts.len() * width)?,
            transitions: vec![0.0; (width + 1) * width],
            transition_moments: vec![0.0; (width + 1) * width],
            labels,
            words,
            rows,
            sentences,
            order,
            random: 1,
            step: 1.0,
            min_count: options.min_count,
            dropout: options.dropout,
        })
    }

    /// One pass over the sentences in a new order; returns the share of tokens that were labelled
    /// correctly.
    fn epoch(&mut self) -> Result<f64> {
        self.shuffle();
        let width = self.labels.len();
        let mut decoder = Decoder::default();
        let (mut scores, mut found): (Vec<f32>, Vec<u8>) = (Vec::new(), Vec::new());
        let (mut right, mut all) = (0_u64, 0_u64);
        let mut active: Vec<u32> = Vec::new();
        let mut starts: Vec<usize> = Vec::new();
        let mut random = self.random;
        for at in 0..self.order.len() {
            let sentence = &self.sentences[self.order[at] as usize];
            active.clear();
            starts.clear();
            scores.clear();
            scores.resize(sentence.words.len() * width, 0.0);
            for token in self.watch.through(0..sentence.words.len()) {
                starts.push(active.len());
                self.words.each_row(&sentence.words, token, |row| active.push(row));
                for feature in self.words.joined(&sentence.words, token).into_iter().flatten() {
                    active.extend(self.rows.numbers.get(&(feature, JOINED)));
                }
                drop_some(&mut active, starts[token], &mut random, self.dropout);
                let score = &mut scores[token * width..][..width];
                for &row in &active[starts[token]..] {
                    if self.rows.counts[row as usize] >= self.min_count {
                        for (sum, weight) in
                            score.iter_mut().zip(&self.weights[row as usize * width..][..width])
                        {
                            *sum += weight;
                        }
                    }
                }
            }
            self.watch.check()?;
            starts.push(active.len());
            found.clear();
            decoder.decode(&scores, &Transitions { width, scores: &self.transitions }, &mut found);
            all += found.len() as u64;
            right += found.iter().zip(&sentence.labels).filter(|(a, b)| a == b).count() as u64;
            if found != sentence.labels {
                self.learn(self.order[at] as usize, &found, &active, &starts);
            }
            self.step += 1.0;
        }
        self.random = random;
        Ok(right as f64 / all.max(1) as f64)
    }

    /// Moves the weights from the labels found to the correct ones.
    fn learn(&mut self, sentence: usize, found: &[u8], active: &[u32], starts: &[usize]) {
        let width = self.labels.len();
        let sentence = &self.sentences[sentence];
        let (gain, moment) = (sentence.weight, sentence.weight * self.step);
        let (mut before_right, mut before_found) = (width, width);
        for (token, (&right, &wrong)) in sentence.labels.iter().zip(found).enumerate() {
            let (right, wrong) = (right as usize, wrong as usize);
            if right != wrong {
                for &row in &active[starts[token]..starts[token + 1]] {
                    let row = row as usize * width;
                    self.weights[row + right] += gain;
                    self.moments[row + right] += moment;
                    self.weights[row + wrong] -= gain;
                    self.moments[row + wrong] -= moment;
                }
            }
            if right != wrong || before_right != before_found {
                self.transitions[before_right * width + right] += gain;
                self.transition_moments[before_right * width + right] += moment;
                self.transitions[before_found * width + wrong] -= gain;
                self.transition_moments[before_found * width + wrong] -= moment;
            }
            (before_right, before_found) = (right, wrong);
        }
    }

    /// Resets everything that was learnt; `seed` determines the next orders.
    fn restart(&mut self, seed: u64) -> Result<()> {
        for values in
            [&mut self.weights, &mut self.moments, &mut self.transitions, &mut self.transition_moments]
        {
            self.watch.through(values.chunks_mut(RUN)).for_each(|run| run.fill(0.0));
        }
        self.step = 1.0;
        self.random = seed.wrapping_mul(2).wrapping_add(1);
        self.watch.check()
    }

    /// The weights, averaged over all steps so far.
    fn averages(&self) -> Result<Averages> {
        let average = |weights: &[f32], moments: &[f32]| -> Result<Vec<f32>> {
            let mut averages = Vec::new();
            averages.try_reserve_exact(weights.len())?;
            for (weights, moments) in self.watch.through(weights.chunks(RUN).zip(moments.chunks(RUN))) {
                averages
                    .extend(weights.iter().zip(moments).map(|(weight, moment)| weight - moment / self.step));
            }
            Ok(averages)
        };
        let averages = Averages {
            weights: average(&self.weights, &self.moments)?,
            transitions: average(&self.transitions, &self.transition_moments)?,
        };
        self.watch.check()?;
        Ok(averages)
    }

    /// The tagger with these weights, quantised to integers.
    fn tagger(&self, Averages { weights, transitions }: &Averages, clusters: ClusterTable) -> Result<Tagger> {
        let width = self.labels.len();
        let most = |weights: &[f32]| {
            let runs = self.watch.through(weights.chunks(RUN));
            runs.flatten().fold(0.0_f32, |most, weight| most.max(weight.abs()))
        };
        let scale = Tagger::SCALE / most(weights).max(most(transitions)).max(1e-6);
        let rounded = |weight: f32, step: i16| (weight * scale / f32::from(step)).round() as i16 * step;
        let row = |row: u32| weights[row as usize * width..][..width].iter();
        let whole = |number: u32| row(number).map(|&weight| rounded(weight, Tagger::STEP));
        self.watch.check()?;
        // Partitioned by the first bits of their keys, which are uniformly distributed, so that
        // cancellation is checked between the sorts of the parts.
        let mut parts: Vec<Vec<(u32, usize, u32)>> = vec![Vec::new(); PARTS];
        for (&(feature, seat), &row) in self.watch.through(&self.rows.numbers) {
            if self.rows.counts[row as usize] >= self.min_count
                && whole(row).any(|weight| weight.abs() >= Tagger::LEAST)
            {
                let key = Weights::key(feature);
                parts[key as usize >> (u32::BITS - PARTS.ilog2())].push((key, seat, row));
            }
        }
        let mut entries = Entries::default();
        for part in self.watch.through(&mut parts) {
            // Of features with the same key and seat, the one with the largest weights is kept.
            let size = |row: u32| whole(row).map(|weight| i32::from(weight.abs())).sum::<i32>();
            part.sort_unstable_by(|a, b| {
                (a.0, a.1)
                    .cmp(&(b.0, b.1))
                    .then_with(|| size(b.2).cmp(&size(a.2)))
                    .then_with(|| whole(a.2).cmp(whole(b.2)))
            });
            part.dedup_by_key(|row| (row.0, row.1));
            for &mut (key, seat, row) in part {
                if entries.keys.last() != Some(&key) {
                    entries.keys.push(key);
                    entries.seats.push(0);
                }
                if let Some(seats) = entries.seats.last_mut() {
                    *seats |= 1 << seat;
                }
                entries.push_row(width, whole(row));
            }
        }
        self.watch.check()?;
        let transitions = transitions.iter().map(|&weight| rounded(weight, 1)).collect();
        let weights = Weights::new(width, JOINED as u32, entries);
        Ok(Tagger::new(self.labels.clone(), clusters, weights, transitions))
    }

    /// Fisher–Yates shuffle.
    fn shuffle(&mut self) {
        for at in (1..self.order.len()).rev() {
            let other = (next(&mut self.random) % (at as u64 + 1)) as usize;
            self.order.swap(at, other);
        }
    }
}

/// The next number of a xorshift generator (Marsaglia 2003).
pub(crate) fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

/// Removes each row after position `from` with probability `dropout`.
fn drop_some(rows: &mut Vec<u32>, from: usize, random: &mut u64, dropout: f32) {
    if dropout <= 0.0 {
        return;
    }
    let limit = (dropout * 65536.0) as u64;
    let mut kept = from;
    for at in from..rows.len() {
        if next(random) & 0xffff >= limit {
            rows[kept] = rows[at];
            kept += 1;
        }
    }
    rows.truncate(kept);
}

/// `count` weights of zero, for all features of the examples times the labels.
fn zeros(count: usize) -> Result<Vec<f32>> {
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(count)?;
    zeros.resize(count, 0.0);
    Ok(zeros)
}

/// Labels in which each `I-` that may not follow its predecessor is replaced by `B-`.
fn valid(mut labels: Vec<u8>) -> Vec<u8> {
    let mut before = None;
    for label in &mut labels {
        if !Labels::may_follow(before, *label) {
            *label -= 1;
        }
        before = Some(*label);
    }
    labels
}

impl Words {
    fn number(&mut self, word: &str, clusters: &ClusterTable, rows: &mut Rows) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let mut found: [Vec<u32>; SEATS] = Default::default();
        let (essence, _) = features(word, clusters, |feature, distances| {
            for (distance, found) in found.iter_mut().enumerate() {
                if distances >> distance & 1 == 1 {
                    found.push(rows.count(feature, distance));
                }
            }
        });
        let number = self.rows.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.rows.push(found);
        self.essences.push(essence);
        number
    }

    fn each_row(&self, words: &[u32], at: usize, mut see: impl FnMut(u32)) {
        for distance in 0..DISTANCES {
            let other = (at + distance).checked_sub(REACH).and_then(|other| words.get(other));
            if let Some(&word) = other {
                self.rows[word as usize][distance].iter().for_each(|&row| see(row));
                if distance != REACH && self.essences[words[at] as usize].capital {
                    self.rows[word as usize][DISTANCES + distance].iter().for_each(|&row| see(row));
                }
            }
        }
    }

    fn joined(&self, words: &[u32], at: usize) -> Option<[u64; JOINS]> {
        let essence = |at: Option<usize>| {
            at.and_then(|at| words.get(at)).map_or(EDGE, |&word| self.essences[word as usize])
        };
        joins(essence(at.checked_sub(1)), essence(Some(at)), essence(Some(at + 1)), at == 0)
    }
}
