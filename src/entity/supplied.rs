//! Which mentions are occurrences of supplied names?
//!
//! A gazetteer is matched zone by zone. A match replaces the candidates of the tagger that it
//! overlaps, and its label and entity are those of the gazetteer. Unless the gazetteer says
//! otherwise, a match that is part of a longer candidate is ignored. Cost: that of the gazetteer,
//! and one step per mention.

use std::borrow::Cow;

use crate::batch::Watch;
use crate::corpus::{ArticleRef, Vocabulary};
use crate::error::{Error, Kind, Result};
use crate::gazetteer::{Gazetteer, Match, Scratch};
use crate::resolve::spelt;
use crate::resolve::{Candidate, Tagged};
use crate::span::ByteSpan;
use crate::tagger::Tagger;

/// The maximum number of types, because a mention stores its type in one byte.
const MOST: usize = 255;

/// The types of a tagger, followed by the labels of a gazetteer that are not among them.
///
/// # Errors
/// [`Kind::BadOption`] if there are more than 255 types.
pub fn types_with(tagger: &Tagger, gazetteer: Option<&Gazetteer>) -> Result<Vec<String>> {
    let mut types = tagger.labels().types().to_vec();
    for label in gazetteer.iter().flat_map(|gazetteer| gazetteer.labels().iter()) {
        if types.iter().all(|name| name != label) {
            types.push(label.to_owned());
        }
    }
    if types.len() > MOST {
        let what = format!("there are {} labels; expected at most {MOST}", types.len());
        return Err(Error::new(Kind::BadOption, what).in_field("labels"));
    }
    Ok(types)
}

/// Whether a supplied name is part of a longer name that the tagger found. `found` is in the order
/// of the text.
fn is_inside(found: &[Candidate], supplied: &Candidate) -> bool {
    let next =
        found.partition_point(|found| (found.zone, found.span.end) <= (supplied.zone, supplied.span.start));
    found.get(next).is_some_and(|found| {
        found.zone == supplied.zone
            && found.span.start <= supplied.span.start
            && supplied.span.end <= found.span.end
            && found.words.len() > supplied.words.len()
    })
}

/// A gazetteer whose names take precedence over those of a tagger.
pub(crate) struct SuppliedNames<'a> {
    gazetteer: &'a Gazetteer,
    /// By label of the gazetteer: its position among the types.
    kinds: Vec<u8>,
}

/// Scratch buffers that are reused from article to article.
#[derive(Default)]
pub(crate) struct SuppliedScratch {
    gazetteer: Scratch,
    matches: Vec<Match>,
}

impl<'a> SuppliedNames<'a> {
    pub(crate) fn new(gazetteer: &'a Gazetteer, types: &[String]) -> Self {
        let kind = |label: &str| types.iter().position(|name| name == label).unwrap_or_default() as u8;
        Self { gazetteer, kinds: gazetteer.labels().iter().map(kind).collect() }
    }

    /// The entity of a mention, if it is an occurrence of a supplied name.
    pub(crate) fn name<'b>(&'b self, article: ArticleRef<'b>, found: &Candidate) -> Option<Cow<'b, str>> {
        let entry = found.entity()?;
        Some(self.gazetteer.name(entry).map_or_else(|| spelt(article, found.span), Cow::Borrowed))
    }

    /// Adds the occurrences of supplied names in an article to the candidates, which are in the
    /// order of the text, and removes the candidates that they overlap.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn override_found(
        &self,
        found: &mut Vec<Candidate>,
        article: ArticleRef<'_>,
        sentences: &[Tagged],
        vocabulary: &Vocabulary,
        scratch: &mut SuppliedScratch,
        watch: &Watch,
    ) -> Result<()> {
        let mut supplied: Vec<Candidate> = Vec::new();
        let mut rest = sentences;
        for zone in article.part.zones_of(article.local) {
            let of_zone = rest.partition_point(|tagged| tagged.zone as usize <= zone);
            let (here, others) = rest.split_at(of_zone);
            rest = others;
            let span = article.part.zones[zone].span;
            scratch.matches.clear();
            self.gazetteer.find(article.piece(span), &mut scratch.gazetteer, &mut scratch.matches, watch)?;
            supplied.extend(watch.through(&scratch.matches).filter_map(|found| {
                let bytes = ByteSpan::new(found.start, found.end).shifted(span.start);
                let before =
                    |tagged: &Tagged| tagged.tokens.last().is_none_or(|last| last.span.end <= bytes.start);
                let tagged = here.get(here.partition_point(before))?;
                let kind = self.kinds[self.gazetteer.label(found.entry) as usize];
                Candidate::supplied(tagged, bytes, kind, Some(found.entry), vocabulary)
            }));
        }
        if !self.gazetteer.is_inside() {
            supplied.retain(|supplied| !is_inside(found, supplied));
        }
        if supplied.is_empty() {
            return watch.check();
        }
        let overlaps = |found: &Candidate| {
            let next = supplied.partition_point(|supplied| {
                (supplied.zone, supplied.span.end) <= (found.zone, found.span.start)
            });
            supplied
                .get(next)
                .is_some_and(|supplied| supplied.zone == found.zone && supplied.span.start < found.span.end)
        };
        found.retain(|found| !overlaps(found));
        // Both lists are in the order of the text, so they are merged.
        let tagged = std::mem::take(found);
        found.reserve(tagged.len() + supplied.len());
        let place = |found: &Candidate| (found.zone, found.span.start);
        let mut supplied = supplied.into_iter().peekable();
        for tagged in watch.through(tagged) {
            while let Some(supplied) = supplied.next_if(|supplied| place(supplied) < place(&tagged)) {
                found.push(supplied);
            }
            found.push(tagged);
        }
        found.extend(supplied);
        watch.check()
    }
}
