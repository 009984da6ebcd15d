//! How is a function applied to many pieces?
//!
//! Everything here runs on the pool that the caller [runs in](super::pool::job).

use super::pool::threads;
use super::share::{Guarded, require_no_lock};
use super::spread::{consume, gather};
use super::watch::Watch;
use crate::error::Result;

/// Applies `work` to each piece. Results are in the order of the pieces.
///
/// # Errors
/// The first failure in the order of the pieces; [`crate::error::Kind::Cancelled`] if the job was
/// stopped; [`crate::error::Kind::Internal`] if the caller holds a lock.
pub fn map<T: Sync, R: Send>(
    pieces: &[T],
    watch: &Watch,
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    require_no_lock()?;
    let results = gather(pieces.len(), |at| {
        watch.check()?;
        work(&pieces[at])
    });
    results.into_iter().collect()
}

/// [`map`] with one state per thread, created when the thread takes its first piece. A result must
/// not depend on what the thread did before.
///
/// # Errors
/// As for [`map`].
pub fn map_with_state<T: Sync, S: Send, R: Send>(
    pieces: &[T],
    watch: &Watch,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let idle: Guarded<Vec<S>> = Guarded::default();
    map(pieces, watch, |piece| {
        let mut mine = idle.with(Vec::pop).unwrap_or_else(&state);
        let result = work(&mut mine, piece);
        idle.with(|idle| idle.push(mine));
        result
    })
}

/// The values of `work` at 0, 1, 2 … below `count`: for many short steps.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`] if the job was stopped; [`crate::error::Kind::Internal`] if
/// the caller holds a lock.
pub fn fill<R: Send + Default>(
    count: usize,
    watch: &Watch,
    work: impl Fn(usize) -> R + Sync,
) -> Result<Vec<R>> {
    /// For fewer steps, moving them to another thread costs more than it saves.
    const LEAST: usize = 256;
    /// How many pieces there are per thread, so that none waits long for the last one.
    const PIECES: usize = 16;
    require_no_lock()?;
    let size = count.div_ceil(PIECES * threads()).max(LEAST);
    let mut values = Vec::new();
    values.resize_with(count, R::default);
    consume(values.chunks_mut(size).enumerate(), |(piece, values)| {
        for (value, at) in values.iter_mut().zip(piece * size..) {
            // After a stop the remaining steps cost almost nothing.
            if !watch.is_stopped() {
                *value = work(at);
            }
        }
    });
    watch.check()?;
    Ok(values)
}

/// Changes each value in place.
///
/// # Errors
/// As for [`fill`].
pub fn each_mut<T: Send>(values: &mut [T], watch: &Watch, change: impl Fn(&mut T) + Sync) -> Result<()> {
    require_no_lock()?;
    consume(values.iter_mut(), |value| {
        if !watch.is_stopped() {
            change(value);
        }
    });
    watch.check()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::batch::pool::pool;
    use crate::error::Kind;

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        let pieces: Vec<u32> = (0..1000).collect();
        let doubled = pool(Some(2)).unwrap().install(|| map(&pieces, &Watch::default(), |&n| Ok(n * 2)));
        assert_eq!(doubled.unwrap(), pieces.iter().map(|n| n * 2).collect::<Vec<_>>());
        let filled = pool(Some(2)).unwrap().install(|| fill(1000, &Watch::default(), |at| at * 2));
        assert_eq!(filled.unwrap(), (0..1000).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn threads_keep_their_state_from_piece_to_piece() {
        let made = AtomicU64::new(0);
        let state = || made.fetch_add(1, Ordering::Relaxed);
        let pieces = [0; 100];
        let work = |_: &mut u64, _: &i32| Ok(());
        pool(Some(2)).unwrap().install(|| map_with_state(&pieces, &Watch::default(), state, work)).unwrap();
        assert!((1..=2).contains(&made.load(Ordering::Relaxed)));
    }

    #[test]
    fn a_stopped_job_says_so() {
        let watch = Watch::default();
        watch.stop();
        assert_eq!(map(&[1], &watch, |&n| Ok(n)).unwrap_err().kind(), Kind::Cancelled);
        assert_eq!(fill(1, &watch, |n| n).unwrap_err().kind(), Kind::Cancelled);
        assert_eq!(each_mut(&mut [1], &watch, |_| ()).unwrap_err().kind(), Kind::Cancelled);
    }

    #[test]
    fn work_for_the_pool_under_a_lock_is_refused() {
        let value = Guarded::new(());
        let refused = value.with(|()| map(&[1], &Watch::default(), |&n| Ok(n)));
        assert_eq!(refused.unwrap_err().kind(), Kind::Internal);
    }
}
