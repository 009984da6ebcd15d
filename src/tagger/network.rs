//! What does a small neural network make of a word and its neighbours?
//!
//! The network has one layer of hidden units over the words within two tokens (as in SENNA,
//! Collobert et al. 2011). A word is represented by a few numbered properties, each of which
//! selects a row of a small table: the pieces of its vector, shape, affixes, Brown cluster, marks.
//! The contribution of each row to each unit at each distance is computed once, when the model is
//! read; the contribution of a word is summed once and cached (as in NNUE), so that a token costs
//! five short sums and one product per label. All arithmetic is on integers.

use super::cluster::{Clusters, PIECES};
use super::window::DISTANCES;

/// The number of hidden units.
pub(crate) const HIDDEN: usize = 32;

/// The table of a property: the number of rows, and the numbers per row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) rows: usize,
    pub(crate) size: usize,
}

/// The number of properties of a word.
pub(crate) const SLOTS: usize = PIECES + 8;

/// The properties of a word: a row of each table. All zeros represent the padding beyond the
/// sentence.
pub(crate) type Codes = [u16; SLOTS];

/// The numbers per piece of a word vector.
pub(crate) const PIECE_SIZE: usize = 10;

/// The number of tables that are not trained: the first ones, which hold vectors and bits.
pub(crate) const FIXED: usize = PIECES + 3;

/// The tables: pieces of vectors; marks of word lists, one bit each; bits for case and for which
/// properties are known; shape, suffix, prefix; Brown clusters.
pub(crate) const TABLES: [Slot; SLOTS] = {
    let mut tables = [Slot { rows: 257, size: PIECE_SIZE }; SLOTS];
    tables[PIECES] = Slot { rows: 256, size: 8 };
    tables[PIECES + 1] = Slot { rows: 256, size: 8 };
    tables[PIECES + 2] = Slot { rows: 16, size: 4 };
    tables[PIECES + 3] = Slot { rows: 256, size: 8 };
    tables[PIECES + 4] = Slot { rows: 1024, size: 16 };
    tables[PIECES + 5] = Slot { rows: 1024, size: 8 };
    tables[PIECES + 6] = Slot { rows: 128, size: 16 };
    tables[PIECES + 7] = Slot { rows: 1024, size: 24 };
    tables
};

/// The total length of the rows of a word.
pub(crate) const INPUTS: usize = {
    let (mut sum, mut slot) = (0, 0);
    while slot < SLOTS {
        sum += TABLES[slot].size;
        slot += 1;
    }
    sum
};

/// The total size of the tables before slot `end`.
pub(crate) const fn numbers(end: usize) -> usize {
    let (mut sum, mut slot) = (0, 0);
    while slot < end {
        sum += TABLES[slot].rows * TABLES[slot].size;
        slot += 1;
    }
    sum
}

/// The fixed-point representation of 1 in tables, in the first layer, in hidden units, and in the
/// last layer.
pub(crate) const TABLE_ONE: f32 = 256.0;
pub(crate) const FIRST_ONE: f32 = 1024.0;
pub(crate) const HIDDEN_ONE: f32 = 256.0;
const FIRST_SHIFT: u32 = 10;
/// Half of the divisor of the shift, for rounding.
const HALF: f32 = 512.0;
pub(crate) const LAST_SHIFT: u32 = 10;
/// The maximum output of a hidden unit, and the maximum weight in the last layer.
const MOST: i16 = 1 << 12;
pub(crate) const MOST_LAST: i16 = 1 << 12;

/// What the properties of a word are computed from.
pub(crate) struct Look<'a> {
    pub(crate) clusters: &'a Clusters,
    /// The marks that apply to the word.
    pub(crate) marks: u16,
    pub(crate) shape: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) capital: bool,
    /// If the word is all capitals, the Brown cluster of the word with one capital.
    pub(crate) title: Option<u16>,
}

