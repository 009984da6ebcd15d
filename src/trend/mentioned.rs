//! When do articles say that something happens?
//!
//! An item is counted in the period that a sentence with it mentions: the period that contains the
//! whole interval of a date of the sentence. A year is in no month. The words of the date itself
//! are not counted. Cost: that of finding the dates, and one look at each token of the sentences
//! with one.

use super::collect::{Followed, collect};
use super::counts::{Cell, Counts};
use crate::article::ZoneKind;
use crate::batch::{Watch, sort_by};
use crate::calendar::{Period, parse_period};
use crate::corpus::{ArticleRef, Corpus, Groups, ZoneSet};
use crate::date::{ArticleDate, dates};
use crate::entity::mentions_of;
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::stats::{Dictionary, Hit, TermMap, TermOptions, each_match};
use crate::table::{Column, Table};

/// The periods that the sentences of a corpus mention.
pub(super) struct Mentions<'a> {
    /// The labels of the periods, in the order of their first mention.
    labels: Vec<String>,
    /// By article: the dates, and by sentence its periods, ascending.
    dates: &'a [Vec<ArticleDate>],
    sentences: Vec<Vec<(u32, Vec<u32>)>>,
}

impl<'a> Mentions<'a> {
    /// The periods that these dates of the articles mention.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn of(dates: &'a [Vec<ArticleDate>], period: Period, watch: &Watch) -> Result<Self> {
        let mut numbers: Map<String, u32> = Map::default();
        let (mut labels, mut sentences) = (Vec::new(), Vec::with_capacity(dates.len()));
        for found in watch.through(dates) {
            let mut of_article: Vec<(u32, Vec<u32>)> = Vec::new();
            for date in found {
                let Some((first, last)) = date.days() else { continue };
                let label = period.label(first);
                if period.label(last) != label {
                    continue;
                }
                let number = *numbers.entry(label).or_insert_with_key(|label| {
                    labels.push(label.clone());
                    labels.len() as u32 - 1
                });
                match of_article.last_mut() {
                    Some((sentence, periods)) if *sentence == date.sentence => periods.push(number),
                    _ => of_article.push((date.sentence, vec![number])),
                }
            }
            for (_, periods) in &mut of_article {
                periods.sort_unstable();
                periods.dedup();
            }
            sentences.push(of_article);
        }
        watch.check()?;
        Ok(Self { labels, dates, sentences })
    }

    /// The label of each period that an article mentions, its group, and the number of words in the
    /// sentences that mention it.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn totals(
        &self,
        corpus: &Corpus,
        groups: &Groups,
        watch: &Watch,
    ) -> Result<Vec<(&str, u32, u64)>> {
        let mut totals = Vec::new();
        for (position, article) in watch.through(corpus.articles().enumerate()) {
            let mut words: Vec<(u32, u64)> = Vec::new();
            for (sentence, periods) in &self.sentences[position] {
                let count = words_of(corpus, article, *sentence);
                for &period in periods {
                    match words.iter_mut().find(|(other, _)| *other == period) {
                        Some((_, words)) => *words += count,
                        None => words.push((period, count)),
                    }
                }
            }
            let group = groups.of(position, ZoneKind::Body);
            totals.extend(
                words
                    .into_iter()
                    .map(|(period, words)| (self.labels[period as usize].as_str(), group, words)),
            );
        }
        watch.check()?;
        Ok(totals)
    }

    /// Whether the words of a match are all words of a date.
    fn is_date(&self, corpus: &Corpus, hit: &Hit) -> bool {
        let position = hit.position as usize;
        let Some(article) = corpus.article(position) else { return false };
        let first = article.part.tokens_of(hit.sentence as usize).start;
        let tokens = article.part.walk(hit.sentence as usize, corpus.store().vocabulary());
        let mut matched = tokens.skip((hit.token as usize).saturating_sub(first)).take(hit.length.0 as usize);
        let dates = || self.dates[position].iter().filter(|date| date.sentence == hit.sentence);
        matched.all(|token| {
            dates().any(|date| {
                let span = date.span();
                span.start <= token.span.start && token.span.end <= span.end
            })
        })
    }

    /// The periods of a sentence of an article.
    fn periods(&self, position: usize, sentence: u32) -> &[u32] {
        let sentences = self.sentences.get(position).map_or(&[][..], Vec::as_slice);
        match sentences.binary_search_by_key(&sentence, |&(sentence, _)| sentence) {
            Ok(at) => &sentences[at].1,
            Err(_) => &[],
        }
    }
}

