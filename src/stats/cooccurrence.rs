//! Which terms stand near each other, whatever their order?
//!
//! Two terms co-occur in a sentence, a paragraph or an article that holds both; it counts once, however often they stand in it. Or they co-occur within a window
//! of a sentence: then each pair of places counts.
//!
//! Cost: the square of the distinct terms of a context, and so the square of `most` is what bounds the memory: 4 bytes a possible pair while
//! that is small, a sorted list of pairs beyond.

use super::compat::named;
use super::count::{TERMS, count, units};
use super::lexicon::{Lexicon, TermOptions};
use super::ranking::{ranked, ranked_in_order, sort_keys, taken, taken_names};
use crate::batch::{self, Watch, map, sort};
use crate::corpus::{Corpus, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::measure::association::{Association, Pair, Setting, columns};
use crate::table::{Column, Strings, Table, Values};

/// Within what two terms stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    /// A sentence.
    #[default]
    Sentence,
    /// A zone: a paragraph of the body, a headline, a caption.
    Paragraph,
    /// The article.
    Article,
}

impl Within {
    /// # Errors
    /// [`Kind::BadOption`]: any other name.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [("sentence", Self::Sentence), ("paragraph", Self::Paragraph), ("article", Self::Article)];
        named("within", name, &all)
    }
}

/// How terms that stand together are counted.
#[derive(Debug, Clone)]
pub struct CooccurrenceOptions {
    /// Which terms are counted; the minimums are those of single terms.
    pub terms: TermOptions,
    /// Within what.
    pub within: Within,
    /// How many terms apart, within a sentence; anywhere in it where none is given.
    pub window: Option<usize>,
    /// Pairs with a smaller count are left out.
    pub min_pairs: u64,
    /// How many terms are paired, the most frequent; all where none is given.
    pub most: Option<usize>,
    /// The measures, in the order of their columns; may be empty.
    pub measures: Vec<Association>,
    /// The column that rows are sorted by; `count` where none is named.
    pub sort: Option<String>,
}

/// Up to so many terms a table of all pairs is kept; each thread has one.
const DENSE: usize = 2048;

/// Stands for a term that is not paired.
const NONE: u32 = u32::MAX;

/// The terms that are paired, the counts of pairs and what they are measured against.
struct Counts {
    /// Pairs of terms, the smaller number first, and their counts; rising.
    pairs: Vec<(u64, u32)>,
    /// By term: the contexts that hold it; places of pairs that it takes within a window.
    singles: Vec<u64>,
    /// All contexts; all places of pairs within a window.
    all: u64,
}

