//! What is already known about the mentions and entities of a selection?
//!
//! The default tagger reads an article only once, and once more per change of the gazetteer,
//! whichever selections contain the article. Entities are resolved once per selection and set of
//! mentions, so all tables of a selection agree.

use std::sync::Arc;

use super::cache::Cache;
use super::identity::Entities;
use super::keep::{self, Origin};
use super::mention::mentions;
use super::outline::NameOutlines;
use super::select::Resolution;
use super::supplied::types_with;
use crate::batch::{Guarded, Once, Watch};
use crate::corpus::Corpus;
use crate::error::{Error, Kind, Result};
use crate::gazetteer::Gazetteer;
use crate::tagger::Tagger;

/// What finds the mentions: a tagger, and optionally a gazetteer.
#[derive(Clone, Copy, Default)]
pub struct Finder<'a> {
    /// The tagger; the default tagger if `None`.
    pub tagger: Option<&'a Tagger>,
    /// Supplied names, which take precedence over the names that the tagger finds.
    pub gazetteer: Option<&'a Arc<Gazetteer>>,
}

/// The mentions of a store's articles, shared by all its selections.
#[derive(Debug)]
enum Mentions {
    /// Mentions found by a tagger.
    Found(Found),
    /// External mentions.
    External(Arc<Cache>),
}

impl Default for Mentions {
    fn default() -> Self {
        Self::Found(Found::default())
    }
}

/// The mentions that taggers found.
#[derive(Debug, Default)]
struct Found {
    /// The mentions found by the default tagger alone.
    default: Once<Arc<Cache>>,
    /// The most recent gazetteer, and the mentions found by the default tagger together with it.
    last: Guarded<Option<(Arc<Gazetteer>, Arc<Cache>)>>,
}

impl Found {
    /// The cache for the mentions that a finder finds. The cache of the default tagger alone is
    /// kept permanently, and that with a gazetteer until another gazetteer is used. The cache of
    /// any other tagger is not kept.
    fn cache(&self, articles: usize, model: &Tagger, finder: Finder<'_>) -> Result<Arc<Cache>> {
        let Self { default, last } = self;
        let types = types_with(model, finder.gazetteer.map(AsRef::as_ref))?;
        let new = || Arc::new(Cache::new(articles, types));
        Ok(match (finder.tagger, finder.gazetteer) {
            (None, None) => Arc::clone(default.get_or_make(|| Ok(new()))?),
            (None, Some(gazetteer)) => last.with(|last| match last {
                Some((known, cache)) if Arc::ptr_eq(known, gazetteer) => Arc::clone(cache),
                _ => Arc::clone(&last.insert((Arc::clone(gazetteer), new())).1),
            }),
            (Some(_), _) => new(),
        })
    }
}

/// What is known about the mentions and entities of one selection.
#[derive(Debug, Default)]
pub struct WhoIsWho {
    mentions: Arc<Mentions>,
    /// The names in articles that were read before.
    known: Option<Arc<NameOutlines>>,
    /// The most recent resolution, and the cache whose mentions it resolves.
    resolved: Guarded<Option<(Arc<Cache>, Arc<Entities>)>>,
}

impl WhoIsWho {
    /// External mentions, and no others.
    pub fn external(cache: Cache) -> Self {
        Self { mentions: Arc::new(Mentions::External(Arc::new(cache))), ..Self::default() }
    }

    /// Whether the mentions are external.
    pub fn is_external(&self) -> bool {
        matches!(*self.mentions, Mentions::External(_))
    }

    /// The same mentions, for another selection of the store.
    #[must_use]
    pub fn of_selection(&self) -> Self {
        let (mentions, known) = (Arc::clone(&self.mentions), self.known.clone());
        Self { mentions, known, resolved: Guarded::default() }
    }

