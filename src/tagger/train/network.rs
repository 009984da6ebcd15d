//! How does the network learn?
//!
//! It is trained by itself to predict the label of each token that has a capital or is next to one,
//! with cross-entropy and Adam (Kingma and Ba 2015), in batches with a decreasing learning rate.
//! Words, numbers and hidden units are dropped at random, so that the network does not rely on any
//! of them. Its output is then added to the scores of the perceptron, because the two make
//! different mistakes. Training uses one thread and gives the same numbers in every run.

use super::perceptron::next;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::tagger::cluster::{ClusterTable, PIECES};
use crate::tagger::example::{Example, check};
use crate::tagger::feature::features;
use crate::tagger::label::{Labels, types_of};
use crate::tagger::network::{
    Codes, FIRST_ONE, FIXED, HIDDEN, HIDDEN_ONE, INPUTS, LAST_SHIFT, MOST_LAST, Network, PIECE_SIZE, SAID,
    SLOTS, TABLE_ONE, TABLES, numbers,
};
use crate::tagger::window::{DISTANCES, REACH};

/// How the network is trained.
#[derive(Debug, Clone)]
pub struct NetworkOptions {
    /// Determines the initial weights and the order of the tokens.
    pub seed: u64,
    /// How often it sees each token.
    pub epochs: usize,
    /// The weight of its scores relative to those of the perceptron.
    pub weight: f32,
}

const BATCH: usize = 256;
const RATE: f32 = 2e-3;
/// Dropout probabilities of a word, a number of a word, and a hidden unit.
const DROP_WORD: f32 = 0.1;
const DROP_NUMBER: f32 = 0.1;
const DROP_UNIT: f32 = 0.3;
/// The factor that scales vectors of unit length to the magnitude of the other inputs.
const VECTOR_SCALE: f32 = 3.0;

/// A training token: the words around it, its label, and its weight.
struct Token {
    words: [Option<u32>; DISTANCES],
    label: u8,
    weight: f32,
}

/// The offsets of weights, or of their gradients: tables, first layer and its bias, last layer and
/// its bias, concatenated.
struct Parts {
    first: usize,
    first_bias: usize,
    last: usize,
    last_bias: usize,
    end: usize,
}

/// Trains a network whose scores are added to those of a tagger that
/// [`train`](super::perceptron::train()) builds from the same examples and clusters. `centres` are
/// those of the pieces of the word vectors; see [`pieces`](super::quantise::pieces()).
///
/// # Errors
/// Those of [`train`](super::perceptron::train()); [`Kind::BadOption`] if the centres have the
/// wrong size; [`Kind::Cancelled`].
pub fn train_network(
    examples: &[Example],
    clusters: &ClusterTable,
    centres: &[f32],
    options: &NetworkOptions,
    watch: &Watch,
) -> Result<Network> {
    check(examples)?;
    if centres.len() != PIECES * 256 * PIECE_SIZE {
        return Err(Error::new(Kind::BadOption, "the number of centres does not match the pieces")
            .in_field("centres"));
    }
    let all: Vec<&[String]> = examples.iter().map(|example| &example.labels[..]).collect();
    let labels = Labels::new(types_of(&all, watch)?)?;
    let (codes, mut tokens) = tokens(examples, &labels, clusters);
    let mut random = options.seed.wrapping_mul(2).wrapping_add(0x9e37_79b9);
    let mut learner = Learner::new(labels.len(), centres, &mut random);
    let batches = tokens.len().div_ceil(BATCH);
    let total = (batches * options.epochs.max(1)) as f32;
    let mut step = 0.0;
    for _ in 0..options.epochs.max(1) {
        for at in (1..tokens.len()).rev() {
            tokens.swap(at, (next(&mut random) % (at as u64 + 1)) as usize);
        }
        for batch in watch.through(tokens.chunks(BATCH)) {
            for token in batch {
                learner.see(token, &codes, &mut random);
            }
            learner.step(RATE * (1.0_f32 - step / total).max(0.02), batch.len());
            step += 1.0;
        }
        watch.check()?;
    }
    learner.network(options.weight)
}

