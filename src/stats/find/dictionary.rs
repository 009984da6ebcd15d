//! How often do the words of each category occur?
//!
//! A category is a name and some queries, such as the words of a dictionary. A cell holds how often
//! a category matches in a group, and in how many articles of it.
//!
//! Cost: that of the searches, and a few nanoseconds per match.

use std::collections::BTreeMap;

use super::matches::{Hit, Search, queries};
use super::places::PlaceCache;
use crate::batch::{Watch, require_memory};
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::stats::count::{Fold, words};
use crate::table::{Column, Strings, Table, Values};

/// What is counted: categories, each with its queries.
#[derive(Debug, Clone)]
pub struct Dictionary {
    /// The names of the categories, and the queries of each.
    pub categories: Vec<(String, Vec<String>)>,
    /// Whether the queries are regular expressions, one per token.
    pub regex: bool,
    /// How case is folded.
    pub fold: Fold,
    /// Whether matches of one category that overlap all count. Otherwise only the first of them
    /// does, the longest of those that begin together.
    pub overlapping: bool,
}

impl Dictionary {
    /// One category per query, in which matches may overlap.
    pub fn of_queries(items: &[String], regex: bool, fold: Fold) -> Self {
        let categories = items.iter().map(|item| (item.clone(), vec![item.clone()])).collect();
        Self { categories, regex, fold, overlapping: true }
    }
}

/// How often each category matches in each group: group, category, count and number of articles, in
/// the order of the groups, then of the categories.
///
/// # Errors
/// [`Kind::BadOption`]: a query without a word, a category without a query, or an invalid regular
/// expression; and cancellation.
pub fn count_matches(
    corpus: &Corpus,
    cache: &PlaceCache,
    groups: &Groups,
    zones: ZoneSet,
    dictionary: &Dictionary,
    watch: &Watch,
) -> Result<Vec<(u32, u32, u64, u64)>> {
    let mut cells: BTreeMap<(u32, u32), (u64, u64)> = BTreeMap::new();
    let mut last = None;
    each_match(corpus, cache, zones, dictionary, watch, |category, hit| {
        let article = corpus.article(hit.position as usize);
        let Some(article) = article else { return };
        let group = groups.of(hit.position as usize, article.part.zones[hit.zone as usize].kind);
        let cell = cells.entry((group, category)).or_default();
        let place = (category, group, hit.position);
        let weight = corpus.weight(hit.position as usize);
        cell.0 += weight;
        cell.1 += if last.replace(place) == Some(place) { 0 } else { weight };
    })?;
    let cell = |((group, category), (count, articles))| (group, category, count, articles);
    Ok(cells.into_iter().map(cell).collect())
}

/// Calls a function with the category and the place of each match that counts, by category.
///
/// # Errors
/// As for [`count_matches`].
pub(crate) fn each_match(
    corpus: &Corpus,
    cache: &PlaceCache,
    zones: ZoneSet,
    dictionary: &Dictionary,
    watch: &Watch,
    mut call: impl FnMut(u32, &Hit),
) -> Result<()> {
    let places = cache.get(corpus.store(), watch)?;
    let search = Search::new(corpus, &places, zones, dictionary.fold, watch)?;
    for (category, (_, words)) in (0..).zip(&dictionary.categories) {
        let queries = queries(words, dictionary.regex, dictionary.fold, watch)?;
        let mut open = Open::default();
        for hit in watch.through(search.all_hits(&queries, watch)?) {
            if dictionary.overlapping || !open.covers(&hit) {
                call(category, &hit);
            }
        }
    }
    watch.check()
}

/// The last match that counted: its article, its part, and one past its last token.
#[derive(Default)]
struct Open(Option<(u32, u32, u32)>);

