//! Which threads do the work, and who waits for them?
//!
//! A pool belongs to one process: after a fork the child makes its own, since threads do not cross a fork.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

use rayon::{ThreadPool, Yield};

use super::share::{Guarded, hands_are_free, is_worker};
use super::watch::Watch;
use crate::error::{Error, Kind, Result};

/// The most threads a caller can ask for.
pub const MOST_THREADS: usize = 1024;

/// How often the thread that waits for a job listens.
pub(super) const LISTEN: Duration = Duration::from_millis(20);

/// How long an idle thread of the pool sleeps between two looks.
const IDLE: Duration = Duration::from_micros(50);

/// How many threads "all cores" are.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Some threads that wait for work.
#[derive(Debug, Clone)]
pub struct Pool(Arc<ThreadPool>);

/// A pool that is kept for the next call.
struct Kept {
    process: u32,
    threads: usize,
    pool: Pool,
}

/// The pools of the last calls, the last one first.
static POOLS: Guarded<Vec<Kept>> = Guarded::new(Vec::new());

/// A pool of that many threads; all cores if no number is given.
///
/// The pool of the last call is kept for the next one, and others as long as they have no more than two threads per core together.
///
/// # Errors
/// [`Kind::BadOption`]: zero or too many threads, or the system gives none.
pub fn pool(threads: Option<usize>) -> Result<Pool> {
    let threads = threads.unwrap_or_else(cores);
    if !(1..=MOST_THREADS).contains(&threads) {
        return Err(Error::new(
            Kind::BadOption,
            format!("threads={threads} is out of range; expected 1 to {MOST_THREADS}, or None for all cores"),
        )
        .in_field("threads"));
    }
    let process = std::process::id();
    let known = POOLS.with(|pools| {
        let at = pools.iter().position(|kept| (kept.process, kept.threads) == (process, threads))?;
        let kept = pools.remove(at);
        let pool = kept.pool.clone();
        pools.insert(0, kept);
        Some(pool)
    });
    if let Some(pool) = known {
        return Ok(pool);
    }
    let made = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        // A task that panics is known by the result that it does not send; the default would end the process.
        .panic_handler(|_| {})
        .thread_name(|i| format!("nutgraf-{i}"))
        .build();
    let made = made.map_err(|error| {
        let what = format!("threads={threads}: the system gives no such number of threads ({error})");
        Error::new(Kind::BadOption, what).in_field("threads")
    })?;
    let pool = Pool(Arc::new(made));
    let old = POOLS.with(|pools| {
        pools.insert(0, Kept { process, threads, pool: pool.clone() });
        let mut others = 0;
        let room = pools.iter().skip(1).take_while(|kept| {
            others += kept.threads;
            kept.process == process && others <= 2 * cores()
        });
        let room = 1 + room.count();
        pools.split_off(room)
    });
    for kept in old {
        if kept.process == process {
            drop(kept); // its threads end with their last piece of work
        } else {
            // Its threads are the parent's. To end them would take locks that nobody here can release.
            std::mem::forget(kept);
        }
    }
    Ok(pool)
}

