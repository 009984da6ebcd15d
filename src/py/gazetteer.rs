//! `nutgraf._core.Gazetteer`: names and patterns in, matches out.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyList, PySequence, PyString, PyTuple};

use super::intake;
use super::run::{SignalCheck, run};
use super::table::Table;
use crate::batch::Watch;
use crate::corpus::id_column;
use crate::error::{Error, Kind, Result};
use crate::gazetteer::Entry;

/// A supplied list of names and patterns.
#[pyclass(module = "nutgraf._core", frozen)]
pub(super) struct Gazetteer(pub(super) Arc<crate::gazetteer::Gazetteer>);

/// The names of a list in messages: an entry of `entries`, or a pattern of `patterns`.
type Called = (&'static str, &'static str);

const ENTRY: Called = ("entry", "entries");
/// Up to how many values of an entry are counted.
const MANY: usize = 100;

const PATTERN: Called = ("pattern", "patterns");

fn bad((item, list): Called, position: usize, what: &str) -> Error {
    Error::new(Kind::BadRecord, format!("{item} {position}: {what}")).in_field(list)
}

/// A string of an entry.
fn string<'a>(
    called: Called,
    position: usize,
    part: &str,
    value: &'a Bound<'_, PyAny>,
) -> PyResult<Result<Cow<'a, str>>> {
    if value.is_instance_of::<PyString>() {
        return Ok(intake::text(value)?
            .map_err(|error| bad(called, position, &format!("the {part}: {}", error.what()))));
    }
    let what = if intake::is_missing(value)? {
        format!("the {part} is {}; expected a str", intake::shown(value)?)
    } else {
        format!("the {part} is of type {}; expected a str", intake::class_name(value)?)
    };
    Ok(Err(bad(called, position, &what)))
}

/// Adds an entry from its values.
fn add(
    gazetteer: &mut crate::gazetteer::Builder,
    called: Called,
    position: usize,
    [name, label]: [&Bound<'_, PyAny>; 2],
    entity: Option<&Bound<'_, PyAny>>,
    signals: &mut SignalCheck<'_>,
) -> PyResult<()> {
    /// Compiling a pattern takes as long as reading this many bytes.
    const COMPILING: usize = 1 << 18;
    let part = if called == PATTERN { "expression" } else { "name" };
    let (name, label) = (string(called, position, part, name)??, string(called, position, "label", label)??);
    let entity = match entity {
        Some(entity) if !intake::is_missing(entity)? => Some(string(called, position, "entity", entity)??),
        _ => None,
    };
    let entry = Entry { name: &name, label: &label, entity: entity.as_deref() };
    if called == PATTERN {
        gazetteer.add_pattern(position, entry)?;
        signals.after(COMPILING)
    } else {
        gazetteer.add(position, entry)?;
        signals.after(name.len() + label.len() + entity.map_or(0, |entity| entity.len()))
    }
}

/// Adds entries of two or three values each.
fn add_rows(
    gazetteer: &mut crate::gazetteer::Builder,
    called: Called,
    rows: &Bound<'_, PyList>,
) -> PyResult<()> {
    let mut signals = SignalCheck::new(rows.py());
    for (position, row) in rows.iter().enumerate() {
        let (item, part) = (called.0, if called == PATTERN { "expression" } else { "name" });
        let wrong = |what: String| {
            bad(called, position, &format!("{what}; expected ({part}, label) or ({part}, label, entity)"))
        };
        let values: Vec<Bound<'_, PyAny>> = if let Ok(row) = row.cast::<PyTuple>() {
            row.iter().collect()
        } else if row.is_instance_of::<PyString>() {
            return Err(wrong(format!("the {item} is a single str")).into());
        } else if let Ok(row) = row.cast::<PySequence>() {
            // An entry has two or three values; an iterable may be infinite.
            row.try_iter()?.take(MANY).collect::<PyResult<_>>()?
        } else {
            return Err(wrong(format!("the {item} is of type {}", intake::class_name(&row)?)).into());
        };
        match &values[..] {
            [name, label] => add(gazetteer, called, position, [name, label], None, &mut signals)?,
            [name, label, entity] => {
                add(gazetteer, called, position, [name, label], Some(entity), &mut signals)?;
            }
            _ => {
                let has = match values.len() {
                    1 => "1 value".to_owned(),
                    MANY => format!("{MANY} values or more"),
                    some => format!("{some} values"),
                };
                return Err(wrong(format!("the {item} has {has}")).into());
            }
        }
    }
    Ok(())
}

#[pymethods]
impl Gazetteer {
    /// From lists of tuples.
    #[staticmethod]
    fn from_rows(
        rows: &Bound<'_, PyList>,
        patterns: &Bound<'_, PyList>,
        fold: bool,
        inside: bool,
    ) -> PyResult<Self> {
        let mut gazetteer = crate::gazetteer::Builder::new(fold);
        add_rows(&mut gazetteer, ENTRY, rows)?;
        add_rows(&mut gazetteer, PATTERN, patterns)?;
        Ok(Self(Arc::new(gazetteer.finish().with_inside(inside))))
    }

    /// From columns of names, labels and entities, and patterns as tuples.
    #[staticmethod]
    fn from_columns(
        names: &Bound<'_, PyList>,
        labels: &Bound<'_, PyList>,
        entities: Option<&Bound<'_, PyList>>,
        patterns: &Bound<'_, PyList>,
        fold: bool,
        inside: bool,
    ) -> PyResult<Self> {
        let (mut gazetteer, mut signals) =
            (crate::gazetteer::Builder::new(fold), SignalCheck::new(names.py()));
        for (position, (name, label)) in names.iter().zip(labels.iter()).enumerate() {
            let entity = entities.map(|entities| entities.get_item(position)).transpose()?;
            add(&mut gazetteer, ENTRY, position, [&name, &label], entity.as_ref(), &mut signals)?;
        }
        add_rows(&mut gazetteer, PATTERN, patterns)?;
        Ok(Self(Arc::new(gazetteer.finish().with_inside(inside))))
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The number of patterns.
    fn patterns(&self) -> usize {
        self.0.patterns()
    }

    fn labels(&self) -> Vec<String> {
        self.0.labels().iter().map(str::to_owned).collect()
    }

    /// The names, then the patterns.
    fn entries(&self) -> PyResult<Table> {
        Ok(Table(self.0.entries()?))
    }

    /// Names that were supplied again.
    fn hidden(&self) -> PyResult<Table> {
        Ok(Table(self.0.hidden()?))
    }

    /// The matches in texts.
    fn find(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyList>,
        ids: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let items: Vec<Bound<'_, PyAny>> = texts.iter().collect();
        let (mut read, mut signals) = (Vec::with_capacity(items.len()), SignalCheck::new(py));
        for (position, item) in items.iter().enumerate() {
            let text = intake::text(item)?.map_err(|error| error.at_article(position))?;
            signals.after(text.len())?;
            read.push(text);
        }
        let ids = ids.map(intake::column).transpose()?.map(|(column, _)| id_column(column));
        let watch = Watch::default();
        Ok(Table(run(py, threads, &watch, None, || self.0.find_all(&read, ids.as_ref(), &watch))?))
    }
}
