//! What became of each record that came in?

use crate::error::{Error, Place, Result};
use crate::table::{Column, Table};

/// The account of a batch: `n_in == n_ok + n_failed`, each failure with its place and reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    ok: usize,
    failures: Vec<Error>,
    notes: Vec<Error>,
}

impl Report {
    /// Counts a good article.
    pub(super) fn accept(&mut self) {
        self.ok += 1;
    }

    /// Counts a bad one.
    pub(super) fn refuse(&mut self, error: Error) {
        self.failures.push(error);
    }

    /// Remembers something that was put right.
    pub(super) fn note(&mut self, note: Error) {
        self.notes.push(note);
    }

    /// How many records came in.
    pub fn n_in(&self) -> usize {
        self.ok + self.failures.len()
    }

    /// How many became articles.
    pub fn n_ok(&self) -> usize {
        self.ok
    }

    /// How many were left out.
    pub fn n_failed(&self) -> usize {
        self.failures.len()
    }

    /// A row for each record left out: article, source, line, field, kind, message.
    ///
    /// # Errors
    /// None that a report can cause.
    pub fn failures(&self) -> Result<Table> {
        listed(&self.failures)
    }

    /// A row for each thing that was put right, such as a file that was not UTF-8.
    ///
    /// # Errors
    /// None that a report can cause.
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
