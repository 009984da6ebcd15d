//! What do programs write that is not quite JSON, and what is wrong with the rest?
//!
//! Python writes NaN and Infinity by default, which JSON does not have. Cost: nothing for JSON that
//! is JSON; otherwise one pass over a record.

/// What the parser says, in the words of those who write JSON.
pub(super) fn plain(said: &str) -> &str {
    let known = [
        ("EOF while parsing a string", "it ends within a string; expected a quote that closes it"),
        ("EOF while parsing", "it ends too early; expected the rest of a value"),
        ("expected ident", "a word that is no value; expected true, false, null, or a quote before a string"),
        ("expected value", "there is no value; expected a string in quotes, a number, a list or an object"),
        ("trailing characters", "more follows the value; expected one value in each line or item"),
        ("trailing comma", "a comma before a bracket that closes; expected none"),
        ("key must be a string", "a name without quotes; expected a quote before each name"),
        (
            "control character",
            "a line break or another control character in a string; expected \\n or the like",
        ),
        ("invalid escape", "a backslash before a letter that needs none; expected \\\\ for a backslash"),
        ("expected `,` or", "a value follows another; expected a comma or a bracket that closes"),
        ("expected `:`", "a name without a value; expected a colon after each name"),
        ("invalid number", "a number that JSON does not have; expected digits, as in 0.5"),
    ];
    known.iter().find(|(theirs, _)| said.starts_with(theirs)).map_or(said, |(_, ours)| ours)
}

/// The numbers that JSON does not have and Python writes by default. They are missing values.
const NO_NUMBERS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];

/// JSON in which NaN and infinity are null; `None` if it has neither.
pub(super) fn without_nan(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let (mut known, mut kept, mut at) = (String::new(), 0, 0);
    while let Some(found) = memchr::memchr3(b'"', b'N', b'I', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            at = string_end(bytes, at);
            continue;
        }
        let start = if at > 0 && bytes[at - 1] == b'-' && bytes[at] == b'I' { at - 1 } else { at };
        let Some(word) = NO_NUMBERS.iter().find(|word| json[start..].starts_with(**word)) else {
            at += 1;
            continue;
        };
        known.push_str(&json[kept..start]);
        known.push_str("null");
        at = start + word.len();
        kept = at;
    }
    (kept > 0).then(|| known + &json[kept..])
}

/// The byte after the quote that closes the string that opens at `open`.
pub(super) fn string_end(bytes: &[u8], open: usize) -> usize {
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
    fn numbers_that_are_none_are_null() {
        for (json, expected) in [
            ("{\"n\": NaN}", Some("{\"n\": null}")),
            ("[-Infinity,Infinity, NaN]", Some("[null,null, null]")),
            ("{\"NaN\": \"a \\\" NaN\", \"n\":NaN}", Some("{\"NaN\": \"a \\\" NaN\", \"n\":null}")),
            ("{\"text\": \"NaN and Infinity\"}", None),
            ("{\"n\": None}", None),
            ("\"NaN", None),
        ] {
            assert_eq!(without_nan(json).as_deref(), expected, "{json}");
        }
    }
}
