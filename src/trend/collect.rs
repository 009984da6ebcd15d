//! Where do the counts of a trend come from?
//!
//! Other rooms count terms, matches and entities by period and group; here the counts become
//! [`Counts`]. The periods are those of the dates of the articles.

use super::counts::{Cell, Counts};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::calendar::Period;
use crate::corpus::{ArticleRef, Corpus, Groups, ZoneSet};
use crate::entity::{Resolution, entity_counts};
use crate::error::Result;
use crate::stats::{Dictionary, PlaceCache, TermCounts, TermOptions, count_matches, words};
use crate::table::Column;

/// What is followed over time.
pub enum Followed<'a> {
    /// Every term that passes the minimums of the options.
    Terms,
    /// Queries of [`kwic`](crate::stats::kwic), or regular expressions.
    Queries {
        /// The queries.
        items: &'a [String],
        /// Whether the queries are regular expressions.
        regex: bool,
        /// Where each word of the store occurs.
        places: &'a PlaceCache,
    },
    /// Entities with one of the labels, or only those with the given names.
    Entities {
        /// The entities of the selection.
        resolution: &'a Resolution<'a>,
        /// The labels; all labels if empty.
        labels: &'a [String],
        /// The names of entities; all entities if `None`.
        only: Option<&'a [String]>,
    },
}

/// Series, each divided by period.
pub(crate) struct Divided {
    /// Each group is a period of a series.
    pub(crate) groups: Groups,
    /// The labels of the periods.
    pub(crate) labels: Vec<String>,
}

impl Divided {
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(series: &Groups, periods: &Groups, watch: &Watch) -> Result<Self> {
        let all: Vec<u32> = (0..periods.len() as u32).collect();
        let columns = periods.key_columns(&all, &[], watch)?;
        let label = |column: &Column, row: u32| column.show(row as usize).unwrap_or_default();
        let labels = columns.first().map(|(_, column)| all.iter().map(|&row| label(column, row)).collect());
        Ok(Self { groups: series.divided(periods), labels: labels.unwrap_or_default() })
    }

    /// The series and the period of a group.
    fn place(&self, group: u32) -> (u32, &str) {
        let width = self.labels.len().max(1) as u32;
        (group / width, &self.labels[(group % width) as usize])
    }
}

impl Counts {
    /// Adds counts of terms.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn add_terms(
        &mut self,
        divided: &Divided,
        terms: &TermCounts,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<()> {
        let (rows, texts) = terms.rows(options, watch)?;
        let rows = rows.into_iter().zip(texts.iter()).map(|((group, count, articles), term)| {
            let (group, period) = divided.place(group);
            (group, period, term, Cell { count, articles })
        });
        self.add(rows, watch)
    }

    /// Adds counts of entities with one of the labels, or only of those with the given names.
    ///
    /// # Errors
    /// Those of [`entity_counts`]. Cancellation.
    pub(crate) fn add_entities(
        &mut self,
        divided: &Divided,
        (resolution, zones): (&Resolution<'_>, ZoneSet),
        labels: &[String],
        only: Option<&[String]>,
        watch: &Watch,
    ) -> Result<()> {
        if let Some(names) = only {
            resolution.expect_entities(names, watch)?;
        }
        let rows = entity_counts(resolution, &divided.groups, zones, labels, watch)?;
        let rows = rows.iter().map(|&(group, ref name, count, articles)| {
            let (group, period) = divided.place(group);
            (group, period, name.as_str(), Cell { count, articles })
        });
        self.add(rows, watch)?;
        if let Some(items) = only {
            self.only(items);
        }
        Ok(())
    }
}

/// Counts what is followed, by period and group.
///
/// # Errors
/// Those of [`Counts::new`] and of the functions that count. Cancellation.
pub fn collect(
    corpus: &Corpus,
    (period, series): (Period, &Groups),
    followed: &Followed<'_>,
    zones: ZoneSet,
    options: &TermOptions,
    watch: &Watch,
) -> Result<Counts> {
    let words = words(corpus, zones, watch)?;
    let days = corpus.articles().zip(words).enumerate();
    let day = |(position, (article, words)): (usize, (ArticleRef<'_>, u64))| {
        let weight = corpus.weight(position);
        Some((article.day()?, series.of(position, ZoneKind::Body), words * weight, weight))
    };
    let mut counts = Counts::new(period, series, &days.filter_map(day).collect::<Vec<_>>(), watch)?;
    counts.one = corpus.one();
    let divided = Divided::new(series, &corpus.period_groups(period, watch)?, watch)?;
    match *followed {
        Followed::Terms => {
            let terms = TermCounts::of_groups(corpus, &divided.groups, zones, options, watch)?;
            counts.add_terms(&divided, &terms, options, watch)?;
        }
        Followed::Queries { items, regex, places } => {
            let dictionary = Dictionary::of_queries(items, regex, options.fold);
            let rows = count_matches(corpus, places, &divided.groups, zones, &dictionary, watch)?;
            let rows = rows.into_iter().map(|(group, query, count, articles)| {
                let (group, period) = divided.place(group);
                (group, period, items[query as usize].as_str(), Cell { count, articles })
            });
            counts.add(rows, watch)?;
            counts.ensure(items);
        }
        Followed::Entities { resolution, labels, only } => {
            counts.add_entities(&divided, (resolution, zones), labels, only, watch)?;
        }
    }
    Ok(counts)
}
