//! Where do these words occur, and in which context?
//!
//! A query is compared with the distinct tokens ([`Query`]), the rarest of its words is looked up
//! among the [`Places`], and its neighbours are compared as numbers. A match lies within one
//! sentence; its context lies within one zone.
//!
//! Cost: reading the places of the rarest word of a query, and half a microsecond per row.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::ops::Range;

use super::concordance::{Context, Lines, table};
use super::places::{Forms, PlaceCache, Places};
use super::query::Query;
use crate::batch::{Watch, fill, map, require_memory, sort, sort_by};
use crate::corpus::{ArticleRef, Corpus, Cursors, Groups, Part, Vocabulary, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::hash::Map;
use crate::span::ByteSpan;
use crate::stats::count::Fold;
use crate::table::Table;
use crate::text::TokenKind;

/// What rows are sorted by. Words are counted outwards from the match, from 1; punctuation is
/// ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// The order of the articles and of the text.
    Position,
    /// The match itself.
    Match,
    /// A word on the left.
    Left(usize),
    /// A word on the right.
    Right(usize),
}

/// The number of words that `left` and `right` sort by.
const SORTED_WORDS: usize = 8;

/// The average number of bytes of a token and the space before it.
const TOKEN_BYTES: usize = 6;

/// How many tokens away from a match words to sort by are looked for, including the punctuation
/// between them.
const SEEN: usize = 1000;

impl SortBy {
    /// The sort key with a name: `position`, `match`, `left`, `right`, `left1`, `right2` …
    ///
    /// # Errors
    /// [`Kind::BadOption`]: any other name.
    pub fn from_name(name: &str) -> Result<Vec<Self>> {
        let number = |digits: &str| digits.parse().ok().filter(|number| (1..=100).contains(number));
        let one = match name {
            "position" => Some(Self::Position),
            "match" => Some(Self::Match),
            "left" => return Ok((1..=SORTED_WORDS).map(Self::Left).collect()),
            "right" => return Ok((1..=SORTED_WORDS).map(Self::Right).collect()),
            _ => name
                .strip_prefix("left")
                .and_then(number)
                .map(Self::Left)
                .or_else(|| name.strip_prefix("right").and_then(number).map(Self::Right)),
        };
        one.map(|one| vec![one]).ok_or_else(|| {
            let known = "position, match, left, right, or a word such as left1 or right2 (up to 100)";
            Error::new(Kind::BadOption, format!("\"{name}\" is no way to sort; expected {known}"))
                .in_field("sort")
        })
    }
}

/// How a concordance is made.
#[derive(Debug, Clone)]
pub struct KwicOptions {
    /// Words, phrases or wildcards; a match of any of them is found.
    pub queries: Vec<String>,
    /// Whether the queries are regular expressions, one per token.
    pub regex: bool,
    /// How case is folded.
    pub fold: Fold,
    /// The number of tokens shown on each side.
    pub window: usize,
    /// What rows are sorted by; ties by position.
    pub sort: Vec<SortBy>,
    /// The number of rows; all if `None`.
    pub n: Option<usize>,
}

/// A match: the article of the selection, and the tokens of its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    position: u32,
    part: u32,
    /// The first token, as a position in the part.
    token: u32,
    /// The number of tokens.
    length: Reverse<u32>,
    sentence: u32,
    zone: u32,
    /// The article, as a position in the part.
    local: u32,
}

