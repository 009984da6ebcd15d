//! JSON Lines and JSON lists.

use serde_json::{Map, Value as Json};

use super::{Records, no_text};
use crate::error::{Error, Kind, Result};
use crate::span::CharCursor;
use crate::table::Value;

/// Adds an article for each line that is not blank.
pub(super) fn read_lines(content: &str, source: &str, text: &str, records: &mut Records) {
    let (mut cursor, mut byte) = (CharCursor::new(content), 0);
    for (line, json) in content.split_inclusive('\n').enumerate() {
        let start = byte;
        byte += json.len();
        if !json.trim().is_empty() {
            let record = serde_json::from_str::<Json>(json).map_err(|error| not_json(&error));
            let place = Place { source, start: Some(cursor.at(start)), line: Some(line + 1) };
            add(record, &place, text, records);
        }
    }
}

/// Adds an article for each item of a list; an object alone is one article, and lines of objects are read as such.
pub(super) fn read_list(content: &str, source: &str, text: &str, records: &mut Records) {
    match serde_json::from_str::<Json>(content) {
        Ok(Json::Array(items)) => {
            let place = Place { source, start: None, line: None };
            for json in items {
                add(Ok(json), &place, text, records);
            }
        }
        Ok(object @ Json::Object(_)) => {
            add(Ok(object), &Place { source, start: Some(0), line: None }, text, records);
        }
        Ok(_) => {
            let error = Error::new(Kind::BadRecord, "is neither a JSON list nor an object");
            records.push(source, None, Err(error));
        }
        Err(_) if content.trim_start().starts_with('{') && content.trim_end().contains('\n') => {
            read_lines(content, source, text, records);
        }
        Err(error) => records.push(source, None, Err(not_json(&error).at_line(error.line()))),
    }
}

fn not_json(error: &serde_json::Error) -> Error {
    Error::new(Kind::BadRecord, format!("is not JSON: {error}"))
}

/// Where a record stands.
struct Place<'a> {
    source: &'a str,
    start: Option<i64>,
    line: Option<usize>,
}

fn add(record: Result<Json>, place: &Place<'_>, text: &str, records: &mut Records) {
    let position = records.texts.len();
    let found = record.and_then(|record| match record {
        Json::Object(mut object) => {
            let found = take_text(&mut object, text)?;
            for (name, value) in &object {
                records.fields.set(position, name, field(value));
            }
            Ok(found)
        }
        Json::String(string) => Ok(string),
        other => {
            let shown: String = other.to_string().chars().take(40).collect();
            Err(Error::new(Kind::BadRecord, format!("{shown} is no article; expected an object or a string")))
        }
    });
    let found = found.map_err(|error| match place.line {
        Some(line) => error.at_line(line),
        None => error,
    });
    records.push_line(place.source, place.start, place.line, found.as_deref().map_err(Clone::clone));
}

fn take_text(object: &mut Map<String, Json>, text: &str) -> Result<String> {
    match object.shift_remove(text) {
        Some(Json::String(string)) => Ok(string),
        None | Some(Json::Null) => Err(no_text(text, object.keys().map(String::as_str))),
        Some(other) => {
            let shown: String = other.to_string().chars().take(40).collect();
            Err(Error::new(Kind::BadType, format!("{shown} is not a string")).in_field(text))
        }
    }
}

/// Up to here every whole number is a number of its own.
const LARGE: f64 = 9_007_199_254_740_992.0;

/// A field's value; lists and objects stay JSON.
fn field(value: &Json) -> Value<'_> {
    match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::String(value) => Value::Text(value.as_str().into()),
        Json::Number(value) => match (value.as_i64(), value.as_f64()) {
            (Some(value), _) => Value::Int(value),
            (None, Some(value)) if !value.is_finite() || value.fract() != 0.0 || value.abs() < LARGE => {
                Value::Float(value)
            }
            // A whole number of many digits: a number would lose some of them.
            _ => Value::Text(value.to_string().into()),
        },
        Json::Array(_) | Json::Object(_) => Value::Text(value.to_string().into()),
    }
}
