//! Where does each distinct token occur?
//!
//! [`Places`] list, for each token of the vocabulary, its places in the store, in order; [`Forms`]
//! hold the folded forms of the vocabulary, in which words are looked up. Both belong to the store,
//! so that all its selections share them: the first query computes them, later ones read them.
//!
//! Cost: one pass over the store's tokens and four bytes per token; for the forms, about forty
//! bytes per distinct token.

use std::sync::Arc;

use crate::batch::{Once, Watch, sort_by};
use crate::corpus::{Store, Vocabulary};
use crate::error::{Error, Kind, Result};
use crate::stats::count::Fold;
use crate::table::Strings;

/// The places of a store, once they have been computed.
#[derive(Default)]
pub struct PlaceCache(Once<Arc<Places>>);

impl PlaceCache {
    pub(crate) fn get(&self, store: &Store, watch: &Watch) -> Result<Arc<Places>> {
        self.0.get_or_make(|| Ok(Arc::new(Places::new(store, watch)?))).cloned()
    }
}

/// A place is the number of tokens before it in the store.
#[expect(clippy::struct_field_names, reason = "places are what it has")]
pub(crate) struct Places {
    /// The first place of each part, and the number of all places.
    parts: Vec<u32>,
    /// Where the places of each distinct token begin in `places`.
    starts: Vec<u32>,
    places: Vec<u32>,
    forms: [Once<Forms>; 3],
}

impl Places {
    fn new(store: &Store, watch: &Watch) -> Result<Self> {
        if u32::try_from(store.tokens()).is_err() {
            let what = format!("the corpus has {} tokens; expected at most {}", store.tokens(), u32::MAX);
            return Err(Error::new(Kind::BadOption, what));
        }
        let mut starts = vec![0_u32; store.vocabulary().len() + 1];
        let mut parts = vec![0];
        for (_, part) in store.parts() {
            watch.check()?;
            for &token in &part.tokens {
                starts[token as usize + 1] += 1;
            }
            parts.push(parts[parts.len() - 1] + part.tokens.len() as u32);
        }
        for token in 1..starts.len() {
            starts[token] += starts[token - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0; store.tokens()];
        for ((_, part), &first) in store.parts().zip(&parts) {
            watch.check()?;
            for (place, &token) in (first..).zip(&part.tokens) {
                let slot = &mut next[token as usize];
                places[*slot as usize] = place;
                *slot += 1;
            }
        }
        Ok(Self { parts, starts, places, forms: Default::default() })
    }

    /// The places of a distinct token, ascending.
    pub(crate) fn of(&self, token: u32) -> &[u32] {
        let token = token as usize;
        &self.places[self.starts[token] as usize..self.starts[token + 1] as usize]
    }

    /// The positions, within a part, of those of some ascending places that are in it.
    pub(crate) fn within<'a>(&self, places: &'a [u32], part: usize) -> impl Iterator<Item = usize> + use<'a> {
        let (first, end) = (self.parts[part], self.parts[part + 1]);
        let start = places.partition_point(|&place| place < first);
        places[start..]
            .iter()
            .take_while(move |&&place| place < end)
            .map(move |&place| (place - first) as usize)
    }

    /// The folded forms of the vocabulary.
    ///
    /// # Errors
    /// Cancellation.
    pub(crate) fn forms(&self, vocabulary: &Vocabulary, fold: Fold, watch: &Watch) -> Result<&Forms> {
        let at = match fold {
            Fold::Lower => 0,
            Fold::Casefold => 1,
            Fold::None => 2,
        };
        self.forms[at].get_or_make(|| Forms::new(vocabulary, fold, watch))
    }
}

/// The folded form of each distinct token.
pub(crate) struct Forms {
    pub(crate) texts: Strings,
    /// The tokens in the order of the bytes of their forms.
    order: Vec<u32>,
    /// By token: the rank of its form among the distinct forms, from 1.
    pub(crate) ranks: Vec<u32>,
}

impl Forms {
    fn new(vocabulary: &Vocabulary, fold: Fold, watch: &Watch) -> Result<Self> {
        let tokens = 0..vocabulary.len() as u32;
        let folded = watch
            .through(tokens.clone())
            .map(|token| fold.of_token(vocabulary.text(token), vocabulary.kind(token)));
        let texts: Strings = folded.collect();
        watch.check()?;
        let mut order: Vec<u32> = tokens.collect();
        sort_by(&mut order, watch, |&a, &b| {
            texts.get(a as usize).cmp(texts.get(b as usize)).then(a.cmp(&b))
        })?;
        let mut ranks = vec![0; order.len()];
        let (mut rank, mut last) = (0, None);
        for &token in &order {
            let text = texts.get(token as usize);
            if last != Some(text) {
                (rank, last) = (rank + 1, Some(text));
            }
            ranks[token as usize] = rank;
        }
        Ok(Self { texts, order, ranks })
    }

    /// The tokens of a form.
    pub(crate) fn equal(&self, form: &str) -> &[u32] {
        let text = |&token: &u32| self.texts.get(token as usize);
        let start = self.order.partition_point(|token| text(token) < form);
        let rest = &self.order[start..];
        &rest[..rest.partition_point(|token| text(token) == form)]
    }
}
