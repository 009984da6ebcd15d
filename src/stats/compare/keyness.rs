//! Which terms are used differently in two sets of articles?
//!
//! Each side is counted once; the terms of both sides get one set of numbers; then every measure is
//! a function of four counts. The sides may be selections of one corpus, which may overlap, or of
//! different corpora. Their partials are [`TermCounts`], whose merging is exact.
//!
//! Cost: counting both sides, and a few tens of nanoseconds per term and measure; Fisher's test
//! takes a microsecond. See [`super::bootstrap`] for the cost of intervals.

use super::bootstrap::Resampler;
use super::compat::Compat;
use super::options::{KeynessOptions, Only, Prior};
use crate::batch::{Watch, fill, map_with_state};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::stable;
use crate::measure::{Contrast, Keyness, Zeros};
use crate::measure::{benjamini_hochberg, chi2_tail, normal_tails, quantile};
use crate::stats::count::{
    Names, TermCounts, TermMap, TermRows, count_all, ranked, rows, sort_keys, taken, taken_names,
};
use crate::table::{Column, Strings, Table, Values};

/// One side, counted.
struct Side {
    counts: TermCounts,
    /// The counts by article, if they will be resampled.
    rows: Option<TermRows>,
    /// The hashes of the articles' ids, if they will be resampled.
    ids: Vec<u64>,
    total: u64,
    articles: u64,
}

