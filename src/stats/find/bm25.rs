//! How much does a term say of an article that holds it?

use crate::error::{Error, Kind, Result};
use crate::stats::compare::named;
use crate::stats::count::TermOptions;

/// The variants of BM25, as Kamphuis et al. (2020) and Lù (2024) tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Robertson et al. (1994); terms in more than half of the articles weigh nothing.
    #[default]
    Robertson,
    /// As Lucene: no term weighs less than nothing.
    Lucene,
    /// Trotman et al. (2014).
    Atire,
    /// Lv & Zhai (2011): long articles are not punished for their length.
    Bm25L,
    /// Lv & Zhai (2011): a term that is there always weighs more than one that is not.
    Bm25Plus,
}

impl Method {
    /// # Errors
    /// [`Kind::BadOption`]: any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [
            ("robertson", Self::Robertson),
            ("lucene", Self::Lucene),
            ("atire", Self::Atire),
            ("bm25l", Self::Bm25L),
            ("bm25+", Self::Bm25Plus),
        ];
        named("method", name, &all)
    }

    /// The weight of a term that `df` of `n` articles hold.
    pub(crate) fn idf(self, n: f64, df: f64) -> f64 {
        match self {
            Self::Robertson => ((n - df + 0.5) / (df + 0.5)).max(1.0).ln(),
            Self::Lucene => (1.0 + (n - df + 0.5) / (df + 0.5)).ln(),
            Self::Atire => (n / df).ln(),
            Self::Bm25L => ((n + 1.0) / (df + 0.5)).ln(),
            Self::Bm25Plus => ((n + 1.0) / df).ln(),
        }
    }
}

/// How articles are searched.
#[derive(Debug, Clone)]
pub struct SearchOptions {
    /// How words become terms; nothing but folding, stop words and stems is read of it.
    pub terms: TermOptions,
    /// The variant.
    pub method: Method,
    /// How soon more of the same term stops counting.
    pub k1: f64,
    /// How much the length of an article counts, from 0 to 1.
    pub b: f64,
    /// What a term that is there weighs at least, in `bm25l` and `bm25+`.
    pub delta: f64,
    /// How many articles.
    pub n: usize,
    /// How many words a snippet has at most.
    pub words: usize,
    /// What stands before and behind a match.
    pub marks: (String, String),
}

impl SearchOptions {
    /// # Errors
    /// [`Kind::BadOption`]: parameters out of range.
    pub fn check(&self) -> Result<()> {
        let bad = |field: &str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
        if !(self.k1 >= 0.0 && self.k1.is_finite()) {
            return bad("k1", format!("k1={}; expected at least 0", self.k1));
        }
        if !(0.0..=1.0).contains(&self.b) {
            return bad("b", format!("b={}; expected 0 to 1", self.b));
        }
        if !(self.delta >= 0.0 && self.delta.is_finite()) {
            return bad("delta", format!("delta={}; expected at least 0", self.delta));
        }
        Ok(())
    }
}
