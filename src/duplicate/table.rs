//! What do copies look like as a table?

use super::cluster::{Member, Role, clusters};
use super::pairs::{CopyOptions, Pair, pairs, ranked};
use super::shingle::{Shingles, shingles};
use crate::batch::Watch;
use crate::corpus::{ArticleRef, Corpus};
use crate::error::Result;
use crate::table::{Column, Table, Values};

/// The clusters of a selection.
pub(super) struct Copies {
    all: Vec<Shingles>,
    /// By rank: the position in the selection.
    pub(super) ranked: Vec<u32>,
    pub(super) clusters: Vec<Vec<Member>>,
    pairs: usize,
}

pub(super) fn find(corpus: &Corpus, options: CopyOptions, watch: &Watch) -> Result<Copies> {
    options.check()?;
    let all = shingles(corpus, watch)?;
    let ranked = ranked(corpus, &all, watch)?;
    let pairs = pairs(corpus, &all, &ranked, options, watch)?;
    let clusters = clusters(&pairs, ranked.len(), |rank| &all[ranked[rank as usize] as usize]);
    watch.check()?;
    Ok(Copies { all, ranked, clusters, pairs: pairs.len() })
}

/// The key of a cluster, of which this is the first article.
pub(super) fn key(corpus: &Corpus, copies: &Copies, first: &Member) -> String {
    let position = copies.ranked[first.rank as usize] as usize;
    let day = corpus.article(position).and_then(ArticleRef::day);
    let whole = copies.all[position].whole;
    let id = crate::hash::mix(whole ^ day.map_or(0, |day| (i64::from(day) as u64) << 1 | 1));
    format!("{id:016x}")
}

/// One row per article of a cluster of copies: copy, article, role, containment, jaccard, agency,
/// place; clusters by their first article, and articles by their days. The metadata count the
/// pairs of copies, and the articles without words.
///
/// # Errors
/// [`Kind::BadOption`](crate::error::Kind::BadOption) for a threshold out of range. Cancellation.
pub fn copies(corpus: &Corpus, options: CopyOptions, watch: &Watch) -> Result<Table> {
    let found = find(corpus, options, watch)?;
    let Copies { all, ranked, clusters, pairs } = &found;
    let (mut ids, mut positions, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    let (mut containment, mut jaccard) = (Vec::new(), Vec::new());
    let (mut agencies, mut places) = (Vec::new(), Vec::new());
    for cluster in watch.through(clusters) {
        let Some(first) = cluster.first() else { continue };
        let id = key(corpus, &found, first);
        for member in cluster {
            let position = ranked[member.rank as usize];
            ids.push(id.clone());
            positions.push(position);
            roles.push(member.role as u32);
            containment.push(member.likeness.containment);
            jaccard.push(member.likeness.jaccard);
            let source = corpus.article(position as usize).map(ArticleRef::source);
            let (agency, place) = source.unwrap_or_default();
            agencies.push(agency);
            places.push(place);
        }
    }
    watch.check()?;
    let without_words = all.iter().filter(|article| article.size == 0).count();
    Ok(Table::new()
        .with("copy", Values::Text(ids.iter().collect()))?
        .with("article", corpus.ids_of(&positions, watch)?)?
        .with("role", Values::Category(roles, Role::NAMES.into_iter().collect()))?
        .with("containment", Values::Float(containment))?
        .with("jaccard", Values::Float(jaccard))?
        .with("agency", Column::optional_text(agencies))?
        .with("place", Column::optional_text(places))?
        .with_fact("pairs", pairs)
        .with_fact("without_words", &without_words))
}

/// One row per pair of copies: article, other (the earlier one), containment, jaccard.
///
/// # Errors
/// As [`copies`].
pub fn copy_pairs(corpus: &Corpus, options: CopyOptions, watch: &Watch) -> Result<Table> {
    options.check()?;
    let all = shingles(corpus, watch)?;
    let ranked = ranked(corpus, &all, watch)?;
    let pairs = pairs(corpus, &all, &ranked, options, watch)?;
    let ids = |rank: fn(&Pair) -> u32| {
        let positions: Vec<u32> = pairs.iter().map(|pair| ranked[rank(pair) as usize]).collect();
        corpus.ids_of(&positions, watch)
    };
    let measured = |part: fn(&Pair) -> f64| Values::Float(pairs.iter().map(part).collect());
    Table::new()
        .with("article", ids(|pair| pair.later)?)?
        .with("other", ids(|pair| pair.earlier)?)?
        .with("containment", measured(|pair| pair.likeness.containment))?
        .with("jaccard", measured(|pair| pair.likeness.jaccard))
}
