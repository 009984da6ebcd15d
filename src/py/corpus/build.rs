//! The ways into a corpus: lists, Arrow streams and arrays, files. Columns are sorted by role before the core sees them.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyDict, PyList};

use super::Corpus;
use crate::article::Layout;
use crate::article::read::{Fields, Format, Reading, Records, file_name, read_bytes, read_file};
use crate::batch::Watch;
use crate::corpus::{Builder, Incoming, OnError, Options, Text, repeated_ids};
use crate::error::{Error, Kind, Result};
use crate::py::arrow::{self, Arrived};
use crate::py::intake;
use crate::py::run::{aside, run};
use crate::table::{Column, Values};

/// What a field must be called to take a role unasked.
const ROLES: [&str; 4] = ["id", "date", "headline", "byline"];

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
    failures: Vec<(PathBuf, String)>,
}

impl Settings {
    fn options(&self) -> Options {
        Options {
            layout: if self.layout == "plain" { Layout::Plain } else { Layout::Auto },
            on_error: if self.errors == "skip" { OnError::Skip } else { OnError::Raise },
            threads: self.threads,
        }
    }

    /// Gives each role that is open the column that is called like it.
    fn take_roles(&mut self, columns: &[(String, Column)]) {
        let Self { id, date, headline, byline, .. } = self;
        for (role, standard) in [id, date, headline, byline].into_iter().zip(ROLES) {
            if role.is_none() && columns.iter().any(|(name, _)| name == standard) {
                *role = Some(standard.to_owned());
            }
        }
    }
}

/// The columns beside the text, by their role.
struct Roles {
    ids: Option<Column>,
    repeated: HashSet<usize>,
    days: Option<Vec<Result<Option<i32>>>>,
    headlines: Option<Column>,
    bylines: Option<Column>,
    fields: Vec<(String, Column)>,
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

fn no_column<'a>(text: &str, known: impl ExactSizeIterator<Item = &'a str>) -> Error {
    let what = format!("there is no column \"{text}\"; there are {}", listed(known));
    Error::new(Kind::MissingColumn, what).in_field("text")
}

fn twice(name: &str) -> Error {
    Error::new(Kind::BadOption, format!("two columns are called \"{name}\"")).in_field(name)
}

impl Roles {
    /// Sorts columns; away from the interpreter, since there may be many rows.
    fn new(
        py: Python<'_>,
        columns: Vec<(String, Column)>,
        bad: HashMap<usize, Error>,
        settings: &Settings,
    ) -> PyResult<Self> {
        let named = [&settings.id, &settings.date, &settings.headline, &settings.byline];
        let watch = Watch::default();
        let work = || Self::sorted(columns, bad, named, &watch);
        run(py, settings.threads, &watch, None, work)
    }

    fn sorted(
        mut columns: Vec<(String, Column)>,
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
        let check = || watch.check();
        let [id, date, headline, byline] = roles;
        let ids = take(id, "id")?.map(intake::ids);
        let repeated = ids.as_ref().map(|ids| repeated_ids(ids, &check)).transpose()?.unwrap_or_default();
        let days = take(date, "date")?.map(|column| intake::days(&column, &check)).transpose()?;
        let headlines = take(headline, "headline")?.map(printed);
        check()?;
        let bylines = take(byline, "byline")?.map(printed);
        check()?;
        Ok(Self { ids, repeated, days, headlines, bylines, fields: columns, bad })
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
        note.into_iter().for_each(|note| builder.note(note));
        builder.push(Err(Error::new(Kind::BadFile, reason).in_source(source)))?;
    }
    let Roles { ids, fields, .. } = roles;
    let work = || builder.finish(ids, fields);
    Ok(Corpus::new(run(py, settings.threads, &watch, settings.progress.as_ref(), work)?))
}

/// The columns of fields, and what is to be noted of them; those named for a role stay columns, however rare.
fn columns_of(
    py: Python<'_>,
    fields: Fields,
    rows: usize,
    settings: &Settings,
) -> PyResult<(Vec<(String, Column)>, Option<Error>)> {
    let named = [&settings.id, &settings.date, &settings.headline, &settings.byline];
    let keep: Vec<&str> =
        named.into_iter().flatten().map(String::as_str).chain(ROLES).chain(["source"]).collect();
    let watch = Watch::default();
    run(py, settings.threads, &watch, None, || fields.finish(rows, &keep, &|| watch.check()))
}

/// From the records of files. Fields that are called like a role take it unasked.
fn from_records(py: Python<'_>, mut records: Records, mut settings: Settings) -> PyResult<Corpus> {
    let rows = records.texts.len();
    let fields = std::mem::take(&mut records.fields);
    let (mut columns, note) = columns_of(py, fields, rows, &settings)?;
    settings.take_roles(&columns);
    for (name, column) in [
        ("source", Column::text(records.sources().iter())),
        ("source_start", Column::optional_int(records.starts().iter().copied())),
    ] {
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
        let numbers = PyDict::new(py);
        let mut names: Vec<String> = Vec::new();
        for (position, row) in rows.iter().enumerate() {
            let mut found = py.None().into_bound(py);
            for (at, item) in row.call_method0("items")?.try_iter()?.enumerate() {
                if (position + at) % intake::BLOCK == 0 {
                    py.check_signals()?;
                }
                let (key, value) = item?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                let number = match numbers.get_item(&key)? {
                    Some(number) => number.extract::<usize>()?,
                    None => {
                        let name = intake::column_name(&key)?;
                        if fields.number(&name) < names.len() {
                            return Err(twice(&name).into());
                        }
                        numbers.set_item(&key, names.len())?;
                        names.push(name);
                        names.len() - 1
                    }
                };
                if names[number] == text {
                    found = value;
                    continue;
                }
                match intake::value(&value)? {
                    Ok(value) => fields.set(number, position, value),
                    Err(error) => {
                        bad.entry(position).or_insert_with(|| error.in_field(names[number].as_str()));
                    }
                }
            }
            texts.push(found);
        }
        if !names.iter().any(|name| name == text) {
            return Err(no_column(text, names.iter().map(String::as_str)).into());
        }
        let (mut columns, note) = columns_of(py, fields, texts.len(), &settings)?;
        columns.retain(|(name, _)| name != text);
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
            let check = || watch.check();
            let reading = Reading { format, text, check: &check };
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
