//! Which mentions does a verb count?

use std::sync::Arc;

use super::cache::{Cache, Mention};
use super::identity::Entities;
use crate::batch::Watch;
use crate::corpus::{ArticleRef, Corpus, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::resolve::spelt;
use crate::table::Strings;

/// The articles of a selection, their mentions, and the entities that the mentions refer to.
#[derive(Debug, Clone)]
pub struct Resolution<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) cache: Arc<Cache>,
    pub(crate) entities: Arc<Entities>,
}

impl<'a> Resolution<'a> {
    /// Resolves the mentions of a selection. The cache must contain the mentions of all its
    /// articles.
    ///
    /// # Errors
    /// Cancellation.
    pub fn new(corpus: &'a Corpus, cache: Arc<Cache>, watch: &Watch) -> Result<Self> {
        let entities = Arc::new(Entities::new(corpus, &cache, watch)?);
        Ok(Self { corpus, cache, entities })
    }
}

/// Whether each label of the cache is requested; all are if `labels` is empty.
///
/// # Errors
/// [`Kind::BadOption`] for a label that no mention can have.
pub(crate) fn wanted(cache: &Cache, labels: &[String]) -> Result<Vec<bool>> {
    let types = cache.types();
    if let Some(unknown) = labels.iter().find(|label| !types.contains(label)) {
        let what = format!("\"{unknown}\" is not a label; expected {}", types.join(", "));
        return Err(Error::new(Kind::BadOption, what).in_field("labels"));
    }
    Ok(types.iter().map(|name| labels.is_empty() || labels.contains(name)).collect())
}

/// A mention in the requested zones and with a requested label.
#[derive(Clone, Copy)]
pub(crate) struct SelectedMention<'a> {
    /// The article, and its position in the selection.
    pub(crate) article: ArticleRef<'a>,
    pub(crate) position: usize,
    pub(crate) mention: &'a Mention,
    /// The entity of the selection.
    pub(crate) entity: u32,
}

impl Resolution<'_> {
    /// The mentions of an article in these zones and with one of the requested labels, in the order
    /// of the text.
    pub(crate) fn selected_mentions<'a>(
        &'a self,
        position: usize,
        article: ArticleRef<'a>,
        zones: ZoneSet,
        wanted: &'a [bool],
    ) -> impl Iterator<Item = SelectedMention<'a>> + 'a {
        self.cache.of(article.row).iter().filter_map(move |mention| {
            let in_zones = zones.has(article.part.zones[mention.zone as usize].kind);
            let entity = *self.entities.of_article.get(position)?.get(mention.link.who as usize)?;
            (in_zones && wanted.get(mention.kind as usize).copied().unwrap_or(true))
                .then_some(SelectedMention { article, position, mention, entity })
        })
    }

    /// The articles in which any of these entities is mentioned, by position.
    ///
    /// # Errors
    /// Those of [`Resolution::expect_entities`]. Cancellation.
    pub fn naming(&self, names: &[String], zones: ZoneSet, watch: &Watch) -> Result<Vec<usize>> {
        self.expect_entities(names)?;
        let wanted: Vec<bool> =
            self.entities.list.iter().map(|entity| names.contains(&entity.name)).collect();
        let mentions = watch.through(self.all_selected_mentions(zones, &[]));
        let mut positions: Vec<usize> = mentions
            .filter(|selected| wanted[selected.entity as usize])
            .map(|selected| selected.position)
            .collect();
        watch.check()?;
        positions.dedup();
        Ok(positions)
    }

    /// Checks that none of these names is merely a spelling of an entity with another name. A name
    /// that does not occur at all is accepted.
    ///
    /// # Errors
    /// [`Kind::BadOption`] for such a spelling; the message has the name that is meant.
    pub(crate) fn expect_entities(&self, names: &[String]) -> Result<()> {
        let list = &self.entities.list;
        for name in names.iter().filter(|name| !list.iter().any(|entity| entity.name == **name)) {
            let lower = name.to_lowercase();
            let mut counts = vec![0_u64; list.len()];
            for SelectedMention { article, mention, entity, .. } in
                self.all_selected_mentions(ZoneSet::ALL, &[])
            {
                let is_same = list[entity as usize].name.to_lowercase() == lower
                    || spelt(article, mention.span).to_lowercase() == lower;
                counts[entity as usize] += u64::from(is_same);
            }
            let spelt_so = (0..list.len()).filter(|&entity| counts[entity] > 0);
            // Entities are in the order of their names, so the first of equal counts is kept.
            if let Some(meant) = spelt_so.max_by_key(|&entity| (counts[entity], std::cmp::Reverse(entity))) {
                let what = format!(
                    "\"{name}\" is not the name of an entity; expected a name as in the column \"entity\", such as \"{}\"",
                    list[meant].name
                );
                return Err(Error::new(Kind::BadOption, what).in_field("entity"));
            }
        }
        Ok(())
    }

    /// The selected mentions of all articles.
    pub(crate) fn all_selected_mentions<'a>(
        &'a self,
        zones: ZoneSet,
        wanted: &'a [bool],
    ) -> impl Iterator<Item = SelectedMention<'a>> + 'a {
        let articles = self.corpus.articles().enumerate();
        articles.flat_map(move |(position, article)| self.selected_mentions(position, article, zones, wanted))
    }
}

/// The names of the labels.
pub(crate) fn label_names(cache: &Cache) -> Strings {
    cache.types().iter().collect()
}
