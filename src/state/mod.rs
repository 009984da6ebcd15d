//! What is known of articles without their texts?
//!
//! A [`State`] holds counts of terms by group, and the outlines of the names in each article, so it
//! answers the verbs that count terms or entities. Two states of different articles merge into the
//! state of all of them.
//!
//! Invariants: merging is exact, associative and commutative, so the tables of a merged state, and
//! its bytes, are those of the state of all articles, however these were divided. States that were
//! made with different settings do not merge.
//!
//! Cost: one number per group and term, and about five per mention of a name.

mod groups;
mod keep;
mod settings;
mod tables;

pub(crate) use self::groups::GroupTable;
pub use self::settings::{Kinds, Setting, Wanted};
pub use self::tables::Followed;

use crate::batch::Watch;
use crate::corpus::Corpus;
use crate::entity::{Finder, NameOutlines, WhoIsWho};
use crate::error::Result;
use crate::stats::{LengthCounts, PairCounts, Pairing, TermCounts, words};
use crate::table::Table;
use crate::trend::DateCounts;

/// Counts of articles by group, without the articles.
#[derive(Debug, Clone)]
pub struct State {
    /// What was counted, and how.
    settings: Vec<Setting>,
    groups: GroupTable,
    terms: Option<TermCounts>,
    pairs: Option<PairCounts>,
    lengths: Option<LengthCounts>,
    dates: Option<DateCounts>,
    names: Option<NameOutlines>,
    /// Terms with a smaller count in their group were omitted.
    least: u64,
}

impl State {
    /// The state of a selection, whose articles are grouped by these names.
    ///
    /// # Errors
    /// [`Kind::BadOption`](crate::error::Kind::BadOption): a name cannot group a
    /// state, or nothing is to be held. [`Corpus::groups`]; cancellation.
    pub fn new(
        corpus: &Corpus,
        who_is_who: &WhoIsWho,
        by: &[String],
        wanted: &Wanted,
        watch: &Watch,
    ) -> Result<Self> {
        let Wanted { kinds, zones, terms: options, pairing } = wanted;
        let (kinds, zones, pairing) = (*kinds, *zones, *pairing);
        options.check()?;
        groups::expect_names(by)?;
        let groups = corpus.groups(by, watch)?;
        let settings = settings::settings(corpus, by, wanted)?;
        let words = words(corpus, zones, watch)?;
        let mut table = GroupTable::new(&groups, &words);
        let count_terms = || -> Result<TermCounts> {
            let mut counts = TermCounts::of_groups(corpus, &groups, zones, options, watch)?;
            table.terms = counts.totals();
            counts.prune(options.min_count);
            Ok(counts)
        };
        // Phrases are as long as the n-grams that are wanted.
        let pairing = Pairing { longest: options.ngrams.1.max(2), ..pairing };
        let find_names = || {
            let resolution = who_is_who.resolve(corpus, Finder::default(), watch)?;
            resolution.outlines(&groups, zones, watch)
        };
        let terms = kinds.terms.then(count_terms).transpose()?;
        let pairs = kinds
            .pairs
            .then(|| PairCounts::of_groups(corpus, &groups, zones, options, pairing, watch))
            .transpose()?;
        let lengths =
            kinds.lengths.then(|| LengthCounts::of_groups(corpus, &groups, zones, watch)).transpose()?;
        let dates =
            kinds.dates.then(|| DateCounts::of_groups(corpus, &groups, zones, options, watch)).transpose()?;
        let names = kinds.entities.then(find_names).transpose()?;
        Ok(Self { settings, groups: table, terms, pairs, lengths, dates, names, least: options.min_count })
    }

    /// The state of no article, which merges with any other.
    pub fn empty() -> Self {
        Self {
            settings: Vec::new(),
            groups: GroupTable::default(),
            terms: None,
            pairs: None,
            lengths: None,
            dates: None,
            names: None,
            least: 1,
        }
    }

    /// The state of the articles of all these states, which must have no article in common.
    ///
    /// # Errors
    /// [`Kind::BadOption`](crate::error::Kind::BadOption): they were made with different settings,
    /// or terms were omitted from a group that several have. Cancellation.
    pub fn merge(states: &[&Self], watch: &Watch) -> Result<Self> {
        let states: Vec<&&Self> = states.iter().filter(|state| !state.settings.is_empty()).collect();
        let Some((first, others)) = states.split_first() else { return Ok(Self::empty()) };
        for other in others {
            settings::expect_same(&first.settings, &other.settings)?;
        }
        let tables: Vec<&GroupTable> = states.iter().map(|state| &state.groups).collect();
        let (groups, numbers) = GroupTable::union(&tables, first.least > 1, watch)?;
        let pairs: Vec<&PairCounts> = states.iter().filter_map(|state| state.pairs.as_ref()).collect();
        let lengths: Vec<&LengthCounts> = states.iter().filter_map(|state| state.lengths.as_ref()).collect();
        let dates: Vec<&DateCounts> = states.iter().filter_map(|state| state.dates.as_ref()).collect();
        let terms: Vec<&TermCounts> = states.iter().filter_map(|state| state.terms.as_ref()).collect();
        let names: Vec<&NameOutlines> = states.iter().filter_map(|state| state.names.as_ref()).collect();
        let terms =
            first.terms.as_ref().map(|_| TermCounts::with_groups(&terms, &groups.keys, &numbers, watch));
        let pairs = first.pairs.as_ref().map(|_| PairCounts::union(&pairs, &groups.keys, &numbers, watch));
        let lengths = first.lengths.as_ref().map(|_| LengthCounts::union(&lengths, groups.len(), &numbers));
        let dates = first.dates.as_ref().map(|_| DateCounts::union(&dates, &groups.keys, &numbers, watch));
        let names = first.names.as_ref().map(|_| NameOutlines::union(&names, &numbers, watch));
        Ok(Self {
            settings: first.settings.clone(),
            groups,
            terms: terms.transpose()?,
            pairs: pairs.transpose()?,
            lengths,
            dates: dates.transpose()?,
            names: names.transpose()?,
            least: first.least,
        })
    }

    /// The state of the articles of some groups, in ascending order.
    ///
    /// # Errors
    /// Cancellation.
    pub fn take(&self, rows: &[u32], watch: &Watch) -> Result<Self> {
        let mut numbers = vec![None; self.groups.len()];
        (0..).zip(rows).for_each(|(number, &row)| numbers[row as usize] = Some(number));
        let groups = self.groups.take(rows, watch)?;
        let terms = self.terms.as_ref().map(|terms| terms.take(rows, &groups.keys, groups.all_articles()));
        let pairs = self.pairs.as_ref().map(|pairs| pairs.take(rows, &groups.keys, groups.all_articles()));
        let lengths = self.lengths.as_ref().map(|lengths| lengths.take(rows));
        let dates = self.dates.as_ref().map(|dates| dates.take(rows, &groups.keys, groups.all_articles()));
        let names = self.names.as_ref().map(|names| names.take(&numbers, watch)).transpose()?;
        let (settings, least) = (self.settings.clone(), self.least);
        Ok(Self { settings, groups, terms, pairs, lengths, dates, names, least })
    }

    /// What was counted, and how: names and values.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The groups as a table: their keys, articles, words.
    ///
    /// # Errors
    /// Cancellation.
    pub fn groups(&self, watch: &Watch) -> Result<Table> {
        self.groups.table(watch)
    }

    /// The number of articles.
    pub fn articles(&self) -> u64 {
        self.groups.all_articles()
    }
}
