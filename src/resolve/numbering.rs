//! How are equal keys numbered? Each key of an article has one entity.

use std::hash::Hash;

use super::link::{ArticleEntity, Resolved};
use crate::hash::Map;

/// Entities by key.
pub(crate) struct Units<K>(Map<K, u32>);

impl<K> Default for Units<K> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<K: Hash + Eq> Units<K> {
    /// The entity of a key, which is created at its first mention.
    pub(crate) fn number(
        &mut self,
        key: K,
        mention: usize,
        resolved: &mut Resolved,
        make: impl FnOnce(usize) -> ArticleEntity,
    ) -> u32 {
        *self.0.entry(key).or_insert_with(|| {
            resolved.who.push(make(mention));
            resolved.who.len() as u32 - 1
        })
    }
}
