//! The ways into a corpus: lists, Arrow streams and arrays, files. Columns are sorted by role before the core sees them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pyo3_arrow::PyChunkedArray;
use pyo3_arrow::input::AnyRecordBatch;

use super::Corpus;
use crate::article::Layout;
use crate::article::read::{Format, Records, read_bytes, read_file};
use crate::batch::Watch;
use crate::corpus::{Builder, Incoming, OnError, Options, Text, repeated_ids};
use crate::error::{Error, Kind, Result};
use crate::py::intake;
use crate::py::run::{aside, run};
use crate::table::{Column, Values};

/// How a corpus is built; the facade has checked the words.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Settings {
    layout: String,
    errors: String,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    id: Option<String>,
    date: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    /// Files that the facade could not read, and why.
    failures: Vec<(String, String)>,
}

impl Settings {
    fn options(&self) -> Options {
        Options {
            layout: if self.layout == "plain" { Layout::Plain } else { Layout::Auto },
            on_error: if self.errors == "skip" { OnError::Skip } else { OnError::Raise },
            threads: self.threads,
        }
    }
}

/// The columns beside the text, by their role.
struct Roles {
    ids: Option<Column>,
    repeated: std::collections::HashSet<usize>,
    days: Option<Vec<Result<Option<i32>>>>,
    headlines: Option<Column>,
    bylines: Option<Column>,
    fields: Vec<(String, Column)>,
    /// Articles with a field that cannot be taken.
    bad: HashMap<usize, Error>,
}

/// Names, for a message.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

impl Roles {
    fn new(mut columns: Vec<(String, Column)>, settings: &Settings) -> Result<Self> {
        let known: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        if let Some((_, twice)) = known.iter().enumerate().find(|&(at, name)| known[..at].contains(name)) {
            return Err(
                Error::new(Kind::BadOption, format!("two columns are called \"{twice}\"")).in_field(twice)
            );
        }
        let roles = [&settings.id, &settings.date, &settings.headline, &settings.byline];
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
        let ids = take(&settings.id, "id")?.map(intake::ids);
        let repeated = ids.as_ref().map(repeated_ids).transpose()?.unwrap_or_default();
        let days = take(&settings.date, "date")?.map(|column| intake::days(&column));
        let headlines = take(&settings.headline, "headline")?.map(printed);
        let bylines = take(&settings.byline, "byline")?.map(printed);
        Ok(Self { ids, repeated, days, headlines, bylines, fields: columns, bad: HashMap::new() })
    }

    /// The article at a position, with this text.
    fn article(&self, position: usize, text: Text) -> Result<Incoming<'_>> {
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

/// Pushes every article and finishes, leaving the GIL whenever there is work for the pool.
fn build(
    py: Python<'_>,
    settings: &Settings,
    roles: Roles,
    notes: Vec<Error>,
    placed: impl Fn(usize, Error) -> Error,
    articles: impl Iterator<Item = PyResult<Result<Text>>>,
) -> PyResult<Corpus> {
    let watch = Watch::default();
    let mut builder = Builder::new(settings.options(), watch.clone())?;
    for note in notes {
        builder.note(note);
    }
    for (position, text) in articles.enumerate() {
        match text? {
            Ok(text) => {
                builder.push_placed(roles.article(position, text), |error| placed(position, error))?;
            }
            Err(error) => builder.push(Err(error))?,
        }
        if builder.is_full() {
            aside(py, || builder.send())?;
            py.check_signals()?;
            if let Some(progress) = &settings.progress {
                progress.call1(py, (watch.done(),))?;
            }
        }
    }
    for (source, reason) in &settings.failures {
        builder.push(Err(Error::new(Kind::BadFile, reason).in_source(source)))?;
    }
    let Roles { ids, fields, .. } = roles;
    let work = || builder.finish(ids, fields);
    Ok(Corpus::new(run(py, settings.threads, &watch, settings.progress.as_ref(), work)?))
}

/// From the records of files. Fields that are called like a role take it unasked.
fn from_records(py: Python<'_>, mut records: Records, mut settings: Settings) -> PyResult<Corpus> {
    let rows = records.texts.len();
    let mut columns = std::mem::take(&mut records.fields).finish(rows);
    for (role, standard) in [
        (&mut settings.id, "id"),
        (&mut settings.date, "date"),
        (&mut settings.headline, "headline"),
        (&mut settings.byline, "byline"),
    ] {
        if role.is_none() && columns.iter().any(|(name, _)| name == standard) {
            *role = Some(standard.to_owned());
        }
    }
    for (name, column) in [
        ("source", Column::text(records.sources().iter())),
        ("source_start", Column::optional_int(records.starts().iter().copied())),
    ] {
        if columns.iter().all(|(other, _)| other != name) {
            columns.push((name.to_owned(), column));
        }
    }
    let roles = Roles::new(columns, &settings)?;
    let (notes, bad) = (std::mem::take(&mut records.notes), std::mem::take(&mut records.bad));
    let mut bad = bad.into_iter().peekable();
    let texts = Arc::new(std::mem::take(&mut records.texts));
    let texts = (0..rows).map(|row| {
        Ok(match bad.next_if(|(position, _)| *position == row) {
            Some((_, error)) => Err(error),
            None => Ok(Text::Row(Arc::clone(&texts), row)),
        })
    });
    build(py, &settings, roles, notes, |row, error| records.placed(row, error), texts)
}

#[pymethods]
impl Corpus {
    /// From texts and columns beside them, each as long.
    #[staticmethod]
    fn from_lists(
        py: Python<'_>,
        texts: &Bound<'_, PyList>,
        columns: &Bound<'_, PyDict>,
        settings: Settings,
    ) -> PyResult<Self> {
        let (mut read, mut bad) = (Vec::new(), HashMap::new());
        for (name, values) in columns {
            let name = name.extract::<String>()?;
            let (column, errors) = intake::column(&values)?;
            for (row, error) in errors {
                bad.entry(row).or_insert_with(|| error.in_field(name.as_str()));
            }
            read.push((name, column));
        }
        let mut roles = Roles::new(read, &settings)?;
        roles.bad = bad;
        let items: Vec<Bound<'_, PyAny>> = texts.iter().collect();
        let texts = items.iter().map(intake::lent_text);
        build(py, &settings, roles, Vec::new(), |_, error| error, texts)
    }