    /// The same mentions, resolved with the names in articles that were read before as evidence.
    #[must_use]
    pub(crate) fn knowing(&self, known: NameOutlines) -> Self {
        Self { known: Some(Arc::new(known)), ..self.of_selection() }
    }

    /// The cache with the mentions of a selection. Finds what has not been found yet.
    fn cache(&self, corpus: &Corpus, finder: Finder<'_>, watch: &Watch) -> Result<Arc<Cache>> {
        match &*self.mentions {
            Mentions::External(cache) => {
                if finder.tagger.is_some() || finder.gazetteer.is_some() {
                    let what = "the corpus has external mentions, from with_mentions; expected no tagger and no gazetteer";
                    let field = if finder.tagger.is_some() { "tagger" } else { "gazetteer" };
                    return Err(Error::new(Kind::BadOption, what).in_field(field));
                }
                Ok(Arc::clone(cache))
            }
            Mentions::Found(found) => {
                let model = match finder.tagger {
                    Some(tagger) => tagger,
                    None => Tagger::default_model()?,
                };
                let cache = found.cache(corpus.store().len(), model, finder)?;
                mentions(corpus, model, finder.gazetteer.map(AsRef::as_ref), &cache, watch)?;
                Ok(cache)
            }
        }
    }

    /// The articles as the bytes of a file, with their mentions if these are external, or if
    /// `found` says so; the default tagger finds those that it has not found yet.
    ///
    /// # Errors
    /// [`Kind::OutOfMemory`]; cancellation.
    pub fn to_bytes(&self, corpus: &Corpus, found: bool, watch: &Watch) -> Result<Vec<u8>> {
        let origin = if self.is_external() { Origin::External } else { Origin::Found };
        let block = (found || self.is_external()).then(|| {
            let cache = self.cache(corpus, Finder::default(), watch)?;
            keep::to_block(corpus, &cache, origin, watch)
        });
        corpus.to_bytes_with(block.transpose()?, watch)
    }

    /// The articles of a file, and their mentions if the file has them.
    ///
    /// # Errors
    /// [`Kind::BadState`]: the bytes are not a corpus, or are damaged, cut short or of a newer
    /// version. [`Kind::OutOfMemory`]; cancellation.
    pub fn from_bytes(bytes: &[u8], watch: &Watch) -> Result<(Corpus, Self)> {
        let (corpus, block) = Corpus::from_bytes_with(bytes, watch)?;
        let kept = block.map(|block| keep::from_block(&block, &corpus, watch)).transpose()?.flatten();
        let mentions = match kept {
            Some((Origin::External, cache)) => Mentions::External(Arc::new(cache)),
            Some((Origin::Found, cache)) => {
                let found = Found::default();
                found.default.fill(Arc::new(cache));
                Mentions::Found(found)
            }
            None => Mentions::default(),
        };
        Ok((corpus, Self { mentions: Arc::new(mentions), ..Self::default() }))
    }

    /// The resolved mentions of a selection. Finds and resolves what is not known yet.
    ///
    /// # Errors
    /// [`Kind::BadOption`] if a tagger or a gazetteer is requested for external mentions.
    /// Cancellation.
    pub fn resolve<'a>(
        &self,
        corpus: &'a Corpus,
        finder: Finder<'_>,
        watch: &Watch,
    ) -> Result<Resolution<'a>> {
        let cache = self.cache(corpus, finder, watch)?;
        let known = self.resolved.with(|resolved| {
            let (of, entities) = resolved.as_ref()?;
            Arc::ptr_eq(of, &cache).then(|| Arc::clone(entities))
        });
        if let Some(entities) = known {
            return Ok(Resolution { corpus, cache, entities });
        }
        let resolution = Resolution::knowing(corpus, cache, self.known.as_deref(), watch)?;
        let kept = (Arc::clone(&resolution.cache), Arc::clone(&resolution.entities));
        self.resolved.with(|resolved| *resolved = Some(kept));
        Ok(resolution)
    }
}
