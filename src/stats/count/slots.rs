//! How are the n-grams of a piece of text counted, one after another?

use std::hint::select_unpredictable;

use super::analyzer::TermMap;
use crate::batch::Watch;
use crate::corpus::{Corpus, Unit};

/// A term or n-gram in one group: its number, its count, and the number of articles in which it
/// occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) gram: u32,
    pub(crate) count: u64,
    pub(crate) articles: u64,
}

/// One slot per n-gram, for the counts of one unit.
#[derive(Default)]
#[expect(clippy::struct_field_names, reason = "slots are what it has")]
pub(crate) struct Slots {
    slots: Vec<Slot>,
    /// The n-grams with a count; entries from `reached` on have no meaning.
    touched: Vec<u32>,
    reached: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The count in the low 32 bits and the number of articles in the high 32 bits: one addition
    /// updates both.
    sums: u64,
    /// The last article counted, plus one.
    last: u32,
}

impl Slot {
    /// Counts one occurrence in an article. The processor cannot predict whether it is the first of
    /// its article, so the code has no branch here.
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
    /// Makes a slot for each number below `grams`, and room for each in the list of those touched.
    pub(crate) fn reach(&mut self, grams: usize) {
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

    /// Counts an n-gram below the number that was [reached](Self::reach); articles are numbered
    /// from one. This, too, has no branch for the first occurrence.
    #[inline]
    pub(crate) fn add(&mut self, gram: u32, article: u32) {
        let slot = &mut self.slots[gram as usize];
        self.touched[self.reached] = gram;
        self.reached += usize::from(slot.sums == 0);
        slot.add(article);
    }

    /// Counts the terms of a unit. Tokens that are not terms are counted in a slot after those of
    /// the terms, which is discarded in the end: so there is no branch here either. `dense` counts
    /// are drained by reading every slot.
    pub(crate) fn add_terms(
        &mut self,
        corpus: &Corpus,
        unit: &Unit,
        term_map: &TermMap,
        dense: bool,
        watch: &Watch,
    ) {
        let none = term_map.terms.len() as u32;
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); none as usize + 1];
        }
        if !dense {
            self.reach(none as usize + 1);
        }
        for &at in watch.through(&unit.articles) {
            let Some(article) = corpus.article(at as usize) else { continue };
            for zone in article.zones(unit.zones) {
                let tokens = &article.part.tokens[article.part.tokens_of_zone(zone)];
                if dense {
                    for &token in tokens {
                        let term = term_map.of_token[token as usize].min(none);
                        self.slots[term as usize].add(at + 1);
                    }
                } else {
                    for &token in tokens {
                        self.add(term_map.of_token[token as usize].min(none), at + 1);
                    }
                }
            }
        }
    }

    /// The cells of the terms below `none`, by ascending numbers. All slots are empty afterwards.
    pub(crate) fn drain_terms(&mut self, none: u32, dense: bool) -> Vec<Cell> {
        let wanted = |cell: &Cell| cell.gram < none;
        if dense { self.drain_all(wanted) } else { self.drain(wanted) }
    }

    /// The wanted cells, in the order of their n-grams. All slots are empty afterwards.
    pub(crate) fn drain(&mut self, wanted: impl Fn(&Cell) -> bool) -> Vec<Cell> {
        let touched = &mut self.touched[..std::mem::take(&mut self.reached)];
        let slots = &mut self.slots;
        // Where most slots were touched, reading every slot is quicker than sorting.
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

    /// [`Slots::drain`] by reading every slot.
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
