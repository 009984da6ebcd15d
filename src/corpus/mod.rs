//! How are many articles stored as integers?
//!
//! A [`Corpus`] is a selection of the articles of a [`Store`]. Stores are built once and never
//! change; selections share them. Everything that counts iterates over [`Part`]s and sees numbers;
//! strings are restored when a table is made.

mod authors;
mod build;
mod concat;
mod context;
mod describe;
mod filter;
mod group;
mod ids;
mod incoming;
mod infer;
mod keep;
mod keys;
mod outline;
mod part;
mod records;
mod report;
mod roles;
#[cfg(test)]
pub(crate) mod sample;
mod select;
mod stream;
mod tables;
mod text;
mod unit;
mod vocabulary;
mod weight;

pub use self::build::{Builder, OnError, Options};
pub use self::concat::ConcatIds;
pub use self::context::Context;
pub use self::describe::Overview;
pub use self::filter::{Filter, Scalar};
pub use self::group::Groups;
pub use self::incoming::Incoming;
pub use self::infer::{Inference, Place};
pub use self::keys::Keys;
pub(crate) use self::outline::Outlines;
pub use self::part::{ArticleRow, NO_DAY, Origin, Part, SentenceRow, TokenAt, ZoneRow};
pub use self::report::Report;
pub use self::roles::{IdSource, RoleNames, Roles, id_column, no_column, twice};
pub use self::stream::CorpusStream;
pub(crate) use self::tables::{Cursors, Spans, first_sentence};
pub use self::text::Text;
pub(crate) use self::unit::Unit;
pub use self::vocabulary::Vocabulary;
pub use self::weight::One;
pub use self::weight::Weights;

use std::sync::Arc;

use self::ids::Ids;
use crate::article::ZoneKind;
use crate::batch::{Once, Watch};
use crate::error::{Error, Kind, Result, named};
use crate::hash::Map;
use crate::span::ByteSpan;
use crate::table::{Column, Values};

/// The zones that a verb reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ZoneSet(u8);

impl Default for ZoneSet {
    /// Headline and body: a caption or a byline counts only if it is requested.
    fn default() -> Self {
        Self(ZoneKind::Headline.bit() | ZoneKind::Body.bit())
    }
}

impl ZoneSet {
    /// Every zone.
    pub const ALL: Self = Self(u8::MAX);

    /// The zones with these names; `all` means every zone.
    ///
    /// # Errors
    /// [`Kind::BadOption`] for an unknown name, or if there are no names.
    pub fn from_names<S: AsRef<str>>(names: &[S]) -> Result<Self> {
        let kinds = ZoneKind::ALL.map(|kind| (kind.name(), kind.bit()));
        let all = [&kinds[..], &[("all", u8::MAX)]].concat();
        let mut set = 0;
        for name in names {
            set |= named("zones", name.as_ref(), &all)?;
        }
        if set == 0 {
            return Err(
                Error::new(Kind::BadOption, "no zone is named; expected at least one").in_field("zones")
            );
        }
        Ok(Self(set))
    }

    /// A single zone.
    pub const fn only(kind: ZoneKind) -> Self {
        Self(kind.bit())
    }

    /// Whether a zone is in the set.
    pub const fn has(self, kind: ZoneKind) -> bool {
        self.0 & kind.bit() != 0
    }
}

/// Articles as tokens, sentences and zones, with their ids and fields.
#[derive(Debug, Default)]
pub struct Store {
    parts: Vec<Part>,
    /// The first article of each part, followed by the number of all articles.
    firsts: Vec<u32>,
    vocabulary: Vocabulary,
    ids: Ids,
    fields: Vec<(String, Column)>,
}

impl Store {
    pub(crate) fn new(
        parts: Vec<Part>,
        vocabulary: Vocabulary,
        ids: Column,
        fields: Vec<(String, Column)>,
    ) -> Self {
        let mut firsts = vec![0];
        for part in &parts {
            firsts.push(firsts[firsts.len() - 1] + part.articles.len() as u32);
        }
        Self { parts, firsts, vocabulary, ids: Ids::new(ids), fields }
    }

    /// The number of articles.
    pub fn len(&self) -> usize {
        self.firsts.last().copied().unwrap_or(0) as usize
    }

    /// Whether there are no articles.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The distinct tokens.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The supplied ids, one row per article.
    pub fn ids(&self) -> &Column {
        self.ids.column()
    }

    /// The supplied fields, one row per article.
    pub fn fields(&self) -> &[(String, Column)] {
        &self.fields
    }

    /// The parts in order, each with the position of its first article.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = (u32, &Part)> {
        self.parts.iter().enumerate().map(|(at, part)| (self.firsts[at], part))
    }

    /// The part that contains an article, and its position in the part.
    pub fn place(&self, article: u32) -> (&Part, usize) {
        let part = self.firsts.partition_point(|&first| first <= article) - 1;
        (&self.parts[part], (article - self.firsts[part]) as usize)
    }

    /// The number of tokens in all articles and zones.
    pub fn tokens(&self) -> usize {
        self.parts.iter().map(|part| part.tokens.len()).sum()
    }

    /// The size of the corpus in bytes, without the texts of the articles.
    pub fn index_bytes(&self) -> usize {
        self.parts.iter().map(Part::index_bytes).sum()
    }
}

