//! How do threads share what is made once, so that none waits for itself?
//!
//! A worker of the pool that waits for a result takes up other work meanwhile. If it did so while it held a lock, or while it
//! filled a cell that others wait for, the work that it takes up could wait for that same lock: nothing would ever move again.
//! And a process that forks while another thread holds a lock has a child in which nobody will ever release it.
//!
//! So the crate has no other locks than these, and each keeps two rules:
//! - **No pool work under a lock.** A thread that holds one is refused by the pool ([`hands_are_free`]). What takes long is made
//!   without a lock and then kept: [`Once::get_or_make`] lets two threads make the same thing at once, and keeps the first.
//! - **No fork under a lock.** [`before_fork`] waits until no thread holds any, and keeps new holders waiting until
//!   [`after_fork`].
//!
//! Nobody who holds a lock may wait for the interpreter, since the thread that forks has it. And nobody who has the interpreter may wait for a fork
//! to be over, since the fork needs the interpreter; such a thread cannot be forked under anyway, if it gives back its lock first. So only
//! those wait that are [`outside`] the interpreter.

use std::cell::Cell;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
#[expect(clippy::disallowed_types, reason = "this file is what the others use in their place")]
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Result};

/// Which of the pool's threads the caller is, if it is one.
pub fn thread() -> Option<usize> {
    rayon::current_thread_index()
}

/// Whether the caller is a thread of a pool.
pub fn is_worker() -> bool {
    thread().is_some()
}

thread_local! {
    /// How many locks this thread holds.
    static HELD: Cell<usize> = const { Cell::new(0) };

    /// Whether this thread works outside the interpreter that it belongs to. Those of a pool always do.
    static OUTSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Does work outside the interpreter, which the calling thread has left.
pub fn outside<R>(work: impl FnOnce() -> R) -> R {
    placed(true, work)
}

/// Does work inside the interpreter, to which the calling thread has come back meanwhile.
pub fn inside<R>(work: impl FnOnce() -> R) -> R {
    placed(false, work)
}

fn placed<R>(outside: bool, work: impl FnOnce() -> R) -> R {
    /// Puts the thread back where it was, also after a panic.
    struct Back(bool);

    impl Drop for Back {
        fn drop(&mut self) {
            OUTSIDE.set(self.0);
        }
    }

    let _back = Back(OUTSIDE.replace(outside));
    work()
}

/// How many threads hold a lock.
static HOLDERS: AtomicUsize = AtomicUsize::new(0);

/// Whether a thread is about to fork.
static FORKING: AtomicBool = AtomicBool::new(false);

/// How long a fork waits for holders. None takes a tenth of it; a defect shall not keep a process from forking.
const PATIENCE: Duration = Duration::from_secs(10);

const NAP: Duration = Duration::from_micros(100);

/// For as long as it lives, this thread counts as a holder of a lock. Taken before the lock itself.
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

/// To be called by a thread that is about to fork: waits until no other thread holds a lock.
pub fn before_fork() {
    FORKING.store(true, Ordering::SeqCst);
    let own = usize::from(HELD.with(Cell::get) > 0);
    let start = Instant::now();
    while HOLDERS.load(Ordering::SeqCst) > own && start.elapsed() < PATIENCE {
        std::thread::sleep(NAP);
    }
}

/// To be called by the thread that forked, in the parent and in the child.
pub fn after_fork() {
    FORKING.store(false, Ordering::SeqCst);
}

/// # Errors
/// [`Kind::Internal`] if this thread holds a lock: then it must not wait for the pool.
pub(super) fn hands_are_free() -> Result<()> {
    if HELD.with(Cell::get) > 0 {
        return Err(Error::new(Kind::Internal, "work for the pool under a lock; please report this"));
    }
    Ok(())
}

/// A value that threads change one after the other.
#[derive(Debug, Default)]
#[expect(clippy::disallowed_types, reason = "guarded by a hold")]
pub struct Guarded<T>(Mutex<T>);

impl<T> Guarded<T> {
    /// A value that no thread holds.
    #[expect(clippy::disallowed_types, reason = "guarded by a hold")]
    pub const fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    /// Calls `change` with the value while no other thread has it. It should be short; what it returns cannot borrow from the value. A
    /// thread that panicked while it held the value does not keep others from it.
    pub fn with<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let _hold = Hold::new();
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
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

    /// The value, if there is one.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// Fills the cell, unless it is filled already.
    pub fn fill(&self, value: T) {
        let _hold = Hold::new();
        // Whoever came first made an equal value.
        let _ = self.0.set(value);
    }

    /// The value; made first if there is none. Several threads may make it at once, and must make equal ones: the first is kept. So
    /// `make` runs without a lock, may use the pool, and may fail, be stopped or ask for this very cell.
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

/// A value of the program, such as a word list, that is read when it is first used. To read it may take some milliseconds and must not use the
/// pool.
#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "guarded by a hold")]
pub struct Static<T: 'static> {
    cell: OnceLock<T>,
    read: fn() -> T,
}

impl<T> Static<T> {
    /// A value that `read` reads.
    #[expect(clippy::disallowed_types, reason = "guarded by a hold")]
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
        static LIST: Static<bool> = Static::new(|| hands_are_free().is_err());
        let value = Guarded::new(1);
        assert!(hands_are_free().is_ok());
        assert_eq!(value.with(|_| hands_are_free()).unwrap_err().kind(), Kind::Internal);
        assert!(hands_are_free().is_ok());
        assert!(*LIST);
    }

    #[test]
    fn a_lock_outlives_a_panic_and_is_released_by_it() {
        let value = Guarded::new(1);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| value.with(|_| panic!())));
        assert!(panicked.is_err() && hands_are_free().is_ok());
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
