//! How are the steps of a job distributed over the threads of a pool?
//!
//! The parallel iterators of rayon are compiled once for each closure that they call, and take far
//! more code than most closures. Here they call a closure through a pointer, so they are compiled
//! once, and the rest of the room calls these functions. Cost: a call through a pointer per step,
//! and a lock that nobody else wants; so a step should take a microsecond at least.

use std::iter;

use rayon::prelude::*;

use super::share::Guarded;

/// Calls `step` with each number below `count`, in any order.
fn spread(count: usize, step: &(dyn Fn(usize) + Sync)) {
    (0..count).into_par_iter().for_each(step);
}

/// The results of `work` for 0, 1, 2 … below `count`, in this order.
pub(super) fn gather<R: Send>(count: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let slots: Vec<Guarded<Option<R>>> = iter::repeat_with(Guarded::default).take(count).collect();
    spread(count, &|at| {
        let result = work(at);
        slots[at].with(|slot| *slot = Some(result));
    });
    slots.into_iter().filter_map(Guarded::into_inner).collect()
}

/// Gives each item to `work`, in any order.
pub(super) fn consume<T: Send>(items: impl Iterator<Item = T>, work: impl Fn(T) + Sync) {
    let slots: Vec<Guarded<Option<T>>> = items.map(|item| Guarded::new(Some(item))).collect();
    spread(slots.len(), &|at| {
        if let Some(item) = slots[at].with(Option::take) {
            work(item);
        }
    });
}

/// Some steps in a row, all of which one thread takes.
pub(super) trait Run: Send {
    /// Takes a step, the one after the step before.
    fn step(&mut self, at: usize);

    /// Called after the last step.
    fn end(self: Box<Self>);
}

/// Divides the steps from 0 to below `count` into runs: about two for each thread.
pub(super) fn runs<'a>(count: usize, start: &(dyn Fn() -> Box<dyn Run + 'a> + Sync)) {
    let step = |mut run: Box<dyn Run + 'a>, at| {
        run.step(at);
        run
    };
    (0..count).into_par_iter().fold(start, step).for_each(Run::end);
}
