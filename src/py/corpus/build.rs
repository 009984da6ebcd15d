//! The ways into a corpus: lists, Arrow streams and arrays, files. Columns are sorted by role before the core sees them.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyDict, PyList};

use super::Corpus;
use super::roles::{Roles, Settings, columns_of, no_column, twice};
use crate::batch::Watch;
use crate::corpus::{Builder, Text};
use crate::error::{Error, Kind, Result};
use crate::py::arrow::{self, Arrived};
use crate::py::intake;
use crate::py::run::{aside, run};
use crate::read::{Fields, Format, Reading, Records, file_name, read_bytes, read_file};
use crate::table::{Column, Values};

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
        if position % intake::BLOCK == 0 {
            py.check_signals()?;
        }
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
    for (path, reason) in &settings.failures {
        let (source, note) = file_name(path);
        if let Some(note) = note {
            builder.note(note);
        }
        builder.push(Err(Error::new(Kind::BadFile, reason).in_source(source)))?;
    }
    let Roles { ids, fields, .. } = roles;
    let work = || builder.finish(ids, fields);
    Ok(Corpus::new(run(py, settings.threads, &watch, settings.progress.as_ref(), work)?))
}

/// From the records of files. Fields that are called like a role take it unasked.
fn from_records(py: Python<'_>, mut records: Records, mut settings: Settings) -> PyResult<Corpus> {
    let rows = records.texts.len();
    let fields = std::mem::take(&mut records.fields);
    let (mut columns, note) = columns_of(py, fields, rows, &settings)?;
    settings.take_roles(&columns);
    let (sources, starts) = (records.sources(), records.starts());
    let places =
        aside(py, || Ok((Column::text(sources.iter()), Column::optional_int(starts.iter().copied()))))?;
    py.check_signals()?;
    for (name, column) in [("source", places.0), ("source_start", places.1)] {
        if columns.iter().all(|(other, _)| other != name) {
            columns.push((name.to_owned(), column));
        }
    }
    let roles = Roles::new(py, columns, HashMap::new(), &settings)?;
    let (mut notes, bad) = (std::mem::take(&mut records.notes), std::mem::take(&mut records.bad));
    notes.extend(note);
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

/// A file, as the facade found it: its path, and either why it cannot be read or its content, where that was had already.
type Given = (PathBuf, Option<String>, Option<PyBackedBytes>);

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
            let name = intake::column_name(&name)?;
            let (column, errors) = intake::column(&values)?;
            for (row, error) in errors {
                bad.entry(row).or_insert_with(|| error.in_field(name.as_str()));
            }
            read.push((name, column));
        }
        let roles = Roles::new(py, read, bad, &settings)?;
        let texts = texts.iter().map(|text| intake::lent_text(&text));
        build(py, &settings, roles, Vec::new(), |_, error| error, texts)
    }

    /// From mappings, one for each article. Keys that are called like a role take it unasked.
    #[staticmethod]
    fn from_mappings(
        py: Python<'_>,
        rows: &Bound<'_, PyList>,
        text: &str,
        mut settings: Settings,
    ) -> PyResult<Self> {
        let (mut fields, mut bad, mut texts) = (Fields::default(), HashMap::new(), Vec::new());
        // What each key is called, and the number of its field; the text has none.
        let (keys, mut names) = (PyDict::new(py), Vec::new());
        let mut called = HashSet::new();
        for (position, row) in rows.iter().enumerate() {
            let mut found = py.None().into_bound(py);
            for (at, item) in row.call_method0("items")?.try_iter()?.enumerate() {
                if (position + at) % intake::BLOCK == 0 {
                    py.check_signals()?;
                }
                let (key, value) = item?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                let at = if let Some(at) = keys.get_item(&key)? {
                    at.extract::<usize>()?
                } else {
                    let name = intake::column_name(&key)?;
                    if !called.insert(name.clone()) {
                        return Err(twice(&name).into());
                    }
                    keys.set_item(&key, names.len())?;
                    names.push(((name != text).then(|| fields.number(&name)), name));
                    names.len() - 1
                };
                let (Some(number), name) = &names[at] else {
                    found = value;
                    continue;
                };
                match intake::value(&value)? {
                    Ok(value) => fields.set(*number, position, value),
                    Err(error) => {
                        bad.entry(position).or_insert_with(|| error.in_field(name.as_str()));
                    }
                }
            }
            texts.push(found);
        }
        if !called.contains(text) {
            return Err(no_column(text, names.iter().map(|(_, name)| name.as_str())).into());
        }
        let (columns, note) = columns_of(py, fields, texts.len(), &settings)?;
        settings.take_roles(&columns);
        let roles = Roles::new(py, columns, bad, &settings)?;
        let texts = texts.iter().map(intake::lent_text);
        build(py, &settings, roles, note.into_iter().collect(), |_, error| error, texts)
    }

    /// From anything that exports an Arrow stream of rows; `text` names the column of texts.
    #[staticmethod]
    fn from_stream(
        py: Python<'_>,
        stream: &Bound<'_, PyAny>,
        text: &str,
        settings: Settings,
    ) -> PyResult<Self> {
        let mut columns = arrow::columns(stream, settings.threads)?;
        let Some(at) = columns.iter().position(|column| column.name == text) else {
            return Err(no_column(text, columns.iter().map(|column| column.name.as_str())).into());
        };
        if columns.iter().filter(|column| column.name == text).count() > 1 {
            return Err(twice(text).into());
        }
        let texts = columns.remove(at);
        let mut bad = HashMap::new();
        for column in &mut columns {
            for (row, error) in std::mem::take(&mut column.bad) {
                bad.entry(row).or_insert(error);
            }
        }
        let columns = columns.into_iter().map(|Arrived { name, column, .. }| (name, column)).collect();
        let roles = Roles::new(py, columns, bad, &settings)?;
        build(py, &settings, roles, Vec::new(), |_, error| error, column_texts(texts))
    }

    /// From an Arrow array of strings.
    #[staticmethod]
    fn from_array(py: Python<'_>, texts: &Bound<'_, PyAny>, settings: Settings) -> PyResult<Self> {
        let texts = arrow::column(texts, "text", settings.threads)?;
        let roles = Roles::new(py, Vec::new(), HashMap::new(), &settings)?;
        build(py, &settings, roles, Vec::new(), |_, error| error, column_texts(texts))
    }

    /// From files, in this order.
    #[staticmethod]
    fn from_files(
        py: Python<'_>,
        files: Vec<Given>,
        format: Option<String>,
        text: &str,
        settings: Settings,
    ) -> PyResult<Self> {
        let format = format.as_deref().map(Format::from_name).transpose()?;
        let watch = Watch::default();
        let records = run(py, settings.threads, &watch, None, || {
            let reading = Reading { format, text, watch: &watch };
            let mut records = Records::default();
            for (path, reason, content) in &files {
                watch.check()?;
                match (reason, content) {
                    (Some(reason), _) => {
                        let (source, note) = file_name(path);
                        records.notes.extend(note);
                        records.refuse(&source, Error::new(Kind::BadFile, reason))?;
                    }
                    (None, Some(content)) => {
                        read_bytes(content, &path.to_string_lossy(), &reading, &mut records)?;
                    }
                    (None, None) => read_file(path, &reading, &mut records)?,
                }
            }
            Ok(records)
        })?;
        from_records(py, records, settings)
    }
}

/// The texts of a column, each as it is or with the reason why it is none.
fn column_texts(arrived: Arrived) -> impl Iterator<Item = PyResult<Result<Text>>> {
    let Arrived { mut column, other, bad, .. } = arrived;
    let rows = column.len();
    let texts = match &mut column.values {
        Values::Text(values) => Arc::new(std::mem::take(values)),
        _ => Arc::default(),
    };
    let mut bad = bad.into_iter().peekable();
    (0..rows).map(move |row| {
        let wrong = bad.next_if(|(position, _)| *position == row);
        Ok(match (&other, wrong) {
            (_, Some((_, error))) => Err(error),
            (None, None) if column.is_valid(row) => Ok(Text::Row(Arc::clone(&texts), row)),
            (Some(kind), None) if column.is_valid(row) => {
                let advice = if kind.contains("binary") { "; cast the column to string first" } else { "" };
                let what = format!("the text is of Arrow type {kind}; expected a string{advice}");
                Err(Error::new(Kind::BadType, what))
            }
            _ => Err(Error::new(Kind::MissingText, "the text is null; expected a str")),
        })
    })
}
