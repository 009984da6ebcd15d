//! Where does the segment end that begins at each term?
//!
//! A segment ends at the first place, not before a least length, at which its share of distinct
//! terms falls below a threshold (`McCarthy` and Jarvis 2010). Most segments end within a hundred
//! terms, and are found by reading on. In texts in which they do not end, such as lists of distinct
//! words, this would take quadratic time; for these there is a tree.
//!
//! The tree holds, for each place, how far the open segment is above the threshold there. When the
//! segment that begins one term later is opened, every place gains one step of the threshold, and
//! the places before the next occurrence of the dropped term lose that term. The end is the first
//! place below zero. Shares are compared as integers, with exactly the result of the division of
//! doubles.
//!
//! Cost: n log n steps; 64 bytes per term if the tree is needed.

use crate::batch::Watch;
use crate::error::Result;

/// A share of distinct terms below which a segment ends, as a fraction of integers.
#[derive(Debug, Clone, Copy)]
struct Threshold {
    above: i128,
    below: i128,
}

impl Threshold {
    /// The fraction for which `distinct / length < threshold`, in the arithmetic of doubles, if and
    /// only if `distinct · below < length · above`: a quotient is rounded to the threshold from
    /// half a unit below it on.
    fn new(threshold: f64) -> Self {
        // No share of four billion terms is smaller.
        let bits = threshold.clamp(2.0_f64.powi(-40), 1.0).to_bits();
        let (exponent, fraction) = ((bits >> 52) as i32 - 1075, bits & ((1 << 52) - 1));
        let mantissa = i128::from(fraction | 1 << 52);
        // Below a power of two, doubles are half as far apart.
        let above = if fraction == 0 { 4 * mantissa - 1 } else { 4 * mantissa - 2 };
        Self { above, below: 1 << (2 - exponent) }
    }

    /// How far a segment with this length and number of distinct terms is above the threshold.
    fn distance(self, distinct: usize, length: usize) -> i128 {
        distinct as i128 * self.below - length as i128 * self.above
    }
}

/// The text that segments are taken from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segments<'a> {
    /// The terms, as numbers below `types`.
    pub(crate) terms: &'a [u32],
    pub(crate) types: usize,
    /// The share of distinct terms below which a segment ends, and its least length.
    pub(crate) threshold: f64,
    pub(crate) least: usize,
    /// Whether segments wrap around the end of the text, up to twice its length; and whether the
    /// text is read backwards.
    pub(crate) wrap: bool,
    pub(crate) back: bool,
}

impl Segments<'_> {
    /// The mean length of the segments that begin at each term; those that do not end are ignored.
    /// NaN if none ends.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn mean(&self, watch: &Watch) -> Result<f64> {
        const STEPS: usize = 256;
        let read = self.by_reading(self.terms.len() * STEPS, watch)?;
        let (sum, ended) = match read {
            Some(found) => found,
            None => self.by_tree(watch)?,
        };
        Ok(sum as f64 / ended as f64)
    }

    fn term(&self, at: usize) -> usize {
        let n = self.terms.len();
        self.terms[if self.back { n - 1 - at } else { at % n }] as usize
    }

    /// How far the segment that begins at a term may extend.
    fn limit(&self, start: usize) -> usize {
        if self.wrap { start + 2 * self.terms.len() } else { self.terms.len() }
    }

    /// The sum of the lengths of the segments that end, and their number; `None` if this takes more
    /// than `most` steps.
    fn by_reading(&self, most: usize, watch: &Watch) -> Result<Option<(u64, u64)>> {
        let threshold = Threshold::new(self.threshold);
        let mut seen = vec![usize::MAX; self.types];
        let (mut sum, mut ended, mut steps) = (0_u64, 0_u64, 0);
        for start in watch.through(0..self.terms.len()) {
            let mut distinct = 0;
            for at in start..self.limit(start) {
                let last = &mut seen[self.term(at)];
                distinct += usize::from(*last != start);
                *last = start;
                let length = at + 1 - start;
                if length >= self.least && threshold.distance(distinct, length) < 0 {
                    (sum, ended) = (sum + length as u64, ended + 1);
                    break;
                }
                steps += 1;
                if steps > most {
                    return Ok(None);
                }
            }
        }
        watch.check()?;
        Ok(Some((sum, ended)))
    }

    /// The same, with the tree.
    fn by_tree(&self, watch: &Watch) -> Result<(u64, u64)> {
        let threshold = Threshold::new(self.threshold);
        let places = if self.wrap { 3 * self.terms.len() } else { self.terms.len() };
        // The next occurrence of the term at each place.
        let mut next = vec![places; places];
        let mut last = vec![places; self.types];
        for at in watch.through((0..places).rev()) {
            next[at] = std::mem::replace(&mut last[self.term(at)], at);
        }
        let mut distances = Vec::with_capacity(places);
        let mut seen = vec![false; self.types];
        let mut distinct = 0;
        for at in watch.through(0..places) {
            distinct += usize::from(!std::mem::replace(&mut seen[self.term(at)], true));
            distances.push(threshold.distance(distinct, at + 1));
        }
        watch.check()?;
        let mut tree = Tree::new(&distances);
        let (mut sum, mut ended) = (0, 0);
        for start in watch.through(0..self.terms.len()) {
            // The sum that every place has gained since.
            let gained = start as i128 * threshold.above;
            let from = start + self.least.max(1) - 1;
            if let Some(end) = tree.first_below(-gained, from, self.limit(start)) {
                (sum, ended) = (sum + (end + 1 - start) as u64, ended + 1);
            }
            tree.add(-threshold.below, start + 1, next[start]);
        }
        watch.check()?;
        Ok((sum, ended))
    }
}

