//! In which periods is an item unusually frequent?
//!
//! Bursts are found with the automaton of Kleinberg (2002) for counts in periods: in state i an
//! item has the share p₀ sⁱ, and each step up costs γ ln n, where n is the number of periods. The
//! cheapest sequence of states is found exactly, by the Viterbi algorithm. If several are equally
//! cheap, the one with lower states wins.
//!
//! Cost per item: the number of periods times the square of the number of states.

use super::counts::Counts;
use crate::batch::{Watch, map, sort_by};
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Table, Values};

/// How bursts are found.
#[derive(Debug, Clone)]
pub struct BurstOptions {
    /// The ratio between the shares of two adjacent states.
    pub s: f64,
    /// The factor γ in the cost of a step up.
    pub gamma: f64,
    /// The number of states.
    pub states: usize,
    /// Whether shares are of words instead of articles.
    pub words: bool,
    /// The number of items, the most frequent ones; all if `None`.
    pub n: Option<usize>,
    /// Items with a smaller count are ignored.
    pub min_count: u64,
}

impl BurstOptions {
    fn check(&self) -> Result<()> {
        let bad = |field: &str, value: f64, what: &str| {
            Err(Error::new(Kind::BadOption, format!("{field}={value}; expected {what}")).in_field(field))
        };
        if !(self.s > 1.0 && self.s.is_finite()) {
            return bad("s", self.s, "more than 1");
        }
        if !(self.gamma >= 0.0 && self.gamma.is_finite()) {
            return bad("gamma", self.gamma, "at least 0");
        }
        Ok(())
    }
}

/// A burst: its level, and its first and last period.
struct Burst {
    level: usize,
    start: usize,
    end: usize,
    weight: f64,
}

/// The bursts of counts that have one group. One row per burst: item, level, start, end, periods,
/// relevant, total, weight. Rows are sorted by descending weight; ties are sorted by item, then by
/// start.
///
/// # Errors
/// [`Kind::BadOption`] for options out of range. Cancellation.
pub fn bursts(counts: &Counts, options: &BurstOptions, watch: &Watch) -> Result<Table> {
    options.check()?;
    let items = counts.most(options.n, options.min_count, watch)?;
    // The costs of the counts are in units, so those of the steps are, too.
    let one = counts.one;
    let in_units = &BurstOptions { gamma: options.gamma * one.units() as f64, ..options.clone() };
    let found = map(&items, watch, |&item| {
        let series: Vec<(u64, u64)> = counts
            .series(0, item)
            .into_iter()
            .map(
                |(cell, (words, articles))| {
                    if options.words { (cell.count, words) } else { (cell.articles, articles) }
                },
            )
            .map(|(relevant, total)| (relevant.min(total), total))
            .collect();
        let states = decode(&series, in_units, watch)?;
        let with_sum = |burst: Burst| {
            let held = &series[burst.start..=burst.end];
            let sum = held.iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
            (burst, sum)
        };
        Ok(runs(&series, &states, options).into_iter().map(with_sum).collect::<Vec<_>>())
    })?;
    let mut rows: Vec<(usize, &Burst, (u64, u64))> = Vec::new();
    for (&item, bursts) in watch.through(items.iter().zip(&found)) {
        rows.extend(bursts.iter().map(|(burst, sum)| (item, burst, *sum)));
    }
    sort_by(&mut rows, watch, |(a, left, _), (b, right, _)| {
        let names = || counts.items[*a].cmp(&counts.items[*b]);
        let places = || (left.start, left.level).cmp(&(right.start, right.level));
        right.weight.total_cmp(&left.weight).then_with(names).then_with(places)
    })?;
    let period = |at: usize| counts.periods[at].as_str();
    let table = Table::new()
        .with("item", Column::text(rows.iter().map(|&(item, ..)| &counts.items[item])))?
        .with("level", Column::int(rows.iter().map(|(_, burst, _)| burst.level as i64)))?
        .with("start", Column::text(rows.iter().map(|(_, burst, _)| period(burst.start))))?
        .with("end", Column::text(rows.iter().map(|(_, burst, _)| period(burst.end))))?
        .with("periods", Column::int(rows.iter().map(|(_, burst, _)| (burst.end + 1 - burst.start) as i64)))?
        .with("relevant", one.column(rows.iter().map(|&(.., (relevant, _))| relevant)))?
        .with("total", one.column(rows.iter().map(|&(.., (_, total))| total)))?
        .with(
            "weight",
            Values::Float(rows.iter().map(|(_, burst, _)| burst.weight / one.units() as f64).collect()),
        )?;
    Ok(table.with_fact("periods", &counts.periods.len()))
}