/// A selection of articles.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    store: Arc<Store>,
    /// The selected articles; `None` for all.
    rows: Option<Arc<Selected>>,
    report: Arc<Report>,
    /// How much each article counts; `None` if each counts once.
    weights: Option<Arc<Weights>>,
}

/// Some articles of a store, in order.
#[derive(Debug)]
struct Selected {
    rows: Vec<u32>,
    /// For each article, its first position in the selection.
    positions: Once<Map<u32, u32>>,
}

impl Selected {
    fn position(&self, row: u32) -> Option<usize> {
        let listed = || Ok((0..self.rows.len()).rev().map(|at| (self.rows[at], at as u32)).collect());
        let positions = self.positions.get_or_make(listed).ok()?;
        positions.get(&row).map(|&at| at as usize)
    }
}

/// An article of a corpus: the part that contains it and its position there.
#[derive(Debug, Clone, Copy)]
pub struct ArticleRef<'a> {
    /// The part that contains it.
    pub part: &'a Part,
    /// Its position in the part.
    pub local: usize,
    /// Its position in the store.
    pub row: u32,
}

impl<'a> ArticleRef<'a> {
    /// The zones of the article that are in a set, as positions in the part.
    pub fn zones(self, set: ZoneSet) -> impl Iterator<Item = usize> + 'a {
        self.part.zones_of(self.local).filter(move |&zone| set.has(self.part.zones[zone].kind))
    }

    /// The article's text.
    pub fn text(self) -> &'a str {
        self.part.text(self.local)
    }

    /// The length of the article's text in bytes, without reading the text.
    pub fn bytes(self) -> usize {
        self.part.articles[self.local].text.len() as usize
    }

    /// The article's text, and its headline and byline if they were supplied as separate fields.
    pub fn strings(self) -> (&'a str, &'a str, &'a str) {
        let row = &self.part.articles[self.local];
        (self.text(), self.piece(row.headline), self.piece(row.byline))
    }

    /// The piece of the article's strings that a span of the part covers.
    pub fn piece(self, span: ByteSpan) -> &'a str {
        self.part.piece(self.local, span)
    }

    /// The article's day.
    pub fn day(self) -> Option<i32> {
        Some(self.part.articles[self.local].day).filter(|&day| day != NO_DAY)
    }
}

impl Corpus {
    /// A selection of these articles of the store.
    pub(crate) fn with_rows(&self, rows: Vec<u32>) -> Self {
        let selected = Selected { rows, positions: Once::new() };
        Self { rows: Some(Arc::new(selected)), ..self.clone() }
    }

    pub(crate) fn new(store: Store, report: Report) -> Self {
        Self { store: Arc::new(store), rows: None, report: Arc::new(report), weights: None }
    }

    /// The store from which the articles are selected.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What happened to the records that the store was built from.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The number of selected articles.
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.store.len(), |selected| selected.rows.len())
    }

    /// Whether all articles of the store are selected, in order.
    pub(crate) fn is_whole(&self) -> bool {
        let in_order = |rows: &[u32]| rows.iter().zip(0..).all(|(&row, at)| row == at);
        let store = self.store.len();
        self.rows.as_ref().is_none_or(|selected| selected.rows.len() == store && in_order(&selected.rows))
    }

    /// Whether no article is selected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both select from the same store.
    pub fn shares_store(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.store, &other.store)
    }

    /// The selected articles, as positions in the store.
    pub fn rows(&self) -> Vec<u32> {
        self.rows
            .as_ref()
            .map_or_else(|| (0..self.store.len() as u32).collect(), |selected| selected.rows.clone())
    }

    /// An article by its position in the selection.
    pub fn article(&self, position: usize) -> Option<ArticleRef<'_>> {
        let row = match &self.rows {
            Some(selected) => *selected.rows.get(position)?,
            None => (position < self.store.len()).then_some(position as u32)?,
        };
        let (part, local) = self.store.place(row);
        Some(ArticleRef { part, local, row })
    }

    /// The position in the selection of the article with this id.
    pub fn position(&self, id: &Scalar) -> Option<usize> {
        let row = self.store.ids.row(id)?;
        match &self.rows {
            Some(selected) => selected.position(row),
            None => Some(row as usize),
        }
    }

    /// The selected articles, in order.
    pub fn articles(&self) -> impl Iterator<Item = ArticleRef<'_>> {
        (0..self.len()).filter_map(|position| self.article(position))
    }

    /// The ids of the articles at these positions of the selection.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn ids_of(&self, positions: &[u32], watch: &Watch) -> Result<Column> {
        let ids = self.store.ids();
        let row = |&position: &u32| match &self.rows {
            Some(selected) => selected.rows[position as usize] as usize,
            None => position as usize,
        };
        let rows = watch.through(positions).map(row);
        let column = match &ids.values {
            Values::Int(values) => Column::int(rows.map(|row| values[row])),
            Values::Text(values) => Column::text(rows.map(|row| values.get(row))),
            _ => ids.take(&rows.map(|row| row as u32).collect::<Vec<u32>>(), watch)?,
        };
        watch.check()?;
        Ok(column)
    }

    /// A column of the store, restricted to the selected articles.
    ///
    /// # Errors
    /// [`Kind::Cancelled`].
    pub fn selected(&self, column: &Column, watch: &Watch) -> Result<Column> {
        self.rows.as_ref().map_or_else(|| Ok(column.clone()), |selected| column.take(&selected.rows, watch))
    }
}
