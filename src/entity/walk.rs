//! Which mentions does a question ask for?

use super::identity::Entities;
use super::mention::{Cache, Mention};
use crate::corpus::{ArticleRef, Corpus, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::table::Strings;

/// Whether each label is asked for.
///
/// # Errors
/// [`Kind::BadOption`]: a label that no mention can have.
pub(super) fn wanted(cache: &Cache, labels: &[String]) -> Result<Vec<bool>> {
    let types = cache.types();
    if let Some(unknown) = labels.iter().find(|label| !types.contains(label)) {
        let what = format!("\"{unknown}\" is no label; expected {}", types.join(", "));
        return Err(Error::new(Kind::BadOption, what).in_field("labels"));
    }
    Ok(types.iter().map(|name| labels.is_empty() || labels.contains(name)).collect())
}

/// A mention that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The article, and its position in the selection.
    pub(super) article: ArticleRef<'a>,
    pub(super) position: usize,
    pub(super) mention: &'a Mention,
    /// The entity of the batch.
    pub(super) entity: u32,
}

/// The mentions of an article in the zones of the set that have a label asked for, in the order of the text.
pub(super) fn asked<'a>(
    position: usize,
    article: ArticleRef<'a>,
    cache: &'a Cache,
    entities: &'a Entities,
    zones: ZoneSet,
    wanted: &'a [bool],
) -> impl Iterator<Item = Asked<'a>> + 'a {
    cache.of(article.row).iter().filter_map(move |mention| {
        let in_zones = zones.has(article.part.zones[mention.zone as usize].kind);
        let entity = *entities.of_local.get(position)?.get(mention.link.who as usize)?;
        (in_zones && wanted.get(mention.kind as usize).copied().unwrap_or(true)).then_some(Asked {
            article,
            position,
            mention,
            entity,
        })
    })
}

/// The mentions of all articles.
pub(super) fn all_asked<'a>(
    corpus: &'a Corpus,
    cache: &'a Cache,
    entities: &'a Entities,
    zones: ZoneSet,
    wanted: &'a [bool],
) -> impl Iterator<Item = Asked<'a>> + 'a {
    corpus
        .articles()
        .enumerate()
        .flat_map(move |(position, article)| asked(position, article, cache, entities, zones, wanted))
}

/// The names of the labels.
pub(super) fn label_names(cache: &Cache) -> Strings {
    cache.types().iter().collect()
}
