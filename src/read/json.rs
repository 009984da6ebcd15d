//! JSON Lines and JSON lists.
//!
//! Each record is parsed by itself. Values within values are kept as JSON, and never held as a tree: no nesting is followed by
//! recursion.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::content::Content;
use super::decode::characters;
use super::records::Records;
use super::records::no_text;
use super::skim::{is_space, items, too_deep};
use crate::error::{Error, Kind, Result};
use crate::table::Value;

/// Adds an article for each line that is not blank.
pub(crate) fn read_lines(content: &mut Content<'_>, text: &str, records: &mut Records) -> Result<()> {
    let (mut start, mut line) = (0, 0);
    while start < content.bytes.len() {
        let rest = &content.bytes[start..];
        let end = start + memchr::memchr(b'\n', rest).map_or(rest.len(), |found| found + 1);
        line += 1;
        content.listen(end)?;
        if !content.bytes[start..end].iter().all(u8::is_ascii_whitespace) {
            let json = content.text(start..end, records);
            if !json.trim().is_empty() {
                add(content, &json, start, Some(line), text, records)?;
            }
        }
        start = end;
    }
    Ok(())
}

/// Adds an article for each item of a list; an object alone is one article, and lines of objects are read as such.
pub(crate) fn read_list(content: &mut Content<'_>, text: &str, records: &mut Records) -> Result<()> {
    let bytes = content.bytes;
    let first = bytes.iter().position(|&byte| !is_space(byte)).unwrap_or(bytes.len());
    match bytes.get(first) {
        Some(b'[') => match items(bytes, first, content.watch())? {
            Ok(items) => {
                for item in items {
                    content.listen(item.end)?;
                    let start = item.start + leading(&bytes[item.clone()]);
                    // Places are asked for in the order of the file: going back costs a pass.
                    let line = content.line(start);
                    let json = content.text(start..item.end, records);
                    add(content, &json, start, Some(line), text, records)?;
                }
                Ok(())
            }
            Err((what, byte)) => refuse(content, &Fault { what, byte }, records),
        },
        Some(b'{') => {
            let lines = bytes.trim_ascii().contains(&b'\n');
            if lines && Object::parse(&characters(bytes).0).is_err() {
                return read_lines(content, text, records);
            }
            let json = content.text(first..bytes.len(), records);
            add(content, &json, first, None, text, records)
        }
        _ => match serde_json::from_str::<&RawValue>(&characters(bytes).0) {
            Ok(_) => {
                let error = Error::new(Kind::BadRecord, "is neither a JSON list nor an object");
                records.push(content.source, None, None, Err(error))
            }
            Err(error) => {
                let fault = Fault::new(&error, &characters(bytes).0, 0);
                refuse(content, &fault, records)
            }
        },
    }
}

fn leading(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&byte| is_space(byte)).count()
}

/// What is wrong with some JSON, and at which of its bytes.
struct Fault {
    what: String,
    byte: usize,
}

impl Fault {
    /// What the parser says of a piece that starts at a byte.
    fn new(error: &serde_json::Error, json: &str, start: usize) -> Self {
        let said = error.to_string();
        let what = said.split(" at line ").next().unwrap_or_default().to_owned();
        let lines = json.split_inclusive('\n').take(error.line().saturating_sub(1));
        let byte = lines.map(str::len).sum::<usize>() + error.column();
        // What ends too early is wrong where it ends, not in the line after.
        Self { what, byte: start + byte.min(json.trim_end().len()) }
    }

    /// The error, of a record that starts at a byte of the file.
    fn error(&self, content: &mut Content<'_>, start: usize) -> Error {
        let byte = (start + self.byte).min(content.bytes.len());
        let column = memchr::memrchr(b'\n', &content.bytes[..byte]).map_or(byte, |end| byte - end - 1);
        let what = format!("is not JSON: {} at column {column}", self.what);
        Error::new(Kind::BadRecord, what).at_line(content.line(byte))
    }
}

/// Adds a file that cannot be read.
fn refuse(content: &mut Content<'_>, fault: &Fault, records: &mut Records) -> Result<()> {
    let error = fault.error(content, 0);
    records.push(content.source, None, None, Err(error))
}

