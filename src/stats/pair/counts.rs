//! How often does each pair of words occur in each group, with what is needed to score it later?
//!
//! [`PairCounts`] holds the counts of words and of all pairs (or longer phrases) by group. Both are
//! sums over articles, so those of any division of the articles add up. The margins of a pair are
//! sums over all pairs; so none may be omitted.

use super::collocations::{CollocationOptions, LONGEST, WIDEST, scored};
use super::pairs::{Counter, Near, Ngrams, Source};
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, Keys, One, Unit, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::file::Writer;
use crate::stats::count::{
    Cell, Counting, Grams, Names, Options, TERMS, TermCounts, TermMap, TermOptions, by_name, count, grouped,
    phrases, weighted,
};
use crate::table::Table;

/// Which words are pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    /// The largest distance, in terms.
    pub window: usize,
    /// Whether punctuation separates terms.
    pub parted: bool,
    /// The longest phrase, in terms; 2 for pairs.
    pub longest: usize,
}

impl Default for Pairing {
    fn default() -> Self {
        Self { window: 1, parted: true, longest: 2 }
    }
}

/// The counts of words, and of pairs of words or longer phrases, by group.
#[derive(Debug, Clone)]
pub struct PairCounts(TermCounts);

impl PairCounts {
    /// Counts the pairs of a selection, by group.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: the window or the length is out of range. Cancellation.
    pub fn of_groups(
        corpus: &Corpus,
        groups: &Groups,
        zones: ZoneSet,
        options: &TermOptions,
        pairing: Pairing,
        watch: &Watch,
    ) -> Result<Self> {
        let Pairing { window, longest, .. } = pairing;
        let bad = |field: &str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
        if !(1..=WIDEST).contains(&window) {
            return bad("window", format!("window={window}; expected 1 to {WIDEST}"));
        }
        if longest > LONGEST {
            return bad("ngrams", format!("pairs grow to {longest} words; expected at most {LONGEST}"));
        }
        if window > 1 && longest > 2 {
            return bad("window", format!("window={window} is for pairs; expected ngrams=2, or window=1"));
        }
        let options = TermOptions { ngrams: TERMS, min_count: 1, min_articles: 1, ..options.clone() };
        let term_map = TermMap::new(corpus.store().vocabulary(), &options, watch)?;
        let units = corpus.units(groups, zones);
        if let Some((weights, units)) = corpus.units_by_weight(&units) {
            let divided = &Groups::numbered(Vec::new(), groups.len() * weights.len());
            let source = (&corpus.unweighted(), divided, &units[..]);
            let TermCounts { names, cells, .. } =
                Self::of_units(source, &term_map, &options, pairing, watch)?;
            let (keys, articles, one) = (groups.keys().clone(), corpus.weight_of_all(), corpus.one());
            let cells = weighted(cells, weights, watch)?;
            return Ok(Self(TermCounts { names, keys, cells, articles, one }));
        }
        Ok(Self(Self::of_units((corpus, groups, &units), &term_map, &options, pairing, watch)?))
    }

    /// Counts the pairs in some units, by group.
    fn of_units(
        (corpus, groups, units): (&Corpus, &Groups, &[Unit]),
        term_map: &TermMap,
        options: &TermOptions,
        Pairing { window, parted, longest }: Pairing,
        watch: &Watch,
    ) -> Result<TermCounts> {
        if window == 1 {
            let keep = Options { keep: groups.len() > 1, parted };
            let found = phrases(corpus, units, term_map, (1, longest), keep, watch)?;
            let cells = grouped(&found, units, groups.len(), watch)?;
            let names = Names::new(&term_map.terms, found.grams);
            let (keys, articles) = (groups.keys().clone(), corpus.len() as u64);
            return Ok(TermCounts { names, keys, cells, articles, one: One::default() });
        }
        let counting = Counting { corpus, groups, units, term_map, ngrams: TERMS };
        let mut counts = count(counting, watch)?;
        let pairs = TermOptions { ngrams: (2, 2), ..options.clone() };
        let words = counts.cells.clone();
        let source = Source { corpus, units, term_map, words: &words, options: &pairs };
        let mut counter = Counter::near(source, Near { window, parted }, watch)?;
        let mut grams = Grams::new(term_map.terms.len()).indexed();
        for (group, cells) in (0..).zip(&mut counts.cells) {
            let found = counter.count(group, watch)?;
            for cell in watch.through(&found.cells) {
                let Some((first, last)) = found.grams.split(cell.gram) else { continue };
                cells.push(Cell { gram: grams.number(first, last), ..*cell });
            }
            cells.sort_unstable_by_key(|cell| cell.gram);
        }
        watch.check()?;
        counts.names = Names::new(&term_map.terms, grams);
        Ok(counts)
    }

