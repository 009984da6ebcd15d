//! Which groups are there, by the values of their keys?
//!
//! Groups are numbered in the order of their keys. The numbers belong to one selection; the keys
//! are values, so the groups of two selections unite.

use std::collections::BTreeMap;

use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, ColumnBuilder, Values};

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

    fn key(&self, row: usize) -> Vec<SortKey> {
        self.columns.iter().map(|(_, column)| ordered(column, row)).collect()
    }

    /// The groups of both, each once, and the number that each group of either has among them.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: they are not grouped by the same names; and cancellation.
    pub(crate) fn union(&self, other: &Self, watch: &Watch) -> Result<(Self, [Vec<u32>; 2])> {
        let names = |keys: &Self| keys.columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if names(self) != names(other) || self.zone_at != other.zone_at {
            let what = "the two are grouped by different names; expected the same";
            return Err(Error::new(Kind::BadOption, what).in_field("by"));
        }
        let mut rows: BTreeMap<Vec<SortKey>, (&Self, usize)> = BTreeMap::new();
        for keys in [self, other] {
            for row in watch.through(0..keys.groups) {
                rows.entry(keys.key(row)).or_insert((keys, row));
            }
        }
        watch.check()?;
        let column = |(at, (name, _)): (usize, &(String, Column))| {
            let mut builder = ColumnBuilder::default();
            watch.through(rows.values()).for_each(|(keys, row)| builder.push(keys.columns[at].1.value(*row)));
            (name.clone(), builder.finish())
        };
        let columns = self.columns.iter().enumerate().map(column).collect();
        let number: BTreeMap<&Vec<SortKey>, u32> = rows.keys().zip(0..).collect();
        let zones = if self.is_by_zone() { ZONES } else { 1 };
        let numbers = [self, other].map(|keys| {
            let of_row = |row: usize| number.get(&keys.key(row)).copied().unwrap_or_default();
            let numbers = watch.through(0..keys.groups).flat_map(|row| {
                let first = of_row(row) * zones;
                first..first + zones
            });
            numbers.collect()
        });
        watch.check()?;
        Ok((Self { columns, groups: rows.len(), zone_at: self.zone_at }, numbers))
    }
}