/// The shares of the states, without those that reach one.
fn shares(series: &[(u64, u64)], options: &BurstOptions) -> Vec<f64> {
    let (relevant, total) = series.iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
    if relevant == 0 {
        return vec![0.0];
    }
    let base = relevant as f64 / total as f64;
    let shares = (0..options.states).map(|state| base * options.s.powi(state as i32));
    shares
        .enumerate()
        .take_while(|&(state, share)| state == 0 || share < 1.0)
        .map(|(_, share)| share)
        .collect()
}

/// A state, represented by the logarithms of its share and of one minus its share.
#[derive(Debug, Clone, Copy)]
struct State {
    share: f64,
    rest: f64,
}

impl State {
    fn new(share: f64) -> Self {
        Self { share: share.ln(), rest: (1.0 - share).ln() }
    }

    /// The cost of a period in this state, without the terms that are equal in all states: −ln pʳ
    /// (1−p)ᵈ⁻ʳ.
    fn cost(self, (relevant, total): (u64, u64)) -> f64 {
        let term = |count: u64, logarithm: f64| if count == 0 { 0.0 } else { -(count as f64) * logarithm };
        term(relevant, self.share) + term(total - relevant, self.rest)
    }
}

/// The cheapest sequence of states.
///
/// # Errors
/// Cancellation. [`Kind::OutOfMemory`] if the table of predecessors does not fit into memory.
pub fn decode(series: &[(u64, u64)], options: &BurstOptions, watch: &Watch) -> Result<Vec<usize>> {
    let states: Vec<State> = shares(series, options).into_iter().map(State::new).collect();
    let width = states.len();
    let step = options.gamma * (series.len() as f64).ln();
    let mut costs: Vec<f64> = (0..width).map(|state| state as f64 * step).collect();
    let mut next = costs.clone();
    // By period and state: the previous state.
    let mut from: Vec<u32> = Vec::new();
    from.try_reserve(series.len().saturating_mul(width))?;
    for (at, &cell) in watch.through(series.iter().enumerate()) {
        for (state, next) in next.iter_mut().enumerate() {
            let (mut best, mut least) = (state, f64::INFINITY);
            for (before, &cost) in costs.iter().enumerate() {
                // Before the first period the automaton is in the lowest state; the steps up from
                // there are already in the costs.
                let up = if at == 0 { 0.0 } else { state.saturating_sub(before) as f64 * step };
                if (at > 0 || before == state) && cost + up < least {
                    (best, least) = (before, cost + up);
                }
            }
            *next = least + states[state].cost(cell);
            from.push(best as u32);
        }
        std::mem::swap(&mut costs, &mut next);
    }
    watch.check()?;
    let mut state =
        (0..width).rev().min_by(|&a, &b| costs[a].total_cmp(&costs[b]).then(a.cmp(&b))).unwrap_or(0);
    let mut found = vec![0; series.len()];
    for at in (0..series.len()).rev() {
        found[at] = state;
        state = from[at * width + state] as usize;
    }
    Ok(found)
}

/// The runs of periods at each level, and how much cheaper they are there than one level below.
fn runs(series: &[(u64, u64)], states: &[usize], options: &BurstOptions) -> Vec<Burst> {
    let levels: Vec<State> = shares(series, options).into_iter().map(State::new).collect();
    let mut bursts = Vec::new();
    for level in 1..levels.len() {
        let mut open: Option<Burst> = None;
        for (at, (&state, &cell)) in states.iter().zip(series).enumerate() {
            if state < level {
                bursts.extend(open.take());
                continue;
            }
            let gain = levels[level - 1].cost(cell) - levels[level].cost(cell);
            let burst = open.get_or_insert(Burst { level, start: at, end: at, weight: 0.0 });
            burst.end = at;
            burst.weight += gain;
        }
        bursts.extend(open);
    }
    bursts
}
