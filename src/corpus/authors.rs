//! Which names does a list of authors hold?
//!
//! Scrapers and databases give authors as lists. Such a list comes as JSON (`["Ana Reis"]`,
//! `[{"name": "Ana Reis"}]`), or as Python prints it (`['Ana Reis', "Bo O'Hara"]`) where it went
//! through a CSV file.

use serde_json::Value;

/// The keys of an author's name in an object.
const NAMES: [&str; 4] = ["name", "full_name", "fullName", "display_name"];

/// The names of a list, joined by commas, or by semicolons where a name has a comma; empty for a
/// list without a name, and `None` for a string that is not a list.
pub(super) fn author_names(text: &str) -> Option<String> {
    let names = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(items)) => items.iter().map(name_of).collect::<Option<Vec<_>>>()?,
        Ok(object @ Value::Object(_)) => vec![name_of(&object)?],
        Ok(_) => return None,
        Err(_) => printed_by_python(text.trim())?,
    };
    let mut joined: Vec<String> = Vec::new();
    for name in names {
        let name = name.trim();
        if !name.is_empty() && joined.iter().all(|other| other != name) {
            joined.push(name.to_owned());
        }
    }
    let mark = if joined.iter().any(|name| name.contains(',')) { "; " } else { ", " };
    Some(joined.join(mark))
}

/// The name that an item of a list is; empty if it is missing, `None` if it has none.
fn name_of(item: &Value) -> Option<String> {
    match item {
        Value::Null => Some(String::new()),
        Value::String(name) => Some(name.clone()),
        Value::Object(fields) => {
            let name = NAMES.iter().find_map(|key| fields.get(*key)?.as_str())?;
            Some(name.to_owned())
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// The strings of a list or tuple as Python prints it.
fn printed_by_python(text: &str) -> Option<Vec<String>> {
    let inside = [('[', ']'), ('(', ')')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))?;
    let (mut names, mut rest) = (Vec::new(), inside.trim());
    while let Some(mark) = rest.chars().next() {
        let missing = ["None", "nan"].iter().find_map(|word| rest.strip_prefix(word));
        if let Some(after) = missing {
            names.push(String::new());
            rest = after;
        } else if matches!(mark, '\'' | '"') {
            let (mut name, mut letters) = (String::new(), rest[1..].chars());
            loop {
                match letters.next()? {
                    '\\' => name.push(letters.next()?),
                    letter if letter == mark => break,
                    letter => name.push(letter),
                }
            }
            names.push(name);
            rest = letters.as_str();
        } else {
            return None;
        }
        rest = rest.trim_start();
        // NumPy prints no commas between strings.
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_authors_is_its_names() {
        for (text, expected) in [
            ("[\"Ida Moe\", \"Kai Berg\"]", Some("Ida Moe, Kai Berg")),
            ("['Ida Moe', \"Sean O'Neal\"]", Some("Ida Moe, Sean O'Neal")),
            ("('Ida Moe',)", Some("Ida Moe")),
            ("(Reporting by Ida Moe)", None),
            ("['Ida Moe' 'Kai Berg']", Some("Ida Moe, Kai Berg")),
            ("['Sean O\\'Neal']", Some("Sean O'Neal")),
            (
                "[{\"name\": \"Ida Moe\", \"url\": \"x\"}, {\"name\": \"Kai Berg\"}]",
                Some("Ida Moe, Kai Berg"),
            ),
            ("{\"@type\": \"Person\", \"name\": \"Ida Moe\"}", Some("Ida Moe")),
            ("[\"Moe, Ida\", \"Berg, Kai\"]", Some("Moe, Ida; Berg, Kai")),
            ("[\"Ida Moe\", null, \"\", \"Ida Moe\"]", Some("Ida Moe")),
            ("[]", Some("")),
            ("[None]", Some("")),
            ("Ida Moe", None),
            ("[Ida Moe]", None),
            ("[1, 2]", None),
            ("\"Ida Moe\"", None),
            ("['Ida", None),
        ] {
            assert_eq!(author_names(text), expected.map(str::to_owned), "{text}");
        }
    }
}
