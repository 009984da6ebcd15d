//! How often does each term stand in each group?
//!
//! Work is cut into units: some articles of one group. A unit is counted by itself, and units are merged in their order:
//! counts are sums, so the result is the same for every cut. An n-gram is a number too: that of its first n − 1 terms
//! together with its last term.
//!
//! Cost: one table read a token and n-gram size; memory a slot a term and thread.

use std::collections::HashMap;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::lexicon::{BREAK, Lexicon, SKIP, TermOptions};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::Result;

/// Some articles (by position) of one group, and the zones of them that belong to it.
pub(super) struct Unit {
    pub(super) group: u32,
    pub(super) zones: ZoneSet,
    pub(super) articles: Vec<u32>,
}

/// A term or n-gram in one group: its number, its count, and the articles that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) gram: u32,
    pub(super) count: u64,
    pub(super) articles: u64,
}

/// Numbers for n-grams. Those below the number of terms are the terms themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    terms: u32,
    numbers: HashMap<(u32, u32), u32, FxBuildHasher>,
    /// The first n − 1 terms and the last term of each longer n-gram.
    parts: Vec<(u32, u32)>,
}

impl Grams {
    pub(super) fn new(terms: usize) -> Self {
        Self { terms: terms as u32, ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.terms as usize + self.parts.len()
    }

    pub(super) fn number(&mut self, first: u32, last: u32) -> u32 {
        let next = self.terms + self.parts.len() as u32;
        *self.numbers.entry((first, last)).or_insert_with(|| {
            self.parts.push((first, last));
            next
        })
    }

    /// The number of an n-gram; that of none where it has none.
    pub(super) fn find(&self, first: u32, last: u32) -> u32 {
        self.numbers.get(&(first, last)).copied().unwrap_or(u32::MAX)
    }

    /// Adds all n-grams of another; their numbers here, by their numbers there less the terms.
    pub(super) fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let mut numbers: Vec<u32> = Vec::with_capacity(other.parts.len());
        for &(first, last) in &other.parts {
            let first = if first < other.terms { first } else { numbers[(first - other.terms) as usize] };
            numbers.push(self.number(first, last));
        }
        numbers
    }

    /// The n-gram as a string: its terms with spaces between.
    pub(super) fn text(&self, gram: u32, lexicon: &Lexicon) -> String {
        let mut terms: Vec<&str> =
            self.walk_back(gram).map(|term| lexicon.terms.get(term as usize)).collect();
        terms.reverse();
        terms.join(" ")
    }

    fn walk_back(&self, gram: u32) -> impl Iterator<Item = u32> + '_ {
        let mut rest = Some(gram);
        std::iter::from_fn(move || {
            let gram = rest?;
            if gram < self.terms {
                rest = None;
                return Some(gram);
            }
            let (first, last) = self.parts[(gram - self.terms) as usize];
            rest = Some(first);
            Some(last)
        })
    }
}

/// The units of a selection: each group's articles, in runs of about equal work.
pub(super) fn units(corpus: &Corpus, groups: &Groups, zones: ZoneSet, by_zone: bool) -> Vec<Unit> {
    // Enough units for the threads to end together, and as few as that, for each has its cells to sort and add.
    let all: usize = corpus.articles().map(|article| article.text().len()).sum();
    let unit_bytes = (all / (8 * rayon::current_num_threads())).clamp(1 << 20, 32 << 20);
    let kinds: Vec<(ZoneKind, ZoneSet)> = if by_zone {
        let each = ZoneKind::ALL.into_iter().filter(|&kind| zones.has(kind));
        each.map(|kind| (kind, ZoneSet::only(kind))).collect()
    } else {
        vec![(ZoneKind::Body, zones)]
    };
    let mut units = Vec::new();
    for (kind, zones) in kinds {
        let mut open: HashMap<u32, (Unit, usize)> = HashMap::new();
        for (position, article) in corpus.articles().enumerate() {
            let group = groups.of(position, kind);
            let (unit, bytes) =
                open.entry(group).or_insert_with(|| (Unit { group, zones, articles: Vec::new() }, 0));
            unit.articles.push(position as u32);
            *bytes += article.text().len();
            if *bytes >= unit_bytes
                && let Some((full, _)) = open.remove(&group)
            {
                units.push(full);
            }
        }
        units.extend(open.into_values().map(|(unit, _)| unit));
    }
    units.sort_by_key(|unit| (unit.group, unit.articles.first().copied()));
    units
}

