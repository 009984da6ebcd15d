//! Under which names do entities appear among the keyphrases of an article?

use super::select::Resolution;
use crate::batch::Watch;
use crate::corpus::ZoneSet;
use crate::error::Result;
use crate::keyword::{Named, Names};
use crate::resolve::EntityKind;

/// The mentions of people, organisations, places and things in these zones, under the names of
/// their entities. Nationalities and groups are not what a story is about.
///
/// # Errors
/// Cancellation.
pub fn names(resolution: &Resolution<'_>, zones: ZoneSet, watch: &Watch) -> Result<Names> {
    let types = resolution.cache.types();
    let wanted: Vec<bool> =
        types.iter().map(|label| EntityKind::of_label(label) != EntityKind::Group).collect();
    let articles = watch
        .through(resolution.corpus.articles().enumerate())
        .map(|(position, article)| {
            let mentions = resolution.selected_mentions(position, article, zones, &wanted);
            mentions.map(|found| Named { span: found.mention.span, entity: found.entity }).collect()
        })
        .collect();
    watch.check()?;
    let entities = watch.through(&resolution.entities.list).map(|entity| entity.name.clone()).collect();
    watch.check()?;
    Ok(Names { articles, entities })
}
