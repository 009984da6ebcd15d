//! How evenly is a term spread over the parts of a corpus?
//!
//! Parts are articles, or groups of them. A term occurs `v[i]` times in part `i` and `f` times in
//! all; part `i` holds the share `s[i]` of the words, and `p[i]` is the term's share of part `i`.
//! Formulas follow Gries (2008, 2020). Parts without words are ignored.
//!
//! All measures but `arf` are functions of the counts by part, which merge (see
//! [`TermCounts`](crate::stats::TermCounts)). `arf` is not a monoid: it depends on the distances
//! between the occurrences in the whole text.
//!
//! Cost: one pass to count, two over the counts, and one over the text for `arf`; parts that lack a
//! term cost nothing.

use super::compat::all_named;
use crate::batch::{Watch, fill};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::Result;
use crate::stats::count::{
    Counting, Grams, Names, Rows, TermMap, TermOptions, TermRows, count, ranked, rows, sort_keys, taken,
    taken_names, walk,
};
use crate::table::{Column, Strings, Table, Values};

/// The names of the measures of dispersion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is documented where it is computed")]
pub enum Dispersion {
    Range,
    JuillandD,
    CarrollD2,
    RosengrenS,
    Dp,
    DpNorm,
    KlDivergence,
    Arf,
}

impl Dispersion {
    /// All, with their names.
    pub const ALL: [(&'static str, Self); 8] = [
        ("range", Self::Range),
        ("juilland_d", Self::JuillandD),
        ("carroll_d2", Self::CarrollD2),
        ("rosengren_s", Self::RosengrenS),
        ("dp", Self::Dp),
        ("dp_norm", Self::DpNorm),
        ("kl_divergence", Self::KlDivergence),
        ("arf", Self::Arf),
    ];

    /// The measures of these names.
    ///
    /// # Errors
    /// [`crate::error::Kind::BadOption`]: an unknown or repeated name, or no name at all.
    pub fn from_names<S: AsRef<str>>(names: &[S]) -> Result<Vec<Self>> {
        all_named("measures", names, &Self::ALL)
    }
}

/// A corpus in parts.
struct Parts {
    /// The number of words of each part, all above zero.
    sizes: Vec<u64>,
    /// By term: the parts in which it occurs, and its counts there.
    postings: Rows,
}

impl Parts {
    fn new(mut rows: Rows, grams: usize, watch: &Watch) -> Result<Self> {
        let totals = rows.totals();
        let (mut starts, mut sizes) = (vec![0], Vec::new());
        for (row, &total) in totals.iter().enumerate().filter(|&(_, &total)| total > 0) {
            starts.push(rows.starts[row + 1]);
            sizes.push(total);
        }
        rows.starts = starts;
        Ok(Self { sizes, postings: rows.transposed(grams, |_| true, watch)? })
    }

