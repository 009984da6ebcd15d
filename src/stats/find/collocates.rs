//! Which words occur around a word?
//!
//! The node is what a query matches; a word is near it if it is at most `window` words before or
//! after a match, in the same sentence. A word that is near two matches belongs to the nearer one,
//! or to the first if both are equally near: so each word counts once, and the words near the node
//! and the others add up to a two-by-two table (Evert 2008, surface cooccurrence). Words of a match
//! are neither.
//!
//! A partial holds, for each group and term, how often the term is near a match on either side. The
//! units are whole articles, so both are sums, and merging is exact.
//!
//! Cost: that of counting the terms and of the search, and some nanoseconds per word near a match.

use super::matches::{Hit, Search, queries};
use super::places::PlaceCache;
use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::measure::{Association, Pair, Setting, columns};
use crate::stats::count::{
    BREAK, Cell, Counting, TERMS, TermMap, TermOptions, count, ranked, sort_keys, taken, taken_names,
};
use crate::table::{Column, Strings, Table, Values};

/// The widest window.
const WIDEST: usize = 100;

/// How collocates are counted and scored.
#[derive(Debug, Clone)]
pub struct CollocateOptions {
    /// Words, phrases or wildcards; the node is a match of any of them.
    pub queries: Vec<String>,
    /// Whether the queries are regular expressions, one per token.
    pub regex: bool,
    /// Which terms are counted, and the minimums of the pair.
    pub terms: TermOptions,
    /// The largest distance from the node, in words.
    pub window: usize,
    /// The measures, in the order of their columns.
    pub measures: Vec<Association>,
    /// The column that rows are sorted by; the first measure if `None`.
    pub sort: Option<String>,
    /// The number of rows of each group; all if `None`.
    pub n: Option<usize>,
}

impl CollocateOptions {
    fn check(&self) -> Result<()> {
        let bad = |field: &str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
        if !(1..=WIDEST).contains(&self.window) {
            return bad("window", format!("window={}; expected 1 to {WIDEST}", self.window));
        }
        if self.terms.ngrams != TERMS {
            return bad("ngrams", "collocates are single words; expected ngrams=1".to_owned());
        }
        Ok(())
    }
}

/// How often a term is near the node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Near {
    left: u64,
    right: u64,
    /// How many articles have it near the node.
    articles: u64,
    /// How often it is part of the node.
    inside: u64,
}

impl Near {
    fn add(&mut self, other: Self) {
        self.left += other.left;
        self.right += other.right;
        self.articles += other.articles;
        self.inside += other.inside;
    }
}

/// Counts the terms near some matches.
struct Around<'a> {
    search: &'a Search<'a>,
    groups: &'a Groups,
    term_map: &'a TermMap,
    window: usize,
}

/// The counts of each group and term.
#[derive(Default)]
struct Partial {
    near: Map<(u32, u32), Near>,
    /// By group and term: the last article that was counted for it, plus one.
    last: Map<(u32, u32), u32>,
}

impl<'a> Statistic for Around<'a> {
    /// The matches of whole articles.
    type Unit = &'a [Hit];
    type Partial = Partial;
    type Output = Map<(u32, u32), Near>;

    fn empty(&self) -> Partial {
        Partial::default()
    }

    fn add(&self, partial: &mut Partial, hits: &&'a [Hit], watch: &Watch) -> Result<()> {
        let of_sentence =
            |a: &Hit, b: &Hit| (a.position, a.part, a.sentence) == (b.position, b.part, b.sentence);
        let mut words = Vec::new();
        for hits in watch.through(hits.chunk_by(of_sentence)) {
            self.add_sentence(hits, &mut words, partial);
        }
        watch.check()
    }

    fn close(&self, partial: &mut Partial) {
        partial.last = Map::default();
    }

    fn merge(&self, partials: Vec<Partial>, watch: &Watch) -> Result<Partial> {
        let mut merged = Partial::default();
        for (key, near) in watch.through(partials.into_iter().flat_map(|partial| partial.near)) {
            merged.near.entry(key).or_default().add(near);
        }
        watch.check()?;
        Ok(merged)
    }

    fn finish(&self, partial: Partial, _: &Watch) -> Result<Self::Output> {
        Ok(partial.near)
    }
}

/// A word of a sentence: its token, and how far it is from the nearest match before it and after
/// it; zero within a match.
#[derive(Clone, Copy)]
struct Word {
    token: u32,
    before: usize,
    after: usize,
}

