//! How often does each term occur in each group?
//!
//! A partial holds, for each group, the count of each term and the number of its articles. Articles
//! are disjoint, so both are sums, and merging is exact. [`Counting`] merges the partials of one
//! selection, which use the numbers of its terms. [`TermCounts`] also carries what the numbers of
//! terms and groups mean, so that the counts of any two selections can be united. Longer n-grams
//! are counted by [`super::phrases`], which divides its work by first terms.
//!
//! Cost: one table read per token; one slot of memory per term and thread.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::analyzer::{TermMap, TermOptions};
use super::names::Names;
use super::ngram::{Lengths, TERMS};
use super::phrases::{Options, Phrases, phrases};
use super::slots::{Cell, Slots};
use crate::article::ZoneKind;
use crate::batch::{Guarded, Statistic, Watch, map, reduce};
use crate::corpus::{Corpus, Groups, Keys, One, Unit, ZoneSet};
use crate::error::Result;
use crate::file::{Reader, Writer, require};
use crate::table::{Distinct, Strings};

/// What is counted: the terms of a selection, by group.
#[derive(Clone, Copy)]
pub(crate) struct Counting<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) groups: &'a Groups,
    pub(crate) units: &'a [Unit],
    pub(crate) term_map: &'a TermMap,
    pub(crate) ngrams: Lengths,
}

/// A group, a count in it, and the number of articles of the group with the term.
pub type GroupCount = (u32, u64, u64);

/// The counts of terms and n-grams by group, with the values that their numbers mean: so the counts
/// of any two selections can be united, whether they belong to one corpus or to two.
#[derive(Debug, Clone)]
pub struct TermCounts {
    /// What the numbers of the cells mean.
    pub(crate) names: Names,
    /// What the numbers of the groups mean.
    pub(crate) keys: Keys,
    /// By group: its cells, by ascending numbers.
    pub(crate) cells: Vec<Vec<Cell>>,
    /// How many articles were counted.
    pub(crate) articles: u64,
    /// How many units of the counts, and of the articles, are one.
    pub(crate) one: One,
}

/// The counts of the terms and n-grams of a selection, by group.
///
/// # Errors
/// Cancellation.
pub(crate) fn count(counting: Counting<'_>, watch: &Watch) -> Result<TermCounts> {
    let Counting { corpus, groups, units, .. } = counting;
    let keys = groups.keys().clone();
    let (articles, one) = (corpus.weight_of_all(), corpus.one());
    if let Some((weights, units)) = corpus.units_by_weight(units) {
        let groups = &Groups::numbered(Vec::new(), groups.len() * weights.len());
        let (cells, names) = cells(Counting { groups, units: &units, ..counting }, watch)?;
        return Ok(TermCounts { names, keys, cells: weighted(cells, weights, watch)?, articles, one });
    }
    let (cells, names) = cells(counting, watch)?;
    Ok(TermCounts { names, keys, cells, articles, one })
}

/// The cells of each group, and what their numbers mean.
fn cells(counting: Counting<'_>, watch: &Watch) -> Result<(Vec<Vec<Cell>>, Names)> {
    let Counting { corpus, groups, units, term_map, ngrams } = counting;
    Ok(if ngrams == TERMS {
        (reduce(&Terms::new(counting), units, watch)?, Names::of_terms(&term_map.terms))
    } else {
        let options = Options { keep: groups.len() > 1, parted: true };
        let found = phrases(corpus, units, term_map, ngrams, options, watch)?;
        (grouped(&found, units, groups.len(), watch)?, Names::new(&term_map.terms, found.grams))
    })
}

/// The cells of groups each of which was divided by the weights of its articles.
pub(crate) fn weighted(cells: Vec<Vec<Cell>>, weights: &[u64], watch: &Watch) -> Result<Vec<Vec<Cell>>> {
    let times = |(&weight, mut cells): (&u64, Vec<Cell>)| {
        for cell in &mut cells {
            (cell.count, cell.articles) = (cell.count * weight, cell.articles * weight);
        }
        cells
    };
    let mut cells = cells.into_iter();
    let mut all = Vec::with_capacity(cells.len() / weights.len().max(1));
    while cells.len() > 0 {
        all.push(summed(weights.iter().zip(cells.by_ref()).map(times).collect(), watch)?);
    }
    Ok(all)
}

