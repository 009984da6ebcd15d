//! Which terms are used differently in two sets of articles?
//!
//! Each side is counted once; the terms of both sides get one set of numbers; then every measure is
//! a function of four counts. The sides may be selections of one corpus, which may overlap, or of
//! different corpora. Their partials are [`TermCounts`], whose merging is exact.
//!
//! Cost: counting both sides, and a few tens of nanoseconds per term and measure; Fisher's test
//! takes a microsecond. See [`super::bootstrap`] for the cost of intervals.

use super::compared::Compared;
use super::options::KeynessOptions;
use super::scale::name_of;
use super::side::{Side, are_positions, ids};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, Keys, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::stats::count::{Cell, TermCounts, TermMap, rows};
use crate::table::Table;

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
    options.check_of(target.one())?;
    let shared = target.shares_store(reference);
    let term_map = TermMap::new(target.store().vocabulary(), &options.terms, watch)?;
    let first = Side::of_terms(target, &term_map, 0, zones, options, watch)?;
    let second = if shared {
        Side::of_terms(reference, &term_map, 0, zones, options, watch)?
    } else {
        let term_map = TermMap::new(reference.store().vocabulary(), &options.terms, watch)?;
        // Ids that are mere positions denote different articles in two corpora.
        let salt = u64::from(are_positions(reference.store().ids()));
        Side::of_terms(reference, &term_map, salt, zones, options, watch)?
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
    options.check_of(target.one)?;
    options.expect_no_bootstrap("is computed for terms only")?;
    two_sides(&[target, reference].map(Side::new), item, options, watch)
}

fn two_sides(sides: &[Side; 2], item: &str, options: &KeynessOptions, watch: &Watch) -> Result<Table> {
    sides[0].expect_terms("target")?;
    sides[1].expect_terms("reference")?;
    let compared = Compared::new(sides, item, options, watch)?;
    let table = compared.columns(Table::new(), item)?;
    Ok(facts(table, options)
        .with_fact("N1", &sides[0].number(sides[0].total))
        .with_fact("N2", &sides[1].number(sides[1].total))
        .with_fact("target_articles", &sides[0].number(sides[0].articles))
        .with_fact("reference_articles", &sides[1].number(sides[1].articles)))
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
    options.check_of(corpus.one())?;
    if options.bootstrap == 0 {
        let counts = TermCounts::of_groups(corpus, groups, zones, &options.terms, watch)?;
        return keyness_of_groups(&counts, &groups.sizes(corpus), "term", options, watch);
    }
    if groups.keys().is_by_zone() {
        options.expect_no_bootstrap("resamples whole articles, and by=\"zone\" divides them")?;
    }
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let all = rows(corpus, zones, &term_map, options.terms.ngrams, watch)?;
    let ids = ids(corpus, 0, watch)?;
    let sides = |group: u32| {
        let side = |inside: bool| {
            let of_side = |&article: &usize| (groups.of(article, ZoneKind::Body) == group) == inside;
            let articles: Vec<usize> = (0..corpus.len()).filter(of_side).collect();
            let ids = articles.iter().map(|&article| ids[article]).collect();
            Side::of_rows(all.take(&articles), ids, watch)
        };
        Ok([side(true)?, side(false)?])
    };
    each_group(groups.keys(), "term", sides, options, watch)
}

/// [`keyness_by`] of counts by group. `articles` is the number of articles of each group, and
/// `item` the name of what was counted.
///
/// # Errors
/// As [`keyness_by`].
pub fn keyness_of_groups(
    counts: &TermCounts,
    articles: &[u64],
    item: &str,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check_of(counts.one)?;
    options.expect_no_bootstrap("is computed for terms only")?;
    let mut all = vec![Cell::default(); counts.names.len()];
    for cell in watch.through(counts.cells.iter().flatten()) {
        let sum = &mut all[cell.gram as usize];
        (sum.count, sum.articles) = (sum.count + cell.count, sum.articles + cell.articles);
    }
    let of_cells = |cells: Vec<Cell>, articles: u64| {
        let (names, keys) = (counts.names.clone(), Keys::default());
        Side::new(TermCounts { names, keys, cells: vec![cells], articles, one: counts.one })
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
        let outside = articles.iter().sum::<u64>() - inside;
        Ok([of_cells(own.clone(), inside), of_cells(rest.collect(), outside)])
    };
    each_group(&counts.keys, item, sides, options, watch)
}

/// Compares the two sides of each group, and puts the tables below each other.
fn each_group(
    groups: &Keys,
    item: &str,
    sides: impl Fn(u32) -> Result<[Side; 2]>,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Table> {
    let (mut of_group, mut all): (Vec<u32>, Option<Compared>) = (Vec::new(), None);
    let mut left_out = 0;
    for group in 0..groups.len() as u32 {
        watch.check()?;
        let sides = sides(group)?;
        if sides.iter().any(|side| side.total == 0) {
            left_out += 1;
            continue;
        }
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
    for (name, column) in groups.columns(&of_group, &others, watch)? {
        table = table.with(name, column)?;
    }
    Ok(facts(all.columns(table, item)?, options)
        .with_fact("groups", &(groups.len() - left_out))
        .with_fact("groups_left_out", &left_out))
}
