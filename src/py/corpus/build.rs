//! The ways into a corpus: lists, mappings, Arrow streams and arrays, files.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyDict, PyList};

use super::Corpus;
use super::roles::Settings;
use crate::article::Layout;
use crate::batch::Watch;
use crate::corpus::{self, Builder, Roles, Text, no_column, twice};
use crate::error::{Error, Kind, Result};
use crate::py::arrow::{self, Arrived};
use crate::py::intake;
use crate::py::run::{aside, run};
use crate::read::{Fields, Format, InputFile, Reading, Records, file_name, read_files};
use crate::table::Values;

/// Texts are taken while the GIL is held, and pushed without it after this many bytes.
const BLOCK_BYTES: usize = 1 << 20;

/// Pushes every article and finishes. The GIL is released whenever articles are pushed.
fn build(
    py: Python<'_>,
    settings: &Settings,
    roles: Roles,
    note: Option<Error>,
    mut articles: impl Iterator<Item = PyResult<Result<Text>>>,
) -> PyResult<Corpus> {
    let watch = Watch::default();
    let mut builder = Builder::with_roles(settings.options(), roles, watch.clone())?;
    note.into_iter().chain(settings.notes()).for_each(|note| builder.note(note));
    loop {
        py.check_signals()?;
        let (mut block, mut bytes) = (Vec::new(), 0);
        while block.len() < intake::BLOCK && bytes < BLOCK_BYTES {
            let Some(text) = articles.next().transpose()? else { break };
            bytes += text.as_ref().map_or(0, |text| text.as_str().len());
            block.push(text);
        }
        if block.is_empty() {
            break;
        }
        let push = |text: Result<Text>| match text {
            Ok(text) => builder.push(text),
            Err(reason) => builder.refuse(reason),
        };
        if settings.options().layout == Layout::Html {
            aside(py, || builder.push_pages(&block))?;
        } else {
            aside(py, || block.into_iter().try_for_each(push))?;
        }
        if let Some(progress) = &settings.progress {
            progress.call1(py, (watch.done(),))?;
        }
    }
    for (path, reason) in &settings.failures {
        let (source, note) = file_name(path);
        if let Some(note) = note {
            builder.note(note);
        }
        builder.refuse(Error::new(Kind::BadFile, reason).in_source(source))?;
    }
    let work = || builder.finish();
    Ok(Corpus::new(run(py, settings.threads, &watch, settings.progress.as_ref(), work)?))
}

/// A file, as the facade found it: its path, and either why it cannot be read or its content, where
/// that was had already.
pub(super) type Given = (PathBuf, Option<String>, Option<PyBackedBytes>);

#[pymethods]
impl Corpus {
    /// From texts and further columns of the same length.
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
        let roles = settings.roles(py, read, bad)?;
        build(py, &settings, roles, None, texts.iter().map(|text| intake::lent_text(&text)))
    }

    /// From mappings, one for each article. Keys that are called like a role take it unasked.
    #[staticmethod]
    fn from_mappings(
        py: Python<'_>,
        rows: &Bound<'_, PyList>,
        text: &str,
        settings: Settings,
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
        let (roles, note) = settings.roles_of_fields(py, fields, texts.len(), bad)?;
        build(py, &settings, roles, note, texts.iter().map(intake::lent_text))
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
        let roles = settings.roles(py, columns, bad)?;
        build(py, &settings, roles, None, column_texts(texts))
    }

    /// From an Arrow array of strings.
    #[staticmethod]
    fn from_array(py: Python<'_>, texts: &Bound<'_, PyAny>, settings: Settings) -> PyResult<Self> {
        let texts = arrow::column(texts, "text", settings.threads)?;
        build(py, &settings, Roles::default(), None, column_texts(texts))
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
        let called: Vec<_> = files.iter().map(|(path, ..)| path.to_string_lossy()).collect();
        let files =
            files.iter().zip(&called).map(|((path, reason, content), called)| match (reason, content) {
                (Some(reason), _) => InputFile::Unreadable(path, reason),
                (None, Some(content)) => InputFile::Content(called, content),
                (None, None) => InputFile::Path(path),
            });
        let (files, watch) = (files.collect::<Vec<_>>(), Watch::default());
        let (names, encoding) = (settings.names()?, settings.encoding()?);
        let corpus = run(py, settings.threads, &watch, settings.progress.as_ref(), || {
            let reading = Reading { encoding, ..Reading::new(format, text, &watch) };
            let mut records = Records::default();
            settings.notes().for_each(|note| records.note(note));
            read_files(&files, &reading, &mut records)?;
            corpus::Corpus::from_records(records, names, settings.options(), &watch)
        })?;
        Ok(Self::new(corpus))
    }
}

/// The texts of a column, each as it is or with the reason why it is not a text.
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