/// A row for each pair of terms: a, b (a before b in the order of bytes), count, a column for each measure.
///
/// # Errors
/// [`Kind::BadOption`]: options out of range, a `sort` that is no column; and cancellation.
pub fn cooccurrence(
    corpus: &Corpus,
    zones: ZoneSet,
    options: &CooccurrenceOptions,
    watch: &Watch,
) -> Result<Table> {
    let bad = |field: &str, what: String| Err(Error::new(Kind::BadOption, what).in_field(field));
    if options.window.is_some_and(|window| window == 0) {
        return bad("window", "window=0; expected at least 1, or None for the whole sentence".to_owned());
    }
    if options.window.is_some() && options.within != Within::Sentence {
        return bad("window", "a window is within a sentence; expected within=\"sentence\"".to_owned());
    }
    let lexicon = Lexicon::new(corpus.store().vocabulary(), &options.terms);
    let groups = corpus.groups::<&str>(&[], watch)?;
    let units = units(corpus, &groups, zones, false);
    let cells = count(corpus, &units, groups.len(), &lexicon, TERMS, watch)?.0;
    let mut cells = cells.into_iter().next().unwrap_or_default();
    cells.retain(|cell| options.terms.keeps(cell.count, cell.articles));
    let frequent = ranked(
        (0..cells.len() as u32).collect(),
        &cells.iter().map(|cell| cell.count as f64).collect::<Vec<_>>(),
        &cells.iter().map(|cell| lexicon.terms.get(cell.gram as usize)).collect(),
        watch,
    )?;
    let most = options.most.unwrap_or(usize::MAX).min(frequent.len());
    let mut kept: Vec<u32> = frequent[..most].iter().map(|&at| cells[at as usize].gram).collect();
    kept.sort_unstable_by_key(|&term| lexicon.terms.get(term as usize));
    let names: Strings = kept.iter().map(|&term| lexicon.terms.get(term as usize)).collect();
    // By term: its place among the kept; by token: the same.
    let mut place_of = vec![NONE; lexicon.terms.len()];
    for (place, &term) in kept.iter().enumerate() {
        place_of[term as usize] = place as u32;
    }
    let places: Vec<u32> =
        lexicon.of_token.iter().map(|&term| place_of.get(term as usize).copied().unwrap_or(NONE)).collect();
    let counting = Counting { corpus, zones, lexicon: &lexicon, places: &places, terms: kept.len(), options };
    let counts = counting.counts(watch)?;

    let rows: Vec<(u64, u32)> =
        counts.pairs.into_iter().filter(|&(_, count)| u64::from(count) >= options.min_pairs).collect();
    let sides = |pair: u64| ((pair >> 32) as usize, (pair & u64::from(u32::MAX)) as usize);
    let pairs: Vec<Pair> = rows
        .iter()
        .map(|&(pair, count)| {
            let (a, b) = sides(pair);
            Pair {
                o11: f64::from(count),
                r1: counts.singles[a] as f64,
                c1: counts.singles[b] as f64,
                n: counts.all as f64,
            }
        })
        .collect();
    let setting =
        Setting { min_count: options.min_pairs as f64, vocabulary: kept.len() as f64, ..Setting::default() };
    let scored = columns(&options.measures, &pairs, &setting, watch)?;
    let keys = match options.sort.as_deref() {
        None | Some("count") => rows.iter().map(|&(_, count)| f64::from(count)).collect(),
        sort => sort_keys(rows.len(), sort, "a", &["count"], &scored)?,
    };
    let order = ranked_in_order(&keys, watch)?;
    let rows = taken(&rows, &order);
    let side = |of: fn((usize, usize)) -> usize| -> Vec<u32> {
        rows.iter().map(|&(pair, _)| of(sides(pair)) as u32).collect()
    };
    let mut table = Table::new()
        .with("a", Values::Text(taken_names(&names, &side(|(a, _)| a), watch)?))?
        .with("b", Values::Text(taken_names(&names, &side(|(_, b)| b), watch)?))?
        .with("count", Column::int(rows.iter().map(|&(_, count)| i64::from(count))))?;
    for (name, values) in scored {
        table = table.with(name, Values::Float(taken(&values, &order)))?;
    }
    Ok(table.with_fact("N", &counts.all).with_fact("terms", &kept.len()))
}

struct Counting<'a> {
    corpus: &'a Corpus,
    zones: ZoneSet,
    lexicon: &'a Lexicon,
    /// By token: the term's place among those that are paired.
    places: &'a [u32],
    terms: usize,
    options: &'a CooccurrenceOptions,
}

