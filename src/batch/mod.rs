//! How is work spread over threads, watched and stopped?
//!
//! Work is cut into pieces that do not depend on the number of threads, and results come back in the order of the
//! pieces: one thread equals eight. This room knows nothing of text.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::error::{Error, Kind, Result};

/// Shared by whoever does a job and whoever watches it: how far it is, and whether it shall stop.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
}

impl Watch {
    /// Asks the job to stop at the next piece.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Adds finished work, in units of the job's own.
    pub fn add(&self, work: u64) {
        self.done.fetch_add(work, Ordering::Relaxed);
    }

    /// How much work is finished.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// # Errors
    /// [`Kind::Cancelled`] where the job was asked to stop.
    pub fn check(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::new(Kind::Cancelled, "stopped by the caller"));
        }
        Ok(())
    }
}

/// What a mutex guards, even where a thread that held it has panicked.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many threads "all cores" are.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The most threads a caller can ask for.
pub const MOST_THREADS: usize = 1024;

type Pools = HashMap<(u32, usize), Arc<ThreadPool>>;

/// A pool of that many threads; all cores where none is given.
///
/// Pools are kept for the next call, and belong to one process: after a fork the child makes its own, since threads
/// do not cross a fork.
///
/// # Errors
/// [`Kind::BadOption`]: zero or too many threads, or the system gives none.
pub fn pool(threads: Option<usize>) -> Result<Arc<ThreadPool>> {
    static POOLS: LazyLock<Mutex<Pools>> = LazyLock::new(Mutex::default);
    let threads = threads.unwrap_or_else(cores);
    if !(1..=MOST_THREADS).contains(&threads) {
        return Err(Error::new(
            Kind::BadOption,
            format!("threads={threads} is out of range; expected 1 to {MOST_THREADS}, or None for all cores"),
        )
        .in_field("threads"));
    }
    let mut pools = locked(&POOLS);
    let key = (std::process::id(), threads);
    if let Some(pool) = pools.get(&key) {
        return Ok(Arc::clone(pool));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        // A task that panics is told by the result that it does not send; the default would end the process.
        .panic_handler(|_| {})
        .thread_name(|i| format!("nutgraf-{i}"))
        .build()
        .map_err(|error| Error::new(Kind::BadOption, format!("threads={threads}: {error}")))?;
    let pool = Arc::new(pool);
    pools.insert(key, Arc::clone(&pool));
    Ok(pool)
}

/// Applies `work` to each piece in parallel (within the pool that the caller runs in); results in the order of the
/// pieces.
///
/// # Errors
/// The first failure in the order of the pieces, or [`Kind::Cancelled`].
pub fn map<T: Sync, R: Send>(
    pieces: &[T],
    watch: &Watch,
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let results: Vec<Result<R>> = pieces
        .par_iter()
        .map(|piece| {
            watch.check()?;
            work(piece)
        })
        .collect();
    results.into_iter().collect()
}

/// As [`map`], with a state for each thread that works, made when it takes its first piece; a result must not depend on what
/// its thread did before.
///
/// # Errors
/// As [`map`].
pub fn map_with_state<T: Sync, S: Send, R: Send>(
    pieces: &[T],
    watch: &Watch,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let idle: Mutex<Vec<S>> = Mutex::default();
    map(pieces, watch, |piece| {
        let taken = locked(&idle).pop();
        let mut mine = taken.unwrap_or_else(&state);
        let result = work(&mut mine, piece);
        locked(&idle).push(mine);
        result
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        let pieces: Vec<u32> = (0..1000).collect();
        let doubled = pool(Some(2)).unwrap().install(|| map(&pieces, &Watch::default(), |&n| Ok(n * 2)));
        assert_eq!(doubled.unwrap(), pieces.iter().map(|n| n * 2).collect::<Vec<_>>());
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
    }

    #[test]
    fn zero_threads_are_refused() {
        let error = pool(Some(0)).unwrap_err();
        assert_eq!(error.what(), "threads=0 is out of range; expected 1 to 1024, or None for all cores");
    }
}
