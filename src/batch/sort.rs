//! How are many values sorted so that the sort can be cancelled?
//!
//! Sorting ten million strings takes seconds, and no library sort can be cancelled in the meantime.
//! Values are therefore partitioned first and then sorted part by part (samplesort: Frazer and
//! `McKellar` 1970): an evenly spaced sample of the values is sorted and gives the boundaries of
//! some hundred parts, a binary search assigns each value to its part, and each part is sorted
//! separately. Values equal to a boundary form a part that needs no sorting, so many equal values
//! do no harm.
//!
//! Invariant: the result depends only on the values and the order, because the order is total:
//! values that compare equal are interchangeable. Cost: as many comparisons as one sort, and a
//! second array.

use std::cmp::Ordering;

use super::share::require_no_lock;
use super::spread::{consume, gather};
use super::watch::Watch;
use crate::error::Result;

/// How many values are sorted as one piece: about a millisecond for numbers, ten for strings.
const PIECE: usize = 1 << 14;

/// The maximum number of pieces. Each part is gathered from all of them.
const MOST_PIECES: usize = 1 << 10;

/// The maximum number of boundaries. There are twice as many parts, plus one.
const BORDERS: usize = 1 << 10;

/// How many values of the sample there are per boundary. With 16, a part is unlikely to be twice as
/// long as another.
const OVERSAMPLING: usize = 16;

/// [`sort_by`] in the natural order of the values.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`]; the values are then in no particular order.
pub fn sort<T: Ord + Copy + Send + Sync>(values: &mut [T], watch: &Watch) -> Result<()> {
    sort_in(values, watch, &T::cmp)
}

/// Sorts values by a total order, on the pool.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`]; the values are then in no particular order.
pub fn sort_by<T: Copy + Send + Sync>(
    values: &mut [T],
    watch: &Watch,
    order: impl Fn(&T, &T) -> Ordering + Sync,
) -> Result<()> {
    // A comparison takes longer than a call through a pointer, which is compiled once per type.
    let order: &(dyn Fn(&T, &T) -> Ordering + Sync) = &order;
    sort_in(values, watch, order)
}

fn sort_in<T: Copy + Send + Sync, F: Fn(&T, &T) -> Ordering + Sync + ?Sized>(
    values: &mut [T],
    watch: &Watch,
    order: &F,
) -> Result<()> {
    require_no_lock()?;
    watch.check()?;
    if values.len() <= PIECE {
        values.sort_unstable_by(order);
        return Ok(());
    }
    let borders = borders(values, order);
    // One part for the values between two boundaries, and one for the values equal to a boundary.
    let part_of = |value: &T| {
        let at = borders.partition_point(|border| order(border, value) == Ordering::Less);
        let equal = borders.get(at).is_some_and(|border| order(border, value) == Ordering::Equal);
        2 * at + usize::from(equal)
    };
    let parts = 2 * borders.len() + 1;
    let pieces: Vec<&[T]> = values.chunks(PIECE.max(values.len() / MOST_PIECES)).collect();
    let pieces = gather(pieces.len(), |at| {
        if watch.is_stopped() { Parted::default() } else { Parted::new(pieces[at], parts, part_of) }
    });
    watch.check()?;

    let mut rest = values;
    let mut slices: Vec<(usize, &mut [T])> = Vec::with_capacity(parts);
    for part in 0..parts {
        let length = pieces.iter().map(|piece| piece.of(part).len()).sum();
        let (slice, remaining) = rest.split_at_mut(length);
        slices.push((part, slice));
        rest = remaining;
    }
    consume(slices.into_iter(), |(part, slice)| {
        if watch.is_stopped() {
            return;
        }
        let mut start = 0;
        for piece in &pieces {
            let from = piece.of(part);
            slice[start..start + from.len()].copy_from_slice(from);
            start += from.len();
        }
        if part % 2 == 0 {
            slice.sort_unstable_by(order);
        }
    });
    watch.check()
}

/// Values that divide the others into parts of about equal size, ascending and distinct.
fn borders<T: Copy, F: Fn(&T, &T) -> Ordering + ?Sized>(values: &[T], order: &F) -> Vec<T> {
    let count = (2 * values.len() / PIECE).clamp(1, BORDERS);
    let size = (count + 1) * OVERSAMPLING;
    let mut sample: Vec<T> = (0..size).map(|at| values[at * values.len() / size]).collect();
    sample.sort_unstable_by(order);
    let mut borders: Vec<T> = (1..=count).map(|border| sample[border * OVERSAMPLING]).collect();
    borders.dedup_by(|a, b| order(a, b) == Ordering::Equal);
    borders
}

/// The values of a piece, part by part.
struct Parted<T> {
    values: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for Parted<T> {
    fn default() -> Self {
        Self { values: Vec::new(), ends: Vec::new() }
    }
}

impl<T: Copy> Parted<T> {
    fn new(piece: &[T], parts: usize, part_of: impl Fn(&T) -> usize) -> Self {
        let part_of: Vec<u16> = piece.iter().map(|value| part_of(value) as u16).collect();
        let mut next = vec![0_u32; parts + 1];
        for &part in &part_of {
            next[part as usize + 1] += 1;
        }
        for part in 0..parts {
            next[part + 1] += next[part];
        }
        let mut values = piece.to_vec();
        for (value, part) in piece.iter().zip(part_of) {
            let at = &mut next[part as usize];
            values[*at as usize] = *value;
            *at += 1;
        }
        // Each start has moved to the end of its part.
        Self { values, ends: next }
    }

    fn of(&self, part: usize) -> &[T] {
        let start = if part == 0 { 0 } else { self.ends[part - 1] };
        &self.values[start as usize..self.ends[part] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::pool::pool;
    use crate::error::Kind;

    /// Pseudo-random numbers below `below`.
    fn numbers(count: usize, below: u64) -> Vec<u64> {
        let mut state = 1_u64;
        let next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn values_are_sorted_as_the_library_sorts_them() {
        for (count, below) in [(0, 9), (1, 9), (100, 1 << 30), (300_000, 1 << 30), (300_000, 3), (300_000, 1)]
        {
            let given = numbers(count, below);
            let mut expected = given.clone();
            expected.sort_unstable();
            let falling: Vec<u64> = expected.iter().rev().copied().collect();
            for threads in [1, 2] {
                let pool = pool(Some(threads)).unwrap();
                let (mut rising, mut turned, mut sorted) = (given.clone(), given.clone(), falling.clone());
                pool.install(|| sort(&mut rising, &Watch::default())).unwrap();
                pool.install(|| sort_by(&mut turned, &Watch::default(), |a, b| b.cmp(a))).unwrap();
                pool.install(|| sort(&mut sorted, &Watch::default())).unwrap();
                assert!(
                    rising == expected && turned == falling && sorted == expected,
                    "{count} below {below}"
                );
            }
        }
    }

    #[test]
    fn a_stop_takes_effect_within_a_piece_or_two() {
        use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
        let (watch, compared) = (Watch::default(), AtomicUsize::new(0));
        let mut values = numbers(1_000_000, 1 << 30);
        let order = |a: &u64, b: &u64| {
            if compared.fetch_add(1, Relaxed) == 1_000_000 {
                watch.stop();
            }
            a.cmp(b)
        };
        let stopped = pool(Some(2)).unwrap().install(|| sort_by(&mut values, &watch, order));
        assert_eq!(stopped.unwrap_err().kind(), Kind::Cancelled);
        let after = compared.load(Relaxed) - 1_000_000;
        assert!(after < 4 * PIECE * 16, "{after} comparisons after the stop");
    }
}
