//! Which phrases do the articles of a group have in common?
//!
//! Each article gives its phrases shares: their scores in proportion to its best score. The score
//! of a phrase in a group is the sum of its shares. Shares are integers in a very small unit, so
//! the sum is exact and does not depend on the order of the articles. A phrase is shown in the
//! spelling that most of its occurrences in the group have; ties are in byte order.

use super::options::Method;
use super::phrase::EMPTY;
use crate::batch::{Watch, sort_by};
use crate::error::Result;
use crate::hash::Map;
use crate::table::Strings;

/// A ranked phrase as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RankedPhrase {
    pub(super) text: String,
    pub(super) score: f64,
    pub(super) count: u64,
    /// The lemmas of its words.
    pub(super) lemmas: Vec<u32>,
    /// Whether it is the name of an entity.
    pub(super) entity: bool,
}

/// The number of units in a share of one.
const ONE: f64 = (1_u64 << 53) as f64;

/// The sums for one phrase in one group.
#[derive(Debug, Clone)]
struct Sum {
    group: u32,
    /// The range of its lemmas in [`Sums::lemmas`].
    lemmas: (u32, u32),
    /// The sum of the shares of the articles, in units.
    units: u128,
    /// The last article that added a share.
    last: usize,
    /// The number of occurrences with each spelling, by the number of the spelling: the first
    /// spelling, and all others. Nearly all phrases have only one.
    first: (u32, u64),
    others: Vec<(u32, u64)>,
}

/// The distinct phrases of groups, which are a monoid over articles. They are stored in a few long
/// lists, so that millions of phrases are freed at once.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Numbers of sequences that consist of a group and lemmas. A sequence is identified by the
    /// number of all its items but the last, and the last item.
    numbers: Map<(u32, u32), u32>,
    /// By number of a sequence: the position of its sum, plus one.
    positions: Vec<u32>,
    rows: Vec<Sum>,
    lemmas: Vec<u32>,
    spellings: Strings,
}

/// No article.
const NONE: usize = usize::MAX;

impl Sums {
    /// Adds a phrase of an article, with its share. If an article has several spellings of a
    /// phrase, the one with the highest share must come first.
    pub(super) fn add(&mut self, group: u32, article: usize, phrase: &RankedPhrase) {
        let position = self.position(group, &phrase.lemmas);
        let sum = &mut self.rows[position];
        if std::mem::replace(&mut sum.last, article) != article {
            sum.units += (phrase.score * ONE) as u128;
        }
        self.spell(position, &phrase.text, phrase.count);
    }

    /// Adds the phrases of other articles.
    pub(super) fn merge(&mut self, other: &Self) {
        for sum in &other.rows {
            let position = self.position(sum.group, other.lemmas_of(sum));
            self.rows[position].units += sum.units;
            for &(text, count) in std::iter::once(&sum.first).chain(&sum.others) {
                self.spell(position, other.spellings.get(text as usize), count);
            }
        }
    }

    fn lemmas_of(&self, sum: &Sum) -> &[u32] {
        &self.lemmas[sum.lemmas.0 as usize..sum.lemmas.1 as usize]
    }

    /// The position of the sum of a phrase.
    fn position(&mut self, group: u32, lemmas: &[u32]) -> usize {
        let mut number = EMPTY;
        for item in std::iter::once(&group).chain(lemmas) {
            let next = self.numbers.len() as u32;
            number = *self.numbers.entry((number, *item)).or_insert(next);
        }
        self.positions.resize(self.numbers.len(), 0);
        let slot = &mut self.positions[number as usize];
        if *slot == 0 {
            let start = self.lemmas.len() as u32;
            self.lemmas.extend(lemmas);
            let lemmas = (start, self.lemmas.len() as u32);
            let sum = Sum { group, lemmas, units: 0, last: NONE, first: (0, 0), others: Vec::new() };
            self.rows.push(sum);
            *slot = self.rows.len() as u32;
        }
        *slot as usize - 1
    }

    fn spell(&mut self, position: usize, text: &str, count: u64) {
        let Self { rows, spellings, .. } = self;
        let Sum { first, others, .. } = &mut rows[position];
        let known = std::iter::once(&mut *first).filter(|first| first.1 > 0).chain(others.iter_mut());
        if let Some((_, sum)) = known.into_iter().find(|(other, _)| spellings.get(*other as usize) == text) {
            *sum += count;
            return;
        }
        let new = (spellings.len() as u32, count);
        spellings.push(text);
        if first.1 == 0 {
            *first = new;
        } else {
            others.push(new);
        }
    }

    /// The most frequent spelling of a phrase; the first in byte order if there is a tie.
    fn text(&self, sum: &Sum) -> &str {
        let all = std::iter::once(&sum.first).chain(&sum.others);
        let spellings = all.map(|&(text, count)| (self.spellings.get(text as usize), count));
        let best = spellings.max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        best.map_or("", |(text, _)| text)
    }

    /// By group: the positions of its phrases, in descending order of their sums; ties are in byte
    /// order.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn ranked(&self, groups: usize, watch: &Watch) -> Result<Vec<Vec<u32>>> {
        let mut of_group: Vec<Vec<u32>> = vec![Vec::new(); groups];
        for (position, sum) in watch.through((0..).zip(&self.rows)) {
            of_group[sum.group as usize].push(position);
        }
        for positions in watch.through(&mut of_group) {
            sort_by(positions, watch, |&a, &b| {
                let (a, b) = (&self.rows[a as usize], &self.rows[b as usize]);
                b.units
                    .cmp(&a.units)
                    .then_with(|| self.text(a).cmp(self.text(b)))
                    .then_with(|| self.lemmas_of(a).cmp(self.lemmas_of(b)))
            })?;
        }
        watch.check()?;
        Ok(of_group)
    }

    /// The phrase at a position.
    pub(super) fn phrase(&self, position: u32) -> RankedPhrase {
        let sum = &self.rows[position as usize];
        RankedPhrase {
            text: self.text(sum).to_owned(),
            score: sum.units as f64 / ONE,
            count: sum.first.1 + sum.others.iter().map(|(_, count)| count).sum::<u64>(),
            lemmas: self.lemmas_of(sum).to_vec(),
            entity: false,
        }
    }
}

/// The score in proportion to the best score of the article.
pub(super) fn share(score: f64, top: f64, method: Method) -> f64 {
    let (part, whole) = if method.lowest_first() { (top, score) } else { (score, top) };
    // Zero cannot be divided by a best score of zero; if all scores are equal, each is the best.
    if part.to_bits() == whole.to_bits() { 1.0 } else { (part / whole).clamp(0.0, 1.0) }
}
