//! Into which units of work is a selection cut?

use super::{ArticleRef, Corpus, Groups, ZoneSet};
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;

/// Some articles (by position) of one group, and the zones of them that belong to it.
pub(crate) struct Unit {
    pub(crate) group: u32,
    pub(crate) zones: ZoneSet,
    pub(crate) articles: Vec<u32>,
}

/// The bytes of text from which a unit is full. Small enough that many threads finish at the same
/// time, and large enough that the cost of a unit is that of its text.
const UNIT: usize = 1 << 18;

impl Corpus {
    /// The units of a selection: each group's articles in their order, in runs of about equal text.
    /// The cut depends on the selection and its groups alone.
    pub(crate) fn units(&self, groups: &Groups, zones: ZoneSet) -> Vec<Unit> {
        let mut units = Vec::new();
        for (kind, zones) in groups.zone_sets(zones) {
            let mut open: Map<u32, (Unit, usize)> = Map::default();
            for (position, article) in self.articles().enumerate() {
                let group = groups.of(position, kind);
                let (unit, bytes) =
                    open.entry(group).or_insert_with(|| (Unit { group, zones, articles: Vec::new() }, 0));
                unit.articles.push(position as u32);
                *bytes += article.bytes();
                if *bytes >= UNIT
                    && let Some((full, _)) = open.remove(&group)
                {
                    units.push(full);
                }
            }
            units.extend(open.into_values().map(|(unit, _)| unit));
        }
        units.sort_by_key(|unit| (unit.group, unit.articles.first().copied()));
        units
    }

    /// The units of a selection as one group.
    ///
    /// # Errors
    /// [`Kind::Cancelled`](crate::error::Kind::Cancelled).
    pub(crate) fn all_units(&self, zones: ZoneSet, watch: &Watch) -> Result<Vec<Unit>> {
        Ok(self.units(&self.groups::<&str>(&[], watch)?, zones))
    }
}

impl Unit {
    /// The text of its articles, in bytes.
    pub(crate) fn bytes(&self, corpus: &Corpus) -> usize {
        let articles = self.articles.iter().filter_map(|&at| corpus.article(at as usize));
        articles.map(ArticleRef::bytes).sum()
    }
}
