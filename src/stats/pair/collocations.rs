//! Which words occur together more often than expected?
//!
//! The margins of a pair come from the table of pairs itself, so that they add up (Evert 2008). A
//! longer n-gram is a pair of its first n − 1 words and its last word, among n-grams of its length.
//!
//! Cost: that of counting [pairs](super::pairs) or [n-grams](crate::stats::count::phrases), and a
//! few nanoseconds per kept pair and measure.

use super::pairs::{Counted, Counter, Near, Source};
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, One, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::measure::{Association, Pair, Setting, columns};
use crate::stats::compare::{Compat, all_named};
use crate::stats::count::{
    Cell, Counting, TERMS, TermMap, TermOptions, count, ranked_in_order, sort_keys, taken,
};
use crate::table::{Strings, Table, Values};

/// The longest n-gram that is scored.
pub(super) const LONGEST: usize = 5;

/// The widest window.
pub(super) const WIDEST: usize = 100;

/// How pairs are counted and scored.
#[derive(Debug, Clone)]
pub struct CollocationOptions {
    /// Which terms are counted, the lengths of n-grams, and the minimums.
    pub terms: TermOptions,
    /// The largest distance between the words of a pair, in terms.
    pub window: usize,
    /// Whether punctuation separates the words of a pair.
    pub parted: bool,
    /// The measures, in the order of their columns.
    pub measures: Vec<Association>,
    /// The column that rows are sorted by; the first measure if `None`.
    pub sort: Option<String>,
    /// Which tool's conventions are followed.
    pub compat: Option<Compat>,
}

impl CollocationOptions {
    /// The measures of these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: an unknown or repeated name, or no name at all.
    pub fn measures<S: AsRef<str>>(names: &[S]) -> Result<Vec<Association>> {
        all_named("measures", names, &Association::ALL)
    }

    pub(super) fn check(&self) -> Result<()> {
        let bad = |field: &str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
        let (low, high) = self.terms.ngrams;
        if !(1..=WIDEST).contains(&self.window) {
            return bad("window", format!("window={}; expected 1 to {WIDEST}", self.window));
        }
        if low < 2 || low > high || high > LONGEST {
            return bad(
                "ngrams",
                format!("ngrams=({low}, {high}); expected 2 <= shortest <= longest <= {LONGEST}"),
            );
        }
        if self.window > 1 && high > 2 {
            return bad(
                "window",
                format!("window={} is for pairs; expected ngrams=2, or window=1", self.window),
            );
        }
        Ok(())
    }

    fn setting(&self, vocabulary: usize) -> Setting {
        Setting {
            pmi_base: if self.compat == Some(Compat::Quanteda) { std::f64::consts::E } else { 2.0 },
            min_count: self.terms.min_count as f64,
            vocabulary: vocabulary as f64,
        }
    }

    /// Whether margins are the counts of words in the text instead of those of the table of pairs.
    fn margins_of_words(&self) -> bool {
        matches!(self.compat, Some(Compat::Nltk | Compat::AntConc | Compat::SketchEngine))
    }
}

/// One row per pair (or n-gram) and group: the keys of the group, phrase, count, and one column per
/// measure.
///
/// # Errors
/// [`Kind::BadOption`]: options out of range, an unknown column in `sort`; [`Corpus::groups`]; and
/// cancellation.
pub fn collocations<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &CollocationOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    let groups = corpus.groups(by, watch)?;
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let units = corpus.units(&groups, zones);
    let counting = Counting { corpus, groups: &groups, units: &units, term_map: &term_map, ngrams: TERMS };
    let words = count(counting, watch)?.cells;
    let source =
        Source { corpus, units: &units, term_map: &term_map, words: &words, options: &options.terms };
    let counter = if options.terms.ngrams == (2, 2) {
        Counter::near(source, Near { window: options.window, parted: options.parted }, watch)?
    } else {
        Counter::ngrams(source, options.parted, watch)?
    };
    scored((counter, One::default()), &groups, &words, &term_map.terms, options, watch)
}

