//! Which threads do the work, and who waits for them?
//!
//! A pool belongs to one process. After a fork the child creates its own pool, because threads do
//! not survive a fork.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

use rayon::{ThreadPool, Yield};

use super::share::{Guarded, is_worker, require_no_lock};
use super::watch::Watch;
use crate::error::{Error, Kind, Result};

/// The largest number of threads that a caller can request.
pub const MOST_THREADS: usize = 1024;

/// How often the thread that waits for a job calls `listen`.
pub(super) const POLL: Duration = Duration::from_millis(20);

/// How long an idle thread of the pool sleeps between two checks for work.
const IDLE: Duration = Duration::from_micros(50);

/// The number of threads that "all cores" means.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A set of threads that wait for work.
#[derive(Debug, Clone)]
pub struct Pool(Arc<ThreadPool>);

/// A pool that is kept for the next call.
struct Kept {
    process: u32,
    threads: usize,
    pool: Pool,
}

/// The pools of recent calls, most recent first.
static POOLS: Guarded<Vec<Kept>> = Guarded::new(Vec::new());

/// A pool of this many threads, or one thread per core if no number is given.
///
/// The pool of the last call is kept for the next one. Other pools are kept while they have at most
/// two threads per core in total.
///
/// # Errors
/// [`Kind::BadOption`] if the number is zero or too large, or if the system cannot create the
/// threads.
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
        // A task that panics is detected by its missing result; rayon's default would abort the
        // process.
        .panic_handler(|_| {})
        .thread_name(|i| format!("nutgraf-{i}"))
        .build();
    let made = made.map_err(|error| {
        let what = format!("threads={threads}: the system cannot create this many threads ({error})");
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
            drop(kept); // its threads end after their last piece of work
        } else {
            // These threads exist only in the parent. Ending them would take locks that nobody in
            // this process can release.
            std::mem::forget(kept);
        }
    }
    Ok(pool)
}

impl Pool {
    /// The number of threads.
    pub fn threads(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Submits a task to the pool. A panic in the task is discarded.
    pub fn spawn(&self, task: impl FnOnce() + Send + 'static) {
        self.0.spawn(task);
    }

    /// Runs `work` on the pool while the calling thread waits.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }
}

/// The number of threads in the pool that the caller runs in.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// Runs `work` on a pool of this many threads, while the calling thread waits and calls `listen`
/// every 20 milliseconds. If `listen` fails, the job is stopped and the failure is returned.
///
/// A thread that already belongs to a pool does the work itself: if it waited, the last free thread
/// would wait for itself.
///
/// # Errors
/// Those of `work` and of `listen`; [`Kind::Cancelled`] if the job was stopped; [`Kind::BadOption`]
/// if there cannot be such a pool; [`Kind::Internal`] if `work` panicked, or if the caller holds a
/// lock.
pub fn job<T: Send, E: From<Error>>(
    threads: Option<usize>,
    watch: &Watch,
    mut listen: impl FnMut() -> std::result::Result<(), E>,
    work: impl FnOnce() -> Result<T> + Send,
) -> std::result::Result<T, E> {
    require_no_lock()?;
    if is_worker() {
        return Ok(finished(work, watch)?);
    }
    let (mut result, mut failure) = (None, None);
    let mut listen = || {
        failure = listen().err();
        failure.is_none()
    };
    wait(&pool(threads)?, watch, &mut listen, Box::new(|| result = Some(finished(work, watch))));
    match failure {
        Some(failure) => Err(failure),
        None => Ok(result.unwrap_or_else(|| Err(defect("no reason given")))?),
    }
}

/// Runs `work` on a pool. Until it is done, calls `listen` now and then, and stops the job as soon
/// as that returns false. Compiled once, whatever the job.
fn wait(pool: &Pool, watch: &Watch, listen: &mut dyn FnMut() -> bool, work: Box<dyn FnOnce() + Send + '_>) {
    pool.0.in_place_scope(|scope| {
        let (sender, receiver) = channel::<()>();
        scope.spawn(move |_| {
            // Dropped at the end, even if that is a panic.
            let _sender = sender;
            work();
        });
        let mut listening = true;
        while receiver.recv_timeout(POLL) == Err(RecvTimeoutError::Timeout) {
            if listening && !listen() {
                listening = false;
                watch.stop();
            }
        }
    });
}

/// The result of a piece of work. If the work was stopped, there is no result, because its loops
/// may have ended early. If it panicked, the panic becomes an error, so that it does not end the
/// process.
fn finished<T>(work: impl FnOnce() -> Result<T>, watch: &Watch) -> Result<T> {
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(&reason(&*panic))));
    watch.check()?;
    result
}

pub(super) fn defect(reason: &str) -> Error {
    Error::new(Kind::Internal, format!("a worker ended without a result ({reason}); please report this"))
}

pub(super) fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Runs `work` on a new thread with a stack of this many bytes, and waits for it. For functions
/// that recurse as deeply as their input is nested, because the caller's stack may be small.
///
/// # Errors
/// [`Kind::Internal`] if the thread cannot be created, or if it panicked.
pub fn on_stack<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("nutgraf-stack".to_owned()).stack_size(bytes);
        let thread = thread.spawn_scoped(scope, work).map_err(|error| {
            Error::new(
                Kind::Internal,
                format!("the system cannot create a thread with a stack of {bytes} bytes ({error})"),
            )
        })?;
        thread.join().map_err(|panic| defect(&reason(&*panic)))
    })
}

/// Waits for a message; `None` if the sender is gone. A thread of the pool does other work while it
/// waits, so that the last free thread does not wait for itself.
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
