//! Which clusters are the same entity?
//!
//! A full name is joined to the one longer name in the selection that it is a form of. A lone
//! surname is joined to the only person in the selection who has it, or to the one who is named far
//! more often than all others who have it, provided that several articles name this person in full.
//! An acronym is joined to the one organisation that other articles introduce it for, and the first
//! word of a company's name to the company. A place without a country is joined to the only place
//! with its name that has one. At last, a name with one label is joined to the same name with the
//! label that far more articles give it.

use std::collections::BTreeMap;

use super::cluster::Cluster;
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;
use crate::resolve::{BatchPeople, EntityKind, Key, Rule, is_company_word, is_unit_word};

/// The number of articles that must name a person in full before a lone surname in another article
/// refers to that person.
const KNOWN: u64 = 3;

/// Of several places with a name, a mention without a country means the one that this many times as
/// many articles name as all the others; and of several people with a surname, a lone surname means
/// the one whom this many times as many articles name in full as all the others together.
const CLEARLY: u64 = 10;

/// The maximum number of articles with a bare acronym per article that introduces it: what one
/// article of thousands introduces says nothing about the others.
const MOST_BARE: u64 = 10;

/// The full name of a company must be in this many times as many articles as all other names with
/// its first word.
const MAINLY: u64 = 3;

/// Joins clusters, which must be sorted by key. A cluster with a supplied name is never joined to
/// another.
///
/// # Errors
/// Cancellation.
pub(crate) fn join(clusters: &mut [Cluster], watch: &Watch) -> Result<()> {
    join_supplied(clusters);
    for kind in 0..=clusters.iter().map(|cluster| cluster.kind).max().unwrap_or(0) {
        let of = |sort: EntityKind, clusters: &[Cluster]| -> Vec<usize> {
            let mine =
                |cluster: &Cluster| cluster.kind == kind && cluster.sort == Some(sort) && cluster.is_open();
            (0..clusters.len()).filter(|&at| mine(&clusters[at])).collect()
        };
        watch.check()?;
        people(clusters, &of(EntityKind::Person, clusters), watch)?;
        organisations(clusters, &of(EntityKind::Organisation, clusters));
        companies(clusters, &of(EntityKind::Organisation, clusters));
        places(clusters, &of(EntityKind::Organisation, clusters));
        places(clusters, &of(EntityKind::Place, clusters));
    }
    labels(clusters, watch)?;
    for cluster in clusters.iter_mut().filter(|cluster| cluster.supplied.is_some()) {
        (cluster.part_of, cluster.ambiguous) = (None, false);
    }
    Ok(())
}

/// Joins clusters that have the key of a supplied name to the cluster with that name. If several
/// supplied names share a key, other clusters may only be joined to the first.
fn join_supplied(clusters: &mut [Cluster]) {
    let mut last: Option<usize> = None;
    for at in 0..clusters.len() {
        let same = last.filter(|&last| {
            clusters[last].kind == clusters[at].kind && clusters[last].key == clusters[at].key
        });
        match same {
            Some(_) if clusters[at].supplied.is_some() => clusters[at].alone = true,
            Some(to) if clusters[at].suffix.is_empty() && !clusters[at].ambiguous => {
                clusters[at].part_of = Some((to, Rule::BatchSameName));
            }
            None if clusters[at].supplied.is_some() => last = Some(at),
            _ => {}
        }
    }
}