/// A slot for each n-gram, for the counts of one unit.
#[derive(Default)]
struct Slots {
    slots: Vec<Slot>,
    /// The n-grams with a count; what stands behind `reached` is of no meaning.
    touched: Vec<u32>,
    reached: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    count: u32,
    articles: u32,
    /// The last article counted, plus one.
    last: u32,
}

impl Slots {
    fn reach(&mut self, grams: usize) {
        if grams > self.slots.len() {
            let size = grams.next_power_of_two();
            self.slots.resize(size, Slot::default());
            self.touched.resize(size + 1, 0);
        }
    }

    /// Counts an n-gram below what was [reached](Self::reach). Whether it is the first of its article, or of all, no processor
    /// can guess; so there is no branch to guess.
    #[inline]
    fn add(&mut self, gram: u32, article: u32) {
        let slot = &mut self.slots[gram as usize];
        self.touched[self.reached] = gram;
        self.reached += usize::from(slot.count == 0);
        slot.articles += u32::from(slot.last != article);
        slot.last = article;
        slot.count += 1;
    }

    /// Counts the terms of an article.
    fn add_terms(&mut self, corpus: &Corpus, article: u32, zones: ZoneSet, lexicon: &Lexicon) {
        // What is no term is counted in a slot behind the terms, and thrown away in the end: no branch here either.
        let none = lexicon.terms.len() as u32;
        self.reach(none as usize + 1);
        let Some(found) = corpus.article(article as usize) else { return };
        for zone in found.zones(zones) {
            for &token in &found.part.tokens[found.part.tokens_of_zone(zone)] {
                self.add(lexicon.of_token[token as usize].min(none), article + 1);
            }
        }
    }

    fn drain(&mut self) -> Vec<Cell> {
        let touched = &mut self.touched[..std::mem::take(&mut self.reached)];
        // In the order of grams: where most were touched, a look at each is quicker than sorting.
        if touched.len() * 8 > self.slots.len() {
            let there = self.slots.iter().enumerate().filter(|(_, slot)| slot.count > 0);
            for (gram, at) in there.map(|(gram, _)| gram as u32).zip(&mut *touched) {
                *at = gram;
            }
        } else {
            touched.sort_unstable();
        }
        let slots = &mut self.slots;
        touched
            .iter()
            .map(|&gram| {
                let Slot { count, articles, .. } = std::mem::take(&mut slots[gram as usize]);
                Cell { gram, count: u64::from(count), articles: u64::from(articles) }
            })
            .collect()
    }
}

/// Calls `see` with each term and n-gram of an article's zones. `number` gives the number of an n-gram, from those of its
/// first n − 1 terms and of its last.
pub(super) fn walk(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    lexicon: &Lexicon,
    ngrams: (usize, usize),
    mut number: impl FnMut(u32, u32) -> u32,
    mut see: impl FnMut(u32),
) {
    let Some(article) = corpus.article(article as usize) else { return };
    let part = article.part;
    if ngrams == (1, 1) {
        for zone in article.zones(zones) {
            for &token in &part.tokens[part.tokens_of_zone(zone)] {
                let term = lexicon.of_token[token as usize];
                if term < BREAK {
                    see(term);
                }
            }
        }
        return;
    }
    let mut open: Vec<u32> = Vec::with_capacity(ngrams.1);
    for zone in article.zones(zones) {
        for sentence in part.sentences_of(zone) {
            open.clear();
            for &token in &part.tokens[part.tokens_of(sentence)] {
                let term = lexicon.of_token[token as usize];
                if term == BREAK {
                    open.clear();
                }
                if term >= BREAK {
                    debug_assert!(term == BREAK || term == SKIP);
                    continue;
                }
                // open[k] is the (k + 1)-gram that ended at the term before.
                open.truncate(ngrams.1 - 1);
                for gram in &mut open {
                    *gram = number(*gram, term);
                }
                open.insert(0, term);
                open.iter().skip(ngrams.0 - 1).for_each(|&gram| see(gram));
            }
        }
    }
}

