//! What Python hands over, as the core takes it: texts, values, columns of them.
//!
//! An object may be of any class, and its methods may do anything. What they raise is an error of
//! its article, and so is a string that is not Unicode text; only what ends the program
//! (`KeyboardInterrupt`, `MemoryError`) goes through. No method is called twice, and no method of
//! its result is called except to read its value.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::exceptions::{PyException, PyMemoryError, PyUnicodeEncodeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PySlice, PyString};

use crate::calendar;
use crate::corpus;
use crate::error::{Error, Kind, Result};
use crate::table::{Column, ColumnBuilder, Value};

/// How many objects are taken between two checks for signals.
pub(super) const BLOCK: usize = 1 << 10;

/// A text, or the reason why it is not a text.
///
/// An ASCII string is lent. Any other is encoded anew, since asking the string for its UTF-8 would
/// leave a second copy in it for as long as it lives.
pub(super) fn text<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<Result<Cow<'a, str>>> {
    if let Ok(string) = object.cast::<PyString>() {
        // A class derived from `str` may override `isascii`.
        let is_ascii = object.is_exact_instance_of::<PyString>()
            && string.call_method0(intern!(string.py(), "isascii"))?.is_truthy()?;
        if is_ascii {
            return Ok(Ok(Cow::Borrowed(string.to_str()?)));
        }
        return Ok(encoded(string)?.map(Cow::Owned));
    }
    if is_missing(object)? {
        let what = format!("the text is {}; expected a str", shown(object)?);
        return Ok(Err(Error::new(Kind::MissingText, what)));
    }
    let advice = if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
        "; decode it first, as in data.decode(\"utf-8\")"
    } else {
        ""
    };
    let what = format!("the text is of type {}; expected a str{advice}", class_name(object)?);
    Ok(Err(Error::new(Kind::BadType, what)))
}

/// A string in UTF-8, or why it has none.
fn encoded(string: &Bound<'_, PyString>) -> PyResult<Result<String>> {
    let py = string.py();
    match string.encode_utf8() {
        Ok(bytes) => Ok(Ok(String::from_utf8_lossy(bytes.as_bytes()).into_owned())),
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(py) => {
            let at: usize = error.value(py).getattr("start")?.extract()?;
            let head = string.get_item(PySlice::new(py, 0, at as isize, 1))?;
            let byte = head.cast::<PyString>()?.encode_utf8()?.as_bytes().len();
            let lone = string.get_item(at)?.call_method1("encode", ("utf-16-be", "surrogatepass"))?;
            let escaped = match lone.extract::<[u8; 2]>()? {
                [0xdc, wrong @ 0x80..=0xff] => {
                    format!(", as Python writes the byte {wrong:#04x} where it is not UTF-8")
                }
                _ => String::new(),
            };
            let what = format!("a lone surrogate stands at character {at}{escaped}; expected Unicode text");
            Ok(Err(Error::new(Kind::BadText, what).at_byte(byte)))
        }
        Err(error) => Err(error),
    }
}

/// [`text`], for as long as a corpus wants it.
pub(super) fn lent_text(object: &Bound<'_, PyAny>) -> PyResult<Result<corpus::Text>> {
    let text = text(object)?;
    if let (Ok(Cow::Borrowed(_)), Ok(string)) = (&text, object.cast::<PyString>()) {
        return Ok(Ok(corpus::Text::Lent(Arc::new(PyBackedStr::try_from(string.clone())?))));
    }
    Ok(text.map(|text| text.into_owned().into()))
}

/// The name of an object's class.
///
/// # Errors
/// What ends the program.
pub(super) fn class_name(object: &Bound<'_, PyAny>) -> PyResult<String> {
    // Not by `Display`, which asks for signals and then keeps what they raise to itself.
    let name = given(object.py(), object.get_type().name())?;
    Ok(name.map_or_else(|_| "without a name".to_owned(), |name| name.to_string_lossy().into_owned()))
}

/// What a method of an object gave, or what it raised.
///
/// # Errors
/// What ends the program.
fn given<T>(py: Python<'_>, result: PyResult<T>) -> PyResult<PyResult<T>> {
    match result {
        Err(error)
            if error.is_instance_of::<PyMemoryError>(py) || !error.is_instance_of::<PyException>(py) =>
        {
            Err(error)
        }
        other => Ok(other),
    }
}

/// What a method gives that an object may have; `None` where it has none, or where that raises
/// something.
fn asked<'py>(object: &Bound<'py, PyAny>, method: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(given(object.py(), object.call_method0(method))?.ok())
}

/// An object as `str` has it, for a message.
pub(super) fn shown(object: &Bound<'_, PyAny>) -> PyResult<String> {
    let string = given(object.py(), object.str())?;
    Ok(match string {
        Ok(string) => string.to_string_lossy().into_owned(),
        Err(_) => format!("of type {}", class_name(object)?),
    })
}

