//! What do the numbers of terms and n-grams mean?
//!
//! In memory, counts use numbers: those of the terms of one store, and of the n-grams made of them.
//! [`Names`] maps numbers to texts, so that the counts of two stores can be united: their names are
//! merged, and the numbers of each side are translated.
//!
//! Cost: nothing if both sides share their terms and count single terms; otherwise one look-up per
//! term and n-gram.

use std::sync::Arc;

use super::ngram::Grams;
use crate::batch::{Watch, map, sort_by};
use crate::error::Result;
use crate::file::{Reader, Writer};
use crate::table::{Distinct, Strings};

/// The number of collections from which all threads unite them.
const MANY: usize = 64;

/// The number of parts into which many collections are divided. It does not depend on the number
/// of threads, nor do the numbers of names.
const PARTS: usize = 8;

/// The text of each term and n-gram.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) terms: Arc<Strings>,
    pub(crate) grams: Grams,
}

impl Names {
    /// Names of single terms.
    pub(crate) fn of_terms(terms: &Arc<Strings>) -> Self {
        Self { terms: Arc::clone(terms), grams: Grams::new(terms.len()) }
    }

    /// Names of terms, and of n-grams made of them.
    pub(crate) fn new(terms: &Arc<Strings>, grams: Grams) -> Self {
        Self { terms: Arc::clone(terms), grams }
    }

    /// How many numbers there are.
    pub(crate) fn len(&self) -> usize {
        self.grams.len()
    }

    /// Appends the text of a term or n-gram to other texts.
    pub(crate) fn push_text(&self, gram: u32, texts: &mut Strings) {
        if (gram as usize) < self.terms.len() {
            texts.push(self.terms.get(gram as usize));
        } else {
            self.grams.push_text(gram, &self.terms, texts);
        }
    }

