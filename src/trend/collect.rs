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
        Some((article.day()?, series.of(position, ZoneKind::Body), words, 1))
    };
    // Without names there is one series, even of no articles.
    let count = if series.keys().has_no_names() { 1 } else { series.len() };
    let mut counts = Counts::new(period, count, &days.filter_map(day).collect::<Vec<_>>(), watch)?;
    let periods = corpus.period_groups(period, watch)?;
    let all: Vec<u32> = (0..periods.len() as u32).collect();
    let labels: Vec<String> = periods
        .key_columns(&all, &[], watch)?
        .first()
        .map(|(_, column)| all.iter().map(|&row| column.show(row as usize).unwrap_or_default()).collect())
        .unwrap_or_default();
    let groups = series.divided(&periods);
    let width = labels.len().max(1) as u32;
    let place = |group: u32| (group / width, labels[(group % width) as usize].as_str());
    match *followed {
        Followed::Terms => {
            let (rows, terms) =
                TermCounts::of_groups(corpus, &groups, zones, options, watch)?.rows(options, watch)?;
            let rows = rows.into_iter().zip(terms.iter()).map(|((group, count, articles), term)| {
                let (group, period) = place(group);
                (group, period, term, Cell { count, articles })
            });
            counts.add(rows, watch)?;
        }
        Followed::Queries { items, regex, places } => {
            let dictionary = Dictionary::of_queries(items, regex, options.fold);
            let rows = count_matches(corpus, places, &groups, zones, &dictionary, watch)?;
            let rows = rows.into_iter().map(|(group, query, count, articles)| {
                let (group, period) = place(group);
                (group, period, items[query as usize].as_str(), Cell { count, articles })
            });
            counts.add(rows, watch)?;
            counts.ensure(items);
        }
        Followed::Entities { resolution, labels, only } => {
            if let Some(names) = only {
                resolution.expect_entities(names, watch)?;
            }
            let rows = entity_counts(resolution, &groups, zones, labels, watch)?;
            let rows = rows.iter().map(|&(group, ref name, count, articles)| {
                let (group, period) = place(group);
                (group, period, name.as_str(), Cell { count, articles })
            });
            counts.add(rows, watch)?;
            if let Some(items) = only {
                counts.only(items);
            }
        }
    }
    Ok(counts)
}
