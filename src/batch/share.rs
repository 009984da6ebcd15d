//! How do threads share what is made once, without deadlocks?
//!
//! A worker of the pool that waits for a result executes other work in the meantime. If it did so
//! while it held a lock, or while it filled a cell that others wait for, that other work could wait
//! for the same lock, and the pool would deadlock. And if a process forks while another thread
//! holds a lock, nobody in the child will ever release that lock.
//!
//! The crate therefore has no locks other than these, and each follows two rules:
//!
//! - **No pool work under a lock.** The pool rejects work from a thread that holds a lock
//!   ([`require_no_lock`]). Anything that takes long is made without a lock and stored afterwards:
//!   [`Once::get_or_make`] allows two threads to make the same value at once, and keeps the first.
//! - **No fork under a lock.** [`before_fork`] waits until no thread holds a lock, and keeps new
//!   holders waiting until [`after_fork`].
//!
//! A thread that holds a lock must not wait for the interpreter, because the thread that forks has
//! it. A thread that has the interpreter must not wait for the end of a fork, because the fork
//! needs the interpreter; no fork can happen under such a thread anyway, provided that it releases
//! its lock first. So only threads [`outside`] the interpreter wait.

use std::cell::Cell;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
#[expect(clippy::disallowed_types, reason = "this file wraps them for the rest of the crate")]
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Result};

/// The index of the calling thread within its pool, if it belongs to one.
pub fn thread() -> Option<usize> {
    rayon::current_thread_index()
}

/// Whether the calling thread belongs to a pool.
pub fn is_worker() -> bool {
    thread().is_some()
}

