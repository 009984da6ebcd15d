//! Which terms occur near each other, and how often?
//!
//! The pairs with one first term are counted together, in a table with one slot per second term: no
//! pair is hashed, and only kept pairs are sorted. A pair occurs at most `window` times per
//! occurrence of its rarer term, so terms that are too rare for a pair to be kept share one number,
//! and only contribute to the margins. A longer n-gram is a pair of its first n − 1 terms and its
//! last term; [`crate::stats::count::phrases`] counts those.
//!
//! Invariants: pairs are in the order of their bytes; the margins are those of all pairs, including
//! the rare ones. The work is divided by first terms, so two partials never hold the same pair, and
//! merging appends them.
//!
//! Cost: one step per place and place after it in the window; 12 bytes per term and thread, and the
//! cost of a [`crate::stats::count::stream`].

use std::borrow::Cow;

use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{Corpus, One, Unit};
use crate::error::Result;
use crate::stats::count::{
    Cell, Grams, Options, Places, Reading, Slots, Stream, TermMap, TermOptions, by_name, grouped, phrases,
};

/// What is counted: the units of all groups, and the counts of terms in each group.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) units: &'a [Unit],
    pub(crate) term_map: &'a TermMap,
    pub(crate) words: &'a [Vec<Cell>],
    /// The lengths of n-grams, and the minimums for a pair to be kept.
    pub(crate) options: &'a TermOptions,
}

/// Which places are near each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    /// The largest distance, in terms.
    pub(crate) window: usize,
    /// Whether punctuation separates terms.
    pub(crate) parted: bool,
}

/// The pairs of one group that are kept, in the order of their bytes.
pub(crate) struct Counted<'a> {
    pub(crate) cells: Vec<Cell>,
    /// The margins of each cell.
    pub(crate) margins: Vec<Margins>,
    /// What the numbers of the cells mean.
    pub(crate) grams: Cow<'a, Grams>,
    /// The number of all pairs, including those that are not kept.
    pub(crate) total: u64,
}

/// How many pairs begin with the same first term, how many end with the same last term, and how
/// many there are; for n-grams, among those of the same length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Margins {
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) all: u64,
}

/// Counts one group after another.
pub(crate) enum Counter<'a> {
    Near(Pairs<'a>),
    Ngrams(Ngrams<'a>),
}

impl<'a> Counter<'a> {
    /// Pairs of terms near each other.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn near(source: Source<'a>, near: Near, watch: &Watch) -> Result<Self> {
        Ok(Self::Near(Pairs::new(source, near, watch)?))
    }

    /// N-grams of the lengths in the options.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn ngrams(source: Source<'a>, parted: bool, watch: &Watch) -> Result<Self> {
        Ok(Self::Ngrams(Ngrams::new(source, parted, watch)?))
    }

    /// # Errors
    /// Cancellation.
    pub(crate) fn count(&mut self, group: u32, watch: &Watch) -> Result<Counted<'_>> {
        watch.check()?;
        match self {
            Self::Near(pairs) => pairs.count(group, watch),
            Self::Ngrams(ngrams) => ngrams.count(group, watch),
        }
    }
}

/// Pairs of terms near each other.
pub(crate) struct Pairs<'a> {
    source: Source<'a>,
    near: Near,
    /// By term: its rank in the order of bytes.
    ranks: Vec<u32>,
    /// The number of each term of the group that is counted; all of its rare terms share the last
    /// number. Terms that the group lacks keep the number of an earlier group, which is never read:
    /// so the cost of a group depends on its own terms only.
    numbers: Vec<u32>,
}

impl<'a> Pairs<'a> {
    fn new(source: Source<'a>, near: Near, watch: &Watch) -> Result<Self> {
        let Source { term_map, words, options, .. } = source;
        let terms = term_map.terms.len();
        let mut frequent = vec![false; terms];
        for cell in words.iter().flatten().filter(|cell| near.may_keep(cell.count, options)) {
            frequent[cell.gram as usize] = true;
        }
        let frequent =
            (0..).zip(&frequent).filter(|&(_, &frequent)| frequent).map(|(term, _)| term).collect();
        let mut ranks = vec![0; terms];
        for (rank, term) in (0..).zip(by_name(frequent, &term_map.terms, watch)?) {
            ranks[term as usize] = rank;
        }
        Ok(Self { source, near, ranks, numbers: vec![0; terms] })
    }

