//! What is equal in two articles if they mean the same entity?
//!
//! A key is made by the rules of an article, and compared between articles. It keeps its parts, so
//! that nobody has to parse it: the name and the suffix of a person, the name and the country of a
//! place.

use std::cmp::Ordering;

use super::place::Country;

/// The key of an article entity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// The full name of a person.
    Person {
        /// The parts of the name, folded.
        name: String,
        /// The suffix, such as `jr`; empty if there is none.
        suffix: String,
    },
    /// A place, a nationality with a country, or an institution of a country.
    Place {
        /// The name, folded; empty for the country itself.
        name: String,
        /// Where it is; `Country::NONE` if the article does not say.
        country: Country,
    },
    /// Any other name, folded: a lone surname, an organisation, an event.
    Other(String),
}

impl Default for Key {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl Key {
    /// The name without suffix and country.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Person { name, .. } | Self::Place { name, .. } | Self::Other(name) => name,
        }
    }

    /// The key as one string, in pieces: `john smith|jr`, `springfield@US`.
    fn pieces(&self) -> [&str; 3] {
        match self {
            Self::Person { name, suffix } => [name, "|", suffix],
            Self::Place { name, country } => [name, "@", country.code().unwrap_or_default()],
            Self::Other(name) => [name, "", ""],
        }
    }
}

/// In the order of the bytes of the keys as strings: decisions between several entities are taken
/// in this order, so it must not depend on the articles.
impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let bytes = |key: &'_ Self| key.pieces().map(str::as_bytes).concat();
        match (self, other) {
            (Self::Other(a), Self::Other(b)) => a.cmp(b),
            _ => bytes(self).cmp(&bytes(other)),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_their_strings_do() {
        let person = |name: &str, suffix: &str| Key::Person { name: name.into(), suffix: suffix.into() };
        let mut keys = [
            Key::Other("john smithson".into()),
            person("john smith", "jr"),
            person("john smith", ""),
            Key::Place { name: "john".into(), country: Country::NONE },
        ];
        keys.sort();
        let strings: Vec<String> = keys.iter().map(|key| key.pieces().concat()).collect();
        assert_eq!(strings, ["john smithson", "john smith|", "john smith|jr", "john@"]);
    }
}
