//! How is work distributed over threads, monitored and cancelled?
//!
//! Callers cut work into pieces that do not depend on the number of threads, and results come back
//! in the order of the pieces, so that every number of threads gives the same result. This room
//! knows nothing about text. It is the only room that uses rayon, locks, and cells that are filled
//! once:
//!
//! | file | question it answers |
//! |---|---|
//! | [`watch`] | How far is a job, and should it stop? |
//! | [`pool`] | Which threads do the work, and who waits for them? |
//! | [`reduce`] | How does a statistic of many articles come from those of a few? |
//! | [`work`] | How is a function applied to many pieces? |
//! | [`memory`] | Is there enough memory for a result? |
//! | [`sort`] | How are many values sorted so that the sort can be cancelled? |
//! | [`spread`] | How are the steps of a job distributed over the threads of a pool? |
//! | [`feed`] | How does work run ahead of whoever takes its results, one after another? |
//! | [`talk`] | How does a job communicate with the thread that waits for it? |
//! | [`share`] | How do threads share what is made once, without deadlocks? |

mod feed;
mod memory;
mod pool;
mod reduce;
mod share;
mod sort;
mod spread;
mod talk;
mod watch;
mod work;

pub use feed::{Feed, Feeder, feed};
pub use memory::require_memory;
pub use pool::{MOST_THREADS, Pool, cores, job, on_stack, pool, receive, threads};
#[cfg(test)]
pub(crate) use reduce::holds_for_every_cut;
pub use reduce::{Statistic, partial, reduce};
pub use share::{Guarded, Once, Static, after_fork, before_fork, inside, is_worker, outside, thread};
pub use sort::{sort, sort_by};
pub use talk::talk;
pub use watch::Watch;
pub use work::{each_mut, fill, map, map_with_state};
