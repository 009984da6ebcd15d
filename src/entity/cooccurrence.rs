//! Which entities are named together?
//!
//! Two entities co-occur in a sentence, a paragraph or an article that names both. A context counts
//! once, however often it names them. Four numbers are kept per pair: its count, the counts of its
//! two members, and the number of all contexts. Measures of association are functions of these
//! four.
//!
//! Places of one name are one here, whatever their countries, because rows name them.
//!
//! Invariants: counts are sums over articles, so neither the order of the articles nor the number
//! of threads affects them. Cost: the square of the number of distinct entities in a context. A
//! context that names more than `most` entities is a list (of results, of guests) rather than a
//! meeting; it is skipped, and the number of skipped contexts is reported.

use super::cache::Cache;
use super::identity::Entities;
use super::select::{Resolution, label_names, wanted};
use crate::batch::{Statistic, Watch, reduce, sort_by};
use crate::corpus::{ArticleRef, Context, Groups, One, Unit, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::measure::{Association, Pair, Setting, columns};
use crate::table::{Column, Table, Values};

/// How co-occurring entities are counted.
#[derive(Debug, Clone)]
pub struct CooccurrenceOptions {
    /// The labels of the entities; all labels if empty.
    pub labels: Vec<String>,
    /// The context in which entities co-occur.
    pub within: Context,
    /// Pairs with a smaller count (in their group) are ignored.
    pub min_pairs: u64,
    /// Contexts that name more distinct entities are skipped.
    pub most: usize,
    /// The measures, in the order of their columns.
    pub measures: Vec<Association>,
    /// The column that rows are sorted by, in descending order; `count` if `None`.
    pub sort: Option<String>,
}

/// A group and two of its entities, the smaller number first.
type GroupPair = (u32, u32, u32);

/// The counts over some articles, in units of the weights.
#[derive(Default)]
struct Counts {
    /// The numbers of contexts and of articles that name both.
    pairs: Map<GroupPair, (u64, u64)>,
    /// The number of contexts that name the entity, by group and entity.
    singles: Map<(u32, u32), u64>,
    /// The number of contexts of each group.
    contexts: Map<u32, u64>,
    /// The number of contexts that were skipped, not weighted.
    skipped: u64,
}

impl Counts {
    fn merge(&mut self, other: Self) {
        for (key, (count, articles)) in other.pairs {
            let sum = self.pairs.entry(key).or_insert((0, 0));
            *sum = (sum.0 + count, sum.1 + articles);
        }
        for (key, count) in other.singles {
            *self.singles.entry(key).or_insert(0) += count;
        }
        for (group, count) in other.contexts {
            *self.contexts.entry(group).or_insert(0) += count;
        }
        self.skipped += other.skipped;
    }

    /// Adds the entities in the contexts of one article, sorted by group and context.
    fn add_article(&mut self, named: &[(u32, u32, u32)], weight: u64, most: usize) {
        let mut seen: Vec<GroupPair> = Vec::new();
        for context in named.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let group = context[0].0;
            for &(_, _, entity) in context {
                *self.singles.entry((group, entity)).or_insert(0) += weight;
            }
            if context.len() > most {
                self.skipped += 1;
                continue;
            }
            for (at, &(_, _, a)) in context.iter().enumerate() {
                for &(_, _, b) in &context[at + 1..] {
                    self.pairs.entry((group, a, b)).or_insert((0, 0)).0 += weight;
                    seen.push((group, a, b));
                }
            }
        }
        seen.sort_unstable();
        seen.dedup();
        for key in seen {
            if let Some((_, articles)) = self.pairs.get_mut(&key) {
                *articles += weight;
            }
        }
    }
}

