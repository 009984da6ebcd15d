//! What do the articles of a group amount to?
//!
//! A partial holds sums, the days that have an article, and the distinct texts of each group; all
//! of them merge exactly. A duplicate is an article whose text is, byte for byte, that of an
//! earlier one of its group. Cost: one visit per zone, and one hash of each text.

use std::collections::{BTreeMap, BTreeSet};

use super::unit::Unit;
use super::{ArticleRef, Corpus, ZoneSet};
use crate::article::ZoneKind;
use crate::batch::{Statistic, Watch, reduce};
use crate::error::{Error, Kind, Result};
use crate::hash::Set;
use crate::table::{Column, Table};

impl Corpus {
    /// One row per group: the keys of the group, articles, tokens (in the zones of the set),
    /// undated, duplicates, copies (those for which `known` is true), empty, `caption_share`,
    /// `boilerplate_share` (of all tokens), `first_date`, `last_date`, `gap_days` (without an
    /// article, between the two) and `longest_gap`.
    ///
    /// # Errors
    /// [`Corpus::groups`]; [`Kind::BadOption`]: the groups are zones; cancellation.
    pub fn describe<S: AsRef<str>>(
        &self,
        by: &[S],
        zones: ZoneSet,
        known: &[bool],
        watch: &Watch,
    ) -> Result<Table> {
        let groups = self.groups(by, watch)?;
        if groups.keys().is_by_zone() {
            let what = "\"zone\" is not a property of an article; expected fields and periods of the date";
            return Err(Error::new(Kind::BadOption, what).in_field("by"));
        }
        let describing = Describing { corpus: self, zones, known };
        let mut described = reduce(&describing, &self.units(&groups, zones), watch)?;
        if by.is_empty() {
            described.entry(0).or_default();
        }
        let numbers: Vec<u32> = described.keys().copied().collect();
        let rows: Vec<&Described<'_>> = described.values().collect();
        let mut table = Table::new();
        if !by.is_empty() {
            for (name, column) in groups.key_columns(&numbers, &COLUMNS, watch)? {
                table = table.with(name, column)?;
            }
        }
        let share = |part: fn(&Described<'_>) -> u64| {
            Column::optional_float(
                rows.iter().map(|row| (row.all_tokens > 0).then(|| part(row) as f64 / row.all_tokens as f64)),
            )
        };
        let [
            articles,
            tokens,
            undated,
            duplicates,
            copies,
            empty,
            captions,
            boilerplate,
            first,
            last,
            gap,
            longest,
        ] = COLUMNS;
        let count = |part: fn(&Described<'_>) -> u64| Column::int(rows.iter().map(|row| part(row) as i64));
        table
            .with(articles, count(|row| row.articles))?
            .with(tokens, count(|row| row.tokens))?
            .with(undated, count(|row| row.undated))?
            .with(duplicates, count(|row| row.with_text - row.texts.len() as u64))?
            .with(copies, count(|row| row.copies))?
            .with(empty, count(|row| row.empty))?
            .with(captions, share(|row| row.captions))?
            .with(boilerplate, share(|row| row.boilerplate))?
            .with(first, Column::dates(rows.iter().map(|row| row.days.first().copied())))?
            .with(last, Column::dates(rows.iter().map(|row| row.days.last().copied())))?
            .with(gap, Column::optional_int(rows.iter().map(|row| row.gaps().map(|(days, _)| days))))?
            .with(longest, Column::optional_int(rows.iter().map(|row| row.gaps().map(|(_, most)| most))))
    }
}

/// What a selection contains, at a glance.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The first and the last day.
    pub days: Option<(i32, i32)>,
    /// The number of articles without a date.
    pub undated: usize,
    /// The number of tokens in all zones.
    pub tokens: usize,
    /// The number of zones of each kind.
    pub zones: [usize; ZoneKind::ALL.len()],
}

impl Corpus {
    /// What the selection contains. Cost: one visit per zone.
    ///
    /// # Errors
    /// Cancellation.
    pub fn overview(&self, watch: &Watch) -> Result<Overview> {
        let mut overview = Overview::default();
        for article in watch.through(self.articles()) {
            match article.day() {
                Some(day) => {
                    let (first, last) = overview.days.unwrap_or((day, day));
                    overview.days = Some((first.min(day), last.max(day)));
                }
                None => overview.undated += 1,
            }
            for zone in article.zones(ZoneSet::ALL) {
                overview.tokens += article.part.tokens_of_zone(zone).len();
                overview.zones[article.part.zones[zone].kind as usize] += 1;
            }
        }
        watch.check()?;
        Ok(overview)
    }
}

const COLUMNS: [&str; 12] = [
    "articles",
    "tokens",
    "undated",
    "duplicates",
    "copies",
    "empty",
    "caption_share",
    "boilerplate_share",
    "first_date",
    "last_date",
    "gap_days",
    "longest_gap",
];

