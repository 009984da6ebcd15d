//! Which groups of equal names are of one entity?
//!
//! A full name joins the one longer name of the batch that it is a form of. A lone surname joins the only person of the batch
//! who has it, where several articles name that person in full. An acronym joins the one organisation that other articles
//! introduce by it; a place without a country the one that it has elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Group;
use crate::batch::Watch;
use crate::error::Result;
use crate::resolve::{BatchPeople, Rule, Sort};

/// So many articles must name somebody in full before a lone surname elsewhere is theirs.
const KNOWN: u64 = 3;

/// Joins groups, which are in the order of their keys. The caller's are joined to none.
///
/// # Errors
/// Cancellation.
pub(crate) fn join(groups: &mut [Group], watch: &Watch) -> Result<()> {
    own(groups);
    for kind in 0..=groups.iter().map(|group| group.kind).max().unwrap_or(0) {
        let of = |sort: Sort, groups: &[Group]| -> Vec<usize> {
            let mine = |group: &Group| group.kind == kind && group.sort == Some(sort) && group.is_open();
            (0..groups.len()).filter(|&at| mine(&groups[at])).collect()
        };
        watch.check()?;
        people(groups, &of(Sort::Person, groups), watch)?;
        organisations(groups, &of(Sort::Organisation, groups));
        places(groups, &of(Sort::Place, groups));
    }
    for group in groups.iter_mut().filter(|group| group.own.is_some()) {
        (group.part_of, group.ambiguous) = (None, false);
    }
    Ok(())
}

/// Joins what has the key of one of the caller's entities to it. Of several of the caller's the first may be joined to.
fn own(groups: &mut [Group]) {
    let mut last: Option<usize> = None;
    for at in 0..groups.len() {
        let same =
            last.filter(|&last| groups[last].kind == groups[at].kind && groups[last].key == groups[at].key);
        match same {
            Some(_) if groups[at].own.is_some() => groups[at].alone = true,
            Some(to) if groups[at].apart.is_empty() && !groups[at].ambiguous => {
                groups[at].part_of = Some((to, Rule::BatchSameName));
            }
            None if groups[at].own.is_some() => last = Some(at),
            _ => {}
        }
    }
}

fn people(groups: &mut [Group], chosen: &[usize], watch: &Watch) -> Result<()> {
    let full: Vec<usize> =
        chosen.iter().copied().filter(|&at| groups[at].is_full && !groups[at].ambiguous).collect();
    let kind = chosen.first().map(|&at| groups[at].kind);
    let apart = |group: &&Group| Some(group.kind) == kind && group.is_full && !group.apart.is_empty();
    let times: Vec<u64> = full.iter().map(|&at| groups[at].articles).collect();
    let mut people = BatchPeople::new(
        full.iter().map(|&at| groups[at].key.as_str()),
        &times,
        groups.iter().filter(apart).map(|group| group.key.as_str()),
        watch,
    )?;
    for (nth, &at) in watch.through(full.iter().enumerate()) {
        match people.founder(nth) {
            Some(founder) if founder == nth => {}
            Some(founder) => {
                let to = full[founder];
                if !groups[at].gender.contradicts(groups[to].gender) {
                    groups[at].part_of = Some((to, Rule::BatchLongerName));
                }
            }
            None => groups[at].ambiguous = true,
        }
    }
    let mut named: Vec<u64> = vec![0; full.len()];
    for (nth, &at) in watch.through(full.iter().enumerate()) {
        if let Some(founder) = people.founder(nth) {
            named[founder] += groups[at].articles;
            if groups[at].kin * 2 >= groups[at].articles {
                people.note_kin(nth);
            }
            let ranks = &groups[at].ranks;
            people.note_ranks(
                nth,
                ranks.iter().filter(|(_, times)| *times >= KNOWN).map(|(rank, _)| rank.as_str()),
            );
        }
    }
    for &at in watch.through(chosen) {
        if groups[at].is_full || groups[at].ambiguous {
            continue;
        }
        let rank = groups[at].ranks.first().map(|(rank, _)| rank.as_str());
        if let Some((founder, rule)) = people.only_bearer(&groups[at].key, rank)
            && named[founder] >= KNOWN
            && !groups[at].gender.contradicts(groups[full[founder]].gender)
        {
            groups[at].part_of = Some((full[founder], rule));
        }
    }
    watch.check()
}

fn organisations(groups: &mut [Group], chosen: &[usize]) {
    let mut introduced: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for &at in chosen {
        for acronym in &groups[at].acronyms {
            introduced.entry(acronym.clone()).or_default().insert(at);
        }
    }
    for &at in chosen {
        if groups[at].ambiguous || !groups[at].acronyms.is_empty() {
            continue;
        }
        let one =
            introduced.get(&groups[at].key).filter(|full| full.len() == 1).and_then(|full| full.first());
        if let Some(&to) = one.filter(|&&to| to != at) {
            groups[at].part_of = Some((to, Rule::BatchAcronym));
        }
    }
}

fn places(groups: &mut [Group], chosen: &[usize]) {
    let mut placed: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &at in chosen {
        if let Some((name, code)) = groups[at].key.split_once('@')
            && !code.is_empty()
        {
            placed.entry(name.to_owned()).or_default().push(at);
        }
    }
    for &at in chosen {
        if groups[at].ambiguous {
            continue;
        }
        if let Some(name) = groups[at].key.strip_suffix('@')
            && let Some([to]) = placed.get(name).map(Vec::as_slice)
        {
            groups[at].part_of = Some((*to, Rule::BatchPlace));
        }
    }
}
