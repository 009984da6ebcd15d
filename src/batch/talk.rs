//! How does a job communicate with the thread that waits for it?
//!
//! A job that takes minutes, uses one thread and reports progress now and then, such as training,
//! gets its own thread: in a pool it would keep other work waiting. Its reports are handled on the
//! thread that started it, and the job waits until a report has been handled; so the handler may
//! start other jobs, and may fail.

use std::sync::mpsc::{RecvTimeoutError, channel};

use super::pool::LISTEN;
use super::share::{hands_are_free, outside};
use super::watch::Watch;
use crate::error::{Error, Kind, Result};

enum Message<T, N> {
    News(N),
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
    hands_are_free()?;
    let (sender, messages) = channel();
    let (answer, answers) = channel();
    let job = move || {
        // The receiving thread outlives this one, so no report is lost.
        let done = outside(|| {
            work(&mut |news| {
                watch.check()?;
                let _ = sender.send(Message::News(news));
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
        let mut heard = Ok(());
        let done = loop {
            let news = match messages.recv_timeout(LISTEN) {
                Ok(Message::Done(done)) => break Some(done),
                Ok(Message::News(news)) => Some(news),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break None,
            };
            let is_news = news.is_some();
            if heard.is_ok() {
                heard = listen(news);
                if heard.is_err() {
                    watch.stop();
                }
            }
            if is_news {
                let _ = answer.send(());
            }
        };
        // A job that panicked has sent no result.
        let _ = job.join();
        heard?;
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

    fn told<N: Send>(listen: impl FnMut(Option<N>) -> Result<()>, news: Vec<N>) -> Result<usize> {
        talk::<_, N, Error>(&Watch::default(), listen, |tell| {
            let count = news.len();
            news.into_iter().try_for_each(tell)?;
            Ok(count)
        })
    }

    #[test]
    fn the_calling_thread_hears_all_that_the_work_tells_in_order() {
        let (mut heard, caller) = (Vec::new(), std::thread::current().id());
        let listen = |news: Option<u32>| {
            assert_eq!(std::thread::current().id(), caller);
            heard.extend(news);
            Ok(())
        };
        assert_eq!(told(listen, (0..100).collect()).unwrap(), 100);
        assert_eq!(heard, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn whoever_listens_may_start_jobs_on_every_pool() {
        let listen = |news: Option<u32>| {
            if news.is_some() {
                for threads in [None, Some(1), Some(2)] {
                    assert!(job::<_, Error>(threads, &Watch::default(), || Ok(()), || Ok(is_worker()))?);
                }
            }
            Ok(())
        };
        assert_eq!(told(listen, vec![1, 2, 3]).unwrap(), 3);
    }

    #[test]
    fn a_listener_that_fails_stops_the_work_where_it_tells() {
        let mut heard = 0;
        let listen = |news: Option<u32>| {
            heard += u32::from(news.is_some());
            if news == Some(2) { Err(Error::new(Kind::BadOption, "enough")) } else { Ok(()) }
        };
        assert_eq!(told(listen, (0..100).collect()).unwrap_err().what(), "enough");
        assert_eq!(heard, 3);
    }

    #[test]
    fn work_that_panics_is_an_error() {
        let panics = |_: &mut dyn FnMut(())| -> Result<()> { panic!("on purpose") };
        let error =
            talk::<(), (), Error>(&Watch::default(), |_| Ok(()), |_| panics(&mut |()| ())).unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
    }
}
