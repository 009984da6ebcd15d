//! How often does each term stand in each group?
//!
//! Work is cut into units: some articles of one group. A unit is counted by itself, and units are merged in their order:
//! counts are sums, so the result is the same for every cut. An n-gram is a number too: that of its first n − 1 terms
//! together with its last term; [`super::phrases`] counts those.
//!
//! Cost: one table read a token; memory a slot a term and thread.

use std::hint::select_unpredictable;

use super::lexicon::{BREAK, LONGEST_NGRAM, Lexicon, SKIP};
use super::phrases::{Options, Phrases, phrases};
use super::ranking::by_name;
use crate::article::ZoneKind;
use crate::batch::{self, Watch, map_with_state};
use crate::corpus::{ArticleRef, Corpus, Groups, ZoneSet};
use crate::error::Result;
use crate::hash::Map;
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

/// The lengths of the n-grams that are counted, in terms: the shortest and the longest.
pub(super) type Lengths = (usize, usize);

/// Terms alone: no number is made beside theirs.
pub(super) const TERMS: Lengths = (1, 1);

/// Numbers for n-grams. Those below the number of terms are the terms themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    terms: u32,
    numbers: Map<u64, u32>,
    /// The first n − 1 terms and the last term of each longer n-gram.
    parts: Vec<(u32, u32)>,
}

impl Grams {
    pub(super) fn new(terms: usize) -> Self {
        Self { terms: terms as u32, ..Self::default() }
    }

    /// The n-grams that were told apart elsewhere. None is found by its terms before they are [indexed](Self::indexed).
    pub(super) fn of(terms: usize, parts: Vec<(u32, u32)>) -> Self {
        Self { terms: terms as u32, parts, numbers: Map::default() }
    }

