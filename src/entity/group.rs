//! What do the entities of one key have together?

use std::collections::BTreeMap;

use super::cache::{Local, Texts};
use crate::hash::Map;
use crate::resolve::{Country, Gender, Rule, Sort};

/// Entities of one key, or those of them that are one person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    pub(crate) kind: u8,
    pub(crate) sort: Option<Sort>,
    pub(crate) key: String,
    /// What tells the people of one name apart, to be shown behind it.
    pub(crate) apart: String,
    pub(crate) country: Country,
    pub(crate) gender: Gender,
    pub(crate) is_full: bool,
    pub(crate) ambiguous: bool,
    pub(crate) articles: u64,
    /// How many articles have each name in full.
    pub(crate) names: BTreeMap<String, u64>,
    /// The keys of acronyms that are introduced for it.
    pub(crate) acronyms: Vec<String>,
    /// The titles of rank that stand before the name, in the order of bytes, and in how many articles.
    pub(crate) ranks: Vec<(String, u64)>,
    /// How many articles tell the person as somebody's relative.
    pub(crate) kin: u64,
    /// The group that it is part of, and why.
    pub(crate) part_of: Option<(usize, Rule)>,
    /// The name that the caller gave it.
    pub(crate) own: Option<String>,
    /// Whether another group of the caller's has the same key: then nothing is joined to this one.
    pub(crate) alone: bool,
    pub(crate) rule: Option<Rule>,
}

/// An article and an entity of it.
pub(crate) type Place = (usize, usize);

impl Group {
    pub(crate) fn new(
        rows: &[Place],
        locals: &[&[Local]],
        names: &Texts,
        apart: String,
        rule: Option<Rule>,
    ) -> Self {
        let mut group = Self { apart, rule, ..Self::default() };
        let mut counts: Map<u32, u64> = Map::default();
        let mut acronyms: Vec<u32> = Vec::new();
        let mut ranks: BTreeMap<&str, u64> = BTreeMap::new();
        for &(article, at) in rows {
            let local = &locals[article][at];
            group.kind = local.kind;
            group.sort = Some(local.sort);
            group.country = local.country;
            group.is_full |= local.is_full;
            group.ambiguous |= local.ambiguous;
            if local.own && group.own.is_none() {
                group.own = Some(names.text(local.name).to_owned());
            }
            if group.gender == Gender::Unknown {
                group.gender = local.gender;
            }
            group.kin += u64::from(local.kin);
            *counts.entry(local.name).or_insert(0) += 1;
            acronyms.extend(local.acronym);
            if let Some(rank) = local.rank {
                *ranks.entry(names.text(rank)).or_insert(0) += 1;
            }
        }
        group.key = rows
            .first()
            .map(|&(article, at)| names.text(locals[article][at].key).to_owned())
            .unwrap_or_default();
        group.articles = rows.len() as u64;
        group.names = counts.into_iter().map(|(name, count)| (names.text(name).to_owned(), count)).collect();
        acronyms.sort_unstable();
        acronyms.dedup();
        group.acronyms = acronyms.into_iter().map(|acronym| names.text(acronym).to_owned()).collect();
        group.acronyms.sort();
        group.ranks = ranks.into_iter().map(|(rank, count)| (rank.to_owned(), count)).collect();
        group
    }

    /// Whether nothing but its name is known of it.
    pub(crate) fn is_open(&self) -> bool {
        self.apart.is_empty() && self.part_of.is_none() && !self.alone
    }
}
