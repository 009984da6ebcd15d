//! Which mentions belong to a supplied entity?
//!
//! Supplied names are resolved together with all others, so that short forms find them. Then each
//! of them gets its supplied entity, and so does every mention that was linked to it. A mention
//! that was linked to two of them remains separate, unless it was linked to the mention of one.
//! Cost: one look-up per mention.

use std::borrow::Cow;

use super::candidate::Candidate;
use super::fold::parts_of;
use super::key::Key;
use super::link::{ArticleEntity, EntityKind, Link, ResolveContext, Resolved};
use super::rule::Rule;
use crate::error::Result;
use crate::hash::Map;
use crate::language::is_suffix;

/// The supplied entity that an entity of the article has mentions of.
#[derive(Clone, Copy)]
enum Owner {
    Nobody,
    One(u32),
    Several,
}

/// Gives supplied mentions, whose entity is given by `named`, to their entities.
///
/// # Errors
/// [`crate::error::Kind::Cancelled`].
pub(crate) fn settle<'a>(
    found: &'a [Candidate],
    named: impl Fn(&'a Candidate) -> Option<Cow<'a, str>>,
    resolved: &mut Resolved,
    context: &ResolveContext<'_>,
) -> Result<()> {
    let mut units: Map<(u8, Cow<'a, str>), u32> = Map::default();
    let mut unit_of: Vec<Option<u32>> = vec![None; found.len()];
    let mut owners = vec![Owner::Nobody; resolved.who.len()];
    for (at, found) in context.watch.through(found.iter().enumerate()) {
        let Some(name) = named(found) else { continue };
        let natural = resolved.links[at].who as usize;
        let unit = *units.entry((found.kind, name)).or_insert_with_key(|(kind, name)| {
            let who = supplied_entity(at, *kind, name, &resolved.who[natural], context);
            resolved.who.push(who);
            resolved.who.len() as u32 - 1
        });
        unit_of[at] = Some(unit);
        owners[natural] = match owners[natural] {
            Owner::Nobody => Owner::One(unit),
            Owner::One(other) if other == unit => Owner::One(unit),
            _ => Owner::Several,
        };
    }
    context.watch.check()?;
    if units.is_empty() {
        return Ok(());
    }
    for (at, &unit) in context.watch.through(unit_of.iter().enumerate()) {
        let link = resolved.links[at];
        match (unit, owners.get(link.who as usize)) {
            (Some(who), _) => {
                let (via, rule) = (at as u32, Rule::OwnName);
                resolved.links[at] = Link { who, via, rule, decider: None, ambiguous: false };
            }
            (None, Some(Owner::One(who))) if !link.ambiguous => resolved.links[at].who = *who,
            (None, Some(Owner::Several)) if !link.ambiguous => {
                if let Some(who) = unit_of[link.via as usize] {
                    resolved.links[at].who = who;
                }
            }
            _ => {}
        }
    }
    drop_unnamed(resolved);
    context.watch.check()
}

/// The supplied entity of a mention. It also gets what the article says about the name.
fn supplied_entity(
    at: usize,
    kind: u8,
    name: &str,
    natural: &ArticleEntity,
    context: &ResolveContext<'_>,
) -> ArticleEntity {
    let mut parts = Vec::new();
    name.split_whitespace().for_each(|word| parts_of(word, &mut parts));
    let sort = context.sort(kind);
    let is_full = sort == EntityKind::Person && parts.len() > 1;
    let key = if is_full {
        // As the full names of people are compared between articles.
        let suffix = parts.pop_if(|part| is_suffix(part)).unwrap_or_default();
        Key::Person { name: parts.join(" "), suffix }
    } else {
        Key::Other(parts.join(" "))
    };
    ArticleEntity {
        name: Some(name.to_owned()),
        own: true,
        is_full,
        country: natural.country,
        gender: natural.gender,
        rank: natural.rank.clone(),
        kin: natural.kin,
        age: natural.age,
        acronym: natural.acronym.clone(),
        ..ArticleEntity::new(kind, sort, at, key)
    }
}

/// Removes entities that no longer have any mention.
fn drop_unnamed(resolved: &mut Resolved) {
    let mut numbers = vec![u32::MAX; resolved.who.len()];
    for link in &resolved.links {
        numbers[link.who as usize] = 0;
    }
    let mut next = 0;
    for number in &mut numbers {
        if *number == 0 {
            *number = next;
            next += 1;
        }
    }
    let mut at = 0;
    resolved.who.retain(|_| {
        at += 1;
        numbers[at - 1] != u32::MAX
    });
    for link in &mut resolved.links {
        link.who = numbers[link.who as usize];
    }
}