/// One row per match: article, zone, start, end, left, match, right.
///
/// # Errors
/// [`Kind::BadOption`]: a query without a word, or an invalid regular expression; and cancellation.
pub fn kwic(
    corpus: &Corpus,
    cache: &PlaceCache,
    zones: ZoneSet,
    options: &KwicOptions,
    watch: &Watch,
) -> Result<Table> {
    let queries = queries(&options.queries, options.regex, options.fold, watch)?;
    let places = cache.get(corpus.store(), watch)?;
    let search = Search::new(corpus, &places, zones, options.fold, watch)?;
    let mut hits = Vec::new();
    for query in watch.through(&queries) {
        let found = search.hits(query, watch)?;
        hits.try_reserve(found.len())?;
        hits.extend(found);
    }
    watch.check()?;
    sort(&mut hits, watch)?;
    hits.dedup();
    let total = hits.len();
    let n = options.n.unwrap_or(usize::MAX);
    let by: Vec<SortBy> = options.sort.iter().copied().take_while(|&by| by != SortBy::Position).collect();
    // Rows are made in the order of the text, in which each begins close to the one before it, and
    // are put into the requested order afterwards.
    let mut order = Vec::new();
    if by.is_empty() {
        hits.truncate(n);
    } else {
        order = search.order(&hits, &by, watch)?;
        order.truncate(n);
        if order.len() < hits.len() {
            let mut chosen = order.clone();
            sort(&mut chosen, watch)?;
            for place in watch.through(&mut order) {
                *place = chosen.partition_point(|chosen| chosen < place) as u32;
            }
            hits = chosen.into_iter().map(|at| hits[at as usize]).collect();
        }
    }
    search.make_room(&hits, options.window, watch)?;
    // Each piece computes offsets in its first article from the beginning of that article.
    let pieces: Vec<&[Hit]> = hits.chunks(512.max(hits.len() / 256)).collect();
    let lines = map(&pieces, watch, |piece| Ok(search.lines(piece, options.window)))?;
    let table = table(corpus, &lines, watch)?;
    let table = if by.is_empty() { table } else { table.take(&order, watch)? };
    Ok(table.with_fact("matches", &total))
}

/// How often each query matches in each group: group, query, count and number of articles, in the
/// order of the groups, then of the queries. Overlapping matches of one query all count.
///
/// # Errors
/// As [`kwic`].
#[expect(clippy::too_many_arguments, reason = "options that two verbs share")]
pub fn count_matches(
    corpus: &Corpus,
    cache: &PlaceCache,
    groups: &Groups,
    zones: ZoneSet,
    items: &[String],
    regex: bool,
    fold: Fold,
    watch: &Watch,
) -> Result<Vec<(u32, u32, u64, u64)>> {
    let queries = queries(items, regex, fold, watch)?;
    let places = cache.get(corpus.store(), watch)?;
    let search = Search::new(corpus, &places, zones, fold, watch)?;
    let mut cells: BTreeMap<(u32, u32), (u64, u64)> = BTreeMap::new();
    for (item, query) in (0..).zip(&queries) {
        let mut hits = search.hits(query, watch)?;
        sort(&mut hits, watch)?;
        let mut last = None;
        for hit in watch.through(hits) {
            let (part, zone) = (search.parts[hit.part as usize].1, hit.zone as usize);
            let group = groups.of(hit.position as usize, part.zones[zone].kind);
            let cell = cells.entry((group, item)).or_default();
            cell.0 += 1;
            cell.1 += u64::from(last.replace((group, hit.position)) != Some((group, hit.position)));
        }
    }
    watch.check()?;
    Ok(cells.into_iter().map(|((group, item), (count, articles))| (group, item, count, articles)).collect())
}

fn queries(texts: &[String], regex: bool, fold: Fold, watch: &Watch) -> Result<Vec<Query>> {
    if texts.is_empty() {
        return Err(Error::new(Kind::BadOption, "there is no query; expected at least one").in_field("query"));
    }
    let queries = watch.through(texts).map(|text| Query::new(text, regex, fold)).collect::<Result<_>>()?;
    watch.check()?;
    Ok(queries)
}

/// A selection, and where it may be searched.
struct Search<'a> {
    vocabulary: &'a Vocabulary,
    parts: Vec<(u32, &'a Part)>,
    places: &'a Places,
    forms: &'a Forms,
    zones: ZoneSet,
    positions: Positions,
}

/// The positions in the selection of each article of the store.
enum Positions {
    /// All articles, in order.
    All,
    Some(Map<u32, Vec<u32>>),
}