    /// The terms of a group that can be part of a kept pair, in the order of their bytes; they are
    /// numbered in this order, from one.
    fn number(&mut self, group: u32) -> Vec<u32> {
        let Source { words, options, .. } = self.source;
        let cells = &words[group as usize];
        let kept = cells.iter().filter(|cell| self.near.may_keep(cell.count, options));
        let mut order: Vec<u32> = kept.map(|cell| cell.gram).collect();
        order.sort_unstable_by_key(|&term| self.ranks[term as usize]);
        for cell in cells {
            self.numbers[cell.gram as usize] = order.len() as u32 + 1;
        }
        for (&term, number) in order.iter().zip(1..) {
            self.numbers[term as usize] = number;
        }
        order
    }

    fn count(&mut self, group: u32, watch: &Watch) -> Result<Counted<'_>> {
        let order = self.number(group);
        let Source { corpus, units, term_map, .. } = self.source;
        let Near { window, parted } = self.near;
        let units = &units[units.partition_point(|unit| unit.group < group)..];
        let units = &units[..units.partition_point(|unit| unit.group == group)];
        let reading = Reading { term_map, numbers: &self.numbers, parted, reach: window + 1 };
        let stream = Stream::new(corpus, units, reading, watch)?;
        let most = order.len();
        let found = if window == 1 {
            let pair = |place: u32| (stream.terms[place as usize + 1], stream.rows[place as usize]);
            // Separators are counted too, and discarded in the end: so there is no unpredictable
            // branch.
            let add = |slots: &mut Slots, (second, row): (u32, u32)| slots.add(second, row + 1);
            self.kept(&Places::new(&stream, most, pair, watch)?, most, add, watch)?
        } else {
            let add = |slots: &mut Slots, place: u32| {
                let (place, row) = (place as usize, stream.rows[place as usize]);
                let behind = stream.terms[place + 1..=place + window].iter();
                behind.take_while(|&&second| second != 0).for_each(|&second| slots.add(second, row + 1));
            };
            self.kept(&Places::new(&stream, most, |place| place, watch)?, most, add, watch)?
        };

        let (begun, ended) = self.margins(&stream, most + 2, watch)?;
        let all = begun.iter().sum();
        let terms = term_map.terms.len();
        let (mut cells, mut margins, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        for (first, cell) in watch.through(found) {
            let (first, last) = (first as usize, cell.gram as usize);
            cells.push(Cell { gram: (terms + parts.len()) as u32, ..cell });
            margins.push(Margins { first: begun[first], last: ended[last], all });
            parts.push((order[first - 1], order[last - 1]));
        }
        watch.check()?;
        Ok(Counted { cells, margins, grams: Cow::Owned(Grams::of(terms, parts)), total: all })
    }

    /// The first and second numbers of the kept pairs, in order; `add` counts the pairs that begin
    /// at a place.
    fn kept<T: Copy + Default + Sync>(
        &self,
        places: &Places<T>,
        most: usize,
        add: impl Fn(&mut Slots, T) + Sync,
        watch: &Watch,
    ) -> Result<Vec<(u32, Cell)>> {
        let options = self.source.options;
        let kept = |cell: &Cell| {
            (1..=most).contains(&(cell.gram as usize)) && options.keeps(cell.count, cell.articles)
        };
        let counting = Kept { near: self.near, options, places, most, add, keeps: kept };
        reduce(&counting, &places.pieces(), watch)
    }

    /// How many pairs begin and how many end with each number.
    fn margins(&self, stream: &Stream, numbers: usize, watch: &Watch) -> Result<(Vec<u64>, Vec<u64>)> {
        let (mut begun, mut ended) = (vec![0; numbers], vec![0; numbers]);
        for run in watch.through(stream.terms.split(|&number| number == 0)) {
            for (at, &number) in run.iter().enumerate() {
                begun[number as usize] += self.near.window.min(run.len() - 1 - at) as u64;
                ended[number as usize] += self.near.window.min(at) as u64;
            }
        }
        watch.check()?;
        Ok((begun, ended))
    }
}

/// Counts the pairs of some first terms.
struct Kept<'a, T, A, K> {
    near: Near,
    options: &'a TermOptions,
    places: &'a Places<T>,
    most: usize,
    /// Counts the pairs that begin at a place.
    add: A,
    /// Whether a pair is kept.
    keeps: K,
}

