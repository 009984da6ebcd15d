//! Which terms co-occur, in any order?
//!
//! Two terms co-occur in a sentence, a paragraph or an article that contains both; it counts once,
//! however often they occur in it. Or they co-occur within a window of a sentence: then each pair
//! of places counts.
//!
//! The pairs with one first term are counted together, in a table with one slot per second term, as
//! in [`super::pairs`]. Two reductions follow each other: the first lays out the contexts of each
//! article, and merging appends them; the second counts pairs, divided by first terms, so two
//! partials never hold the same pair, and merging appends them too.
//!
//! Cost: one step per pair of terms of a context; eight bytes per token, twelve per term and
//! thread, and twelve per kept pair.

use crate::batch::{Statistic, Watch, reduce, sort};
use crate::corpus::{Context, Corpus, Unit, ZoneSet};
use crate::error::{Error, Kind, Result};
use crate::measure::{Association, Pair, Setting, columns};
use crate::stats::count::{
    self, Cell, Places, Reading, Slots, Stream, TERMS, TermMap, TermOptions, ranked, ranked_in_order,
    sort_keys, taken, taken_names,
};
use crate::table::{Strings, Table, Values};

/// How co-occurring terms are counted.
#[derive(Debug, Clone)]
pub struct CooccurrenceOptions {
    /// Which terms are counted; the minimums apply to single terms.
    pub terms: TermOptions,
    /// The context in which terms co-occur.
    pub within: Context,
    /// The largest distance within a sentence, in terms; anywhere in the context if `None`.
    pub window: Option<usize>,
    /// Pairs with a smaller count are ignored.
    pub min_pairs: u64,
    /// The number of terms that are paired, the most frequent ones; all if `None`.
    pub most: Option<usize>,
    /// The measures, in the order of their columns; may be empty.
    pub measures: Vec<Association>,
    /// The column that rows are sorted by; `count` if `None`.
    pub sort: Option<String>,
}

/// The counts of pairs, and the counts that they are compared with.
struct Counts {
    /// The kept pairs of terms, the smaller number first, and their counts; ascending.
    pairs: Vec<(u64, u64)>,
    /// By term: the number of contexts that contain it; within a window, the number of its places
    /// in pairs.
    singles: Vec<u64>,
    /// The number of contexts; within a window, the number of all places in pairs.
    all: u64,
}

