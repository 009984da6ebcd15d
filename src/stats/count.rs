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

use super::lexicon::{BREAK, Lexicon, SKIP};
use crate::article::ZoneKind;
use crate::batch::Watch;
use crate::corpus::{Corpus, Groups, ZoneSet};
use crate::error::Result;
use crate::table::Strings;

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

/// What is counted of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Terms and n-grams, from the shortest to the longest.
    Ngrams(usize, usize),
    /// Ordered pairs of terms up to that many terms apart. Whether punctuation parts them is told by the second.
    Window(usize, bool),
}

impl Shape {
    /// Whether it makes numbers beside those of the terms.
    pub(super) fn makes_grams(self) -> bool {
        self != Self::Ngrams(1, 1)
    }
}

/// Numbers for n-grams. Those below the number of terms are the terms themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    terms: u32,
    numbers: HashMap<u64, u32, FxBuildHasher>,
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
        *self.numbers.entry(key(first, last)).or_insert_with(|| {
            self.parts.push((first, last));
            next
        })
    }

    /// Adds all n-grams of another, whose terms are called `term_of` here: the numbers that its n-grams have here, by their
    /// numbers there less the terms.
    pub(super) fn absorb(&mut self, other: &Self, term_of: impl Fn(u32) -> u32) -> Vec<u32> {
        let mut numbers: Vec<u32> = Vec::with_capacity(other.parts.len());
        for &(first, last) in &other.parts {
            let first =
                if first < other.terms { term_of(first) } else { numbers[(first - other.terms) as usize] };
            numbers.push(self.number(first, term_of(last)));
        }
        numbers
    }

    /// The first n − 1 terms and the last term of an n-gram; none of a term.
    pub(super) fn split(&self, gram: u32) -> Option<(u32, u32)> {
        self.parts.get(gram.checked_sub(self.terms)? as usize).copied()
    }

    /// The number of an n-gram; that of none where it has none.
    pub(super) fn find(&self, first: u32, last: u32) -> u32 {
        self.numbers.get(&key(first, last)).copied().unwrap_or(u32::MAX)
    }

    /// How many terms each has, by its number.
    pub(super) fn sizes(&self) -> Vec<u8> {
        let mut sizes = vec![1_u8; self.len()];
        for (at, &(first, _)) in self.parts.iter().enumerate() {
            sizes[self.terms as usize + at] = sizes[first as usize] + 1;
        }
        sizes
    }

    /// The n-gram as a string: its terms with spaces between.
    pub(super) fn text(&self, gram: u32, terms: &Strings) -> String {
        let mut terms: Vec<&str> = self.walk_back(gram).map(|term| terms.get(term as usize)).collect();
        terms.reverse();
        terms.join(" ")
    }

    /// All n-grams as strings, by their numbers.
    pub(super) fn texts(&self, terms: &Strings) -> Strings {
        (0..self.len() as u32).map(|gram| self.text(gram, terms)).collect()
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

fn key(first: u32, last: u32) -> u64 {
    u64::from(first) << 32 | u64::from(last)
}

/// The units of a selection: each group's articles, in runs of about equal work.
pub(super) fn units(corpus: &Corpus, groups: &Groups, zones: ZoneSet, by_zone: bool) -> Vec<Unit> {
    const UNIT_BYTES: usize = 2 << 20;
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
            if *bytes >= UNIT_BYTES
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
    touched: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    count: u32,
    articles: u32,
    /// The last article counted, plus one.
    last: u32,
}

impl Slots {
    #[inline]
    fn add(&mut self, gram: u32, article: u32) {
        let gram = gram as usize;
        if gram >= self.slots.len() {
            self.slots.resize((gram + 1).next_power_of_two(), Slot::default());
        }
        let slot = &mut self.slots[gram];
        if slot.last != article {
            if slot.count == 0 {
                self.touched.push(gram as u32);
            }
            slot.last = article;
            slot.articles += 1;
        }
        slot.count += 1;
    }

    fn drain(&mut self) -> Vec<Cell> {
        self.touched.sort_unstable();
        let slots = &mut self.slots;
        self.touched
            .drain(..)
            .map(|gram| {
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
    shape: Shape,
    mut number: impl FnMut(u32, u32) -> u32,
    mut see: impl FnMut(u32),
) {
    let Some(article) = corpus.article(article as usize) else { return };
    let part = article.part;
    let (low, high) = match shape {
        Shape::Ngrams(low, high) => (low, high),
        Shape::Window(window, parted) => {
            let mut before: Vec<u32> = Vec::with_capacity(window);
            for zone in article.zones(zones) {
                for sentence in part.sentences_of(zone) {
                    before.clear();
                    for &token in &part.tokens[part.tokens_of(sentence)] {
                        let term = lexicon.of_token[token as usize];
                        if term == BREAK && parted {
                            before.clear();
                        }
                        if term >= BREAK {
                            continue;
                        }
                        before.iter().for_each(|&first| see(number(first, term)));
                        if before.len() == window {
                            before.remove(0);
                        }
                        before.push(term);
                    }
                }
            }
            return;
        }
    };
    if high == 1 {
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
    let mut open: Vec<u32> = Vec::with_capacity(high);
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
                open.truncate(high - 1);
                for gram in &mut open {
                    *gram = number(*gram, term);
                }
                open.insert(0, term);
                open.iter().skip(low - 1).for_each(|&gram| see(gram));
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
    shape: Shape,
    watch: &Watch,
) -> Result<(Vec<Vec<Cell>>, Grams)> {
    let counted: Vec<Result<(Vec<Cell>, Grams)>> = units
        .par_iter()
        .map_init(Slots::default, |slots, unit| {
            watch.check()?;
            let mut grams = Grams::new(lexicon.terms.len());
            for &article in &unit.articles {
                let number = |first, last| grams.number(first, last);
                walk(corpus, article, unit.zones, lexicon, shape, number, |gram| {
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
        if shape.makes_grams() {
            let numbers = all.absorb(&grams, |term| term);
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
