//! How often do the words of each category occur?
//!
//! A category is a name and some queries, such as the words of a dictionary. A cell holds how often
//! a category matches in a group, and in how many articles of it.
//!
//! Cost: that of the searches, and a few nanoseconds per match.

use super::matches::{Hit, Search, Sought, queries};
use super::places::PlaceCache;
use crate::batch::{Statistic, Watch, reduce, require_memory};
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
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
    let places = cache.get(corpus.store(), watch)?;
    let search = Search::new(corpus, &places, zones, dictionary.fold, watch)?;
    let mut cells = Vec::new();
    let parts: Vec<usize> = (0..search.parts.len()).collect();
    for (at, (_, words)) in (0..).zip(&dictionary.categories) {
        let queries = queries(words, dictionary.regex, dictionary.fold, watch)?;
        let sought = search.sought(&queries, watch)?;
        let category =
            Category { corpus, groups, search: &search, sought, overlapping: dictionary.overlapping, at };
        cells.extend(reduce(&category, &parts, watch)?);
    }
    cells.sort_unstable();
    Ok(cells)
}

/// The matches of a category, counted by group. A partial holds the sums of some parts of the
/// store; all matches of an article are in one part, so merging adds.
struct Category<'a> {
    corpus: &'a Corpus,
    groups: &'a Groups,
    search: &'a Search<'a>,
    sought: Vec<Sought<'a>>,
    overlapping: bool,
    /// Its position among the categories.
    at: u32,
}

/// How often a category matches in a group.
#[derive(Default)]
struct Cell {
    count: u64,
    articles: u64,
    /// The article that was counted last. The matches of an article come one after the other, but
    /// those in another zone, and so in another group, may lie between them.
    last: Option<u32>,
}

impl Statistic for Category<'_> {
    type Unit = usize;
    type Partial = Map<u32, Cell>;
    type Output = Vec<(u32, u32, u64, u64)>;

    fn empty(&self) -> Self::Partial {
        Map::default()
    }

    fn add(&self, partial: &mut Self::Partial, &part: &usize, _: &Watch) -> Result<()> {
        for hit in counted(self.search.hits(&self.sought, part), self.overlapping) {
            let zones = &self.search.parts[part].1.zones;
            let group = self.groups.of(hit.position as usize, zones[hit.zone as usize].kind);
            let weight = self.corpus.weight(hit.position as usize);
            let cell = partial.entry(group).or_default();
            cell.count += weight;
            cell.articles += if cell.last.replace(hit.position) == Some(hit.position) { 0 } else { weight };
        }
        Ok(())
    }

    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial> {
        let mut whole = Self::Partial::default();
        for (group, part) in watch.through(partials.into_iter().flatten()) {
            let cell = whole.entry(group).or_default();
            cell.count += part.count;
            cell.articles += part.articles;
        }
        watch.check()?;
        Ok(whole)
    }

    fn finish(&self, partial: Self::Partial, watch: &Watch) -> Result<Self::Output> {
        let row = |(group, cell): (u32, Cell)| (group, self.at, cell.count, cell.articles);
        let rows = watch.through(partial).map(row).collect();
        watch.check()?;
        Ok(rows)
    }
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
        for hit in watch.through(counted(search.all_hits(&queries, watch)?, dictionary.overlapping)) {
            call(category, &hit);
        }
    }
    watch.check()
}

/// Those of some matches of one category, in the order of the text, that count.
fn counted(hits: Vec<Hit>, overlapping: bool) -> impl Iterator<Item = Hit> {
    let mut open = Open::default();
    hits.into_iter().filter(move |hit| overlapping || !open.covers(hit))
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
