//! How often does each item occur in each period?
//!
//! With groups, every item has one series per group; all series have the same periods. A slot is a
//! period of a group: slots are in the order of the groups, then of the periods.

use std::collections::{HashMap, HashSet};

use crate::batch::{Watch, require_memory, sort_by};
use crate::calendar::{Period, parse_period};
use crate::corpus::{Groups, One};
use crate::error::{Error, Kind, Result};

/// The maximum number of periods in a series; about 270 years of days.
const MOST_PERIODS: usize = 100_000;

/// The counts of an item in one period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// The number of occurrences.
    pub count: u64,
    /// The number of articles with an occurrence.
    pub articles: u64,
}

/// The counts of an item in a period, and the numbers of words and articles of the period.
pub(super) type InPeriod = (Cell, (u64, u64));

/// Counts of items by period, and the totals that shares refer to.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The number of groups.
    pub groups: usize,
    /// The periods in ISO 8601 notation, ascending and without gaps.
    pub periods: Vec<String>,
    /// The first day of each period.
    pub first_days: Vec<i32>,
    /// By slot: the total numbers of words and articles.
    pub totals: Vec<(u64, u64)>,
    /// The items, in the order in which they were added.
    pub items: Vec<String>,
    /// By item: the slots in which it occurs, ascending, and its counts.
    pub cells: Vec<Vec<(u32, Cell)>>,
    /// How many units of these numbers are one.
    pub one: One,
}

impl Counts {
    /// The periods from the first to the last of these days, for each group of a series. `days`
    /// contains a day, a group, and the numbers of words and of articles of that day. A series
    /// without names is one group, even of no articles.
    ///
    /// # Errors
    /// [`Kind::BadOption`] if there are more than 100,000 periods. Cancellation.
    pub fn new(
        period: Period,
        series: &Groups,
        days: &[(i32, u32, u64, u64)],
        watch: &Watch,
    ) -> Result<Self> {
        let groups = if series.keys().has_no_names() { 1 } else { series.len() };
        let mut counts = Self { groups, ..Self::default() };
        let (Some(first), Some(last)) =
            (days.iter().map(|&(day, ..)| day).min(), days.iter().map(|&(day, ..)| day).max())
        else {
            return Ok(counts);
        };
        let mut day = first;
        while day <= last {
            let label = period.label(day);
            let Some((start, end)) = parse_period(&label) else { break };
            counts.periods.push(label);
            counts.first_days.push(start);
            if counts.periods.len() > MOST_PERIODS {
                let what = format!(
                    "the articles span more than {MOST_PERIODS} periods; expected fewer; use longer ones"
                );
                return Err(Error::new(Kind::BadOption, what).in_field("by"));
            }
            day = end + 1;
        }
        let length = counts.periods.len();
        require_memory(groups.saturating_mul(length).saturating_mul(16), "the totals of the periods")?;
        let mut totals = vec![(0, 0); groups * length];
        let positions = counts.positions();
        for &(day, group, words, articles) in watch.through(days) {
            if let Some(&at) = positions.get(period.label(day).as_str()) {
                let total = &mut totals[group as usize * length + at as usize];
                *total = (total.0 + words, total.1 + articles);
            }
        }
        watch.check()?;
        counts.totals = totals;
        Ok(counts)
    }

    fn positions(&self) -> HashMap<&str, u32> {
        self.periods.iter().map(String::as_str).zip(0..).collect()
    }

    /// Adds rows of group, period, item and counts. The slots of each item must be in ascending
    /// order. A row with an unknown period is ignored.
    ///
    /// # Errors
    /// Cancellation.
    pub fn add<'a>(
        &mut self,
        rows: impl IntoIterator<Item = (u32, &'a str, &'a str, Cell)>,
        watch: &Watch,
    ) -> Result<()> {
        let mut numbers: HashMap<String, usize> = self.items.iter().cloned().zip(0..).collect();
        let positions: HashMap<String, u32> = self.periods.iter().cloned().zip(0..).collect();
        let length = self.periods.len() as u32;
        for (group, period, item, cell) in watch.through(rows) {
            let Some(&at) = positions.get(period) else { continue };
            let at = group * length + at;
            let position = self.position(&mut numbers, item);
            match self.cells[position].last_mut() {
                // Two rows have the same name, for example a person and a position.
                Some((last, other)) if *last == at => {
                    other.count += cell.count;
                    other.articles += cell.articles;
                }
                _ => self.cells[position].push((at, cell)),
            }
        }
        watch.check()
    }

    /// Keeps these items and no others, including those that do not occur.
    pub fn only(&mut self, items: &[String]) {
        self.ensure(items);
        let wanted: HashSet<&String> = items.iter().collect();
        let kept: Vec<bool> = self.items.iter().map(|item| wanted.contains(item)).collect();
        let mut at = kept.iter();
        self.items.retain(|_| at.next().is_some_and(|&keep| keep));
        let mut at = kept.iter();
        self.cells.retain(|_| at.next().is_some_and(|&keep| keep));
    }

    /// Adds items that may not occur.
    pub fn ensure(&mut self, items: &[String]) {
        let mut numbers: HashMap<String, usize> = self.items.iter().cloned().zip(0..).collect();
        for item in items {
            self.position(&mut numbers, item);
        }
    }

    fn position(&mut self, numbers: &mut HashMap<String, usize>, name: &str) -> usize {
        if let Some(&position) = numbers.get(name) {
            return position;
        }
        let position = self.items.len();
        numbers.insert(name.to_owned(), position);
        self.items.push(name.to_owned());
        self.cells.push(Vec::new());
        position
    }

    /// The counts of an item in each period of a group, and the totals of each.
    pub(super) fn series(&self, group: usize, item: usize) -> Vec<InPeriod> {
        let slots = group * self.periods.len()..(group + 1) * self.periods.len();
        let totals = &self.totals[slots.clone()];
        let mut series: Vec<_> = totals.iter().map(|&total| (Cell::default(), total)).collect();
        let cells = &self.cells[item];
        let first = cells.partition_point(|&(slot, _)| (slot as usize) < slots.start);
        for &(slot, cell) in cells[first..].iter().take_while(|&&(slot, _)| (slot as usize) < slots.end) {
            series[slot as usize - slots.start].0 = cell;
        }
        series
    }

    /// The number of occurrences of an item in all periods of all groups.
    pub(super) fn sum(&self, item: usize) -> u64 {
        self.cells[item].iter().map(|(_, cell)| cell.count).sum()
    }

    /// The `n` most frequent items (all if `None`) that occur at least `least` times; ties are in
    /// byte order.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn most(&self, n: Option<usize>, least: u64, watch: &Watch) -> Result<Vec<usize>> {
        let sums: Vec<u64> = (0..self.items.len()).map(|item| self.sum(item)).collect();
        let mut order: Vec<usize> =
            (0..self.items.len()).filter(|&item| sums[item] >= self.one.least(least)).collect();
        sort_by(&mut order, watch, |&a, &b| {
            sums[b].cmp(&sums[a]).then_with(|| self.items[a].cmp(&self.items[b]))
        })?;
        order.truncate(n.unwrap_or(usize::MAX));
        Ok(order)
    }
}
