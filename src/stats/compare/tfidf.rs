//! Which terms distinguish an article from the others?
//!
//! A term weighs more the more often it occurs in the article, and the fewer articles contain it.
//!
//! Cost: one count of all articles, and one weight per distinct term of an article.

use super::compat::Compat;
use crate::batch::{Watch, fill};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::{Result, named};
use crate::stats::count::{Names, TERMS, TermMap, TermOptions, TermRows, by_name, rows};
use crate::table::{Column, Strings, Table, Values};

/// How the weight of a term depends on the number of articles that contain it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Idf {
    /// ln((1 + n) / (1 + df)) + 1, as in scikit-learn: as if one more article contained every term.
    #[default]
    Smooth,
    /// ln(n / df) (Spärck Jones 1972).
    Plain,
    /// ln((n − df) / df), and 0 where that is negative (Robertson & Spärck Jones 1976).
    Probabilistic,
    /// The same weight for all terms.
    None,
}

/// How the weights of long and short articles are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Norm {
    /// The squares of an article's weights sum to one.
    #[default]
    L2,
    /// The weights of an article sum to one.
    L1,
    /// Weights are not normalised.
    None,
}

impl Idf {
    /// # Errors
    /// [`crate::error::Kind::BadOption`]: any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [("smooth", Self::Smooth), ("plain", Self::Plain), ("probabilistic", Self::Probabilistic)];
        named("idf", name, &all)
    }

    fn weight(self, n: f64, df: f64) -> f64 {
        match self {
            Self::Smooth => ((1.0 + n) / (1.0 + df)).ln() + 1.0,
            Self::Plain => (n / df).ln(),
            Self::Probabilistic => ((n - df) / df).ln().max(0.0),
            Self::None => 1.0,
        }
    }
}

impl Norm {
    /// # Errors
    /// [`crate::error::Kind::BadOption`]: any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        named("norm", name, &[("l2", Self::L2), ("l1", Self::L1)])
    }

    fn length(self, weights: impl Iterator<Item = f64>) -> f64 {
        match self {
            Self::L2 => weights.map(|weight| weight * weight).sum::<f64>().sqrt(),
            Self::L1 => weights.map(f64::abs).sum(),
            Self::None => 1.0,
        }
    }
}

/// How terms are weighted.
#[derive(Debug, Clone)]
pub struct TfidfOptions {
    /// Which terms are counted; the minimums are over all articles.
    pub terms: TermOptions,
    /// How the weight of a term depends on the number of articles that contain it.
    pub idf: Idf,
    /// How weights are normalised.
    pub norm: Norm,
    /// Whether 1 + ln(count) replaces the count.
    pub sublinear: bool,
    /// The number of terms per article, those with the largest weights; all if `None`.
    pub n: Option<usize>,
    /// Which tool's conventions are followed.
    pub compat: Option<Compat>,
}

/// One row per article and term: article, term, count, weight. Articles are in order; within an
/// article, terms are sorted by descending weight, ties in the order of their bytes.
///
/// # Errors
/// [`TermOptions::check`], and cancellation.
pub fn tfidf(corpus: &Corpus, zones: ZoneSet, options: &TfidfOptions, watch: &Watch) -> Result<Table> {
    options.terms.check()?;
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let TermRows { names: Names { grams, .. }, rows } =
        rows(corpus, zones, &term_map, options.terms.ngrams, watch)?;
    let n = corpus.len() as f64;
    let (idf, norm) = match options.compat {
        None | Some(Compat::AntConc | Compat::SketchEngine) => (options.idf, options.norm),
        Some(Compat::Sklearn) => (Idf::Smooth, Norm::L2),
        Some(Compat::Nltk | Compat::Quanteda) => (Idf::Plain, Norm::None),
    };
    let sums = rows.sums(grams.len(), watch)?;
    let weights: Vec<f64> = sums
        .iter()
        .map(|&(count, articles)| {
            if count == 0 || !options.terms.keeps(count, articles) {
                return f64::NAN; // left out below
            }
            let weight = idf.weight(n, articles as f64);
            if options.compat == Some(Compat::Quanteda) { weight / std::f64::consts::LN_10 } else { weight }
        })
        .collect();
    watch.check()?;
    let texts = if options.terms.ngrams == TERMS { None } else { Some(grams.texts(&term_map.terms, watch)?) };
    let texts = texts.as_ref().unwrap_or(&term_map.terms);

    let order = by_name((0..grams.len() as u32).collect(), texts, watch)?;
    let mut ranks = vec![0_u32; grams.len()];
    for (rank, &gram) in order.iter().enumerate() {
        ranks[gram as usize] = rank as u32;
    }

    let weighted: Vec<Vec<(u32, u32, f64)>> = fill(rows.len(), watch, |row| {
        let row = rows.row(row);
        let all = row.iter().map(|&(_, count)| f64::from(count)).sum::<f64>();
        let tf = |count: u32| match options.compat {
            Some(Compat::Nltk) => f64::from(count) / all,
            _ if options.sublinear => 1.0 + f64::from(count).ln(),
            _ => f64::from(count),
        };
        let mut cells: Vec<(u32, u32, f64)> = row
            .iter()
            .filter(|&&(gram, _)| !weights[gram as usize].is_nan())
            .map(|&(gram, count)| (gram, count, tf(count) * weights[gram as usize]))
            .collect();
        // In the order of names, so that a sum does not depend on where a term first occurs.
        cells.sort_unstable_by_key(|&(gram, ..)| ranks[gram as usize]);
        let length = norm.length(cells.iter().map(|&(.., weight)| weight));
        if length > 0.0 {
            for (.., weight) in &mut cells {
                *weight /= length;
            }
        }
        cells.sort_by(|a, b| b.2.total_cmp(&a.2));
        cells.truncate(options.n.unwrap_or(usize::MAX));
        cells
    })?;

    let mut terms = Strings::default();
    let (mut articles, mut counts, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (article, cells) in watch.through(weighted.into_iter().enumerate()) {
        for (gram, count, weight) in cells {
            articles.push(article as u32);
            terms.push(texts.get(gram as usize));
            counts.push(i64::from(count));
            values.push(weight);
        }
    }
    watch.check()?;
    let ids = corpus.ids_of(&articles, watch)?;
    let table = Table::new()
        .with("article", ids)?
        .with("term", Values::Text(terms))?
        .with("count", Column::int(counts))?
        .with("weight", Values::Float(values))?;
    Ok(table.with_fact("articles", &corpus.len()))
}
