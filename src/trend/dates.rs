//! How often are terms in sentences that mention a time, in each group, without the articles?
//!
//! [`DateCounts`] hold, for each group and each day, week, month, quarter and year that its
//! sentences mention, the counts of terms and the totals. All of them are sums over articles, so
//! those of any division of the articles add up. A sentence counts once in a month, however many of
//! its days it mentions, so the counts of a month do not follow from those of its days, and are
//! held as well.

use super::collect::Followed;
use super::counts::{Cell, Counts};
use super::mentioned::{Mentions, rows};
use crate::batch::{Watch, sort_by};
use crate::calendar::{Period, parse_period};
use crate::corpus::{Corpus, Groups, Keys, One, ZoneSet};
use crate::date::dates;
use crate::error::Result;
use crate::file::Writer;
use crate::stats::{TermCounts, TermOptions};

/// The counts of terms, and the numbers of words and articles, by mentioned period and group.
#[derive(Debug, Clone)]
pub struct DateCounts(TermCounts);

/// Between the label of a period and a term. The name without a term holds the totals.
const MARK: char = '\t';

impl DateCounts {
    /// The counts of the groups of a selection.
    ///
    /// # Errors
    /// [`Kind::BadOption`](crate::error::Kind::BadOption): n-grams. Cancellation.
    pub fn of_groups(
        corpus: &Corpus,
        groups: &Groups,
        zones: ZoneSet,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<Self> {
        let found = dates(corpus, zones, watch)?;
        let mut all: Vec<(u32, String, u64, u64)> = Vec::new();
        for (_, period) in Period::ALL {
            let mentions = Mentions::of(&found, period, watch)?;
            // A count must not be zero, and a sentence can be without words.
            let totals = mentions.totals(corpus, groups, watch)?;
            all.extend(
                totals
                    .into_iter()
                    .map(|(label, group, words)| (group, format!("{label}{MARK}"), 1, words + 1)),
            );
            let terms = rows(corpus, &mentions, groups, &Followed::Terms, zones, options, watch)?;
            all.extend(terms.into_iter().map(|(group, label, term, cell)| {
                (group, format!("{label}{MARK}{term}"), cell.count, cell.articles)
            }));
        }
        let rows =
            all.iter().map(|(group, name, count, articles)| (*group, name.as_str(), *count, *articles));
        Ok(Self(TermCounts::of_rows(groups, rows, (corpus.len() as u64, One::default()), watch)?))
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

    /// The counts of [`collect_mentioned`](super::collect_mentioned) for series, each of which is
    /// made of some of these groups.
    ///
    /// # Errors
    /// Those of [`Counts::new`]. Cancellation.
    pub fn counts(&self, period: Period, series: &Groups, watch: &Watch) -> Result<Counts> {
        let (cells, names) = self.0.regrouped(series, watch)?.rows(&TermOptions::default(), watch)?;
        let (mut days, mut rows) = (Vec::new(), Vec::new());
        for ((group, count, articles), name) in watch.through(cells.iter().zip(names.iter())) {
            let Some((label, term)) = name.split_once(MARK) else { continue };
            let Some((first, _)) = parse_period(label).filter(|&(first, _)| period.label(first) == label)
            else {
                continue;
            };
            if term.is_empty() {
                days.push((first, *group, articles.saturating_sub(*count), *count));
            } else {
                rows.push((*group, label, term, Cell { count: *count, articles: *articles }));
            }
        }
        watch.check()?;
        sort_by(&mut rows, watch, |a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)))?;
        let mut counts = Counts::new(period, series, &days, watch)?;
        counts.add(rows, watch)?;
        Ok(counts)
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
