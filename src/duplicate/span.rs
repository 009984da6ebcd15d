//! Which passages does a copy share with the first article of its story?
//!
//! A passage is a run of words that both have in the same order, of five words or more (or all, if
//! an article has fewer), within one paragraph of either. The words that the comparison ignores do
//! not interrupt it: marks, and differences of case, typography and house style.
//!
//! Cost: one look at each word of the copies and of their first articles.

use super::pairs::CopyOptions;
use super::shingle::{WORDS, shingle, word_hashes};
use super::table::{Copies, find, key};
use crate::article::ZoneKind;
use crate::batch::{Watch, map};
use crate::corpus::{ArticleRef, Corpus, Cursors, Spans, ZoneSet};
use crate::error::Result;
use crate::hash::Map;
use crate::span::ByteSpan;
use crate::table::{Column, Table, Values};

/// A word of a body.
struct Word {
    hash: u64,
    zone: usize,
    span: ByteSpan,
}

fn words(corpus: &Corpus, article: ArticleRef<'_>, hashes: &[u64]) -> Vec<Word> {
    let mut words = Vec::new();
    for zone in article.zones(ZoneSet::only(ZoneKind::Body)) {
        for sentence in article.part.sentences_of(zone) {
            let tokens = article.part.walk(sentence, corpus.store().vocabulary());
            let word = |(hash, span)| Word { hash, zone, span };
            let kept = tokens.map(|token| (hashes[token.number as usize], token.span));
            words.extend(kept.filter(|(hash, _)| *hash != 0).map(word));
        }
    }
    words
}

/// The first word of a passage in a copy, that in the first article, and the number of words.
type Passage = (usize, usize, usize);

/// The passages that a copy shares with the first article, in its order.
fn shared(copy: &[Word], first: &[Word]) -> Vec<Passage> {
    let hashes = |words: &[Word]| words.iter().map(|word| word.hash).collect::<Vec<u64>>();
    let (own, others) = (hashes(copy), hashes(first));
    let length = WORDS.min(own.len()).min(others.len());
    if length == 0 {
        return Vec::new();
    }
    let mut places: Map<u64, Vec<usize>> = Map::default();
    for (at, words) in others.windows(length).enumerate() {
        places.entry(shingle(words)).or_default().push(at);
    }
    let mut passages: Vec<Passage> = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let (end, last) = passages.last().map_or((0, 0), |&(own, first, words)| (own + words, first + words));
        // A passage continues in the next paragraph. Else it begins with a shingle of the first
        // article: of several places, the next one after the passage before.
        let goes_on = at > 0 && at == end && own.get(at) == others.get(last);
        let found = own.get(at..at + length).and_then(|words| places.get(&shingle(words)));
        let next = found.and_then(|all| all[all.partition_point(|&place| place < last)..].first());
        let anywhere = next.or(found.and_then(|all| all.first())).copied();
        let Some(place) = anywhere.filter(|&place| !goes_on || place == last).or(goes_on.then_some(last))
        else {
            at += 1;
            continue;
        };
        let same = |more: usize| {
            own.get(at + more) == others.get(place + more)
                && own.get(at + more).is_some()
                && copy[at + more].zone == copy[at].zone
                && first[place + more].zone == first[place].zone
        };
        let words = (0..own.len() - at).take_while(|&more| same(more)).count();
        if words > 0 {
            passages.push((at, place, words));
        }
        at += words.max(1);
    }
    passages
}

/// One row per passage of a copy that its story's first article has as well: copy, article, zone,
/// start, end, text, first, `first_start`, `first_end`.
///
/// # Errors
/// As [`super::copies`].
pub fn copy_spans(corpus: &Corpus, options: CopyOptions, watch: &Watch) -> Result<Table> {
    let copies = find(corpus, options, watch)?;
    let hashes = word_hashes(corpus.store().vocabulary(), watch)?;
    let Copies { ranked, clusters, .. } = &copies;
    let article = |rank: u32| corpus.article(ranked[rank as usize] as usize);
    let found = map(clusters, watch, |cluster| {
        let first = cluster.first().and_then(|member| article(member.rank));
        let Some(first) = first.map(|first| words(corpus, first, &hashes)) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for member in watch.through(cluster.get(1..).unwrap_or_default()) {
            let Some(copy) = article(member.rank).map(|copy| words(corpus, copy, &hashes)) else { continue };
            let spans = |words: &[Word], at: usize, length: usize| {
                (words[at].zone, ByteSpan::new(words[at].span.start, words[at + length - 1].span.end))
            };
            let both =
                |(own, other, length)| (member.rank, spans(&copy, own, length), spans(&first, other, length));
            found.extend(shared(&copy, &first).into_iter().map(both));
        }
        watch.check()?;
        Ok(found)
    })?;
    let mut spans = Spans::default();
    let (mut ids, mut firsts) = (Vec::new(), Vec::new());
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for (cluster, found) in watch.through(clusters.iter().zip(&found)) {
        let Some(first) = cluster.first() else { continue };
        let id = key(corpus, &copies, first);
        let Some(mut cursors) = article(first.rank).map(Cursors::new) else { continue };
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&at| found[at].2.1.start);
        let mut places = vec![(0, 0); found.len()];
        for at in order {
            let (_, _, (zone, span)) = found[at];
            places[at] = cursors.chars(zone, span);
        }
        for (of_copy, places) in found.chunk_by(|a, b| a.0 == b.0).scan(&places[..], |rest, of_copy| {
            let (own, others) = rest.split_at(of_copy.len());
            *rest = others;
            Some((of_copy, own))
        }) {
            let Some(own) = article(of_copy[0].0) else { continue };
            let mut cursors = Cursors::new(own);
            for (&(rank, (zone, span), _), &(start, end)) in of_copy.iter().zip(places) {
                spans.push(ranked[rank as usize] as usize, own, zone, span, &mut cursors);
                ids.push(id.clone());
                firsts.push(ranked[first.rank as usize]);
                starts.push(start);
                ends.push(end);
            }
        }
    }
    watch.check()?;
    Table::new()
        .with("copy", Values::Text(ids.iter().collect()))?
        .beside(&spans.start_table(corpus, watch)?)?
        .with("start", Column::int(spans.starts))?
        .with("end", Column::int(spans.ends))?
        .with("text", Values::Text(spans.texts))?
        .with("first", corpus.ids_of(&firsts, watch)?)?
        .with("first_start", Column::int(starts))?
        .with("first_end", Column::int(ends))
}