/// Numbers of which ranges can be increased, and the first of which below a bound can be found,
/// each in log n steps.
struct Tree {
    /// A power of two.
    size: usize,
    /// The smallest number under each node, including what was added to the whole node; the root is
    /// 1.
    least: Vec<i128>,
    added: Vec<i128>,
}

impl Tree {
    fn new(numbers: &[i128]) -> Self {
        let size = numbers.len().next_power_of_two();
        let mut least = vec![i128::MAX / 2; 2 * size];
        least[size..size + numbers.len()].copy_from_slice(numbers);
        for node in (1..size).rev() {
            least[node] = least[2 * node].min(least[2 * node + 1]);
        }
        Self { size, least, added: vec![0; 2 * size] }
    }

    /// Adds to the numbers from `start` up to, but not including, `end`.
    fn add(&mut self, number: i128, start: usize, end: usize) {
        self.add_below(1, 0, self.size, number, start, end);
    }

    /// The depth is the height of the tree: some thirty calls.
    fn add_below(&mut self, node: usize, first: usize, size: usize, number: i128, start: usize, end: usize) {
        if end <= first || first + size <= start {
            return;
        }
        if start <= first && first + size <= end {
            self.least[node] += number;
            self.added[node] += number;
            return;
        }
        let half = size / 2;
        self.add_below(2 * node, first, half, number, start, end);
        self.add_below(2 * node + 1, first + half, half, number, start, end);
        self.least[node] = self.least[2 * node].min(self.least[2 * node + 1]) + self.added[node];
    }

    /// The first place from `start` up to, but not including, `end` whose number is below a bound.
    fn first_below(&self, bound: i128, start: usize, end: usize) -> Option<usize> {
        self.first_under(1, 0, self.size, bound, start).filter(|&place| place < end)
    }

    fn first_under(
        &self,
        node: usize,
        first: usize,
        size: usize,
        bound: i128,
        start: usize,
    ) -> Option<usize> {
        if first + size <= start || self.least[node] >= bound {
            return None;
        }
        if size == 1 {
            return Some(first);
        }
        let (half, bound) = (size / 2, bound - self.added[node]);
        self.first_under(2 * node, first, half, bound, start)
            .or_else(|| self.first_under(2 * node + 1, first + half, half, bound, start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_finds_what_reading_finds() {
        let mut state = 3_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for round in 0..400 {
            let (length, types) = (1 + next(120), 1 + next(90));
            let terms: Vec<u32> = (0..length).map(|_| next(types) as u32).collect();
            let threshold = [0.72, 0.5, 1.0, 0.25, 1e-9][round % 5];
            for (wrap, back) in [(false, false), (false, true), (true, false)] {
                let least = 1 + next(12);
                let segments = Segments { terms: &terms, types, threshold, least, wrap, back };
                let watch = Watch::default();
                let read = segments.by_reading(usize::MAX, &watch).unwrap();
                assert_eq!(Some(segments.by_tree(&watch).unwrap()), read, "{segments:?}");
            }
        }
    }

    #[test]
    fn shares_are_compared_as_doubles_divide() {
        for threshold in [0.72, 0.5, 0.3, 0.9, 1.0, 0.123_456] {
            let exact = Threshold::new(threshold);
            for length in 1..400 {
                for distinct in 1..=length {
                    let below = (distinct as f64) / (length as f64) < threshold;
                    assert_eq!(exact.distance(distinct, length) < 0, below, "{distinct} / {length}");
                }
            }
        }
    }
}
