//! The settings with which the facade builds a corpus.

use std::collections::HashMap;
use std::path::PathBuf;

use pyo3::prelude::*;

use crate::article::{Layout, Paragraphs};
use crate::batch::Watch;
use crate::calendar::DateForm;
use crate::corpus::{IdSource, OnError, Options, Place, RoleNames, Roles};
use crate::error::{Error, Kind, Result};
use crate::py::run::run;
use crate::read::{Charset, Columns, Fields};

/// How a corpus is built. The facade has checked the words.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Settings {
    layout: String,
    paragraphs: String,
    errors: String,
    pub(super) threads: Option<usize>,
    /// The id of the first article, if ids are positions.
    first: u64,
    pub(super) progress: Option<Py<PyAny>>,
    id: Option<String>,
    /// Who named the ids: `asked`, `found`, `index`, or `positions` if there are to be none.
    id_source: String,
    /// Whether usual names of columns have their role.
    usual: bool,
    /// Where ids come from if no column has them: `auto`, or `file`.
    ids: String,
    /// Where days may be inferred from.
    infer: Vec<String>,
    /// The encoding of all files.
    encoding: Option<String>,
    date_format: Option<String>,
    dayfirst: Option<bool>,
    date: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    /// Files that the facade could not read, and why.
    pub(super) failures: Vec<(PathBuf, String)>,
    /// What the facade has decided, for the report.
    pub(super) notes: Vec<(String, String)>,
}

impl Settings {
    pub(super) fn options(&self) -> Options {
        Options {
            layout: match self.layout.as_str() {
                "plain" => Layout::Plain,
                "html" => Layout::Html,
                _ => Layout::Auto,
            },
            paragraphs: match self.paragraphs.as_str() {
                "blank" => Paragraphs::Blank,
                "line" => Paragraphs::Line,
                _ => Paragraphs::Auto,
            },
            on_error: if self.errors == "skip" { OnError::Skip } else { OnError::Raise },
            threads: self.threads,
            first: self.first,
        }
    }

    /// The encoding of all files.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: no encoding has that name.
    pub(super) fn encoding(&self) -> Result<Option<Charset>> {
        self.encoding.as_deref().map(Charset::from_name).transpose()
    }

    /// The names of the columns that have a role.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: the form of dates is not one of `strptime`.
    pub(super) fn names(&self) -> Result<RoleNames> {
        let Self { id, date, headline, byline, .. } = self;
        Ok(RoleNames {
            id: id.clone(),
            id_source: match self.id_source.as_str() {
                "asked" => IdSource::Asked,
                "index" => IdSource::Index,
                "positions" => IdSource::Positions,
                _ => IdSource::Found,
            },
            dates: DateForm::new(self.date_format.clone(), self.dayfirst)?,
            date: date.clone(),
            headline: headline.clone(),
            byline: byline.clone(),
            usual: self.usual,
            file_ids: self.ids == "file",
            infer: Place::ALL
                .into_iter()
                .filter(|(name, _)| self.infer.iter().any(|wanted| wanted == name))
                .map(|(_, place)| place)
                .collect(),
        })
    }

    /// The notes of the facade.
    pub(super) fn notes(&self) -> impl Iterator<Item = Error> {
        self.notes.iter().map(|(field, what)| Error::new(Kind::BadRecord, what).in_field(field))
    }

    /// Sorts columns by their role. The GIL is released, since there may be many rows.
    pub(super) fn roles(
        &self,
        py: Python<'_>,
        columns: Columns,
        bad: HashMap<usize, Error>,
    ) -> PyResult<Roles> {
        let (names, watch) = (self.names()?, Watch::default());
        run(py, self.threads, &watch, None, || Roles::new(columns, bad, &names, &watch))
    }

    /// Sorts the fields of `rows` records by their role; a field that has the name of a role takes
    /// it. There is a note if rare fields are held together.
    pub(super) fn roles_of_fields(
        &self,
        py: Python<'_>,
        fields: Fields,
        rows: usize,
        bad: HashMap<usize, Error>,
    ) -> PyResult<(Roles, Option<Error>)> {
        let (mut names, watch) = (self.names()?, Watch::default());
        run(py, self.threads, &watch, None, || {
            let (columns, note) = fields.finish(rows, &names.kept(), &watch)?;
            names.take_standard(&columns);
            Ok((Roles::new(columns, bad, &names, &watch)?, note))
        })
    }
}