/// An object's fields in order; a name may occur twice.
struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Object<'a> {
    fn parse(json: &'a str) -> std::result::Result<Self, Fault> {
        if let Some(byte) = too_deep(json.as_bytes()) {
            return Err(Fault { what: "recursion limit exceeded".to_owned(), byte });
        }
        serde_json::from_str(json).map_err(|error| Fault::new(&error, json, 0))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

/// Adds the record that starts at a byte.
fn add(
    content: &mut Content<'_>,
    json: &str,
    start: usize,
    line: Option<usize>,
    text: &str,
    records: &mut Records,
) -> Result<()> {
    let character = content.character(start);
    let found = match parse(json, text) {
        Ok((found, fields)) => {
            let position = records.texts.len();
            let numbers: Vec<usize> = fields.iter().map(|(name, _)| records.fields.number(name)).collect();
            // Of a name that occurs twice the last value holds.
            for (number, (_, value)) in numbers.into_iter().zip(fields).rev() {
                records.fields.set(number, position, value);
            }
            Ok(found)
        }
        Err(Reason::Json(fault)) => Err(fault.error(content, start)),
        Err(Reason::Article(error)) => Err(error),
    };
    records.push(content.source, Some(character), line, found.as_deref().map_err(Clone::clone))
}

/// Why a record is no article.
enum Reason {
    Json(Fault),
    Article(Error),
}

type Fields<'a> = Vec<(String, Value<'a>)>;

/// A string that the parser has found whole. Its common escapes are read here, since a text has one in each line; any other is left
/// to the parser.
fn string(raw: &str) -> serde_json::Result<Cow<'_, str>> {
    let Some(mut rest) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return serde_json::from_str::<String>(raw).map(Cow::Owned);
    };
    let mut string = String::new();
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let plain = match rest.as_bytes().get(at + 1) {
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            _ => return serde_json::from_str::<String>(raw).map(Cow::Owned),
        };
        if string.is_empty() {
            string.reserve(raw.len());
        }
        string.push_str(&rest[..at]);
        string.push(plain);
        rest = &rest[at + 2..];
    }
    if string.is_empty() {
        return Ok(Cow::Borrowed(rest));
    }
    string.push_str(rest);
    Ok(Cow::Owned(string))
}

/// The text of a record, and its other fields.
fn parse<'a>(json: &'a str, text: &str) -> std::result::Result<(Cow<'a, str>, Fields<'a>), Reason> {
    match json.trim_start().as_bytes().first() {
        Some(b'{') => {}
        Some(b'"') => {
            let string = serde_json::from_str::<String>(json);
            return string
                .map(|string| (string.into(), Vec::new()))
                .map_err(|error| Reason::Json(Fault::new(&error, json, 0)));
        }
        _ => {
            if let Some(byte) = too_deep(json.as_bytes()) {
                let what = "recursion limit exceeded".to_owned();
                return Err(Reason::Json(Fault { what, byte }));
            }
            let value: &RawValue =
                serde_json::from_str(json).map_err(|error| Reason::Json(Fault::new(&error, json, 0)))?;
            let what = format!("{} is no article; expected an object or a string", shown(value.get()));
            return Err(Reason::Article(Error::new(Kind::BadRecord, what)));
        }
    }
    let Object(mut fields) = Object::parse(json).map_err(Reason::Json)?;
    let at = fields.iter().rposition(|(name, _)| name == text);
    let found = at.map(|at| fields[at].1.get());
    fields.retain(|(name, _)| name != text);
    let fault = |raw: &str, error: &serde_json::Error| {
        // The parser lends pieces of the record: their places differ by as much as they are apart.
        Reason::Json(Fault::new(error, raw, raw.as_ptr().addr() - json.as_ptr().addr()))
    };
    let found = match found {
        Some(raw) if raw.starts_with('"') => serde_json::from_str(raw).map_err(|error| fault(raw, &error))?,
        None | Some("null") => {
            let error = no_text(text, fields.iter().map(|(name, _)| name.as_str()));
            return Err(Reason::Article(error));
        }
        Some(raw) => {
            let error = Error::new(Kind::BadType, format!("{} is not a string", shown(raw))).in_field(text);
            return Err(Reason::Article(error));
        }
    };
    let fields = fields.into_iter().map(|(name, raw)| {
        let value = field(raw.get()).map_err(|error| fault(raw.get(), &error))?;
        Ok((name, value))
    });
    Ok((found, fields.collect::<std::result::Result<_, Reason>>()?))
}

