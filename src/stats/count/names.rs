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
use crate::batch::Watch;
use crate::error::Result;
use crate::hash::Map;
use crate::table::Strings;

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

    /// The names of both, each once, and for each side the number that each of its own numbers has
    /// among them.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn union(&self, other: &Self, watch: &Watch) -> Result<(Self, [Vec<u32>; 2])> {
        let all = |names: &Self| (0..names.len() as u32).collect();
        if self.is_same(other) {
            return Ok((self.clone(), [all(self), all(other)]));
        }
        let (terms, of_other) = if Arc::ptr_eq(&self.terms, &other.terms) {
            (Arc::clone(&self.terms), (0..self.terms.len() as u32).collect())
        } else {
            let mut terms = Strings::clone(&self.terms);
            let known: Map<&str, u32> = self.terms.iter().zip(0..).collect();
            let mut of_other: Vec<u32> = Vec::with_capacity(other.terms.len());
            for term in watch.through(other.terms.iter()) {
                of_other.push(known.get(term).copied().unwrap_or(terms.len() as u32));
                if *of_other.last().unwrap_or(&0) as usize == terms.len() {
                    terms.push(term);
                }
            }
            watch.check()?;
            (Arc::new(terms), of_other)
        };
        let mut grams = Grams::new(terms.len());
        let longer = grams.absorb(&self.grams, |term| term, watch)?;
        let of_self = (0..self.terms.len() as u32).chain(longer).collect();
        let longer = grams.absorb(&other.grams, |term| of_other[term as usize], watch)?;
        let of_other = of_other.iter().copied().chain(longer).collect();
        Ok((Self { terms, grams }, [of_self, of_other]))
    }
}