/// The cells of each group, by number of the n-gram; and what the numbers stand for.
pub(super) fn count(
    corpus: &Corpus,
    units: &[Unit],
    groups: usize,
    lexicon: &Lexicon,
    options: &TermOptions,
    watch: &Watch,
) -> Result<(Vec<Vec<Cell>>, Grams)> {
    let counted: Vec<Result<(Vec<Cell>, Grams)>> = units
        .par_iter()
        .map_init(Slots::default, |slots, unit| {
            watch.check()?;
            let mut grams = Grams::new(lexicon.terms.len());
            if options.ngrams == (1, 1) {
                for &article in &unit.articles {
                    slots.add_terms(corpus, article, unit.zones, lexicon);
                }
                let mut cells = slots.drain();
                cells.pop_if(|cell| cell.gram as usize == lexicon.terms.len());
                return Ok((cells, grams));
            }
            for &article in &unit.articles {
                let number = |first, last| grams.number(first, last);
                walk(corpus, article, unit.zones, lexicon, options.ngrams, number, |gram| {
                    slots.reach(gram as usize + 1);
                    slots.add(gram, article + 1);
                });
            }
            Ok((slots.drain(), grams))
        })
        .collect();
    let mut all = Grams::new(lexicon.terms.len());
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); groups];
    let (mut sum, mut open) = (Sums::default(), None);
    for (unit, counted) in units.iter().zip(counted) {
        watch.check()?;
        let (mut found, grams) = counted?;
        if options.ngrams.1 > 1 {
            let numbers = all.absorb(&grams);
            for cell in &mut found {
                if cell.gram >= all.terms {
                    cell.gram = numbers[(cell.gram - all.terms) as usize];
                }
            }
        }
        if let Some(group) = open.replace(unit.group)
            && group != unit.group
        {
            cells[group as usize] = sum.drain();
        }
        sum.add(found);
    }
    if let Some(group) = open {
        cells[group as usize] = sum.drain();
    }
    Ok((cells, all))
}

/// Adds up the cells of one group's units.
#[derive(Default)]
struct Sums {
    slots: Vec<(u64, u64)>,
    touched: Vec<u32>,
    /// The cells of the first unit, as long as there is no second.
    only: Option<Vec<Cell>>,
}

impl Sums {
    fn add(&mut self, cells: Vec<Cell>) {
        if self.touched.is_empty() && self.only.is_none() {
            self.only = Some(cells);
            return;
        }
        for cells in [self.only.take(), Some(cells)].into_iter().flatten() {
            for cell in cells {
                let gram = cell.gram as usize;
                if gram >= self.slots.len() {
                    self.slots.resize((gram + 1).next_power_of_two(), (0, 0));
                }
                let slot = &mut self.slots[gram];
                if slot.0 == 0 {
                    self.touched.push(cell.gram);
                }
                slot.0 += cell.count;
                slot.1 += cell.articles;
            }
        }
    }

    fn drain(&mut self) -> Vec<Cell> {
        if let Some(only) = self.only.take() {
            return only;
        }
        self.touched.sort_unstable();
        let slots = &mut self.slots;
        self.touched
            .drain(..)
            .map(|gram| {
                let (count, articles) = std::mem::take(&mut slots[gram as usize]);
                Cell { gram, count, articles }
            })
            .collect()
    }
}