    /// The values of a term, one per measure in the order of [`Dispersion::ALL`], without `arf`;
    /// `None` where a measure is undefined for a single part.
    fn measures(&self, gram: u32, scale: &Scale) -> [Option<f64>; 7] {
        let parts = self.postings.row(gram as usize);
        let f: f64 = parts.iter().map(|&(_, count)| f64::from(count)).sum();
        let n = self.sizes.len() as f64;
        let each = || {
            parts.iter().map(|&(part, count)| {
                let size = self.sizes[part as usize] as f64;
                (f64::from(count), size / scale.all, f64::from(count) / size)
            })
        };
        let several = |value: f64| (self.sizes.len() > 1).then_some(value);

        let sum: f64 = each().map(|(.., p)| p).sum();
        let mean = sum / n;
        let missing = n - parts.len() as f64;
        let variance = (each().map(|(.., p)| (p - mean).powi(2)).sum::<f64>() + missing * mean * mean) / n;
        let entropy = -each().map(|(.., p)| p / sum * (p / sum).log2()).sum::<f64>();
        let covered: f64 = each().map(|(_, s, _)| s).sum();
        let apart: f64 = each().map(|(v, s, _)| (v / f - s).abs()).sum();
        let dp = f64::midpoint(apart, (1.0 - covered).max(0.0)).clamp(0.0, 1.0);
        let kl: f64 = each().map(|(v, s, _)| v / f * (v / f / s).log2()).sum();
        [
            Some(parts.len() as f64),
            several(1.0 - variance.sqrt() / mean / (n - 1.0).sqrt()),
            several((entropy / n.log2()).min(1.0)),
            Some((each().map(|(v, s, _)| (v * s).sqrt()).sum::<f64>().powi(2) / f).min(1.0)),
            Some(dp),
            several(dp / (1.0 - scale.least)),
            Some(kl.max(0.0)),
        ]
    }
}

/// What all terms have in common.
struct Scale {
    /// All words.
    all: f64,
    /// The share of the smallest part.
    least: f64,
}

/// How dispersion is measured.
#[derive(Debug, Clone)]
pub struct DispersionOptions {
    /// Which terms are counted; the minimums are over all articles.
    pub terms: TermOptions,
    /// The measures, in the order of their columns.
    pub measures: Vec<Dispersion>,
    /// The column that rows are sorted by; `count` if `None`.
    pub sort: Option<String>,
}

/// One row per term: term, count, and one column per measure.
///
/// # Errors
/// [`TermOptions::check`], [`Corpus::groups`], an unknown column in `sort`, and cancellation.
pub fn dispersion<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &DispersionOptions,
    watch: &Watch,
) -> Result<Table> {
    options.terms.check()?;
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let ngrams = options.terms.ngrams;
    let by_article = rows(corpus, zones, &term_map, ngrams, watch)?;
    let sums = by_article.rows.sums(by_article.names.len(), watch)?;
    let (names, sums, parts) = if by.is_empty() {
        let TermRows { names, rows } = by_article;
        let parts = Parts::new(rows, names.len(), watch)?;
        (names, sums, parts)
    } else {
        let groups = corpus.groups(by, watch)?;
        let units = corpus.units(&groups, zones);
        let counting = Counting { corpus, groups: &groups, units: &units, term_map: &term_map, ngrams };
        let counts = count(counting, watch)?;
        // N-grams that were counted in another order have other numbers.
        let (names, numbers) = Names::union(&[&by_article.names, &counts.names], watch)?;
        let (of_articles, of_parts) = (&numbers[0], &numbers[1]);
        drop(by_article);
        let mut rows = Rows { starts: vec![0], cells: Vec::new() };
        for cells in watch.through(counts.cells) {
            rows.cells.extend(cells.iter().map(|cell| (of_parts[cell.gram as usize], cell.count as u32)));
            rows.starts.push(rows.cells.len());
        }
        let mut renumbered = vec![(0, 0); names.len()];
        for (&gram, sum) in of_articles.iter().zip(sums) {
            renumbered[gram as usize] = sum;
        }
        let parts = Parts::new(rows, names.len(), watch)?;
        (names, renumbered, parts)
    };
    let all_names = names;
    watch.check()?;

    let all: u64 = parts.sizes.iter().sum();
    let smallest = parts.sizes.iter().min().copied().unwrap_or(0);
    let scale = Scale { all: all as f64, least: smallest as f64 / all.max(1) as f64 };
    let kept: Vec<u32> = (0..all_names.len() as u32)
        .filter(|&gram| {
            let (count, articles) = sums[gram as usize];
            count > 0 && options.terms.keeps(count, articles)
        })
        .collect();
    let names: Strings = all_names.texts(kept.iter().copied(), watch)?;
    let counts: Vec<i64> = kept.iter().map(|&gram| sums[gram as usize].0 as i64).collect();
    let measured: Vec<[Option<f64>; 7]> = fill(kept.len(), watch, |at| parts.measures(kept[at], &scale))?;
    let reduced = if options.measures.contains(&Dispersion::Arf) {
        reduced_frequencies(corpus, zones, &term_map, options, &all_names.grams, &sums, watch)?
    } else {
        Vec::new()
    };
    let mut values: Vec<(&'static str, Vec<Option<f64>>)> = Vec::new();
    for &measure in &options.measures {
        let at = Dispersion::ALL.iter().position(|&(_, known)| known == measure).unwrap_or(0);
        let column = match measure {
            Dispersion::Arf => kept.iter().map(|&gram| Some(reduced[gram as usize])).collect(),
            _ => measured.iter().map(|row| row[at]).collect(),
        };
        values.push((Dispersion::ALL[at].0, column));
    }

    let keys = match options.sort.as_deref() {
        None | Some("count") => counts.iter().map(|&count| count as f64).collect(),
        sort => {
            // Undefined values come last.
            let floats = values.iter().map(|(name, column)| {
                (*name, column.iter().map(|value| value.unwrap_or(f64::NEG_INFINITY)).collect::<Vec<_>>())
            });
            sort_keys(kept.len(), sort, "term", &["count"], &floats.collect::<Vec<_>>(), watch)?
        }
    };
    let order = ranked((0..kept.len() as u32).collect(), &keys, &names, watch)?;
    let mut table = Table::new()
        .with("term", Values::Text(taken_names(&names, &order, watch)?))?
        .with("count", Column::int(taken(&counts, &order, watch)?))?;
    for (name, column) in values {
        let column = taken(&column, &order, watch)?;
        table = table.with(
            name,
            if name == "range" {
                Column::int(column.into_iter().map(|value| value.unwrap_or(0.0) as i64))
            } else {
                Column::optional_float(column)
            },
        )?;
    }
    Ok(table.with_fact("parts", &parts.sizes.len()).with_fact("total", &all))
}

/// The average reduced frequency of each n-gram (Savický & Hlaváčová 2002): (1/v) Σ min(d, v),
/// where d are the distances from each of its f occurrences to the next one (from the last one,
/// around the end to the first), and v = N/f. An evenly spread term keeps its count; one whose
/// occurrences are all adjacent counts about once.
fn reduced_frequencies(
    corpus: &Corpus,
    zones: ZoneSet,
    term_map: &TermMap,
    options: &DispersionOptions,
    grams: &Grams,
    sums: &[(u64, u64)],
    watch: &Watch,
) -> Result<Vec<f64>> {
    #[derive(Clone, Copy, Default)]
    struct Places {
        first: u64,
        last: u64,
        sum: f64,
    }
    let all: u64 = sums.iter().map(|&(count, _)| count).sum();
    let even = |gram: u32| all as f64 / sums[gram as usize].0 as f64;
    let grams = &grams.clone().indexed();
    let mut places = vec![Places::default(); grams.len()];
    let mut at = 0;
    for article in watch.through(0..corpus.len() as u32) {
        let number = |first, last| grams.find(first, last);
        walk(corpus, article, zones, term_map, options.terms.ngrams, number, |gram| {
            at += 1;
            let Some(place) = places.get_mut(gram as usize) else { return };
            if place.last == 0 {
                place.first = at;
            } else {
                place.sum += ((at - place.last) as f64).min(even(gram));
            }
            place.last = at;
        });
    }
    watch.check()?;
    let around = |(gram, place): (usize, &Places)| {
        if place.last == 0 {
            return 0.0;
        }
        let even = even(gram as u32);
        (place.sum + ((place.first + all - place.last) as f64).min(even)) / even
    };
    Ok(places.iter().enumerate().map(around).collect())
}
