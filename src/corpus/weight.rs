//! How much does an article count?
//!
//! Usually once. If a story of n copies is to count once, each of its articles counts 1/n. A weight
//! is a whole number of units, and [`One`] says how many units are one: a common multiple of all n.
//! So counts remain whole numbers while they are added, and no sum depends on an order; tables
//! divide at the end. If the common multiple is so large that a count might not fit into 64 bits, a
//! weight is rounded to the nearest unit, which changes about the ninth digit.

use std::sync::Arc;

use super::{Corpus, Unit};
use crate::table::{Column, Values};

/// How many units are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct One(u64);

impl Default for One {
    /// Counts that are not weighted.
    fn default() -> Self {
        Self(1)
    }
}

impl One {
    /// Whether counts are whole, because nothing is weighted.
    pub(crate) fn is_plain(self) -> bool {
        self.0 == 1
    }

    /// One in units.
    pub(crate) fn units(self) -> u64 {
        self.0
    }

    /// The least number of units that a minimum lets pass: a minimum of one lets all parts of one
    /// pass.
    pub(crate) fn least(self, minimum: u64) -> u64 {
        if minimum <= 1 { minimum } else { minimum.saturating_mul(self.0) }
    }

    /// A number of units, as a number.
    pub(crate) fn number(self, units: u64) -> f64 {
        /// Integers below this are floats, so their quotient is the nearest float.
        const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
        if self.is_plain() || units.max(self.0) < EXACT {
            return units as f64 / self.0 as f64;
        }
        // The whole part apart, so that whole numbers remain whole.
        (units / self.0) as f64 + (units % self.0) as f64 / self.0 as f64
    }

    /// A column of numbers of units: integers if nothing is weighted.
    pub(crate) fn column(self, units: impl Iterator<Item = u64>) -> Column {
        if self.is_plain() {
            return Column::int(units.map(|units| units as i64));
        }
        Values::Float(units.map(|units| self.number(units)).collect()).into()
    }
}

/// The weights of the articles of a store.
#[derive(Debug)]
pub struct Weights {
    /// By article of the store: its class.
    class: Vec<u32>,
    /// By class: the weight of its articles, in units.
    units: Vec<u64>,
    one: One,
}

impl Weights {
    /// The weights of articles, by the number of copies of each article of a store, itself
    /// included. `most` is a number that no count of these articles exceeds.
    pub fn of_copies(copies: &[u32], most: u64) -> Self {
        let mut sizes = copies.to_vec();
        sizes.sort_unstable();
        sizes.dedup();
        let largest = (1 << 63) / most.max(1);
        // More than one unit, so that counts are floats even if there are no copies.
        let mut one: u64 = 2;
        for &size in &sizes {
            let common = u128::from(one / gcd(one, u64::from(size))) * u128::from(size);
            one = u64::try_from(common).ok().filter(|&common| common <= largest).unwrap_or(one);
        }
        while sizes.iter().any(|&size| !one.is_multiple_of(u64::from(size))) && one <= largest / 2 {
            one *= 2;
        }
        let of_size = |&size: &u32| (one + u64::from(size) / 2) / u64::from(size);
        let class = copies.iter().map(|size| sizes.partition_point(|other| other < size) as u32).collect();
        Self { class, units: sizes.iter().map(of_size).collect(), one: One(one) }
    }
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Corpus {
    /// The same selection, with other weights.
    #[must_use]
    pub fn weighted(&self, weights: Weights) -> Self {
        Self { weights: Some(Arc::new(weights)), ..self.clone() }
    }

    /// Another selection of the store, with the weights of this one.
    #[must_use]
    pub fn weigh(&self, other: &Self) -> Self {
        Self { weights: self.weights.clone(), ..other.clone() }
    }

    /// The same selection, in which every article counts once.
    pub(crate) fn unweighted(&self) -> Self {
        Self { weights: None, ..self.clone() }
    }

    /// How many units are one.
    pub(crate) fn one(&self) -> One {
        self.weights.as_ref().map(|weights| weights.one).unwrap_or_default()
    }

    /// How much the article at a position counts, in units.
    pub(crate) fn weight(&self, position: usize) -> u64 {
        let Some(weights) = &self.weights else { return 1 };
        self.article(position)
            .map_or(0, |article| weights.units[weights.class[article.row as usize] as usize])
    }

    /// How much all articles count, in units.
    pub(crate) fn weight_of_all(&self) -> u64 {
        match self.weights {
            None => self.len() as u64,
            Some(_) => (0..self.len()).map(|position| self.weight(position)).sum(),
        }
    }

    /// The weights by which articles differ, in units, and the units of work divided by them: the
    /// group of each is its number times that of the weights, plus the place of its weight. `None`
    /// if nothing is weighted.
    pub(crate) fn units_by_weight(&self, units: &[Unit]) -> Option<(&[u64], Vec<Unit>)> {
        let weights = self.weights.as_ref()?;
        let classes = weights.units.len() as u32;
        let mut divided: Vec<Unit> = Vec::new();
        for unit in units {
            let mut articles: Vec<Vec<u32>> = vec![Vec::new(); classes as usize];
            for &position in &unit.articles {
                let row = self.article(position as usize).map_or(0, |article| article.row);
                articles[weights.class[row as usize] as usize].push(position);
            }
            let of_class =
                |(class, articles)| Unit { group: unit.group * classes + class, articles, ..*unit };
            divided.extend(
                (0..)
                    .zip(articles)
                    .filter(|(_, articles): &(u32, Vec<u32>)| !articles.is_empty())
                    .map(of_class),
            );
        }
        divided.sort_by_key(|unit| (unit.group, unit.articles.first().copied()));
        Some((&weights.units, divided))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_of_any_number_of_copies_counts_once() {
        let copies: Vec<u32> = (1..=30).flat_map(|size| std::iter::repeat_n(size, size as usize)).collect();
        let weights = Weights::of_copies(&copies, 1 << 20);
        let sum: u64 = weights.class.iter().map(|&class| weights.units[class as usize]).sum();
        assert!((weights.one.number(sum) - 30.0).abs() < 1e-12);
    }

    #[test]
    fn weights_that_share_no_multiple_are_rounded_and_fit() {
        let primes = [1, 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61];
        let weights = Weights::of_copies(&primes, 1 << 30);
        for (&prime, &class) in primes.iter().zip(&weights.class) {
            let sum = weights.units[class as usize] * u64::from(prime);
            assert!((weights.one.number(sum) - 1.0).abs() < 1e-7, "{prime} copies");
        }
        assert!(weights.one.least(1 << 30) < u64::MAX);
    }
}
