//! Which names were split in two?
//!
//! A tagger may label the first word of an organisation's name as a separate nationality or place:
//! `Korean` `Central News Agency`. The two are joined if the list of organisations has their joint
//! name, or if a following word in brackets consists of the initials of both. Cost: one look-up per
//! two adjacent mentions.

use super::candidate::{Candidate, Source};
use super::link::{EntityKind, ResolveContext};
use super::lists::organisation;
use super::name::Name;
use super::organisation::{spells, without_legal_form};
use crate::error::Result;
use crate::span::ByteSpan;

/// Joins the mentions of names that were split in two.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn rejoin(found: &mut Vec<Candidate>, context: &mut ResolveContext<'_>) -> Result<()> {
    // The first halves, which are no longer separate mentions.
    let mut joined = vec![false; found.len()];
    let mut at = 0;
    while at + 1 < found.len() {
        context.watch.check()?;
        if is_one(found, at, context) {
            let [first, whole] = &mut found[at..at + 2] else { break };
            whole.span = ByteSpan::new(first.span.start, whole.span.end);
            whole.words.splice(0..0, first.words.drain(..));
            (whole.the, whole.opens_at, whole.owner_end) = (first.the, first.opens_at, first.owner_end);
            joined[at] = true;
            at += 1;
        }
        at += 1;
    }
    let mut joined = joined.into_iter();
    found.retain(|_| !joined.next().unwrap_or(false));
    Ok(())
}

fn is_one(found: &[Candidate], at: usize, context: &mut ResolveContext<'_>) -> bool {
    let [first, second, rest @ ..] = &found[at..] else { return false };
    let touches = first.sentence == second.sentence && first.span.end + 1 == second.span.start;
    if !touches
        || first.source != Source::Tagger
        || second.source != Source::Tagger
        || context.sort(second.kind) != EntityKind::Organisation
        || !matches!(
            context.sort(first.kind),
            EntityKind::Group | EntityKind::Place | EntityKind::Organisation
        )
    {
        return false;
    }
    let mut name = |found: &Candidate| Name::new(found, context.vocabulary, context.lexicon).parts;
    let (mut parts, second_parts) = (name(first), name(second));
    parts.extend(second_parts);
    let short =
        rest.first().filter(|short| short.closes && short.opens_at == Some(second.span.end + 1)).map(name);
    let parts = without_legal_form(&parts, context.lexicon);
    organisation(&context.lexicon.text(parts)).is_some()
        || short.is_some_and(|short| spells(parts, &short, context.lexicon))
}
