//! How much does a term say about an article that contains it?

use crate::error::{Error, Kind, Result, named};
use crate::stats::count::TermOptions;

/// The variants of BM25, as Kamphuis et al. (2020) and Lù (2024) distinguish them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Robertson et al. (1994); terms in more than half of the articles have weight zero.
    Robertson,
    /// As in Lucene: every term that occurs has a positive weight.
    #[default]
    Lucene,
    /// Trotman et al. (2014).
    Atire,
    /// Lv & Zhai (2011): long articles are not penalised for their length.
    Bm25L,
    /// Lv & Zhai (2011): a term that occurs always weighs more than one that does not.
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

    /// The weight of a term that occurs in `df` of `n` articles.
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
    /// How words become terms; only folding, stop words and stems are used.
    pub terms: TermOptions,
    /// The variant.
    pub method: Method,
    /// Term-frequency saturation; 0 scores presence only.
    pub k1: f64,
    /// Length normalisation, from 0 (none) to 1 (full).
    pub b: f64,
    /// The smallest contribution of a term that occurs, in `bm25l` and `bm25+`.
    pub delta: f64,
    /// The number of articles returned.
    pub n: usize,
    /// The largest number of words in a snippet.
    pub words: usize,
    /// The strings inserted before and after a match.
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
