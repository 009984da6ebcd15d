//! Which token counts as which term?
//!
//! A [`Lexicon`] is made once for a call, from the corpus's distinct tokens: tokens that fold to the same string share a
//! term. Counting then reads one number a token.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::corpus::Vocabulary;
use crate::error::{Error, Kind, Result};
use crate::table::Strings;
use crate::text::TokenKind;

/// How case is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fold {
    /// To lower case, as Python's `str.lower`.
    #[default]
    Lower,
    /// By full Unicode case folding, as Python's `str.casefold`.
    Casefold,
    /// Not at all.
    None,
}

/// Which terms are counted, and how.
#[derive(Debug, Clone)]
pub struct TermOptions {
    /// How case is folded.
    pub fold: Fold,
    /// Terms that are not counted, in their folded form.
    pub stopwords: HashSet<String>,
    /// The shortest and longest n-gram, in terms.
    pub ngrams: (usize, usize),
    /// Terms with a smaller count (in their group) are left out.
    pub min_count: u64,
    /// Terms in fewer articles (of their group) are left out.
    pub min_articles: u64,
}

impl Default for TermOptions {
    fn default() -> Self {
        Self {
            fold: Fold::default(),
            stopwords: HashSet::new(),
            ngrams: (1, 1),
            min_count: 1,
            min_articles: 1,
        }
    }
}

/// The longest n-gram that is counted.
pub(super) const LONGEST_NGRAM: usize = 10;

impl TermOptions {
    /// # Errors
    /// [`Kind::BadOption`]: n-grams shorter than one term, longer than ten, or from more to fewer.
    pub fn check(&self) -> Result<()> {
        let (low, high) = self.ngrams;
        if low < 1 || low > high || high > LONGEST_NGRAM {
            return Err(Error::new(
                Kind::BadOption,
                format!("ngrams=({low}, {high}); expected 1 <= shortest <= longest <= {LONGEST_NGRAM}"),
            )
            .in_field("ngrams"));
        }
        Ok(())
    }

    /// The stop words that come with the crate for a language, by its name or ISO code.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a language for which there are none.
    pub fn stopwords_of(language: &str) -> Result<&'static HashSet<String>> {
        static ENGLISH: LazyLock<HashSet<String>> = LazyLock::new(|| {
            let lines = include_str!("../data/en/stopwords.txt").lines();
            lines.filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
        });
        match language {
            "english" | "en" => Ok(&ENGLISH),
            _ => Err(Error::new(
                Kind::BadOption,
                format!(
                    "there are no stop words for \"{language}\"; expected english (en), or words of your own"
                ),
            )
            .in_field("stopwords")),
        }
    }
}

impl Fold {
    /// The folded form of a string.
    pub fn apply(self, text: &str) -> std::borrow::Cow<'_, str> {
        match self {
            Self::None => text.into(),
            _ if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) => text.into(),
            Self::Lower => text.to_lowercase().into(),
            Self::Casefold => caseless::default_case_fold_str(text).into(),
        }
    }
}

/// The term of each distinct token, and what each term looks like.
#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    /// By token: its term, [`SKIP`] or [`BREAK`].
    pub(super) of_token: Vec<u32>,
    pub(super) terms: Strings,
}

/// A token that counts as nothing, and does not part its neighbours.
pub(super) const SKIP: u32 = u32::MAX;

/// A token that counts as nothing and parts its neighbours: punctuation, a stop word.
pub(super) const BREAK: u32 = u32::MAX - 1;

impl Lexicon {
    pub(super) fn new(vocabulary: &Vocabulary, options: &TermOptions) -> Self {
        let (mut terms, mut of_token) = (Strings::default(), Vec::with_capacity(vocabulary.len()));
        let mut numbers: HashMap<std::borrow::Cow<'_, str>, u32, rustc_hash::FxBuildHasher> =
            HashMap::with_capacity_and_hasher(vocabulary.len(), rustc_hash::FxBuildHasher);
        for token in 0..vocabulary.len() as u32 {
            let kind = vocabulary.kind(token);
            of_token.push(if kind == TokenKind::Punctuation {
                BREAK
            } else if kind.is_term() {
                let folded = options.fold.apply(vocabulary.text(token));
                if options.stopwords.contains(folded.as_ref()) {
                    BREAK
                } else {
                    *numbers.entry(folded).or_insert_with_key(|folded| {
                        terms.push(folded);
                        terms.len() as u32 - 1
                    })
                }
            } else {
                SKIP
            });
        }
        Self { of_token, terms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_pythons() {
        assert_eq!(Fold::Lower.apply("ΣΑΣ"), "σας");
        assert_eq!(Fold::Casefold.apply("Straße"), "strasse");
        assert_eq!(Fold::None.apply("Straße"), "Straße");
    }

    #[test]
    fn a_language_without_stop_words_is_an_error_that_names_those_there_are() {
        let error = TermOptions::stopwords_of("klingon").unwrap_err();
        assert!(error.to_string().contains("expected english (en)"), "{error}");
    }
}