    /// The counts of the articles of several selections, which must have no article in common,
    /// given the keys of all groups, and for each selection the numbers of its groups among them.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn union(all: &[&Self], keys: &Keys, groups: &[Vec<u32>], watch: &Watch) -> Result<Self> {
        let all: Vec<&TermCounts> = all.iter().map(|counts| &counts.0).collect();
        Ok(Self(TermCounts::with_groups(&all, keys, groups, watch)?))
    }

    /// The counts of some groups, which have these keys and this many articles.
    pub(crate) fn take(&self, groups: &[u32], keys: &Keys, articles: u64) -> Self {
        Self(self.0.take(groups, keys, articles))
    }

    /// The table of [`collocations`](super::collocations()) of groups, each of which is made of
    /// some of these. What is counted was decided when the counts were made.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: options out of range, or an unknown column in `sort`. Cancellation.
    pub fn collocations(
        &self,
        groups: &Groups,
        options: &CollocationOptions,
        watch: &Watch,
    ) -> Result<Table> {
        options.check()?;
        Self(self.0.regrouped(groups, watch)?).scored(groups, options, watch)
    }

    /// The table of [`collocations`](super::collocations()) of these groups.
    ///
    /// # Errors
    /// Those of [`PairCounts::collocations`].
    fn scored(&self, groups: &Groups, options: &CollocationOptions, watch: &Watch) -> Result<Table> {
        let TermCounts { names, mut cells, one, .. } = self.0.canonical(watch)?;
        let is_word = |cell: &&Cell| (cell.gram as usize) < names.terms.len();
        let words: Vec<Vec<Cell>> =
            cells.iter().map(|cells| cells.iter().filter(is_word).copied().collect()).collect();
        if options.terms.ngrams.0 < options.terms.ngrams.1 {
            // Canonical numbers have shorter phrases first.
            let mut ranks = vec![0; names.len()];
            let all = names.texts(0..names.len() as u32, watch)?;
            for (rank, gram) in (0..).zip(by_name((0..all.len() as u32).collect(), &all, watch)?) {
                ranks[gram as usize] = rank;
            }
            for cells in &mut cells {
                cells.sort_unstable_by_key(|cell| -> u32 { ranks[cell.gram as usize] });
            }
        }
        let Names { terms, grams } = names;
        let ngrams = Ngrams::of(cells, one, grams, terms.len(), &options.terms);
        scored((Counter::Ngrams(ngrams), one), groups, &words, &terms, options, watch)
    }

    /// # Errors
    /// Cancellation.
    pub(crate) fn write(&self, writer: &mut Writer, watch: &Watch) -> Result<()> {
        self.0.canonical(watch)?.write(writer);
        Ok(())
    }

    /// Counts that were written, read again.
    pub(crate) fn of(counts: TermCounts) -> Self {
        Self(counts)
    }
}

/// [`collocations`](super::collocations()) of articles with weights. All pairs are kept until their
/// weights are added, so this takes more memory than counting whole articles.
///
/// # Errors
/// Those of [`collocations`](super::collocations()).
pub fn weighted_collocations<S: AsRef<str>>(
    corpus: &Corpus,
    by: &[S],
    zones: ZoneSet,
    options: &CollocationOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    let groups = corpus.groups(by, watch)?;
    let CollocationOptions { window, parted, ref terms, .. } = *options;
    let pairing = Pairing { window, parted, longest: terms.ngrams.1 };
    let counts = PairCounts::of_groups(corpus, &groups, zones, terms, pairing, watch)?;
    counts.scored(&groups, options, watch)
}
