//! Which entities of different articles are the same?
//!
//! Each article entity has a key, and two have equal keys if they mean the same: a full name
//! regardless of its spelling, a country, or the name of a place together with its country. Article
//! entities with equal keys form a cluster. A cluster is split if it must contain several people,
//! because titles of both genders or incompatible ages occur in it. A cluster is joined to another
//! one if its name is a form of the other's name, and of no third name.
//!
//! Invariants: the result depends neither on the order of the articles nor on the numbers of keys
//! and names, because clusters are sorted by key before any decision. A name that fits two clusters
//! is joined to neither. No two entities have the same name, label and country. Cost: one look-up
//! per article entity, then linear in the number of distinct keys.

use std::collections::BTreeMap;

use super::cache::{Cache, CachedEntity};
use super::cluster::{Cluster, Occurrence};
use super::join::join;
use super::outline::NameOutlines;
use crate::article::is_news_agency;
use crate::batch::Watch;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::{Country, EntityKind, Gender, Rule, without_form};

/// An entity of the selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    /// The position of its label among the types of the cache.
    pub(crate) kind: u8,
    /// The canonical name, unique among the entities with the same label and country.
    pub(crate) name: String,
    /// A key that is the same for any articles that mean the same by it: the label, then the folded
    /// name, and the country.
    pub(crate) id: String,
    /// The country of a place, a nationality or an institution.
    pub(crate) country: Country,
    /// Whether some of its mentions fit several names.
    pub(crate) ambiguous: bool,
    /// Whether it is a news or picture agency.
    pub(crate) agency: bool,
}

/// The entities of a selection, in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    /// By position in the selection: the entity of each article entity.
    pub(crate) of_article: Vec<Vec<u32>>,
    /// By position in the selection: the rule that linked each article entity to its entity.
    pub(crate) rules: Vec<Vec<Rule>>,
}

/// What article entities of one cluster share: the label, the key, and whether the name is
/// ambiguous; for a lone surname, the title of rank that precedes it, plus one; and the supplied
/// name, plus one. Zero means that there is no title or no supplied name.
type ClusterKey = (u8, u32, bool, u32, u32);

impl Entities {
    /// The first entity with the name and the label of this one: its country may be another.
    pub(crate) fn named_alike(&self, entity: u32) -> u32 {
        let at = entity as usize;
        let alike = |other: &&Entity| other.name == self.list[at].name && other.kind == self.list[at].kind;
        // Entities are in the order of their names, then of their labels.
        entity - self.list[..at].iter().rev().take_while(alike).count() as u32
    }

    /// The entities of a selection. `known` are those of articles that were read before: they are
    /// evidence, and are not counted.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(
        corpus: &Corpus,
        cache: &Cache,
        known: Option<&NameOutlines>,
        watch: &Watch,
    ) -> Result<Self> {
        let known = known.map_or_else(Vec::new, |known| known.article_entities(cache));
        let names = cache.texts();
        let mut article_entities: Vec<&[CachedEntity]> =
            corpus.articles().map(|article| cache.article_entities(article.row)).collect();
        article_entities.extend(known.iter().map(Vec::as_slice));
        let mut numbers: Map<ClusterKey, usize> = Map::default();
        let mut gathered: Vec<(ClusterKey, Vec<Occurrence>)> = Vec::new();
        for (article, article_entities) in watch.through(article_entities.iter().enumerate()) {
            for (at, article_entity) in article_entities.iter().enumerate() {
                // A short form that fits several names is kept apart from one that fits a single
                // name.
                let rank = article_entity
                    .rank
                    .filter(|_| {
                        article_entity.sort == EntityKind::Person
                            && !article_entity.is_full
                            && !article_entity.supplied
                    })
                    .map_or(0, |rank| rank + 1);
                let supplied = if article_entity.supplied { article_entity.name + 1 } else { 0 };
                let key = (article_entity.kind, article_entity.key, article_entity.ambiguous, rank, supplied);
                let next = gathered.len();
                let number = *numbers.entry(key).or_insert(next);
                if number == next {
                    gathered.push((key, Vec::new()));
                }
                gathered[number].1.push((article, at));
            }
        }
        watch.check()?;
        gathered.sort_unstable_by(|(a, _), (b, _)| {
            let text = |number: u32| number.checked_sub(1).map(|number| names.text(number));
            a.0.cmp(&b.0)
                .then_with(|| names.key(a.1).cmp(names.key(b.1)))
                // Clusters with a supplied name precede others with the same key, which are joined
                // to them.
                .then_with(|| {
                    (a.2, text(a.3), a.4 == 0, text(a.4)).cmp(&(b.2, text(b.3), b.4 == 0, text(b.4)))
                })
        });
        let mut clusters: Vec<Cluster> = Vec::new();
        let mut of_article: Vec<Vec<u32>> =
            article_entities.iter().map(|article_entities| vec![0; article_entities.len()]).collect();
        for (_, rows) in watch.through(&gathered) {
            for (suffix, rule, rows) in split(rows, &article_entities) {
                for &(article, at) in &rows {
                    of_article[article][at] = clusters.len() as u32;
                }
                clusters.push(Cluster::new(&rows, &article_entities, &names, suffix, rule));
            }
        }
        watch.check()?;
        join(&mut clusters, watch)?;
        finish(&clusters, of_article, corpus.len(), cache.types(), watch)
    }
}