/// [`count`] with all articles in one group.
///
/// # Errors
/// Cancellation.
pub(crate) fn count_all(
    corpus: &Corpus,
    zones: ZoneSet,
    term_map: &TermMap,
    ngrams: Lengths,
    watch: &Watch,
) -> Result<TermCounts> {
    let groups = corpus.groups::<&str>(&[], watch)?;
    let units = corpus.units(&groups, zones);
    let mut counts = count(Counting { corpus, groups: &groups, units: &units, term_map, ngrams }, watch)?;
    counts.cells.resize(1, Vec::new());
    Ok(counts)
}

impl TermCounts {
    /// Counts the terms (or n-grams) of a selection, by group. The minimums of the options apply to
    /// the [table](Self::table), not to the counts.
    ///
    /// # Errors
    /// [`TermOptions::check`], [`Corpus::groups`], and cancellation.
    pub fn new<S: AsRef<str>>(
        corpus: &Corpus,
        by: &[S],
        zones: ZoneSet,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<Self> {
        Self::of_groups(corpus, &corpus.groups(by, watch)?, zones, options, watch)
    }

    /// [`TermCounts::new`] for groups that are already known.
    ///
    /// # Errors
    /// [`TermOptions::check`], and cancellation.
    pub fn of_groups(
        corpus: &Corpus,
        groups: &Groups,
        zones: ZoneSet,
        options: &TermOptions,
        watch: &Watch,
    ) -> Result<Self> {
        options.check()?;
        let term_map = TermMap::new(corpus.store().vocabulary(), options, watch)?;
        let units = corpus.units(groups, zones);
        let ngrams = options.ngrams;
        count(Counting { corpus, groups, units: &units, term_map: &term_map, ngrams }, watch)
    }

    /// Counts of things with a name, from rows of group, name, count and articles. Rows with the
    /// same group and name are added up. `articles` is how many articles were counted.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn of_rows<'a>(
        groups: &Groups,
        rows: impl Iterator<Item = (u32, &'a str, u64, u64)>,
        (articles, one): (u64, One),
        watch: &Watch,
    ) -> Result<Self> {
        let mut names = Distinct::with_capacity(0, 0);
        let mut cells: Vec<BTreeMap<u32, Cell>> = vec![BTreeMap::new(); groups.len()];
        for (group, name, count, articles) in watch.through(rows) {
            let gram = names.number(name);
            let cell = cells[group as usize].entry(gram).or_insert(Cell { gram, ..Cell::default() });
            (cell.count, cell.articles) = (cell.count + count, cell.articles + articles);
        }
        watch.check()?;
        Ok(Self {
            names: Names::of_terms(&Arc::new(names.into_strings())),
            keys: groups.keys().clone(),
            cells: cells.into_iter().map(|cells| cells.into_values().collect()).collect(),
            articles,
            one,
        })
    }

    /// The counts of some disjoint groups as those of one group, which has this many articles.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn of_groups_together(&self, groups: &[usize], articles: u64, watch: &Watch) -> Result<Self> {
        let lists = groups.iter().map(|&group| self.cells[group].clone()).collect();
        let cells = vec![summed(lists, watch)?];
        Ok(Self { names: self.names.clone(), keys: Keys::default(), cells, articles, one: self.one })
    }

