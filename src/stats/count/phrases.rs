//! Which sequences of terms occur in the text, and how often?
//!
//! N-grams are counted by sorting, not by hashing. All terms are laid out as one stream of numbers,
//! in which 0 separates terms that are not adjacent. The places of the stream are sorted by the
//! terms that follow them, as in a suffix array that compares n terms: then equal n-grams of every
//! length are neighbours, one scan counts them all, and they are in the order of their bytes.
//!
//! Invariants: the numbers of n-grams depend on the text alone, because the work is divided by
//! first terms; an n-gram has a larger number than its first n − 1 terms.
//!
//! Cost: one sort of the places, in pieces that fit the caches, and one step per place and length.
//! Eight bytes per token and, while a first term is sorted, sixteen per place of it.

use super::analyzer::TermMap;
use super::csr::Rows;
use super::ngram::{Grams, Lengths};
use super::ranking::by_name;
use super::stream::{Places, Reading, Stream};
use crate::batch::{Watch, map_with_state, sort, sort_by};
use crate::corpus::{Corpus, Unit};
use crate::error::Result;

/// N-grams and their counts.
pub(crate) struct Phrases {
    pub(crate) grams: Grams,
    /// By n-gram: its count, and the number of rows in which it occurs. Places are numbered in 32
    /// bits, so counts fit too.
    pub(crate) sums: Vec<(u32, u32)>,
    /// By n-gram: the rows in which it occurs (articles of the units, in their order), ascending,
    /// and its counts there; empty unless requested.
    pub(crate) postings: Rows,
}

/// The result of one piece of the work.
#[derive(Default)]
struct Found {
    /// The first n − 1 terms and the last term of each n-gram; the n-grams of the piece are
    /// numbered after all terms.
    parts: Vec<(u32, u32)>,
    /// N-grams, their counts and the number of their rows.
    runs: Vec<(u32, u32, u32)>,
    /// The rows of each run and the counts there, if they are kept.
    cells: Vec<(u32, u32)>,
}

/// The open n-gram of one length: the rows seen so far.
#[derive(Default, Clone)]
struct Level {
    gram: u32,
    count: u32,
    rows: Vec<(u32, u32)>,
    /// By row, its place among `rows` plus one; all zero between two n-grams.
    places: Vec<u32>,
}

impl Level {
    #[inline]
    fn add(&mut self, row: u32) {
        self.count += 1;
        match self.places[row as usize] {
            0 => {
                self.rows.push((row, 1));
                self.places[row as usize] = self.rows.len() as u32;
            }
            place => self.rows[place as usize - 1].1 += 1,
        }
    }

    /// [`Level::add`] for rows in ascending order.
    #[inline]
    fn add_sorted(&mut self, row: u32) {
        self.count += 1;
        match self.rows.last_mut() {
            Some((last, count)) if *last == row => *count += 1,
            _ => self.rows.push((row, 1)),
        }
    }

    fn close(&mut self, keep: bool, found: &mut Found) {
        if self.count == 0 {
            return;
        }
        for &(row, _) in &self.rows {
            self.places[row as usize] = 0;
        }
        found.runs.push((self.gram, self.count, self.rows.len() as u32));
        if keep {
            if !self.rows.is_sorted() {
                self.rows.sort_unstable();
            }
            found.cells.extend_from_slice(&self.rows);
        }
        self.rows.clear();
        self.count = 0;
    }
}

/// The work of all pieces.
struct Sorter<'a> {
    stream: &'a Stream,
    /// The term of each rank.
    order: &'a [u32],
    ngrams: Lengths,
    keep: bool,
    watch: &'a Watch,
}

/// Scratch buffers of one thread.
struct Scratch {
    levels: Vec<Level>,
    keyed: Vec<(u64, u32)>,
    pairs: Vec<u64>,
}

/// What is counted of n-grams.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// Whether n-grams are also counted by row.
    pub(crate) keep: bool,
    /// Whether punctuation separates the terms around it.
    pub(crate) parted: bool,
}

