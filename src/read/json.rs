//! JSON Lines and JSON lists.
//!
//! Lines, and the items of a list, are read and parsed one by one. An object that is alone in its
//! file is read as a whole; so is a file that is not JSON. Nested values stay JSON and are never
//! held as a tree, so no nesting is followed by recursion.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::decode::{Wrong, bytes_before};
use super::input::Input;
use super::lenient::{plain, string_end, without_nan};
use super::ninjs;
use super::records::{Records, no_text};
use super::skim::{Skim, is_space, too_deep};
use crate::error::{Error, Kind, Result};
use crate::table::Value;

/// Adds an article for each line that is not blank.
pub(crate) fn read_lines(input: &mut Input<'_>, text: &str, records: &mut Records) -> Result<()> {
    read_each_line(input, text, records)
}

/// Adds an article for each line, which is a row of a table: it starts at its number, from 0.
pub(crate) fn read_rows(input: &mut Input<'_>, text: &str, records: &mut Records) -> Result<()> {
    read_each_line(input, text, records)?;
    records.number_starts();
    Ok(())
}

fn read_each_line(input: &mut Input<'_>, text: &str, records: &mut Records) -> Result<()> {
    for line in 1.. {
        let Some(end) = line_end(input)? else { break };
        if input.window()[..end].iter().all(u8::is_ascii_whitespace) {
            input.skip(end)?;
            continue;
        }
        let (json, wrong) = input.characters(end);
        if !json.trim().is_empty() {
            add(input, (end, &json, wrong), Some(line), text, records)?;
        }
        input.pass(end, wrong, records)?;
        records.pass_on()?;
    }
    Ok(())
}

/// Where the first line of the window ends. `None` at the end of the file.
fn line_end(input: &mut Input<'_>) -> Result<Option<usize>> {
    let mut searched = 0;
    loop {
        let window = input.window();
        if let Some(found) = memchr::memchr(b'\n', &window[searched..]) {
            return Ok(Some(searched + found + 1));
        }
        searched = window.len();
        if !input.more()? {
            return Ok((searched > 0).then_some(searched));
        }
    }
}

/// Adds an article for each item of a list. An object alone is one article, and objects on separate
/// lines are read as JSON Lines.
///
/// # Errors
/// [`Kind::BadRecord`]: the file has another form, or its list does not end; then none of its items
/// counts. Those of [`Input::more`].
pub(crate) fn read_list(input: &mut Input<'_>, text: &str, records: &mut Records) -> Result<()> {
    let first = input.find(0, |byte| !is_space(byte))?;
    match input.window().get(first) {
        Some(b'[') => {
            input.skip(first + 1)?;
            read_items(input, text, records)
        }
        Some(b'{') => {
            if are_lines(input, first)? {
                return read_lines(input, text, records);
            }
            input.skip(first)?;
            let length = input.window().len();
            let (json, wrong) = input.characters(length);
            add(input, (length, &json, wrong), None, text, records)?;
            input.pass(length, wrong, records)
        }
        _ => {
            input.whole()?;
            let length = input.window().len();
            let (json, wrong) = input.characters(length);
            Err(match serde_json::from_str::<&RawValue>(&json) {
                Ok(_) => Error::new(Kind::BadRecord, "is neither a JSON list nor an object"),
                Err(error) => Fault::new(&error, &json, 0).error(input, length, wrong),
            })
        }
    }
}

/// Adds an article for each item of the list that opens before the window.
fn read_items(input: &mut Input<'_>, text: &str, records: &mut Records) -> Result<()> {
    let mut skim = Skim::default();
    skim.step(b'[');
    let (mut searched, mut any) = (0, false);
    loop {
        let window = input.window();
        let ends = |byte, depth| depth == 1 && matches!(byte, b',' | b']' | b'}');
        let Some(found) = skim.find(&window[searched..], ends) else {
            searched = window.len();
            if input.more()? {
                continue;
            }
            let what = if skim.was_too_deep() { "recursion limit exceeded, and the list" } else { "a list" };
            return Err(fault(format!("{what} does not end; expected \"]\""), searched, input));
        };
        let end = searched + found;
        let byte = window[end];
        if byte == b'}' {
            return Err(fault("a list ends with \"}\"; expected \"]\"", end, input));
        }
        let leading = window[..end].iter().take_while(|&&byte| is_space(byte)).count();
        if byte == b',' || any || leading < end {
            input.skip(leading)?;
            let length = end - leading;
            let (json, wrong) = input.characters(length);
            add(input, (length, &json, wrong), Some(input.line(0)), text, records)?;
            input.pass(length, wrong, records)?;
            records.pass_on()?;
            input.skip(1)?;
            (searched, any) = (0, true);
        } else {
            input.skip(end + 1)?;
        }
        if byte == b']' {
            break;
        }
    }
    let after = input.find(0, |byte| !is_space(byte))?;
    if after < input.window().len() {
        return Err(fault("trailing characters", after, input));
    }
    Ok(())
}

