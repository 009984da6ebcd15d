//! Which number does an n-gram have, and which terms is it made of?

use super::analyzer::{BREAK, LONGEST_NGRAM};
use super::ranking::by_name;
use crate::batch::Watch;
use crate::error::Result;
use crate::file::{Reader, Writer, require};
use crate::hash::Map;
use crate::table::Strings;

/// The lengths of the n-grams that are counted, in terms: the shortest and the longest.
pub(crate) type Lengths = (usize, usize);

/// Single terms: no n-gram gets a number.
pub(crate) const TERMS: Lengths = (1, 1);

/// Numbers for n-grams. Numbers below the number of terms are the terms themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grams {
    terms: u32,
    numbers: Map<u64, u32>,
    /// The first n − 1 terms and the last term of each longer n-gram.
    parts: Vec<(u32, u32)>,
}

impl Grams {
    pub(crate) fn new(terms: usize) -> Self {
        Self { terms: terms as u32, ..Self::default() }
    }

    /// N-grams that are known to be distinct. They cannot be found by their terms until they are
    /// [indexed](Self::indexed).
    pub(crate) fn of(terms: usize, parts: Vec<(u32, u32)>) -> Self {
        Self { terms: terms as u32, parts, numbers: Map::default() }
    }

    /// The same n-grams, which can now be found by their terms.
    pub(crate) fn indexed(mut self) -> Self {
        let numbers = (self.terms..).zip(&self.parts);
        self.numbers = numbers.map(|(number, &(first, last))| (key(first, last), number)).collect();
        self
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        writer.rising(self.parts.iter().map(|&(first, _)| first));
        writer.numbers(self.parts.iter().map(|&(_, last)| last));
    }

    /// # Errors
    /// [`Kind::BadState`](crate::error::Kind::BadState): the bytes are not n-grams of this many
    /// terms.
    pub(super) fn read(terms: usize, reader: &mut Reader<'_>) -> Result<Self> {
        let (firsts, lasts) = (reader.rising()?, reader.numbers()?);
        require(firsts.len() == lasts.len() && terms + firsts.len() < BREAK as usize)?;
        let parts: Vec<(u32, u32)> = firsts.into_iter().zip(lasts).collect();
        let mut sizes = vec![1_usize; terms];
        for &(first, last) in &parts {
            let size = sizes.get(first as usize).copied().unwrap_or(LONGEST_NGRAM);
            require((last as usize) < terms && size < LONGEST_NGRAM)?;
            sizes.push(size + 1);
        }
        Ok(Self::of(terms, parts))
    }

    pub(crate) fn len(&self) -> usize {
        self.terms as usize + self.parts.len()
    }

    pub(crate) fn number(&mut self, first: u32, last: u32) -> u32 {
        let next = self.terms + self.parts.len() as u32;
        *self.numbers.entry(key(first, last)).or_insert_with(|| {
            self.parts.push((first, last));
            next
        })
    }

    /// Adds all n-grams of another collection, whose terms have the numbers `term_of` here. Returns
    /// the number that each of its longer n-grams has here, in the order of its own numbers.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn absorb(
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

    /// The first n − 1 terms and the last term of an n-gram; `None` for a single term.
    pub(crate) fn split(&self, gram: u32) -> Option<(u32, u32)> {
        self.parts.get(gram.checked_sub(self.terms)? as usize).copied()
    }

    /// The number of an n-gram; `u32::MAX` if it is unknown.
    pub(crate) fn find(&self, first: u32, last: u32) -> u32 {
        self.numbers.get(&key(first, last)).copied().unwrap_or(u32::MAX)
    }

    /// The length of each n-gram in terms, by its number.
    pub(crate) fn sizes(&self) -> Vec<u8> {
        let mut sizes = vec![1_u8; self.len()];
        for (at, &(first, _)) in self.parts.iter().enumerate() {
            sizes[self.terms as usize + at] = sizes[first as usize] + 1;
        }
        sizes
    }

    /// Appends the text of an n-gram, its terms separated by spaces, to other strings.
    pub(crate) fn push_text(&self, gram: u32, terms: &Strings, texts: &mut Strings) {
        let mut back = [0; LONGEST_NGRAM];
        let mut size = 0;
        for (slot, term) in back.iter_mut().zip(self.walk_back(gram)) {
            *slot = term;
            size += 1;
        }
        texts.push_joined(back[..size].iter().rev().map(|&term| terms.get(term as usize)));
    }

    /// The texts of all n-grams, by their numbers.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn texts(&self, terms: &Strings, watch: &Watch) -> Result<Strings> {
        let mut texts = Strings::default();
        watch.through(0..self.len() as u32).for_each(|gram| self.push_text(gram, terms, &mut texts));
        watch.check()?;
        Ok(texts)
    }

    /// Puts n-grams in the order of their bytes. They are given by ascending numbers from
    /// [`super::phrases`], so longer ones are in order already, because a space sorts before any
    /// other character of a term; only the single terms have to be merged between them.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn by_bytes(&self, mut grams: Vec<u32>, terms: &Strings, watch: &Watch) -> Result<Vec<u32>> {
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
