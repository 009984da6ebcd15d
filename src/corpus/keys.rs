//! Which groups are there, by the values of their keys?
//!
//! Groups are numbered in the order of their keys. The numbers belong to one selection; the keys
//! are values, so the groups of two selections unite.

use std::collections::BTreeMap;

use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::file::{Reader, Writer, require};
use crate::table::{Column, ColumnBuilder, Table, Values};

/// The keys of some groups: one row per group of articles, one column per name in `by`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Keys {
    columns: Vec<(String, Column)>,
    /// How many groups of articles there are.
    groups: usize,
    /// The place of `zone` among the names, if articles are also grouped by zone.
    zone_at: Option<usize>,
}

/// A key that can be ordered: missing values last.
pub(super) type SortKey = (bool, Ordered);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ordered {
    Int(i64),
    /// A number by the order of its bits, made monotone.
    Float(u64),
    Text(String),
}

/// A name that no other column has.
pub(super) fn free_name(name: &str, others: &[&str]) -> String {
    let mut free = name.to_owned();
    while others.contains(&free.as_str()) {
        free += "_field";
    }
    free
}

/// The key at a row of a column.
pub(super) fn ordered(column: &Column, row: usize) -> SortKey {
    if !column.is_valid(row) {
        return (true, Ordered::Int(0));
    }
    let value = match &column.values {
        Values::Int(values) | Values::Time(values) => Ordered::Int(values[row]),
        Values::Bool(values) => Ordered::Int(i64::from(values[row])),
        Values::Date(values) => Ordered::Int(i64::from(values[row])),
        Values::Float(values) => {
            let bits = values[row].to_bits();
            Ordered::Float(if bits >> 63 == 0 { bits | 1 << 63 } else { !bits })
        }
        Values::Text(_) | Values::Category(..) | Values::TextList(..) => {
            Ordered::Text(column.show(row).unwrap_or_default())
        }
    };
    (false, value)
}

const ZONES: u32 = ZoneKind::ALL.len() as u32;

impl Keys {
    /// The keys of groups that are in the order of their keys.
    pub(super) fn new(columns: Vec<(String, Column)>, groups: usize, zone_at: Option<usize>) -> Self {
        Self { columns, groups, zone_at }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        if self.is_by_zone() { self.groups * ZONES as usize } else { self.groups }
    }

    /// Whether there is no group.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there are no names, so that all articles, if any, form one group.
    pub(crate) fn has_no_names(&self) -> bool {
        self.columns.is_empty() && self.zone_at.is_none()
    }

    /// Whether articles are also grouped by zone.
    pub(crate) fn is_by_zone(&self) -> bool {
        self.zone_at.is_some()
    }

    /// The key columns of these groups, one row per group named. A column with the name of a column
    /// of the result gets `_field` appended.
    ///
    /// # Errors
    /// Cancellation.
    pub fn columns(&self, groups: &[u32], others: &[&str], watch: &Watch) -> Result<Vec<(String, Column)>> {
        let of_articles = |&group: &u32| if self.is_by_zone() { group / ZONES } else { group };
        let rows: Vec<u32> = groups.iter().map(of_articles).collect();
        let mut columns: Vec<(String, Column)> = self
            .columns
            .iter()
            .map(|(name, column)| Ok((free_name(name, others), column.take(&rows, watch)?)))
            .collect::<Result<_>>()?;
        if let Some(zone_at) = self.zone_at {
            let names = ZoneKind::ALL.map(ZoneKind::name).into_iter().collect();
            let codes = groups.iter().map(|&group| group % ZONES).collect();
            columns.insert(zone_at, ("zone".to_owned(), Values::Category(codes, names).into()));
        }
        Ok(columns)
    }

    /// The name and the values of each key, one row per group of articles.
    pub(crate) fn of_articles(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// The keys of the groups of articles at these rows.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn take(&self, rows: &[u32], watch: &Watch) -> Result<Self> {
        let taken = |(name, column): &(String, Column)| Ok((name.clone(), column.take(rows, watch)?));
        let columns = self.columns.iter().map(taken).collect::<Result<_>>()?;
        Ok(Self { columns, groups: rows.len(), zone_at: self.zone_at })
    }

    /// # Errors
    /// [`Kind::OutOfMemory`].
    pub(crate) fn write(&self, writer: &mut Writer) -> Result<()> {
        let mut table = Table::new();
        for (name, column) in &self.columns {
            table = table.with(name.clone(), column.clone())?;
        }
        writer.number(self.groups);
        writer.table(&table)
    }

    /// The keys that were written; none is grouped by zone.
    ///
    /// # Errors
    /// [`Kind::BadState`]; cancellation.
    pub(crate) fn read(reader: &mut Reader<'_>, watch: &Watch) -> Result<Self> {
        let groups = reader.number()?;
        let table = reader.table(watch)?;
        let columns: Vec<(String, Column)> =
            table.columns().iter().map(|(name, column)| (name.clone(), Column::clone(column))).collect();
        require(columns.iter().all(|(_, column)| column.len() == groups) && u32::try_from(groups).is_ok())?;
        require(!columns.is_empty() || groups <= 1)?;
        Ok(Self { columns, groups, zone_at: None })
    }

    /// The union of all groups, and for each collection of groups the new numbers of its groups.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: they are not grouped by the same names; and cancellation.
    pub(crate) fn union(all: &[&Self], watch: &Watch) -> Result<(Self, Vec<Vec<u32>>)> {
        let Some((first, others)) = all.split_first() else { return Ok(<(Self, Vec<_>)>::default()) };
        let names = |keys: &Self| keys.columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if others.iter().any(|other| names(first) != names(other) || first.zone_at != other.zone_at) {
            let what = "the two are grouped by different names; expected the same";
            return Err(Error::new(Kind::BadOption, what).in_field("by"));
        }
        // Values of both types of a field become one type before they are compared.
        let column = |at: usize| {
            let mut builder = ColumnBuilder::default();
            for keys in all {
                watch.through(0..keys.groups).for_each(|row| builder.push(keys.columns[at].1.value(row)));
            }
            (first.columns[at].0.clone(), builder.finish())
        };
        let joined: Vec<(String, Column)> = (0..first.columns.len()).map(column).collect();
        let key = |row: usize| joined.iter().map(|(_, column)| ordered(column, row)).collect();
        let count = all.iter().map(|keys| keys.groups).sum();
        let mut rows: BTreeMap<Vec<SortKey>, Vec<usize>> = BTreeMap::new();
        for row in watch.through(0..count) {
            rows.entry(key(row)).or_default().push(row);
        }
        watch.check()?;
        let examples: Vec<u32> =
            rows.values().filter_map(|rows| rows.first()).map(|&row| row as u32).collect();
        let mut number = vec![0_u32; count];
        for (group, rows) in (0..).zip(rows.values()) {
            for &row in rows {
                number[row] = group;
            }
        }
        let columns = joined.into_iter().map(|(name, column)| Ok((name, column.take(&examples, watch)?)));
        let columns = columns.collect::<Result<_>>()?;
        let zones = if first.is_by_zone() { ZONES } else { 1 };
        let mut number = number.into_iter();
        let numbers = all.iter().map(|keys| {
            let groups = number.by_ref().take(keys.groups);
            groups.flat_map(|group| group * zones..(group + 1) * zones).collect()
        });
        let numbers = numbers.collect();
        Ok((Self { columns, groups: rows.len(), zone_at: first.zone_at }, numbers))
    }
}