impl<T, A, K> Statistic for Kept<'_, T, A, K>
where
    T: Copy + Default + Sync,
    A: Fn(&mut Slots, T) + Sync,
    K: Fn(&Cell) -> bool + Sync,
{
    type Unit = std::ops::Range<usize>;
    type Partial = (Slots, Vec<(u32, Cell)>);
    type Output = Vec<(u32, Cell)>;

    fn empty(&self) -> Self::Partial {
        Self::Partial::default()
    }

    fn add(&self, partial: &mut Self::Partial, numbers: &Self::Unit, watch: &Watch) -> Result<()> {
        let (slots, found) = partial;
        slots.reach(self.most + 2);
        for number in numbers.clone() {
            let places = self.places.of(number);
            if self.near.may_keep(places.len() as u64, self.options) {
                for &place in watch.through(places) {
                    (self.add)(slots, place);
                }
                found.extend(slots.drain(&self.keeps).into_iter().map(|cell| (number as u32, cell)));
            }
        }
        watch.check()
    }

    fn merge(&self, partials: Vec<Self::Partial>, _: &Watch) -> Result<Self::Partial> {
        Ok((Slots::default(), partials.into_iter().flat_map(|(_, found)| found).collect()))
    }

    fn finish(&self, (_, found): Self::Partial, _: &Watch) -> Result<Self::Output> {
        Ok(found)
    }
}

impl Near {
    /// Whether a term with this count can be part of a kept pair.
    fn may_keep(self, count: u64, options: &TermOptions) -> bool {
        count > 0 && count.saturating_mul(self.window as u64) >= options.min_count
    }
}

/// N-grams, counted for all groups.
pub(crate) struct Ngrams<'a> {
    options: &'a TermOptions,
    cells: Vec<Vec<Cell>>,
    /// How many units of the counts are one.
    one: One,
    grams: Grams,
    sizes: Vec<u8>,
    /// By n-gram: how many n-grams of the open group begin with it.
    begun: Vec<u64>,
    /// By length and term: how many n-grams of the open group end with it.
    ended: Vec<Vec<u64>>,
}

impl<'a> Ngrams<'a> {
    fn new(source: Source<'a>, parted: bool, watch: &Watch) -> Result<Self> {
        let Source { corpus, units, term_map, words, options } = source;
        let keep = Options { keep: words.len() > 1, parted };
        let found = phrases(corpus, units, term_map, options.ngrams, keep, watch)?;
        let (cells, grams) = (grouped(&found, units, words.len(), watch)?, found.grams);
        Ok(Self::of(cells, One::default(), grams, term_map.terms.len(), options))
    }

    /// N-grams that were counted: by group, their cells in the order of their bytes. Those of
    /// another length than the options say are ignored.
    pub(super) fn of(
        cells: Vec<Vec<Cell>>,
        one: One,
        grams: Grams,
        terms: usize,
        options: &'a TermOptions,
    ) -> Self {
        let (shortest, longest) = options.ngrams;
        let ended = (0..=longest).map(|size| if size < shortest { 0 } else { terms });
        let ended = ended.map(|terms| vec![0; terms]).collect();
        Self { options, cells, one, sizes: grams.sizes(), begun: vec![0; grams.len()], ended, grams }
    }

    fn count(&mut self, group: u32, watch: &Watch) -> Result<Counted<'_>> {
        let Self { options, cells, one, grams, sizes, begun, ended } = self;
        let mut all = vec![0; ended.len()];
        let cells = &cells[group as usize];
        let lengths = options.ngrams.0..=options.ngrams.1;
        let split = |cell: &Cell| {
            let size = sizes[cell.gram as usize] as usize;
            Some((grams.split(cell.gram).filter(|_| lengths.contains(&size))?, size))
        };
        for (cell, ((first, last), size)) in
            watch.through(cells).filter_map(|cell| Some((cell, split(cell)?)))
        {
            begun[first as usize] += cell.count;
            ended[size][last as usize] += cell.count;
            all[size] += cell.count;
        }
        let kept = watch.through(cells).filter(|cell| options.keeps_units(*one, cell.count, cell.articles));
        let (kept, margins) = kept
            .filter_map(|cell| {
                let ((first, last), size) = split(cell)?;
                let (first, last) = (begun[first as usize], ended[size][last as usize]);
                Some((*cell, Margins { first, last, all: all[size] }))
            })
            .unzip();
        // Resets the sums for the next group, reading only the cells of this one.
        for ((first, last), size) in cells.iter().filter_map(split) {
            (begun[first as usize], ended[size][last as usize]) = (0, 0);
        }
        watch.check()?;
        Ok(Counted { cells: kept, margins, grams: Cow::Borrowed(grams), total: all.iter().sum() })
    }
}
