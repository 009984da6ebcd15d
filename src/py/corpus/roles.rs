//! The settings with which the facade builds a corpus.

use std::collections::HashMap;
use std::path::PathBuf;

use pyo3::prelude::*;

use crate::article::{Layout, Paragraphs};
use crate::batch::Watch;
use crate::corpus::{OnError, Options, RoleNames, Roles};
use crate::error::Error;
use crate::py::run::run;
use crate::read::{Columns, Fields};

/// How a corpus is built. The facade has checked the words.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Settings {
    layout: String,
    paragraphs: String,
    errors: String,
    pub(super) threads: Option<usize>,
    pub(super) progress: Option<Py<PyAny>>,
    id: Option<String>,
    date: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    /// Files that the facade could not read, and why.
    pub(super) failures: Vec<(PathBuf, String)>,
}

impl Settings {
    pub(super) fn options(&self) -> Options {
        Options {
            layout: if self.layout == "plain" { Layout::Plain } else { Layout::Auto },
            paragraphs: match self.paragraphs.as_str() {
                "blank" => Paragraphs::Blank,
                "line" => Paragraphs::Line,
                _ => Paragraphs::Auto,
            },
            on_error: if self.errors == "skip" { OnError::Skip } else { OnError::Raise },
            threads: self.threads,
        }
    }

    pub(super) fn names(&self) -> RoleNames {
        let Self { id, date, headline, byline, .. } = self;
        RoleNames { id: id.clone(), date: date.clone(), headline: headline.clone(), byline: byline.clone() }
    }

    /// Sorts columns by their role. The GIL is released, since there may be many rows.
    pub(super) fn roles(
        &self,
        py: Python<'_>,
        columns: Columns,
        bad: HashMap<usize, Error>,
    ) -> PyResult<Roles> {
        let (names, watch) = (self.names(), Watch::default());
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
        let (mut names, watch) = (self.names(), Watch::default());
        run(py, self.threads, &watch, None, || {
            let (columns, note) = fields.finish(rows, &names.kept(), &watch)?;
            names.take_standard(&columns);
            Ok((Roles::new(columns, bad, &names, &watch)?, note))
        })
    }
}
