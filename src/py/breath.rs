//! How is Ctrl-C heard in work on whole tables?
//!
//! Work that needs no Python goes through the one door, with a look now and then at whether to stop: [`heard`]. Work that makes objects
//! of Python holds the GIL; it takes a [`Breath`] after every few thousand of them, in which signals are heard and other threads run.

use pyo3::prelude::*;

use super::run::{aside, run};
use crate::batch::Watch;
use crate::error::Result;

/// Work of fewer bytes than this is over before anyone could stop it.
const SMALL: usize = 1 << 20;

/// So many objects are made in one breath.
const OBJECTS: usize = 1 << 12;

/// Does work on so many bytes, which asks now and then whether it shall go on.
pub(super) fn heard<T: Send>(
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

/// How much was done since signals were heard.
#[derive(Default)]
pub(super) struct Breath(usize);

impl Breath {
    /// Counts work, in objects made; hears signals and lets other threads run when it is time.
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