impl Open {
    /// Whether a match begins within the one that counted last. Otherwise it takes its place.
    /// Matches must be in the order of the text.
    fn covers(&mut self, hit: &Hit) -> bool {
        let inside = self.0.is_some_and(|(position, part, end)| {
            (position, part) == (hit.position, hit.part) && hit.token < end
        });
        if !inside {
            self.0 = Some((hit.position, hit.part, hit.token + hit.length.0));
        }
        inside
    }
}

/// An estimate of the memory that one row of the table needs, including while the table is built.
const ROW_BYTES: usize = 120;

/// One row per article (or group) and category, also where the count is zero: the id of the article
/// or the keys of the group, category, count, words and share; for groups, also articles and
/// `total_articles`.
///
/// # Errors
/// Those of [`count_matches`] and [`Corpus::groups`]; [`Kind::OutOfMemory`]; and cancellation.
pub fn count_categories<S: AsRef<str>>(
    corpus: &Corpus,
    cache: &PlaceCache,
    by: Option<&[S]>,
    zones: ZoneSet,
    dictionary: &Dictionary,
    watch: &Watch,
) -> Result<Table> {
    if dictionary.categories.is_empty() {
        let what = "there is no category; expected at least one";
        return Err(Error::new(Kind::BadOption, what).in_field("categories"));
    }
    let groups = match by {
        Some(by) => corpus.groups(by, watch)?,
        None => corpus.article_groups(),
    };
    let (width, one) = (dictionary.categories.len(), corpus.one());
    let rows = groups.len().saturating_mul(width);
    require_memory(rows.saturating_mul(ROW_BYTES), &format!("a table of {rows} rows"))?;
    let mut sums = vec![(0, 0); rows];
    for (group, category, count, articles) in count_matches(corpus, cache, &groups, zones, dictionary, watch)?
    {
        sums[group as usize * width + category as usize] = (count, articles);
    }
    // By group: its words and its articles. A zone that is not read has none, and gets no row.
    let mut totals = vec![(0, 0); groups.len()];
    for (kind, zones) in groups.zone_sets(zones) {
        for (position, words) in words(corpus, zones, watch)?.into_iter().enumerate() {
            let total: &mut (u64, u64) = &mut totals[groups.of(position, kind) as usize];
            let weight = corpus.weight(position);
            *total = (total.0 + words * weight, total.1 + weight);
        }
    }
    let read = (0..groups.len() as u32).filter(|&group| totals[group as usize].1 > 0);
    let cells: Vec<(u32, u32)> =
        read.flat_map(|group| (0..width as u32).map(move |category| (group, category))).collect();
    let of_group: Vec<u32> = cells.iter().map(|&(group, _)| group).collect();
    let names: Strings = dictionary.categories.iter().map(|(name, _)| name).collect();
    let sum = |&(group, category): &(u32, u32)| sums[group as usize * width + category as usize];
    let total = |&(group, _): &(u32, u32)| totals[group as usize];
    let share = |cell: &(u32, u32)| {
        let (count, words) = (sum(cell).0, total(cell).0);
        (words > 0).then(|| count as f64 / words as f64)
    };
    watch.check()?;
    let mut table = Table::new();
    if by.is_some() {
        let others = ["category", "count", "words", "share", "articles", "total_articles"];
        for (name, column) in groups.key_columns(&of_group, &others, watch)? {
            table = table.with(name, column)?;
        }
    } else {
        table = table.with("article", corpus.ids_of(&of_group, watch)?)?;
    }
    table = table
        .with("category", Values::Category(cells.iter().map(|&(_, category)| category).collect(), names))?
        .with("count", one.column(cells.iter().map(|cell| sum(cell).0)))?
        .with("words", one.column(cells.iter().map(|cell| total(cell).0)))?
        .with("share", Column::optional_float(cells.iter().map(share)))?;
    if by.is_some() {
        table = table
            .with("articles", one.column(cells.iter().map(|cell| sum(cell).1)))?
            .with("total_articles", one.column(cells.iter().map(|cell| total(cell).1)))?;
    }
    Ok(table)
}
