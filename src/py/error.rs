//! Which Python exception does a core error become? The classes are defined in `nutgraf/errors.py`.

use pyo3::exceptions::{PyKeyboardInterrupt, PyMemoryError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{Error, Family, Place};

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        Python::attach(|py| raise(py, &error).unwrap_or_else(|other| other))
    }
}

fn raise(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let class = match error.kind().family() {
        Family::Parse => "ParseError",
        Family::Config => "ConfigError",
        Family::Model => "ModelError",
        Family::State => "StateError",
        Family::Internal => "NutgrafError",
        Family::Memory => return Ok(PyMemoryError::new_err(error.to_string())),
        Family::Cancelled => return Ok(PyKeyboardInterrupt::new_err(())),
    };
    let Place { source, article, field, line, byte } = error.place();
    let place = PyDict::new(py);
    place.set_item("kind", error.kind().slug())?;
    place.set_item("source", source)?;
    place.set_item("article", article)?;
    place.set_item("field", field)?;
    place.set_item("line", line)?;
    place.set_item("byte", byte)?;
    let class = py
        .import("nutgraf.errors")
        .and_then(|module| module.getattr(class))
        .map_err(|_| PyRuntimeError::new_err(error.to_string()))?;
    Ok(PyErr::from_value(class.call((error.to_string(),), Some(&place))?))
}
