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

/// The number of ranges into which the terms of many collections are divided. It does not depend on
/// the number of threads, nor do the numbers of names.
const RANGES: usize = 16;

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
        let (terms, mut numbers) =
            if all.len() >= MANY { Self::terms_of_many(all, watch) } else { Self::terms_of(all, watch) }?;
        let mut grams = Grams::new(terms.len());
        for (names, numbers) in all.iter().zip(&mut numbers) {
            let longer = grams.absorb(&names.grams, |term| numbers[term as usize], watch)?;
            numbers.extend(longer);
        }
        Ok((Self { terms, grams }, numbers))
    }

    /// The distinct terms of a few collections, and for each the new numbers of its terms.
    fn terms_of(all: &[&Self], watch: &Watch) -> Result<(Arc<Strings>, Vec<Vec<u32>>)> {
        let Some((first, others)) = all.split_first() else { return Ok(<(Arc<_>, Vec<_>)>::default()) };
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
        Ok((terms, numbers))
    }

    /// [`Names::terms_of`] of many, by ranges of the order of their bytes: the table of a range is
    /// so small that it stays in the cache. The terms are in that order then, as those of a file
    /// are, so cells from files need no sorting.
    fn terms_of_many(all: &[&Self], watch: &Watch) -> Result<(Arc<Strings>, Vec<Vec<u32>>)> {
        let longest = all.iter().map(|names| &names.terms).max_by_key(|terms| terms.len());
        let Some(longest) = longest else { return Ok(<(Arc<_>, Vec<_>)>::default()) };
        let order = by_text(longest);
        let ends = (1..RANGES).filter_map(|range| order.get(order.len() * range / RANGES));
        let ends: Vec<&str> = ends.map(|&term| longest.get(term as usize)).collect();
        // By collection: its terms of each range.
        let ranges = map(all, watch, |names| {
            let mut rest = by_text(&names.terms);
            let before = |term: &u32, end: &str| names.terms.get(*term as usize) < end;
            let from = |end: &&str| rest.split_off(rest.partition_point(|term| before(term, end)));
            let mut ranges: Vec<Vec<u32>> = ends.iter().rev().map(from).collect();
            ranges.push(rest);
            ranges.reverse();
            Ok(ranges)
        })?;
        // By range: its distinct terms, and for each collection the numbers of its terms among
        // them.
        let found = map(&(0..=ends.len()).collect::<Vec<_>>(), watch, |&range| {
            let mut distinct = Distinct::default();
            let number = |(names, ranges): (&&Self, &Vec<Vec<u32>>)| {
                ranges[range].iter().map(|&term| distinct.number(names.terms.get(term as usize))).collect()
            };
            let mut numbers: Vec<Vec<u32>> = all.iter().zip(&ranges).map(number).collect();
            let order = by_text(distinct.strings());
            let mut ranks = vec![0; order.len()];
            (0..).zip(&order).for_each(|(rank, &number)| ranks[number as usize] = rank);
            numbers.iter_mut().flatten().for_each(|number| *number = ranks[*number as usize]);
            let terms = order.iter().map(|&number| distinct.strings().get(number as usize));
            Ok((terms.collect::<Strings>(), numbers))
        })?;
        let (mut terms, mut starts) = (Strings::default(), Vec::new());
        for (of_range, _) in &found {
            starts.push(terms.len() as u32);
            terms.append(of_range);
        }
        let positions: Vec<usize> = (0..all.len()).collect();
        let numbers = map(&positions, watch, |&at| {
            let mut numbers = vec![0; all[at].terms.len()];
            for ((range, (_, of_range)), start) in ranges[at].iter().zip(&found).zip(&starts) {
                for (&term, number) in range.iter().zip(&of_range[at]) {
                    numbers[term as usize] = start + number;
                }
            }
            Ok(numbers)
        })?;
        Ok((Arc::new(terms), numbers))
    }
}

/// The numbers of terms in the order of the bytes of their texts.
fn by_text(terms: &Strings) -> Vec<u32> {
    let mut order: Vec<u32> = (0..terms.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| terms.get(a as usize).cmp(terms.get(b as usize)));
    order
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
