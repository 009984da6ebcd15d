//! Which mentions does a verb count?

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::cache::{Cache, Mention};
use super::identity::Entities;
use super::outline::NameOutlines;
use crate::batch::Watch;
use crate::corpus::{ArticleRef, Corpus, Groups, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::resolve::{EntityKind, spelt};
use crate::table::Strings;

/// The articles of a selection, their mentions, and the entities that the mentions refer to.
#[derive(Debug, Clone)]
pub struct Resolution<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) cache: Arc<Cache>,
    pub(crate) entities: Arc<Entities>,
}

impl<'a> Resolution<'a> {
    /// The same, of the same articles with other weights.
    pub(crate) fn of_articles<'b>(&self, corpus: &'b Corpus) -> Resolution<'b> {
        Resolution { corpus, cache: Arc::clone(&self.cache), entities: Arc::clone(&self.entities) }
    }

    /// Resolves the mentions of a selection. The cache must contain the mentions of all its
    /// articles.
    ///
    /// # Errors
    /// Cancellation.
    pub fn new(corpus: &'a Corpus, cache: Arc<Cache>, watch: &Watch) -> Result<Self> {
        Self::knowing(corpus, cache, None, watch)
    }

    /// [`Resolution::new`], with evidence from articles that were read before.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn knowing(
        corpus: &'a Corpus,
        cache: Arc<Cache>,
        known: Option<&NameOutlines>,
        watch: &Watch,
    ) -> Result<Self> {
        let entities = Arc::new(Entities::new(corpus, &cache, known, watch)?);
        Ok(Self { corpus, cache, entities })
    }
}

impl Resolution<'_> {
    /// What is known of the names in the articles when their texts are gone; articles are in these
    /// groups, and mentions in these zones.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn outlines(&self, groups: &Groups, zones: ZoneSet, watch: &Watch) -> Result<NameOutlines> {
        NameOutlines::new((self.corpus, &self.cache), groups, zones, watch)
    }
}

/// Whether each label of the cache is requested; all are if `labels` is empty. A label may have
/// another common name, such as PERSON or GPE, and any case.
///
/// # Errors
/// [`Kind::BadOption`] for a label that no mention can have.
pub(crate) fn wanted(cache: &Cache, labels: &[String]) -> Result<Vec<bool>> {
    let types = cache.types();
    let mut wanted = vec![labels.is_empty(); types.len()];
    for label in labels {
        let sort = EntityKind::of_label(label);
        let same = |name: &String| name == label;
        let alike = |name: &String| name.eq_ignore_ascii_case(label);
        let of_kind = |name: &String| sort != EntityKind::Other && EntityKind::of_label(name) == sort;
        let rules: [&dyn Fn(&String) -> bool; 3] = [&same, &alike, &of_kind];
        let Some(rule) = rules.into_iter().find(|rule| types.iter().any(rule)) else {
            let what = format!("\"{label}\" is not a label; expected {}", types.join(", "));
            return Err(Error::new(Kind::BadOption, what).in_field("labels"));
        };
        for (wanted, name) in wanted.iter_mut().zip(types) {
            *wanted |= rule(name);
        }
    }
    Ok(wanted)
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
            let kind = self.entities.list[entity as usize].kind;
            (in_zones && wanted.get(kind as usize).copied().unwrap_or(true)).then_some(SelectedMention {
                article,
                position,
                mention,
                entity,
            })
        })
    }

    /// The articles in which any of these entities is mentioned, by position. An entity is given by
    /// its name or its id.
    ///
    /// # Errors
    /// Those of [`Resolution::expect_entities`]. Cancellation.
    pub fn naming(&self, names: &[String], zones: ZoneSet, watch: &Watch) -> Result<Vec<usize>> {
        self.expect_entities(names, watch)?;
        let wanted: Vec<bool> = self
            .entities
            .list
            .iter()
            .map(|entity| names.contains(&entity.name) || names.contains(&entity.id))
            .collect();
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
    /// that does not occur at all is accepted. Reads all mentions once, if a name is not that of an
    /// entity.
    ///
    /// # Errors
    /// [`Kind::BadOption`] for such a spelling; the message has the name that is meant.
    /// Cancellation.
    pub(crate) fn expect_entities(&self, names: &[String], watch: &Watch) -> Result<()> {
        let list = &self.entities.list;
        let known: HashSet<&String> = list.iter().flat_map(|entity| [&entity.name, &entity.id]).collect();
        let unknown: Vec<&String> = names.iter().filter(|name| !known.contains(name)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        // The number of each unknown name in lower case, and for each how often an entity is meant.
        let numbers: Map<String, usize> = unknown.iter().map(|name| name.to_lowercase()).zip(0..).collect();
        let number = |text: &str| numbers.get(&text.to_lowercase()).copied();
        let of_entity: Vec<Option<usize>> = list.iter().map(|entity| number(&entity.name)).collect();
        let mut counts: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); unknown.len()];
        let mentions = watch.through(self.all_selected_mentions(ZoneSet::ALL, &[]));
        for SelectedMention { article, mention, entity, .. } in mentions {
            let (of_name, of_text) = (of_entity[entity as usize], number(&spelt(article, mention.span)));
            for at in of_name.into_iter().chain(of_text.filter(|_| of_text != of_name)) {
                *counts[at].entry(entity).or_default() += 1;
            }
        }
        watch.check()?;
        for name in unknown {
            // Entities are in the order of their names, so the first of equal counts is kept.
            let meant = number(name).and_then(|at| {
                counts[at].iter().max_by_key(|&(entity, count)| (*count, std::cmp::Reverse(*entity)))
            });
            if let Some((&entity, _)) = meant {
                let what = format!(
                    "\"{name}\" is not the name of an entity; expected a name as in the column \"entity\", such as \"{}\"",
                    list[entity as usize].name
                );
                return Err(Error::new(Kind::BadOption, what).in_field("entity"));
            }
        }
        Ok(())
    }

    /// The name of an entity.
    pub(crate) fn name(&self, entity: u32) -> &str {
        &self.entities.list[entity as usize].name
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
