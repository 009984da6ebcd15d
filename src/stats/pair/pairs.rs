//! Which terms stand near each other, and how often?
//!
//! The pairs of one first term are counted at once, in a table with a slot for each second term: no pair is hashed, and none
//! sorted that is not kept. A pair stands no oftener than its window lets its rarer term, so terms that are too rare for a
//! pair to be kept share one number, and only add to the margins. A longer n-gram is a pair of its first n − 1 terms and its
//! last; those [`crate::stats::count::phrases`] counts.
//!
//! Invariants: pairs come in the order of their bytes; the margins are those of all pairs, of the rare ones too.
//! Cost: one step a place and place behind it in the window; 12 bytes a term and thread, and what [`crate::stats::count::stream`] takes.

use std::borrow::Cow;

use crate::batch::{Statistic, Watch, reduce};
use crate::corpus::{Corpus, Unit};
use crate::error::Result;
use crate::stats::count::{
    Cell, Grams, Lexicon, Options, Places, Reading, Slots, Stream, TermOptions, by_name, grouped, phrases,
};

/// What is counted: the units of all groups, and the counts of terms in each group.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) units: &'a [Unit],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) words: &'a [Vec<Cell>],
    /// The lengths of n-grams, and which are kept.
    pub(crate) options: &'a TermOptions,
}

/// Which places are near each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    /// How many terms apart, at most.
    pub(crate) window: usize,
    /// Whether punctuation parts them.
    pub(crate) parted: bool,
}

/// The pairs of one group that are kept, in the order of their bytes.
pub(crate) struct Counted<'a> {
    pub(crate) cells: Vec<Cell>,
    /// Of each cell.
    pub(crate) margins: Vec<Margins>,
    /// What the cells' numbers stand for.
    pub(crate) grams: Cow<'a, Grams>,
    /// How many pairs there are, those that are not kept included.
    pub(crate) total: u64,
}

/// How many pairs begin and end like one, and how many there are; of n-grams, among those of its length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Margins {
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) all: u64,
}

/// Counts group by group.
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

    /// N-grams of the lengths that the options name.
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
    /// By term: its place in the order of bytes.
    ranks: Vec<u32>,
    /// The number of each term of the group that is counted; that of all its rare ones is the last. What the group does not have, has
    /// a number of another group, which nobody reads: so a group costs what its own terms cost.
    numbers: Vec<u32>,
}

impl<'a> Pairs<'a> {
    fn new(source: Source<'a>, near: Near, watch: &Watch) -> Result<Self> {
        let Source { lexicon, words, options, .. } = source;
        let terms = lexicon.terms.len();
        let mut frequent = vec![false; terms];
        for cell in words.iter().flatten().filter(|cell| near.may_keep(cell.count, options)) {
            frequent[cell.gram as usize] = true;
        }
        let frequent =
            (0..).zip(&frequent).filter(|&(_, &frequent)| frequent).map(|(term, _)| term).collect();
        let mut ranks = vec![0; terms];
        for (rank, term) in (0..).zip(by_name(frequent, &lexicon.terms, watch)?) {
            ranks[term as usize] = rank;
        }
        Ok(Self { source, near, ranks, numbers: vec![0; terms] })
    }

    /// The terms of a group that a kept pair can be made of, in the order of their bytes. They are numbered so, from one on.
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
        let Source { corpus, units, lexicon, .. } = self.source;
        let Near { window, parted } = self.near;
        let units = &units[units.partition_point(|unit| unit.group < group)..];
        let units = &units[..units.partition_point(|unit| unit.group == group)];
        let reading = Reading { lexicon, numbers: &self.numbers, parted, reach: window + 1 };
        let stream = Stream::new(corpus, units, reading, watch)?;
        let most = order.len();
        let found = if window == 1 {
            let pair = |place: u32| (stream.terms[place as usize + 1], stream.rows[place as usize]);
            // What parts terms is counted too, and thrown away in the end: no branch that no processor can guess.
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
        let terms = lexicon.terms.len();
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

    /// The first and second numbers of the pairs that are kept, in their order; `add` counts the pairs that begin at a place.
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

/// Counts the pairs of some first terms: the work is cut by first terms, so the pairs of two units are never the same, and merging appends
/// them.
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
    /// Whether a term that stands so often can be part of a pair that is kept.
    fn may_keep(self, count: u64, options: &TermOptions) -> bool {
        count > 0 && count.saturating_mul(self.window as u64) >= options.min_count
    }
}

/// N-grams, counted for all groups.
pub(crate) struct Ngrams<'a> {
    source: Source<'a>,
    cells: Vec<Vec<Cell>>,
    grams: Grams,
    sizes: Vec<u8>,
    /// By n-gram: how many of the open group begin with it.
    begun: Vec<u64>,
    /// By length, and by term: how many of the open group end with it.
    ended: Vec<Vec<u64>>,
}

impl<'a> Ngrams<'a> {
    fn new(source: Source<'a>, parted: bool, watch: &Watch) -> Result<Self> {
        let Source { corpus, units, lexicon, words, options } = source;
        let keep = Options { keep: words.len() > 1, parted };
        let found = phrases(corpus, units, lexicon, options.ngrams, keep, watch)?;
        let (cells, grams) = (grouped(&found, units, words.len(), watch)?, found.grams);
        let (shortest, longest) = options.ngrams;
        let ended = (0..=longest).map(|size| if size < shortest { 0 } else { lexicon.terms.len() });
        let ended = ended.map(|terms| vec![0; terms]).collect();
        Ok(Self { source, cells, sizes: grams.sizes(), begun: vec![0; grams.len()], ended, grams })
    }

    fn count(&mut self, group: u32, watch: &Watch) -> Result<Counted<'_>> {
        let Self { source: Source { options, .. }, cells, grams, sizes, begun, ended } = self;
        let mut all = vec![0; ended.len()];
        let cells = &cells[group as usize];
        let split = |cell: &Cell| Some((grams.split(cell.gram)?, sizes[cell.gram as usize] as usize));
        for (cell, ((first, last), size)) in
            watch.through(cells).filter_map(|cell| Some((cell, split(cell)?)))
        {
            begun[first as usize] += cell.count;
            ended[size][last as usize] += cell.count;
            all[size] += cell.count;
        }
        let kept = watch.through(cells).filter(|cell| options.keeps(cell.count, cell.articles));
        let (kept, margins) = kept
            .filter_map(|cell| {
                let ((first, last), size) = split(cell)?;
                let (first, last) = (begun[first as usize], ended[size][last as usize]);
                Some((*cell, Margins { first, last, all: all[size] }))
            })
            .unzip();
        // Clean for the next group, by a look at this one's alone.
        for ((first, last), size) in cells.iter().filter_map(split) {
            (begun[first as usize], ended[size][last as usize]) = (0, 0);
        }
        watch.check()?;
        Ok(Counted { cells: kept, margins, grams: Cow::Borrowed(grams), total: all.iter().sum() })
    }
}
