//! May this thread enter the interpreter, or has the interpreter ended?
//!
//! When the interpreter exits, it does not wait for daemon threads. A thread that works outside the
//! interpreter in the meantime and then returns would find nothing there, and crash. So a thread
//! that comes from outside asks here first: while the interpreter runs, the thread enters; once it
//! has ended, the thread blocks forever, as daemon threads do anyway.
//!
//! The interpreter must not end between the check and the entry. So its last action before the end,
//! an `atexit` function, waits for the threads that are about to enter. Threads that come later
//! wait for a moment before they check: by then the interpreter has ended, or other `atexit`
//! functions are busy, perhaps waiting for these threads.
//!
//! Before version 3.14, when a daemon thread is inside a callback and has released the GIL for a
//! moment, an interpreter that ends unwinds all frames of that thread, including ours. This must
//! not happen either: the thread blocks instead.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// Whether the interpreter is about to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// The number of threads that are about to enter.
static ENTERING: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread is the one that ends the interpreter, and so is inside it.
    static ENDS: Cell<bool> = const { Cell::new(false) };
}

/// How long threads wait that come after the end has begun.
const MOMENT: Duration = Duration::from_millis(100);

/// How long the end waits for threads that are about to enter. They need as long as a switch
/// between threads.
const PATIENCE: Duration = Duration::from_secs(5);

const NAP: Duration = Duration::from_micros(100);

/// While it exists, the interpreter does not end. Must be dropped as soon as the thread is inside.
pub(super) struct Entry(());

impl Entry {
    /// Permission to enter; `None` if the interpreter has ended.
    pub(super) fn new() -> Option<Self> {
        ENTERING.fetch_add(1, Ordering::SeqCst);
        let entry = Self(());
        if !ENDING.load(Ordering::SeqCst) || ENDS.get() {
            return Some(entry);
        }
        drop(entry);
        std::thread::sleep(MOMENT);
        Python::try_attach(|_| ())?;
        ENTERING.fetch_add(1, Ordering::SeqCst);
        Some(Self(()))
    }

    /// For a thread that cannot do anything else: if the interpreter has ended, the thread blocks
    /// here.
    pub(super) fn or_stay() -> Self {
        Self::new().unwrap_or_else(|| stay())
    }
}

fn stay() -> ! {
    loop {
        std::thread::park();
    }
}

/// Calls a function that calls Python code. If the call is unwound without a panic, the cause was
/// the end of the interpreter, and the thread blocks here.
pub(super) fn called(mut call: impl FnMut()) {
    struct Unwound;

    impl Drop for Unwound {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                stay();
            }
        }
    }

    let unwound = Unwound;
    // The call must be opaque to the compiler: it assumes that C functions never unwind, and would
    // remove the code that catches the unwinding.
    let unknown: &mut dyn FnMut() = std::hint::black_box(&mut call);
    unknown();
    std::mem::forget(unwound);
}

impl Drop for Entry {
    fn drop(&mut self) {
        ENTERING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Makes the interpreter wait, before it ends, for threads that are about to enter it.
pub(super) fn heed_exit(py: Python<'_>) -> PyResult<()> {
    #[pyfunction]
    fn before_exit(py: Python<'_>) {
        ENDS.set(true);
        ENDING.store(true, Ordering::SeqCst);
        let start = Instant::now();
        while ENTERING.load(Ordering::SeqCst) > 0 && start.elapsed() < PATIENCE {
            py.detach(|| std::thread::sleep(NAP));
        }
    }

    py.import("atexit")?.call_method1("register", (wrap_pyfunction!(before_exit, py)?,))?;
    Ok(())
}