fn side(
    corpus: &Corpus,
    term_map: &TermMap,
    (name, salt): (&str, u64),
    zones: ZoneSet,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Side> {
    let ngrams = options.terms.ngrams;
    let ids = if options.bootstrap > 0 { ids(corpus, salt, watch)? } else { Vec::new() };
    let (counts, rows) = if options.bootstrap > 0 {
        let rows = rows(corpus, zones, term_map, ngrams, watch)?;
        (rows.counts(watch)?, Some(rows))
    } else {
        (count_all(corpus, zones, term_map, ngrams, watch)?, None)
    };
    let total = counts.totals().iter().sum();
    if total == 0 {
        let what = format!(
            "the {name} has {} articles and no term that counts; expected at least one term on each side",
            corpus.len()
        );
        return Err(Error::new(Kind::BadOption, what).in_field(name));
    }
    Ok(Side { counts, rows, ids, total, articles: corpus.len() as u64 })
}

/// Whether ids are the positions of the articles, because the caller has none.
fn are_positions(ids: &Column) -> bool {
    matches!(&ids.values, Values::Int(values) if values.iter().zip(0..).all(|(&id, at)| id == at))
}

/// The hashes of the articles' ids. The salt distinguishes the ids of two corpora, in which the
/// same id may denote different articles.
fn ids(corpus: &Corpus, salt: u64, watch: &Watch) -> Result<Vec<u64>> {
    let all: Vec<u32> = (0..corpus.len() as u32).collect();
    let column = corpus.ids_of(&all, watch)?;
    let hash = |row: usize| salt ^ stable(&column.show(row).unwrap_or_default());
    let ids = watch.through(0..column.len()).map(hash).collect();
    watch.check()?;
    Ok(ids)
}

/// A term on both sides.
#[derive(Clone, Copy, Default)]
struct Row {
    gram: u32,
    counts: [u64; 2],
    articles: [u64; 2],
}

/// Both sides under one set of numbers.
struct Both {
    rows: Vec<Row>,
    /// How many terms occur on either side.
    distinct: usize,
    names: Names,
    /// By side: the common number of each of its own numbers.
    numbers: [Vec<u32>; 2],
}

impl Both {
    fn new(target: &Side, reference: &Side, watch: &Watch) -> Result<Self> {
        let (names, numbers) = target.counts.names.union(&reference.counts.names, watch)?;
        let mut rows = vec![Row::default(); names.len()];
        for (at, side) in [target, reference].into_iter().enumerate() {
            for cell in side.counts.cells.iter().flatten() {
                let row = &mut rows[numbers[at][cell.gram as usize] as usize];
                row.counts[at] = cell.count;
                row.articles[at] = cell.articles;
            }
        }
        for (gram, row) in rows.iter_mut().enumerate() {
            row.gram = gram as u32;
        }
        rows.retain(|row| row.counts != [0, 0]);
        watch.check()?;
        Ok(Self { distinct: rows.len(), rows, names, numbers })
    }
}

/// One row per term: term, target, reference, one column per measure, `p_value` and `q_value` if a
/// test is among the measures, and `<measure>_low` and `<measure>_high` of effect sizes if there is
/// a bootstrap.
///
/// # Errors
/// [`Kind::BadOption`]: a side without a term, options out of range, an unknown column in `sort`;
/// and cancellation.
pub fn keyness(
    target: &Corpus,
    reference: &Corpus,
    zones: ZoneSet,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    let shared = target.shares_store(reference);
    let term_map = TermMap::new(target.store().vocabulary(), &options.terms, watch)?;
    let first = side(target, &term_map, ("target", 0), zones, options, watch)?;
    let second = if shared {
        side(reference, &term_map, ("reference", 0), zones, options, watch)?
    } else {
        let term_map = TermMap::new(reference.store().vocabulary(), &options.terms, watch)?;
        // Ids that are mere positions denote different articles in two corpora.
        let salt = u64::from(are_positions(reference.store().ids()));
        side(reference, &term_map, ("reference", salt), zones, options, watch)?
    };
    let sides = [first, second];
    let mut both = Both::new(&sides[0], &sides[1], watch)?;
    both.rows.retain(|row| options.terms.keeps(row.counts.iter().sum(), row.articles.iter().sum()));
    watch.check()?;
    let mut names = both.names.texts(both.rows.iter().map(|row| row.gram), watch)?;
    let scale = Scale::new(&sides, &both, &names, options)?;
    let columns: Vec<Vec<f64>> = options
        .measures
        .iter()
        .map(|&measure| fill(both.rows.len(), watch, |at| scale.value(measure, &both.rows[at], at)))
        .collect::<Result<_>>()?;
    let mut floats: Vec<(String, Vec<f64>)> =
        options.measures.iter().map(|&measure| name_of(measure).to_owned()).zip(columns).collect();
    let tested = options.measures.iter().position(|&measure| is_test(measure));
    if let Some(test) = tested {
        let measure = options.measures[test];
        let values = &floats[test].1;
        let p_values: Vec<f64> = fill(values.len(), watch, |at| p_value(measure, values[at]))?;
        let q_values = benjamini_hochberg(&p_values);
        floats.push(("p_value".to_owned(), p_values));
        floats.push(("q_value".to_owned(), q_values));
    }

    let order = order(&both.rows, &names, &floats, &scale, options, watch)?;
    let rows = taken(&both.rows, &order, watch)?;
    names = taken_names(&names, &order, watch)?;
    for (_, values) in &mut floats {
        *values = taken(values, &order, watch)?;
    }
    if options.bootstrap > 0 {
        floats.extend(intervals(&sides, &both, &rows, &order, &scale, options, watch)?);
    }

    let mut table = Table::new()
        .with("term", Values::Text(names))?
        .with("target", Column::int(rows.iter().map(|row| row.counts[0] as i64)))?
        .with("reference", Column::int(rows.iter().map(|row| row.counts[1] as i64)))?;
    for (name, values) in floats {
        // A bound is unknown if no resample has terms on both sides.
        let known = |value: f64| Some(value).filter(|value| !value.is_nan());
        table = table.with(name, Column::optional_float(values.into_iter().map(known)))?;
    }
    let overlap = if shared { target.len() - target.without(reference).len() } else { 0 };
    table = table
        .with_fact("N1", &sides[0].total)
        .with_fact("N2", &sides[1].total)
        .with_fact("target_articles", &sides[0].articles)
        .with_fact("reference_articles", &sides[1].articles)
        .with_fact("overlap", &overlap);
    if let Some(test) = tested {
        table = table.with_fact("p_value", &name_of(options.measures[test]));
    }
    Ok(table)
}

fn name_of(measure: Keyness) -> &'static str {
    Keyness::ALL.into_iter().find(|&(_, known)| known == measure).map_or("", |(name, _)| name)
}

/// Whether a measure has a p-value.
fn is_test(measure: Keyness) -> bool {
    !measure.is_effect_size() && measure != Keyness::BayesFactor || measure == Keyness::LogOdds
}

fn p_value(measure: Keyness, value: f64) -> f64 {
    match measure {
        Keyness::Fisher => value,
        Keyness::LogOdds => normal_tails(value),
        // A preset may give the statistic a sign.
        _ => chi2_tail(value.abs()),
    }
}

/// What all terms have in common.
struct Scale<'a> {
    totals: [f64; 2],
    articles: [f64; 2],
    /// The prior weight of each row, and of all terms; empty if counts are the prior.
    weights: Vec<f64>,
    weight: f64,
    options: &'a KeynessOptions,
}

