//! Which terms differ, and in which order are they listed?

use super::intervals::intervals;
use super::options::{KeynessOptions, Only};
use super::scale::{Scale, name_of, p_value};
use super::side::{Both, Row, Side};
use crate::batch::{Watch, fill};
use crate::corpus::One;
use crate::error::Result;
use crate::measure::{Zeros, benjamini_hochberg};
use crate::stats::count::{ranked, sort_keys, taken, taken_names};
use crate::table::{Column, Strings, Table, Values};

/// Two sides, compared: rows in the order of the table.
pub(super) struct Compared {
    pub(super) rows: Vec<Row>,
    pub(super) names: Strings,
    pub(super) floats: Vec<(String, Vec<f64>)>,
    one: One,
}

impl Compared {
    pub(super) fn new(
        sides: &[Side; 2],
        item: &str,
        options: &KeynessOptions,
        watch: &Watch,
    ) -> Result<Self> {
        let mut both = Both::new(&sides[0], &sides[1], watch)?;
        let one = both.one;
        both.rows
            .retain(|row| options.terms.keeps_units(one, row.counts.iter().sum(), row.articles.iter().sum()));
        watch.check()?;
        let mut names = both.names.texts(both.rows.iter().map(|row| row.gram), watch)?;
        let scale = Scale::new(sides, &both, &names, options)?;
        let columns: Vec<Vec<f64>> = options
            .measures
            .iter()
            .map(|&measure| fill(both.rows.len(), watch, |at| scale.value(measure, &both.rows[at], at)))
            .collect::<Result<_>>()?;
        let mut floats: Vec<(String, Vec<f64>)> =
            options.measures.iter().map(|&measure| name_of(measure).to_owned()).zip(columns).collect();
        if let Some(test) = options.test() {
            let values =
                floats.iter().find(|(name, _)| name == name_of(test)).map_or(&[][..], |(_, all)| all);
            let p_values: Vec<f64> = fill(values.len(), watch, |at| p_value(test, values[at]))?;
            let q_values = benjamini_hochberg(&p_values);
            floats.push(("p_value".to_owned(), p_values));
            floats.push(("q_value".to_owned(), q_values));
        }
        let mut order = order(&both.rows, (item, &names), &floats, &scale, options, watch)?;
        order.truncate(options.n.unwrap_or(usize::MAX));
        let rows = taken(&both.rows, &order, watch)?;
        names = taken_names(&names, &order, watch)?;
        for (_, values) in &mut floats {
            *values = taken(values, &order, watch)?;
        }
        if options.bootstrap > 0 {
            floats.extend(intervals(sides, &both, &rows, &order, &scale, options, watch)?);
        }
        Ok(Self { rows, names, floats, one })
    }

    /// Appends the rows of another comparison with the same columns.
    pub(super) fn append(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.names.append(&other.names);
        for ((_, all), (_, values)) in self.floats.iter_mut().zip(other.floats) {
            all.extend(values);
        }
    }

    pub(super) fn columns(self, table: Table, item: &str) -> Result<Table> {
        let count = |side: usize| self.one.column(self.rows.iter().map(|row| row.counts[side]));
        let (target, reference) = (count(0), count(1));
        let mut table = table
            .with(item, Values::Text(self.names))?
            .with("target", target)?
            .with("reference", reference)?;
        for (name, values) in self.floats {
            // A bound is unknown if no resample has terms on both sides.
            let known = |value: f64| Some(value).filter(|value| !value.is_nan());
            table = table.with(name, Column::optional_float(values.into_iter().map(known)))?;
        }
        Ok(table)
    }
}

/// The positions of the rows that are kept, in the order of the table.
fn order(
    rows: &[Row],
    (item, names): (&str, &Strings),
    floats: &[(String, Vec<f64>)],
    scale: &Scale<'_>,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Vec<u32>> {
    let kept = |&at: &u32| {
        let contrast = scale.contrast(&rows[at as usize]);
        match options.only {
            None => true,
            Some(Only::Target) => contrast.a * contrast.n2 > contrast.b * contrast.n1,
            Some(Only::Reference) => contrast.a * contrast.n2 < contrast.b * contrast.n1,
            Some(Only::Lockwords) => contrast.log_ratio(Zeros::Half).abs() <= options.lock_width,
        }
    };
    let counts = |of: &dyn Fn(&Row) -> u64| rows.iter().map(|row| of(row) as f64).collect::<Vec<_>>();
    let keys = match options.sort.as_deref() {
        None if options.only == Some(Only::Lockwords) => counts(&|row| row.counts.iter().sum()),
        Some("target") => counts(&|row| row.counts[0]),
        Some("reference") => counts(&|row| row.counts[1]),
        sort => {
            let mut keys = sort_keys(rows.len(), sort, item, &["target", "reference"], floats, watch)?;
            let first = options.measures.first().copied().map_or("", name_of);
            if options.only.is_none() {
                scale.sign(sort.unwrap_or(first), rows, &mut keys);
            }
            keys
        }
    };
    ranked((0..rows.len() as u32).filter(kept).collect(), &keys, names, watch)
}
