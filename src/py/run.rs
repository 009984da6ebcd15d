//! The one door out of the GIL.
//!
//! Work runs on the pool, detached from the interpreter; the calling thread waits, and comes back every few hundredths of
//! a second to hear Ctrl-C and to report progress.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyo3::prelude::*;

use crate::batch::{self, Watch};
use crate::error::{Error, Kind, Result};

const LISTEN: Duration = Duration::from_millis(40);

/// Runs `work` on a pool of that many threads.
pub(super) fn run<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    watch: &Watch,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    let pool = batch::pool(threads)?;
    py.detach(|| {
        pool.in_place_scope(|scope| {
            let (sender, receiver) = channel();
            scope.spawn(move |_| {
                // The receiver waits until the work is done: it is there.
                let _ = sender.send(work());
            });
            let mut heard: PyResult<()> = Ok(());
            loop {
                match receiver.recv_timeout(LISTEN) {
                    Ok(result) => {
                        heard?;
                        return Ok(result?);
                    }
                    Err(RecvTimeoutError::Timeout) if heard.is_ok() => {
                        heard = listen(watch, progress);
                        if heard.is_err() {
                            watch.stop();
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(
                            Error::new(Kind::Internal, "a worker stopped short; please report this").into()
                        );
                    }
                }
            }
        })
    })
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