/// One row per pair of entities (and group): the columns of the groups, a, b (a precedes b in byte
/// order), count, articles, one column per measure, `a_label`, `b_label`.
///
/// # Errors
/// [`Kind::BadOption`] for a label that no mention can have, a `sort` that is not a column, or an
/// invalid group. Cancellation.
pub fn cooccurrence<S: AsRef<str>>(
    resolution: &Resolution<'_>,
    by: &[S],
    zones: ZoneSet,
    options: &CooccurrenceOptions,
    watch: &Watch,
) -> Result<Table> {
    let Resolution { corpus, cache, .. } = resolution;
    let groups = corpus.groups(by, watch)?;
    let wanted = wanted(cache, &options.labels)?;
    let units = corpus.all_units(zones, watch)?;
    reduce(&Pairing { resolution, groups: &groups, zones, wanted: &wanted, options }, &units, watch)
}

/// Counts the pairs of entities in each context. A partial holds counts by group and entity, and
/// merging adds them. Its numbers are those of the groups and entities of one resolution.
struct Pairing<'a> {
    resolution: &'a Resolution<'a>,
    groups: &'a Groups,
    zones: ZoneSet,
    wanted: &'a [bool],
    options: &'a CooccurrenceOptions,
}

impl Statistic for Pairing<'_> {
    type Unit = Unit;
    type Partial = Counts;
    type Output = Table;

    fn empty(&self) -> Counts {
        Counts::default()
    }

    fn add(&self, counts: &mut Counts, unit: &Unit, watch: &Watch) -> Result<()> {
        let Self { resolution, groups, zones, wanted, options } = *self;
        for &position in watch.through(&unit.articles) {
            let position = position as usize;
            let Some(article) = resolution.corpus.article(position) else { continue };
            let weight = resolution.corpus.weight(position);
            add_contexts(counts, groups, (position, weight), article, zones, options.within);
            let mut named: Vec<(u32, u32, u32)> = resolution
                .selected_mentions(position, article, zones, wanted)
                .map(|selected| {
                    let mention = selected.mention;
                    let zone = article.part.zones[mention.zone as usize].kind;
                    let context = match options.within {
                        Context::Sentence => mention.sentence,
                        Context::Paragraph => mention.zone,
                        Context::Article => 0,
                    };
                    (groups.of(position, zone), context, resolution.entities.named_alike(selected.entity))
                })
                .collect();
            named.sort_unstable();
            named.dedup();
            counts.add_article(&named, weight, options.most);
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Counts>, watch: &Watch) -> Result<Counts> {
        let mut counts = Counts::default();
        watch.through(partials).for_each(|partial| counts.merge(partial));
        watch.check()?;
        Ok(counts)
    }

    fn finish(&self, counts: Counts, watch: &Watch) -> Result<Table> {
        let Resolution { corpus, cache, entities } = self.resolution;
        table((counts, corpus.one()), self.groups, entities, cache, self.options, watch)
    }
}

/// Counts the contexts of an article, including those that name nobody.
fn add_contexts(
    counts: &mut Counts,
    groups: &Groups,
    (position, weight): (usize, u64),
    article: ArticleRef<'_>,
    zones: ZoneSet,
    within: Context,
) {
    let mut last = None;
    for zone in article.zones(zones) {
        let group = groups.of(position, article.part.zones[zone].kind);
        let contexts = match within {
            Context::Sentence => article.part.sentences_of(zone).len() as u64,
            Context::Paragraph => 1,
            Context::Article => u64::from(last != Some(group)),
        };
        last = Some(group);
        *counts.contexts.entry(group).or_insert(0) += contexts * weight;
    }
}

/// The columns of [`cooccurrence`] that follow those of the groups.
const COLUMNS: [&str; 6] = ["a", "b", "count", "articles", "a_label", "b_label"];

