//! Where do these words occur, and in which context?
//!
//! [`Search`] finds the matches; here they are put into order and printed. The context of a match
//! lies within one zone.
//!
//! Cost: that of the search, and half a microsecond per row.

use std::hint::black_box;
use std::ops::Range;

use super::concordance::{Context, Lines, table};
use super::matches::{Hit, Search, queries};
use super::places::PlaceCache;
use crate::batch::{Watch, fill, map, require_memory, sort, sort_by};
use crate::corpus::{Corpus, Cursors, ZoneSet};
use crate::error::{Error, Kind, Result};
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

/// What is shown around a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// This number of tokens on each side.
    Tokens(usize),
    /// The sentence.
    Sentence,
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
    /// What is shown around each match.
    pub window: Window,
    /// What rows are sorted by; ties by position.
    pub sort: Vec<SortBy>,
    /// The number of rows; all if `None`.
    pub n: Option<usize>,
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
    let mut hits = search.all_hits(&queries, watch)?;
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

impl Search<'_> {
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
    fn make_room(&self, hits: &[Hit], window: Window, watch: &Watch) -> Result<()> {
        let tokens = if let Window::Tokens(tokens) = window { tokens.min(1 << 32) } else { 1 << 32 };
        let most = hits.len().saturating_mul(2 * TOKEN_BYTES).saturating_mul(2 * tokens + 2);
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
    fn lines(&self, hits: &[Hit], window: Window) -> Lines {
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
    /// The tokens in the context of a match: the first, those of the match, and one past the last.
    fn shown(&self, hit: &Hit, window: Window) -> (usize, Range<usize>, usize) {
        let part = self.parts[hit.part as usize].1;
        let (start, end) = (hit.token as usize, hit.token as usize + hit.length.0 as usize);
        match window {
            Window::Tokens(tokens) => {
                let zone = part.tokens_of_zone(hit.zone as usize);
                (start.saturating_sub(tokens).max(zone.start), start..end, (end + tokens).min(zone.end))
            }
            Window::Sentence => {
                let sentence = part.tokens_of(hit.sentence as usize);
                (sentence.start, start..end, sentence.end)
            }
        }
    }

    /// Adds the spans of the tokens shown.
    fn add_spans(&self, hit: &Hit, window: Window, spans: &mut Vec<ByteSpan>) {
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