    /// The counts of the same articles in other groups, each of which is made of some of these.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn regrouped(&self, groups: &Groups, watch: &Watch) -> Result<Self> {
        let mut lists: Vec<Vec<Vec<Cell>>> = vec![Vec::new(); groups.len()];
        for (at, cells) in self.cells.iter().enumerate() {
            lists[groups.of(at, ZoneKind::Body) as usize].push(cells.clone());
        }
        let cells = lists.into_iter().map(|lists| summed(lists, watch)).collect::<Result<_>>()?;
        let keys = groups.keys().clone();
        Ok(Self { names: self.names.clone(), keys, cells, ..*self })
    }

    /// The counts of some groups, which have these keys and this many articles.
    pub(crate) fn take(&self, groups: &[u32], keys: &Keys, articles: u64) -> Self {
        let cells = groups.iter().map(|&group| self.cells[group as usize].clone()).collect();
        Self { names: self.names.clone(), keys: keys.clone(), cells, articles, one: self.one }
    }

    /// Omits terms with a smaller count in their group.
    pub(crate) fn prune(&mut self, least: u64) {
        for cells in &mut self.cells {
            cells.retain(|cell| cell.count >= least);
        }
    }

    /// The same counts with numbers that depend on the terms alone, and without terms that do not
    /// occur.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn canonical(&self, watch: &Watch) -> Result<Self> {
        let mut wanted = vec![false; self.names.len()];
        watch.through(self.cells.iter().flatten()).for_each(|cell| wanted[cell.gram as usize] = true);
        let (names, numbers) = self.names.canonical(wanted, watch)?;
        let cells = map(&self.cells, watch, |cells| {
            let renumbered = cells.iter().map(|cell| Cell { gram: numbers[cell.gram as usize], ..*cell });
            let mut cells: Vec<Cell> = renumbered.collect();
            cells.sort_unstable_by_key(|cell| cell.gram);
            Ok(cells)
        })?;
        Ok(Self { names, keys: self.keys.clone(), cells, ..*self })
    }

    /// Writes [canonical](Self::canonical) counts, without the keys of their groups.
    pub(crate) fn write(&self, writer: &mut Writer) {
        self.names.write(writer);
        writer.numbers(self.cells.iter().map(|cells| cells.len() as u32));
        // The numbers of each group rise from its first one.
        let cells: Vec<&Cell> = self.cells.iter().flatten().collect();
        writer.rising(cells.iter().map(|cell| cell.gram));
        writer.wide(cells.iter().map(|cell| cell.count));
        writer.wide(cells.iter().map(|cell| cell.articles));
    }

    /// Counts that were written, of groups with these keys.
    ///
    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not counts of these groups.
    pub(crate) fn read(keys: Keys, articles: u64, reader: &mut Reader<'_>) -> Result<Self> {
        let (names, lengths) = (Names::read(reader)?, reader.numbers()?);
        let grams = reader.rising()?;
        let (counts, of_articles) = (reader.wide()?, reader.wide()?);
        require(counts.len() == grams.len() && of_articles.len() == grams.len())?;
        let mut all = grams.iter().zip(counts.into_iter().zip(of_articles));
        let mut cells = Vec::with_capacity(lengths.len());
        for length in lengths {
            let of_group = all.by_ref().take(length as usize);
            let of_group: Vec<Cell> =
                of_group.map(|(&gram, (count, articles))| Cell { gram, count, articles }).collect();
            require(of_group.len() == length as usize && of_group.is_sorted_by(|a, b| a.gram < b.gram))?;
            require(of_group.iter().all(|cell| (cell.gram as usize) < names.len() && cell.count > 0))?;
            cells.push(of_group);
        }
        require(all.next().is_none() && cells.len() == keys.len())?;
        Ok(Self { names, keys, cells, articles, one: One::default() })
    }

    /// The counts that pass the minimums of the options: the group, the count and the number of
    /// articles of each, and the terms.
    ///
    /// # Errors
    /// Cancellation.
    pub fn rows(&self, options: &TermOptions, watch: &Watch) -> Result<(Vec<GroupCount>, Strings)> {
        let (mut rows, mut terms) = (Vec::new(), Strings::default());
        for (group, cells) in (0..).zip(&self.cells) {
            for cell in
                watch.through(cells).filter(|cell| options.keeps_units(self.one, cell.count, cell.articles))
            {
                rows.push((group, cell.count, cell.articles));
                self.names.push_text(cell.gram, &mut terms);
            }
        }
        watch.check()?;
        Ok((rows, terms))
    }

    /// The sum of all counts of each group.
    pub(crate) fn totals(&self) -> Vec<u64> {
        self.cells.iter().map(|cells| cells.iter().map(|cell| cell.count).sum()).collect()
    }

    /// The counts of the articles of all these selections, which must have no article in common.
    ///
    /// # Errors
    /// [`Kind::BadOption`](crate::error::Kind::BadOption): they are grouped by different names;
    /// and cancellation.
    pub fn union(all: &[&Self], watch: &Watch) -> Result<Self> {
        let (keys, groups) = Keys::union(&all.iter().map(|counts| &counts.keys).collect::<Vec<_>>(), watch)?;
        Self::with_groups(all, &keys, &groups, watch)
    }

    /// [`TermCounts::union`], given the keys of all groups, and for each selection the numbers of
    /// its groups among them.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn with_groups(
        all: &[&Self],
        keys: &Keys,
        groups: &[Vec<u32>],
        watch: &Watch,
    ) -> Result<Self> {
        let (names, grams) =
            Names::union(&all.iter().map(|counts| &counts.names).collect::<Vec<_>>(), watch)?;
        let mut lists: Vec<Vec<(&[Cell], &[u32])>> = vec![Vec::new(); keys.len()];
        for ((counts, grams), groups) in all.iter().zip(&grams).zip(groups) {
            for (cells, &group) in counts.cells.iter().zip(groups) {
                lists[group as usize].push((cells, grams));
            }
        }
        let renumbered = |&(cells, grams): &(&[Cell], &[u32])| {
            let cells = cells.iter().map(|cell| Cell { gram: grams[cell.gram as usize], ..*cell });
            let mut cells: Vec<Cell> = cells.collect();
            cells.sort_unstable_by_key(|cell| cell.gram);
            cells
        };
        // Each group that only one selection has is done by one thread.
        let mut cells = map(&lists, watch, |lists| {
            let [alone] = &lists[..] else { return Ok(Vec::new()) };
            Ok(renumbered(alone))
        })?;
        for (cells, lists) in cells.iter_mut().zip(&lists).filter(|(_, lists)| lists.len() > 1) {
            *cells = summed(lists.iter().map(renumbered).collect(), watch)?;
        }
        let articles = all.iter().map(|counts| counts.articles).sum();
        Ok(Self { names, keys: keys.clone(), cells, articles, one: One::default() })
    }
}