/// One row per pair of terms: a, b (a before b in the order of bytes), count, and one column per
/// measure.
///
/// # Errors
/// [`Kind::BadOption`]: options out of range, an unknown column in `sort`; and cancellation.
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
    if options.window.is_some() && options.within != Context::Sentence {
        return bad("window", "a window is within a sentence; expected within=\"sentence\"".to_owned());
    }
    let term_map = TermMap::new(corpus.store().vocabulary(), &options.terms, watch)?;
    let groups = corpus.groups::<&str>(&[], watch)?;
    let units = corpus.units(&groups, zones);
    let words =
        count::Counting { corpus, groups: &groups, units: &units, term_map: &term_map, ngrams: TERMS };
    let counted = count::count(words, watch)?;
    let mut cells = counted.cells.into_iter().next().unwrap_or_default();
    let one = corpus.one();
    cells.retain(|cell| options.terms.keeps_units(one, cell.count, cell.articles));
    let frequent = ranked(
        (0..cells.len() as u32).collect(),
        &cells.iter().map(|cell| cell.count as f64).collect::<Vec<_>>(),
        &cells.iter().map(|cell| term_map.terms.get(cell.gram as usize)).collect(),
        watch,
    )?;
    let most = options.most.unwrap_or(usize::MAX).min(frequent.len());
    let mut kept: Vec<u32> = frequent[..most].iter().map(|&at| cells[at as usize].gram).collect();
    kept.sort_unstable_by_key(|&term| term_map.terms.get(term as usize));
    let names: Strings = kept.iter().map(|&term| term_map.terms.get(term as usize)).collect();
    // By term: its position among the kept terms, plus one; all other terms share the number after
    // those.
    let mut numbers = vec![kept.len() as u32 + 1; term_map.terms.len()];
    for (place, &term) in (1..).zip(&kept) {
        numbers[term as usize] = place;
    }
    let counting =
        Counting { corpus, zones, term_map: &term_map, numbers: &numbers, terms: kept.len(), options };
    let counts = match corpus.units_by_weight(&units) {
        None => counting.counts(&units, options.min_pairs.max(1), watch)?,
        Some((weights, units)) => counting.weighted(weights, &units, one.least(options.min_pairs), watch)?,
    };
    let rows = counts.pairs;
    let sides = |pair: u64| ((pair >> 32) as usize, (pair & u64::from(u32::MAX)) as usize);
    let pairs: Vec<Pair> = rows
        .iter()
        .map(|&(pair, count)| {
            let (a, b) = sides(pair);
            Pair {
                o11: one.number(count),
                r1: one.number(counts.singles[a]),
                c1: one.number(counts.singles[b]),
                n: one.number(counts.all),
            }
        })
        .collect();
    let setting =
        Setting { min_count: options.min_pairs as f64, vocabulary: kept.len() as f64, ..Setting::default() };
    let scored = columns(&options.measures, &pairs, &setting, watch)?;
    let keys = match options.sort.as_deref() {
        None | Some("count") => rows.iter().map(|&(_, count)| one.number(count)).collect(),
        sort => sort_keys(rows.len(), sort, "a", &["count"], &scored, watch)?,
    };
    let order = ranked_in_order(&keys, watch)?;
    let rows = taken(&rows, &order, watch)?;
    let side = |of: fn((usize, usize)) -> usize| -> Vec<u32> {
        rows.iter().map(|&(pair, _)| of(sides(pair)) as u32).collect()
    };
    let mut table = Table::new()
        .with("a", Values::Text(taken_names(&names, &side(|(a, _)| a), watch)?))?
        .with("b", Values::Text(taken_names(&names, &side(|(_, b)| b), watch)?))?
        .with("count", one.column(rows.iter().map(|&(_, count)| count)))?;
    for (name, values) in scored {
        table = table.with(name, Values::Float(taken(&values, &order, watch)?))?;
    }
    Ok(table.with_fact("N", &one.number(counts.all)).with_fact("terms", &kept.len()))
}

struct Counting<'a> {
    corpus: &'a Corpus,
    zones: ZoneSet,
    term_map: &'a TermMap,
    /// By term: its position among the paired terms, plus one; a larger number if it is not paired.
    numbers: &'a [u32],
    terms: usize,
    options: &'a CooccurrenceOptions,
}

/// The pairs of some first terms.
#[derive(Default)]
struct Found {
    slots: Slots,
    pairs: Vec<(u64, u64)>,
    singles: Vec<u64>,
}

