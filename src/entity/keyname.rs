//! Under which names do entities appear among the keyphrases of an article?

use super::select::Resolution;
use crate::batch::Watch;
use crate::corpus::ZoneSet;
use crate::error::Result;
use crate::hash::Map;
use crate::keyword::{Named, Names};
use crate::resolve::{EntityKind, parts_of};

/// The mentions of people, organisations, places and things in these zones, under the names of
/// their entities. Nationalities and groups are not what a story is about.
///
/// # Errors
/// Cancellation.
pub fn names(resolution: &Resolution<'_>, zones: ZoneSet, watch: &Watch) -> Result<Names> {
    let types = resolution.cache.types();
    let wanted: Vec<bool> =
        types.iter().map(|label| EntityKind::of_label(label) != EntityKind::Group).collect();
    let entities: Vec<String> =
        watch.through(&resolution.entities.list).map(|entity| entity.name.clone()).collect();
    // A name is one phrase, whatever it names: the person and the place.
    let mut firsts: Map<String, u32> = Map::default();
    let same: Vec<u32> = watch
        .through((0..).zip(&entities))
        .map(|(number, name)| *firsts.entry(compact(name)).or_insert(number))
        .collect();
    let articles = watch
        .through(resolution.corpus.articles().enumerate())
        .map(|(position, article)| {
            let mentions = resolution.selected_mentions(position, article, zones, &wanted);
            mentions
                .map(|found| Named {
                    span: found.mention.span,
                    entity: same.get(found.entity as usize).copied().unwrap_or(found.entity),
                })
                .collect()
        })
        .collect();
    watch.check()?;
    Ok(Names { articles, entities })
}

/// A name without spaces, hyphens, accents and capitals.
fn compact(name: &str) -> String {
    let mut parts = Vec::new();
    name.split_whitespace().for_each(|word| parts_of(word, &mut parts));
    parts.concat()
}