/// Counts single terms.
struct Terms<'a> {
    counting: Counting<'a>,
    /// Whether a group has so much text that reading every slot adds almost nothing to the cost.
    dense: bool,
    /// Slots that no partial needs at the moment: fresh memory costs more than counting in it.
    idle: Guarded<Vec<Slots>>,
}

/// The counts of some units: those of the open group in slots, and the cells of the groups before
/// it.
#[derive(Default)]
struct Tally {
    open: Option<(u32, Slots)>,
    closed: Vec<(u32, Vec<Cell>)>,
}

impl<'a> Terms<'a> {
    fn new(counting: Counting<'a>) -> Self {
        /// Bytes of text per term from which counts are dense: a token takes about four bytes, and
        /// a group may be split over a few partials.
        const BYTES: usize = 16;
        let Counting { corpus, groups, units, term_map, .. } = counting;
        let bytes: usize = units.iter().map(|unit| unit.bytes(corpus)).sum();
        let dense = bytes / groups.len().max(1) / BYTES > term_map.terms.len();
        Self { counting, dense, idle: Guarded::default() }
    }
}

impl Statistic for Terms<'_> {
    type Unit = Unit;
    type Partial = Tally;
    /// By group: its cells, by ascending numbers.
    type Output = Vec<Vec<Cell>>;

    fn empty(&self) -> Tally {
        Tally::default()
    }

    fn add(&self, tally: &mut Tally, unit: &Unit, watch: &Watch) -> Result<()> {
        if tally.open.as_ref().is_some_and(|(group, _)| *group != unit.group) {
            self.close(tally);
        }
        let new = || (unit.group, self.idle.with(Vec::pop).unwrap_or_default());
        let (_, slots) = tally.open.get_or_insert_with(new);
        let Counting { corpus, term_map, .. } = self.counting;
        slots.add_terms(corpus, unit, term_map, self.dense, watch);
        watch.check()
    }

    fn close(&self, tally: &mut Tally) {
        if let Some((group, mut slots)) = tally.open.take() {
            let none = self.counting.term_map.terms.len() as u32;
            tally.closed.push((group, slots.drain_terms(none, self.dense)));
            self.idle.with(|idle| idle.push(slots));
        }
    }

    fn merge(&self, tallies: Vec<Tally>, watch: &Watch) -> Result<Tally> {
        let mut closed = tallies.into_iter().flat_map(|tally| tally.closed);
        let mut merged: Vec<(u32, Vec<Cell>)> = Vec::new();
        let mut next = closed.next();
        while let Some((group, cells)) = next.take() {
            let mut lists = vec![cells];
            next = closed.next();
            while let Some((_, more)) = next.take_if(|(other, _)| *other == group) {
                lists.push(more);
                next = closed.next();
            }
            merged.push((group, summed(lists, watch)?));
        }
        Ok(Tally { open: None, closed: merged })
    }

    fn finish(&self, tally: Tally, _: &Watch) -> Result<Vec<Vec<Cell>>> {
        let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); self.counting.groups.len()];
        for (group, of_group) in tally.closed {
            cells[group as usize] = of_group;
        }
        Ok(cells)
    }
}

