//! What do the articles of a group say together?
//!
//! Each article gives its phrases their score in proportion to its best one; a group's score is the sum. So that it does not depend on
//! the order of the articles, shares are whole numbers of a very small unit: their sum is exact. A phrase is shown as most of the
//! group's mentions spell it, equals by their bytes.

use super::options::Method;
use crate::hash::Map;

/// A phrase as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) text: String,
    pub(super) score: f64,
    pub(super) count: u64,
    /// Its lemmas.
    pub(super) lemmas: Vec<u32>,
}

/// A share of one, in units.
const ONE: f64 = (1_u64 << 53) as f64;

/// What is added up of a phrase of a group.
#[derive(Debug, Clone, Default)]
struct Sum {
    /// The shares of the articles, in units.
    units: u128,
    /// The last article that added its share.
    last: Option<usize>,
    /// How often the group has each spelling: the first that came, and the others. Nearly all have one.
    first: (String, u64),
    others: Vec<(String, u64)>,
}

impl Sum {
    fn spell(&mut self, text: String, count: u64) {
        if self.first.1 == 0 {
            self.first = (text, count);
            return;
        }
        let mut known = std::iter::once(&mut self.first).chain(&mut self.others);
        match known.find(|(other, _)| *other == text) {
            Some((_, sum)) => *sum += count,
            None => self.others.push((text, count)),
        }
    }
}

/// The phrases of groups, each once: a monoid over articles.
#[derive(Debug, Default)]
pub(super) struct Sums(Map<(u32, Vec<u32>), Sum>);

impl Sums {
    /// Adds a phrase of an article, with its share. Of several spellings in an article, the first comes with the highest.
    pub(super) fn add(&mut self, group: u32, article: usize, told: Told) {
        let sum = self.0.entry((group, told.lemmas)).or_default();
        if sum.last.replace(article) != Some(article) {
            sum.units += (told.score * ONE) as u128;
        }
        sum.spell(told.text, told.count);
    }

    /// Adds the phrases of other articles.
    pub(super) fn merge(&mut self, other: Self) {
        for (key, more) in other.0 {
            let sum = self.0.entry(key).or_default();
            sum.units += more.units;
            for (text, count) in std::iter::once(more.first).chain(more.others) {
                sum.spell(text, count);
            }
        }
    }

    /// The phrases of each group, from the best on, equals by their bytes.
    pub(super) fn finish(self, groups: usize) -> Vec<Vec<Told>> {
        let mut of_group: Vec<Vec<Told>> = vec![Vec::new(); groups];
        for ((group, lemmas), sum) in self.0 {
            let spellings = || std::iter::once(&sum.first).chain(&sum.others);
            let count = spellings().map(|(_, count)| count).sum();
            // The most frequent; of equals the first in the order of bytes.
            let best = spellings().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
            let text = best.map(|(text, _)| text.clone()).unwrap_or_default();
            of_group[group as usize].push(Told { text, score: sum.units as f64 / ONE, count, lemmas });
        }
        for phrases in &mut of_group {
            phrases.sort_by(|a, b| {
                b.score
                    .total_cmp(&a.score)
                    .then_with(|| a.text.cmp(&b.text))
                    .then_with(|| a.lemmas.cmp(&b.lemmas))
            });
        }
        of_group
    }
}

/// A score in proportion to the best one of its article.
pub(super) fn share(score: f64, top: f64, method: Method) -> f64 {
    let (part, whole) = if method.lowest_first() { (top, score) } else { (score, top) };
    // A best score of zero can be no share; where all are equal, all are best.
    if part.to_bits() == whole.to_bits() { 1.0 } else { (part / whole).clamp(0.0, 1.0) }
}
