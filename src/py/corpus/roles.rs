//! Which column is what: ids, dates, headlines, bylines, and the fields that stay with the articles.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use pyo3::prelude::*;

use crate::article::Layout;
use crate::batch::Watch;
use crate::corpus::{Incoming, OnError, Options, Text, repeated_ids};
use crate::error::{Error, Kind, Result};
use crate::py::intake;
use crate::py::run::run;
use crate::read::{Columns, Fields};
use crate::table::{Column, Values};

/// What a field must be called to take a role unasked.
const ROLES: [&str; 4] = ["id", "date", "headline", "byline"];

/// How a corpus is built; the facade has checked the words.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Settings {
    layout: String,
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
            on_error: if self.errors == "skip" { OnError::Skip } else { OnError::Raise },
            threads: self.threads,
        }
    }

    /// Gives each role that is open the column that is called like it.
    pub(super) fn take_roles(&mut self, columns: &[(String, Column)]) {
        let Self { id, date, headline, byline, .. } = self;
        for (role, standard) in [id, date, headline, byline].into_iter().zip(ROLES) {
            if role.is_none() && columns.iter().any(|(name, _)| name == standard) {
                *role = Some(standard.to_owned());
            }
        }
    }
}

/// The columns beside the text, by their role.
pub(super) struct Roles {
    pub(super) ids: Option<Column>,
    repeated: HashSet<usize>,
    days: Option<Vec<Result<Option<i32>>>>,
    headlines: Option<Column>,
    bylines: Option<Column>,
    pub(super) fields: Columns,
    /// Articles with a field that cannot be taken.
    bad: HashMap<usize, Error>,
}

/// How many names a message lists.
const LISTED: usize = 20;

/// Names, for a message.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(LISTED);
    let names: Vec<&str> = names.take(LISTED).collect();
    match (names.len(), more) {
        (0, _) => "none".to_owned(),
        (_, 0) => names.join(", "),
        _ => format!("{} and {more} more", names.join(", ")),
    }
}

/// The error of a column that is not there.
pub(super) fn no_column<'a>(text: &str, known: impl ExactSizeIterator<Item = &'a str>) -> Error {
    let what = format!("there is no column \"{text}\"; there are {}", listed(known));
    Error::new(Kind::MissingColumn, what).in_field("text")
}

/// The error of a name that two columns have.
pub(super) fn twice(name: &str) -> Error {
    Error::new(Kind::BadOption, format!("two columns are called \"{name}\"")).in_field(name)
}

impl Roles {
    /// Sorts columns; away from the interpreter, since there may be many rows.
    pub(super) fn new(
        py: Python<'_>,
        columns: Columns,
        bad: HashMap<usize, Error>,
        settings: &Settings,
    ) -> PyResult<Self> {
        let named = [&settings.id, &settings.date, &settings.headline, &settings.byline];
        let watch = Watch::default();
        let work = || Self::sorted(columns, bad, named, &watch);
        run(py, settings.threads, &watch, None, work)
    }

    fn sorted(
        mut columns: Columns,
        bad: HashMap<usize, Error>,
        roles: [&Option<String>; 4],
        watch: &Watch,
    ) -> Result<Self> {
        let known: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let mut seen = HashSet::new();
        if let Some(name) = known.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(twice(name));
        }
        let named: Vec<(&str, &String)> = ["id", "date", "headline", "byline"]
            .into_iter()
            .zip(roles)
            .filter_map(|(role, name)| Some((role, name.as_ref()?)))
            .collect();
        for (at, (role, name)) in named.iter().enumerate() {
            if let Some((other, _)) = named[..at].iter().find(|(_, other)| other == name) {
                let what = format!(
                    "the column \"{name}\" is named for {other} and {role}; expected a column of its own for each"
                );
                return Err(Error::new(Kind::BadOption, what).in_field(*role));
            }
        }
        let mut take = |name: &Option<String>, role: &str| -> Result<Option<Column>> {
            let Some(name) = name else { return Ok(None) };
            let at = columns.iter().position(|(column, _)| column == name).ok_or_else(|| {
                let what = format!(
                    "there is no column \"{name}\"; there are {}",
                    listed(known.iter().map(String::as_str))
                );
                Error::new(Kind::MissingColumn, what).in_field(role)
            })?;
            Ok(Some(columns.remove(at).1))
        };
        let [id, date, headline, byline] = roles;
        let ids = take(id, "id")?.map(intake::ids);
        let repeated = ids.as_ref().map(|ids| repeated_ids(ids, watch)).transpose()?.unwrap_or_default();
        let days = take(date, "date")?.map(|column| intake::days(&column, watch)).transpose()?;
        let headlines = take(headline, "headline")?.map(printed);
        watch.check()?;
        let bylines = take(byline, "byline")?.map(printed);
        watch.check()?;
        Ok(Self { ids, repeated, days, headlines, bylines, fields: columns, bad })
    }

    /// The article at a position, with this text.
    pub(super) fn article(&self, position: usize, text: Text) -> Result<Incoming<'_>> {
        if let Some(error) = self.bad.get(&position) {
            return Err(error.clone());
        }
        if let Some(ids) = &self.ids
            && !ids.is_valid(position)
        {
            let error = Error::new(Kind::BadType, "the id is missing; expected a whole number or a string");
            return Err(error.in_field("id"));
        }
        if self.repeated.contains(&position) {
            let id = self.ids.as_ref().and_then(|ids| ids.show(position)).unwrap_or_default();
            let what = format!("the id \"{id}\" stands twice; expected an id of its own for each article");
            return Err(Error::new(Kind::DuplicateId, what).in_field("id"));
        }
        let day = self.days.as_ref().map_or(Ok(None), |days| days[position].clone())?;
        Ok(Incoming {
            text,
            headline: self.headlines.as_ref().and_then(|column| cell(column, position)),
            byline: self.bylines.as_ref().and_then(|column| cell(column, position)),
            day,
        })
    }
}

fn cell(column: &Column, row: usize) -> Option<&str> {
    match &column.values {
        Values::Text(values) if column.is_valid(row) => Some(values.get(row)),
        _ => None,
    }
}

/// A column of strings: of any other, what its values are printed as.
fn printed(column: Column) -> Column {
    match column.values {
        Values::Text(_) => column,
        _ => Column::optional_text((0..column.len()).map(|row| column.show(row))),
    }
}

/// The columns of fields, and what is to be noted of them; those named for a role stay columns, however rare.
pub(super) fn columns_of(
    py: Python<'_>,
    fields: Fields,
    rows: usize,
    settings: &Settings,
) -> PyResult<(Columns, Option<Error>)> {
    let named = [&settings.id, &settings.date, &settings.headline, &settings.byline];
    let keep: Vec<&str> =
        named.into_iter().flatten().map(String::as_str).chain(ROLES).chain(["source"]).collect();
    let watch = Watch::default();
    run(py, settings.threads, &watch, None, || fields.finish(rows, &keep, &watch))
}