/// The counts by item, group and period.
#[derive(Default)]
struct Tally(Map<(u32, u32, u32), (Cell, usize)>);

impl Tally {
    fn add(&mut self, item: u32, group: u32, period: u32, position: usize) {
        let (cell, last) = self.0.entry((item, group, period)).or_insert((Cell::default(), usize::MAX));
        cell.count += 1;
        cell.articles += u64::from(*last != position);
        *last = position;
    }
}

/// A row: the group, the period, the item and its counts.
pub(super) type Row = (u32, String, String, Cell);

/// Counts what is followed by mentioned period and group. Rows are sorted by group, period, item.
pub(super) fn rows(
    corpus: &Corpus,
    mentions: &Mentions<'_>,
    series: &Groups,
    followed: &Followed<'_>,
    zones: ZoneSet,
    options: &TermOptions,
    watch: &Watch,
) -> Result<Vec<Row>> {
    let mut tally = Tally::default();
    let group = |position: usize| series.of(position, ZoneKind::Body);
    let names: Box<dyn Fn(u32) -> String + '_> = match *followed {
        Followed::Terms => {
            if options.ngrams != (1, 1) {
                let what = "n-grams are not counted by the dates that are mentioned; expected ngrams=1";
                return Err(Error::new(Kind::BadOption, what).in_field("ngrams"));
            }
            let map = TermMap::new(corpus.store().vocabulary(), options, watch)?;
            for (position, article) in watch.through(corpus.articles().enumerate()) {
                for (sentence, periods) in &mentions.sentences[position] {
                    let dates = mentions.dates[position].iter().filter(|date| date.sentence == *sentence);
                    let spans: Vec<_> = dates.map(ArticleDate::span).collect();
                    for token in article.part.walk(*sentence as usize, corpus.store().vocabulary()) {
                        let term = map.of_token[token.number as usize];
                        let is_date = spans
                            .iter()
                            .any(|span| span.start <= token.span.start && token.span.end <= span.end);
                        if (term as usize) < map.terms.len() && !is_date {
                            for &period in periods {
                                tally.add(term, group(position), period, position);
                            }
                        }
                    }
                }
            }
            Box::new(move |term| map.terms.get(term as usize).to_owned())
        }
        Followed::Queries { items, regex, places } => {
            let dictionary = Dictionary::of_queries(items, regex, options.fold);
            each_match(corpus, places, zones, &dictionary, watch, |query, hit| {
                let position = hit.position as usize;
                let periods = mentions.periods(position, hit.sentence);
                if periods.is_empty() || mentions.is_date(corpus, hit) {
                    return;
                }
                for &period in periods {
                    tally.add(query, group(position), period, position);
                }
            })?;
            Box::new(move |query| items[query as usize].clone())
        }
        Followed::Entities { resolution, labels, only } => {
            if let Some(names) = only {
                resolution.expect_entities(names, watch)?;
            }
            mentions_of(resolution, zones, labels, watch, |position, sentence, entity| {
                for &period in mentions.periods(position, sentence) {
                    tally.add(entity, group(position), period, position);
                }
            })?;
            Box::new(move |entity| resolution.name(entity).to_owned())
        }
    };
    watch.check()?;
    let rows: Vec<Row> = tally
        .0
        .into_iter()
        .map(|((item, group, period), (cell, _))| {
            (group, mentions.labels[period as usize].clone(), names(item), cell)
        })
        .collect();
    let mut order: Vec<&Row> = rows.iter().collect();
    sort_by(&mut order, watch, |a, b| (a.0, &a.1, &a.2).cmp(&(b.0, &b.1, &b.2)))?;
    Ok(order.into_iter().cloned().collect())
}