impl Look<'_> {
    pub(crate) fn codes(&self) -> Codes {
        let clusters = self.clusters;
        let known = clusters.fine > 0;
        let brown = self.title.filter(|&title| title > 0).unwrap_or(clusters.brown);
        let row = |slot: usize, hash: u64| 1 + ((hash >> 40) as usize % (TABLES[slot].rows - 1)) as u16;
        let mut codes = [0; SLOTS];
        if known {
            for (code, &piece) in codes.iter_mut().zip(&clusters.pieces) {
                *code = 1 + u16::from(piece);
            }
        }
        codes[PIECES] = self.marks & 0xff;
        codes[PIECES + 1] = self.marks >> 8;
        codes[PIECES + 2] = u16::from(self.capital)
            | u16::from(self.title.is_some()) << 1
            | u16::from(known) << 2
            | u16::from(clusters.brown > 0) << 3;
        codes[PIECES + 3] = row(PIECES + 3, self.shape);
        codes[PIECES + 4] = row(PIECES + 4, self.suffix);
        codes[PIECES + 5] = row(PIECES + 5, self.prefix);
        codes[PIECES + 6] = clusters.brown & 0x3f | u16::from(brown != clusters.brown) << 6;
        codes[PIECES + 7] = brown & 0x3ff;
        codes
    }
}

/// A trained network.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// By slot, row and number.
    pub(crate) tables: Vec<i16>,
    /// By distance, number of the word's rows, and unit.
    pub(crate) first: Vec<i16>,
    pub(crate) first_bias: Vec<i16>,
    /// By label and unit.
    pub(crate) last: Vec<i16>,
    pub(crate) last_bias: Vec<i16>,
    /// The contribution of each row of the tables, by slot, row, distance and unit.
    products: Vec<i16>,
    /// The contribution of the padding beyond the sentence.
    edge: Vec<i16>,
}

/// The numbers that a word contributes to the hidden units, by distance.
pub(crate) const SAID: usize = DISTANCES * HIDDEN;

impl Network {
    /// A network from its numbers; `None` if their count is wrong for a network with this many
    /// labels.
    pub(crate) fn new(
        labels: usize,
        tables: Vec<i16>,
        first: Vec<i16>,
        first_bias: Vec<i16>,
        last: Vec<i16>,
        last_bias: Vec<i16>,
    ) -> Option<Self> {
        let fits = tables.len() == numbers(SLOTS)
            && first.len() == SAID * INPUTS
            && first_bias.len() == HIDDEN
            && last.len() == labels * HIDDEN
            && last.iter().all(|&weight| weight.unsigned_abs() <= MOST_LAST.unsigned_abs())
            && last_bias.len() == labels;
        if !fits {
            return None;
        }
        let mut network =
            Self { tables, first, first_bias, last, last_bias, products: Vec::new(), edge: Vec::new() };
        // Floats multiply faster than integers; these floats are integers, and so are their sums.
        let first: Vec<f32> = network.first.iter().map(|&weight| f32::from(weight)).collect();
        let first = first.as_chunks::<HIDDEN>().0;
        network.products.reserve(TABLES.iter().map(|slot| slot.rows * SAID).sum());
        let (mut from, mut input) = (0, 0);
        for Slot { rows, size } in TABLES {
            for row in network.tables[from..from + rows * size].chunks_exact(size) {
                for distance in 0..DISTANCES {
                    let mut sums = [HALF; HIDDEN];
                    for (&number, units) in row.iter().zip(&first[distance * INPUTS + input..]) {
                        let number = f32::from(number);
                        for (sum, unit) in sums.iter_mut().zip(units) {
                            *sum += number * unit;
                        }
                    }
                    network.products.extend(sums.map(|sum| clamp((sum as i32) >> FIRST_SHIFT)));
                }
            }
            from += rows * size;
            input += size;
        }
        let mut edge = Vec::new();
        network.add_word(&[0; SLOTS], &mut edge);
        Some(Self { edge, ..network })
    }

    /// Appends the contribution of a word.
    pub(crate) fn add_word(&self, codes: &Codes, said: &mut Vec<i16>) {
        let mut sums = [0_i16; SAID];
        let mut row = 0;
        for (slot, &code) in TABLES.iter().zip(codes) {
            let products = &self.products[(row + code as usize) * SAID..][..SAID];
            for (sum, &product) in sums.iter_mut().zip(products) {
                *sum = sum.saturating_add(product);
            }
            row += slot.rows;
        }
        said.extend(sums);
    }

