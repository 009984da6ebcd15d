//! How does Arrow data cross from Python without a copy?
//!
//! The Arrow `PyCapsule` interface hands over C structs in capsules, whose functions and buffers
//! belong to the library that made them. This is the only file with unsafe code: the crates that
//! wrap the interface bring classes, casts and kernels that made up a quarter of the wheel. What
//! the buffers hold is checked [at the door](super::door); that they are as long as the structs
//! say, and that the functions keep the rules of the interface, is a promise of their maker.

#![expect(unsafe_code, reason = "the C structs of the Arrow PyCapsule interface")]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, make_array};
use arrow_schema::Field;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::error::{Error, Kind, Result};

/// Takes a C struct out of a capsule, and leaves a released one there.
///
/// # Safety
/// `T` must be the struct that the interface keeps in capsules of this name, and `from_raw` must
/// leave a released struct at the pointer.
unsafe fn take<T>(
    capsule: &Bound<'_, PyAny>,
    name: &'static CStr,
    from_raw: unsafe fn(*mut T) -> T,
) -> PyResult<T> {
    let pointer = capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))?;
    // SAFETY: the name of the capsule says that it points to a `T`, and the interpreter is
    // attached, so nobody else takes the struct meanwhile.
    Ok(unsafe { from_raw(pointer.cast::<T>().as_ptr()) })
}

/// Arrays of one type, one after another. It may be made by Python as it goes, and have no end.
pub(super) struct ArrayStream {
    field: Field,
    source: Source,
}

enum Source {
    Stream(FFI_ArrowArrayStream),
    /// A single array, until it is read.
    One(Option<FFI_ArrowArray>),
}

fn unreadable(why: &str) -> Error {
    Error::new(Kind::BadRecord, format!("the Arrow stream cannot be read: {why}"))
}

impl ArrayStream {
    /// The stream of an object that has `__arrow_c_stream__` or `__arrow_c_array__`.
    ///
    /// # Errors
    /// What the object raises; [`Kind::BadRecord`]: its schema cannot be read.
    pub(super) fn new(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if object.hasattr("__arrow_c_stream__")? {
            let capsule = object.call_method0("__arrow_c_stream__")?;
            // SAFETY: capsules of this name hold a stream, and `from_raw` leaves an empty one.
            let mut stream =
                unsafe { take(&capsule, c"arrow_array_stream", FFI_ArrowArrayStream::from_raw)? };
            let field = schema_of(&mut stream)?;
            return Ok(Self { field, source: Source::Stream(stream) });
        }
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
            object.call_method0("__arrow_c_array__")?.extract()?;
        // SAFETY: capsules of these names hold a schema and an array, and `from_raw` leaves empty
        // ones.
        let (schema, array) = unsafe {
            (
                take(&schema, c"arrow_schema", FFI_ArrowSchema::from_raw)?,
                take(&array, c"arrow_array", FFI_ArrowArray::from_raw)?,
            )
        };
        let field = Field::try_from(&schema).map_err(|error| unreadable(&error.to_string()))?;
        Ok(Self { field, source: Source::One(Some(array)) })
    }

    /// The name and type of the arrays.
    pub(super) fn field(&self) -> &Field {
        &self.field
    }

    /// The next array; `None` at the end.
    fn read(&mut self) -> Result<Option<ArrayRef>> {
        let array = match &mut self.source {
            Source::One(array) => array.take(),
            Source::Stream(stream) => next_of(stream)?,
        };
        let Some(array) = array else { return Ok(None) };
        // SAFETY: the maker of the array promises that it has the type of the schema.
        let data = unsafe { from_ffi_and_data_type(array, self.field.data_type().clone()) };
        Ok(Some(make_array(data.map_err(|error| unreadable(&error.to_string()))?)))
    }
}

impl Iterator for ArrayStream {
    type Item = Result<ArrayRef>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn schema_of(stream: &mut FFI_ArrowArrayStream) -> Result<Field> {
    let Some(get_schema) = stream.get_schema else { return Err(unreadable("it was read before")) };
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream has not been released, and both pointers are valid for the call.
    let code = unsafe { get_schema(stream, &raw mut schema) };
    if code != 0 {
        return Err(last_error(stream, code));
    }
    Field::try_from(&schema).map_err(|error| unreadable(&error.to_string()))
}

fn next_of(stream: &mut FFI_ArrowArrayStream) -> Result<Option<FFI_ArrowArray>> {
    let Some(get_next) = stream.get_next else { return Ok(None) };
    let mut array = FFI_ArrowArray::empty();
    // SAFETY: the stream has not been released, and both pointers are valid for the call.
    let code = unsafe { get_next(stream, &raw mut array) };
    if code != 0 {
        return Err(last_error(stream, code));
    }
    // A released array marks the end.
    Ok(if array.is_released() { None } else { Some(array) })
}

/// What the maker of a stream says about its last failure.
fn last_error(stream: &mut FFI_ArrowArrayStream, code: i32) -> Error {
    let said = stream.get_last_error.and_then(|get_last_error| {
        // SAFETY: the stream has not been released; the text, if there is one, ends with a zero and
        // lives until the next call.
        let text = unsafe { get_last_error(stream) };
        if text.is_null() {
            return None;
        }
        // SAFETY: as above.
        Some(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    });
    unreadable(&said.unwrap_or_else(|| format!("error {code}")))
}