/// Whether a value is missing: `None`, NaN, pandas' `NA` and `NaT`.
pub(super) fn is_missing(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    if object.is_none() {
        return Ok(true);
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    Ok(matches!(class_name(object)?.as_str(), "NAType" | "NaTType"))
}

/// A field's value, or why it cannot be taken. A value without a corresponding column type is taken
/// as the string that `str` makes of it.
pub(super) fn value(object: &Bound<'_, PyAny>) -> PyResult<Result<Value<'static>>> {
    if let Some(value) = plain(object)? {
        return Ok(value);
    }
    if let Some(value) = day_or_time(object)? {
        return Ok(Ok(value));
    }
    // NumPy's scalars. What they give may be of any class again, and is looked at once.
    if given(object.py(), object.hasattr("dtype"))?.unwrap_or(false)
        && let Some(item) = asked(object, "item")?
    {
        // A time finer than a microsecond is given as a count.
        let counted = item.is_instance_of::<PyInt>()
            && ["datetime64", "timedelta64"].contains(&class_name(object)?.as_str());
        if counted {
            let shown = shown(object)?;
            return Ok(
                Ok(calendar::parse_iso(&shown).map_or_else(|| Value::Text(shown.into()), Value::from)),
            );
        }
        if let Some(value) = plain(&item)? {
            return Ok(value);
        }
        if let Some(value) = day_or_time(&item)? {
            return Ok(Ok(value));
        }
    }
    Ok(match given(object.py(), object.str())? {
        Ok(string) => encoded(&string)?.map(|text| Value::Text(text.into())),
        Err(error) => Err(unreadable(object, &error)?),
    })
}

/// The error of a value whose class cannot say what it is.
fn unreadable(object: &Bound<'_, PyAny>, error: &PyErr) -> PyResult<Error> {
    let py = object.py();
    let raised = class_name(error.value(py))?;
    let said: String = shown(error.value(py))?.chars().take(200).collect();
    let what = format!(
        "the value of type {} cannot be read; its class raised {raised}: {said}; expected a str, a number or a date",
        class_name(object)?
    );
    Ok(Error::new(Kind::BadType, what))
}

/// The value of an object of one of Python's own classes.
fn plain(object: &Bound<'_, PyAny>) -> PyResult<Option<Result<Value<'static>>>> {
    if let Ok(string) = object.cast::<PyString>() {
        return Ok(Some(encoded(string)?.map(|text| Value::Text(text.into()))));
    }
    if is_missing(object)? {
        return Ok(Some(Ok(Value::Null)));
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Some(Ok(Value::Bool(truth.is_true()))));
    }
    if object.is_instance_of::<PyInt>() {
        if let Ok(number) = object.extract::<i64>() {
            return Ok(Some(Ok(Value::Int(number))));
        }
        // More digits than 64 bits hold.
        return Ok(Some(match given(object.py(), object.str())? {
            Ok(digits) => encoded(&digits)?.map(|digits| Value::Text(digits.into())),
            Err(error) => Err(unreadable(object, &error)?),
        }));
    }
    Ok(object.cast::<PyFloat>().ok().map(|number| Ok(Value::Float(number.value()))))
}

/// The value of an object that writes itself in ISO 8601.
fn day_or_time(object: &Bound<'_, PyAny>) -> PyResult<Option<Value<'static>>> {
    let Some(iso) = asked(object, "isoformat")? else { return Ok(None) };
    let Ok(iso) = iso.cast::<PyString>() else { return Ok(None) };
    Ok(calendar::parse_iso(&iso.to_string_lossy()).map(Value::from))
}

/// What a column is called.
///
/// # Errors
/// [`Kind::BadOption`] where the name is not text; what ends the program.
pub(super) fn column_name(key: &Bound<'_, PyAny>) -> PyResult<String> {
    let string = match given(key.py(), key.str())? {
        Ok(string) => string,
        Err(error) => return Err(unreadable(key, &error)?.into()),
    };
    let wrong = |error: Error| {
        let what = format!("the name of a column is no text: {}", error.what());
        Error::new(Kind::BadOption, what)
    };
    Ok(encoded(&string)?.map_err(wrong)?)
}

/// A column of values, and the rows whose value cannot be taken.
pub(super) fn column(values: &Bound<'_, PyAny>) -> PyResult<(Column, Vec<(usize, Error)>)> {
    let (mut builder, mut bad) = (ColumnBuilder::default(), Vec::new());
    for (row, item) in values.try_iter()?.enumerate() {
        if row % BLOCK == 0 {
            values.py().check_signals()?;
        }
        builder.push(match value(&item?)? {
            Ok(value) => value,
            Err(error) => {
                bad.push((row, error));
                Value::Null
            }
        });
    }
    Ok((builder.finish(), bad))
}