impl Pool {
    /// How many threads.
    pub fn threads(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Hands the pool a task. One that panics is dropped.
    pub fn spawn(&self, task: impl FnOnce() + Send + 'static) {
        self.0.spawn(task);
    }

    /// Runs `work` on the pool; the calling thread waits for it.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }
}

/// How many threads the pool has that the caller runs in.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// Runs `work` on a pool of that many threads, while the calling thread waits and calls `listen` every few hundredths of a
/// second. When `listen` fails, the job is stopped and the failure returned.
///
/// A thread of a pool does the work itself: if it waited, the last one would wait for itself.
///
/// # Errors
/// Those of `work` and of `listen`; [`Kind::BadOption`] if there is no such pool.
pub fn job<T: Send, E: From<Error>>(
    threads: Option<usize>,
    watch: &Watch,
    mut listen: impl FnMut() -> std::result::Result<(), E>,
    work: impl FnOnce() -> Result<T> + Send,
) -> std::result::Result<T, E> {
    hands_are_free()?;
    if is_worker() {
        return Ok(finished(work, watch)?);
    }
    pool(threads)?.0.in_place_scope(|scope| {
        let (sender, receiver) = channel();
        scope.spawn(move |_| {
            // The receiver waits until the work is done, so there is one.
            let _ = sender.send(finished(work, watch));
        });
        let mut heard = Ok(());
        loop {
            match receiver.recv_timeout(LISTEN) {
                Ok(result) => {
                    heard?;
                    return Ok(result?);
                }
                Err(RecvTimeoutError::Timeout) if heard.is_ok() => {
                    heard = listen();
                    if heard.is_err() {
                        watch.stop();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    heard?;
                    return Err(defect("no reason given").into());
                }
            }
        }
    })
}

/// What a piece of work gives. A stopped one gives nothing, since its loops may have ended early; one that panics has a defect, and is
/// not to take the process with it.
fn finished<T>(work: impl FnOnce() -> Result<T>, watch: &Watch) -> Result<T> {
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(&reason(&*panic))));
    watch.check()?;
    result
}

fn defect(reason: &str) -> Error {
    Error::new(Kind::Internal, format!("a worker stopped short ({reason}); please report this"))
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Runs `work` on a thread of its own that has a stack of so many bytes, and waits for it: for what goes down as deep as its input
/// is nested, while the caller's stack may be small.
///
/// # Errors
/// [`Kind::Internal`] if there is no such thread, or it panicked.
pub fn on_stack<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("nutgraf-stack".to_owned()).stack_size(bytes);
        let thread = thread.spawn_scoped(scope, work).map_err(|error| {
            Error::new(
                Kind::Internal,
                format!("the system gives no thread with a stack of {bytes} bytes ({error})"),
            )
        })?;
        thread.join().map_err(|panic| defect(&reason(&*panic)))
    })
}

/// Waits for a message; `None` if its sender is gone. A thread of the pool works while it waits, so that the last one does not
/// wait for itself.
pub fn receive<T>(receiver: &Receiver<T>) -> Option<T> {
    loop {
        match receiver.try_recv() {
            Ok(message) => return Some(message),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => match rayon::yield_now() {
                None => return receiver.recv().ok(),
                Some(Yield::Executed) => {}
                Some(Yield::Idle) => std::thread::sleep(IDLE),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_threads_are_refused() {
        let error = pool(Some(0)).unwrap_err();
        assert_eq!(error.what(), "threads=0 is out of range; expected 1 to 1024, or None for all cores");
    }

    #[test]
    fn a_worker_that_starts_a_job_does_it_itself() {
        let watch = Watch::default();
        let inner = || job::<_, Error>(Some(1), &Watch::default(), || Ok(()), || Ok(7));
        assert_eq!(job::<_, Error>(Some(1), &watch, || Ok(()), inner).unwrap(), 7);
    }

    #[test]
    fn a_job_stops_when_the_listener_fails_and_says_why() {
        let watch = Watch::default();
        let listen = || Err(Error::new(Kind::BadOption, "enough"));
        let work = || {
            while watch.check().is_ok() {
                std::thread::yield_now();
            }
            Ok(())
        };
        assert_eq!(job(Some(1), &watch, listen, work).unwrap_err().what(), "enough");
    }

    #[test]
    fn a_panic_is_an_error_of_the_job() {
        let work = || -> Result<()> { panic!("one off") };
        let error = job::<_, Error>(Some(1), &Watch::default(), || Ok(()), work).unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        assert!(error.what().contains("one off"), "{error}");
    }

    #[test]
    fn the_pools_of_many_sizes_are_not_all_kept() {
        for threads in 1..=40 {
            pool(Some(threads)).unwrap();
        }
        let kept = POOLS.with(|pools| pools.iter().map(|kept| kept.threads).sum::<usize>());
        assert!(kept <= 40 + 2 * cores(), "{kept} threads are kept");
    }
}