impl Counting<'_> {
    fn counts(&self, watch: &Watch) -> Result<Counts> {
        // A piece a thread: sums of whole numbers are the same however they are cut.
        let articles: Vec<usize> = (0..self.corpus.len()).collect();
        let size = articles.len().div_ceil(batch::threads()).max(1);
        let pieces: Vec<&[usize]> = articles.chunks(size).collect();
        let mut all = Piece::new(self.terms);
        for piece in map(&pieces, watch, |articles| self.piece(articles, watch))? {
            watch.check()?;
            all.add(piece);
        }
        let Piece { dense, sparse, singles, contexts, .. } = all;
        let pairs = if dense.is_empty() {
            let mut sparse = sparse;
            sort(&mut sparse, watch)?;
            watch
                .through(sparse.chunk_by(|a, b| a.0 == b.0))
                .map(|run| (run[0].0, run.iter().map(|&(_, count)| count).sum()))
                .collect()
        } else {
            let pairs = (0..self.terms).flat_map(|a| (a + 1..self.terms).map(move |b| (a, b)));
            pairs
                .map(|(a, b)| (pair(a as u32, b as u32), dense[a * self.terms + b]))
                .filter(|&(_, count)| count > 0)
                .collect()
        };
        Ok(Counts { pairs, singles, all: contexts })
    }

    fn piece(&self, articles: &[usize], watch: &Watch) -> Result<Piece> {
        let mut piece = Piece::new(self.terms);
        let mut context: Vec<u32> = Vec::new();
        for &article in articles {
            watch.check()?;
            let Some(article) = self.corpus.article(article) else { continue };
            for zone in article.zones(self.zones) {
                for sentence in article.part.sentences_of(zone) {
                    let tokens = &article.part.tokens[article.part.tokens_of(sentence)];
                    if let Some(window) = self.options.window {
                        self.windowed(tokens, window, &mut context, &mut piece);
                        continue;
                    }
                    context.extend(
                        tokens
                            .iter()
                            .map(|&token| self.places[token as usize])
                            .filter(|&place| place != NONE),
                    );
                    if self.options.within == Within::Sentence {
                        piece.close(&mut context);
                    }
                }
                if self.options.within == Within::Paragraph {
                    piece.close(&mut context);
                }
            }
            if self.options.within == Within::Article {
                piece.close(&mut context);
            }
            piece.settle();
        }
        piece.settle_all();
        Ok(piece)
    }

    /// Each pair of places of different terms up to a window apart.
    fn windowed(&self, tokens: &[u32], window: usize, places: &mut Vec<u32>, piece: &mut Piece) {
        places.clear();
        places.extend(
            tokens
                .iter()
                .filter(|&&token| (self.lexicon.of_token[token as usize] as usize) < self.lexicon.terms.len())
                .map(|&token| self.places[token as usize]),
        );
        for (at, &a) in places.iter().enumerate().filter(|&(_, &a)| a != NONE) {
            for &b in places[at + 1..].iter().take(window).filter(|&&b| b != NONE && b != a) {
                piece.count(a.min(b), a.max(b));
                // A pair takes two places of the table's margins.
                piece.singles[a as usize] += 1;
                piece.singles[b as usize] += 1;
                piece.contexts += 2;
            }
        }
        places.clear();
    }
}

/// The counts of some articles.
struct Piece {
    terms: usize,
    /// A square of pairs, of which the upper half is used; empty where there are too many terms.
    dense: Vec<u32>,
    /// Pairs, as far as they are settled.
    sparse: Vec<(u64, u32)>,
    open: Vec<u64>,
    singles: Vec<u64>,
    contexts: u64,
}

/// How many pairs are held before equal ones are put together.
const OPEN: usize = 1 << 22;

impl Piece {
    fn new(terms: usize) -> Self {
        let dense = if terms <= DENSE { vec![0; terms * terms] } else { Vec::new() };
        Self { terms, dense, sparse: Vec::new(), open: Vec::new(), singles: vec![0; terms], contexts: 0 }
    }

    /// Counts the pairs of a context, and empties it.
    fn close(&mut self, context: &mut Vec<u32>) {
        context.sort_unstable();
        context.dedup();
        for (at, &a) in context.iter().enumerate() {
            self.singles[a as usize] += 1;
            for &b in &context[at + 1..] {
                self.count(a, b);
            }
        }
        self.contexts += 1;
        context.clear();
    }

    #[inline]
    fn count(&mut self, a: u32, b: u32) {
        if self.dense.is_empty() {
            self.open.push(pair(a, b));
        } else {
            self.dense[a as usize * self.terms + b as usize] += 1;
        }
    }

    fn settle(&mut self) {
        if self.open.len() >= OPEN {
            self.settle_all();
        }
    }

    fn settle_all(&mut self) {
        self.open.sort_unstable();
        self.sparse.extend(self.open.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
        self.open.clear();
    }

    fn add(&mut self, other: Self) {
        self.dense.iter_mut().zip(other.dense).for_each(|(here, there)| *here += there);
        self.sparse.extend(other.sparse);
        self.singles.iter_mut().zip(other.singles).for_each(|(here, there)| *here += there);
        self.contexts += other.contexts;
    }
}

fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}
