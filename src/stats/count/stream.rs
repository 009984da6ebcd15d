//! How is a text laid out as one sequence of numbers?
//!
//! [`Stream`] holds the terms of some articles one after another, as numbers from one on; 0
//! separates terms that are not adjacent. [`Places`] says where each number occurs.
//!
//! Cost: one table read per token; per place, four bytes for the number, four for the row and four
//! for the index of places.

use super::analyzer::{BREAK, TermMap};
use crate::batch::{Watch, map};
use crate::corpus::{Corpus, Unit};
use crate::error::Result;

/// Terms as numbers, and 0 between terms that are not adjacent. The stream ends with `reach` zeros,
/// so that one may read that far after any place.
#[derive(Default)]
pub(crate) struct Stream {
    pub(crate) terms: Vec<u32>,
    /// The row of each place: articles are numbered in the order of the units.
    pub(crate) rows: Vec<u32>,
}

/// How terms are read into a stream.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) term_map: &'a TermMap,
    /// The number of each term, from one on.
    pub(crate) numbers: &'a [u32],
    /// Whether punctuation separates the terms around it, as the ends of sentences do.
    pub(crate) parted: bool,
    /// How many places after a given one are read.
    pub(crate) reach: usize,
}

impl Stream {
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(corpus: &Corpus, units: &[Unit], reading: Reading<'_>, watch: &Watch) -> Result<Self> {
        let with_first: Vec<(&Unit, u32)> = units
            .iter()
            .scan(0, |next, unit| {
                let first = *next;
                *next += unit.articles.len() as u32;
                Some((unit, first))
            })
            .collect();
        let pieces = map(&with_first, watch, |&(unit, first)| {
            let mut piece = Self::default();
            for (&article, row) in watch.through(unit.articles.iter().zip(first..)) {
                piece.add(corpus, article, unit, reading);
                piece.rows.resize(piece.terms.len(), row);
            }
            Ok(piece)
        })?;
        let mut all = Self::default();
        let places = pieces.iter().map(|piece| piece.terms.len()).sum::<usize>();
        all.terms.reserve_exact(places + reading.reach);
        all.rows.reserve_exact(places);
        for piece in watch.through(pieces) {
            all.terms.extend(piece.terms);
            all.rows.extend(piece.rows);
        }
        all.terms.resize(places + reading.reach, 0);
        watch.check()?;
        Ok(all)
    }

    fn add(&mut self, corpus: &Corpus, article: u32, unit: &Unit, reading: Reading<'_>) {
        let Some(article) = corpus.article(article as usize) else { return };
        let part = article.part;
        for zone in article.zones(unit.zones) {
            for sentence in part.sentences_of(zone) {
                for &token in &part.tokens[part.tokens_of(sentence)] {
                    let term = reading.term_map.of_token[token as usize];
                    if term < BREAK {
                        self.terms.push(reading.numbers[term as usize]);
                    } else if term == BREAK && reading.parted {
                        self.part();
                    }
                }
                self.part();
            }
        }
    }

    fn part(&mut self) {
        if self.terms.last().is_some_and(|&last| last != 0) {
            self.terms.push(0);
        }
    }
}

/// The places at which each number occurs in a stream, or a value for each place.
pub(crate) struct Places<T = u32> {
    starts: Vec<u32>,
    places: Vec<T>,
}

impl<T: Copy + Default> Places<T> {
    /// The places of the numbers from one up to `most`. `wanted` computes a value for each place;
    /// it is called here, where places come in order and memory is read in sequence.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn new(
        stream: &Stream,
        most: usize,
        wanted: impl Fn(u32) -> T,
        watch: &Watch,
    ) -> Result<Self> {
        let known = |number: u32| (1..=most).contains(&(number as usize));
        let mut starts = vec![0_u32; most + 2];
        for &number in watch.through(&stream.terms).filter(|&&number| known(number)) {
            starts[number as usize + 1] += 1;
        }
        for number in 0..=most {
            starts[number + 1] += starts[number];
        }
        watch.check()?;
        let mut places = vec![T::default(); starts[most + 1] as usize];
        let mut next = starts.clone();
        for (place, &number) in watch.through((0..).zip(&stream.terms)).filter(|&(_, &number)| known(number))
        {
            let at = &mut next[number as usize];
            places[*at as usize] = wanted(place);
            *at += 1;
        }
        watch.check()?;
        Ok(Self { starts, places })
    }

    /// The places of a number, in the order of the text.
    pub(crate) fn of(&self, number: usize) -> &[T] {
        &self.places[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    /// Ranges of numbers with about as many places each; 0 is not a term.
    pub(crate) fn pieces(&self) -> Vec<std::ops::Range<usize>> {
        const PLACES: u32 = 1 << 16;
        let (mut pieces, mut first) = (Vec::new(), 1);
        for number in 1..self.starts.len() - 1 {
            if self.starts[number + 1] - self.starts[first] >= PLACES || number + 2 == self.starts.len() {
                pieces.push(first..number + 1);
                first = number + 1;
            }
        }
        pieces
    }
}
