//! Which token counts as which term?
//!
//! A [`TermMap`] is made once per call, from the distinct tokens of the corpus: tokens that fold to
//! the same string share a term. Counting then reads one number per token.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use rust_stemmers::Stemmer;
use unicode_normalization::UnicodeNormalization;

use crate::batch::Watch;
use crate::corpus::{One, Vocabulary};
use crate::error::{Error, Kind, Result};
use crate::language::Stem;
use crate::table::{Distinct, Strings};
use crate::text::{TokenKind, house_style, typography};

/// How case is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fold {
    /// To lower case, as Python's `str.lower`.
    #[default]
    Lower,
    /// By full Unicode case folding, as Python's `str.casefold`.
    Casefold,
    /// Leaves the case as it is.
    None,
}

/// Which terms are counted, and how.
#[derive(Debug, Clone)]
pub struct TermOptions {
    /// How case is folded.
    pub fold: Fold,
    /// Terms that are not counted, in their folded form.
    pub stopwords: HashSet<String>,
    /// The language whose rules reduce words to their stems; `None` leaves words as they are.
    pub stem: Option<Stem>,
    /// The lengths of the shortest and the longest n-gram, in terms.
    pub ngrams: (usize, usize),
    /// Terms with a smaller count (in their group) are ignored.
    pub min_count: u64,
    /// Terms in fewer articles (of their group) are ignored.
    pub min_articles: u64,
}

impl Default for TermOptions {
    fn default() -> Self {
        Self {
            fold: Fold::default(),
            stopwords: HashSet::new(),
            stem: None,
            ngrams: (1, 1),
            min_count: 1,
            min_articles: 1,
        }
    }
}

/// The longest n-gram that is counted.
pub(crate) const LONGEST_NGRAM: usize = 10;

impl TermOptions {
    /// Whether a count is large enough for the table.
    pub(crate) fn keeps(&self, count: u64, articles: u64) -> bool {
        self.keeps_units(One::default(), count, articles)
    }

    /// [`TermOptions::keeps`], of numbers of units.
    pub(crate) fn keeps_units(&self, one: One, count: u64, articles: u64) -> bool {
        count >= one.least(self.min_count) && articles >= one.least(self.min_articles)
    }

    /// # Errors
    /// [`Kind::BadOption`]: n-grams shorter than one term or longer than ten, or a shortest length
    /// above the longest.
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
}

impl Fold {
    /// The folding with this name: `lower` or `casefold`; `None` leaves the case as it is.
    pub fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("casefold") => Self::Casefold,
            Some(_) => Self::Lower,
            None => Self::None,
        }
    }

    /// The folded form of a token: in one [typography] and one [house style](house_style), and with
    /// its case folded.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            return text.into();
        }
        match typography(text) {
            Cow::Borrowed(plain) => self.of_plain(plain),
            Cow::Owned(plain) => self.of_plain(&plain).into_owned().into(),
        }
    }

    /// [`Fold::apply`] for a token of this kind: the *am* of *6:00am* is not a verb.
    pub fn of_token(self, text: &str, kind: TokenKind) -> Cow<'_, str> {
        if kind == TokenKind::Abbreviation && text.eq_ignore_ascii_case("am") {
            return "a.m.".into();
        }
        self.apply(text)
    }

    /// [`Fold::apply`] for a token in one typography.
    fn of_plain(self, plain: &str) -> Cow<'_, str> {
        let styled = house_style(plain, self != Self::None);
        match self {
            Self::None => styled,
            _ if styled.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) => styled,
            Self::Lower => styled.to_lowercase().into(),
            Self::Casefold => caseless::default_case_fold_str(&styled).nfc().collect::<String>().into(),
        }
    }
}

/// The term of each distinct token, and the text of each term.
#[derive(Debug, Clone)]
pub(crate) struct TermMap {
    /// By token: its term, [`SKIP`] or [`BREAK`].
    pub(crate) of_token: Vec<u32>,
    pub(crate) terms: Arc<Strings>,
}