/// A subset of the article entities with one key: the suffix that distinguishes it, the rule that
/// split it off, and its occurrences.
type Subset = (String, Option<Rule>, Vec<Occurrence>);

/// Splits the article entities with one full name if titles or ages show that they are several
/// people. Article entities that show neither form a separate subset.
fn split(rows: &[Occurrence], article_entities: &[&[CachedEntity]]) -> Vec<Subset> {
    let article_entity = |&(article, at): &Occurrence| &article_entities[article][at];
    let whole = || vec![(String::new(), None, rows.to_vec())];
    if rows.first().is_none_or(|row| !article_entity(row).is_full || article_entity(row).supplied) {
        return whole();
    }
    let mut subsets: BTreeMap<String, Vec<Occurrence>> = BTreeMap::new();
    let has =
        |gender: Gender| rows.iter().filter(|row| article_entity(row).gender == gender).count() >= SEVERAL;
    let rule = if has(Gender::Man) && has(Gender::Woman) {
        for row in rows {
            let suffix = match article_entity(row).gender {
                Gender::Man => " (Mr)",
                Gender::Woman => " (Ms)",
                Gender::Unknown => "",
            };
            subsets.entry(suffix.to_owned()).or_default().push(*row);
        }
        Rule::BatchGender
    } else {
        let mut days: Vec<i32> = rows.iter().filter_map(|row| article_entity(row).born).collect();
        days.sort_unstable();
        let starts = generations(&days);
        if starts.len() < 2 {
            return whole();
        }
        for row in rows {
            let suffix = article_entity(row).born.map_or(String::new(), |day| {
                let at = starts.partition_point(|&(first, _)| first <= day);
                let middle = starts.get(at.saturating_sub(1)).map_or(day, |&(_, middle)| middle);
                format!(" (born about {})", &crate::calendar::format_day(middle)[..4])
            });
            subsets.entry(suffix).or_default().push(*row);
        }
        Rule::BatchAge
    };
    subsets.into_iter().map(|(suffix, rows)| (suffix, Some(rule), rows)).collect()
}

/// The number of articles that must state a gender or an age before a name is split by it: one
/// article alone may err.
const SEVERAL: usize = 2;

/// The maximum number of days between two adjacent birthdays of one run. Newspapers err by some
/// years, and the next bearer of a name is a generation away.
const SAME_PERSON: i32 = 10 * 365;

/// Runs of birthdays that can be those of one person: the first day of each run, and its middle.
/// A run of fewer than [`SEVERAL`] is ignored.
fn generations(days: &[i32]) -> Vec<(i32, i32)> {
    let mut runs: Vec<Vec<i32>> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|&last| day - last <= SAME_PERSON) => run.push(day),
            _ => runs.push(vec![day]),
        }
    }
    runs.retain(|run| run.len() >= SEVERAL);
    runs.iter().map(|run| (run[0], run[run.len() / 2])).collect()
}

