//! By what are articles grouped?
//!
//! `by=` names fields, periods of the date (`day`, `week`, `month`, `quarter`, `year`), and `zone`.
//! Groups are sorted by their keys; missing values come last in each key.

use std::collections::BTreeMap;

use super::keys::{Keys, SortKey, ordered};
use super::{Corpus, ZoneSet};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::calendar::Period;
use crate::error::{Error, Kind, Result};
use crate::table::Column;

/// The groups of a selection.
#[derive(Debug, Clone)]
pub struct Groups {
    /// The group of each article of the selection.
    of_article: Vec<u32>,
    keys: Keys,
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
        self.grouped(columns, zone_at, watch)
    }

    /// The groups of articles of one period each, by the articles' dates, whatever fields they
    /// have.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: no article of the store has a date. Cancellation.
    pub fn period_groups(&self, period: Period, watch: &Watch) -> Result<Groups> {
        self.expect_dates()?;
        self.grouped(vec![("period".to_owned(), self.periods(period))], None, watch)
    }

    /// Groups of one article each, without keys.
    pub fn article_groups(&self) -> Groups {
        Groups::numbered((0..self.len() as u32).collect(), self.len())
    }

    fn periods(&self, period: Period) -> Column {
        Column::optional_text(self.articles().map(|article| article.day().map(|day| period.label(day))))
    }

    fn grouped(
        &self,
        columns: Vec<(String, Column)>,
        zone_at: Option<usize>,
        watch: &Watch,
    ) -> Result<Groups> {
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
        let columns = columns.into_iter().map(key).collect::<Result<_>>()?;
        Ok(Groups { of_article, keys: Keys::new(columns, examples.len(), zone_at) })
    }

    fn group_column(&self, name: &str, watch: &Watch) -> Result<Column> {
        match (self.field(name, watch), Period::from_name(name)) {
            (Ok(column), _) => Ok(column),
            (Err(_), Some(period)) => {
                self.expect_dates()?;
                Ok(self.periods(period))
            }
            (Err(error), None) => Err(Error::new(
                error.kind(),
                format!("{}, day, week, month, quarter, year, zone", error.what()),
            )),
        }
    }
}

impl Groups {
    /// Groups without keys, from the group of each article of a selection.
    pub(crate) fn numbered(of_article: Vec<u32>, groups: usize) -> Self {
        Self { of_article, keys: Keys::new(Vec::new(), groups, None) }
    }

    /// Groups without keys: each of these groups, divided by others. None may be grouped by zone.
    pub(crate) fn divided(&self, others: &Self) -> Self {
        let width = others.len() as u32;
        let of = |(group, other): (&u32, &u32)| group * width + other;
        let of_article = self.of_article.iter().zip(&others.of_article).map(of).collect();
        Self::numbered(of_article, self.len() * others.len())
    }

    /// How much the articles of each group of a selection count, in units.
    pub(crate) fn sizes(&self, corpus: &Corpus) -> Vec<u64> {
        let mut sizes = vec![0; self.len()];
        for (kind, _) in self.zone_sets(ZoneSet::ALL) {
            for position in 0..self.of_article.len() {
                sizes[self.of(position, kind) as usize] += corpus.weight(position);
            }
        }
        sizes
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no group.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys of the groups.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The group of a zone of the article at a position of the selection.
    pub fn of(&self, position: usize, zone: ZoneKind) -> u32 {
        let group = self.of_article[position];
        if self.keys.is_by_zone() { group * ZoneKind::ALL.len() as u32 + zone as u32 } else { group }
    }

    /// Zones that belong to one group of an article, with a kind for [`Groups::of`]: each of the
    /// zones if they are grouped by zone, else all of them.
    pub(crate) fn zone_sets(&self, zones: ZoneSet) -> Vec<(ZoneKind, ZoneSet)> {
        if self.keys.is_by_zone() {
            let each = ZoneKind::ALL.into_iter().filter(|&kind| zones.has(kind));
            each.map(|kind| (kind, ZoneSet::only(kind))).collect()
        } else {
            vec![(ZoneKind::Body, zones)]
        }
    }

    /// [`Keys::columns`] of these groups.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn key_columns(
        &self,
        groups: &[u32],
        others: &[&str],
        watch: &Watch,
    ) -> Result<Vec<(String, Column)>> {
        self.keys.columns(groups, others, watch)
    }
}