/// The table of what is counted in these groups, in units, given the counts of their words.
///
/// # Errors
/// [`Kind::BadOption`]: an unknown column in `sort`. Cancellation.
pub(super) fn scored(
    (mut counter, one): (Counter<'_>, One),
    groups: &Groups,
    words: &[Vec<Cell>],
    terms: &Strings,
    options: &CollocationOptions,
    watch: &Watch,
) -> Result<Table> {
    let (mut of_group, mut counts) = (Vec::new(), Vec::new());
    let mut phrases = Strings::default();
    let mut values: Vec<(&'static str, Vec<f64>)> =
        options.measures.iter().map(|measure| (measure.name(), Vec::new())).collect();
    let mut total = 0;
    for (group, words) in words.iter().enumerate() {
        let found = counter.count(group as u32, watch)?;
        total += found.total;
        let pairs = pairs(&found, words, one, options, watch)?;
        let Counted { cells, grams, .. } = found;
        let scored = columns(&options.measures, &pairs, &options.setting(words.len()), watch)?;
        let keys = match options.sort.as_deref() {
            Some("count") => cells.iter().map(|cell| one.number(cell.count)).collect(),
            sort => sort_keys(cells.len(), sort, "phrase", &["count"], &scored, watch)?,
        };
        // Cells ascend by the numbers of their n-grams, which ascend by their bytes.
        let order = ranked_in_order(&keys, watch)?;
        of_group.extend(std::iter::repeat_n(group as u32, order.len()));
        counts.extend(watch.through(&order).map(|&at| cells[at as usize].count));
        for &at in watch.through(&order) {
            grams.push_text(cells[at as usize].gram, terms, &mut phrases);
        }
        for ((_, all), (_, scored)) in values.iter_mut().zip(scored) {
            all.extend(taken(&scored, &order, watch)?);
        }
    }

    watch.check()?;
    let mut table = Table::new();
    let others: Vec<&str> =
        ["phrase", "count"].into_iter().chain(values.iter().map(|&(name, _)| name)).collect();
    for (name, column) in groups.key_columns(&of_group, &others, watch)? {
        table = table.with(name, column)?;
    }
    table = table.with("phrase", Values::Text(phrases))?.with("count", one.column(counts.into_iter()))?;
    for (name, values) in values {
        table = table.with(name, Values::Float(values))?;
    }
    Ok(table.with_fact("N", &one.number(total)))
}

/// The four counts of each pair.
///
/// # Errors
/// Cancellation.
fn pairs(
    counted: &Counted<'_>,
    words: &[Cell],
    one: One,
    options: &CollocationOptions,
    watch: &Watch,
) -> Result<Vec<Pair>> {
    let of_words = options.margins_of_words();
    let all_words: u64 = words.iter().map(|cell| cell.count).sum();
    let count_of =
        |term: u32| words.binary_search_by_key(&term, |cell| cell.gram).map_or(0, |found| words[found].count);
    // NLTK divides the count of a pair in a window by the width of the window.
    let share = if options.compat == Some(Compat::Nltk) { options.window as f64 } else { 1.0 };
    let cells = counted.cells.iter().zip(&counted.margins);
    let pairs = watch
        .through(cells)
        .map(|(cell, margins)| {
            let of_two =
                counted.grams.split(cell.gram).filter(|&(first, _)| counted.grams.split(first).is_none());
            let (r1, c1, n) = match of_two {
                Some((first, last)) if of_words => (count_of(first), count_of(last), all_words),
                _ => (margins.first, margins.last, margins.all),
            };
            Pair {
                o11: one.number(cell.count) / share,
                r1: one.number(r1),
                c1: one.number(c1),
                n: one.number(n),
            }
        })
        .collect();
    watch.check()?;
    Ok(pairs)
}
