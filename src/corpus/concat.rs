//! How do several selections become one corpus?
//!
//! The articles are copied as they were cut, into parts of the usual size, and their tokens are
//! numbered in the order in which they first occur. So the result is the corpus that the same
//! articles would have become if they had been read together.
//!
//! Cost: a copy of the tokens and, unless the texts are shared, of the texts; one look-up per
//! distinct token.

use std::collections::HashSet;

use super::build::DRAFT_BYTES;
use super::part::{ArticleRow, Part, SentenceRow, ZoneRow};
use super::report::Report;
use super::vocabulary::Union;
use super::{Corpus, Store};
use crate::batch::Watch;
use crate::error::{Error, Kind, Result};
use crate::span::ByteSpan;
use crate::table::{Column, ColumnBuilder, Strings, Value, Values};

/// Which ids the articles of several corpora have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConcatIds {
    /// Those that they had, which must differ.
    Keep,
    /// The positions 0, 1, 2, …
    Renumber,
}

impl Corpus {
    /// The articles of several selections, one after another, with their ids, fields and reports.
    ///
    /// # Errors
    /// [`Kind::DuplicateId`]: two of them have an article with the same id, unless articles are
    /// renumbered. Cancellation.
    pub fn concat(corpora: &[&Self], ids: ConcatIds, watch: &Watch) -> Result<Self> {
        let mut union = Union::default();
        let mut orders = Vec::with_capacity(corpora.len());
        for (at, corpus) in corpora.iter().enumerate() {
            let order = corpus.tokens_in_order(watch)?;
            let new_tokens = match &order {
                Some(order) => corpus.store().vocabulary().listed(order),
                None => corpus.store().vocabulary().since(0),
            };
            union.add(at, &new_tokens);
            orders.push(order);
        }
        watch.check()?;
        let (vocabulary, numbers) = union.finish();
        let mut parts = Vec::new();
        for ((corpus, order), numbers) in corpora.iter().zip(orders).zip(numbers) {
            match order {
                None => {
                    for part in watch.through(&corpus.store().parts) {
                        let mut part = part.clone();
                        part.renumber(&numbers);
                        parts.push(part);
                    }
                }
                Some(order) => {
                    let mut all = vec![0; corpus.store().vocabulary().len()];
                    order.iter().zip(&numbers).for_each(|(&old, &new)| all[old as usize] = new);
                    corpus.copy_parts(&all, &mut parts, watch)?;
                }
            }
        }
        watch.check()?;
        let count = corpora.iter().map(|corpus| corpus.len()).sum::<usize>();
        let ids = match ids {
            ConcatIds::Renumber => Column::int((0..count).map(|position| position as i64)),
            ConcatIds::Keep => {
                let columns = corpora.iter().map(|corpus| corpus.selected(corpus.store().ids(), watch));
                let columns: Vec<Column> = columns.collect::<Result<_>>()?;
                expect_distinct(&columns, watch)?;
                joined(&columns.iter().map(|column| (Some(column), column.len())).collect::<Vec<_>>(), watch)?
            }
        };
        let report = Report::joined(corpora.iter().map(|corpus| corpus.report()));
        Ok(Self::new(Store::new(parts, vocabulary, ids, fields(corpora, watch)?), report))
    }

    /// The distinct tokens of a selection in the order in which they first occur; `None` if it is
    /// the whole store, whose tokens are numbered in this order.
    fn tokens_in_order(&self, watch: &Watch) -> Result<Option<Vec<u32>>> {
        if self.is_whole() {
            return Ok(None);
        }
        let mut seen = vec![false; self.store().vocabulary().len()];
        let mut order = Vec::new();
        for article in watch.through(self.articles()) {
            for zone in article.part.zones_of(article.local) {
                for &token in &article.part.tokens[article.part.tokens_of_zone(zone)] {
                    if !std::mem::replace(&mut seen[token as usize], true) {
                        order.push(token);
                    }
                }
            }
        }
        watch.check()?;
        Ok(Some(order))
    }

    fn copy_parts(&self, numbers: &[u32], parts: &mut Vec<Part>, watch: &Watch) -> Result<()> {
        let mut open = Part::default();
        for article in watch.through(self.articles()) {
            open.copy(article.part, article.local, numbers);
            if open.bytes() >= DRAFT_BYTES {
                open.close_copies();
                parts.push(std::mem::take(&mut open));
            }
        }
        watch.check()?;
        if !open.articles.is_empty() {
            open.close_copies();
            parts.push(open);
        }
        Ok(())
    }
}

/// # Errors
/// [`Kind::DuplicateId`].
fn expect_distinct(columns: &[Column], watch: &Watch) -> Result<()> {
    let mut seen = HashSet::new();
    let all = columns.iter().enumerate().flat_map(|(at, column)| (0..column.len()).map(move |row| (at, row)));
    for (at, row) in watch.through(all) {
        let id = columns[at].show(row).unwrap_or_default();
        if let Some(id) = seen.replace(id) {
            let what = format!(
                "the id \"{id}\" occurs twice; expected different ids, or ids=\"renumber\", which gives positions"
            );
            return Err(Error::new(Kind::DuplicateId, what).at_article(row).in_field("id"));
        }
    }
    watch.check()
}