/// Counts n-grams.
pub(crate) fn phrases(
    corpus: &Corpus,
    units: &[Unit],
    term_map: &TermMap,
    ngrams: Lengths,
    options: Options,
    watch: &Watch,
) -> Result<Phrases> {
    let Options { keep, parted } = options;
    let terms = term_map.terms.len();
    let order = by_name((0..terms as u32).collect(), &term_map.terms, watch)?;
    let mut ranks = vec![0_u32; terms];
    for (rank, &term) in order.iter().enumerate() {
        ranks[term as usize] = rank as u32 + 1;
    }
    let reach = ngrams.1;
    let stream = Stream::new(corpus, units, Reading { term_map, numbers: &ranks, parted, reach }, watch)?;
    let rows = units.iter().map(|unit| unit.articles.len()).sum();
    let places = Places::new(&stream, terms, |place| place, watch)?;

    let sorter = Sorter { stream: &stream, order: &order, ngrams, keep, watch };
    let scratch = || Scratch {
        levels: vec![Level { places: vec![0; rows], ..Level::default() }; reach + 1],
        keyed: Vec::new(),
        pairs: Vec::new(),
    };
    let found = map_with_state(&places.pieces(), watch, scratch, |scratch, ranks| {
        let mut found = Found::default();
        for rank in ranks.clone() {
            sorter.count(rank, places.of(rank), scratch, &mut found)?;
        }
        Ok(found)
    })?;
    watch.check()?;
    assemble(found, terms, keep, watch)
}

impl Sorter<'_> {
    fn count(&self, rank: usize, places: &[u32], scratch: &mut Scratch, found: &mut Found) -> Result<()> {
        let bits = |most: usize| usize::BITS - most.leading_zeros();
        let bits = (bits(self.order.len() + 1), bits(places.len()));
        if self.ngrams.1 <= 3 && 2 * bits.0 + bits.1 <= u64::BITS {
            self.short_ngrams(rank, places, bits, scratch, found)
        } else {
            self.ngrams(rank, places, scratch, found)
        }
    }

    fn term(&self, rank: u32) -> u32 {
        self.order[rank as usize - 1]
    }

    /// A new n-gram, given its first n − 1 terms and the rank of its last term.
    fn number(&self, first: u32, last: u32, found: &mut Found) -> u32 {
        found.parts.push((first, self.term(last)));
        (self.order.len() + found.parts.len() - 1) as u32
    }

    /// Counts the n-grams of up to three terms that begin with one term, where a place and the
    /// terms after it fit into one number: then only numbers are sorted. `bits` are the widths of a
    /// rank and of a place.
    fn short_ngrams(
        &self,
        rank: usize,
        places: &[u32],
        bits: (u32, u32),
        scratch: &mut Scratch,
        found: &mut Found,
    ) -> Result<()> {
        let ((low, high), watch) = (self.ngrams, self.watch);
        let Stream { terms, rows } = self.stream;
        let Scratch { levels, pairs: packed, .. } = scratch;
        let row_of = |at: usize| rows[places[at] as usize];
        let term = self.term(rank as u32);
        if low == 1 {
            levels[1].gram = term;
            (0..places.len()).for_each(|at| levels[1].add_sorted(row_of(at)));
            levels[1].close(self.keep, found);
        }
        packed.clear();
        for (at, &place) in (0_u64..).zip(places) {
            let second = u64::from(terms[place as usize + 1]);
            if second != 0 {
                let third = if high < 3 { 0 } else { u64::from(terms[place as usize + 2]) };
                packed.push((second << bits.0 | third) << bits.1 | at);
            }
        }
        sort(packed, watch)?;
        let (mut pair, mut triple) = (0, 0);
        for &key in watch.through(packed.iter()) {
            let row = row_of((key & ((1 << bits.1) - 1)) as usize);
            let both = key >> bits.1;
            let second = both >> bits.0;
            if second != pair {
                levels[2].close(self.keep, found);
                pair = second;
                levels[2].gram = self.number(term, second as u32, found);
            }
            if low <= 2 {
                levels[2].add(row);
            }
            let third = both & ((1 << bits.0) - 1);
            if third != 0 {
                if both != triple {
                    levels[3].close(self.keep, found);
                    triple = both;
                    levels[3].gram = self.number(levels[2].gram, third as u32, found);
                }
                levels[3].add_sorted(row);
            }
        }
        for level in &mut levels[2..=high.max(2)] {
            level.close(self.keep, found);
        }
        watch.check()
    }

    /// Counts the n-grams that begin with one term.
    fn ngrams(&self, rank: usize, places: &[u32], scratch: &mut Scratch, found: &mut Found) -> Result<()> {
        let ((low, high), watch) = (self.ngrams, self.watch);
        let terms = &self.stream.terms;
        let Scratch { levels, keyed, .. } = scratch;
        keyed.clear();
        keyed.extend(places.iter().map(|&place| {
            let second = terms[place as usize + 1];
            let third = if second == 0 || high < 3 { 0 } else { terms[place as usize + 2] };
            (u64::from(second) << 32 | u64::from(third), place)
        }));
        if high <= 3 {
            sort(keyed, watch)?;
        } else {
            sort_by(keyed, watch, |a, b| {
                a.0.cmp(&b.0)
                    .then_with(|| {
                        if a.0 as u32 == 0 {
                            return std::cmp::Ordering::Equal;
                        }
                        let rest = |place: u32| {
                            let rest = &terms[place as usize + 3..place as usize + high];
                            &rest[..rest.iter().position(|&term| term == 0).unwrap_or(rest.len())]
                        };
                        rest(a.1).cmp(rest(b.1))
                    })
                    .then(a.1.cmp(&b.1))
            })?;
        }
        let (mut before, mut open) = (0, 0);
        for &(_, place) in watch.through(keyed.iter()) {
            let run = &terms[place as usize..place as usize + high];
            let length = run.iter().position(|&term| term == 0).unwrap_or(high);
            let last = &terms[before as usize..before as usize + high];
            let shared = if open == 0 {
                0
            } else {
                run.iter().zip(last).take_while(|&(a, b)| a == b && *a != 0).count()
            };
            for level in &mut levels[shared + 1..=open.max(shared)] {
                level.close(self.keep, found);
            }
            for size in shared + 1..=length {
                levels[size].gram = if size == 1 {
                    self.term(rank as u32)
                } else {
                    self.number(levels[size - 1].gram, run[size - 1], found)
                };
            }
            let row = self.stream.rows[place as usize];
            for level in &mut levels[low.min(length + 1)..=length] {
                level.add(row);
            }
            (before, open) = (place, length);
        }
        for level in &mut levels[1..=open] {
            level.close(self.keep, found);
        }
        watch.check()
    }
}