impl Around<'_> {
    /// Adds the words around the matches of one sentence.
    fn add_sentence(&self, hits: &[Hit], words: &mut Vec<Word>, partial: &mut Partial) {
        let Some(&hit) = hits.first() else { return };
        let part = self.search.parts[hit.part as usize].1;
        let bounds = part.tokens_of(hit.sentence as usize);
        let group = self.groups.of(hit.position as usize, part.zones[hit.zone as usize].kind);
        words.clear();
        // Matches are in order; the last one that begins at or before a token decides.
        let (mut next, mut inside, mut distance) = (0, 0, usize::MAX);
        for (at, &token) in (bounds.start as u32..).zip(&part.tokens[bounds]) {
            while let Some(hit) = hits.get(next).filter(|hit| hit.token <= at) {
                inside = inside.max(hit.token + hit.length.0);
                next += 1;
            }
            if at >= inside && !self.search.vocabulary.kind(token).is_term() {
                continue;
            }
            distance = if at < inside { 0 } else { distance.saturating_add(1) };
            words.push(Word { token, before: distance, after: usize::MAX });
        }
        let mut distance = usize::MAX;
        for word in words.iter_mut().rev() {
            distance = if word.before == 0 { 0 } else { distance.saturating_add(1) };
            word.after = distance;
        }
        for word in words.iter() {
            let term = self.term_map.of_token[word.token as usize];
            if term >= BREAK || word.before.min(word.after) > self.window {
                continue;
            }
            let key = (group, term);
            let near = partial.near.entry(key).or_default();
            if word.before == 0 {
                near.inside += 1;
                continue;
            }
            // A word after the node is on its right.
            let right = word.before <= word.after;
            *(if right { &mut near.right } else { &mut near.left }) += 1;
            let article = hit.position + 1;
            near.articles += u64::from(partial.last.insert(key, article) != Some(article));
        }
    }
}

/// The matches, cut into runs of whole articles.
fn units(hits: &[Hit]) -> Vec<&[Hit]> {
    /// The number of matches from which a unit is full.
    const UNIT: usize = 1 << 12;
    let (mut units, mut rest) = (Vec::new(), hits);
    while rest.len() > UNIT {
        let last = rest[UNIT - 1].position;
        let end = UNIT + rest[UNIT..].partition_point(|hit| hit.position <= last);
        let (unit, others) = rest.split_at(end);
        units.push(unit);
        rest = others;
    }
    units.push(rest);
    units
}

/// One row per term near the node, and group: the keys of the group, term, count, left, right, and
/// one column per measure.
///
/// # Errors
/// [`Kind::BadOption`]: options out of range, a query without a word, an invalid regular
/// expression, an unknown column in `sort`; [`Corpus::groups`]; and cancellation.
pub fn collocates<S: AsRef<str>>(
    corpus: &Corpus,
    cache: &PlaceCache,
    by: &[S],
    zones: ZoneSet,
    options: &CollocateOptions,
    watch: &Watch,
) -> Result<Table> {
    options.check()?;
    let queries = queries(&options.queries, options.regex, options.terms.fold, watch)?;
    let groups = corpus.groups(by, watch)?;
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let places = cache.get(corpus.store(), watch)?;
    let search = Search::new(corpus, &places, zones, options.terms.fold, watch)?;
    let hits = search.all_hits(&queries, watch)?;
    let around = Around { search: &search, groups: &groups, term_map: &term_map, window: options.window };
    let mut near: Vec<_> = reduce(&around, &units(&hits), watch)?.into_iter().collect();
    near.sort_unstable_by_key(|&(key, _)| key);
    watch.check()?;
    let units = corpus.units(&groups, zones);
    let counting = Counting { corpus, groups: &groups, units: &units, term_map: &term_map, ngrams: TERMS };
    let counts = count(counting, watch)?.cells;

    let mut found = Collocates::new(options);
    for near in near.chunk_by(|a, b| a.0.0 == b.0.0) {
        let group = near[0].0.0;
        found.add(group, near, &counts[group as usize], &term_map.terms, options, watch)?;
    }
    let words: u64 = counts.iter().flatten().map(|cell| cell.count).sum();
    let inside: u64 = near.iter().map(|(_, near)| near.inside).sum();
    let table = found.table(&groups, watch)?;
    Ok(table.with_fact("matches", &hits.len()).with_fact("N", &(words - inside)))
}

/// The rows of the table, as they grow.
struct Collocates {
    of_group: Vec<u32>,
    terms: Strings,
    near: Vec<Near>,
    measures: Vec<(&'static str, Vec<f64>)>,
}

impl Collocates {
    fn new(options: &CollocateOptions) -> Self {
        let measures = options.measures.iter().map(|measure| (measure.name(), Vec::new())).collect();
        Self { of_group: Vec::new(), terms: Strings::default(), near: Vec::new(), measures }
    }

