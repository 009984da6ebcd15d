//! How does a job communicate with the thread that waits for it?
//!
//! A job that takes minutes, uses one thread and reports progress now and then, such as training,
//! gets its own thread: in a pool it would keep other work waiting. Its reports are handled on the
//! thread that started it, and the job waits until a report has been handled; so the handler may
//! start other jobs, and may fail.

use std::sync::mpsc::{RecvTimeoutError, channel};

use super::pool::POLL;
use super::share::{outside, require_no_lock};
use super::watch::Watch;
use crate::error::{Error, Kind, Result};

enum Message<T, N> {
    Report(N),
    Done(Result<T>),
}

/// Runs `work` on a new thread, while the calling thread waits and calls `listen`: with `None`
/// every 20 milliseconds, and with each report that the work sends. If `listen` fails, the job is
/// stopped and the failure is returned.
///
/// # Errors
/// Those of `work` and of `listen`; [`Kind::Cancelled`] if the job was stopped; [`Kind::Internal`]
/// if the thread cannot be created, if `work` panicked, or if the caller holds a lock.
pub fn talk<T: Send, N: Send, E: From<Error>>(
    watch: &Watch,
    mut listen: impl FnMut(Option<N>) -> std::result::Result<(), E>,
    work: impl FnOnce(&mut dyn FnMut(N) -> Result<()>) -> Result<T> + Send,
) -> std::result::Result<T, E> {
    require_no_lock()?;
    let (sender, messages) = channel();
    let (answer, answers) = channel();
    let job = move || {
        // The receiving thread outlives this one, so no report is lost.
        let done = outside(|| {
            work(&mut |report| {
                watch.check()?;
                let _ = sender.send(Message::Report(report));
                let _ = answers.recv();
                watch.check()
            })
        });
        let _ = sender.send(Message::Done(done));
    };
    std::thread::scope(|scope| {
        let started = std::thread::Builder::new().name("nutgraf-job".to_owned()).spawn_scoped(scope, job);
        let job = started.map_err(|error| {
            Error::new(Kind::Internal, format!("the system cannot create a thread for the job ({error})"))
        })?;
        let mut listened = Ok(());
        let done = loop {
            let report = match messages.recv_timeout(POLL) {
                Ok(Message::Done(done)) => break Some(done),
                Ok(Message::Report(report)) => Some(report),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break None,
            };
            let is_report = report.is_some();
            if listened.is_ok() {
                listened = listen(report);
                if listened.is_err() {
                    watch.stop();
                }
            }
            if is_report {
                let _ = answer.send(());
            }
        };
        // A job that panicked has sent no result.
        let _ = job.join();
        listened?;
        let done = done.ok_or_else(|| {
            Error::new(Kind::Internal, "a job ended without a result; please report this")
        })??;
        watch.check()?; // a loop may have ended early
        Ok(done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{is_worker, job};

    fn count_of<N: Send>(listen: impl FnMut(Option<N>) -> Result<()>, report: Vec<N>) -> Result<usize> {
        talk::<_, N, Error>(&Watch::default(), listen, |send| {
            let count = report.len();
            report.into_iter().try_for_each(send)?;
            Ok(count)
        })
    }

    #[test]
    fn the_calling_thread_receives_all_reports_in_order() {
        let (mut listened, caller) = (Vec::new(), std::thread::current().id());
        let listen = |report: Option<u32>| {
            assert_eq!(std::thread::current().id(), caller);
            listened.extend(report);
            Ok(())
        };
        assert_eq!(count_of(listen, (0..100).collect()).unwrap(), 100);
        assert_eq!(listened, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn whoever_listens_may_start_jobs_on_every_pool() {
        let listen = |report: Option<u32>| {
            if report.is_some() {
                for threads in [None, Some(1), Some(2)] {
                    assert!(job::<_, Error>(threads, &Watch::default(), || Ok(()), || Ok(is_worker()))?);
                }
            }
            Ok(())
        };
        assert_eq!(count_of(listen, vec![1, 2, 3]).unwrap(), 3);
    }

    #[test]
    fn a_listener_that_fails_stops_the_work_at_its_report() {
        let mut listened = 0;
        let listen = |report: Option<u32>| {
            listened += u32::from(report.is_some());
            if report == Some(2) { Err(Error::new(Kind::BadOption, "enough")) } else { Ok(()) }
        };
        assert_eq!(count_of(listen, (0..100).collect()).unwrap_err().what(), "enough");
        assert_eq!(listened, 3);
    }

    #[test]
    fn work_that_panics_is_an_error() {
        let panics = |_: &mut dyn FnMut(())| -> Result<()> { panic!("on purpose") };
        let error =
            talk::<(), (), Error>(&Watch::default(), |_| Ok(()), |_| panics(&mut |()| ())).unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
    }
}