/// The properties of all words, and the tokens that have a capital or are next to one.
fn tokens(examples: &[Example], labels: &Labels, clusters: &ClusterTable) -> (Vec<Codes>, Vec<Token>) {
    let mut known: Map<&str, u32> = Map::default();
    let (mut codes, mut capitals, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
    for example in examples {
        let mut words = Vec::with_capacity(example.tokens.len());
        for token in &example.tokens {
            words.push(*known.entry(token).or_insert_with(|| {
                let (essence, properties) = features(token, clusters, |_, _| ());
                codes.push(properties);
                capitals.push(essence.capital);
                codes.len() as u32 - 1
            }));
        }
        for (at, label) in example.labels.iter().enumerate() {
            let beside = &words[at.saturating_sub(1)..(at + 2).min(words.len())];
            if beside.iter().any(|&word| capitals[word as usize]) {
                let word = |distance: usize| (at + distance).checked_sub(REACH).and_then(|at| words.get(at));
                tokens.push(Token {
                    words: std::array::from_fn(|distance| word(distance).copied()),
                    label: labels.number(label).unwrap_or(0),
                    weight: example.weight,
                });
            }
        }
    }
    (codes, tokens)
}

struct Learner {
    parts: Parts,
    labels: usize,
    weights: Vec<f32>,
    gradients: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
    /// The powers of Adam's two decay rates.
    powers: [f32; 2],
    inputs: Vec<f32>,
}

impl Learner {
    fn new(labels: usize, centres: &[f32], random: &mut u64) -> Self {
        let first = numbers(SLOTS);
        let first_bias = first + SAID * INPUTS;
        let last = first_bias + HIDDEN;
        let last_bias = last + labels * HIDDEN;
        let parts = Parts { first, first_bias, last, last_bias, end: last_bias + labels };
        let mut weights = vec![0.0; parts.end];
        let mut from = 0;
        for (slot, table) in TABLES.iter().enumerate() {
            let values = &mut weights[from..from + table.rows * table.size];
            if slot < PIECES {
                let centres = &centres[slot * 256 * PIECE_SIZE..][..256 * PIECE_SIZE];
                for (value, centre) in values[PIECE_SIZE..].iter_mut().zip(centres) {
                    *value = centre * VECTOR_SCALE;
                }
            } else if slot < FIXED {
                for (at, value) in values.iter_mut().enumerate() {
                    *value = (((at / table.size) >> (at % table.size)) & 1) as f32;
                }
            } else {
                values.fill_with(|| spread(random, 0.17));
            }
            from += values.len();
        }
        weights[first..first_bias].fill_with(|| spread(random, 0.14));
        weights[last..last_bias].fill_with(|| spread(random, 0.3));
        let zeros = vec![0.0; parts.end];
        Self {
            parts,
            labels,
            weights,
            gradients: zeros.clone(),
            means: zeros.clone(),
            squares: zeros,
            powers: [1.0; 2],
            inputs: vec![0.0; DISTANCES * INPUTS],
        }
    }

    /// Adds the gradients of a token.
    fn see(&mut self, token: &Token, codes: &[Codes], random: &mut u64) {
        let Parts { first, first_bias, last, last_bias, .. } = self.parts;
        // The inputs.
        let mut keep = [false; DISTANCES];
        self.inputs.fill(0.0);
        for (distance, word) in token.words.iter().enumerate() {
            keep[distance] = chance(random) >= DROP_WORD;
            if !keep[distance] {
                continue;
            }
            let codes = word.map_or([0; SLOTS], |word| codes[word as usize]);
            let (mut from, mut input) = (0, distance * INPUTS);
            for (table, &code) in TABLES.iter().zip(&codes) {
                let row = &self.weights[from + code as usize * table.size..][..table.size];
                for (input, &value) in self.inputs[input..].iter_mut().zip(row) {
                    if value != 0.0 && chance(random) >= DROP_NUMBER {
                        *input = value / ((1.0 - DROP_WORD) * (1.0 - DROP_NUMBER));
                    }
                }
                from += table.rows * table.size;
                input += table.size;
            }
        }
        // The outputs.
        let mut hidden = [0.0_f32; HIDDEN];
        hidden.copy_from_slice(&self.weights[first_bias..last]);
        let layer = self.weights[first..first_bias].as_chunks::<HIDDEN>().0;
        for (&input, row) in self.inputs.iter().zip(layer) {
            if input != 0.0 {
                hidden.iter_mut().zip(row).for_each(|(unit, weight)| *unit += input * weight);
            }
        }
        let mut open = [0.0_f32; HIDDEN];
        for (unit, open) in hidden.iter_mut().zip(&mut open) {
            if *unit > 0.0 && chance(random) >= DROP_UNIT {
                *open = 1.0 / (1.0 - DROP_UNIT);
            }
            *unit *= *open;
        }
        let rows = self.weights[last..last_bias].chunks_exact(HIDDEN);
        let mut wrong: Vec<f32> = rows
            .zip(&self.weights[last_bias..])
            .map(|(row, bias)| {
                bias + row.iter().zip(&hidden).map(|(weight, unit)| weight * unit).sum::<f32>()
            })
            .collect();
        let most = wrong.iter().fold(f32::MIN, |most, &score| most.max(score));
        for score in &mut wrong {
            *score = (*score - most).exp();
        }
        let sum: f32 = wrong.iter().sum();
        for score in &mut wrong {
            *score *= token.weight / sum;
        }
        wrong[token.label as usize] -= token.weight;
        // The errors of the hidden units.
        let mut blame = [0.0_f32; HIDDEN];
        for (label, &wrong) in wrong.iter().enumerate() {
            self.gradients[last_bias + label] += wrong;
            let at = last + label * HIDDEN;
            let gradients = &mut self.gradients[at..at + HIDDEN];
            let weights = &self.weights[at..at + HIDDEN];
            for unit in 0..HIDDEN {
                gradients[unit] += wrong * hidden[unit];
                blame[unit] += wrong * weights[unit];
            }
        }
        blame.iter_mut().zip(&open).for_each(|(blame, open)| *blame *= open);
        let (tables, others) = self.gradients.split_at_mut(first);
        let bias = &mut others[first_bias - first..last - first];
        bias.iter_mut().zip(&blame).for_each(|(gradient, blame)| *gradient += blame);
        let gradients = others[..first_bias - first].as_chunks_mut::<HIDDEN>().0;
        for (&input, row) in self.inputs.iter().zip(gradients) {
            if input != 0.0 {
                row.iter_mut().zip(&blame).for_each(|(gradient, blame)| *gradient += input * blame);
            }
        }
        for (distance, word) in token.words.iter().enumerate().filter(|&(distance, _)| keep[distance]) {
            let codes = word.map_or([0; SLOTS], |word| codes[word as usize]);
            let (mut from, mut input) = (0, distance * INPUTS);
            for (slot, (table, &code)) in TABLES.iter().zip(&codes).enumerate() {
                if slot >= FIXED {
                    let row = &mut tables[from + code as usize * table.size..][..table.size];
                    for (at, gradient) in row.iter_mut().enumerate() {
                        if self.inputs[input + at] != 0.0 {
                            let share: f32 = layer[input + at]
                                .iter()
                                .zip(&blame)
                                .map(|(weight, blame)| weight * blame)
                                .sum();
                            *gradient += share / ((1.0 - DROP_WORD) * (1.0 - DROP_NUMBER));
                        }
                    }
                }
                from += table.rows * table.size;
                input += table.size;
            }
        }
    }

    /// Moves the weights against the gradients of a batch.
    fn step(&mut self, rate: f32, batch: usize) {
        const KEPT: [f32; 2] = [0.9, 0.999];
        self.powers.iter_mut().zip(KEPT).for_each(|(power, kept)| *power *= kept);
        let [mean_part, square_part] = self.powers.map(|power| 1.0 - power);
        let share = 1.0 / batch as f32;
        let from = numbers(FIXED);
        let moments = self.means[from..].iter_mut().zip(&mut self.squares[from..]);
        let weights = self.weights[from..].iter_mut().zip(&mut self.gradients[from..]);
        for ((weight, gradient), (mean, square)) in weights.zip(moments) {
            let slope = *gradient * share;
            *gradient = 0.0;
            *mean = KEPT[0] * *mean + (1.0 - KEPT[0]) * slope;
            *square = KEPT[1] * *square + (1.0 - KEPT[1]) * slope * slope;
            *weight -= rate * (*mean / mean_part) / ((*square / square_part).sqrt() + 1e-8);
        }
    }

    /// The network, quantised to integers.
    fn network(&self, weight: f32) -> Result<Network> {
        let Parts { first, first_bias, last, last_bias, end } = self.parts;
        let whole = |from: usize, to: usize, one: f32, most: i16| -> Vec<i16> {
            let most = f32::from(most);
            self.weights[from..to]
                .iter()
                .map(|weight| (weight * one).round().clamp(-most, most) as i16)
                .collect()
        };
        let last_one = weight * (1_u32 << LAST_SHIFT) as f32 / HIDDEN_ONE;
        Network::new(
            self.labels,
            whole(0, first, TABLE_ONE, i16::MAX),
            whole(first, first_bias, FIRST_ONE, i16::MAX),
            whole(first_bias, last, HIDDEN_ONE, i16::MAX),
            whole(last, last_bias, last_one, MOST_LAST),
            whole(last_bias, end, weight, i16::MAX),
        )
        .ok_or_else(|| Error::new(Kind::BadModel, "the network has the wrong size"))
    }
}

/// A random number from 0 to 1.
fn chance(random: &mut u64) -> f32 {
    (next(random) >> 40) as f32 / (1_u32 << 24) as f32
}

/// A random number between `-most` and `most`.
fn spread(random: &mut u64, most: f32) -> f32 {
    (2.0 * chance(random) - 1.0) * most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::tagger::{Scratch, Tagger};
    use crate::tagger::train::perceptron::{TrainOptions, train};

    #[test]
    fn it_learns_what_it_is_shown_and_is_kept_with_the_tagger() {
        let example = |text: &str, labels: &str| Example {
            tokens: text.split(' ').map(str::to_owned).collect(),
            labels: labels.split(' ').map(str::to_owned).collect(),
            weight: 1.0,
        };
        let examples = [
            example("Anna lives in Oslo", "B-PER O O B-LOC"),
            example("Bert works in Rome", "B-PER O O B-LOC"),
            example("in Paris Clara sings", "O B-LOC B-PER O"),
        ];
        let clusters = ClusterTable::default();
        let centres = vec![0.0; PIECES * 256 * PIECE_SIZE];
        let options = NetworkOptions { seed: 1, epochs: 100, weight: 400.0 };
        let network = train_network(&examples, &clusters, &centres, &options, &Watch::default()).unwrap();
        assert!(
            network == train_network(&examples, &clusters, &centres, &options, &Watch::default()).unwrap()
        );
        // An untrained tagger, so that the network decides.
        let blank = TrainOptions { min_count: 1000, epochs: 1, ..TrainOptions::default() };
        let watch = Watch::default();
        let tagger = train(&examples, &[], clusters, &blank, &watch, |_| Ok(())).unwrap();
        let tagger = tagger.with_network(Some(network));
        let labels = tagger.tag(&["Clara", "lives", "in", "Rome"], &mut Scratch::default(), &watch).unwrap();
        let names: Vec<&str> = labels.iter().map(|&label| tagger.labels().name(label)).collect();
        assert_eq!(names, ["B-PER", "O", "O", "B-LOC"]);
        let kept = Tagger::from_bytes(&tagger.to_bytes()).unwrap();
        assert!(kept.network == tagger.network);
    }

    #[test]
    fn centres_that_do_not_fit_are_refused() {
        let options = NetworkOptions { seed: 1, epochs: 1, weight: 1.0 };
        let error =
            train_network(&[], &ClusterTable::default(), &[], &options, &Watch::default()).unwrap_err();
        assert_eq!(error.kind(), Kind::BadOption);
    }
}