fn table(
    (counts, one): (Counts, One),
    groups: &Groups,
    entities: &Entities,
    cache: &Cache,
    options: &CooccurrenceOptions,
    watch: &Watch,
) -> Result<Table> {
    let Counts { pairs, singles, contexts, skipped } = counts;
    let mut rows: Vec<(GroupPair, (u64, u64))> =
        pairs.into_iter().filter(|(_, (count, _))| *count >= one.least(options.min_pairs)).collect();
    watch.check()?;
    sort_by(&mut rows, watch, |a, b| {
        (a.0.0).cmp(&b.0.0).then_with(|| b.1.0.cmp(&a.1.0)).then_with(|| a.0.cmp(&b.0))
    })?;
    let pair = |&((group, a, b), (count, _)): &(GroupPair, (u64, u64))| {
        let single = |entity: u32| one.number(singles.get(&(group, entity)).copied().unwrap_or(0));
        let n = one.number(contexts.get(&group).copied().unwrap_or(0));
        Pair { o11: one.number(count), r1: single(a), c1: single(b), n }
    };
    let measured: Vec<Pair> = rows.iter().map(pair).collect();
    let scored = columns(&options.measures, &measured, &Setting::default(), watch)?;
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    if let Some(sort) = options.sort.as_deref().filter(|&sort| sort != "count") {
        let Some((_, values)) = scored.iter().find(|(name, _)| *name == sort) else {
            let known: Vec<&str> =
                std::iter::once("count").chain(scored.iter().map(|(name, _)| *name)).collect();
            let what = format!("there is no column \"{sort}\"; there are {}", known.join(", "));
            return Err(Error::new(Kind::BadOption, what).in_field("sort"));
        };
        sort_by(&mut order, watch, |&x, &y| {
            let (x, y) = (x as usize, y as usize);
            (rows[x].0.0).cmp(&rows[y].0.0).then_with(|| values[y].total_cmp(&values[x])).then(x.cmp(&y))
        })?;
    }
    let of_group: Vec<u32> = rows.iter().map(|((group, ..), _)| *group).collect();
    let mut result = Table::new();
    for (name, column) in groups.key_columns(&of_group, &COLUMNS, watch)? {
        result = result.with(name, column)?;
    }
    let name = |entity: u32| &entities.list[entity as usize].name;
    let label = |side: fn(&GroupPair) -> u32| {
        let codes = rows.iter().map(|(key, _)| u32::from(entities.list[side(key) as usize].kind)).collect();
        Values::Category(codes, label_names(cache))
    };
    result = result
        .with("a", Column::text(rows.iter().map(|((_, a, _), _)| name(*a))))?
        .with("b", Column::text(rows.iter().map(|((_, _, b), _)| name(*b))))?
        .with("count", one.column(rows.iter().map(|(_, (count, _))| *count)))?
        .with("articles", one.column(rows.iter().map(|(_, (_, articles))| *articles)))?;
    for (name, values) in scored {
        result = result.with(name, Values::Float(values))?;
    }
    let all: u64 = contexts.values().sum();
    Ok(result
        .with("a_label", label(|key| key.1))?
        .with("b_label", label(|key| key.2))?
        .take(&order, watch)?
        .with_fact("N", &one.number(all))
        .with_fact("skipped", &skipped))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};
    use crate::entity::{Finder, WhoIsWho};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let known = WhoIsWho::default();
            let resolution = known.resolve(&corpus, Finder::default(), &watch).unwrap();
            let wanted = wanted(&resolution.cache, &[]).unwrap();
            let units = units(&corpus, &corpus.groups::<&str>(&[], &watch).unwrap());
            for within in [Context::Sentence, Context::Paragraph, Context::Article] {
                let options = CooccurrenceOptions {
                    labels: Vec::new(),
                    within,
                    min_pairs: 1,
                    most: 3,
                    measures: vec![Association::ALL[0].1],
                    sort: None,
                };
                let pairing = Pairing {
                    resolution: &resolution,
                    groups: &corpus.groups(&["month"], &watch).unwrap(),
                    zones: ZoneSet::default(),
                    wanted: &wanted,
                    options: &options,
                };
                holds_for_every_cut(&pairing, &units, cuts, |table| table);
            }
        }
    }
}