/// Joins the results of all pieces, in their order.
fn assemble(found: Vec<Found>, terms: usize, keep: bool, watch: &Watch) -> Result<Phrases> {
    let longer: usize = found.iter().map(|piece| piece.parts.len()).sum();
    let mut parts = Vec::with_capacity(longer);
    let mut sums = vec![(0, 0); terms + longer];
    let mut offsets = Vec::with_capacity(found.len());
    for piece in watch.through(&found) {
        let offset = parts.len() as u32;
        let moved = |gram: u32| if (gram as usize) < terms { gram } else { gram + offset };
        parts.extend(piece.parts.iter().map(|&(first, last)| (moved(first), last)));
        for &(gram, count, rows) in &piece.runs {
            sums[moved(gram) as usize] = (count, rows);
        }
        offsets.push(offset);
    }
    watch.check()?;
    let mut postings = Rows::default();
    if keep {
        postings.starts = std::iter::once(0)
            .chain(sums.iter().scan(0, |end, &(_, rows)| {
                *end += rows as usize;
                Some(*end)
            }))
            .collect();
        postings.cells = vec![(0, 0); postings.starts[sums.len()]];
        for (piece, offset) in watch.through(found.into_iter().zip(offsets)) {
            let mut at = 0;
            for (gram, _, rows) in piece.runs {
                let gram = if (gram as usize) < terms { gram } else { gram + offset };
                let (start, rows) = (postings.starts[gram as usize], rows as usize);
                postings.cells[start..start + rows].copy_from_slice(&piece.cells[at..at + rows]);
                at += rows;
            }
        }
    }
    watch.check()?;
    Ok(Phrases { grams: Grams::of(terms, parts), sums, postings })
}