fn people(clusters: &mut [Cluster], chosen: &[usize], watch: &Watch) -> Result<()> {
    let full: Vec<usize> =
        chosen.iter().copied().filter(|&at| clusters[at].is_full && !clusters[at].ambiguous).collect();
    let kind = chosen.first().map(|&at| clusters[at].kind);
    let split =
        |cluster: &&Cluster| Some(cluster.kind) == kind && cluster.is_full && !cluster.suffix.is_empty();
    let times: Vec<u64> = full.iter().map(|&at| clusters[at].articles).collect();
    let mut people = BatchPeople::new(
        full.iter().map(|&at| &clusters[at].key),
        &times,
        clusters.iter().filter(split).map(|cluster| &cluster.key),
        watch,
    )?;
    for (nth, &at) in watch.through(full.iter().enumerate()) {
        match people.founder(nth) {
            Some(founder) if founder == nth => {}
            Some(founder) => {
                let to = full[founder];
                if !clusters[at].gender.contradicts(clusters[to].gender) {
                    clusters[at].part_of = Some((to, Rule::BatchLongerName));
                }
            }
            None => clusters[at].ambiguous = true,
        }
    }
    let mut named: Vec<u64> = vec![0; full.len()];
    for (nth, &at) in watch.through(full.iter().enumerate()) {
        if let Some(founder) = people.founder(nth) {
            named[founder] += clusters[at].articles;
            if clusters[at].kin * 2 >= clusters[at].articles {
                people.note_kin(nth);
            }
            let ranks = &clusters[at].ranks;
            people.note_ranks(
                nth,
                ranks.iter().filter(|(_, times)| *times >= KNOWN).map(|(rank, _)| rank.as_str()),
            );
        }
    }
    for &at in watch.through(chosen) {
        if clusters[at].is_full || clusters[at].ambiguous {
            continue;
        }
        let rank = clusters[at].ranks.first().map(|(rank, _)| rank.as_str());
        let surname = clusters[at].key.name();
        let bearer = people.only_bearer(surname, rank).or_else(|| {
            let main = main_bearer(&people.bearers(surname)?, &named)?;
            Some((main, Rule::BatchMainBearer))
        });
        if let Some((founder, rule)) = bearer
            && named[founder] >= KNOWN
            && !clusters[at].gender.contradicts(clusters[full[founder]].gender)
        {
            clusters[at].part_of = Some((full[founder], rule));
        }
    }
    watch.check()
}

/// Of the people with a surname, the one whom the articles name in full far more often than all the
/// others.
fn main_bearer(bearers: &[usize], named: &[u64]) -> Option<usize> {
    let all: u64 = bearers.iter().map(|&bearer| named[bearer]).sum();
    bearers.iter().copied().find(|&bearer| named[bearer] >= CLEARLY * (all - named[bearer]).max(1))
}

fn organisations(clusters: &mut [Cluster], chosen: &[usize]) {
    let mut introduced: BTreeMap<String, BTreeMap<usize, u64>> = BTreeMap::new();
    for &at in chosen {
        for (acronym, articles) in &clusters[at].acronyms {
            introduced.entry(acronym.clone()).or_default().insert(at, *articles);
        }
    }
    for &at in chosen {
        if clusters[at].ambiguous || !clusters[at].acronyms.is_empty() {
            continue;
        }
        let Key::Other(name) = &clusters[at].key else { continue };
        let one = introduced.get(name).filter(|full| full.len() == 1);
        let one = one.and_then(BTreeMap::first_key_value);
        if let Some((&to, &articles)) = one.filter(|&(&to, _)| to != at)
            && clusters[at].articles <= MOST_BARE * articles
        {
            clusters[at].part_of = Some((to, Rule::BatchAcronym));
        }
    }
}

/// Joins the word by which a company is called to its full name: `Ford` to `Ford Motor`.
fn companies(clusters: &mut [Cluster], chosen: &[usize]) {
    // The names of several words by the first.
    let mut begun: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in chosen {
        if let Key::Other(name) = &clusters[at].key
            && let Some((first, _)) = name.split_once(' ')
        {
            begun.entry(first).or_default().push(at);
        }
    }
    let mut joined = Vec::new();
    for &at in chosen {
        let Key::Other(name) = &clusters[at].key else { continue };
        if let Some(all) = begun.get(name.as_str())
            && !clusters[at].ambiguous
            && let Some(to) = company(all, clusters, clusters[at].articles)
        {
            joined.push((at, to));
        }
    }
    for (at, to) in joined {
        clusters[at].part_of = Some((to, Rule::BatchShortName));
    }
}

/// Of the names that begin with a word in `articles` articles, that of the company which is called
/// by the word. Units have such names, too (`Barclays Capital`): they are that of the company only
/// if at least as many articles give them as the word.
fn company(all: &[usize], clusters: &[Cluster], articles: u64) -> Option<usize> {
    let sum: u64 = all.iter().map(|&at| clusters[at].articles).sum();
    // The first in the order of the keys if there is a tie.
    let &main = all.iter().rev().max_by_key(|&&at| clusters[at].articles)?;
    let own = clusters[main].articles;
    let Key::Other(name) = &clusters[main].key else { return None };
    let rest = || name.split(' ').skip(1);
    let is_company = rest().all(is_company_word)
        || own >= articles && rest().all(|word| is_company_word(word) || is_unit_word(word));
    (is_company && own >= KNOWN && own >= MAINLY * (sum - own)).then_some(main)
}

