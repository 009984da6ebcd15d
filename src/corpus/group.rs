//! By what are articles grouped?
//!
//! `by=` names fields, periods of the date (`day`, `week`, `month`, `quarter`, `year`), and `zone`.
//! Groups are sorted by their keys; missing values come last in each key.

use std::collections::BTreeMap;

use super::Corpus;
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::calendar::Period;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, Values};

/// The groups of a selection.
#[derive(Debug, Clone)]
pub struct Groups {
    /// The group of each article of the selection.
    of_article: Vec<u32>,
    /// The number of groups of articles.
    articles: usize,
    by_zone: bool,
    /// The keys: one column per name in `by`, one row per group of articles.
    keys: Vec<(String, Column)>,
    /// The position of `zone` among the names.
    zone_at: usize,
}

/// A sortable key: missing values come last.
type SortKey = (bool, Ordered);

/// `name`, extended until it differs from all other names.
pub(super) fn free_name(name: &str, others: &[&str]) -> String {
    let mut free = name.to_owned();
    while others.contains(&free.as_str()) {
        free += "_field";
    }
    free
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Ordered {
    Int(i64),
    /// A float by its bits, transformed so that the order of the bits is the order of the numbers.
    Float(u64),
    Text(String),
}

impl Corpus {
    /// The groups for the given names; a single group if no name is given.
    ///
    /// # Errors
    /// [`Kind::MissingColumn`] for a name that is not a field, a period or `zone`;
    /// [`Kind::BadOption`] for a repeated name; [`Kind::Cancelled`].
    pub fn groups<S: AsRef<str>>(&self, by: &[S], watch: &Watch) -> Result<Groups> {
        let mut columns: Vec<(String, Column)> = Vec::new();
        let mut zone_at = None;
        for (at, name) in by.iter().map(AsRef::as_ref).enumerate() {
            if by[..at].iter().any(|other| other.as_ref() == name) {
                return Err(Error::new(Kind::BadOption, format!("\"{name}\" is named twice")).in_field("by"));
            }
            if name == "zone" {
                zone_at = Some(at);
            } else {
                let column = self.group_column(name, watch).map_err(|error| error.in_field("by"))?;
                columns.push((name.to_owned(), column));
            }
        }
        let mut rows: BTreeMap<Vec<SortKey>, Vec<u32>> = BTreeMap::new();
        for article in watch.through(0..self.len()) {
            let key = columns.iter().map(|(_, column)| ordered(column, article)).collect();
            rows.entry(key).or_default().push(article as u32);
        }
        watch.check()?;
        let mut of_article = vec![0; self.len()];
        let mut examples = Vec::with_capacity(rows.len());
        for (group, articles) in rows.values().enumerate() {
            examples.extend(articles.first());
            for &article in articles {
                of_article[article as usize] = group as u32;
            }
        }
        let key = |(name, column): (String, Column)| Ok((name, column.take(&examples, watch)?));
        let keys = columns.into_iter().map(key).collect::<Result<_>>()?;
        Ok(Groups {
            of_article,
            articles: examples.len(),
            by_zone: zone_at.is_some(),
            keys,
            zone_at: zone_at.unwrap_or(0),
        })
    }

    fn group_column(&self, name: &str, watch: &Watch) -> Result<Column> {
        match (self.field(name, watch), Period::from_name(name)) {
            (Ok(column), _) => Ok(column),
            (Err(_), Some(period)) => Ok(Column::optional_text(
                self.articles().map(|article| article.day().map(|day| period.label(day))),
            )),
            (Err(error), None) => Err(Error::new(
                error.kind(),
                format!("{}, day, week, month, quarter, year, zone", error.what()),
            )),
        }
    }
}

fn ordered(column: &Column, row: usize) -> SortKey {
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

impl Groups {
    /// The number of groups.
    pub fn len(&self) -> usize {
        if self.by_zone { self.articles * ZoneKind::ALL.len() } else { self.articles }
    }

    /// Whether there are no groups.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The group of a zone of the article at a position of the selection.
    pub fn of(&self, position: usize, zone: ZoneKind) -> u32 {
        let group = self.of_article[position];
        if self.by_zone { group * ZoneKind::ALL.len() as u32 + zone as u32 } else { group }
    }

    /// The key columns of these groups, one row per group. A key column with the same name as a
    /// column of the result gets the suffix `_field`.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn key_columns(
        &self,
        groups: &[u32],
        others: &[&str],
        watch: &Watch,
    ) -> Result<Vec<(String, Column)>> {
        let zones = ZoneKind::ALL.len() as u32;
        let articles: Vec<u32> =
            groups.iter().map(|&group| if self.by_zone { group / zones } else { group }).collect();
        let mut columns: Vec<(String, Column)> = self
            .keys
            .iter()
            .map(|(name, column)| Ok((free_name(name, others), column.take(&articles, watch)?)))
            .collect::<Result<_>>()?;
        if self.by_zone {
            let names = ZoneKind::ALL.map(ZoneKind::name).into_iter().collect();
            let codes = groups.iter().map(|&group| group % zones).collect();
            columns.insert(self.zone_at, ("zone".to_owned(), Values::Category(codes, names).into()));
        }
        Ok(columns)
    }
}