    /// The same n-grams, each of which can be found by its terms.
    pub(super) fn indexed(mut self) -> Self {
        let numbers = (self.terms..).zip(&self.parts);
        self.numbers = numbers.map(|(number, &(first, last))| (key(first, last), number)).collect();
        self
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
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn absorb(
        &mut self,
        other: &Self,
        term_of: impl Fn(u32) -> u32,
        watch: &Watch,
    ) -> Result<Vec<u32>> {
        let mut numbers: Vec<u32> = Vec::with_capacity(other.parts.len());
        for &(first, last) in watch.through(&other.parts) {
            let first =
                if first < other.terms { term_of(first) } else { numbers[(first - other.terms) as usize] };
            numbers.push(self.number(first, term_of(last)));
        }
        watch.check()?;
        Ok(numbers)
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

    /// [`Grams::text`] at the end of others.
    pub(super) fn push_text(&self, gram: u32, terms: &Strings, texts: &mut Strings) {
        let mut back = [0; LONGEST_NGRAM];
        let mut size = 0;
        for (slot, term) in back.iter_mut().zip(self.walk_back(gram)) {
            *slot = term;
            size += 1;
        }
        texts.push_joined(back[..size].iter().rev().map(|&term| terms.get(term as usize)));
    }

    /// All n-grams as strings, by their numbers.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn texts(&self, terms: &Strings, watch: &Watch) -> Result<Strings> {
        let mut texts = Strings::default();
        watch.through(0..self.len() as u32).for_each(|gram| self.push_text(gram, terms, &mut texts));
        watch.check()?;
        Ok(texts)
    }

    /// N-grams, given by rising numbers that [`super::phrases`] gave, in the order of their bytes: longer ones rise already, since a
    /// space comes before whatever else a term may hold, and only the terms have to be put between them.
    ///
    /// # Errors
    /// Cancellation.
    pub(super) fn by_bytes(&self, mut grams: Vec<u32>, terms: &Strings, watch: &Watch) -> Result<Vec<u32>> {
        let longer = grams.split_off(grams.partition_point(|&gram| gram < self.terms));
        let mut single = by_name(grams, terms, watch)?.into_iter().peekable();
        // The first term of each n-gram.
        let mut first_of: Vec<u32> = Vec::with_capacity(self.parts.len());
        for &(first, _) in &self.parts {
            first_of.push(if first < self.terms { first } else { first_of[(first - self.terms) as usize] });
        }
        let mut ordered = Vec::with_capacity(longer.len() + single.len());
        let mut before = None;
        for gram in watch.through(longer) {
            let first = first_of[(gram - self.terms) as usize];
            if before.replace(first) != Some(first) {
                let name = terms.get(first as usize);
                while let Some(term) = single.next_if(|&term| terms.get(term as usize) <= name) {
                    ordered.push(term);
                }
            }
            ordered.push(gram);
        }
        ordered.extend(single);
        watch.check()?;
        Ok(ordered)
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
    // Enough units for the threads to end together, and as few as that, for each has its cells to sort and add.
    let threads = batch::threads();
    let pieces = if threads == 1 { 1 } else { 2 * threads };
    let all: usize = corpus.articles().map(ArticleRef::bytes).sum();
    let unit_bytes = (all / pieces).clamp(1 << 20, 32 << 20);
    let kinds: Vec<(ZoneKind, ZoneSet)> = if by_zone {
        let each = ZoneKind::ALL.into_iter().filter(|&kind| zones.has(kind));
        each.map(|kind| (kind, ZoneSet::only(kind))).collect()
    } else {
        vec![(ZoneKind::Body, zones)]
    };
    let mut units = Vec::new();
    for (kind, zones) in kinds {
        let mut open: Map<u32, (Unit, usize)> = Map::default();
        for (position, article) in corpus.articles().enumerate() {
            let group = groups.of(position, kind);
            let (unit, bytes) =
                open.entry(group).or_insert_with(|| (Unit { group, zones, articles: Vec::new() }, 0));
            unit.articles.push(position as u32);
            *bytes += article.bytes();
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
#[expect(clippy::struct_field_names, reason = "slots are what it has")]
pub(super) struct Slots {
    slots: Vec<Slot>,
    /// The n-grams with a count; what stands behind `reached` is of no meaning.
    touched: Vec<u32>,
    reached: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The count, and above it in how many articles: one addition adds to both.
    sums: u64,
    /// The last article counted, plus one.
    last: u32,
}

impl Slot {
    /// Counts once in an article. Whether it is the first of its article no processor can guess; so there is no branch to guess.
    #[inline]
    fn add(&mut self, article: u32) {
        self.sums += select_unpredictable(self.last == article, 1, 1 << 32 | 1);
        self.last = article;
    }

    fn cell(self, gram: u32) -> Cell {
        Cell { gram, count: self.sums & u64::from(u32::MAX), articles: self.sums >> 32 }
    }
}

impl Slots {
    /// Makes a slot for each number below this one, and room in the list of those touched.
    pub(super) fn reach(&mut self, grams: usize) {
        self.make_slots(grams);
        if self.touched.len() <= self.slots.len() {
            self.touched.resize(self.slots.len() + 1, 0);
        }
    }

    fn make_slots(&mut self, grams: usize) {
        if grams > self.slots.len() {
            self.slots.resize(grams.next_power_of_two(), Slot::default());
        }
    }

    /// Counts an n-gram below what was [reached](Self::reach); articles are numbered from one. Whether it is the first of all is
    /// not guessed either.
    #[inline]
    pub(super) fn add(&mut self, gram: u32, article: u32) {
        let slot = &mut self.slots[gram as usize];
        self.touched[self.reached] = gram;
        self.reached += usize::from(slot.sums == 0);
        slot.add(article);
    }

    /// The cells of the terms of a unit.
    fn terms(&mut self, corpus: &Corpus, unit: &Unit, lexicon: &Lexicon, watch: &Watch) -> Vec<Cell> {
        // What is no term is counted in a slot behind the terms, and thrown away in the end: no branch here either.
        let none = lexicon.terms.len() as u32;
        let bytes: usize =
            unit.articles.iter().filter_map(|&at| corpus.article(at as usize)).map(ArticleRef::bytes).sum();
        // So much text touches most terms, and a look at each is nothing beside it.
        let dense = bytes / 4 > lexicon.terms.len();
        if dense {
            self.make_slots(none as usize + 1);
        } else {
            self.reach(none as usize + 1);
        }
        for &at in watch.through(&unit.articles) {
            let Some(article) = corpus.article(at as usize) else { continue };
            for zone in article.zones(unit.zones) {
                let tokens = &article.part.tokens[article.part.tokens_of_zone(zone)];
                if dense {
                    for &token in tokens {
                        let term = lexicon.of_token[token as usize].min(none);
                        self.slots[term as usize].add(at + 1);
                    }
                } else {
                    for &token in tokens {
                        self.add(lexicon.of_token[token as usize].min(none), at + 1);
                    }
                }
            }
        }
        let wanted = |cell: &Cell| cell.gram < none;
        if dense { self.drain_all(wanted) } else { self.drain(wanted) }
    }

    /// The cells that are wanted, in the order of their n-grams; all slots are empty again.
    pub(super) fn drain(&mut self, wanted: impl Fn(&Cell) -> bool) -> Vec<Cell> {
        let touched = &mut self.touched[..std::mem::take(&mut self.reached)];
        let slots = &mut self.slots;
        // Where most were touched, a look at each is quicker than sorting.
        if touched.len() * 8 > slots.len() {
            return self.drain_all(wanted);
        }
        let mut kept = 0;
        for at in 0..touched.len() {
            let gram = touched[at];
            let slot = &mut slots[gram as usize];
            if wanted(&slot.cell(gram)) {
                touched[kept] = gram;
                kept += 1;
            } else {
                *slot = Slot::default();
            }
        }
        touched[..kept].sort_unstable();
        touched[..kept].iter().map(|&gram| std::mem::take(&mut slots[gram as usize]).cell(gram)).collect()
    }

    /// [`Slots::drain`] by a look at each slot.
    fn drain_all(&mut self, wanted: impl Fn(&Cell) -> bool) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.slots.iter().filter(|slot| slot.sums > 0).count());
        cells.extend(
            self.slots
                .iter_mut()
                .zip(0..)
                .filter(|(slot, _)| slot.sums > 0)
                .map(|(slot, gram)| std::mem::take(slot).cell(gram))
                .filter(wanted),
        );
        cells
    }
}

/// Calls `see` with each term of an article's zones.
pub(super) fn each_term(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    lexicon: &Lexicon,
    mut see: impl FnMut(u32),
) {
    let Some(article) = corpus.article(article as usize) else { return };
    for zone in article.zones(zones) {
        for &token in &article.part.tokens[article.part.tokens_of_zone(zone)] {
            let term = lexicon.of_token[token as usize];
            if term < BREAK {
                see(term);
            }
        }
    }
}

/// Calls `see` with each term and n-gram of an article's zones. `number` gives the number of an n-gram, from those of its
/// first n − 1 terms and of its last.
pub(super) fn walk(
    corpus: &Corpus,
    article: u32,
    zones: ZoneSet,
    lexicon: &Lexicon,
    (low, high): (usize, usize),
    mut number: impl FnMut(u32, u32) -> u32,
    mut see: impl FnMut(u32),
) {
    if high == 1 {
        return each_term(corpus, article, zones, lexicon, see);
    }
    let Some(article) = corpus.article(article as usize) else { return };
    let part = article.part;
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
    ngrams: Lengths,
    watch: &Watch,
) -> Result<(Vec<Vec<Cell>>, Grams)> {
    if ngrams != TERMS {
        let found =
            phrases(corpus, units, lexicon, ngrams, Options { keep: groups > 1, parted: true }, watch)?;
        return Ok((grouped(&found, units, groups, watch)?, found.grams));
    }
    let counted = map_with_state(units, watch, Slots::default, |slots, unit| {
        Ok(slots.terms(corpus, unit, lexicon, watch))
    })?;
    let mut counted = counted.into_iter();
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); groups];
    for units in units.chunk_by(|one, next| one.group == next.group) {
        watch.check()?;
        cells[units[0].group as usize] = summed(counted.by_ref().take(units.len()).collect());
    }
    Ok((cells, Grams::new(lexicon.terms.len())))
}

/// The cells of each group, from the rows of each n-gram.
pub(super) fn grouped(
    found: &Phrases,
    units: &[Unit],
    groups: usize,
    watch: &Watch,
) -> Result<Vec<Vec<Cell>>> {
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); groups];
    if groups == 1 {
        let there = found.sums.iter().zip(0..).filter(|((count, _), _)| *count > 0);
        cells[0] = watch
            .through(there)
            .map(|(&(count, articles), gram)| Cell { gram, count: count.into(), articles: articles.into() })
            .collect();
    }
    if groups > 1 {
        let group_of: Vec<u32> =
            units.iter().flat_map(|unit| std::iter::repeat_n(unit.group, unit.articles.len())).collect();
        let mut sums = vec![(0, 0); groups];
        let mut touched = Vec::new();
        for gram in watch.through(0..found.grams.len()) {
            for &(row, count) in found.postings.row(gram) {
                let group = group_of[row as usize];
                let sum: &mut (u64, u64) = &mut sums[group as usize];
                if sum.0 == 0 {
                    touched.push(group);
                }
                *sum = (sum.0 + u64::from(count), sum.1 + 1);
            }
            for group in touched.drain(..) {
                let (count, articles) = std::mem::take(&mut sums[group as usize]);
                cells[group as usize].push(Cell { gram: gram as u32, count, articles });
            }
        }
    }
    watch.check()?;
    Ok(cells)
}

/// The cells of one group, from those of its units. A group of several has so much text that a look at each slot is nothing beside it.
fn summed(mut units: Vec<Vec<Cell>>) -> Vec<Cell> {
    if units.len() == 1 {
        return units.swap_remove(0);
    }
    let grams = units.iter().filter_map(|cells| cells.last()).map(|cell| cell.gram as usize + 1).max();
    let mut sums = vec![(0, 0); grams.unwrap_or(0)];
    for cell in units.iter().flatten() {
        let sum: &mut (u64, u64) = &mut sums[cell.gram as usize];
        *sum = (sum.0 + cell.count, sum.1 + cell.articles);
    }
    let there = sums.into_iter().zip(0..).filter(|((count, _), _)| *count > 0);
    there.map(|((count, articles), gram)| Cell { gram, count, articles }).collect()
}