/// Of several places or institutions with one name, the one that far more articles name than all
/// the others.
fn main_place(all: &[usize], clusters: &[Cluster]) -> Option<usize> {
    let articles = |at: usize| clusters[at].articles;
    let sum: u64 = all.iter().map(|&at| articles(at)).sum();
    all.iter().copied().find(|&at| articles(at) >= CLEARLY * (sum - articles(at)).max(1))
}

/// Joins places and institutions without a country.
fn places(clusters: &mut [Cluster], chosen: &[usize]) {
    let mut placed: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &at in chosen {
        if let Key::Place { name, country } = &clusters[at].key
            && country.is_some()
        {
            placed.entry(name.clone()).or_default().push(at);
        }
    }
    for &at in chosen {
        let Key::Place { name, country } = &clusters[at].key else { continue };
        let Some(all) = placed.get(name).filter(|_| !country.is_some()) else { continue };
        let to = match all[..] {
            [only] if !clusters[at].ambiguous => Some(only),
            _ => main_place(all, clusters),
        };
        if let Some(to) = to {
            clusters[at].part_of = Some((to, Rule::BatchPlace));
        }
    }
}

/// Joins the clusters of a name with a label to the cluster of the name with another label, if far
/// more articles give it that one. A label that the caller supplied is kept.
fn labels(clusters: &mut [Cluster], watch: &Watch) -> Result<()> {
    let mut named: Map<&str, Vec<usize>> = Map::default();
    for (at, cluster) in watch.through(clusters.iter().enumerate()) {
        if cluster.suffix.is_empty() {
            named.entry(cluster.key.name()).or_default().push(at);
        }
    }
    let mut joined = Vec::new();
    for (name, all) in watch.through(named) {
        let Some(Main { at: main, own, others }) = main_label(&all, clusters) else { continue };
        for &at in &all {
            let cluster = &clusters[at];
            if cluster.kind != clusters[main].kind
                && cluster.is_open()
                && !cluster.labelled
                && !cluster.ambiguous
                && !is_listed_place(cluster)
                && majority(name, cluster, &clusters[main]).is_some_and(|times| own >= times * others)
            {
                joined.push((at, main));
            }
        }
    }
    for (at, to) in joined {
        clusters[at].part_of = Some((to, Rule::BatchLabel));
    }
    watch.check()
}

/// Whether the lists know the place, so that its label is not a guess.
fn is_listed_place(cluster: &Cluster) -> bool {
    matches!(&cluster.key, Key::Place { country, .. } if country.is_some())
        && cluster.sort == Some(EntityKind::Place)
}

/// The most frequent label of a name.
struct Main {
    /// The most frequent cluster with it.
    at: usize,
    /// The number of articles with it, and with the other labels.
    own: u64,
    others: u64,
}

/// The most frequent label of the clusters of a name; nothing if there is one label, or a tie.
fn main_label(all: &[usize], clusters: &[Cluster]) -> Option<Main> {
    let mut kinds: BTreeMap<u8, u64> = BTreeMap::new();
    for &at in all {
        *kinds.entry(clusters[at].kind).or_default() += clusters[at].articles;
    }
    let (&kind, &own) = kinds.iter().max_by_key(|&(_, &articles)| articles)?;
    let tied = kinds.values().filter(|&&articles| articles == own).count() > 1;
    if kinds.len() < 2 || tied {
        return None;
    }
    // The first in the order of the keys if there is a tie.
    let of_kind = all.iter().rev().copied().filter(|&at| clusters[at].kind == kind);
    let at = of_kind.max_by_key(|&at| clusters[at].articles)?;
    Some(Main { at, own, others: kinds.values().sum::<u64>() - own })
}

/// How many times as many articles must give a name one label as all others, for a name with
/// another label to be the same: nothing if two that have the name are likely. A surname is also
/// that of a place, and a club has the name of its town. People give their full names to firms.
fn majority(name: &str, minor: &Cluster, main: &Cluster) -> Option<u64> {
    use EntityKind::{Organisation, Other, Person};
    /// For a name that a person and an organisation may share.
    const FIRM: u64 = 5;
    let sorts = [minor.sort?, main.sort?];
    match (name.contains(' '), sorts) {
        (true, [Person, Organisation] | [Organisation, Person]) => Some(FIRM),
        // What is labelled as anything else has no evidence for another label.
        (true, _) if sorts.contains(&Other) => Some(1),
        (true, _) => Some(MAINLY),
        (false, [Person, _] | [_, Person]) => None,
        (false, _) => sorts.contains(&Other).then_some(MAINLY),
    }
}
