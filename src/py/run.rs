//! How does work leave the GIL? Only here.
//!
//! Work runs on the pool, detached from the interpreter. The calling thread waits, and returns
//! every 20 milliseconds to check for Ctrl-C and to report progress.

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::exit::{Entry, called};
use crate::batch::{self, Watch};
use crate::error::{Error, Result};

/// Why there is no result.
enum Failure {
    /// The core failed.
    Core(Error),
    /// The interpreter, or code that it called, raised an exception.
    Raised(PyErr),
    /// The interpreter has ended: nobody waits for the result.
    Ended,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

/// Runs `work` on a pool of this many threads. An exception from the interpreter or the progress
/// callback stops the work and is raised.
pub(super) fn run<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    watch: &Watch,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    let listen = || inside(|py| report(py, progress, watch));
    outside(py, || batch::job(threads, watch, listen, work))
}

/// Runs `work` on a separate thread. Its reports are passed to `receive` on the calling thread; an
/// exception there stops the work and is raised.
pub(super) fn run_reporting<T: Send, N: Send>(
    py: Python<'_>,
    watch: &Watch,
    mut receive: impl FnMut(Python<'_>, N) -> PyResult<()> + Send,
    work: impl FnOnce(&mut dyn FnMut(N) -> Result<()>) -> Result<T> + Send,
) -> PyResult<T> {
    let listen = move |report: Option<N>| {
        inside(|py| {
            py.check_signals()?;
            report.map_or(Ok(()), |report| receive(py, report))
        })
    };
    outside(py, move || batch::talk(watch, listen, work))
}

/// Releases the GIL for a short piece of work that needs no pool and no watch.
pub(super) fn aside<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    outside(py, || Ok(work()?))
}

/// Checks for Ctrl-C in a loop that needs the GIL.
pub(super) struct SignalCheck<'py> {
    py: Python<'py>,
    done: usize,
}

impl<'py> SignalCheck<'py> {
    pub(super) fn new(py: Python<'py>) -> Self {
        Self { py, done: 0 }
    }

    /// Must be called after each step, with the number of bytes that it read.
    #[inline]
    pub(super) fn after(&mut self, bytes: usize) -> PyResult<()> {
        /// About a millisecond of work.
        const PIECE: usize = 1 << 20;
        /// The cost of a step that reads almost nothing.
        const STEP: usize = 1 << 8;
        self.done += bytes + STEP;
        if self.done < PIECE {
            return Ok(());
        }
        self.done = 0;
        self.py.check_signals()
    }

    /// The items of a list.
    pub(super) fn read<'a, T: for<'b> FromPyObject<'b, 'py, Error = PyErr>>(
        &mut self,
        list: &'a Bound<'py, PyList>,
    ) -> PyResult<Vec<T>> {
        let mut items = Vec::with_capacity(list.len());
        for item in list {
            items.push(item.extract()?);
            self.after(0)?;
        }
        Ok(items)
    }
}

fn report(py: Python<'_>, progress: Option<&Py<PyAny>>, watch: &Watch) -> PyResult<()> {
    py.check_signals()?;
    if let Some(progress) = progress {
        progress.call1(py, (watch.done(),))?;
    }
    Ok(())
}

fn outside<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> std::result::Result<T, Failure> + Send,
) -> PyResult<T> {
    let (result, _entry) = py.detach(|| {
        let result = batch::outside(work);
        (result, Entry::or_stay())
    });
    result.map_err(|failure| match failure {
        Failure::Core(error) => error.into(),
        Failure::Raised(error) => error,
        // The interpreter had ended when the work was stopped, and had not when the thread
        // returned; no interpreter does this.
        Failure::Ended => Error::new(crate::error::Kind::Cancelled, "the interpreter has ended").into(),
    })
}

/// Returns to the interpreter for a moment.
fn inside(call: impl FnOnce(Python<'_>) -> PyResult<()>) -> std::result::Result<(), Failure> {
    let entry = Entry::new().ok_or(Failure::Ended)?;
    let result = Python::try_attach(|py| {
        drop(entry);
        let (mut call, mut result) = (Some(call), Ok(()));
        batch::inside(|| {
            called(|| {
                if let Some(call) = call.take() {
                    result = call(py);
                }
            });
        });
        result
    });
    result.ok_or(Failure::Ended)?.map_err(Failure::Raised)
}
