//! Which entities are named more in some articles than in others?
//!
//! The mentions of each entity are counted on both sides, and compared as terms are: N is the
//! number of all mentions of a side. Within one corpus, who is who is decided for all its articles
//! together, so an entity has one name on both sides. Entities that share their name count
//! together.
//!
//! Cost: that of counting entities, and that of the comparison.

use std::collections::HashSet;

use super::count::entity_counts;
use super::known::{Finder, WhoIsWho};
use super::select::Resolution;
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::Result;
use crate::stats::{KeynessOptions, TermCounts, keyness_of_counts, keyness_of_groups};
use crate::table::Table;

/// The column of the entities.
const ITEM: &str = "entity";

/// Which entities are compared.
pub struct KeyEntities<'a> {
    /// The zones in which a mention counts.
    pub zones: ZoneSet,
    /// The labels of the entities; all labels if empty.
    pub labels: &'a [String],
    /// How they are compared.
    pub options: &'a KeynessOptions,
}

impl KeyEntities<'_> {
    /// The mentions of each entity in each group.
    fn counts(&self, resolution: &Resolution<'_>, groups: &Groups, watch: &Watch) -> Result<TermCounts> {
        let rows = entity_counts(resolution, groups, self.zones, self.labels, watch)?;
        let rows = rows
            .iter()
            .map(|(group, name, mentions, articles)| (*group, name.as_str(), *mentions, *articles));
        let corpus = resolution.corpus;
        TermCounts::of_rows(groups, rows, (corpus.weight_of_all(), corpus.one()), watch)
    }

    /// Compares each group with all the others: the keys of the group, then entity, target,
    /// reference, and the columns of [`keyness`](crate::stats::keyness).
    ///
    /// # Errors
    /// Those of [`crate::stats::keyness_by`]; [`Kind::BadOption`](crate::error::Kind::BadOption)
    /// for a label that no mention can have. Cancellation.
    pub fn by<S: AsRef<str>>(&self, resolution: &Resolution<'_>, by: &[S], watch: &Watch) -> Result<Table> {
        let groups = resolution.corpus.groups(by, watch)?;
        keyness_of_groups(
            &self.counts(resolution, &groups, watch)?,
            &groups.sizes(resolution.corpus),
            ITEM,
            self.options,
            watch,
        )
    }

    /// Compares two selections of the store of `corpus`: entity, target, reference, and the columns
    /// of [`keyness`](crate::stats::keyness).
    ///
    /// # Errors
    /// As [`KeyEntities::by`].
    pub fn between(
        &self,
        (corpus, who_is_who): (&Corpus, &WhoIsWho),
        [target, reference]: [&Corpus; 2],
        watch: &Watch,
    ) -> Result<Table> {
        let sides = [target, reference].map(|side| side.rows().into_iter().collect::<HashSet<u32>>());
        let (known, mut all) = (corpus.rows().into_iter().collect::<HashSet<u32>>(), corpus.rows());
        let mut others: Vec<u32> =
            sides.iter().flatten().filter(|row| !known.contains(row)).copied().collect();
        others.sort_unstable();
        others.dedup();
        let (wider, known);
        let (corpus, who_is_who) = if others.is_empty() {
            (corpus, who_is_who)
        } else {
            all.extend(others);
            (wider, known) = (corpus.with_rows(all), who_is_who.of_selection());
            (&wider, &known)
        };
        // Groups: articles of neither side, of the target, of the reference, of both.
        let side = |row: &u32| u32::from(sides[0].contains(row)) + 2 * u32::from(sides[1].contains(row));
        let groups = Groups::numbered(corpus.rows().iter().map(side).collect(), 4);
        let weighted = target.weigh(corpus);
        let resolution = who_is_who.resolve(corpus, Finder::default(), watch)?.of_articles(&weighted);
        let counts = self.counts(&resolution, &groups, watch)?;
        let articles = groups.sizes(resolution.corpus);
        let overlap = articles[3];
        let side = |own: usize| counts.of_groups_together(&[own, 3], articles[own] + overlap, watch);
        let table = keyness_of_counts([side(1)?, side(2)?], ITEM, self.options, watch)?;
        Ok(table.with_fact("overlap", &counts.one.number(overlap)))
    }

    /// Compares two corpora, in each of which who is who is decided separately.
    ///
    /// # Errors
    /// As [`KeyEntities::by`].
    pub fn of_two(&self, sides: [(&Corpus, &WhoIsWho); 2], watch: &Watch) -> Result<Table> {
        let count = |(corpus, who_is_who): (&Corpus, &WhoIsWho)| {
            let groups = corpus.groups::<&str>(&[], watch)?;
            self.counts(&who_is_who.resolve(corpus, Finder::default(), watch)?, &groups, watch)
        };
        let [target, reference] = sides;
        let table = keyness_of_counts([count(target)?, count(reference)?], ITEM, self.options, watch)?;
        Ok(table.with_fact("overlap", &0))
    }
}
