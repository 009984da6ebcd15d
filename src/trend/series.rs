//! Does the frequency of an item rise or fall?
//!
//! A period without articles contains no information: its row has a flag, counts of zero and no
//! rates, and means and tests skip it. The Mann–Kendall test asks whether later values tend to be
//! larger, and the Theil–Sen estimator by how much per period.
//!
//! Cost: the Mann–Kendall test takes n log n steps for n periods. The Theil–Sen estimator compares
//! all pairs of periods up to [`ALL_PAIRS`], and beyond that takes n log n steps per halving.

use std::collections::BTreeMap;

use super::counts::{Cell, Counts, InPeriod};
use crate::batch::{Watch, map, require_memory};
use crate::corpus::{Groups, One};
use crate::error::{Result, named};
use crate::hash::Map;
use crate::measure::normal_tails;
use crate::table::{Column, Strings, Table, Values};

/// The value that is followed over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Occurrences per million words of the period.
    PerMillion,
    /// Articles with the item per thousand articles of the period.
    PerThousand,
    /// The number of occurrences.
    Count,
}

impl Share {
    /// The value with this name.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`] for any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        let all =
            [("per_million", Self::PerMillion), ("per_thousand", Self::PerThousand), ("count", Self::Count)];
        named("value", name, &all)
    }
}

/// How series are computed.
#[derive(Debug, Clone)]
pub struct TrendOptions {
    /// The value that means, scores and tests use.
    pub value: Share,
    /// The number of periods in the window of the rolling mean.
    pub window: usize,
    /// The number of items, the most frequent ones; all if `None`.
    pub n: Option<usize>,
    /// Items with a smaller count are ignored.
    pub min_count: u64,
    /// Whether the table has one row per item, with its tests, instead of one row per item and
    /// period.
    pub tests: bool,
}

/// The values of an item in the periods that have articles, or words where the value is a share of
/// them: the position of each period, and the value.
fn values(series: &[InPeriod], share: Share, one: One) -> Vec<(f64, f64)> {
    let value = |&(cell, (words, articles)): &InPeriod| match share {
        Share::PerMillion => per(cell.count, words, 1e6),
        Share::PerThousand => per(cell.articles, articles, 1e3),
        Share::Count => (articles > 0).then(|| one.number(cell.count)),
    };
    let values = series.iter().map(value).enumerate();
    values.filter_map(|(at, value)| Some((at as f64, value?))).collect()
}

/// A share; none of nothing.
fn per(part: u64, whole: u64, scale: f64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * scale / whole as f64)
}

/// An estimate of the memory that one row of the series needs, including while the table is built.
const ROW_BYTES: usize = 160;

/// The series or the tests of the most frequent items in each group: the keys of the group, then
/// the item. Groups are in their order, items by descending count in all groups.
///
/// # Errors
/// [`Kind::OutOfMemory`](crate::error::Kind::OutOfMemory) if the series do not fit into memory.
/// Cancellation.
pub fn trend(
    counts: &Counts,
    (period, groups): (&str, &Groups),
    options: &TrendOptions,
    watch: &Watch,
) -> Result<Table> {
    let items = counts.most(options.n, options.min_count, watch)?;
    let of_groups = |group| items.iter().map(move |&item| (group, item));
    let lines: Vec<(usize, usize)> = (0..counts.groups).flat_map(of_groups).collect();
    let table = if options.tests {
        let of_group: Vec<u32> = lines.iter().map(|&(group, _)| group as u32).collect();
        let keys = groups.key_columns(&of_group, &TESTS, watch)?;
        tests(counts, &lines, keys, options, watch)?
    } else {
        series(counts, (period, groups), &lines, options, watch)?
    };
    Ok(table.with_fact("periods", &counts.periods.len()))
}

/// The columns of the series that follow the period.
const SERIES: [&str; 11] = [
    "item",
    "period_start",
    "count",
    "articles",
    "total_words",
    "total_articles",
    "per_million",
    "per_thousand",
    "empty",
    "rolling_mean",
    "z_score",
];