thread_local! {
    /// The number of locks that this thread holds.
    static HELD: Cell<usize> = const { Cell::new(0) };

    /// Whether this thread works outside the interpreter. Threads of a pool always do.
    static OUTSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` while the calling thread is outside the interpreter, which it has left.
pub fn outside<R>(work: impl FnOnce() -> R) -> R {
    placed(true, work)
}

/// Runs `work` while the calling thread is back inside the interpreter.
pub fn inside<R>(work: impl FnOnce() -> R) -> R {
    placed(false, work)
}

fn placed<R>(outside: bool, work: impl FnOnce() -> R) -> R {
    /// Restores the previous state of the thread, also after a panic.
    struct Back(bool);

    impl Drop for Back {
        fn drop(&mut self) {
            OUTSIDE.set(self.0);
        }
    }

    let _back = Back(OUTSIDE.replace(outside));
    work()
}

/// The number of threads that hold a lock.
static HOLDERS: AtomicUsize = AtomicUsize::new(0);

/// Whether a thread is about to fork.
static FORKING: AtomicBool = AtomicBool::new(false);

/// How long a fork waits for lock holders. None holds a lock for a tenth of that time; the limit
/// keeps a defect from blocking forks forever.
const PATIENCE: Duration = Duration::from_secs(10);

const NAP: Duration = Duration::from_micros(100);

/// While it exists, this thread counts as the holder of a lock. Created before the lock is taken.
struct Hold;

impl Hold {
    fn new() -> Self {
        HELD.with(|held| {
            if held.replace(held.get() + 1) == 0 {
                enter();
            }
        });
        Self
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        HELD.with(|held| {
            if held.replace(held.get() - 1) == 1 {
                HOLDERS.fetch_sub(1, Ordering::SeqCst);
            }
        });
    }
}

fn enter() {
    loop {
        HOLDERS.fetch_add(1, Ordering::SeqCst);
        if !FORKING.load(Ordering::SeqCst) || !(OUTSIDE.get() || is_worker()) {
            return;
        }
        HOLDERS.fetch_sub(1, Ordering::SeqCst);
        std::thread::sleep(NAP);
    }
}

/// Must be called by a thread that is about to fork: waits until no other thread holds a lock.
pub fn before_fork() {
    FORKING.store(true, Ordering::SeqCst);
    let own = usize::from(HELD.with(Cell::get) > 0);
    let start = Instant::now();
    while HOLDERS.load(Ordering::SeqCst) > own && start.elapsed() < PATIENCE {
        std::thread::sleep(NAP);
    }
}

/// Must be called after the fork by the thread that forked, in the parent and in the child.
pub fn after_fork() {
    FORKING.store(false, Ordering::SeqCst);
}

/// Checks that this thread holds no lock, because it must not wait for the pool under one.
///
/// # Errors
/// [`Kind::Internal`] if it holds one.
pub(super) fn require_no_lock() -> Result<()> {
    if HELD.with(Cell::get) > 0 {
        return Err(Error::new(
            Kind::Internal,
            "a thread that holds a lock must not use the pool; please report this",
        ));
    }
    Ok(())
}

/// A value that threads change one at a time.
#[derive(Debug, Default)]
#[expect(clippy::disallowed_types, reason = "guarded by a `Hold`")]
pub struct Guarded<T>(Mutex<T>);

impl<T> Guarded<T> {
    /// A value that no thread holds yet.
    #[expect(clippy::disallowed_types, reason = "guarded by a `Hold`")]
    pub const fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    /// Calls `change` with exclusive access to the value. `change` should be short; its result
    /// cannot borrow from the value. A thread that panicked while it held the value does not lock
    /// others out.
    pub fn with<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let _hold = Hold::new();
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The value, when no other thread can reach it any more.
    pub(super) fn into_inner(self) -> T {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A cell that is filled at most once.
#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "filled without a lock")]
pub struct Once<T>(OnceLock<T>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Once<T> {
    /// An empty cell.
    #[expect(clippy::disallowed_types, reason = "filled without a lock")]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The value, if the cell is filled.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// Fills the cell, unless it is filled already.
    pub fn fill(&self, value: T) {
        let _hold = Hold::new();
        // If another thread was first, its value is equal.
        let _ = self.0.set(value);
    }

    /// The value, which is made first if the cell is empty. Several threads may make it at once and
    /// must make equal values; the first is kept. Because `make` runs without a lock, it may use
    /// the pool, fail, be stopped, or read this same cell.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn get_or_make(&self, make: impl FnOnce() -> Result<T>) -> Result<&T> {
        if let Some(value) = self.0.get() {
            return Ok(value);
        }
        self.fill(make()?);
        self.0.get().ok_or_else(|| Error::new(Kind::Internal, "a filled cell is empty; please report this"))
    }
}

/// A constant of the program, such as a word list, that is read on first use. Reading may take some
/// milliseconds and must not use the pool.
#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "guarded by a `Hold`")]
pub struct Static<T: 'static> {
    cell: OnceLock<T>,
    read: fn() -> T,
}

impl<T> Static<T> {
    /// A value that is read by `read`.
    #[expect(clippy::disallowed_types, reason = "guarded by a `Hold`")]
    pub const fn new(read: fn() -> T) -> Self {
        Self { cell: OnceLock::new(), read }
    }
}

impl<T> Deref for Static<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match self.cell.get() {
            Some(value) => value,
            None => self.first(),
        }
    }
}

impl<T> Static<T> {
    #[cold]
    fn first(&self) -> &T {
        let _hold = Hold::new();
        self.cell.get_or_init(self.read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_holds_a_lock_gets_no_pool() {
        static LIST: Static<bool> = Static::new(|| require_no_lock().is_err());
        let value = Guarded::new(1);
        assert!(require_no_lock().is_ok());
        assert_eq!(value.with(|_| require_no_lock()).unwrap_err().kind(), Kind::Internal);
        assert!(require_no_lock().is_ok());
        assert!(*LIST);
    }

    #[test]
    fn a_lock_outlives_a_panic_and_is_released_by_it() {
        let value = Guarded::new(1);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| value.with(|_| panic!())));
        assert!(panicked.is_err() && require_no_lock().is_ok());
        assert_eq!(value.with(|value| *value), 1);
    }

    #[test]
    fn a_cell_may_be_asked_for_while_it_is_filled() {
        let cell = Once::new();
        let inner = || cell.get_or_make(|| Ok(1)).copied();
        assert_eq!(cell.get_or_make(inner).unwrap(), &1);
        let failed: Once<u8> = Once::new();
        assert!(failed.get_or_make(|| Err(Error::new(Kind::Cancelled, "no"))).is_err());
        assert!(failed.get().is_none());
    }

    #[test]
    fn a_fork_waits_for_whoever_holds_a_lock() {
        use std::sync::Arc;
        let (value, done) = (Arc::new(Guarded::new(false)), Arc::new(AtomicBool::new(false)));
        let (held, started) = (Arc::clone(&value), Arc::clone(&done));
        let holder = std::thread::spawn(move || {
            held.with(|value| {
                started.store(true, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(50));
                *value = true;
            });
        });
        while !done.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        before_fork();
        let late = Arc::clone(&value);
        let waiting = std::thread::spawn(move || outside(|| late.with(|value| *value)));
        std::thread::sleep(Duration::from_millis(20));
        assert!(!waiting.is_finished(), "nobody outside gets a lock while a thread forks");
        assert!(value.with(|value| *value), "whoever has the interpreter does");
        after_fork();
        assert!(waiting.join().unwrap());
        holder.join().unwrap();
    }
}
