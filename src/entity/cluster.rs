//! What do article entities with the same key have in common?

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::cache::{CachedEntity, Texts};
use crate::hash::Map;
use crate::resolve::{Country, EntityKind, Gender, Key, Rule};

/// A cluster of article entities: those with one key, or the subset of them that refers to one
/// person.
#[expect(clippy::struct_excessive_bools, reason = "each flag is an independent property")]
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    pub(crate) kind: u8,
    pub(crate) sort: Option<EntityKind>,
    pub(crate) key: Key,
    /// What distinguishes people with the same name, such as ` (Mr)`; it is appended to the name.
    pub(crate) suffix: String,
    pub(crate) country: Country,
    /// That of most articles which state one; unknown if there is a tie.
    pub(crate) gender: Gender,
    pub(crate) is_full: bool,
    pub(crate) ambiguous: bool,
    pub(crate) articles: u64,
    /// The number of articles that use each full name.
    pub(crate) names: BTreeMap<String, u64>,
    /// The keys of the acronyms that are introduced for it, in byte order, and the number of
    /// articles that introduce each.
    pub(crate) acronyms: Vec<(String, u64)>,
    /// The titles of rank that precede the name, in byte order, and the number of articles with
    /// each.
    pub(crate) ranks: Vec<(String, u64)>,
    /// The number of articles that describe the person as somebody's relative.
    pub(crate) kin: u64,
    /// The cluster that this one is joined to, and the rule that says so.
    pub(crate) part_of: Option<(usize, Rule)>,
    /// The name that the caller supplied.
    pub(crate) supplied: Option<String>,
    /// Whether another cluster with a supplied name has the same key. Then no cluster is joined to
    /// this one.
    pub(crate) alone: bool,
    /// Whether the caller supplied the label somewhere.
    pub(crate) labelled: bool,
    pub(crate) rule: Option<Rule>,
}

/// One occurrence of an article entity: the article's position in the selection, and the entity's
/// position in the article.
pub(crate) type Occurrence = (usize, usize);

impl Cluster {
    pub(crate) fn new(
        rows: &[Occurrence],
        article_entities: &[&[CachedEntity]],
        names: &Texts,
        suffix: String,
        rule: Option<Rule>,
    ) -> Self {
        let mut cluster = Self { suffix, rule, ..Self::default() };
        let (mut men, mut women) = (0_u64, 0_u64);
        let mut counts: Map<u32, u64> = Map::default();
        let mut acronyms: BTreeMap<&str, u64> = BTreeMap::new();
        let mut ranks: BTreeMap<&str, u64> = BTreeMap::new();
        for &(article, at) in rows {
            let article_entity = &article_entities[article][at];
            cluster.kind = article_entity.kind;
            cluster.sort = Some(article_entity.sort);
            cluster.country = cluster.country.max(article_entity.country);
            cluster.is_full |= article_entity.is_full;
            cluster.ambiguous |= article_entity.ambiguous;
            if article_entity.supplied && cluster.supplied.is_none() {
                cluster.supplied = Some(names.text(article_entity.name).to_owned());
            }
            cluster.labelled |= article_entity.labelled;
            match article_entity.gender {
                Gender::Man => men += 1,
                Gender::Woman => women += 1,
                Gender::Unknown => {}
            }
            cluster.kin += u64::from(article_entity.kin);
            *counts.entry(article_entity.name).or_insert(0) += 1;
            if let Some(acronym) = article_entity.acronym {
                *acronyms.entry(names.text(acronym)).or_insert(0) += 1;
            }
            if let Some(rank) = article_entity.rank {
                *ranks.entry(names.text(rank)).or_insert(0) += 1;
            }
        }
        cluster.key = rows
            .first()
            .map(|&(article, at)| names.key(article_entities[article][at].key).clone())
            .unwrap_or_default();
        cluster.articles = rows.len() as u64;
        cluster.gender = match men.cmp(&women) {
            Ordering::Greater => Gender::Man,
            Ordering::Less => Gender::Woman,
            Ordering::Equal => Gender::Unknown,
        };
        cluster.names =
            counts.into_iter().map(|(name, count)| (names.text(name).to_owned(), count)).collect();
        cluster.acronyms = acronyms.into_iter().map(|(text, count)| (text.to_owned(), count)).collect();
        cluster.ranks = ranks.into_iter().map(|(rank, count)| (rank.to_owned(), count)).collect();
        cluster
    }

    /// What identifies it among those of its type: the folded name, the country, and what
    /// distinguishes people of one name.
    pub(crate) fn id(&self) -> String {
        if let Some(supplied) = &self.supplied {
            return supplied.clone();
        }
        let suffix = self.suffix.to_lowercase();
        match &self.key {
            Key::Person { name, suffix: of_name } if of_name.is_empty() => format!("{name}{suffix}"),
            Key::Person { name, suffix: of_name } => format!("{name} {of_name}{suffix}"),
            Key::Place { name, country } => match (name.as_str(), country.code()) {
                ("", code) => code.unwrap_or_default().to_owned(),
                (name, Some(code)) => format!("{name}@{code}"),
                (name, None) => name.to_owned(),
            },
            Key::Other(name) => format!("{name}{suffix}"),
        }
    }

    /// Whether nothing but the name is known about it, so that it may be joined to another cluster.
    pub(crate) fn is_open(&self) -> bool {
        self.suffix.is_empty() && self.part_of.is_none() && !self.alone
    }
}