/// The head of a value, for a message.
fn shown(raw: &str) -> String {
    // The head of a head is enough, however long the value.
    let head = raw.char_indices().nth(400).map_or(raw, |(end, _)| &raw[..end]);
    compact(head).chars().take(40).collect()
}

/// Up to here every whole number is a number of its own.
const LARGE: f64 = 9_007_199_254_740_992.0;

/// A field's value; lists and objects stay JSON.
fn field(raw: &str) -> serde_json::Result<Value<'_>> {
    Ok(match raw.as_bytes().first() {
        Some(b'"') => Value::Text(string(raw)?),
        Some(b'[' | b'{') => Value::Text(compact(raw)),
        Some(b'n') => Value::Null,
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        _ => {
            let number: serde_json::Number = serde_json::from_str(raw)?;
            match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => Value::Int(number),
                (None, Some(number))
                    if !number.is_finite() || number.fract() != 0.0 || number.abs() < LARGE =>
                {
                    Value::Float(number)
                }
                // A whole number of many digits: a number would lose some of them.
                _ => Value::Text(number.to_string().into()),
            }
        }
    })
}

/// JSON without white space between its values, and without escapes that it does not need.
fn compact(raw: &str) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    if !bytes.iter().any(|&byte| is_space(byte) || byte == b'\\') {
        return Cow::Borrowed(raw);
    }
    let mut compact = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'"' => string_end(bytes, at),
            _ if is_space(byte) => {
                at += 1;
                continue;
            }
            _ => at + bytes[at..].iter().take_while(|&&byte| byte != b'"' && !is_space(byte)).count(),
        };
        let piece = &raw[at..end];
        let escaped = byte == b'"' && piece.contains('\\');
        let plain = if escaped { serde_json::from_str::<String>(piece).ok() } else { None };
        match plain.and_then(|string| serde_json::to_string(&string).ok()) {
            Some(string) => compact.push_str(&string),
            None => compact.push_str(piece),
        }
        at = end;
    }
    Cow::Owned(compact)
}

/// One past the quote that closes the string that opens at a byte.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_stay_json_on_one_line() {
        for (raw, expected) in [
            ("[1, 2 ]", "[1,2]"),
            ("{\"a b\" : [ \"x  y\" ,\n null ] }", "{\"a b\":[\"x  y\",null]}"),
            ("[\"\\u00e9\\n\\\"\", 1.10]", "[\"é\\n\\\"\",1.10]"),
            ("[\"\\ud800\"]", "[\"\\ud800\"]"),
            ("[\"é\"]", "[\"é\"]"),
        ] {
            assert_eq!(compact(raw), expected);
        }
    }

    #[test]
    fn every_escape_is_read_as_the_parser_reads_it() {
        let strings = [
            "",
            "a",
            "\\n",
            "a\\nb\\t\\r\\\"\\\\\\/é",
            "\\u00e9\\n",
            "\\b\\f",
            "\\ud83d\\ude00x",
            "\\n\\ud800",
            "\\\\n",
        ];
        for inner in strings {
            let raw = format!("\"{inner}\"");
            let expected = serde_json::from_str::<String>(&raw).ok();
            assert_eq!(string(&raw).ok().as_deref(), expected.as_deref(), "{raw}");
        }
    }

    #[test]
    fn the_head_of_a_value_is_shown() {
        assert_eq!(shown(&format!("[\"{}\"]", "é".repeat(1000))).chars().count(), 40);
        assert_eq!(shown("[\"a\\"), "[\"a\\");
    }
}
