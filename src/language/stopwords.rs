//! Which words of a language carry little meaning?
//!
//! Lists of function words, one file per language under `data/`; `data/README.md` documents the
//! source of each. A list is read on first use.

use std::collections::HashSet;

use super::lists::entries;
use crate::batch::Static;
use crate::error::{Error, Kind, Result};

type List = Static<HashSet<String>>;

/// A language: its name, its ISO 639-1 code, and its words.
struct Language {
    name: &'static str,
    code: &'static str,
    words: List,
}

macro_rules! languages {
    ($($name:literal $code:literal,)*) => {
        [$(Language {
            name: $name,
            code: $code,
            words: Static::new(|| read(include_str!(concat!("../data/", $code, "/stopwords.txt")))),
        },)*]
    };
}

static LANGUAGES: [Language; 17] = languages! {
    "english" "en",
    "czech" "cs",
    "danish" "da",
    "dutch" "nl",
    "finnish" "fi",
    "french" "fr",
    "german" "de",
    "hungarian" "hu",
    "italian" "it",
    "norwegian" "no",
    "polish" "pl",
    "portuguese" "pt",
    "russian" "ru",
    "spanish" "es",
    "swedish" "sv",
    "turkish" "tr",
    "ukrainian" "uk",
};

fn read(file: &'static str) -> HashSet<String> {
    entries(file).map(str::to_owned).collect()
}

/// The stop words of a language, by its name or ISO code.
///
/// # Errors
/// [`Kind::BadOption`] if there is no list for the language; the message lists the languages that
/// have one.
pub fn stopwords(language: &str) -> Result<&'static HashSet<String>> {
    let found = LANGUAGES.iter().find(|known| known.name == language || known.code == language);
    found.map(|known| &*known.words).ok_or_else(|| {
        let known: Vec<String> =
            LANGUAGES.iter().map(|known| format!("{} ({})", known.name, known.code)).collect();
        let what = format!(
            "there are no stop words for \"{language}\"; expected {}, or your own words",
            known.join(", ")
        );
        Error::new(Kind::BadOption, what).in_field("stopwords")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_under_both_its_names() {
        for Language { name, code, .. } in &LANGUAGES {
            assert!(stopwords(name).unwrap().len() > 50, "{name}");
            assert!(std::ptr::eq(stopwords(name).unwrap(), stopwords(code).unwrap()));
        }
        assert!(stopwords("de").unwrap().contains("nicht"));
    }

    #[test]
    fn a_language_without_stop_words_is_an_error_that_names_those_there_are() {
        let error = stopwords("klingon").unwrap_err();
        assert!(error.to_string().contains("expected english (en)"), "{error}");
    }
}
