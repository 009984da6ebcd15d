//! How does a statistic of many articles come from those of a few?
//!
//! Every statistic is a monoid: nothing gives the empty partial, a unit of work is added to a
//! partial, partials merge, and the whole is finished into a result. So threads, streams, days and
//! machines all end in the same `merge`.
//!
//! Invariants: the cut into units does not depend on the number of threads, and how units are
//! bracketed into partials does not reach the result, because merging is associative. Partials
//! merge in the order of their units. Thresholds, ranks, p-values and the names of rows belong in
//! [`finish`](Statistic::finish) alone: a partial knows nothing of them.
//!
//! Cost: about two partials per thread, and one merge.

use super::pool::threads;
use super::share::{Guarded, require_no_lock};
use super::spread::{Run, runs};
use super::watch::Watch;
use crate::error::Result;

/// A statistic that is computed unit by unit.
pub trait Statistic: Sync {
    /// A piece of the work, such as some articles.
    type Unit: Sync;

    /// What is known of some units.
    type Partial: Send;

    /// What is known of all of them.
    type Output;

    /// The partial of no unit.
    fn empty(&self) -> Self::Partial;

    /// Adds a unit to a partial.
    ///
    /// # Errors
    /// Those of the statistic, and cancellation.
    fn add(&self, partial: &mut Self::Partial, unit: &Self::Unit, watch: &Watch) -> Result<()>;

    /// Called after the last unit of a partial, by the thread that added it: what only serves to
    /// add units may be given back.
    fn close(&self, _partial: &mut Self::Partial) {}

    /// The partial of all units that these partials cover, which come in the order of their units.
    ///
    /// # Errors
    /// Those of the statistic, and cancellation.
    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial>;

    /// The result, from the partial of all units.
    ///
    /// # Errors
    /// Those of the statistic, and cancellation.
    fn finish(&self, partial: Self::Partial, watch: &Watch) -> Result<Self::Output>;
}

/// The result of a statistic over all units.
///
/// # Errors
/// Those of the statistic; [`Kind::Cancelled`](crate::error::Kind::Cancelled).
pub fn reduce<S: Statistic>(statistic: &S, units: &[S::Unit], watch: &Watch) -> Result<S::Output> {
    let whole = partial(statistic, units, watch)?;
    watch.check()?;
    statistic.finish(whole, watch)
}

/// The partial of some units.
///
/// # Errors
/// As [`reduce`].
pub fn partial<S: Statistic>(statistic: &S, units: &[S::Unit], watch: &Watch) -> Result<S::Partial> {
    require_no_lock()?;
    let done = Guarded::default();
    let start =
        || Adding { statistic, units, watch, first: None, partial: Ok(statistic.empty()), done: &done };
    if units.len() <= 1 || threads() == 1 {
        let mut all = start();
        (0..units.len()).for_each(|at| all.step(at));
        return all.closed();
    }
    runs(units.len(), &|| Box::new(start()));
    let partials = done.into_inner().into_iter().map(|(_, partial)| partial).collect::<Result<_>>()?;
    watch.check()?;
    statistic.merge(partials, watch)
}

/// The number of the first unit of a run, and its partial.
type Numbered<S> = (usize, Result<<S as Statistic>::Partial>);

/// What is known of some units in a row, or why it is not.
struct Adding<'a, S: Statistic> {
    statistic: &'a S,
    units: &'a [S::Unit],
    watch: &'a Watch,
    /// The number of the first unit.
    first: Option<usize>,
    partial: Result<S::Partial>,
    /// The partials of all runs, by the numbers of their first units.
    done: &'a Guarded<Vec<Numbered<S>>>,
}

impl<S: Statistic> Adding<'_, S> {
    fn closed(self) -> Result<S::Partial> {
        self.partial.map(|mut partial| {
            self.statistic.close(&mut partial);
            partial
        })
    }
}

