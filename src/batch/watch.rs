//! How far is a job, and should it stop?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, Kind, Result};

/// The state shared by the threads that do a job and the thread that watches it: how far the job
/// is, and whether it should stop.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    #[cfg(test)]
    looks: Arc<Looks>,
}

/// How often a job checked its watch, and after how many checks it is stopped.
#[cfg(test)]
#[derive(Debug)]
struct Looks {
    taken: AtomicU64,
    allowed: AtomicU64,
}

#[cfg(test)]
impl Default for Looks {
    fn default() -> Self {
        Self { taken: AtomicU64::new(0), allowed: AtomicU64::new(u64::MAX) }
    }
}

#[cfg(test)]
impl Watch {
    /// A watch that lets this many checks pass and stops the job at the next one.
    pub(crate) fn that_stops_after(looks: u64) -> Self {
        let watch = Self::default();
        watch.looks.allowed.store(looks, Ordering::Relaxed);
        watch
    }

    /// How often the job checked.
    pub(crate) fn looks(&self) -> u64 {
        self.looks.taken.load(Ordering::Relaxed)
    }
}

impl Watch {
    /// Asks the job to stop at its next [check](Self::check).
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the job was asked to stop.
    #[inline]
    pub fn is_stopped(&self) -> bool {
        #[cfg(test)]
        if self.looks.taken.fetch_add(1, Ordering::Relaxed) >= self.looks.allowed.load(Ordering::Relaxed) {
            self.stop();
        }
        self.stop.load(Ordering::Relaxed)
    }

    /// Adds finished work, in units that the job chooses.
    pub fn add(&self, work: u64) {
        self.done.fetch_add(work, Ordering::Relaxed);
    }

    /// The amount of finished work.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Checks whether the job was asked to stop.
    ///
    /// # Errors
    /// [`Kind::Cancelled`] if it was.
    #[inline]
    pub fn check(&self) -> Result<()> {
        if self.is_stopped() { Err(stopped()) } else { Ok(()) }
    }

    /// The items of an iterator, until the job is stopped. For loops whose steps take longer than a
    /// check of the watch. After a stop the iterator ends early; a [job](super::pool::job) that was
    /// stopped discards its result.
    #[inline]
    pub fn through<I: IntoIterator>(&self, items: I) -> impl Iterator<Item = I::Item> + use<'_, I> {
        items.into_iter().take_while(|_| !self.is_stopped())
    }
}

#[cold]
fn stopped() -> Error {
    Error::new(Kind::Cancelled, "stopped by the caller")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_is_left_when_the_job_is_stopped() {
        let watch = Watch::default();
        assert_eq!(watch.through(0..10).count(), 10);
        let seen: Vec<i32> = watch
            .through(0..10)
            .inspect(|&n| {
                if n == 3 {
                    watch.stop();
                }
            })
            .collect();
        assert_eq!(seen, [0, 1, 2, 3]);
        assert_eq!(watch.check().unwrap_err().kind(), Kind::Cancelled);
    }
}