/// [`collect`] by the periods that the sentences mention. A sentence counts in each of them, with
/// all its words; an article counts once in each.
///
/// # Errors
/// As for [`collect`].
pub fn collect_mentioned(
    corpus: &Corpus,
    (period, series): (Period, &Groups),
    followed: &Followed<'_>,
    zones: ZoneSet,
    options: &TermOptions,
    watch: &Watch,
) -> Result<Counts> {
    let dates = dates(corpus, zones, watch)?;
    let mentions = Mentions::of(&dates, period, watch)?;
    let totals = mentions.totals(corpus, series, watch)?;
    let day = |(label, group, words): (&str, u32, u64)| Some((parse_period(label)?.0, group, words, 1));
    let days: Vec<_> = totals.into_iter().filter_map(day).collect();
    let mut counts = Counts::new(period, series, &days, watch)?;
    let rows = rows(corpus, &mentions, series, followed, zones, options, watch)?;
    let add = rows.iter().map(|(group, period, item, cell)| (*group, period.as_str(), item.as_str(), *cell));
    counts.add(add, watch)?;
    match *followed {
        Followed::Queries { items, .. } => counts.ensure(items),
        Followed::Entities { only: Some(items), .. } => counts.only(items),
        _ => {}
    }
    Ok(counts)
}

/// The number of terms in a sentence.
fn words_of(corpus: &Corpus, article: ArticleRef<'_>, sentence: u32) -> u64 {
    let vocabulary = corpus.store().vocabulary();
    let tokens = &article.part.tokens[article.part.tokens_of(sentence as usize)];
    tokens.iter().filter(|&&token| vocabulary.kind(token).is_term()).count() as u64
}

/// One row per item and period in which it is mentioned or published: item, the period,
/// `period_start`, mentioned, articles, published, `published_articles`. Items are sorted by
/// descending number of mentions with a date, ties by bytes; periods ascend.
///
/// # Errors
/// As for [`collect`].
pub fn timeline(
    corpus: &Corpus,
    (name, period): (&str, Period),
    followed: &Followed<'_>,
    zones: ZoneSet,
    options: &TermOptions,
    (n, min_count): (Option<usize>, u64),
    watch: &Watch,
) -> Result<Table> {
    let groups = corpus.groups::<&str>(&[], watch)?;
    let dates = dates(corpus, zones, watch)?;
    let mentions = Mentions::of(&dates, period, watch)?;
    let mentioned = rows(corpus, &mentions, &groups, followed, zones, options, watch)?;
    let has_days = corpus.articles().any(|article| article.day().is_some());
    let published = if has_days {
        collect(corpus, (period, &groups), followed, zones, options, watch)?
    } else {
        Counts::default()
    };
    let mut totals: Map<&str, u64> = Map::default();
    for (_, _, item, cell) in &mentioned {
        *totals.entry(item).or_default() += cell.count;
    }
    let mut items: Vec<(&str, u64)> = totals.into_iter().filter(|&(_, count)| count >= min_count).collect();
    sort_by(&mut items, watch, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)))?;
    items.truncate(n.unwrap_or(usize::MAX));
    let ranks: Map<&str, u32> = items.iter().zip(0..).map(|(&(item, _), rank)| (item, rank)).collect();
    let mut cells: Vec<(u32, &str, Cell, Cell)> = Vec::new();
    for (_, period, item, cell) in &mentioned {
        if let Some(&rank) = ranks.get(item.as_str()) {
            cells.push((rank, period, *cell, Cell::default()));
        }
    }
    for (at, item) in published.items.iter().enumerate() {
        let Some(&rank) = ranks.get(item.as_str()) else { continue };
        for &(slot, cell) in &published.cells[at] {
            cells.push((rank, &published.periods[slot as usize], Cell::default(), cell));
        }
    }
    sort_by(&mut cells, watch, |a, b| (a.0, a.1).cmp(&(b.0, b.1)))?;
    cells.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        if same {
            for (from, to) in [(next.2, &mut kept.2), (next.3, &mut kept.3)] {
                to.count += from.count;
                to.articles += from.articles;
            }
        }
        same
    });
    watch.check()?;
    let first = |period: &str| parse_period(period).map(|(first, _)| first);
    let count = |count: u64| count as i64;
    Table::new()
        .with("item", Column::text(cells.iter().map(|cell| items[cell.0 as usize].0)))?
        .with(name, Column::text(cells.iter().map(|cell| cell.1)))?
        .with("period_start", Column::dates(cells.iter().map(|cell| first(cell.1))))?
        .with("mentioned", Column::int(cells.iter().map(|cell| count(cell.2.count))))?
        .with("articles", Column::int(cells.iter().map(|cell| count(cell.2.articles))))?
        .with("published", Column::int(cells.iter().map(|cell| count(cell.3.count))))?
        .with("published_articles", Column::int(cells.iter().map(|cell| count(cell.3.articles))))
}