/// Assigns names and numbers to the entities.
fn finish(
    clusters: &[Cluster],
    mut of_article: Vec<Vec<u32>>,
    counted: usize,
    types: &[String],
    watch: &Watch,
) -> Result<Entities> {
    let root = |mut at: usize| {
        while let Some((next, _)) = clusters[at].part_of {
            at = next;
        }
        at
    };
    let roots: Vec<usize> = (0..clusters.len()).map(root).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, &root) in roots.iter().enumerate() {
        members.entry(root).or_default().push(at);
    }
    let mut named: Vec<(Entity, usize)> = watch
        .through(&members)
        .map(|(&root, members)| {
            let name = canonical(clusters, root, members);
            let entity = Entity {
                kind: clusters[root].kind,
                agency: clusters[root].sort == Some(EntityKind::Organisation) && is_news_agency(&name),
                id: format!(
                    "{}:{}",
                    types[clusters[root].kind as usize].to_lowercase(),
                    identifying(clusters, root, members).id()
                ),
                name,
                country: members
                    .iter()
                    .map(|&at| clusters[at].country)
                    .find(|country| country.is_some())
                    .unwrap_or_default(),
                ambiguous: members.iter().any(|&at| clusters[at].ambiguous),
            };
            (entity, root)
        })
        .collect();
    watch.check()?;
    // Places and institutions of one name in different countries are different entities.
    let order = |entity: &Entity| (entity.kind, entity.country);
    named.sort_by(|(a, x), (b, y)| a.name.cmp(&b.name).then(order(a).cmp(&order(b))).then(x.cmp(y)));
    let mut list: Vec<Entity> = Vec::new();
    let mut numbers: Vec<u32> = vec![0; clusters.len()];
    for (entity, root) in named {
        match list.last_mut() {
            Some(same) if same.name == entity.name && order(same) == order(&entity) => {
                same.ambiguous |= entity.ambiguous;
            }
            _ => list.push(entity),
        }
        numbers[root] = list.len() as u32 - 1;
    }
    // Clusters of which an article that counts is a member.
    let mut own = vec![false; clusters.len()];
    of_article[..counted].iter().flatten().for_each(|&at| own[at as usize] = true);
    let rule = |at: usize| match clusters[at].part_of {
        Some(_) if !own[roots[at]] => Rule::KnownBefore,
        Some((_, rule)) => rule,
        None => clusters[at].rule.unwrap_or(Rule::BatchSameName),
    };
    of_article.truncate(counted);
    watch.check()?;
    let rules = of_article
        .iter()
        .map(|article_entities| article_entities.iter().map(|&at| rule(at as usize)).collect())
        .collect();
    for cluster in of_article.iter_mut().flatten() {
        *cluster = numbers[roots[*cluster as usize]];
    }
    Ok(Entities { list, of_article, rules })
}

/// The cluster whose key identifies an entity: that of the full form which most articles give; the
/// first in the order of the keys if there is a tie.
fn identifying<'a>(clusters: &'a [Cluster], root: usize, members: &[usize]) -> &'a Cluster {
    let is_full = |at: usize| match clusters[at].part_of {
        None => at == root,
        Some((_, rule)) => rule == Rule::BatchLongerName,
    };
    let mut best = &clusters[root];
    for &at in members.iter().filter(|&&at| is_full(at)) {
        let (cluster, articles) = (&clusters[at], clusters[at].articles);
        if articles > best.articles || (articles == best.articles && cluster.key < best.key) {
            best = cluster;
        }
    }
    best
}

/// The most frequent full form; the first in byte order if there is a tie.
fn canonical(clusters: &[Cluster], root: usize, members: &[usize]) -> String {
    if let Some(supplied) = &clusters[root].supplied {
        return supplied.clone();
    }
    let mut counts: BTreeMap<&str, (bool, u64)> = BTreeMap::new();
    for &at in members {
        for (name, count) in &clusters[at].names {
            let entry = counts.entry(name).or_insert((false, 0));
            entry.0 |=
                clusters[at].is_full || (clusters[at].sort != Some(EntityKind::Person) && !is_acronym(name));
            entry.1 += count;
        }
    }
    let rank =
        |name: &str, &(is_full, count): &(bool, u64)| (is_full, name.contains(char::is_lowercase), count);
    let best = counts.iter().max_by(|a, b| rank(a.0, a.1).cmp(&rank(b.0, b.1)).then_with(|| b.0.cmp(a.0)));
    let name = best.map(|(name, _)| *name).unwrap_or_default();
    let name = match clusters[root].sort {
        Some(EntityKind::Organisation) => without_form(name),
        _ => name,
    };
    format!("{name}{}", clusters[root].suffix)
}

/// Whether a name is one short word with a capital after its first letter.
fn is_acronym(name: &str) -> bool {
    !name.contains(' ') && name.chars().count() < 8 && name.chars().skip(1).any(char::is_uppercase)
}