    /// The texts of some terms and n-grams, in their order.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn texts(&self, grams: impl IntoIterator<Item = u32>, watch: &Watch) -> Result<Strings> {
        let mut texts = Strings::default();
        watch.through(grams).for_each(|gram| self.push_text(gram, &mut texts));
        watch.check()?;
        Ok(texts)
    }

    /// Whether the numbers of both mean the same, because both count single terms of one store.
    fn is_same(&self, other: &Self) -> bool {
        let terms_alone = |names: &Self| names.len() == names.terms.len();
        Arc::ptr_eq(&self.terms, &other.terms) && terms_alone(self) && terms_alone(other)
    }

    /// The same names in an order that depends on them alone: terms in the order of their bytes,
    /// n-grams in the order of their terms, shorter ones first. Only those that are wanted are
    /// kept, with the parts that they are made of. Returns the new number of each that is kept.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn canonical(&self, mut wanted: Vec<bool>, watch: &Watch) -> Result<(Self, Vec<u32>)> {
        let terms = self.terms.len();
        for gram in (terms..self.len()).rev().filter(|&gram| wanted[gram]).collect::<Vec<_>>() {
            let (first, last) = self.grams.split(gram as u32).unwrap_or_default();
            (wanted[first as usize], wanted[last as usize]) = (true, true);
        }
        watch.check()?;
        let mut order: Vec<u32> = (0..terms as u32).filter(|&term| wanted[term as usize]).collect();
        sort_by(&mut order, watch, |&a, &b| self.terms.get(a as usize).cmp(self.terms.get(b as usize)))?;
        let mut numbers = vec![u32::MAX; self.len()];
        (0..).zip(&order).for_each(|(number, &term)| numbers[term as usize] = number);
        let sizes = self.grams.sizes();
        let mut parts = Vec::new();
        for size in 2..=sizes.iter().copied().max().unwrap_or(1) {
            let of_size = (terms..self.len()).filter(|&gram| wanted[gram] && sizes[gram] == size);
            let renumbered = of_size.filter_map(|gram| {
                let (first, last) = self.grams.split(gram as u32)?;
                Some((numbers[first as usize], numbers[last as usize], gram))
            });
            let mut renumbered: Vec<(u32, u32, usize)> = renumbered.collect();
            sort_by(&mut renumbered, watch, Ord::cmp)?;
            for (first, last, gram) in renumbered {
                numbers[gram] = (order.len() + parts.len()) as u32;
                parts.push((first, last));
            }
        }
        let mut texts = Strings::default();
        watch.through(&order).for_each(|&term| texts.push(self.terms.get(term as usize)));
        watch.check()?;
        Ok((Self { grams: Grams::of(texts.len(), parts), terms: Arc::new(texts) }, numbers))
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.strings(self.terms.iter());
        self.grams.write(writer);
    }

    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not names.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let terms = reader.strings()?;
        Ok(Self { grams: Grams::read(terms.len(), reader)?, terms: Arc::new(terms) })
    }

    /// The union of all names, and for each collection of names the new numbers of its numbers.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn union(all: &[&Self], watch: &Watch) -> Result<(Self, Vec<Vec<u32>>)> {
        let Some((first, others)) = all.split_first() else { return Ok(<(Self, Vec<_>)>::default()) };
        if others.iter().all(|other| first.is_same(other)) {
            let same = (0..first.len() as u32).collect();
            return Ok(((*first).clone(), vec![same; all.len()]));
        }
        if all.len() >= MANY {
            return Self::union_of_parts(all, watch);
        }
        let mut numbers: Vec<Vec<u32>> = vec![(0..first.terms.len() as u32).collect()];
        let mut distinct = None;
        for other in others {
            if Arc::ptr_eq(&first.terms, &other.terms) {
                numbers.push(numbers[0].clone());
                continue;
            }
            let known = distinct.get_or_insert_with(|| Distinct::of(&first.terms));
            numbers.push(watch.through(other.terms.iter()).map(|term| known.number(term)).collect());
        }
        watch.check()?;
        let terms = distinct.map_or_else(|| Arc::clone(&first.terms), |known| Arc::new(known.into_strings()));
        let mut grams = Grams::new(terms.len());
        for (names, numbers) in all.iter().zip(&mut numbers) {
            let longer = grams.absorb(&names.grams, |term| numbers[term as usize], watch)?;
            numbers.extend(longer);
        }
        Ok((Self { terms, grams }, numbers))
    }

    /// [`Names::union`] of many: the threads unite [`PARTS`] parts of them, and then these are
    /// united. Most terms occur in most collections, so the parts have few terms.
    ///
    /// # Errors
    /// Cancellation.
    fn union_of_parts(all: &[&Self], watch: &Watch) -> Result<(Self, Vec<Vec<u32>>)> {
        let parts: Vec<&[&Self]> = all.chunks(all.len().div_ceil(PARTS)).collect();
        let united = map(&parts, watch, |part| Self::union(part, watch))?;
        let (names, translations) =
            Self::union(&united.iter().map(|(names, _)| names).collect::<Vec<_>>(), watch)?;
        let of_all: Vec<(&Vec<u32>, &Vec<u32>)> = united
            .iter()
            .zip(&translations)
            .flat_map(|((_, numbers), translation)| numbers.iter().map(move |numbers| (numbers, translation)))
            .collect();
        let numbers = map(&of_all, watch, |(numbers, translation)| {
            Ok(numbers.iter().map(|&number| translation[number as usize]).collect())
        })?;
        Ok((names, numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_union_of_many_has_each_name_once_and_numbers_that_lead_to_it() {
        let watch = Watch::default();
        let names: Vec<Names> = (0..MANY + 3)
            .map(|at| {
                let terms: Strings = (0..3).map(|step| format!("t{}", (at * 7 + step) % 40)).collect();
                Names { grams: Grams::of(3, vec![(0, 1), (1, 2)]), terms: Arc::new(terms) }
            })
            .collect();
        let (all, numbers) = Names::union(&names.iter().collect::<Vec<_>>(), &watch).unwrap();
        let text = |names: &Names, number: u32| {
            let mut texts = Strings::default();
            names.push_text(number, &mut texts);
            texts.get(0).to_owned()
        };
        for (names, numbers) in names.iter().zip(&numbers) {
            assert_eq!(numbers.len(), names.len());
            for (number, &united) in (0..).zip(numbers) {
                assert_eq!(text(&all, united), text(names, number));
            }
        }
        let mut texts: Vec<String> = (0..all.len() as u32).map(|number| text(&all, number)).collect();
        texts.sort_unstable();
        let distinct = texts.len();
        texts.dedup();
        assert_eq!((texts.len(), all.terms.len()), (distinct, 40));
    }
}