impl<S: Statistic> Run for Adding<'_, S> {
    fn step(&mut self, at: usize) {
        self.first.get_or_insert(at);
        let Ok(partial) = &mut self.partial else { return };
        let added =
            self.watch.check().and_then(|()| self.statistic.add(partial, &self.units[at], self.watch));
        if let Err(error) = added {
            self.partial = Err(error);
        }
    }

    fn end(self: Box<Self>) {
        if let Some(first) = self.first {
            let done = self.done;
            let partial = self.closed();
            done.with(|done| {
                done.insert(done.partition_point(|&(other, _)| other < first), (first, partial));
            });
        }
    }
}

/// Checks that a statistic is a monoid: partials of the units before and after each of some cuts,
/// merged in either bracketing, give the result of the whole. `shown` makes the results comparable.
#[cfg(test)]
pub(crate) fn holds_for_every_cut<S: Statistic, T: PartialEq + std::fmt::Debug>(
    statistic: &S,
    units: &[S::Unit],
    cuts: [usize; 2],
    shown: impl Fn(S::Output) -> T + Sync,
) {
    let watch = Watch::default();
    let of = |units: &[S::Unit]| partial(statistic, units, &watch).expect("nobody stops it");
    let merge = |partials: Vec<S::Partial>| statistic.merge(partials, &watch).expect("nobody stops it");
    let finish = |partial: S::Partial| shown(statistic.finish(partial, &watch).expect("nobody stops it"));
    crate::batch::pool(Some(2)).expect("two threads are allowed").install(|| {
        let whole = finish(of(units));
        let mut cuts = cuts.map(|cut| cut % (units.len() + 1));
        cuts.sort_unstable();
        let pieces = || [of(&units[..cuts[0]]), of(&units[cuts[0]..cuts[1]]), of(&units[cuts[1]..])];
        let [a, b, c] = pieces();
        assert_eq!(finish(merge(vec![a, b, c])), whole, "all at once, cut at {cuts:?}");
        let [a, b, c] = pieces();
        assert_eq!(finish(merge(vec![merge(vec![a, b]), c])), whole, "from the left, cut at {cuts:?}");
        let [a, b, c] = pieces();
        assert_eq!(finish(merge(vec![a, merge(vec![b, c])])), whole, "from the right, cut at {cuts:?}");
        let units_one_by_one = units.iter().map(|unit| of(std::slice::from_ref(unit))).collect();
        assert_eq!(finish(merge(units_one_by_one)), whole, "unit by unit");
        assert_eq!(
            finish(merge(vec![statistic.empty(), of(units), statistic.empty()])),
            whole,
            "empty is neutral"
        );
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::pool;
    use crate::error::Kind;

    #[test]
    fn a_list_in_order_is_a_monoid() {
        let units: Vec<u32> = (0..20).collect();
        for cut in 0..20 {
            holds_for_every_cut(&Order, &units, [cut, 2 * cut], |order| order);
        }
    }

    /// The units in their order: a merge in any other order would show.
    struct Order;

    impl Statistic for Order {
        type Unit = u32;
        type Partial = Vec<u32>;
        type Output = Vec<u32>;

        fn empty(&self) -> Vec<u32> {
            Vec::new()
        }

        fn add(&self, partial: &mut Vec<u32>, unit: &u32, _: &Watch) -> Result<()> {
            partial.push(*unit);
            Ok(())
        }

        fn merge(&self, partials: Vec<Vec<u32>>, _: &Watch) -> Result<Vec<u32>> {
            Ok(partials.concat())
        }

        fn finish(&self, partial: Vec<u32>, _: &Watch) -> Result<Vec<u32>> {
            Ok(partial)
        }
    }

    #[test]
    fn partials_merge_in_the_order_of_their_units() {
        let units: Vec<u32> = (0..1000).collect();
        for threads in 1..4 {
            let pool = pool(Some(threads)).unwrap();
            let reduced = pool.install(|| reduce(&Order, &units, &Watch::default()));
            assert_eq!(reduced.unwrap(), units);
        }
        assert_eq!(reduce(&Order, &[], &Watch::default()).unwrap(), [0; 0]);
    }

    #[test]
    fn a_stopped_reduction_says_so() {
        let watch = Watch::default();
        watch.stop();
        let error = pool(Some(2)).unwrap().install(|| reduce(&Order, &[1, 2, 3], &watch)).unwrap_err();
        assert_eq!(error.kind(), Kind::Cancelled);
    }
}
