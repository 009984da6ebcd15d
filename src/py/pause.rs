//! How does work on whole tables respond to Ctrl-C?
//!
//! Work that needs no Python leaves the GIL through `run`, and checks from time to time whether to
//! stop: [`run_watched`]. Work that creates Python objects holds the GIL; after every few thousand
//! objects it takes a [`Pause`], in which signals are checked and other threads run.

use pyo3::prelude::*;

use super::run::{aside, run};
use crate::batch::Watch;
use crate::error::Result;

/// Work on fewer bytes than this ends before anyone could stop it.
const SMALL: usize = 1 << 20;

/// How many objects are created between two pauses.
const OBJECTS: usize = 1 << 12;

/// Runs work on this many bytes, which checks from time to time whether to stop.
pub(super) fn run_watched<T: Send>(
    py: Python<'_>,
    bytes: usize,
    work: impl FnOnce(&Watch) -> Result<T> + Send,
) -> PyResult<T> {
    if bytes < SMALL {
        return Ok(work(&Watch::default())?);
    }
    let watch = Watch::default();
    run(py, None, &watch, None, || work(&watch))
}

/// The amount of work since signals were last checked.
#[derive(Default)]
pub(super) struct Pause(usize);

impl Pause {
    /// Counts work, in created objects. When it is time, checks for signals and lets other threads
    /// run.
    pub(super) fn after(&mut self, py: Python<'_>, objects: usize) -> PyResult<()> {
        self.0 += objects;
        if self.0 < OBJECTS {
            return Ok(());
        }
        self.0 = 0;
        aside(py, || Ok(()))?;
        py.check_signals()
    }
}
