//! May this thread enter the interpreter, or has it ended?
//!
//! At its exit the interpreter waits for no daemon thread. One that works outside meanwhile and then comes back would find
//! nothing there, and crash. So a thread that comes from outside asks here: while the interpreter runs it enters, and once it has ended the
//! thread stays where it is for good, as daemon threads do anyway.
//!
//! Between a look at the interpreter and the step into it the interpreter must not end. So its last act before that, an `atexit`
//! function, waits for those who are about to enter. Later ones wait for a moment before they look: then the interpreter has ended, or
//! other `atexit` functions are busy, perhaps waiting for them.
//!
//! Before version 3.14 an interpreter that ends makes a daemon thread that is inside, in a callback that has let go of the GIL for a
//! moment, unwind all its frames, ours among them. That must not happen either: it stays where it is.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// Whether the interpreter is about to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// How many threads are about to enter.
static ENTERING: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread ends the interpreter: it is inside.
    static ENDS: Cell<bool> = const { Cell::new(false) };
}

/// How long those wait who come late.
const MOMENT: Duration = Duration::from_millis(100);

/// How long the end waits for those who are about to enter. They need the time of a switch between threads.
const PATIENCE: Duration = Duration::from_secs(5);

const NAP: Duration = Duration::from_micros(100);

/// For as long as it lives, the interpreter does not end. To be dropped as soon as the thread is inside.
pub(super) struct Entry(());

impl Entry {
    /// `None` if the interpreter has ended.
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

    /// For a thread that has nowhere else to go: if the interpreter has ended, it stays here.
    pub(super) fn or_stay() -> Self {
        Self::new().unwrap_or_else(|| stay())
    }
}

fn stay() -> ! {
    loop {
        std::thread::park();
    }
}

/// Calls what calls Python code. If that is unwound and nothing panicked, it was the interpreter at its end: the thread stays here.
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
    // The compiler must not know what is called: it takes functions of C for such as never unwind, and would leave nothing to catch it.
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