/// The sum of several lists of cells, each by ascending numbers.
fn summed(mut lists: Vec<Vec<Cell>>, watch: &Watch) -> Result<Vec<Cell>> {
    /// How many numbers one thread sums at a time.
    const RANGE: u32 = 1 << 14;
    /// Numbers per cell from which a sum for each number costs more than sorting the cells.
    const SPARSE: usize = 8;
    lists.retain(|list| !list.is_empty());
    if lists.len() <= 1 {
        return Ok(lists.pop().unwrap_or_default());
    }
    let end = lists.iter().filter_map(|list| list.last()).map(|cell| cell.gram + 1).max().unwrap_or(0);
    if lists.iter().map(Vec::len).sum::<usize>() < end as usize / SPARSE {
        let mut cells = lists.concat();
        cells.sort_unstable_by_key(|cell| cell.gram);
        cells.dedup_by(|next, sum| {
            let same = next.gram == sum.gram;
            if same {
                (sum.count, sum.articles) = (sum.count + next.count, sum.articles + next.articles);
            }
            same
        });
        return Ok(cells);
    }
    let ranges: Vec<u32> = (0..end.div_ceil(RANGE)).collect();
    let sums = map(&ranges, watch, |range| {
        let (first, end) = (range * RANGE, end.min((range + 1) * RANGE));
        let mut sums = vec![(0_u64, 0_u64); (end - first) as usize];
        for list in &lists {
            let start = list.partition_point(|cell| cell.gram < first);
            for cell in list[start..].iter().take_while(|cell| cell.gram < end) {
                let sum = &mut sums[(cell.gram - first) as usize];
                *sum = (sum.0 + cell.count, sum.1 + cell.articles);
            }
        }
        let there = sums.into_iter().zip(first..).filter(|((count, _), _)| *count > 0);
        Ok(there.map(|((count, articles), gram)| Cell { gram, count, articles }).collect::<Vec<_>>())
    })?;
    Ok(sums.concat())
}

/// The cells of each group, from the rows of each n-gram.
pub(crate) fn grouped(
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::batch::holds_for_every_cut;
    use crate::corpus::sample::{articles, corpus_of, units};

    proptest! {
        #[test]
        fn partials_of_any_cut_merge_to_the_whole(texts in articles(), cuts: [usize; 2]) {
            let (corpus, watch) = (corpus_of(&texts), Watch::default());
            for by in [&[][..], &["month"]] {
                let groups = corpus.groups(by, &watch).unwrap();
                let term_map = TermMap::new(corpus.store().vocabulary(), &TermOptions::default(), &watch).unwrap();
                let units = units(&corpus, &groups);
                let counting = Counting { corpus: &corpus, groups: &groups, units: &units, term_map: &term_map, ngrams: TERMS };
                for dense in [false, true] {
                    let terms = Terms { dense, ..Terms::new(counting) };
                    holds_for_every_cut(&terms, &units, cuts, |cells| cells);
                }
            }
        }

        #[test]
        fn counts_of_two_corpora_unite_in_any_order(a in articles(), b in articles(), high in 1..4_usize) {
            let watch = Watch::default();
            let options = TermOptions { ngrams: (1, high), ..TermOptions::default() };
            for by in [&[][..], &["month"], &["zone", "month"]] {
                let counts = |texts: &[String]| {
                    TermCounts::new(&corpus_of(texts), by, ZoneSet::default(), &options, &watch).unwrap()
                };
                let table = |counts: TermCounts| counts.table(&options, &watch).unwrap();
                let whole = table(counts(&[a.clone(), b.clone()].concat()));
                let (a, b) = (counts(&a), counts(&b));
                prop_assert_eq!(&table(TermCounts::union(&[&a, &b], &watch).unwrap()), &whole);
                prop_assert_eq!(&table(TermCounts::union(&[&b, &a], &watch).unwrap()), &whole);
            }
        }
    }
}
