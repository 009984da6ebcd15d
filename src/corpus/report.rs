//! What happened to each input record?

use crate::error::{Error, Place, Result};
use crate::table::{Column, Table};

/// The outcome of a batch: `n_in == n_ok + n_failed`, and the place and reason of each failure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    ok: usize,
    failures: Vec<Error>,
    notes: Vec<Error>,
}

impl Report {
    /// Counts a record that became an article.
    pub(super) fn accept(&mut self) {
        self.ok += 1;
    }

    /// Records a failure.
    pub(super) fn refuse(&mut self, error: Error) {
        self.failures.push(error);
    }

    /// Records something that was repaired.
    pub(super) fn note(&mut self, note: Error) {
        self.notes.push(note);
    }

    /// The number of input records.
    pub fn n_in(&self) -> usize {
        self.ok + self.failures.len()
    }

    /// The number of records that became articles.
    pub fn n_ok(&self) -> usize {
        self.ok
    }

    /// The number of records that were rejected.
    pub fn n_failed(&self) -> usize {
        self.failures.len()
    }

    /// One row per rejected record: article, source, line, field, kind, message.
    ///
    /// # Errors
    /// None in practice: the columns have the same length.
    pub fn failures(&self) -> Result<Table> {
        listed(&self.failures)
    }

    /// One row per repair, such as a file that was not UTF-8.
    ///
    /// # Errors
    /// None in practice: the columns have the same length.
    pub fn notes(&self) -> Result<Table> {
        listed(&self.notes)
    }
}

fn listed(errors: &[Error]) -> Result<Table> {
    let numbers = |pick: fn(&Place) -> Option<usize>| {
        Column::optional_int(errors.iter().map(|error| pick(error.place()).map(|number| number as i64)))
    };
    let texts = |pick: fn(&Place) -> Option<&String>| {
        Column::optional_text(errors.iter().map(|error| pick(error.place())))
    };
    Table::new()
        .with("article", numbers(|place| place.article))?
        .with("source", texts(|place| place.source.as_ref()))?
        .with("line", numbers(|place| place.line))?
        .with("field", texts(|place| place.field.as_ref()))?
        .with("byte", numbers(|place| place.byte))?
        .with("kind", Column::text(errors.iter().map(|error| error.kind().slug())))?
        .with("message", Column::text(errors.iter().map(ToString::to_string)))
}