/// Whether a file that opens with an object, at the byte `first`, holds more than one, on
/// separate lines. If not, the window holds the whole file afterwards.
fn are_lines(input: &mut Input<'_>, first: usize) -> Result<bool> {
    let (mut skim, mut searched) = (Skim::default(), first);
    let end = loop {
        let window = input.window();
        if let Some(found) =
            skim.find(&window[searched..], |byte, depth| depth == 1 && matches!(byte, b'}' | b']'))
        {
            break searched + found + 1;
        }
        searched = window.len();
        if !input.more()? {
            break searched;
        }
    };
    let next = input.find(end, |byte| !byte.is_ascii_whitespace())?;
    let window = input.window();
    if next < window.len() && memchr::memchr(b'\n', &window[first..next]).is_some() {
        return Ok(true);
    }
    input.whole()?;
    let window = input.window();
    let (json, _) = input.characters(window.len());
    Ok(window.trim_ascii().contains(&b'\n')
        && Object::parse(&json).is_err()
        && without_nan(&json).is_none_or(|json| Object::parse(&json).is_err()))
}

/// What is wrong with some JSON, and at which byte.
struct Fault {
    what: String,
    byte: usize,
}

impl Fault {
    /// The parser's error in a piece of JSON that starts at the byte `start`.
    fn new(error: &serde_json::Error, json: &str, start: usize) -> Self {
        let said = error.to_string();
        let what = plain(said.split(" at line ").next().unwrap_or_default()).to_owned();
        let lines = json.split_inclusive('\n').take(error.line().saturating_sub(1));
        let byte = lines.map(str::len).sum::<usize>() + error.column();
        // JSON that ends too early is wrong where it ends, not in the line after.
        Self { what, byte: start + byte.min(json.trim_end().len()) }
    }

    /// The error of the record that takes the first `length` bytes of the window. `wrong` says how
    /// it was decoded.
    fn error(&self, input: &Input<'_>, length: usize, wrong: Option<Wrong>) -> Error {
        let byte = bytes_before(&input.window()[..length], wrong, self.byte);
        let what = format!("is not JSON at column {}: {}", input.column(byte), self.what);
        Error::new(Kind::BadRecord, what).at_line(input.line(byte))
    }
}

/// The error of a fault at a byte of the window.
fn fault(what: impl Into<String>, byte: usize, input: &Input<'_>) -> Error {
    Fault { what: what.into(), byte }.error(input, input.window().len(), None)
}

/// An object's fields in order. A name may occur twice.
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

/// Adds the record at the start of the window, given its length in bytes, its characters, and what
/// is wrong with them.
fn add(
    input: &Input<'_>,
    (length, json, wrong): (usize, &str, Option<Wrong>),
    line: Option<usize>,
    text: &str,
    records: &mut Records,
) -> Result<()> {
    let parsed = parse(json, text, records);
    let repaired = match &parsed {
        Err(Reason::Json(_)) => without_nan(json),
        _ => None,
    };
    let repaired = repaired
        .as_deref()
        .map(|json| parse(json, text, records))
        .filter(|again| !matches!(again, Err(Reason::Json(_))));
    let found = match repaired.unwrap_or(parsed) {
        Ok((found, fields)) => {
            records.set(fields);
            Ok(found)
        }
        Err(Reason::Json(fault)) => Err(fault.error(input, length, wrong)),
        Err(Reason::Article(error)) => Err(error),
    };
    if found.as_ref().err().is_some_and(|error| error.kind() == Kind::MissingText)
        && let Some(story) = ninjs::story(json, input.watch())?
    {
        if story.is_held {
            let what = "the item is embargoed, withheld or cancelled; the field status says which";
            records.note(Error::new(Kind::BadRecord, what).in_field("status").at_line(input.line(0)));
        }
        return records.push_story(Some(input.character()), line, story);
    }
    records.push(Some(input.character()), line, found.as_deref().map_err(Clone::clone))
}

/// Why a record is not an article.
enum Reason {
    Json(Fault),
    Article(Error),
}

type Fields<'a> = Vec<(String, Value<'a>)>;

/// A string that the parser has found whole. Common escapes are read here, since a text has one in
/// each line; others are left to the parser.
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
fn parse<'a>(
    json: &'a str,
    text: &str,
    records: &mut Records,
) -> std::result::Result<(Cow<'a, str>, Fields<'a>), Reason> {
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
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    let at = records.text_at(text, &names);
    let (found, name) = (at.map(|at| fields[at].1.get()), at.map(|at| fields[at].0.clone()));
    fields.retain(|(other, _)| Some(other) != name.as_ref());
    let fault = |raw: &str, error: &serde_json::Error| {
        // The parser returns pieces of the record: the distance of their addresses is their offset.
        Reason::Json(Fault::new(error, raw, raw.as_ptr().addr() - json.as_ptr().addr()))
    };
    let found = match found {
        Some(raw) if raw.starts_with('"') => serde_json::from_str(raw).map_err(|error| fault(raw, &error))?,
        Some("null") => {
            let error = Error::new(Kind::MissingText, "there is no text: it is null; expected a string");
            return Err(Reason::Article(error.in_field(text)));
        }
        None => {
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

/// Below this, every integer has a double that equals no other.
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
                // An integer of many digits: a double would lose some of them.
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
