//! Which phrases of an article are names, and of what?
//!
//! With the names that the tagger found and resolution linked, an entity is one phrase under its
//! full name, however the article spells it, and what only looks like a name is left out: a
//! fragment of a headline, the first half of a title. A phrase of a name and common nouns, `Croydon
//! tram crash`, remains one.

use super::chunk::Chunk;
use super::document::Document;
use super::phrase::Sequences;
use super::word::{Word, Words};
use crate::hash::Map;
use crate::span::ByteSpan;
use crate::text::TokenKind;

/// A mention of an entity.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// Its bytes in the strings of the part.
    pub span: ByteSpan,
    /// The entity, as a position among the names.
    pub entity: u32,
}

/// The names in the articles of a selection.
#[derive(Debug, Default)]
pub struct Names {
    /// By position in the selection: the mentions of the article, in the order of the text.
    pub articles: Vec<Vec<Named>>,
    /// The name of each entity.
    pub entities: Vec<String>,
}

impl Names {
    /// The entity of a mention that is a name, but no phrase: an agency.
    pub const NO_PHRASE: u32 = u32::MAX;

    /// The mentions of an article.
    pub(super) fn of(&self, position: usize) -> &[Named] {
        self.articles.get(position).map_or(&[], Vec::as_slice)
    }
}

/// An entity of an article, as a candidate for a phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedCandidate {
    pub(super) entity: u32,
    /// The mention with the most words.
    pub(super) at: u32,
    pub(super) len: u32,
    pub(super) count: u32,
    /// The first token of the first mention.
    pub(super) first: u32,
    pub(super) sentence: u32,
}

/// Removes the noun phrases that consist of names or spell one in another way, and returns the
/// names as candidates. Also returns whether each token is part of a name.
pub(super) fn set_apart(
    document: &Document,
    words: &Words,
    names: &[Named],
    chunks: &mut Vec<Chunk>,
    sequences: &mut Sequences,
) -> (Vec<NamedCandidate>, Vec<bool>) {
    let mut taken = vec![false; document.tokens.len()];
    let mut found: Vec<NamedCandidate> = Vec::new();
    let mut positions: Map<u32, usize> = Map::default();
    let mut sentence = 0;
    for name in names {
        let first = document.spans.partition_point(|span| span.end <= name.span.start);
        let end = document.spans.partition_point(|span| span.start < name.span.end);
        if first >= end {
            continue; // in a zone that is not read
        }
        taken[first..end].fill(true);
        if name.entity == Names::NO_PHRASE {
            continue;
        }
        while document.starts.get(sentence + 1).is_some_and(|&next| next as usize <= first) {
            sentence += 1;
        }
        let (at, len) = (first as u32, (end - first) as u32);
        let sentence = sentence as u32;
        let next = found.len();
        let position = *positions.entry(name.entity).or_insert(next);
        if position == next {
            found.push(NamedCandidate { entity: name.entity, at, len, count: 1, first: at, sentence });
            continue;
        }
        let one = &mut found[position];
        one.count += 1;
        if len > one.len {
            (one.at, one.len, one.sentence) = (at, len, sentence);
        }
    }
    // `Fiat-Chrysler`, where `Fiat Chrysler` is a name.
    sequences.clear();
    let mut spelt: Map<u32, usize> = Map::default();
    let mut sequence = |at: u32, len: u32| {
        let tokens = &document.tokens[at as usize..(at + len) as usize];
        sequences.of(tokens.iter().flat_map(|&token| words.parts_of(token)).copied())
    };
    for (position, name) in found.iter().enumerate() {
        spelt.entry(sequence(name.at, name.len)).or_insert(position);
    }
    chunks.retain(|chunk| {
        if !is_phrase(document, words, &taken, *chunk) {
            return false;
        }
        let Some(&name) = spelt.get(&sequence(chunk.at, chunk.len)) else { return true };
        found[name].count += 1;
        found[name].first = found[name].first.min(chunk.at);
        false
    });
    (found, taken)
}

/// Whether a noun phrase is one apart from the names in it.
fn is_phrase(document: &Document, words: &Words, taken: &[bool], chunk: Chunk) -> bool {
    let range = chunk.at as usize..(chunk.at + chunk.len) as usize;
    let named = range.clone().filter(|&at| taken[at]).count();
    if !chunk.name {
        return named < range.len();
    }
    // What precedes a title is the first half of it: `Deputy Prime` `Minister`.
    let before_title = document.tokens.get(range.end).is_some_and(|&next| words.of(next).is(Word::TITLE));
    let abbreviation =
        range.len() == 1 && words.of(document.tokens[range.start]).kind == TokenKind::Abbreviation;
    named == 0 && !before_title && !abbreviation
}