    /// From anything that exports an Arrow stream of rows; `text` names the column of texts.
    #[staticmethod]
    fn from_stream(py: Python<'_>, stream: AnyRecordBatch, text: &str, settings: Settings) -> PyResult<Self> {
        let mut columns = intake::arrow_columns(stream)?;
        let Some(at) = columns.iter().position(|(name, ..)| name == text) else {
            let known = listed(columns.iter().map(|(name, ..)| name.as_str()));
            let what = format!("there is no column \"{text}\"; there are {known}");
            return Err(Error::new(Kind::MissingColumn, what).in_field("text").into());
        };
        if columns.iter().filter(|(name, ..)| name == text).count() > 1 {
            let what = format!("two columns are called \"{text}\"");
            return Err(Error::new(Kind::BadOption, what).in_field(text).into());
        }
        let (_, texts, are_text) = columns.remove(at);
        let roles =
            Roles::new(columns.into_iter().map(|(name, column, _)| (name, column)).collect(), &settings)?;
        build(py, &settings, roles, Vec::new(), |_, error| error, column_texts(texts, are_text))
    }

    /// From an Arrow array of strings.
    #[staticmethod]
    fn from_array(py: Python<'_>, texts: PyChunkedArray, settings: Settings) -> PyResult<Self> {
        let are_text = intake::is_text(texts.data_type());
        let texts = intake::arrow_column(texts.chunks())?;
        let roles = Roles::new(Vec::new(), &settings)?;
        build(py, &settings, roles, Vec::new(), |_, error| error, column_texts(texts, are_text))
    }

    /// From files.
    #[staticmethod]
    fn from_files(
        py: Python<'_>,
        paths: Vec<PathBuf>,
        format: Option<String>,
        text: &str,
        settings: Settings,
    ) -> PyResult<Self> {
        let format = format.as_deref().map(Format::from_name).transpose()?;
        let watch = Watch::default();
        let records = run(py, settings.threads, &watch, None, || {
            let mut records = Records::default();
            for path in &paths {
                watch.check()?;
                read_file(path, format, text, &mut records);
            }
            Ok(records)
        })?;
        from_records(py, records, settings)
    }

    /// From the content of a file.
    #[staticmethod]
    fn from_bytes(
        py: Python<'_>,
        content: Vec<u8>,
        format: Option<String>,
        text: &str,
        settings: Settings,
    ) -> PyResult<Self> {
        let format = format.as_deref().map(Format::from_name).transpose()?;
        let mut records = Records::default();
        read_bytes(&content, "<stdin>", format, text, &mut records);
        from_records(py, records, settings)
    }
}

/// The texts of a column, each as it is or with the reason why it is none.
fn column_texts(mut column: Column, are_text: bool) -> impl Iterator<Item = PyResult<Result<Text>>> {
    let (rows, kind) = (column.len(), column.kind());
    let texts = match &mut column.values {
        Values::Text(values) if are_text => Some(Arc::new(std::mem::take(values))),
        _ => None,
    };
    (0..rows).map(move |row| {
        Ok(match &texts {
            _ if !column.is_valid(row) => {
                Err(Error::new(Kind::MissingText, "the text is null; expected a str"))
            }
            Some(texts) => Ok(Text::Row(Arc::clone(texts), row)),
            None => Err(Error::new(Kind::BadType, format!("the text is {kind}; expected a string"))),
        })
    })
}