impl<'a> Search<'a> {
    fn new(
        corpus: &'a Corpus,
        places: &'a Places,
        zones: ZoneSet,
        fold: Fold,
        watch: &Watch,
    ) -> Result<Self> {
        let store = corpus.store();
        let rows = corpus.rows();
        let positions = if rows.len() == store.len() && rows.iter().zip(0..).all(|(&row, at)| row == at) {
            Positions::All
        } else {
            let mut positions: HashMap<u32, Vec<u32>, _> = Map::default();
            for (&row, position) in rows.iter().zip(0..) {
                positions.entry(row).or_default().push(position);
            }
            Positions::Some(positions)
        };
        let vocabulary = store.vocabulary();
        let forms = places.forms(vocabulary, fold, watch)?;
        Ok(Self { vocabulary, parts: store.parts().collect(), places, forms, zones, positions })
    }

    /// All matches of a query, in no particular order.
    fn hits(&self, query: &Query, watch: &Watch) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for patterns in query.readings(self.vocabulary, self.forms, watch)? {
            self.add_hits(&patterns, &mut hits, watch)?;
        }
        Ok(hits)
    }

    /// Adds the matches of some patterns; each pattern is the list of distinct tokens that fit.
    fn add_hits(&self, patterns: &[Vec<u32>], hits: &mut Vec<Hit>, watch: &Watch) -> Result<()> {
        watch.check()?;
        let weight =
            |tokens: &Vec<u32>| tokens.iter().map(|&token| self.places.of(token).len()).sum::<usize>();
        let Some((rarest, tokens)) = patterns.iter().enumerate().min_by_key(|(_, tokens)| weight(tokens))
        else {
            return Ok(());
        };
        let sets: Vec<Vec<bool>> = if patterns.len() == 1 {
            Vec::new()
        } else {
            patterns.iter().map(|tokens| self.set(tokens)).collect()
        };
        let mut places: Vec<u32> = tokens.iter().flat_map(|&token| self.places.of(token)).copied().collect();
        if tokens.len() > 1 {
            sort(&mut places, watch)?;
        }
        let pieces: Vec<&[u32]> = places.chunks(1 << 12).collect();
        let found = map(&pieces, watch, |places| Ok(self.matches(places, rarest, &sets, patterns.len())))?;
        hits.extend(found.into_iter().flatten());
        Ok(())
    }

    /// The matches whose word number `rarest` is at one of some ascending places.
    fn matches(&self, places: &[u32], rarest: usize, sets: &[Vec<bool>], length: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        // The position of the last place: the next one comes after it, and is usually near.
        let (mut last_part, mut sentence, mut zone, mut article) = (usize::MAX, 0, 0, 0);
        for &place in places {
            let (at, local) = self.places.locate(place);
            let (first_article, part) = self.parts[at];
            if at != last_part {
                (last_part, sentence, zone, article) = (at, 0, 0, 0);
            }
            let Some(start) = local.checked_sub(rarest) else { continue };
            let end = start + length;
            let words = part.tokens.get(start..end).unwrap_or_default();
            if words.len() < length || !words.iter().zip(sets).all(|(&token, set)| set[token as usize]) {
                continue;
            }
            sentence = last_before(&part.sentences, sentence, |row| row.first_token as usize <= local);
            let bounds = part.tokens_of(sentence);
            if start < bounds.start || end > bounds.end {
                continue;
            }
            zone = last_before(&part.zones, zone, |row| row.first_sentence as usize <= sentence);
            if !self.zones.has(part.zones[zone].kind) {
                continue;
            }
            article = last_before(&part.articles, article, |row| row.first_zone as usize <= zone);
            let row = first_article + article as u32;
            let hit = |position| Hit {
                position,
                part: at as u32,
                token: start as u32,
                length: Reverse(length as u32),
                sentence: sentence as u32,
                zone: zone as u32,
                local: article as u32,
            };
            match &self.positions {
                Positions::All => hits.push(hit(row)),
                Positions::Some(positions) => {
                    hits.extend(positions.get(&row).into_iter().flatten().map(|&position| hit(position)));
                }
            }
        }
        hits
    }

    fn set(&self, tokens: &[u32]) -> Vec<bool> {
        let mut set = vec![false; self.vocabulary.len()];
        for &token in tokens {
            set[token as usize] = true;
        }
        set
    }

    /// Sorts the places of the hits by the words around them; ties keep their order.
    fn order(&self, hits: &[Hit], by: &[SortBy], watch: &Watch) -> Result<Vec<u32>> {
        let longest = hits.iter().map(|hit| hit.length.0 as usize).max().unwrap_or(0);
        let width: usize = by.iter().map(|by| if *by == SortBy::Match { longest } else { 1 }).sum();
        let pieces: Vec<&[Hit]> = hits.chunks(1 << 12).collect();
        let keys = map(&pieces, watch, |hits| {
            let mut keys = Vec::with_capacity(hits.len() * width);
            hits.iter().for_each(|hit| self.add_key(hit, by, longest, &mut keys));
            Ok(keys)
        })?;
        let key = |at: u32| {
            let (piece, row) = (at as usize >> 12, at as usize % (1 << 12));
            &keys[piece][row * width..(row + 1) * width]
        };
        let mut order = fill(hits.len(), watch, |at| at as u32)?;
        sort_by(&mut order, watch, |&a, &b| key(a).cmp(key(b)).then(a.cmp(&b)))?;
        Ok(order)
    }

    /// Adds the ranks of the words that a hit is sorted by; 0 where there is no word.
    fn add_key(&self, hit: &Hit, by: &[SortBy], longest: usize, keys: &mut Vec<u32>) {
        let part = self.parts[hit.part as usize].1;
        let zone = part.tokens_of_zone(hit.zone as usize);
        let (start, end) = (hit.token as usize, hit.token as usize + hit.length.0 as usize);
        let rank = |&token: &u32| self.forms.ranks[token as usize];
        let counts = |&&token: &&u32| self.vocabulary.kind(token) != TokenKind::Punctuation;
        // A run of punctuation is skipped once for all words of a side, and at most this far.
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let side =
            |by: fn(SortBy) -> usize, all: &[SortBy]| all.iter().map(|&one| by(one)).max().unwrap_or(0);
        let most_left = side(|by| if let SortBy::Left(n) = by { n } else { 0 }, by);
        let most_right = side(|by| if let SortBy::Right(n) = by { n } else { 0 }, by);
        let before = &part.tokens[zone.start.max(start.saturating_sub(SEEN))..start];
        let behind = &part.tokens[end..zone.end.min(end + SEEN)];
        left.extend(before.iter().rev().filter(counts).take(most_left).map(rank));
        right.extend(behind.iter().filter(counts).take(most_right).map(rank));
        let word = |words: &[u32], n: usize| words.get(n - 1).copied().unwrap_or(0);
        for by in by {
            match *by {
                SortBy::Position => keys.push(0),
                SortBy::Match => {
                    let own = part.tokens[start..end].iter().map(rank);
                    keys.extend(own.chain(std::iter::repeat(0)).take(longest));
                }
                SortBy::Left(n) => keys.push(word(&left, n)),
                SortBy::Right(n) => keys.push(word(&right, n)),
            }
        }
    }

    /// Checks that there is enough memory for the rows.
    fn make_room(&self, hits: &[Hit], window: usize, watch: &Watch) -> Result<()> {
        let most = hits.len().saturating_mul(2 * TOKEN_BYTES).saturating_mul(2 * window.min(1 << 32) + 2);
        if most < 1 << 30 {
            return Ok(());
        }
        let shown = fill(hits.len(), watch, |at| {
            let (from, _, to) = self.shown(&hits[at], window);
            to - from
        })?;
        // Texts are made in pieces and then joined; ids and numbers come in addition.
        let bytes = shown.iter().sum::<usize>() * 2 * TOKEN_BYTES + hits.len() * 200;
        require_memory(bytes, &format!("a concordance of {} rows", hits.len()))
    }

    /// Rows of the table. The data of one row is far in memory from that of the row before, so most
    /// of the time would be spent waiting for memory. Therefore the rows of a group are made in
    /// lockstep, by loops so short that the processor has many requests in flight at once.
    fn lines(&self, hits: &[Hit], window: usize) -> Lines {
        const GROUP: usize = 32;
        let mut lines = Lines::default();
        let mut open: Option<(u32, Cursors<'_>)> = None;
        let (mut spans, mut contexts) = (Vec::new(), Vec::new());
        for group in hits.chunks(GROUP) {
            let with_article = || group.iter().map(|hit| (hit, self.article(hit)));
            for (hit, article) in with_article() {
                article.part.request(article.local, hit.sentence as usize, hit.token as usize);
            }
            for (_, article) in with_article() {
                black_box(article.text());
            }
            spans.clear();
            contexts.clear();
            for hit in group {
                let first = spans.len();
                self.add_spans(hit, window, &mut spans);
                contexts.push((first, spans.len(), ""));
            }
            for (&mut (first, end, ref mut text), (_, article)) in contexts.iter_mut().zip(with_article()) {
                *text = article.piece(ByteSpan::new(spans[first].start, spans[end - 1].end));
            }
            for (&(first, end, text), (hit, article)) in contexts.iter().zip(with_article()) {
                if open.as_ref().is_none_or(|(position, _)| *position != hit.position) {
                    open = Some((hit.position, Cursors::new(article)));
                }
                let Some((_, cursors)) = &mut open else { continue };
                let (from, own, _) = self.shown(hit, window);
                let context =
                    Context { text, tokens: &spans[first..end], own: own.start - from..own.end - from };
                let chars = cursors.chars(hit.zone as usize, context.matched());
                let zone = article.part.zones[hit.zone as usize].kind;
                lines.push(hit.position, zone, chars, &context);
            }
        }
        lines
    }

    fn article(&self, hit: &Hit) -> ArticleRef<'a> {
        let (first, part) = self.parts[hit.part as usize];
        ArticleRef { part, local: hit.local as usize, row: first + hit.local }
    }

    /// The tokens in the context of a match: the first, those of the match, and one past the last.
    fn shown(&self, hit: &Hit, window: usize) -> (usize, Range<usize>, usize) {
        let zone = self.parts[hit.part as usize].1.tokens_of_zone(hit.zone as usize);
        let (start, end) = (hit.token as usize, hit.token as usize + hit.length.0 as usize);
        (start.saturating_sub(window).max(zone.start), start..end, (end + window).min(zone.end))
    }

    /// Adds the spans of the tokens shown.
    fn add_spans(&self, hit: &Hit, window: usize, spans: &mut Vec<ByteSpan>) {
        let part = self.parts[hit.part as usize].1;
        let (from, _, to) = self.shown(hit, window);
        let mut sentence = hit.sentence as usize;
        while part.tokens_of(sentence).start > from {
            sentence -= 1;
        }
        while sentence + 1 < part.sentences.len() && part.tokens_of(sentence).start < to {
            let all = part.tokens_of(sentence);
            let (first, end) = (from.max(all.start), to.min(all.end));
            spans.extend(part.walk_some(sentence, first..end, self.vocabulary).map(|token| token.span));
            sentence += 1;
        }
    }
}

/// The last of some rows for which `holds` is true, from `from` on. It is true for the first ones
/// only, including `from`. Steps double, so that a near one is found quickly.
fn last_before<T>(rows: &[T], from: usize, holds: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while rows.get(from + step).is_some_and(&holds) {
        step *= 2;
    }
    let (start, end) = (from + step / 2, (from + step).min(rows.len()));
    start + rows[start..end].partition_point(holds).max(1) - 1
}
