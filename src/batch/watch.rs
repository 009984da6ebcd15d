//! How far is a job, and should it stop?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, Kind, Result};

/// Shared by the threads that do a job and the one that watches it: how far it is, and whether it should stop.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    #[cfg(test)]
    looks: Arc<Looks>,
}

/// How often a job looked at its watch, and after how many looks it is stopped.
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
    /// A watch that stops the job at the look after so many.
    pub(crate) fn that_stops_after(looks: u64) -> Self {
        let watch = Self::default();
        watch.looks.allowed.store(looks, Ordering::Relaxed);
        watch
    }

    /// How often the job looked.
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

    /// How much work is finished.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// # Errors
    /// [`Kind::Cancelled`] if the job was asked to stop.
    #[inline]
    pub fn check(&self) -> Result<()> {
        if self.is_stopped() { Err(stopped()) } else { Ok(()) }
    }

    /// The items of an iterator, for as long as nobody stops the job: for loops whose steps take longer than a look at the watch.
    /// Ends early after a stop; a [job](super::pool::job) that was stopped has no result, whatever it made.
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
