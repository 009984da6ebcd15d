//! Which articles are copies of one story, and in which role?
//!
//! The articles are taken in the order of their days. One joins the articles before it if it is a
//! copy of at least half of them; of several such clusters it joins the one with the largest share
//! of copies, and of equal shares the earliest. Otherwise it begins another cluster. So no
//! chain of copies of copies leads to a story that has little in common with the first.

use std::collections::BTreeMap;

use super::pairs::{GROUP, Likeness, Pair};
use super::shingle::Shingles;

/// What an article is to the first of its cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The first.
    First = 0,
    /// Nearly all words of both are the same.
    Copy = 1,
    /// Some words are different.
    Version = 2,
    /// A part of it: nearly all words are in the first, which has more.
    Part = 3,
}

impl Role {
    /// The names of the roles, in the order of their numbers.
    pub const NAMES: [&'static str; 4] = ["first", "copy", "version", "part"];

    fn of(likeness: Likeness) -> Self {
        /// The share from which nearly all words are the same.
        const NEARLY: f64 = 0.9;
        if likeness.jaccard >= NEARLY {
            Self::Copy
        } else if likeness.own >= NEARLY {
            Self::Part
        } else {
            Self::Version
        }
    }
}

/// An article of a cluster, by its rank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) rank: u32,
    pub(super) role: Role,
    pub(super) likeness: Likeness,
}

/// The clusters of two articles or more, by the rank of their first article; each in the order of
/// the ranks.
pub(super) fn clusters<'a>(
    pairs: &[Pair],
    articles: usize,
    article: impl Fn(u32) -> &'a Shingles,
) -> Vec<Vec<Member>> {
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut of: Vec<Option<u32>> = vec![None; articles];
    for same in pairs.chunk_by(|a, b| a.later == b.later) {
        // By cluster, or by article without one: the number of copies, and the best likeness.
        let mut shares: BTreeMap<(bool, u32), u32> = BTreeMap::new();
        for pair in same {
            let place = match of[pair.earlier as usize] {
                Some(cluster) => (false, cluster),
                None => (true, pair.earlier),
            };
            *shares.entry(place).or_insert(0) += 1;
        }
        let share = |(alone, cluster): (bool, u32), copies: u32| {
            let size = if alone { 1 } else { members[cluster as usize].len() };
            f64::from(copies) / size.min(GROUP) as f64
        };
        let first =
            |(alone, cluster): (bool, u32)| if alone { cluster } else { members[cluster as usize][0] };
        let best = shares
            .into_iter()
            .map(|(place, copies)| (share(place, copies), place))
            .filter(|(share, _)| *share >= 0.5)
            .max_by(|(a, x), (b, y)| {
                a.min(1.0).total_cmp(&b.min(1.0)).then_with(|| first(*y).cmp(&first(*x)))
            });
        let Some((_, place)) = best else { continue };
        let later = same[0].later;
        let cluster = match place {
            (false, cluster) => cluster,
            (true, earlier) => {
                members.push(vec![earlier]);
                of[earlier as usize] = Some(members.len() as u32 - 1);
                members.len() as u32 - 1
            }
        };
        members[cluster as usize].push(later);
        of[later as usize] = Some(cluster);
    }
    members.sort_by_key(|ranks| ranks[0]);
    let same = Likeness { containment: 1.0, jaccard: 1.0, own: 1.0 };
    let member = |first: u32, rank: u32| {
        if rank == first {
            return Member { rank, role: Role::First, likeness: same };
        }
        let likeness = Likeness::of(article(rank), article(first));
        Member { rank, role: Role::of(likeness), likeness }
    };
    members.iter().map(|ranks| ranks.iter().map(|&rank| member(ranks[0], rank)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_follow_from_what_both_share() {
        let role = |own, jaccard| Role::of(Likeness { containment: 1.0, jaccard, own });
        assert_eq!(role(1.0, 0.95), Role::Copy);
        assert_eq!(role(1.0, 0.5), Role::Part);
        assert_eq!(role(0.7, 0.6), Role::Version);
    }

    #[test]
    fn an_article_joins_those_of_which_half_are_copies() {
        let likeness = Likeness { containment: 0.8, jaccard: 0.6, own: 0.8 };
        let pair = |later, earlier| Pair { later, earlier, likeness };
        let none = Shingles { size: 1, ..Shingles::default() };
        let ranks = |pairs: &[Pair]| -> Vec<Vec<u32>> {
            let clusters = clusters(pairs, 4, |_| &none);
            clusters.iter().map(|members| members.iter().map(|member| member.rank).collect()).collect()
        };
        assert_eq!(ranks(&[pair(1, 0), pair(2, 1)]), [[0, 1, 2]]);
        // The last one is a copy of one of three.
        assert_eq!(ranks(&[pair(1, 0), pair(2, 0), pair(2, 1), pair(3, 2)]), [[0, 1, 2]]);
        assert_eq!(ranks(&[pair(2, 0), pair(3, 1)]), [[0, 2], [1, 3]]);
    }
}