impl<'a> Scale<'a> {
    fn new(sides: &[Side; 2], both: &Both, names: &Strings, options: &'a KeynessOptions) -> Result<Self> {
        let totals = [sides[0].total as f64, sides[1].total as f64];
        let (weights, weight) = match &options.prior {
            Prior::Counts => (Vec::new(), totals[0] + totals[1]),
            Prior::Each(each) => (vec![*each; both.rows.len()], each * both.distinct as f64),
            Prior::Weights(weights) if options.measures.contains(&Keyness::LogOdds) => {
                let each = names.iter().map(|term| {
                    weights.get(term).copied().ok_or_else(|| {
                        let what = format!(
                            "there is no weight of \"{term}\"; expected one for each term of the table"
                        );
                        Error::new(Kind::BadOption, what).in_field("prior")
                    })
                });
                let mut sorted: Vec<(&String, f64)> =
                    weights.iter().map(|(term, &weight)| (term, weight)).collect();
                sorted.sort_unstable_by_key(|&(term, _)| term);
                (each.collect::<Result<_>>()?, sorted.iter().map(|(_, weight)| weight).sum())
            }
            Prior::Weights(_) => (vec![1.0; both.rows.len()], 1.0),
        };
        let articles = [sides[0].articles as f64, sides[1].articles as f64];
        Ok(Self { totals, articles, weights, weight, options })
    }

    fn contrast(&self, row: &Row) -> Contrast {
        let ([a, b], [n1, n2]) = (row.counts.map(|count| count as f64), self.totals);
        Contrast { a, n1, b, n2 }
    }

    /// The value of a measure for the row at a position.
    fn value(&self, measure: Keyness, row: &Row, at: usize) -> f64 {
        let contrast = self.contrast(row);
        match (measure, self.options.compat) {
            (Keyness::LogLikelihood, Some(Compat::Quanteda)) => contrast.log_likelihood_quanteda(),
            (Keyness::Chi2, Some(Compat::Quanteda)) => contrast.chi2_quanteda(),
            (Keyness::Chi2, Some(Compat::Sklearn)) => {
                contrast.chi2_sklearn(self.articles[0], self.articles[1])
            }
            (Keyness::LogLikelihood, _) => contrast.cells().log_likelihood(),
            (Keyness::LogLikelihood2, _) => contrast.log_likelihood_2(),
            (Keyness::Chi2, _) => contrast.cells().chi2(),
            (Keyness::Chi2Yates, _) => contrast.cells().chi2_yates(),
            (Keyness::Fisher, _) => contrast.fisher(),
            (Keyness::BayesFactor, _) => contrast.bayes_factor(),
            (Keyness::TextDispersion, _) => {
                let ([a, b], [n1, n2]) = (row.articles.map(|articles| articles as f64), self.articles);
                Contrast { a, n1, b, n2 }.cells().log_likelihood()
            }
            _ => finish(measure, self.effect(measure, contrast, at)),
        }
    }

    /// An effect size before [`finish`].
    fn effect(&self, measure: Keyness, contrast: Contrast, at: usize) -> f64 {
        let zeros = self.options.zeros;
        match measure {
            Keyness::OddsRatio => contrast.odds_ratio(zeros),
            Keyness::RelativeRisk => contrast.relative_risk(zeros),
            Keyness::DifferenceCoefficient => contrast.difference_coefficient(),
            Keyness::SimpleMaths => contrast.simple_maths(self.options.smoothing),
            Keyness::LogOdds => match self.weights.get(at) {
                Some(&weight) => contrast.log_odds(weight, self.weight),
                None => contrast.log_odds(contrast.a + contrast.b, contrast.n1 + contrast.n2),
            },
            _ => contrast.ratio(zeros),
        }
    }
}

/// Computes an effect size from the ratio that orders it: so a logarithm is taken once, and not in
/// every resample.
fn finish(measure: Keyness, value: f64) -> f64 {
    match measure {
        Keyness::LogRatio => value.log2(),
        Keyness::PercentDiff => 100.0 * (value - 1.0),
        _ => value,
    }
}

/// Whether an effect size is one of [`Contrast::ratio`].
fn is_of_ratio(measure: Keyness) -> bool {
    matches!(measure, Keyness::LogRatio | Keyness::PercentDiff)
}

