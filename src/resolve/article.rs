//! Which mentions of an article take part in resolution, and what do the rules for all kinds of
//! names have in common?

use std::ops::Range;

use super::candidate::{Candidate, Source};
use super::key::Key;
use super::link::{ArticleEntity, EntityKind, Link, ResolveContext, Resolved};
use super::name::Name;
use super::numbering::Units;
use super::rule::Rule;
use crate::error::Result;

/// The distance in bytes from a place to the country after it: that of `, `, with or without the
/// space.
pub(super) const COMMA: Range<u32> = 1..3;

/// The mentions of an article that are linked to each other.
pub(super) struct Article<'a> {
    pub(super) found: &'a mut [Candidate],
    /// The mentions that take part, in the order of the text.
    pub(super) chosen: Vec<usize>,
    /// The name of each of them.
    pub(super) names: Vec<Name>,
    /// Whether each is in brackets directly after the one before.
    pub(super) in_brackets: Vec<bool>,
}

impl<'a> Article<'a> {
    pub(super) fn new(
        found: &'a mut [Candidate],
        chosen: Vec<usize>,
        context: &mut ResolveContext<'_>,
    ) -> Result<Self> {
        let watch = context.watch;
        let names: Vec<Name> = watch
            .through(&chosen)
            .map(|&at| Name::new(&found[at], context.vocabulary, context.lexicon))
            .collect();
        let in_brackets = watch
            .through(0..chosen.len())
            .map(|place| {
                let (Some(before), Some(bracket)) = (place.checked_sub(1), found[chosen[place]].opens_at)
                else {
                    return false;
                };
                let before = &found[chosen[before]];
                before.zone == found[chosen[place]].zone
                    && (before.span.end..=before.span.end + 3).contains(&bracket)
            })
            .collect();
        watch.check()?;
        Ok(Self { found, chosen, names, in_brackets })
    }

    pub(super) fn of(&self, place: usize) -> &Candidate {
        &self.found[self.chosen[place]]
    }

    /// Gives a mention another label, unless it was supplied.
    pub(super) fn relabelled(&mut self, place: usize, kind: u8) {
        let found = &mut self.found[self.chosen[place]];
        if found.source == Source::Tagger {
            found.kind = kind;
        }
    }

    pub(super) fn text<'r>(&self, place: usize, context: &'r ResolveContext<'_>) -> &'r str {
        &context.lexicon.phrase(self.names[place].phrase).text
    }

    /// Links the names that have no specific rules.
    pub(super) fn others(
        &self,
        places: &[usize],
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) -> Result<()> {
        let mut known = Units::default();
        for &place in context.watch.through(places) {
            let kind = self.of(place).kind;
            let key = self.text(place, context);
            let who = known.number((kind, key), self.chosen[place], resolved, |full| {
                ArticleEntity::new(kind, EntityKind::Other, full, Key::Other(key.to_owned()))
            });
            self.link_same(place, who, resolved, context);
        }
        context.watch.check()
    }

    /// Links a mention to an entity because the names are equal, possibly in different spellings.
    pub(super) fn link_same(
        &self,
        place: usize,
        who: u32,
        resolved: &mut Resolved,
        context: &ResolveContext<'_>,
    ) {
        let at = self.chosen[place];
        let full = resolved.who[who as usize].full as usize;
        let rule = if full == at { Rule::FullForm } else { self.same_or_spelt(at, full, context) };
        resolved.links[at] = Link { who, via: full as u32, rule, decider: None, ambiguous: false };
    }

    pub(super) fn same_or_spelt(&self, at: usize, full: usize, context: &ResolveContext<'_>) -> Rule {
        let texts = |at: usize| self.found[at].words.iter().map(|&word| context.vocabulary.text(word));
        if texts(at).eq(texts(full)) { Rule::SameName } else { Rule::Spelling }
    }

    /// The mention after a position of the list, if the distance to it is within a range.
    pub(super) fn neighbour(&self, place: usize, gap: Range<u32>) -> Option<usize> {
        let (here, next) = (self.of(place), self.chosen.get(place + 1).map(|&at| &self.found[at])?);
        let space = next.span.start.checked_sub(here.span.end)?;
        (here.sentence == next.sentence && gap.contains(&space)).then_some(place + 1)
    }
}
