//! Which words are forms of the same word?
//!
//! A Snowball stemmer reduces a word to the stem that its forms share. A stem need not be a word,
//! and words that merely look alike can share one. Stop words are matched before stemming.

use rust_stemmers::{Algorithm, Stemmer};

use crate::error::{Error, Kind, Result};

/// The language whose rules are used for stemming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stem(Algorithm);

const ALGORITHMS: [(&str, &str, Algorithm); 18] = [
    ("english", "en", Algorithm::English),
    ("arabic", "ar", Algorithm::Arabic),
    ("danish", "da", Algorithm::Danish),
    ("dutch", "nl", Algorithm::Dutch),
    ("finnish", "fi", Algorithm::Finnish),
    ("french", "fr", Algorithm::French),
    ("german", "de", Algorithm::German),
    ("greek", "el", Algorithm::Greek),
    ("hungarian", "hu", Algorithm::Hungarian),
    ("italian", "it", Algorithm::Italian),
    ("norwegian", "no", Algorithm::Norwegian),
    ("portuguese", "pt", Algorithm::Portuguese),
    ("romanian", "ro", Algorithm::Romanian),
    ("russian", "ru", Algorithm::Russian),
    ("spanish", "es", Algorithm::Spanish),
    ("swedish", "sv", Algorithm::Swedish),
    ("tamil", "ta", Algorithm::Tamil),
    ("turkish", "tr", Algorithm::Turkish),
];

impl Stem {
    /// The stemmer of a language, by its name or ISO code.
    ///
    /// # Errors
    /// [`Kind::BadOption`] if there is no stemmer for the language; the message lists the languages
    /// that have one.
    pub fn from_name(language: &str) -> Result<Self> {
        let found = ALGORITHMS.iter().find(|(name, code, _)| *name == language || *code == language);
        found.map(|&(.., algorithm)| Self(algorithm)).ok_or_else(|| {
            let known: Vec<String> =
                ALGORITHMS.iter().map(|(name, code, _)| format!("{name} ({code})")).collect();
            let what = format!("there is no stemmer for \"{language}\"; expected {}", known.join(", "));
            Error::new(Kind::BadOption, what).in_field("stem")
        })
    }

    pub(crate) fn stemmer(self) -> Stemmer {
        Stemmer::create(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stemmer = Stem::from_name("en").unwrap().stemmer();
        assert_eq!(stemmer.stem("elections"), stemmer.stem("election"));
        assert_eq!(Stem::from_name("german").unwrap().stemmer().stem("wahlen"), "wahl");
    }

    #[test]
    fn a_language_without_a_stemmer_is_an_error_that_names_those_there_are() {
        let error = Stem::from_name("klingon").unwrap_err();
        assert!(error.to_string().contains("expected english (en)"), "{error}");
    }
}