    /// Adds the rows of a group, in their order.
    fn add(
        &mut self,
        group: u32,
        near: &[((u32, u32), Near)],
        counts: &[Cell],
        terms: &Strings,
        options: &CollocateOptions,
        watch: &Watch,
    ) -> Result<()> {
        let sum = |of: fn(&Near) -> u64| near.iter().map(|(_, near)| of(near)).sum::<u64>();
        let all = counts.iter().map(|cell| cell.count).sum::<u64>() - sum(|near| near.inside);
        let r1 = sum(|near| near.left + near.right) as f64;
        let kept: Vec<(u32, Near)> = watch
            .through(near)
            .map(|&((_, term), near)| (term, near))
            .filter(|(_, near)| {
                near.articles > 0 && options.terms.keeps(near.left + near.right, near.articles)
            })
            .collect();
        watch.check()?;
        let pair = |&(term, near): &(u32, Near)| {
            let found = counts.binary_search_by_key(&term, |cell| cell.gram);
            let count = found.map_or(0, |at| counts[at].count) - near.inside;
            Pair { o11: (near.left + near.right) as f64, r1, c1: count as f64, n: all as f64 }
        };
        let pairs: Vec<Pair> = kept.iter().map(pair).collect();
        let setting = Setting {
            min_count: options.terms.min_count as f64,
            vocabulary: counts.len() as f64,
            ..Setting::default()
        };
        let scored = columns(&options.measures, &pairs, &setting, watch)?;
        let mut names = Strings::default();
        watch.through(&kept).for_each(|&(term, _)| names.push(terms.get(term as usize)));
        let side = |of: fn(&Near) -> u64| kept.iter().map(|(_, near)| of(near) as f64).collect();
        let keys = match options.sort.as_deref() {
            Some("count") => side(|near| near.left + near.right),
            Some("left") => side(|near| near.left),
            Some("right") => side(|near| near.right),
            sort => {
                let mut keys =
                    sort_keys(kept.len(), sort, "term", &["count", "left", "right"], &scored, watch)?;
                // A test without a sign is large for words that avoid the node, too.
                let first = options.measures.first().map_or("", |measure| measure.name());
                if ["log_likelihood", "chi2"].contains(&sort.unwrap_or(first)) {
                    let rare = |(_, pair): &(&mut f64, &Pair)| pair.o11 < pair.expected();
                    keys.iter_mut().zip(&pairs).filter(rare).for_each(|(key, _)| *key = -*key);
                }
                keys
            }
        };
        let mut order = ranked((0..kept.len() as u32).collect(), &keys, &names, watch)?;
        order.truncate(options.n.unwrap_or(usize::MAX));
        self.of_group.extend(std::iter::repeat_n(group, order.len()));
        self.terms.append(&taken_names(&names, &order, watch)?);
        self.near.extend(order.iter().map(|&at| kept[at as usize].1));
        for ((_, all), (_, values)) in self.measures.iter_mut().zip(scored) {
            all.extend(taken(&values, &order, watch)?);
        }
        Ok(())
    }

    fn table(self, groups: &Groups, watch: &Watch) -> Result<Table> {
        let counts = |of: fn(&Near) -> u64| Column::int(self.near.iter().map(|near| of(near) as i64));
        let others: Vec<&str> = ["term", "count", "left", "right"]
            .into_iter()
            .chain(self.measures.iter().map(|&(name, _)| name))
            .collect();
        let mut table = Table::new();
        for (name, column) in groups.key_columns(&self.of_group, &others, watch)? {
            table = table.with(name, column)?;
        }
        table = table
            .with("term", Values::Text(self.terms))?
            .with("count", counts(|near| near.left + near.right))?
            .with("left", counts(|near| near.left))?
            .with("right", counts(|near| near.right))?;
        for (name, values) in self.measures {
            table = table.with(name, Values::Float(values))?;
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of};
    use crate::stats::count::Fold;

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let groups = corpus.groups(&["month"], &watch).unwrap_or_else(|_| corpus.article_groups());
            let term_map = TermMap::new(corpus.store().vocabulary(), &TermOptions::default(), &watch).unwrap();
            let cache = PlaceCache::default();
            let places = cache.get(corpus.store(), &watch).unwrap();
            let search = Search::new(&corpus, &places, ZoneSet::ALL, Fold::Lower, &watch).unwrap();
            let hits = search.all_hits(&queries(&["*a*".to_owned()], false, Fold::Lower, &watch).unwrap(), &watch).unwrap();
            let around = Around { search: &search, groups: &groups, term_map: &term_map, window: 2 };
            let units: Vec<&[Hit]> = hits.chunk_by(|a, b| a.position == b.position).collect();
            holds_for_every_cut(&around, &units, cuts, |near| {
                let mut rows: Vec<_> = near.into_iter().collect();
                rows.sort_unstable_by_key(|&(key, _)| key);
                rows
            });
        }
    }
}