fn series(
    counts: &Counts,
    (period, groups): (&str, &Groups),
    lines: &[(usize, usize)],
    options: &TrendOptions,
    watch: &Watch,
) -> Result<Table> {
    let length = counts.periods.len();
    let what = format!("a table of {} series and {length} periods", lines.len());
    require_memory(lines.len().saturating_mul(length).saturating_mul(ROW_BYTES), &what)?;
    let (mut means, mut scores, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    for &(group, item) in lines {
        watch.check()?;
        let series = counts.series(group, item);
        let values = values(&series, options.value, counts.one);
        let n = values.len() as f64;
        let mean = values.iter().map(|&(_, value)| value).sum::<f64>() / n;
        let deviation = (values.iter().map(|&(_, value)| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
        let (mut first, mut next) = (0, 0);
        for at in 0..length {
            let own =
                values.get(next).filter(|&&(place, _)| place < at as f64 + 0.5).map(|&(_, value)| value);
            next += usize::from(own.is_some());
            while first < next && values[first].0 + (options.window as f64) <= at as f64 {
                first += 1;
            }
            let held = &values[first..next];
            let sum: f64 = held.iter().map(|&(_, value)| value).sum();
            means.push((!held.is_empty()).then(|| sum / held.len() as f64));
            scores.push(own.filter(|_| deviation > 0.0).map(|value| (value - mean) / deviation));
        }
        cells.extend(series);
    }
    watch.check()?;
    let others: Vec<&str> = SERIES.into_iter().chain([period]).collect();
    let of_row = lines.iter().flat_map(|&(group, _)| std::iter::repeat_n(group as u32, length));
    let of_row: Vec<u32> = watch.through(of_row).collect();
    let mut table = Table::new();
    for (name, column) in groups.key_columns(&of_row, &others, watch)? {
        table = table.with(name, column)?;
    }
    // The number of each item among those of the table.
    let mut codes_of: Map<usize, u32> = Map::default();
    let mut names = Strings::default();
    let mut codes = Vec::with_capacity(cells.len());
    for &(_, item) in lines {
        let code = *codes_of.entry(item).or_insert_with(|| {
            names.push(&counts.items[item]);
            names.len() as u32 - 1
        });
        codes.extend(std::iter::repeat_n(code, length));
    }
    let labels = watch.through(lines).flat_map(|_| &counts.periods);
    let starts = watch.through(lines).flat_map(|_| counts.first_days.iter().map(|&day| Some(day)));
    let whole = |of: fn(&InPeriod) -> u64| counts.one.column(cells.iter().map(of));
    let shares = |of: fn(&InPeriod) -> Option<f64>| Column::optional_float(cells.iter().map(of));
    table
        .with("item", Values::Category(codes, names))?
        .with(period, stopped(watch, Column::text(labels))?)?
        .with("period_start", stopped(watch, Column::dates(starts))?)?
        .with("count", stopped(watch, whole(|(cell, _)| cell.count))?)?
        .with("articles", stopped(watch, whole(|(cell, _)| cell.articles))?)?
        .with("total_words", stopped(watch, whole(|&(_, (words, _))| words))?)?
        .with("total_articles", stopped(watch, whole(|&(_, (_, articles))| articles))?)?
        .with("per_million", shares(|&(cell, (words, _))| per(cell.count, words, 1e6)))?
        .with("per_thousand", shares(|&(cell, (_, articles))| per(cell.articles, articles, 1e3)))?
        .with("empty", Values::Bool(cells.iter().map(|&(_, (_, articles))| articles == 0).collect()))?
        .with("rolling_mean", Column::optional_float(means))?
        .with("z_score", Column::optional_float(scores))
}

/// Returns the column, unless the job has been stopped in the meantime.
fn stopped(watch: &Watch, column: Column) -> Result<Column> {
    watch.check()?;
    Ok(column)
}

/// The columns of the tests.
const TESTS: [&str; 9] =
    ["item", "count", "articles", "periods", "tau", "z", "p_value", "slope", "intercept"];

fn tests(
    counts: &Counts,
    lines: &[(usize, usize)],
    keys: Vec<(String, Column)>,
    options: &TrendOptions,
    watch: &Watch,
) -> Result<Table> {
    let tested = map(lines, watch, |&(group, item)| {
        let series = counts.series(group, item);
        let sum = |of: fn(&Cell) -> u64| series.iter().map(|(cell, _)| of(cell)).sum::<u64>();
        let sums = (sum(|cell| cell.count), sum(|cell| cell.articles));
        let values = values(&series, options.value, counts.one);
        Ok((sums, values.len() as i64, mann_kendall(&values), theil_sen(&values)))
    })?;
    let kendall = |of: fn(&MannKendall) -> f64| {
        Column::optional_float(tested.iter().map(|(_, _, test, _)| test.as_ref().map(of)))
    };
    let slope =
        |of: fn((f64, f64)) -> f64| Column::optional_float(tested.iter().map(|(.., slope)| slope.map(of)));
    let mut table = Table::new();
    for (name, column) in keys {
        table = table.with(name, column)?;
    }
    table
        .with("item", Column::text(lines.iter().map(|&(_, item)| &counts.items[item])))?
        .with("count", counts.one.column(tested.iter().map(|&((count, _), ..)| count)))?
        .with("articles", counts.one.column(tested.iter().map(|&((_, articles), ..)| articles)))?
        .with("periods", Column::int(tested.iter().map(|&(_, periods, ..)| periods)))?
        .with("tau", kendall(|test| test.tau))?
        .with("z", kendall(|test| test.z))?
        .with("p_value", kendall(|test| test.p_value))?
        .with("slope", slope(|(slope, _)| slope))?
        .with("intercept", slope(|(_, intercept)| intercept))
}

/// The result of a test for a monotone trend (Mann 1945, Kendall 1975).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// The number of pairs that rise minus the number of pairs that fall.
    pub s: f64,
    /// Kendall's tau-b.
    pub tau: f64,
    /// S divided by its standard deviation, corrected for ties and continuity.
    pub z: f64,
    /// The two-sided p-value of z under the normal distribution.
    pub p_value: f64,
}

/// The Mann–Kendall test; `None` if there are fewer than three values or all are equal.
pub fn mann_kendall(values: &[(f64, f64)]) -> Option<MannKendall> {
    let n = values.len() as f64;
    let mut heights: Vec<f64> = values.iter().map(|&(_, value)| value + 0.0).collect();
    let mut ties: BTreeMap<u64, f64> = BTreeMap::new();
    for value in &heights {
        *ties.entry(value.to_bits()).or_default() += 1.0;
    }
    let falling = descents(&mut heights, |later, earlier| later < earlier);
    heights = values.iter().map(|&(_, value)| -value + 0.0).collect();
    let rising = descents(&mut heights, |later, earlier| later < earlier);
    let s = rising as i64 - falling as i64;
    let over_ties = |of: fn(f64) -> f64| ties.values().map(|&size| of(size)).sum::<f64>();
    let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - over_ties(|t| t * (t - 1.0) * (2.0 * t + 5.0))) / 18.0;
    if n < 3.0 || variance <= 0.0 || ties.len() < 2 {
        return None;
    }
    let pairs = n * (n - 1.0) / 2.0;
    let s = s as f64;
    let z = (s.abs() - 1.0).max(0.0).copysign(s) / variance.sqrt() + 0.0;
    let tau = s / (pairs * (pairs - over_ties(|t| t * (t - 1.0) / 2.0))).sqrt();
    Some(MannKendall { s, tau, z, p_value: normal_tails(z) })
}

/// Sorts the values, and returns the number of pairs whose later value is below the earlier one. It
/// merges halves, in n log n steps.
fn descents(values: &mut [f64], below: impl Fn(f64, f64) -> bool + Copy) -> u64 {
    let middle = values.len() / 2;
    if middle == 0 {
        return 0;
    }
    let (left, right) = values.split_at_mut(middle);
    let mut count = descents(left, below) + descents(right, below);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut at, mut later) = (0, right.iter().copied().peekable());
    while let Some(&earlier) = left.get(at) {
        if let Some(later) = later.next_if(|&later| below(later, earlier)) {
            count += (left.len() - at) as u64;
            merged.push(later);
        } else {
            merged.push(earlier);
            at += 1;
        }
    }
    merged.extend(later);
    values.copy_from_slice(&merged);
    count
}

