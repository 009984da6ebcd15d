//! Which spans of which articles do the caller's rows name?
//!
//! Rows come in any order, with offsets in characters. Each row is checked, and an error says which
//! row is invalid. Valid rows are converted to the input of [`external_mentions`]. Cost: one sort,
//! and one pass over the text of each article that a row names.

use std::collections::BTreeSet;

use super::cache::Cache;
use super::external::{ExternalLabels, ExternalMention, external_mentions};
use crate::batch::{Watch, sort, sort_by};
use crate::corpus::Corpus;
use crate::error::{Error, Kind, Result};
use crate::table::Strings;

/// The maximum number of distinct labels, because a mention stores its label in one byte.
const MOST: usize = 255;

/// An external mention as the caller writes it: a half-open range of characters in the text of an
/// article, its label, and perhaps its entity.
#[derive(Debug, Clone)]
pub struct ExternalRow {
    /// The position of the article in the selection.
    pub position: usize,
    /// The first character.
    pub start: i64,
    /// One past the last character.
    pub end: i64,
    /// The label.
    pub label: String,
    /// The entity; `None` if resolution decides.
    pub entity: Option<String>,
}

/// A cache that holds exactly the mentions in these rows.
///
/// # Errors
/// [`Kind::BadRecord`] for a span that is empty, outside the text, in no zone of the article, or
/// overlaps another, and for an empty label or entity. [`Kind::BadOption`] for more than 255
/// labels. Cancellation.
pub fn external_rows(corpus: &Corpus, rows: &[ExternalRow], watch: &Watch) -> Result<Cache> {
    let bad = |row: usize, what: &str| {
        Error::new(Kind::BadRecord, format!("mention {row}: {what}")).in_field("spans")
    };
    let types: BTreeSet<&String> = watch.through(rows).map(|row| &row.label).collect();
    let types: Vec<String> = types.into_iter().cloned().collect();
    if types.len() > MOST {
        let what = format!("there are {} labels; expected at most {MOST}", types.len());
        return Err(Error::new(Kind::BadOption, what).in_field("label"));
    }
    let mut entities: Vec<&str> = rows.iter().filter_map(|row| row.entity.as_deref()).collect();
    sort(&mut entities, watch)?;
    entities.dedup();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let place = |row: usize| (rows[row].position, rows[row].start, rows[row].end, row);
    sort_by(&mut order, watch, |&a, &b| place(a).cmp(&place(b)))?;
    let mut mentions: Vec<Vec<ExternalMention>> = vec![Vec::new(); corpus.len()];
    // The row that each mention comes from.
    let mut sources: Vec<Vec<usize>> = vec![Vec::new(); corpus.len()];
    for of_article in watch.through(order.chunk_by(|&a, &b| rows[a].position == rows[b].position)) {
        let position = rows[of_article[0]].position;
        let text = corpus.article(position).map_or("", |article| article.text());
        let mut offsets = Offsets { text, characters: 0, bytes: 0, length: text.chars().count() as i64 };
        let mut last: Option<usize> = None;
        for &at in watch.through(of_article) {
            let row = &rows[at];
            if row.label.trim().is_empty() {
                return Err(bad(at, "the label is empty; expected a label such as PER"));
            }
            if row.entity.as_ref().is_some_and(|entity| entity.trim().is_empty()) {
                return Err(bad(at, "the entity is empty; expected a name, or None if it is to be resolved"));
            }
            if row.start < 0 || row.end > offsets.length || row.start >= row.end {
                let what = format!(
                    "start {} and end {}; expected 0 <= start < end <= {}, the characters of the article's text",
                    row.start, row.end, offsets.length
                );
                return Err(bad(at, &what));
            }
            if let Some(other) = last.filter(|&other| rows[other].end > row.start) {
                let what = format!(
                    "characters {} to {} overlap those of mention {other}, {} to {}; expected mentions that do not overlap",
                    row.start, row.end, rows[other].start, rows[other].end
                );
                return Err(bad(at, &what));
            }
            last = Some(at);
            let (start, end) = (offsets.byte(row.start), offsets.byte(row.end));
            let kind = types.partition_point(|name| *name < row.label) as u8;
            let entity =
                row.entity.as_deref().map(|name| entities.partition_point(|other| *other < name) as u32);
            mentions[position].push(ExternalMention { start, end, kind, entity });
            sources[position].push(at);
        }
    }
    watch.check()?;
    let entities: Strings = entities.iter().collect();
    let cache = external_mentions(
        corpus,
        ExternalLabels { types: &types, entities: &entities, keep_types: true },
        &mentions,
        watch,
    )?;
    for (position, (external, sources)) in watch.through(mentions.iter().zip(&sources).enumerate()) {
        let Some(article) = corpus.article(position) else { continue };
        let kept = cache.of(article.row);
        if kept.len() == external.len() {
            continue;
        }
        let offset = article.part.articles[article.local].text.start;
        let is_kept = |mention: &ExternalMention| {
            let next = kept.partition_point(|kept| kept.span.end <= mention.start + offset);
            kept.get(next).is_some_and(|kept| kept.span.start < mention.end + offset)
        };
        if let Some(lost) = watch.through(external).position(|mention| !is_kept(mention)) {
            let row = &rows[sources[lost]];
            let what = format!(
                "characters {} to {} are in no zone of the article (they belong to its header or are white space)",
                row.start, row.end
            );
            return Err(bad(sources[lost], &what));
        }
    }
    Ok(cache)
}

/// Converts ascending character offsets of a text to byte offsets.
struct Offsets<'a> {
    text: &'a str,
    characters: i64,
    bytes: usize,
    length: i64,
}

impl Offsets<'_> {
    fn byte(&mut self, character: i64) -> u32 {
        if self.length as usize == self.text.len() {
            return character as u32;
        }
        let ahead = (character - self.characters).max(0) as usize;
        let rest = self.text.get(self.bytes..).unwrap_or_default();
        self.bytes += rest.char_indices().nth(ahead).map_or(rest.len(), |(at, _)| at);
        self.characters = character;
        self.bytes as u32
    }
}