/// A token that is not counted and does not separate its neighbours.
pub(crate) const SKIP: u32 = u32::MAX;

/// A token that is not counted and separates its neighbours: punctuation, a stop word.
pub(crate) const BREAK: u32 = u32::MAX - 1;

/// Folds and stems tokens to terms.
pub(crate) struct Analyzer<'a> {
    options: &'a TermOptions,
    stemmer: Option<Stemmer>,
}

/// What a token is counted as.
pub(crate) enum Read<'a> {
    Term(Cow<'a, str>),
    Skip,
    Break,
}

impl<'a> Analyzer<'a> {
    pub(crate) fn new(options: &'a TermOptions) -> Self {
        Self { options, stemmer: options.stem.map(Stem::stemmer) }
    }

    /// Whether a token is a stop word. Where case is kept, a stop word in lower case means its
    /// forms with capitals too, such as *The*, but *US* is not *us*.
    fn is_stop(&self, text: &str, folded: &str) -> bool {
        let words = &self.options.stopwords;
        if words.is_empty() {
            return false;
        }
        let is_small = |fold: Fold| words.contains(fold.apply(text).as_ref());
        words.contains(folded) || self.options.fold == Fold::None && is_small(Fold::Lower)
    }

    pub(crate) fn read<'t>(&self, text: &'t str, kind: TokenKind) -> Read<'t> {
        if kind == TokenKind::Punctuation {
            return Read::Break;
        }
        if !kind.is_term() {
            return Read::Skip;
        }
        let folded = self.options.fold.of_token(text, kind);
        if self.is_stop(text, &folded) {
            return Read::Break;
        }
        Read::Term(match &self.stemmer {
            Some(stemmer) if kind != TokenKind::Number && !folded.contains('.') => {
                stemmer.stem(&folded).into_owned().into()
            }
            _ => folded,
        })
    }
}

impl TermMap {
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(vocabulary: &Vocabulary, options: &TermOptions, watch: &Watch) -> Result<Self> {
        let mut terms = Distinct::with_capacity(vocabulary.len(), vocabulary.bytes());
        let mut of_token = Vec::with_capacity(vocabulary.len());
        let analyzer = Analyzer::new(options);
        for token in watch.through(0..vocabulary.len() as u32) {
            of_token.push(match analyzer.read(vocabulary.text(token), vocabulary.kind(token)) {
                Read::Break => BREAK,
                Read::Skip => SKIP,
                Read::Term(term) => terms.number(&term),
            });
        }
        watch.check()?;
        Ok(Self { of_token, terms: Arc::new(terms.into_strings()) })
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
    fn typography_and_house_style_are_folded_whatever_becomes_of_case() {
        for (token, lower, kept) in [
            ("Wouldn’t", "wouldn't", "Wouldn't"),
            ("Dr.", "dr", "Dr"),
            ("US", "u.s.", "US"),
            ("US‑led", "u.s.-led", "US-led"),
        ] {
            assert_eq!(Fold::Lower.apply(token), lower);
            assert_eq!(Fold::Casefold.apply(token), lower);
            assert_eq!(Fold::None.apply(token), kept);
        }
    }

    #[test]
    fn a_country_is_no_stop_word_and_a_capital_hides_none() {
        let stopwords: HashSet<String> = ["us", "the", "Rain"].map(str::to_owned).into();
        for (fold, stopped, kept) in [
            (Fold::Lower, ["us", "Us", "The", "THE"], ["US", "U.S.", "rain", "Theo"]),
            (Fold::None, ["us", "Us", "The", "Rain"], ["US", "U.S.", "rain", "Theo"]),
        ] {
            let options = TermOptions { fold, stopwords: stopwords.clone(), ..TermOptions::default() };
            let analyzer = Analyzer::new(&options);
            let stops = |word: &str| matches!(analyzer.read(word, TokenKind::Word), Read::Break);
            assert!(stopped.into_iter().all(stops), "{fold:?}");
            assert!(!kept.into_iter().any(stops), "{fold:?}");
        }
    }
}