/// What is known of some articles of a group.
#[derive(Debug, Default, PartialEq)]
struct Described<'a> {
    articles: u64,
    tokens: u64,
    undated: u64,
    /// Articles that are copies of an earlier one.
    copies: u64,
    /// Articles without a token in the body.
    empty: u64,
    all_tokens: u64,
    captions: u64,
    boilerplate: u64,
    days: BTreeSet<i32>,
    /// Articles with a text.
    with_text: u64,
    texts: Set<&'a str>,
}

impl<'a> Described<'a> {
    fn add(&mut self, article: ArticleRef<'a>, zones: ZoneSet) {
        self.articles += 1;
        match article.day() {
            Some(day) => {
                self.days.insert(day);
            }
            None => self.undated += 1,
        }
        let mut body = 0;
        for zone in article.zones(ZoneSet::ALL) {
            let (kind, tokens) =
                (article.part.zones[zone].kind, article.part.tokens_of_zone(zone).len() as u64);
            self.all_tokens += tokens;
            self.tokens += if zones.has(kind) { tokens } else { 0 };
            match kind {
                ZoneKind::Body => body += tokens,
                ZoneKind::Caption => self.captions += tokens,
                ZoneKind::Boilerplate => self.boilerplate += tokens,
                _ => {}
            }
        }
        self.empty += u64::from(body == 0);
        let text = article.text();
        if !text.trim().is_empty() {
            self.with_text += 1;
            self.texts.insert(text);
        }
    }

    fn merge(&mut self, other: Self) {
        self.articles += other.articles;
        self.tokens += other.tokens;
        self.undated += other.undated;
        self.copies += other.copies;
        self.empty += other.empty;
        self.all_tokens += other.all_tokens;
        self.captions += other.captions;
        self.boilerplate += other.boilerplate;
        self.days.extend(other.days);
        self.with_text += other.with_text;
        self.texts.extend(other.texts);
    }

    /// The days without an article between the first and the last, and the most of them in a row;
    /// `None` without dates.
    fn gaps(&self) -> Option<(i64, i64)> {
        let (first, last) = (*self.days.first()?, *self.days.last()?);
        let all = i64::from(last) - i64::from(first) + 1 - self.days.len() as i64;
        let between = |(before, after): (&i32, &i32)| i64::from(*after) - i64::from(*before) - 1;
        Some((all, self.days.iter().zip(self.days.iter().skip(1)).map(between).max().unwrap_or(0)))
    }
}

struct Describing<'a> {
    corpus: &'a Corpus,
    zones: ZoneSet,
    /// By article: whether it is a copy of an earlier one.
    known: &'a [bool],
}

impl<'a> Statistic for Describing<'a> {
    type Unit = Unit;
    type Partial = BTreeMap<u32, Described<'a>>;
    type Output = BTreeMap<u32, Described<'a>>;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, partial: &mut Self::Partial, unit: &Unit, watch: &Watch) -> Result<()> {
        let described = partial.entry(unit.group).or_default();
        for &position in watch.through(&unit.articles) {
            if let Some(article) = self.corpus.article(position as usize) {
                described.add(article, self.zones);
                described.copies += u64::from(self.known.get(position as usize) == Some(&true));
            }
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, watch: &Watch) -> Result<Self::Partial> {
        let mut whole = Self::Partial::default();
        for (group, described) in watch.through(partials.into_iter().flatten()) {
            whole.entry(group).or_default().merge(described);
        }
        watch.check()?;
        Ok(whole)
    }

    fn finish(&self, partial: Self::Partial, _: &Watch) -> Result<Self::Output> {
        Ok(partial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::corpus_of;

    #[test]
    fn parts_of_a_corpus_add_up_to_the_whole() {
        let texts = ["date 2019-01-08 Rain fell.", "Sun.", "Sun.", "", "date 2019-01-12 Snow."];
        let corpus = corpus_of(&texts.map(str::to_owned));
        let units: Vec<Unit> = (0..texts.len() as u32)
            .map(|at| Unit { group: at % 2, zones: ZoneSet::default(), articles: vec![at] })
            .collect();
        let describing =
            Describing { corpus: &corpus, zones: ZoneSet::default(), known: &[false, false, true] };
        for cuts in [[0, 2], [1, 3], [2, 5]] {
            holds_for_every_cut(&describing, &units, cuts, |described| {
                let row = |row: &Described<'_>| {
                    (
                        row.articles,
                        row.tokens,
                        row.undated,
                        row.copies,
                        row.empty,
                        row.texts.len(),
                        row.gaps(),
                    )
                };
                described.values().map(row).collect::<Vec<_>>()
            });
        }
    }

    #[test]
    fn gaps_are_days_between_the_first_and_the_last() {
        let described =
            |days: &[i32]| Described { days: days.iter().copied().collect(), ..Default::default() };
        assert_eq!(described(&[]).gaps(), None);
        assert_eq!(described(&[7]).gaps(), Some((0, 0)));
        assert_eq!(described(&[7, 8, 9]).gaps(), Some((0, 0)));
        assert_eq!(described(&[1, 3, 9]).gaps(), Some((6, 5)));
        assert_eq!(described(&[i32::MIN + 1, i32::MAX]).gaps(), Some(((1 << 32) - 3, (1 << 32) - 3)));
    }
}
