//! How does work run ahead of whoever takes its results, one after another?
//!
//! The work runs on a separate thread, which waits when it is a few results ahead. It ends when
//! it is done, or soon after nobody takes its results any more.
//!
//! Whoever waits for a result must not be a worker of a pool. The work may use a pool, and a worker
//! that helps with it, and meanwhile takes up a job that waits for the result, would wait for
//! itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::pool::{defect, reason};
use super::share::{is_worker, outside};
use super::watch::Watch;
use crate::error::{Error, Kind, Result};

/// Takes the results of work that runs ahead.
#[derive(Debug)]
pub struct Feed<T> {
    results: Receiver<Result<T>>,
    watch: Watch,
    process: u32,
}

/// Takes a result from the work.
#[derive(Debug)]
pub struct Feeder<T> {
    results: SyncSender<Result<T>>,
    watch: Watch,
}

impl<T> Clone for Feeder<T> {
    fn clone(&self) -> Self {
        Self { results: self.results.clone(), watch: self.watch.clone() }
    }
}

impl<T> Feeder<T> {
    /// Hands on a result. Waits while others have not been taken.
    ///
    /// # Errors
    /// [`Kind::Cancelled`]: nobody takes results any more.
    pub fn send(&self, result: T) -> Result<()> {
        self.watch.check()?;
        if self.results.send(Ok(result)).is_err() {
            self.watch.stop();
        }
        self.watch.check()
    }
}

/// Starts work that runs at most `ahead` results ahead.
///
/// # Errors
/// [`Kind::Internal`]: the system cannot create a thread.
pub fn feed<T: Send + 'static>(
    ahead: usize,
    watch: &Watch,
    work: impl FnOnce(&Feeder<T>) -> Result<()> + Send + 'static,
) -> Result<Feed<T>> {
    let (sender, results) = sync_channel(ahead);
    let feeder = Feeder { results: sender, watch: watch.clone() };
    let job = move || {
        let done = catch_unwind(AssertUnwindSafe(|| outside(|| work(&feeder))));
        if let Err(error) = done.unwrap_or_else(|panic| Err(defect(&reason(&*panic)))) {
            let _ = feeder.results.send(Err(error)); // if nobody is there, nobody minds
        }
    };
    let started = std::thread::Builder::new().name("nutgraf-feed".to_owned()).spawn(job);
    started.map_err(|error| {
        Error::new(Kind::Internal, format!("the system cannot create a thread to read ahead ({error})"))
    })?;
    Ok(Feed { results, watch: watch.clone(), process: std::process::id() })
}

impl<T> Feed<T> {
    /// Checks that the work runs in this process.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: the process was forked from the one in which the work runs.
    pub fn expect_here(&self) -> Result<()> {
        if self.process != std::process::id() {
            let what = "a stream was opened before the process forked; open it in the new process";
            return Err(Error::new(Kind::BadOption, what));
        }
        Ok(())
    }

    /// Waits for the next result; `None` after the last.
    ///
    /// # Errors
    /// That of the work. [`Kind::Cancelled`]. [`Feed::expect_here`]. [`Kind::Internal`]: the caller
    /// is a worker of a pool.
    pub fn next(&self) -> Result<Option<T>> {
        self.expect_here()?;
        if is_worker() {
            return Err(defect("it waits for work that may need it"));
        }
        let result = self.results.recv().ok().transpose()?;
        self.watch.check()?;
        Ok(result)
    }
}

impl<T> Drop for Feed<T> {
    fn drop(&mut self) {
        self.watch.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::pool;

    #[test]
    fn results_come_in_order_and_then_the_end() {
        let feed = feed(2, &Watch::default(), |feeder| (0..100).try_for_each(|n| feeder.send(n))).unwrap();
        let taken: Vec<i32> = std::iter::from_fn(|| feed.next().unwrap()).collect();
        assert_eq!(taken, (0..100).collect::<Vec<_>>());
        assert_eq!(feed.next().unwrap(), None);
    }

    #[test]
    fn work_that_fails_or_panics_is_an_error_after_its_results() {
        let fails = feed(2, &Watch::default(), |feeder| {
            feeder.send(1)?;
            Err(Error::new(Kind::BadFile, "is damaged"))
        });
        let fails = fails.unwrap();
        assert_eq!(fails.next().unwrap(), Some(1));
        assert_eq!(fails.next().unwrap_err().what(), "is damaged");
        let panics = feed::<u8>(2, &Watch::default(), |_| panic!("on purpose")).unwrap();
        assert_eq!(panics.next().unwrap_err().kind(), Kind::Internal);
    }

    #[test]
    fn a_worker_is_refused_instead_of_waiting_for_itself() {
        let feed = feed(1, &Watch::default(), |feeder| feeder.send(7)).unwrap();
        let (refused, feed) = pool(Some(1)).unwrap().install(move || (feed.next(), feed));
        assert_eq!(refused.unwrap_err().kind(), Kind::Internal);
        assert_eq!(feed.next().unwrap(), Some(7));
    }

    #[test]
    fn work_ends_when_nobody_takes_its_results() {
        let (ended, ends) = sync_channel(1);
        let feed = feed(1, &Watch::default(), move |feeder| {
            let done = (0..).try_for_each(|n: u64| feeder.send(n));
            let _ = ended.send(done.is_err());
            done
        });
        let feed = feed.unwrap();
        assert_eq!(feed.next().unwrap(), Some(0));
        drop(feed);
        assert!(ends.recv().unwrap());
    }
}
