//! Where do the counts of a trend come from?
//!
//! Other rooms count terms, matches and entities by period; here the counts become [`Counts`]. The
//! periods are those of the dates of the articles.

use super::counts::{Cell, Counts};
use crate::batch::Watch;
use crate::calendar::Period;
use crate::corpus::{Corpus, ZoneSet};
use crate::entity::{Resolution, entity_counts};
use crate::error::Result;
use crate::stats::{PlaceCache, TermCounts, TermOptions, count_matches, words};

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

/// Counts what is followed, by period.
///
/// # Errors
/// Those of [`Counts::new`] and of the functions that count. Cancellation.
pub fn collect(
    corpus: &Corpus,
    period: Period,
    followed: &Followed<'_>,
    zones: ZoneSet,
    options: &TermOptions,
    watch: &Watch,
) -> Result<Counts> {
    let words = words(corpus, zones, watch)?;
    let days = corpus.articles().zip(words).filter_map(|(article, words)| Some((article.day()?, words)));
    let mut counts = Counts::new(period, &days.collect::<Vec<_>>(), watch)?;
    let groups = corpus.period_groups(period, watch)?;
    let all: Vec<u32> = (0..groups.len() as u32).collect();
    let labels: Vec<String> = groups
        .key_columns(&all, &[], watch)?
        .first()
        .map(|(_, column)| all.iter().map(|&row| column.show(row as usize).unwrap_or_default()).collect())
        .unwrap_or_default();
    let label = |group: u32| labels[group as usize].as_str();
    match *followed {
        Followed::Terms => {
            let (rows, terms) =
                TermCounts::of_groups(corpus, &groups, zones, options, watch)?.rows(options, watch)?;
            let rows = rows.into_iter().zip(terms.iter());
            let row = |((group, count, articles), term)| (label(group), term, Cell { count, articles });
            counts.add(rows.map(row), watch)?;
        }
        Followed::Queries { items, regex, places } => {
            let rows = count_matches(corpus, places, &groups, zones, items, regex, options.fold, watch)?;
            let item = |item: u32| items[item as usize].as_str();
            let row = |(group, query, count, articles)| (label(group), item(query), Cell { count, articles });
            counts.add(rows.into_iter().map(row), watch)?;
            counts.ensure(items);
        }
        Followed::Entities { resolution, labels, only } => {
            let rows = entity_counts(resolution, &groups, zones, labels, watch)?;
            let cell = |count, articles| Cell { count, articles };
            counts
                .add(rows.iter().map(|(group, name, n, m)| (label(*group), &**name, cell(*n, *m))), watch)?;
            if let Some(items) = only {
                counts.only(items);
            }
        }
    }
    Ok(counts)
}