/// The fields of all corpora, in the order in which they first occur. A field that a corpus lacks
/// is missing in its articles.
fn fields(corpora: &[&Corpus], watch: &Watch) -> Result<Vec<(String, Column)>> {
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in corpora.iter().flat_map(|corpus| corpus.store().fields()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let field = |name: &String| {
        let of_corpus = |corpus: &&Corpus| {
            let found = corpus.store().fields().iter().find(|(other, _)| other == name);
            found.map(|(_, column)| corpus.selected(column, watch)).transpose()
        };
        let columns: Vec<Option<Column>> = corpora.iter().map(of_corpus).collect::<Result<_>>()?;
        let rows = columns.iter().zip(corpora).map(|(column, corpus)| (column.as_ref(), corpus.len()));
        Ok((name.clone(), joined(&rows.collect::<Vec<_>>(), watch)?))
    };
    names.into_iter().map(field).collect()
}

/// One column below another. A missing column has only missing values.
fn joined(columns: &[(Option<&Column>, usize)], watch: &Watch) -> Result<Column> {
    let kinds = columns.iter().filter_map(|(column, _)| column.map(Column::type_name));
    let is_list = kinds.clone().all(|kind| kind == "list[string]");
    if is_list || columns.iter().all(|(column, _)| column.is_some()) && kinds.is_sorted_by(|a, b| a == b) {
        let no_lists = |rows| Column {
            values: Values::TextList(vec![0; rows], Strings::default()),
            valid: Some(vec![false; rows]),
        };
        let known =
            |&(column, rows): &(Option<&Column>, usize)| column.cloned().unwrap_or_else(|| no_lists(rows));
        let columns: Vec<Column> = columns.iter().map(known).collect();
        return Column::joined(&columns.iter().collect::<Vec<_>>(), watch);
    }
    let mut builder = ColumnBuilder::default();
    for &(column, rows) in columns {
        for row in watch.through(0..rows) {
            builder.push(column.map_or(Value::Null, |column| column.value(row)));
        }
    }
    watch.check()?;
    Ok(builder.finish())
}

impl Part {
    /// Appends a copy of an article of another part, whose tokens get new numbers. The part must be
    /// [closed](Self::close_copies) afterwards.
    pub(super) fn copy(&mut self, other: &Self, article: usize, numbers: &[u32]) {
        let row = other.articles[article];
        let start = self.articles.last().map_or(0, |last| last.byline.end);
        let by = start.wrapping_sub(row.text.start);
        let moved = |byte: u32| byte.wrapping_add(by);
        let span = |span: ByteSpan| ByteSpan::new(moved(span.start), moved(span.end));
        let zones = other.zones_of(article);
        self.articles.push(ArticleRow {
            text: span(row.text),
            headline: span(row.headline),
            byline: span(row.byline),
            first_zone: self.zones.len() as u32,
            ..row
        });
        self.held.push(other.held[article].clone());
        let first = other.details.partition_point(|details| (details.zone as usize) < zones.start);
        let own = other.details[first..].iter().take_while(|details| (details.zone as usize) < zones.end);
        let to_zone = self.zones.len() as u32;
        self.details.extend(own.cloned().map(|mut details| {
            details.zone = details.zone - zones.start as u32 + to_zone;
            for place in [&mut details.credit, &mut details.place, &mut details.date, &mut details.names] {
                *place = place.map(span);
            }
            details
        }));
        let sentences =
            other.zones[zones.start].first_sentence as usize..other.zones[zones.end].first_sentence as usize;
        let tokens = other.sentences[sentences.start].first_token as usize
            ..other.sentences[sentences.end].first_token as usize;
        let (to_sentence, to_token) = (self.sentences.len() as u32, self.tokens.len() as u32);
        let sentence = |sentence: u32| sentence - sentences.start as u32 + to_sentence;
        let token = |token: u32| token - tokens.start as u32 + to_token;
        self.zones.extend(other.zones[zones].iter().map(|zone| ZoneRow {
            span: span(zone.span),
            first_sentence: sentence(zone.first_sentence),
            ..*zone
        }));
        self.sentences.extend(
            other.sentences[sentences.clone()]
                .iter()
                .map(|row| SentenceRow { start: moved(row.start), first_token: token(row.first_token) }),
        );
        self.tokens.extend(other.tokens[tokens.clone()].iter().map(|&old| numbers[old as usize]));
        self.gaps.extend_from_slice(&other.gaps[tokens.clone()]);
        let inside = |pairs: &[(u32, u32)]| {
            let first = pairs.partition_point(|&(at, _)| (at as usize) < tokens.start);
            first..pairs.partition_point(|&(at, _)| (at as usize) < tokens.end)
        };
        let gaps = &other.long_gaps[inside(&other.long_gaps)];
        self.long_gaps.extend(gaps.iter().map(|&(at, gap)| (token(at), gap)));
        let marks = &other.marks[inside(&other.marks)];
        self.marks.extend(marks.iter().map(|&(at, byte)| (token(at), moved(byte))));
    }

    /// The length of the strings of its articles in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.articles.last().map_or(0, |last| last.byline.end as usize)
    }

    /// Ends a part that was made of [copies](Self::copy).
    pub(super) fn close_copies(&mut self) {
        self.close(self.bytes() as u32);
    }
}
