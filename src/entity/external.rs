//! How do mentions that were found elsewhere become entities?
//!
//! External mentions are spans of an article's text with a type. They are processed like those of
//! the tagger: each is trimmed to the name, linked to the other mentions of its article, and stored
//! in a [`Cache`], which holds external mentions only. A span extends from the first token that it
//! touches to the last one, within the sentence of the first. A mention that comes with its entity
//! keeps its span and its type.
//!
//! Cost: one search in the article per span.

use super::cache::Cache;
use super::mention::{is_story, kept};
use crate::article::ZoneKind;
use crate::batch::{Watch, sort_by};
use crate::corpus::{ArticleRef, Corpus, Origin, TokenAt, Vocabulary};
use crate::error::Result;
use crate::resolve::{Candidate, Source, Tagged};
use crate::resolve::{EntityKind, NameInterner, ResolveContext, resolve, settle};
use crate::span::ByteSpan;
use crate::table::Strings;
use crate::tagger::Span;

/// A mention that was found elsewhere: a half-open range of bytes in the text of an article, its
/// type, and perhaps its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExternalMention {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The position of the type in [`ExternalLabels::types`].
    pub kind: u8,
    /// The position of the entity in [`ExternalLabels::entities`]; `None` if resolution decides.
    pub entity: Option<u32>,
}

/// What the numbers of external mentions mean.
#[derive(Debug, Clone, Copy)]
pub struct ExternalLabels<'a> {
    /// The types.
    pub types: &'a [String],
    /// The entities.
    pub entities: &'a Strings,
    /// Whether mentions keep their types even if the article contradicts them.
    pub keep_types: bool,
}

/// A cache that holds exactly these mentions; the article at a position of the selection has the
/// mentions at the same position of the list. A mention in no zone of the article, for example in
/// its header, is ignored.
///
/// # Errors
/// Cancellation.
pub fn external_mentions(
    corpus: &Corpus,
    labels: ExternalLabels<'_>,
    mentions: &[Vec<ExternalMention>],
    watch: &Watch,
) -> Result<Cache> {
    let ExternalLabels { types, entities, keep_types } = labels;
    let cache = Cache::new(corpus.store().len(), types.to_vec());
    let sorts: Vec<EntityKind> = types.iter().map(|name| EntityKind::of_label(name)).collect();
    let vocabulary = corpus.store().vocabulary();
    let mut lexicon = NameInterner::default();
    for (article, mentions) in watch.through(corpus.articles().zip(mentions)) {
        let mut found = find(article, vocabulary, mentions, &sorts, keep_types, watch)?;
        let in_story: Vec<bool> = found.iter().map(|found| is_story(article, found.zone)).collect();
        let mut reading = ResolveContext { vocabulary, lexicon: &mut lexicon, sorts: &sorts, watch };
        let mut resolved = resolve(&mut found, &in_story, &mut reading)?;
        let entity = |found: &Candidate| found.entity().map(|entity| entities.get(entity as usize).into());
        settle(&found, entity, &mut resolved, &reading)?;
        cache.keep(article.row, kept(article, &found, &resolved, &cache, watch)?);
    }
    watch.check()?;
    Ok(cache)
}

fn find(
    article: ArticleRef<'_>,
    vocabulary: &Vocabulary,
    mentions: &[ExternalMention],
    sorts: &[EntityKind],
    keep_types: bool,
    watch: &Watch,
) -> Result<Vec<Candidate>> {
    let person = sorts.iter().position(|&sort| sort == EntityKind::Person);
    let offset = article.part.articles[article.local].text.start;
    let mut spans: Vec<ExternalMention> = mentions
        .iter()
        .map(|mention| ExternalMention {
            start: mention.start + offset,
            end: mention.end + offset,
            ..*mention
        })
        .collect();
    sort_by(&mut spans, watch, |a, b| {
        let key = |mention: &ExternalMention| (mention.start, mention.end, mention.kind, mention.entity);
        key(a).cmp(&key(b))
    })?;
    let mut spans = spans.into_iter().peekable();
    let mut found = Vec::new();
    for zone in article.part.zones_of(article.local) {
        let row = article.part.zones[zone];
        if row.origin != Origin::Text {
            continue;
        }
        for sentence in watch.through(article.part.sentences_of(zone)) {
            let tokens: Vec<TokenAt> = article.part.walk(sentence, vocabulary).collect();
            let Some(end) = tokens.last().map(|token| token.span.end) else { continue };
            let in_headline = row.kind == ZoneKind::Headline;
            let tagged = Tagged { zone: zone as u32, sentence: sentence as u32, in_headline, tokens };
            while let Some(mention) = spans.next_if(|mention| mention.start < end && !watch.is_stopped()) {
                let first = tagged.tokens.partition_point(|token| token.span.end <= mention.start);
                let last = tagged.tokens.partition_point(|token| token.span.start < mention.end);
                if first < last {
                    let span = Span { start: first, end: last, kind: mention.kind as usize };
                    let named = || Candidate::new(&tagged, span, vocabulary, person);
                    let name = if mention.entity.is_some() { None } else { named() };
                    found.extend(match name {
                        Some(name) if keep_types => {
                            Some(Candidate { kind: mention.kind, source: Source::Supplied, ..name })
                        }
                        Some(name) => Some(name),
                        None => {
                            let bytes = ByteSpan::new(mention.start, mention.end);
                            Candidate::supplied(&tagged, bytes, mention.kind, mention.entity, vocabulary)
                        }
                    });
                }
            }
        }
    }
    watch.check()?;
    Ok(found)
}
