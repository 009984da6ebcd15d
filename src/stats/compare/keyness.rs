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
use crate::article::ZoneKind;
use crate::batch::{Watch, fill, map_with_state};
use crate::corpus::{Corpus, Groups, Keys, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::stable;
use crate::measure::{Contrast, Keyness, Zeros};
use crate::measure::{benjamini_hochberg, chi2_tail, normal_tails, quantile};
use crate::stats::count::{
    Cell, Names, Rows, TermCounts, TermMap, TermRows, count_all, ranked, rows, sort_keys, taken, taken_names,
};
use crate::table::{Column, Strings, Table, Values};

/// One side, counted.
struct Side {
    counts: TermCounts,
    /// The counts by article, and the hashes of the articles' ids, if they will be resampled.
    resampled: Option<(Rows, Vec<u64>)>,
    total: u64,
    articles: u64,
}

impl Side {
    /// # Errors
    /// [`Kind::BadOption`]: there is no term on this side, whose name is `name`.
    fn new(counts: TermCounts, resampled: Option<(Rows, Vec<u64>)>, name: &str) -> Result<Self> {
        let (total, articles) = (counts.totals().iter().sum(), counts.articles);
        if total == 0 {
            let what = format!(
                "the {name} has {articles} articles and no term that counts; expected at least one term on each side"
            );
            return Err(Error::new(Kind::BadOption, what).in_field(name));
        }
        Ok(Self { counts, resampled, total, articles })
    }

    /// The side of some articles, from the counts of each.
    fn of_rows(
        rows: TermRows,
        ids: Vec<u64>,
        name: &str,
        options: &KeynessOptions,
        watch: &Watch,
    ) -> Result<Self> {
        let counts = rows.counts(watch)?;
        Self::new(counts, (options.bootstrap > 0).then_some((rows.rows, ids)), name)
    }

    fn of_terms(
        corpus: &Corpus,
        term_map: &TermMap,
        (name, salt): (&str, u64),
        zones: ZoneSet,
        options: &KeynessOptions,
        watch: &Watch,
    ) -> Result<Self> {
        let ngrams = options.terms.ngrams;
        if options.bootstrap > 0 {
            let rows = rows(corpus, zones, term_map, ngrams, watch)?;
            return Self::of_rows(rows, ids(corpus, salt, watch)?, name, options, watch);
        }
        Self::new(count_all(corpus, zones, term_map, ngrams, watch)?, None, name)
    }
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
    let first = Side::of_terms(target, &term_map, ("target", 0), zones, options, watch)?;
    let second = if shared {
        Side::of_terms(reference, &term_map, ("reference", 0), zones, options, watch)?
    } else {
        let term_map = TermMap::new(reference.store().vocabulary(), &options.terms, watch)?;
        // Ids that are mere positions denote different articles in two corpora.
        let salt = u64::from(are_positions(reference.store().ids()));
        Side::of_terms(reference, &term_map, ("reference", salt), zones, options, watch)?
    };
    let overlap = if shared { target.len() - target.without(reference).len() } else { 0 };
    Ok(two_sides(&[first, second], "term", options, watch)?.with_fact("overlap", &overlap))
}

/// [`keyness`] of two counts, each of all articles of its side as one group. `item` is the name of
/// what was counted.
///
/// # Errors
/// As [`keyness`]; and [`Kind::BadOption`] if a bootstrap is requested.
pub fn keyness_of_counts(
    [target, reference]: [TermCounts; 2],
    item: &str,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    options.expect_no_bootstrap("is computed for terms only")?;
    let sides = [Side::new(target, None, "target")?, Side::new(reference, None, "reference")?];
    two_sides(&sides, item, options, watch)
}

fn two_sides(sides: &[Side; 2], item: &str, options: &KeynessOptions, watch: &Watch) -> Result<Table> {
    let compared = Compared::new(sides, item, options, watch)?;
    let table = compared.columns(Table::new(), item)?;
    Ok(facts(table, options)
        .with_fact("N1", &sides[0].total)
        .with_fact("N2", &sides[1].total)
        .with_fact("target_articles", &sides[0].articles)
        .with_fact("reference_articles", &sides[1].articles))
}

fn facts(table: Table, options: &KeynessOptions) -> Table {
    match options.test() {
        Some(test) => table.with_fact("p_value", &name_of(test)),
        None => table,
    }
}

/// Compares each group with all the others: the keys of the group, then the columns of [`keyness`].
/// A group without a term, or without another group, has no rows; `metadata` counts such groups.
///
/// # Errors
/// As [`keyness`], except for sides without a term; and [`Kind::BadOption`] for a bootstrap of
/// groups that divide articles.
pub fn keyness_by(
    corpus: &Corpus,
    groups: &Groups,
    zones: ZoneSet,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    if options.bootstrap == 0 {
        let counts = TermCounts::of_groups(corpus, groups, zones, &options.terms, watch)?;
        return keyness_of_groups(&counts, groups, "term", options, watch);
    }
    if groups.keys().is_by_zone() {
        options.expect_no_bootstrap("resamples whole articles, and by=\"zone\" divides them")?;
    }
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let all = rows(corpus, zones, &term_map, options.terms.ngrams, watch)?;
    let ids = ids(corpus, 0, watch)?;
    let sides = |group: u32| {
        let side = |inside: bool, name: &str| {
            let of_side = |&article: &usize| (groups.of(article, ZoneKind::Body) == group) == inside;
            let articles: Vec<usize> = (0..corpus.len()).filter(of_side).collect();
            let ids = articles.iter().map(|&article| ids[article]).collect();
            Side::of_rows(all.take(&articles), ids, name, options, watch)
        };
        Ok([side(true, "target")?, side(false, "reference")?])
    };
    each_group(groups, "term", sides, options, watch)
}

/// [`keyness_by`] of counts by group. `item` is the name of what was counted.
///
/// # Errors
/// As [`keyness_by`].
pub fn keyness_of_groups(
    counts: &TermCounts,
    groups: &Groups,
    item: &str,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    options.expect_no_bootstrap("is computed for terms only")?;
    let mut all = vec![Cell::default(); counts.names.len()];
    for cell in watch.through(counts.cells.iter().flatten()) {
        let sum = &mut all[cell.gram as usize];
        (sum.count, sum.articles) = (sum.count + cell.count, sum.articles + cell.articles);
    }
    let articles = groups.sizes();
    let of_cells = |cells: Vec<Cell>, articles: u64, name: &str| {
        let cells = vec![cells];
        Side::new(
            TermCounts { names: counts.names.clone(), keys: Keys::default(), cells, articles },
            None,
            name,
        )
    };
    let sides = |group: u32| {
        let own = &counts.cells[group as usize];
        let mut rest = all.clone();
        for cell in own {
            let other = &mut rest[cell.gram as usize];
            (other.count, other.articles) = (other.count - cell.count, other.articles - cell.articles);
        }
        let rest =
            (0..).zip(rest).filter(|(_, cell)| cell.count > 0).map(|(gram, cell)| Cell { gram, ..cell });
        let inside = articles[group as usize];
        Ok([
            of_cells(own.clone(), inside, "target")?,
            of_cells(rest.collect(), articles.iter().sum::<u64>() - inside, "reference")?,
        ])
    };
    each_group(groups, item, sides, options, watch)
}

/// Compares the two sides of each group, and puts the tables below each other.
fn each_group(
    groups: &Groups,
    item: &str,
    sides: impl Fn(u32) -> Result<[Side; 2]>,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    let (mut of_group, mut all): (Vec<u32>, Option<Compared>) = (Vec::new(), None);
    let mut left_out = 0;
    for group in 0..groups.len() as u32 {
        watch.check()?;
        let sides = match sides(group) {
            Ok(sides) => sides,
            Err(error) if error.kind() == Kind::BadOption => {
                left_out += 1;
                continue;
            }
            Err(error) => return Err(error),
        };
        let compared = Compared::new(&sides, item, options, watch)?;
        of_group.extend(std::iter::repeat_n(group, compared.rows.len()));
        match &mut all {
            Some(all) => all.append(compared),
            None => all = Some(compared),
        }
    }
    let Some(all) = all else {
        let what = "no two groups have a term that counts; expected at least one term in each of two groups";
        return Err(Error::new(Kind::BadOption, what).in_field("by"));
    };
    let others: Vec<&str> = [item, "target", "reference"]
        .into_iter()
        .chain(all.floats.iter().map(|(name, _)| name.as_str()))
        .collect();
    let mut table = Table::new();
    for (name, column) in groups.key_columns(&of_group, &others, watch)? {
        table = table.with(name, column)?;
    }
    Ok(facts(all.columns(table, item)?, options)
        .with_fact("groups", &(groups.len() - left_out))
        .with_fact("groups_left_out", &left_out))
}

/// Two sides, compared: rows in the order of the table.
struct Compared {
    rows: Vec<Row>,
    names: Strings,
    floats: Vec<(String, Vec<f64>)>,
}

impl Compared {
    fn new(sides: &[Side; 2], item: &str, options: &KeynessOptions, watch: &Watch) -> Result<Self> {
        let mut both = Both::new(&sides[0], &sides[1], watch)?;
        both.rows.retain(|row| options.terms.keeps(row.counts.iter().sum(), row.articles.iter().sum()));
        watch.check()?;
        let mut names = both.names.texts(both.rows.iter().map(|row| row.gram), watch)?;
        let scale = Scale::new(sides, &both, &names, options)?;
        let columns: Vec<Vec<f64>> = options
            .measures
            .iter()
            .map(|&measure| fill(both.rows.len(), watch, |at| scale.value(measure, &both.rows[at], at)))
            .collect::<Result<_>>()?;
        let mut floats: Vec<(String, Vec<f64>)> =
            options.measures.iter().map(|&measure| name_of(measure).to_owned()).zip(columns).collect();
        if let Some(test) = options.test() {
            let values =
                floats.iter().find(|(name, _)| name == name_of(test)).map_or(&[][..], |(_, all)| all);
            let p_values: Vec<f64> = fill(values.len(), watch, |at| p_value(test, values[at]))?;
            let q_values = benjamini_hochberg(&p_values);
            floats.push(("p_value".to_owned(), p_values));
            floats.push(("q_value".to_owned(), q_values));
        }
        let mut order = order(&both.rows, (item, &names), &floats, &scale, options, watch)?;
        order.truncate(options.n.unwrap_or(usize::MAX));
        let rows = taken(&both.rows, &order, watch)?;
        names = taken_names(&names, &order, watch)?;
        for (_, values) in &mut floats {
            *values = taken(values, &order, watch)?;
        }
        if options.bootstrap > 0 {
            floats.extend(intervals(sides, &both, &rows, &order, &scale, options, watch)?);
        }
        Ok(Self { rows, names, floats })
    }

    /// Appends the rows of another comparison with the same columns.
    fn append(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.names.append(&other.names);
        for ((_, all), (_, values)) in self.floats.iter_mut().zip(other.floats) {
            all.extend(values);
        }
    }

    fn columns(self, table: Table, item: &str) -> Result<Table> {
        let count = |side: usize| Column::int(self.rows.iter().map(|row| row.counts[side] as i64));
        let (target, reference) = (count(0), count(1));
        let mut table = table
            .with(item, Values::Text(self.names))?
            .with("target", target)?
            .with("reference", reference)?;
        for (name, values) in self.floats {
            // A bound is unknown if no resample has terms on both sides.
            let known = |value: f64| Some(value).filter(|value| !value.is_nan());
            table = table.with(name, Column::optional_float(values.into_iter().map(known)))?;
        }
        Ok(table)
    }
}

fn name_of(measure: Keyness) -> &'static str {
    Keyness::ALL.into_iter().find(|&(_, known)| known == measure).map_or("", |(name, _)| name)
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

    /// Gives the values of a test that has no sign the sign of the difference, so that the terms of
    /// the target come before those of the reference.
    fn sign(&self, measure: &str, rows: &[Row], values: &mut [f64]) {
        let Some((_, measure)) = Keyness::ALL.into_iter().find(|&(name, _)| name == measure) else { return };
        // What the Bayes factor subtracts from the likelihood ratio.
        let penalty =
            if measure == Keyness::BayesFactor { self.totals.iter().sum::<f64>().ln() } else { 0.0 };
        let ([n1, n2], of_articles) = match measure {
            Keyness::TextDispersion => (self.articles, true),
            Keyness::LogLikelihood
            | Keyness::LogLikelihood2
            | Keyness::Chi2
            | Keyness::Chi2Yates
            | Keyness::BayesFactor => (self.totals, false),
            _ => return,
        };
        for (value, row) in values.iter_mut().zip(rows) {
            let [a, b] = if of_articles { row.articles } else { row.counts }.map(|count| count as f64);
            let size = (*value + penalty).abs();
            *value = if a * n2 < b * n1 { -size } else { size };
        }
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
    (item, names): (&str, &Strings),
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
        sort => {
            let mut keys = sort_keys(rows.len(), sort, item, &["target", "reference"], floats, watch)?;
            let first = options.measures.first().copied().map_or("", name_of);
            if options.only.is_none() {
                scale.sign(sort.unwrap_or(first), rows, &mut keys);
            }
            keys
        }
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
        let Some((by_article, ids)) = &side.resampled else { continue };
        let mut by_article = by_article.clone();
        let totals = by_article.totals();
        by_article.cells.iter_mut().for_each(|(gram, _)| *gram = numbers[*gram as usize]);
        let resampler = Resampler::new(ids, options.bootstrap, options.seed, watch)?;
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
