//! Mentions that somebody else found.
//!
//! Spans of an article's text, each with its type, go the way of those that the tagger finds: trimmed to the name, tied to each
//! other, kept in a [`Cache`] of their own. A span is taken from the first token that it touches to the last, within the
//! sentence of the first. The span of a mention that comes with its entity stays as it is, and so does its type.
//! Cost: a search in the article for each span.

use super::cache::Cache;
use super::mention::{is_story, kept};
use crate::article::ZoneKind;
use crate::batch::{Watch, sort_by};
use crate::corpus::{ArticleRef, Corpus, Origin, TokenAt, Vocabulary};
use crate::error::Result;
use crate::resolve::{Found, Source, Tagged};
use crate::resolve::{Lexicon, Reading, Sort, resolve, settle};
use crate::span::ByteSpan;
use crate::table::Strings;
use crate::tagger::Span;

/// A mention that was found elsewhere: bytes of an article's text, half-open, and the type's position among the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExternalMention {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The type.
    pub kind: u8,
    /// The entity, as a position among the entities; `None` where it is to be found out.
    pub entity: Option<u32>,
}

/// What the numbers of mentions stand for.
#[derive(Debug, Clone, Copy)]
pub struct ExternalLabels<'a> {
    /// The types.
    pub types: &'a [String],
    /// The entities.
    pub entities: &'a Strings,
    /// Whether a type stays what it is, even where the article says otherwise.
    pub keep_types: bool,
}

/// A cache that holds these mentions, for each article selected those at its position, and no others. What stands in no
/// zone of the article, such as in its header, is left out.
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
    let sorts: Vec<Sort> = types.iter().map(|name| Sort::of_label(name)).collect();
    let vocabulary = corpus.store().vocabulary();
    let mut lexicon = Lexicon::default();
    for (article, mentions) in watch.through(corpus.articles().zip(mentions)) {
        let mut found = find(article, vocabulary, mentions, &sorts, keep_types, watch)?;
        let in_story: Vec<bool> = found.iter().map(|found| is_story(article, found.zone)).collect();
        let mut reading = Reading { vocabulary, lexicon: &mut lexicon, sorts: &sorts, watch };
        let mut resolved = resolve(&mut found, &in_story, &mut reading)?;
        let entity = |found: &Found| found.entity().map(|entity| entities.get(entity as usize).into());
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
    sorts: &[Sort],
    keep_types: bool,
    watch: &Watch,
) -> Result<Vec<Found>> {
    let person = sorts.iter().position(|&sort| sort == Sort::Person);
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
                    let named = || Found::new(&tagged, span, vocabulary, person);
                    let name = if mention.entity.is_some() { None } else { named() };
                    found.extend(match name {
                        Some(name) if keep_types => {
                            Some(Found { kind: mention.kind, source: Source::Given, ..name })
                        }
                        Some(name) => Some(name),
                        None => {
                            let bytes = ByteSpan::new(mention.start, mention.end);
                            Found::own(&tagged, bytes, mention.kind, mention.entity, vocabulary)
                        }
                    });
                }
            }
        }
    }
    watch.check()?;
    Ok(found)
}
