//! How often does each item stand in each period?

use std::collections::{HashMap, HashSet};

use crate::batch::{Watch, sort_by};
use crate::calendar::{Period, parse_period};
use crate::error::{Error, Kind, Result};

/// The most periods of a series: by day, some 270 years.
const MOST_PERIODS: usize = 100_000;

/// What is known of an item in a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// How often it stands.
    pub count: u64,
    /// In how many articles.
    pub articles: u64,
}

/// Items by period, and what they are shares of.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The periods, without a gap, as ISO 8601 writes them.
    pub periods: Vec<String>,
    /// By period: words and articles in all.
    pub totals: Vec<(u64, u64)>,
    /// The items in the order in which they were met.
    pub items: Vec<String>,
    /// By item: the periods in which it stands, rising.
    pub cells: Vec<Vec<(u32, Cell)>>,
}

impl Counts {
    /// The periods from the first to the last of some days; `days` gives each article's day and words. Articles without a day are left out.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: more periods than a series may have; and cancellation.
    pub fn new(period: Period, days: &[(i32, u64)], watch: &Watch) -> Result<Self> {
        let mut counts = Self::default();
        let (Some(first), Some(last)) =
            (days.iter().map(|&(day, _)| day).min(), days.iter().map(|&(day, _)| day).max())
        else {
            return Ok(counts);
        };
        let mut day = first;
        while day <= last {
            let label = period.label(day);
            let Some((_, end)) = parse_period(&label) else { break };
            counts.periods.push(label);
            if counts.periods.len() > MOST_PERIODS {
                let what = format!(
                    "the articles span more than {MOST_PERIODS} periods; expected fewer; use longer ones"
                );
                return Err(Error::new(Kind::BadOption, what).in_field("by"));
            }
            day = end + 1;
        }
        counts.totals = vec![(0, 0); counts.periods.len()];
        let places = counts.places();
        let mut totals = counts.totals.clone();
        for &(day, words) in watch.through(days) {
            if let Some(&at) = places.get(period.label(day).as_str()) {
                totals[at as usize].0 += words;
                totals[at as usize].1 += 1;
            }
        }
        counts.totals = totals;
        Ok(counts)
    }

    fn places(&self) -> HashMap<&str, u32> {
        self.periods.iter().map(String::as_str).zip(0..).collect()
    }

    /// Adds counts: period, item and cell, of rising periods for each item; those of no period are ignored.
    ///
    /// # Errors
    /// Cancellation.
    pub fn add<'a>(
        &mut self,
        rows: impl IntoIterator<Item = (&'a str, &'a str, Cell)>,
        watch: &Watch,
    ) -> Result<()> {
        let mut numbers: HashMap<String, usize> = self.items.iter().cloned().zip(0..).collect();
        let places: HashMap<String, u32> = self.periods.iter().cloned().zip(0..).collect();
        for (period, item, cell) in watch.through(rows) {
            let Some(&at) = places.get(period) else { continue };
            let place = self.place(&mut numbers, item);
            match self.cells[place].last_mut() {
                // Two rows of one name, such as a person and a place.
                Some((last, other)) if *last == at => {
                    other.count += cell.count;
                    other.articles += cell.articles;
                }
                _ => self.cells[place].push((at, cell)),
            }
        }
        watch.check()
    }

    /// Keeps these items and no other, whether they stand anywhere or not.
    pub fn only(&mut self, items: &[String]) {
        self.ensure(items);
        let wanted: HashSet<&String> = items.iter().collect();
        let kept: Vec<bool> = self.items.iter().map(|item| wanted.contains(item)).collect();
        let mut at = kept.iter();
        self.items.retain(|_| at.next().is_some_and(|&keep| keep));
        let mut at = kept.iter();
        self.cells.retain(|_| at.next().is_some_and(|&keep| keep));
    }

    /// Adds items that may stand nowhere.
    pub fn ensure(&mut self, items: &[String]) {
        let mut numbers: HashMap<String, usize> = self.items.iter().cloned().zip(0..).collect();
        for item in items {
            self.place(&mut numbers, item);
        }
    }

    fn place(&mut self, numbers: &mut HashMap<String, usize>, name: &str) -> usize {
        if let Some(&place) = numbers.get(name) {
            return place;
        }
        let place = self.items.len();
        numbers.insert(name.to_owned(), place);
        self.items.push(name.to_owned());
        self.cells.push(Vec::new());
        place
    }

    /// An item's cell in each period.
    pub(super) fn series(&self, item: usize) -> Vec<Cell> {
        let mut series = vec![Cell::default(); self.periods.len()];
        for &(at, cell) in &self.cells[item] {
            series[at as usize] = cell;
        }
        series
    }

    /// All counts of an item.
    pub(super) fn sum(&self, item: usize) -> u64 {
        self.cells[item].iter().map(|(_, cell)| cell.count).sum()
    }

    /// The `n` most frequent items with at least `least` counts, equals by their bytes.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn most(&self, n: Option<usize>, least: u64, watch: &Watch) -> Result<Vec<usize>> {
        let sums: Vec<u64> = (0..self.items.len()).map(|item| self.sum(item)).collect();
        let mut order: Vec<usize> = (0..self.items.len()).filter(|&item| sums[item] >= least).collect();
        sort_by(&mut order, watch, |&a, &b| {
            sums[b].cmp(&sums[a]).then_with(|| self.items[a].cmp(&self.items[b]))
        })?;
        order.truncate(n.unwrap_or(usize::MAX));
        Ok(order)
    }
}
