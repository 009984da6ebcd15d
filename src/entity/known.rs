//! What is already known of the mentions and entities of a selection?
//!
//! An article is read once for each tagger and gazetteer, whichever selections it belongs to; who is who is worked out once for
//! a selection, so that all its tables agree.

use std::sync::Arc;

use super::cache::Cache;
use super::identity::Entities;
use super::mention::mentions;
use super::select::Resolution;
use super::supplied::types_with;
use crate::batch::{Guarded, Once, Watch};
use crate::corpus::Corpus;
use crate::error::{Error, Kind, Result};
use crate::gazetteer::Gazetteer;
use crate::tagger::Tagger;

/// Who finds the mentions: a tagger (the default one where none is given), and a gazetteer beside it.
#[derive(Clone, Copy, Default)]
pub struct Finder<'a> {
    /// The tagger; the default one where none is given.
    pub tagger: Option<&'a Tagger>,
    /// The names that are preferred to the tagger's.
    pub gazetteer: Option<&'a Arc<Gazetteer>>,
}

/// The mentions of a store's articles, shared by all its selections.
#[derive(Debug)]
enum Mentions {
    /// Those that the default tagger finds, and those that it finds beside the last gazetteer.
    Found(Once<Arc<Cache>>, Guarded<Option<(Arc<Gazetteer>, Arc<Cache>)>>),
    /// Those that the caller supplied.
    External(Arc<Cache>),
}

impl Default for Mentions {
    fn default() -> Self {
        Self::Found(Once::new(), Guarded::default())
    }
}

impl Mentions {
    /// The cache of what a finder finds. The default tagger's is kept for good, that beside a gazetteer until the next
    /// gazetteer; another tagger's is not kept.
    fn cache(&self, articles: usize, model: &Tagger, finder: Finder<'_>) -> Result<Arc<Cache>> {
        let (default, last) = match self {
            Self::Found(default, last) => (default, last),
            Self::External(cache) => return Ok(Arc::clone(cache)),
        };
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

/// What is known of the mentions and entities of one selection.
#[derive(Debug, Default)]
pub struct WhoIsWho {
    mentions: Arc<Mentions>,
    /// Who is who among the mentions of a cache, as it was last worked out.
    resolved: Guarded<Option<(Arc<Cache>, Arc<Entities>)>>,
}

impl WhoIsWho {
    /// Mentions that the caller supplied, and no others.
    pub fn external(cache: Cache) -> Self {
        Self { mentions: Arc::new(Mentions::External(Arc::new(cache))), resolved: Guarded::default() }
    }

    /// The same mentions, for another selection of the store.
    #[must_use]
    pub fn of_selection(&self) -> Self {
        Self { mentions: Arc::clone(&self.mentions), resolved: Guarded::default() }
    }

    /// The mentions of a selection and who is who among them; what is not known yet is found now.
    ///
    /// # Errors
    /// [`Kind::BadOption`]: a tagger or a gazetteer for mentions that the caller supplied; and cancellation.
    pub fn resolve<'a>(
        &self,
        corpus: &'a Corpus,
        finder: Finder<'_>,
        watch: &Watch,
    ) -> Result<Resolution<'a>> {
        let cache = if let Mentions::External(cache) = &*self.mentions {
            if finder.tagger.is_some() || finder.gazetteer.is_some() {
                let what = "the corpus has mentions of its own, from with_mentions; expected no tagger and no gazetteer";
                let field = if finder.tagger.is_some() { "tagger" } else { "gazetteer" };
                return Err(Error::new(Kind::BadOption, what).in_field(field));
            }
            Arc::clone(cache)
        } else {
            let model = match finder.tagger {
                Some(tagger) => tagger,
                None => Tagger::default_model()?,
            };
            let cache = self.mentions.cache(corpus.store().len(), model, finder)?;
            mentions(corpus, model, finder.gazetteer.map(AsRef::as_ref), &cache, watch)?;
            cache
        };
        let known = self.resolved.with(|resolved| {
            let (of, entities) = resolved.as_ref()?;
            Arc::ptr_eq(of, &cache).then(|| Arc::clone(entities))
        });
        if let Some(entities) = known {
            return Ok(Resolution { corpus, cache, entities });
        }
        let resolution = Resolution::new(corpus, cache, watch)?;
        let kept = (Arc::clone(&resolution.cache), Arc::clone(&resolution.entities));
        self.resolved.with(|resolved| *resolved = Some(kept));
        Ok(resolution)
    }
}
