//! Under which names do entities appear among the keyphrases of an article?

use super::select::{Resolution, SelectedMention};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::ZoneSet;
use crate::error::Result;
use crate::hash::Map;
use crate::keyword::{Named, Names};
use crate::resolve::{EntityKind, parts_of};

/// The mentions of people, organisations, places and things in these zones, under the names of
/// their entities. Nationalities and groups are not what a story is about, and neither is an agency
/// that its headline does not name.
///
/// # Errors
/// Cancellation.
pub fn names(resolution: &Resolution<'_>, zones: ZoneSet, watch: &Watch) -> Result<Names> {
    let types = resolution.cache.types();
    let wanted: Vec<bool> =
        types.iter().map(|label| EntityKind::of_label(label) != EntityKind::Group).collect();
    let list = &resolution.entities.list;
    let mut counts = vec![0_u64; list.len()];
    let mut articles: Vec<Vec<Named>> = watch
        .through(resolution.corpus.articles().enumerate())
        .map(|(position, article)| {
            let mentions = || resolution.selected_mentions(position, article, zones, &wanted);
            let in_headline: Vec<u32> = mentions()
                .filter(|found| article.part.zones[found.mention.zone as usize].kind == ZoneKind::Headline)
                .map(|found| found.entity)
                .collect();
            let named = |found: SelectedMention<'_>| {
                let is_source = list[found.entity as usize].agency && !in_headline.contains(&found.entity);
                counts[found.entity as usize] += 1;
                Named {
                    span: found.mention.span,
                    entity: if is_source { Names::NO_PHRASE } else { found.entity },
                }
            };
            mentions().map(named).collect()
        })
        .collect();
    watch.check()?;
    let same = most_frequent(list.iter().map(|entity| &*entity.name), &counts, watch);
    for named in watch.through(articles.iter_mut().flatten()) {
        named.entity = same.get(named.entity as usize).copied().unwrap_or(named.entity);
    }
    let entities = watch.through(list).map(|entity| entity.name.clone()).collect();
    watch.check()?;
    Ok(Names { articles, entities })
}

/// For each entity, the most frequent one whose name differs in spelling only: a name is one
/// phrase, whatever it names.
fn most_frequent<'a>(names: impl Iterator<Item = &'a str>, counts: &[u64], watch: &Watch) -> Vec<u32> {
    let keys: Vec<String> = watch.through(names).map(compact).collect();
    let mut best: Map<&str, u32> = Map::default();
    for (number, key) in watch.through((0..).zip(&keys)) {
        let known = best.entry(key).or_insert(number);
        if counts[number as usize] > counts[*known as usize] {
            *known = number;
        }
    }
    keys.iter().map(|key| best.get(&**key).copied().unwrap_or_default()).collect()
}

/// A name without spaces, hyphens, accents and capitals.
fn compact(name: &str) -> String {
    let mut parts = Vec::new();
    name.split_whitespace().for_each(|word| parts_of(word, &mut parts));
    parts.concat()
}