impl Counting<'_> {
    fn counts(&self, units: &[Unit], least: u64, watch: &Watch) -> Result<Counts> {
        match self.options.window {
            None => {
                let (stream, contexts) = self.contexts(units, watch)?;
                // A context has each term once, ascending: a place forms pairs with those after it.
                let pairs = |place: usize, slots: &mut Slots| {
                    let behind = stream.terms[place + 1..].iter().take_while(|&&other| other != 0);
                    behind.for_each(|&other| slots.add(other, 1));
                    1
                };
                self.count(&stream, (contexts, least), pairs, watch)
            }
            Some(window) => {
                let reading =
                    Reading { term_map: self.term_map, numbers: self.numbers, parted: false, reach: window };
                let stream = Stream::new(self.corpus, units, reading, watch)?;
                let paired = |&&other: &&u32| other as usize <= self.terms;
                // Each pair of places is counted for the smaller number, whichever of them comes
                // first.
                let pairs = |place: usize, slots: &mut Slots| {
                    let own = stream.terms[place];
                    let (before, behind) = (&stream.terms[..place], &stream.terms[place + 1..]);
                    let near = before.iter().rev().take(window).take_while(|&&other| other != 0);
                    let others = near.chain(behind.iter().take(window).take_while(|&&other| other != 0));
                    let mut all = 0;
                    for &other in others.filter(paired).filter(|&&other| other != own) {
                        all += 1;
                        if other > own {
                            slots.add(other, 1);
                        }
                    }
                    all
                };
                // Each pair contributes two places to the margins of the table.
                let mut counts = self.count(&stream, (0, least), pairs, watch)?;
                counts.all = counts.singles.iter().sum();
                Ok(counts)
            }
        }
    }

    /// The contexts one after another, each with the numbers of its distinct terms, ascending; and
    /// the number of contexts.
    fn contexts(&self, units: &[Unit], watch: &Watch) -> Result<(Stream, u64)> {
        let Contexts { mut terms, closed, .. } = reduce(&InContexts(self), units, watch)?;
        terms.push(0);
        Ok((Stream { terms, ..Stream::default() }, closed))
    }

    /// The counts in units that are sorted by their weights, which number their groups.
    fn weighted(&self, weights: &[u64], units: &[Unit], least: u64, watch: &Watch) -> Result<Counts> {
        let mut all = Counts { pairs: Vec::new(), singles: vec![0; self.terms], all: 0 };
        for units in units.chunk_by(|a, b| a.group == b.group) {
            let weight = units.first().map_or(0, |unit| weights[unit.group as usize]);
            let counts = self.counts(units, 1, watch)?;
            all.pairs.extend(counts.pairs.into_iter().map(|(pair, count)| (pair, count * weight)));
            all.singles.iter_mut().zip(counts.singles).for_each(|(sum, count)| *sum += count * weight);
            all.all += counts.all * weight;
        }
        sort(&mut all.pairs, watch)?;
        let pairs = watch.through(all.pairs.chunk_by(|a, b| a.0 == b.0));
        let pairs = pairs.map(|alike| (alike[0].0, alike.iter().map(|&(_, count)| count).sum()));
        let pairs = pairs.filter(|&(_, count)| count >= least).collect();
        watch.check()?;
        Ok(Counts { pairs, ..all })
    }

    /// The counts of the pairs that occur at least `least` times. `pairs` adds the pairs of a place
    /// to the slots, and returns its contribution to the margin of its term.
    fn count(
        &self,
        stream: &Stream,
        (all, least): (u64, u64),
        pairs: impl Fn(usize, &mut Slots) -> u64 + Sync,
        watch: &Watch,
    ) -> Result<Counts> {
        let places = Places::new(stream, self.terms, |place| place, watch)?;
        let counting = OfFirstTerms { places: &places, terms: self.terms, least, pairs };
        let found = reduce(&counting, &places.pieces(), watch)?;
        Ok(Counts { pairs: found.pairs, singles: found.singles, all })
    }
}

/// Counts the pairs of some first terms.
struct OfFirstTerms<'a, P> {
    places: &'a Places,
    terms: usize,
    least: u64,
    /// Counts the pairs of a place, and returns what it adds to its term's margin.
    pairs: P,
}

impl<P: Fn(usize, &mut Slots) -> u64 + Sync> Statistic for OfFirstTerms<'_, P> {
    type Unit = std::ops::Range<usize>;
    type Partial = Found;
    type Output = Found;

    fn empty(&self) -> Found {
        Found::default()
    }

    fn add(&self, found: &mut Found, numbers: &Self::Unit, watch: &Watch) -> Result<()> {
        let Found { slots, pairs: all, singles } = found;
        slots.reach(self.terms + 1);
        for number in numbers.clone() {
            let own = watch.through(self.places.of(number));
            singles.push(own.map(|&place| (self.pairs)(place as usize, slots)).sum());
            let cells = slots.drain(|cell| cell.count >= self.least);
            let keyed = |cell: Cell| (pair(number as u32 - 1, cell.gram - 1), cell.count);
            all.extend(cells.into_iter().map(keyed));
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Found>, watch: &Watch) -> Result<Found> {
        let mut merged = Found::default();
        merged.pairs.try_reserve(partials.iter().map(|found| found.pairs.len()).sum())?;
        for found in watch.through(partials) {
            merged.pairs.extend(found.pairs);
            merged.singles.extend(found.singles);
        }
        watch.check()?;
        Ok(merged)
    }

    fn finish(&self, found: Found, _: &Watch) -> Result<Found> {
        Ok(found)
    }
}

