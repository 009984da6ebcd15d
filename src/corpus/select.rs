//! Which articles are selected?

use super::Corpus;
use super::filter::Filter;
use super::part::NO_DAY;
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::table::Column;

impl Corpus {
    /// The articles at these positions of the selection, in this order.
    ///
    /// # Errors
    /// [`Kind::BadOption`] for a position outside the selection.
    pub fn take(&self, positions: &[usize]) -> Result<Self> {
        let rows: Option<Vec<u32>> =
            positions.iter().map(|&position| Some(self.article(position)?.row)).collect();
        let rows = rows.ok_or_else(|| {
            let worst = positions.iter().max().copied().unwrap_or(0);
            Error::new(Kind::BadOption, format!("there is no article {worst}; the corpus has {}", self.len()))
        })?;
        Ok(self.with_rows(rows))
    }

    /// The articles of this selection that are not in another selection of the same store.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let taken: std::collections::HashSet<u32> = other.rows().into_iter().collect();
        let rest: Vec<u32> = self.rows().into_iter().filter(|row| !taken.contains(row)).collect();
        self.with_rows(rest)
    }

    /// The articles whose fields pass all filters. A field is a supplied field, or one of the
    /// built-in fields `article` (the id), `date`, `headline`, `place` and `byline`.
    ///
    /// # Errors
    /// [`Kind::MissingColumn`] for an unknown field; the message lists the fields that exist.
    /// [`Kind::BadOption`] for a value that cannot be compared with the values of the field.
    /// [`Kind::Cancelled`].
    pub fn filter(&self, filters: &[(String, Filter)], watch: &Watch) -> Result<Self> {
        let mut keep: Vec<usize> = (0..self.len()).collect();
        for (name, filter) in filters {
            let is_field = self.store().fields().iter().any(|(field, _)| field == name);
            if name == "date" && !is_field && !filter.is_of_missing() {
                self.expect_dates()?;
            }
            let column = self.field(name, watch).map_err(|error| error.in_field(name))?;
            let test = filter.test(&column, watch).map_err(|error| error.in_field(name))?;
            let passing = watch.through(keep).filter(|&position| test.passes(position)).collect();
            keep = passing;
        }
        watch.check()?;
        self.take(&keep)
    }

    /// Checks that there are dates, for work that is nothing without them.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: there are articles, and none of the store has a date.
    pub(super) fn expect_dates(&self) -> Result<()> {
        let mut all = self.store().parts.iter().flat_map(|part| &part.articles).peekable();
        if all.peek().is_none() || all.any(|article| article.day != NO_DAY) {
            return Ok(());
        }
        let what = "no article has a date; name the column of dates with date=";
        Err(Error::new(Kind::BadOption, what).in_field("date"))
    }

    /// A field of the selected articles: a supplied field, or a built-in one.
    ///
    /// # Errors
    /// [`Kind::MissingColumn`] if there is no such field; the message lists the fields that exist.
    /// [`Kind::Cancelled`].
    pub fn field(&self, name: &str, watch: &Watch) -> Result<Column> {
        if let Some((_, column)) = self.store().fields().iter().find(|(field, _)| field == name) {
            return self.selected(column, watch);
        }
        self.built_in_field(name, watch)?.ok_or_else(|| {
            let built_in = Self::BUILT_IN_FIELDS.iter().copied();
            let known: Vec<&str> =
                built_in.chain(self.store().fields().iter().map(|(field, _)| field.as_str())).collect();
            Error::new(
                Kind::MissingColumn,
                format!("there is no field \"{name}\"; there are {}", known.join(", ")),
            )
        })
    }
}