/// The positions of the rows that are kept, in the order of the table.
fn order(
    rows: &[Row],
    names: &Strings,
    floats: &[(String, Vec<f64>)],
    scale: &Scale<'_>,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Vec<u32>> {
    let kept = |&at: &u32| {
        let contrast = scale.contrast(&rows[at as usize]);
        match options.only {
            None => true,
            Some(Only::Target) => contrast.a * contrast.n2 > contrast.b * contrast.n1,
            Some(Only::Reference) => contrast.a * contrast.n2 < contrast.b * contrast.n1,
            Some(Only::Lockwords) => contrast.log_ratio(Zeros::Half).abs() <= options.lock_width,
        }
    };
    let counts = |of: &dyn Fn(&Row) -> u64| rows.iter().map(|row| of(row) as f64).collect::<Vec<_>>();
    let keys = match options.sort.as_deref() {
        None if options.only == Some(Only::Lockwords) => counts(&|row| row.counts.iter().sum()),
        Some("target") => counts(&|row| row.counts[0]),
        Some("reference") => counts(&|row| row.counts[1]),
        sort => sort_keys(rows.len(), sort, "term", &["target", "reference"], floats, watch)?,
    };
    ranked((0..rows.len() as u32).filter(kept).collect(), &keys, names, watch)
}

/// The columns `<measure>_low` and `<measure>_high` of each effect size: percentiles over resampled
/// articles.
fn intervals(
    sides: &[Side; 2],
    both: &Both,
    rows: &[Row],
    order: &[u32],
    scale: &Scale<'_>,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Vec<(String, Vec<f64>)>> {
    let effects: Vec<Keyness> =
        options.measures.iter().copied().filter(|measure| measure.is_effect_size()).collect();
    // The articles of each side by term, under the common numbers.
    let mut drawn = Vec::with_capacity(2);
    for (side, numbers) in sides.iter().zip(&both.numbers) {
        watch.check()?;
        let Some(by_article) = &side.rows else { continue };
        let mut by_article = by_article.rows.clone();
        let totals = by_article.totals();
        by_article.cells.iter_mut().for_each(|(gram, _)| *gram = numbers[*gram as usize]);
        let resampler = Resampler::new(&side.ids, options.bootstrap, options.seed, watch)?;
        let (mut sums, all): (Vec<f64>, Vec<(u32, u32)>) =
            (Vec::new(), totals.iter().zip(0..).map(|(&total, article)| (article, total as u32)).collect());
        resampler.counts(&all, &mut sums);
        drawn.push((by_article.transposed(both.names.len(), |_| true, watch)?, resampler, sums));
    }
    let [(postings1, resampler1, totals1), (postings2, resampler2, totals2)] = &drawn[..] else {
        return Ok(Vec::new());
    };
    // Resamples in which a side has no term are ignored.
    let drawn: Vec<usize> =
        (0..options.bootstrap).filter(|&at| totals1[at] > 0.0 && totals2[at] > 0.0).collect();
    // The factors that turn a ratio of counts into a ratio of shares.
    let scales: Vec<f64> = totals1.iter().zip(totals2).map(|(n1, n2)| n2 / n1).collect();
    let rows: Vec<(&Row, u32)> = rows.iter().zip(order.iter().copied()).collect();
    let scratch = <(Vec<f64>, Vec<f64>, Vec<f64>)>::default;
    let bounds: Vec<Vec<[f64; 2]>> = map_with_state(&rows, watch, scratch, |(a, b, values), &(row, at)| {
        resampler1.counts(postings1.row(row.gram as usize), a);
        resampler2.counts(postings2.row(row.gram as usize), b);
        Ok(effects
            .iter()
            .map(|&measure| {
                values.clear();
                if options.zeros == Zeros::Half && is_of_ratio(measure) {
                    let filled = |count: f64| if count == 0.0 { 0.5 } else { count };
                    values.extend(drawn.iter().map(|&at| filled(a[at]) / filled(b[at]) * scales[at]));
                } else {
                    values.extend(drawn.iter().map(|&draw| {
                        let (a, n1, b, n2) = (a[draw], totals1[draw], b[draw], totals2[draw]);
                        scale.effect(measure, Contrast { a, n1, b, n2 }, at as usize)
                    }));
                }
                let tail = (1.0 - options.level) / 2.0;
                if values.is_empty() {
                    return [f64::NAN; 2];
                }
                [tail, 1.0 - tail].map(|share| quantile(values, share, |value| finish(measure, value)))
            })
            .collect())
    })?;
    let mut columns = Vec::new();
    for (at, &measure) in effects.iter().enumerate() {
        for (end, suffix) in ["low", "high"].into_iter().enumerate() {
            let values = bounds.iter().map(|row| row[at][end]).collect();
            columns.push((format!("{}_{suffix}", name_of(measure)), values));
        }
    }
    Ok(columns)
}
