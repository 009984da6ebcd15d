//! The one door out of the GIL.
//!
//! Work runs on the pool, detached from the interpreter; the calling thread waits, and comes back every few hundredths of
//! a second to hear Ctrl-C and to report progress.

use pyo3::prelude::*;

use crate::batch::{self, Watch};
use crate::error::Result;

/// Runs `work` on a pool of that many threads. What the interpreter or the progress callback raises stops it, and is raised.
pub(super) fn run<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    watch: &Watch,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    py.detach(|| batch::job(threads, watch, || listen(watch, progress), work))
}

/// Leaves the GIL for a short piece of work that needs none of the pool's watching.
pub(super) fn aside<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    Ok(py.detach(work)?)
}

fn listen(watch: &Watch, progress: Option<&Py<PyAny>>) -> PyResult<()> {
    Python::attach(|py| {
        py.check_signals()?;
        if let Some(progress) = progress {
            progress.call1(py, (watch.done(),))?;
        }
        Ok(())
    })
}