    /// Adds the output of the network for the words around a token to its scores; `None` is the
    /// padding beyond the sentence.
    #[inline]
    pub(crate) fn score<'a>(&'a self, said: impl Fn(usize) -> Option<&'a [i16]>, scores: &mut [i32]) {
        let mut hidden = [0_i16; HIDDEN];
        hidden.copy_from_slice(&self.first_bias);
        for distance in 0..DISTANCES {
            let said = said(distance).unwrap_or(&self.edge);
            for (sum, &number) in hidden.iter_mut().zip(&said[distance * HIDDEN..][..HIDDEN]) {
                *sum = sum.saturating_add(number);
            }
        }
        for unit in &mut hidden {
            *unit = (*unit).clamp(0, MOST);
        }
        let rows = self.last.as_chunks::<HIDDEN>().0;
        for ((score, row), &bias) in scores.iter_mut().zip(rows).zip(&self.last_bias) {
            let products = hidden.iter().zip(row).map(|(&unit, &weight)| i32::from(unit) * i32::from(weight));
            *score += (products.sum::<i32>() >> LAST_SHIFT) + i32::from(bias);
        }
    }
}

fn clamp(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_the_layers_say() {
        let mut random = 9_u64;
        let mut numbers_to = |most: i64, count: usize| -> Vec<i16> {
            let number = |random: &mut u64| {
                *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((*random >> 33) as i64 % (2 * most + 1) - most) as i16
            };
            (0..count).map(|_| number(&mut random)).collect()
        };
        let (tables, first) = (numbers_to(60, numbers(SLOTS)), numbers_to(300, SAID * INPUTS));
        let (first_bias, last, last_bias) =
            (numbers_to(100, HIDDEN), numbers_to(900, 3 * HIDDEN), numbers_to(50, 3));
        let network = Network::new(
            3,
            tables.clone(),
            first.clone(),
            first_bias.clone(),
            last.clone(),
            last_bias.clone(),
        );
        let Some(network) = network else { panic!("the numbers make a network") };
        let mut words = [[0_u16; SLOTS]; 3];
        for (at, code) in words[1..].iter_mut().flatten().enumerate() {
            *code = (at * 7 % 16) as u16;
        }
        // Two words, with the padding of the sentence around them.
        let sentence = [&words[0], &words[0], &words[1], &words[2], &words[0]];
        let mut hidden: Vec<i32> = first_bias.iter().map(|&bias| i32::from(bias)).collect();
        for (distance, codes) in sentence.iter().enumerate() {
            let (mut from, mut input) = (0, distance * INPUTS);
            for (table, &code) in TABLES.iter().zip(*codes) {
                for (unit, sum) in hidden.iter_mut().enumerate() {
                    let product = (0..table.size).map(|at| {
                        i32::from(tables[from + code as usize * table.size + at])
                            * i32::from(first[(input + at) * HIDDEN + unit])
                    });
                    *sum += (product.sum::<i32>() + 512) >> 10;
                }
                from += table.rows * table.size;
                input += table.size;
            }
        }
        let expected: Vec<i32> = (0..3)
            .map(|label| {
                let products = hidden.iter().zip(&last[label * HIDDEN..]);
                let sum: i32 = products.map(|(&unit, &weight)| unit.clamp(0, 4096) * i32::from(weight)).sum();
                (sum >> 10) + i32::from(last_bias[label])
            })
            .collect();
        let mut said = [Vec::new(), Vec::new()];
        network.add_word(&words[1], &mut said[0]);
        network.add_word(&words[2], &mut said[1]);
        let mut scores = [0; 3];
        network.score(|distance| said.get(distance.checked_sub(2)?).map(Vec::as_slice), &mut scores);
        assert_eq!(scores[..], expected);
    }

    #[test]
    fn numbers_that_do_not_fit_make_no_network() {
        assert!(Network::new(3, vec![0; 5], Vec::new(), Vec::new(), Vec::new(), Vec::new()).is_none());
    }
}