/// Lays out the contexts of some articles.
struct InContexts<'a>(&'a Counting<'a>);

impl Statistic for InContexts<'_> {
    type Unit = Unit;
    type Partial = Contexts;
    type Output = Contexts;

    fn empty(&self) -> Contexts {
        Contexts::default()
    }

    fn add(&self, contexts: &mut Contexts, unit: &Unit, watch: &Watch) -> Result<()> {
        let Counting { corpus, zones, term_map, numbers, terms, options } = *self.0;
        for &article in watch.through(&unit.articles) {
            let Some(article) = corpus.article(article as usize) else { continue };
            for zone in article.zones(zones) {
                for sentence in article.part.sentences_of(zone) {
                    let tokens = &article.part.tokens[article.part.tokens_of(sentence)];
                    let number = |&token: &u32| numbers.get(term_map.of_token[token as usize] as usize);
                    let paired = tokens.iter().filter_map(number).filter(|&&number| number as usize <= terms);
                    contexts.open.extend(paired);
                    contexts.close_if(options.within == Context::Sentence);
                }
                contexts.close_if(options.within == Context::Paragraph);
            }
            contexts.close_if(options.within == Context::Article);
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Contexts>, watch: &Watch) -> Result<Contexts> {
        let mut merged = Contexts::default();
        for contexts in watch.through(partials) {
            merged.terms.extend(contexts.terms);
            merged.closed += contexts.closed;
        }
        watch.check()?;
        Ok(merged)
    }

    fn finish(&self, contexts: Contexts, _: &Watch) -> Result<Contexts> {
        Ok(contexts)
    }
}

/// The contexts of some articles.
#[derive(Default)]
struct Contexts {
    /// Closed contexts, each followed by 0.
    terms: Vec<u32>,
    open: Vec<u32>,
    closed: u64,
}

impl Contexts {
    fn close_if(&mut self, ends: bool) {
        if !ends {
            return;
        }
        self.closed += 1;
        if !self.open.is_empty() {
            self.open.sort_unstable();
            self.open.dedup();
            self.terms.append(&mut self.open);
            self.terms.push(0);
        }
    }
}

fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            let term_map = TermMap::new(corpus.store().vocabulary(), &TermOptions::default(), &watch).unwrap();
            let terms = term_map.terms.len();
            let numbers: Vec<u32> = (1..=terms as u32).collect();
            let units = units(&corpus, &corpus.groups::<&str>(&[], &watch).unwrap());
            for within in [Context::Sentence, Context::Paragraph, Context::Article] {
                let options = CooccurrenceOptions {
                    terms: TermOptions::default(),
                    within,
                    window: None,
                    min_pairs: 1,
                    most: None,
                    measures: Vec::new(),
                    sort: None,
                };
                let zones = ZoneSet::default();
                let counting =
                    Counting { corpus: &corpus, zones, term_map: &term_map, numbers: &numbers, terms, options: &options };
                let laid_out = |contexts: Contexts| (contexts.terms, contexts.closed);
                holds_for_every_cut(&InContexts(&counting), &units, cuts, laid_out);
                let (stream, _) = counting.contexts(&units, &watch).unwrap();
                let places = Places::new(&stream, terms, |place| place, &watch).unwrap();
                let pairs = |place: usize, slots: &mut Slots| {
                    let after = stream.terms[place + 1..].iter().take_while(|&&other| other != 0);
                    after.for_each(|&other| slots.add(other, 1));
                    1
                };
                let of_first = OfFirstTerms { places: &places, terms, least: 1, pairs };
                let ranges: Vec<std::ops::Range<usize>> = (1..=terms).map(|number| number..number + 1).collect();
                holds_for_every_cut(&of_first, &ranges, cuts, |found| (found.pairs, found.singles));
            }
        }
    }
}