/// The maximum number of values for which the slopes of all pairs are computed.
const ALL_PAIRS: usize = 1024;

/// The median of the slopes of all pairs, and the intercept of the median line (Theil 1950, Sen
/// 1968); `None` if there are fewer than two values. The positions must be ascending.
///
/// With more than [`ALL_PAIRS`] values the median is found by bisection. A slope is too steep if
/// more than half of the pairs fall after the line with this slope has been subtracted, and the
/// pairs that fall are counted in n log n steps (the idea is that of Cole et al. 1989). The result
/// is therefore exact up to the rounding of the values.
pub fn theil_sen(values: &[(f64, f64)]) -> Option<(f64, f64)> {
    let pairs = (values.len() * values.len().saturating_sub(1) / 2) as u64;
    let slope = if values.len() <= ALL_PAIRS {
        let mut slopes = Vec::with_capacity(pairs as usize);
        for (at, &(place, value)) in values.iter().enumerate() {
            slopes.extend(values[at + 1..].iter().map(|&(later, other)| (other - value) / (later - place)));
        }
        median(&mut slopes)?
    } else {
        f64::midpoint(nth_slope(values, (pairs - 1) / 2), nth_slope(values, pairs / 2))
    };
    let mut places: Vec<f64> = values.iter().map(|&(place, _)| place).collect();
    let mut heights: Vec<f64> = values.iter().map(|&(_, value)| value).collect();
    Some((slope, median(&mut heights)? - slope * median(&mut places)?))
}

/// The slope that has `rank` slopes below it: the smallest number that at least `rank` + 1 slopes
/// do not exceed.
fn nth_slope(values: &[(f64, f64)], rank: u64) -> f64 {
    // Maps integers to finite numbers so that their order is preserved.
    let number = |order: u64| f64::from_bits(if order >> 63 == 1 { order ^ 1 << 63 } else { !order });
    let (mut low, mut high) = (!f64::MIN.to_bits(), f64::MAX.to_bits() | 1 << 63);
    while low < high {
        let middle = low + (high - low) / 2;
        let slope = number(middle);
        let mut rest: Vec<f64> = values.iter().map(|&(place, value)| value - slope * place).collect();
        if descents(&mut rest, |later, earlier| later <= earlier) > rank {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    number(low)
}

fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let even = values.len().is_multiple_of(2);
    let (below, &mut upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if !even {
        return Some(upper);
    }
    below.iter().copied().max_by(f64::total_cmp).map(|lower| f64::midpoint(lower, upper))
}
