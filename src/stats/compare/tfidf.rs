//! Which terms distinguish an article from the others?
//!
//! A term weighs more the more often it occurs in the article, and the fewer articles contain it.
//!
//! Cost: one count of all articles, and one weight per distinct term of an article.

use super::compat::Compat;
use crate::batch::{Watch, fill};
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::{Result, named};
use crate::stats::count::{Cell, Names, Rows, TermCounts, TermMap, TermOptions, TermRows, by_name, rows};
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
    /// The number of terms per article (or group), those with the largest weights; all if `None`.
    pub n: Option<usize>,
    /// Which tool's conventions are followed.
    pub compat: Option<Compat>,
}

/// One row per article (or group) and term: article or the keys of the group, term, count, weight.
/// Articles are in order, groups are sorted by key; within one, terms are sorted by descending
/// weight, ties in the order of their bytes.
///
/// # Errors
/// [`TermOptions::check`], [`Corpus::groups`], and cancellation.
pub fn tfidf<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &TfidfOptions,
    watch: &Watch,
) -> Result<Table> {
    options.terms.check()?;
    if !by.is_empty() {
        let groups = corpus.groups(by, watch)?;
        let counts = TermCounts::of_groups(corpus, &groups, zones, &options.terms, watch)?;
        return tfidf_of_counts(&counts, &groups, options, watch);
    }
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let TermRows { names, rows } = rows(corpus, zones, &term_map, options.terms.ngrams, watch)?;
    let weights = weighted(&names, &rows, options, watch)?;
    let keys = vec![("article".to_owned(), corpus.ids_of(&weights.rows, watch)?)];
    weights.table(keys, corpus.len())
}

/// The table of [`tfidf`] of groups whose terms were counted: each is read as one article.
///
/// # Errors
/// Cancellation.
pub fn tfidf_of_counts(
    counts: &TermCounts,
    groups: &Groups,
    options: &TfidfOptions,
    watch: &Watch,
) -> Result<Table> {
    let mut rows = Rows { starts: vec![0], cells: Vec::new() };
    for cells in &counts.cells {
        let count = |cell: &Cell| u32::try_from(cell.count).unwrap_or(u32::MAX);
        rows.cells.extend(watch.through(cells).map(|cell| (cell.gram, count(cell))));
        rows.starts.push(rows.cells.len());
    }
    let weights = weighted(&counts.names, &rows, options, watch)?;
    let keys = groups.key_columns(&weights.rows, &["term", "count", "weight"], watch)?;
    weights.table(keys, rows.len())
}

/// The weights of terms, row by row.
struct Weights {
    /// The number of the article or group.
    rows: Vec<u32>,
    terms: Strings,
    counts: Vec<i64>,
    values: Vec<f64>,
}

impl Weights {
    /// The table with these columns before the terms. `n` is the number of articles or groups.
    fn table(self, keys: Vec<(String, Column)>, n: usize) -> Result<Table> {
        let keys = keys.into_iter().try_fold(Table::new(), |table, (name, column)| table.with(name, column));
        let table = keys?
            .with("term", Values::Text(self.terms))?
            .with("count", Column::int(self.counts))?
            .with("weight", Values::Float(self.values))?;
        Ok(table.with_fact("articles", &n))
    }
}

/// The weights of the terms of each row.
fn weighted(
    Names { terms, grams }: &Names,
    rows: &Rows,
    options: &TfidfOptions,
    watch: &Watch,
) -> Result<Weights> {
    let n = rows.len() as f64;
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
    let longer = if grams.len() == terms.len() { None } else { Some(grams.texts(terms, watch)?) };
    let texts = longer.as_ref().unwrap_or(terms);

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

    let mut weights =
        Weights { rows: Vec::new(), terms: Strings::default(), counts: Vec::new(), values: Vec::new() };
    for (row, cells) in watch.through((0..).zip(weighted)) {
        for (gram, count, weight) in cells {
            weights.rows.push(row);
            weights.terms.push(texts.get(gram as usize));
            weights.counts.push(i64::from(count));
            weights.values.push(weight);
        }
    }
    watch.check()?;
    Ok(weights)
}
